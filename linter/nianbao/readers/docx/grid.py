"""From the rows of a docx table to a grid: column edges snapped, merged cells joined."""

import re
from collections.abc import Mapping, Sequence
from itertools import accumulate, chain
from typing import Literal, NamedTuple

from nianbao.readers.document import Block, Cell, Paragraph, Table
from nianbao.text.source import Origin

# A border dragged by hand, or converted from a .doc, leaves a column some points wide between two others:
# 120 twips are 2.1 mm, and nobody writes into so little.
_SLIVER = 120
_TWIPS = {"": 1.0, "pt": 20.0, "pc": 240.0, "pi": 240.0, "in": 1440.0, "cm": 566.93, "mm": 56.693}
_WIDTH = re.compile(r"(\d{1,7}(?:\.\d{1,7})?)(|pt|pc|pi|in|cm|mm)")

Merge = Literal["", "first", "next"]


class RawCell(NamedTuple):
    """A cell as written: the edges of the columns of its table that it stands between, and what it holds.

    *down* says whether it begins a merge with the cells below or goes on with one.
    """

    start: int
    end: int
    down: Merge
    blocks: tuple[Block, ...]
    origin: Origin


def width(written: str | None) -> float | None:
    """Return how many twips a column of `w:tblGrid` is wide, None where that is not to be read."""
    match = _WIDTH.fullmatch(written or "")
    return float(match[1]) * _TWIPS[match[2]] if match else None


def read(rows: Sequence[Sequence[RawCell]], widths: Sequence[float | None]) -> Sequence[Block]:
    """Return the table of *rows*, or what stands in it where it is a frame around the text.

    *widths* are those of its columns as `w:tblGrid` has them. Edges of columns that no cell has are none,
    and those less than a sliver apart are one. Where the widths contradict the cells, the columns are taken
    as they are counted.
    """
    edges = sorted({edge for row in rows for cell in row for edge in (cell.start, cell.end)})
    columns = _snapped(edges, rows, widths) or {edge: number for number, edge in enumerate(edges)}
    cells: list[Cell] = []
    held: list[tuple[Block, ...]] = []  # what each of them holds
    above: dict[tuple[int, int], int] = {}  # the merges that a row may go on with, by their columns
    for number, row in enumerate(rows):
        here: dict[tuple[int, int], int] = {}
        for cell in row:
            place = columns[cell.start], columns[cell.end]
            index = above.get(place) if cell.down == "next" else None
            if index is None:
                index = len(cells)
                left, right = place
                cells.append(Cell(number, left, 1, right - left, _paragraphs(cell.blocks), cell.origin))
                held.append(cell.blocks)
            else:  # what is written in it nobody sees
                cells[index] = cells[index]._replace(rows=cells[index].rows + 1)
            if cell.down:
                here[place] = index
        above = here
    width = max(columns.values(), default=0)
    if width == 1 and (len(cells) == 1 or any(isinstance(block, Table) for block in chain(*held))):
        return list(chain(*held))
    return [Table(len(rows), width, tuple(cells))]


def _snapped(
    edges: Sequence[int], rows: Sequence[Sequence[RawCell]], widths: Sequence[float | None]
) -> Mapping[int, int] | None:
    """Return the column that begins at each of *edges*, or None where *widths* cannot be right."""
    known = [width for width in widths if width is not None]
    if not edges or len(known) < len(widths) or len(widths) < edges[-1]:
        return None
    places = [0.0, *accumulate(known)]
    columns: dict[int, int] = {}
    number, begun = -1, 0.0
    for edge in edges:
        if number < 0 or places[edge] - begun > _SLIVER:
            number, begun = number + 1, places[edge]
        columns[edge] = number
    if any(columns[cell.start] == columns[cell.end] for row in rows for cell in row):
        return None
    return columns


def _paragraphs(blocks: Sequence[Block]) -> tuple[Paragraph, ...]:
    """Return the paragraphs of a cell; those of a table in it are read row by row."""
    found: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            found.append(block)
        else:
            found += (paragraph for cell in block.cells for paragraph in cell.paragraphs)
    return tuple(found)
