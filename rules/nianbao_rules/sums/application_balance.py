"""SUM001 application-balance."""

from nianbao.api import Context, Report, Text, rule

from nianbao_rules.shared.basis import BALANCE
from nianbao_rules.shared.results import Results
from nianbao_rules.sums.shared import unbalanced


@rule(
    "SUM001",
    "application-balance",
    summary=Text(
        "表三每列：第一项＋第二项＝第三项＋第四项",
        "table three, each column: received + carried in = total + carried out",
    ),
    basis=BALANCE,
    needs="applications",
)
def application_balance(report: Report, context: Context) -> Results:
    """表三每一列，“一、本年新收”加“二、上年结转”之和，应等于“（七）总计”加“四、结转下年度”之和。

    为什么：这是表头印明的勾稽关系，收到的每一件申请不是已经办结，就是结转下年度，二者必居其一。
    一格有误牵动几项关系时只报一次，指出这一格和使各项关系全部成立的数。

    反例：自然人一列，新收12、结转3、总计14、结转下年度2：12 + 3 = 15 ≠ 16 = 14 + 2。
    正例：自然人一列，新收12、结转3、总计14、结转下年度1：12 + 3 = 15 = 14 + 1。

    怎样改：对照申请台账核对提示中的各数，改正有误的一格；不要为了凑平而改动无误的数。
    """
    yield from unbalanced(report, "applications", ("balance",))
