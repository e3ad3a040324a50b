"""Replacement of the content of a file at once: the old or the new, never half of it."""

import os
from contextlib import suppress
from errno import EACCES


class FileChangedError(Exception):
    """A file that another program has changed since it was read."""


def replace(path: str, data: bytes, was: bytes | None = None) -> None:
    """Replace the content of the file at *path* by *data*, at once or not at all.

    A link is kept and its target replaced; permissions are kept. With *was*, the file must still hold these
    bytes. Raises FileChangedError if it does not, and OSError, for instance for a file without permission to
    write; the file is then as it was.
    """
    target = os.path.realpath(path)
    there = os.path.exists(target)
    if there and not os.access(target, os.W_OK):
        raise PermissionError(EACCES, os.strerror(EACCES), path)
    temporary = os.path.join(os.path.dirname(target), f".{os.urandom(8).hex()}.tmp")
    try:
        with open(temporary, "xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if there:
            os.chmod(temporary, os.stat(target).st_mode & 0o7777)
        if was is not None:
            with open(target, "rb") as file:
                if file.read() != was:
                    raise FileChangedError(path)
        os.replace(temporary, target)
    except BaseException as error:
        with suppress(OSError):
            os.unlink(temporary)
        if isinstance(error, OSError):
            error.filename = path
        raise
