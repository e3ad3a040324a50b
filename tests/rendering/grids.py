"""The blocks of a draft: lines and tables with their merged cells, before any file format."""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from random import Random
from typing import Literal, NamedTuple

from nianbao.testing import Draft
from nianbao.text.marks import CELL_MARK

Role = Literal["title", "heading", "aspect", "prose"]

# Where an empty label is the rest of the one above it: in so many header lines and so many left columns.
_MERGED_DOWN = {"applications": (3, 3), "review": (3, 0)}
_HEADING = re.compile("[一二三四五六七八九十]+、")
_ASPECT = re.compile("[（(][一二三四五六七八九十]+[）)][^，。；：]*$")
_SHORTEST_BROKEN = 4


class Line(NamedTuple):
    """A paragraph, and what it is for whoever lays the file out."""

    text: str
    role: Role


class Slot(NamedTuple):
    """A cell at its upper left place; each line of its *text* is a line of the cell."""

    row: int
    column: int
    rows: int
    columns: int
    text: str


class Grid(NamedTuple):
    """A table; its cells cover it without gap or overlap."""

    rows: int
    columns: int
    cells: tuple[Slot, ...]

    def lines(self) -> Iterator[list[tuple[Slot, bool]]]:
        """Yield, row by row, each cell that covers the row, and whether it began above."""
        found: list[list[tuple[Slot, bool]]] = [[] for _ in range(self.rows)]
        for cell in sorted(self.cells, key=lambda c: c.column):
            for row in range(cell.row, cell.row + cell.rows):
                found[row].append((cell, row > cell.row))
        yield from found


Block = Line | Grid


def content(draft: Draft, text: str = "", *, joined: bool = False) -> tuple[Block, ...] | None:
    """Return the blocks of *draft*, its tables those of the form as the notices print them.

    *text* is what a mutation has made of the draft as it writes itself with tabs, "" for that itself;
    None where it has changed its tables there, which are no longer those of the draft. *joined* makes the
    four tables of section two one, as in the forms.
    """
    assert draft.notation == "tabs"
    plain = draft.render()
    lines = (text or plain).split("\n")
    cells = [line for line in lines if line.startswith("\t")]
    if cells and cells != [line for line in plain.split("\n") if line.startswith("\t")]:
        return None
    tables = iter([grids for section in draft.sections if (grids := _grids(draft, section.tables))])
    blocks: list[Block] = []
    titles = draft.title.split("\n")
    inside = False
    for line in filter(None, lines):
        if not line.startswith("\t"):
            place = len(blocks)  # a mutation may have left the first line of the title alone
            role = "title" if place == 0 or line in titles[place : place + 1] else _role(line)
            blocks.append(Line(line, role))
        elif not inside:
            grids = next(tables)
            blocks += [_joined(grids)] if joined else grids
        inside = line.startswith("\t")
    return tuple(blocks)


def _role(line: str) -> Role:
    if _HEADING.match(line):
        return "heading"
    return "aspect" if _ASPECT.match(line) else "prose"


def _grids(draft: Draft, keys: Iterable[str]) -> list[Grid]:
    return [
        _grid(draft.grid(key), *_MERGED_DOWN.get(key, (0, 0))) for key in keys if key not in draft.dropped
    ]


def _grid(rows: Sequence[Sequence[str | None]], top: int, left: int) -> Grid:
    """Return *rows* as a grid; in the first *top* of them and the first *left* columns labels go on downwards."""
    cells: list[Slot] = []
    above: dict[int, int] = {}  # the index of the cell that begins at a column of the row above
    for number, row in enumerate(rows):
        starts = [column for column, text in enumerate(row) if text is not None]
        here: dict[int, int] = {}
        for column, end in zip(starts, [*starts[1:], len(row)], strict=True):
            over = above.get(column)
            label = number < top or column < left
            if not row[column] and label and over is not None and cells[over].columns == end - column:
                cells[over] = cells[over]._replace(rows=cells[over].rows + 1)
                here[column] = over
            else:
                here[column] = len(cells)
                cells.append(Slot(number, column, 1, end - column, row[column] or ""))
        above = here
    return Grid(len(rows), len(rows[0]), tuple(cells))


def _joined(grids: Sequence[Grid]) -> Grid:
    """Return *grids* as one, each column but the first as wide as makes all of them equally wide."""
    if len(grids) == 1:
        return grids[0]
    parts = math.lcm(*(grid.columns - 1 for grid in grids))
    cells: list[Slot] = []
    rows = 0
    for grid in grids:
        wide = parts // (grid.columns - 1)
        edges = [0, *(1 + wide * column for column in range(grid.columns))]
        for cell in grid.cells:
            start, end = edges[cell.column], edges[cell.column + cell.columns]
            cells.append(cell._replace(row=rows + cell.row, column=start, columns=end - start))
        rows += grid.rows
    return Grid(rows, 1 + parts, tuple(cells))


def broken(blocks: Iterable[Block], rng: Random) -> tuple[Block, ...]:
    """Return *blocks* with some long labels on two lines, as narrow columns have them."""
    return tuple(
        block._replace(cells=tuple(_broken(cell, rng) for cell in block.cells))
        if isinstance(block, Grid)
        else block
        for block in blocks
    )


def _broken(cell: Slot, rng: Random) -> Slot:
    if len(cell.text) < _SHORTEST_BROKEN or re.search("[0-9,.万元]", cell.text) or rng.random() < 0.5:
        return cell
    at = rng.randint(2, len(cell.text) - 2)
    return cell._replace(text=f"{cell.text[:at]}\n{cell.text[at:]}")


def canonical(blocks: Iterable[Block]) -> str:
    """Return what every reader of a document must make of *blocks*: the rule, written down a second time."""
    lines = []
    for block in blocks:
        if isinstance(block, Line):
            lines.append(block.text + "\n")
            continue
        starts = sorted({cell.column for cell in block.cells})  # where none begins there is no column
        rows = [[""] * len(starts) for _ in range(block.rows)]
        for cell in block.cells:
            rows[cell.row][starts.index(cell.column)] = cell.text.replace("\n", " ")
        lines += ["\n", *(CELL_MARK + CELL_MARK.join(row) + CELL_MARK + "\n" for row in rows), "\n"]
    return "".join(lines)


def pieces(text: str, rng: Random, longest: int = 8) -> Iterator[str]:
    """Yield *text* cut at random into pieces of at most *longest* characters."""
    start = 0
    while start < len(text):
        end = start + rng.randint(1, longest)
        yield text[start:end]
        start = end
