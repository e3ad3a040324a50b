"""Comments in a report: prose to no rule, and the place to answer for a finding where it stands.

    <!-- nianbao: ignore SUM004 上年结转数以复议决定为准 -->

With other text on its line a comment speaks of that line; alone, of the next block: the lines up to the next
empty line or heading, or the one heading that stands below it.
"""

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from nianbao.engine.finding import Diagnostic, Finding, State, Suppression
from nianbao.engine.notices import NOTICES, REASONLESS, UNKNOWN, UNUSED, Raised, near, signed
from nianbao.report.comments import Comment, comments
from nianbao.text.language import Text
from nianbao.text.source import Span

if TYPE_CHECKING:  # a report is read without its comments before there is any verdict
    from nianbao.engine.verdict import Verdict


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
