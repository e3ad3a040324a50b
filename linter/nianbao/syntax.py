"""From a text to its outline: title, preamble, sections, paragraphs and grids of raw cells.

The only module that meets the parser's tree. What a table notation has lost stays lost here; binding
gives it back with the help of the form.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

from nianbao.source import Span

_CELL_BREAK = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"[\s|:\-]*-{3,}[\s|:\-]*")
_BLANK = " \t\u3000\n\xa0"
_MARKERS = re.compile(
    r"[ \u3000]*(?:#+[ ]*)?(?:\*\*)?"
    r"(?P<numeral>[一二三四五六七八九十]+(?=[、．. \u3000])|第[一二三四五六七八九十]+部分"
    r"|[（(][一二三四五六七八九十]+[）)]|[0-9]{1,2}(?=[.、．])|[①-⑩])?[、．.： \u3000]*"
)


class Piece(NamedTuple):
    """A piece of the text and where it stands."""

    text: str
    span: Span


class Grid(NamedTuple):
    """Rows of raw cells as the notation gives them; a *stream* has lost where its rows end."""

    rows: tuple[tuple[Piece, ...], ...]
    stream: bool

    @property
    def span(self) -> Span:
        """From the first cell to the last."""
        cells = [cell for row in self.rows for cell in row]
        return Span(cells[0].span.start, cells[-1].span.end)


class Heading(NamedTuple):
    """A heading: its level from 1, its numeral as printed ("" for none), its title and its whole line."""

    level: int
    numeral: str
    title: Piece
    span: Span


class Part(NamedTuple):
    """A heading with what stands under it up to the next heading; *heading* is None for the preamble."""

    heading: Heading | None
    paragraphs: tuple[Piece, ...]
    grids: tuple[Grid, ...]
    parts: "tuple[Part, ...]"


class Outline(NamedTuple):
    """A text as read: the lines of its head, the preamble and the level-one parts."""

    head: tuple[Piece, ...]
    preamble: Part
    sections: tuple[Part, ...]


@cache
def _parser() -> Any:
    from nianbao_grammar import parser

    return parser()


def tree(text: str) -> Any:
    """Return the parser's tree of *text*; its tokens carry offsets into *text*. Every text has one."""
    # One line end, at the same offsets; and one at the very end.
    return _parser().parse(text.replace("\r\n", " \n").replace("\r", "\n") + "\n")


def read(text: str) -> Outline:
    """Return the outline of *text*. Never fails."""
    head: tuple[Piece, ...] = ()
    preamble = Part(None, (), (), ())
    sections = []
    for child in tree(text).children:
        if child.data == "title":
            head = tuple(_piece(text, token) for token in child.children)
        elif child.data == "preamble":
            preamble = _part(text, child.children, None)
        else:
            sections.append(_part(text, child.children[1:], _heading(text, child.children[0], 1)))
    return Outline(head, preamble, tuple(sections))


_LEVELS = {"section": 1, "subsection": 2, "item": 3}


def _part(text: str, children: Iterable[Any], heading: Heading | None) -> Part:
    paragraphs: list[Piece] = []
    grids: list[Grid] = []
    parts: list[Part] = []
    for child in children:
        kind = getattr(child, "data", None)
        if kind is None:
            paragraphs.append(_piece(text, child))
        elif kind == "table":
            grids.extend(_grids(text, child.children))
        else:
            first, *rest = child.children
            parts.append(_part(text, rest, _heading(text, first, _LEVELS[kind])))
    return Part(heading, tuple(p for p in paragraphs if p.text), tuple(grids), tuple(parts))


def _heading(text: str, token: Any, level: int) -> Heading:
    line = _piece(text, token)
    match = _MARKERS.match(line.text)
    numeral = (match["numeral"] or "") if match else ""
    start = line.span.start + (match.end() if match else 0)
    end = line.span.end
    while end > start and text[end - 1] in "*。：" + _BLANK:
        end -= 1
    start = min(start, end)
    return Heading(level, numeral, Piece(text[start:end], Span(start, end)), line.span)


def _piece(text: str, token: Any) -> Piece:
    return _trimmed(text, token.start_pos, min(token.end_pos, len(text)))


def _trimmed(text: str, start: int, end: int) -> Piece:
    while end > start and text[end - 1] in "\r" + _BLANK:
        end -= 1
    while start < end and text[start] in _BLANK:
        start += 1
    return Piece(text[start:end], Span(start, end))


def _grids(text: str, children: Iterable[Any]) -> Iterator[Grid]:
    """Yield a grid for each run of one notation. Rows without any cell, like Markdown's rule, are left out."""
    rows: list[tuple[Piece, ...]] = []
    bars: list[Piece] = []
    for child in children:
        if getattr(child, "data", None) == "tab_row":
            rows.append(tuple(_piece(text, token) for token in child.children if token.type == "CELL"))
        elif child.type == "BAR":
            bars.append(_trimmed(text, text.index("|", child.start_pos) + 1, child.end_pos))
            continue
        elif child.type == "TABS":
            rows.append(tuple(_split(text, child, re.compile("\t"))))
        elif not _RULE.fullmatch(child):
            _pipes(text, child, rows)
        if bars:
            yield Grid((tuple(bars),), stream=True)
            bars = []
    if bars:
        yield Grid((tuple(bars),), stream=True)
    rows = [row for row in rows if row]
    if rows:
        yield Grid(tuple(rows), stream=False)


def _pipes(text: str, token: Any, rows: list[tuple[Piece, ...]]) -> None:
    """Add the cells of a line of pipes to *rows*.

    Where rows begin with a pipe, a line that does not goes on with the last cell of the row above: the
    cell held a line end.
    """
    cells = list(_split(text, token, _CELL_BREAK))
    led = str(token).lstrip(_BLANK).startswith("|")
    if led:
        cells = cells[1:]
    elif rows and rows[-1] and text[: rows[-1][0].span.start].rstrip(_BLANK).endswith("|"):
        last, cells = rows.pop(), cells
        joined = _trimmed(text, last[-1].span.start, cells[0].span.end)
        cells = [*last[:-1], joined, *cells[1:]]
    if str(token).rstrip(_BLANK).endswith("|"):
        cells = cells[:-1]
    rows.append(tuple(cells))


def _split(text: str, token: Any, mark: re.Pattern[str]) -> Iterator[Piece]:
    start = token.start_pos
    end = min(token.end_pos, len(text))
    for match in mark.finditer(text, start, end):
        yield _trimmed(text, start, match.start())
        start = match.end()
    yield _trimmed(text, start, end)
