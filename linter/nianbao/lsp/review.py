"""Judges the texts of the editor, by the same settings as the command line."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from nianbao_grammar.records import NamedTuple

from nianbao.engine.finding import Diagnostic
from nianbao.engine.selection import UnknownRuleError
from nianbao.engine.verdict import Verdict
from nianbao.files.lookup import BASELINE, WAIVERS, closest, settings_path
from nianbao.files.yaml_file import FileError
from nianbao.lsp.buffer import REPORT_LANGUAGES, Buffer
from nianbao.lsp.settings_files import Fault, Kind, faults, faults_of, kind_of
from nianbao.plugins.loaded import PluginError
from nianbao.plugins.loading import load
from nianbao.report.report import Report
from nianbao.run.fixing import compatible
from nianbao.run.linter import Input, Linter, linter
from nianbao.run.proof import fixed
from nianbao.run.resolve import NoRuleLeftError, Requested, Resolver, linter_by
from nianbao.run.settings import Settings
from nianbao.run.trust import UntrustedError, record_path
from nianbao.text.language import Text
from nianbao.text.source import Source, Span, UnreadableError
from nianbao.writers.writer import RefusedError

if TYPE_CHECKING:  # few reports are compared
    from nianbao.run.pairing import Seen

_SUFFIXES = (".txt", ".md", ".html", ".htm")
_HEAD = 20_000  # characters: a short report
_NOT_JUDGED = Text("没有检查，配置有误：{error}", "not checked, the settings are wrong: {error}")
_NONE_LEFT = Text("没有检查：按照配置，一条规则也不剩", "not checked: the settings leave no rule at all")
_FAULT = Text("检查时程序出错（{error}），没有结论", "the program failed here ({error}): there is no verdict")
_NO_RULE = Text("没有规则“{word}”", "there is no rule {word}")

FileStates = tuple[tuple[str, int, int], ...]


class Elsewhere(NamedTuple):
    """The faults in a file that the settings of a report are read from."""

    source: Source
    faults: tuple[Fault, ...]


class Review(NamedTuple):
    """The result for one version of a text.

    *verdict*, *given* and *linter* are set if it is a report that was judged. *faults* are those of a file
    written by hand, or say why a report was not judged; then *elsewhere* are the causes in another file.
    """

    buffer: Buffer
    kind: Kind = ""
    verdict: Verdict | None = None
    given: Input | None = None
    linter: Linter | None = None
    faults: tuple[Fault, ...] = ()
    elsewhere: Elsewhere | None = None
    notices: tuple[Text, ...] = ()  # on settings that are not used, or not yet trusted

    @property
    def open(self) -> tuple[Diagnostic, ...]:
        """The findings that are not suppressed."""
        return self.verdict.open if self.verdict is not None else ()

    def fixed_text(self) -> str | None:
        """Return the text with every safe fix in it, each proved, None if there is none that can be made."""
        if self.linter is None or self.given is None or not compatible(self.open, unsafe=False):
            return None
        try:
            done = fixed(self.linter, self.given, unsafe=False, mode="direct")
        except (RefusedError, UnreadableError):
            return None
        return done.data.decode("utf-8") if done.made else None


class OvertakenError(BaseException):
    """Raised while a text is judged that is no longer the newest; no Exception, so that nothing takes it for a fault."""


def _never() -> bool:
    return False


def _go_on(overtaken: Callable[[], bool]) -> None:
    """Raise OvertakenError if the text is *overtaken*."""
    if overtaken():
        raise OvertakenError


class Reviewer:
    """Judges texts one after the other; it reads the settings again when a file of them changes."""

    def __init__(self, requested: Requested | None = None) -> None:
        self.check_all = False
        self._requested = self._asked = requested or Requested()
        self._notices: list[Text] = []
        self._resolver = Resolver(self._requested, self._notices.append)
        self._states: dict[str, FileStates] = {}  # by folder: the files that judging there depends on
        self._seen: dict[
            tuple[str, int, int], Seen
        ] = {}  # the reports that others are compared with, by their state

    def set(self, *, check_all: bool, config: str) -> None:
        """Judge every text, or reports only, by the settings in *config* or else as the command line asks."""
        self.check_all = check_all
        requested = self._asked._replace(config=config or self._asked.config)
        if requested != self._requested:
            self._requested = requested
            self.forget()

    def forget(self) -> None:
        """Read all settings, plugins and rules again when they are next needed."""
        load.cache_clear()
        linter.cache_clear()
        self._notices.clear()
        self._seen.clear()
        self._resolver = Resolver(self._requested, self._notices.append)
        self._states.clear()

    def review(self, buffer: Buffer, overtaken: Callable[[], bool] = _never) -> Review:
        """Return the review of *buffer*. Raises OvertakenError once it is *overtaken*, and nothing else."""
        try:
            return self._current(buffer, partial(_go_on, overtaken))
        except Exception as error:  # a fault of ours on one text must not end the answers on all others
            words = _FAULT.fill(error=f"{type(error).__name__}: {error}")
            return Review(buffer, faults=(Fault(Span(0, 0), words, "fault"),))

    def _current(self, buffer: Buffer, before_rule: Callable[[], None]) -> Review:
        """Return the review of *buffer* by the settings as they are now."""
        folder = os.path.dirname(buffer.path)
        if self._states.get(folder) not in (None, _file_states(folder, self._files(folder))):
            self.forget()
        review = self._reviewed(buffer, before_rule)
        self._states[folder] = _file_states(folder, self._files(folder))
        return review

    def rests_on(self, path: str) -> bool:
        """Return whether *path* is a file of settings, waivers or rules, or another that a review depended on."""
        if kind_of(path, ()):
            return True
        real = os.path.realpath(path)
        return any(
            os.path.realpath(file) == real for states in tuple(self._states.values()) for file, *_ in states
        )

    def _reviewed(self, buffer: Buffer, before_rule: Callable[[], None]) -> Review:
        kind = kind_of(buffer.path, self._rule_files(os.path.dirname(buffer.path)))
        if kind:
            source = Source(buffer.text, buffer.path)
            return Review(buffer, kind, faults=self._faults(kind, source))
        if buffer.language in REPORT_LANGUAGES or buffer.name.lower().endswith(_SUFFIXES):
            return self._report(buffer, before_rule)
        return Review(buffer)

    def _report(self, buffer: Buffer, before_rule: Callable[[], None]) -> Review:
        try:
            given = self._resolver.resolved(Input(buffer.path, data=buffer.data))
            judging = linter_by(given.settings)
            given = self._introduced(given, judging, before_rule)
        except FileError as error:
            there = Elsewhere(error.source, faults_of(error, "settings"))
            return self._unjudged(buffer, error.text, there)
        except UntrustedError as error:
            notice = error.from_anywhere.text
            review = self._unjudged(buffer, notice)
            return review._replace(notices=(notice,) if review.faults else ())
        except PluginError as error:
            return self._unjudged(buffer, error.text)
        except UnknownRuleError as error:
            return self._unjudged(buffer, _NO_RULE.fill(word=error.word))
        except NoRuleLeftError:
            return self._unjudged(buffer, None)
        checked = judging.check(given, before_rule)
        if checked.verdict is None:
            shown = checked.fault or self.check_all or self._begins_as_report(buffer)
            said = checked.error is not None and shown
            fault_here = Fault(Span(0, 0), checked.error or _NONE_LEFT, "unreadable")
            return Review(buffer, faults=(fault_here,) if said else ())
        if not (self.check_all or self._is_report(checked.verdict.report)):
            return Review(buffer)
        notices = tuple(self._notices)
        return Review(buffer, verdict=checked.verdict, given=given, linter=judging, notices=notices)

    def _introduced(self, given: Input, judging: Linter, before_rule: Callable[[], None]) -> Input:
        """Return *given* with what it knows of the reports that its settings name; those are read once.

        Raises FileError for a roster that is wrong.
        """
        compared = self._resolver.compared(given.path)
        named = compared.previous or compared.members or compared.roster
        if not named or not any(rule.beside for rule in judging.rules):
            return given
        from nianbao.lsp.company import introduced  # few reports are compared

        return introduced(given, judging, compared, self._resolver, self._seen, before_rule)

    def _is_report(self, report: Report) -> bool:
        """Return whether *report* is one, or the beginning of one in a folder that has settings for nianbao.

        Any other text that is open, a letter or a README, is not.
        """
        if report.recognised:
            return True
        folder = os.path.dirname(report.source.path)
        return bool(self._resolver.settings_path(folder)) and (
            report.title is not None or bool(report.tables)
        )

    def _begins_as_report(self, buffer: Buffer) -> bool:
        """Return whether the first characters of a text that is too large, or else cannot be read, are of a report."""
        with suppress(UnreadableError):
            head = buffer.text[:_HEAD].encode("utf-8", "replace")
            return self._is_report(linter(Settings()).read(Input(buffer.path, data=head)))
        return False

    def _unjudged(self, buffer: Buffer, error: Text | None, elsewhere: Elsewhere | None = None) -> Review:
        """Return the review of a report that was not judged, with the reason; a text that is no report has no fault."""
        with suppress(PluginError, UnreadableError):
            plain = linter(Settings()).read(Input(buffer.path, data=buffer.data))
            if not (self.check_all or self._is_report(plain)):
                return Review(buffer, elsewhere=elsewhere)
        words = _NOT_JUDGED.fill(error=error) if error is not None else _NONE_LEFT
        first = Source(buffer.text, buffer.path).line_at(0)
        return Review(buffer, faults=(Fault(first, words, "settings"),), elsewhere=elsewhere)

    def _faults(self, kind: Kind, source: Source) -> tuple[Fault, ...]:
        codes = self._codes(source.path) if kind == "waivers" else ()
        return faults(kind, source, codes, trusted=self._requested.trusted)

    def _rule_files(self, folder: str) -> tuple[str, ...]:
        with suppress(FileError, PluginError):
            settings = self._resolver.settings_file(folder, runs=False)
            return settings.rule_files if settings is not None else ()
        return ()

    def _codes(self, path: str) -> frozenset[str]:
        """Return the codes of all rules that could judge a report next to *path*; none if they cannot be read."""
        with suppress(FileError, PluginError):
            return frozenset(rule.code for rule in self._resolver.plugins(os.path.dirname(path)).rules)
        return frozenset()

    def _files(self, folder: str) -> Iterable[str]:
        """Yield the files that settings in *folder* are read from."""
        path = self._resolver.settings_path(folder)
        if not path:
            return
        yield path
        yield record_path(path)
        try:
            settings = self._resolver.settings_file(folder, runs=False)
        except FileError as error:
            yield error.path
        except PluginError:
            return
        else:
            if settings is not None:
                yield from settings.plugin_files
                yield from settings.rule_files
                yield from filter(None, (settings.compared.roster,))
                yield from (layer.source.path for layer in settings.layers if not layer.profile)


def _file_states(folder: str, files: Iterable[str]) -> FileStates:
    """Return the state of every file that judging a report in *folder* depends on, new files included."""
    above = (settings_path(folder), closest(folder, WAIVERS), closest(folder, BASELINE))
    paths = dict.fromkeys(os.path.abspath(path) for path in (*above, *files) if path)
    return tuple(_state(paths))


def _state(paths: Iterable[str]) -> Iterator[tuple[str, int, int]]:
    for path in paths:
        try:
            stat = os.stat(path)
            yield path, stat.st_mtime_ns, stat.st_size
        except OSError:
            yield path, 0, 0
