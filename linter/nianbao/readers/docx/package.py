"""The zip of a docx or a workbook: checked before anything is unpacked, its parts found by their relationships."""

import posixpath
import zipfile
import zlib
from io import BytesIO

from nianbao.readers import limits
from nianbao.readers.docx.events import DAMAGED, Attributes, Walk, scope
from nianbao.text.language import Text
from nianbao.text.source import UnreadableError

_MIB = 2**20
_ENTRY = b"PK\x01\x02"  # before each entry of the directory of a zip
_ENCRYPTED_BIT = 0x1
_UNPACKED = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_USUAL = ("word/document.xml", "xl/workbook.xml")

ENCRYPTED = Text(
    "文档设有打开密码，读不了；请在 Office 或 WPS 中取消密码，另存后再检查",
    "the document is protected by a password and cannot be read; remove the password in Office or WPS, save it and check again",
)
_LARGE = Text(
    "文件有 {size} MiB，超过上限 {most} MiB，没有读；请压缩或删去图片、附件，另存后再检查",
    "the file has {size} MiB, more than the {most} MiB that are read; make its pictures smaller or remove them, save it and check again",
)
_BOMB = Text(
    "{part}解压后有 {size} MiB，不像一份年度报告，可能是恶意文件，没有读；请核实文件的来源",
    "{part} unpacks to {size} MiB, which no annual report does; it may be hostile and was not read: ask where it comes from",
)
_ALL = Text("整个文件", "the whole file")
_MANY = Text(
    "压缩包里的文件超过 {most} 个，不像一份报告，没有读；请核对文件",
    "the package has more than {most} files, which no report has; it was not read: check the file",
)
_TWICE = Text(
    "压缩包里有两个 {part}，说不清哪个是真的，没有读；请用 Office 或 WPS 打开，另存一份再检查",
    "the package has {part} twice and it is not clear which is meant; open it in Office or WPS, save a copy and check that",
)
_FOREIGN = Text(
    "是{kind}，不是 Word 文档；请{remedy}再检查",
    "{kind}, not a Word file; {remedy} and check again",
)
_AS_DOCX = Text("另存为 .docx ", "save it as .docx")
_UNPACK = Text("解压，对里面的报告", "unpack it")
# Other kinds of files that are a zip, by the beginning of the name of a member.
_KINDS = (
    ("xl/", Text("二进制的 Excel 工作簿", "a binary Excel workbook"), Text("另存为 .xlsx ", "save it as .xlsx")),
    ("ppt/", Text(" PowerPoint 演示文稿", "a PowerPoint presentation"), _AS_DOCX),
    ("content.xml", Text(" OpenDocument 文件", "an OpenDocument file"), _AS_DOCX),
    ("meta-inf/container.xml", Text(" EPUB 电子书", "an EPUB book"), _AS_DOCX),
)  # fmt: skip
_ZIP = Text("普通压缩包", "a plain zip archive")


class Package:
    """The parts of a docx by name; upper and lower case are the same."""

    def __init__(self, data: bytes) -> None:
        """Take the bytes of the file. Raises UnreadableError if they are no docx that can be read safely."""
        if len(data) > limits.DOCX_BYTES:
            raise UnreadableError(_LARGE.fill(size=len(data) // _MIB, most=limits.DOCX_BYTES // _MIB))
        if (
            data.count(_ENTRY) > limits.DOCX_PARTS
        ):  # zipfile would make an object of each before they are counted
            raise UnreadableError(_MANY.fill(most=limits.DOCX_PARTS))
        try:
            self._archive = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            raise UnreadableError(DAMAGED.fill(part="zip")) from None
        self._members = _guarded(self._archive.infolist())
        usual = next((name for name in _USUAL if name in self._members), _USUAL[0])
        self.main = self._target("", "officeDocument") or usual

    def foreign(self) -> UnreadableError:
        """Return the error for a file whose main part is not Word's."""
        for start, kind, remedy in _KINDS:
            if any(name.startswith(start) for name in self._members):
                return UnreadableError(_FOREIGN.fill(kind=kind, remedy=remedy))
        if "[content_types].xml" in self._members:
            return UnreadableError(DAMAGED.fill(part=self.main))
        return UnreadableError(_FOREIGN.fill(kind=_ZIP, remedy=_UNPACK))

    def document(self) -> bytes:
        """Return the content of the main part. Raises UnreadableError if there is none."""
        data = self.part(self.main)
        if data is None:
            raise self.foreign()
        return data

    def related(self, kind: str) -> tuple[str, bytes] | None:
        """Return name and content of the part that the main part has as its *kind* (`styles`), None for none."""
        name = self._target(self.main, kind) or posixpath.join(posixpath.dirname(self.main), f"{kind}.xml")
        data = self.part(name)
        return None if data is None else (name, data)

    def _target(self, part: str, kind: str) -> str:
        """Return the name of the part that *part*, "" for the package, has as its *kind*; "" for none."""
        targets = self.targets(part).values()
        return next((name for its_kind, name in targets if its_kind == kind), "")

    def targets(self, part: str) -> dict[str, tuple[str, str]]:
        """Return what *part*, "" for the package, is related to: kind and name of each part, by the key of the relation."""
        folder, base = posixpath.split(part)
        name = posixpath.join(folder, "_rels", f"{base}.rels")
        data = self.part(name)
        targets: dict[str, tuple[str, str]] = {}

        def relationship(attributes: Attributes) -> None:
            _, _, kind = attributes.get("Type", "").rpartition("/relationships/")
            target = attributes.get("Target", "").replace("\\", "/")
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            targets.setdefault(attributes.get("Id", str(len(targets))), (kind, target))

        if data is not None:
            Walk(name).run(data, scope({"rel:Relationship": relationship}))
        return targets

    def part(self, name: str) -> bytes | None:
        """Return the content of the part *name*, None if there is none. Raises UnreadableError."""
        info = self._members.get(name.lower())
        if info is None:
            return None
        if info.file_size > limits.DOCX_PART_BYTES or _packed_too_well(info):
            raise _bomb(Text(f"{info.filename} ", info.filename), info.file_size)
        try:
            # Never more than the size in the directory, which was checked; a wrong checksum is an error.
            return self._archive.read(info)
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, RuntimeError):
            raise UnreadableError(DAMAGED.fill(part=name)) from None


def _guarded(entries: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """Return *entries* by their names in lower case. Raises UnreadableError if one is no part of a docx."""
    if len(entries) > limits.DOCX_PARTS:
        raise UnreadableError(_MANY.fill(most=limits.DOCX_PARTS))
    total = sum(entry.file_size for entry in entries)
    if total > limits.DOCX_ALL_BYTES:
        raise _bomb(_ALL, total)
    members: dict[str, zipfile.ZipInfo] = {}
    for entry in entries:
        name = entry.filename.replace("\\", "/").lstrip("/").lower()
        if name in members:
            raise UnreadableError(_TWICE.fill(part=entry.filename))
        if entry.flag_bits & _ENCRYPTED_BIT:
            raise UnreadableError(ENCRYPTED)
        if entry.compress_type not in _UNPACKED:
            raise UnreadableError(DAMAGED.fill(part=entry.filename))
        members[name] = entry
    return members


def _packed_too_well(entry: zipfile.ZipInfo) -> bool:
    """Return whether *entry* is packed too well for XML; checked only in parts that are read, as blank pictures are too."""
    most = limits.DOCX_RATIO * max(entry.compress_size, 1)
    return entry.file_size > max(limits.DOCX_RATIO_FROM, most)


def _bomb(part: Text, size: int) -> UnreadableError:
    return UnreadableError(_BOMB.fill(part=part, size=size // _MIB))
