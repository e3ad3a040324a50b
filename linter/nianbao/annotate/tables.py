"""The tables of a text, whatever they are written with, as rows of cells of the text."""

from collections.abc import Iterator, Sequence

from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

from nianbao.report.report import Report
from nianbao.report.syntax import Grid, Piece
from nianbao.report.table import State, figure
from nianbao.text.source import Span

# What stands between the cells and need not be shown where these are: bars, rules, frames, blanks.
_FRAME = re.compile(r"(?:[\s|+:*_=\x1f\u2500-\u257f-]|&nbsp;)*")
_MOST_HEAD = (
    8  # labels of one row; more are those of the columns, in a text that has lost the ends of its rows
)


class Shown(NamedTuple):
    """A cell to be shown: its place in the text, how many columns it takes, and whether it is a figure."""

    span: Span
    columns: int
    number: bool


class Drawn(NamedTuple):
    """A table to be shown in place of the lines of the text in *span*."""

    span: Span
    rows: tuple[tuple[Shown, ...], ...]


def tables_of(report: Report, text: str) -> Iterator[Drawn]:
    """Yield the tables of *report*, in order, whose lines in *text* hold nothing but their cells."""
    done = 0
    for grid in sorted(report.grids, key=lambda grid: grid.span.start):
        start = text.rfind("\n", 0, grid.span.start) + 1
        end = text.find("\n", max((piece.span.end for row in grid.rows for piece in row), default=0))
        span = Span(start, len(text) if end < 0 else end)
        if start < done or not _is_all(grid, text, span):
            continue
        done = span.end
        cells = [cell for row in grid.rows for cell in row]
        lost = grid.stream or (len(cells) == len(grid.rows) and any(map(_is_figure, cells)))
        rows = list(_rows(cells)) if lost else list(grid.rows)
        width = max(map(len, rows))
        yield Drawn(span, tuple(tuple(_cells(row, width)) for row in rows if row))


def _is_all(grid: Grid, text: str, span: Span) -> bool:
    """Return whether the text in *span* is the cells of *grid*, in order, and what frames them."""
    done = span.start
    for row in grid.rows:
        for piece in row:
            if piece.span.start < done or not _FRAME.fullmatch(text, done, piece.span.start):
                return False
            done = piece.span.end
    return _FRAME.fullmatch(text, done, span.end) is not None


def _rows(cells: Sequence[Piece]) -> Iterator[tuple[Piece, ...]]:
    """Yield *cells* in rows: labels, then figures. Labels of columns, of which there are many, are a row alone."""
    row: list[Piece] = []
    before = False
    for cell in cells:
        number = _is_figure(cell)
        if row and ((before and not number) or (number and not before and len(row) > _MOST_HEAD)):
            yield tuple(row)
            row = []
        row.append(cell)
        before = number
    yield tuple(row)


def _cells(row: Sequence[Piece], width: int) -> Iterator[Shown]:
    """Yield the cells of *row*; the label before its figures takes the columns that it lacks."""
    numbers = [_is_figure(cell) for cell in row]
    wide = max(numbers.index(True) - 1, 0) if True in numbers else len(row) - 1
    for index, (cell, number) in enumerate(zip(row, numbers, strict=True)):
        yield Shown(cell.span, 1 + (width - len(row) if index == wide else 0), number)


def _is_figure(cell: Piece) -> bool:
    return figure(cell.text).state in (State.NUMBER, State.MARK)
