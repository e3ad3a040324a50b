"""What a run is asked to do, and which rules that means."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from nianbao.issuer import Level
from nianbao.rule import Rule


class Settings(NamedTuple):
    """How reports are to be judged. *select* in place of the default rules, *extend_select* beside them."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    year: int | None = None
    level: Level | None = None


class UnknownRuleError(Exception):
    """A word that is neither the code, the family nor the name of a rule; *nearest* is the closest that is."""

    def __init__(self, word: str, nearest: str) -> None:
        super().__init__(word)
        self.word = word
        self.nearest = nearest


def chosen(rules: Sequence[Rule], settings: Settings) -> tuple[Rule, ...]:
    """Return the rules of *rules* that *settings* ask for, in their order; what is ignored stays out.

    Raises UnknownRuleError for a word that stands for no rule.
    """
    asked = {rule.code for word in settings.select for rule in meant(rules, word)}
    if not settings.select:
        asked = {rule.code for rule in rules if rule.enabled}
    asked.update(rule.code for word in settings.extend_select for rule in meant(rules, word))
    for word in settings.ignore:
        asked.difference_update(rule.code for rule in named(rules, word))
    return tuple(rule for rule in rules if rule.code in asked)


def meant(rules: Iterable[Rule], word: str) -> tuple[Rule, ...]:
    """Return the rules that selecting *word* turns on.

    A family means those of its rules that are on by default; a rule that is off has to be named itself.
    Raises UnknownRuleError.
    """
    found = named(rules, word)
    return tuple(rule for rule in found if rule.enabled or _is(rule, word)) or found


def named(rules: Iterable[Rule], word: str) -> tuple[Rule, ...]:
    """Return the rules whose code, family or name is *word*. Raises UnknownRuleError."""
    rules = tuple(rules)
    code = word.upper()
    found = tuple(rule for rule in rules if _is(rule, word) or rule.family == code)
    if not found:
        from difflib import get_close_matches

        known = {key: key for rule in rules for key in (rule.code, rule.family, rule.name)}
        near = get_close_matches(code, known, 1) or get_close_matches(word.lower(), known, 1, 0.5)
        raise UnknownRuleError(word, near[0] if near else "")
    return found


def _is(rule: Rule, word: str) -> bool:
    return word.upper() == rule.code or word.lower() == rule.name
