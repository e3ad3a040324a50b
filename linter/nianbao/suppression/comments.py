"""Findings suppressed by comments in the report itself.

    <!-- nianbao: ignore SUM004 上年结转数以复议决定为准 -->

A comment with other text on its line is about that line; alone, about the next block: the lines up to the next
empty line or heading, or the one heading below it. No rule reads comments as prose.
"""

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from nianbao.engine.finding import Diagnostic, Finding, OutcomeState, Suppression
from nianbao.engine.notices import NOTICES, REASONLESS, UNKNOWN, UNUSED, Raised, near, signed
from nianbao.report.comments import Comment, comments
from nianbao.text.language import Text
from nianbao.text.source import Span

if TYPE_CHECKING:  # a report is read without its comments before there is a verdict
    from nianbao.engine.verdict import Verdict


_NOT_UNDERSTOOD = Text("这条注释看不懂，不起作用：“{words}”", "this comment is not understood: “{words}”")
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
    "this comment suppresses nothing: no {code} is left for it in its {where}",
)
_LINE, _BLOCK = Text("这一行", "line"), Text("下面一段", "block")
_DELETE = Text("从注释中删去 {code}", "delete {code} from the comment")


def suppressed_by_comments(verdict: "Verdict", known: Collection[str]) -> "Verdict":
    """Return *verdict* with the findings suppressed that a comment names, and with findings on the comments.

    *known* are the codes of all rules. No finding is left out or moved before another.
    """
    report = verdict.report
    shown = verdict.source  # its redacted parts are stars
    in_report = comments(shown.text, made=report.source.kind != "")
    if not in_report:
        return verdict
    sound = [comment for comment in in_report if comment.reason]
    used: set[Span] = set()  # the places of codes in comments
    diagnostics = [_suppressed(d, sound, used, verdict) for d in verdict.diagnostics]
    ran = {o.code for o in verdict.outcomes if o.state in (OutcomeState.PASSED, OutcomeState.FAILED)}
    unused = {named.span for comment in sound for named in comment.codes if named.code in ran} - used
    raised = [
        notice._replace(finding=notice.finding._replace(place=report.place(notice.finding.span.start)))
        for comment in in_report
        for notice in _raised(comment, shown.text, unused, known)
    ]
    whole = sorted([*diagnostics, *signed(raised, shown)], key=lambda d: (d.finding.span, d.code))
    return verdict._replace(diagnostics=tuple(whole))


def _suppressed(
    diagnostic: Diagnostic, sound: Collection[Comment], used: set[Span], verdict: "Verdict"
) -> Diagnostic:
    """Return *diagnostic*, suppressed if one of the *sound* comments names it; the place of the code goes to *used*."""
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
    """Yield the faults of *comment*; *unused* are the codes that suppress nothing."""
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
