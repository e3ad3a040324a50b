"""Positions as the protocol counts them: lines and characters from 0, a character in the agreed unit."""

from bisect import bisect_right

from nianbao_grammar.records import NamedTuple

from nianbao.lsp import types
from nianbao.reporters.file_positions import extent
from nianbao.text.source import Position, Source, Span

BOM = "\ufeff"
_BOM_WIDTH = {"utf-8": 3, "utf-16": 1, "utf-32": 1}


class Measure(NamedTuple):
    """The unit in which editor and server count in a line: UTF-8 bytes, UTF-16 units or code points.

    With *mark*, the editor's first line begins with a byte order mark that the text read from it lacks.
    """

    unit: str
    mark: bool = False

    def position(self, position: Position) -> types.Position:
        """Return *position* as the protocol counts it."""
        character = {
            "utf-8": position.byte_column - 1,
            "utf-16": position.utf16_character,
            "utf-32": position.column - 1,
        }[self.unit]
        if self.mark and position.utf16_line == 0:
            character += _BOM_WIDTH[self.unit]
        return types.Position(position.utf16_line, character)

    def range(self, source: Source, span: Span) -> types.Range:
        """Return the range of *span* of *source* in the editor; in a page up to its last character, not a tag."""
        ends = extent(source, span)
        start, end = ends or (source.position(span.start), source.position(span.end))
        return types.Range(self.position(start), self.position(end))

    def offset(self, source: Source, position: types.Position) -> int:
        """Return the offset in *source* of *position*; one beyond its line is the end of the line.

        A position inside a character is before it. *source* is the editor's own text.
        """

        def line_and_character(offset: int) -> tuple[int, int]:
            at = self.position(source.position(offset))
            return at.line, at.character

        offsets = range(len(source.text) + 1)
        offset = bisect_right(offsets, (position.line, position.character), key=line_and_character) - 1
        return min(max(offset, 0), source.line_at(offset).end)


def within(position: types.Position, around: types.Range) -> bool:
    """Return whether *position* is in *around* or at one of its ends."""
    at = (position.line, position.character)
    start, end = around.start, around.end
    return (start.line, start.character) <= at <= (end.line, end.character)


def meets(one: types.Range, other: types.Range) -> bool:
    """Return whether two ranges have a position in common, their ends included."""
    return within(one.start, other) or within(other.start, one)
