"""New content of a file, put in its place at once: the old or the new, never half of it."""

import os
import stat
from contextlib import suppress
from errno import EACCES


class FileChangedError(Exception):
    """A file that another program has changed since it was read."""


class LinkedError(Exception):
    """A file that has several names; put anew, it would go on under one of them only."""

    def __init__(self, path: str, names: int) -> None:
        super().__init__(path)
        self.names = names


class Replacement:
    """The new content of a file, written beside it into `file` and put in its place when it is whole.

    A link is kept and its target replaced. A pipe or a device is written at once, and has no old content to keep.
    """

    def __init__(self, path: str) -> None:
        """Open the new file. Raises OSError, for instance without permission to write into the folder."""
        self.path = path
        self._target = os.path.realpath(path)
        self._beside = ""
        try:
            mode = _mode(path)  # the target of /dev/stdout may have no path
            if mode is not None and not stat.S_ISREG(mode):
                self.file = open(path, "wb")  # noqa: SIM115
                return
            if mode is not None and not os.access(self._target, os.W_OK):
                raise PermissionError(EACCES, os.strerror(EACCES))
            beside = os.path.join(os.path.dirname(self._target), f".nianbao-{os.urandom(4).hex()}.tmp")
            self.file = open(beside, "xb")  # noqa: SIM115
            self._beside = beside
        except OSError as error:
            error.filename = path
            raise

    @property
    def beside(self) -> bool:
        """Whether the new content is written beside the file, where no other program makes it wait."""
        return bool(self._beside)

    def put(self, was: bytes | None = None) -> None:
        """Put the new content in its place, on the disk when this returns; nothing else is written afterwards.

        Mode, owner, group and access lists of the old file are kept, as far as the system lets this user. With
        *was*, the file must still hold these bytes. Raises FileChangedError if it does not, and OSError; the file
        is then as it was.
        """
        try:
            with self.file:
                self.file.flush()
                if self._beside:
                    os.fsync(self.file.fileno())
            if self._beside:
                if os.path.exists(self._target):
                    _keep(self._target, self._beside)
                if was is not None:
                    with open(self._target, "rb") as file:
                        if file.read() != was:
                            raise FileChangedError(self.path)
                os.replace(self._beside, self._target)
        except BaseException as error:
            self.leave()
            if isinstance(error, OSError):
                error.filename = self.path
            raise
        self._beside = ""

    def leave(self) -> None:
        """Leave the file as it was, without the new content; nothing happens once that is in its place."""
        with suppress(OSError):
            self.file.close()
        if self._beside:
            with suppress(OSError):
                os.unlink(self._beside)
            self._beside = ""


def replace(path: str, data: bytes, was: bytes | None = None) -> None:
    """Replace the content of the file at *path* by *data*, at once or not at all.

    With *was*, the file must still hold these bytes. Raises FileChangedError if it does not, and OSError, for
    instance for a file without permission to write; the file is then as it was.
    """
    new = Replacement(path)
    try:
        new.file.write(data)
    except BaseException as error:
        new.leave()
        if isinstance(error, OSError):
            error.filename = path
        raise
    new.put(was)


def ensure_one_name(path: str) -> None:
    """Raise LinkedError if the file at *path* has other names: they would keep the old content."""
    with suppress(OSError):
        names = os.stat(path).st_nlink
        if names > 1:
            raise LinkedError(path, names)


def _mode(path: str) -> int | None:
    """Return the type and mode of the file at *path*, None if there is none."""
    try:
        return os.stat(path).st_mode
    except FileNotFoundError:
        return None


def _keep(old: str, new: str) -> None:
    """Give the file *new* the owner, group, mode and access lists of *old*; its time is now."""
    import shutil  # few runs write a file

    there = os.stat(old)
    if hasattr(os, "chown"):
        for owner, group in ((there.st_uid, -1), (-1, there.st_gid)):
            with suppress(OSError):  # a user may give files to groups of his own only
                os.chown(new, owner, group)
    shutil.copystat(old, new)
    os.utime(new)
