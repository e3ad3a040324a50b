"""The rows of a docx table made into a grid: column edges snapped, merged cells joined."""

from collections.abc import Mapping, Sequence
from itertools import accumulate, chain
from typing import Literal

from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

from nianbao.readers.document import Block, GridCell, GridTable, Paragraph
from nianbao.text.source import Origin

# A border dragged by hand, or converted from a .doc, leaves a column some points wide between two others:
# 120 twips are 2.1 mm, too narrow to write in.
_SLIVER = 120
_TWIPS = {"": 1.0, "pt": 20.0, "pc": 240.0, "pi": 240.0, "in": 1440.0, "cm": 566.93, "mm": 56.693}
_WIDTH = re.compile(r"(\d{1,7}(?:\.\d{1,7})?)(|pt|pc|pi|in|cm|mm)")

Merge = Literal["", "first", "next"]


class RawCell(NamedTuple):
    """A cell as written: the column edges that it begins and ends at, and its blocks.

    *down* is whether it begins a merge with the cells below or continues one.
    """

    start: int
    end: int
    down: Merge
    blocks: tuple[Block, ...]
    origin: Origin


def width(text: str | None) -> float | None:
    """Return the width of a column of `w:tblGrid` in twips, None if it cannot be read."""
    match = _WIDTH.fullmatch(text or "")
    return float(match[1]) * _TWIPS[match[2]] if match else None


def read(rows: Sequence[Sequence[RawCell]], widths: Sequence[float | None]) -> Sequence[Block]:
    """Return the table of *rows*, or its content if it is a frame around the text.

    *widths* are those of its columns in `w:tblGrid`. Column edges that no cell has are left out, and those less
    than a sliver apart are one. If the widths contradict the cells, the columns are only counted.
    """
    edges = sorted({edge for row in rows for cell in row for edge in (cell.start, cell.end)})
    columns = _snapped(edges, rows, widths) or {edge: number for number, edge in enumerate(edges)}
    cells: list[GridCell] = []
    held: list[tuple[Block, ...]] = []  # the blocks of each cell
    above: dict[tuple[int, int], int] = {}  # the merges that a row may continue, by their columns
    for number, row in enumerate(rows):
        here: dict[tuple[int, int], int] = {}
        for cell in row:
            span = columns[cell.start], columns[cell.end]
            index = above.get(span) if cell.down == "next" else None
            if index is None:
                index = len(cells)
                left, right = span
                cells.append(GridCell(number, left, 1, right - left, _paragraphs(cell.blocks), cell.origin))
                held.append(cell.blocks)
            else:  # its own text is invisible
                cells[index] = cells[index]._replace(rows=cells[index].rows + 1)
            if cell.down:
                here[span] = index
        above = here
    width = max(columns.values(), default=0)
    if width == 1 and (len(cells) == 1 or any(isinstance(block, GridTable) for block in chain(*held))):
        return list(chain(*held))
    return [GridTable(len(rows), width, tuple(cells))]


def _snapped(
    edges: Sequence[int], rows: Sequence[Sequence[RawCell]], widths: Sequence[float | None]
) -> Mapping[int, int] | None:
    """Return the number of the column that begins at each of *edges*, None if *widths* cannot be right."""
    known = [width for width in widths if width is not None]
    if not edges or len(known) < len(widths) or len(widths) < edges[-1]:
        return None
    offsets = [0.0, *accumulate(known)]
    columns: dict[int, int] = {}
    number, begun = -1, 0.0
    for edge in edges:
        if number < 0 or offsets[edge] - begun > _SLIVER:
            number, begun = number + 1, offsets[edge]
        columns[edge] = number
    if any(columns[cell.start] == columns[cell.end] for row in rows for cell in row):
        return None
    return columns


def _paragraphs(blocks: Sequence[Block]) -> tuple[Paragraph, ...]:
    """Return the paragraphs of a cell; those of a table in it row by row."""
    paragraphs: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            paragraphs.append(block)
        else:
            paragraphs += (paragraph for cell in block.cells for paragraph in cell.paragraphs)
    return tuple(paragraphs)
