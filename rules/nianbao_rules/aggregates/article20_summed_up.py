"""AGG002 article20-summed-up."""

from nianbao.api import Context, Report, Severity, Text, rule

from nianbao_rules.aggregates.shared import unequal
from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import ACCURATE

TABLES = ("regulations", "permits", "penalties", "charges", "procurement")


@rule(
    "AGG002",
    "article20-summed-up",
    summary=Text(
        "表二每一格是下级机关的报告合计",
        "each cell of table two is the sum of the reports of the organs below",
    ),
    basis=ACCURATE,
    severity=Severity.WARNING,
    any_of=TABLES,
    beside="members",
)
def article20_summed_up(report: Report, context: Context) -> Results:
    """本级政府的报告，表二各项应当是所属部门、下级政府各家报告同一格的合计；规章除外，它由政府制定，只计一次。

    为什么：行政许可、处罚、强制和收费各由一个机关作出，合计不会比各家相加少。行政规范性文件可能由几个机关
    联合制发、只计一次，所以只作提示。收费按万元填，各家四舍五入造成的差数不算。

    反例：行政处罚填310，市场监督管理局280、应急管理局35，合计315。
    正例：行政处罚填320，市场监督管理局280、应急管理局35，另有5件是县人民政府自己作出的。

    怎样改：与提示中的各家核对，错在哪一份就改哪一份。
    """
    yield from unequal(report, TABLES)
