"""`nianbao baseline`: the findings that are there now, so that only new ones count."""

import os
from collections.abc import Iterator, Mapping, Sequence, Sized
from functools import partial
from typing import Any

from nianbao.cli.command import Command, Group
from nianbao.cli.console import display, output
from nianbao.cli.errors import Failure, Misuse
from nianbao.cli.options import Argument
from nianbao.cli.settings_options import resolver_of, settings_params
from nianbao.cli.verdicts import judged, reports_of
from nianbao.engine.finding import Diagnostic
from nianbao.files.lookup import BASELINE
from nianbao.reporters.display import Display
from nianbao.run.linter import Input
from nianbao.run.resolve import Requested
from nianbao.suppression.baseline import Baseline, BaselineDiff, BaselineEntry, read_baseline
from nianbao.suppression.names import home, report_name
from nianbao.text.language import Language, Text

_HELP = Text(
    "把现有的问题记入 nianbao.baseline.jsonl，以后只有新的问题计入（JSON 中仍列出并注明）。",
    "Records the findings there are in nianbao.baseline.jsonl, so that only new ones count (JSON still has them, as suppressed).",
)
_COMMANDS = {
    "create": Text("记下现有的问题", "record the findings there are"),
    "update": Text(
        "重新记录这些报告的问题：加上新的，去掉已改的",
        "record these reports again: add new findings, remove fixed ones",
    ),
    "show": Text("列出基线；写了路径就与现状比较", "list the baseline, or compare reports with it"),
}
_PATHS = Text("路径…", "PATH…")
_PATHS_HELP = Text("报告，或者放报告的文件夹", "reports, or folders of reports")

_EXISTS = Text(
    "已有 {path}；改用 nianbao baseline update", "{path} is there already: use nianbao baseline update"
)
_MISSING = Text(
    "这里和上面的文件夹都没有 nianbao.baseline.jsonl；先用 nianbao baseline create",
    "no nianbao.baseline.jsonl here or above: begin with nianbao baseline create",
)
_SEVERAL = Text(
    "这些报告的基线不是同一份（{paths}）；分开运行",
    "these reports have several baselines ({paths}): run it for each",
)
_CREATED = Text(
    "{path}：{reports} 份报告，记下 {count} 个问题", "{path}: reports {reports}, findings {count}"
)
_UPDATED = Text(
    "{path}：加上 {new}，去掉 {fixed}，仍有 {kept}", "{path}: added {new}, removed {fixed}, kept {kept}"
)
_COMPARED = Text(
    "{report}：新增 {new}，已改 {fixed}，原有 {kept}", "{report}: new {new}, fixed {fixed}, kept {kept}"
)
_OPEN = Text(
    "，没有判断 {open}（规则没有启用或没有结论）",
    ", undetermined {open} (the rule is off or came to no conclusion)",
)
_NEW, _FIXED = Text("新增", "new"), Text("已改", "fixed")
_COUNT = Text("{report}：{count}", "{report}: {count}")
_EMPTY = Text("{path}：没有记录", "{path}: nothing is recorded")


def command(language: Language) -> Group:
    """Return the command in *language*."""
    callbacks = {"create": create, "update": update, "show": show}

    def make(name: str) -> Command:
        paths = Argument(
            "paths", _PATHS.of(language), _PATHS_HELP.of(language), many=True, required=name != "show"
        )
        params = [paths, *settings_params(language)]
        return Command(name, language, _COMMANDS[name], params, partial(callbacks[name], language))

    return Group("baseline", language, _HELP, _COMMANDS, make)


def create(language: Language, *, paths: tuple[str, ...], **sought: Any) -> int:
    """Write a new baseline of *paths*. Return the exit code, 3 for an unreadable file."""
    reports, path = _reports_and_file(paths, sought, language)
    if os.path.exists(path):
        raise Failure(_EXISTS.fill(path=path).of(language))
    compared = dict(_comparisons(Baseline(path, {}), reports, language))
    fresh = Baseline(path, {}).updated(compared.items())
    fresh.save()
    _say(_CREATED.fill(path=path, reports=len(compared), count=len(fresh.entries)), language)
    return _code(reports, compared)


def update(language: Language, *, paths: tuple[str, ...], **sought: Any) -> int:
    """Write the baseline with *paths* as they are now. Return the exit code, 3 for an unreadable file. Raises Failure."""
    reports, path = _reports_and_file(paths, sought, language)
    old = _read(path, language)
    compared = dict(_comparisons(old, reports, language))
    fresh = old.updated(compared.items())
    if fresh.entries != old.entries:
        fresh.save()
    names = {diff.recorded: report_name(path, old.path) for path, diff in compared.items()}
    before = {(names.get(entry.report, entry.report), entry.fingerprint) for entry in old.entries}
    after = {(entry.report, entry.fingerprint) for entry in fresh.entries}
    figures = {"new": len(after - before), "fixed": len(before - after), "kept": len(after & before)}
    _say(_UPDATED.fill(path=old.path, **figures), language)
    return _code(reports, compared)


def show(language: Language, *, paths: tuple[str, ...], **sought: Any) -> int:
    """Write the entries of the baseline, or compare *paths* with it. Raises Failure."""
    reports, path = _reports_and_file(paths, sought, language)
    baseline = _read(path, language)
    view = display(output(), language)
    if not paths:
        output().write(view.shown_lines(_listed(baseline, language)) + "\n")
        return 0
    compared = set()
    for path, comparison in _comparisons(baseline, reports, language):
        compared.add(path)
        output().write(view.shown_lines(_compared(path, comparison, view)) + "\n")
    return _code(reports, compared)


def _reports_and_file(
    paths: tuple[str, ...], sought: Mapping[str, Any], language: Language
) -> tuple[tuple[Input, ...], str]:
    """Return the reports that *paths* mean and the path of their baseline. Raises Misuse, Failure for a link."""
    from nianbao.files.yaml_file import FileError

    resolver = resolver_of(Requested(**sought), language)
    reports = reports_of(paths, resolver)
    path = _file(reports, language)
    try:
        resolver.refuse_link(path)
    except FileError as error:
        raise Failure(error.text.of(language)) from None
    return reports, path


def _file(reports: Sequence[Input], language: Language) -> str:
    """Return the path of the baseline of *reports*, of the current folder without any. Raises Misuse."""
    folders = {os.path.dirname(report.path) or "." for report in reports} or {"."}
    paths = {home(folder, BASELINE) for folder in folders}
    if len(paths) > 1:
        together = home(os.path.commonpath(list(map(os.path.abspath, folders))), BASELINE)
        if any(map(os.path.exists, paths)):
            listed = Text("、".join(sorted(paths)), ", ".join(sorted(paths)))
            raise Misuse(_SEVERAL.fill(paths=listed).of(language))
        return together
    return paths.pop()


def _read(path: str, language: Language) -> Baseline:
    from nianbao.files.yaml_file import FileError

    if not os.path.exists(path):
        raise Failure(_MISSING.of(language))
    try:
        return read_baseline(path)
    except FileError as error:
        raise Failure(error.text.of(language)) from None


def _comparisons(
    baseline: Baseline, reports: Sequence[Input], language: Language
) -> Iterator[tuple[str, BaselineDiff]]:
    for path, verdict in judged(reports, language):
        if verdict is not None:
            yield path, baseline.compare(verdict, path)


def _listed(baseline: Baseline, language: Language) -> Iterator[str]:
    if not baseline.reports:
        yield _EMPTY.fill(path=baseline.path).of(language)
    for report, lines in sorted(baseline.reports.items()):
        yield _COUNT.fill(report=report, count=len(lines)).of(language)
        yield from (f"  {_words(line)}" for line in sorted(lines))


def _compared(path: str, comparison: BaselineDiff, view: Display) -> Iterator[str]:
    figures = {name: len(found) for name, found in comparison._asdict().items()}
    words = view.say(_COMPARED.fill(report=path, **figures))
    yield words + (view.say(_OPEN.fill(**figures)) if comparison.unsettled else "")
    yield from (f"  {view.say(_NEW)} {_words(found)}" for found in comparison.new)
    yield from (f"  {view.say(_FIXED)} {_words(line)}" for line in comparison.fixed)


def _words(of: BaselineEntry | Diagnostic) -> str:
    text = "".join(of.text.split())
    return f"{of.code} {of.address}" + (f"  “{text[:60]}”" if text else "")


def _say(words: Text, language: Language) -> None:
    output().write(display(output(), language).say(words) + "\n")


def _code(reports: Sequence[Input], compared: Sized) -> int:
    """Return the exit code: 3 if one of the *reports* was not *compared*."""
    return 0 if len(reports) == len(compared) else 3
