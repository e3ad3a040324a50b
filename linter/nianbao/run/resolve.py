"""The settings of each report: those of the closest file above it, then those requested."""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from nianbao_grammar.records import NamedTuple

from nianbao.engine.finding import Severity
from nianbao.engine.rule import Rule
from nianbao.engine.selection import Selection
from nianbao.files.lookup import BASELINE, SETTINGS, WAIVERS, closest, is_ours, leads_out, settings_path
from nianbao.files.settings_error import SettingsError
from nianbao.plugins.loaded import PluginError, Plugins
from nianbao.plugins.loading import load
from nianbao.report.issuer import Level
from nianbao.run.linter import Input, Linter, linter
from nianbao.run.settings import Compared, Settings
from nianbao.text.language import Text

if TYPE_CHECKING:  # if no file sets anything, no YAML is read
    from nianbao.run.settings_file import SettingsFile
    from nianbao.suppression.baseline import Baseline
    from nianbao.suppression.waivers import Waivers


_PASSED_OVER = Text(
    "没有用 {path}：它属于另一个用户。要用，写 --config {path}，或者加 --trust",
    "{path} is not used, for it belongs to another user: to use it give --config {path}, or --trust",
)
_LINK = Text(
    "是指到别处的链接，没有用；把文件放到这里，或者加 --trust",
    "a link to a file elsewhere, which is not used: put the file here, or give --trust",
)
_NONE_LEFT = Text("这样选择，一条规则也不剩", "these choices leave no rule at all")


class Requested(NamedTuple):
    """The settings that the command line or the editor asks for; they win over every file."""

    selection: Selection = Selection()
    year: int | None = None
    level: Level | None = None
    fail_on: str | None = None
    config: str | None = None  # this file, whatever is above the report
    isolated: bool = False  # no file at all
    encoding: str = ""
    trusted: bool = False  # whatever a file of settings names is let in
    plugins: tuple[str, ...] = ()  # files beside those that settings name, let in by whoever asks for them
    rules: tuple[str, ...] = ()
    previous: tuple[str, ...] = ()  # reports on the year before, files or folders
    roster: str = ""
    begun: str = ""  # the roster that the run is to write, so that no settings can ask for it


class NoRuleLeftError(SettingsError):
    """The settings leave no rule to judge by."""

    def __init__(self) -> None:
        super().__init__(_NONE_LEFT)


class Resolver:
    """Finds the settings of each report, every file read once.

    Every method that reads a file raises FileError for a fault in it, PluginError for a plugin that is faulty,
    UntrustedError for one that may not be run. *notice* is told of settings that are passed over.
    """

    def __init__(
        self,
        requested: Requested | None = None,
        notice: Callable[[Text], None] | None = None,
        warn: Callable[[PluginError], None] | None = None,
    ) -> None:
        """Ask for what is *requested*; *notice* is told of settings that are passed over.

        With *warn*, which is told each, do without the plugins that are broken: for commands that only show, since
        a verdict without some of its rules would be a silent pass.
        """
        self.requested = requested or Requested()
        self._notice = notice
        self._noticed: set[Text] = set()
        self._warn = warn
        self._warned: set[str] = set()
        self._paths: dict[tuple[str, str], str] = {}  # of the closest file, by folder and name
        self._settings_files: dict[tuple[str, bool], SettingsFile] = {}  # by path, and whether it runs Python
        self._waivers: dict[str, Waivers | None] = {}  # by path
        self._baselines: dict[str, Baseline | None] = {}  # by path
        self._used: dict[Settings, None] = {}

    def settings_path(self, folder: str) -> str:
        """Return the path of the settings for reports in *folder*, "" for none."""
        if self.requested.isolated or self.requested.config:
            return "" if self.requested.isolated else self.requested.config or ""
        return self._path(folder, SETTINGS)

    def settings_file(self, folder: str, *, runs: bool = True) -> "SettingsFile | None":
        """Return the settings for reports in *folder*, None if no file has any; without *runs* no Python is run."""
        path = self.settings_path(folder)
        if not path:
            return None
        if (path, runs) not in self._settings_files:
            from nianbao.run.settings_file import SettingsFile

            if not self.requested.config:
                self.refuse_link(path)
            self._settings_files[path, runs] = SettingsFile(
                path,
                trusted=self.trusts_all,
                runs=runs,
                lenient=self._warn is not None,
                begun=self.requested.begun,
            )
        return self._settings_files[path, runs]

    def named_files(self, folder: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the plugin files and the rule files that the settings for *folder* name, none of them loaded."""
        path = self.settings_path(folder)
        if not path:
            return (), ()
        from nianbao.run.settings_layers import named_files
        from nianbao.run.trust import Reach

        reach = Reach(path, everything=self.trusts_all)
        if not self.requested.config:
            self.refuse_link(path)
        plugins, rules = named_files(path, reach)
        reach.require_trust(plugins)
        return plugins, rules

    def trusts(self, python: str) -> bool:
        """Return whether the Python file *python* is trusted with the settings of its folder."""
        from nianbao.run.trust import Reach

        path = "" if self.trusts_all else self.settings_path(os.path.dirname(python) or os.curdir)
        return self.trusts_all or (bool(path) and Reach(path).trusts(python))

    @property
    def trusts_all(self) -> bool:
        """Whether whatever settings name is let in, for this run."""
        from nianbao.run.trust import everything_trusted  # read only if there are settings

        return self.requested.trusted or everything_trusted()

    def _taken(self, path: str) -> bool:
        """Return whether the settings at *path* are of this user, of root, or trusted."""
        if is_ours(path) or self._trusts(path):
            return True
        self.notice(_PASSED_OVER.fill(path=shown(path)))
        return False

    def notice(self, text: Text) -> None:
        """Tell once of something that is passed over."""
        if text not in self._noticed:
            self._noticed.add(text)
            if self._notice is not None:
                self._notice(text)

    def _trusts(self, path: str) -> bool:
        from nianbao.run.trust import trusted  # few files are somebody else's

        record = trusted(path)
        return self.trusts_all or (record is not None and record.holds)

    def refuse_link(self, path: str) -> None:
        """Raise FileError if *path* is a link out of its folder, also to a file that is yet to be written.

        What is wrong there would be shown word by word.
        """
        if leads_out(path) and not self._trusts(path):
            from nianbao.files.yaml_file import FaultError, FileError
            from nianbao.text.source import Source

            raise FileError(Source("", path), FaultError(0, _LINK))

    def plugins(self, folder: str) -> Plugins:
        """Return the plugins that are loaded for reports in *folder*."""
        file = self.settings_file(folder)
        # Loaded once: by the same words as `linter` loads them.
        plugins = file.plugins if file is not None else load((), (), lenient=self._warn is not None)
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
            plugins=tuple(dict.fromkeys((*settings.plugins, *requested.plugins))),
            rules=tuple(dict.fromkeys((*settings.rules, *requested.rules))),
        )
        linter_by(settings)
        self._used[settings] = None
        return settings

    def compared(self, path: str) -> Compared:
        """Return what the report at *path* is compared with."""
        file = self.settings_file(os.path.dirname(path) or ".")
        compared = file.compared if file is not None else Compared()
        previous, roster = self.requested.previous, self.requested.roster
        return compared._replace(previous=previous or compared.previous, roster=roster or compared.roster)

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
        rosters = [file.compared.roster for file in self._settings_files.values()]
        compared = [path for path in (*self.requested.previous, self.requested.roster, *rosters) if path]
        layers = [path for file in self._settings_files.values() for path in file.files]
        return tuple(dict.fromkeys([*layers, *found, *named, *compared]))

    @property
    def named(self) -> tuple[str, ...] | None:
        """The paths of the files that settings name, None if the same words may name others next time."""
        files = self._settings_files.values()
        if not all(file.lasts for file in files):
            return None
        return tuple(path for file in files for path in (*file.files, *file.rule_files))

    def _path(self, folder: str, name: str) -> str:
        """Return the path of the file *name* that holds for *folder*, "" for none."""
        key = folder, name
        if key not in self._paths:
            found = settings_path(folder, self._taken) if name == SETTINGS else closest(folder, name)
            self._paths[key] = shown(found)
        return self._paths[key]

    def _waivers_above(self, folder: str) -> "Waivers | None":
        path = self._path(folder, WAIVERS)
        if path and path not in self._waivers:
            from nianbao.suppression.waivers import read_waivers

            self.refuse_link(path)
            self._waivers[path] = read_waivers(path)
        return self._waivers.get(path)

    def _baseline_above(self, folder: str) -> "Baseline | None":
        path = self._path(folder, BASELINE)
        if path and path not in self._baselines:
            from nianbao.suppression.baseline import read_baseline

            self.refuse_link(path)
            self._baselines[path] = read_baseline(path)
        return self._baselines.get(path)


def linter_by(settings: Settings) -> Linter:
    """Return the linter that judges by *settings*. Raises UnknownRuleError, PluginError, NoRuleLeftError."""
    ready = linter(settings)
    if not ready.rules:
        raise NoRuleLeftError
    return ready


def shown(path: str) -> str:
    """Return *path* from the current folder if that is shorter."""
    try:
        relative = os.path.relpath(path) if path else ""
    except ValueError:  # another drive
        return path
    return min(relative, path, key=len)
