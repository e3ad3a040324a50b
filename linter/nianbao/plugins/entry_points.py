"""The entry points of installed distributions, read from the files that installers write."""

import os
import sys
from collections.abc import Iterator, Sequence

from nianbao_grammar.records import NamedTuple

GROUP = "nianbao"
_POINTS = "entry_points.txt"
_INFO = (".dist-info", ".egg-info")


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
    """Yield the entry points of the group `nianbao` in the folders and zip files of *path*, sys.path by default.

    Read from the `entry_points.txt` that every installer writes. importlib.metadata does the same for
    finders of every kind, at two thirds of our start-up budget (docs/adr/0002).
    """
    seen = set()
    for folder in sys.path if path is None else path:
        for info, data in _written(folder or "."):
            for point in _entries(info, data):
                if (point.name, point.target) not in seen:
                    seen.add((point.name, point.target))
                    yield point


def _written(folder: str) -> Iterator[tuple[str, bytes]]:
    """Yield the folder of each distribution in *folder*, which may be a zip, and what its `entry_points.txt` says."""
    try:
        names = sorted(entry.name for entry in os.scandir(folder))
    except NotADirectoryError:
        yield from _zipped(folder)
        return
    except OSError:
        return
    for name in names:
        if name.endswith(_INFO):
            info = os.path.join(folder, name)
            try:
                with open(os.path.join(info, _POINTS), "rb", buffering=0) as file:
                    yield info, file.read()
            except OSError:
                continue


def _zipped(path: str) -> Sequence[tuple[str, bytes]]:
    """Return the same of the zip at *path*; nothing of what is none."""
    try:
        with open(path, "rb", buffering=0) as file:
            if _POINTS.encode() not in file.read():  # the names in a zip stand there as they are
                return ()
        from zipfile import ZipFile

        with ZipFile(path) as archive:
            infos = [name.removesuffix(f"/{_POINTS}") for name in sorted(archive.namelist())]
            return [
                (os.path.join(path, info), archive.read(f"{info}/{_POINTS}"))
                for info in infos
                if info.endswith(_INFO) and "/" not in info
            ]
    except Exception:  # whatever is wrong with it: Python imports nothing from it either
        return ()


def _entries(folder: str, data: bytes) -> Iterator[Installed]:
    try:
        lines = data.decode().splitlines() if GROUP.encode() in data else []
    except UnicodeDecodeError:
        return
    section = ""
    for line in map(str.strip, lines):
        if line.startswith("["):
            section = line.strip("[]").strip()
        elif section == GROUP and "=" in line and not line.startswith(("#", ";")):
            name, _, target = line.partition("=")
            yield Installed(name.strip(), target.split("[")[0].strip(), folder)
