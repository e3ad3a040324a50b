"""A scoring sheet of a report as rows for people: indicator, points lost, why, and what is known of the correction."""

from collections.abc import Iterator
from decimal import Decimal

from nianbao_grammar.records import NamedTuple

from nianbao.engine.checked import Checked
from nianbao.engine.finding import Diagnostic
from nianbao.engine.score import Loss
from nianbao.engine.verdict import Verdict
from nianbao.report.equations import number
from nianbao.reporters.display import Display
from nianbao.reporters.entry import SUPPRESSED
from nianbao.text.language import Text, joined, same

_TOTAL = Text("合计", "total")
_LINE = Text("第 {line} 行", "line {line}")
_REASON = Text("{number}. {place}：{message}（{code}）", "{number}. {place}: {message} ({code})")
_MOST = Text("这项最多扣 {most} 分", "no more than {most} is taken here")
_OPEN = Text("无法判断，不扣分：{code} {reason}", "could not be judged and costs nothing: {code} {reason}")
_UNASKED = Text("没有检查，不扣分：{codes}", "not checked and costs nothing: {codes}")
_EXCUSED = Text("{code} {by}，不扣分：{reason}", "{code} {by} and costs nothing: {reason}")
_EXCUSED_SO = Text("{code} {by}，不扣分", "{code} {by} and costs nothing")
_NOT_WHOLE = Text("有规则没有判断，得分不完整", "some rules have not judged, so this is not the whole score")
_NO_VERDICT = Text("没有结论，不计分：{reason}", "no verdict and so no score: {reason}")
_IN_DOUBT = Text("{reason}，不计分", "no score: {reason}")
_SCORED = Text("{path} 得分 {points}/{worth}", "{path} has {points} of {worth} points")
_TAKEN = Text("{name} -{lost}", "{name} -{lost}")
_LEFT_OPEN = Text("无法判断 {codes}", "not judged: {codes}")
_LEFT_OUT = Text("没有检查 {codes}", "not checked: {codes}")
_RULES = Text("{count} 条规则", "{count} rules")
_MANY = 12  # rules that are only counted in the line of a report; the sheet names them
_COMMA, _COLON, _SEMICOLON = Text("，", ", "), Text("：", ": "), Text("；", "; ")


class Row(NamedTuple):
    """One line of the sheet of one report, every word as it may be shown; the last line is the *total*.

    *worth*, *lost* and *points*, those that are left, are None where there is no score. *why* are the reasons for
    the points lost and what was not judged, *since* what is known of the correction: findings that are excused.
    """

    path: str
    organ: str
    year: int | None
    indicator: str
    worth: Decimal | None = None
    lost: Decimal | None = None
    points: Decimal | None = None
    why: tuple[str, ...] = ()
    since: tuple[str, ...] = ()
    total: bool = False


def rows(checked: Checked, display: Display) -> Iterator[Row]:
    """Yield a row for each indicator of the sheet of *checked*, and the total; none if it has no sheet."""
    if not checked.points or checked.on_waivers:
        return
    verdict = checked.verdict
    total = Row(display.shown(display.relative(checked.path)), "", None, display.say(_TOTAL), total=True)
    if verdict is None:
        reason = _NO_VERDICT.fill(reason=checked.error or same(""))
        yield total._replace(why=(display.say(reason),))
        return
    report, whole = verdict.report, checked.score
    total = total._replace(organ=display.shown(report.issuer.name), year=report.year)
    if whole is None:
        yield total._replace(why=(display.say(_no_score(checked)),))
        return
    for loss in whole.losses:
        indicator = loss.indicator
        yield total._replace(
            indicator=display.shown(indicator.name),
            worth=indicator.worth,
            lost=loss.lost,
            points=indicator.worth - loss.lost,
            why=tuple(_why(loss, verdict, display)),
            since=tuple(_since(loss, display)),
            total=False,
        )
    why = () if whole.whole else (display.say(_NOT_WHOLE),)
    yield total._replace(worth=whole.worth, lost=whole.lost, points=whole.points, why=why)


def line(checked: Checked, display: Display) -> str:
    """Return the score of *checked* in a line, "" if it has no verdict or no sheet."""
    if not checked.points or checked.verdict is None or checked.on_waivers:
        return ""
    whole, path = checked.score, display.relative(checked.path)
    if whole is None:
        return display.say(joined([same(path), _no_score(checked)], _COLON))
    said = _SCORED.fill(path=path, points=number(whole.points), worth=number(whole.worth))
    taken = [
        _TAKEN.fill(name=loss.indicator.name, lost=number(loss.lost)) for loss in whole.losses if loss.lost
    ]
    parts = [joined([said, joined(taken, _COMMA)], _COLON) if taken else said]
    for words, codes in ((_LEFT_OPEN, whole.undetermined), (_LEFT_OUT, whole.unasked)):
        if codes:
            many = _RULES.fill(count=len(codes))
            parts.append(words.fill(codes=many if len(codes) > _MANY else " ".join(codes)))
    return display.say(joined(parts, _SEMICOLON))


def _no_score(checked: Checked) -> Text:
    """Return why *checked*, which has a verdict, has no score."""
    lack = checked.verdict.lack if checked.verdict is not None else None
    if lack is None and checked.doubt is not None:
        return _IN_DOUBT.fill(reason=checked.doubt)
    return _NO_VERDICT.fill(reason=lack.text if lack is not None else same(""))


def _why(loss: Loss, verdict: Verdict, display: Display) -> Iterator[str]:
    for count, diagnostic in enumerate(loss.charged, 1):
        said = {"message": diagnostic.finding.message, "code": diagnostic.code}
        yield display.say(_REASON.fill(number=count, place=_place(diagnostic, verdict), **said))
    if loss.lost < loss.due:
        yield display.say(_MOST.fill(most=number(loss.lost)))
    for outcome in loss.undetermined:
        yield display.say(_OPEN.fill(code=outcome.code, reason=outcome.reason or same("")))
    if loss.unasked:
        yield display.say(_UNASKED.fill(codes=" ".join(loss.unasked)))


def _place(diagnostic: Diagnostic, verdict: Verdict) -> Text:
    source = verdict.source
    if not source.visible:
        return same(diagnostic.address)
    return _LINE.fill(line=source.position(diagnostic.finding.span.start).line)


def _since(loss: Loss, display: Display) -> Iterator[str]:
    for diagnostic in loss.excused:
        suppression = diagnostic.suppressed
        assert suppression is not None
        words = _EXCUSED if suppression.reason else _EXCUSED_SO
        by = SUPPRESSED[suppression.by]
        yield display.say(words.fill(code=diagnostic.code, by=by, reason=suppression.reason))
