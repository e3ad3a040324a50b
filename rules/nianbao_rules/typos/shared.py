"""Lines as written in the file, and spans in them."""

from collections.abc import Iterator

from nianbao.api import Part, Piece, Report, Span, Text

from nianbao_rules.shared.headings import lines

CHANGE = Text("改为“{right}”", "write “{right}”")


def lines_of(report: Report, part: Part) -> Iterator[tuple[Piece, bool]]:
    """Yield the lines under *part* as written in the file, each with whether it is a level-two heading."""
    for piece, headed in lines(part):
        yield Piece(report.source[piece.span], piece.span), headed


def span_in(piece: Piece, start: int, end: int) -> Span:
    """Return the span in the file of the characters from *start* to *end* of *piece*."""
    return Span(piece.span.start + start, piece.span.start + end)


def written(report: Report) -> Iterator[tuple[Piece, bool]]:
    """Yield the paragraphs and headings, each with whether it is a heading; titles of sections are left out."""
    yield from lines_of(report, report.outline.preamble)
    for section in report.sections:
        if not section.key:
            yield section.title, True
        yield from lines_of(report, section.part)
