"""Errors of settings, plugins and rule names, as the commands report them."""

from nianbao.cli.errors import CommandError, Failure, Misuse, did_you_mean
from nianbao.engine.selection import UnknownRuleError
from nianbao.files.yaml_file import FileError
from nianbao.plugins.loaded import PluginError
from nianbao.run.resolve import NoRuleLeftError
from nianbao.run.trust import UntrustedError
from nianbao.text.language import Language, Text

_PLUGIN = Text(
    "插件出错：{error}\n各个插件的情况：nianbao plugins",
    "a plugin failed: {error}\nthe state of each plugin: nianbao plugins",
)


def reported(error: Exception, language: Language) -> CommandError | None:
    """Return *error* as an error for the user, None for one that is a fault of the program."""
    if isinstance(error, UnknownRuleError):
        return Misuse(error.text.of(language) + did_you_mean(error.nearest, language))
    if isinstance(error, NoRuleLeftError):
        return Misuse(error.text.of(language))
    if isinstance(error, UntrustedError):
        return Failure(error.text.of(language))
    if isinstance(error, PluginError):
        return Failure(_PLUGIN.fill(error=_below(error.text)).of(language))
    if isinstance(error, FileError):
        return Failure(_below(error.text).of(language))
    return None


def _below(error: Text) -> Text:
    """Return *error*; if it has several lines, each at the head of a line, where the path that it begins with is seen."""
    return Text(*(f"\n{words}" if "\n" in words else words for words in error))
