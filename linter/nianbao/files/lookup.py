"""The closest file of a given name in a folder or above it."""

import os
from collections.abc import Callable, Iterator

SETTINGS = "nianbao.yaml"
TOML = "pyproject.toml"
WAIVERS = "nianbao.waivers.yaml"
BASELINE = "nianbao.baseline.jsonl"
RULES = ".rules.yaml"  # the end of the names of files of rules


def folders(folder: str) -> Iterator[str]:
    """Yield *folder* and every folder above it, as absolute paths."""
    folder = os.path.abspath(folder)
    while True:
        yield folder
        above = os.path.dirname(folder)
        if above == folder:
            return
        folder = above


def closest(folder: str, name: str) -> str:
    """Return the path of the closest file *name* in *folder* or above it, "" if there is none."""
    paths = (os.path.join(above, name) for above in folders(folder))
    return next(filter(os.path.isfile, paths), "")


def is_ours(path: str) -> bool:
    """Return whether the file at *path*, and the link to it, belong to this user or to root; Windows is not asked."""
    if not hasattr(os, "geteuid"):
        return True
    try:
        return {os.lstat(path).st_uid, os.stat(path).st_uid} <= {0, os.geteuid()}
    except OSError:
        return False


def is_below(path: str, folder: str) -> bool:
    """Return whether *path* is *folder* itself or in it, links followed."""
    above, real = (os.path.normcase(os.path.realpath(each)) for each in (folder, path))
    return real == above or real.startswith(os.path.join(above, ""))


def leads_out(path: str) -> bool:
    """Return whether *path* is a link to a file that is not in the same folder or below."""
    return not is_below(path, os.path.dirname(path) or os.curdir)


def settings_path(folder: str, taken: Callable[[str], bool] = is_ours) -> str:
    """Return the path of the closest nianbao.yaml or pyproject.toml with `[tool.nianbao]`, "" if there is none.

    In one folder nianbao.yaml comes first. One that is not *taken* is passed over: settings decide what is
    found, and another user may put a file into any folder that is shared.
    """
    for above in folders(folder):
        path = os.path.join(above, SETTINGS)
        if os.path.isfile(path) and taken(path):
            return path
        path = os.path.join(above, TOML)
        if os.path.isfile(path) and _has_our_table(path) and taken(path):
            return path
    return ""


def _has_our_table(path: str) -> bool:
    """Return whether the pyproject.toml at *path* has our table; its errors are reported when it is read."""
    try:
        with open(path, "rb") as file:
            return b"[tool.nianbao" in file.read(1 << 20)
    except OSError:
        return False
