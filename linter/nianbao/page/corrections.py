"""The corrections that are tried on a report, one after the other, and what they come to in the text as it was read."""

from collections.abc import Iterator, Sequence

from nianbao_grammar.records import NamedTuple

from nianbao.text.edit import Edit
from nianbao.text.source import Dropped, Segment, Source, Span
from nianbao.writers.segments import clipped, touching

Step = tuple[Edit, ...]  # edits made at once, of the text as the steps before have left it


class Corrections(NamedTuple):
    """The *steps* of a report, of which the first *made* are made and the others were taken back."""

    steps: tuple[Step, ...] = ()
    made: int = 0

    def then(self, step: Step) -> "Corrections":
        """Return these with *step* made next; those that were taken back are forgotten.

        Words that are again what they were before some steps, as when what is typed is given up, have none of these.
        """
        steps = (*self.steps[: self.made], step)
        for first in range(self.made, -1, -1):
            if first < self.made and not _goes_on(steps[first], steps[first + 1]):
                break
            if len(step) == 1 and steps[first][0].old == step[0].new:
                return Corrections(steps[:first], first)
        return Corrections(steps, len(steps))

    def back(self) -> int:
        """Return how many steps stay when the last correction is taken back: all that was typed in one place."""
        made = self.made - 1
        while made > 0 and _same_place(self.steps[made - 1], self.steps[made]):
            made -= 1
        return made

    def forth(self) -> int:
        """Return how many steps are made when the next correction is made again."""
        made = self.made + 1
        while made < len(self.steps) and _same_place(self.steps[made - 1], self.steps[made]):
            made += 1
        return made

    def edits(self, text: str) -> tuple[Edit, ...]:
        """Return what the steps that are made come to, as edits of *text*, which was there before all of them."""
        return tuple(_edits(text, _pieces(text, self.steps[: self.made])))


def _same_place(step: Step, after: Step) -> bool:
    return len(step) == len(after) == 1 and step[0].span.start == after[0].span.start


def _goes_on(step: Step, after: Step) -> bool:
    """Return whether *after* replaces what *step* has put in, and nothing else."""
    return _same_place(step, after) and step[0].new == after[0].old


_Kept = Span  # a stretch of the first text that is still there; the other pieces are words put in
_Piece = _Kept | str


def _pieces(text: str, steps: Sequence[Step]) -> list[_Piece]:
    pieces: list[_Piece] = [Span(0, len(text))]
    for step in steps:
        made: list[_Piece] = []
        done = 0
        for (start, end), _, new in sorted(step):
            made += [*_cut(pieces, done, start), new]
            done = end
        pieces = [piece for piece in (*made, *_cut(pieces, done, None)) if _length(piece)]
    return pieces


def _length(piece: _Piece) -> int:
    return len(piece) if isinstance(piece, str) else piece.end - piece.start


def _cut(pieces: Sequence[_Piece], start: int, end: int | None) -> Iterator[_Piece]:
    """Yield what *pieces* have from *start* to *end* of the text that they make, None for its end."""
    at = 0
    for piece in pieces:
        length = _length(piece)
        first, last = max(start - at, 0), length if end is None else min(end - at, length)
        if first < last:
            yield (
                piece[first:last] if isinstance(piece, str) else Span(piece.start + first, piece.start + last)
            )
        at += length


def _edits(text: str, pieces: Sequence[_Piece]) -> Iterator[Edit]:
    at, new = 0, ""
    for piece in (*pieces, Span(len(text), len(text))):
        if isinstance(piece, str):
            new += piece
            continue
        if text[at : piece.start] != new:
            yield Edit(Span(at, piece.start), text[at : piece.start], new)
        at, new = piece.end, ""


def told(source: Source, edits: Sequence[Edit]) -> Source:
    """Return *source* with *edits* in its text, for a file that is never changed: all other words keep their places."""
    pieces: list[str] = []
    segments: list[Segment] = []
    dropped: list[Dropped] = []
    done = grown = 0
    for (start, end), _, new in (*edits, Edit(Span(len(source.text), len(source.text)), "", "")):
        kept = Span(done, start)
        pieces += [source[kept], new]
        for segment in touching(source, kept):
            part = clipped(segment, kept)
            segments.append(part._replace(start=part.start + grown, end=part.end + grown))
        dropped += [each._replace(at=each.at + grown) for each in source.dropped if done <= each.at < start]
        done, grown = end, grown + len(new) - (end - start)
    return Source(
        "".join(pieces),
        source.path,
        source.encoding,
        kind=source.kind,
        segments=tuple(segments),
        dropped=tuple(dropped),
        merged=source.merged,
    )
