"""A folder for a moment, which outlives no process for long.

It is deleted when it is left. What a killed process has left is deleted by the next one that needs such a folder:
in each of them is a lock, which ends with the process that holds it.
"""

import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

_PREFIX = "nianbao-"
_LOCK = "lock"


@contextmanager
def scratch() -> Iterator[Path]:
    """Yield a new folder that no other user can read; it is gone afterwards. Raises OSError."""
    _sweep(tempfile.gettempdir())
    made = tempfile.TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True)
    with made as folder, _locked(Path(folder)):
        yield Path(folder)


def _sweep(above: str) -> None:
    """Delete the folders in *above* that killed processes of this user have left."""
    with suppress(OSError), os.scandir(above) as entries:
        for entry in entries:
            with suppress(OSError):  # one that cannot be deleted, or just has been
                if entry.name.startswith(_PREFIX) and _is_ours(entry.stat(follow_symlinks=False)):
                    _delete(Path(entry.path))


def _is_ours(state: os.stat_result) -> bool:
    """Return whether this is a folder, no link to one, made by this user as `scratch` makes them."""
    if not stat.S_ISDIR(state.st_mode):
        return False
    return sys.platform == "win32" or (state.st_uid == os.geteuid() and stat.S_IMODE(state.st_mode) == 0o700)


if sys.platform == "win32":

    def _locked(folder: Path) -> IO[bytes]:
        """Return the lock of *folder*: here no one can delete a file that is open."""
        return open(folder / _LOCK, "xb")

    def _delete(folder: Path) -> None:
        """Delete *folder*. Raises OSError if its lock is held, or it has none."""
        os.unlink(folder / _LOCK)
        shutil.rmtree(folder)

else:
    from fcntl import LOCK_EX, LOCK_NB, flock

    def _locked(folder: Path) -> IO[bytes]:
        """Return the lock of *folder*, which has its name only once it is held."""
        new = folder / f"{_LOCK}.new"
        file = open(new, "xb")  # noqa: SIM115
        flock(file, LOCK_EX)
        new.rename(folder / _LOCK)
        return file

    def _delete(folder: Path) -> None:
        """Delete *folder*. Raises OSError if its lock is held, or it has none."""
        with open(os.open(folder / _LOCK, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
            flock(file, LOCK_EX | LOCK_NB)
            shutil.rmtree(folder)
