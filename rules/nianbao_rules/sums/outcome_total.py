"""SUM002 outcome-total."""

from nianbao.api import Context, Report, Text, rule

from nianbao_rules.shared.basis import TABLE_THREE
from nianbao_rules.shared.results import Results
from nianbao_rules.sums.shared import unbalanced


@rule(
    "SUM002",
    "outcome-total",
    summary=Text(
        "表三每列：“（七）总计”等于各项办理结果之和",
        "table three, each column: the outcomes add up to their total",
    ),
    basis=TABLE_THREE,
    needs="applications",
)
def outcome_total(report: Report, context: Context) -> Results:
    """表三每一列，“（七）总计”应等于（一）至（六）各项办理结果之和。

    为什么：每件申请只按一种结果统计一次（区分处理的只计部分公开），各项相加就是全部办结件数。

    反例：予以公开5、部分公开2、本机关不掌握4，其余为0，总计填12：5 + 2 + 4 = 11 ≠ 12。
    正例：予以公开5、部分公开2、本机关不掌握4，其余为0，总计填11。

    怎样改：核对本列各项结果和总计，改正有误的一格。
    """
    yield from unbalanced(report, "applications", ("outcomes",))
