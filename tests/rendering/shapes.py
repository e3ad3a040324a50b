"""The tables of a report in the shapes that copies, converters and hands give them, and what must be read of each.

A notation makes lines of a table; a file carries the lines. Each shape is a notation in a kind of file.
"""

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from typing import NamedTuple

from rendering.grids import Block, Grid, Line

Rows = list[list[str]]
Notation = Callable[[Grid], list[str]]
_LONG = 8  # characters of a label that is broken


def _begun(grid: Grid) -> Rows:
    """Return the cells that begin in each row, as copies have them that drop merged cells."""
    return [[cell.text for cell, above in row if not above] for row in grid.lines()]


def _full(grid: Grid) -> Rows:
    """Return every place of each row, empty if a cell from the left or from above covers it."""
    rows = [[""] * grid.columns for _ in range(grid.rows)]
    for cell in grid.cells:
        rows[cell.row][cell.column] = cell.text
    return rows


def _is_figure(text: str) -> bool:
    return bool(re.fullmatch(r"[-+\d.,]+", text))


def _halves(text: str) -> list[str]:
    """Return a long label in two pieces, anything else as it is."""
    if len(text) < _LONG or _is_figure(text):
        return [text]
    return [text[: len(text) // 2], text[len(text) // 2 :]]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def _widths(rows: Rows) -> list[int]:
    count = max(map(len, rows))
    return [max(_width(row[at]) if at < len(row) else 0 for row in rows) for at in range(count)]


# -- a cell a line -----------------------------------------------------------------------------------------


def a_line(grid: Grid) -> list[str]:
    return [cell for row in _begun(grid) for cell in row if cell]


def a_line_apart(grid: Grid) -> list[str]:
    return [line for cell in a_line(grid) for line in (cell, "")]


def a_line_rows_apart(grid: Grid) -> list[str]:
    return [line for row in _begun(grid) for line in (*filter(None, row), "")]


def a_line_broken(grid: Grid) -> list[str]:
    return [piece for cell in a_line(grid) for piece in _halves(cell)]


def a_line_broken_apart(grid: Grid) -> list[str]:
    return [line for piece in a_line_broken(grid) for line in (piece, "")]


def a_line_indented(grid: Grid) -> list[str]:
    return [f"    {cell}" for cell in a_line(grid)]


def label_then_figures(grid: Grid) -> list[str]:
    lines: list[str] = []
    for row in _begun(grid):
        labels, figures = [c for c in row if c and not _is_figure(c)], [c for c in row if _is_figure(c)]
        lines += [*labels, *([" ".join(figures)] if figures else [])]
    return lines


def labels_line_figures_line(grid: Grid) -> list[str]:
    lines: list[str] = []
    for row in _begun(grid):
        labels, figures = [c for c in row if c and not _is_figure(c)], [c for c in row if _is_figure(c)]
        lines += [" ".join(part) for part in (labels, figures) if part]
    return lines


# -- parted by blanks --------------------------------------------------------------------------------------


def _joined(sign: str) -> Notation:
    return lambda grid: [sign.join(filter(None, row)) for row in _begun(grid) if any(row)]


def aligned(grid: Grid) -> list[str]:
    rows = _full(grid)
    widths = _widths(rows)
    return ["  ".join(map(_padded, row, widths)).rstrip() for row in rows]


def labelled(grid: Grid) -> list[str]:
    """Return rows of one figure as 行政许可：31, others parted by blanks."""
    lines = []
    for row in _begun(grid):
        row = [cell for cell in row if cell]
        one = len(row) == 2 and _is_figure(row[1])
        lines.append(f"{row[0]}：{row[1]}" if one else " ".join(row))
    return lines


# -- pipes -------------------------------------------------------------------------------------------------


def pipes_led(grid: Grid) -> list[str]:
    return ["| " + " | ".join(row) + " |" for row in _begun(grid)]


def pipes_bare(grid: Grid) -> list[str]:
    return [" | ".join(row) for row in _begun(grid)]


def pipes_closing(grid: Grid) -> list[str]:
    return [" | ".join(row) + " |" for row in _begun(grid)]


def pipes_many(grid: Grid) -> list[str]:
    return [" | ".join(row) + " |||" for row in _begun(grid)]


def pipes_full(grid: Grid) -> list[str]:
    first, *rest = ["| " + " | ".join(row) + " |" for row in _full(grid)]
    return [first, "|" + " --- |" * grid.columns, *rest]


def pipes_dense(grid: Grid) -> list[str]:
    return ["|" + "|".join(row) + "|" for row in _full(grid)]


def pipe_behind_each(grid: Grid) -> list[str]:
    return [f"{cell} |" for cell in a_line(grid)]


def pipe_behind_each_covered(grid: Grid) -> list[str]:
    return [f"{cell} |" if cell else "||" for row in _full(grid) for cell in row if cell or row[0] == ""]


def pipe_alone(grid: Grid) -> list[str]:
    return [line for cell in a_line(grid) for line in (cell, "|")]


def pipe_alone_led(grid: Grid) -> list[str]:
    return [line for row in _begun(grid) for cell in row for line in ("|", cell) if line or cell] + ["|"]


def mini_tables(grid: Grid) -> list[str]:
    lines: list[str] = []
    for row in _begun(grid):
        lines += ["| " + " | ".join(row) + " |", "|" + " --- |" * len(row), ""]
    return lines


def _wrapped(two_rows: Callable[[list[str], int, str, str], Rows]) -> Notation:
    """Return pipes in which *two_rows* writes a row of figures whose label is in two halves, at its place."""

    def lines(grid: Grid) -> list[str]:
        rows: Rows = []
        for row in _begun(grid):
            at = next((n for n, cell in enumerate(row) if len(_halves(cell)) > 1), None)
            figures = any(map(_is_figure, row))
            rows += [row] if at is None or not figures else two_rows(row, at, *_halves(row[at]))
        return ["| " + " | ".join(row) + " |" for row in rows]

    return lines


def _below(row: list[str], at: int, first: str, second: str) -> Rows:
    """Return *row*, and the second half of its label in a row of its own."""
    return [[*row[:at], first, *row[at + 1 :]], [""] * at + [second] + [""] * (len(row) - at - 1)]


def _above(row: list[str], at: int, first: str, second: str) -> Rows:
    """Return the first half of the label of *row* in a row of its own, the figures beside the second."""
    return [[*row[:at], first], [second, *row[at + 1 :]]]


pipes_wrapped = _wrapped(_below)
pipes_wrapped_above = _wrapped(_above)


def quoted_pipes(grid: Grid) -> list[str]:
    return [f"> {line}" for line in pipes_full(grid)]


def quoted_lines(grid: Grid) -> list[str]:
    return [f"> {cell}" for cell in a_line(grid)]


# -- frames and commas -------------------------------------------------------------------------------------


def drawn(grid: Grid) -> list[str]:
    rows = _full(grid)
    widths = _widths(rows)
    rule = "├" + "┼".join("─" * (width + 2) for width in widths) + "┤"
    body = ["│ " + " │ ".join(map(_padded, row, widths)) + " │" for row in rows]
    lines = [rule.replace("├", "┌").replace("┼", "┬").replace("┤", "┐")]
    for line in body:
        lines += [line, rule]
    return [*lines[:-1], rule.replace("├", "└").replace("┼", "┴").replace("┤", "┘")]


def ascii_grid(grid: Grid) -> list[str]:
    rows = _full(grid)
    widths = _widths(rows)
    rule = "+" + "+".join("-" * (width + 2) for width in widths) + "+"
    lines = [rule]
    for row in rows:
        lines += ["| " + " | ".join(map(_padded, row, widths)) + " |", rule]
    return lines


def ascii_grid_wrapped(grid: Grid) -> list[str]:
    """Return a grid as pandoc writes it, its labels in as many lines as they need."""
    rows = _full(grid)
    cut = [[[cell[n : n + 7] for n in range(0, len(cell), 7)] or [""] for cell in row] for row in rows]
    widths = [max(_width(piece) for row in cut for piece in row[at]) for at in range(grid.columns)]
    rule = "+" + "+".join("-" * (width + 2) for width in widths) + "+"
    lines = [rule]
    for row in cut:
        for n in range(max(map(len, row))):
            pieces = [cell[n] if n < len(cell) else "" for cell in row]
            lines.append("| " + " | ".join(map(_padded, pieces, widths)) + " |")
        lines.append(rule)
    return lines


def simple_table(grid: Grid) -> list[str]:
    rows = _full(grid)
    widths = [width + 1 for width in _widths(rows)]
    rule = " ".join("-" * width for width in widths)
    return ["", rule, *("  ".join(map(_padded, row, widths)).rstrip() for row in rows), rule, ""]


def _csv(delimiter: str, quoting: int) -> Notation:
    def lines(grid: Grid) -> list[str]:
        out = io.StringIO()
        csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator="\n").writerows(_full(grid))
        return out.getvalue().splitlines()

    return lines


# -- parts of tables ---------------------------------------------------------------------------------------


def row_by_row(grid: Grid) -> list[str]:
    return [line for row in _full(grid) for line in ("| " + " | ".join(row) + " |", "")]


def empty_row_above_figures(grid: Grid) -> list[str]:
    lines, done = [], False
    for row in _full(grid):
        if not done and any(map(_is_figure, row)):
            lines.append("|" + "  |" * grid.columns)
            done = True
        lines.append("| " + " | ".join(row) + " |")
    return lines


def unit_column(grid: Grid) -> list[str]:
    lines = []
    for row in _full(grid):
        at = next((n for n, cell in enumerate(row) if _is_figure(cell)), None)
        if at is None:
            first = max((n for n, cell in enumerate(row[:3]) if cell), default=0) if grid.columns > 5 else 0
            lines.append(
                "| " + " | ".join([*row[: first + 1], "单位" if not lines else "", *row[first + 1 :]]) + " |"
            )
        else:
            lines.append("| " + " | ".join([*row[:at], "件", *row[at:]]) + " |")
    return lines


def notes_behind(grid: Grid) -> list[str]:
    rows = [
        [f"{cell}①" if cell == "0" and n % 5 == 2 else cell for cell in row]
        for n, row in enumerate(_full(grid))
    ]
    return ["| " + " | ".join(row) + " |" for row in rows]


def bold(grid: Grid) -> list[str]:
    rows = [[f"**{cell}**" if cell else "" for cell in row] for row in _full(grid)]
    return ["| " + " | ".join(row) + " |" for row in rows]


def escaped(grid: Grid) -> list[str]:
    rows = [[re.sub(r"^(\d)\.(?=\D)", r"\1\\.", cell) for cell in row] for row in _full(grid)]
    return ["| " + " | ".join(row) + " |" for row in rows]


def entities(grid: Grid) -> list[str]:
    rows = [[cell or "&nbsp;" for cell in row] for row in _full(grid)]
    return ["| " + " | ".join(row) + " |" for row in rows]


def breaks_in_cells(grid: Grid) -> list[str]:
    rows = [["<br>".join(_halves(cell)) for cell in row] for row in _full(grid)]
    return ["| " + " | ".join(row) + " |" for row in rows]


def tabular(grid: Grid) -> list[str]:
    body = [" & ".join(row) + r" \\ \hline" for row in _full(grid)]
    return [r"\begin{tabular}{" + "|l" * grid.columns + "|}", r"\hline", *body, r"\end{tabular}"]


NOTATIONS: Mapping[str, Notation] = {
    "a cell a line": a_line,
    "a cell a line, apart": a_line_apart,
    "a cell a line, rows apart": a_line_rows_apart,
    "a cell a line, labels broken": a_line_broken,
    "a cell a line, labels broken, apart": a_line_broken_apart,
    "a cell a line, indented": a_line_indented,
    "a label a line, figures in one": label_then_figures,
    "a line of labels, a line of figures": labels_line_figures_line,
    "blank": _joined(" "),
    "four blanks": _joined("    "),
    "no-break blank": _joined("\xa0"),
    "wide blank": _joined("\u3000"),
    "tab": _joined("\t"),
    "aligned": aligned,
    "colon": labelled,
    "pipes, led": pipes_led,
    "pipes, bare": pipes_bare,
    "pipes, closing": pipes_closing,
    "pipes, many behind": pipes_many,
    "pipes, all places": pipes_full,
    "pipes, dense": pipes_dense,
    "pipe behind each cell": pipe_behind_each,
    "pipe behind each, covered too": pipe_behind_each_covered,
    "pipe alone": pipe_alone,
    "pipe alone, led": pipe_alone_led,
    "mini tables": mini_tables,
    "wrapped labels below": pipes_wrapped,
    "wrapped labels above": pipes_wrapped_above,
    "quoted pipes": quoted_pipes,
    "quoted lines": quoted_lines,
    "drawn": drawn,
    "grid": ascii_grid,
    "grid, wrapped": ascii_grid_wrapped,
    "simple table": simple_table,
    "csv": _csv(",", csv.QUOTE_MINIMAL),
    "csv, quoted": _csv(",", csv.QUOTE_ALL),
    "csv, semicolons": _csv(";", csv.QUOTE_MINIMAL),
    "row by row": row_by_row,
    "empty row above the figures": empty_row_above_figures,
    "unit column": unit_column,
    "notes behind figures": notes_behind,
    "bold": bold,
    "escaped": escaped,
    "entities": entities,
    "breaks in cells": breaks_in_cells,
    "tabular": tabular,
}

# -- files -----------------------------------------------------------------------------------------------


def _lines(blocks: Iterable[Block], notation: Notation) -> list[tuple[str, bool]]:
    """Return the lines of the file, each with whether it belongs to a table."""
    lines: list[tuple[str, bool]] = []
    for block in blocks:
        if isinstance(block, Line):
            lines.append((block.text, False))
        else:
            lines += [(line, True) for line in notation(block)]
            lines.append(("", False))
    return lines


def txt(blocks: Iterable[Block], notation: Notation) -> bytes:
    return "\n".join(line for line, _ in _lines(blocks, notation)).encode()


def markdown(blocks: Sequence[Block], notation: Notation) -> bytes:
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Line):
            mark = {"title": "# ", "heading": "## "}.get(block.role, "")
            lines += [mark + block.text, ""]
        else:
            lines += [*notation(block), ""]
    return "\n".join(lines).encode()


def paragraphs(blocks: Iterable[Block], notation: Notation) -> bytes:
    """Return an HTML page with a paragraph a line."""
    body = "\n".join(f"<p>{escape(line)}</p>" for line, _ in _lines(blocks, notation))
    return f'<!DOCTYPE html><meta charset="utf-8"><body>{body}</body>'.encode()


def breaks(blocks: Iterable[Block], notation: Notation) -> bytes:
    """Return an HTML page in which only <br> parts the lines."""
    body = "<br/>".join(escape(line) for line, _ in _lines(blocks, notation))
    return f'<!DOCTYPE html><meta charset="utf-8"><body><div>{body}</div></body>'.encode()


_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word(blocks: Iterable[Block], notation: Notation) -> bytes:
    """Return a docx with a paragraph a line."""
    tab = "</w:t><w:tab/><w:t>"
    body = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(line).replace(chr(9), tab)}</w:t></w:r></w:p>'
        for line, _ in _lines(blocks, notation)
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr("_rels/.rels", _RELATIONS)
        package.writestr(
            "word/document.xml", f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'
        )
    return out.getvalue()


_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument'
    '.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" Target="word/document.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
)
FILES = {
    "txt": (".txt", txt),
    "md": (".md", markdown),
    "html, paragraphs": (".html", paragraphs),
    "html, breaks": (".html", breaks),
    "docx": (".docx", word),
}
# Notations that only a text file can be in.
_TEXT_ONLY = frozenset(
    (
        "escaped",
        "entities",
        "quoted pipes",
        "quoted lines",
        "breaks in cells",
        "tabular",
        "bold",
        "simple table",
    )
)


class Shape(NamedTuple):
    """A notation in a kind of file."""

    notation: str
    file: str

    @property
    def suffix(self) -> str:
        """The end of its files' names."""
        return FILES[self.file][0]

    def write(self, blocks: Sequence[Block]) -> bytes:
        """Return the file that *blocks* make."""
        return FILES[self.file][1](blocks, NOTATIONS[self.notation])


SHAPES: tuple[Shape, ...] = tuple(
    Shape(notation, file)
    for notation in NOTATIONS
    for file in FILES
    if file in ("txt", "md") or notation not in _TEXT_ONLY
)
