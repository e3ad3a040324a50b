"""The zip of a docx, changed by splices into its bytes.

Everything else keeps its bytes, its order, its times and its comment; only the offsets of the parts and the length
and checksum of a changed part are written again.
"""

import struct
import zlib
from collections.abc import Iterator, Mapping

from nianbao_grammar.records import NamedTuple

from nianbao.readers.limits import DOCX_PART_BYTES
from nianbao.text.language import Text
from nianbao.text.splice import Splice, spliced
from nianbao.writers.writer import RefusedError

_STORED, _DEFLATED = 0, 8
_END = struct.Struct("<4s4H2IH")  # the record at the end of a zip
_LISTED = struct.Struct("<4s6H3I5H2I")  # an entry in its directory
_LOCAL = struct.Struct("<4s5H3I2H")  # the record before the bytes of an entry
_SUMS = struct.Struct("<3I")  # checksum, packed length, unpacked length
_OFFSET = struct.Struct("<I")
_DESCRIBED = 0x8  # the sums follow the bytes
_DESCRIPTOR = b"PK\x07\x08"
_LARGE_LOCATOR = b"PK\x06\x07"
_FULL = 0xFFFFFFFF
_VERSION, _EPOCH = 20, 0x21  # the version that unpacks it; the first day that a zip can have

_LARGE = Text(
    "文件的压缩方式（ZIP64）不能原样写回，没有改；请用 Word 或 WPS 打开，另存为 .docx 再试",
    "the package is a ZIP64, which cannot be written back as it was: open it in Word or WPS, save it as .docx and try again",
)
_DAMAGED = Text(
    "文件的压缩包有损坏，不能原样写回，没有改；请用 Word 或 WPS 打开，另存为 .docx 再试",
    "the package is damaged and cannot be written back as it was: open it in Word or WPS, save it as .docx and try again",
)


class ZipEntry(NamedTuple):
    """A part: the offsets of its entry in the directory and of its bytes, and how these are packed."""

    name: str
    listed: int
    offset: int  # as in the directory
    local: int  # the same in the file
    start: int  # of the packed bytes
    flags: int
    method: int
    crc: int
    packed: int
    size: int

    @property
    def end(self) -> int:
        """The end of its packed bytes."""
        return self.start + self.packed


class Archive:
    """The parts of a zip by their names in lower case."""

    def __init__(self, data: bytes) -> None:
        """Take the bytes of a zip that has been read before. Raises RefusedError if it cannot be kept as it is."""
        self._data = data
        try:
            self._end = self._found_end()
            self._directory = self._end - _END.unpack_from(data, self._end)[5]
            self.entries = {entry.name.lower(): entry for entry in self._listed()}
        except struct.error:
            raise RefusedError(_DAMAGED) from None

    def content(self, name: str) -> bytes | None:
        """Return the part *name* unpacked, None if there is none. Raises RefusedError."""
        entry = self.entries.get(name.lower())
        if entry is None:
            return None
        packed = self._data[entry.start : entry.end]
        if entry.method == _STORED:
            return packed
        try:
            unpacked = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, DOCX_PART_BYTES + 1)
        except zlib.error:
            raise RefusedError(_DAMAGED) from None
        if len(unpacked) != entry.size:
            raise RefusedError(_DAMAGED)
        return unpacked

    def with_parts(self, parts: Mapping[str, bytes]) -> bytes:
        """Return the zip with *parts* replaced, and new ones behind the others."""
        known = {name: data for name, data in parts.items() if name.lower() in self.entries}
        splices = [splice for name, data in known.items() for splice in self._changed(name, data)]
        grown = [(splice.start, len(splice.new) - splice.end + splice.start) for splice in splices]
        new = b""
        listed = b""
        before = self._moved(self._directory, grown)
        for name, data in parts.items():
            if name not in known:
                entry, line = _entry(name, data, before + len(new))
                new, listed = new + entry, listed + line
        splices.append(Splice(self._directory, self._directory, new))
        splices.extend(self._offsets(grown))
        splices.append(Splice(self._end, self._end, listed))
        splices.append(self._ended(len(parts) - len(known), len(listed), before + len(new)))
        return spliced(self._data, splices)

    def _found_end(self) -> int:
        data = self._data
        at: int = data.rfind(b"PK\x05\x06")
        while at >= 0 and at + _END.size + _END.unpack_from(data, at)[7] != len(data):
            at = data.rfind(b"PK\x05\x06", 0, at)
        if at < 0:
            raise RefusedError(_DAMAGED)
        if data[max(at - 20, 0) :].startswith(_LARGE_LOCATOR):
            raise RefusedError(_LARGE)
        return at

    def _listed(self) -> Iterator[ZipEntry]:
        """Yield the entries of the directory. Raises RefusedError, struct.error."""
        data, at = self._data, self._directory
        before = at - _END.unpack_from(data, self._end)[6]  # bytes before the zip
        while at < self._end:
            line = _LISTED.unpack_from(data, at)
            flags, method, crc, packed, size, names, extra, comment = *line[3:5], *line[7:13]
            offset = line[16]
            if line[0] != b"PK\x01\x02" or before < 0:
                raise RefusedError(_DAMAGED)
            if _FULL in (packed, size, offset):
                raise RefusedError(_LARGE)
            name = data[at + _LISTED.size : at + _LISTED.size + names].decode("utf-8", "replace")
            local = _LOCAL.unpack_from(data, before + offset)
            start = before + offset + _LOCAL.size + local[9] + local[10]
            yield ZipEntry(name, at, offset, before + offset, start, flags, method, crc, packed, size)
            at += _LISTED.size + names + extra + comment

    def _changed(self, name: str, data: bytes) -> Iterator[Splice]:
        """Yield the splices that make *data* the content of the part *name*, its sums included."""
        entry = self.entries[name.lower()]
        packed = data if entry.method == _STORED else _deflated(data)
        old, new = (
            _SUMS.pack(entry.crc, entry.packed, entry.size),
            _SUMS.pack(zlib.crc32(data), len(packed), len(data)),
        )
        yield Splice(entry.start, entry.end, packed)
        yield Splice(entry.listed + 16, entry.listed + 28, new)
        if self._data[entry.local + 14 : entry.local + 26] == old:
            yield Splice(entry.local + 14, entry.local + 26, new)
        if entry.flags & _DESCRIBED:
            signed = self._data[entry.end : entry.end + 16] == _DESCRIPTOR + old
            at = entry.end + (len(_DESCRIPTOR) if signed else 0)
            if self._data[at : at + _SUMS.size] == old:
                yield Splice(at, at + _SUMS.size, new)

    def _moved(self, offset: int, grown: list[tuple[int, int]]) -> int:
        """Return the new value, as the directory counts, of the *offset* in the file after the splices *grown*."""
        before: int = self._directory - _END.unpack_from(self._data, self._end)[6]
        return offset - before + sum(by for start, by in grown if start < offset)

    def _offsets(self, grown: list[tuple[int, int]]) -> Iterator[Splice]:
        for entry in self.entries.values():
            moved = self._moved(entry.local, grown)
            if moved != entry.offset:
                yield Splice(entry.listed + 42, entry.listed + 46, _OFFSET.pack(moved))

    def _ended(self, added: int, longer: int, directory: int) -> Splice:
        """Return the splice of the record at the end, its comment kept."""
        mark, disk, first, here, whole, size, _, comment = _END.unpack_from(self._data, self._end)
        new = _END.pack(mark, disk, first, here + added, whole + added, size + longer, directory, comment)
        return Splice(self._end, self._end + _END.size, new)


def _deflated(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


def _entry(name: str, data: bytes, offset: int) -> tuple[bytes, bytes]:
    """Return the bytes of a new part in a zip at *offset*, and its entry in the directory."""
    packed, encoded = _deflated(data), name.encode("ascii")
    sums = (zlib.crc32(data), len(packed), len(data))
    fields = (0, _DEFLATED, 0, _EPOCH, *sums, len(encoded), 0)
    local = _LOCAL.pack(b"PK\x03\x04", _VERSION, *fields) + encoded + packed
    return local, _LISTED.pack(b"PK\x01\x02", _VERSION, _VERSION, *fields, 0, 0, 0, 0, offset) + encoded
