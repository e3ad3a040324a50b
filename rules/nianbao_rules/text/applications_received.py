"""TXT001 applications-received."""

from nianbao.api import Context, Report, Text, rule

from nianbao_rules.shared.basis import ARTICLE_50, TABLE_THREE
from nianbao_rules.shared.results import Results
from nianbao_rules.text.shared import results_of


@rule(
    "TXT001",
    "applications-received",
    summary=Text("正文的申请件数与表三一致", "the applications of the text are those of table three"),
    basis=(TABLE_THREE, ARTICLE_50),
    needs="applications",
)
def applications_received(report: Report, context: Context) -> Results:
    """正文写的收到、受理、办理政府信息公开申请件数，应与表三的“一、本年新收”一致，或者是新收与上年结转之和。

    为什么：同一份报告的正文和表格说的是同一件事，数不一致，必有一处是错的；正文多半沿用了上年的数或草稿的数。
    只在整句都读得懂、确实是全年收到的申请时才比较：网上、信函等渠道的件数，某季度、某部门的件数，
    提案、信件、热线、留言，都不是表三的数，不比较。看不出是不是同一范围（全县、代表县政府）的，结论是“无法判断”。
    申请人分类的件数与表三相应的列比较。表三自己算不平、正文与各数之和相符的，由 SUM001 至 SUM003 指出，这里不重复。

    反例：正文“全年收到政府信息公开申请212件”，表三新收208、上年结转3：208 ≠ 212；208 + 3 = 211 ≠ 212。
    正例：正文“共办理政府信息公开申请211件，其中新收208件、上年结转3件”。

    怎样改：对照申请台账，改正文或表三中有误的一处。
    """
    yield from results_of(report, "TXT001")
