"""AGG003 cases-summed-up."""

from nianbao.api import Context, Report, Severity, Text, rule

from nianbao_rules.aggregates.shared import unequal
from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import ACCURATE


@rule(
    "AGG003",
    "cases-summed-up",
    summary=Text(
        "表四每一格是下级机关的报告合计",
        "each cell of table four is the sum of the reports of the organs below",
    ),
    basis=ACCURATE,
    severity=Severity.WARNING,
    needs="review",
    beside="members",
)
def cases_summed_up(report: Report, context: Context) -> Results:
    """本级政府的报告，表四每一格应当是所属部门、下级政府各家报告同一格的合计。

    为什么：每一件复议、诉讼案件都有被申请人、被告。复议后起诉的案件，原机关和复议机关常常同为被告，汇总时可能
    只计一次，所以只作提示。

    反例：行政复议“结果维持”填3，财政局2、云岭镇2，合计4。
    正例：行政复议“结果维持”填4，财政局2、云岭镇2。

    怎样改：与提示中的各家核对，错在哪一份就改哪一份。
    """
    yield from unequal(report, ("review",))
