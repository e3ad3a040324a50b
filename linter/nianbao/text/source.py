"""A text with its offsets, lines and columns, and the way from it back to the file."""

import codecs
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from typing import TypeVar

from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

from nianbao.text.language import Text
from nianbao.text.radicals import as_meant

# Editors end a line at these three only; str.splitlines() at eight more.
_LINE_END = re.compile(r"\r\n|\r|\n")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_STRIDE = 1024
T = TypeVar("T")


class Span(NamedTuple):
    """Half-open range of code-point offsets."""

    start: int
    end: int


def moved(value: T, by: int) -> T:
    """Return *value* with every span in it *by* further on; it is made of tuples, and has no other offsets."""
    if isinstance(value, Span):
        return Span(value.start + by, value.end + by)  # type: ignore[return-value]
    if not isinstance(value, tuple):
        return value
    parts = [moved(part, by) if isinstance(part, tuple) else part for part in value]
    return tuple.__new__(type(value), parts)  # of its own type, a record or not


class Position(NamedTuple):
    """A position in every unit in use (offset and UTF-16 from 0, the others from 1)."""

    offset: int  # code points from the start of the text, a byte order mark not counted
    line: int
    column: int  # code points
    byte_column: int  # UTF-8 bytes, as Vim and reviewdog count
    utf16_line: int
    utf16_character: int  # UTF-16 units, as the language server protocol counts


class Origin(NamedTuple):
    """A piece of a file that has characters: a run in a part of a docx, a page of a PDF, an HTML page.

    *part* is the name inside the package, "" for the file itself; *paragraph* and *run* count from 0, -1
    if there is none; *page* counts from 1, 0 for none; *box* is left, top, right, bottom on the page, in
    points from its upper left corner.
    """

    part: str = ""
    paragraph: int = -1
    run: int = -1
    page: int = 0
    box: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)


class Segment(NamedTuple):
    """A stretch of the text that comes from one *origin*, where it extends from *at* to *until*.

    With as many units in the origin as characters in the text, each character is one unit; else the whole
    corresponds to the whole.
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

    def part_of(self, start: int, end: int) -> tuple[int, int]:
        """Return the range in the origin of the characters from *start* to *end*, clamped to this segment."""
        if not self.linear:
            return self.at, self.until
        first, last = max(start, self.start) - self.start, min(end, self.end) - self.start
        return self.at + first, self.at + max(first, last)


class Place(NamedTuple):
    """The place of a span in the file: *at* to *until* in one *origin*."""

    origin: Origin
    at: int
    until: int


class Dropped(NamedTuple):
    """Signs that no one sees, which the file has inside a word before the character at *at* and the text has not."""

    at: int
    signs: str


class Merged(NamedTuple):
    """A cell of a table that takes *rows* by *columns* slots, more than one; its own *row* and *column* from 0."""

    row: int
    column: int
    rows: int
    columns: int


class UnreadableError(Exception):
    """A file that cannot be read as a text; the *reason* is written for a clerk."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


_NOT_TEXT = Text(
    "不是文本文件，或者编码不是 UTF-8、GB18030、UTF-16；请另存为 UTF-8 编码的文本再检查",
    "not a text file, or neither UTF-8, GB18030 nor UTF-16; save it as UTF-8 text and check again",
)


class Source:
    """A text as read; only this class turns offsets into lines, columns and UTF-16 units."""

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
        dropped: tuple[Dropped, ...] = (),
        merged: tuple[tuple[Merged, ...], ...] = (),
    ) -> None:
        """Take *text*: the file itself, or made from it by *segments*.

        *dropped* are in the order of *text*; *merged* are the cells of each of its tables, in order, that are shown
        in one slot and take more. *kind* is the kind of file, "" for text. *raw* is the file as text, if it is a text other than *text*.
        """
        self.text = text
        self.path = path
        self.encoding = encoding
        self.bom = bom
        self.kind = kind
        self.segments = segments
        self.raw = raw
        self.dropped = dropped
        self.merged = merged

    def copied(
        self, *, text: str | None = None, kind: str | None = None, encoding: str | None = None
    ) -> "Source":
        """Return a copy with the given values; a new *text* must have every character at its old offset."""
        return Source(
            self.text if text is None else text,
            self.path,
            self.encoding if encoding is None else encoding,
            bom=self.bom,
            kind=self.kind if kind is None else kind,
            segments=self.segments,
            raw=self.raw,
            dropped=self.dropped,
            merged=self.merged,
        )

    def without(self, spans: Sequence[Span]) -> "Source":
        """Return the text without *spans*, which are in order and apart; its segments lead to the same places.

        Without any it is returned itself. One that was the file itself has that as its raw text.
        """
        if not spans:
            return self
        segments = self.segments or (Segment(0, len(self.text), Origin(), 0, len(self.text)),)
        pieces: list[str] = []
        kept: list[Segment] = []
        dropped: list[Dropped] = []
        at = gone = number = seen = 0
        for start, end in (*spans, Span(len(self.text), len(self.text))):
            pieces.append(self.text[at:start])
            while seen < len(self.dropped) and self.dropped[seen].at <= end:
                before = self.dropped[seen]
                if at < before.at < start:
                    dropped.append(before._replace(at=before.at - gone))
                seen += 1
            while number < len(segments) and segments[number].start <= start:
                segment = segments[number]
                first, last = max(segment.start, at), min(segment.end, start)
                if first < last or first == segment.start == segment.end:
                    place = segment.part_of(first, last)
                    kept.append(Segment(first - gone, last - gone, segment.origin, *place))
                if segment.end > start:
                    break
                number += 1
            gone += end - start
            at = end
        raw = self.raw if self.segments else self
        text = "".join(pieces)
        return Source(
            text,
            self.path,
            self.encoding,
            bom=self.bom,
            kind=self.kind,
            segments=tuple(kept),
            raw=raw,
            dropped=tuple(dropped),
            merged=self.merged,
        )

    @classmethod
    def decode(cls, data: bytes, path: str) -> "Source":
        """Return *data* as text: by its byte order mark, as UTF-8, or as GB18030, in that order.

        Control characters, but for that which ends a page, become U+FFFD, radicals and forms what they stand for,
        one for one, so that no offset moves.
        Raises UnreadableError if *data* is no text.
        """
        text, encoding, bom = _decode(data)
        clean = _CONTROL.sub("\ufffd", text)
        if clean.count("\ufffd") > max(16, len(clean) // 100):
            raise UnreadableError(_NOT_TEXT)
        return cls(as_meant(clean), path, encoding, bom=bom)

    @cached_property
    def newline(self) -> str:
        """The line end used most in the text."""
        ends = Counter(_LINE_END.findall(self.text))
        return ends.most_common(1)[0][0] if ends else "\n"

    @cached_property
    def is_markdown(self) -> bool:
        """Whether the text has Markdown headings or a table with a delimiter row."""
        return re.search(r"(?m)^(#{1,6} |[ ]*\|?[ ]*:?-{3,}:?[ ]*\|)", self.text) is not None

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in _LINE_END.finditer(self.text))]

    @cached_property
    def _widths(self) -> tuple[list[int], list[int]]:
        # UTF-8 and UTF-16 units before every 1024th character: a position in a line of ten million
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
        """Whether a reader of the file sees its lines; in a docx or a PDF no one does."""
        return not self.segments or self.raw is not None

    @cached_property
    def _segment_starts(self) -> list[int]:
        return [segment.start for segment in self.segments]

    def locate(self, span: Span) -> tuple[Place, ...]:
        """Return the places of *span* in the file, piece by piece; none if the text is the file itself.

        Characters that are not in the file have no place; an empty span has the place of an empty cell or of
        the next character.
        """
        start, end = span
        first = bisect_right(self._segment_starts, start) - 1
        first = max(first, 0)
        places = []
        for segment in self.segments[first:]:
            if segment.start > end or (segment.start == end and start < end):
                break
            if segment.end > start or segment.start == segment.end == start:
                places.append(Place(segment.origin, *segment.part_of(start, end)))
        return tuple(places)

    def _in_raw(self, offset: int) -> int:
        """Return the offset in the raw text of the character at *offset*, or of the next that is in the file."""
        index = max(bisect_right(self._segment_starts, offset) - 1, 0)
        for segment in self.segments[index : index + 2]:
            if segment.start <= offset < segment.end or offset <= segment.start:
                return segment.part_of(offset, offset)[0] if offset > segment.start else segment.at
            if offset == segment.end:
                return segment.until
        return self.segments[index].until if self.segments else 0

    def position(self, offset: int) -> Position:
        """Return the position of *offset*, clamped: in the file if that is text, else in the text made from it."""
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
        """Return the span of the line of this text that holds *offset*, without its line end."""
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
