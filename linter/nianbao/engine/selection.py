"""The words that select rules, and the rules that they mean."""

from collections.abc import Iterable

from nianbao_grammar.records import NamedTuple

from nianbao.engine.rule import Rule
from nianbao.files.settings_error import SettingsError
from nianbao.text.language import Text
from nianbao.text.nearest import nearest

_NO_RULE = Text("没有规则“{word}”", "no rule {word!r}")


class Selection(NamedTuple):
    """Words for rules from one place: a settings file or the command line.

    *select* replaces the rules chosen before; the others are added to them and taken from them.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()


class UnknownRuleError(SettingsError):
    """A word that is neither the code, the family nor the name of a rule; *nearest* is the closest that is."""

    def __init__(self, word: str, nearest: str) -> None:
        super().__init__(_NO_RULE.fill(word=word))
        self.word = word
        self.nearest = nearest


def meant(rules: Iterable[Rule], word: str) -> tuple[Rule, ...]:
    """Return the rules that selecting *word* turns on.

    A family means those of its rules that are on by default; a rule that is off has to be named itself.
    Raises UnknownRuleError.
    """
    matching = named(rules, word)
    return tuple(rule for rule in matching if rule.enabled or _is(rule, word)) or matching


def named(rules: Iterable[Rule], word: str) -> tuple[Rule, ...]:
    """Return the rules whose code, family or name is *word*. Raises UnknownRuleError."""
    rules = tuple(rules)
    code = word.upper()
    matching = tuple(rule for rule in rules if _is(rule, word) or rule.family == code)
    if not matching:
        known = dict.fromkeys(key for rule in rules for key in (rule.code, rule.family, rule.name))
        raise UnknownRuleError(word, nearest(code, known) or nearest(word.lower(), known, 0.5))
    return matching


def _is(rule: Rule, word: str) -> bool:
    return word.upper() == rule.code or word.lower() == rule.name
