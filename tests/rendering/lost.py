"""Tables as copies give them that have lost their notation: no tabs, no rows of pipes, no ends of rows."""

import re
import textwrap
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence

from rendering.grids import Block, Grid, Line

Rows = Sequence[Sequence[str]]  # each cell in the row it begins in, nothing for those it covers
Notation = Callable[[Rows], Iterable[str]]

_FIGURE = re.compile(r"[-+]?[0-9.,]+")


def written(blocks: Iterable[Block], notation: Notation, *, gap: str = "") -> str:
    """Return *blocks* as text, their tables in *notation*."""
    lines: list[str] = []
    for block in blocks:
        lines += [block.text, gap] if isinstance(block, Line) else [*notation(_rows(block)), gap]
    return "\n".join(lines) + "\n"


def _rows(grid: Grid) -> Rows:
    rows = [[cell.text for cell, begun in row if not begun] for row in grid.lines()]
    return [row for row in rows if row]


def _cells(rows: Rows) -> Iterator[str]:
    return (cell for row in rows for cell in row)


def one_a_line(rows: Rows) -> Iterable[str]:
    return list(_cells(rows))


def one_a_line_and_blank_lines(rows: Rows) -> Iterable[str]:
    return "\n\n".join(_cells(rows)).split("\n")


def one_a_line_and_two_blank_lines(rows: Rows) -> Iterable[str]:
    return "\n\n\n".join(_cells(rows)).split("\n")


def one_a_line_and_indented(rows: Rows) -> Iterable[str]:
    return [f"\u3000\u3000{cell} " for cell in _cells(rows)]


def _between(mark: str) -> Notation:
    return lambda rows: [mark.join(row) for row in rows]


def _broken(cell: str, width: int) -> str:
    if _FIGURE.fullmatch(cell):
        return cell
    return "\n".join(cell[i : i + width] for i in range(0, len(cell), width))


def labels_broken(rows: Rows) -> Iterable[str]:
    return "\n".join(_broken(cell, 9) for cell in _cells(rows)).split("\n")


def labels_broken_narrowly(rows: Rows) -> Iterable[str]:
    return "\n".join(_broken(cell, 4) for cell in _cells(rows)).split("\n")


def labels_broken_with_blank_lines(rows: Rows) -> Iterable[str]:
    return "\n\n".join(_broken(cell, 7) for cell in _cells(rows)).split("\n")


def labels_broken_before_their_figures(rows: Rows) -> Iterable[str]:
    lines = (" ".join(row) for row in ([_broken(c, 12) for c in row] for row in rows))
    return "\n".join(lines).split("\n")


def aligned(rows: Rows) -> Iterable[str]:
    for row in rows:
        line = ""
        for cell in row:
            wide = sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in cell)
            line += cell + " " * max(2, 24 - wide)
        yield line.rstrip()


def figures_aligned_right(rows: Rows) -> Iterable[str]:
    for row in rows:
        yield " ".join(cell.rjust(6) if cell[:1].isdigit() else cell for cell in row)


def pipe_behind_each(rows: Rows) -> Iterable[str]:
    return [f"{cell} |" for cell in _cells(rows)]


def pipe_behind_each_and_covered_lines(rows: Rows) -> Iterable[str]:
    for row in rows:
        yield from (f"{cell} |" for cell in row)
        yield "||"


def pipe_above_each_row(rows: Rows) -> Iterable[str]:
    for row in rows:
        yield "| "
        yield from (f" {cell}  | " for cell in row)


def pipes_alone(rows: Rows) -> Iterable[str]:
    for row in rows:
        yield "|"
        for cell in row:
            yield cell
            yield "|"


def pipe_led(rows: Rows) -> Iterable[str]:
    return [f"| {cell}" for cell in _cells(rows)]


def pipes_and_labels_broken(rows: Rows) -> Iterable[str]:
    for row in rows:
        yield from (_broken(row[0], 14) + " | " + " | ".join(row[1:]) + " |").split("\n")


def pipe_on_the_line_below_a_label(rows: Rows) -> Iterable[str]:
    for row in rows:
        yield row[0]
        yield "| " + " | ".join([*row[1:], ""])


def a_table_a_row(rows: Rows) -> Iterable[str]:
    for row in rows:
        yield "| " + " | ".join(row) + " |"
        yield "| " + " | ".join("---" for _ in row) + " |"
        yield ""


def commas(rows: Rows) -> Iterable[str]:
    return [",".join(row) for row in rows]


def commas_and_quotes(rows: Rows) -> Iterable[str]:
    return [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]


def box(rows: Rows) -> Iterable[str]:
    yield "┌" + "─" * 40 + "┐"
    for row in rows:
        yield "│ " + " │ ".join(row) + " │"
        yield "├" + "─" * 40 + "┤"
    yield "└" + "─" * 40 + "┘"


def quoted(rows: Rows) -> Iterable[str]:
    return ["> " + " ".join(row) for row in rows]


def quoted_cells(rows: Rows) -> Iterable[str]:
    return [f"> {cell}" for cell in _cells(rows)]


def listed(rows: Rows) -> Iterable[str]:
    return ["- " + " ".join(row) for row in rows]


def labels_then_figures(rows: Rows) -> Iterable[str]:
    for row in rows:
        figures = [cell for cell in row if _FIGURE.fullmatch(cell)]
        labels = [cell for cell in row if not _FIGURE.fullmatch(cell)]
        yield from (line for line in (" ".join(labels), " ".join(figures)) if line)


def labels_then_a_figure_a_line(rows: Rows) -> Iterable[str]:
    for row in rows:
        figures = [cell for cell in row if _FIGURE.fullmatch(cell)]
        labels = [cell for cell in row if not _FIGURE.fullmatch(cell)]
        yield from [*([" ".join(labels)] if labels else []), *figures]


def wrapped_anywhere(rows: Rows) -> Iterable[str]:
    for row in rows:
        yield from textwrap.wrap(" ".join(row), 18, break_long_words=False, break_on_hyphens=False)


def grid_of_dashes(rows: Rows) -> Iterable[str]:
    for row in rows:
        yield "+" + "+".join("-" * 8 for _ in row) + "+"
        yield "| " + " | ".join(row) + " |"


NOTATIONS: tuple[Notation, ...] = (
    one_a_line,
    one_a_line_and_blank_lines,
    one_a_line_and_two_blank_lines,
    one_a_line_and_indented,
    _between(" "),
    _between("   "),
    _between("\xa0"),
    _between("\u3000"),
    _between(" \t "),
    _between("│"),
    _between("\u2003"),
    labels_broken,
    labels_broken_narrowly,
    labels_broken_with_blank_lines,
    labels_broken_before_their_figures,
    aligned,
    figures_aligned_right,
    pipe_behind_each,
    pipe_behind_each_and_covered_lines,
    pipe_above_each_row,
    pipes_alone,
    pipe_led,
    pipes_and_labels_broken,
    pipe_on_the_line_below_a_label,
    a_table_a_row,
    commas,
    commas_and_quotes,
    box,
    quoted,
    quoted_cells,
    listed,
    labels_then_figures,
    labels_then_a_figure_a_line,
    wrapped_anywhere,
    grid_of_dashes,
)
