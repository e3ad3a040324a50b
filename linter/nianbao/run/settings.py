"""The settings that a report is judged by, and the rules they choose."""

from collections.abc import Mapping, Sequence

from nianbao_grammar.records import NamedTuple

from nianbao.engine.finding import Severity
from nianbao.engine.rule import Rule
from nianbao.engine.score import Indicator
from nianbao.engine.selection import Selection, meant, named
from nianbao.report.issuer import Level


class Settings(NamedTuple):
    """The settings that a report is judged by; *selections* are applied in their order, the command line's last.

    *severity* and *options* are pairs, by the code of the rule; *plugins* and *rules* paths of files. *texts* are
    the contents of *rules* for a machine that does not have them.
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
    encoding: str = ""  # of text and HTML, "" to recognise it
    points: tuple[Indicator, ...] = ()  # the scoring sheet
    lenient: bool = False  # do without the plugins and files of rules that are broken
    texts: tuple[str, ...] = ()
    docs_url: str = ""  # the address of a site with the pages on rules, "" for none


class Compared(NamedTuple):
    """Paths, of files and folders, that the reports by one file of settings are compared with, and of their roster."""

    previous: tuple[str, ...] = ()  # reports on the year before
    members: tuple[str, ...] = ()  # reports of the organs below
    roster: str = ""
    by: str = ""  # the path of the file of settings


def worth_comparing(reports: Sequence[object], compared: Sequence[Compared]) -> bool:
    """Return whether one of *reports* has another to be compared with: in the run, or that its settings name."""
    return len(reports) > 1 or any(each.previous or each.members or each.roster for each in compared)


def chosen(rules: Sequence[Rule], settings: Settings) -> tuple[Rule, ...]:
    """Return those of *rules* that *settings* choose, in their order, each with the severity set for it.

    Raises UnknownRuleError for a word that names no rule.
    """
    codes = {rule.code for rule in rules if rule.enabled}
    for selection in settings.selections:
        if selection.select:
            codes = {rule.code for word in selection.select for rule in meant(rules, word)}
        codes.update(rule.code for word in selection.extend_select for rule in meant(rules, word))
        for word in selection.ignore:
            codes.difference_update(rule.code for rule in named(rules, word))
    severities = dict(settings.severity)
    return tuple(
        rule._replace(severity=severities[rule.code]) if rule.code in severities else rule
        for rule in rules
        if rule.code in codes
    )


def options_of(settings: Settings) -> Mapping[str, Mapping[str, object]]:
    """Return the options of each rule by its code."""
    return {code: dict(values) for code, values in settings.options}
