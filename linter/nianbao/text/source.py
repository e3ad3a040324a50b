"""Text and places in it."""

import codecs
import re
from bisect import bisect_right
from collections import Counter
from functools import cached_property
from typing import NamedTuple

from nianbao.text.language import Text

# Editors end a line at these three and at nothing else; str.splitlines() knows eight more.
_LINE_END = re.compile(r"\r\n|\r|\n")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_STRIDE = 1024


class Span(NamedTuple):
    """Half-open range of code-point offsets."""

    start: int
    end: int


class Position(NamedTuple):
    """One place, in every unit that somebody counts in (offset and utf16 from 0, the others from 1)."""

    offset: int  # code points from the start of the text, a byte order mark not counted
    line: int
    column: int  # code points
    byte_column: int  # UTF-8 bytes, as Vim and reviewdog count
    utf16_line: int
    utf16_character: int  # UTF-16 units, as the language server protocol counts


class Origin(NamedTuple):
    """A piece of a file that characters stand in: a run of a part of a docx, a page of a PDF, an HTML page.

    *part* is the name inside the package, "" for the file itself; *paragraph* and *run* count from 0, -1
    where there is none; *page* counts from 1, 0 for none; *box* is left, top, right, bottom on the page, in
    points from its upper left corner.
    """

    part: str = ""
    paragraph: int = -1
    run: int = -1
    page: int = 0
    box: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)


class Segment(NamedTuple):
    """A stretch of the text that comes from one *origin*, there from *at* to *until*.

    As many units there as characters here are one each; else the whole of them stands for the whole here.
    """

    start: int
    end: int
    origin: Origin
    at: int
    until: int

    @property
    def linear(self) -> bool:
        """Whether each character is one unit of the origin."""
        return self.until - self.at == self.end - self.start

    def goes_on(self, at: int) -> bool:
        """Return whether what stands at *at* of the same origin, one unit a character, goes on with it."""
        return self.linear and at == self.until

    def part_of(self, start: int, end: int) -> tuple[int, int]:
        """Return where in the origin the characters from *start* to *end* stand, clamped to this segment."""
        if not self.linear:
            return self.at, self.until
        first, last = max(start, self.start) - self.start, min(end, self.end) - self.start
        return self.at + first, self.at + max(first, last)


class Place(NamedTuple):
    """Where a span stands in the file: *at* to *until* in one *origin*."""

    origin: Origin
    at: int
    until: int


class UnreadableError(Exception):
    """Bytes that are not a text this program reads; the reason is for a clerk."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


_NOT_TEXT = Text(
    "不是文本文件，或者编码不是 UTF-8、GB18030、UTF-16；请另存为 UTF-8 编码的文本再检查",
    "not a text file, or neither UTF-8, GB18030 nor UTF-16; save it as UTF-8 text and check again",
)


class Source:
    """Text as read; the only place that turns an offset into a line, a column or UTF-16 units."""

    def __init__(
        self,
        text: str,
        path: str = "<text>",
        encoding: str = "utf-8",
        *,
        bom: bool = False,
        kind: str = "",
        segments: tuple[Segment, ...] = (),
        raw: "Source | None" = None,
    ) -> None:
        """Take *text*, which is the file itself unless there are *segments*, the way back to it.

        *kind* is the kind of file, "" for text; *raw* the file as text where it is one and *text* is not it.
        """
        self.text = text
        self.path = path
        self.encoding = encoding
        self.bom = bom
        self.kind = kind
        self.segments = segments
        self.raw = raw

    @classmethod
    def decode(cls, data: bytes, path: str) -> "Source":
        """Return *data* as text: by its byte order mark, as UTF-8, or as GB18030, in that order.

        Control characters become U+FFFD one for one, so that no offset moves.
        Raises UnreadableError for what is no text.
        """
        text, encoding, bom = _decode(data)
        clean = _CONTROL.sub("\ufffd", text)
        if clean.count("\ufffd") > max(16, len(clean) // 100):
            raise UnreadableError(_NOT_TEXT)
        return cls(clean, path, encoding, bom=bom)

    @cached_property
    def newline(self) -> str:
        """The line end used most in the text."""
        ends = Counter(_LINE_END.findall(self.text))
        return ends.most_common(1)[0][0] if ends else "\n"

    @cached_property
    def is_markdown(self) -> bool:
        """Whether the text carries Markdown headings or a table with its rule."""
        return re.search(r"(?m)^(#{1,6} |[ ]*\|?[ ]*:?-{3,}:?[ ]*\|)", self.text) is not None

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in _LINE_END.finditer(self.text))]

    @cached_property
    def _widths(self) -> tuple[list[int], list[int]]:
        # UTF-8 and UTF-16 units before every 1024th character: a place in a line of ten million
        # characters then costs no more than one in a line of ten.
        utf8, utf16 = [0], [0]
        for start in range(0, len(self.text), _STRIDE):
            piece = self.text[start : start + _STRIDE]
            utf8.append(utf8[-1] + len(piece.encode("utf-8", "surrogatepass")))
            utf16.append(utf16[-1] + _utf16(piece))
        return utf8, utf16

    def _units(self, offset: int) -> tuple[int, int]:
        step, rest = divmod(offset, _STRIDE)
        piece = self.text[step * _STRIDE : step * _STRIDE + rest]
        utf8, utf16 = self._widths
        return utf8[step] + len(piece.encode("utf-8", "surrogatepass")), utf16[step] + _utf16(piece)

    @property
    def visible(self) -> bool:
        """Whether whoever has the file sees its lines: of a docx or a PDF nobody does."""
        return not self.segments or self.raw is not None

    @cached_property
    def _segment_starts(self) -> list[int]:
        return [segment.start for segment in self.segments]

    def locate(self, span: Span) -> tuple[Place, ...]:
        """Return where *span* stands in the file, piece by piece; nothing where the text is the file itself.

        What the file does not hold has no place; an empty span has that of an empty cell or of what follows.
        """
        start, end = span
        first = bisect_right(self._segment_starts, start) - 1
        first = max(first, 0)
        found = []
        for segment in self.segments[first:]:
            if segment.start > end or (segment.start == end and start < end):
                break
            if segment.end > start or segment.start == segment.end == start:
                found.append(Place(segment.origin, *segment.part_of(start, end)))
        return tuple(found)

    def _in_raw(self, offset: int) -> int:
        """Return the offset in the raw text of the character at *offset*, of one that is not there the next."""
        index = max(bisect_right(self._segment_starts, offset) - 1, 0)
        for segment in self.segments[index : index + 2]:
            if segment.start <= offset < segment.end or offset <= segment.start:
                return segment.part_of(offset, offset)[0] if offset > segment.start else segment.at
            if offset == segment.end:
                return segment.until
        return self.segments[index].until if self.segments else 0

    def position(self, offset: int) -> Position:
        """Return the place of *offset*, clamped: in the file where that is text, else in the text made of it."""
        offset = min(max(offset, 0), len(self.text))
        if self.raw is not None:
            return self.raw.position(self._in_raw(offset))
        line = bisect_right(self._starts, offset)
        start = self._starts[line - 1]
        utf8, utf16 = self._units(offset)
        utf8_start, utf16_start = self._units(start)
        return Position(
            offset, line, offset - start + 1, utf8 - utf8_start + 1, line - 1, utf16 - utf16_start
        )

    def line_at(self, offset: int) -> Span:
        """Return the range of the line of this text that *offset* stands in, without its line end."""
        number = bisect_right(self._starts, min(max(offset, 0), len(self.text)))
        start = self._starts[number - 1]
        end = self._starts[number] if number < len(self._starts) else len(self.text)
        while end > start and self.text[end - 1] in "\r\n":
            end -= 1
        return Span(start, end)

    def __getitem__(self, span: Span) -> str:
        return self.text[span.start : span.end]


def _decode(data: bytes) -> tuple[str, str, bool]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding), encoding, True
            except UnicodeDecodeError:
                raise UnreadableError(_NOT_TEXT) from None
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding), encoding, False
        except UnicodeDecodeError:
            continue
    raise UnreadableError(_NOT_TEXT)


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
