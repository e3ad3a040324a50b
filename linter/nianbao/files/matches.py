"""The files that match a pattern with `*`, `?`, `[…]` and `**`; the search has an end, and follows no link."""

import os
from collections.abc import Iterator
from fnmatch import fnmatchcase
from itertools import islice

_MOST_ENTRIES = 20_000  # that are looked at for one pattern; a folder of reports has some hundreds
_DEEPEST = 64  # folders in each other
_SIGNS = "*?["


class TooManyError(Exception):
    """A pattern for which more files would have to be looked at than any folder of rules has."""


def fixed_part(pattern: str) -> str:
    """Return the folders that *pattern*, a path, begins with, up to the first part with a sign; all if none has."""
    parts = pattern.split(os.sep)
    fixed = next((at for at, part in enumerate(parts) if _is_pattern(part)), len(parts))
    folder = os.sep.join(parts[:fixed]) or (os.sep if pattern.startswith(os.sep) else os.curdir)
    return folder + os.sep if folder.endswith(":") and fixed < len(parts) else folder  # a drive of Windows


def matching(pattern: str) -> list[str]:
    """Return the files that match *pattern*, a path, in order; `**` means any folders, hidden ones left out.

    No folder is entered through a link, but for those of the fixed part. Raises TooManyError.
    """
    folder = fixed_part(pattern)
    if folder == pattern:
        return [pattern] if os.path.lexists(pattern) else []
    rest = pattern if folder == os.curdir else pattern[len(folder) :].lstrip(os.sep)
    found = _Search().below("" if folder == os.curdir else folder, tuple(rest.split(os.sep)))
    return sorted(dict.fromkeys(found))


class _Search:
    """One search, with the number of entries that it has looked at."""

    def __init__(self) -> None:
        self.seen = 0

    def below(self, folder: str, parts: tuple[str, ...], depth: int = 0) -> Iterator[str]:
        """Yield the files in *folder* and below whose paths match *parts*."""
        part, rest = parts[0], parts[1:]
        if part == "**":
            yield from self.below(folder, rest or ("*",), depth)
        for entry in self._entries(folder, depth):
            path, is_folder = os.path.join(folder, entry.name), entry.is_dir(follow_symlinks=False)
            if part == "**":
                if is_folder and not entry.name.startswith("."):
                    yield from self.below(path, parts, depth + 1)
            elif _matches(entry.name, part):
                if is_folder and rest:
                    yield from self.below(path, rest, depth + 1)
                elif not rest and not entry.is_dir():
                    yield path

    def _entries(self, folder: str, depth: int) -> Iterator[os.DirEntry[str]]:
        try:
            with os.scandir(folder or os.curdir) as entries:
                found = list(islice(entries, _MOST_ENTRIES))
        except OSError:  # one that may not be read has nothing that could be used
            return
        self.seen += 1 + len(found)
        if self.seen > _MOST_ENTRIES or depth > _DEEPEST:
            raise TooManyError
        yield from found


def _is_pattern(part: str) -> bool:
    return any(sign in part for sign in _SIGNS)


def _matches(name: str, part: str) -> bool:
    return fnmatchcase(name, part) and (part.startswith(".") or not name.startswith("."))
