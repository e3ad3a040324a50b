"""Blocks as plain text and Markdown."""

from collections.abc import Callable, Iterable, Sequence

from rendering.grids import Block, Grid, Line
from rendering.html import clean_table

_MARKS = {"title": "# ", "heading": "## ", "aspect": "", "prose": ""}


def tabs(blocks: Iterable[Block]) -> str:
    """Return a copy of a page as a browser gives it: one tab-led cell a line, a blank line after each row."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Line):
            lines += ["", block.text] if block.role == "heading" else [block.text]
            continue
        for row in block.lines():
            lines += [f"\t{'' if begun else cell.text}" for cell, begun in row]
            lines.append("")
    return "\n".join(lines) + "\n"


def pipes(blocks: Iterable[Block]) -> str:
    """Return Markdown with tables of pipes: what is merged leaves empty cells."""
    return _markdown(blocks, _pipes)


def html_inside(blocks: Iterable[Block]) -> str:
    """Return Markdown with its tables in HTML, where merged cells stay what they are."""
    return _markdown(blocks, lambda grid: clean_table(grid).splitlines())


def _markdown(blocks: Iterable[Block], table: Callable[[Grid], Sequence[str]]) -> str:
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Line):
            lines += [_MARKS[block.role] + block.text, ""]
        else:
            lines += [*table(block), ""]
    return "\n".join(lines)


def _pipes(grid: Grid) -> list[str]:
    rows = [[""] * grid.columns for _ in range(grid.rows)]
    for cell in grid.cells:
        rows[cell.row][cell.column] = cell.text
    first, *rest = ["| " + " | ".join(row) + " |" for row in rows]
    return [first, "|" + " --- |" * grid.columns, *rest]
