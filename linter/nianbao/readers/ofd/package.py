"""The zip of an OFD: its parts by name, each read within bounds."""

import posixpath
import zipfile
import zlib
from io import BytesIO

from nianbao.readers import limits
from nianbao.readers.drawn.reading import LARGE, TOO_BIG
from nianbao.readers.ofd.elements import DAMAGED, Element, tree
from nianbao.text.language import Text
from nianbao.text.member_names import as_written
from nianbao.text.source import UnreadableError

_ENTRY = b"PK\x01\x02"  # before each entry of the directory of a zip
_ENCRYPTED_BIT = 0x1
_UNPACKED = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_LOCAL, _HEAD = b"PK\x03\x04", 30  # before each part, and how many bytes before its name
_NAMES = (b"OFD.xml", b"Encryptions.xml")  # as programs write them
ROOT, _ENCRYPTIONS = ROOTS = ("ofd.xml", "encryptions.xml")

_ENCRYPTED = Text(
    "OFD 文件已加密，无法读取；请用制作它的软件解密，另存后再检查",
    "the OFD is encrypted and cannot be read; decrypt it with the software that made it, save a copy and check that",
)
_TWICE = Text(
    "OFD 文件里有两个 {part}，说不清哪个是真的，没有读；请重新导出",
    "the OFD has {part} twice and it is not clear which is meant; it was not read: export it again",
)


def has_root(data: bytes) -> bool:
    """Return whether the zip *data* has the part that every OFD begins with, or the one of an encrypted OFD."""
    try:
        if data.count(_ENTRY) <= limits.OFD_PARTS:  # zipfile makes an object of each
            with zipfile.ZipFile(BytesIO(data)) as archive:
                return any(_name(entry).lower() in ROOTS for entry in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        pass
    return _begins(data)


def _begins(data: bytes) -> bool:
    """Return whether the zip *data*, which has no directory that can be read, has such a part in it."""
    for name in _NAMES:
        at = data.find(name)
        if at >= _HEAD and data.startswith(_LOCAL, at - _HEAD):
            return True
    return False


class Package:
    """The parts of an OFD; upper and lower case are the same where no name is written alike."""

    def __init__(self, data: bytes) -> None:
        """Take the bytes of the file. Raises UnreadableError if they are too many, no zip, or encrypted."""
        if len(data) > limits.OFD_BYTES:
            raise UnreadableError(TOO_BIG.fill(kind="OFD", most=limits.OFD_BYTES >> 20))
        if data.count(_ENTRY) > limits.OFD_PARTS:
            raise UnreadableError(LARGE.fill(kind="OFD"))
        try:
            self._archive = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            raise UnreadableError(DAMAGED.fill(part="zip")) from None
        self._exact: dict[str, list[zipfile.ZipInfo]] = {}
        self._alike: dict[str, list[zipfile.ZipInfo]] = {}
        for entry in self._archive.infolist():
            name = _name(entry)
            self._exact.setdefault(name, []).append(entry)
            self._alike.setdefault(name.lower(), []).append(entry)
        if _ENCRYPTIONS in self._alike:
            raise UnreadableError(_ENCRYPTED)
        self._bytes = limits.OFD_ALL_BYTES
        self._tags = limits.OFD_TAGS

    def find(self, base: str, location: str) -> str:
        """Return the name of the part that the part *base* calls *location*, from the root if that begins with /.

        Some programs write names from the root without it.
        """
        location = location.strip().replace("\\", "/")
        beside = posixpath.normpath(posixpath.join("/", posixpath.dirname(base), location)).lstrip("/")
        return beside if self._entries(beside) else posixpath.normpath(f"/{location}").lstrip("/")

    def part(self, name: str) -> Element:
        """Return the root of the part *name*. Raises UnreadableError if it is not there or cannot be read.

        A part that is read again counts again.
        """
        found = self._entries(name)
        if not found:
            raise UnreadableError(DAMAGED.fill(part=name))
        if len(found) > 1:
            raise UnreadableError(_TWICE.fill(part=name))
        return tree(self._read(found[0]), name, self)

    def spend(self, tags: int) -> None:
        """Count *tags* that are about to be read. Raises UnreadableError when they are too many in all."""
        self._tags -= tags
        if self._tags < 0:
            raise UnreadableError(LARGE.fill(kind="OFD"))

    def _entries(self, name: str) -> list[zipfile.ZipInfo]:
        return self._exact.get(name) or self._alike.get(name.lower(), [])

    def _read(self, entry: zipfile.ZipInfo) -> bytes:
        if entry.flag_bits & _ENCRYPTED_BIT:
            raise UnreadableError(_ENCRYPTED)
        if entry.compress_type not in _UNPACKED:
            raise UnreadableError(DAMAGED.fill(part=_name(entry)))
        self._bytes -= entry.file_size
        if entry.file_size > limits.OFD_PART_BYTES or self._bytes < 0:
            raise UnreadableError(LARGE.fill(kind="OFD"))
        try:
            # Never more than the size in the directory, which was checked; a wrong checksum is an error.
            return self._archive.read(entry)
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, RuntimeError):
            raise UnreadableError(DAMAGED.fill(part=_name(entry))) from None


def _name(entry: zipfile.ZipInfo) -> str:
    """Return the name of *entry* as the parts write it."""
    return as_written(entry.filename, entry.flag_bits).replace("\\", "/").lstrip("/")
