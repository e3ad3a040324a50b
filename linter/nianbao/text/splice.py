"""Bytes replaced by others: the only way in which nianbao changes a file of a user."""

from collections.abc import Iterable

from nianbao_grammar.records import NamedTuple


class Splice(NamedTuple):
    """A replacement of the bytes from *start* to *end* of a file, counted from 0, by *new*."""

    start: int
    end: int
    new: bytes


class OverlapError(ValueError):
    """Two splices for the same bytes, or one for bytes that the file does not have."""


def spliced(data: bytes, splices: Iterable[Splice]) -> bytes:
    """Return *data* with *splices* applied; every byte outside them is unchanged.

    Insertions at the same offset keep the order they are given in. Raises OverlapError.
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
