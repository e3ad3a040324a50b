"""SUM005 blank-cell."""

from nianbao.api import Context, Report, Text, rule

from nianbao_rules.shared.basis import FILLING
from nianbao_rules.shared.cells import without_figure
from nianbao_rules.shared.results import Results
from nianbao_rules.sums.shared import TABLES, empty_columns, tables_of


@rule(
    "SUM005",
    "blank-cell",
    summary=Text("表三、表四各格应填数字", "every cell of tables three and four has a number"),
    basis=FILLING,
    any_of=TABLES,
)
def blank_cell(report: Report, context: Context) -> Results:
    """表三、表四的每一格都应填数字，没有发生的填 0。

    为什么：空白、“/”、“-”、“无”看不出是没有发生还是漏填，汇总时也不能相加。
    整列、整表没有填的由 SUM006 报出，这里不再逐格重复。

    反例：“2.重复申请”一行七格都是“/”。
    正例：“2.重复申请”一行七格都是 0。

    怎样改：没有发生的填 0，漏填的补上。
    """
    for table in tables_of(report):
        yield from without_figure(table, empty_columns(table))
