"""The results that are kept in the user's own folder, each under a key that says what it depends on.

This imports next to nothing: where a result is kept, looking it up is all that is done.
"""

import os
import sys

try:
    from _blake2 import blake2b  # hashlib brings OpenSSL, at a fifth of the time that the whole run may take
except ImportError:
    from hashlib import blake2b

TYPE_CHECKING = False  # that of typing
if TYPE_CHECKING:
    from collections.abc import Iterable

_MOST = 64 << 20  # bytes of all that is kept
_LARGEST = 8 << 20  # bytes of one result
_LEFT = 48 << 20  # bytes that are left when there is no room for more
_DIGEST = 32
_SUFFIX = ".kept"


class Kept:
    """The folder of what is kept, and the installation by which it was judged: another one finds nothing in it."""

    def __init__(self, folder: str, installation: str) -> None:
        self.folder = folder
        self.installation = installation

    def key(self, parts: "Iterable[bytes]") -> str:
        """Return the key of what depends on *parts* alone."""
        return digest([self.installation.encode(), *parts]).hex()

    def read(self, key: str) -> bytes | None:
        """Return what is kept under *key*, None if there is nothing or it is damaged."""
        try:
            with open(self._path(key), "rb", buffering=0) as file:
                data = file.read(_LARGEST + _DIGEST + 1)
        except OSError:
            return None
        return data[_DIGEST:] if data[:_DIGEST] == digest([key.encode(), data[_DIGEST:]]) else None

    def write(self, key: str, data: bytes) -> None:
        """Keep *data* under *key*, unless it is large or the system refuses: then it is made again next time."""
        if len(data) > _LARGEST:
            return
        beside = os.path.join(self.folder, f".{key}-{os.urandom(4).hex()}.tmp")
        try:
            with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(digest([key.encode(), data]) + data)
            os.replace(beside, self._path(key))
        except OSError:
            _remove(beside)

    def make_room(self) -> None:
        """Remove what is oldest if there is more than may be."""
        files = sorted(self._files())
        size = sum(each[1] for each in files)
        if size <= _MOST:
            return
        for _, of_one, path in files:
            if size <= _LEFT:
                return
            _remove(path)
            size -= of_one

    def sizes(self) -> tuple[int, int]:
        """Return how many results are kept, and their bytes."""
        sizes = [size for _, size, _ in self._files()]
        return len(sizes), sum(sizes)

    def clear(self) -> None:
        """Remove all that is kept."""
        for _, _, path in self._files():
            _remove(path)

    def _path(self, key: str) -> str:
        return os.path.join(self.folder, key + _SUFFIX)

    def _files(self) -> list[tuple[float, int, str]]:
        """Return time, size and path of each file, those that a process left behind half written among them."""
        found = []
        try:
            with os.scandir(self.folder) as entries:
                for entry in entries:
                    if entry.name.endswith((_SUFFIX, ".tmp")) and entry.is_file(follow_symlinks=False):
                        state = entry.stat(follow_symlinks=False)
                        found.append((state.st_mtime, state.st_size, entry.path))
        except OSError:
            return []
        return found


def _remove(path: str) -> None:
    try:  # noqa: SIM105
        os.unlink(path)
    except OSError:
        pass


def kept() -> Kept | None:
    """Return what is kept, None if the user has no folder of his own or it is not known what is installed."""
    folder, installed = cache_folder(), installation()
    if not folder or not installed:
        return None
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        there = os.stat(folder)
    except OSError:
        return None
    if hasattr(os, "geteuid") and (there.st_uid != os.geteuid() or there.st_mode & 0o077):
        return None
    return Kept(folder, installed)


def cache_folder() -> str:
    """Return the folder of what is kept, "" for none."""
    folder = own_folder("XDG_CACHE_HOME", "~/.cache")
    return os.path.join(folder, "cache") if folder and os.name == "nt" else folder


def own_folder(variable: str, otherwise: str) -> str:
    """Return our folder in the one that *variable* names, by default in *otherwise*; Windows has one for all.

    It is "" for none: a path that is not absolute may be anybody's.
    """
    if os.name == "nt":
        base = os.environ.get("LOCALAPPDATA", "")
    else:
        base = os.environ.get(variable, "")
        if not os.path.isabs(base):
            base = os.path.expanduser(otherwise)
    return os.path.join(base, "nianbao") if os.path.isabs(base) else ""


def installation() -> str:
    """Return a digest of all that is installed; "" if our own code is not what an installer has put there.

    That is Python, the names and versions of all distributions, and for those that nianbao is made of the digests
    that their installer has written of each file. The sources of a checkout change without any of it.
    """
    parts = [sys.version.encode(), sys.platform.encode()]
    home = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    ours = False
    for folder in sys.path:
        try:
            names = sorted(name for name in os.listdir(folder or ".") if name.endswith(_INFO))
        except NotADirectoryError:  # a zip, which may have a plugin in it
            parts.append(_state(folder))
            continue
        except OSError:
            continue
        for name in names:
            parts.append(name.encode("utf-8", "surrogateescape"))
            info = os.path.join(folder, name)
            if b"[nianbao]" not in _content(os.path.join(info, "entry_points.txt")):
                continue
            record = _content(os.path.join(info, "RECORD"))
            if not record or b'"editable": true' in _content(os.path.join(info, "direct_url.json")):
                return ""
            parts.append(record)
            ours |= name.startswith("nianbao-") and os.path.abspath(folder) == home
    return digest(parts).hex() if ours else ""


_INFO = (".dist-info", ".egg-info")


def _content(path: str) -> bytes:
    try:
        with open(path, "rb", buffering=0) as file:
            return file.read()
    except OSError:
        return b""


def _state(path: str) -> bytes:
    """Return what tells the file at *path* from what it is after a change."""
    try:
        state = os.stat(path)
    except OSError:
        return b""
    return f"{path} {state.st_size} {state.st_mtime_ns}".encode("utf-8", "surrogateescape")


def digest(parts: "Iterable[bytes]") -> bytes:
    """Return one digest of *parts*, each with its length."""
    whole = blake2b(digest_size=_DIGEST)
    for part in parts:
        whole.update(len(part).to_bytes(8, "big"))
        whole.update(part)
    return whole.digest()
