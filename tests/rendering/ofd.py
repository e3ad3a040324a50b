"""A report as OFD: lines of signs and ruled cells at their places, in millimetres, written as its programs write them."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from random import Random
from typing import NamedTuple
from xml.sax.saxutils import escape

from rendering.grids import Block, Grid, Line, Slot

WIDTH, HEIGHT = 210.0, 297.0
_LEFT, _TOP, _FOOT = 25.0, 30.0, 255.0  # of the text
_NUMBER_AT = 266.7  # from the top, the line that the page number stands on: inside what is left free
_ACROSS = WIDTH - 2 * _LEFT
_SIZES: Mapping[str, float] = {"title": 7.0, "heading": 5.6, "aspect": 5.6, "prose": 5.6}
_IN_CELLS, _PADDING = 3.6, 1.4
_LEADING = 1.5  # sizes from one line to the next
_FIRST = 3  # how much wider than the others the first column is
_ASCENT = 0.86  # of its size that a sign reaches above the line it stands on
# What stands together at the end of a line: a word or a sign, and the marks behind it.
_TOKEN = re.compile("[“‘（《〈【]*(?:[!-~]+|.)[”’）》〉】，。；：、！？]*", re.DOTALL)


class Words(NamedTuple):
    """Signs on one line from *x* on, *y* above the foot of the page they stand on; *steps* from each to the next."""

    x: float
    y: float
    size: float
    text: str
    steps: tuple[float, ...]


class Ruled(NamedTuple):
    """A straight line."""

    x: float
    y: float
    to_x: float
    to_y: float


class Sheet(NamedTuple):
    """What is drawn on a page of *width* by *height*; *pictures* are left, top, width and height."""

    words: list[Words]
    lines: list[Ruled]
    pictures: list[tuple[float, float, float, float]]
    width: float = WIDTH
    height: float = HEIGHT


class Style(NamedTuple):
    """What one program writes in another way than the next."""

    namespace: str = "http://www.ofdspec.org/2016"
    absolute: bool = False  # locations from the root
    points: bool = False  # drawn in points under a matrix
    filled: bool = False  # lines are thin rectangles
    counted: bool = True  # equal steps are written once
    behind: bool = False  # lines are on a template


def ofd(blocks: Sequence[Block], rng: Random) -> bytes:
    """Return *blocks* as OFD, in one of the ways that programs have."""
    namespace = rng.choice(("http://www.ofdspec.org/2016", "http://www.ofdspec.org"))
    return written(laid_out(blocks), Style(namespace, *(rng.random() < 0.5 for _ in Style._fields[1:])))


# -- where things are ------------------------------------------------------------------------------------


def laid_out(blocks: Sequence[Block]) -> list[Sheet]:
    """Return the pages of *blocks*, each with its number at the foot."""
    pages = [Sheet([], [], [])]
    down = _TOP
    for block in blocks:
        place = _table if isinstance(block, Grid) else _paragraph
        down = place(block, pages, down)  # type: ignore[operator]
    for number, page in enumerate(pages, 1):
        text = f"— {number} —"
        page.words.append(_words((WIDTH - _width(text, 5.0)) / 2, _NUMBER_AT, 5.0, text))
    return pages


def _paragraph(line: Line, pages: list[Sheet], down: float) -> float:
    """Draw *line* from *down* on, and return where it ends."""
    size = _SIZES[line.role]
    indent = 0.0 if line.role == "title" else 2 * size
    down += 0.6 * size if line.role == "title" else 0.0
    for number, text in enumerate(_wrapped(line.text, size, _ACROSS, indent)):
        if down + _LEADING * size > _FOOT:
            pages.append(Sheet([], [], []))
            down = _TOP
        left = _LEFT + (indent if number == 0 else 0.0)
        if line.role == "title":
            left = (WIDTH - _width(text, size)) / 2
        pages[-1].words.append(_words(left, down + _ASCENT * size, size, text))
        down += _LEADING * size
    return down


def _table(grid: Grid, pages: list[Sheet], down: float) -> float:
    """Draw *grid* from *down* on, its rows on the next page where they have no room, and return where it ends."""
    down += 2.0
    unit = _ACROSS / (grid.columns - 1 + _FIRST)
    edges = [_LEFT + unit * (column + (_FIRST - 1 if column else 0)) for column in range(grid.columns + 1)]
    texts = {cell: _in_cell(cell, edges) for cell in grid.cells}
    heights = [_LEADING * _IN_CELLS + 2 * _PADDING] * grid.rows
    for cell in sorted(grid.cells, key=lambda cell: cell.row + cell.rows):
        needed = len(texts[cell]) * _LEADING * _IN_CELLS + 2 * _PADDING
        last = cell.row + cell.rows - 1
        heights[last] += max(0.0, needed - sum(heights[cell.row : last + 1]))
    tops: list[tuple[int, float]] = []  # page and top of each row
    head = max(cell.rows for cell in grid.cells if cell.row == 0)  # stays together
    for row, height in enumerate(heights):
        if down + (sum(heights[:head]) if row == 0 else height) > _FOOT:
            pages.append(Sheet([], [], []))
            down = _TOP
        tops.append((len(pages) - 1, down))
        down += height
    for cell, lines in texts.items():
        rows = range(cell.row, cell.row + cell.rows)
        left, right = edges[cell.column], edges[cell.column + cell.columns]
        for page, group in groupby(rows, lambda row: tops[row][0]):
            parts = list(group)
            top, bottom = tops[parts[0]][1], tops[parts[-1]][1] + heights[parts[-1]]
            corners = ((left, top), (right, top), (right, bottom), (left, bottom), (left, top))
            pages[page].lines.extend(Ruled(*a, *b) for a, b in pairwise(corners))
            at = top + _PADDING
            while lines and at + _LEADING * _IN_CELLS + _PADDING < bottom + 0.01:
                foot = at + _ASCENT * _IN_CELLS
                pages[page].words.append(_words(left + _PADDING, foot, _IN_CELLS, lines.pop(0)))
                at += _LEADING * _IN_CELLS
        assert not lines
    return down + 2.0


def _in_cell(cell: Slot, edges: Sequence[float]) -> list[str]:
    room = edges[cell.column + cell.columns] - edges[cell.column] - 2 * _PADDING
    return [line for text in cell.text.split("\n") if text for line in _wrapped(text, _IN_CELLS, room)]


def _wrapped(text: str, size: float, room: float, indent: float = 0.0) -> Iterator[str]:
    """Yield the lines of *text*, each no wider than *room*, the first set in by *indent*."""
    line, left = "", room - indent
    for token in _TOKEN.findall(text):
        if line and _width(line + token, size) > left:
            yield line
            line, left = "", room
        line += token
    yield line


def _width(text: str, size: float) -> float:
    return sum(_wide(sign, size) for sign in text)


def _wide(sign: str, size: float) -> float:
    return size / 2 if sign.isascii() else size


def _words(x: float, y: float, size: float, text: str) -> Words:
    return Words(x, y, size, text, tuple(_wide(sign, size) for sign in text[:-1]))


# -- how it is written -----------------------------------------------------------------------------------


def written(sheets: Sequence[Sheet], style: Style | None = None) -> bytes:
    """Return *sheets* as a file."""
    style = style or Style()
    root = "/Doc_0/" if style.absolute else ""
    pages, templates, parts = "", "", {}
    for number, sheet in enumerate(sheets):
        paths = "".join(_path(line, style) for line in sheet.lines)
        pictures = "".join(
            f'<ofd:ImageObject ID="9" ResourceID="8" Boundary="{x} {y} {w} {h}" CTM="{w} 0 0 {h} 0 0"/>'
            for x, y, w, h in sheet.pictures
        )
        words = "".join(_text(one, style) for one in sheet.words)
        used = f'<ofd:Template TemplateID="T{number}" ZOrder="Background"/>' if style.behind else ""
        area = f"<ofd:Area><ofd:PhysicalBox>0 0 {sheet.width} {sheet.height}</ofd:PhysicalBox></ofd:Area>"
        own = pictures + ("" if style.behind else paths) + words
        parts[f"Doc_0/Pages/Page_{number}/Content.xml"] = page(style, area + used, own)
        pages += f'<ofd:Page ID="P{number}" BaseLoc="{root}Pages/Page_{number}/Content.xml"/>'
        if style.behind:
            parts[f"Doc_0/Tpls/Tpl_{number}/Content.xml"] = page(style, "", paths)
            templates += f'<ofd:TemplatePage ID="T{number}" BaseLoc="{root}Tpls/Tpl_{number}/Content.xml"/>'
    area = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
    common = f"<ofd:CommonData><ofd:MaxUnitID>1</ofd:MaxUnitID>{area}{templates}</ofd:CommonData>"
    parts["Doc_0/Document.xml"] = _part(style, "Document", f"{common}<ofd:Pages>{pages}</ofd:Pages>")
    return package({"OFD.xml": root_part(f"{root[:1]}Doc_0/Document.xml", style=style), **parts})


def root_part(*documents: str, style: Style | None = None, more: str = "") -> str:
    """Return the part that names the *documents*."""
    bodies = "".join(
        f"<ofd:DocBody><ofd:DocInfo><ofd:DocID>0</ofd:DocID></ofd:DocInfo><ofd:DocRoot>{name}</ofd:DocRoot>{more}</ofd:DocBody>"
        for name in documents
    )
    return _part(style or Style(), "OFD", bodies)


def package(parts: Mapping[str, str | bytes]) -> bytes:
    """Return *parts* by their names as a zip."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def document(
    *contents: str,
    common: str = "",
    beside: str = "",
    body: str = "",
    more: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """Return a file whose pages have these *contents*, objects as written.

    The document has *common* data, *beside* it what else is said of it, the root *body*, and the file *more* parts.
    """
    pages = "".join(f'<ofd:Page ID="{n}" BaseLoc="P{n}.xml"/>' for n in range(len(contents)))
    said = f"<ofd:CommonData>{common}</ofd:CommonData><ofd:Pages>{pages}</ofd:Pages>{beside}"
    return package(
        {
            "OFD.xml": root_part("D/Document.xml", more=body),
            "D/Document.xml": _part(Style(), "Document", said),
            **{f"D/P{n}.xml": page(Style(), "", content) for n, content in enumerate(contents)},
            **(more or {}),
        }
    )


def _part(style: Style, name: str, inner: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<ofd:{name} xmlns:ofd="{style.namespace}">{inner}</ofd:{name}>'


def page(style: Style, head: str, objects: str) -> str:
    """Return the part of a page, or of a template, with *objects* on it."""
    return _part(style, "Page", f'{head}<ofd:Content><ofd:Layer ID="1">{objects}</ofd:Layer></ofd:Content>')


_POINT = 0.3528  # millimetres


def _text(words: Words, style: Style) -> str:
    unit = _POINT if style.points else 1.0
    matrix = f' CTM="{_POINT} 0 0 {_POINT} 0 0"' if style.points else ""
    top = words.y - words.size
    wide = sum(words.steps) + words.size
    steps = _steps([step / unit for step in words.steps], style)
    return (
        f'<ofd:TextObject ID="2" Font="3" Size="{words.size / unit:.4f}"{matrix}'
        f' Boundary="{words.x:.4f} {top:.4f} {wide:.4f} {1.2 * words.size:.4f}">'
        f'<ofd:TextCode X="0" Y="{words.size / unit:.4f}"{steps}>{escape(words.text)}</ofd:TextCode></ofd:TextObject>'
    )


def _steps(steps: Sequence[float], style: Style) -> str:
    said = [f"{step:.4f}" for step in steps]
    if style.counted:
        groups = [(value, len(list(group))) for value, group in groupby(said)]
        said = [f"g {count} {value}" if count > 1 else value for value, count in groups]
    return f' DeltaX="{" ".join(said)}"' if said else ""


def _path(line: Ruled, style: Style) -> str:
    left, top = min(line.x, line.to_x), min(line.y, line.to_y)
    wide, high = abs(line.x - line.to_x), abs(line.y - line.to_y)
    if style.filled:
        wide, high = wide or 0.35, high or 0.35
        look, data = (
            ' Fill="true" Stroke="false"',
            f"M 0 0 L {wide:.4f} 0 L {wide:.4f} {high:.4f} L 0 {high:.4f} C",
        )
    else:
        look, data = "", f"M 0 0 L {wide:.4f} {high:.4f}"
    return (
        f'<ofd:PathObject ID="4" LineWidth="0.35"{look} Boundary="{left:.4f} {top:.4f} {wide:.4f} {high:.4f}">'
        f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
    )
