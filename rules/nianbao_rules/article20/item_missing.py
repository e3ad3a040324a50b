"""ART001 item-missing."""

from nianbao.api import Context, Finding, Report, Text, rule

from nianbao_rules.article20.shared import ITEM, TABLES, forms_of
from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import TABLE_TWO

_NO_TABLE = Text("表二缺少{item}的表格（{rows}）", "the table on {item} ({rows}) is missing from section two")
_NO_ROWS = Text("{item}只有标题，没有“{rows}”的数据", "under {item} there is no row {rows}")
_NO_ROW = Text("{place}缺少“{rows}”一行", "{place} lacks the row {rows}")
_ADD = Text(
    "按{notice}的表格补上并填数；没有发生的填 0", "add it as in the form of {notice}; write 0 for none"
)


@rule(
    "ART001",
    "item-missing",
    summary=Text(
        "表二有格式规定的第二十条各项", "section two has a table for each item of 第二十条 in the form"
    ),
    basis=TABLE_TWO,
    any_of=TABLES,
)
def item_missing(report: Report, context: Context) -> Results:
    """第二部分应有格式规定的各项表格，每项的各行都在：2021年起为第（一）（五）（六）（八）项，此前还有第（九）项。

    为什么：这几项是条例第二十条中格式要求填报数量的事项，缺一项，这类信息的公开情况就没有报告。
    整个第二部分没有表格的，由 SEC009 报出；表格在而读不懂的，不作判断。

    反例：2023年度报告的第二部分没有第二十条第（六）项的表格。
    正例：第（一）（五）（六）（八）项都有表格，没有发生的填 0。

    怎样改：照格式补上缺少的表格或行，没有发生的填 0。
    """
    section = report.section("disclosure")
    for form in forms_of(report):
        values = {"item": ITEM.format(item=form.item), "rows": "、".join(row.label for row in form.rows)}
        table = report.table(form.key)
        if table is not None:
            missing = [row for row in table.lacking if row.key not in table.rows][len(table.extra) :]
            if missing:
                rows = "、".join(row.label for row in missing)
                message = _NO_ROW.fill(place=form.place, rows=rows)
                yield Finding(table.span, message, _add(report), place=form.place)
        elif form.key not in report.unreadable:
            item = report.items.get(form.item)
            span = item.span if item else section.heading if section else report.anchor
            message = (_NO_ROWS if item else _NO_TABLE).fill(**values)
            yield Finding(span, message, _add(report), place=form.place)


def _add(report: Report) -> Text:
    return _ADD.fill(notice=report.form.notice if report.form else "")
