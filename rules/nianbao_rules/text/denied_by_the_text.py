"""TXT007 denied-by-the-text."""

from nianbao.api import Context, Report, Text, rule

from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import ARTICLE_50, TABLE_FOUR, TABLE_THREE, TABLE_TWO
from nianbao_rules.text.shared import results_of


@rule(
    "TXT007",
    "denied-by-the-text",
    summary=Text("正文说没有的，表中是0", "a figure that the text denies is 0 in the tables"),
    basis=(TABLE_TWO, TABLE_THREE, TABLE_FOUR, ARTICLE_50),
    any_of=("applications", "review", "regulations", "permits", "penalties", "charges"),
)
def denied_by_the_text(report: Report, context: Context) -> Results:
    """正文写“未收到”“无”“没有发生”“0件”的，表中相应的数应是0。

    为什么：一句话说没有，表里却有，多半是沿用了上年的文字。反过来，正文写了件数而表中是0的，由比较件数的规则指出。
    否定的只是一部分（没有网上申请、没有败诉案件）的，不与总数比较；“无不予公开”只说不予公开的没有。

    反例：正文“未收到政府信息公开申请”，表三本年新收2：2 ≠ 0。
    正例：正文“没有因政府信息公开被申请行政复议、提起行政诉讼”，表四全是0。

    怎样改：对照台账，改正文或表中有误的一处。
    """
    yield from results_of(report, "TXT007")
