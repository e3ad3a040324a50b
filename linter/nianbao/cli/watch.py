"""`nianbao check --watch`: the check repeated whenever something that it rests on changes, until a signal ends it."""

import os
import time
from collections.abc import Callable, Iterable, Sequence

from nianbao.cli.command import complain
from nianbao.cli.errors import CommandError
from nianbao.cli.failures import reported
from nianbao.cli.fix import Fixing, fix_files
from nianbao.cli.once import Once
from nianbao.engine.checked import Repairs
from nianbao.files.lookup import BASELINE, SETTINGS, TOML, WAIVERS
from nianbao.plugins.loading import load
from nianbao.reporters.display import Display
from nianbao.run.judged import Judged
from nianbao.run.linter import Input, linter
from nianbao.run.resolve import shown
from nianbao.run.watching import Memory, States, changed, next_change, states_of
from nianbao.text.inert import inert
from nianbao.text.language import Language, Text

_WAITS = Text("等着文件改动，Ctrl-C 结束", "waiting for changes, Ctrl-C ends this")
_CHANGED = Text("\n── {time} 改动：{names}", "\n── {time} changed: {names}")
_GONE = Text("{name}（没有了）", "{name} (gone)")
_MORE = Text("{names} 等 {count} 个", "{names} and others, {count} in all")
_FEW = 3
_SETS = (SETTINGS, TOML, WAIVERS, BASELINE)


class Watch(Once):
    """A check that is repeated: the files that it looks at, and what it has told before."""

    def __init__(self, paths: Sequence[str], language: Language, *, quiet: bool) -> None:
        """Look at *paths*; if not *quiet*, say that it waits."""
        self.memory: Memory = Memory()
        self._paths = paths
        self._language = language
        self._quiet = quiet
        self._beside: tuple[str, ...] = ()
        self._own: frozenset[str] = frozenset()
        self._states: States = {}
        self._changed: frozenset[str] | None = None  # None the first time
        self._reports: dict[str, str] = {}  # their names as they are shown, by absolute path

    def repeat(self, once: Callable[[], int]) -> int:
        """Check by *once*, and again after each change, and return the exit code of the time that a signal ended.

        Raises what *once* raises the first time; Stopped.
        """
        self._states = states_of(self._paths)
        code = once()
        if code < 128 and not self._quiet:
            complain(_WAITS.of(self._language))
        while code < 128:
            before = self._states
            self._states = next_change(before, self._paths, self._beside, self._own)
            self._changed = changed(before, self._states) - self._own
            code = self._again(once)
        return code

    def begins(self, files: Sequence[Input], beside: Iterable[str], own: Iterable[str]) -> None:
        """Take the *files* of this time, those *beside* them that settings name, and the run's *own* outputs."""
        before, self._reports = self._reports, {os.path.abspath(file.path): file.name for file in files}
        self._beside = tuple(beside)
        self._own = frozenset(map(os.path.abspath, own))
        self._states = {**states_of((), self._beside), **self._states}
        if self._changed is not None and before.keys() != self._reports.keys():
            self._changed |= before.keys() ^ self._reports.keys()
            self._tell(before)

    def fixed(
        self, files: tuple[Input, ...], fixing: Fixing, view: Display
    ) -> tuple[tuple[Input, ...], Repairs]:
        """Fix those of *files* that have changed, the first time all, and return all with the count of fixes."""
        due = [file for file in files if self._changed is None or os.path.abspath(file.path) in self._changed]
        if due:
            self._tell()
        _, repairs = fix_files(due, fixing, view)
        self._states.update(
            states_of((), (file.path for file in due))
        )  # it is this run that has changed them
        return files, repairs

    def shows(self, result: Judged) -> bool:
        """Return whether *result* is to be shown: it is new. What is said of waivers goes with other results."""
        if self._changed is not None:
            if result.again or not (self.told or result.tally.reports):
                return False
            self._tell()
        return True

    def _again(self, once: Callable[[], int]) -> int:
        """Check once more; a fault in settings is told and ends nothing."""
        self.told = False
        assert self._changed is not None
        beside = {*map(os.path.abspath, self._beside)}
        if any(path in beside or os.path.basename(path) in _SETS for path in self._changed):
            load.cache_clear()
            linter.cache_clear()
            self.memory = Memory()
        else:
            self.memory = Memory(self.memory)
        try:
            return once()
        except Exception as error:
            failure = error if isinstance(error, CommandError) else reported(error, self._language)
            if failure is None:
                raise
            self.memory = Memory()
            self._tell()
            complain(failure.message)
            return 2

    def _tell(self, before: dict[str, str] | None = None) -> None:
        """Say what has changed, once each time; *before* has the names of reports that are no more."""
        if self.told:
            return
        self.told = True
        names = [self._name(path, before or {}) for path in sorted(self._changed or ())]
        few = Text("、".join(name.zh for name in names[:_FEW]), ", ".join(name.en for name in names[:_FEW]))
        if len(names) > _FEW:
            few = _MORE.fill(names=few, count=len(names))
        complain(_CHANGED.fill(time=time.strftime("%H:%M:%S"), names=few).of(self._language))

    def _name(self, path: str, before: dict[str, str]) -> Text:
        name = inert(self._reports.get(path) or before.get(path) or shown(path))
        gone = path in before and path not in self._reports
        return _GONE.fill(name=name) if gone else Text(name, name)
