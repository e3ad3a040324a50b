"""The settings of each report, as the commands ask for them, and what is said when they fail."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from nianbao.cli.command import Failure, Misuse, did_you_mean
from nianbao.engine.rule import Rule
from nianbao.engine.selection import UnknownRuleError, named
from nianbao.plugins.loaded import PluginError, Plugins
from nianbao.run import resolve as core
from nianbao.run.linter import Input, Linter
from nianbao.run.resolve import Asked, NoRuleLeftError
from nianbao.run.settings import Settings
from nianbao.text.language import Language, Text

if TYPE_CHECKING:  # where no file sets anything, no YAML is read
    from nianbao.run.config_file import Configuration

__all__ = ["Asked", "Configured", "configured", "linter_for", "plugin_failure", "rules_named", "unknown"]

_NO_RULE = Text("没有规则“{word}”", "no rule {word!r}")
_NONE_LEFT = Text("这样选择，一条规则也不剩", "these choices leave no rule at all")
_PLUGIN = Text(
    "插件出错：{error}\n各个插件的情况：nianbao plugins",
    "a plugin failed: {error}\nwhat is wrong with each: nianbao plugins",
)


class Configured:
    """The settings of each report; what fails is said in *language*, as Misuse or Failure."""

    def __init__(self, asked: Asked, language: Language) -> None:
        self.asked = asked
        self.language = language
        self._core = core.Configured(asked)

    def file(self, folder: str) -> str:
        """Return the path of the file that sets what holds in *folder*, "" for none."""
        return self._core.file(folder)

    def configuration(self, folder: str) -> "Configuration | None":
        """Return what holds in *folder*, None where no file says anything. Raises Failure."""
        with _told(self.language):
            return self._core.configuration(folder)

    def plugins(self, folder: str) -> Plugins:
        """Return the plugins that are loaded for reports in *folder*. Raises Failure."""
        with _told(self.language):
            return self._core.plugins(folder)

    def suffixes(self, folder: str) -> tuple[str, ...]:
        """Return the suffixes of the files that *folder* stands for. Raises Failure."""
        with _told(self.language):
            return self._core.suffixes(folder)

    def settings(self, path: str) -> Settings:
        """Return the settings of the report at *path*. Raises Misuse for an unknown rule, Failure."""
        with _told(self.language):
            return self._core.settings(path)

    def given(self, one: Input) -> Input:
        """Return *one* with its settings and the files that speak of its findings. Raises Misuse, Failure."""
        with _told(self.language):
            return self._core.given(one)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that judge the reports asked about so far, each once."""
        return self._core.rules


def configured(language: Language, path: str = "") -> Linter:
    """Return what judges the report at *path*, by default one in the current folder. Raises Misuse, Failure."""
    return linter_for(Configured(Asked(), language).settings(path), language)


def linter_for(settings: Settings, language: Language) -> Linter:
    """Return what judges by *settings*. Raises Misuse for an unknown rule, Failure for a broken plugin."""
    with _told(language):
        return core.judge(settings)


@contextmanager
def _told(language: Language) -> Iterator[None]:
    """Raise what settings fail with as Misuse or Failure, in *language*."""
    try:
        yield
    except UnknownRuleError as error:
        raise unknown(error, language) from None
    except NoRuleLeftError:
        raise Misuse(_NONE_LEFT.of(language), click.get_current_context()) from None
    except PluginError as error:
        raise plugin_failure(error, language) from None
    except Exception as error:
        from nianbao.files.yaml_file import FileError  # YAML is read only where something is wrong

        if not isinstance(error, FileError):
            raise
        raise Failure(error.text.of(language)) from None


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
