"""How often each rule has found something, and in how many reports."""

from collections import Counter
from collections.abc import Iterable, Mapping

from nianbao_grammar.records import NamedTuple

from nianbao.engine.checked import Summary
from nianbao.engine.finding import Diagnostic, Severity
from nianbao.reporters.display import Display

# How many findings a file has of each rule: code, severity and name.
Found = Mapping[tuple[str, str, str], int]


class RuleCount(NamedTuple):
    """A rule, its name as people are told it, how many findings it has and in how many files."""

    code: str
    severity: Severity
    name: str
    findings: int
    files: int


class ByRule:
    """Counts while the run goes on."""

    def __init__(self) -> None:
        self._findings: Counter[tuple[str, str, str]] = Counter()
        self._files: Counter[tuple[str, str, str]] = Counter()

    def put(self, found: Found) -> None:
        """Count the next file."""
        self._findings.update(found)
        self._files.update(found.keys())

    def rows(self, summary: Summary, display: Display) -> list[RuleCount]:
        """Return the rules that have found something, those with the most findings first."""
        ordered = sorted(self._findings.items(), key=lambda item: (-item[1], item[0]))
        return [
            RuleCount(
                code,
                Severity(severity),
                display.shown(summary.title(code, display.language) or name),
                count,
                self._files[code, severity, name],
            )
            for (code, severity, name), count in ordered
        ]


def found(diagnostics: Iterable[Diagnostic]) -> dict[tuple[str, str, str], int]:
    """Return how many of *diagnostics* each rule has."""
    return dict(Counter((each.code, each.severity.value, each.name) for each in diagnostics))
