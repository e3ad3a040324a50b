"""Markdown with tables in HTML, as converters write merged cells."""

from nianbao_grammar import patterns as re

from nianbao.readers.document import Document, render
from nianbao.readers.html import OURS
from nianbao.readers.html.content import blocks, weigh
from nianbao.readers.html.tokens import Kind, tokens
from nianbao.readers.html.tree import PAGE, build
from nianbao.text.marks import CELL_MARK
from nianbao.text.source import Segment, Source

_TABLE = re.compile(r"<table(?=[\s>])", re.IGNORECASE)
_LIKE_A_PIPE = "\u2223"


def with_tables(source: Source) -> Source:
    """Return *source* with its HTML tables as rows of pipes, and everything else as it is.

    A source without any is returned itself; else it is the `raw` of the returned one, whose segments lead there.
    A table without an end is kept as it is.
    """
    pieces: list[str] = []
    segments: list[Segment] = []
    at = length = 0
    for start, end in tables(source.text):
        segments.append(Segment(length, length + start - at, PAGE, at, start))
        tree = build(source.text, OURS, start, end)
        weigh(tree)
        rendered = render(Document(tuple(blocks(tree.elements[0]))), source.path, "", source.encoding)
        # Character for character, so that the segments stay right: a pipe inside a cell separates no cells.
        rows = rendered.text.replace("|", _LIKE_A_PIPE).replace(CELL_MARK, "|")
        pieces += [source.text[at:start], rows]
        length += start - at
        segments += [s._replace(start=s.start + length, end=s.end + length) for s in rendered.segments]
        length, at = length + len(rows), end
    if not pieces:
        return source
    rest = source.text[at:]
    segments.append(Segment(length, length + len(rest), PAGE, at, at + len(rest)))
    text = "".join([*pieces, rest])
    return Source(text, source.path, source.encoding, bom=source.bom, segments=tuple(segments), raw=source)


def tables(text: str) -> list[tuple[int, int]]:
    """Return the ranges of the outermost HTML tables."""
    ranges: list[tuple[int, int]] = []
    at = 0
    while (match := _TABLE.search(text, at)) is not None:
        end = _end(text, match.start())
        if end is None:
            break
        ranges.append((match.start(), end))
        at = end
    return ranges


def _end(text: str, start: int) -> int | None:
    """Return the end of the table that begins at *start*, None if it has none."""
    depth = 0
    for token in tokens(text, start):
        if token.name == "table":
            depth += 1 if token.kind is Kind.START else -1
            if depth == 0:
                return token.end
    return None
