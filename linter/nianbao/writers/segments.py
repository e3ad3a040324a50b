"""Which pieces of a file a stretch of its text comes from."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from nianbao.text.source import Segment, Source, Span


def touching(source: Source, span: Span) -> Iterator[Segment]:
    """Yield the segments of *source* that hold characters of *span*, whole."""
    start, end = span
    for segment in source.segments[first_from(source.segments, start) :]:
        if segment.start >= end:
            return
        if segment.end > max(start, segment.start):
            yield segment


def clipped(segment: Segment, span: Span) -> Segment:
    """Return the part of *segment* that is in *span*."""
    at, until = segment.part_of(*span)
    return Segment(max(segment.start, span.start), min(segment.end, span.end), segment.origin, at, until)


def nearest(source: Source, place: int) -> Segment | None:
    """Return the segment that begins at *place*, an empty cell perhaps, else the next, else the last."""
    segments = source.segments
    following = bisect_left(segments, place, key=_start)
    return segments[min(following, len(segments) - 1)] if segments else None


def begun(source: Source, segment: Segment) -> int:
    """Return where in its origin the first of the segments begins that stand beside *segment* and have the same."""
    segments = source.segments
    index = bisect_right(segments, segment.start, key=_start) - 1
    while index and segments[index - 1].origin is segment.origin:
        index -= 1
    return segments[index].at


def first_from(segments: Sequence[Segment], place: int) -> int:
    """Return the number of the first of *segments* that may reach *place*."""
    return max(bisect_left(segments, place, key=_start) - 1, 0)


def _start(segment: Segment) -> int:
    return segment.start
