"""The settings of each report: those of the closest file above it, then those asked for."""

import os
from typing import TYPE_CHECKING, NamedTuple

from nianbao.engine.finding import Severity
from nianbao.engine.rule import Rule
from nianbao.engine.selection import Selection
from nianbao.files.lookup import BASELINE, WAIVERS, closest, settings_file
from nianbao.plugins.loaded import Plugins
from nianbao.plugins.loading import load
from nianbao.report.issuer import Level
from nianbao.run.linter import Input, Linter, baseline_in, linter, waivers_in
from nianbao.run.settings import Settings

if TYPE_CHECKING:  # where no file sets anything, no YAML is read
    from nianbao.run.config_file import Configuration


class Asked(NamedTuple):
    """What whoever runs the program says of the settings; it wins over every file."""

    selection: Selection = Selection()
    year: int | None = None
    level: Level | None = None
    fail_on: str | None = None
    config: str | None = None  # this file, whatever lies above the report
    isolated: bool = False  # no file at all
    encoding: str = ""


class NoRuleLeftError(Exception):
    """The settings leave no rule to judge by."""


class Configured:
    """Finds the settings of each report, every file read once.

    Every method that reads a file raises FileError for what is wrong in it, PluginError for a plugin that
    cannot be trusted.
    """

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self._files: dict[str, str] = {}  # the file that holds for a folder
        self._beside: dict[str, tuple[str, str]] = {}  # waivers and baseline, by folder
        self._used: dict[Settings, None] = {}
        self._read: dict[str, Configuration] = {}  # by the path of the file

    def file(self, folder: str) -> str:
        """Return the path of the file that sets what holds in *folder*, "" for none."""
        if self.asked.isolated or self.asked.config:
            return "" if self.asked.isolated else self.asked.config or ""
        if folder not in self._files:
            self._files[folder] = shown(settings_file(folder))
        return self._files[folder]

    def configuration(self, folder: str) -> "Configuration | None":
        """Return what holds in *folder*, None where no file says anything."""
        path = self.file(folder)
        if not path:
            return None
        from nianbao.run.config_file import Configuration

        if path not in self._read:
            self._read[path] = Configuration(path)
        return self._read[path]

    def plugins(self, folder: str) -> Plugins:
        """Return the plugins that are loaded for reports in *folder*."""
        found = self.configuration(folder)
        return found.plugins if found is not None else load()

    def suffixes(self, folder: str) -> tuple[str, ...]:
        """Return the suffixes of the files that *folder* stands for."""
        readers = self.plugins(folder).readers
        return tuple(dict.fromkeys(suffix for reader in reversed(readers) for suffix in reader.suffixes))

    def settings(self, path: str) -> Settings:
        """Return the settings of the report at *path*. Raises UnknownRuleError, NoRuleLeftError."""
        found = self.configuration(os.path.dirname(path) or ".")
        settings = found.settings(path) if found is not None else Settings()
        asked = self.asked
        if any(asked.selection):
            settings = settings._replace(selections=(*settings.selections, asked.selection))
        if asked.fail_on is not None:
            fail_on = None if asked.fail_on == "never" else Severity(asked.fail_on)
            settings = settings._replace(fail_on=fail_on)
        settings = settings._replace(year=asked.year or settings.year, level=asked.level or settings.level)
        settings = settings._replace(encoding=asked.encoding)
        judge(settings)
        self._used[settings] = None
        return settings

    def given(self, one: Input) -> Input:
        """Return *one* with its settings and the files that speak of its findings.

        Raises UnknownRuleError, NoRuleLeftError.
        """
        settings = self.settings(one.path)
        if self.asked.isolated:
            return one._replace(settings=settings)
        folder = os.path.dirname(one.path) or "."
        if folder not in self._beside:
            waivers, baseline = (shown(closest(folder, name)) for name in (WAIVERS, BASELINE))
            # What they say must not be passed over: where one cannot be read, that is told now.
            if waivers:
                waivers_in(waivers)
            if baseline:
                baseline_in(baseline)
            self._beside[folder] = waivers, baseline
        waivers, baseline = self._beside[folder]
        return one._replace(settings=settings, waivers=waivers, baseline=baseline)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that judge the reports asked about so far, each once."""
        return tuple({rule.code: rule for used in self._used for rule in linter(used).rules}.values())


def judge(settings: Settings) -> Linter:
    """Return what judges by *settings*. Raises UnknownRuleError, PluginError, NoRuleLeftError."""
    found = linter(settings)
    if not found.rules:
        raise NoRuleLeftError
    return found


def shown(path: str) -> str:
    """Return *path* from the current folder where that is shorter."""
    try:
        relative = os.path.relpath(path) if path else ""
    except ValueError:  # another drive
        return path
    return min(relative, path, key=len)
