"""The entry points of installed distributions, read from the files that installers write."""

import os
import sys
from collections.abc import Iterator, Sequence

from nianbao_grammar.records import NamedTuple

GROUP = "nianbao"


class Installed(NamedTuple):
    """An entry point of the group `nianbao`: its name, the object it names, and the distribution's folder."""

    name: str
    target: str
    folder: str

    @property
    def distribution(self) -> str:
        """Name and version of the distribution."""
        name, _, version = os.path.basename(self.folder).rpartition(".")[0].partition("-")
        return f"{name} {version.partition('-')[0]}".strip()


def installed(path: Sequence[str] | None = None) -> Iterator[Installed]:
    """Yield the entry points of the group `nianbao` in the folders of *path*, sys.path by default.

    Read from the `entry_points.txt` that every installer writes. importlib.metadata does the same for
    archives and finders of every kind, at two thirds of our start-up budget (docs/adr/0002).
    """
    seen = set()
    for folder in sys.path if path is None else path:
        try:
            names = sorted(entry.name for entry in os.scandir(folder or "."))
        except OSError:
            continue
        for name in names:
            if not name.endswith((".dist-info", ".egg-info")):
                continue
            for point in _entries(os.path.join(folder, name)):
                if (point.name, point.target) not in seen:
                    seen.add((point.name, point.target))
                    yield point


def _entries(folder: str) -> Iterator[Installed]:
    try:
        with open(os.path.join(folder, "entry_points.txt"), "rb", buffering=0) as file:
            data = file.read()
        lines = data.decode().splitlines() if GROUP.encode() in data else []
    except (OSError, UnicodeDecodeError):
        return
    section = ""
    for line in map(str.strip, lines):
        if line.startswith("["):
            section = line.strip("[]").strip()
        elif section == GROUP and "=" in line and not line.startswith(("#", ";")):
            name, _, target = line.partition("=")
            yield Installed(name.strip(), target.split("[")[0].strip(), folder)
