"""Lines that a converter has wrapped, read as the sentences, titles and headings that they were.

A converter ends a line where the next word has no room. That shows in a text of which nearly all lines of prose end
at one width, and in a paragraph whose lines end at one width, one of them where no sentence can. Everywhere else a
line end is meant.
"""

import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import pairwise

from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

from nianbao.report.form import Form
from nianbao.report.pages import without_pages
from nianbao.text.folding import fold, split_numeral
from nianbao.text.marks import CELL_MARK
from nianbao.text.source import Source, Span

# A table may have any of these in a line, and prose none of them.
_TABLE = rf"|\t{CELL_MARK}\u2500-\u257f"
# Successive lines that are neither empty nor of a table.
_BLOCK = re.compile(rf"(?m)^(?:[ \u3000]*[^\s{_TABLE}][^\r\n{_TABLE}]*(?:\r\n|\r|\n|\Z))+")
_LINE = re.compile(r"([ \u3000]*)([^\r\n]+)")
_FIGURES = re.compile(r"[-—/\\\d.,%％\s*=_~`+]*")

_HAN = "一二三四五六七八九十"
_PART = rf"(?:[{_HAN}]{{1,3}}[、.．]|第[{_HAN}]部分)"
_NUMERAL = rf"(?:{_PART}|[（(][{_HAN}\d]{{1,3}}[）)]|\d{{1,2}}(?:[、．）)]|[.](?!\d))|[①-⑳])"
_HEADED = re.compile(rf"[#* ]*(?:{_NUMERAL}|#)")
_PART_HEADED = re.compile(rf"#|[* ]*{_PART}")
_DATE = r"[（(]?[\d〇○零一二三四五六七八九]{4} ?年 ?[\d一二三四五六七八九十]{1,3} ?月 ?[\d一二三四五六七八九十]{1,3} ?日[）)]?$"
_LABEL = re.compile(r"[^\s，,。；;、：:]{1,8}[:：]")
# What begins something of its own: a heading, an item, a quotation, a tag, a label with its colon, a date.
_BEGINS = re.compile(rf"#|>|<|`|[-*+•·] |\*\*|==|{_NUMERAL}|{_LABEL.pattern}|{_DATE}")
_BULLET = re.compile(r"[-*+•·>]+ +|\d{1,3}[.、] *")
_TITLE = re.compile(r"信息公开.*(?:报告|年报)[》*]*$")
_STOP = re.compile(r"[。！？!?][”’」』）)*]*$")
_PAUSE = re.compile(r"[；;：:][”’」』）)*]*$")
_CLAUSE = re.compile("[，。；,;]")
_SENTENCE = re.compile("[，。；：,;]")
_OPENING, _CLOSING = "（(《“‘〔【「『", "）)》”’〕】」』"
_NEVER_LAST = f"，、,{_OPENING}"
_NEVER_FIRST = f"，。、；：！？％,;%{_CLOSING}"
_COUNT = re.compile(r"\d[\d.]*(?!年)[\u4e00-\u9fff]|(?:起?至|[—～-]) ?\d")  # or the end of a period
# What a line begins with that no converter parts: a word in Latin letters, a figure, a character with its marks.
_WORD = re.compile(rf"[!-~]+|.[{re.escape(_NEVER_FIRST)}]*")
_SPACED = re.compile(r"\S+(?=\s|$)")  # the same if lines are parted at blanks alone, those around figures
_NARROWEST = 12  # characters: what is shorter was ended by hand
_WIDEST = 170  # columns
_LEAST = 3  # lines that show the width of a text, one less if one of them ends where none can
_LONGEST_HEADING = 60
# Most texts have no such line: one that may go on in the next, or a heading whose rest is in the next.
_MAY_GO_ON = re.compile(
    rf"\n(?![\t|{CELL_MARK}\r\n])(?:(?!{_HEADED.pattern}[^\r\n，。；：]*[\r\n])[^\r\n{_TABLE}]{{{_NARROWEST - 1},}}[^\s。！？{_TABLE}][ ]*\r?\n[ ]*[^\s#{_TABLE}]"
    rf"|(?:#|{_PART})[^\r\n，。；：{_TABLE}]*\r?\n[ ]*[^\s#（(\d{_TABLE}][^\r\n，。；：{_TABLE}]*(?:[\r\n]|$))"
)


class _Line(NamedTuple):
    """A line of prose: its *words*, where they begin, and the *blanks* before them."""

    words: str
    start: int
    blanks: str = ""

    @property
    def end(self) -> int:
        """Where its words end."""
        return self.start + len(self.words)


class _Measure(NamedTuple):
    """A way to measure words; lines of one width may differ by *slack* from each other."""

    of: Callable[[str], int]
    slack: int

    def line(self, line: _Line) -> int:
        """Return the width of *line* with its blanks."""
        return self.of(line.blanks + line.words)


class _Edge(NamedTuple):
    """The width at which lines were wrapped, in the units of its *measure*."""

    width: int
    measure: _Measure

    def is_reached(self, above: _Line, below: _Line, *, strictly: bool = False) -> bool:
        """Return whether the beginning of *below* had no room behind *above*; if not *strictly*, nearly none."""
        room = self.width - self.measure.line(above) - (0 if strictly else self.measure.slack)
        word = _WORD.match(below.words)
        if word is None or self.measure.of(word[0]) > room:
            return True
        figures = above.words[-1].isdigit() and not below.words[0].isascii()
        spaced = _SPACED.match(below.words) if figures or below.words[0].isdigit() else None
        return spaced is not None and room <= self.measure.of(spaced[0]) <= self.width


def unwrapped(source: Source, forms: Sequence[Form]) -> Source:
    """Return *source* without the line ends and page numbers that a converter has put into its sentences and tables.

    One that has none is returned itself. The titles of the *forms* show where a heading goes on.
    """
    source = without_pages(source)
    if _MAY_GO_ON.search("\n" + source.text) is None:
        return source
    blocks = [_lines(block) for block in _BLOCK.finditer(source.text)]
    titles = {title for form in forms for title in form.section_titles}
    edge = _edge(blocks)
    joined = [pair for block in blocks for pair in _joined(block, edge, titles)]
    return source.without([Span(above.end, below.start) for above, below in joined])


def _lines(block: re.Match[str]) -> list[_Line]:
    return [
        _Line(line[2].rstrip(), line.start(2), line[1])
        for line in _LINE.finditer(block.string, *block.span())
    ]


def _columns(words: str) -> int:
    """Return the columns that *words* take up, two for a Chinese character."""
    if words.isascii():
        return len(words)
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in words)


_MEASURES = (_Measure(_columns, 3), _Measure(len, 1))


# -- a text that was wrapped -------------------------------------------------------------------------------


def _edge(blocks: Sequence[Sequence[_Line]]) -> _Edge | None:
    """Return the width at which the whole text was wrapped, None if it was not."""
    pairs = [
        (above, below)
        for block in blocks
        for above, below in pairwise(block)
        if len(above.words) >= _NARROWEST and not _ends(above) and not _begins(below)
    ]
    sure = any(_is_inside(above, below) for above, below in pairs)
    if len(pairs) + sure < _LEAST:
        return None
    prose = [line for block in blocks for line in block if _SENTENCE.search(line.words)]
    edges = [_edge_by(measure, pairs, prose, _LEAST - sure) for measure in _MEASURES]
    return max(edges, key=lambda pair: pair[0])[1]


def _edge_by(
    measure: _Measure, pairs: Sequence[tuple[_Line, _Line]], prose: Sequence[_Line], least: int
) -> tuple[float, _Edge | None]:
    """Return the edge that most lines have, and how many more have it than should not; None for no edge."""
    widths = Counter(measure.line(above) for above, _ in pairs)
    spread = range(measure.slack // 2 + 1)  # by which lines of one width differ if each is as full as can be
    most, width = max((sum(widths[width - less] for less in spread), width) for width in widths)
    edge = _Edge(width, measure)
    near = sum(edge.is_reached(*pair) for pair in pairs)
    longer = sum(measure.line(line) > width + measure.slack for line in prose)
    if near < least or 2 * near < len(pairs) or 4 * longer > near or width > _WIDEST:
        return 0.0, None
    return (most + near) / (len(pairs) + longer), edge


# -- two lines that were one -------------------------------------------------------------------------------


def _joined(
    block: Sequence[_Line], edge: _Edge | None, titles: Collection[str]
) -> Iterator[tuple[_Line, _Line]]:
    """Yield the successive lines of *block* that were one."""
    local = _local_edges(block) if edge is None else {}
    whole = block[0]  # the lines so far that were one; of long ones the beginning
    for number, (above, below) in enumerate(pairwise(block)):
        here = edge or local.get(number)
        if not _is_apart(whole, below, titles) and (
            _is_cut_heading(whole, below, titles) or (here is not None and _goes_on(above, below, here))
        ):
            whole = whole._replace(words=(whole.words + below.words)[: _LONGEST_HEADING + 1])
            yield above, below
        else:
            whole = below


def _is_apart(whole: _Line, below: _Line, titles: Collection[str]) -> bool:
    """Return whether *below* is indented like a paragraph, or nothing is missing behind *whole*.

    A title, a heading of the form and what is all in brackets are whole.
    """
    bullet = _BULLET.match(whole.words)
    hanging = len(whole.blanks) + (len(bullet[0]) if bullet is not None else 0)
    if "\u3000" in below.blanks or len(below.blanks) > hanging + 1:
        return True
    words = whole.words
    if len(words) > _LONGEST_HEADING:
        return False
    bracketed = words[0] in "（(" and words[-1] in "）)" and "）" not in words[:-1]
    return bracketed or _TITLE.search(words) is not None or _title(words) in titles


def _goes_on(above: _Line, below: _Line, edge: _Edge) -> bool:
    """Return whether *below* goes on with the words of *above* if lines end at *edge*."""
    if _FIGURES.fullmatch(above.words) or _FIGURES.fullmatch(below.words):
        return False
    strictly = edge.is_reached(above, below, strictly=True)
    if _is_heading(above):
        if _SENTENCE.search(below.words) or _begins(below):
            return strictly and not _PART_HEADED.match(above.words)
        return edge.is_reached(above, below)
    if _STOP.search(above.words):
        full = edge.measure.line(below) >= edge.width - edge.measure.slack
        return strictly and not _begins(below) and (full or _SENTENCE.search(below.words) is not None)
    if _begins(below):
        return strictly and not _PAUSE.search(above.words) and not _LABEL.match(above.words)
    return edge.is_reached(above, below)


def _local_edges(block: Sequence[_Line]) -> dict[int, _Edge]:
    """Return the edge of each pair of *block* that is in a sentence of which one line ends where none can.

    The sentence has to come to its end in the block.
    """
    edges: dict[int, _Edge] = {}
    broken: list[int] = []  # the lines of a sentence so far, but for the last
    for number, (above, below) in enumerate(pairwise(block)):
        if _STOP.search(above.words) or _begins(below) or len(above.words) < _NARROWEST:
            broken = []
            continue
        broken.append(number)
        if _STOP.search(below.words):
            sure = max((n for n in broken if _is_inside(block[n], block[n + 1])), default=None)
            if sure is not None:
                width = _MEASURES[0].line(block[sure])
                edges.update(dict.fromkeys(broken, _Edge(width, _MEASURES[0])))
    return edges


def _is_inside(above: _Line, below: _Line) -> bool:
    """Return whether no sentence can have a line end between *above* and *below*."""
    if above.words[-1] in _NEVER_LAST or below.words[0] in _NEVER_FIRST:
        return True
    if _LABEL.match(above.words):
        return False
    opened = sum(map(above.words.count, _OPENING)) > sum(map(above.words.count, _CLOSING))
    first = below.words[0]
    cut = above.words[-1].isdigit() and (first.isdigit() or not first.isascii())
    sentence = _CLAUSE.search(above.words + below.words if opened else above.words) is not None
    return sentence and (opened or cut or _COUNT.match(below.words) is not None)


def _begins(line: _Line) -> bool:
    return _BEGINS.match(line.words) is not None


def _is_heading(line: _Line) -> bool:
    return _HEADED.match(line.words) is not None and _SENTENCE.search(line.words) is None


def _is_cut_heading(above: _Line, below: _Line, titles: Collection[str]) -> bool:
    """Return whether the two lines are one heading of the form, and *below* is none alone."""
    if len(above.words) + len(below.words) > _LONGEST_HEADING or not _PART_HEADED.match(above.words):
        return False
    return not _begins(below) and _title(above.words + below.words) in titles


def _title(words: str) -> str:
    return split_numeral(fold(words.strip("#*。： ")))[1]


def _ends(line: _Line) -> bool:
    """Return whether *line* may have been ended by hand: a sentence, a heading, a row of figures, a label's words."""
    return bool(
        _STOP.search(line.words)
        or _is_heading(line)
        or _FIGURES.fullmatch(line.words)
        or _LABEL.match(line.words)
    )
