"""A regular file read whole, with a limit: a pipe may never end, and a device has no end at all."""

import os
import stat
from errno import EISDIR
from io import BufferedReader

from nianbao.files.system_errors import NO_REGULAR_FILE
from nianbao.text.language import Text
from nianbao.text.source import UnreadableError

HANDWRITTEN_BYTES = 2**20  # of settings, rules, waivers: the official forms have forty thousand
BASELINE_BYTES = 64 * 2**20  # a line of two hundred for each finding of ten thousand reports
PLUGIN_BYTES = 2**20  # of a plugin in Python: the largest module of nianbao has thirty thousand

_TOO_LARGE = Text("文件超过 {most} KiB；拆分或删减", "the file has more than {most} KiB: make it smaller")


def contents(path: str, most: int, too_large: Text = _TOO_LARGE) -> bytes:
    """Return the content of the file at *path*, which has no more than *most* bytes.

    Its kind and its size are those of the file that is open, and known before it is read: another one put in its
    place changes nothing, and one that grows meanwhile is read no further than *most*. Raises UnreadableError for
    a pipe, a socket or a device, and, for the reason *too_large*, for a larger file; OSError; and ValueError for an
    impossible path.
    """
    with opened(path) as file:
        size = _size(os.fstat(file.fileno()))
        data = file.read(size + 1) if size <= most else b""
        if size < len(data) <= most:
            data += file.read(most + 1 - len(data))
    if size > most or len(data) > most:
        raise UnreadableError(too_large.fill(most=most >> 10))
    return data


def opened(path: str) -> BufferedReader:
    """Return the file at *path*, open. Raises UnreadableError, OSError, ValueError as `contents`."""
    _size(os.stat(path))  # to open a device may already do something
    file = open(path, "rb", opener=_at_once)  # noqa: SIM115
    try:
        _size(os.fstat(file.fileno()))
    except BaseException:
        file.close()
        raise
    return file


def _size(state: os.stat_result) -> int:
    """Return the size in bytes. Raises UnreadableError, IsADirectoryError for what is no regular file."""
    if stat.S_ISDIR(state.st_mode):
        raise IsADirectoryError(EISDIR, os.strerror(EISDIR))
    if not stat.S_ISREG(state.st_mode):
        raise UnreadableError(NO_REGULAR_FILE)
    return state.st_size


def _at_once(path: str, flags: int) -> int:
    """Open a file that may have become a pipe: without waiting for someone to write into it."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
