"""The reader of HTML: saved pages, fragments of a content management system, web pages of word processors."""

from nianbao_grammar import patterns as re

from nianbao.readers import limits
from nianbao.readers.document import Document, Paragraph, render
from nianbao.text.language import Text
from nianbao.text.radicals import as_meant
from nianbao.text.source import Segment, Source, UnreadableError

KIND = "html"
OURS = re.compile(r"<!--\s*nianbao\s*[:：]", re.IGNORECASE)
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_-]+)""", re.IGNORECASE)
_KNOWN = re.compile("政府|信息|公[开開]|資訊")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")  # a form feed is white space between tags
_HEAD = 4096  # bytes in which a page declares itself
_BEFORE = re.compile(r"(?:\s+|<!--(?s:.*?)-->|<\?[^>]*>|<!\[[^>]*>)*")
_PAGE = re.compile(
    r"<(!doctype\s+html|(html|head|body|meta|title|link|base|style|script|frameset)[\s>/])", re.IGNORECASE
)
_FRAGMENT = re.compile(
    r"<(p|div|table|tbody|tr|td|th|pre|span|font|center|h[1-6]|article|section|main|strong|b|ul|ol|o:p|a|img|form)[\s>/]",
    re.IGNORECASE,
)
_MARKDOWN = re.compile(r"(?m)^(#{1,6} |\|?[ ]*:?-{3,}:?[ ]*\|)")

_LARGE = Text(
    "网页文件超过 {most} MiB，不像一份年度报告；请只保存报告正文所在的网页",
    "the page is larger than {most} MiB, which no annual report is: save only the page that holds the report",
)
_ENCODING = Text(
    "网页的编码不是 UTF-8、GB18030、Big5、UTF-16，或者文件已损坏；请在浏览器中打开，另存后再检查",
    "the page is neither UTF-8, GB18030, Big5 nor UTF-16, or it is damaged: open it in a browser, save it and check again",
)
_FRAMES = Text(
    "这个网页由框架拼成，报告在另一个网页里；请打开报告所在的框架，另存后再检查",
    "the page is made of frames and the report is in another page: open the frame with the report, save that and check again",
)
_EMPTY = Text(
    "网页里没有文字，正文可能由脚本生成；请在浏览器中打开，等正文显示后另存为“网页，全部”再检查",
    "the page has no text, a script may write it: open it in a browser, wait for the text, save it as “web page, complete” and check again",
)


def is_html(data: bytes) -> bool:
    """Return whether *data* is a page or a fragment of one.

    A text or a Markdown file with tags in it is no page: a page begins with a tag, and a fragment has hardly any
    text outside its blocks.
    """
    head = _sample(data)
    at = _BEFORE.match(head)
    start = at.end() if at is not None else 0
    if _PAGE.match(head, start):
        return True
    return _FRAGMENT.match(head, start) is not None and not _MARKDOWN.search(head) and _is_fragment(head)


def _sample(data: bytes) -> str:
    """Return the beginning of *data*; characters that are not ASCII may be wrong, tags are right."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) : len(mark) + 4 * _HEAD].decode(encoding, "replace")
    return data[: 4 * _HEAD].decode("latin-1")


def _is_fragment(head: str) -> bool:
    """Return whether at most a tenth of the text is outside every block."""
    from nianbao.readers.html.tree import build

    inside = outside = 0
    for element in build(head, OURS).elements:
        for child in element.children:
            if isinstance(child, Paragraph):
                length = sum(len(run.text.strip()) for run in child.runs)
                if element.parent is None:
                    outside += length
                else:
                    inside += length
    return 9 * outside <= inside


def read_html(data: bytes, name: str) -> Source:
    """Return the report in the page *data*, its `raw` the whole page as text.

    Raises UnreadableError for a page that is too large, in no known encoding, without text, or made of
    frames.
    """
    if len(data) > limits.HTML_BYTES:
        raise UnreadableError(_LARGE.fill(most=limits.HTML_BYTES >> 20))
    page, encoding, bom = _decode(data)
    from nianbao.readers.html.content import find, report
    from nianbao.readers.html.tree import build

    raw = Source(page, name, encoding, bom=bom, kind=KIND)
    tree = build(page, OURS)
    root = find(tree)
    if root.name == "pre":
        return _text_of(raw, root.inner, root.end)
    blocks = report(tree, page, root)
    framed = tree.frames and not (root.weight.signs or root.weight.prose)
    if framed or not blocks:
        raise UnreadableError(_FRAMES if tree.frames else _EMPTY)
    return render(Document(blocks), name, KIND, encoding, raw)


def _text_of(raw: Source, start: int, end: int) -> Source:
    """Return the text of a page that is a text file in a `<pre>`, as a browser saves one, with its lines."""
    from nianbao.readers.html.tokens import Kind, tokens
    from nianbao.readers.html.tree import PAGE, runs_of

    pieces, segments, length = [], [], 0
    for token in tokens(raw.text, start, end):
        ours = token.kind is Kind.COMMENT and OURS.match(raw.text, token.start)
        if token.kind is Kind.TEXT or ours:
            for run in runs_of(raw.text, token.start, token.end):
                pieces.append(run.text)
                segments.append(Segment(length, length + len(run.text), PAGE, run.at, run.until))
                length += len(run.text)
    text = as_meant(_CONTROL.sub("\ufffd", "".join(pieces)))
    return Source(text, raw.path, raw.encoding, kind=KIND, segments=tuple(segments), raw=raw)


def _decode(data: bytes) -> tuple[str, str, bool]:
    """Return *data* as text, its encoding, and whether it has a byte order mark.

    The encoding that a page declares is often wrong: it only decides between those that the bytes allow.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _checked(_strict(data[len(mark) :], encoding)), encoding, True
    text = _strict(data, "utf-8")
    if text is not None:
        return _checked(text), "utf-8", False
    declared = _CHARSET.search(data[:_HEAD])
    charset = declared[1].lower() if declared is not None else b""
    text = _strict(data, "gb18030")
    if text is None or not _KNOWN.search(text):
        if charset.startswith(b"big5"):
            big5 = _strict(data, "big5hkscs")
            if big5 is not None:
                return _checked(big5), "big5hkscs", False
        if charset.startswith(b"utf"):
            text = None  # UTF-8 with a damaged character reads as another text in GB18030
    return _checked(text), "gb18030", False


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _checked(text: str | None) -> str:
    """Return *text* with U+FFFD for each control character. Raises UnreadableError if *text* is None or no text."""
    clean = _CONTROL.sub("\ufffd", text) if text is not None else None
    if clean is None or clean.count("\ufffd") > max(16, len(clean) // 100):
        raise UnreadableError(_ENCODING)
    return clean
