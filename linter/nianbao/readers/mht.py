"""The reader of web page archives (.mht, .mhtml): a mail with a page in it, as browsers and Word save one.

Only the page is read, not what lies beside it. Its bytes are those of the archive by way of an encoding for mails, so
that its places lead to the page, and the archive is never written.
"""

from binascii import Error as BadBase64
from binascii import a2b_base64, a2b_qp
from collections.abc import Iterator
from email.parser import BytesHeaderParser
from typing import TYPE_CHECKING

from nianbao_grammar import patterns as re

from nianbao.readers import limits
from nianbao.readers.html import read_html
from nianbao.text.language import Text
from nianbao.text.source import Origin, Source, UnreadableError

if TYPE_CHECKING:
    from email.message import Message

KIND = "mht"
_BLANK = re.compile(rb"\r?\n[ \t]*\r?\n")
_ABOUT = re.compile("信息公开|資訊公開|信息公開")
# What a page says of itself is looked at by its reader; these are said beside it, and in too small a set.
_CHARSETS = {
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "x-gbk", "cp936"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs"), "big5hkscs"),
    **{name: name for name in ("utf-16", "utf-16le", "utf-16be")},
}
_LARGE = Text(
    "单个文件的网页（.mht）超过 {most} MiB，不像一份年度报告；请只保存报告正文所在的网页",
    "the web page archive is larger than {most} MiB, which no annual report is: save only the page that holds the report",
)
_MANY = Text(
    "单个文件的网页（.mht）里的部分太多、套得太深或者信头太长，不像浏览器保存的，没有读；请在浏览器中打开，另存为“网页，仅 HTML”再检查",
    "the web page archive has more parts, nested deeper or under longer heads than browsers write, and was not read: open it in a browser, save it as “web page, HTML only” and check that",
)
_NO_PAGE = Text(
    "单个文件的网页（.mht）里没有网页，或者文件不完整；请在浏览器中打开，另存后再检查",
    "the web page archive has no page in it, or is not complete: open it in a browser, save it and check again",
)


def read_mht(data: bytes, name: str) -> Source:
    """Return the report in the archive *data*; an origin is the part of the page, in the characters of the page.

    That is the first page that speaks of disclosure, if there are frames, else the first with a text. Raises
    UnreadableError.
    """
    if len(data) > limits.MHT_BYTES:
        raise UnreadableError(_LARGE.fill(most=limits.MHT_BYTES >> 20))
    first: Source | None = None
    fault: UnreadableError | None = None
    for part, page in _Archive(data).pages():
        try:
            read = _placed(read_html(page, name), part)
        except UnreadableError as error:
            fault = fault or error
            continue
        if _ABOUT.search(read.text):
            return read
        first = first or read
    if first is None:
        raise fault or UnreadableError(_NO_PAGE)
    return first


def _placed(page: Source, part: str) -> Source:
    """Return the text of *page* with places in *part* of the archive."""
    origin = Origin(part)
    segments = tuple(segment._replace(origin=origin) for segment in page.segments)
    return Source(page.text, page.path, page.encoding, kind=KIND, segments=segments, dropped=page.dropped)


class _Archive:
    """A mail, and what is left of the parts that it may have."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._parts = limits.MHT_PARTS
        self._pages = limits.MHT_PAGES

    def pages(self) -> Iterator[tuple[str, bytes]]:
        """Yield the name and the content of each page. Raises UnreadableError."""
        yield from self._in(self._data, 0)

    def _in(self, part: bytes, depth: int) -> Iterator[tuple[str, bytes]]:
        head, body = _parted(part)
        kind = head.get_content_type()
        boundary = str(head.get_param("boundary") or "").encode("latin-1", "replace")
        if kind.startswith("multipart/") and boundary:
            if depth == limits.MHT_NESTED:
                raise UnreadableError(_MANY)
            for inner in self._inner(body, boundary):
                yield from self._in(inner, depth + 1)
        elif kind in ("text/html", "application/xhtml+xml"):
            self._pages -= 1
            if self._pages < 0:
                raise UnreadableError(_MANY)
            yield _location(head), _in_utf8(_decoded(head, body), head.get_content_charset(""))

    def _inner(self, body: bytes, boundary: bytes) -> Iterator[bytes]:
        """Yield the parts of *body*: what is between two lines of *boundary*; the last may lack its end."""
        line = re.compile(rb"(?:^|\r?\n)--" + re.escape(boundary) + rb"(?P<last>--)?[ \t]*(?:\r?\n|$)")
        start = -1
        for match in line.finditer(body):
            self._parts -= 1
            if self._parts < 0:
                raise UnreadableError(_MANY)
            if start >= 0:
                yield body[start : match.start()]
            # The end of one line may begin the next: a part with nothing in it.
            start = -1 if match["last"] else match.end() - match[0].endswith(b"\n")
            if match["last"]:
                break
        if start >= 0:
            yield body[start:]


def _parted(part: bytes) -> tuple["Message[str, str]", bytes]:
    """Return the head of *part* and its body. Raises UnreadableError for a head that is too long."""
    part = part.lstrip(b"\r\n")
    blank = _BLANK.search(part, 0, limits.MHT_HEAD)
    if blank is None and len(part) > limits.MHT_HEAD:
        raise UnreadableError(_MANY)
    end, begin = blank.span() if blank is not None else (len(part), len(part))
    return BytesHeaderParser().parsebytes(part[:end]), part[begin:]


def _location(head: "Message[str, str]") -> str:
    return "".join(str(head.get("Content-Location", "")).split())


def _decoded(head: "Message[str, str]", body: bytes) -> bytes:
    encoding = str(head.get("Content-Transfer-Encoding", "")).strip().lower()
    if encoding == "quoted-printable":
        return a2b_qp(body)
    if encoding == "base64":
        try:
            return a2b_base64(body)
        except BadBase64:
            raise UnreadableError(_NO_PAGE) from None
    return body


def _in_utf8(page: bytes, charset: str) -> bytes:
    """Return *page* in UTF-8 if it is what is said beside it, else as it is: its reader looks what it may be."""
    if charset not in _CHARSETS:
        return page
    for encoding in ("utf-8", _CHARSETS[charset]):
        try:
            return page.decode(encoding).encode()
        except UnicodeDecodeError:
            continue
    return page
