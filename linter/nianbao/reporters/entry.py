"""The rows of a list for people: findings, and rules and files without a verdict."""

from collections.abc import Iterator

from nianbao_grammar.records import NamedTuple

from nianbao.engine.checked import Checked
from nianbao.engine.finding import STATES, Diagnostic, OutcomeState, Related, Severity, Suppression, clauses
from nianbao.engine.verdict import Verdict
from nianbao.reporters.display import Display
from nianbao.text.language import Text
from nianbao.text.source import Source, Span

SUPPRESSED = {
    "waiver": Text("已豁免", "waived"),
    "comment": Text("注释说明", "suppressed by a comment"),
    "baseline": Text("基线中原有", "in the baseline"),
}
_LONGEST = 200  # characters of the report's own words
_AROUND = 40  # and of those before and after them
HEAD = Text("标题和导语", "title and preamble")
BEYOND = Text("格式以外的部分", "sections beyond the form")
ON_WAIVERS = Text("豁免文件", "file of waivers")
SEE_FILE = Text("另见 {where}：", "see {where}: ")
_SEE_LINE, _SEE = (
    Text("另见第 {line} 行：{label}", "see line {line}: {label}"),
    Text("另见：{label}", "see: {label}"),
)
_SEE_WORDS = Text("另见“{words}”：{label}", "see “{words}”: {label}")
_BEGINNING = 20  # characters of a place by which it is found where no lines are seen
_UNREAD = Text("没有读成", "not read")


class Entry(NamedTuple):
    """A finding as a row of a list, every word as it may be shown.

    *line* and *column* (code points) count from 1, and are 0 in a file without visible lines. *before* and
    *after* are the rest of the line around *words*, "" for a cell: its address says where it is.
    """

    path: str
    line: int
    column: int
    section: str  # of the form, the same in every report
    address: str
    severity: Severity
    code: str
    name: str
    message: str
    basis: str
    help: str
    before: str
    words: str
    after: str
    related: tuple[str, ...]
    fingerprint: str
    suppressed: Suppression | None

    @property
    def where(self) -> str:
        """Line and column, "" in a file without visible lines."""
        return f"{self.line}:{self.column}" if self.line else ""


class Gap(NamedTuple):
    """Rules without a verdict in one file for one *reason*; no codes if the file could not be read."""

    path: str
    state: Text
    codes: tuple[str, ...]
    reason: str


def entries(checked: Checked, display: Display) -> Iterator[Entry]:
    """Yield the findings in one file, in the order of the text."""
    if checked.verdict is None:
        return
    for diagnostic in checked.verdict.diagnostics:
        yield _entry(diagnostic, checked, checked.verdict, display)


def gaps(checked: Checked, display: Display) -> Iterator[Gap]:
    """Yield the gaps in the verdict on one file, the rules with one reason together."""
    path = display.shown(display.relative(checked.path))
    if checked.error is not None:
        yield Gap(path, _UNREAD, (), display.say(checked.error))
    if checked.verdict is None:
        return
    by_reason: dict[tuple[OutcomeState, str], list[str]] = {}
    for outcome in checked.verdict.outcomes:
        if outcome.state in (OutcomeState.CRASHED, OutcomeState.UNDETERMINED):
            reason = display.say(outcome.reason) if outcome.reason else ""
            by_reason.setdefault((outcome.state, reason), []).append(outcome.code)
    for (state, reason), codes in by_reason.items():
        yield Gap(path, STATES[state], tuple(codes), reason)


def clipped(text: str, most: int, ellipsis: str) -> str:
    """Return *text* on one line, the middle left out if it is longer than *most* characters."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    return f"{text[: most // 2]}{ellipsis}{text[-most // 2 :]}"


def _entry(diagnostic: Diagnostic, checked: Checked, verdict: Verdict, display: Display) -> Entry:
    finding, source = diagnostic.finding, verdict.source
    position = source.position(finding.span.start)
    before, after = _around(source, finding.span, display) if finding.cell is None else ("", "")
    return Entry(
        display.shown(display.relative(checked.path)),
        position.line if source.visible else 0,
        position.column if source.visible else 0,
        display.say(ON_WAIVERS if checked.on_waivers else _section(diagnostic, verdict)),
        display.shown(diagnostic.address),
        diagnostic.severity,
        diagnostic.code,
        diagnostic.name,
        display.say(finding.message),
        display.say(clauses(diagnostic.basis)),
        display.say(finding.help),
        before,
        display.shown(clipped(source[finding.span], _LONGEST, display.ellipsis)),
        after,
        tuple(_related(diagnostic, verdict, display)),
        diagnostic.fingerprint,
        diagnostic.suppressed,
    )


def _around(source: Source, span: Span, display: Display) -> tuple[str, str]:
    """Return the rest of the line before and after *span*, at most the nearest characters."""
    line = source.line_at(span.start)
    start, end = max(line.start, span.start - _AROUND), min(line.end, span.end + _AROUND)
    before, after = source[Span(start, span.start)], source[Span(span.end, end)]
    return (
        (display.ellipsis if start > line.start else "") + display.shown(before.lstrip()),
        display.shown(after.rstrip()) + (display.ellipsis if span.end < end < line.end else ""),
    )


def _section(diagnostic: Diagnostic, verdict: Verdict) -> Text:
    """Return the section of the form that the finding is in, by its official title."""
    report, finding = verdict.report, diagnostic.finding
    if finding.cell is not None:
        key = finding.cell.table.section
    else:
        section = report.section_around(finding.span.start)
        if section is None:
            return HEAD
        key = section.key
    titles = {section.key: section.title for section in (report.form.sections if report.form else ())}
    return Text(titles[key], titles[key]) if key in titles else BEYOND


def _related(diagnostic: Diagnostic, verdict: Verdict, display: Display) -> Iterator[str]:
    """Yield the other places that the finding mentions; the cells of its own table are in the message."""
    cell = diagnostic.finding.cell
    for related in diagnostic.finding.related:
        if cell is not None and related.cell is not None and related.cell.table.key == cell.table.key:
            continue
        yield display.say(_see(related, verdict.source, display))
    for other in diagnostic.finding.elsewhere:
        where = " ".join(filter(None, (other.path, other.place)))
        yield display.say(SEE_FILE.fill(where=where)) + display.shown(other.text)


def _see(related: Related, source: Source, display: Display) -> Text:
    """Return the words on *related* with its line, else with its beginning unless its label says where it is."""
    if source.visible:
        return _SEE_LINE.fill(line=source.position(related.span.start).line, label=related.label)
    words = " ".join(source[related.span].split())
    if related.cell is not None or not words or words in related.label.zh:
        return _SEE.fill(label=related.label)
    more = display.ellipsis if len(words) > _BEGINNING else ""
    return _SEE_WORDS.fill(words=words[:_BEGINNING] + more, label=related.label)
