"""The verdict on one report: findings and outcomes of all rules."""

from collections import Counter

from nianbao_grammar.records import NamedTuple

from nianbao.engine.finding import Diagnostic, Outcome, OutcomeState
from nianbao.engine.rule import Rule
from nianbao.report.report import Report
from nianbao.text.source import Source, Span


class Verdict(NamedTuple):
    """The result of all rules on one report, the findings in the order of the text.

    *rules* are those that have judged it if `nianbao.lint` did; in a run its summary has them.
    """

    report: Report
    diagnostics: tuple[Diagnostic, ...]
    outcomes: tuple[Outcome, ...]
    hidden: tuple[Span, ...] = ()  # the parts of the text that no output may show
    rules: tuple[Rule, ...] = ()

    def __repr__(self) -> str:
        path = self.report.source.path
        return f"<Verdict on {path!r}: {len(self.open)} of {len(self.diagnostics)} findings count>"

    @property
    def open(self) -> tuple[Diagnostic, ...]:
        """The findings that count: those not suppressed."""
        return tuple(d for d in self.diagnostics if d.suppressed is None)

    @property
    def source(self) -> Source:
        """The text of the report as it may be shown, its hidden parts masked by stars."""
        if not self.hidden:
            return self.report.source
        from nianbao.text.masking import masked  # few reports need it

        return masked(self.report.source, self.hidden)

    @property
    def judged(self) -> bool:
        """Whether the text was one report, none of its tables or rows went unread, and most rules came to a conclusion.

        Rules that do not apply are not counted.
        """
        report = self.report
        ended = Counter(outcome.state for outcome in self.outcomes)
        concluded = ended[OutcomeState.PASSED] + ended[OutcomeState.FAILED]
        most = concluded > 0 and concluded >= ended[OutcomeState.UNDETERMINED]
        whole = not (report.unreadable or report.partly_read) and report.second is None
        return most and report.recognised and whole
