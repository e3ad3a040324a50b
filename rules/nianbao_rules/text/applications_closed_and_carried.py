"""TXT002 applications-closed-and-carried."""

from nianbao.api import Context, Report, Text, rule

from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import ARTICLE_50, TABLE_THREE
from nianbao_rules.text.shared import results_of


@rule(
    "TXT002",
    "applications-closed-and-carried",
    summary=Text(
        "正文的办结、结转件数与表三一致",
        "the closed and carried-over applications of the text are those of table three",
    ),
    basis=(TABLE_THREE, ARTICLE_50),
    needs="applications",
)
def applications_closed_and_carried(report: Report, context: Context) -> Results:
    """正文写的上年结转、办结（答复）、结转下年度的件数，应与表三“二”“三（七）总计”“四”一致。

    为什么：结转的件数下一年还要对得上，正文和表格不一致，下一年就无从核对。
    “答复”可以不含不再处理的“其他处理”；办结、答复也可以只说当年新收的，这样相符的都算一致。

    反例：正文“办结205件，6件结转下年度”，表三（七）总计206、结转下年度5：206 ≠ 205；5 ≠ 6。
    正例：“答复206件（含上年结转申请3件，另有5件结转下年度答复）”。

    怎样改：对照申请台账，改正文或表三中有误的一处。
    """
    yield from results_of(report, "TXT002")
