"""The reports that are open, judged as one run of `nianbao check` on the files of a folder."""

import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Literal

from nianbao_grammar.records import NamedTuple

from nianbao.engine.checked import Checked, Roll, Summary
from nianbao.files.lookup import BASELINE, RULES, SETTINGS, TOML, WAIVERS
from nianbao.files.settings_error import SettingsError
from nianbao.page.corrections import Corrections, Step, told
from nianbao.plugins.loading import load
from nianbao.report.report import Report
from nianbao.reporters.display import Display
from nianbao.reporters.reporter import OutputFormat
from nianbao.run.acquaintance import Learning, company_of, round_of
from nianbao.run.fixing import rewritten
from nianbao.run.judged import Judged, Lost
from nianbao.run.linter import TOO_LARGE, Input, content_of, linter, wanted
from nianbao.run.proof import OTHER_TEXT, STALE
from nianbao.run.resolve import Requested, Resolver
from nianbao.run.round import Learned
from nianbao.run.settings import worth_comparing
from nianbao.run.verdicts import Given, Judging, inputs, judged
from nianbao.text.language import Language, Text
from nianbao.text.source import Source, UnreadableError
from nianbao.writers.writer import WRITABLE, Mode, RefusedError

_YAML = (".yaml", ".yml")
_ROOM = 1 << 40  # characters: every report that is open is kept as it is
_BESIDE = (*_YAML, ".toml", ".jsonl", ".csv")  # files that say how to judge
Kind = Literal["settings", "waivers", "baseline", "rules", "other"]
_PYTHON = Text(
    "{path}：页面不运行 Python 插件，没有用；规则请写成 YAML",
    "{path}: the page runs no plugins in Python, so it is not used: write the rules in YAML",
)
_NOT_USED = Text(
    "{error}；刚放进来的配置、规则都没有用，报告照原来的规定检查",
    "{error}; none of the settings and rules that came with it is used, and the reports are judged as before",
)
_NOT_OPENED = Text("没有打开 {names}：{error}", "{names} not opened: {error}")


class Dropped(NamedTuple):
    """A file as it was dropped: a *name*, with / if it is in a folder, and its bytes, None if they are too many."""

    name: str
    data: bytes | None


class OpenReport:
    """A report that is open: the file as it is, its corrections, and the verdict on it with them."""

    def __init__(self, number: int, given: Input) -> None:
        self.number = number
        self.given = given  # as it was dropped
        self.corrections = Corrections()
        self.first: Source | None = None  # the text before any correction; kept once there is one
        self.forget()

    def forget(self) -> None:
        """Forget what was read and judged, but for the corrections."""
        self.now = self.given  # with the corrections
        self.known: tuple[Report | None, Learned] | None = None
        self.introduced: Input | None = None
        self.checked: Checked | None = None

    @property
    def path(self) -> str:
        """The path of its file."""
        return self.given.path


class _Known(NamedTuple):
    """The first step on each file, not made again for a report that is as it was."""

    reports: Mapping[str, OpenReport]
    others: dict[str, Learned]
    told: Callable[[int, int, str], None]

    def learn(self, file: Input) -> Learned:
        return self.read(file)[1]

    def read(self, file: Input) -> tuple[Report | None, Learned]:
        report = self.reports.get(file.path)
        if report is None:
            if file.path not in self.others:
                self.others[file.path] = Learning().learn(file)
            return None, self.others[file.path]
        if report.known is None:
            done = sum(each.known is not None for each in self.reports.values())
            self.told(done, len(self.reports), file.path)
            report.known = Learning().read(report.now)
        return report.known


def _silent(done: int, of: int, name: str) -> None:
    """Say nothing."""


class OpenReports:
    """All reports that are open, in the current folder, which is the page's own."""

    def __init__(self, progress: Callable[[int, int, str], None] = _silent) -> None:
        """Open nothing; *progress* is told before each of several reports is read: how many are, of how many, its path."""
        self.progress = progress
        self.notices: list[Text] = []
        self.beside: dict[str, Kind] = {}  # the files that say how to judge, by path
        self.reports: dict[str, OpenReport] = {}  # by path
        self._paths: list[str] = []  # what would stand on the command line
        self._refused: dict[str, Text] = {}
        self._numbers: dict[str, int] = {}
        self._others: dict[str, Learned] = {}
        self._resolver = Resolver()
        self.given = Given(())
        self.roll: Roll | None = None

    # -- files ---------------------------------------------------------------------------------------

    def take(self, files: Sequence[Dropped]) -> tuple[list[str], list[OpenReport]]:
        """Take *files* and return their paths, "" for one that is not taken, and the reports among them, not judged yet.

        If settings, waivers or rules among them are wrong none of these is taken: a notice says so, and the reports
        are judged without them. Raises SettingsError if there are none but such, or if reports cannot be judged by
        what is in force; then nothing has changed.
        """
        before, reports = self._kept(), set(self.reports)
        there = {*self.beside, *reports}
        paths = [self._put(file) for file in files]
        beside = {path for path in paths if path in self.beside}
        added = {path for path in paths if path and path not in beside}
        try:
            self.refresh(settings=bool(beside))
        except SettingsError as error:
            for path in beside - there if beside else added - there:
                self._take_away(path)
            self._put_back(before)
            if not beside:
                raise SettingsError(
                    _NOT_OPENED.fill(names="、".join(sorted(added)), error=error.text)
                ) from None
            if not added:
                raise
            self._notice(_NOT_USED.fill(error=error.text))
            paths = ["" if path in beside else path for path in paths]
        return paths, [each for path, each in self.reports.items() if path not in reports]

    def _kept(self) -> dict[str, tuple[Kind, bytes]]:
        """Return the files that say how to judge, as they are."""
        return {path: (kind, _content(path)) for path, kind in self.beside.items()}

    def _put_back(self, before: Mapping[str, tuple[Kind, bytes]]) -> None:
        """Judge by what said how to judge *before*."""
        for path, (_, data) in before.items():
            _write(path, data)
        self.beside = {path: kind for path, (kind, _) in before.items()}
        self.refresh()

    def _put(self, file: Dropped) -> str:
        """Put *file* into the folder and return its path, "" for a plugin; one of other content by the same name is called otherwise."""
        path = _safe(file.name)
        kind = _kind_of(path)
        if path.endswith(".py"):
            self.notices.append(_PYTHON.fill(path=path))
            return ""
        if kind is None:
            path = self._free(path, file.data)
        else:
            self.beside[path] = kind
        _write(path, file.data or b"")
        if file.data is None:
            self._refused[path] = TOO_LARGE
        if kind is None:
            top = path.split("/")[0]
            self._paths += [top] if top not in self._paths else []
        return path

    def _free(self, path: str, data: bytes | None) -> str:
        stem, suffix = os.path.splitext(path)
        number = 1
        while os.path.isdir(path) or (os.path.exists(path) and _content(path) != data):
            number += 1
            path = f"{stem} ({number}){suffix}"
        return path

    def number(self, numbers: Mapping[str, int]) -> None:
        """Give the reports at these paths their *numbers*, before they are taken."""
        self._numbers.update(numbers)

    def close(self, path: str) -> None:
        """Let go of the file at *path*, a report or one that says how to judge.

        Raises SettingsError if others cannot be without it; then nothing has changed.
        """
        before = self._kept()
        try:
            self.refresh(settings=self._take_away(path))
        except SettingsError:
            self._put_back(before)
            raise

    def _take_away(self, path: str) -> bool:
        with suppress(OSError):
            os.unlink(path)
        self._refused.pop(path, None)
        if path in self._paths:
            self._paths.remove(path)
        return self.beside.pop(path, None) is not None

    def lose(self, reasons: Mapping[str, Text]) -> None:
        """Have the reports at these paths, that cannot be judged here, be ones without a verdict for these *reasons*."""
        self._refused.update(reasons)

    # -- judging -------------------------------------------------------------------------------------

    def refresh(self, *, settings: bool = True) -> None:
        """Find the reports anew; if *settings* have changed all are read and judged by these.

        Raises SettingsError for what is wrong in them.
        """
        if settings:
            load.cache_clear()
            linter.cache_clear()
            self._others.clear()
            self._prove_settings()
        self._resolver = Resolver(self._requested(), self._notice)
        paths = [path for path in self._paths if os.path.exists(path)]
        self.given = inputs(paths, self._resolver.suffixes, self._resolver.notice)
        found = [self._resolver.resolved(file) for file in self.given.files]
        reports: dict[str, OpenReport] = {}
        for file in found:
            path = file.path.replace(os.sep, "/")
            number = self._numbers.setdefault(path, max(self._numbers.values(), default=0) + 1)
            given = file._replace(error=file.error or self._refused.get(path))
            report = self.reports.get(path) or OpenReport(number, given)
            if settings or report.given != given:
                report.given = given
                report.forget()
                try:
                    self._correct(report)
                except (RefusedError, UnreadableError):  # read otherwise now, so that they have no place
                    report.corrections = Corrections()
                    report.forget()
            reports[path] = report
        self.reports = reports
        self.acquaint()

    def _notice(self, text: Text) -> None:
        if text not in self.notices:
            self.notices.append(text)

    def _prove_settings(self) -> None:
        """Raise SettingsError for what is wrong in the files that say how to judge, be there reports or none."""
        resolver = Resolver(self._requested())
        for folder in dict.fromkeys(os.path.dirname(path) for path in self.beside):
            resolver.resolved(Input(os.path.join(folder, "_")))

    def _requested(self) -> Requested:
        config = [path for path, kind in self.beside.items() if kind == "settings" and not _is_found(path)]
        rules = [path for path, kind in self.beside.items() if kind == "rules"]
        asked = Requested(config=config[-1] if config else None)
        if not rules:
            return asked
        _, named = Resolver(asked).named_files(os.curdir)
        known = {os.path.realpath(path) for path in named}
        return asked._replace(rules=tuple(path for path in rules if os.path.realpath(path) not in known))

    def acquaint(self) -> None:
        """Have the reports know each other; those that know something else now are to be judged again."""
        reports = list(self.reports.values())
        files = [report.now for report in reports]
        compared = [self._resolver.compared(file.path) for file in files]
        roster = any(each.roster for each in compared)
        self.roll = None
        if not worth_comparing(files, compared) or not (roster or wanted(files)):
            for report in reports:
                self._introduce(report, report.now)
            return
        company = company_of(zip(files, compared, strict=True), self._resolver)
        known = _Known(self.reports, self._others, self.progress)
        made = round_of(company, known, within=self._paths, room=_ROOM)
        self.roll = made.roll
        for report, file in zip(reports, files, strict=True):
            self._introduce(report, made.introduced(file))
        made.close()

    def _introduce(self, report: OpenReport, file: Input) -> None:
        was = report.introduced
        if was is None or (was.neighbours, was.differing) != (file.neighbours, file.differing):
            report.checked = None
        if report.known is not None:
            file = file._replace(report=report.known[0])
        report.introduced = file

    @property
    def waiting(self) -> list[OpenReport]:
        """The reports that are to be judged, or judged again."""
        return [report for report in self.reports.values() if report.checked is None]

    def verdict_on(self, report: OpenReport) -> Checked:
        """Return the result of *report*, judged if that is to be done."""
        if report.checked is None:
            file = report.introduced or report.now
            report.checked = linter(file.settings).check(file)
        return report.checked

    def text_of(self, report: OpenReport) -> Source:
        """Return the text of *report* as it is judged. Raises UnreadableError if there is no verdict on it."""
        checked = self.verdict_on(report)
        if checked.verdict is None:
            raise UnreadableError(checked.error or OTHER_TEXT)
        return checked.verdict.report.source

    # -- corrections ---------------------------------------------------------------------------------

    def correct(self, report: OpenReport, corrections: Corrections) -> None:
        """Have *report* be with these *corrections*.

        Raises RefusedError if they cannot be made, or if the file then says something else; nothing has changed then.
        """
        before = report.corrections
        report.corrections = corrections
        try:
            self._correct(report, proved=True)
        except RefusedError:
            report.corrections = before
            self._correct(report)
            raise
        finally:
            self.acquaint()

    def step(self, report: OpenReport, step: Step) -> None:
        """Make the edits of *step* in *report* as it is now. Raises RefusedError, UnreadableError."""
        source = self.text_of(report)
        if any(source[edit.span] != edit.old for edit in step):
            raise RefusedError(STALE)
        self.correct(report, report.corrections.then(step))

    def _correct(self, report: OpenReport, *, proved: bool = False) -> None:
        """Make the file of *report* what it is with its corrections. Raises RefusedError."""
        if not report.corrections.steps and report.first is None:
            return
        judging = linter(report.given.settings)
        first = report.first = report.first or judging.read(report.given).source
        edits = report.corrections.edits(first.text)
        report.known, report.introduced, report.checked = None, None, None
        if first.kind not in WRITABLE:
            report.now = report.given._replace(source=told(first, edits))
            return
        if not edits:
            report.now = report.given
            return
        report.now = report.given._replace(data=self.file_of(report, "direct"))
        read = report.known = Learning().read(report.now)
        if proved and (read[0] is None or read[0].source.text != told(first, edits).text):
            raise RefusedError(OTHER_TEXT)

    def file_of(self, report: OpenReport, mode: Mode) -> bytes:
        """Return the file of *report* with its corrections. Raises RefusedError, UnreadableError."""
        data = content_of(report.given)
        if report.first is None:
            return data
        return rewritten(data, report.first, report.corrections.edits(report.first.text), mode)

    # -- the whole run -------------------------------------------------------------------------------

    @property
    def formats(self) -> Mapping[str, OutputFormat]:
        """The formats of results, by name."""
        return {known.name: known for known in self._resolver.plugins(os.curdir).formats}

    def summary(self, only: Collection[OpenReport] = ()) -> Summary:
        """Return the figures of the run so far, or of the reports *only*, those that wait left out."""
        summary = self._summary(only)
        for result in self._results((), "zh", only, self._known):
            summary.count(result.tally)
        return summary

    def written(self, asked: OutputFormat, language: Language, only: Collection[OpenReport] = ()) -> bytes:
        """Return the results of all reports, or of those *only*, as `nianbao check -f` writes them into a file.

        Raises UnavailableError.
        """
        reporter = asked.reporter(Display(language))
        summary = self._summary(only)
        pieces: list[str | bytes] = []
        for result in self._results((reporter,), language, only, self.verdict_on):
            summary.count(result.tally)
            pieces.append(reporter.put(result.parts[0]))
        pieces += reporter.end(summary)
        return b"".join(
            piece.encode("utf-8", "replace") if isinstance(piece, str) else piece for piece in pieces
        )

    def _summary(self, only: Collection[OpenReport]) -> Summary:
        whole = not only
        left_out = self.given.left_out if whole else ()
        summary = Summary(self._resolver.rules, left_out, len(only or self.reports))
        summary.roll = self.roll if whole else None
        return summary

    def _known(self, report: OpenReport) -> Checked | None:
        return report.checked

    def _results(
        self,
        reporters: tuple[object, ...],
        language: Language,
        only: Collection[OpenReport],
        verdict_on: Callable[[OpenReport], Checked | None],
    ) -> Iterator[Judged]:
        chosen = list(only or self.reports.values())

        def kept(files: Sequence[Input], judging: Judging) -> Iterator[tuple[Input, Judged | Lost]]:
            for file, report in zip(files, chosen, strict=True):
                checked = verdict_on(report)
                if checked is not None:
                    yield file, judging.of(checked, file)

        judging = Judging(reporters, language)  # type: ignore[arg-type]
        return judged([report.introduced or report.now for report in chosen], judging, kept)


def _safe(name: str) -> str:
    """Return *name* as a path in the current folder."""
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return "/".join(parts) or "_"


def _kind_of(path: str) -> Kind | None:
    """Return what the file at *path* says about how to judge, None for a report."""
    name = os.path.basename(path).lower()
    if name == WAIVERS:
        return "waivers"
    if name == BASELINE:
        return "baseline"
    if name.endswith(RULES):
        return "rules"
    if name == TOML or name.endswith(_YAML):
        return "settings"
    return "other" if name.endswith(_BESIDE) else None


def _is_found(path: str) -> bool:
    """Return whether the settings at *path* are found by their name."""
    return os.path.basename(path) in (SETTINGS, TOML)


def _content(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def _write(path: str, data: bytes) -> None:
    os.makedirs(os.path.dirname(path) or os.curdir, exist_ok=True)
    with open(path, "wb") as file:
        file.write(data)
