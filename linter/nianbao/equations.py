"""The identities of a form over the cells of a report, and what best explains those that fail."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from nianbao.form import Identity
from nianbao.table import Cell, State, Table


class Equation(NamedTuple):
    """An identity bound to cells: the sum of *left* is to be the sum of *right*.

    *holds* is None where a cell without a figure leaves that open. A blank cell may stand for any count from
    nought up, so a side with a blank can be larger than it seems, never smaller: only what no count could
    repair is False (docs/adr/0003).
    """

    identity: Identity
    place: str  # the column or row it holds in, in the form's words
    left: tuple[Cell, ...]
    right: tuple[Cell, ...]
    holds: bool | None

    @property
    def cells(self) -> tuple[Cell, ...]:
        """All cells that take part."""
        return self.left + self.right

    @property
    def difference(self) -> Decimal:
        """Left side less right side, a cell without a figure counted as nought."""
        return total(self.left) - total(self.right)


class Imbalance(NamedTuple):
    """One cause of failing equations.

    With *cell* and *value*: changing that one cell makes every equation it takes part in hold. With
    *shift*: two lines of one identity are off by as much in opposite directions, so an entry stands in the
    wrong one. With neither: the first equation says all there is to say.
    """

    equations: tuple[Equation, ...]
    cell: Cell | None = None
    value: Decimal | None = None
    shift: Decimal | None = None

    @property
    def identity(self) -> Identity:
        """The first identity that fails, in the order of the form."""
        return self.equations[0].identity


def written(equation: Equation) -> str:
    """Return the sum written out: `7 + 1 = 8 ≠ 9 = 8 + 1`, noughts left out of a side that has other terms."""
    left, right = (_side(cells) for cells in (equation.left, equation.right))
    sign = "=" if equation.difference == 0 else "≠"
    ends = [number(total(cells)) for cells in (equation.left, equation.right)]
    first = f"{left} = {ends[0]}" if left != ends[0] else left
    second = f"{ends[1]} = {right}" if right != ends[1] else right
    return f"{first} {sign} {second}"


def _side(cells: Iterable[Cell]) -> str:
    return " + ".join(number(cell.value) for cell in cells if cell.value) or "0"


def number(value: Decimal | None) -> str:
    """Return *value* as a clerk writes it: no exponent, no trailing noughts; nothing for None."""
    if value is None:
        return ""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def total(cells: Iterable[Cell]) -> Decimal:
    """Return the sum of *cells*, those without a figure counted as nought."""
    return sum((cell.value for cell in cells if cell.value is not None), Decimal(0))


_COUNTABLE = {State.NUMBER, State.BLANK, State.MARK}


def _judge(left: Iterable[Cell], right: Iterable[Cell]) -> bool | None:
    difference = total(left) - total(right)
    states = {cell.state for side in (left, right) for cell in side}
    if difference == 0:
        return True if states <= _COUNTABLE else None
    smaller = right if difference > 0 else left
    return False if all(cell.state is State.NUMBER for cell in smaller) else None


def equations(identities: Iterable[Identity], table: Table) -> Iterator[Equation]:
    """Yield every identity of *table*, bound to its cells, in the order of the form."""
    for identity in identities:
        if identity.table != table.form.key:
            continue
        if identity.along == "columns":
            for column in table.form.columns:
                left = tuple(table[row, column.key] for row in identity.left)
                right = tuple(table[row, column.key] for row in identity.right)
                yield Equation(identity, column.label, left, right, _judge(left, right))
        else:
            for row in table.form.rows:
                left = tuple(table[row.key, column] for column in identity.left)
                right = tuple(table[row.key, column] for column in identity.right)
                yield Equation(identity, row.place, left, right, _judge(left, right))


def imbalances(bound: Sequence[Equation]) -> list[Imbalance]:
    """Return the causes of the failing equations among *bound*, each failing equation under one cause."""
    failing = [equation for equation in bound if equation.holds is False]
    if not failing:
        return []
    causes = list(_single_cells(bound, failing))
    explained = {id(equation) for cause in causes for equation in cause.equations}
    rest = [equation for equation in failing if id(equation) not in explained]
    for pair in _misfiled(rest):
        causes.append(Imbalance(pair, shift=abs(pair[0].difference)))
        explained.update(map(id, pair))
    causes.extend(Imbalance((equation,)) for equation in rest if id(equation) not in explained)
    return causes


def repairs(bound: Sequence[Equation], failing: Sequence[Equation]) -> Iterator[Imbalance]:
    """Yield each cell whose change alone would satisfy every judged equation that it takes part in."""
    if not failing:
        return
    taking_part: dict[str, list[Equation]] = {}
    for equation in bound:
        if equation.holds is not None:
            for cell in equation.cells:
                taking_part.setdefault(cell.address, []).append(equation)
    seen = set()
    for cell in (cell for equation in failing for cell in equation.cells):
        mine = taking_part[cell.address]
        if cell.address in seen or cell.value is None or any(equation.holds for equation in mine):
            continue
        seen.add(cell.address)
        values = {_repaired(cell, equation) for equation in mine}
        value = values.pop()
        if not values and value >= 0:
            yield Imbalance(tuple(mine), cell, value)


def _single_cells(bound: Sequence[Equation], failing: Sequence[Equation]) -> Iterator[Imbalance]:
    """Yield the repairs that no other repair contends with: more than one equation points at each."""
    found = list(repairs(bound, failing))
    claims: dict[int, int] = {}
    for repair in found:
        for equation in repair.equations:
            claims[id(equation)] = claims.get(id(equation), 0) + 1
    for repair in found:
        if all(claims[id(equation)] == 1 for equation in repair.equations):
            yield repair


def _repaired(cell: Cell, equation: Equation) -> Decimal:
    assert cell.value is not None
    on_left = any(other.address == cell.address for other in equation.left)
    return cell.value - equation.difference if on_left else cell.value + equation.difference


def _misfiled(failing: Sequence[Equation]) -> Iterator[tuple[Equation, Equation]]:
    """Yield two equations of one identity that are off by as much, one over and one under."""
    by_name: dict[str, list[Equation]] = {}
    for equation in failing:
        by_name.setdefault(equation.identity.name, []).append(equation)
    for group in by_name.values():
        if len(group) == 2 and group[0].difference == -group[1].difference:
            yield group[0], group[1]
