"""The pieces of a file that a stretch of its text comes from."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from nianbao.text.source import Segment, Source, Span


def touching(source: Source, span: Span) -> Iterator[Segment]:
    """Yield the segments of *source* that have characters of *span*, uncut."""
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


def nearest(source: Source, offset: int) -> Segment | None:
    """Return the segment that begins at *offset* (of an empty cell, for instance), else the next, else the last."""
    segments = source.segments
    following = bisect_left(segments, offset, key=_start)
    return segments[min(following, len(segments) - 1)] if segments else None


def origin_start(source: Source, segment: Segment) -> int:
    """Return the start, in the origin of *segment*, of the first of the successive segments of that origin."""
    segments = source.segments
    index = bisect_right(segments, segment.start, key=_start) - 1
    while index and segments[index - 1].origin is segment.origin:
        index -= 1
    return segments[index].at


def first_from(segments: Sequence[Segment], offset: int) -> int:
    """Return the index of the first of *segments* that may reach *offset*."""
    return max(bisect_left(segments, offset, key=_start) - 1, 0)


def _start(segment: Segment) -> int:
    return segment.start
