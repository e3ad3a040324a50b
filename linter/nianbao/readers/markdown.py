"""Markdown with tables in HTML, the way converters write merged cells."""

import re

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

    A source without any is returned itself; else it is the `raw` of the one returned, and the way back leads
    there. A table without an end stays as it is.
    """
    pieces: list[str] = []
    segments: list[Segment] = []
    at = length = 0
    for start, end in tables(source.text):
        segments.append(Segment(length, length + start - at, PAGE, at, start))
        tree = build(source.text, OURS, start, end)
        weigh(tree)
        made = render(Document(tuple(blocks(tree.elements[0]))), source.path, "", source.encoding)
        # Sign for sign, so that the way back stays right: a pipe of a cell parts no cells.
        rows = made.text.replace("|", _LIKE_A_PIPE).replace(CELL_MARK, "|")
        pieces += [source.text[at:start], rows]
        length += start - at
        segments += [s._replace(start=s.start + length, end=s.end + length) for s in made.segments]
        length, at = length + len(rows), end
    if not pieces:
        return source
    rest = source.text[at:]
    segments.append(Segment(length, length + len(rest), PAGE, at, at + len(rest)))
    text = "".join([*pieces, rest])
    return Source(text, source.path, source.encoding, bom=source.bom, segments=tuple(segments), raw=source)


def tables(text: str) -> list[tuple[int, int]]:
    """Return where the outermost HTML tables stand."""
    found: list[tuple[int, int]] = []
    at = 0
    while (match := _TABLE.search(text, at)) is not None:
        end = _end(text, match.start())
        if end is None:
            break
        found.append((match.start(), end))
        at = end
    return found


def _end(text: str, start: int) -> int | None:
    """Return where the table ends that begins at *start*."""
    depth = 0
    for token in tokens(text, start):
        if token.name == "table":
            depth += 1 if token.kind is Kind.START else -1
            if depth == 0:
                return token.end
    return None
