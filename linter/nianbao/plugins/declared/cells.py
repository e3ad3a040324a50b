"""Kinds about cells of the tables: require-cell, cell-range, equal-sums."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from nianbao.engine.finding import NotApplicable, Undetermined
from nianbao.engine.rule import Target
from nianbao.files.scalars import NUMBER
from nianbao.files.shape import Key, Many, Record
from nianbao.files.values import entries, members
from nianbao.files.yaml_file import FaultError, Faults, Item
from nianbao.plugins.declared.kind import Found, Kind, Operands, Search, either
from nianbao.plugins.declared.named import (
    CELL,
    CELL_ABOUT,
    CELLS,
    ONE_CELL,
    Named,
    beside,
    cells_named,
    found,
    official,
    tables_of,
)
from nianbao.report.equations import Equation, number, total, written
from nianbao.report.form import Form, Identity
from nianbao.report.report import Report
from nianbao.report.table import Cell, State
from nianbao.text.language import Text, joined, same

_NO_FIGURE = Text("{place}没有可用的数，无法判断", "{place} holds no figure, so nothing can be said")
_NO_SUCH_CELL = Text("报告没有{place}", "the report has no {place}")
_OPERAND_CELL = Text("格子在哪里：表三 · … · 总计", "where the cell is: 表三 · … · 总计")
_PLACES = Text("；", "; ")  # places have commas of their own


def _listed(named: Iterable[Named]) -> Text:
    return joined([same(each.place) for each in named], _PLACES)


def with_figure(cell: Cell | NotApplicable | Undetermined) -> Cell | NotApplicable | Undetermined:
    """Return *cell* if it holds a figure, else why nothing can be said of it."""
    if not isinstance(cell, Cell) or cell.value is not None:
        return cell
    if cell.state is State.ABSENT and not official(cell):
        return NotApplicable(_NO_SUCH_CELL.fill(place=cell.place))
    return Undetermined(_NO_FIGURE.fill(place=cell.place))


# -- require-cell ------------------------------------------------------------------------------------------

_BLANK = Text("是空的", "is blank")
_ABSENT = Text("没有这一格", "is not in the table")
_SAYS = Text("写的是“{text}”", "says “{text}”")


def _state(cell: Cell) -> Text:
    empty = {State.BLANK: _BLANK, State.ABSENT: _ABSENT}
    return empty.get(cell.state) or _SAYS.fill(text="".join(cell.text.split()))


def _require_cell(given: Item, forms: Sequence[Form]) -> Search:
    named = cells_named(either(given, "cell", "cells"), forms)

    def look(report: Report) -> Iterator[Found | NotApplicable | Undetermined]:
        for each in named:
            cell = each.cell(report)
            if not isinstance(cell, Cell):
                yield cell
            elif cell.state is not State.NUMBER:
                yield found(cell, {"cell": cell.place, "state": _state(cell), "text": cell.text})

    return Search(look, {"cell": _listed(named)}, Target(_listed(named)), tables_of(named))


REQUIRE_CELL = Kind(
    "require-cell",
    Text(
        "这一格要填数：空白、“/”、“无”和缺少这一格都不行",
        "the cell has to hold a figure: a blank, a mark such as / or 无, or no such cell are faults",
    ),
    Record(
        (
            ONE_CELL,
            CELLS,
        ),
        one_of=(("cell", "cells"),),
    ),
    {
        "cell": _OPERAND_CELL,
        "state": Text(
            "这一格怎么了：是空的、写的是“/”、没有这一格",
            "its state: is blank, says “/”, is not in the table",
        ),
        "text": Text("这一格里的原文", "the text in the cell"),
    },
    summary=Text("{cell}填了数", "{cell} holds a figure"),
    message=Text("{cell}应填数字，这里{state}", "{cell} should hold a figure and {state}"),
    help=Text("填上数字；没有发生的填 0", "write the figure, 0 if nothing happened"),
    make=_require_cell,
)


# -- cell-range --------------------------------------------------------------------------------------------

_AT_LEAST = Text("不小于 {min}", "at least {min}")
_AT_MOST = Text("不大于 {max}", "at most {max}")
_BETWEEN = Text("在 {min} 至 {max} 之间", "from {min} to {max}")
_CROSSED = Text(
    "max（{max}）小于 min（{min}），没有数能满足；对调或改正",
    "max ({max}) is less than min ({min}), which no figure satisfies: correct one",
)


def limits(given: Item) -> dict[str, Decimal]:
    """Return `min` and `max`, if they are there. Raises FaultError if no figure lies between them."""
    keys = entries(given)
    ends: dict[str, Decimal] = {
        key: Decimal(keys[key].value.written) for key in ("min", "max") if key in keys
    }
    if len(ends) == 2 and ends["max"] < ends["min"]:
        words = _CROSSED.fill(**{key: number(end) for key, end in ends.items()})
        raise FaultError(keys["max"].value.offset, words)
    return ends


def limit_of(ends: dict[str, Decimal]) -> Text:
    """Return the limits *ends* in words: 不小于 1."""
    text = _BETWEEN if len(ends) == 2 else _AT_LEAST if "min" in ends else _AT_MOST
    return text.fill(**{key: number(end) for key, end in ends.items()})


def within(amount: Decimal, ends: dict[str, Decimal]) -> bool:
    """Return whether *amount* is within the limits *ends*."""
    return ends.get("min", amount) <= amount <= ends.get("max", amount)


def _cell_range(given: Item, forms: Sequence[Form]) -> Search:
    with Faults() as faults:
        with faults.noted:
            named = cells_named(either(given, "cell", "cells"), forms)
        ends = limits(given)
    limits_as_text = {key: number(end) for key, end in ends.items()}

    def look(report: Report) -> Iterator[Found | NotApplicable | Undetermined]:
        for each in named:
            cell = with_figure(each.cell(report))
            if not isinstance(cell, Cell):
                yield cell
            elif cell.value is not None and not within(cell.value, ends):
                yield found(cell, {"cell": cell.place, "value": number(cell.value)})

    operands: Operands = {"cell": _listed(named), "limit": limit_of(ends), **limits_as_text}
    return Search(look, operands, Target(_listed(named)), tables_of(named))


CELL_RANGE = Kind(
    "cell-range",
    Text(
        "这一格的数要在范围之内；没有填数的不作判断",
        "the figure of the cell has to lie within limits; a cell without a figure is not judged",
    ),
    Record(
        (
            ONE_CELL,
            CELLS,
            Key("min", NUMBER, Text("最小的数，等于它也可以", "the least figure allowed")),
            Key("max", NUMBER, Text("最大的数，等于它也可以", "the greatest figure allowed")),
        ),
        one_of=(("cell", "cells"),),
        some_of=(("min", "max"),),
    ),
    {
        "cell": _OPERAND_CELL,
        "value": Text("这一格的数", "the figure of the cell"),
        "limit": Text("范围：不小于 1", "the limits: at least 1"),
        "min": Text("最小的数", "the least figure allowed"),
        "max": Text("最大的数", "the greatest figure allowed"),
    },
    summary=Text("{cell}{limit}", "{cell}: {limit}"),
    message=Text("{cell}是 {value}，应{limit}", "{cell} is {value} and should be {limit}"),
    help=Text("核对台账，改正这一格", "check the ledger and correct the cell"),
    make=_cell_range,
)


# -- equal-sums --------------------------------------------------------------------------------------------


def _equal_sums(given: Item, forms: Sequence[Form]) -> Search:
    named = cells_named((*members(given, "left"), *members(given, "right")), forms)
    count = len(members(given, "left"))
    sides = {"left_cells": _summed(named[:count]), "right_cells": _summed(named[count:])}

    def look(report: Report) -> Iterator[Found | NotApplicable | Undetermined]:
        all_cells = [with_figure(each.cell(report)) for each in named]
        cells = [cell for cell in all_cells if isinstance(cell, Cell)]
        others = [other for other in all_cells if not isinstance(other, Cell)]
        if others:
            yield next((other for other in others if isinstance(other, NotApplicable)), others[0])
        elif total(cells[:count]) != total(cells[count:]):
            yield _unequal(cells, count)

    return Search(look, sides, Target(_listed(named)), tables_of(named))


def _summed(named: Sequence[Named]) -> Text:
    return same(" + ".join(each.place for each in named))


def _unequal(cells: Sequence[Cell], count: int) -> Found:
    """Return the finding on the first *count* of *cells*, whose sum is not that of the others."""
    left, right = tuple(cells[:count]), tuple(cells[count:])
    equation = Equation(Identity("", "", "columns", (), (), ""), "", left, right, holds=False)
    own = left[0] if len(left) == 1 < len(right) else right[0]
    related = tuple(beside(cell) for cell in cells if cell is not own)
    operands = {
        "sum": written(equation),
        "left": number(total(left)),
        "right": number(total(right)),
        "difference": number(abs(equation.difference)),
    }
    return found(own, operands, related)


_SIDE = Many(CELL, single=True)

EQUAL_SUMS = Kind(
    "equal-sums",
    Text(
        "左边各格之和要等于右边各格之和，可以跨表；有一格没有填数就不作判断",
        "the cells on the left have to add up to those on the right, of any tables; with a blank it is not judged",
    ),
    Record(
        (
            Key("left", _SIDE, CELL_ABOUT, required=True),
            Key("right", _SIDE, CELL_ABOUT, required=True),
        )
    ),
    {
        "sum": Text("写开的算式：143 + 67 = 210 ≠ 212", "the sum written out: 143 + 67 = 210 ≠ 212"),
        "left": Text("左边的和", "the sum on the left"),
        "right": Text("右边的和", "the sum on the right"),
        "difference": Text("两边相差多少", "how far the sides are apart"),
        "left_cells": Text("左边各格在哪里", "where the cells on the left are"),
        "right_cells": Text("右边各格在哪里", "where the cells on the right are"),
    },
    summary=Text("{left_cells} = {right_cells}", "{left_cells} = {right_cells}"),
    message=Text(
        "{left_cells}应等于{right_cells}：{sum}，相差 {difference}",
        "{left_cells} should equal {right_cells}: {sum}, {difference} apart",
    ),
    help=Text("逐格核对参加这一等式的各数，改正有误的一格", "check each figure and correct the wrong one"),
    make=_equal_sums,
)
