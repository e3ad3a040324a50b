"""From a text to its outline: title, preamble, sections, paragraphs and grids of raw cells.

The only module that meets the parser's tree. If a table notation has lost cells or the ends of rows, binding
restores them with the help of the form.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import zip_longest
from types import MappingProxyType
from typing import Any

from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

from nianbao.report.heading_marks import HEAD, plain_headings
from nianbao.text.marks import CELL_MARK
from nianbao.text.source import Span

_CELL_BREAK = re.compile(r"(?<!\\)\|")
_CELL_MARK = re.compile(CELL_MARK)
_COVER = "\x02"  # stands for each character of a table that is read loosely
_LIKE_A_PIPE = "\u2223"  # replaces a pipe if cells are marked: a sign like any other
_TAB = re.compile("\t")
_GRID_RULE = re.compile(r"\+[-=:+]+\+")
_NO_PROSE = re.compile(r"[\s|+:*_=\u2500-\u257f-]{3,}")  # a rule, a part of a frame
_BLANK = " \t\u3000\r\n\xa0"
# In the alphabet of the grammar.
_MARKERS = re.compile(
    r"[ \t]*(?:\x03|#+ *)?(?:\*\*)?"
    r"(?P<numeral>一+(?=[、. ])|第一+部分|[（(]一+[）)]|[0-9]{1,2}(?=[.、])|[①-⑩])?[、.： ]*"
)


class Piece(NamedTuple):
    """A piece of the text, and its span."""

    text: str
    span: Span


class Grid(NamedTuple):
    """Rows of raw cells as the notation gives them; a *stream* has lost the ends of its rows.

    *caption* is the line of prose, or the heading below level one, directly above them. A *loose* grid was
    read by the words of the form: its notation says nothing about empty cells.
    """

    rows: tuple[tuple[Piece, ...], ...]
    stream: bool
    caption: Piece | None = None
    loose: bool = False

    @property
    def span(self) -> Span:
        """From the first cell to the last."""
        return Span(self.rows[0][0].span.start, self.rows[-1][-1].span.end)


class Heading(NamedTuple):
    """A heading: its level from 1, its numeral as printed ("" for none), its title and its whole line."""

    level: int
    numeral: str
    title: Piece
    span: Span


class Part(NamedTuple):
    """A heading with all that is under it; *heading* is None for the preamble."""

    heading: Heading | None
    paragraphs: tuple[Piece, ...]
    grids: tuple[Grid, ...]
    parts: "tuple[Part, ...]"


class Outline(NamedTuple):
    """A text as read: the lines of its head, the preamble and the level-one parts."""

    head: tuple[Piece, ...]
    preamble: Part
    sections: tuple[Part, ...]


_NONE: Mapping[int, Grid] = MappingProxyType({})


@cache
def _parser() -> Any:
    from nianbao_grammar import parser

    return parser()


def tree(text: str, loose: Mapping[int, Grid] = _NONE) -> Any:
    """Return the parser's tree of *text*; its tokens carry offsets into *text*. Every text has one."""
    text = plain_headings(text.replace(_COVER, " ").replace(HEAD, " "))
    return _parser().parse(_plain(_covered(text, loose) if loose else text))


def _covered(text: str, grids: Mapping[int, Grid]) -> str:
    """Return *text* with a cover over the lines of each of *grids*, the last line end left out."""
    parts, done = [], 0
    for start, grid in grids.items():
        end = text.find("\n", grid.span.end)
        end = len(text) if end < 0 else end
        parts += [text[done:start], _COVER * (end - start)]
        done = end
    return "".join((*parts, text[done:]))


def _plain(text: str) -> str:
    """Return *text* in the alphabet of the grammar: the same length, but for the line end added at the end."""
    if CELL_MARK in text:
        text = text.replace("|", _LIKE_A_PIPE).replace(CELL_MARK, "|")
    text = text.replace("\r\n", " \n").replace("\r", "\n").replace("\u3000", " ").replace("．", ".") + "\n"
    for numeral in "二三四五六七八九十":
        text = text.replace(numeral, "一")
    return text


def read(text: str, loose: Mapping[int, Grid] = _NONE) -> Outline:
    """Return the outline of *text*, the *loose* grids where their lines begin. Never fails."""
    head: tuple[Piece, ...] = ()
    preamble = Part(None, (), (), ())
    sections = []
    for child in tree(text, loose).children:
        if child.data == "title":
            head = tuple(_piece(text, token) for token in child.children)
        elif child.data == "preamble":
            preamble = _part(text, child.children, None, loose)
        else:
            sections.append(_part(text, child.children[1:], _heading(text, child.children[0], 1), loose))
    return Outline(head, preamble, tuple(sections))


_LEVELS = {"section": 1, "subsection": 2, "item": 3}
_TABLE, _PROSE = 0, 4  # the events that are no headings; those have their levels
_MOST_CUT = 4  # a cell of more lines is no label
_ROW_LABEL = (
    r"[（(]一[）)](予以公开|部分公开|不予公开|无法提供|不予处理|其他处理|总计)"
    r"|[1-8][.、](属于|其他|危及|保护第.方|本机关|没有现成|补正|信访|重复申请|要求|无正当|申请人)"
)


def _part(text: str, children: Iterable[Any], heading: Heading | None, loose: Mapping[int, Grid]) -> Part:
    events = list(_events(children))
    cut = _cut_from_cells(events)
    stack = [_Open(text, heading, 1, loose)]
    for number, (kind, node) in enumerate(events):
        if kind == _TABLE:
            stack[-1].table(node)
        elif kind == _PROSE and _NO_PROSE.fullmatch(node.strip()):
            stack[-1].ruled(node.strip())
        elif (number in cut and stack[-1].goes_on) or stack[-1].ends_with(node):
            stack[-1].broken(node)
        elif kind == _PROSE:
            stack[-1].prose(_piece(text, node))
        else:
            while len(stack) > 1 and stack[-1].level >= kind:
                done = stack.pop().part()
                stack[-1].parts.append(done)
            stack.append(_Open(text, _heading(text, node, kind), kind, loose))
    while len(stack) > 1:
        done = stack.pop().part()
        stack[-1].parts.append(done)
    return stack[0].part()


def _events(children: Iterable[Any]) -> Iterator[tuple[int, Any]]:
    """Yield tables, prose and headings in the order of the text, each with its kind or its level."""
    for child in children:
        kind = getattr(child, "data", None)
        if kind is None:
            yield _PROSE, child
        elif kind == "table":
            yield _TABLE, child
        else:
            first, *rest = child.children
            yield _LEVELS[kind], first
            yield from _events(rest)


def _cut_from_cells(events: Sequence[tuple[int, Any]]) -> frozenset[int]:
    """Return the numbers of the lines that a line end inside a cell has cut off.

    They are prose between two lines of a table with no empty line on either side, or a line that would be a
    heading if the next line of the table did not make it the label of a row of table three.
    """
    cut: set[int] = set()
    run: list[int] = []
    words = ""  # of the run
    end = -1  # of the line above, -1 if a table cannot go on behind it
    for number, (kind, node) in enumerate(events):
        first = _first(node) if kind == _TABLE else node
        if first.start_pos != end:
            run, words = [], ""
        if kind == _TABLE:
            if all(events[n][0] == _PROSE for n in run) or re.match(
                _ROW_LABEL, "".join((words + _first_cell(first)).split())
            ):
                cut.update(run)
            run, words, end = [], "", _last(node).end_pos
        elif first.start_pos == end and len(run) < _MOST_CUT and "。" not in node:
            run.append(number)
            words += node
            end = node.end_pos
        else:
            run, end = [], -1
    return frozenset(cut)


def _first(table: Any) -> Any:
    line = table.children[0]
    return line.children[0] if getattr(line, "data", None) else line


def _first_cell(line: Any) -> str:
    return str(line).partition("\n")[0] if line.type in ("CELLS", "ROW") else str(line)


def _last(table: Any) -> Any:
    line = table.children[-1]
    return line.children[-1] if getattr(line, "data", None) else line


class _Open:
    """A part that is being read: lines of prose, and rows of cells gathered into grids.

    A line that was cut from a cell continues it if the notation shows that the cell was not closed; else it
    is a row of its own, and binding finds the label that it begins.
    """

    def __init__(self, text: str, heading: Heading | None, level: int, loose: Mapping[int, Grid]) -> None:
        self.text = text
        self.loose = loose
        self.heading = heading
        self.level = level
        self._marked = CELL_MARK in text
        self.parts: list[Part] = []
        self._paragraphs: list[Piece] = []
        self._grids: list[Grid] = []
        self._rows: list[list[Piece]] = []
        self._bars: list[Piece] = []
        self._tab_open = False  # whether the last line is a tab-led cell and no empty line has closed its row
        self._cell_open = False  # whether the last cell may go on in the next line
        self._row_open = False  # whether the next tab-led cells belong to the row of the last
        self._led = False  # whether rows of pipes begin with one
        self._above_rule = 0  # how many rows there were at the last rule of a drawn grid
        self._captioned = -1  # how many paragraphs were above the last grid

    def part(self) -> Part:
        """Return the part as read so far."""
        self._flush()
        return Part(self.heading, tuple(self._paragraphs), tuple(self._grids), tuple(self.parts))

    def prose(self, piece: Piece) -> None:
        """Take a paragraph; the table before it has ended."""
        self._flush()
        if piece.text:
            self._paragraphs.append(piece)

    def ruled(self, line: str) -> None:
        """Take a line without words, which is no prose.

        The lines between two rules of a drawn grid are those of one row, if each cell has one figure at most.
        """
        if not _GRID_RULE.fullmatch(line):
            return
        lines = self._rows[self._above_rule :]
        columns = list(zip_longest(*lines)) if len(lines) > 1 else []
        if columns and all(None not in c and sum(p.text[:1].isdigit() for p in c) <= 1 for c in columns):
            self._rows[self._above_rule :] = [[_stacked(column) for column in columns]]
        self._above_rule = len(self._rows)

    @property
    def goes_on(self) -> bool:
        """Whether the next line may belong to the table; behind a tab-led figure it does not."""
        return bool(self._rows) and (self._cell_open or not self._tab_open)

    def ends_with(self, line: Any) -> bool:
        """Return whether *line* is the end of the last cell of a tab-led row, an empty line after it."""
        if not (self._tab_open and self._cell_open and line.type == "SHORT"):
            return False
        adjacent = self._rows[-1][-1].span.end + 1 == line.start_pos
        return adjacent and self.text[line.end_pos : line.end_pos + 1] in "\r\n"

    def broken(self, line: Any) -> None:
        """Take a line that a line end inside a cell has cut off."""
        if self._cell_open:
            last = self._rows[-1]
            last[-1] = _trimmed(self.text, last[-1].span.start, line.end_pos)
            self._row_open = self.text[line.end_pos : line.end_pos + 1] not in ("", "\r", "\n")
        else:
            self._rows.append([_piece(self.text, line)])

    def table(self, node: Any) -> None:
        """Take the lines of a table."""
        for line in node.children:
            if getattr(line, "data", None) == "tab_row":
                self._tab_led(line.children)
            elif line.type == "LOOSE":
                self._flush(self.loose[line.start_pos])
            elif line.type == "BAR":
                if self._rows:
                    self._flush()
                self._bars.append(_below_bar(self.text, line))
            elif line.type == "TABS":
                self._tabs(line)
            elif self._marked or not _is_rule(line):
                self._pipes(line)

    def _row(self, cells: Iterable[Piece]) -> None:
        if self._bars:
            self._flush()
        row = list(cells)
        if row:
            self._rows.append(row)
        self._cell_open = self._row_open = self._tab_open = False

    def _tab_led(self, tokens: Sequence[Any]) -> None:
        cells = [cell for token in tokens for cell in _behind_tabs(self.text, token)]
        if self._row_open:
            self._rows[-1].extend(cells)
        else:
            self._row(cells)
        self._tab_open = tokens[-1].type == "CELLS"
        self._cell_open = self._tab_open and self._may_go_on()
        self._row_open = False

    def _tabs(self, token: Any) -> None:
        cells = list(_split(self.text, token, _TAB))
        words = [cell for cell in cells if cell.text]
        sentence = any("。" in cell.text for cell in words)
        if sentence and not any(cell.text.isdecimal() for cell in words):  # prose with a tab before or in it
            self.prose(_piece(self.text, token))
        else:
            self._row(cells)

    def _pipes(self, token: Any) -> None:
        """Take a line of pipes; if the first row begins with one, a line that does not continues a cell.

        A figure is never broken, so behind one a line that begins with no pipe is a row of its own.
        """
        line = str(token).strip(_BLANK)
        if line == "|":  # the last of one pipe a line: it closes a cell and opens none
            return
        cells = list(_split(self.text, token, _CELL_MARK if self._marked else _CELL_BREAK))
        led = line.startswith("|")
        if not self._rows:
            self._led = led
        closed = line.endswith("|") and len(line) > 1
        if led or not self._cell_open:
            self._row(cells[led : len(cells) - closed] if self._led else cells)
        else:
            last = self._rows[-1]
            last[-1] = _trimmed(self.text, last[-1].span.start, cells[0].span.end)
            last.extend(cells[1 : len(cells) - closed])
        self._cell_open = self._led and not closed and self._may_go_on()

    def _may_go_on(self) -> bool:
        """Return whether the last cell may have a second line; a figure has none."""
        last = self._rows[-1][-1].text if self._rows else ""
        return bool(last) and not last[-1].isdigit()

    def _flush(self, loose: Grid | None = None) -> None:
        caption = self._paragraphs[-1] if self._paragraphs else None
        if caption is None and self.heading is not None and self.level > 1:
            caption = self.heading.title
        if self._grids and self._captioned == len(self._paragraphs):
            caption = None  # it belongs to the grid before
        grids = len(self._grids)
        if self._bars:
            self._grids.append(Grid((tuple(self._bars),), True, caption))
        if self._rows:
            self._grids.append(Grid(tuple(map(tuple, self._rows)), False, caption))
        if loose is not None:
            self._grids.append(loose._replace(caption=caption))
        if len(self._grids) > grids:
            self._captioned = len(self._paragraphs)
        self._bars, self._rows = [], []
        self._above_rule = 0
        self._cell_open = self._row_open = self._tab_open = False


def _stacked(lines: Sequence[Piece]) -> Piece:
    """Return the cell that has *lines* one below the other."""
    said = [line for line in lines if line.text] or lines[:1]
    return Piece("\n".join(line.text for line in said), Span(said[0].span.start, said[-1].span.end))


def _is_rule(line: str) -> bool:
    """Return whether *line* is the rule under a Markdown header."""
    return "---" in line and not line.strip(" \t\r\n|:-")


def _heading(text: str, token: Any, level: int) -> Heading:
    line = _piece(text, token)
    match = _MARKERS.match(token)
    assert match is not None  # it may match nothing
    numeral = text[slice(*(token.start_pos + at for at in match.span("numeral")))] if match["numeral"] else ""
    start = token.start_pos + match.end()
    end = line.span.end
    while start < end and text[start] in "* ":
        start += 1
    while end > start and text[end - 1] in "*。：；;:】]" + _BLANK:
        end -= 1
    start = min(start, end)
    return Heading(level, numeral, Piece(text[start:end], Span(start, end)), line.span)


def _piece(text: str, token: Any) -> Piece:
    return _trimmed(text, token.start_pos, token.end_pos)


def _behind_tabs(text: str, token: Any) -> list[Piece]:
    """Return the cells that are led by a tab each; an empty one is behind it, where a figure would be."""
    cells: list[Piece] = []
    start = token.start_pos
    for line in token.split("\n"):
        if line[:1] != "\t":
            break  # an empty line closes the row
        end = start + len(line)
        words = text[start + 1 : end]
        # Most are figures.
        cells.append(
            Piece(words, Span(start + 1, end)) if words.isdecimal() else _trimmed(text, start + 1, end)
        )
        start = end + 1
    return cells


def _below_bar(text: str, token: Any) -> Piece:
    """Return the cell below a bar on a line of its own; an empty one is there, where a figure would be."""
    start = text.index("|", token.start_pos) + 1
    below = text.find("\n", start, token.end_pos) + 1
    cell = _trimmed(text, start, token.end_pos)
    return cell if cell.text or not below else Piece("", Span(below, below))


def _trimmed(text: str, start: int, end: int) -> Piece:
    words = text[start:end]
    if "&nbsp;" in words:
        plain = words.replace("&nbsp;", " " * len("&nbsp;"))
        start += len(plain) - len(plain.lstrip())
        words = text[start : start + len(plain.strip())]
    own = words.strip(_BLANK)
    if own is not words and own:  # some were taken off
        start += len(words) - len(words.lstrip(_BLANK))
    return Piece(own, Span(start, start + len(own)))


def _split(text: str, token: Any, mark: re.Pattern[str]) -> Iterator[Piece]:
    start = token.start_pos
    end = min(token.end_pos, len(text))
    for match in mark.finditer(text, start, end):
        yield _trimmed(text, start, match.start())
        start = match.end()
    yield _trimmed(text, start, end)
