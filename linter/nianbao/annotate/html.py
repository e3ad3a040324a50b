"""Findings as marks in a web page, with a list of them beside it; nothing in it runs.

The bytes of a page stay as they are. Scripts, pictures, frames and forms that it has of its own are kept too, and
forbidden to act: the copy fetches nothing and leads nowhere by itself.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from html import escape, unescape

from nianbao_grammar.records import NamedTuple

from nianbao.annotate.notes import Note, Style, note_lines
from nianbao.annotate.tables import Drawn, Shown, tables_of
from nianbao.engine.finding import Diagnostic
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
_VIEW = '<meta name="viewport" content="width=device-width, initial-scale=1">'
_NO_REFRESH = ' http-equiv="none"'  # of two attributes of one name the first counts
_STYLE = """<style>
.nianbao-mark{background:var(--nianbao-light);color:inherit;text-decoration:underline 2px var(--nianbao-dark);text-decoration-style:var(--nianbao-line);text-underline-offset:3px}
.nianbao-error{--nianbao-dark:#b3261e;--nianbao-light:#ffd9d4;--nianbao-line:solid}
.nianbao-warning{--nianbao-dark:#8a5300;--nianbao-light:#ffecb0;--nianbao-line:dashed}
.nianbao-info{--nianbao-dark:#1f5f99;--nianbao-light:#dcecff;--nianbao-line:dotted}
.nianbao-number{all:revert;display:inline-block;margin:0 2px;padding:0 4px;border:1px solid var(--nianbao-dark);border-radius:8px;background:#fff;color:var(--nianbao-dark);font:bold 11px/14px sans-serif;text-decoration:none;text-indent:0;vertical-align:2px;scroll-margin:6em}
.nianbao-number.nianbao-error{background:var(--nianbao-dark);color:#fff}
.nianbao-number.nianbao-info{border-style:dotted}
.nianbao-number::before{content:attr(data-number)}
.nianbao-number:target{outline:3px solid #f5a300}
.nianbao-empty::after{content:"◂";color:var(--nianbao-dark)}
.nianbao-notes{all:initial;position:fixed;top:0;right:0;bottom:0;width:24em;overflow:auto;box-sizing:border-box;padding:1em;background:#fff;color:#222;border-left:1px solid #999;font:14px/1.6 sans-serif;text-align:left;z-index:2147483647}
.nianbao-notes *{all:revert;font:inherit;color:inherit}
.nianbao-notes h2{font-weight:bold;font-size:16px;margin:0 0 .5em}
.nianbao-notes ol{margin:0;padding-left:2.4em}
.nianbao-notes li{margin:0 0 1em;padding:.1em .6em;border-left:3px var(--nianbao-line) var(--nianbao-dark)}
.nianbao-notes li:target{background:#fff3d6}
.nianbao-notes li::marker{color:var(--nianbao-dark);font-weight:bold}
.nianbao-notes p{margin:.2em 0;overflow-wrap:anywhere}
.nianbao-notes a{color:#0b57a4;text-decoration:underline;font-weight:bold}
body:has(.nianbao-notes){margin-right:25em}
@media (max-width:60em){.nianbao-notes{display:block;position:static;width:auto;border:0;border-top:1px solid #999}body:has(.nianbao-notes){margin-right:0}}
@media print{.nianbao-notes{display:block;position:static;width:auto;border:0;break-before:page;font-size:10pt}.nianbao-notes li{break-inside:avoid}body:has(.nianbao-notes){margin-right:0}.nianbao-mark,.nianbao-number{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
.nianbao-text{white-space:pre-wrap;overflow-wrap:anywhere;font:16px/1.8 "Noto Serif CJK SC","Source Han Serif SC",SimSun,serif;max-width:52em;margin:1em auto;padding:0 1em}
.nianbao-text table{width:100%;margin:.6em 0;border-collapse:collapse;font:14px/1.5 "Noto Sans CJK SC","Microsoft YaHei",sans-serif}
.nianbao-text td{padding:.3em .5em;border:1px solid #a8aeb6;vertical-align:top}
.nianbao-text td.nianbao-figure{min-width:2.4em;text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.nianbao-text tr{break-inside:avoid}
@media print{.nianbao-text{font-size:11pt;max-width:none;padding:0}.nianbao-text table{font-size:9pt}}
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
    marks = _Marks(_stem(page), notes, style.language)
    links = _Closed(_links(page_tokens))
    insertions: dict[int, list[str]] = {}
    for piece in _pieces(ranges):
        linked = not links.permits(piece.start, piece.end)
        begin, end = marks.around(piece, linked=linked)
        insertions.setdefault(piece.start, []).append(begin)
        # Ends go before beginnings at the same place; a mark on nothing ends behind its beginning.
        here = insertions.setdefault(piece.end, [])
        here.insert(len(here) if piece.start == piece.end else 0, end)
    for at in _refreshes(page, page_tokens):
        insertions.setdefault(at, []).append(_NO_REFRESH)
    head, foot = _head(page, page_tokens), _foot(page_tokens, len(page))
    insertions.setdefault(head, []).insert(0, _STILL)
    insertions.setdefault(foot, []).append(marks.listed())
    changes = (Change(at, at, "".join(parts)) for at, parts in insertions.items())
    return changed(data, source, changes, "xmlcharrefreplace")


def shown(data: bytes, verdict: Verdict, notes: Sequence[Note], style: Style) -> bytes:
    """Return an HTML page, in UTF-8, that shows the text of a file with marks on the words of *notes*.

    Its tables are shown as tables. Texts redacted by findings are masked in it.
    """
    source, language = verdict.source, style.language
    text = source.text
    marks = _Marks("nianbao", notes, language)
    marking = _Marking(text, list(_pieces((*note.span, number) for number, note in enumerate(notes))), marks)
    parts, done = [], 0
    for table in tables_of(verdict.report, text):
        parts += [marking.shown(Span(done, table.span.start)), _table(table, marking)]
        done = table.span.end + text.startswith("\n", table.span.end)
    parts += [marking.shown(Span(done, len(text))), marking.left()]
    title = _plain(source.path.replace("\\", "/").rpartition("/")[2])
    tag = {"zh": "zh-CN", "en": "en"}[language]
    page = (
        f'<!DOCTYPE html>\n<html lang="{tag}">\n<head><meta charset="utf-8">{_STILL}{_VIEW}<title>{title}</title></head>\n'
        f'<body>\n<div class="nianbao-text" lang="zh-CN">{"".join(parts)}</div>\n'
        f"{marks.listed()}\n</body>\n</html>\n"
    )
    return page.encode()


class _Marking:
    """A text that is shown piece by piece, from its beginning to its end, with its marks."""

    def __init__(self, text: str, pieces: Sequence[Piece], marks: "_Marks") -> None:
        self._text = text
        self._pieces = pieces
        self._marks = marks
        self._next = 0  # the first piece that has not been shown to its end

    def shown(self, span: Span) -> str:
        """Return the text in *span*; what is marked in front of it and was not shown has a mark at its beginning."""
        parts, done = [], span.start
        while self._next < len(self._pieces):
            piece = self._pieces[self._next]
            if piece.start >= span.end and not (piece.start == piece.end == span.end):
                break
            start, end = max(piece.start, span.start), min(piece.end, span.end)
            if start < end or piece.start == piece.end or piece.end <= span.start:
                if piece.end <= span.start:
                    start = end = span.start
                if start < end or self._marks.is_new(piece):
                    begin, close = self._marks.around(piece._replace(start=start, end=end))
                    parts += [_plain(self._text[done:start]), begin, _plain(self._text[start:end]), close]
                    done = end
            if piece.end > span.end:
                break
            self._next += 1
        return "".join((*parts, _plain(self._text[done : span.end])))

    def left(self) -> str:
        """Return the marks that were not shown with any part of the text."""
        end = len(self._text)
        left = [piece for piece in self._pieces[self._next :] if self._marks.is_new(piece)]
        return "".join("".join(self._marks.around(piece._replace(start=end, end=end))) for piece in left)


def _table(table: Drawn, marking: _Marking) -> str:
    rows = "".join(f"<tr>{''.join(_cell(cell, marking) for cell in row)}</tr>" for row in table.rows)
    return f"<table><tbody>{rows}</tbody></table>"


def _cell(cell: Shown, marking: _Marking) -> str:
    wide = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    look = ' class="nianbao-figure"' if cell.number else ""
    return f"<td{wide}{look}>{marking.shown(cell.span)}</td>"


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


def _links(page_tokens: Iterable[Token]) -> Iterator[Token]:
    """Yield the text in links, in which there can be no other link, each piece as what cannot have one."""
    inside = False
    for token in page_tokens:
        if token.name == "a" and token.kind in (Kind.START, Kind.END):
            inside = token.kind is Kind.START
        elif inside and token.kind is Kind.TEXT:
            yield token._replace(kind=Kind.COMMENT)


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


class _Marks:
    """The marks of a page, each with the numbers of the notes that begin there, and the list that they lead to."""

    def __init__(self, stem: str, notes: Sequence[Note], language: Language) -> None:
        self._stem = stem
        self._notes = notes
        self._language = language
        self._marked: set[int] = set()

    def is_new(self, piece: Piece) -> bool:
        """Return whether a note begins with *piece*."""
        return not self._marked.issuperset(piece.numbers)

    def around(self, piece: Piece, *, linked: bool = False) -> tuple[str, str]:
        """Return what goes before and behind the words of *piece*; in a text that is *linked* numbers are no links.

        A note has one mark: what comes later of its words only looks like it.
        """
        begun = [number for number in piece.numbers if number not in self._marked]
        self._marked.update(begun)
        words = _SEVERAL.join(
            "\n".join(note_lines(diagnostic, self._language))
            for number in piece.numbers
            for diagnostic in self._notes[number].diagnostics
        )
        empty = " nianbao-empty" if piece.start == piece.end else ""
        look = _look(diagnostic for number in piece.numbers for diagnostic in self._notes[number].diagnostics)
        tooltip = _plain(words).replace("\n", "&#10;")
        tag = "mark" if begun else "span"
        numbers = "".join(self._number(number, linked=linked) for number in begun)
        return f'{numbers}<{tag} class="nianbao-mark {look}{empty}" title="{tooltip}">', f"</{tag}>"

    def _number(self, number: int, *, linked: bool) -> str:
        """Return the number of a note, which is no text of the page, as a link to the note."""
        tag, href = ("b", "") if linked else ("a", f' href="#{self._stem}-note-{number + 1}"')
        look = _look(self._notes[number].diagnostics)
        names = f'class="nianbao-number {look}" id="{self._stem}-{number + 1}" data-number="{number + 1}"'
        return f"<{tag} {names}{href}></{tag}>"

    def listed(self) -> str:
        """Return the list of the notes, each with a link to its mark, and the style of both."""
        items = "".join(
            f'<li class="{_look(note.diagnostics)}" id="{self._stem}-note-{number + 1}">{self._item(number, note)}</li>'
            for number, note in enumerate(self._notes)
        )
        count = sum(len(note.diagnostics) for note in self._notes)
        title = _TITLE.fill(count=count).of(self._language)
        return f'{_STYLE}<aside class="nianbao-notes"><h2>{title}</h2><ol>{items}</ol></aside>'

    def _item(self, number: int, note: Note) -> str:
        address = _plain(note.diagnostics[0].address)
        marked = number in self._marked
        link = f'<a href="#{self._stem}-{number + 1}">{address}</a>'
        head = link if marked else address + _UNMARKED.of(self._language)
        lines = (line for diagnostic in note.diagnostics for line in note_lines(diagnostic, self._language))
        return f"<p>{head}</p>" + "".join(f"<p>{_plain(line)}</p>" for line in lines)


def _look(diagnostics: Iterable[Diagnostic]) -> str:
    """Return the class of what is as severe as the worst of *diagnostics*."""
    worst = max((diagnostic.severity for diagnostic in diagnostics), key=lambda severity: severity.rank)
    return f"nianbao-{worst.value}"
