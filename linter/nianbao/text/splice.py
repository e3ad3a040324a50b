"""Bytes put in the place of others: the one way in which nianbao writes into a file that is not its own."""

from collections.abc import Iterable
from typing import NamedTuple


class Splice(NamedTuple):
    """Put *new* in the place of the bytes from *start* to *end* of the file, both counted from 0."""

    start: int
    end: int
    new: bytes


class OverlapError(ValueError):
    """Two splices meant for the same bytes, or one for bytes that the file does not have."""


def spliced(data: bytes, splices: Iterable[Splice]) -> bytes:
    """Return *data* with *splices* applied from the end; every byte outside them stays.

    Those that only insert, at one and the same place, keep the order they are given in. Raises OverlapError.
    """
    pieces: list[bytes] = []
    until = len(data)
    ordered = sorted(splices, key=lambda splice: splice[:2])
    for start, end, new in reversed(ordered):
        if not 0 <= start <= end <= until:
            raise OverlapError(f"{start}-{end} overlaps what begins at {until}")
        pieces += [data[end:until], new]
        until = start
    pieces.append(data[:until])
    return b"".join(reversed(pieces))
