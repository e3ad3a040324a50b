"""A regular file read whole, with a limit: a pipe may never end, and a device has no end at all."""

import os
import stat

from nianbao.text.language import Text
from nianbao.text.source import UnreadableError

HANDWRITTEN_BYTES = 2**20  # of settings, rules, waivers: the official forms have forty thousand
BASELINE_BYTES = 64 * 2**20  # a line of two hundred for each finding of ten thousand reports
PLUGIN_BYTES = 2**20  # of a plugin in Python: the largest module of nianbao has thirty thousand

_NO_FILE = Text("不是普通文件（是管道、套接字或者设备）", "no regular file but a pipe, a socket or a device")
_TOO_LARGE = Text("文件超过 {most} KiB；拆分或删减", "the file has more than {most} KiB: make it smaller")


def contents(path: str, most: int) -> bytes:
    """Return the content of the file at *path*. Raises UnreadableError, and OSError or ValueError as `open`.

    It is refused if it is no regular file or has more than *most* bytes; nothing is read then.
    """
    if _is_special(os.stat(path).st_mode):  # asked before: to open a device may do something
        raise UnreadableError(_NO_FILE)
    with open(path, "rb", opener=_without_waiting) as file:
        there = os.fstat(file.fileno())
        if _is_special(there.st_mode):
            raise UnreadableError(_NO_FILE)
        data = b"" if there.st_size > most else file.read(most + 1)
    if there.st_size > most or len(data) > most:
        raise UnreadableError(_TOO_LARGE.fill(most=most // 1024))
    return data


def _is_special(mode: int) -> bool:
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)  # `open` itself refuses a folder


def _without_waiting(path: str, flags: int) -> int:
    """Open *path*: a pipe that has come in its place meanwhile is not waited for."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
