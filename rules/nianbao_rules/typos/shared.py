"""Lines as written in the file, and spans in them."""

from collections.abc import Iterator
from functools import lru_cache

from nianbao.api import Part, Piece, Report, Section, Span, Text
from nianbao_grammar.records import NamedTuple

from nianbao_rules.shared.headings import lines

CHANGE = Text("改为“{right}”", "write “{right}”")


class Written(NamedTuple):
    """The lines of the preamble, or under a *section*, each with whether it is a level-two heading."""

    section: Section | None
    lines: tuple[tuple[Piece, bool], ...]

    @property
    def pieces(self) -> list[Piece]:
        """The lines alone."""
        return [piece for piece, _ in self.lines]


@lru_cache(maxsize=1)  # five rules ask, one after the other
def parts_written(report: Report) -> tuple[Written, ...]:
    """Return the preamble and the sections, their lines as written in the file."""
    parts = ((None, report.outline.preamble), *((section, section.part) for section in report.sections))
    return tuple([Written(section, tuple(_as_written(report, part))) for section, part in parts])


def _as_written(report: Report, part: Part) -> Iterator[tuple[Piece, bool]]:
    for piece, headed in lines(part):
        yield Piece(report.source[piece.span], piece.span), headed


def span_in(piece: Piece, start: int, end: int) -> Span:
    """Return the span in the file of the characters from *start* to *end* of *piece*."""
    return Span(piece.span.start + start, piece.span.start + end)


def written(report: Report) -> Iterator[tuple[Piece, bool]]:
    """Yield the paragraphs and headings, each with whether it is a heading; titles of sections are left out."""
    for section, inner in parts_written(report):
        if section is not None and not section.key:
            yield section.title, True
        yield from inner


@lru_cache(maxsize=1)  # two rules ask
def text_written(report: Report) -> str:
    """Return the text of what is `written`, to see at once that a word is in none of it; comments are left out."""
    return "\n".join([report.text[slice(*piece.span)] for piece, _ in written(report)])
