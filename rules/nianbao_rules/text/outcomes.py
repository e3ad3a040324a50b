"""TXT003 outcomes."""

from nianbao.api import Context, Report, Text, rule

from nianbao_rules.shared.basis import ARTICLE_50, TABLE_THREE
from nianbao_rules.shared.results import Results
from nianbao_rules.text.shared import results_of


@rule(
    "TXT003",
    "outcomes",
    summary=Text("正文的各类办理结果与表三一致", "the outcomes of the text are those of table three"),
    basis=(TABLE_THREE, ARTICLE_50),
    needs="applications",
)
def outcomes(report: Report, context: Context) -> Results:
    """正文写的予以公开、部分公开、不予公开、无法提供、不予处理、其他处理的件数，应与表三各行一致。

    为什么：表三分行多，正文往往只看了“自然人”一列，或者漏加几行。
    一类有几行的，与各行之和比较；“予以公开及部分公开”与两行之和比较。表中有空白格的，只在已填的数已经超过正文时才指出。
    限定了原因的（因本机关不掌握无法提供……）不与整类比较。

    反例：正文“予以公开和部分公开120件”，表三予以公开118、部分公开9：118 + 9 = 127 ≠ 120。
    正例：正文“不予公开4件”，表三（三）各行为1、0、0、2、0、1、0、0。

    怎样改：按表三各行重新相加，改正有误的一处。
    """
    yield from results_of(report, "TXT003")
