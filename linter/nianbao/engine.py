"""Runs rules over a report, signs what they find and says how each of them ended."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from nianbao.diagnostic import (
    Diagnostic,
    Finding,
    NotApplicable,
    Outcome,
    State,
    Undetermined,
    bare,
)
from nianbao.issuer import LEVEL_NAMES
from nianbao.language import Text, same
from nianbao.report import Report
from nianbao.rule import NOBODY_BARRED, Context, Rule
from nianbao.source import Source
from nianbao.stopwatch import Stopwatch, TimeUpError

LONGEST = 30.0  # seconds that one rule may take on one report
MOST = 2000  # findings of one rule in one report: nobody reads more

_CRASHED = Text(
    "规则 {code} 在检查本报告时出错（{error}），它的结论缺失；其余规则照常检查",
    "rule {code} failed on this report ({error}), so its verdict is missing; every other rule ran",
)
_CRASH_HELP = Text(
    "这是规则的缺陷，不是报告的问题；请把报告和这条信息交给规则的作者",
    "this is a fault of the rule, not of the report: send both to the author of the rule",
)
_OTHER_FORM = Text("本规则不适用于{form}格式", "made for another form than {form}")
_NO_FORM = Text(
    "看不出报告年度，也没有可辨认的表格", "neither the year nor a table of a known form was found"
)
_NO_REPORT = Text("全文没有格式规定的任何一个部分", "none of the form's sections was found")
_NO_TABLE = Text("报告中没有{tables}", "the report has no table {tables}")
_OTHER_LEVEL = Text("本规则不适用于{level}", "not made for the level {level}")
_NO_LEVEL = Text(
    "看不出机关的级别；用 --level 或配置写明", "the level of the organ is not stated: give --level"
)
_OTHER_YEAR = Text("本规则不适用于 {year} 年度", "not made for reports on {year}")
_NO_YEAR = Text("看不出报告年度；用 --year 或配置写明", "the year reported on is not stated: give --year")
_OTHER_REGION = Text("本规则只适用于{regions}", "made for {regions} only")
_NO_REGION = Text(
    "看不出机关属于哪个地区；在 nianbao.yaml 用 region 写明",
    "the region of the organ is not stated: set region in nianbao.yaml",
)
_TOO_MANY = Text("给出的问题超过 {most} 个", "more than {most} findings")
_TOO_LONG = Text("运行超过 {most} 秒", "more than {most} seconds")
_UNREADABLE = Text("{tables}没有读懂，无法判断", "table {tables} could not be read")


class Verdict(NamedTuple):
    """All that is known of a report after every rule has run: findings in the order of the text."""

    report: Report
    diagnostics: tuple[Diagnostic, ...]
    outcomes: tuple[Outcome, ...]

    @property
    def open(self) -> tuple[Diagnostic, ...]:
        """The findings that count: nobody has answered for them."""
        return tuple(d for d in self.diagnostics if d.suppressed is None)

    @property
    def source(self) -> Source:
        """The text of the report as it may be shown: with stars over what its findings hide."""
        source = self.report.source
        hidden = [span for d in self.diagnostics for span in d.finding.hidden]
        if not hidden:
            return source
        from nianbao.veil import covered  # few reports need it

        return covered(source, hidden)

    @property
    def judged(self) -> bool:
        """Whether the text was a report and none of its tables went unread."""
        return self.report.recognised and not self.report.unreadable


def lint(
    report: Report, rules: Sequence[Rule], options: Mapping[str, Mapping[str, object]] | None = None
) -> Verdict:
    """Run *rules* over *report*; *options* are those of each rule by its code. Never raises for a rule."""
    signed: list[tuple[Rule, Finding]] = []
    crashes: list[Diagnostic] = []
    outcomes = []
    with Stopwatch(LONGEST) as watch:
        for rule in rules:
            values = {option.name: option.default for option in rule.options}
            context = Context({**values, **(options or {}).get(rule.code, {})})
            outcome, findings = _run(rule, report, context, watch)
            outcomes.append(outcome)
            signed.extend((rule, finding) for finding in findings)
            if outcome.state is State.CRASHED and outcome.reason is not None:
                crashes.append(_crash(rule, outcome.reason, report))
    diagnostics = [*_sign(report, signed), *crashes]
    diagnostics.sort(key=lambda d: (d.finding.span, d.code))
    verdict = Verdict(report, tuple(diagnostics), tuple(outcomes))
    if not any(finding.hidden for _, finding in signed):
        return verdict
    from nianbao.veil import veiled  # few reports need it

    return veiled(verdict)


def _run(rule: Rule, report: Report, context: Context, watch: Stopwatch) -> tuple[Outcome, list[Finding]]:
    barred = barred_by(rule, report)
    if barred is not None:
        return barred, []
    findings: list[Finding] = []
    others: list[Undetermined | NotApplicable] = []
    try:
        watch.start()
        for result in rule.check(report, context):
            if isinstance(result, Undetermined | NotApplicable):
                others.append(result)
            else:
                findings.append(_sound(result, report))
            if len(findings) + len(others) > MOST:
                raise _LimitError(_TOO_MANY.fill(most=MOST))
            watch.check()
    except TimeUpError:
        return _crashed(rule, _TOO_LONG.fill(most=f"{watch.seconds:g}")), findings
    except _LimitError as error:
        return _crashed(rule, error.reason), findings[:MOST]
    except (Exception, SystemExit) as error:  # a rule is somebody else's code: what it raises is its outcome
        return _crashed(rule, same(f"{type(error).__name__}: {error}")), findings
    finally:
        watch.stop()
    return _ended(rule, report, failed=bool(findings), others=others), findings


def _ended(
    rule: Rule, report: Report, *, failed: bool, others: Sequence[Undetermined | NotApplicable]
) -> Outcome:
    """Return how a rule ended that ran to its end: what it could not judge weighs more than what it passed."""
    if failed:
        return Outcome(rule.code, State.FAILED)
    unknown = [other.reason for other in others if isinstance(other, Undetermined)]
    unread = [key for key in rule.any_of if key in report.unreadable]
    if unread:
        unknown.append(_UNREADABLE.fill(tables=_names(report, unread)))
    if unknown:
        return Outcome(rule.code, State.UNDETERMINED, unknown[0])
    if others:
        return Outcome(rule.code, State.NOT_APPLICABLE, others[0].reason)
    return Outcome(rule.code, State.PASSED)


def _crash(rule: Rule, reason: Text, report: Report) -> Diagnostic:
    """Return the finding that *rule* has failed; where none fails, nothing is read about it."""
    from nianbao.notices import CRASH, NOTICES

    notice = NOTICES[CRASH]
    finding = Finding(report.anchor, reason, _CRASH_HELP, place="全文")
    return Diagnostic(CRASH, notice.name, notice.severity, notice.basis, rule.code, 0, finding, "")


class _LimitError(Exception):
    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


def _crashed(rule: Rule, error: Text) -> Outcome:
    return Outcome(rule.code, State.CRASHED, _CRASHED.fill(code=rule.code, error=error))


def _sound(result: object, report: Report) -> Finding:
    """Return *result*. Raises TypeError or ValueError for what no reporter could show."""
    if not isinstance(result, Finding):
        raise TypeError(f"yielded {type(result).__name__}, not Finding, Undetermined or NotApplicable")
    start, end = result.span
    if not 0 <= start <= end <= len(report.source.text):
        raise ValueError(f"the span {start}-{end} is not in the report")
    return result


def barred_by(rule: Rule, report: Report) -> Outcome | None:
    """Return the outcome of a rule that *report* keeps from running: by its form, organ, year or tables."""
    return _barred_by_form(rule, report) or _barred_by_scope(rule, report) or _barred_by_tables(rule, report)


def _barred_by_form(rule: Rule, report: Report) -> Outcome | None:
    if rule.forms and report.form is None:
        return Outcome(rule.code, State.UNDETERMINED, _NO_FORM)
    # What is no report breaks no rule; but tables alone can still be added up.
    if rule.forms and not report.recognised and not (report.tables and (rule.needs or rule.any_of)):
        return Outcome(rule.code, State.UNDETERMINED, _NO_REPORT)
    if rule.forms and report.form is not None and report.form.name not in rule.forms:
        reason = _OTHER_FORM.fill(form=report.form.name)
        return Outcome(rule.code, State.NOT_APPLICABLE, reason)
    return None


def _barred_by_scope(rule: Rule, report: Report) -> Outcome | None:
    """Return the outcome of a rule made for other reports; where that is not stated, nobody can tell."""
    applies, level, year = rule.applies, report.issuer.level, report.year
    if applies == NOBODY_BARRED:
        return None
    if applies.levels and level is None:
        return Outcome(rule.code, State.UNDETERMINED, _NO_LEVEL)
    if level is not None and applies.levels and level not in applies.levels:
        name = Text(LEVEL_NAMES[level], level)
        return Outcome(rule.code, State.NOT_APPLICABLE, _OTHER_LEVEL.fill(level=name))
    if (applies.first or applies.last) and year is None:
        return Outcome(rule.code, State.UNDETERMINED, _NO_YEAR)
    if year is not None and not (applies.first or year) <= year <= (applies.last or year):
        return Outcome(rule.code, State.NOT_APPLICABLE, _OTHER_YEAR.fill(year=year))
    inside = [report.within(region) for region in applies.regions]
    if inside and True not in inside:
        regions = Text("、".join(applies.regions), ", ".join(applies.regions))
        if None in inside:
            return Outcome(rule.code, State.UNDETERMINED, _NO_REGION)
        return Outcome(rule.code, State.NOT_APPLICABLE, _OTHER_REGION.fill(regions=regions))
    return None


def _barred_by_tables(rule: Rule, report: Report) -> Outcome | None:
    missing = [key for key in rule.needs if report.table(key) is None]
    if rule.any_of and not any(map(report.table, rule.any_of)):
        missing.extend(rule.any_of)
    if not missing:
        return None
    unread = [key for key in missing if key in report.unreadable]
    reason, keys = (_UNREADABLE, unread) if unread else (_NO_TABLE, missing)
    state = State.UNDETERMINED if unread else State.NOT_APPLICABLE
    return Outcome(rule.code, state, reason.fill(tables=_names(report, keys)))


def _names(report: Report, keys: Sequence[str]) -> Text:
    """Return the tables *keys* as a clerk names them, those left out that the form does not have."""
    forms = [report.form.table(key) if report.form else None for key in keys]
    places = [form.place for form in forms if form is not None]
    return Text("、".join(places or keys), ", ".join(places or keys))


def _sign(report: Report, findings: Sequence[tuple[Rule, Finding]]) -> Iterator[Diagnostic]:
    seen: Counter[tuple[str, str, str]] = Counter()
    for rule, finding in sorted(findings, key=lambda pair: pair[1].span):
        cell = finding.cell.place if finding.cell is not None else None
        address = finding.place or cell or report.place(finding.span.start)
        text = report.source[finding.span]
        identity = (rule.code, address, bare(text))
        ordinal = seen[identity]
        seen[identity] += 1
        yield Diagnostic(rule.code, rule.name, rule.severity, rule.basis, address, ordinal, finding, text)
