"""Rules run over a report: their findings signed, and the outcome of each."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import FrameType

from nianbao_grammar.private_numbers import identity_numbers

from nianbao.engine.applicability import UNREADABLE, barred_by, table_names
from nianbao.engine.finding import (
    Diagnostic,
    Finding,
    NotApplicable,
    Outcome,
    OutcomeState,
    Severity,
    Strength,
    Undetermined,
    numbered,
)
from nianbao.engine.rule import Context, Result, Rule
from nianbao.engine.time_limit import Stopwatch, TimeUpError
from nianbao.engine.verdict import Verdict
from nianbao.report.report import Report
from nianbao.text.language import Text, same

_LOOSE_YEAR = 2019
LONGEST = 30.0  # seconds that one rule may take on one report
_NO_OPTIONS = Context()
MOST = 2000  # findings of one rule in one report: no one reads more

_CRASHED = Text(
    "规则 {code} 在检查本报告时出错（{error}{place}），它的结论缺失；其余规则照常检查",
    "rule {code} failed on this report ({error}{place}), so its verdict is missing; every other rule ran",
)
_CRASH_HELP = Text(
    "这是规则的缺陷，不是报告的问题；请把报告和这条信息交给规则的作者",
    "this is a fault of the rule, not of the report: send both to the author of the rule",
)
_PLACE = Text("，{file}:{line}", ", {file}:{line}")
_TOO_MANY = Text("给出的问题超过 {most} 个", "more than {most} findings")
_TOO_LONG = Text("运行超过 {most} 秒", "more than {most} seconds")


def lint(
    report: Report,
    rules: Sequence[Rule],
    options: Mapping[str, Mapping[str, object]] | None = None,
    before_rule: Callable[[], None] | None = None,
) -> Verdict:
    """Run *rules* over *report*; *options* are those of each rule by its code. Never raises for a rule.

    *before_rule* is called before each; what it raises ends the run.
    """
    signed: list[Diagnostic] = []
    crashes: list[Diagnostic] = []
    outcomes = []
    with Stopwatch(LONGEST) as watch:
        for rule in rules:
            if before_rule is not None:
                before_rule()
            outcome, findings = _run(rule, report, _context(rule, options or {}), watch)
            outcomes.append(outcome)
            if findings:
                signed.extend(_signed(report, rule, finding) for finding in findings)
            if outcome.state is OutcomeState.CRASHED and outcome.reason is not None:
                crashes.append(_crash(rule, outcome.reason, report))
    signed.sort(key=lambda diagnostic: diagnostic.finding.span)
    diagnostics = [*numbered(signed), *crashes]
    diagnostics.sort(key=lambda d: (d.finding.span, d.code))
    verdict = Verdict(report, tuple(diagnostics), tuple(outcomes))
    hiding = any(diagnostic.finding.hidden for diagnostic in signed)
    if not hiding and next(identity_numbers(report.source.text), None) is None:
        return verdict
    from nianbao.engine.redaction import redacted  # few reports need it

    return redacted(verdict)


def _context(rule: Rule, options: Mapping[str, Mapping[str, object]]) -> Context:
    if not rule.options and rule.code not in options:
        return _NO_OPTIONS
    values = {option.name: option.default for option in rule.options}
    return Context({**values, **options.get(rule.code, {})})


def _run(rule: Rule, report: Report, context: Context, watch: Stopwatch) -> tuple[Outcome, list[Finding]]:
    barred = barred_by(rule, report)
    if barred is not None:
        return barred, []
    findings: list[Finding] = []
    others: list[Undetermined | NotApplicable] = []
    results: Iterable[Result] = ()
    try:
        try:
            watch.start()
            results = rule.check(report, context)
            for result in results:
                if isinstance(result, Undetermined | NotApplicable):
                    others.append(result)
                else:
                    findings.append(_sound(result, report))
                if len(findings) + len(others) > MOST:
                    raise _LimitError(_TOO_MANY.fill(most=MOST))
                watch.check()
        finally:
            watch.stop()  # in here, where its last ring is heard
    except TimeUpError as error:
        if not watch.over:  # the time of the whole file is up
            raise
        reason = _TOO_LONG.fill(most=f"{watch.seconds:g}")
        return _crashed(rule, reason, _line(rule, error, results)), findings
    except _LimitError as error:
        return _crashed(rule, error.reason, _line(rule, error, results)), findings[:MOST]
    except (Exception, SystemExit) as error:  # a rule may be foreign code: what it raises is its outcome
        reason = same(f"{type(error).__name__}: {error}")
        return _crashed(rule, reason, _line(rule, error, results)), findings
    return _ended(rule, report, failed=bool(findings), others=others), findings


def _ended(
    rule: Rule, report: Report, *, failed: bool, others: Sequence[Undetermined | NotApplicable]
) -> Outcome:
    """Return the outcome of a rule that ran to its end; a part that it could not judge outweighs all that passed."""
    if failed:
        return Outcome(rule.code, OutcomeState.FAILED)
    if not others and not rule.any_of:  # as most
        return Outcome(rule.code, OutcomeState.PASSED)
    unknown = [other for other in others if isinstance(other, Undetermined)]
    unread = [key for key in rule.any_of if key in report.unreadable]
    if unread:
        unknown.append(Undetermined(UNREADABLE.fill(tables=table_names(report, unread))))
    if unknown:
        first = min(unknown, key=lambda each: bool(each.told_by))  # what nothing else tells
        return Outcome(rule.code, OutcomeState.UNDETERMINED, first.reason, first.told_by)
    if others:
        return Outcome(rule.code, OutcomeState.NOT_APPLICABLE, others[0].reason)
    return Outcome(rule.code, OutcomeState.PASSED)


def _crash(rule: Rule, reason: Text, report: Report) -> Diagnostic:
    """Return the finding that *rule* has failed."""
    from nianbao.engine.notices import CRASH, NOTICES  # few runs need it

    notice = NOTICES[CRASH]
    finding = Finding(report.anchor, reason, _CRASH_HELP, place="全文")
    return Diagnostic(CRASH, notice.name, notice.severity, notice.basis, rule.code, 0, finding, "")


class _LimitError(Exception):
    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


def _crashed(rule: Rule, error: Text, line: int) -> Outcome:
    file = rule.file.replace("\\", "/").rpartition("/")[2]
    place = _PLACE.fill(file=file, line=line) if file and line else ""
    reason = _CRASHED.fill(code=rule.code, error=error, place=place)
    return Outcome(rule.code, OutcomeState.CRASHED, reason)


def _line(rule: Rule, error: BaseException, results: object) -> int:
    """Return the line of the file of *rule* that it had come to: by *error*, else by the last of its *results*.

    That of its head if neither has been in this file, as for a rule in YAML; 0 if that is not known.
    """
    frame = getattr(results, "gi_frame", None)
    line = rule.line
    if isinstance(frame, FrameType) and frame.f_code.co_filename == rule.file:
        line = frame.f_lineno
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == rule.file:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _sound(result: object, report: Report) -> Finding:
    """Return *result*. Raises TypeError or ValueError if no reporter could show it."""
    if not isinstance(result, Finding):
        raise TypeError(f"yielded {type(result).__name__}, not Finding, Undetermined or NotApplicable")
    start, end = result.span
    if not 0 <= start <= end <= len(report.source.text):
        raise ValueError(f"the span {start}-{end} is not in the report")
    return result


def _signed(report: Report, rule: Rule, finding: Finding) -> Diagnostic:
    cell = finding.cell.place if finding.cell is not None else None
    address = finding.place or cell or report.place(finding.span.start)
    text = report.source[finding.span]
    severity = _weight(report, rule, finding)
    return Diagnostic(rule.code, rule.name, severity, rule.basis, address, 0, finding, text)


def _weight(report: Report, rule: Rule, finding: Finding) -> Severity:
    """Return the severity of *finding*.

    Reports on 2019 could follow the form loosely (国办公开办函〔2019〕60号 二: 可参照): what only the form asks for is
    no error in them.
    """
    form_only = all(basis.strength is Strength.FORM for basis in rule.basis)
    loose = Severity.WARNING if report.year == _LOOSE_YEAR and form_only else None
    bounds = (severity for severity in (rule.severity, finding.at_most, loose) if severity is not None)
    return min(bounds, key=lambda severity: severity.rank)
