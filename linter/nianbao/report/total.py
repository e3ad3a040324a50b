"""The sums of the official tables over the reports of several organs, each figure with its parts."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from nianbao_grammar.records import NamedTuple

from nianbao.report.form import ColumnForm, Form, RowForm, TableForm
from nianbao.report.neighbour import Neighbour
from nianbao.report.table import Figure, State, place_of
from nianbao.text.language import Text

# What is written in 元, 万元 and 亿元, in 万元, the unit of the forms.
_ZERO = Decimal(0)

_NO_CELL = Text("没有这一格", "no such cell")
_BLANK = Text("空着", "blank")
_NO_FIGURE = Text("没有读成数", "no figure read")
_NO_UNIT = Text("没有写单位", "no unit")


class Part(NamedTuple):
    """What one organ adds to a sum, in the unit of the form; *refused* says why it adds nothing, if its *value* is None."""

    value: Decimal | None
    refused: Text | None = None


class Sum(NamedTuple):
    """A cell of the form and its parts, one for each organ."""

    table: TableForm
    row: RowForm
    column: ColumnForm
    parts: tuple[Part, ...]

    @property
    def address(self) -> str:
        """The keys of table, row and column."""
        return f"{self.table.key}/{self.row.key}/{self.column.key}"

    @property
    def place(self) -> str:
        """The place of the cell in the words of the form."""
        return place_of(self.table, self.row, self.column)

    @property
    def value(self) -> Decimal | None:
        """The sum of the parts that have a figure, None if none has."""
        values = [part.value for part in self.parts if part.value is not None]
        return sum(values, _ZERO) if values else None

    @property
    def whole(self) -> bool:
        """Whether every organ has a figure in this cell."""
        return all(part.value is not None for part in self.parts)


class Left(NamedTuple):
    """A report, or an organ without one, that is not in the sums. *harmless* if the total lacks nothing by that."""

    name: str
    path: str
    reason: Text
    harmless: bool = False


class Total(NamedTuple):
    """The official tables of *form* on *year*, filled with the sums of *units*. *organ* is the one above, "" if unknown."""

    form: Form
    year: int
    organ: str
    units: tuple[Neighbour, ...]
    sums: Mapping[str, Sum]  # by address, in the order of the form
    left: tuple[Left, ...]

    @property
    def refused(self) -> Iterator[tuple[Sum, Neighbour, Text]]:
        """Each cell that an organ has no figure in, with the reason."""
        for each in self.sums.values():
            for unit, part in zip(self.units, each.parts, strict=True):
                if part.refused is not None:
                    yield each, unit, part.refused

    @property
    def missing(self) -> tuple[Left, ...]:
        """What is left out and lacking in the sums."""
        return tuple(left for left in self.left if not left.harmless)

    @property
    def whole(self) -> bool:
        """Whether nothing is lacking in any sum."""
        return not self.missing and all(each.whole for each in self.sums.values())


def sums_of(form: Form, units: Sequence[Neighbour]) -> dict[str, Sum]:
    """Return every cell of *form* with what each of *units* has in it."""
    sums = (
        Sum(
            table,
            row,
            column,
            tuple(_part(unit.figure(f"{table.key}/{row.key}/{column.key}"), column) for unit in units),
        )
        for table in form.tables
        for row in table.rows
        for column in table.columns
    )
    return {each.address: each for each in sums}


def _part(figure: Figure | None, column: ColumnForm) -> Part:
    """Return what *figure* is in the unit of *column*: amounts in 万元, counts as they are."""
    if figure is None or figure.state is State.ABSENT:
        return Part(None, _NO_CELL)
    if figure.value is None:
        return Part(None, _BLANK if figure.state is State.BLANK else _NO_FIGURE)
    if column.unit is None:
        return Part(figure.value) if figure.amount is None else Part(None, _NO_FIGURE)
    amount = figure._replace(unit=figure.unit or column.unit).amount
    if amount is None:
        return Part(figure.value) if figure.value == 0 else Part(None, _NO_UNIT)
    return Part(amount)
