"""Paths in, verdicts out: reads files and judges them, one file's failure never stopping the others."""

import os
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from nianbao.config import Settings, chosen
from nianbao.diagnostic import Severity, State
from nianbao.engine import Verdict, lint
from nianbao.form import Form, load_forms
from nianbao.language import Text
from nianbao.plugins import load
from nianbao.report import Report
from nianbao.rule import Rule
from nianbao.source import Source, UnreadableError

SUFFIXES = (".txt", ".md")

_NOTHING_IN = Text("这个文件夹里没有 .txt 或 .md 文件", "no .txt or .md file in this folder")
_NO_SUCH = Text("没有这个文件", "no such file")
_FORBIDDEN = Text("没有读取权限", "permission denied")
_NOT_READ = Text("读不出来：{why}", "cannot be read: {why}")
_FAULT = Text(
    "检查这份文件时程序出错（{error}），没有结论；其余文件照常检查",
    "the program failed on this file ({error}), so there is no verdict; the other files are checked",
)


_MOST_PROCESSES = 61  # as many as Windows can wait for


class ProcessLostError(Exception):
    """One of the processes that share the work has been killed."""


class Input(NamedTuple):
    """A file to be read; *data* is what it holds where it has been read already, *error* why it cannot be."""

    path: str
    data: bytes | None = None
    error: Text | None = None

    @property
    def name(self) -> str:
        """The path as it is shown: a file name that is not UTF-8 must not stop an output that is."""
        return os.fsencode(self.path).decode("utf-8", "replace")


class Checked(NamedTuple):
    """What became of one file: a verdict, or the *error* that there is none for; *fault* where it is ours."""

    path: str
    verdict: Verdict | None
    error: Text | None = None
    fault: bool = False


class Linter(NamedTuple):
    """The *rules* asked for among those *known*, and the forms: ready to judge."""

    rules: tuple[Rule, ...]
    known: tuple[Rule, ...]
    forms: tuple[Form, ...]
    settings: Settings

    def check(self, given: Input) -> Checked:
        """Return the verdict on *given*, or why there is none. Never raises."""
        try:
            report = self.read(given)
            return Checked(given.name, lint(report, self.rules))
        except UnreadableError as error:
            return Checked(given.name, None, error.reason)
        except Exception as error:  # a fault of ours in one file must not cost the verdicts on the others
            reason = _FAULT.fill(error=f"{type(error).__name__}: {error}")
            return Checked(given.name, None, reason, fault=True)

    def read(self, given: Input) -> Report:
        """Return *given* as a report. Raises UnreadableError for what cannot be read or is no text."""
        data = content(given)
        settings = self.settings
        source = Source.decode(data, given.name)
        return Report(source, self.forms, year=settings.year, level=settings.level)


@cache
def linter(settings: Settings) -> Linter:
    """Return what judges by *settings*, made once in each process. Raises PluginError, UnknownRuleError."""
    plugins = load()
    return Linter(chosen(plugins.rules, settings), plugins.rules, load_forms(plugins.forms), settings)


def content(given: Input) -> bytes:
    """Return the bytes of *given*. Raises UnreadableError."""
    if given.error is not None:
        raise UnreadableError(given.error)
    if given.data is not None:
        return given.data
    try:
        with open(given.path, "rb") as file:
            return file.read()
    except FileNotFoundError:
        raise UnreadableError(_NO_SUCH) from None
    except PermissionError:
        raise UnreadableError(_FORBIDDEN) from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise UnreadableError(_NOT_READ.fill(why=getattr(error, "strerror", None) or error)) from None


def inputs(paths: Sequence[str]) -> Iterator[Input]:
    """Yield the files that *paths* mean, each once: a folder means its own .txt and .md files, sorted."""
    seen = set()
    for path in paths:
        for given in _in_folder(path) if os.path.isdir(path) else (Input(path),):
            identity = os.path.normcase(os.path.abspath(given.path))
            if identity not in seen:
                seen.add(identity)
                yield given


def _in_folder(path: str) -> Iterator[Input]:
    try:
        names = sorted(os.listdir(path))
    except OSError as error:
        yield Input(
            path, error=_FORBIDDEN if isinstance(error, PermissionError) else _NOT_READ.fill(why=error)
        )
        return
    found = [name for name in names if name.lower().endswith(SUFFIXES) and not name.startswith(".")]
    files = [file for file in (os.path.join(path, name) for name in found) if os.path.isfile(file)]
    yield from map(Input, files) if files else (Input(path, error=_NOTHING_IN),)


def verdicts(given: Sequence[Input], settings: Settings, processes: int = 1) -> Iterator[Checked]:
    """Yield what became of each file, in order; with *processes* more than one, they share the work.

    Raises ProcessLostError.
    """
    if processes <= 1 or len(given) <= 1:
        yield from map(linter(settings).check, given)
        return
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    chunk = max(1, min(32, len(given) // (4 * processes)))
    try:
        with ProcessPoolExecutor(min(processes, len(given), _MOST_PROCESSES)) as pool:
            yield from pool.map(_check, given, [settings] * len(given), chunksize=chunk)
    except BrokenProcessPool as error:
        raise ProcessLostError(str(error)) from error


def _check(given: Input, settings: Settings) -> Checked:
    return linter(settings).check(given)


class Summary:
    """The whole run in figures."""

    def __init__(self, fail_on: Severity | None) -> None:
        """Count from nothing; findings of *fail_on* and above make the run fail, with None no finding does."""
        self.fail_on = fail_on
        self.files = 0
        self.findings = dict.fromkeys(Severity, 0)
        self.outcomes = dict.fromkeys(State, 0)
        self.rules = 0  # how many ran on each file
        self.unread = 0  # files that could not be read
        self.unjudged = 0  # reports with tables that could not be judged, or that no rule could judge
        self.faults = 0

    def add(self, checked: Checked) -> None:
        """Count *checked* in."""
        self.files += 1
        self.faults += checked.fault
        if checked.verdict is None:
            self.unread += 1
            return
        for diagnostic in checked.verdict.diagnostics:
            self.findings[diagnostic.severity] += 1
        for outcome in checked.verdict.outcomes:
            self.outcomes[outcome.state] += 1
        self.rules = max(self.rules, len(checked.verdict.outcomes))
        concluded = any(o.state in (State.PASSED, State.FAILED) for o in checked.verdict.outcomes)
        self.unjudged += not (concluded and checked.verdict.judged)

    @property
    def failed(self) -> bool:
        """Whether there is a finding at or above the severity that counts."""
        return self.fail_on is not None and any(
            count and severity.rank >= self.fail_on.rank for severity, count in self.findings.items()
        )

    @property
    def exit_code(self) -> int:
        """2 for a fault of a rule or of ours, 1 for findings that count, 3 for no verdict, else 0."""
        if self.faults or self.outcomes[State.CRASHED]:
            return 2
        if self.failed:
            return 1
        return 3 if self.unread or self.unjudged or not self.files else 0
