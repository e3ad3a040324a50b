"""How reports are to be judged."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from nianbao.engine.finding import Severity
from nianbao.engine.rule import Rule
from nianbao.engine.selection import Selection, meant, named
from nianbao.report.issuer import Level


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
