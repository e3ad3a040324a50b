"""One line a finding, for editors and grep."""

from collections.abc import Iterator

from nianbao.engine.checked import Checked, Summary
from nianbao.engine.finding import OutcomeState
from nianbao.reporters.display import Display
from nianbao.reporters.summary_lines import Closing, Counts

_UNJUDGED = (OutcomeState.CRASHED, OutcomeState.UNDETERMINED, OutcomeState.NOT_APPLICABLE)


class Concise:
    """`path:line:column: severity code message`."""

    def __init__(self, display: Display) -> None:
        self.display = display
        self.closing = Closing(display, _UNJUDGED if display.verbose else ())

    def part(self, checked: Checked) -> tuple[str, Counts]:
        """Return a line for each finding, and what the closing lines need."""
        return self._lines(checked), self.closing.part(checked)

    def put(self, part: tuple[str, Counts]) -> str:
        """Return the text of *part*."""
        text, counts = part
        self.closing.put(counts)
        return text

    def end(self, summary: Summary) -> Iterator[str]:
        """Yield the closing lines."""
        yield self.closing.text(summary)

    def _lines(self, checked: Checked) -> str:
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
