"""What the rules have found in one report."""

from typing import NamedTuple

from nianbao.engine.finding import Diagnostic, Outcome
from nianbao.report.report import Report
from nianbao.text.source import Source


class Verdict(NamedTuple):
    """All that is known of a report after every rule has run: findings in the order of the text."""

    report: Report
    diagnostics: tuple[Diagnostic, ...]
    outcomes: tuple[Outcome, ...]

    @property
    def open(self) -> tuple[Diagnostic, ...]:
        """The findings that count: nobody has answered for them."""
        return tuple(d for d in self.diagnostics if d.suppressed is None)

    @property
    def source(self) -> Source:
        """The text of the report as it may be shown: with stars over what its findings hide."""
        source = self.report.source
        hidden = [span for d in self.diagnostics for span in d.finding.hidden]
        if not hidden:
            return source
        from nianbao.text.masking import covered  # few reports need it

        return covered(source, hidden)

    @property
    def judged(self) -> bool:
        """Whether the text was a report and none of its tables went unread."""
        return self.report.recognised and not self.report.unreadable
