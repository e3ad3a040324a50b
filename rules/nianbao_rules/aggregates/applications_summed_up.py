"""AGG001 applications-summed-up."""

from nianbao.api import Context, Report, Severity, Text, rule

from nianbao_rules.aggregates.shared import unequal
from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import ACCURATE


@rule(
    "AGG001",
    "applications-summed-up",
    summary=Text(
        "表三每一格是下级机关的报告合计",
        "each cell of table three is the sum of the reports of the organs below",
    ),
    basis=ACCURATE,
    severity=Severity.WARNING,
    needs="applications",
    beside="members",
)
def applications_summed_up(report: Report, context: Context) -> Results:
    """本级政府的报告，表三每一格应当是所属部门、下级政府各家报告同一格的合计。

    为什么：每一件申请都有一个收到、办理它的机关，汇总时一件不少、一件不多。本报告比各家合计少，一定有一处错了；
    比各家合计多，多出的可能是政府本级自己收到的，只作提示，下级机关里列有政府办公室的除外。
    下级机关是哪些，以名册（roster）或者配置里的 members 为准；有一家没有报送、没有读到，就不作判断。
    一格在本报告或者下级机关的报告里自己就不平的，先请改正那一份，只作提示。

    反例：自然人“予以公开”填48，财政局30、教育局12、云岭镇7，合计49。
    正例：自然人“予以公开”填49，财政局30、教育局12、云岭镇7。

    怎样改：与提示中的各家核对，错在哪一份就改哪一份。
    """
    yield from unequal(report, ("applications",))
