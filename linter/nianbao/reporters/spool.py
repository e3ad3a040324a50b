"""Text that is put aside until the end of a run, in a file if it is much."""

from codecs import iterdecode
from collections.abc import Iterator
from functools import partial
from tempfile import SpooledTemporaryFile

_IN_MEMORY = 2**20  # bytes that need no file
_PIECE = 2**16  # bytes that are read back at once


class Spool:
    """A text that grows at its end. Its file has no name, is the user's own, and goes with the process.

    A copy in another process is empty: only the first process puts parts together.
    """

    def __init__(self) -> None:
        self._file: SpooledTemporaryFile[bytes] | None = None

    def __reduce__(self) -> "tuple[type[Spool], tuple[()]]":
        return Spool, ()

    def __del__(self) -> None:
        if self._file is not None:
            self._file.close()

    def put(self, text: str) -> None:
        """Add *text*. Raises OSError if the disk is full."""
        if not text:
            return
        if self._file is None:
            self._file = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115
        self._file.write(text.encode("utf-8", "surrogatepass"))

    def lines(self) -> Iterator[str]:
        """Yield the text line by line, once, each with its end."""
        file, self._file = self._file, None
        if file is None:
            return
        with file:
            file.seek(0)
            yield from iterdecode(file, "utf-8", "surrogatepass")

    def pieces(self) -> Iterator[str]:
        """Yield the text piece by piece, once."""
        file, self._file = self._file, None
        if file is None:
            return
        with file:
            file.seek(0)
            yield from iterdecode(iter(partial(file.read, _PIECE), b""), "utf-8", "surrogatepass")
