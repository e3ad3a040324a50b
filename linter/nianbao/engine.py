"""Runs rules over a report, signs what they find and says how each of them ended."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from nianbao.diagnostic import (
    Basis,
    Diagnostic,
    Finding,
    Outcome,
    Severity,
    State,
    Strength,
    Undetermined,
)
from nianbao.language import Text
from nianbao.report import Report
from nianbao.rule import Context, Rule

CRASH = "DOC900"
_CRASH_NAME = "rule-crashed"
_CRASH_BASIS = (Basis("nianbao", "", Strength.LAW),)
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
_UNREADABLE = Text("{tables}没有读懂，无法判断", "table {tables} could not be read")


class Verdict(NamedTuple):
    """All that is known of a report after every rule has run: findings in the order of the text."""

    report: Report
    diagnostics: tuple[Diagnostic, ...]
    outcomes: tuple[Outcome, ...]

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
    for rule in rules:
        outcome, findings = _run(rule, report, Context((options or {}).get(rule.code, {})))
        outcomes.append(outcome)
        signed.extend((rule, finding) for finding in findings)
        if outcome.state is State.CRASHED and outcome.reason is not None:
            crash = Finding(report.anchor, outcome.reason, _CRASH_HELP, place="全文")
            crashes.append(
                Diagnostic(CRASH, _CRASH_NAME, Severity.ERROR, _CRASH_BASIS, rule.code, 0, crash, "")
            )
    diagnostics = [*_sign(report, signed), *crashes]
    diagnostics.sort(key=lambda d: (d.finding.span, d.code))
    return Verdict(report, tuple(diagnostics), tuple(outcomes))


def _run(rule: Rule, report: Report, context: Context) -> tuple[Outcome, list[Finding]]:
    barred = _barred(rule, report)
    if barred is not None:
        return barred, []
    findings: list[Finding] = []
    unknown: Undetermined | None = None
    try:
        for result in rule.check(report, context):
            if isinstance(result, Undetermined):
                unknown = unknown or result
            else:
                findings.append(result)
    except Exception as error:  # a rule is somebody else's code: whatever it raises is its own outcome
        reason = _CRASHED.fill(code=rule.code, error=f"{type(error).__name__}: {error}")
        return Outcome(rule.code, State.CRASHED, reason), findings
    if findings:
        return Outcome(rule.code, State.FAILED), findings
    unread = [key for key in rule.any_of if key in report.unreadable]
    if unread:
        unknown = unknown or Undetermined(_UNREADABLE.fill(tables=_names(report, unread)))
    if unknown is not None:
        return Outcome(rule.code, State.UNDETERMINED, unknown.reason), []
    return Outcome(rule.code, State.PASSED), []


def _barred(rule: Rule, report: Report) -> Outcome | None:
    """Return the outcome of a rule that the form or the tables of *report* keep from running."""
    if rule.forms and report.form is None:
        return Outcome(rule.code, State.UNDETERMINED, _NO_FORM)
    # What is no report breaks no rule; but tables alone can still be added up.
    if rule.forms and not report.recognised and not (report.tables and (rule.needs or rule.any_of)):
        return Outcome(rule.code, State.UNDETERMINED, _NO_REPORT)
    if rule.forms and report.form is not None and report.form.name not in rule.forms:
        reason = _OTHER_FORM.fill(form=report.form.name)
        return Outcome(rule.code, State.NOT_APPLICABLE, reason)
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
        identity = (rule.code, address, "".join(text.split()))
        ordinal = seen[identity]
        seen[identity] += 1
        yield Diagnostic(rule.code, rule.name, rule.severity, rule.basis, address, ordinal, finding, text)
