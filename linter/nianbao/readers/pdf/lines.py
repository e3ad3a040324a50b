"""From the signs on a page to lines, and from lines to paragraphs."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from nianbao.readers.document import Paragraph, Run
from nianbao.readers.pdf.page import Box, Glyph, around
from nianbao.text.source import Origin

# Fonts that name a character by the radical it looks like: 页 is written ⻚, 一 is ⼀. Those that Unicode
# itself says are the same go by NFKC; it is silent on the simplified ones.
_RADICALS = dict(
    zip(
        map(ord, "⺁⺆⺇⺈⺌⺎⺕⺜⺝⺟⺠⻁⻂⻄⻅⻆⻉⻋⻌⻒⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳"),
        "厂冂几刀小兀彐日月母民虎衣西见角贝车辶镸长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
        strict=True,
    )
)
_RADICALS.update({code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)})
_UNNAMED = re.compile(r"\(cid:\d+\)|[\ue000-\uf8ff\ud800-\udfff]")

_NARROW_GAP = 0.25  # of the height of a sign: the space between two words in Latin letters
_WIDE_GAP = (
    0.9  # the same beside a Chinese character; the space that a program sets between it and a figure is less
)
_INDENT = 1.2  # heights; the first line of a paragraph is set in by two
# Heights that what begins the next line may have lacked of its place in a line: a program sets a quarter of one
# between a Chinese sign and a figure.
_SLACK = 0.4
_SHARED = 0.1  # of the lines, that end where lines end
_ASIDE = 0.2  # heights; a line that begins further right than this is set in or in the middle
_LOOSE = 1.4  # of the usual distance of lines: a space between paragraphs

_NUMERAL = re.compile(r"([（(]?[一二三四五六七八九十]{1,3}[）)、.．]|[（(]?\d{1,2}[）)、.．](?!\d)|[①-⑳])")
_OPENING, _CLOSING = "（(《“‘「『【〔[", "，。、；：！？）)》”’」』】〕]%％…"
_WORD = "[!-~]+"  # Latin letters and figures
_HEAD = re.compile(f"[{re.escape(_OPENING)}]*({_WORD}|.)([{re.escape(_CLOSING)}]+({_WORD})?)*")
_ENDING = "。；：！？"


class Line(NamedTuple):
    """The signs of one line, from left to right; *at* is the number of its first character on the page."""

    page: int
    box: Box
    height: float  # of most of its signs
    glyphs: tuple[Glyph, ...]
    at: int = 0

    @property
    def text(self) -> str:
        """Its characters, with a space where there is a gap."""
        return "".join(run.text for run in self.runs)

    @property
    def runs(self) -> tuple[Run, ...]:
        """Its pieces, each with its box, with a space between them where the file has none."""
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
        """How many characters it has."""
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
        """How far right its last sign is but a closing one, which may hang over the margin."""
        ends = (glyph.box.right for glyph in reversed(self.glyphs) if glyph.text not in _CLOSING)
        return next(ends, self.box.right)

    @property
    def head(self) -> float:
        """How wide what begins the line is: what cannot be parted from its first sign by a line end."""
        marks: list[int] = []  # where each character stands among the signs
        for index, glyph in enumerate(self.glyphs):
            marks.extend([index] * len(glyph.text))
        found = _HEAD.match("".join(glyph.text for glyph in self.glyphs))
        last = marks[found.end() - 1] if found is not None and found.end() else 0
        return self.glyphs[last].box.right - self.box.left


def _apart(left: Glyph, right: Glyph) -> bool:
    """Return whether there is a gap between two signs that a reader sees as a space."""
    if left.text.isspace() or right.text.isspace():
        return False
    latin = left.text.isascii() and right.text.isascii()
    height = min(left.box.height, right.box.height)
    return right.box.left - left.box.right > (_NARROW_GAP if latin else _WIDE_GAP) * height


def named(text: str) -> str:
    """Return the characters of a sign: U+FFFD for one that the font has no name for, no radicals."""
    return _UNNAMED.sub("\ufffd", text).translate(_RADICALS)


def lines(page: int, glyphs: Iterable[Glyph]) -> Iterator[Line]:
    """Yield the lines that *glyphs* stand in, from the top."""
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


def _line(page: int, row: Iterable[Glyph]) -> Iterator[Line]:
    """Yield the line of *row*, if anything is to be seen in it."""
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
        yield Line(page, around(seen), median(box.height for box in seen), tuple(glyphs[start:]))


def _same(last: Glyph, glyph: Glyph) -> bool:
    """Return whether *glyph* is *last* drawn once more, a little beside it, to look bold."""
    near = abs(last.box.left - glyph.box.left) < 0.25 * (last.box.right - last.box.left)
    return near and last.text == glyph.text and abs(last.box.top - glyph.box.top) < 0.2 * last.box.height


# -- paragraphs ----------------------------------------------------------------------------------------


class Measure(NamedTuple):
    """Where the lines of a text begin and end, and how far each is below the last."""

    left: float
    right: float
    pitch: float


def measure(found: Sequence[Line], width: float) -> Measure:
    """Return the measure of *found*, one line at least, on pages of this *width*.

    Where no line goes over half the page none shows where lines end, and none is full.
    """
    heights = median(line.height for line in found)
    enough = max(2, int(_SHARED * len(found)))
    right = _edge([-line.words_end for line in found], heights, enough)
    left = _edge([line.box.left for line in found], heights, enough)
    steps = [
        round(lower.box.middle[1] - upper.box.middle[1], 1)
        for upper, lower in pairwise(found)
        if upper.page == lower.page and 0 < lower.box.middle[1] - upper.box.middle[1] < 4 * heights
    ]
    right = -right if -right - left > width / 2 else width
    return Measure(left, right, median(steps) if steps else 2 * heights)


def _edge(places: Sequence[float], tolerance: float, enough: int) -> float:
    """Return the first place that *enough* others are no further than *tolerance* behind."""
    ordered = sorted(places)
    for index, place in enumerate(ordered):
        if index + enough <= len(ordered) and ordered[index + enough - 1] - place <= tolerance:
            return place
    return ordered[0]


def paragraphs(found: Sequence[Line], measures: Mapping[int, Measure]) -> Iterator[Paragraph]:
    """Yield the paragraphs that *found*, lines that follow one another, were broken from.

    *measures* are those of each page, by its number.
    """
    start = 0
    for index in range(1, len(found)):
        if not _goes_on(found[index - 1], found[index], measures[found[index - 1].page]):
            yield joined(found[start:index])
            start = index
    if found:
        yield joined(found[start:])


def _goes_on(line: Line, following: Line, text: Measure) -> bool:
    """Return whether *following* is the same paragraph as *line*.

    It is when what it begins with had no room in *line*, and nothing says that a paragraph begins.
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
        if below > _LOOSE * max(text.pitch, height):
            return False
    return not (_NUMERAL.match(following.text) and line.text[-1] in _ENDING)


def _centred(line: Line, following: Line, text: Measure) -> bool:
    """Return whether both stand in the middle: a title that was too long for one line."""
    across = (text.left + text.right) / 2
    off = [abs(one.box.middle[0] - across) for one in (line, following)]
    return max(off) <= line.height and line.box.left > text.left + _ASIDE * line.height


def joined(found: Sequence[Line], room: float = 0.0) -> Paragraph:
    """Return *found* as one paragraph; between two lines a space where two words would become one.

    Of figures nobody can say: two are one that was broken where the second had no room in the line,
    which is *room* wide in a cell. Elsewhere only a line that is full goes on.
    """
    runs: list[Run] = []
    for index, line in enumerate(found):
        if index and _spaced(found[index - 1], line, room):
            runs.append(Run(" "))
        runs.extend(line.runs)
    return Paragraph(tuple(runs))


def _spaced(line: Line, following: Line, room: float) -> bool:
    last, first = line.glyphs[-1], following.glyphs[0]
    if not all(sign.isascii() and sign.isalnum() for sign in (last.text, first.text)):
        return False
    if last.text.isdigit() and first.text.isdigit():
        width = first.box.right - first.box.left
        return line.box.right - line.box.left + width <= room
    return True
