"""Prose as converters wrap it: a line end where the next word has no room."""

import re
import textwrap
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence

from rendering.grids import Block, Line

_TABLE = re.compile(r"[\t|]")
_MARKS = "，。、；：！？）》”"


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in text)


def _cut(line: str, width: int, measure: Callable[[str], int], hanging: str = "") -> Iterator[str]:
    """Yield *line* in pieces of at most *width*; a mark of *hanging* stays with the character before it."""
    piece = ""
    for sign in line:
        if piece and measure(piece + sign) > width and sign not in hanging:
            yield piece
            piece = ""
        piece += sign
    yield piece


WAYS: Mapping[str, Callable[[str, int], Sequence[str]]] = {
    "characters": lambda line, width: list(_cut(line, width, len)),
    "columns": lambda line, width: list(_cut(line, width, _columns)),
    "columns, marks hanging": lambda line, width: list(_cut(line, width, _columns, _MARKS)),
    "words": lambda line, width: textwrap.wrap(line, width),
}


def wrapped(text: str, width: int, way: str, *, apart: bool = False) -> str:
    """Return *text* with its lines of prose wrapped at *width* in one of the WAYS; *apart*, each paragraph is.

    What is apart has an empty line after it.
    """
    lines: list[str] = []
    for line in text.split("\n"):
        if _TABLE.search(line) or not line.strip():
            lines.append(line)
        else:
            lines += [*WAYS[way](line, width), *([""] if apart else [])]
    return "\n".join(lines)


def wrapped_blocks(blocks: Sequence[Block], width: int, way: str) -> list[Block]:
    """Return *blocks* with each line of prose wrapped, as the text layer of a PDF gives a paragraph for each line."""
    return [
        piece
        for block in blocks
        for piece in (
            [block._replace(text=words) for words in WAYS[way](block.text, width)]
            if isinstance(block, Line)
            else [block]
        )
    ]
