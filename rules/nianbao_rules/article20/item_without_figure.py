"""ART007 item-without-figure."""

from nianbao.api import Context, Finding, Report, State, Text, rule

from nianbao_rules.article20.shared import TABLES, tables_of
from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import FILLING
from nianbao_rules.shared.cells import FILL, without_figure

_EMPTY = Text("表二各项都没有填数", "no table of section two has a figure")
_RAGGED = Text(
    "{place}“{row}”一行有{count}个数，应为{expected}个，看不出各数属于哪一列",
    "{place}, row “{row}”: {count} figures instead of {expected}, so the column of each is not known",
)
_RAGGED_HELP = Text("对照表头逐格补齐，没有发生的填 0", "fill in each cell under its label; write 0 for none")


@rule(
    "ART007",
    "item-without-figure",
    summary=Text("表二各格应填数字", "every cell of section two has a number"),
    basis=FILLING,
    any_of=TABLES,
)
def item_without_figure(report: Report, context: Context) -> Results:
    """第二部分的每一格都应填数字，没有发生的填 0。

    为什么：空白、“/”、“—”、“无”看不出是没有发生还是漏填，汇总时也不能相加。
    每行只报一次，全部没有填的只报一次；数字旁边带单位的由 ART009 报出。

    反例：规章一行三格都是“/”。
    正例：规章一行三格都是 0。

    怎样改：没有发生的填 0，漏填的补上。
    """
    tables = list(tables_of(report))
    cells = [cell for table in tables for cell in table.cells]
    if len(tables) > 1 and all(cell.state in (State.BLANK, State.MARK) for cell in cells):
        yield Finding(cells[0].span, _EMPTY, FILL, cells[0], place="表二")
        return
    for table in tables:
        yield from without_figure(table)
        for label, count in table.ragged:
            values = {"row": label.text, "count": count, "expected": len(table.form.columns)}
            message = _RAGGED.fill(place=table.form.place, **values)
            yield Finding(label.span, message, _RAGGED_HELP, place=table.form.place)
