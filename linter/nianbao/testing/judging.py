"""The verdict of rules on a case, and its differences from what the case expects."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from nianbao_grammar.records import NamedTuple

from nianbao.engine.finding import STATES, Diagnostic, Outcome, OutcomeState, Severity, bare
from nianbao.engine.lint import lint
from nianbao.engine.rule import Applies, Rule
from nianbao.engine.verdict import Verdict
from nianbao.report.form import Form
from nianbao.report.report import Report
from nianbao.reporters.display import Display
from nianbao.reporters.source_excerpt import Gutter, excerpt
from nianbao.run.fixing import is_safe
from nianbao.testing.cases import Case, CaseError, Sample
from nianbao.testing.fixes import put_right
from nianbao.testing.variations import WAYS, variations
from nianbao.text.folding import fold
from nianbao.text.language import Text
from nianbao.text.source import Source, Span

_MISSED = Text("应发现而没有发现：{expected}", "not found: {expected}")
_SURPLUS = Text(
    "不应发现而发现了：{code}“{text}”（{place}）{message}",
    "not expected: {code} “{text}” ({place}) {message}",
)
_DATA = Text(" 数据 {data}", " data {data}")
_ORDER = Text(
    "发现的次序与 expect 不同，依次是：{order}", "found in another order than that of expect: {order}"
)
_UNMARKED = Text("没有标出，却发现了“{text}”：{message}", "found though not marked: “{text}” {message}")
_MARKED = Text("标出了“{text}”，却没有发现", "marked and not found: “{text}”")
_NOTHING = Text("{code} 应发现问题，却没有发现{why}", "{code} was to find something and did not{why}")
_UNDETERMINED = Text("{code} 没有结论{why}", "{code} came to no conclusion{why}")
_WHY = Text("（{state}：{reason}）", " ({state}: {reason})")
_NOT_UNDETERMINED = Text("{code} 应无法判断，却是：{state}", "{code} was to end undetermined: {state}")
_NO_RULE = Text("没有规则 {code}", "there is no rule {code}")
_WAY = Text("换一种写法（{way}）结果就不同：", "written in another way ({way}) the result differs:")
_RELATED = Text(" 相关 {related}", " related {related}")
_ELSEWHERE = Text(" 他处 {words}", " elsewhere {words}")
_REFUSED = Text("{code} 的修改没有做成：{reason}", "the fix of {code} was not made: {reason}")
_NO_FIX = Text("{code} 没有给出修改", "{code} offers no fix")
_TO_CONFIRM = Text(
    "{code} 的修改（{title}）须经人确认；核对后写 unsafe: true",
    "the fix of {code} ({title}) waits for a person to agree: if it should, write unsafe: true",
)
_UNASKED = Text(
    "{code} 的修改（{title}）不经人确认就会做；核对后删去 unsafe",
    "the fix of {code} ({title}) is made unasked: if it should be, delete unsafe",
)
_FIXED = Text(
    "修改后应为“{wanted}”，却是“{got}”", "after the fix it was to read “{wanted}” and reads “{got}”"
)
_LEFT = 4  # columns of a line number


class Difference(NamedTuple):
    """One difference from what a case expects; *span* is its place in the text."""

    words: Text
    span: Span | None = None


class Failure(NamedTuple):
    """The differences of a case that fails: as written, or in one of the *way*s that must not matter."""

    source: Source
    differences: tuple[Difference, ...]
    way: str = ""

    def lines(self, display: Display) -> list[str]:
        """Return the differences as lines, each with the line of the report that it is about, underlined."""
        lines = []
        if self.way:
            lines += display.ruler.wrap(display.say(_WAY.fill(way=WAYS[self.way])), display.width)
        for words, span in self.differences:
            lines += display.ruler.wrap(display.say(words), display.width)
            if span is not None:
                lines += excerpt(self.source, span, Severity.ERROR, Gutter(display, _LEFT))
        return lines


def failure(
    case: Case, rules: Sequence[Rule], forms: Sequence[Form], *, alone: bool = False
) -> Failure | None:
    """Return the failure of *case* as written, else in the first of its variations; None if it holds.

    For *alone* see `run`.
    """
    try:
        sample = case.sample()
    except CaseError as error:
        return Failure(Source(""), (Difference(error.reason),))
    differences = run(case, rules, forms, alone=alone)
    if differences or not case.vary:
        return Failure(sample.source, differences) if differences else None
    for way, variation in variations(case):
        differences = run(case, rules, forms, variation, alone=alone)
        if differences:
            return Failure(variation.source, differences, way)
    return None


def run(
    case: Case,
    rules: Sequence[Rule],
    forms: Sequence[Form],
    sample: Sample | None = None,
    *,
    alone: bool = False,
) -> tuple[Difference, ...]:
    """Return the differences from what *case* expects, none if it holds. Raises CaseError.

    With `expect`, those of *rules* run that are enabled or that the case selects, and every finding counts;
    without it, and with *alone*, only the rule of the case runs, and no guard keeps it from a piece of a
    report. *sample* is the report written in another way (see `variations`); the data of findings then need
    only be equal when folded.
    """
    tried = sample or case.sample()
    alone = alone or case.expect is None
    if alone and all(rule.code != case.rule for rule in rules):
        return (Difference(_NO_RULE.fill(code=case.rule)),)
    verdict = judge(case, rules, forms, tried, alone=alone)
    found = [d for d in verdict.diagnostics if d.code == case.rule]
    differences: list[Difference] = []
    if case.kind == "fail" and not found:
        differences += _unfound(case, verdict.outcomes, marked=bool(tried.marked))
    if tried.marked:
        differences += against_marks(tried, found)
    if case.expect is not None:
        differences += _against_expected(case, verdict, varied=sample is not None)
    elif case.kind != "fail":
        differences += (Difference(_surplus(diagnostic), diagnostic.finding.span) for diagnostic in found)
    if case.fixed is not None and sample is None:
        differences += _against_fixed(case, _chosen(case, rules, verdict.report, alone=alone), forms)
    return (*differences, *_ended(case, verdict.outcomes))


def judge(
    case: Case,
    rules: Sequence[Rule],
    forms: Sequence[Form],
    sample: Sample | None = None,
    *,
    alone: bool = False,
) -> Verdict:
    """Return the verdict of *rules* on the report of *case*, or of its rule alone. Raises CaseError."""
    source = (sample or case.sample()).source
    report = Report(source, forms, year=case.year, level=case.level, region=case.region)
    neighbours = case.neighbours(report, forms)
    if neighbours is not None:
        report.know(neighbours)
    return lint(report, _chosen(case, rules, report, alone=alone), case.options)


def _chosen(case: Case, rules: Sequence[Rule], report: Report, *, alone: bool) -> list[Rule]:
    """Return those of *rules* that run on the *report* of *case*."""
    if alone or case.expect is None:
        return [_freed(rule, report) for rule in rules if rule.code == case.rule]
    return [rule for rule in rules if rule.enabled or rule.code in case.select]


def _freed(rule: Rule, report: Report) -> Rule:
    """Return *rule* without the guards on facts that *report*, perhaps a piece of one, does not show."""
    whole = report.recognised and report.form is not None
    levels, first, last, regions = rule.applies
    dated = report.year is not None
    applies = Applies(
        levels if report.issuer.level is not None else (),
        first if dated else None,
        last if dated else None,
        regions if report.region is not None else (),
    )
    return rule._replace(forms=rule.forms if whole else (), applies=applies)


# -- compared with the case ------------------------------------------------------------------------------


def against_marks(sample: Sample, found: Sequence[Diagnostic]) -> list[Difference]:
    """Return the marks without a finding and the findings without a mark, in the order of the text."""
    text = sample.source.text
    left = [_bare(text, span) for span in sample.marked]
    differences = []
    for diagnostic in found:
        span = diagnostic.finding.span
        if _bare(text, span) in left:
            left.remove(_bare(text, span))
        else:
            words = _UNMARKED.fill(text=diagnostic.text, message=diagnostic.finding.message)
            differences.append(Difference(words, span))
    differences += (Difference(_MARKED.fill(text=text[slice(*span)]), span) for span in left)
    return sorted(differences, key=lambda difference: difference.span or Span(0, 0))


def _bare(text: str, span: Span) -> Span:
    """Return *span* without the signs that head a line of Markdown: the heading is the same without them."""
    words = text[span.start : span.end]
    return Span(span.end - len(_heading(words)), span.end)


def _heading(words: str) -> str:
    return words.lstrip("#").lstrip(" ") if words.startswith("#") else words


def _unfound(case: Case, outcomes: Sequence[Outcome], *, marked: bool) -> list[Difference]:
    """Return the difference that nothing was found, with the reason; none for a pass that the marks show."""
    outcome = next((outcome for outcome in outcomes if outcome.code == case.rule), None)
    if outcome is None or outcome.state is OutcomeState.CRASHED:
        return []
    silent = outcome.reason is None and (marked or case.expect is not None)
    return [] if silent else [Difference(_NOTHING.fill(code=case.rule, why=_why(outcome)))]


def _against_expected(case: Case, verdict: Verdict, *, varied: bool) -> list[Difference]:
    expected, found, source = case.expect or (), verdict.diagnostics, verdict.report.source
    missed, surplus = _compared(expected, found, source, varied=varied)
    differences = [Difference(_MISSED.fill(expected=_listed(wanted))) for wanted in missed]
    asked = source if any("related" in wanted or "elsewhere" in wanted for wanted in missed) else None
    differences += (
        Difference(_surplus(diagnostic, asked), diagnostic.finding.span) for diagnostic in surplus
    )
    if case.ordered and not differences:
        pairs = zip(expected, found, strict=True)
        if not all(_fits(wanted, diagnostic, source, varied=varied) for wanted, diagnostic in pairs):
            order = ", ".join(f"{diagnostic.code} “{diagnostic.text}”" for diagnostic in found)
            differences.append(Difference(_ORDER.fill(order=order)))
    return differences


def _compared(
    expected: Sequence[Mapping[str, Any]], found: Sequence[Diagnostic], source: Source, *, varied: bool
) -> tuple[list[Mapping[str, Any]], list[Diagnostic]]:
    """Return the expected that are not found, and the found that are not expected."""
    left, missed = list(found), []
    for wanted in sorted(expected, key=len, reverse=True):  # the more keys it has, the fewer it can fit
        match = next((d for d in left if _fits(wanted, d, source, varied=varied)), None)
        if match is None:
            missed.append(wanted)
        else:
            left.remove(match)
    return missed, left


def _fits(wanted: Mapping[str, Any], found: Diagnostic, source: Source, *, varied: bool) -> bool:
    # Folded: the same case holds if a label has other brackets or a cell full-width figures.
    message = fold(found.finding.message.zh)
    return (
        wanted["code"] == found.code
        and ("at" not in wanted or _is_on(str(wanted["at"]), found))
        and fold(str(wanted.get("place", found.address))) == fold(found.address)
        and all(fold(str(words)) in message for words in wanted.get("says", ()))
        and wanted.get("severity") in (None, found.severity.value)
        and ("data" not in wanted or _alike(wanted["data"], found.finding.data, folded=varied))
        and ("related" not in wanted or _points_at(wanted["related"], found, source))
        and ("elsewhere" not in wanted or _quotes(wanted["elsewhere"], found))
    )


def _is_on(wanted: str, found: Diagnostic) -> bool:
    """Return whether *found* is on the words or in the cell that are *wanted*."""
    cell = found.finding.cell
    is_cell = cell is not None and cell.address == wanted
    return is_cell or fold(wanted) in (fold(found.text), fold(_heading(found.text)))


def _alike(wanted: Mapping[str, object], found: Mapping[str, str], *, folded: bool) -> bool:
    def comparable(data: Mapping[str, object]) -> dict[str, str]:
        return {key: fold(str(words)) if folded else str(words) for key, words in data.items()}

    return comparable(wanted) == comparable(found)


def _points_at(wanted: Sequence[object], found: Diagnostic, source: Source) -> bool:
    """Return whether what *found* marks as related is what is *wanted*: its words or the address of its cell."""
    related = _related(found, source)
    return len(wanted) == len(related) and all(
        bare(fold(str(words))) in (bare(fold(text)), fold(address))
        for words, (text, address) in zip(wanted, related, strict=True)
    )


def _quotes(wanted: Sequence[object], found: Diagnostic) -> bool:
    """Return whether the words of other reports that *found* mentions are what is *wanted*, in its order."""
    quoted = [bare(fold(each.text)) for each in found.finding.elsewhere]
    return quoted == [bare(fold(str(words))) for words in wanted]


def _related(found: Diagnostic, source: Source) -> list[tuple[str, str]]:
    """Return the words that *found* marks as related and the address of each that is a cell, in their order."""
    related = sorted(found.finding.related, key=lambda one: one.span)
    return [(source[one.span], one.cell.address if one.cell else source[one.span]) for one in related]


def _against_fixed(case: Case, rules: Sequence[Rule], forms: Sequence[Form]) -> Iterator[Difference]:
    """Yield the differences of the report of *case*, after the fixes of its rule, from `fixed`."""
    try:
        wanted = case.after_fixes()
        done = put_right(case, rules, forms)
    except CaseError as error:
        yield Difference(error.reason)
        return
    for diagnostic, reason in done.refused:
        yield Difference(_REFUSED.fill(code=case.rule, reason=reason), diagnostic.finding.span)
    for diagnostic in done.made:
        fix = diagnostic.finding.fix
        if fix is not None and is_safe(diagnostic) == case.unsafe:
            words = _UNASKED if case.unsafe else _TO_CONFIRM
            yield Difference(words.fill(code=case.rule, title=fix.title))
    got = done.verdict.report.source.text
    if got != wanted and not done.made and not done.refused:
        yield Difference(_NO_FIX.fill(code=case.rule))
    elif got != wanted:
        lines = zip_longest(wanted.split("\n"), got.split("\n"), fillvalue="")
        one, other = next((one, other) for one, other in lines if one != other)
        yield Difference(_FIXED.fill(wanted=one, got=other))


def _ended(case: Case, outcomes: Sequence[Outcome]) -> list[Difference]:
    """Return a difference for each rule that crashed, or that did not end undetermined as the case expects."""
    by_code = {outcome.code: outcome for outcome in outcomes}
    differences = []
    for code in case.undetermined:
        outcome = by_code.get(code)
        if outcome is None:
            differences.append(Difference(_NO_RULE.fill(code=code)))
        elif outcome.state is not OutcomeState.UNDETERMINED:
            differences.append(Difference(_NOT_UNDETERMINED.fill(code=code, state=STATES[outcome.state])))
    silent = case.expect is None and case.kind != "fail"  # then nothing found has to mean nothing there
    for outcome in outcomes:
        if outcome.state is OutcomeState.CRASHED:
            differences.append(Difference(outcome.reason or STATES[OutcomeState.CRASHED]))
        elif silent and outcome.state is OutcomeState.UNDETERMINED and outcome.code not in case.undetermined:
            differences.append(Difference(_UNDETERMINED.fill(code=outcome.code, why=_why(outcome))))
    return differences


# -- in words ------------------------------------------------------------------------------------------------


def _why(outcome: Outcome) -> Text:
    return _WHY.fill(state=STATES[outcome.state], reason=outcome.reason) if outcome.reason else Text("", "")


def _listed(wanted: Mapping[str, Any]) -> str:
    return ", ".join(f"{key}: {_inline(words)}" for key, words in wanted.items())


def _inline(words: object) -> str:
    """Return *words* of an expected finding in one line, as a case file has them."""
    if isinstance(words, Mapping):
        return "{" + ", ".join(f"{key}: {value}" for key, value in words.items()) + "}"
    if isinstance(words, list | tuple):
        return f"[{', '.join(map(str, words))}]"
    return str(words)


def _surplus(found: Diagnostic, source: Source | None = None) -> Text:
    """Return the message that *found* was not expected, with the words that it mentions beside if *source* is given."""
    data = found.finding.data
    words = _SURPLUS.fill(
        code=found.code, text=found.text, place=found.address, message=found.finding.message
    )
    said = _DATA.fill(data=_inline(data)) if data else Text("", "")
    related = "、".join(address or text for text, address in _related(found, source)) if source else ""
    also = _RELATED.fill(related=related) if related else Text("", "")
    quoted = "、".join(each.text for each in found.finding.elsewhere) if source else ""
    quotes = _ELSEWHERE.fill(words=quoted) if quoted else Text("", "")
    return Text(words.zh + said.zh + also.zh + quotes.zh, words.en + said.en + also.en + quotes.en)
