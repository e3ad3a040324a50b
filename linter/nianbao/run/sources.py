"""The texts of reports, put aside between the two steps of a run: reading a PDF twice would take twice as long."""

import os
import pickle
from typing import IO
from zlib import compress, decompress

from nianbao.text.source import Source

_MOST = 256 << 20  # bytes of all that is put aside; a report more is read again
_OPEN = "/proc/{process}/fd/{number}"  # by which another process of this user gets at a file that has no name


class Sources:
    """Texts by the paths of their files, compressed in a file of this user that has no name and goes with the process.

    A copy in another process can take and not put. What it cannot take, on another machine or another system, is to be
    read from its own file again.
    """

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._places: dict[str, tuple[int, int]] = {}
        self._end = 0
        self._process = os.getpid()
        self._file: IO[bytes] | None = None
        self._name = ""

    def __getstate__(self) -> dict[str, object]:
        return {**vars(self), "_file": None}

    def put(self, path: str, packed: bytes) -> None:
        """Put aside the text of *path*, *packed*, if there is room for it on the disk and within the bound."""
        if not packed or self._end + len(packed) > self._most:
            return
        try:
            if self._file is None:
                self._file = self._opened()
            self._file.seek(self._end)
            self._file.write(packed)
            self._file.flush()
        except OSError:  # a full disk
            return
        self._places[path] = self._end, len(packed)
        self._end += len(packed)

    def _opened(self) -> IO[bytes]:
        from tempfile import TemporaryFile  # few runs need it

        file = TemporaryFile()  # noqa: SIM115
        self._name = _OPEN.format(process=self._process, number=file.fileno())
        return file

    def take(self, path: str) -> Source | None:
        """Return the text of *path*, None if it was not put aside or cannot be got at."""
        if path not in self._places:
            return None
        at, size = self._places[path]
        try:
            if self._file is not None and os.getpid() == self._process:
                self._file.seek(at)
                data = self._file.read(size)
            else:
                with open(self._name, "rb", buffering=0) as file:
                    file.seek(at)
                    data = file.read(size)
        except (OSError, ValueError):  # a file that has been closed
            return None
        return unpacked(data) if len(data) == size else None

    def close(self) -> None:
        """Let go of all texts."""
        if self._file is not None:
            self._file.close()


def packed(source: Source) -> bytes:
    """Return *source* in few bytes, none if it cannot be packed: a reader may be foreign code."""
    try:
        return compress(pickle.dumps(source), 1)
    except Exception:  # whatever a class does when it is taken apart
        return b""


def unpacked(data: bytes) -> Source | None:
    """Return the text that is *packed* in *data*, by this program and in this run."""
    made = pickle.loads(decompress(data))
    return made if isinstance(made, Source) else None
