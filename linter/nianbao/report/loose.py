"""Tables whose notation is lost: read by the words of the form, whatever parts their cells.

A copy of a table may have a cell a line, cells parted by blanks, pipes or commas in odd places, labels broken over
lines. What all of these keep is the order: a label of the form, then its figures. So the lines that hold nothing
but labels and figures are taken together, and read as one stream of cells. Nothing shows where a cell is
empty in such a stream: a row with too few figures is not bound.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from nianbao.report.binding import bind
from nianbao.report.form import Form, fitting_form
from nianbao.report.syntax import Grid, Piece
from nianbao.report.table import State, Table, figure
from nianbao.text.folding import fold, fold_prose, split_numeral
from nianbao.text.marks import CELL_MARK
from nianbao.text.source import Span

_LINE = re.compile(r"[^\r\n]*")
_QUOTED = re.compile(r"[ \t]*(?:>[ \t]?)+")
# Nothing but parts of a frame: the rule under a header, a line of a drawn box.
_FRAME = re.compile(r"[\s|+:\u2500-\u257f_=-]*")
_RULED = re.compile(r"[-=_\u2500-\u257f]{3}|\u2500|\u2501|\u2550")
_PAGE_NUMBER = re.compile(
    r"\s*(?:[-—–·]+\s*\d{1,3}\s*[-—–·]+|第\s*\d{1,3}\s*页(?:[，,/ ]*共\s*\d{1,3}\s*页)?)\s*"
)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_LATEX = re.compile(r"\\\\|\\hline|\\(?:begin|end)\{[a-z*]+\}(?:\{[^}]*\})?|(?<= )&(?= )")
_TOKEN = re.compile(rf"[^\s|\u2500-\u257f{CELL_MARK}]+")
_CSV_CELL = re.compile(r'"([^"]*)"|([^,;"]+)')
_LABELLED = re.compile(r"(.+)[：:](?=[\d.,]+$)")
_LONGEST = 200  # characters of a line of labels
_SIGNS = frozenset("()[]{}:;,.、·\"'/*#-~ 0123456789一二三四五六七八九十第项表")
_MIN_PIECE = 2
_HEADING = re.compile(r"[#*\s]*[一二三四五六][、.，\s]")
_NO_HEADING = re.compile(r"本年新收|上年结转|办理结果|结转下年|新收政府信息公开申请数量")


class Stretch(NamedTuple):
    """Lines of a table: the cells of each line that has some, by the offset of the line."""

    lines: Mapping[int, tuple[Piece, ...]]

    @property
    def cells(self) -> tuple[Piece, ...]:
        """The cells in order."""
        return tuple(cell for cells in self.lines.values() for cell in cells)

    @property
    def span(self) -> Span:
        """From the first cell to the last."""
        cells = self.cells
        return Span(cells[0].span.start, cells[-1].span.end)


def more_read(
    text: str, forms: Sequence[Form], due: Form | None, tables: Mapping[str, Table]
) -> dict[int, tuple[Piece, ...]]:
    """Return the cells of the lines of *text* from which more figures are bound than *tables* have from them.

    A stretch is read by that of *forms* whose labels it has, in doubt by the one that is *due*.
    """
    lines: dict[int, tuple[Piece, ...]] = {}
    bound = [cell.span.start for table in tables.values() for cell in table.cells if cell.text]
    for form in forms:
        for stretch in stretches(text, form):
            before = sum(stretch.span.start <= place < stretch.span.end for place in bound)
            labels = [fold(cell.text) for cell in stretch.cells if not _is_value(cell.text)]
            fits = form is due if before else fitting_form(labels, forms, due) in (form, None)
            if not fits or not lines.keys().isdisjoint(stretch.lines):
                continue
            found = bind(form, (Grid((stretch.cells,), stream=True),)).tables.values()
            if sum(len(table.cells) for table in found) > before:
                lines.update(stretch.lines)
    return lines


class _Token(NamedTuple):
    """A piece of a line between two separators: a figure or words."""

    text: str
    span: Span
    value: bool
    line: int  # the offset of its line


def stretches(text: str, form: Form) -> Iterator[Stretch]:
    """Yield the stretches of lines of *text* that hold nothing but labels of *form* and figures."""
    words = _words(form)
    run: dict[int, list[_Token]] = {}
    frame: dict[
        int, list[_Token]
    ] = {}  # lines without words: they belong to the table that they are in or beside
    begun = False
    for start, line in _lines(text):
        tokens = _tokens(line, start)
        if not tokens:
            frame[start] = []
        elif _is_material(tokens, line, words, form, open_=begun):
            run |= {**frame, start: tokens}
            frame, begun = {}, True
        else:
            yield from _stretch(text, run | frame, words)
            run, frame, begun = {}, {}, False
    yield from _stretch(text, run | frame, words)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for match in _LINE.finditer(text):
        if match[0]:
            yield match.start(), match[0]


def _tokens(line: str, start: int) -> list[_Token]:
    """Return the tokens of *line*, none if it is a part of a frame or a page number."""
    quoted = _QUOTED.match(line)
    at = quoted.end() if quoted else 0
    body = line[at:]
    if (_FRAME.fullmatch(body) and (_RULED.search(body) or not body.strip(" \t|"))) or _PAGE_NUMBER.fullmatch(
        body
    ):
        return []
    found = []
    for sign in (_BREAK, _LATEX):
        body = sign.sub(lambda tag: " " * len(tag[0]), body)
    for token in _TOKEN.finditer(body):
        for words, begin in _parted(token[0], token.start()):
            span = Span(start + at + begin, start + at + begin + len(words))
            found.append(_Token(words, span, _is_value(words), start))
    return found


def _parted(token: str, start: int) -> Iterator[tuple[str, int]]:
    """Yield *token* cut at the commas of a CSV file, or between a label and its figure: 行政许可：31."""
    if any(sign in token for sign in ',;"') and not _is_value(token):
        for cell in _CSV_CELL.finditer(token):
            group = 1 if cell[1] is not None else 2
            if cell[group]:
                yield cell[group], start + cell.start(group)
        return
    labelled = _LABELLED.match(token)
    if labelled is not None and _is_value(token[labelled.end() :]):
        yield labelled[1], start
        yield token[labelled.end() :], start + labelled.end()
        return
    yield token, start


def _is_value(token: str) -> bool:
    return figure(token).state in (State.NUMBER, State.MARK)


# -- the words of a form -----------------------------------------------------------------------------------


class _Words(NamedTuple):
    """The labels of a form, folded, and all of them in one text in which pieces of labels are found."""

    labels: frozenset[str]
    longest: int
    all: str
    heads: frozenset[
        str
    ]  # labels of columns: with words that are not known beside them it is a header all the same


@lru_cache(maxsize=8)
def _words(form: Form) -> _Words:
    labels = {"信息内容", "申请人情况", "法人或其他组织", "行政诉讼", "行政复议"} | set(form.groups)
    for table in form.tables:
        labels.add(fold(table.note))
        for line in table.lines:
            for label in (line.label, *line.aliases):
                labels |= {fold(label), split_numeral(fold(label))[1]}
        if table.item:
            labels |= {fold(f"第二十条第（{table.item}）项"), f"第二十条第{table.item}项"}
    labels.discard("")
    columns = (fold(column.label) for table in form.tables for column in table.columns)
    heads = frozenset(("信息内容", *(label for label in columns if len(label) > _SHORT)))
    return _Words(frozenset(labels), max(map(len, labels)), "\0".join(sorted(labels)), heads)


def _is_material(tokens: Sequence[_Token], line: str, words: _Words, form: Form, *, open_: bool) -> bool:
    """Return whether *tokens* are figures and labels, or pieces of labels; *open_* says that the line above is one."""
    if all(token.value for token in tokens):
        return open_ or len(tokens) > 1
    if sum(len(token.text) for token in tokens) > _LONGEST or _is_heading(line, form):
        return False
    said = "".join(fold(token.text) for token in tokens if not token.value)
    if _covered(said, words) or any(fold(token.text) in words.heads for token in tokens):
        return True
    return open_ and any(token.value for token in tokens) and "。" not in line and len(said) < words.longest


def _is_heading(line: str, form: Form) -> bool:
    title = fold(line.strip("#*＊ \t。：:"))
    bare = split_numeral(title)[1]
    if bare in form.section_titles:
        return True
    return (
        bool(_HEADING.match(line))
        and title.endswith(("情况", "事项", "措施"))
        and not _NO_HEADING.search(line)
    )


def _covered(said: str, words: _Words) -> bool:
    """Return whether *said* is made of labels and pieces of labels, without anything between them."""
    at, letters = 0, False
    while at < len(said):
        end = _longest(said, at, words)
        if end - at < _MIN_PIECE:
            if said[at] not in _SIGNS and not (len(said) == 1 and said in words.all):
                return False
            at += 1
            letters = letters or len(said) == 1
            continue
        at, letters = end, True
    return letters


def _longest(said: str, at: int, words: _Words) -> int:
    """Return the end of the longest piece of a label that begins at *at* in *said*."""
    low, high = at, min(len(said), at + words.longest)
    while low < high:  # every piece of a piece is one too
        middle = (low + high + 1) // 2
        if said[at:middle] in words.all:
            low = middle
        else:
            high = middle - 1
    return low


# -- the cells -----------------------------------------------------------------------------------------


def _stretch(source: str, run: Mapping[int, Sequence[_Token]], words: _Words) -> Iterator[Stretch]:
    """Yield the stretch that the lines *run* are, if they have figures and labels."""
    tokens = [token for line in run.values() for token in line]
    if not any(token.value for token in tokens):
        return
    lines: dict[int, list[Piece]] = {line: [] for line in run}
    said: list[_Token] = []
    for token in (*tokens, None):
        if token is not None and not token.value:
            said.append(token)
            continue
        for line, piece in _labels(source, said, words):
            lines[line].append(piece)
        said = []
        if token is not None:
            lines[token.line].append(Piece(token.text, token.span))
    yield Stretch({line: tuple(cells) for line, cells in lines.items()})


def _labels(source: str, said: Sequence[_Token], words: _Words) -> Iterator[tuple[int, Piece]]:
    """Yield the labels that the tokens *said* spell, each with the offset of the line in which it begins.

    A label may be in several tokens, and a token may have several labels. What is no label stays a piece as it is.
    """
    signs = [
        _Sign(sign, token, token.span.start + at)
        for token in said
        for at, character in enumerate(token.text)
        for sign in fold_prose(character)
    ]
    spelt = "".join(sign.sign for sign in signs)
    bounds = {at for at, sign in enumerate(signs) if sign.place == sign.token.span.start} | {len(signs)}
    at = unknown = 0
    while at < len(spelt):
        end = _label_end(spelt, at, words, bounds)
        if end == at:
            at += 1
            continue
        if not set(spelt[unknown:at]) <= _SIGNS:  # else it is the numeral of the label
            yield from _unknown(source, signs[unknown:at])
            unknown = at
        yield _piece(source, signs[unknown:end])
        at = unknown = end
    if not set(spelt[unknown:]) <= _SIGNS:
        yield from _unknown(source, signs[unknown:])


def _unknown(source: str, signs: Sequence["_Sign"]) -> Iterator[tuple[int, Piece]]:
    """Yield the words *signs*, which are no label: those parted within a line apart, those of two lines together."""
    first = 0
    for at in range(1, len(signs)):
        one, other = signs[at - 1].token, signs[at].token
        if one is not other and one.line == other.line:
            yield _piece(source, signs[first:at])
            first = at
    yield _piece(source, signs[first:])


class _Sign(NamedTuple):
    """A folded character of a label, the token that it is in, and its place in the text."""

    sign: str
    token: _Token
    place: int


def _label_end(spelt: str, at: int, words: _Words, bounds: set[int]) -> int:
    """Return the end of the longest label that *spelt* has at *at*, *at* for none.

    A short label counts only from the beginning of a token to the end of one: 其他 is a part of many words.
    """
    for end in range(min(len(spelt), at + words.longest), at, -1):
        if spelt[at:end] in words.labels and (end - at > _SHORT or {at, end} <= bounds):
            return end
    return at


_SHORT = 3


def _piece(source: str, signs: Sequence[_Sign]) -> tuple[int, Piece]:
    """Return the piece of *source* from the first of *signs* to the last, and the line that it begins in.

    Separators other than white space within it are left out.
    """
    first, last = signs[0], signs[-1]
    span = Span(first.place, last.place + 1)
    places = dict.fromkeys(sign.place for sign in signs)
    text, written = "".join(source[place] for place in places), source[span.start : span.end]
    return first.token.line, Piece(written if "".join(written.split()) == text else text, span)
