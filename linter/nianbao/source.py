"""Text and places in it."""

import codecs
import re
from bisect import bisect_right
from collections import Counter
from functools import cached_property
from typing import NamedTuple

from nianbao.language import Text

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


class UnreadableError(Exception):
    """Bytes that are not a text this program reads; the reason is for a clerk."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


_NOT_TEXT = Text(
    "不是文本文件，或者编码不是 UTF-8、GB18030、UTF-16；请另存为 UTF-8 编码的文本再检查",
    "not a text file, or neither UTF-8, GB18030 nor UTF-16; save it as UTF-8 text and check again",
)
_OTHER_KIND = Text(
    "是 {kind} 文件，本版本只读文本和 Markdown；请把内容另存为 .txt 或 .md 再检查",
    "a file of kind {kind}; this version reads text and Markdown only: save it as .txt or .md and check again",
)
_MAGIC = (
    (b"PK\x03\x04", "docx/zip"),
    (b"%PDF", "PDF"),
    (b"\xd0\xcf\x11\xe0", "doc/wps"),
    (b"{\\rtf", "RTF"),
)
_HTML = re.compile(rb"\s*<(!doctype html|html|head|body|\?xml)\b", re.IGNORECASE)


class Source:
    """Text as read; the only place that turns an offset into a line, a column or UTF-16 units."""

    def __init__(
        self, text: str, path: str = "<text>", encoding: str = "utf-8", *, bom: bool = False
    ) -> None:
        self.text = text
        self.path = path
        self.encoding = encoding
        self.bom = bom
        self.kind = ""  # the reader's name, where it is not the one for text

    @classmethod
    def decode(cls, data: bytes, path: str) -> "Source":
        """Return *data* as text: by its byte order mark, as UTF-8, or as GB18030, in that order.

        Control characters become U+FFFD one for one, so that no offset moves.
        Raises UnreadableError for what is no text.
        """
        for magic, kind in _MAGIC:
            if data.startswith(magic):
                raise UnreadableError(_OTHER_KIND.fill(kind=kind))
        if _HTML.match(data, len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0):
            raise UnreadableError(_OTHER_KIND.fill(kind="HTML"))
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

    def position(self, offset: int) -> Position:
        """Return the place of *offset*, clamped to the text."""
        offset = min(max(offset, 0), len(self.text))
        line = bisect_right(self._starts, offset)
        start = self._starts[line - 1]
        utf8, utf16 = self._units(offset)
        utf8_start, utf16_start = self._units(start)
        return Position(
            offset, line, offset - start + 1, utf8 - utf8_start + 1, line - 1, utf16 - utf16_start
        )

    def line(self, number: int) -> Span:
        """Return the range of line *number* (from 1) without its line end."""
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
