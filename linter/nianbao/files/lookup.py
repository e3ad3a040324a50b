"""The closest file of a given name in a folder or above it."""

import os
from collections.abc import Iterator

SETTINGS = "nianbao.yaml"
TOML = "pyproject.toml"
WAIVERS = "nianbao.waivers.yaml"
BASELINE = "nianbao.baseline.jsonl"


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


def settings_path(folder: str) -> str:
    """Return the path of the closest nianbao.yaml or pyproject.toml with `[tool.nianbao]`, "" if there is none.

    In one folder nianbao.yaml comes first.
    """
    for above in folders(folder):
        path = os.path.join(above, SETTINGS)
        if os.path.isfile(path):
            return path
        path = os.path.join(above, TOML)
        if os.path.isfile(path) and _has_our_table(path):
            return path
    return ""


def _has_our_table(path: str) -> bool:
    """Return whether the pyproject.toml at *path* has our table; its errors are reported when it is read."""
    try:
        with open(path, "rb") as file:
            return b"[tool.nianbao" in file.read(1 << 20)
    except OSError:
        return False
