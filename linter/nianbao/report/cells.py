"""The cells of a table, once all its rows are known: each row's figures laid under the columns of the form."""

from collections.abc import Sequence
from itertools import dropwhile

from nianbao_grammar.records import NamedTuple

from nianbao.report.columns import (
    Columns,
    HeaderLine,
    bind_block,
    bind_columns,
    bind_loosely,
    blocks,
    lay,
    window,
)
from nianbao.report.form import ColumnForm, RowForm
from nianbao.report.reading import Block, Found, NamedRow
from nianbao.report.syntax import Piece
from nianbao.report.table import Label, Table
from nianbao.text.folding import fold
from nianbao.text.source import Span


class Laid(NamedTuple):
    """Figures of a row of the form, one for each of *columns*."""

    row: RowForm
    columns: Sequence[ColumnForm]
    cells: Sequence[Piece]


class Lost(NamedTuple):
    """A row whose number of figures fits no reading: how many of its cells are filled."""

    label: Label
    figures: int


def _lost(label: Label, cells: Sequence[Piece]) -> Lost:
    return Lost(label, sum(bool(cell.text) for cell in cells))


class Unread(NamedTuple):
    """A row that is there, but which figures are its own, or in which columns, cannot be seen."""

    label: Label


def table_of(found: Found) -> Table:
    """Return *found* as a table with keyed cells, and as it is in another place if that has other figures."""
    table, blocks_left = _laid_out(found)
    again = found.again
    if blocks_left:
        header = [label for line in blocks_left[0].header for label in line.labels]
        spans = [piece.span for piece in (*header, *blocks_left[0].cells)]
        again = Found(found.form, Span(min(spans).start, max(spans).end), blocks=blocks_left)
    if again is not None:
        other, _ = _laid_out(again)
        alike = other.readable and _words_over(other) == _words_over(table)
        if alike and len(other.columns) == len(found.form.columns) and table.differing(other):
            table.again = other
    return table


def _words_over(table: Table) -> dict[str, str]:
    """Return the folded column labels of *table* by their keys."""
    return {key: fold(label.text) for key, label in table.columns.items()}


def _laid_out(found: Found) -> tuple[Table, tuple[Block, ...]]:
    """Return *found* as a table, and the blocks of table four that it has no columns left for."""
    columns, lines, left = _of_blocks(found) if found.blocks else (*_of_rows(found), ())
    table = Table(found.form, found.span)
    table.header, table.note = found.item, found.note
    table.rows = {key: row.label for key, row in found.rows.items()}
    table.columns = columns
    for line in lines:
        if isinstance(line, Lost):
            table.ragged.append((line.label, line.figures))
        elif isinstance(line, Unread):
            table.unread.append(line.label)
        else:
            for column, cell in zip(line.columns, line.cells, strict=True):
                table.put(line.row, column, cell.text, cell.span)
    if found.loose:
        # What is no row of the form may be one that is not recognised.
        table.unread += [*found.extra, *(label for label, _ in table.ragged)]
        table.ragged = []
    else:
        table.extra = list(found.extra)
    return table, left


_Lines = list[Laid | Lost | Unread]


def _of_rows(found: Found) -> tuple[dict[str, Label], _Lines]:
    """Return the column labels of a table whose rows have labels, and its rows."""
    columns = _columns(found, found.header)
    rows = found.rows.values()
    if not columns.order:
        return columns.labels, [Unread(row.label) for row in rows]
    leading = _leading(found, len(columns.order))
    return columns.labels, [_laid(row, columns, leading=leading) for row in rows]


def _columns(found: Found, header: Sequence[HeaderLine]) -> Columns:
    """Return the columns of *found* by the labels of its *header*."""
    return (bind_loosely if found.loose else bind_columns)(found.form, header)


def _laid(row: NamedRow, columns: Columns, *, leading: bool) -> Laid | Lost | Unread:
    """Return the figures of *row* as its columns have them; unread if two readings are possible."""
    values, width = row.values, len(columns.order)
    if row.row.loose and len(values) != width:
        return Unread(row.label)
    cells: Sequence[Piece] | None = columns.cells_under(row.row.cells, row.place + 1)
    if cells is None or len(values) == width:
        if row.row.restored and _end_unknown(row, width):
            return Unread(row.label)
        cells = lay(values, width, leading=leading)
    return _lost(row.label, values) if cells is None else Laid(row.form, columns.order, cells)


def _end_unknown(row: NamedRow, width: int) -> bool:
    """Return whether an empty cell at the end of *row* may be the first of the next row."""
    ends = window(row.values, width)
    return ends is not None and ends[0] != ends[1] and any(cell.text for cell in row.values)


def _leading(found: Found, width: int) -> bool:
    """Return whether merged cells left their empty ones before the figures, by the rows that show it."""
    votes = 0
    for row in found.rows.values():
        surplus, ends = len(row.values) - width, window(row.values, width)
        votes += (ends == (surplus, surplus)) - (ends == (0, 0))
    return votes >= 0


def _of_blocks(found: Found) -> tuple[dict[str, Label], _Lines, tuple[Block, ...]]:
    """Return the column labels and figures of table four: fifteen in one row, or five in each of three.

    Behind them are the blocks that are left when all columns have their figures, from the first one with a header.
    """
    form, row = found.form, found.form.rows[0]
    runs = blocks(form)
    left, labels, lines = list(runs), dict[str, Label](), _Lines()
    filled = [block for block in found.blocks if any(cell.text for cell in block.cells)]
    header: tuple[HeaderLine, ...] = ()
    chosen_from = filled or list(found.blocks)
    for place, block in enumerate(chosen_from):
        if not left and block.header:
            return labels, lines, tuple(chosen_from[place:])
        header = block.header or header  # one header for three rows of five
        whole = lay(block.cells, len(form.columns), leading=True) if left == runs else None
        if whole is not None:
            columns = _columns(found, header)
            line = Laid(row, columns.order, whole) if columns.order else Unread(_words(block.cells))
            others = (b for b in chosen_from[place + 1 :] if _texts(b) != _texts(block))
            return columns.labels, [*lines, line], tuple(dropwhile(lambda b: not b.header, others))
        chosen = _runs_of(block, left)
        size = len(runs[0])
        figures = lay(block.cells, size * len(chosen), leading=True) if chosen else None
        if figures is None:
            if left and any(cell.text for cell in block.cells):
                lines.append(_lost(_words(block.cells), block.cells))
            continue
        for number, run in enumerate(chosen):
            left.remove(run)
            columns = bind_block(form, run, header, number)
            labels |= columns.labels
            cells = figures[size * number : size * (number + 1)]
            lines.append(Laid(row, columns.order, cells) if columns.order else Unread(_words(cells)))
    return labels, lines, ()


def _texts(block: Block) -> list[str]:
    return [cell.text for cell in block.cells]


def _runs_of(block: Block, left: Sequence[tuple[ColumnForm, ...]]) -> Sequence[tuple[ColumnForm, ...]]:
    """Return those of the columns *left* that *block* has figures for: those of its groups, else the first."""
    under = {fold(run[0].under): run for run in left}
    named = [under[group] for group in block.groups if group in under]
    return named or left[: not block.groups]


def _words(cells: Sequence[Piece]) -> Label:
    """Return the words of *cells* as the label of a row that has none."""
    span = Span(cells[0].span.start, cells[-1].span.end)
    return Label("cases", " ".join(cell.text for cell in cells), span, "", exact=False)
