"""Tables with parts lost, added or marked, and pages that lay them out oddly, and what must be read of each.

A change makes other blocks of those of a report; a file writes them. Each variant is a change in a kind of file.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from random import Random
from typing import NamedTuple

from rendering import docx, html, text
from rendering.grids import Block, Grid, Line, Slot

Change = Callable[[Sequence[Block]], Sequence[Block]]
Writer = Callable[[Sequence[Block]], bytes]
Rows = Sequence[Sequence[str]]
_FIGURE = re.compile(r"[-\d.,]+")
_LONG = 8  # characters of a label that is broken
_FULL = {ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"}
_WIDE = 9  # columns of the tables of which some parts are cut


def _is_figure(words: str) -> bool:
    return bool(_FIGURE.fullmatch(words))


def _rows(grid: Grid) -> list[list[str]]:
    """Return every place of each row, empty if a cell from the left or from above covers it."""
    rows = [[""] * grid.columns for _ in range(grid.rows)]
    for cell in grid.cells:
        rows[cell.row][cell.column] = cell.text
    return rows


def _simple(rows: Rows) -> Grid:
    """Return *rows* as a grid without merged cells."""
    width = max(map(len, rows))
    cells = [
        Slot(at, column, 1, 1, row[column] if column < len(row) else "")
        for at, row in enumerate(rows)
        for column in range(width)
    ]
    return Grid(len(rows), width, tuple(cells))


def _first(grid: Grid) -> int:
    """Return the first row with a figure."""
    return min(cell.row for cell in grid.cells if _is_figure(cell.text))


def _from(grid: Grid, start: int, end: int) -> Grid:
    """Return rows *start* to *end* of *grid*; a cell that goes over an edge is cut there."""
    cells = []
    for cell in grid.cells:
        top, bottom = max(cell.row, start), min(cell.row + cell.rows, end)
        if top < bottom:
            words = cell.text if cell.row >= start else ""
            cells.append(Slot(top - start, cell.column, bottom - top, cell.columns, words))
    return Grid(end - start, grid.columns, tuple(cells))


def _below(grid: Grid, row: int, words: Sequence[Slot]) -> Grid:
    """Return *grid* with a row of *words* put in before *row*; what goes over it goes on."""
    cells = []
    for cell in grid.cells:
        if cell.row >= row:
            cells.append(cell._replace(row=cell.row + 1))
        else:
            cells.append(cell._replace(rows=cell.rows + (cell.row + cell.rows > row)))
    covered = {c.column for c in cells if c.row < row < c.row + c.rows}
    cells += [word for word in words if word.column not in covered]
    return Grid(grid.rows + 1, grid.columns, tuple(cells))


def _each(change: Callable[[Grid], Sequence[Block]]) -> Change:
    return lambda blocks: [
        new for block in blocks for new in (change(block) if isinstance(block, Grid) else [block])
    ]


def _figures(mark: Callable[[str], str], every: int = 3) -> Change:
    """Return the change that marks one of *every* figures."""

    def marked(grid: Grid) -> Sequence[Block]:
        cells = [
            cell._replace(text=mark(cell.text))
            if _is_figure(cell.text) and (cell.row + cell.column) % every == 0
            else cell
            for cell in grid.cells
        ]
        return [grid._replace(cells=tuple(cells))]

    return _each(marked)


# -- parts of tables ---------------------------------------------------------------------------------------


def _as_it_is(blocks: Sequence[Block]) -> Sequence[Block]:
    return blocks


def _header_cut(grid: Grid) -> Sequence[Block]:
    return [_from(grid, _first(grid), grid.rows)] if grid.columns >= _WIDE else [grid]


def _header_cut_by_half(grid: Grid) -> Sequence[Block]:
    return [_from(grid, 1, grid.rows)] if grid.columns >= _WIDE else [grid]


def _header_of_review_cut(grid: Grid) -> Sequence[Block]:
    return [_from(grid, _first(grid), grid.rows)] if grid.columns > _WIDE + 1 else [grid]


def _item_above(grid: Grid) -> Sequence[Block]:
    head = grid.cells[0]
    if not head.text.startswith("第二十条"):
        return [grid]
    return [Line(head.text, "prose"), _from(grid, 1, grid.rows)]


def _head_line_cut(grid: Grid) -> Sequence[Block]:
    """Return an article's table without its line 信息内容."""
    if not grid.cells[0].text.startswith("第二十条"):
        return [grid]
    top, rest = _from(grid, 0, 1), _from(grid, 2, grid.rows)
    below = [cell._replace(row=cell.row + 1) for cell in rest.cells]
    return [Grid(rest.rows + 1, grid.columns, (*top.cells, *below))]


def _groups_as_rows(grid: Grid) -> Sequence[Block]:
    rows: list[list[str]] = []
    for row in _rows(grid):
        labels = [cell for cell in row[:3] if cell]
        if grid.columns < _WIDE or len(labels) < 2 or not any(map(_is_figure, row)) or _is_figure(row[0]):
            rows.append(row)
            continue
        rows += [[label, *[""] * (grid.columns - 1)] for label in labels[:-1]]
        rows.append([labels[-1], "", "", *row[3:]])
    return [_simple(rows)]


def _empty_row_above_figures(grid: Grid) -> Sequence[Block]:
    empty = [Slot(_first(grid), column, 1, 1, "") for column in range(grid.columns)]
    return [_below(grid, _first(grid), empty)]


def _empty_row_at_the_end(grid: Grid) -> Sequence[Block]:
    return [_below(grid, grid.rows, [Slot(grid.rows, column, 1, 1, "") for column in range(grid.columns)])]


def _empty_rows_between(grid: Grid) -> Sequence[Block]:
    rows = [line for row in _rows(grid) for line in (row, [""] * grid.columns)]
    return [_simple(rows[:-1])]


def _a_table_a_row(grid: Grid) -> Sequence[Block]:
    return [_from(grid, row, row + 1) for row in range(grid.rows)]


def _two_pages(grid: Grid) -> Sequence[Block]:
    middle = (grid.rows + _first(grid)) // 2
    if grid.rows <= _first(grid) + 2:
        return [grid]
    return [_from(grid, 0, middle), _from(grid, middle, grid.rows)]


def _two_pages_with_number(grid: Grid) -> Sequence[Block]:
    parts = _two_pages(grid)
    return [parts[0], Line("- 3 -", "prose"), *parts[1:]] if len(parts) > 1 else parts


def _header_again(grid: Grid) -> Sequence[Block]:
    top = _from(grid, 0, _first(grid))
    parts = _two_pages(grid)
    if len(parts) == 1:
        return parts
    second = parts[1]
    assert isinstance(second, Grid)
    below = [cell._replace(row=cell.row + top.rows) for cell in second.cells]
    return [parts[0], Grid(top.rows + second.rows, grid.columns, (*top.cells, *below))]


def _header_twice(grid: Grid) -> Sequence[Block]:
    """Return the header of *grid* before the whole of it: on a page that ends there, or to stay while one scrolls."""
    return [_from(grid, 0, _first(grid)), grid]


def _columns_numbered(grid: Grid) -> Sequence[Block]:
    """Return *grid* with 甲, 乙, 丙 below the heads of its labels and 1, 2, 3 below those of its figures."""
    first = _first(grid)
    start = min(cell.column for cell in grid.cells if cell.row == first and _is_figure(cell.text))
    words = ["甲乙丙"[n] if n < start else str(n - start + 1) for n in range(grid.columns)]
    return [_below(grid, first, [Slot(first, n, 1, 1, word) for n, word in enumerate(words)])]


def _review(change: Callable[[Sequence[str]], Sequence[Block]]) -> Callable[[Grid], Sequence[Block]]:
    """Return the change that makes other blocks of the fifteen figures of table four."""
    return lambda grid: change(_rows(grid)[-1]) if grid.columns > _WIDE + 1 else [grid]


_RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
_BLOCKS = ("行政复议", "行政诉讼（未经复议直接起诉）", "行政诉讼（复议后起诉）")


def _of_five(figures: Sequence[str]) -> Rows:
    return [[name, *figures[5 * n : 5 * n + 5]] for n, name in enumerate(_BLOCKS)]


def _in_rows(figures: Sequence[str]) -> Sequence[Block]:
    first, *others = _of_five(figures)
    return [_simple([["类别", *_RESULTS], *others, first])]


def _in_rows_totals_first(figures: Sequence[str]) -> Sequence[Block]:
    rows = [["类别", *_RESULTS], *_of_five(figures)]
    return [_simple([[row[0], row[-1], *row[1:-1]] for row in rows])]


def _in_rows_without_header(figures: Sequence[str]) -> Sequence[Block]:
    return [_simple(_of_five(figures))]


def _in_columns(figures: Sequence[str]) -> Sequence[Block]:
    return [_simple(list(zip(*[["类别", *_RESULTS], *_of_five(figures)], strict=True)))]


def _below_each_other(figures: Sequence[str]) -> Sequence[Block]:
    rows = [["" if n % 5 else _BLOCKS[n // 5], _RESULTS[n % 5], figure] for n, figure in enumerate(figures)]
    return [_simple(rows)]


def _in_two_tables(figures: Sequence[str]) -> Sequence[Block]:
    heads = [["未经复议直接起诉", *[""] * 4, "复议后起诉", *[""] * 4], [*_RESULTS, *_RESULTS]]
    return [
        Line("（一）行政复议情况", "prose"),
        _simple([_RESULTS, figures[:5]]),
        Line("（二）行政诉讼情况", "prose"),
        _simple([*heads, figures[5:]]),
    ]


def _turned(grid: Grid) -> Sequence[Block]:
    """Return an article's table with its rows for columns below the line of the item."""
    head, *rows = _rows(grid)
    if not head[0].startswith("第二十条"):
        return [grid]
    return [_simple([[head[0]], *zip(*rows, strict=True)])]


def _caption(grid: Grid) -> Sequence[Block]:
    return [Line("统计表", "prose"), Line("单位：件", "prose"), grid]


def _with_column(words: Callable[[int, bool], str], *, front: bool) -> Callable[[Grid], Sequence[Block]]:
    """Return the change that puts a column of *words* of each row before the table or behind it."""

    def wider(grid: Grid) -> Sequence[Block]:
        first = _first(grid)
        rows = [
            [words(at - first + 1, at < first), *row] if front else [*row, words(at - first + 1, at < first)]
            for at, row in enumerate(_rows(grid))
        ]
        return [_simple(rows)]

    return wider


def _unit_column(grid: Grid) -> Sequence[Block]:
    rows = []
    for at, row in enumerate(_rows(grid)):
        column = next((n for n, cell in enumerate(row) if _is_figure(cell)), None)
        if column in (None, 0):
            rows.append(row if column == 0 else [*row[:1], "单位" if at else "", *row[1:]])
        else:
            rows.append([*row[:column], "件", *row[column:]])
    return [_simple(rows)]


def _repeated(grid: Grid) -> Sequence[Block]:
    """Return *grid* with each merged cell written in all the places it covers."""
    cells = [
        Slot(cell.row + down, cell.column + right, 1, 1, cell.text)
        for cell in grid.cells
        for down in range(cell.rows)
        for right in range(cell.columns)
    ]
    return [grid._replace(cells=tuple(sorted(cells)))]


def _unmerged(grid: Grid) -> Sequence[Block]:
    return [_simple(_rows(grid))]


def _begun(grid: Grid) -> Sequence[Block]:
    """Return *grid* with no more cells in a row than begin there."""
    rows = [[cell.text for cell, above in row if not above] for row in grid.lines()]
    cells = [
        Slot(at, column, 1, 1, words)
        for at, row in enumerate(filter(None, rows))
        for column, words in enumerate(row)
    ]
    return [Grid(len([row for row in rows if row]), max(map(len, rows)), tuple(cells))]


def _labels_broken(grid: Grid) -> Sequence[Block]:
    cells = []
    for cell in grid.cells:
        words = cell.text
        if len(words) >= _LONG and not _is_figure(words):
            words = f"{words[: len(words) // 2]}\n{words[len(words) // 2 :]}"
        cells.append(cell._replace(text=words))
    return [grid._replace(cells=tuple(cells))]


def _labels_spaced(grid: Grid) -> Sequence[Block]:
    cells = [
        cell if _is_figure(cell.text) or len(cell.text) > 5 else cell._replace(text=" ".join(cell.text))
        for cell in grid.cells
    ]
    return [grid._replace(cells=tuple(cells))]


def _split(grid: Grid) -> Sequence[Block]:
    """Return *grid* with its first figure of two digits in two cells, the others of the row moved on."""
    rows = _rows(grid)
    for at, row in enumerate(rows):
        for column, words in enumerate(row):
            if re.fullmatch(r"\d\d", words):
                rows[at] = [*row[:column], words[0], words[1], *row[column + 1 :]]
                return [_simple(rows)]
    return [grid]


CHANGES: Mapping[str, tuple[int, Change]] = {
    "as it is": (2, _as_it_is),
    "header cut": (4, _each(_header_cut)),
    "first line of the header cut": (4, _each(_header_cut_by_half)),
    "header of table four cut": (4, _each(_header_of_review_cut)),
    "item above its table": (4, _each(_item_above)),
    "line 信息内容 cut": (4, _each(_head_line_cut)),
    "group labels as rows": (4, _each(_groups_as_rows)),
    "empty row above the figures": (4, _each(_empty_row_above_figures)),
    "empty row at the end": (4, _each(_empty_row_at_the_end)),
    "empty rows between": (4, _each(_empty_rows_between)),
    "a table a row": (4, _each(_a_table_a_row)),
    "on two pages": (4, _each(_two_pages)),
    "on two pages, page number": (4, _each(_two_pages_with_number)),
    "on two pages, header again": (4, _each(_header_again)),
    "header twice": (4, _each(_header_twice)),
    "columns numbered": (4, _each(_columns_numbered)),
    "table four in rows": (4, _each(_review(_in_rows))),
    "table four in rows, totals first": (4, _each(_review(_in_rows_totals_first))),
    "table four in rows, no header": (4, _each(_review(_in_rows_without_header))),
    "table four in columns": (4, _each(_review(_in_columns))),
    "table four below each other": (4, _each(_review(_below_each_other))),
    "table four in two tables": (4, _each(_review(_in_two_tables))),
    "table two turned": (4, _each(_turned)),
    "caption and unit above": (4, _each(_caption)),
    "serial numbers": (4, _each(_with_column(lambda n, head: "序号" if head else str(n), front=True))),
    "remarks behind": (4, _each(_with_column(lambda n, head: "备注" if head else "", front=False))),
    "remarks said": (4, _each(_with_column(lambda n, head: "备注" if head else "另有说明", front=False))),
    "unit column": (4, _each(_unit_column)),
    "merged cells repeated": (4, _each(_repeated)),
    "merged cells apart": (4, _each(_unmerged)),
    "covered places dropped": (4, _each(_begun)),
    "labels broken": (2, _each(_labels_broken)),
    "labels spaced": (2, _each(_labels_spaced)),
    "①": (5, _figures(lambda figure: f"{figure}①")),
    "[1]": (5, _figures(lambda figure: f"{figure}[1]")),
    "star": (5, _figures(lambda figure: f"{figure}*")),
    "注": (5, _figures(lambda figure: f"{figure}（注1）")),
    "units": (5, _figures(lambda figure: f"{figure}件" if "." not in figure else figure)),
    "full width": (5, _figures(lambda figure: figure.translate(_FULL), 1)),
    "blanks around": (5, _figures(lambda figure: f"\u3000{figure} ", 1)),
    "O and l": (5, _figures(lambda figure: figure.replace("0", "O").replace("1", "l"))),
    "split over two cells": (5, _each(_split)),
}

# Findings that are right of a table so changed: what the form prints is not there, or something is that it forbids.
RIGHT: Mapping[str, frozenset[str]] = {
    "header cut": frozenset({"SUM009"}),
    "first line of the header cut": frozenset({"SUM009"}),
    "units": frozenset({"ART009"}),
    "O and l": frozenset({"ART007", "SUM005"}),
    "split over two cells": frozenset({"ART007", "SUM008"}),
}
# Of tables so changed not every cell has to be bound: it is enough to say what went unread.
MAY_BE_UNREAD = frozenset(
    {
        "header cut",
        "header of table four cut",
        "table four in rows, no header",
        "O and l",
        "split over two cells",
    }
)


# -- pages -------------------------------------------------------------------------------------------------

_TAGS = {"title": "h1", "heading": "h2", "aspect": "h3", "prose": "p"}


def _page(table: Callable[[Grid], str], around: str = "{}") -> Writer:
    """Return the writer of a page whose tables are as *table* makes them."""

    def write(blocks: Sequence[Block]) -> bytes:
        body = "\n".join(
            f"<{_TAGS[block.role]}>{escape(block.text)}</{_TAGS[block.role]}>"
            if isinstance(block, Line)
            else table(block)
            for block in blocks
        )
        page = around.format(body)
        return f'<!DOCTYPE html><html><meta charset="utf-8"><body>{page}</body></html>'.encode()

    return write


def _cells(grid: Grid) -> Iterable[list[Slot]]:
    return ([cell for cell, begun in row if not begun] for row in grid.lines())


def _spans(cell: Slot) -> str:
    return f' rowspan="{cell.rows}" colspan="{cell.columns}"'


def _table(cell: Callable[[Slot], str], attributes: str = "") -> Callable[[Grid], str]:
    """Return how a table is written whose cells have the content that *cell* makes."""

    def write(grid: Grid) -> str:
        rows = ("".join(f"<td{_spans(one)}>{cell(one)}</td>" for one in row) for row in _cells(grid))
        return f"<table{attributes}>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"

    return write


def _words(cell: Slot) -> str:
    return "<br>".join(map(escape, cell.text.split("\n")))


def _divisions(tag: str, row_tag: str = "div") -> Callable[[Grid], str]:
    """Return how a table is written whose rows are *row_tag* and whose cells are *tag*."""

    def write(grid: Grid) -> str:
        rows = ("".join(f"<{tag}>{_words(one)}</{tag}>" for one in row) for row in _cells(grid))
        return "<div>" + "\n".join(f'<{row_tag} class="row">{row}</{row_tag}>' for row in rows) + "</div>"

    return write


def _list(grid: Grid) -> str:
    rows = (" ".join(_words(one) for one in row if one.text) for row in _cells(grid))
    return "<ul>" + "".join(f"<li>{row}</li>" for row in rows if row) + "</ul>"


def _noted(mark: str) -> Callable[[Slot], str]:
    return lambda cell: (
        _words(cell) + (mark if _is_figure(cell.text) and (cell.row + cell.column) % 3 == 0 else "")
    )


def _field(cell: Slot) -> str:
    return f'<input type="text" value="{cell.text}" size="4">' if _is_figure(cell.text) else _words(cell)


def _area(cell: Slot) -> str:
    return f"<textarea>{cell.text}</textarea>" if _is_figure(cell.text) else _words(cell)


def _spans_too_large(grid: Grid) -> str:
    """Return a table whose last cells of rows go on beyond it, as pages have them that were edited by hand."""
    rows = []
    for row in _cells(grid):
        tags = [f"<td{_spans(one)}>{_words(one)}</td>" for one in row]
        if row and row[-1].columns > 1:
            wide = row[-1]._replace(columns=row[-1].columns + 3)
            tags[-1] = f"<td{_spans(wide)}>{_words(wide)}</td>"
        rows.append(f"<tr>{''.join(tags)}</tr>")
    return f"<table>{''.join(rows)}</table>"


def _rows_unclosed(grid: Grid) -> str:
    rows = ("".join(f"<td{_spans(one)}>{_words(one)}" for one in row) for row in _cells(grid))
    return "<table>" + "".join(f"<tr>{row}" for row in rows) + "</table>"


def _headed(grid: Grid) -> str:
    rows = [
        "".join(
            f"<{tag}{_spans(one)}>{_words(one)}</{tag}>"
            for one in row
            for tag in ["td" if _is_figure(one.text) else "th"]
        )
        for row in _cells(grid)
    ]
    first = _first(grid)
    head, body = ("".join(f"<tr>{row}</tr>" for row in part) for part in (rows[:first], rows[first:]))
    return f"<table><caption>统计表</caption><thead>{head}</thead><tbody>{body}</tbody></table>"


def _inner(cell: Slot) -> str:
    return f"<table><tr><td>{_words(cell)}</td></tr></table>" if cell.text else ""


# -- word --------------------------------------------------------------------------------------------------


def _document(wrap: Callable[[str], str], *, superscript: str = "") -> Writer:
    """Return the writer of a docx whose tables are put into what *wrap* makes."""
    run = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>' + superscript + "</w:t></w:r>"
    every = re.compile(r'(<w:t xml:space="preserve">\d+</w:t></w:r>)(?=</w:p>)')

    def write(blocks: Sequence[Block]) -> bytes:
        body = ""
        for block in blocks:
            xml = docx.element(block)
            if isinstance(block, Grid):
                xml = wrap(every.sub(rf"\1{run}", xml) if superscript else xml)
            body += xml
        return docx.packed(f"<w:document {docx.NAMESPACES}><w:body>{body}<w:sectPr/></w:body></w:document>")

    return write


def _in_a_cell(table: str) -> str:
    grid = '<w:tblGrid><w:gridCol w:w="9000"/></w:tblGrid>'
    return f"<w:tbl><w:tblPr/>{grid}<w:tr><w:tc><w:tcPr/>{table}</w:tc></w:tr></w:tbl><w:p/>"


def _in_a_box(table: str) -> str:
    return (
        '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>'
        f"{table}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    )


def _in_a_control(table: str) -> str:
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{table}</w:sdtContent></w:sdt>"


# -- files -------------------------------------------------------------------------------------------------


def _encoded(write: Callable[[Sequence[Block]], str]) -> Writer:
    return lambda blocks: write(blocks).encode()


def _dense(blocks: Sequence[Block]) -> str:
    """Return Markdown with its tables in HTML on one line each."""
    return text.html_inside(blocks).replace("\n<tr>", "<tr>").replace("\n</table>", "</table>")


def _fenced(blocks: Sequence[Block]) -> str:
    lines: list[str] = []
    for block in blocks:
        lines += [block.text, ""] if isinstance(block, Line) else ["```", *_piped(block), "```", ""]
    return "\n".join(lines)


def _piped(grid: Grid) -> list[str]:
    return ["| " + " | ".join(row) + " |" for row in _rows(grid)]


def _tabbed(blocks: Sequence[Block]) -> str:
    """Return text with a row a line, its places parted by tabs, as spreadsheets copy it."""
    lines: list[str] = []
    for block in blocks:
        lines += [block.text] if isinstance(block, Line) else ["\t".join(row) for row in _rows(block)]
    return "\n".join(lines) + "\n"


FILES: Mapping[str, tuple[str, Writer]] = {
    "txt": (".txt", _encoded(text.tabs)),
    "txt, rows of tabs": (".txt", _encoded(_tabbed)),
    "md": (".md", _encoded(text.pipes)),
    "html": (".html", _page(_table(_words))),
    "docx": (".docx", _document(lambda table: table)),
}
# Files that mark or lay out a table in a way of their own, each by the kind it belongs to.
LAYOUTS: Mapping[str, tuple[int, str, Writer]] = {
    "md, tables in HTML": (3, ".md", _encoded(text.html_inside)),
    "md, tables in HTML on a line": (3, ".md", _encoded(_dense)),
    "md, fenced": (3, ".md", _encoded(_fenced)),
    "html, clean": (2, ".html", lambda blocks: html.clean(blocks, Random(0))),
    "html, CMS": (2, ".html", lambda blocks: html.cms(blocks, Random(0))),
    "html, Word": (2, ".html", lambda blocks: html.word(blocks, Random(0))),
    "html, head and body": (4, ".html", _page(_headed)),
    "html, paragraphs in cells": (1, ".html", _page(_table(lambda one: f"<p>{_words(one)}</p>"))),
    "html, no-break blanks in cells": (1, ".html", _page(_table(lambda one: _words(one) or "&nbsp;"))),
    "html, divisions": (1, ".html", _page(_divisions("div"))),
    "html, spans in divisions": (1, ".html", _page(_divisions("span"))),
    "html, spans in paragraphs": (1, ".html", _page(_divisions("span", "p"))),
    "html, list": (1, ".html", _page(_list)),
    "html, tables in cells": (4, ".html", _page(_table(_inner))),
    "html, page laid out by a table": (
        4,
        ".html",
        _page(_table(_words), "<table><tr><td>{}</td></tr></table>"),
    ),
    "html, spans too large": (4, ".html", _page(_spans_too_large)),
    "html, ends of rows left out": (4, ".html", _page(_rows_unclosed)),
    "html, superscript note": (5, ".html", _page(_table(_noted("<sup>1</sup>")))),
    "html, superscript note in brackets": (5, ".html", _page(_table(_noted("<sup>[1]</sup>")))),
    "html, superscript note linked": (
        5,
        ".html",
        _page(_table(_noted('<sup><a href="#n1">①</a></sup>'))),
    ),
    "html, input": (5, ".html", _page(_table(_field))),
    "html, text areas": (5, ".html", _page(_table(_area))),
    "docx, table in a cell": (4, ".docx", _document(_in_a_cell)),
    "docx, text box": (4, ".docx", _document(_in_a_box)),
    "docx, content control": (4, ".docx", _document(_in_a_control)),
    "docx, superscript note": (5, ".docx", _document(lambda table: table, superscript="1")),
    "docx, superscript ①": (5, ".docx", _document(lambda table: table, superscript="①")),
}


class Variant(NamedTuple):
    """A change in a kind of file, and the kind of peculiarity it is."""

    change: str
    file: str
    kind: int

    @property
    def name(self) -> str:
        """The change and the file in words."""
        return f"{self.change}, in {self.file}"

    @property
    def right(self) -> frozenset[str]:
        """The codes of findings that are true of its files."""
        return RIGHT.get(self.change, frozenset())

    @property
    def whole(self) -> bool:
        """Whether every cell must be bound."""
        return self.change not in MAY_BE_UNREAD

    @property
    def suffix(self) -> str:
        """The end of its files' names."""
        return FILES[self.file][0] if self.file in FILES else LAYOUTS[self.file][1]

    def write(self, blocks: Sequence[Block]) -> bytes:
        """Return the file that *blocks* make."""
        write = FILES[self.file][1] if self.file in FILES else LAYOUTS[self.file][2]
        return write(CHANGES[self.change][1](blocks))


VARIANTS: tuple[Variant, ...] = (
    *(Variant(change, file, kind) for change, (kind, _) in CHANGES.items() for file in FILES),
    *(Variant("as it is", file, kind) for file, (kind, _, _) in LAYOUTS.items()),
)
