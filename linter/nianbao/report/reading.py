"""The tables as found while rows are read: values between the rows of a grid and keyed cells."""

from collections.abc import Mapping, Sequence

from nianbao_grammar.records import NamedTuple

from nianbao.report.columns import HeaderLine
from nianbao.report.form import Form, RowForm, TableForm
from nianbao.report.rows import Row
from nianbao.report.syntax import Piece
from nianbao.report.table import Label
from nianbao.text.folding import fold
from nianbao.text.source import Span

_MOST_EXTRA = 200  # rows beside those of the form: a table that has more is none


class NamedRow(NamedTuple):
    """A row of a grid that is row *form* of *table*, and its label at *place* among its cells."""

    table: TableForm
    form: RowForm
    label: Label
    place: int
    row: Row

    @property
    def values(self) -> Sequence[Piece]:
        """The cells behind the label."""
        return self.row.cells[self.place + 1 :]

    @property
    def figures(self) -> list[str]:
        """The texts of the cells behind the label that are not empty."""
        return [cell.text for cell in self.values if cell.text]


class Block(NamedTuple):
    """Figures of table four, the lines of labels over them, and the groups they are under, () if unknown."""

    cells: Sequence[Piece]
    header: tuple[HeaderLine, ...]
    groups: tuple[str, ...]


class Found(NamedTuple):
    """A table as found so far: its header and its rows, before its figures are laid under the columns."""

    form: TableForm
    span: Span
    stretch: int = 0  # the stretch of rows that its last one belongs to, 0 for none
    header: tuple[HeaderLine, ...] = ()
    rows: Mapping[str, NamedRow] = {}  # by the key of the row
    blocks: tuple[Block, ...] = ()  # of table four
    item: Label | None = None
    note: Span | None = None
    extra: tuple[Label, ...] = ()
    loose: bool = False  # whether it was read by the words of the form alone
    again: "Found | None" = None  # its rows as they are in another place

    def beside(self, label: Label) -> "Found":
        """Return the table with *label*, that of a row with figures that the form does not have."""
        return self if len(self.extra) >= _MOST_EXTRA else self._replace(extra=(*self.extra, label))

    def repeating(self, line: NamedRow, header: tuple[HeaderLine, ...]) -> "Found":
        """Return the table with *line*, a row that it has, in another place below *header*; one that differs is kept."""
        start = min([line.row.span.start, *(label.span.start for above in header for label in above.labels)])
        again = self.again or Found(
            self.form, Span(start, line.row.span.end), header=header, loose=line.row.loose
        )
        key = line.form.key
        before = again.rows.get(key)
        if before is None or before.figures == self.rows[key].figures:
            again = again._replace(span=again.reaching(line.row.span), rows={**again.rows, key: line})
        return self._replace(again=again)

    def reaching(self, span: Span) -> Span:
        """Return the span of the table if *span* belongs to it."""
        return Span(min(self.span.start, span.start), max(self.span.end, span.end))


class Reading(NamedTuple):
    """The tables found in the rows read so far, and the facts that help to read the next row."""

    form: Form
    tables: Mapping[str, Found] = {}
    items: Mapping[str, Label] = {}
    key: str = ""  # of the table at hand, "" for none
    item: Label | None = None  # the last 第二十条第（X）项 that no row has claimed
    header: tuple[HeaderLine, ...] = ()  # lines of column labels since the last row with figures
    stretch: int = 0  # counts grids and headers: a row that comes twice within one stretch is extra

    @property
    def table(self) -> Found | None:
        """The table at hand: the one that the rows above belong to."""
        return self.tables.get(self.key)

    def of(self, form: TableForm, row: Row) -> Found:
        """Return the table on *form* as found so far, a new one beginning with *row* if there is none."""
        return self.tables.get(form.key) or Found(form, row.span, loose=row.loose)

    def free(self, table: TableForm, row: RowForm) -> bool:
        """Return whether no row read so far is *row* of *table*."""
        found = self.tables.get(table.key)
        return found is None or row.key not in found.rows

    def has_rows(self, numeral: str) -> bool:
        """Return whether rows of the table on item *numeral* of 条例第二十条 have been read."""
        return any(found.form.item == numeral and found.rows for found in self.tables.values())

    def is_of_new_page(self, line: HeaderLine) -> bool:
        """Return whether *line* is from the header of another table, repeated between an item and its rows."""
        form = next(filter(self.under_item, self.form.tables), None)
        if form is None or not {fold(column.label) for column in form.columns}.isdisjoint(line.keys):
            return False
        return any(line.keys == other.keys for found in self.tables.values() for other in found.header)

    def under_item(self, form: TableForm) -> bool:
        """Return whether the line of the item of *form* is above, and no row has claimed it."""
        return self.item is not None and self.item.key == form.item
