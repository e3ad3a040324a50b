"""SUM003 applicant-total."""

from nianbao.api import Context, Report, Text, rule

from nianbao_rules.shared.basis import TABLE_THREE
from nianbao_rules.shared.results import Results
from nianbao_rules.sums.shared import unbalanced


@rule(
    "SUM003",
    "applicant-total",
    summary=Text(
        "表三每行：总计等于各类申请人之和", "table three, each row: the applicants add up to the total"
    ),
    basis=TABLE_THREE,
    needs="applications",
)
def applicant_total(report: Report, context: Context) -> Results:
    """表三每一行，“总计”应等于自然人和法人或其他组织五类之和。

    为什么：每件申请只有一类申请人，各类相加就是这一行的总数。
    两行的差数相等、一多一少时，多半是同一列中有几件填串了行，按一处问题报出。

    反例：新收一行，自然人10、商业企业2，其余为0，总计填11：10 + 2 = 12 ≠ 11。
    正例：新收一行，自然人10、商业企业2，其余为0，总计填12。

    怎样改：核对本行各数，改正有误的一格。
    """
    yield from unbalanced(report, "applications", ("applicants",))
