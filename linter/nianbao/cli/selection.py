"""The settings of each report, from files and from the command line, and what is said when they fail."""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import click

from nianbao.above import BASELINE, WAIVERS, closest, settings_file
from nianbao.cli.command import Failure, Misuse, did_you_mean
from nianbao.config import Selection, Settings, UnknownRuleError, named
from nianbao.diagnostic import Severity
from nianbao.issuer import Level
from nianbao.language import Language, Text
from nianbao.plugins import PluginError, Plugins, load
from nianbao.rule import Rule
from nianbao.run import Input, Linter, baseline_in, linter, waivers_in

if TYPE_CHECKING:  # where no file sets anything, no YAML is read
    from nianbao.configuration import Configuration

_NO_RULE = Text("没有规则“{word}”", "no rule {word!r}")
_NONE_LEFT = Text("这样选择，一条规则也不剩", "these choices leave no rule at all")
_PLUGIN = Text(
    "插件出错：{error}\n各个插件的情况：nianbao plugins",
    "a plugin failed: {error}\nwhat is wrong with each: nianbao plugins",
)


class Asked(NamedTuple):
    """What the command line says of the settings; it wins over every file."""

    selection: Selection = Selection()
    year: int | None = None
    level: Level | None = None
    fail_on: str | None = None
    config: str | None = None  # this file, whatever lies above the report
    isolated: bool = False  # no file at all
    encoding: str = ""


class Configured:
    """The settings of each report: those of the closest file above it, then those asked for."""

    def __init__(self, asked: Asked, language: Language) -> None:
        self.asked = asked
        self.language = language
        self._files: dict[str, str] = {}  # the file that holds for a folder
        self._beside: dict[str, tuple[str, str]] = {}  # waivers and baseline, by folder
        self._used: dict[Settings, None] = {}
        self._read: dict[str, Configuration] = {}  # by the path of the file

    def file(self, folder: str) -> str:
        """Return the path of the file that sets what holds in *folder*, "" for none."""
        if self.asked.isolated or self.asked.config:
            return "" if self.asked.isolated else self.asked.config or ""
        if folder not in self._files:
            self._files[folder] = _shown(settings_file(folder))
        return self._files[folder]

    def configuration(self, folder: str) -> "Configuration | None":
        """Return what holds in *folder*, None where no file says anything. Raises Failure."""
        path = self.file(folder)
        if not path:
            return None
        from nianbao.configuration import Configuration
        from nianbao.yaml_file import FileError

        if path not in self._read:
            try:
                self._read[path] = Configuration(path)
            except FileError as error:
                raise Failure(error.text.of(self.language)) from None
            except PluginError as error:
                raise plugin_failure(error, self.language) from None
        return self._read[path]

    def plugins(self, folder: str) -> Plugins:
        """Return the plugins that are loaded for reports in *folder*. Raises Failure."""
        found = self.configuration(folder)
        if found is not None:
            return found.plugins
        try:
            return load()
        except PluginError as error:
            raise plugin_failure(error, self.language) from None

    def suffixes(self, folder: str) -> tuple[str, ...]:
        """Return the suffixes of the files that *folder* stands for. Raises Failure."""
        readers = self.plugins(folder).readers
        return tuple(dict.fromkeys(suffix for reader in reversed(readers) for suffix in reader.suffixes))

    def settings(self, path: str) -> Settings:
        """Return the settings of the report at *path*. Raises Misuse for an unknown rule, Failure."""
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
        linter_for(settings, self.language)
        self._used[settings] = None
        return settings

    def given(self, one: Input) -> Input:
        """Return *one* with its settings and the files that speak of its findings. Raises Misuse, Failure."""
        settings = self.settings(one.path)
        if self.asked.isolated:
            return one._replace(settings=settings)
        folder = os.path.dirname(one.path) or "."
        if folder not in self._beside:
            waivers, baseline = (_shown(closest(folder, name)) for name in (WAIVERS, BASELINE))
            self._readable(waivers, baseline)
            self._beside[folder] = waivers, baseline
        waivers, baseline = self._beside[folder]
        return one._replace(settings=settings, waivers=waivers, baseline=baseline)

    def _readable(self, waivers: str, baseline: str) -> None:
        """Raise Failure where one of the files cannot be read: what it says must not be passed over."""
        if not waivers and not baseline:
            return
        from nianbao.yaml_file import FileError

        try:
            if waivers:
                waivers_in(waivers)
            if baseline:
                baseline_in(baseline)
        except FileError as error:
            raise Failure(error.text.of(self.language)) from None

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that judge the reports asked about so far, each once."""
        return tuple({rule.code: rule for used in self._used for rule in linter(used).rules}.values())


def configured(language: Language, path: str = "") -> Linter:
    """Return what judges the report at *path*, by default one in the current folder. Raises Misuse, Failure."""
    return linter_for(Configured(Asked(), language).settings(path), language)


def linter_for(settings: Settings, language: Language) -> Linter:
    """Return what judges by *settings*. Raises Misuse for an unknown rule, Failure for a broken plugin."""
    try:
        found = linter(settings)
    except UnknownRuleError as error:
        raise unknown(error, language) from None
    except PluginError as error:
        raise plugin_failure(error, language) from None
    if not found.rules:
        raise Misuse(_NONE_LEFT.of(language), click.get_current_context())
    return found


def plugin_failure(error: PluginError, language: Language) -> Failure:
    """Return what to say of a plugin that cannot be trusted."""
    return Failure(_PLUGIN.fill(error=error.text).of(language))


def rules_named(rules: Sequence[Rule], word: str, language: Language) -> tuple[Rule, ...]:
    """Return the rules that *word* names. Raises Misuse with the nearest known name."""
    try:
        return named(rules, word)
    except UnknownRuleError as error:
        raise unknown(error, language) from None


def unknown(error: UnknownRuleError, language: Language) -> Misuse:
    """Return what to say to a word that names no rule."""
    words = _NO_RULE.fill(word=error.word).of(language) + did_you_mean(error.nearest, language)
    return Misuse(words, click.get_current_context())


def _shown(path: str) -> str:
    """Return *path* from the current folder where that is shorter."""
    try:
        relative = os.path.relpath(path) if path else ""
    except ValueError:  # another drive
        return path
    return min(relative, path, key=len)
