"""Binds the raw grids of a report to the tables of a form.

By label, never by order: rows and columns are those that their labels name. If a notation has lost merged cells
or row ends the form gives them back; cells that cannot be bound are noted, never guessed.

The way of a grid: `rows` yields its rows, `row_names` names the row of the form that each one is, this module
gathers them by table, and `cells` lays their figures under the columns, once all rows of a table are known:
only then are the width of a row and the empty cells left by merging certain.
"""

from collections.abc import Iterable, Sequence
from functools import reduce

from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

from nianbao.report.cells import table_of
from nianbao.report.columns import HeaderLine, blocks
from nianbao.report.form import Form
from nianbao.report.reading import Block, Found, NamedRow, Reading
from nianbao.report.row_names import APPLICANTS, CASES, named
from nianbao.report.rows import (
    NO_COLUMN,
    Row,
    both,
    follows,
    heads_review,
    is_note,
    item_numeral,
    row_of,
    rows_of,
)
from nianbao.report.syntax import Grid, Piece
from nianbao.report.table import Label, Table
from nianbao.text.folding import fold
from nianbao.text.source import Span

_MOST_LINES = 5  # of a header
_BLOCKS = {
    "未经|直接": "未经复议直接起诉",
    "复议后|经复议": "复议后起诉",
    "复议": "行政复议",
}  # the first that is found
_BOTH = re.compile("行政复议.*行政诉讼")  # the title of table four


class Binding(NamedTuple):
    """The tables of a form found in a report, by key, and the items of 条例第二十条 named, by numeral."""

    tables: dict[str, Table]
    items: dict[str, Label]

    @property
    def whole(self) -> bool:
        """Whether every row of the form was found with all its figures, and nothing beside."""
        return all(table.whole for table in self.tables.values())

    def or_better(self, other: "Binding") -> "Binding":
        """Return this binding with those tables of *other* that have more figures, or as many and truer labels."""
        better = {
            key: table for key, table in other.tables.items() if _gain(table) > _gain(self.tables.get(key))
        }
        return self._replace(tables={**self.tables, **better}, items={**other.items, **self.items})


def _gain(table: Table | None) -> tuple[int, int, bool]:
    return (table.figures, table.exact, table.header is not None) if table is not None else (-1, 0, False)


def bind(form: Form, grids: Iterable[Grid]) -> Binding:
    """Return the tables of *form* that are in *grids*."""
    reading = reduce(_with_grid, grids, Reading(form))
    return Binding({key: table_of(found) for key, found in reading.tables.items()}, dict(reading.items))


def _with_grid(reading: Reading, grid: Grid) -> Reading:
    """Take the line above *grid*, then its rows."""
    reading = reading._replace(stretch=reading.stretch + 1, header=())
    if grid.caption is not None:
        reading = _with_item(reading, grid.caption)
        if _blocks_in((fold(grid.caption.text),)):
            reading = reading._replace(header=(HeaderLine((grid.caption,), ((0,),), 1),))
    above = row_of((grid.caption,)) if grid.caption is not None else None
    for row in rows_of(grid, reading.form):
        reading = _with_row(reading, row, above)
        above = row
    return reading


def _with_row(reading: Reading, row: Row, above: Row | None) -> Reading:
    """Take *row*: one that the form names, figures of table four, or words."""
    reading = _with_notes(reading, row, above)
    line = named(row, above, reading) if row.labels else None
    if line is not None:
        return _with_named(reading, line)
    found = reading.table
    if found is not None and not found.form.rows[0].label and (row.filled or not row.labels):
        return _with_block(reading, found, row)
    if found is not None and row.loose and not row.labels:
        return _having(reading, found.beside(_figures(row.cells)))
    return _with_words(reading, row) if row.labels else reading


def _having(reading: Reading, found: Found) -> Reading:
    """Return *reading* with *found* as the table at hand."""
    return reading._replace(tables={**reading.tables, found.form.key: found}, key=found.form.key)


# -- an item of 第二十条, the note in the corner ------------------------------------------------------


def _with_notes(reading: Reading, row: Row, above: Row | None) -> Reading:
    """Take an item of 第二十条 and the corner of table three, wherever they are in the row.

    The first line of either may have come as the row *above*.
    """
    if above is not None and len(above.cells) == 1 and 0 in row.labels:
        first, second = above.cells[0], row.cells[0]
        whole = both(first, second)
        cut = follows(first, second) and not (item_numeral(above.keys[0]) or item_numeral(row.keys[0]))
        if cut and item_numeral(fold(whole.text)):
            return _with_item(reading, whole)
        if cut and is_note(above.keys[0]):
            reading = _opened(reading, "applications", row, note=whole.span)
    for place in row.labels:
        key, cell = row.keys[place], row.cells[place]
        if is_note(key):
            reading = _opened(reading, "applications", row, note=cell.span)
        elif item_numeral(key) is not None:
            return _with_item(reading, cell)
    return reading


def _with_item(reading: Reading, cell: Piece) -> Reading:
    """Take *cell*, if it names an item; the table before it has ended.

    Between an item and its rows, that of a table which has its rows is the header of a new page.
    """
    key = fold(cell.text)
    numeral = item_numeral(key)
    if numeral is None or (reading.item is not None and reading.has_rows(numeral)):
        return reading
    official = f"第二十条第（{numeral}）项"
    item = Label(numeral, *cell, official, key.rstrip(":").endswith(fold(official)))
    items = {**reading.items, numeral: reading.items.get(numeral, item)}
    return reading._replace(items=items, key="", item=item, header=(), stretch=reading.stretch + 1)


def _opened(reading: Reading, key: str, row: Row, note: Span | None = None) -> Reading:
    """Begin table *key* at one of its header lines, once more if it has rows already; the first note stays."""
    form, here = reading.form.table(key), reading.table
    if form is None:
        return reading
    if here is None or here.form is not form or here.rows:
        header = reading.header if key == "review" else ()  # the line above may name its block
        reading = reading._replace(stretch=reading.stretch + 1, header=header)
    found = reading.of(form, row)
    return _having(reading, found._replace(span=found.reaching(row.span), note=found.note or note))


# -- rows of the form ------------------------------------------------------------------------------------


def _with_named(reading: Reading, line: NamedRow) -> Reading:
    """Take a row of the form."""
    form, key, item, tables = line.table, line.form.key, reading.item, reading.tables
    found = reading.of(form, line.row)
    if found.stretch != reading.stretch and found.item is None and reading.under_item(form):
        # The rows read of it before were in a table of the report's own.
        tables = {other: tables[other] for other in tables if other != form.key}
        found = Found(form, line.row.span, loose=line.row.loose)
    span = found.reaching(line.row.span)
    if key in found.rows:
        # In another stretch the table comes a second time: then its figures are to be the same.
        here = found.stretch == reading.stretch
        found = found.beside(line.label) if here else found.repeating(line, reading.header)
        return _having(reading, found._replace(span=span))
    if form.item and item is not None:
        span = Span(min(item.span.start, span.start), span.end)
        found, item = found._replace(item=found.item or item), None
    header, rows = found.header if found.rows else reading.header, {**found.rows, key: line}
    found = found._replace(span=span, stretch=reading.stretch, header=header, rows=rows)
    return reading._replace(tables={**tables, form.key: found}, key=form.key, item=item, header=())


# -- rows that the form does not name ------------------------------------------------------------------


def _with_words(reading: Reading, row: Row) -> Reading:
    """Take a row that names no row of the form: column labels, a group, or a row that the form does not have."""
    keys = set(row.keys)
    if keys & APPLICANTS:
        reading = _opened(reading, "applications", row)
    elif keys & CASES or heads_review(keys):
        reading = _opened(reading, "review", row)
    elif NO_COLUMN in keys:
        if reading.is_of_new_page(row.header):
            return reading
        reading = reading._replace(key="", header=(), stretch=reading.stretch + 1)
    if row.filled:
        found = reading.table
        if keys & CASES and found is not None:
            return _with_block(reading, found, row)
        return _with_unknown(reading, row)
    return reading._replace(header=_with_line(reading.header, row.header))


def _with_line(header: tuple[HeaderLine, ...], line: HeaderLine) -> tuple[HeaderLine, ...]:
    """Return *header* with *line*; one that was read before begins the header once more, on a new page."""
    if not line.labels:
        return header
    begun = next((n for n, other in enumerate(header) if other.keys == line.keys), len(header))
    return (*header[:begun][1 - _MOST_LINES :], line)


def _with_unknown(reading: Reading, row: Row) -> Reading:
    """Take a row with figures that the form does not have, if it is clear which table it is in."""
    found = reading.table
    if found is None or found.stretch != reading.stretch:
        form = next(filter(reading.under_item, reading.form.tables), None)
        if form is None:
            return reading
        found = reading.of(form, row)
        found = found._replace(span=found.reaching(row.span), stretch=reading.stretch)
    extra = Label("", *row.cells[row.labels[-1]], "", exact=False)
    return _having(reading, found.beside(extra))


def _figures(cells: Sequence[Piece]) -> Label:
    """Return the figures of *cells* as the label of a row whose own is not known."""
    words = "、".join(cell.text for cell in cells)
    return Label("", words, Span(cells[0].span.start, cells[-1].span.end), "", exact=False)


def _blocks_in(keys: Iterable[str]) -> tuple[str, ...]:
    """Return the blocks of table four that the folded labels *keys* name, in their order."""
    found = []
    for key in keys:
        if "复议" not in key and "直接" not in key and "未经" not in key:
            continue
        named = (name for words, name in _BLOCKS.items() if re.search(words, key))
        if not _BOTH.search(key) and (name := next(named, None)) is not None:
            found.append(name)
    return tuple(dict.fromkeys(found))


def _with_block(reading: Reading, found: Found, row: Row) -> Reading:
    """Take figures of table four, whose one row has no label; a block of five may have one."""
    cells = row.cells[row.values_start :]
    size, width = len(blocks(found.form)[0]), len(found.form.columns)
    if len(cells) < size:
        return reading
    if row.loose and len(cells) not in (size, width):
        return _having(reading, found.beside(_figures(cells)))
    over = _blocks_in(row.keys) or _blocks_in(key for line in reading.header for key in line.keys)
    block = Block(cells, reading.header, over)
    found = found._replace(blocks=(*found.blocks, block), span=found.reaching(row.span))
    return _having(reading, found)._replace(header=())
