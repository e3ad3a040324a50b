"""Numbers long enough to be a person's, and findings that mask them."""

from functools import lru_cache

from nianbao.api import Finding, Piece, Report, Span, Text
from nianbao_grammar import patterns as re
from nianbao_grammar.private_numbers import REACH

# Patterns are plain texts, compiled when a report first needs them: most reports have no long number.
_LONG_NUMBER = re.compile(r"[0-9０-９]{4}[ \u00a0-]?[0-9０-９]{4}")


@lru_cache(maxsize=1)  # three rules ask, one after the other
def texts(report: Report) -> tuple[Piece, ...]:
    """Return the paragraphs that have a number long enough to be a person's."""
    if not _LONG_NUMBER.search(report.prose):
        return ()
    return tuple(piece for piece in report.paragraphs if _LONG_NUMBER.search(piece.text))


def words_before(piece: Piece, start: int) -> str:
    """Return the words of *piece* that lead up to *start*."""
    return piece.text[max(0, start - REACH) : start]


def masking(
    piece: Piece, span: tuple[int, int], hidden: tuple[int, int], message: Text, advice: Text
) -> Finding:
    """Return the finding on *span* of *piece* with its part *hidden* masked in every output."""
    start, end = span
    first, last = hidden
    masked = f"{piece.text[start:first]}{'*' * (last - first)}{piece.text[last:end]}"
    at = piece.span.start
    return Finding(
        Span(at + start, at + end),
        message.fill(text=masked),
        advice,
        data={"text": masked},
        hidden=(Span(at + first, at + last),),
    )
