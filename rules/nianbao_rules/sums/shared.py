"""Failing identities and their explanations, and columns without a figure."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from nianbao.api import (
    Cell,
    Edit,
    Equation,
    Finding,
    Fix,
    Imbalance,
    Related,
    Report,
    State,
    Table,
    Text,
    Undetermined,
    number,
    same,
    written,
)

from nianbao_rules.shared import Results

_WRONG_CELL = Text(
    "{place}填的是{old}，有{count}项勾稽关系因此不成立：{sums}；改为{new}，各项关系全部成立",
    "{place} says {old}, so {count} identities fail: {sums}; with {new} all of them hold",
)
_WRONG_CELL_HELP = Text(
    "核对台账：如确为{new}，改这一格；如{old}无误，则同列、同行各格都要重新核对",
    "check the ledger: if it is {new}, change this cell; if {old} is right, check the whole row and column",
)
_MISFILED = Text(
    "{one}与{other}一处多{shift}、一处少{shift}：{sums}；很可能有{shift}件填错了位置",
    "{one} is off by {shift} one way and {other} the other way: {sums}; {shift} are probably in the wrong one",
)
_MISFILED_HELP = Text(
    "在{one}和{other}的对应各格中，找出错填的{shift}件，移到应填的一格",
    "find the {shift} entered in the wrong one of {one} and {other}, and move them",
)
_ROW = Text(
    "表四一行里有{count}组的勾稽关系不成立：{sums}；多半是同一个原因，如各数错开了一格",
    "{count} blocks of the one row of table four do not add up: {sums}; probably for one reason, such as figures one cell off",
)
_ROW_HELP = Text(
    "与结案文书核对这一行的十五个数，看是不是整行错位",
    "check the fifteen figures of the row: they may be one cell off",
)
_BROKEN = Text(
    "{place}的勾稽关系不成立：{basis}。{sums}，相差{difference}",
    "{place} does not add up: {sums}, {difference} apart",
)
_BROKEN_HELP = Text(
    "逐格核对参加这一关系的各数，改正有误的一格",
    "check each figure of this sum and correct the wrong one",
)
_SPLIT = Text(
    "{message}；“{one}”{first}和“{other}”{second}合起来是{joined}，这一行就成立，可能是一个数分写在了两格里",
    "{message}; {one} {first} and {other} {second} joined are {joined}, with which this row holds: perhaps one figure is split over two cells",
)
_UNKNOWN = Text(
    "{place}有空白或读不出的格，这一关系无法核算",
    "{place} has blank or unreadable cells and cannot be added up",
)


def unbalanced(report: Report, key: str, names: tuple[str, ...]) -> Results:
    """Yield one finding for each cause whose first failing identity is among *names*."""
    found = [imbalance for imbalance in report.imbalances(key) if imbalance.identity.name in names]
    together = [imbalance for imbalance in found if key == "review" and imbalance.cell is None]
    if len(together) > 1:
        yield _of_one_row([equation for imbalance in together for equation in imbalance.equations])
        found = [imbalance for imbalance in found if imbalance not in together]
    yield from map(_explained, found)
    for name in names:
        for equation in report.equations(key, name):
            if equation.holds is None:
                yield Undetermined(_UNKNOWN.fill(place=_where(equation)))
                return


def _explained(imbalance: Imbalance) -> Finding:
    first = imbalance.equations[0]
    target = imbalance.cell or first.right[0]
    sums = listed(f"{_where(equation)} {written(equation)}" for equation in imbalance.equations)
    related = _operands(imbalance.equations, target)
    data = {"sums": sums.zh, "difference": number(abs(first.difference))}
    if imbalance.cell is not None and imbalance.value is not None:
        cell, new = imbalance.cell, number(imbalance.value)
        values = {"old": cell.text, "new": new}
        message = _WRONG_CELL.fill(place=cell.place, count=len(imbalance.equations), sums=sums, **values)
        title = Text("把{old}改为{new}", "change {old} to {new}").fill(**values)
        fix = Fix(title, False, (Edit(cell.span, cell.text, new),))
        message = _or_split(message, imbalance.equations)
        help_text = _WRONG_CELL_HELP.fill(**values)
        return Finding(cell.span, message, help_text, cell, related, {**data, "value": new}, fix)
    if imbalance.shift is not None:
        values = {
            "one": _where(first),
            "other": _where(imbalance.equations[1]),
            "shift": number(imbalance.shift),
        }
        return Finding(
            target.span,
            _or_split(_MISFILED.fill(sums=sums, **values), imbalance.equations),
            _MISFILED_HELP.fill(**values),
            target,
            related,
            data,
        )
    message = _BROKEN.fill(
        place=_where(first),
        basis=first.identity.basis,
        sums=sums if len(imbalance.equations) > 1 else written(first),
        difference=data["difference"],
    )
    message = _or_split(message, imbalance.equations)
    return Finding(target.span, message, _BROKEN_HELP, target, related, data)


def _of_one_row(equations: Sequence[Equation]) -> Finding:
    """Return the one finding on the blocks of table four, whose single row has all their figures."""
    target = equations[0].right[0]
    sums = listed(f"{_where(equation)} {written(equation)}" for equation in equations)
    data = {"sums": sums.zh, "difference": number(abs(equations[0].difference))}
    message = _ROW.fill(count=len(equations), sums=sums)
    return Finding(target.span, message, _ROW_HELP, target, _operands(equations, target), data)


def _or_split(message: Text, equations: Iterable[Equation]) -> Text:
    """Return *message*, and that one figure may be in two cells (4, 1 for 41), if joining them repairs a row."""
    for equation in equations:
        for one, other in pairwise(equation.left) if equation.identity.along == "rows" else ():
            if not (
                one.value and other.value is not None and one.text.isdecimal() and other.text.isdecimal()
            ):
                continue
            joined = one.text + other.text
            if equation.difference == one.value + other.value - Decimal(joined):
                values = {"first": one.text, "second": other.text, "joined": joined}
                places = {"one": one.column.label, "other": other.column.label}
                return _SPLIT.fill(message=message, **places, **values)
    return message


def listed(items: Iterable[str]) -> Text:
    """Return *items* as a list in both languages."""
    entries = list(items)
    return Text("；".join(entries), "; ".join(entries))


def _where(equation: Equation) -> str:
    """Return the place of *equation* in the words of the form: a column of table three, a row, a block."""
    table = equation.right[0].table
    if equation.identity.along == "columns":
        return f"{table.place}“{equation.place}”列"
    if table.key == "review":
        return f"{table.place}“{equation.right[0].column.under}”"
    return f"{table.place}“{equation.place}”行"


def _operands(equations: Iterable[Equation], target: Cell) -> tuple[Related, ...]:
    cells = {c.address: c for equation in equations for c in equation.cells if c.state is not State.ABSENT}
    return tuple(
        Related(c.span, same(f"{c.place} {c.text or '空'}"), c)
        for address, c in cells.items()
        if address != target.address and (c.value is None or c.value != 0)
    )


TABLES = ("applications", "review")


def tables_of(report: Report) -> Iterator[Table]:
    """Yield tables three and four, if the report has them."""
    yield from (table for table in map(report.table, TABLES) if table is not None)


def empty_columns(table: Table) -> frozenset[str]:
    """Return the keys of the columns without a figure; in table four, which has one row, only all of them or none."""
    if table.filled:
        return frozenset()
    filled = {cell.column.key for cell in table.cells if cell.state not in (State.BLANK, State.MARK)}
    if len(table.form.rows) == 1 and filled:
        return frozenset()
    bound = {cell.column.key for cell in table.cells}
    return frozenset(bound - filled)
