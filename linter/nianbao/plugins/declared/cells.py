"""Kinds about cells of the tables: require-cell, cell-range, equal-sums."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from nianbao_grammar.records import NamedTuple

from nianbao.engine.finding import NotApplicable, Related, Undetermined
from nianbao.engine.rule import Target
from nianbao.files.scalars import NUMBER, Words
from nianbao.files.shape import Key, Many, Record
from nianbao.files.values import entries, members
from nianbao.files.yaml_file import FaultError, Faults, Item
from nianbao.plugins.declared.kind import Found, Kind, Operands, Search, either
from nianbao.report.equations import Equation, number, total, written
from nianbao.report.form import Form, Identity
from nianbao.report.report import Report
from nianbao.report.table import Cell, State
from nianbao.text.folding import fold
from nianbao.text.language import Text, same
from nianbao.text.nearest import nearest
from nianbao.text.source import Span

_EXAMPLE = Text(
    "写作 applications/received/total，或者照格式写“表三 · 一、本年新收政府信息公开申请数量 · 总计”",
    "write applications/received/total, or as the form says 表三 · 一、本年新收政府信息公开申请数量 · 总计",
)
_LIKELY = Text("是不是“{address}”（{place}）？", "did you mean {address} ({place})?")
_NO_CELL = Text("没有“{name}”这一格；{remedy}", "there is no cell {name}: {remedy}")
_NOT_THERE = Text(
    "格式 {form} 没有“{name}”这一格；在 applies 中写 form，只列有这一格的格式：{others}",
    "form {form} has no cell {name}: write form under applies with those that have it: {others}",
)
_TWICE = Text("“{name}”写了两次；删去一个", "{name} is here twice: delete one")
_OTHER_FORM = Text("报告所用的格式没有{place}", "the form of the report has no {place}")
_NO_FIGURE = Text("{place}没有可用的数，无法判断", "{place} holds no figure, so nothing can be said")

_CELL_ABOUT = Text(
    "格子，写键（applications/received/total）或格式的说法（表三 · 一、本年新收政府信息公开申请数量 · 总计）",
    "a cell, by keys (applications/received/total) or in the words of the form (表三 · … · 总计)",
)
_CELL = Key("cell", Words(), _CELL_ABOUT)
_CELLS = Key("cells", Many(Words()), Text("几个格子，逐个检查", "several cells, each checked by itself"))
_OPERAND_CELL = Text("格子在哪里：表三 · … · 总计", "where the cell is: 表三 · … · 总计")
_FORMS = Text("、", ", ")
_PLACES = Text("；", "; ")  # places have commas of their own


class Named(NamedTuple):
    """A cell that a rule names: its address, and its place in the words of the form."""

    address: str
    place: str

    @property
    def table(self) -> str:
        """The key of its table."""
        return self.address.partition("/")[0]

    def cell(self, report: Report) -> Cell | None:
        """Return it in *report*, None if the report's form does not have it."""
        key, row, column = self.address.split("/")
        table = report.table(key)
        known = table is not None and {row, column} <= {line.key for line in table.form.lines}
        return table[row, column] if table is not None and known else None


def _places(form: Form) -> dict[str, str]:
    """Return the place of each cell of *form* by its address."""
    return {
        cell.address: cell.place
        for table in form.tables
        for row in table.rows
        for column in table.columns
        for cell in (Cell(table, row, column, "", Span(0, 0), State.ABSENT, None, ""),)
    }


def _named(items: Iterable[Item], forms: Sequence[Form]) -> tuple[Named, ...]:
    """Return the cells that *items* name. Raises FaultError for each that not all *forms* have or that is named twice."""
    known = {form.name: _places(form) for form in forms}
    by_address: dict[str, Named] = {}
    with Faults() as faults:
        for item in items:
            with faults.noted:
                named = _resolved(item, known)
                if named.address in by_address:
                    raise FaultError(item.offset, _TWICE.fill(name=item.written))
                by_address[named.address] = named
    return tuple(by_address.values())


def _resolved(item: Item, known: dict[str, dict[str, str]]) -> Named:
    """Return the cell that *item* names; *known* are the places of all cells by address, by the name of the form."""
    everything = {address: place for cells in known.values() for address, place in cells.items()}
    folded = {fold(place): address for cells in known.values() for address, place in cells.items()}
    address = item.written if item.written in everything else folded.get(fold(item.written), "")
    if not address:
        near = nearest(item.written, (*everything, *everything.values()))
        near = near if near in everything else folded.get(fold(near), "")
        remedy = _LIKELY.fill(address=near, place=everything[near]) if near else _EXAMPLE
        raise FaultError(item.offset, _NO_CELL.fill(name=item.written, remedy=remedy))
    having = [name for name, cells in known.items() if address in cells]
    lacking = [name for name in known if name not in having]
    if lacking:
        others = Text(*(mark.join(f'"{name}"' for name in having) for mark in _FORMS))
        raise FaultError(item.offset, _NOT_THERE.fill(form=lacking[0], name=item.written, others=others))
    return Named(address, everything[address])


def _tables(named: Iterable[Named]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.table for each in named))


def _listed(named: Iterable[Named]) -> Text:
    return Text(*(mark.join(each.place for each in named) for mark in _PLACES))


def _cells(named: Iterable[Named], report: Report) -> Iterator[Cell | NotApplicable]:
    for each in named:
        yield each.cell(report) or NotApplicable(_OTHER_FORM.fill(place=each.place))


# -- require-cell ------------------------------------------------------------------------------------------

_BLANK = Text("是空的", "is blank")
_ABSENT = Text("没有这一格", "is not in the table")
_SAYS = Text("写的是“{text}”", "says “{text}”")


def _state(cell: Cell) -> Text:
    empty = {State.BLANK: _BLANK, State.ABSENT: _ABSENT}
    return empty.get(cell.state) or _SAYS.fill(text="".join(cell.text.split()))


def _require_cell(given: Item, forms: Sequence[Form]) -> Search:
    named = _named(either(given, "cell", "cells"), forms)

    def look(report: Report) -> Iterator[Found | NotApplicable]:
        for cell in _cells(named, report):
            if isinstance(cell, NotApplicable):
                yield cell
            elif cell.state is not State.NUMBER:
                yield Found(cell.span, {"cell": cell.place, "state": _state(cell), "text": cell.text}, cell)

    return Search(look, {"cell": _listed(named)}, Target(_listed(named)), _tables(named))


REQUIRE_CELL = Kind(
    "require-cell",
    Text(
        "这一格要填数：空白、“/”、“无”和缺少这一格都不行",
        "the cell has to hold a figure: a blank, a mark such as / or 无, or no such cell are faults",
    ),
    Record(
        (
            _CELL,
            _CELLS,
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


def within(amount: Decimal, ends: dict[str, Decimal]) -> bool:
    """Return whether *amount* is within the limits *ends*."""
    return ends.get("min", amount) <= amount <= ends.get("max", amount)


def _cell_range(given: Item, forms: Sequence[Form]) -> Search:
    with Faults() as faults:
        with faults.noted:
            named = _named(either(given, "cell", "cells"), forms)
        ends = limits(given)
    limits_as_text = {key: number(end) for key, end in ends.items()}
    limit_text = _BETWEEN if len(ends) == 2 else _AT_LEAST if "min" in ends else _AT_MOST
    limit = limit_text.fill(**limits_as_text)

    def look(report: Report) -> Iterator[Found | NotApplicable | Undetermined]:
        for cell in _cells(named, report):
            if isinstance(cell, NotApplicable):
                yield cell
            elif cell.value is None:
                yield Undetermined(_NO_FIGURE.fill(place=cell.place))
            elif not within(cell.value, ends):
                yield Found(cell.span, {"cell": cell.place, "value": number(cell.value)}, cell)

    operands: Operands = {"cell": _listed(named), "limit": limit, **limits_as_text}
    return Search(look, operands, Target(_listed(named)), _tables(named))


CELL_RANGE = Kind(
    "cell-range",
    Text(
        "这一格的数要在范围之内；没有填数的不作判断",
        "the figure of the cell has to lie within limits; a cell without a figure is not judged",
    ),
    Record(
        (
            _CELL,
            _CELLS,
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
    named = _named((*members(given, "left"), *members(given, "right")), forms)
    count = len(members(given, "left"))
    sides = {"left_cells": _summed(named[:count]), "right_cells": _summed(named[count:])}

    def look(report: Report) -> Iterator[Found | NotApplicable | Undetermined]:
        cells: list[Cell] = []
        for cell in _cells(named, report):
            if isinstance(cell, NotApplicable):
                yield cell
                return
            cells.append(cell)
        open_cells = [cell for cell in cells if cell.value is None]
        if open_cells:
            yield Undetermined(_NO_FIGURE.fill(place=open_cells[0].place))
        elif total(cells[:count]) != total(cells[count:]):
            yield _unequal(cells, count)

    return Search(look, sides, Target(_listed(named)), _tables(named))


def _summed(named: Sequence[Named]) -> Text:
    return same(" + ".join(each.place for each in named))


def _unequal(cells: Sequence[Cell], count: int) -> Found:
    """Return the finding on the first *count* of *cells*, whose sum is not that of the others."""
    left, right = tuple(cells[:count]), tuple(cells[count:])
    equation = Equation(Identity("", "", "columns", (), (), ""), "", left, right, holds=False)
    own = left[0] if len(left) == 1 < len(right) else right[0]
    related = tuple(Related(c.span, same(f"{c.place} {c.text}"), c) for c in cells if c is not own)
    operands = {
        "sum": written(equation),
        "left": number(total(left)),
        "right": number(total(right)),
        "difference": number(abs(equation.difference)),
    }
    return Found(own.span, operands, own, related)


_SIDE = Many(Words(), single=True)

EQUAL_SUMS = Kind(
    "equal-sums",
    Text(
        "左边各格之和要等于右边各格之和，可以跨表；有一格没有填数就不作判断",
        "the cells on the left have to add up to those on the right, of any tables; with a blank it is not judged",
    ),
    Record(
        (
            Key("left", _SIDE, _CELL_ABOUT, required=True),
            Key("right", _SIDE, _CELL_ABOUT, required=True),
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
