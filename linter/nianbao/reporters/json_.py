"""JSON 1.3: one object a run, in the words of `nianbao schema`."""

from collections.abc import Iterator, Sequence
from typing import Any

import nianbao
from nianbao.engine.checked import Checked, Roll, Summary
from nianbao.engine.finding import Basis, Diagnostic, Fix, Outcome, Severity, Suppression
from nianbao.engine.score import Score
from nianbao.report.equations import number
from nianbao.report.report import Report
from nianbao.report.table import Cell
from nianbao.reporters.display import Display
from nianbao.reporters.json_tree import Array, items, serialised
from nianbao.reporters.spool import Spool
from nianbao.text.language import Language
from nianbao.text.source import Source, Span

SCHEMA_VERSION = "1.3"

Record = dict[str, Any]


class Json:
    """One object, written as a stream: the documents as they come, their findings and outcomes after them."""

    def __init__(self, display: Display) -> None:
        self.language = display.language
        self.documents, self.findings, self.outcomes = Array(1), Array(1), Array(1)
        self.begun = False
        self.later = {"findings": Spool(), "outcomes": Spool()}

    def part(self, checked: Checked) -> tuple[str, str, str]:
        """Return the records of *checked*: its document, the findings and the outcomes."""
        language = self.language
        return (
            items([document(checked, language)], 1),
            items(findings(checked, language), 1),
            items(outcomes(checked, language), 1),
        )

    def put(self, part: tuple[str, str, str]) -> str:
        """Return the document, and put aside what comes after all documents."""
        document, found, ended = part
        self.later["findings"].put(self.findings.more(found))
        self.later["outcomes"].put(self.outcomes.more(ended))
        return self._head() + self.documents.more(document)

    def end(self, summary: Summary) -> Iterator[str]:
        """Yield the rest of the object."""
        yield self._head() + self.documents.end()
        for name, array in (("findings", self.findings), ("outcomes", self.outcomes)):
            yield f',\n  "{name}": '
            yield from self.later[name].pieces()
            yield array.end()
        yield f",\n{serialised({'summary': totals(summary, self.language)})[2:]}"

    def _head(self) -> str:
        """Return the object up to the array of documents, once."""
        if self.begun:
            return ""
        self.begun = True
        return f'{serialised({"schema_version": SCHEMA_VERSION, "tool": tool()})[:-3]},\n  "documents": '


def tool() -> Record:
    """Return name and version of the program."""
    return {"name": "nianbao", "version": nianbao.__version__}


def document(checked: Checked, language: Language) -> Record:
    """Return the record of one file."""
    error = checked.error.of(language) if checked.error is not None else None
    if checked.verdict is None:
        unknown = dict.fromkeys(("format", "encoding", "year", "form", "level", "issuer"))
        return {"path": checked.path, **unknown, "tables": [], "error": error}
    record = {"path": checked.path, **identity(checked.verdict.report, checked.path), "error": error}
    return {**record, "score": _score(checked.score)} if checked.points else record


def _score(whole: Score | None) -> Record | None:
    """Return the record of the score *whole*, findings by their fingerprints; None if there is none."""
    if whole is None:
        return None
    return {
        "worth": float(whole.worth),
        "points": float(whole.points),
        "complete": whole.whole,
        "indicators": [
            {
                "name": loss.indicator.name,
                "worth": float(loss.indicator.worth),
                "lost": float(loss.lost),
                "findings": [diagnostic.fingerprint for diagnostic in loss.charged],
                "excused": [diagnostic.fingerprint for diagnostic in loss.excused],
                "undetermined": [outcome.code for outcome in loss.undetermined],
                "not_checked": list(loss.unasked),
            }
            for loss in whole.losses
        ],
    }


def identity(report: Report, path: str) -> Record:
    """Return format, year, form and organ of *report*, and how much of each table of its form was bound."""
    form = report.form
    markdown = path.lower().endswith(".md") or report.source.is_markdown
    return {
        "format": report.source.kind or ("markdown" if markdown else "text"),
        "encoding": report.source.encoding,
        "year": report.year,
        "form": form.name if form else None,
        "level": report.issuer.level,
        "issuer": report.issuer.name or None,
        "tables": [
            {
                "kind": table.key,
                "bound": len(report.tables[table.key].cells) if table.key in report.tables else 0,
                "expected": len(table.rows) * len(table.columns),
            }
            for table in (form.tables if form else ())
        ],
    }


def findings(checked: Checked, language: Language) -> list[Record]:
    """Return the findings in one file."""
    if checked.verdict is None:
        return []
    source = checked.verdict.source
    return [_finding(d, source, checked.path, language) for d in checked.verdict.diagnostics]


def outcomes(checked: Checked, language: Language) -> list[Record]:
    """Return the outcome of each rule on one file."""
    return [
        _outcome(outcome, checked.path, language)
        for outcome in (checked.verdict.outcomes if checked.verdict is not None else ())
    ]


def totals(summary: Summary, language: Language) -> Record:
    """Return the run in figures."""
    counts = {severity.value: summary.findings[severity] for severity in Severity}
    return {
        "files": summary.files,
        "asked": summary.asked,
        "complete": not summary.stopped,
        **counts,
        "unread": summary.unread,
        "unjudged": summary.unjudged,
        "suppressed": dict(summary.suppressed),
        "idle": [{"code": code, "target": target.of(language)} for code, target in summary.idle],
        "roster": _roll(summary.roll),
        "left_out": [
            {"path": file.name, "reason": file.reason.value, "words": file.reason.text.of(language)}
            for file in summary.left_out
        ],
        "exit_code": summary.exit_code,
    }


def _roll(roll: Roll | None) -> Record | None:
    if roll is None:
        return None
    return {
        "path": roll.path,
        "year": roll.year,
        "units": roll.units,
        "missing": list(roll.missing),
        "twice": [{"name": name, "paths": list(paths)} for name, paths in roll.twice],
        "other_year": [{"name": name, "path": path, "year": year} for name, path, year in roll.other_year],
        "unfilled": [{"name": name, "path": path} for name, path in roll.unfilled],
        "strangers": list(roll.strangers),
    }


def _finding(diagnostic: Diagnostic, source: Source, path: str, language: Language) -> Record:
    finding = diagnostic.finding
    return {
        "code": diagnostic.code,
        "name": diagnostic.name,
        "severity": diagnostic.severity.value,
        "message": finding.message.of(language),
        "help": finding.help.of(language),
        "path": path,
        "span": place(source, finding.span),
        "address": diagnostic.address,
        "cell": cell(finding.cell),
        "basis": clauses(diagnostic.basis),
        "related": [
            {"span": place(source, r.span), "label": r.label.of(language), "cell": cell(r.cell)}
            for r in finding.related
        ],
        "elsewhere": [other._asdict() for other in finding.elsewhere],
        "data": dict(finding.data),
        "fix": _fix(finding.fix, source, language),
        "fingerprint": diagnostic.fingerprint,
        "suppressed": _suppressed(diagnostic.suppressed),
    }


def _suppressed(suppression: Suppression | None) -> Record | None:
    if suppression is None:
        return None
    return {"by": suppression.by, "reason": suppression.reason, "origin": suppression.origin}


def clauses(basis: Sequence[Basis]) -> list[Record]:
    """Return the clauses that a rule rests on."""
    return [{"document": b.document, "article": b.clause, "strength": b.strength.value} for b in basis]


def place(source: Source, span: Span) -> Record:
    """Return *span* in every unit that programs count in, and the words there."""
    return {
        "start": _position(source, span.start),
        "end": _position(source, span.end),
        "text": source[span],
        "origin": _origin(source, span),
    }


def _origin(source: Source, span: Span) -> Record | None:
    """Return the place of *span* in a file without visible lines: the run of a docx, a cell, the page of a PDF or an OFD."""
    places = source.locate(span) if not source.visible else ()
    if not places:
        return None
    first = places[0].origin
    if first.page:
        boxes = [place.origin.box for place in places if place.origin.page == first.page]
        left, top, right, bottom = zip(*boxes, strict=True)
        return {"page": first.page, "box": [min(left), min(top), max(right), max(bottom)]}
    if first.cell:
        end = max(place.until for place in places if place.origin == first)
        return {"sheet": first.part, "cell": first.cell, "start": places[0].at, "end": end}
    end = next(place.until for place in reversed(places) if place.origin.part == first.part)
    return {
        "part": first.part,
        "paragraph": first.paragraph,
        "run": first.run,
        "start": places[0].at,
        "end": end,
    }


def _position(source: Source, offset: int) -> Record:
    position = source.position(offset)
    return {
        "offset": position.offset,
        "line": position.line,
        "column": position.column,
        "byte_column": position.byte_column,
        "utf16": {"line": position.utf16_line, "character": position.utf16_character},
    }


def cell(of: Cell | None) -> Record | None:
    """Return a cell: its keys, its place in a clerk's words, its text and its value."""
    if of is None:
        return None
    return {
        "table": of.table.key,
        "row": of.row.key,
        "column": of.column.key,
        "label": of.place,
        "raw": of.text,
        "value": None if of.value is None else number(of.value),
    }


def _fix(fix: Fix | None, source: Source, language: Language) -> Record | None:
    if fix is None:
        return None
    edits = [{"span": place(source, e.span), "old": e.old, "new": e.new} for e in fix.edits]
    return {"title": fix.title.of(language), "safe": fix.safe, "edits": edits}


def _outcome(outcome: Outcome, path: str, language: Language) -> Record:
    reason = outcome.reason.of(language) if outcome.reason is not None else None
    return {"path": path, "code": outcome.code, "outcome": outcome.state.value, "reason": reason}
