"""The identities of a form over the cells of a report, and the likeliest causes of those that fail."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from nianbao_grammar.records import NamedTuple

from nianbao.report.form import Identity
from nianbao.report.table import Cell, State, Table


class Equation(NamedTuple):
    """An identity bound to cells: the sum of *left* is to be the sum of *right*.

    *holds* is None if a cell without a figure leaves that undetermined. A blank cell may mean any count from
    zero up, so a side with a blank can be larger than it seems, never smaller: *holds* is False only if no
    count could repair the sum (docs/adr/0003).
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
        """Left side less right side, a cell without a figure counted as zero."""
        return total(self.left) - total(self.right)


class Imbalance(NamedTuple):
    """One cause of failing equations.

    With *cell* and *value*: changing that one cell makes every equation it takes part in hold. With
    *shift*: the first two equations are off by as much in opposite directions, so an entry is in the wrong
    one, and moving it makes the others hold too. With neither: no more is known than that the first equation
    fails.
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
    """Return the sum written out: `7 + 1 = 8 ≠ 9 = 8 + 1`, zeros left out of a side that has other terms."""
    left, right = (_side(cells) for cells in (equation.left, equation.right))
    sign = "=" if equation.difference == 0 else "≠"
    ends = [number(total(cells)) for cells in (equation.left, equation.right)]
    first = f"{left} = {ends[0]}" if left != ends[0] else left
    second = f"{ends[1]} = {right}" if right != ends[1] else right
    return f"{first} {sign} {second}"


def _side(cells: Iterable[Cell]) -> str:
    return " + ".join(number(cell.value) for cell in cells if cell.value) or "0"


def number(value: Decimal | None) -> str:
    """Return *value* as a clerk writes it: no exponent, no trailing zeros; "" for None."""
    if value is None:
        return ""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


_ZERO = Decimal(0)


def total(cells: Iterable[Cell]) -> Decimal:
    """Return the sum of *cells*, those without a figure counted as zero."""
    return sum([cell.value for cell in cells if cell.value is not None], _ZERO)


def _holds(left: Sequence[Cell], right: Sequence[Cell]) -> bool | None:
    difference = total(left) - total(right)
    if not difference:
        blank = [cell for cell in (*left, *right) if cell.value is None]
        return None if any(cell.state in (State.ABSENT, State.TEXT) for cell in blank) else True
    smaller = right if difference > 0 else left
    return False if all(cell.value is not None for cell in smaller) else None


def equations(identities: Iterable[Identity], table: Table) -> Iterator[Equation]:
    """Yield every identity of *table*, bound to its cells, in the order of the form."""
    for identity in identities:
        if identity.table != table.form.key:
            continue
        if identity.along == "columns":
            for column in table.form.columns:
                left = table.cells_of(identity.left, (column.key,))
                right = table.cells_of(identity.right, (column.key,))
                yield Equation(identity, column.label, left, right, _holds(left, right))
        else:
            for row in table.form.rows:
                left = table.cells_of((row.key,), identity.left)
                right = table.cells_of((row.key,), identity.right)
                yield Equation(identity, row.place, left, right, _holds(left, right))


def imbalances(bound: Sequence[Equation]) -> list[Imbalance]:
    """Return the causes of the failing equations among *bound*, each failing equation under one cause."""
    failing = [equation for equation in bound if equation.holds is False]
    if not failing:
        return []
    offers = list(repairs(bound, failing))
    causes = list(_uncontested(offers))
    rest = _without(failing, causes)
    shared = list(_shared_out(rest, offers))
    causes += shared
    rest = _without(rest, shared)
    moved = list(_misfiled(bound, rest))
    causes += moved
    causes.extend(Imbalance((equation,)) for equation in _without(rest, moved))
    return causes


def _without(failing: Iterable[Equation], causes: Iterable[Imbalance]) -> list[Equation]:
    explained = {id(equation) for cause in causes for equation in cause.equations}
    return [equation for equation in failing if id(equation) not in explained]


def repairs(bound: Sequence[Equation], failing: Sequence[Equation]) -> Iterator[Imbalance]:
    """Yield each cell whose change alone would satisfy every judged equation that it takes part in."""
    if not failing:
        return
    taking_part = _taking_part(bound)
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


def _taking_part(bound: Sequence[Equation]) -> dict[str, list[Equation]]:
    """Return the judged equations of each cell, by its address."""
    judged: dict[str, list[Equation]] = {}
    for equation in bound:
        if equation.holds is not None:
            for cell in equation.cells:
                judged.setdefault(cell.address, []).append(equation)
    return judged


def _uncontested(offers: Sequence[Imbalance]) -> Iterator[Imbalance]:
    """Yield the repairs that no other repair contends with: no other explains one of their equations."""
    claims: dict[int, int] = {}
    for repair in offers:
        for equation in repair.equations:
            claims[id(equation)] = claims.get(id(equation), 0) + 1
    for repair in offers:
        if all(claims[id(equation)] == 1 for equation in repair.equations):
            yield repair


def _shared_out(failing: Sequence[Equation], offers: Sequence[Imbalance]) -> Iterator[Imbalance]:
    """Yield as many causes as cells must change so that the equations of contending repairs hold.

    Two cells that are off by as much, in two rows and two columns, can be either two of the four if these
    cross: there are two causes, and which cells they are in is not known.
    """
    left = list(failing)
    while left:
        group = [left.pop(0)]
        for equation in group:
            near = [
                e for offer in offers if equation in offer.equations for e in offer.equations if e in left
            ]
            for other in near:
                if other in left:
                    left.remove(other)
                    group.append(other)
        if 1 < len(group) <= _MOST_SHARED:
            for repair in _cover(group, offers) or ():
                yield Imbalance(repair.equations)


_MOST_SHARED = 8


def _cover(left: Sequence[Equation], offers: Sequence[Imbalance]) -> list[Imbalance] | None:
    """Return some of *offers* so that each equation in *left* is in exactly one, None if there are no such."""
    if not left:
        return []
    for offer in offers:
        if left[0] in offer.equations and all(equation in left for equation in offer.equations):
            others = _cover([equation for equation in left if equation not in offer.equations], offers)
            if others is not None:
                return [offer, *others]
    return None


def _repaired(cell: Cell, equation: Equation) -> Decimal:
    assert cell.value is not None
    return cell.value - _sign(cell, equation) * equation.difference


def _sign(cell: Cell, equation: Equation) -> int:
    """Return 1 for a cell on the left of *equation*, -1 on the right, 0 for one that takes no part."""
    if any(other.address == cell.address for other in equation.left):
        return 1
    return -1 if any(other.address == cell.address for other in equation.right) else 0


def _misfiled(bound: Sequence[Equation], failing: Sequence[Equation]) -> Iterator[Imbalance]:
    """Yield the entries that are in the wrong one of two lines, those first that explain the most."""
    taking_part = _taking_part(bound)
    left = list(failing)
    while moves := [move for pair in _opposite(left) for move in _moves(pair, taking_part, left)]:
        move = max(moves, key=lambda move: len(move.equations))
        yield move
        left = [equation for equation in left if equation not in move.equations]


def _opposite(failing: Sequence[Equation]) -> Iterator[tuple[Equation, Equation]]:
    """Yield two equations of one identity that are off by as much, one over and one under, and no third is."""
    sizes: dict[tuple[str, Decimal], list[Equation]] = {}
    for equation in failing:
        sizes.setdefault((equation.identity.name, abs(equation.difference)), []).append(equation)
    for group in sizes.values():
        if len(group) == 2 and group[0].difference == -group[1].difference:
            yield group[0], group[1]


def _moves(
    pair: tuple[Equation, Equation], taking_part: Mapping[str, list[Equation]], failing: Sequence[Equation]
) -> Iterator[Imbalance]:
    """Yield for each line across *pair* the move from one cell of it to the other, if all then hold."""
    one, other = pair
    for here, there in zip(one.cells, other.cells, strict=True):
        if here.value is None or there.value is None:
            continue
        change = _repaired(here, one) - here.value
        if here.value + change < 0 or there.value - change < 0:
            continue
        touched = {id(e): e for cell in (here, there) for e in taking_part[cell.address]}.values()
        after = (e.difference + change * (_sign(here, e) - _sign(there, e)) for e in touched)
        if not any(after):
            others = [e for e in failing if e not in pair and any(e is t for t in touched)]
            yield Imbalance((one, other, *others), shift=abs(change))
