"""The glyphs on a page joined into lines, and the lines into paragraphs."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from statistics import median

from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

from nianbao.readers.document import Paragraph, Run
from nianbao.readers.drawn.page import Box, Glyph, around
from nianbao.text.radicals import as_meant
from nianbao.text.source import Origin

_UNNAMED = re.compile(r"\(cid:\d+\)|[\ue000-\uf8ff\ud800-\udfff]")

_NARROW_GAP = 0.25  # of the height of a glyph: the space between two words in Latin letters
_WIDE_GAP = (
    0.9  # the same next to a Chinese character; the space that programs set between it and a figure is less
)
_INDENT = 1.2  # heights; the first line of a paragraph is indented by two
# Heights by which the beginning of the next line may have been too wide for the line: programs set a quarter of
# one between a Chinese character and a figure.
_SLACK = 0.4
_SHARED = 0.1  # of the lines: so many end at the edge of the text
_ASIDE = 0.2  # heights; a line that begins further right than this is indented or centred
_LOOSE = 1.4  # of the usual distance of lines; more is a space between paragraphs
_TALL = 1.6  # heights; lines of a heading are no further apart

_NUMERAL = re.compile(r"([（(]?[一二三四五六七八九十]{1,3}[）)、.．]|[（(]?\d{1,2}[）)、.．](?!\d)|[①-⑳])")
_OPENING, _CLOSING = "（(《〈“‘「『【〔[", "，。、；：！？）)》〉”’」』】〕]%％…"
_WORD = "[!-~]+"  # Latin letters and figures
_HEAD = re.compile(f"[{re.escape(_OPENING)}]*({_WORD}|.)([{re.escape(_CLOSING)}]+({_WORD})?)*")
_ENDING = "。；：！？"


class RulingLine(NamedTuple):
    """The glyphs of one line, from left to right; *at* is the number of its first character on the page."""

    page: int
    box: Box
    height: float  # of most of its glyphs
    glyphs: tuple[Glyph, ...]
    at: int = 0

    @property
    def text(self) -> str:
        """The characters of the line, with a space for each gap."""
        return "".join(run.text for run in self.runs)

    @property
    def runs(self) -> tuple[Run, ...]:
        """The pieces of the line between gaps, each with its box, and a space for each gap."""
        runs: list[Run] = []
        at = self.at
        for piece in self._pieces():
            text = "".join(glyph.text for glyph in piece)
            if runs:
                runs.append(Run(" "))
            box = around([glyph.box for glyph in piece])
            runs.append(Run(text, Origin(page=self.page, box=box), at, at + len(text)))
            at += len(text)
        return tuple(runs)

    @property
    def length(self) -> int:
        """The number of characters."""
        return sum(len(glyph.text) for glyph in self.glyphs)

    def _pieces(self) -> Iterator[Sequence[Glyph]]:
        start = 0
        for index in range(1, len(self.glyphs)):
            if _apart(self.glyphs[index - 1], self.glyphs[index]):
                yield self.glyphs[start:index]
                start = index
        yield self.glyphs[start:]

    @property
    def words_end(self) -> float:
        """The right end of its last glyph, without closing marks, which may hang over the margin."""
        ends = (glyph.box.right for glyph in reversed(self.glyphs) if glyph.text not in _CLOSING)
        return next(ends, self.box.right)

    @property
    def head(self) -> float:
        """The width of the beginning of the line up to the first place where a line could end."""
        owners: list[int] = []  # the number of the glyph of each character
        for index, glyph in enumerate(self.glyphs):
            owners.extend([index] * len(glyph.text))
        match = _HEAD.match("".join(glyph.text for glyph in self.glyphs))
        last = owners[match.end() - 1] if match is not None and match.end() else 0
        return self.glyphs[last].box.right - self.box.left


def _apart(left: Glyph, right: Glyph) -> bool:
    """Return whether a reader sees the gap between two glyphs as a space."""
    if left.text.isspace() or right.text.isspace():
        return False
    latin = left.text.isascii() and right.text.isascii()
    height = min(left.box.height, right.box.height)
    return right.box.left - left.box.right > (_NARROW_GAP if latin else _WIDE_GAP) * height


def named(text: str) -> str:
    """Return the characters of a glyph: U+FFFD for one that the font does not name, no radicals."""
    return as_meant(_UNNAMED.sub("\ufffd", text))


def lines(page: int, glyphs: Iterable[Glyph]) -> Iterator[RulingLine]:
    """Yield the lines of *glyphs*, from the top."""
    row: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda glyph: (glyph.box.middle[1], glyph.box.left)):
        if row:
            first = row[0].box
            below = glyph.box.middle[1] - first.middle[1]
            if below > 0.5 * min(first.height, glyph.box.height):
                yield from _line(page, row)
                row = []
        row.append(glyph)
    yield from _line(page, row)


def _line(page: int, row: Iterable[Glyph]) -> Iterator[RulingLine]:
    """Yield the line of *row*, if it has anything visible."""
    glyphs: list[Glyph] = []
    for glyph in sorted(row, key=lambda glyph: glyph.box.left):
        if not (glyphs and _same(glyphs[-1], glyph)):
            glyphs.append(glyph)
    while glyphs and glyphs[-1].text.isspace():
        glyphs.pop()
    start = 0
    while start < len(glyphs) and glyphs[start].text.isspace():
        start += 1
    if glyphs[start:]:
        seen = [glyph.box for glyph in glyphs[start:]]
        yield RulingLine(page, around(seen), median(box.height for box in seen), tuple(glyphs[start:]))


def _same(last: Glyph, glyph: Glyph) -> bool:
    """Return whether *glyph* is *last* drawn again with a small shift, to look bold."""
    near = abs(last.box.left - glyph.box.left) < 0.25 * (last.box.right - last.box.left)
    return near and last.text == glyph.text and abs(last.box.top - glyph.box.top) < 0.2 * last.box.height


# -- paragraphs ----------------------------------------------------------------------------------------


class Measure(NamedTuple):
    """The left and right edges of the lines of a text, and the distance from one line to the next, in points."""

    left: float
    right: float
    pitch: float


def measure(text: Sequence[RulingLine], width: float) -> Measure:
    """Return the measure of *text*, one line at least, on pages of this *width* in points.

    If all lines end in the left half of the page, none shows the right edge, and none counts as full.
    """
    heights = median(line.height for line in text)
    enough = max(2, int(_SHARED * len(text)))
    right = _edge([-line.words_end for line in text], heights, enough)
    left = _edge([line.box.left for line in text], heights, enough)
    steps = [
        round(lower.box.middle[1] - upper.box.middle[1], 1)
        for upper, lower in pairwise(text)
        if upper.page == lower.page and 0 < lower.box.middle[1] - upper.box.middle[1] < 4 * heights
    ]
    right = -right if -right - left > width / 2 else width
    return Measure(left, right, median(steps) if steps else 2 * heights)


def _edge(offsets: Sequence[float], tolerance: float, enough: int) -> float:
    """Return the first of *offsets* that has *enough* of them, itself included, within *tolerance*."""
    ordered = sorted(offsets)
    for index, offset in enumerate(ordered):
        if index + enough <= len(ordered) and ordered[index + enough - 1] - offset <= tolerance:
            return offset
    return ordered[0]


def paragraphs(text: Sequence[RulingLine], measures: Mapping[int, Measure]) -> Iterator[Paragraph]:
    """Yield the paragraphs of *text*, successive lines.

    *measures* are those of each page, by its number.
    """
    start = 0
    for index in range(1, len(text)):
        if not _goes_on(text[index - 1], text[index], measures[text[index - 1].page]):
            yield joined(text[start:index])
            start = index
    if text:
        yield joined(text[start:])


def _goes_on(line: RulingLine, following: RulingLine, text: Measure) -> bool:
    """Return whether *following* continues the paragraph of *line*.

    It does if its beginning had no room in *line* and nothing shows that a paragraph begins.
    """
    height = line.height
    if abs(following.height - height) > 0.15 * height:
        return False
    if line.box.right + following.head <= text.right - _SLACK * height:
        return False
    if following.box.left > text.left + _INDENT * height and not _centred(line, following, text):
        return False
    if line.page == following.page:
        below = following.box.middle[1] - line.box.middle[1]
        if below > max(_LOOSE * text.pitch, _TALL * height):
            return False
    return not (_NUMERAL.match(following.text) and line.text[-1] in _ENDING)


def _centred(line: RulingLine, following: RulingLine, text: Measure) -> bool:
    """Return whether both lines are centred: a title that was too long for one line."""
    across = (text.left + text.right) / 2
    off = [abs(each.box.middle[0] - across) for each in (line, following)]
    return max(off) <= line.height and line.box.left > text.left + _ASIDE * line.height


def joined(text: Sequence[RulingLine], room: float = 0.0) -> Paragraph:
    """Return the lines *text* as one paragraph, with a space between lines if two words would become one.

    Two figures are taken for one that was broken if the second had no room in the line, which is *room* points
    wide in a cell. Elsewhere only a full line continues on the next.
    """
    runs: list[Run] = []
    for index, line in enumerate(text):
        if index and _spaced(text[index - 1], line, room):
            runs.append(Run(" "))
        runs.extend(line.runs)
    return Paragraph(tuple(runs))


def _spaced(line: RulingLine, following: RulingLine, room: float) -> bool:
    last, first = line.glyphs[-1], following.glyphs[0]
    if not all(glyph.text.isascii() and glyph.text.isalnum() for glyph in (last, first)):
        return False
    if last.text.isdigit() and first.text.isdigit():
        width = first.box.right - first.box.left
        return line.box.right - line.box.left + width <= room
    return True
