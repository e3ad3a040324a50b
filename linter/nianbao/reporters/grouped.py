"""One line a finding under the name of its file, the places in one column."""

from collections.abc import Iterator

from nianbao.engine.checked import Checked, Summary
from nianbao.engine.finding import OutcomeState
from nianbao.reporters.display import Display
from nianbao.reporters.summary_lines import Closing, Counts

_UNJUDGED = (OutcomeState.CRASHED, OutcomeState.UNDETERMINED, OutcomeState.NOT_APPLICABLE)
_WIDEST = 24  # columns that a place may take before it has a line of its own


class Grouped:
    """The path, then `line:column severity code message` for each finding."""

    def __init__(self, display: Display) -> None:
        self.display = display
        self.closing = Closing(display, _UNJUDGED if display.verbose else ())

    def part(self, checked: Checked) -> tuple[str, Counts]:
        """Return a block for a file with findings, and what the closing lines need."""
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
        if checked.verdict is None or not checked.verdict.open:
            return ""
        display, source, ruler = self.display, checked.verdict.source, self.display.ruler
        rows = []
        for diagnostic in checked.verdict.open:
            position = source.position(diagnostic.finding.span.start)
            where = (
                f"{position.line}:{position.column}" if source.visible else display.shown(diagnostic.address)
            )
            rows.append((where, diagnostic))
        width = min(_WIDEST, max(ruler.columns(where) for where, _ in rows))
        lines = [display.paint(display.shown(checked.path), "place")]
        for where, diagnostic in rows:
            place = ruler.pad(where, width)
            severity = display.severity(diagnostic.severity)
            code = display.paint(diagnostic.code, "rule")
            indent = 2 + width + 2 + ruler.columns(diagnostic.severity.text.of(display.language)) + 2
            indent += len(diagnostic.code) + 2
            message = ruler.wrap(display.say(diagnostic.finding.message), max(30, display.width - indent))
            if ruler.columns(where) > width:
                lines.append(f"  {where}")
                place = " " * width
            lines.append(f"  {place}  {severity}  {code}  {message[0]}")
            lines.extend(" " * indent + more for more in message[1:])
        return "\n".join(lines) + "\n\n"
