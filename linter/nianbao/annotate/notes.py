"""The notes on a report: its findings by place, and the lines of each note.

An annotator takes the file, the verdict on it and the notes, and returns the copy. The bytes of the file stay, with
the additions between them; only for a text a new page is written that shows it.
"""

from nianbao_grammar.records import NamedTuple

from nianbao.engine.finding import Diagnostic, clauses
from nianbao.engine.verdict import Verdict
from nianbao.text.language import Language, Text
from nianbao.text.marks import CELL_MARK
from nianbao.text.source import Source, Span

INITIALS = "NB"

_HEAD = Text("【{severity}】{code} {message}", "[{severity}] {code} {message}")
_BASIS = Text("依据：{clauses}", "Basis: {clauses}")
_HELP = Text("怎样改：{help}", "What to do: {help}")


class Note(NamedTuple):
    """A note at *span* of the text, on the findings in one cell or on the same words."""

    span: Span
    diagnostics: tuple[Diagnostic, ...]


class Style(NamedTuple):
    """The *language* of notes, and the time they are written (`2026-01-31T08:00:00Z`)."""

    language: Language
    when: str


def notes(verdict: Verdict) -> tuple[Note, ...]:
    """Return the notes on the findings of *verdict* that count, in the order of the text.

    A finding without a place of its own is noted on the title; an empty cell is one.
    """
    source = verdict.report.source
    diagnostics_at: dict[Span, list[Diagnostic]] = {}
    spans: dict[Span, Span] = {}
    for diagnostic in verdict.open:
        span = diagnostic.finding.span
        cell = cell_around(source, span)
        if cell is None and span.start == span.end and diagnostic.finding.cell is None:
            span = verdict.report.anchor
        key = span if cell is None else cell
        diagnostics_at.setdefault(key, []).append(diagnostic)
        before = spans.setdefault(key, span)
        spans[key] = Span(min(before.start, span.start), max(before.end, span.end))
    unsorted = (Note(spans[key], tuple(diagnostics)) for key, diagnostics in diagnostics_at.items())
    return tuple(sorted(unsorted, key=lambda note: note.span))


def cell_around(source: Source, span: Span) -> Span | None:
    """Return the span of the text of the cell around *span*, None if it is in none or in several."""
    line = source.line_at(span.start)
    if not source.text.startswith(CELL_MARK, line.start) or span.end > line.end:
        return None
    start = source.text.rfind(CELL_MARK, line.start, span.start)
    end = source.text.find(CELL_MARK, span.start, line.end)
    return Span(start + 1, end) if start >= 0 and span.end <= end else None


def note_lines(diagnostic: Diagnostic, language: Language) -> tuple[str, ...]:
    """Return the lines of a note on *diagnostic*: what is wrong, by which clause, what to do."""
    finding = diagnostic.finding
    values = {"severity": diagnostic.severity.text, "code": diagnostic.code, "message": finding.message}
    lines = [_HEAD.fill(**values)]
    if diagnostic.basis:
        lines.append(_BASIS.fill(clauses=clauses(diagnostic.basis)))
    lines.append(_HELP.fill(help=finding.help))
    return tuple(line.of(language) for line in lines if line.of(language))
