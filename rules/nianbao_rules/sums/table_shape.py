"""SUM008 table-shape."""

from nianbao.api import Context, Finding, Report, Text, Undetermined, fold, rule

from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import TABLE_FOUR, TABLE_THREE
from nianbao_rules.sums.shared import TABLES, tables_of

_MISSING = Text("{table}缺少：{rows}", "{table} lacks: {rows}")
_EXTRA = Text(
    "{table}多出“{row}”一行，格式没有这一行", "{table} has a row “{row}” that the form does not have"
)
_MERGED = Text(
    "{{table}}的“{{row}}”只填了一行，格式分为：{rows}",
    "{{table}}: “{{row}}” is one row; the form has {rows}",
)
_RAGGED = Text(
    "{table}“{row}”一行有{count}个数，应为{expected}个，无法确定各数属于哪一列",
    "{table}, row “{row}”: {count} figures instead of {expected}, so the column of each is not known",
)
_UNREAD = Text(
    "{table}的{rows}没有读懂，看不出各数属于哪一行、哪一列",
    "{table}: {rows} could not be read, so the row or column of each figure is not known",
)
_ROW_HELP = Text(
    "按格式补齐或删去，并重新填数", "add or remove it as the form has it, and fill in the figures"
)


@rule(
    "SUM008",
    "table-shape",
    summary=Text(
        "表三、表四的行数、列数与格式一致", "tables three and four have the rows and columns of the form"
    ),
    basis=(TABLE_THREE, TABLE_FOUR),
    any_of=TABLES,
)
def table_shape(report: Report, context: Context) -> Results:
    """表三、表四不应缺行、多行，每行的数应与列数相等（表三 7 个，表四 15 个）。

    为什么：缺一行，这类办理结果就没有报告；多一个或少一个数，后面的数就全部错列。
    2021 年起“（六）其他处理”分三行，2019、2020 年只有一行，都按各自的格式判断。

    反例：2023 年度报告“（六）其他处理”仍只有一行。
    正例：“（六）其他处理”下有 1、2、3 三行。

    怎样改：对照格式补上缺少的行、删去多出的行，一行数目不对的逐格重填。
    """
    for table in tables_of(report):
        place = table.form.place
        for label, count in table.ragged:
            values = {"row": label.text, "count": count, "expected": len(table.form.columns)}
            yield Finding(label.span, _RAGGED.fill(table=place, **values), _ROW_HELP, place=place)
        missing = [row for row in table.missing if row.key not in {label.key for label, _ in table.ragged}]
        # Rows that are there, but whose figures may belong to any column, or to another row.
        unread = [row for row in missing if row not in table.lacking]
        missing = [row for row in missing if row in table.lacking]
        for label in table.extra:
            # A group filled in as one row: its rows are missing for that one cause.
            replaced = [row for row in missing if row.under and fold(row.under) == fold(label.text)]
            missing = [row for row in missing if row not in replaced]
            message = _MERGED.fill(rows="、".join(row.label for row in replaced)) if replaced else _EXTRA
            yield Finding(label.span, message.fill(table=place, row=label.text), _ROW_HELP, place=place)
        if missing:
            message = _MISSING.fill(table=place, rows="、".join(row.place or "数据" for row in missing))
            yield Finding(table.span, message, _ROW_HELP, place=place)
        if unread:
            yield Undetermined(
                _UNREAD.fill(table=place, rows="、".join(row.place or "数据" for row in unread))
            )
