"""A file of many parts, of which a run reads those that it asks for: what was compiled when the package was built."""

import marshal
import os
from collections.abc import Hashable, Iterator, Mapping
from mmap import ACCESS_READ, mmap
from typing import Any

_HEAD = 8  # bytes: the length of the table


class Parts:
    """The parts of the file at *path*, by their keys. Raises OSError or ValueError for one that is not there or damaged."""

    def __init__(self, path: str) -> None:
        with open(path, "rb", buffering=0) as file:
            # Windows would not let an installer replace a file that a server has mapped.
            whole = file.read() if os.name == "nt" else mmap(file.fileno(), 0, access=ACCESS_READ)
        self._data = memoryview(whole)
        self._first = _HEAD + int.from_bytes(self._data[:_HEAD], "little")
        try:
            self._places: Mapping[Any, tuple[int, int]] = marshal.loads(self._data[_HEAD : self._first])
        except (EOFError, TypeError) as error:
            raise ValueError(path) from error

    def __contains__(self, key: Hashable) -> bool:
        """Return whether there is a part *key*."""
        return key in self._places

    def __getitem__(self, key: Hashable) -> memoryview:
        """Return the part *key*. Raises KeyError."""
        begin, end = self._places[key]
        return self._data[self._first + begin : self._first + end]

    def __iter__(self) -> Iterator[Any]:
        """Return the keys of all parts."""
        return iter(self._places)


def packed(parts: Mapping[Any, bytes]) -> bytes:
    """Return the content of a file of these *parts*; their keys are texts, bytes, numbers, or tuples of them."""
    places: dict[Any, tuple[int, int]] = {}
    end = 0
    for key, part in parts.items():
        places[key] = (end, end + len(part))
        end += len(part)
    table = marshal.dumps(places)
    return b"".join((len(table).to_bytes(_HEAD, "little"), table, *parts.values()))
