"""The figure that a table has for a subject of a sentence: a sum of its cells."""

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Protocol

from nianbao.api import Cell, Equation, Table, number
from nianbao_grammar.records import NamedTuple

from nianbao_rules.shared.subjects import OF_2019, SUBJECTS

_ZERO = Decimal(0)
# A unit beside the amount of charges, in 元; the column is in 万元, so that 万 alone could mean two things.
IN_YUAN = {"": 10000, "万元": 10000, "元": 1, "亿元": 10**8}


class Summed(Protocol):
    """A report, or the tables of another: what has sums."""

    def equations(self, key: str) -> tuple[Equation, ...]:
        """Return the identities of table *key* bound to its cells."""


class Term(NamedTuple):
    """One addend of a sum.

    *value* is None if nothing can be read, and a lower bound if *open*: blank cells may make it more. It is
    subtracted if *sign* is -1. *cells* have the figures; if they are only the parts of a total without a
    figure, *whole* is that total.
    """

    value: Decimal | None
    open: bool
    sign: int
    cells: tuple[Cell, ...]
    whole: Cell | None = None

    @property
    def sound(self) -> bool:
        """Whether the value can be a count or an amount: ART008 and SUM005 report negative numbers and fractions."""
        whole = self.value is None or self.value == self.value.to_integral_value()
        return self.value is None or (self.value >= 0 and (whole or self.cells[0].column.unit is not None))


class Count(NamedTuple):
    """A sum of cells that a sentence may mean."""

    terms: tuple[Term, ...]

    @property
    def value(self) -> Decimal:
        """The sum of the values that can be read."""
        return sum((term.sign * term.value for term in self.terms if term.value is not None), _ZERO)

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The cells that are added up."""
        return tuple(cell for term in self.terms for cell in term.cells)

    def written(self) -> str:
        """Return the sum written out without zeros: `272 + 3 = 275`; `8` for a single figure."""
        shown = [term for term in self.terms if term.value]
        if not shown:
            return "0"
        signs = (" - " if term.sign < 0 else " + " for term in shown)
        text = "".join(sign + number(term.value) for sign, term in zip(signs, shown, strict=True))
        text = text.removeprefix(" + ").removeprefix(" ")
        return f"{text} = {number(self.value)}" if len(shown) > 1 else text

    def between(self, report: Summed, low: Decimal | None, high: Decimal | None) -> bool | None:
        """Return whether the sum may be between *low* and *high*, None if cells without a figure leave that undetermined.

        If a sum of the table fails, the value that it requires of one of the cells counts too: then the cell is
        wrong and not the text, and the rule about that sum reports it.
        """
        if not all(term.sound for term in self.terms) or all(term.value is None for term in self.terms):
            return None
        for value in self.values(report):
            if (low is None or low <= value) and (high is None or value <= high):
                return True
        if any(term.open and term.sign < 0 for term in self.terms):
            return None
        may_grow = any(term.open for term in self.terms)
        return None if may_grow and (high is None or self.value <= high) else False

    def values(self, report: Summed) -> Iterator[Decimal]:
        """Yield the sum, then what it is if a cell has the value that a failing sum of the table requires of it."""
        yield self.value
        for term in self.terms:
            for cell in term.cells:
                for change in _corrections(report, cell):
                    yield self.value + term.sign * change


def _corrections(report: Summed, cell: Cell) -> Iterator[Decimal]:
    """Yield the change of *cell* that would make a failing sum hold, for each such sum that it is part of."""
    for equation in report.equations(cell.table.key):
        if equation.holds is False and cell in equation.left:
            yield -equation.difference
        elif equation.holds is False and cell in equation.right:
            yield equation.difference


@lru_cache(maxsize=32)  # sentences say the same few subjects over and over
def counts(report: Summed, table: Table, key: str) -> tuple[Count, ...]:
    """Return the sums that the subject *key* may mean on the form of *table*, () if that form does not count it."""
    if key in OF_2019 and not any(column.key == "issued" for column in table.form.columns):
        key = OF_2019[key]
    found = []
    for terms in SUBJECTS[key].sums:
        bound = [_bound(report, table, term) for term in terms]
        if all(bound):
            found.append(Count(tuple(term for group in bound for term in group)))
    return tuple(found)


def _bound(report: Summed, table: Table, term: str) -> tuple[Term, ...]:
    """Return *term* bound to the cells of *table*, () if the form has no such row or column."""
    sign = -1 if term.startswith("-") else 1
    row, column = term.lstrip("-").split("/")
    group = row.removeprefix("group:")
    if group == row:
        rows = [line.key for line in table.form.rows if line.key == row]
    else:  # 其他处理 is a row of its own on the form of 2019, and a heading on that of 2021
        rows = [line.key for line in table.form.rows if group in (line.under[3:], line.label[3:])]
    if not any(line.key == column for line in table.form.columns):
        return ()
    return tuple(_term(report, table[key, column], sign) for key in rows)


def _term(report: Summed, cell: Cell, sign: int) -> Term:
    """Return *cell* as an addend; without a figure, the readable cells that it is the sum of."""
    if cell.value is not None:
        return Term(cell.value, False, sign, (cell,))
    parts = max(_sums_to(report, cell), key=_known, default=())
    known = tuple(part for part in parts if part.value is not None)
    if not known:
        return Term(None, True, sign, (cell,))
    return Term(
        sum((part.value or _ZERO for part in known), _ZERO), len(known) < len(parts), sign, known, cell
    )


def _sums_to(report: Summed, cell: Cell) -> Iterator[tuple[Cell, ...]]:
    """Yield the cells that *cell* is the sum of, once for each sum that the form prints."""
    return (equation.left for equation in report.equations(cell.table.key) if equation.right == (cell,))


def _known(cells: tuple[Cell, ...]) -> int:
    return sum(cell.value is not None for cell in cells)


def figure_at(report: Summed, term: Term) -> str:
    """Return the place and the figure of *term*, and the sum of its parts if the cell has another figure or none."""
    if term.whole is not None:
        return f"{term.whole.place}没有数，已填的各项之和{number(term.value)}"
    cell = term.cells[0]
    text = f"{cell.place} {number(term.value)}".rstrip()
    if cell.value is None:
        return text
    sums = {sum((part.value or _ZERO for part in parts), _ZERO) for parts in _sums_to(report, cell)}
    others = sorted(sums - {cell.value})
    return text + "".join(f"（各项之和{number(other)}）" for other in others)
