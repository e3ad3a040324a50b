"""Every piece of a report that has words of its own and a place."""

from collections.abc import Iterator

from nianbao.report.period import periods
from nianbao.report.report import Report
from nianbao.report.syntax import Heading, Part, Piece
from nianbao.text.source import Span


def placed(report: Report) -> Iterator[tuple[str, Span]]:
    """Yield the words of headings, paragraphs, cells, labels and periods of *report*, each with its span."""
    yield from report.outline.head
    yield from _of_part(report.outline.preamble)
    for part in report.outline.sections:
        yield from _of_part(part)
    for table in report.tables.values():
        yield from ((cell.text, cell.span) for cell in table.cells)
        labels = [
            *table.rows.values(),
            *table.columns.values(),
            *table.extra,
            *(label for label, _ in table.ragged),
        ]
        yield from ((label.text, label.span) for label in labels if label.key != "cases")
    yield from ((label.text, label.span) for label in report.items.values())
    if report.title is not None:
        yield report.title
    for piece in report.paragraphs:
        yield from ((period.text, period.span) for period in periods(piece.text, piece.span.start))


def _of_part(part: Part) -> Iterator[Piece]:
    if isinstance(part.heading, Heading):
        yield part.heading.title
    yield from part.paragraphs
    yield from (cell for grid in part.grids for row in grid.rows for cell in row)
    for inner in part.parts:
        yield from _of_part(inner)
