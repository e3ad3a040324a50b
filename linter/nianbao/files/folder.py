"""The reports in a folder and below it."""

import os
from collections.abc import Iterator, Sequence
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


def files_in(folder: str, suffixes: tuple[str, ...], wanted: Wanted) -> Iterator[str]:
    """Yield the paths of the reports in *folder* and below it, by their suffix, sorted folder by folder.

    Hidden files are left out, and those that a .gitignore in or above the folder excludes. Raises OSError if
    the folder itself cannot be read; one below that cannot be read is skipped.
    """
    os.scandir(folder).close()
    include, exclude = (_patterns(patterns) for patterns in wanted)
    ignored = _above(folder)
    for here, inner, names in os.walk(folder):
        ignored = [patterns for patterns in ignored if _inside(here, patterns.folder)] + _in(here)
        inner[:] = sorted(
            name
            for name in inner
            if not name.startswith(".") and not _left_out(os.path.join(here, name), ignored, folder=True)
        )
        for name in sorted(names):
            path = os.path.join(here, name)
            if name.startswith(".") or not os.path.isfile(path):
                continue
            relative = os.path.relpath(path, folder).replace(os.sep, "/")
            meant = name.lower().endswith(suffixes) or (include is not None and include.match_file(relative))
            unwanted = exclude is not None and exclude.match_file(relative)
            if meant and not unwanted and not _left_out(path, ignored, folder=False):
                yield path


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
