"""A file's content replaced at once: the old or the new, never half."""

import os
from contextlib import suppress
from errno import EACCES


class FileChangedError(Exception):
    """A file that another program has written into since it was read."""


def replace(path: str, data: bytes, was: bytes | None = None) -> None:
    """Make *data* the content of the file at *path*, on disk at once or not at all.

    A link remains and what it leads to is replaced; permissions remain. With *was*, the file must still hold
    these bytes. Raises FileChangedError if it does not, and OSError, with the file as it was; one that may not
    be written is left alone.
    """
    target = os.path.realpath(path)
    there = os.path.exists(target)
    if there and not os.access(target, os.W_OK):
        raise PermissionError(EACCES, os.strerror(EACCES), path)
    made = os.path.join(os.path.dirname(target), f".{os.urandom(8).hex()}.tmp")
    try:
        with open(made, "xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if there:
            os.chmod(made, os.stat(target).st_mode & 0o7777)
        if was is not None:
            with open(target, "rb") as file:
                if file.read() != was:
                    raise FileChangedError(path)
        os.replace(made, target)
    except BaseException as error:
        with suppress(OSError):
            os.unlink(made)
        if isinstance(error, OSError):
            error.filename = path
        raise
