"""The verdict on one report: findings and outcomes of all rules."""

from typing import NamedTuple

from nianbao.engine.finding import Diagnostic, Outcome
from nianbao.report.report import Report
from nianbao.text.source import Source


class Verdict(NamedTuple):
    """The result of all rules on one report, the findings in the order of the text."""

    report: Report
    diagnostics: tuple[Diagnostic, ...]
    outcomes: tuple[Outcome, ...]

    @property
    def open(self) -> tuple[Diagnostic, ...]:
        """The findings that count: those not suppressed."""
        return tuple(d for d in self.diagnostics if d.suppressed is None)

    @property
    def source(self) -> Source:
        """The text of the report as it may be shown, the parts that its findings hide masked by stars."""
        source = self.report.source
        hidden = [span for d in self.diagnostics for span in d.finding.hidden]
        if not hidden:
            return source
        from nianbao.text.masking import masked  # few reports need it

        return masked(source, hidden)

    @property
    def judged(self) -> bool:
        """Whether the text was one report and no table, or row of one, went unread."""
        report = self.report
        unread = report.unreadable or report.partly_read
        return report.recognised and not unread and report.second is None
