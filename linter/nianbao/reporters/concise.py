"""One line a finding, for editors and grep."""

from nianbao.engine.checked import Checked, Summary
from nianbao.engine.finding import OutcomeState
from nianbao.reporters.display import Display
from nianbao.reporters.summary_lines import Closing

_UNJUDGED = (OutcomeState.CRASHED, OutcomeState.UNDETERMINED, OutcomeState.NOT_APPLICABLE)


class Concise:
    """`path:line:column: severity code message`."""

    def __init__(self, display: Display) -> None:
        self.display = display
        self.closing = Closing(display, _UNJUDGED if display.verbose else ())

    def document(self, checked: Checked) -> str:
        """Return a line for each finding."""
        self.closing.add(checked)
        if checked.verdict is None:
            return ""
        display, source = self.display, checked.verdict.report.source
        lines = []
        for diagnostic in checked.verdict.open:
            position = source.position(diagnostic.finding.span.start)
            where = f"{position.line}:{position.column}:" if source.visible else f" {diagnostic.address}:"
            place = display.paint(display.shown(f"{checked.path}:{where}"), "place")
            code = display.paint(diagnostic.code, "rule")
            message = display.say(diagnostic.finding.message)
            lines.append(f"{place} {display.severity(diagnostic.severity)} {code} {message}\n")
        return "".join(lines)

    def end(self, summary: Summary) -> str:
        """Return the closing lines."""
        return self.closing.text(summary)
