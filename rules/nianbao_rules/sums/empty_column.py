"""SUM006 empty-column."""

from nianbao.api import Context, Finding, Report, Text, rule

from nianbao_rules.shared.basis import FILLING
from nianbao_rules.shared.cells import FILL
from nianbao_rules.shared.results import Results
from nianbao_rules.sums.shared import TABLES, empty_columns, tables_of

_EMPTY_TABLE = Text("{table}没有填任何数", "{table} has no figure at all")
_EMPTY_COLUMNS = Text(
    "{table}的{columns}{count}列整列没有填数", "in {table} the columns {columns} ({count}) are empty"
)


@rule(
    "SUM006",
    "empty-column",
    summary=Text("表三、表四不得整表或整列不填", "no column of tables three and four is empty"),
    basis=FILLING,
    any_of=TABLES,
)
def empty_column(report: Report, context: Context) -> Results:
    """表三、表四不应整表空白，也不应有整列不填（例如只填总计，或者总计全部空着）。

    为什么：格式要求按申请人类别逐列统计；只有总计，看不出申请人情况，勾稽关系也无从核对。

    反例：表三只有“总计”一列有数，自然人等六列全部空白。
    正例：每一列都有数，没有发生的填 0。

    怎样改：补填空白的各列。
    """
    for table in tables_of(report):
        empty = empty_columns(table)
        labels = [column.label for column in table.form.columns if column.key in empty]
        if not labels:
            continue
        cell = next(c for c in table.cells if c.column.key in empty)
        if len(labels) == len(table.form.columns):
            message = _EMPTY_TABLE.fill(table=table.form.place)
        else:
            message = _EMPTY_COLUMNS.fill(
                table=table.form.place, columns="、".join(labels), count=len(labels)
            )
        yield Finding(cell.span, message, FILL, cell, place=table.form.place)
