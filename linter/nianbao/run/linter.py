"""One file read and judged."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from nianbao_grammar.records import NamedTuple

from nianbao.engine.checked import Checked
from nianbao.engine.lint import lint
from nianbao.engine.rule import Rule
from nianbao.engine.time_limit import Stopwatch, TimeUpError
from nianbao.engine.verdict import Verdict
from nianbao.files.archive import Member
from nianbao.files.regular import contents
from nianbao.files.system_errors import reason_of
from nianbao.plugins.loading import load
from nianbao.readers.limits import MOST_BYTES
from nianbao.readers.reader import Reader
from nianbao.report.form import Form, load_forms
from nianbao.report.report import Report
from nianbao.report.wrapped import unwrapped
from nianbao.run.settings import Settings, chosen, options_of
from nianbao.text.language import Text, same
from nianbao.text.source import Source, UnreadableError

if TYPE_CHECKING:  # if no finding is suppressed, none of this is read
    from datetime import date

    from nianbao.report.neighbour import Neighbours
    from nianbao.suppression.baseline import Baseline
    from nianbao.suppression.waivers import Waivers


LONGEST = 60.0  # seconds that reading and judging one file may take
_NO_TEXT = (b"PK", b"%PDF", b"\xd0\xcf\x11\xe0", b"{\\rtf")  # files that --encoding does not apply to
T = TypeVar("T")
NO_MEMORY = Text(
    "检查这份文件内存不够，没有结论；请关掉别的程序，或者换一台内存大的机器再检查",
    "there was not enough memory for this file, so there is no verdict: close other programs, or check it on a machine with more",
)
_OTHER_ENCODING = Text(
    "不是 {encoding} 编码的文本；核对 --encoding", "no text in {encoding}: check --encoding"
)
TOO_LARGE = Text(
    f"文件超过 {MOST_BYTES >> 20} MiB，不像一份年度报告；请去掉图片，另存一份再检查",
    f"the file is larger than {MOST_BYTES >> 20} MiB, which no annual report is: take the pictures out, save a copy and check that",
)
_NO_SUCH = Text("没有这个文件", "no such file")
FORBIDDEN = Text("没有读取权限", "permission denied")
NOT_READ = Text("读不出来：{why}", "cannot be read: {why}")
TOO_LONG = Text(
    "超过 {seconds} 秒还没有检查完，没有结论；check 的 --timeout 可以放宽",
    "not done after {seconds} seconds, so there is no verdict; check --timeout allows more",
)
_FAULT = Text(
    "检查这份文件时程序出错（{error}），没有结论；其余文件照常检查",
    "the program failed on this file ({error}), so there is no verdict; the other files are checked",
)
_READER_FAULT = Text(
    "读取器 {name}（{origin}）读这份文件时出错（{error}）；请把文件和这条信息交给插件的作者",
    "the reader {name} ({origin}) failed on this file ({error}): send both to the author of the plugin",
)


class Input(NamedTuple):
    """A file to be read, and the settings to judge it by.

    *waivers* and *baseline* are those that apply to its findings. *data* is its content if it has been read
    already, *error* the reason if it cannot be read, *within* the folder that was named if not the file itself was.
    *seconds* bounds the time that it may take; 0 is no bound. *here* is the folder that paths are from, "" for the
    current one. *member* is what it is in an archive, if it is in one. *neighbours* is what its report knows of others, *differing* as in `Checked`; *source* is its text,
    *report* the report, if that has been read already.
    """

    path: str
    settings: Settings = Settings()
    waivers: "Waivers | None" = None
    baseline: "Baseline | None" = None
    data: bytes | None = None
    error: Text | None = None
    within: str = ""
    seconds: float = LONGEST
    here: str = ""
    member: Member | None = None
    neighbours: "Neighbours | None" = None
    source: Source | None = None
    report: Report | None = None
    differing: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The path as it is shown: a file name that is not UTF-8 must not stop an output that is."""
        return os.fsencode(self.path).decode("utf-8", "replace")


class ReaderError(UnreadableError):
    """A reader has failed instead of refusing."""


class Linter(NamedTuple):
    """The *rules* asked for among those *known*, the forms and the readers: ready to judge."""

    rules: tuple[Rule, ...]
    known: tuple[Rule, ...]
    forms: tuple[Form, ...]
    readers: tuple[Reader, ...]
    settings: Settings

    def check(self, file: Input, before_rule: Callable[[], None] | None = None) -> Checked:
        """Return the verdict on *file*, or the reason if there is none.

        Raises nothing but what *before_rule*, called before each rule, raises that is no Exception.
        """
        try:
            verdict = self.verdict(file, before_rule)
            return Checked(
                file.name,
                verdict,
                fail_on=self.settings.fail_on,
                points=self.settings.points,
                differing=file.differing,
                archived=file.member is not None,
                docs_url=self.settings.docs_url,
            )
        except UnreadableError as error:
            fault = isinstance(error, ReaderError)
            return Checked(file.name, None, error.reason, fault=fault, points=self.settings.points)
        except MemoryError:
            return Checked(file.name, None, NO_MEMORY, points=self.settings.points)
        except Exception as error:  # a fault of ours in one file must not cost the verdicts on the others
            return failed(file, error)

    def verdict(self, file: Input, before_rule: Callable[[], None] | None = None) -> Verdict:
        """Return the verdict on *file*. Raises UnreadableError if there is none, and what is a fault of ours."""
        with bounded(file):
            verdict = lint(self._read(file), self.rules, options_of(self.settings), before_rule)
            return self.suppressed(verdict, file)

    def suppressed(self, verdict: Verdict, file: Input) -> Verdict:
        """Return *verdict* with the findings suppressed that a comment, a waiver or the baseline is about."""
        if "<!--" in verdict.report.source.text:
            from nianbao.suppression.comments import suppressed_by_comments

            verdict = suppressed_by_comments(verdict, self.codes)
        if file.waivers is not None:
            verdict = file.waivers.suppress(verdict, file.path, today(), file.here)
        if file.baseline is not None:
            verdict = file.baseline.suppress(verdict, file.path, file.here)
        return verdict

    @property
    def codes(self) -> frozenset[str]:
        """The codes of all rules."""
        return frozenset(rule.code for rule in self.known)

    def read(self, file: Input) -> Report:
        """Return *file* as a report. Raises UnreadableError if it cannot be read in time or is no text."""
        with bounded(file):
            return self._read(file)

    def _read(self, file: Input) -> Report:
        report = file.report or self._report(file.source or self._text(file))
        if file.neighbours is not None:
            report.know(file.neighbours)
        return report

    def _text(self, file: Input) -> Source:
        data = content_of(file)
        encoding = self.settings.encoding
        if encoding and not data.startswith(_NO_TEXT):
            data = _transcoded(data, encoding)
        *others, last = self.readers
        for reader in others:
            if _guarded(reader, reader.recognises, data, file.name):
                break
        else:
            reader = last
        source = _guarded(reader, reader.read, data, file.name)
        source = source.copied(kind=reader.name if reader is not last else "", encoding=encoding or None)
        return unwrapped(source, self.forms)

    def _report(self, source: Source) -> Report:
        settings = self.settings
        return Report(source, self.forms, year=settings.year, level=settings.level, region=settings.region)


def failed(file: Input, error: Exception) -> Checked:
    """Return the result of *file* where *error*, a fault of ours, has taken the place of a verdict."""
    reason = _FAULT.fill(error=f"{type(error).__name__}: {error}")
    return Checked(file.name, None, reason, fault=True, points=file.settings.points)


def _transcoded(data: bytes, encoding: str) -> bytes:
    """Return *data*, said to be text in *encoding*, as UTF-8. Raises UnreadableError if it is none."""
    try:
        return data.decode(encoding).encode()
    except UnicodeError:
        raise UnreadableError(_OTHER_ENCODING.fill(encoding=encoding)) from None


def _guarded(reader: Reader, ask: Callable[[bytes, str], T], data: bytes, name: str) -> T:
    """Return the answer of *reader* to *ask*. Raises UnreadableError if it refuses, ReaderError if it fails."""
    try:
        answer = ask(data, name)
        if ask is reader.read and not isinstance(answer, Source):
            raise TypeError(f"{type(answer).__name__}, not Source")
    except UnreadableError:
        raise
    except MemoryError:
        raise UnreadableError(NO_MEMORY) from None
    except (Exception, SystemExit) as error:  # a reader may be foreign code
        reason = same(f"{type(error).__name__}: {error}")
        fault = _READER_FAULT.fill(name=reader.name, origin=reader.origin, error=reason)
        raise ReaderError(fault) from error
    return answer


@cache
def linter(settings: Settings) -> Linter:
    """Return the linter for *settings*, made once in each process. Raises PluginError, UnknownRuleError."""
    plugins = load(settings.plugins, settings.rules, lenient=settings.lenient, texts=settings.texts)
    rules = plugins.rules
    return Linter(chosen(rules, settings), rules, load_forms(plugins.forms), plugins.readers, settings)


def wanted(files: Sequence[Input]) -> frozenset[str]:
    """Return the words for what the rules of *files* compare with: previous, members, siblings."""
    rules = (rule for settings in dict.fromkeys(f.settings for f in files) for rule in linter(settings).rules)
    return frozenset(beside for rule in rules for beside in rule.beside)


@contextmanager
def bounded(file: Input) -> Iterator[None]:
    """Raise UnreadableError if what is done to *file* within takes longer than it may."""
    if not file.seconds:
        yield
        return
    watch = Stopwatch(file.seconds)
    try:
        with watch:
            watch.start()
            yield
    except TimeUpError:
        if not watch.over:  # the time of something greater is up, of which this is a part
            raise
        raise UnreadableError(TOO_LONG.fill(seconds=f"{file.seconds:g}")) from None


def content_of(file: Input) -> bytes:
    """Return the bytes of *file*, a regular one that some reader may take. Raises UnreadableError."""
    if file.error is not None:
        raise UnreadableError(file.error)
    if file.data is not None:
        return file.data
    try:
        if file.member is None:
            return contents(file.path, MOST_BYTES, TOO_LARGE)
        return file.member.content()
    except (FileNotFoundError, NotADirectoryError):
        raise UnreadableError(_NO_SUCH) from None
    except PermissionError:
        raise UnreadableError(FORBIDDEN) from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise UnreadableError(NOT_READ.fill(why=reason_of(error))) from None


def today() -> "date":
    """Return today's date, by which waivers hold or have expired."""
    from datetime import date

    return date.today()
