"""Comments in a report: prose to no rule, and the place to answer for a finding where it stands.

    <!-- nianbao: ignore SUM004 上年结转数以复议决定为准 -->

With other text on its line a comment speaks of that line; alone, of the next block: the lines up to the next
empty line or heading, or the one heading that stands below it.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from nianbao.diagnostic import Diagnostic, Finding, State, Suppression
from nianbao.language import Text
from nianbao.notices import NOTICES, REASONLESS, UNKNOWN, UNUSED, Raised, near, signed
from nianbao.source import Span
from nianbao.syntax import CELL_MARK

if TYPE_CHECKING:  # a report is read without its comments before there is any verdict
    from nianbao.engine import Verdict

_LINE_END = re.compile(r"\r\n|\r|\n")
_VISIBLE = re.compile(r"[^\r\n]")
_HEADING = re.compile(r"[ \u3000]*(#{1,6}[ \t]|(\*\*)?[一二三四五六七八九十]{1,3}、)")
_OURS = re.compile(r"\s*nianbao\s*[:：]", re.IGNORECASE)
_IGNORE = re.compile(r"\s*ignore(?![A-Za-z0-9_-])\s*", re.IGNORECASE)
# A word that looks like a code ends where its figures do, so that a reason may follow without a space.
_CODE = re.compile(r"[A-Za-z]+[0-9]+|[A-Za-z0-9_-]+")
_NEXT_CODE = re.compile(r"\s*[,，、]\s*(?=[A-Za-z]+[0-9])")
_AROUND = " \t\r\n\u3000:：,，、;；—-"

_NOT_UNDERSTOOD = Text(
    "这条注释看不懂，不起作用：“{words}”", "this comment says nothing that is understood: “{words}”"
)
_WRITE = Text("写作 <!-- nianbao: ignore 规则编号 理由 -->", "write <!-- nianbao: ignore CODE reason -->")
_NO_RULE = Text(
    "没有编号为 {code} 的规则，注释对它不起作用", "no rule has the code {code}, so the comment does nothing"
)
_NO_REASON = Text("这条注释没有写理由，不起作用", "this comment gives no reason, so it does nothing")
_GIVE_REASON = Text(
    "在编号后面写明理由：<!-- nianbao: ignore {codes} 理由 -->",
    "give the reason behind the code: <!-- nianbao: ignore {codes} reason -->",
)
_UNUSED = Text(
    "这条注释没有用上：它所管的{where}没有 {code} 的问题要它说明",
    "this comment answers for nothing: no {code} is left for it in the {where} it speaks of",
)
_LINE, _BLOCK = Text("这一行", "line"), Text("下面一段", "block")
_DELETE = Text("从注释中删去 {code}", "delete {code} from the comment")


class Named(NamedTuple):
    """A code as a comment has it, and where."""

    code: str
    span: Span


class Comment(NamedTuple):
    """A comment addressed to nianbao; one that is not understood has no *codes*.

    *covered* is the range of text that it speaks of, *inline* whether that is its own line.
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

    Where the text is *made* from a document, a paragraph is a line, and the next line is the next block; only
    the rows of a table belong together.
    """
    ours = [span for span in _spans(text) if _OURS.match(text, span.start + 4, span.end)]
    lines = _Lines(blanked(text), made=made) if ours else None
    return tuple(_comment(text, span, lines) for span in ours if lines is not None)


def judge(verdict: "Verdict", known: Collection[str]) -> "Verdict":
    """Return *verdict* with the findings marked that a comment answers for, and findings on the comments.

    *known* are the codes of all rules. No finding is left out or moved before another.
    """
    report = verdict.report
    found = comments(report.source.text, made=report.source.kind != "")
    if not found:
        return verdict
    sound = [comment for comment in found if comment.reason]
    used: set[Span] = set()  # codes as they stand in comments
    marked = [_marked(d, sound, used, verdict) for d in verdict.diagnostics]
    ran = {o.code for o in verdict.outcomes if o.state in (State.PASSED, State.FAILED)}
    unused = {named.span for comment in sound for named in comment.codes if named.code in ran} - used
    raised = [
        one._replace(finding=one.finding._replace(place=report.place(one.finding.span.start)))
        for comment in found
        for one in _raised(comment, report.source.text, unused, known)
    ]
    whole = sorted([*marked, *signed(raised, report.source)], key=lambda d: (d.finding.span, d.code))
    return verdict._replace(diagnostics=tuple(whole))


def _spans(text: str) -> Iterator[Span]:
    """Yield where comments stand; one without an end is no comment."""
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
        heads = [one or _HEADING.match(line) is not None for one, line in zip(alone, lines, strict=True)]
        last = len(lines)
        self.full = [last] * (last + 1)  # the first line from here that is not empty
        self.ends = [last] * (last + 1)  # the line behind the block that a full line begins
        for number in range(last - 1, -1, -1):
            self.full[number] = self.full[number + 1] if self.empty[number] else number
            below = number + 1
            closed = heads[number] or below == last or self.empty[below] or heads[below]
            self.ends[number] = below if closed else self.ends[below]

    def covered(self, span: Span) -> tuple[Span, bool]:
        """Return what a comment at *span* speaks of, and whether that is its own line."""
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
    ours = _OURS.match(text, span.start + 4, span.end)
    end = span.end - 3
    ignore = _IGNORE.match(text, ours.end(), end) if ours is not None else None
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


def _marked(
    diagnostic: Diagnostic, sound: Collection[Comment], used: set[Span], verdict: "Verdict"
) -> Diagnostic:
    """Return *diagnostic*, marked where one of the *sound* comments answers for it; its code is put in *used*."""
    if diagnostic.suppressed is not None or diagnostic.code in NOTICES:
        return diagnostic
    at = diagnostic.finding.span.start
    for comment in sound:
        if comment.covered.start <= at < comment.covered.end:
            for named in comment.codes:
                if named.code == diagnostic.code:
                    used.add(named.span)
                    source = verdict.report.source
                    origin = f"{source.path}:{source.position(comment.span.start).line}"
                    return diagnostic._replace(suppressed=Suppression("comment", comment.reason, origin))
    return diagnostic


def _raised(
    comment: Comment, text: str, unused: Collection[Span], known: Collection[str]
) -> Iterator[Raised]:
    """Yield what is wrong with *comment*; *unused* are the codes that answer for nothing."""
    if not comment.codes:
        words = " ".join(text[comment.span.start + 4 : comment.span.end - 3].split())
        yield Raised(UNKNOWN, Finding(comment.span, _NOT_UNDERSTOOD.fill(words=words[:60]), _WRITE))
        return
    for code, span in comment.codes:
        if code not in known:
            yield Raised(UNKNOWN, Finding(span, _NO_RULE.fill(code=code), near(code, known)))
        elif span in unused:
            where = _LINE if comment.inline else _BLOCK
            help_ = _DELETE.fill(code=code)
            yield Raised(UNUSED, Finding(span, _UNUSED.fill(code=code, where=where), help_))
    if not comment.reason:
        codes = ",".join(named.code for named in comment.codes)
        yield Raised(REASONLESS, Finding(comment.span, _NO_REASON, _GIVE_REASON.fill(codes=codes)))
