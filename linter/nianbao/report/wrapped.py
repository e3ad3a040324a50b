"""Lines that a converter has wrapped, read as the sentences, titles and headings that they were.

A converter ends a line where the next word has no room. That shows in a text of which nearly all lines of prose end
at one width, and in a paragraph whose lines end at one width, one of them where no sentence can. Everywhere else a
line end is meant.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from nianbao.report.form import Form
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
_HEADED = re.compile(rf"[#*\s]*(?:{_NUMERAL}|#)")
_PART_HEADED = re.compile(rf"#|[*\s]*{_PART}")
_DATE = r"[（(]?[\d〇○零一二三四五六七八九]{4} ?年 ?[\d一二三四五六七八九十]{1,3} ?月 ?[\d一二三四五六七八九十]{1,3} ?日[）)]?$"
# What begins something of its own: a heading, an item, a quotation, a tag, a label with its colon, a date.
_BEGINS = re.compile(rf"#|>|<|`|[-*+•·] |\*\*|{_NUMERAL}|[^\s，,。；;、：:]{{1,8}}[:：]|{_DATE}")
_BULLET = re.compile(r"[-*+•·>]+ +|\d{1,3}[.、] *")
_TITLE = re.compile(r"信息公开.*(?:报告|年报)[》*]*$")
_STOP = re.compile(r"[。！？!?][”’」』）)*]*$")
_PAUSE = re.compile(r"[；;：:][”’」』）)*]*$")
_CLAUSE = re.compile("[，。；,;]")
_SENTENCE = re.compile("[，。；：,;]")
_OPENING, _CLOSING = "（(《“‘〔【「『", "）)》”’〕】」』"
_NEVER_LAST = f"，、,{_OPENING}"
_NEVER_FIRST = f"，。、；：！？％,;%{_CLOSING}"
# What a line begins with that no converter parts: a word in Latin letters, a figure, a character with its marks.
_WORD = re.compile(rf"[!-~]+|.[{re.escape(_NEVER_FIRST)}]*")
_SPACED = re.compile(r"\S{1,12}(?=\s)")  # the same if lines are parted at blanks alone
_NARROWEST = 12  # characters: what is shorter was ended by hand
_WIDEST = 170  # columns
_LEAST = 3  # lines that show the width of a text
_LONGEST_HEADING = 60


class _Line(NamedTuple):
    """A line of prose: its *words*, where they begin, and how far they are indented."""

    words: str
    start: int
    indent: int  # columns

    @property
    def end(self) -> int:
        return self.start + len(self.words)


class _Measure(NamedTuple):
    """A way to measure lines; those of one width may differ by *slack* from each other."""

    of: Callable[[str], int]
    slack: int


class _Edge(NamedTuple):
    """The width at which lines were wrapped, in the units of its *measure*."""

    width: int
    measure: _Measure

    def is_reached(self, above: _Line, below: _Line, *, strictly: bool = False) -> bool:
        """Return whether the beginning of *below* had no room behind *above*; if not *strictly*, nearly none."""
        room = self.width - above.indent - self.measure.of(above.words)
        room -= 0 if strictly else self.measure.slack
        word = _WORD.match(below.words)
        if word is None or self.measure.of(word[0]) > room:
            return True
        spaced = _SPACED.match(below.words)
        parted = above.words[-1].isascii() != below.words[0].isascii()
        return parted and spaced is not None and self.measure.of(spaced[0]) >= room


def unwrapped(source: Source, forms: Sequence[Form]) -> Source:
    """Return *source* without the line ends that a converter has put into its sentences, titles and headings.

    One that has none is returned itself. The titles of the *forms* show where a heading goes on.
    """
    blocks = [_lines(block) for block in _BLOCK.finditer(source.text)]
    if all(len(block) < 2 for block in blocks):
        return source
    titles = {title for form in forms for title in form.section_titles}
    edge = _edge(blocks)
    joined = [pair for block in blocks for pair in _joined(block, edge, titles)]
    return source.without([Span(above.end, below.start) for above, below in joined])


def _lines(block: re.Match[str]) -> list[_Line]:
    return [
        _Line(line[2].rstrip(), line.start(2), _columns(line[1]))
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
    ending = [
        above
        for block in blocks
        for above, _ in pairwise(block)
        if len(above.words) >= _NARROWEST and not _ends(above)
    ]
    if len(ending) < _LEAST:
        return None
    prose = [line for block in blocks for line in block if _SENTENCE.search(line.words)]
    edges = [_edge_by(measure, ending, prose) for measure in _MEASURES]
    return max(edges, key=lambda pair: pair[0])[1]


def _edge_by(
    measure: _Measure, ending: Sequence[_Line], prose: Sequence[_Line]
) -> tuple[float, _Edge | None]:
    """Return the edge that most lines have, and the share that they are of those that should."""
    widths = sorted(line.indent + measure.of(line.words) for line in ending)
    near = [number + 1 - bisect_left(widths, width - measure.slack) for number, width in enumerate(widths)]
    most = max(near)
    width = max(width for width, many in zip(widths, near, strict=True) if many == most)
    longer = sum(line.indent + measure.of(line.words) > width + measure.slack for line in prose)
    if most < _LEAST or 2 * most < len(widths) or 4 * longer > most or width > _WIDEST:
        return 0.0, None
    return most / (len(widths) + longer), _Edge(width, measure)


# -- two lines that were one -------------------------------------------------------------------------------


def _joined(
    block: Sequence[_Line], edge: _Edge | None, titles: Collection[str]
) -> Iterator[tuple[_Line, _Line]]:
    """Yield the successive lines of *block* that were one."""
    local = _local_edges(block) if edge is None else {}
    column = 0  # where the words of the paragraph begin
    for number, (above, below) in enumerate(pairwise(block)):
        bullet = _BULLET.match(above.words)
        column = above.indent + (len(bullet[0]) if bullet is not None else 0)
        if _is_whole(above, titles):
            continue
        here = edge or local.get(number)
        if _is_cut_heading(above, below, titles) or (
            here is not None and below.indent <= column and _goes_on(above, below, here)
        ):
            yield above, below


def _goes_on(above: _Line, below: _Line, edge: _Edge) -> bool:
    """Return whether *below* goes on with the words of *above* if lines end at *edge*."""
    strictly = edge.is_reached(above, below, strictly=True)
    if _FIGURES.fullmatch(above.words) or _FIGURES.fullmatch(below.words):
        return False
    if _is_heading(above):
        rest = not _SENTENCE.search(below.words) and not _begins(below)
        return strictly and (rest or not _PART_HEADED.match(above.words))
    if _STOP.search(above.words):
        return strictly and not _begins(below) and _SENTENCE.search(below.words) is not None
    if _begins(below):
        return strictly and not _PAUSE.search(above.words)
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
                width = block[sure].indent + _columns(block[sure].words)
                edges.update(dict.fromkeys(broken, _Edge(width, _MEASURES[0])))
    return edges


def _is_inside(above: _Line, below: _Line) -> bool:
    """Return whether no sentence can have a line end between *above* and *below*."""
    if above.words[-1] in _NEVER_LAST or below.words[0] in _NEVER_FIRST:
        return True
    opened = sum(map(above.words.count, _OPENING)) > sum(map(above.words.count, _CLOSING))
    counting = above.words[-1].isdigit() and not below.words[0].isascii()
    return (opened or counting) and _CLAUSE.search(above.words) is not None


def _begins(line: _Line) -> bool:
    return _BEGINS.match(line.words) is not None


def _is_heading(line: _Line) -> bool:
    return _HEADED.match(line.words) is not None and _SENTENCE.search(line.words) is None


def _is_whole(line: _Line, titles: Collection[str]) -> bool:
    """Return whether nothing is missing behind *line*: a title, a heading of the form, all of it in brackets."""
    words = line.words
    if len(words) > _LONGEST_HEADING:
        return False
    bracketed = words[0] in "（(" and words[-1] in "）)" and "）" not in words[:-1]
    return bracketed or _TITLE.search(words) is not None or _title(words) in titles


def _is_cut_heading(above: _Line, below: _Line, titles: Collection[str]) -> bool:
    """Return whether the two lines are one heading of the form, and *below* is none alone."""
    if len(above.words) + len(below.words) > _LONGEST_HEADING or not _PART_HEADED.match(above.words):
        return False
    return not _begins(below) and _title(above.words + below.words) in titles


def _title(words: str) -> str:
    return split_numeral(fold(words.strip("#*。： ")))[1]


def _ends(line: _Line) -> bool:
    """Return whether *line* may have been ended by hand: at the end of a sentence, a heading, a row of figures."""
    return bool(_STOP.search(line.words) or _is_heading(line) or _FIGURES.fullmatch(line.words))
