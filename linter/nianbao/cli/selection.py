"""What every command that needs rules says when they cannot be had."""

from collections.abc import Sequence

import click

from nianbao.cli.command import Failure, Misuse, did_you_mean
from nianbao.config import Settings, UnknownRuleError, named
from nianbao.language import Language, Text
from nianbao.plugins import PluginError
from nianbao.rule import Rule
from nianbao.run import Linter, linter

_NO_RULE = Text("没有规则“{word}”", "no rule {word!r}")
_NONE_LEFT = Text("这样选择，一条规则也不剩", "these choices leave no rule at all")
_PLUGIN = Text("插件出错：{error}", "a plugin failed: {error}")


def linter_for(settings: Settings, language: Language) -> Linter:
    """Return what judges by *settings*. Raises Misuse for an unknown rule, Failure for a broken plugin."""
    try:
        found = linter(settings)
    except UnknownRuleError as error:
        raise unknown(error, language) from None
    except PluginError as error:
        raise Failure(_PLUGIN.fill(error=error).of(language)) from None
    if not found.rules:
        raise Misuse(_NONE_LEFT.of(language), click.get_current_context())
    return found


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
