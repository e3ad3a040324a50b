"""One line a finding under the name of its file, the places in one column."""

from nianbao.engine.checked import Checked
from nianbao.reporters.display import Display
from nianbao.reporters.listing import Listing

_WIDEST = 24  # columns that a place may take before it has a line of its own


def grouped(display: Display) -> Listing:
    """Return the reporter, which has a block for a file with findings."""
    return Listing(display, Grouped(display).lines)


class Grouped:
    """The path, then `line:column severity code message` for each finding."""

    def __init__(self, display: Display) -> None:
        self.display = display

    def lines(self, checked: Checked) -> str:
        """Return a block for a file with findings of *checked*."""
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
