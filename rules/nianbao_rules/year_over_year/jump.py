"""YOY009 jump."""

from collections.abc import Iterator
from decimal import Decimal

from nianbao.api import Cell, Context, Option, Report, Table, Text, number, rule

from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import OWN_READING
from nianbao_rules.year_over_year.shared import Pair, one_finding, same_form, table_of_last_year

_JUMP = Text(
    "和上年报告比，变化在{times}倍以上：{sums}",
    "more than {times} times as many as in last year's report, or as few: {sums}",
)
_JUMP_HELP = Text(
    "核对有没有填错位、单位有没有弄错；数没有错的，可以在总体情况里说明原因",
    "check for a figure in the wrong place or unit; if it is right, the overview may say why",
)


@rule(
    "YOY009",
    "jump",
    summary=Text("与上年相比没有成倍的变化", "no figure is many times that of the year before"),
    basis=OWN_READING,
    enabled=False,
    options=(
        Option("times", 5, Text("多少倍以上才提示", "from how many times on it is said")),
        Option("least", 20, Text("两年中较大的数不到多少就不提示", "the larger figure is at least so many")),
    ),
    beside="previous",
)
def jump(report: Report, context: Context) -> Results:
    """表二各数和表三、表四的总计，与本机关上年报告相差五倍以上的，可能填错了。

    为什么：多写少写一位、万元写成元、一项整个漏填，都会使数成倍变化。数也可能没有错，所以默认不启用。
    两年中较大的数不到20的不比较。一张表只提示一次。格式换了的，只比较表三和表四。

    反例：行政许可处理决定数量，上年1260，本年126000。
    正例：行政许可处理决定数量，上年1260，本年2100。

    怎样改：核对；数没有错的，可以说明原因。
    """
    times, least = context.whole("times"), context.whole("least")
    for form in report.form.tables if report.form else ():
        this, last = report.table(form.key), table_of_last_year(report, form.key)
        if this is None or last is None or not (same_form(report) or form.key in ("applications", "review")):
            continue
        pairs = [
            Pair(mine, _name(mine), f"{number(before.value)} → {number(mine.value)}", (before,))
            for mine, before in _beside(this, last)
            if _jumps(mine, before, times, least)
        ]
        if pairs:
            yield one_finding(report, pairs, _JUMP, _JUMP_HELP, form.place, times=times)


def _beside(this: Table, last: Table) -> Iterator[tuple[Cell, Cell]]:
    """Yield the cells that are no parts of others, each with that of the year before, if both forms have it."""
    rows = {row.key for row in last.form.rows}
    for row in [row for row in this.form.rows if row.key in rows]:
        for column in this.form.columns:
            if (this.form.item and not column.signed) or column.key.endswith("total"):
                yield this[row.key, column.key], last[row.key, column.key]


def _name(cell: Cell) -> str:
    return cell.place.removeprefix(f"{cell.table.place} · ")


def _jumps(this: Cell, last: Cell, times: int, least: int) -> bool:
    if this.value is None or last.value is None or this.unit != last.unit:
        return False
    small, large = sorted((abs(this.value), abs(last.value)))
    return large >= Decimal(least) and large >= times * small
