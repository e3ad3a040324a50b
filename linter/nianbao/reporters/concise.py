"""One line a finding, for editors and grep."""

from nianbao.engine.checked import Checked
from nianbao.reporters.display import Display
from nianbao.reporters.listing import Listing


def concise(display: Display) -> Listing:
    """Return the reporter, which has a line for each finding."""
    return Listing(display, Concise(display).lines)


class Concise:
    """`path:line:column: severity code message`."""

    def __init__(self, display: Display) -> None:
        self.display = display

    def lines(self, checked: Checked) -> str:
        """Return a line for each finding of *checked*."""
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
