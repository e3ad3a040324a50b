"""A file's content replaced at once: the old or the new, never half."""

import os
from contextlib import suppress


class FileChangedError(Exception):
    """Somebody else has written into the file since it was read."""


def replace(path: str, data: bytes) -> None:
    """Make *data* the content of the file at *path*, all at once or not at all. Raises OSError."""
    path = os.path.realpath(path)  # a link stays one
    made = f"{path}.{os.getpid()}.tmp"
    try:
        with open(made, "xb") as file:
            file.write(data)
        if os.path.exists(path):
            os.chmod(made, os.stat(path).st_mode & 0o777)
        os.replace(made, path)
    except OSError as error:
        if not isinstance(error, FileExistsError):
            with suppress(OSError):
                os.unlink(made)
        error.filename = path
        raise
