"""A report that is open as plain data: the words of `-f json`, and its text as headings, paragraphs and tables."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from nianbao.annotate.tables import tables_of
from nianbao.engine.checked import Checked, Summary
from nianbao.engine.finding import Diagnostic
from nianbao.engine.redaction import Redaction, redaction_of
from nianbao.engine.verdict import Verdict
from nianbao.report.equations import Equation, number, written
from nianbao.report.report import Report
from nianbao.report.syntax import Part
from nianbao.report.table import Cell, State, figure
from nianbao.reporters import json_
from nianbao.reporters.display import Display
from nianbao.reporters.entry import entries, gaps
from nianbao.text.language import Language, Text
from nianbao.text.marks import CELL_MARK
from nianbao.text.source import Merged, Span

Record = dict[str, Any]
_OPEN = Text("有格没有数，无法核算", "a cell has no figure, so it cannot be added up")
_BOTH = Text("两边都是 {sum}", "{sum} on both sides")


def judged(checked: Checked, summary: Summary, language: Language) -> Record:
    """Return what was found in a report, what could not be judged, and its text."""
    verdict = checked.verdict
    report = verdict.report if verdict is not None else None
    cells = _Cells(report) if report is not None else None
    return {
        "document": json_.document(checked, language),
        "findings": list(_findings(checked, verdict, cells, summary, language)) if verdict and cells else [],
        "outcomes": json_.outcomes(checked, language),
        "gaps": [
            {
                "state": gap.state.of(language),
                "reason": gap.reason,
                "rules": [
                    {"code": code, "title": summary.title(code, language) or code} for code in gap.codes
                ],
            }
            for gap in gaps(checked, Display(language))
        ],
        "text": report.source.text if report is not None else "",
        "blocks": list(_blocks(report, cells)) if report is not None and cells is not None else [],
    }


def span(of: Span) -> Record:
    """Return *of* as plain data."""
    return {"start": of.start, "end": of.end}


def _findings(
    checked: Checked, verdict: Verdict, cells: "_Cells", summary: Summary, language: Language
) -> Iterator[Record]:
    """Yield the findings, the ones that count numbered in the order of the text."""
    records = json_.findings(checked, language)
    listed = entries(checked, Display(language))
    count = 0
    for diagnostic, record, entry in zip(verdict.diagnostics, records, listed, strict=True):
        count += diagnostic.suppressed is None
        finding = diagnostic.finding
        yield {
            "record": record,
            "number": count if diagnostic.suppressed is None else 0,
            "title": summary.title(diagnostic.code, language) or diagnostic.name,
            "at": span(finding.span),
            "related": [span(related.span) for related in finding.related],
            "section": entry.section,
            "basis": entry.basis,
            "see": list(entry.related),
            "cell": _address(diagnostic, cells),
            "fixable": diagnostic.fixable,
        }


def _address(diagnostic: Diagnostic, cells: "_Cells") -> str | None:
    cell = diagnostic.finding.cell
    return cell.address if cell is not None and cell.address in cells.known else None


# -- the text --------------------------------------------------------------------------------------------


class _Cells:
    """The cells of the form in a report, by their places."""

    def __init__(self, report: Report) -> None:
        found = sorted((cell for table in report.tables.values() for cell in table.cells), key=_start)
        self._starts = [cell.span.start for cell in found]
        self._addresses = [cell.address for cell in found]
        self.known = frozenset(self._addresses)

    def at(self, place: Span) -> str | None:
        """Return the address of the cell of the form that begins in *place*, the place of a cell of the text."""
        index = bisect_left(self._starts, place.start)
        found = index < len(self._starts) and self._starts[index] <= place.end
        return self._addresses[index] if found else None


def _start(cell: Cell) -> int:
    return cell.span.start


def _blocks(report: Report, cells: _Cells) -> Iterator[Record]:
    """Yield the headings, paragraphs and tables that the text of *report* consists of."""
    text = report.source.text
    heads = dict(_headings((report.outline.preamble, *report.outline.sections)))
    title = report.title.span if report.title is not None else None
    tables = iter(()) if CELL_MARK in text else tables_of(report, text)
    at = 0
    for table in tables:
        yield from _lines(report, at, table.span.start, heads, title)
        rows = ([_cell(cells, cell.span, text, columns=cell.columns) for cell in row] for row in table.rows)
        yield {"kind": "table", "span": span(table.span), "rows": list(rows)}
        at = table.span.end
    merged = iter(report.source.merged)
    for block in _lines(report, at, len(text), heads, title):
        yield (
            _marked_table(text, cells, block["lines"], next(merged, ())) if block["kind"] == "rows" else block
        )


def _headings(parts: Iterable[Part]) -> Iterator[tuple[int, int]]:
    for part in parts:
        if part.heading is not None:
            yield part.heading.span.start, part.heading.level
        yield from _headings(part.parts)


def _lines(
    report: Report, start: int, end: int, heads: dict[int, int], title: Span | None
) -> Iterator[Record]:
    """Yield the lines of the text from *start* to *end*, those of a table together."""
    text = report.source.text
    rows: list[Span] = []
    for line in _spans(text, start, end):
        if text.startswith(CELL_MARK, line.start):
            rows.append(line)
            continue
        if rows:
            yield {"kind": "rows", "lines": rows}
            rows = []
        words = _trimmed(text, line)
        if words.start == words.end:
            continue
        if title is not None and title.start <= words.start < title.end:
            yield {"kind": "heading", "level": 0, "span": span(words)}
        elif words.start in heads or line.start in heads:
            level = heads.get(words.start) or heads[line.start]
            yield {"kind": "heading", "level": level, "span": span(words)}
        else:
            yield {"kind": "paragraph", "span": span(words)}
    if rows:
        yield {"kind": "rows", "lines": rows}


def _spans(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        yield Span(start, stop)
        start = stop + 1


def _trimmed(text: str, line: Span) -> Span:
    words = text[line.start : line.end]
    lead = len(words) - len(words.lstrip())
    return Span(line.start + lead, line.start + max(lead, len(words.rstrip())))


def _marked_table(text: str, cells: _Cells, lines: Sequence[Span], merged: Sequence[Merged]) -> Record:
    """Return the table of *lines*, each a row of which a mark leads and ends every slot; *merged* cells take several."""
    sizes = {(each.row, each.column): (each.rows, each.columns) for each in merged}
    covered = {
        (row, column)
        for each in merged
        for row in range(each.row, each.row + each.rows)
        for column in range(each.column, each.column + each.columns)
    } - sizes.keys()
    rows = [
        [
            _cell(cells, slot, text, *sizes.get((number, column), (1, 1)))
            for column, slot in enumerate(_slots(text, line))
            if (number, column) not in covered
        ]
        for number, line in enumerate(lines)
    ]
    return {"kind": "table", "span": span(Span(lines[0].start, lines[-1].end)), "rows": rows}


def _slots(text: str, line: Span) -> Iterator[Span]:
    at = line.start + 1
    while at < line.end:
        stop = text.find(CELL_MARK, at, line.end)
        stop = line.end if stop < 0 else stop
        yield Span(at, stop)
        at = stop + 1


def _cell(cells: _Cells, place: Span, text: str, rows: int = 1, columns: int = 1) -> Record:
    is_figure = figure(text[place.start : place.end]).state in (State.NUMBER, State.MARK)
    return {
        "span": span(place),
        "rows": rows,
        "columns": columns,
        "number": is_figure,
        "address": cells.at(place),
    }


# -- one cell --------------------------------------------------------------------------------------------


def cell_view(verdict: Verdict, address: str, language: Language) -> Record | None:
    """Return the cell *address* of the form, and the sums that it is in; None if the report has no such cell."""
    report = verdict.report
    key = address.split("/")[0]
    table = report.tables.get(key)
    cell = (
        next((cell for cell in table.cells if cell.address == address), None) if table is not None else None
    )
    if cell is None:
        return None
    redaction = redaction_of(verdict)
    return {
        "address": address,
        "place": cell.place,
        "row": cell.row.place or cell.row.label,
        "column": cell.column.label,
        "raw": verdict.source[cell.span],
        "value": None if cell.value is None else number(cell.value),
        "state": cell.state.value,
        "sums": [
            _sum(equation, redaction, language)
            for equation in report.equations(key)
            if any(other.address == address for other in equation.cells)
        ],
    }


def _sum(equation: Equation, redaction: Redaction, language: Language) -> Record:
    return {
        "along": equation.identity.along,
        "place": equation.place,
        "basis": equation.identity.basis,
        "written": redaction.masked(_told(equation, language)),
        "holds": equation.holds,
        "left": [cell.address for cell in equation.left],
        "right": [cell.address for cell in equation.right],
    }


def _told(equation: Equation, language: Language) -> str:
    """Return the sum written out, no result twice; words where there is nothing to add up."""
    if equation.holds is None:
        return _OPEN.of(language)
    if not equation.holds:
        return written(equation)
    terms = list(dict.fromkeys(written(equation).split(" = ")))
    return " = ".join(terms) if len(terms) > 1 else _BOTH.fill(sum=terms[0]).of(language)
