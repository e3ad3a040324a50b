"""Comments in a report that are addressed to nianbao."""

from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise

from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

from nianbao.text.marks import CELL_MARK
from nianbao.text.source import Span

_LINE_END = re.compile(r"\r\n|\r|\n")
_VISIBLE = re.compile(r"[^\r\n]")
_HEADING = re.compile(r"[ \u3000]*(#{1,6}[ \t]|(\*\*)?[一二三四五六七八九十]{1,3}、)")
_OURS = re.compile(r"\s*nianbao\s*[:：]", re.IGNORECASE)
_IGNORE = re.compile(r"\s*ignore(?![A-Za-z0-9_-])\s*", re.IGNORECASE)
# A word that looks like a code ends where its figures do, so that a reason may follow without a space.
_CODE = re.compile(r"[A-Za-z]+[0-9]+|[A-Za-z0-9_-]+")
_NEXT_CODE = re.compile(r"\s*[,，、]\s*(?=[A-Za-z]+[0-9])")
_AROUND = " \t\r\n\u3000:：,，、;；—-"


class Named(NamedTuple):
    """A code in a comment, and its span."""

    code: str
    span: Span


class Comment(NamedTuple):
    """A comment addressed to nianbao; one that is not understood has no *codes*.

    *covered* is the range of text that it applies to, *inline* whether that is its own line.
    """

    span: Span
    codes: tuple[Named, ...]
    reason: str
    covered: Span
    inline: bool


def blanked(text: str) -> str:
    """Return *text* with a space for every character of a comment, line ends kept."""
    pieces, at = [], 0
    for span in _spans(text):
        pieces += [text[at : span.start], _VISIBLE.sub(" ", text[span.start : span.end])]
        at = span.end
    return "".join([*pieces, text[at:]]) if pieces else text


def comments(text: str, *, made: bool = False) -> tuple[Comment, ...]:
    """Return the comments in *text* that are addressed to nianbao, in order.

    If the text is *made* from a document, a paragraph is a line, and the next line is the next block; only
    the rows of a table belong together.
    """
    ours = [span for span in _spans(text) if _OURS.match(text, span.start + 4, span.end)]
    lines = _Lines(blanked(text), made=made) if ours else None
    return tuple(_comment(text, span, lines) for span in ours if lines is not None)


def _spans(text: str) -> Iterator[Span]:
    """Yield the spans of the comments; one without an end is no comment."""
    start = text.find("<!--")
    while start >= 0:
        end = text.find("-->", start + 2)  # <!--> is a whole comment
        if end < 0:
            return
        yield Span(start, end + 3)
        start = text.find("<!--", end + 3)


class _Lines:
    """The lines of a text without its comments: which are empty, and where the block of each ends."""

    def __init__(self, text: str, *, made: bool) -> None:
        self.starts = [0, *(match.end() for match in _LINE_END.finditer(text)), len(text)]
        lines = [text[start:end] for start, end in pairwise(self.starts)]
        self.empty = [not line.strip() for line in lines]
        alone = [made and not line.startswith(CELL_MARK) for line in lines]
        heads = [lone or _HEADING.match(line) is not None for lone, line in zip(alone, lines, strict=True)]
        last = len(lines)
        self.full = [last] * (last + 1)  # the first line from here that is not empty
        self.ends = [last] * (last + 1)  # the line behind the block that a full line begins
        for number in range(last - 1, -1, -1):
            self.full[number] = self.full[number + 1] if self.empty[number] else number
            below = number + 1
            closed = heads[number] or below == last or self.empty[below] or heads[below]
            self.ends[number] = below if closed else self.ends[below]

    def covered(self, span: Span) -> tuple[Span, bool]:
        """Return the text that a comment at *span* applies to, and whether that is its own line."""
        last = len(self.starts) - 2
        first = min(bisect_right(self.starts, span.start) - 1, last)
        final = min(bisect_right(self.starts, span.end - 1) - 1, last)
        if not all(self.empty[number] for number in range(first, final + 1)):
            return Span(self.starts[first], self.starts[final + 1]), True
        begin = self.full[final + 1]
        end = self.ends[begin]
        return Span(self.starts[begin], self.starts[end]), False


def _comment(text: str, span: Span, lines: _Lines) -> Comment:
    covered, inline = lines.covered(span)
    address = _OURS.match(text, span.start + 4, span.end)
    end = span.end - 3
    ignore = _IGNORE.match(text, address.end(), end) if address is not None else None
    if ignore is None:
        return Comment(span, (), "", covered, inline)
    codes, at = [], ignore.end()
    while match := _CODE.match(text, at, end):
        codes.append(Named(match[0], Span(*match.span())))
        at = match.end()
        comma = _NEXT_CODE.match(text, at, end)
        if comma is None:
            break
        at = comma.end()
    reason = " ".join(text[at:end].strip(_AROUND).split()) if codes else ""
    return Comment(span, tuple(codes), reason, covered, inline)
