"""Files read whole: regular ones only, and none that is larger than asked for."""

import os
import stat
from errno import EISDIR

from nianbao.files.system_errors import NO_REGULAR_FILE
from nianbao.text.language import Text
from nianbao.text.source import UnreadableError


def read_regular(path: str, most: int, too_large: Text) -> bytes:
    """Return the content of the file at *path*, which has no more than *most* bytes.

    Its kind and its size are those of the file that is open, and known before it is read: another one put in its
    place changes nothing, and one that grows meanwhile is read no further than *most*. Raises UnreadableError for
    a pipe, a socket or a device, and, for the reason *too_large*, for a larger file; OSError; and ValueError for an
    impossible path.
    """
    _check(os.stat(path))  # to open a device may already do something
    with open(path, "rb", opener=_at_once) as file:
        size = _check(os.fstat(file.fileno()))
        if size > most:
            raise UnreadableError(too_large)
        data = file.read(size + 1)
        if len(data) > size:
            data += file.read(most + 1 - len(data))
        if len(data) > most:
            raise UnreadableError(too_large)
        return data


def _check(state: os.stat_result) -> int:
    """Return the size in bytes. Raises UnreadableError, IsADirectoryError for what is no regular file."""
    if stat.S_ISDIR(state.st_mode):
        raise IsADirectoryError(EISDIR, os.strerror(EISDIR))
    if not stat.S_ISREG(state.st_mode):
        raise UnreadableError(NO_REGULAR_FILE)
    return state.st_size


def _at_once(path: str, flags: int) -> int:
    """Open a file that may have become a pipe: without waiting for someone to write into it."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
