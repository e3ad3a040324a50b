"""The settings of each report: those of the closest file above it, then those requested."""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from nianbao.engine.finding import Severity
from nianbao.engine.rule import Rule
from nianbao.engine.selection import Selection
from nianbao.files.lookup import BASELINE, SETTINGS, WAIVERS, closest, settings_path
from nianbao.plugins.loaded import PluginError, Plugins
from nianbao.plugins.loading import load
from nianbao.report.issuer import Level
from nianbao.run.linter import Input, Linter, linter
from nianbao.run.settings import Settings

if TYPE_CHECKING:  # if no file sets anything, no YAML is read
    from nianbao.run.settings_file import SettingsFile
    from nianbao.suppression.baseline import Baseline
    from nianbao.suppression.waivers import Waivers


class Requested(NamedTuple):
    """The settings that the command line or the editor asks for; they win over every file."""

    selection: Selection = Selection()
    year: int | None = None
    level: Level | None = None
    fail_on: str | None = None
    config: str | None = None  # this file, whatever is above the report
    isolated: bool = False  # no file at all
    encoding: str = ""


class NoRuleLeftError(Exception):
    """The settings leave no rule to judge by."""


class Resolver:
    """Finds the settings of each report, every file read once.

    Every method that reads a file raises FileError for a fault in it, PluginError for a plugin that cannot be
    trusted.
    """

    def __init__(
        self, requested: Requested | None = None, warn: Callable[[PluginError], None] | None = None
    ) -> None:
        """Ask for what is *requested*; with *warn*, which is told each, do without the plugins that are broken.

        For commands that only show: a verdict without some of its rules would be a silent pass.
        """
        self.requested = requested or Requested()
        self._warn = warn
        self._warned: set[str] = set()
        self._paths: dict[tuple[str, str], str] = {}  # of the closest file, by folder and name
        self._settings_files: dict[str, SettingsFile] = {}  # by path
        self._waivers: dict[str, Waivers | None] = {}  # by path
        self._baselines: dict[str, Baseline | None] = {}  # by path
        self._used: dict[Settings, None] = {}

    def settings_path(self, folder: str) -> str:
        """Return the path of the settings for reports in *folder*, "" for none."""
        if self.requested.isolated or self.requested.config:
            return "" if self.requested.isolated else self.requested.config or ""
        return self._path(folder, SETTINGS)

    def settings_file(self, folder: str) -> "SettingsFile | None":
        """Return the settings for reports in *folder*, None if no file has any."""
        path = self.settings_path(folder)
        if not path:
            return None
        if path not in self._settings_files:
            from nianbao.run.settings_file import SettingsFile

            self._settings_files[path] = SettingsFile(path, lenient=self._warn is not None)
        return self._settings_files[path]

    def plugins(self, folder: str) -> Plugins:
        """Return the plugins that are loaded for reports in *folder*."""
        file = self.settings_file(folder)
        plugins = file.plugins if file is not None else load(lenient=self._warn is not None)
        for fault in plugins.faults:
            if self._warn is not None and fault.text.zh not in self._warned:
                self._warned.add(fault.text.zh)
                self._warn(fault)
        return plugins

    def suffixes(self, folder: str) -> tuple[str, ...]:
        """Return the suffixes of the files that count as reports in *folder*."""
        readers = self.plugins(folder).readers
        return tuple(dict.fromkeys(suffix for reader in reversed(readers) for suffix in reader.suffixes))

    def settings(self, path: str) -> Settings:
        """Return the settings of the report at *path*. Raises UnknownRuleError, NoRuleLeftError."""
        folder = os.path.dirname(path) or "."
        file = self.settings_file(folder)
        settings = file.settings(path) if file is not None else Settings()
        if self._warn is not None and self.plugins(folder).faults:
            settings = settings._replace(lenient=True)
        requested = self.requested
        if any(requested.selection):
            settings = settings._replace(selections=(*settings.selections, requested.selection))
        if requested.fail_on is not None:
            fail_on = None if requested.fail_on == "never" else Severity(requested.fail_on)
            settings = settings._replace(fail_on=fail_on)
        settings = settings._replace(
            year=requested.year or settings.year,
            level=requested.level or settings.level,
            encoding=requested.encoding,
        )
        linter_by(settings)
        self._used[settings] = None
        return settings

    def resolved(self, report: Input) -> Input:
        """Return *report* with its settings, waivers and baseline. Raises UnknownRuleError, NoRuleLeftError."""
        report = report._replace(settings=self.settings(report.path))
        if self.requested.isolated:
            return report
        folder = os.path.dirname(report.path) or "."
        return report._replace(waivers=self._waivers_above(folder), baseline=self._baseline_above(folder))

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that judge the reports resolved so far, each once."""
        return tuple({rule.code: rule for used in self._used for rule in linter(used).rules}.values())

    @property
    def files(self) -> tuple[str, ...]:
        """The paths of all files that say how the reports resolved so far are judged."""
        named = [path for used in self._used for path in (*used.plugins, *used.rules)]
        found = [path for path in self._paths.values() if path]
        return tuple(dict.fromkeys([*self._settings_files, *found, *named]))

    def _path(self, folder: str, name: str) -> str:
        """Return the path of the file *name* that holds for *folder*, "" for none."""
        key = folder, name
        if key not in self._paths:
            self._paths[key] = shown(settings_path(folder) if name == SETTINGS else closest(folder, name))
        return self._paths[key]

    def _waivers_above(self, folder: str) -> "Waivers | None":
        path = self._path(folder, WAIVERS)
        if path and path not in self._waivers:
            from nianbao.suppression.waivers import read_waivers

            self._waivers[path] = read_waivers(path)
        return self._waivers.get(path)

    def _baseline_above(self, folder: str) -> "Baseline | None":
        path = self._path(folder, BASELINE)
        if path and path not in self._baselines:
            from nianbao.suppression.baseline import read_baseline

            self._baselines[path] = read_baseline(path)
        return self._baselines.get(path)


def linter_by(settings: Settings) -> Linter:
    """Return the linter that judges by *settings*. Raises UnknownRuleError, PluginError, NoRuleLeftError."""
    ready = linter(settings)
    if not ready.rules:
        raise NoRuleLeftError
    return ready


def linter_for(path: str = "", warn: Callable[[PluginError], None] | None = None) -> Linter:
    """Return the linter for the report at *path*, by default one in the current folder. Raises as `Resolver`."""
    return linter_by(Resolver(warn=warn).settings(path))


def shown(path: str) -> str:
    """Return *path* from the current folder if that is shorter."""
    try:
        relative = os.path.relpath(path) if path else ""
    except ValueError:  # another drive
        return path
    return min(relative, path, key=len)
