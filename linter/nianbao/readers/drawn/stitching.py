"""Tables put together again if they run over a page end."""

from collections.abc import Iterator, Sequence

from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

from nianbao.readers.document import GridCell, GridTable
from nianbao.readers.drawn.grid import Frame, Grid, edges_of, nearest
from nianbao.readers.drawn.lines import RulingLine, joined
from nianbao.readers.drawn.page import Box
from nianbao.text.source import Origin

_SAME_PLACE = 8.0  # points; the sides of one table on two pages may differ by this
_SAME_EDGE = 4.0  # points; column edges no further apart are one
_PADDING = 5.4  # points; the usual free space at either side of a cell
_MOST_HEADER = 6  # rows of a header
_NUMERAL = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|[（(]?\d{1,2}[）)、.．]")
_FIGURE = re.compile(r"[-—/\\\d.,%％\s]+")


class PartCell(NamedTuple):
    """A cell as drawn, with the lines of its text."""

    frame: Frame
    lines: tuple[RulingLine, ...]


class Part(NamedTuple):
    """The part of a table that is on one page."""

    page: int
    grid: Grid
    cells: tuple[PartCell, ...]

    @property
    def box(self) -> Box:
        """The box of the part on its page."""
        return self.grid.box

    def follows(self, last: "Part") -> bool:
        """Return whether it is as wide as *last* and on the next page."""
        above, below = last.box, self.box
        left, right = abs(above.left - below.left), abs(above.right - below.right)
        return max(left, right) <= _SAME_PLACE and self.page == last.page + 1


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

    def is_over(self, other: "_Piece") -> bool:
        return abs(self.left - other.left) <= _SAME_EDGE and abs(self.right - other.right) <= _SAME_EDGE

    def take(self, other: "_Piece", rows: int) -> None:
        """Append *other*, which adds *rows* rows."""
        self.lines.extend(other.lines)
        self.rows += rows


def stitched(parts: Sequence[Part]) -> Iterator[GridTable]:
    """Yield the tables of *parts*, which have no text between them; those of one width on two pages are one."""
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
    """A table that grows by the part on each page."""

    def __init__(self, part: Part) -> None:
        self.box = part.box  # the sides of every other part are fitted to it
        self.rows = 0
        self.pieces: list[_Piece] = []
        self._add(self._pieces(part), len(part.grid.rows) - 1)

    def append(self, part: Part) -> None:
        """Add the part on the next page."""
        pieces, rows = self._without_header(self._pieces(part), len(part.grid.rows) - 1)
        above = [piece for piece in self.pieces if piece.end == self.rows]
        first = [piece for piece in pieces if piece.row == 0]
        pairs = [(upper, lower) for lower in first for upper in above if upper.is_over(lower)]
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
        """Return whether the table is only a header so far, and *pieces* have its figures."""
        return not any(piece.is_figure for piece in self.pieces) and any(piece.is_figure for piece in pieces)

    def _pieces(self, part: Part) -> list[_Piece]:
        """Return the cells of *part*, with its sides fitted to those of the table."""
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
        """Return *pieces* without a repetition of the rows of labels at the head of the table."""
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

    def table(self) -> GridTable:
        """Return the table, with the column edges of all pages."""
        sides = (side for piece in self.pieces for side in (piece.left, piece.right))
        edges = edges_of(sides, _SAME_EDGE)
        cells = []
        for piece in sorted(self.pieces, key=lambda piece: (piece.row, piece.left)):
            first = min(nearest(edges, piece.left), len(edges) - 2)
            last = max(nearest(edges, piece.right), first + 1)
            text = (
                (joined(piece.lines, piece.box.right - piece.box.left - 2 * _PADDING),) if piece.lines else ()
            )
            origin = Origin(page=piece.page, box=piece.box)
            cells.append(GridCell(piece.row, first, piece.rows, last - first, text, origin))
        return GridTable(self.rows, len(edges) - 1, tuple(cells))


def _alike(mine: Sequence[_Piece], again: Sequence[_Piece]) -> bool:
    """Return whether a row repeats a row of labels or the rest of rows above it; a row with figures is none."""
    return (
        len(mine) == len(again)
        and (not again or any(piece.is_label for piece in again))
        and not any(piece.is_figure for piece in again)
        and all(
            first.text == second.text and first.is_over(second)
            for first, second in zip(mine, again, strict=True)
        )
    )


def _is_cut(pairs: Sequence[tuple[_Piece, _Piece]]) -> bool:
    """Return whether the lower cells of *pairs* are the rest of the row of the upper ones.

    The rest of a label has no numeral, and a row has its figures above the page end or below it, not both. Only
    numbered rows show this.
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
    """Return whether *pairs* may be halves of a row of labels: at least two have text above and below."""
    both = [pair for pair in pairs if pair[0].text and pair[1].text]
    return len(both) > 1 and not any(piece.is_figure or _NUMERAL.match(piece.text) for _, piece in pairs)


def _goes_on(upper: _Piece, lower: _Piece, row: Sequence[_Piece]) -> bool:
    """Return whether *lower*, in the first *row* of a page, is the rest of *upper*, the label of a group of rows.

    It has a label to its right, and is empty, or has no numeral although *upper* has one.
    """
    if not upper.is_label or lower.is_figure:
        return False
    if not any(piece.is_label and piece.left >= lower.right - _SAME_EDGE for piece in row):
        return False
    return not lower.text or bool(_NUMERAL.match(upper.text) and not _NUMERAL.match(lower.text))
