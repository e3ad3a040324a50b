"""The settings files that the user trusts: their Python may run, and they may name files anywhere.

Trust is kept in the user's own folder, a file for each settings file: the files that were trusted with it, and a
digest of all of them. A change to one of them ends it.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cached_property

from nianbao_grammar.records import NamedTuple

from nianbao.files.lookup import SETTINGS, is_below
from nianbao.files.regular import PLUGIN_BYTES, contents
from nianbao.files.replace import Replacement
from nianbao.plugins.loaded import PluginError
from nianbao.run.kept import digest, own_folder
from nianbao.text.language import Text
from nianbao.text.source import Source, UnreadableError

VARIABLE = "NIANBAO_TRUST"  # "1" for what `--trust` does, in CI
_RECORD_BYTES = 2**20
_UNTRUSTED = Text(
    "配置要运行 Python 文件 {files}，还没有得到信任，没有运行",
    "these settings run {files}, in Python, which you have not trusted: nothing was run",
)
_CHANGED = Text(
    "配置要运行 Python 文件 {files}，信任之后有文件改过，没有运行",
    "these settings run {files}, in Python, and something has changed since you trusted it: nothing was run",
)
_HOW = Text(
    "先看看这些文件；不用配置，加 --no-config；只信任这一次，加 --trust；从此信任，运行 {command}",
    "look at these files; to do without the settings give --no-config, to trust them once --trust, and from now on run {command}",
)


class UntrustedError(PluginError):
    """Python *files* that *settings* name and the user has not trusted, or not as they are now."""

    def __init__(self, settings: str, files: Sequence[str], *, changed: bool) -> None:
        self.settings, self.files, self.changed = settings, files, changed
        listed = Text("、".join(files), ", ".join(files))
        words = (_CHANGED if changed else _UNTRUSTED).fill(files=listed)
        super().__init__(settings, words, _HOW.fill(command=command_for(settings)))

    @property
    def from_anywhere(self) -> "UntrustedError":
        """The same with a command that may be typed in any folder."""
        return UntrustedError(os.path.abspath(self.settings), self.files, changed=self.changed)


class Trusted(NamedTuple):
    """A settings file that is trusted together with *files*, itself among them; all are real paths."""

    settings: str
    files: tuple[str, ...]
    digest: str

    @property
    def holds(self) -> bool:
        """Whether all files are as they were."""
        try:
            return _digest(self.files) == self.digest
        except (OSError, ValueError, UnreadableError):
            return False


class NoFolderError(Exception):
    """The user has no folder to keep trust in."""


def everything_trusted() -> bool:
    """Return whether the environment lets in whatever settings name, as `--trust` does."""
    return os.environ.get(VARIABLE) == "1"


def command_for(settings: str) -> str:
    """Return the command that trusts the file *settings*, as it is typed in a shell."""
    from shlex import quote

    folder, name = os.path.split(settings)
    word = (folder or os.curdir) if name == SETTINGS else settings
    return "nianbao trust " + (f'"{word}"' if os.name == "nt" else quote(word))


class Reach:
    """The files that the settings in one file may name: those in its folder and below, and those trusted with it."""

    def __init__(self, settings: str, *, everything: bool = False, text: str | None = None) -> None:
        """Take the path of the file; with *everything* there is no bound, and all is trusted.

        *text* is its content while it is open in an editor: trust is in what is on the disk.
        """
        self.settings = settings
        self.everything = everything or everything_trusted()
        self._text = text

    @cached_property
    def record(self) -> Trusted | None:
        """What is trusted with the file, unchanged or not."""
        return trusted(self.settings)

    @cached_property
    def files(self) -> frozenset[str]:
        """The real paths of the files that are trusted with it, none if one of them has changed."""
        if self.record is None or not self.record.holds or not self._is_saved():
            return frozenset()
        return frozenset(self.record.files)

    def _is_saved(self) -> bool:
        with suppress(OSError, ValueError, UnreadableError):
            return self._text in (None, Source.decode(contents(self.settings, PLUGIN_BYTES), "").text)
        return False

    def has(self, path: str) -> bool:
        """Return whether the settings may name the file at *path*."""
        return self.everything or self._is_near(path) or os.path.realpath(path) in self.files

    @property
    def reads_all(self) -> bool:
        """Whether the settings may name reports anywhere, to be read and shown: they are trusted."""
        return self.everything or bool(self.files)

    def may_search(self, folder: str) -> bool:
        """Return whether the settings may look for files in *folder*."""
        return self.everything or self._is_near(folder) or any(is_below(each, folder) for each in self.files)

    def _is_near(self, path: str) -> bool:
        return is_below(path, os.path.dirname(self.settings) or os.curdir)

    def trusts(self, path: str) -> bool:
        """Return whether the Python file at *path* may be run."""
        return self.everything or os.path.realpath(path) in self.files

    def require_trust(self, python: Sequence[str]) -> None:
        """Raise UntrustedError unless all files in *python* may be run."""
        if not all(map(self.trusts, python)):
            raise UntrustedError(self.settings, python, changed=self.record is not None)


def trusted(settings: str) -> Trusted | None:
    """Return what is trusted with the file *settings*, unchanged or not; None if nothing ever was."""
    return _read(record_path(settings))


def trust(settings: str, files: Iterable[str]) -> Trusted:
    """Trust the file *settings* with the other *files* as they are now.

    Raises NoFolderError, UnreadableError or OSError for a file that cannot be read, OSError if nothing is kept.
    """
    import json

    real = os.path.realpath(settings)
    every = tuple(sorted({real, *map(os.path.realpath, files)}))
    whole = _digest(every)
    record = Trusted(real, every, whole)
    path = _record_path(real)
    if not path:
        raise NoFolderError
    os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
    new = Replacement(path)
    try:
        os.chmod(new.file.name, 0o600)
        new.file.write(json.dumps(record._asdict()).encode())
    except BaseException:
        new.leave()
        raise
    new.put()
    return record


def all_trusted() -> Iterator[Trusted]:
    """Yield what is trusted, in the order of the settings files."""
    folder = _folder()
    with suppress(OSError):
        names = os.listdir(folder) if folder else []
        found = [record for name in names if (record := _read(os.path.join(folder, name))) is not None]
        yield from sorted(found)


def end_trust(record: Trusted) -> None:
    """Trust *record* no longer. Raises OSError."""
    os.unlink(_record_path(record.settings))


def _folder() -> str:
    """Return the folder that trust is kept in, "" for none."""
    folder = own_folder("XDG_STATE_HOME", "~/.local/state")
    return os.path.join(folder, "trusted") if folder else ""


def record_path(settings: str) -> str:
    """Return the path of the file that trust in the file *settings* is kept in, "" if it cannot be kept."""
    return _record_path(os.path.realpath(settings))


def _record_path(real: str) -> str:
    name = digest([os.fsencode(os.path.normcase(real))]).hex()
    folder = _folder()
    return os.path.join(folder, f"{name}.json") if folder else ""


def _read(path: str) -> Trusted | None:
    """Return the record in the file at *path*, None if there is none or another user could have written it."""
    import json

    try:
        there = os.stat(path)
        if hasattr(os, "geteuid") and (there.st_uid != os.geteuid() or there.st_mode & 0o022):
            return None
        said = json.loads(contents(path, _RECORD_BYTES))
        record = Trusted(str(said["settings"]), tuple(map(str, said["files"])), str(said["digest"]))
    except (OSError, ValueError, TypeError, KeyError, UnreadableError):
        return None
    return record if _record_path(record.settings) == path else None


def _digest(files: Iterable[str]) -> str:
    """Return one digest of the names and contents of *files*. Raises as `contents`."""
    parts = ((os.fsencode(path), contents(path, PLUGIN_BYTES)) for path in sorted(files))
    return digest(part for pair in parts for part in pair).hex()
