"""Tables put together again where a page has ended in them."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from nianbao.readers.document import Cell, Table
from nianbao.readers.pdf.grid import Frame, Grid, edges_of, nearest
from nianbao.readers.pdf.lines import Line, joined
from nianbao.readers.pdf.page import Box
from nianbao.text.source import Origin

_SAME_PLACE = 8.0  # points; how far the sides of one table may be apart on two pages
_SAME_EDGE = 4.0  # points; edges of columns that are no further apart are one
_PADDING = 5.4  # points; what a cell keeps free at either side of its words, if nobody changes it
_MOST_HEADER = 6  # rows of a header
_NUMERAL = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|[（(]?\d{1,2}[）)、.．]")
_FIGURE = re.compile(r"[-—/\\\d.,%％\s]+")


class PartCell(NamedTuple):
    """A cell as drawn, with the lines of its text."""

    frame: Frame
    lines: tuple[Line, ...]


class Part(NamedTuple):
    """What a page holds of a table."""

    page: int
    grid: Grid
    cells: tuple[PartCell, ...]

    @property
    def box(self) -> Box:
        """Where it stands."""
        return self.grid.box

    def follows(self, last: "Part") -> bool:
        """Return whether it is as wide as *last* and on the next page."""
        one, other = last.box, self.box
        near = abs(one.left - other.left) <= _SAME_PLACE and abs(one.right - other.right) <= _SAME_PLACE
        return near and self.page == last.page + 1


class _Piece:
    """A cell being put together; rows and columns are those of the whole table."""

    def __init__(self, row: int, rows: int, left: float, right: float, page: int, cell: PartCell) -> None:
        self.row = row
        self.rows = rows
        self.left = left
        self.right = right
        self.page = page
        self.box = cell.frame.box
        self.lines = list(cell.lines)

    @property
    def text(self) -> str:
        return "".join("".join(line.text for line in self.lines).split())

    @property
    def is_label(self) -> bool:
        return bool(self.text) and _FIGURE.fullmatch(self.text) is None

    @property
    def is_figure(self) -> bool:
        return bool(self.text) and not self.is_label

    @property
    def end(self) -> int:
        return self.row + self.rows

    def stands_over(self, other: "_Piece") -> bool:
        return abs(self.left - other.left) <= _SAME_EDGE and abs(self.right - other.right) <= _SAME_EDGE

    def take(self, other: "_Piece", rows: int) -> None:
        """Go on with *other*, which adds *rows* rows."""
        self.lines.extend(other.lines)
        self.rows += rows


def stitched(parts: Sequence[Part]) -> Iterator[Table]:
    """Yield the tables of *parts*, between which stands no text: those of one width on two pages are one."""
    whole: _Whole | None = None
    last: Part | None = None
    for part in parts:
        if whole is not None and last is not None and part.follows(last):
            whole.append(part)
        else:
            if whole is not None:
                yield whole.table()
            whole = _Whole(part)
        last = part
    if whole is not None:
        yield whole.table()


class _Whole:
    """A table that grows by what each page holds of it."""

    def __init__(self, part: Part) -> None:
        self.box = part.box  # whose sides every other part is measured by
        self.rows = 0
        self.pieces: list[_Piece] = []
        self._add(self._pieces(part), len(part.grid.rows) - 1)

    def append(self, part: Part) -> None:
        """Add what the next page holds."""
        pieces, rows = self._without_header(self._pieces(part), len(part.grid.rows) - 1)
        above = [piece for piece in self.pieces if piece.end == self.rows]
        first = [piece for piece in pieces if piece.row == 0]
        pairs = [(upper, lower) for lower in first for upper in above if upper.stands_over(lower)]
        header = self._begins(pieces) and _is_cut_header(pairs)
        if len(pairs) == len(first) == len(above) and (header or _is_cut(pairs)):
            for upper, lower in pairs:
                upper.take(lower, lower.rows - 1)
            self._add([piece for piece in pieces if piece.row > 0], rows, shift=-1)
            return
        going_on = [(upper, lower) for upper, lower in pairs if header or _goes_on(upper, lower, first)]
        for upper, lower in going_on:
            upper.take(lower, lower.rows)
        gone = {id(lower) for _, lower in going_on}
        self._add([piece for piece in pieces if id(piece) not in gone], rows)

    def _begins(self, pieces: Sequence[_Piece]) -> bool:
        """Return whether the table is nothing but its header yet, and *pieces* hold its figures."""
        return not any(piece.is_figure for piece in self.pieces) and any(piece.is_figure for piece in pieces)

    def _pieces(self, part: Part) -> list[_Piece]:
        """Return the cells of *part* with its sides drawn to those of the table."""
        box = part.box
        scale = (self.box.right - self.box.left) / (box.right - box.left)
        return [
            _Piece(
                cell.frame.row,
                cell.frame.rows,
                self.box.left + (cell.frame.box.left - box.left) * scale,
                self.box.left + (cell.frame.box.right - box.left) * scale,
                part.page,
                cell,
            )
            for cell in part.cells
        ]

    def _add(self, pieces: Sequence[_Piece], rows: int, shift: int = 0) -> None:
        for piece in pieces:
            piece.row += self.rows + shift
        self.pieces.extend(pieces)
        self.rows += rows + shift

    def _without_header(self, pieces: list[_Piece], rows: int) -> tuple[list[_Piece], int]:
        """Return *pieces* without the rows of labels that the table began with, printed again."""
        repeated = 0
        for row in range(min(rows - 1, self.rows, _MOST_HEADER)):
            mine = [piece for piece in self.pieces if piece.row == row]
            again = [piece for piece in pieces if piece.row == row]
            if not _alike(mine, again):
                break
            if not any(piece.row <= row < piece.end - 1 for piece in pieces):
                repeated = row + 1
        kept = [piece for piece in pieces if piece.row >= repeated]
        for piece in kept:
            piece.row -= repeated
        return kept, rows - repeated

    def table(self) -> Table:
        """Return the table with the edges that its columns have on any page."""
        sides = (side for piece in self.pieces for side in (piece.left, piece.right))
        edges = edges_of(sides, _SAME_EDGE)
        cells = []
        for piece in sorted(self.pieces, key=lambda piece: (piece.row, piece.left)):
            first, last = nearest(edges, piece.left), nearest(edges, piece.right)
            text = (
                (joined(piece.lines, piece.box.right - piece.box.left - 2 * _PADDING),) if piece.lines else ()
            )
            origin = Origin(page=piece.page, box=piece.box)
            cells.append(Cell(piece.row, first, piece.rows, last - first, text, origin))
        return Table(self.rows, len(edges) - 1, tuple(cells))


def _alike(mine: Sequence[_Piece], again: Sequence[_Piece]) -> bool:
    """Return whether a row of labels is printed again, or the rest of rows above it; figures are no header."""
    return (
        len(mine) == len(again)
        and (not again or any(piece.is_label for piece in again))
        and not any(piece.is_figure for piece in again)
        and all(
            one.text == other.text and one.stands_over(other) for one, other in zip(mine, again, strict=True)
        )
    )


def _is_cut(pairs: Sequence[tuple[_Piece, _Piece]]) -> bool:
    """Return whether the lower cells of *pairs* are the rest of the row of the upper ones.

    The rest of a label has no numeral, and a row has its figures above the cut or below it, not both. Only
    rows that are numbered show this.
    """
    labels = [pair for pair in pairs if pair[0].is_label]
    if not labels:
        return False
    label, rest = max(labels, key=lambda pair: pair[0].left)
    if not _NUMERAL.match(label.text) or _NUMERAL.match(rest.text):
        return False
    above, below = (any(pair[side].is_figure for pair in pairs) for side in (0, 1))
    return not (above and below) and (bool(rest.text) or below or not any(lower.text for _, lower in pairs))


def _is_cut_header(pairs: Sequence[tuple[_Piece, _Piece]]) -> bool:
    """Return whether *pairs* may be the upper and lower halves of a row of labels: two of them at least are."""
    both = [pair for pair in pairs if pair[0].text and pair[1].text]
    return len(both) > 1 and not any(piece.is_figure or _NUMERAL.match(piece.text) for _, piece in pairs)


def _goes_on(upper: _Piece, lower: _Piece, row: Sequence[_Piece]) -> bool:
    """Return whether *lower*, in the first row of a page, is the rest of the cell above: a group of rows.

    It has a label at its right, and says nothing, or nothing that begins with a numeral where *upper* does.
    """
    if not upper.is_label or lower.is_figure:
        return False
    if not any(piece.is_label and piece.left >= lower.right - _SAME_EDGE for piece in row):
        return False
    return not lower.text or bool(_NUMERAL.match(upper.text) and not _NUMERAL.match(lower.text))
