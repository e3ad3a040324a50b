"""`nianbao why`: why a rule did or did not fire on a report."""

import os
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from nianbao.cli.command import Command, complain
from nianbao.cli.console import display, output
from nianbao.cli.errors import Misuse
from nianbao.cli.options import Argument, Option
from nianbao.cli.settings_options import beside_params, resolver_of, settings_params
from nianbao.cli.standard_input import standard_input
from nianbao.engine.applicability import barred_by
from nianbao.engine.finding import STATES, Diagnostic, OutcomeState, Suppression
from nianbao.engine.lint import lint
from nianbao.engine.redaction import redaction_of
from nianbao.engine.rule import Beside, Rule
from nianbao.engine.selection import Selection, named
from nianbao.engine.verdict import Verdict
from nianbao.report.equations import Equation, number, written
from nianbao.report.neighbour import Neighbour
from nianbao.report.report import Looked, Report
from nianbao.report.table import Cell
from nianbao.report.table import State as CellState
from nianbao.run.acquaintance import introduced
from nianbao.run.linter import Input
from nianbao.run.resolve import Requested, Resolver, linter_by
from nianbao.run.settings import options_of
from nianbao.run.verdicts import file_at, inputs, is_there
from nianbao.text.inert import inert
from nianbao.text.language import Language, Text, same
from nianbao.text.source import UnreadableError

_HELP = Text(
    "说明一条规则对一份报告为什么报或者不报：是不是启用、谁停用的，是不是适用，看了报告的哪些地方、哪些数，结论是什么。\n"
    "停用的规则也照样试一次，看它会怎样。",
    "Explains why a rule did or did not fire on a report: whether it is on and what turned it off, whether it applies, the parts and figures that it looked at, and its outcome.\n"
    "A rule that is off is tried all the same.",
)
_RULE, _RULES = Text("规则", "CODE"), Text("规则的编号或名称", "the code or the name of a rule")
_FILE, _FILES = Text("报告", "FILE"), Text("一份报告；- 为标准输入", "a report; - for standard input")

_OTHER_WORD = Text("[同批的报告…]", "[OTHERS …]")
_OTHERS = Text(
    "同一批的其他报告，文件或文件夹：与别的报告比较的规则，和 check 一样看它们",
    "the other reports of the round, files or folders: a rule that compares reports sees them as in a check",
)
_BESIDE: dict[Beside, Text] = {
    "previous": Text("上年的报告：{which}", "the report on the year before: {which}"),
    "members": Text("下级机关的报告：{which}", "the reports of the organs below: {which}"),
    "siblings": Text("同级机关的报告：{which}", "the reports of organs beside it: {which}"),
}
_NO_SUCH = Text("没有“{path}”", "there is no {path!r}")
_AND_MORE = Text("{names}等 {count} 份", "{names} and more, {count}")
_MOST_NAMED = 5

_ON = Text("启用：是（默认）", "on: yes (by default)")
_ON_BY = Text("启用：是（{origin} 的 {key}）", "on: yes ({key} at {origin})")
_OFF = Text(
    "启用：否（默认不启用；--extend-select {code} 启用）",
    "on: no (off by default; --extend-select {code} turns it on)",
)
_OFF_BY = Text(
    "启用：否（{origin} 的 {key}）；下面是启用时的结果",
    "on: no ({key} at {origin}); what follows is how it would end",
)
_SEVERITY = Text("程度：{severity}", "severity: {severity}")
_CHANGED = Text(
    "程度：{severity}（{origin}；规则本来是{own}）",
    "severity: {severity} ({origin}; the rule itself has {own})",
)
_LOOKED = Text("看了：", "looked at:")
_SECTION = Text("“{title}”部分", "section “{title}”")
_NO_SECTION = Text("“{title}”部分：报告中没有", "section “{title}”: the report has none")
_TABLE = Text("{place}：读出 {bound}/{expected} 格", "{place}: {bound} of {expected} cells read")
_NO_TABLE = Text("{place}：报告中没有", "{place}: the report has none")
_UNREAD_TABLE = Text("{place}：报告中有，没有读懂", "{place}: in the report, but could not be read")
_HOLDS = {
    True: Text("{place} {sum}，成立", "{place} {sum}, holds"),
    False: Text("{place} {sum}，不成立", "{place} {sum}, does not hold"),
    None: Text("{place} {sum}，有格没有数，不能判断", "{place} {sum}, undetermined: a cell has no figure"),
}
_EMPTY, _ABSENT = Text("空", "blank"), Text("没有这一格", "no such cell")
_NOTHING = Text(
    "报告的文字；没有按名称要哪一部分、哪张表",
    "the text of the report; it asked for no section or table by name",
)
_ZEROS = Text("另有 {count} 项两边都是 0，成立", "{count} more with zero on both sides, which hold")
_ALONG = {
    "columns": Text("{table}“{place}”列", "{table}, column “{place}”"),
    "rows": Text("{table}“{place}”行", "{table}, row “{place}”"),
}
_ELSEWHERE = Text(
    "不成立的等式另有原因，已由 {codes} 报告：一个原因只报一次",
    "the sums that do not hold have a cause that {codes} reports: one cause, one finding",
)
_ENDED = Text("结论：{state}", "verdict: {state}")
_REASON = Text("结论：{state}，{reason}", "verdict: {state}: {reason}")
_FOUND = Text("第 {line} 行，{address}：{message}", "line {line}, {address}: {message}")
_SUPPRESSED = {
    "waiver": Text("（已豁免，{origin}：{reason}）", " (waived at {origin}: {reason})"),
    "comment": Text("（有注释说明，{origin}：{reason}）", " (suppressed by a comment at {origin}: {reason})"),
    "baseline": Text("（基线中原有，{origin}）", " (in the baseline at {origin})"),
}


def command(language: Language) -> Command:
    """Return the command in *language*."""
    params: list[Option | Argument] = [
        Argument("word", _RULE.of(language), _RULES.of(language)),
        Argument("path", _FILE.of(language), _FILES.of(language)),
        Argument("others", _OTHER_WORD.of(language), _OTHERS.of(language), many=True, required=False),
        *settings_params(language),
        *beside_params(language),
    ]
    return Command("why", language, _HELP, params, partial(why, language))


def why(
    language: Language, *, word: str, path: str, others: tuple[str, ...], roster: str | None, **sought: Any
) -> int:
    """Write why the rules that *word* names fired or not on *path*. Return the exit code, 3 if it cannot be read.

    Beside it are *others*, the reports of the same round. Raises Misuse, Failure, and as `Resolver`.
    """
    for other in others:
        if not is_there(other):
            raise Misuse(_NO_SUCH.fill(path=other).of(language))
    resolver = resolver_of(Requested(**sought, roster=roster or ""), language, lenient=True)
    file = resolver.resolved(standard_input() if path == "-" else file_at(path))
    judging = linter_by(file.settings)
    rules = named(judging.known, word)
    file = _among(file, rules, others, resolver)
    view = display(output(), language)
    lines: list[str] = []
    try:
        for rule in rules:
            report = judging.read(file)
            looked = report.watch()
            severities = dict(file.settings.severity)
            weighed = rule._replace(severity=severities.get(rule.code, rule.severity))
            verdict = judging.suppressed(lint(report, [weighed], options_of(file.settings)), file)
            lines += [f"{view.paint(rule.code, 'rule')} {rule.name}  {view.say(rule.summary)}"]
            seen = _looked(looked, report, barred=barred_by(rule, report) is not None)
            said = [
                *_chosen(rule, weighed, resolver, path),
                *_beside(rule, report),
                *seen,
                *_ended(verdict, rule),
            ]
            if any(equation.holds is False for equation in looked.equations):
                said += _elsewhere(looked, verdict, lint(judging.read(file), judging.rules))
            redaction = redaction_of(verdict)
            for indent, text in said:
                words = view.say(redaction.masked_text(text))
                lines += [" " * indent + line for line in view.ruler.wrap(words, view.width - indent)]
            lines.append("")
    except UnreadableError as error:
        complain(f"{inert(file.name)}: {error.reason.of(language)}")
        return 3
    output().write(view.shown_lines(lines[:-1]) + "\n", colour=view.colour)
    return 0


def _among(file: Input, rules: Sequence[Rule], others: Sequence[str], resolver: Resolver) -> Input:
    """Return *file* with what its report knows of *others* and of those that its settings name, whether *rules* are on or off."""
    settings, tried = file.settings, Selection(extend_select=tuple(rule.code for rule in rules))
    beside = inputs(others, resolver.suffixes, resolver.notice).files
    every = [file, *(resolver.resolved(each) for each in beside if not _same_file(each.path, file.path))]
    on = [
        each._replace(settings=each.settings._replace(selections=(*each.settings.selections, tried)))
        for each in every
    ]
    return introduced(on, resolver)[0]._replace(settings=settings)


def _same_file(one: str, other: str) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)


def _beside(rule: Rule, report: Report) -> Iterator[tuple[int, Text]]:
    """Yield the other reports that *rule* compares *report* with."""
    found = {
        "previous": [report.previous] if isinstance(report.previous, Neighbour) else [],
        "members": [each for each in report.members or () if isinstance(each, Neighbour)],
        "siblings": [each for each in report.siblings.reports if each is not report.itself]
        if report.siblings
        else [],
    }
    for beside in rule.beside:
        paths = [each.path for each in found[beside]]
        names = "、".join(paths[:_MOST_NAMED])
        which = same(names) if len(paths) <= _MOST_NAMED else _AND_MORE.fill(names=names, count=len(paths))
        if paths:
            yield 2, _BESIDE[beside].fill(which=which)


def _chosen(rule: Rule, weighed: Rule, resolver: Resolver, path: str) -> Iterator[tuple[int, Text]]:
    """Yield whether *rule* runs and its severity, *weighed* by the settings, with the lines that set them."""
    settings = resolver.settings_file(os.path.dirname(path) or ".")
    decision = settings.decided(rule, path) if settings is not None else None
    if decision is not None and decision.key:
        words = _ON_BY if decision.runs else _OFF_BY
        yield 2, words.fill(key=decision.key, origin=decision.origin)
    else:
        yield 2, _ON if rule.enabled else _OFF.fill(code=rule.code)
    if weighed.severity is rule.severity or settings is None:
        yield 2, _SEVERITY.fill(severity=rule.severity.text)
        return
    origin = settings.severity_origin(rule, path)
    yield 2, _CHANGED.fill(severity=weighed.severity.text, origin=origin, own=rule.severity.text)


def _looked(looked: Looked, report: Report, *, barred: bool) -> Iterator[tuple[int, Text]]:
    """Yield the parts that a rule has asked the report for, each once; one that is *barred* may not have looked."""
    said: list[Text] = []
    titles = {section.key: section.title for section in report.form.sections} if report.form else {}
    for key, section in looked.sections:
        title = titles.get(key, key)
        said.append((_SECTION if section is not None else _NO_SECTION).fill(title=title))
    for key, table in looked.tables:
        form = report.form.table(key) if report.form else None
        place = form.place if form else key
        if key in report.unreadable:
            said.append(_UNREAD_TABLE.fill(place=place))
        elif table is None:
            said.append(_NO_TABLE.fill(place=place))
        else:
            said.append(_TABLE.fill(place=place, bound=len(table.cells), expected=table.expected))
    said.extend(_equations(looked.equations))
    said.extend(map(_cell, looked.cells))
    if said or not barred:
        yield 2, _LOOKED
        yield from ((4, text) for text in dict.fromkeys(said or [_NOTHING]))


def _equations(equations: Sequence[Equation]) -> Iterator[Text]:
    """Yield each of *equations* once, written out; those of zeros only are counted."""
    zeros = 0
    for equation in dict.fromkeys(equations):
        if equation.holds and not any(cell.value for cell in equation.cells):
            zeros += 1
            continue
        table = equation.cells[0].table.place
        place = _ALONG[equation.identity.along].fill(table=table, place=equation.place)
        if not equation.place:  # the one row of table four
            place = same(table)
        said = written(equation) if equation.holds is not None else written(equation).replace("≠", "?")
        yield _HOLDS[equation.holds].fill(place=place, sum=said)
    if zeros:
        yield _ZEROS.fill(count=zeros)


def _elsewhere(looked: Looked, verdict: Verdict, whole: Verdict) -> Iterator[tuple[int, Text]]:
    """Yield the rules that report the sums that fail, if the rule of *verdict* has no finding."""
    failing = [equation for equation in looked.equations if equation.holds is False]
    if verdict.diagnostics or not failing:
        return
    tables = {equation.cells[0].table.key for equation in failing}
    causes = [d.code for d in whole.diagnostics if d.finding.cell and d.finding.cell.table.key in tables]
    if causes:
        codes = dict.fromkeys(causes)
        yield 2, _ELSEWHERE.fill(codes=Text("、".join(codes), ", ".join(codes)))


def _cell(cell: Cell) -> Text:
    words = same(f"“{' '.join(cell.text.split())[:40]}”")
    if cell.state is CellState.NUMBER:
        words = same(number(cell.value) + cell.unit)
    elif cell.state in (CellState.BLANK, CellState.ABSENT):
        words = _EMPTY if cell.state is CellState.BLANK else _ABSENT
    return Text("{place}：{words}", "{place}: {words}").fill(place=cell.place, words=words)


def _ended(verdict: Verdict, rule: Rule) -> Iterator[tuple[int, Text]]:
    outcome = next(outcome for outcome in verdict.outcomes if outcome.code == rule.code)
    state = STATES[outcome.state]
    words = _ENDED if outcome.reason is None or outcome.state is OutcomeState.PASSED else _REASON
    yield 2, words.fill(state=state, reason=outcome.reason or "")
    for diagnostic in verdict.diagnostics:
        if diagnostic.code == rule.code:
            yield 4, _finding(diagnostic, verdict.report)


def _finding(diagnostic: Diagnostic, report: Report) -> Text:
    line = report.source.position(diagnostic.finding.span.start).line
    message = diagnostic.finding.message
    text = _FOUND.fill(line=line, address=diagnostic.address, message=message)
    suppressed = _suppressed(diagnostic.suppressed)
    return Text(text.zh + suppressed.zh, text.en + suppressed.en)


def _suppressed(by: Suppression | None) -> Text:
    return same("") if by is None else _SUPPRESSED[by.by].fill(origin=by.origin, reason=by.reason)
