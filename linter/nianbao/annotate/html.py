"""Findings as marks in a web page, with a list of them beside it; nothing in it runs.

The bytes of a page stay as they are. Scripts, pictures, frames and forms that it has of its own are kept too, and
forbidden to act: the copy fetches nothing and leads nowhere by itself.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from html import escape, unescape

from nianbao_grammar.records import NamedTuple

from nianbao.annotate.notes import Note, Style, note_lines
from nianbao.engine.verdict import Verdict
from nianbao.readers.html.tokens import Kind, Token, attributes, tokens
from nianbao.text.inert import inert
from nianbao.text.language import Language, Text
from nianbao.text.source import Source, Span
from nianbao.writers.characters import Change, changed

_TITLE = Text("检查结果：{count} 处", "Findings: {count}")
_UNMARKED = Text("（正文中没有这些字）", "(not in the text of the page)")
_SEVERAL = "\n\n"
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "form-action 'none'; frame-src 'none'; base-uri 'none'"
)
_STILL = f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
_NO_REFRESH = ' http-equiv="none"'  # of two attributes of one name the first counts
_STYLE = """<style>
mark.nianbao-mark{background:#ffe28a;color:inherit;outline:1px solid #c98a00;scroll-margin:4em}
mark.nianbao-mark:target{background:#ffb3a7;outline:2px solid #c62828}
mark.nianbao-empty::after{content:"◂";color:#c62828}
.nianbao-notes{all:initial;position:fixed;top:0;right:0;bottom:0;width:24em;overflow:auto;box-sizing:border-box;padding:1em;background:#fff;color:#222;border-left:1px solid #999;font:14px/1.6 sans-serif;text-align:left;z-index:2147483647}
.nianbao-notes *{all:revert;font:inherit;color:inherit}
.nianbao-notes h2{font-weight:bold;font-size:16px;margin:0 0 .5em}
.nianbao-notes ol{margin:0;padding-left:2em}
.nianbao-notes li{margin:0 0 1em}
.nianbao-notes p{margin:.2em 0}
.nianbao-notes a{color:#0b57a4;text-decoration:underline}
body:has(.nianbao-notes){margin-right:25em}
@media print{.nianbao-notes{position:static;width:auto;border:0}body:has(.nianbao-notes){margin-right:0}}
.nianbao-text{white-space:pre-wrap;overflow-wrap:anywhere;font:16px/1.8 serif;max-width:50em;margin:1em auto;padding:0 1em}
</style>"""


class Piece(NamedTuple):
    """Characters from *start* to *end* that the notes *numbers* are on."""

    start: int
    end: int
    numbers: tuple[int, ...]


def annotated(data: bytes, verdict: Verdict, notes: Sequence[Note], style: Style) -> bytes:
    """Return the page *data* with marks on the words of *notes* and a list of these.

    Notes on words in an attribute or in the title of the window are listed without a mark. Raises RefusedError if
    the page cannot be written back in its own encoding.
    """
    if not notes:
        return data
    source = verdict.report.source
    page = (source.raw or source).text
    page_tokens = list(tokens(page))
    closed = _Closed(page_tokens)
    ranges = [
        (start, end, number)
        for number, note in enumerate(notes)
        for start, end in _places(source, note.span)
        if closed.permits(start, end)
    ]
    pieces = list(_pieces(ranges))
    stem = _stem(page)
    insertions: dict[int, list[str]] = {}
    for index, piece in enumerate(pieces):
        insertions.setdefault(piece.start, []).append(_opening(stem, index, piece, notes, style.language))
        # Ends go before beginnings at the same place; a mark on nothing ends behind its beginning.
        here = insertions.setdefault(piece.end, [])
        here.insert(len(here) if piece.start == piece.end else 0, "</mark>")
    for at in _refreshes(page, page_tokens):
        insertions.setdefault(at, []).append(_NO_REFRESH)
    head, foot = _head(page, page_tokens), _foot(page_tokens, len(page))
    insertions.setdefault(head, []).insert(0, _STILL)
    insertions.setdefault(foot, []).append(_listed(stem, pieces, notes, style.language))
    changes = (Change(at, at, "".join(parts)) for at, parts in insertions.items())
    return changed(data, source, changes, "xmlcharrefreplace")


def shown(data: bytes, verdict: Verdict, notes: Sequence[Note], style: Style) -> bytes:
    """Return an HTML page, in UTF-8, that shows the text of a file with marks on the words of *notes*.

    Texts redacted by findings are masked in it.
    """
    source, language = verdict.source, style.language
    text = source.text
    pieces = list(_pieces((*note.span, number) for number, note in enumerate(notes)))
    parts, done = [], 0
    for index, piece in enumerate(pieces):
        parts += [
            _plain(text[done : piece.start]),
            _opening("nianbao", index, piece, notes, language),
            _plain(text[piece.start : piece.end]),
            "</mark>",
        ]
        done = piece.end
    parts.append(_plain(text[done:]))
    title = _plain(source.path.replace("\\", "/").rpartition("/")[2])
    tag = {"zh": "zh-CN", "en": "en"}[language]
    page = (
        f'<!DOCTYPE html>\n<html lang="{tag}">\n<head><meta charset="utf-8">{_STILL}<title>{title}</title></head>\n'
        f'<body>\n<div class="nianbao-text" lang="zh-CN">{"".join(parts)}</div>\n'
        f"{_listed('nianbao', pieces, notes, language)}\n</body>\n</html>\n"
    )
    return page.encode()


def _plain(text: str) -> str:
    return escape(inert(text, "\n\t"))


# -- places ----------------------------------------------------------------------------------------------


def _places(source: Source, span: Span) -> Iterator[tuple[int, int]]:
    """Yield the ranges of *span* in the page, piece by piece; for an empty cell the place before its end."""
    for _, at, until in source.locate(span):
        if at < until or span.start == span.end:
            yield at, until if span.start < span.end else at


class _Closed:
    """The parts of a page that cannot have a mark: tags, comments, the title of the window, invisible text."""

    def __init__(self, page_tokens: Iterable[Token]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        last: Token | None = None
        for token in page_tokens:
            plain = last is not None and last.kind is Kind.START and last.name in _PLAIN
            if token.kind is not Kind.TEXT or plain:
                self._starts.append(token.start)
                self._ends.append(token.end)
            last = token

    def permits(self, start: int, end: int) -> bool:
        """Return whether a mark from *start* to *end* is in text alone."""
        first = bisect_right(self._ends, start)
        return first == len(self._starts) or self._starts[first] >= max(start, end)


_PLAIN = frozenset(
    {"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript"}
)


def _pieces(ranges: Iterable[tuple[int, int, int]]) -> Iterator[Piece]:
    """Yield the pieces, in order, into which *ranges*, each with the number of its note, cut one another."""
    ordered = sorted(ranges)
    filled = [(start, end, number) for start, end, number in ordered if start < end]
    edges = sorted({edge for start, end, _ in filled for edge in (start, end)})
    over: list[list[int]] = [[] for _ in edges]
    for start, end, number in filled:
        for index in range(bisect_left(edges, start), bisect_left(edges, end)):
            over[index].append(number)
    pieces = [
        Piece(edges[i], edges[i + 1], tuple(dict.fromkeys(numbers)))
        for i, numbers in enumerate(over)
        if numbers
    ]
    pieces += [Piece(start, start, (number,)) for start, end, number in ordered if start == end]
    yield from sorted(pieces)


def _refreshes(page: str, page_tokens: Iterable[Token]) -> Iterator[int]:
    """Yield the offset of the attributes of each tag that has a browser go to another page, which no policy forbids."""
    last = ""
    for token in page_tokens:
        if token.kind is Kind.TEXT and last == "noscript":  # is read where scripts are switched off
            yield from _refreshes(page, tokens(page, token.start, token.end))
        last = token.name if token.kind is Kind.START else ""
        if last == "meta":
            does = attributes(page[token.attributes : token.end]).get("http-equiv")
            if does is not None and unescape(does.text).strip().lower() == "refresh":
                yield token.attributes


def _head(page: str, page_tokens: Iterable[Token]) -> int:
    """Return the offset for a policy of the whole page: right behind `<head>`, else before its first block."""
    at = 0
    for token in page_tokens:
        if token.kind is Kind.START and token.name == "head":
            return token.end
        if token.kind is Kind.COMMENT or (token.kind is Kind.START and token.name == "html"):
            at = token.end
        elif token.kind is not Kind.TEXT or page[token.start : token.end].strip("\ufeff \t\r\n\f"):
            break
    return at


def _foot(page_tokens: Iterable[Token], length: int) -> int:
    ends = [token.start for token in page_tokens if token.kind is Kind.END and token.name == "body"]
    return ends[-1] if ends else length


def _stem(page: str) -> str:
    """Return the beginning of the names of the marks, which no other name in *page* has."""
    number = 0
    while f'"nianbao{number or ""}-' in page:
        number += 1
    return f"nianbao{number or ''}"


# -- markup ----------------------------------------------------------------------------------------------


def _opening(stem: str, index: int, piece: Piece, notes: Sequence[Note], language: Language) -> str:
    words = _SEVERAL.join(
        "\n".join(note_lines(diagnostic, language))
        for number in piece.numbers
        for diagnostic in notes[number].diagnostics
    )
    empty = " nianbao-empty" if piece.start == piece.end else ""
    tooltip = _plain(words).replace("\n", "&#10;")
    return f'<mark class="nianbao-mark{empty}" id="{stem}-{index + 1}" title="{tooltip}">'


def _listed(stem: str, pieces: Sequence[Piece], notes: Sequence[Note], language: Language) -> str:
    """Return the list of *notes*, each with a link to its first mark, and the style of both."""
    first: dict[int, int] = {}
    for index, piece in enumerate(pieces, 1):
        for number in piece.numbers:
            first.setdefault(number, index)
    items = "".join(
        f"<li>{_item(stem, first.get(number), note, language)}</li>" for number, note in enumerate(notes)
    )
    count = sum(len(note.diagnostics) for note in notes)
    title = _TITLE.fill(count=count).of(language)
    return f'{_STYLE}<aside class="nianbao-notes"><h2>{title}</h2><ol>{items}</ol></aside>'


def _item(stem: str, mark: int | None, note: Note, language: Language) -> str:
    address = _plain(note.diagnostics[0].address)
    head = f'<a href="#{stem}-{mark}">{address}</a>' if mark else address + _UNMARKED.of(language)
    lines = (line for diagnostic in note.diagnostics for line in note_lines(diagnostic, language))
    return f"<p>{head}</p>" + "".join(f"<p>{_plain(line)}</p>" for line in lines)
