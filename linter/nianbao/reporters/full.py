"""A block for each finding, for people: place, message, basis and help, with the line and the piece of the table."""

from nianbao.engine.checked import Checked
from nianbao.engine.finding import Diagnostic, Finding, OutcomeState, Related, clauses
from nianbao.report.report import Report
from nianbao.reporters.display import Display
from nianbao.reporters.entry import SEE_FILE
from nianbao.reporters.file_positions import in_sheet
from nianbao.reporters.listing import Listing
from nianbao.reporters.source_excerpt import Gutter, excerpt
from nianbao.reporters.table_excerpt import cutting
from nianbao.text.language import Text, same
from nianbao.text.source import Source

_BASIS = Text("依据：", "basis: ")
_HELP = Text("怎样改：", "help: ")
_SEE = Text("另见第 {line} 行：", "see line {line}: ")
_MOST_RELATED = 3
_INDENT = 4  # columns of words that stand below their label


def full(display: Display) -> Listing:
    """Return the reporter, which has a block for each finding."""
    return Listing(display, Full(display).lines, (OutcomeState.CRASHED, OutcomeState.UNDETERMINED))


class Full:
    """A block for each finding: head, source line, piece of the table, message, basis, help."""

    def __init__(self, display: Display) -> None:
        self.display = display

    def lines(self, checked: Checked) -> str:
        """Return a block for each finding of *checked*."""
        if checked.verdict is None:
            return ""
        report, source = checked.verdict.report, checked.verdict.source
        path = self.display.paint(self.display.shown(checked.path), "place")
        remarks = [f"{path} {self.display.say(remark)}\n\n" for remark in source.remarks]
        return "".join(remarks) + "".join(
            self._block(d, report, source, checked.path) for d in checked.verdict.open
        )

    def _block(self, diagnostic: Diagnostic, report: Report, source: Source, path: str) -> str:
        display, finding = self.display, diagnostic.finding
        position = source.position(finding.span.start)
        gutter = Gutter(display, max(4, len(str(position.line))))
        # In a file without visible lines the place is named in the words of the report, in a workbook its cell too.
        where = f":{position.line}:{position.column}" if source.visible else f" {diagnostic.address}"
        if source.in_cells and (cell := display.say(in_sheet(source, finding.span))):
            where += f" ({cell})"
        place = display.paint(display.shown(path + where), "place")
        code = f"{display.paint(diagnostic.code, 'rule')} {diagnostic.name}"
        lines = [f"{place} {display.severity(diagnostic.severity)} {code}"]
        lines.extend(excerpt(source, finding.span, diagnostic.severity, gutter))
        lines.extend(self._table(finding, report, source, gutter))
        basis = clauses(diagnostic.basis)
        lines.extend(self._said(Text("", ""), finding.message, gutter))
        lines.extend(self._said(_BASIS, basis, gutter))
        lines.extend(self._said(_HELP, finding.help, gutter))
        for related in self._elsewhere(finding):
            line = source.position(related.span.start).line
            lines.extend(self._said(_SEE.fill(line=line), related.label, gutter))
        for other in finding.elsewhere[:_MOST_RELATED]:
            where = display.shown(" ".join(filter(None, (other.path, other.place))))
            lines.extend(self._said(SEE_FILE.fill(where=where), same(other.text), gutter))
        return "\n".join(lines) + "\n\n"

    def _table(self, finding: Finding, report: Report, source: Source, gutter: Gutter) -> list[str]:
        table = report.tables.get(finding.cell.table.key) if finding.cell is not None else None
        if table is None:
            return []
        lines = cutting(table, finding, source, self.display, gutter.room)
        return [gutter.line(), *(gutter.line("", line) for line in lines), gutter.line()]

    def _said(self, head: Text, text: Text, gutter: Gutter) -> list[str]:
        """Return *text* after its *head*, wrapped, in line with the excerpt."""
        display = self.display
        label = display.say(head)
        indent = display.ruler.columns(label)
        if indent > gutter.room // 2:  # a long path leaves no room beside it
            below = display.ruler.wrap(display.say(text), gutter.room - _INDENT)
            margin = " " * (gutter.width + 3)
            return [margin + display.paint(label, "dim"), *(margin + " " * _INDENT + line for line in below)]
        first, *rest = display.ruler.wrap(display.say(text), gutter.room - indent)
        margin = " " * (gutter.width + 3)
        return [
            margin + display.paint(label, "dim") + first,
            *(margin + " " * indent + line for line in rest),
        ]

    @staticmethod
    def _elsewhere(finding: Finding) -> tuple[Related, ...]:
        """Return the first of the other places that the piece of the table does not show."""
        key = finding.cell.table.key if finding.cell is not None else None
        elsewhere = [r for r in finding.related if r.cell is None or r.cell.table.key != key]
        return tuple(elsewhere[:_MOST_RELATED])
