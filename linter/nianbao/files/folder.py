"""The files in a folder and below it: which are reports, and why the others are not checked."""

import os
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from nianbao.files.lookup import folders

if TYPE_CHECKING:  # imported only if a folder has patterns
    from pathspec import GitIgnoreSpec

_IGNORE = ".gitignore"


class Wanted(NamedTuple):
    """The files of a folder to be checked, in the patterns of a .gitignore.

    *include* adds to the files of the known suffixes, *exclude* takes away from both.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


class _Ignored(NamedTuple):
    """The patterns of one .gitignore, which apply to everything below *folder*."""

    folder: str
    patterns: "GitIgnoreSpec"

    def excludes(self, path: str, *, folder: bool) -> bool | None:
        """Return whether *path* is left out, None if no pattern matches it."""
        name = os.path.relpath(path, self.folder).replace(os.sep, "/") + ("/" if folder else "")
        return self.patterns.check_file(name).include


class Reason(Enum):
    """Why a file in a folder is not checked."""

    EXCLUDED = "excluded"  # by a .gitignore or by what the caller wants
    LOCK = "lock"  # that a word processor keeps beside an open document
    OTHER = "other"  # nothing about it says that it is a report
    UNKNOWN_KIND = "unknown_kind"  # a report by its name or its kind, which no reader reads
    NO_FILE = "no_file"  # a pipe, a device, a link to nothing
    FORBIDDEN = "forbidden"  # a folder that cannot be opened


class Entry(NamedTuple):
    """A file in a folder, or a folder that cannot be opened; *reason* says why it is not checked, None if it is."""

    path: str
    reason: Reason | None


# Kinds of documents in which reports arrive, and that no reader reads; of other files the name has to say so.
_DOCUMENTS = (".ofd", ".mht", ".mhtml", ".caj", ".rtf", ".odt", ".pages")
_CONTAINERS = (
    ".xlsx",
    ".xls",
    ".et",
    ".zip",
    ".rar",
    ".7z",
    ".jpg",
    ".jpeg",
    ".png",
    ".tif",
    ".tiff",
    ".pptx",
)
_REPORT_NAMES = ("年报", "年度报告", "信息公开")
_LOCKS = ("~$", ".~")


def files_in(folder: str, suffixes: tuple[str, ...], wanted: Wanted) -> Iterator[Entry]:
    """Yield the files in *folder* and below it, sorted folder by folder: those to be checked are known by their suffix.

    Hidden files and folders are no entries, nor are folders that a .gitignore in or above *folder* excludes. Raises
    OSError if the folder itself cannot be read.
    """
    os.scandir(folder).close()
    include, exclude = (_patterns(patterns) for patterns in wanted)
    ignored = _above(folder)
    closed: list[str] = []
    for here, inner, names in os.walk(folder, onerror=lambda error: closed.append(str(error.filename))):
        yield from (Entry(path, Reason.FORBIDDEN) for path in closed)
        closed.clear()
        ignored = [patterns for patterns in ignored if _inside(here, patterns.folder)] + _in(here)
        inner[:] = sorted(
            name
            for name in inner
            if not name.startswith(".") and not _left_out(os.path.join(here, name), ignored, folder=True)
        )
        for name in sorted(names):
            path = os.path.join(here, name)
            if name.startswith(_LOCKS):
                yield Entry(path, Reason.LOCK)
                continue
            if name.startswith("."):
                continue
            relative = os.path.relpath(path, folder).replace(os.sep, "/")
            meant = name.lower().endswith(suffixes) or (include is not None and include.match_file(relative))
            unwanted = exclude is not None and exclude.match_file(relative)
            if unwanted or _left_out(path, ignored, folder=False):
                yield Entry(path, Reason.EXCLUDED)
            elif not os.path.isfile(path):
                yield Entry(path, Reason.NO_FILE)
            else:
                yield Entry(path, None if meant else _of_another_kind(name))
    yield from (Entry(path, Reason.FORBIDDEN) for path in closed)


def _of_another_kind(name: str) -> Reason:
    """Return why the file called *name*, which no reader reads, is not checked."""
    low = name.lower()
    likely = low.endswith(_DOCUMENTS) or (
        low.endswith(_CONTAINERS) and any(word in name for word in _REPORT_NAMES)
    )
    return Reason.UNKNOWN_KIND if likely else Reason.OTHER


def _patterns(patterns: Sequence[str]) -> "GitIgnoreSpec | None":
    if not patterns:
        return None
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(patterns)


def _inside(folder: str, above: str) -> bool:
    here, top = os.path.abspath(folder), os.path.abspath(above)
    return here == top or here.startswith(os.path.join(top, ""))


def _left_out(path: str, ignored: Sequence[_Ignored], *, folder: bool) -> bool:
    """Return whether the innermost .gitignore that has a pattern for *path* excludes it."""
    answers = (patterns.excludes(path, folder=folder) for patterns in reversed(ignored))
    return next((answer for answer in answers if answer is not None), False)


def _above(folder: str) -> list[_Ignored]:
    """Return the patterns of the folders above *folder* in its repository, the outermost first."""
    ignored: list[_Ignored] = []
    if not any(os.path.exists(os.path.join(above, ".git")) for above in folders(folder)):
        return ignored
    for above in folders(folder):
        if not os.path.samefile(above, folder):
            ignored = _in(above) + ignored
        if os.path.exists(os.path.join(above, ".git")):
            break
    return ignored


def _in(folder: str) -> list[_Ignored]:
    try:
        with open(os.path.join(folder, _IGNORE), encoding="utf-8", errors="replace") as file:
            patterns = _patterns(file.read().splitlines())
    except OSError:
        return []
    return [_Ignored(folder, patterns)] if patterns is not None else []
