"""A zip as a folder: what it holds, one level deep, read without unpacking anything to the disk.

Names in it are labels, never paths: none leads out of the archive.
"""

import os
import stat
from collections.abc import Iterator
from typing import TYPE_CHECKING

from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

from nianbao.files.lookup import folders
from nianbao.files.regular import opened
from nianbao.text.language import Text
from nianbao.text.member_names import as_written
from nianbao.text.source import UnreadableError

if TYPE_CHECKING:  # few runs meet an archive
    from zipfile import ZipInfo

SUFFIX = ".zip"
MEMBERS = 2_000
DIRECTORY_BYTES = 2**20  # of the list of its members, of which each becomes an object
ALL_BYTES = 2**30  # of all members unpacked, one by one
MEMBER_BYTES = 50 * 2**20  # of one unpacked, the most that a file of any kind may have
RATIO = 200  # unpacked to packed, as of a part of a docx
RATIO_FROM = 2**20  # one smaller than this does no harm, however well it packs
_SEPARATOR = re.compile(r"[/\\]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_STORED, _DEFLATED = 0, 8
_ENCRYPTED = 0x1
_END = b"PK\x05\x06"
_END_BYTES = 22 + 2**16  # the longest comment of an archive
_LOCAL = 30  # bytes of the head of a member
# A file of an office program is a zip too; by what its name is, it is read as what it is.
_DOCUMENTS = frozenset({"[content_types].xml", "ofd.xml", "content.xml", "meta-inf/container.xml"})

_DAMAGED = Text(
    "压缩包已损坏或不完整，没有读；请重新下载，或者解压后检查里面的报告",
    "the archive is damaged or incomplete and was not read: download it again, or unpack it and check the reports in it",
)
_MANY = Text(
    "压缩包里的文件太多（最多 {most} 个），没有读；请分成几个，或者解压后检查",
    "the archive has more than {most} files and was not read: split it, or unpack it and check that",
)
_MUCH = Text(
    "压缩包解压后有 {size} MiB，可能是恶意文件，没有读；请核实文件的来源，可靠的，解压后检查",
    "the archive unpacks to {size} MiB; it may be hostile and was not read: ask where it comes from and, if it is sound, unpack it and check that",
)
_TWICE = Text(
    "压缩包里有两个 {name}，说不清哪个是真的，没有读；请解压后检查",
    "the archive has {name} twice and it is not clear which is meant; it was not read: unpack it and check that",
)
_BOMB = Text(
    "文件解压后有 {size} MiB，不像一份年度报告，可能是恶意文件，没有读；请核实文件的来源",
    "it unpacks to {size} MiB, which no annual report does; it may be hostile and was not read: ask where it comes from",
)
_LOCKED = Text(
    "压缩包设有密码，没有读；请解压后检查里面的报告",
    "the archive is protected by a password and was not read: unpack it and check the reports in it",
)
_METHOD = Text(
    "压缩包用的压缩方法读不了；请解压后检查里面的报告",
    "the archive is packed in a way that cannot be read: unpack it and check the reports in it",
)


class Member(NamedTuple):
    """A file in an archive: its *path*, which is that of the archive and its name there, and where its bytes are."""

    path: str
    archive: str
    name: str
    at: int
    packed: int
    size: int
    method: int
    checksum: int
    locked: bool = False
    link: bool = False

    def content(self) -> bytes:
        """Return the content. Raises UnreadableError, OSError."""
        import zlib

        if self.locked:
            raise UnreadableError(_LOCKED)
        if self.method not in (_STORED, _DEFLATED):
            raise UnreadableError(_METHOD)
        most = RATIO * max(self.packed, 1)
        if self.size > MEMBER_BYTES or self.size > max(RATIO_FROM, most):
            raise UnreadableError(_BOMB.fill(size=self.size >> 20))
        with opened(self.archive) as file:
            file.seek(self.at)
            head = file.read(_LOCAL)
            file.seek(self.at + _LOCAL + sum(int.from_bytes(head[i : i + 2], "little") for i in (26, 28)))
            data = file.read(self.packed)
        if self.method == _DEFLATED:
            try:
                data = zlib.decompressobj(-zlib.MAX_WBITS).decompress(data, self.size + 1)
            except zlib.error:
                raise UnreadableError(_DAMAGED) from None
        if not head.startswith(b"PK\x03\x04") or len(data) != self.size or zlib.crc32(data) != self.checksum:
            raise UnreadableError(_DAMAGED)
        return data


def is_archive(path: str) -> bool:
    """Return whether *path* is a file that is to be taken for a folder: an archive that is no document by itself."""
    if not (path.lower().endswith(SUFFIX) and os.path.isfile(path)):
        return False
    try:
        return members(path) is not None
    except (UnreadableError, OSError):
        return True


def members(path: str) -> tuple[Member, ...] | None:
    """Return the files in the archive *path*, None if it is a document that has the name of an archive.

    Raises UnreadableError if the archive cannot be read safely, OSError.
    """
    from zipfile import BadZipFile, ZipFile

    try:
        with opened(path) as file:
            size = os.fstat(file.fileno()).st_size
            file.seek(max(size - _END_BYTES, 0))
            end = file.read()
            at = end.rfind(_END)
            directory = int.from_bytes(end[at + 12 : at + 16], "little")
            if at < 0:
                raise UnreadableError(_DAMAGED)
            if directory > DIRECTORY_BYTES:  # zipfile would make an object of each entry
                raise UnreadableError(_MANY.fill(most=MEMBERS))
            with ZipFile(file) as archive:
                entries = [entry for entry in archive.infolist() if not entry.filename.endswith("/")]
    except (BadZipFile, ValueError, NotImplementedError, EOFError):
        raise UnreadableError(_DAMAGED) from None
    found = {entry.filename.replace("\\", "/").lower() for entry in entries}
    if found & _DOCUMENTS:
        return None
    return tuple(_guarded(path, entries, size))


def _guarded(path: str, entries: "list[ZipInfo]", size: int) -> Iterator[Member]:
    if len(entries) > MEMBERS:
        raise UnreadableError(_MANY.fill(most=MEMBERS))
    whole = sum(entry.file_size for entry in entries)
    if whole > ALL_BYTES:
        raise UnreadableError(_MUCH.fill(size=whole >> 20))
    if sum(entry.compress_size for entry in entries) > size:  # many names for the same bytes
        raise UnreadableError(_DAMAGED)
    seen: set[str] = set()
    for entry in entries:
        name = _label(as_written(entry.orig_filename, entry.flag_bits))
        if name in seen:
            raise UnreadableError(_TWICE.fill(name=name))
        seen.add(name)
        yield Member(
            f"{path}/{name}",
            path,
            name,
            entry.header_offset,
            entry.compress_size,
            entry.file_size,
            entry.compress_type,
            entry.CRC,
            bool(entry.flag_bits & _ENCRYPTED),
            stat.S_ISLNK(entry.external_attr >> 16),
        )


def _label(name: str) -> str:
    """Return *name* as a path within the archive, whatever it says."""
    parts = (part.strip() for part in _SEPARATOR.split(_CONTROL.sub("\ufffd", name)))
    return "/".join(part for part in parts if part not in ("", ".", "..")) or "\ufffd"


def archive_above(path: str) -> str:
    """Return the archive that *path* would be in, "" if none is there."""
    if os.path.lexists(path):
        return ""
    above = next(filter(os.path.lexists, folders(os.path.dirname(path) or os.curdir)), "")
    return above if above.lower().endswith(SUFFIX) and os.path.isfile(above) else ""


def member_at(path: str) -> Member | None:
    """Return the file in an archive that *path* means (`a.zip/b.docx`), None if there is none.

    Raises UnreadableError if the archive cannot be read, OSError.
    """
    archive = archive_above(path)
    if not archive:
        return None
    name = os.path.abspath(path)[len(archive) + 1 :].replace(os.sep, "/")
    found = next((each for each in members(archive) or () if each.name == name), None)
    return found._replace(path=path) if found is not None else None
