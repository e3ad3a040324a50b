"""What a run is asked to do: settings, and the rules that they mean."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from nianbao.diagnostic import Severity
from nianbao.issuer import Level
from nianbao.rule import Rule


class Selection(NamedTuple):
    """Words for rules as one hand has written them.

    *select* stands in place of what was chosen before; the others are added to it and taken from it.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()


class Settings(NamedTuple):
    """How reports are to be judged. *selections* are applied in their order, the command line's last.

    *severity* and *options* are pairs, by the code of the rule; *plugins* and *rules* paths of files.
    """

    selections: tuple[Selection, ...] = ()
    year: int | None = None
    level: Level | None = None
    region: str | None = None
    severity: tuple[tuple[str, Severity], ...] = ()
    options: tuple[tuple[str, tuple[tuple[str, object], ...]], ...] = ()
    plugins: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    fail_on: Severity | None = Severity.ERROR
    encoding: str = ""  # of text and HTML, whatever they seem to be in


class UnknownRuleError(Exception):
    """A word that is neither the code, the family nor the name of a rule; *nearest* is the closest that is."""

    def __init__(self, word: str, nearest: str) -> None:
        super().__init__(word)
        self.word = word
        self.nearest = nearest


def chosen(rules: Sequence[Rule], settings: Settings) -> tuple[Rule, ...]:
    """Return the rules of *rules* that *settings* ask for, in their order, each with the severity asked for.

    Raises UnknownRuleError for a word that stands for no rule.
    """
    asked = {rule.code for rule in rules if rule.enabled}
    for selection in settings.selections:
        if selection.select:
            asked = {rule.code for word in selection.select for rule in meant(rules, word)}
        asked.update(rule.code for word in selection.extend_select for rule in meant(rules, word))
        for word in selection.ignore:
            asked.difference_update(rule.code for rule in named(rules, word))
    severities = dict(settings.severity)
    return tuple(
        rule._replace(severity=severities[rule.code]) if rule.code in severities else rule
        for rule in rules
        if rule.code in asked
    )


def options_of(settings: Settings) -> Mapping[str, Mapping[str, object]]:
    """Return the options of each rule by its code."""
    return {code: dict(values) for code, values in settings.options}


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
