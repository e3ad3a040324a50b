"""Paths in, verdicts out: reads files and judges them, one file's failure never stopping the others."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from nianbao.config import Settings, chosen, options_of
from nianbao.diagnostic import Severity, State
from nianbao.engine import Verdict, lint
from nianbao.folder import Wanted, files_in
from nianbao.form import Form, load_forms
from nianbao.language import Language, Text, same
from nianbao.plugins import load
from nianbao.readers import Reader
from nianbao.report import Report
from nianbao.rule import Rule, Target
from nianbao.source import Source, UnreadableError
from nianbao.writers import WRITTEN

if TYPE_CHECKING:  # where nobody has answered for a finding, nothing of this is read
    from datetime import date

    from nianbao.baseline import Baseline
    from nianbao.waivers import Sight, Waivers

_NO_TEXT = (b"PK", b"%PDF", b"\xd0\xcf\x11\xe0", b"{\\rtf")  # what --encoding says nothing about
T = TypeVar("T")
EVERYTHING = Wanted()
_NOTHING_IN = Text("这个文件夹里没有报告（{suffixes}）", "no report in this folder ({suffixes})")
_OTHER_ENCODING = Text(
    "不是 {encoding} 编码的文本；核对 --encoding", "no text in {encoding}: check --encoding"
)
_NO_SUCH = Text("没有这个文件", "no such file")
_FORBIDDEN = Text("没有读取权限", "permission denied")
_NOT_READ = Text("读不出来：{why}", "cannot be read: {why}")
_FAULT = Text(
    "检查这份文件时程序出错（{error}），没有结论；其余文件照常检查",
    "the program failed on this file ({error}), so there is no verdict; the other files are checked",
)
_READER_FAULT = Text(
    "读取器 {name}（{origin}）读这份文件时出错（{error}）；请把文件和这条信息交给插件的作者",
    "the reader {name} ({origin}) failed on this file ({error}): send both to the author of the plugin",
)

_MOST_PROCESSES = 61  # as many as Windows can wait for


class ProcessLostError(Exception):
    """One of the processes that share the work has been killed."""


class Input(NamedTuple):
    """A file to be read, and the settings to judge it by.

    *waivers* and *baseline* are paths of the files that speak of its findings, "" for none. *data* is what it holds where it has been read already, *error* why it cannot be.
    """

    path: str
    settings: Settings = Settings()
    waivers: str = ""
    baseline: str = ""
    data: bytes | None = None
    error: Text | None = None

    @property
    def name(self) -> str:
        """The path as it is shown: a file name that is not UTF-8 must not stop an output that is."""
        return os.fsencode(self.path).decode("utf-8", "replace")


class Checked(NamedTuple):
    """What became of one file: a verdict, or the *error* that there is none for; *fault* where it is ours.

    *beside* marks a file that is no report but speaks of reports: findings on the waivers.
    """

    path: str
    verdict: Verdict | None
    error: Text | None = None
    fault: bool = False
    fail_on: Severity | None = Severity.ERROR  # the least severe finding that makes the run fail
    beside: bool = False

    def reason(self, language: Language) -> str:
        """Return why there is no verdict, "" where there is one."""
        return self.error.of(language) if self.error is not None else ""

    def complaint(self, language: Language) -> str:
        """Return the path and why there is no verdict, in one line."""
        return f"{self.path}: {' '.join(self.reason(language).split())}"


class ReaderError(UnreadableError):
    """A reader has failed where it should have refused."""


class Linter(NamedTuple):
    """The *rules* asked for among those *known*, the forms and the readers: ready to judge."""

    rules: tuple[Rule, ...]
    known: tuple[Rule, ...]
    forms: tuple[Form, ...]
    readers: tuple[Reader, ...]
    settings: Settings

    def check(self, given: Input) -> Checked:
        """Return the verdict on *given*, or why there is none. Never raises."""
        try:
            report = self.read(given)
            verdict = self.answered(lint(report, self.rules, options_of(self.settings)), given)
            return Checked(given.name, verdict, fail_on=self.settings.fail_on)
        except UnreadableError as error:
            return Checked(given.name, None, error.reason, fault=isinstance(error, ReaderError))
        except Exception as error:  # a fault of ours in one file must not cost the verdicts on the others
            reason = _FAULT.fill(error=f"{type(error).__name__}: {error}")
            return Checked(given.name, None, reason, fault=True)

    def answered(self, verdict: Verdict, given: Input) -> Verdict:
        """Return *verdict* with the findings marked that a comment, a waiver or the baseline answers for."""
        if "<!--" in verdict.report.source.text:
            from nianbao.comments import judge

            verdict = judge(verdict, self.codes)
        if given.waivers:
            verdict = waivers_in(given.waivers).judge(verdict, given.path, today())
        if given.baseline:
            verdict = baseline_in(given.baseline).judge(verdict, given.path)
        return verdict

    @property
    def codes(self) -> frozenset[str]:
        """The codes of all rules."""
        return frozenset(rule.code for rule in self.known)

    def read(self, given: Input) -> Report:
        """Return *given* as a report. Raises UnreadableError for what cannot be read or is no text."""
        data = content(given)
        asked = self.settings.encoding
        if asked and not data.startswith(_NO_TEXT):
            data = _told(data, asked)
        *others, last = self.readers
        for reader in others:
            if _guarded(reader, reader.recognises, data, given.name):
                break
        else:
            reader = last
        source = _guarded(reader, reader.read, data, given.name)
        source.kind = reader.name if reader is not last else ""
        settings = self.settings
        source.encoding = asked or source.encoding
        return Report(source, self.forms, year=settings.year, level=settings.level, region=settings.region)


def _told(data: bytes, encoding: str) -> bytes:
    """Return *data*, said to be text in *encoding*, as UTF-8. Raises UnreadableError for what is none."""
    try:
        return data.decode(encoding).encode()
    except UnicodeError:
        raise UnreadableError(_OTHER_ENCODING.fill(encoding=encoding)) from None


def _guarded(reader: Reader, ask: Callable[[bytes, str], T], data: bytes, name: str) -> T:
    """Return what *reader* answers to *ask*. Raises UnreadableError where it refuses, ReaderError where it fails."""
    try:
        answer = ask(data, name)
        if ask is reader.read and not isinstance(answer, Source):
            raise TypeError(f"{type(answer).__name__}, not Source")
    except UnreadableError:
        raise
    except (Exception, SystemExit) as error:  # a reader is somebody else's code
        told = same(f"{type(error).__name__}: {error}")
        fault = _READER_FAULT.fill(name=reader.name, origin=reader.origin, error=told)
        raise ReaderError(fault) from error
    return answer


@cache
def linter(settings: Settings) -> Linter:
    """Return what judges by *settings*, made once in each process. Raises PluginError, UnknownRuleError."""
    plugins = load(settings.plugins, settings.rules)
    rules = plugins.rules
    return Linter(chosen(rules, settings), rules, load_forms(plugins.forms), plugins.readers, settings)


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


def inputs(
    paths: Sequence[str], suffixes: Callable[[str], tuple[str, ...]], wanted: Wanted = EVERYTHING
) -> Iterator[Input]:
    """Yield the files that *paths* mean, each once: a folder means the files of its *suffixes* in it and below."""
    seen = set()
    for path in paths:
        for given in _in_folder(path, suffixes(path), wanted) if os.path.isdir(path) else (Input(path),):
            identity = os.path.normcase(os.path.abspath(given.path))
            if identity not in seen:
                seen.add(identity)
                yield given


def _in_folder(path: str, suffixes: tuple[str, ...], wanted: Wanted) -> Iterator[Input]:
    try:
        files = list(files_in(path, suffixes, wanted))
    except OSError as error:
        yield Input(
            path, error=_FORBIDDEN if isinstance(error, PermissionError) else _NOT_READ.fill(why=error)
        )
        return
    shown = Text("、".join(suffixes), ", ".join(suffixes))
    yield from map(Input, files) if files else (Input(path, error=_NOTHING_IN.fill(suffixes=shown)),)


def verdicts(given: Sequence[Input], processes: int = 1) -> Iterator[Checked]:
    """Yield what became of each file by its own settings, in order, then what is to be said of their waivers.

    With *processes* more than one, they share the work. Raises ProcessLostError.
    """
    seen: dict[str, list[Sight]] = {}
    for one, checked in zip(given, _each(given, processes), strict=True):
        if one.waivers and checked.verdict is not None:
            sight = waivers_in(one.waivers).sight(checked.verdict, one.path, today())
            seen.setdefault(one.waivers, []).append(sight)
        yield checked
    for path, sights in seen.items():
        judging = [linter(s) for s in dict.fromkeys(one.settings for one in given if one.waivers == path)]
        yield from _on_waivers(path, sights, judging)


def _on_waivers(path: str, sights: Sequence["Sight"], judging: Sequence[Linter]) -> Iterator[Checked]:
    waivers = waivers_in(path)
    codes = frozenset().union(*(one.codes for one in judging))
    notices = waivers.notices(sights, codes, today())
    if notices:
        report = Report(waivers.source, judging[0].forms)
        yield Checked(path, Verdict(report, notices, ()), fail_on=judging[0].settings.fail_on, beside=True)


def waivers_in(path: str) -> "Waivers":
    """Return the waivers in the file at *path*. Raises FileError."""
    return _waivers(path, _state(path))


def baseline_in(path: str) -> "Baseline":
    """Return the baseline in the file at *path*. Raises FileError."""
    return _baseline(path, _state(path))


@cache
def _waivers(path: str, state: tuple[int, int]) -> "Waivers":
    from nianbao.waivers import read_waivers

    return read_waivers(path)


@cache
def _baseline(path: str, state: tuple[int, int]) -> "Baseline":
    from nianbao.baseline import read_baseline

    return read_baseline(path)


def _state(path: str) -> tuple[int, int]:
    """Return what tells that the file at *path* has changed since it was read."""
    try:
        found = os.stat(path)
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size


def today() -> "date":
    """Return the day by which waivers hold or have expired."""
    from datetime import date

    return date.today()


def _each(given: Sequence[Input], processes: int) -> Iterator[Checked]:
    if processes <= 1 or len(given) <= 1:
        yield from map(_check, given)
        return
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    chunk = max(1, min(32, len(given) // (4 * processes)))
    try:
        with ProcessPoolExecutor(min(processes, len(given), _MOST_PROCESSES)) as pool:
            yield from pool.map(_check, given, chunksize=chunk)
    except BrokenProcessPool as error:
        raise ProcessLostError(str(error)) from error


def _check(given: Input) -> Checked:
    return linter(given.settings).check(given)


class Repairs(NamedTuple):
    """What `--fix` has done: how many findings it has put right and how many it could not, *unsafe* ones too or not."""

    made: int = 0
    refused: int = 0
    unsafe: bool = False

    def plus(self, made: int, refused: int) -> "Repairs":
        """Return this and what was done in one file more."""
        return self._replace(made=self.made + made, refused=self.refused + refused)


class Summary:
    """The whole run in figures."""

    def __init__(self, rules: Iterable[Rule] = ()) -> None:
        """Count from nothing; of *rules* those with a target are watched for never meeting it."""
        self.catalogue = {rule.code: rule for rule in rules}
        self.targets = {code: rule.target for code, rule in self.catalogue.items() if rule.target is not None}
        self._ended: dict[str, set[State]] = {}
        self.suppressed = {"waiver": 0, "comment": 0, "baseline": 0}
        self.repairs: Repairs | None = None  # what was put right before the run, None where nobody asked
        self.fixable = {
            True: 0,
            False: 0,
        }  # findings that can be put right in the file, by whether it is safe
        self.failed = False  # whether there is a finding at or above the severity that counts
        self.files = 0
        self.findings = dict.fromkeys(Severity, 0)
        self.outcomes = dict.fromkeys(State, 0)
        self.rules = 0  # how many ran on each file
        self.unread = 0  # files that could not be read
        self.unjudged = 0  # reports with tables that could not be judged, or that no rule could judge
        self.faults = 0

    def add(self, checked: Checked) -> None:
        """Count *checked* in."""
        self.files += not checked.beside
        self.faults += checked.fault
        if checked.verdict is None:
            self.unread += 1
            return
        writable = checked.verdict.report.source.kind in WRITTEN
        for diagnostic in checked.verdict.diagnostics:
            if writable and diagnostic.finding.fix is not None and diagnostic.fixable:
                self.fixable[diagnostic.finding.fix.safe] += 1
            if diagnostic.suppressed is not None:
                self.suppressed[diagnostic.suppressed.by] += 1
                continue
            self.findings[diagnostic.severity] += 1
            self.failed |= checked.fail_on is not None and diagnostic.severity.rank >= checked.fail_on.rank
        for outcome in checked.verdict.outcomes:
            self.outcomes[outcome.state] += 1
            if outcome.code in self.targets:
                self._ended.setdefault(outcome.code, set()).add(outcome.state)
        self.rules = max(self.rules, len(checked.verdict.outcomes))
        concluded = any(o.state in (State.PASSED, State.FAILED) for o in checked.verdict.outcomes)
        self.unjudged += not checked.beside and not (concluded and checked.verdict.judged)

    @property
    def idle(self) -> tuple[tuple[str, Text], ...]:
        """The rules whose target occurred in no report of the run: code, and what they look for."""
        return tuple(
            (code, target.words)
            for code, target in self.targets.items()
            if not self._ended.get(code, {State.FAILED}) & {State.FAILED, *_met(target)}
        )

    @property
    def exit_code(self) -> int:
        """2 for a fault of a rule or of ours, 1 for findings that count, 3 for no verdict, else 0."""
        if self.faults or self.outcomes[State.CRASHED]:
            return 2
        if self.failed:
            return 1
        return 3 if self.unread or self.unjudged or not self.files else 0


def _met(target: Target) -> tuple[State, ...]:
    """Return how a rule ends, other than failing, where it has met its *target*."""
    return () if target.fault else (State.PASSED,)
