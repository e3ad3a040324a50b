"""doc, wps and rtf files, xls and old et files: converted to docx or xlsx by LibreOffice, if that is installed, and read as such.

Every OLE file comes here, also a docx with a password, which is kept in one.

LibreOffice runs within bounds, with a profile of its own that forbids macros and leaves it no way to a network, in
a folder that is deleted afterwards.
"""

import os
import shutil
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

from nianbao.readers import kept_office, limits
from nianbao.readers.child import Bounds, run
from nianbao.readers.libreoffice import conversion, door, environment, made, settle
from nianbao.readers.scratch import scratch
from nianbao.text.language import Text
from nianbao.text.source import Source, UnreadableError

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:\\Program Files\\LibreOffice\\program\\soffice.com",
    "C:\\Program Files (x86)\\LibreOffice\\program\\soffice.com",
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
)

_ABSENT = Text(
    "读取 {kind} 文件需要 LibreOffice，本机没有找到；请用 Office 或 WPS 另存为 .{to} 再检查，或者安装 LibreOffice（Debian、Ubuntu：apt install libreoffice-{part}-nogui）",
    "reading a {kind} file needs LibreOffice, which was not found; save the file as .{to} and check that, or install LibreOffice (Debian, Ubuntu: apt install libreoffice-{part}-nogui)",
)
_IN_BROWSER = Text(
    "这种格式（{kind}）在浏览器里读不了；请用 Office 或 WPS 另存为 .{to} 再检查",
    "this kind of file ({kind}) cannot be read in a browser: save it as .{to} in Office or WPS and check that",
)
_TOO_BIG = Text(
    "{kind} 文件超过 {most} MiB，请去掉图片，另存为 .{to} 再检查",
    "the {kind} file is larger than {most} MiB; take the pictures out, save it as .{to} and check that",
)
_ENCRYPTED = Text(
    "文件有打开密码，无法读取；请去掉密码另存一份再检查",
    "the file needs a password to be opened; save a copy without one and check that",
)
_NO_DOCUMENT = Text(
    "不是文字文档或者工作簿（{kind}），无法检查；请检查报告的 Word 文件",
    "neither a document nor a workbook ({kind}), so it cannot be checked; check the Word file of the report",
)
_LATE = {
    "processor": Text(
        "转换 {kind} 文件用了处理器 {seconds} 秒还没有完成，已停止；请用 Office 或 WPS 另存为 .{to} 再检查",
        "converting the {kind} file took more than {seconds} seconds of the processor and was stopped; save it as .{to} and check that",
    ),
    "clock": Text(
        "转换 {kind} 文件过了 {seconds} 秒还没有完成，已停止；请等本机空闲些再检查，或者用 Office 或 WPS 另存为 .{to}",
        "converting the {kind} file took more than {seconds} seconds and was stopped; check it again when this machine has less to do, or save it as .{to}",
    ),
}
_FAILED = Text(
    "LibreOffice 没能转换这个 {kind} 文件：文件可能已损坏，或者没有装 libreoffice-{part}；请用 Office 或 WPS 打开，另存为 .{to} 再检查",
    "LibreOffice could not convert the {kind} file: it may be damaged, or libreoffice-{part} is not installed; open it in Office or WPS, save it as .{to} and check that",
)

# Entries in the directory of an OLE file, as written there.
_DOCUMENT, _ENCRYPTED_PACKAGE = "WordDocument", "EncryptedPackage"
_WORKBOOKS = "Workbook", "Book"
_OTHERS = {
    "PowerPoint Document": "PowerPoint",
    "__properties_version1.0": "Outlook",
}
# A record of the beginning of a workbook, and behind it that of a password.
_LOCKED_BOOK = re.compile(rb"(?s)\x09\x08(?:\x10\x00.{16}|\x08\x00.{8})\x2f\x00")


class _Kind(NamedTuple):
    """A kind of file, what it is converted to, and the part of LibreOffice that does it."""

    kind: str
    to: str
    part: str

    def says(self, words: Text, **values: object) -> UnreadableError:
        """Return the refusal in *words*."""
        return UnreadableError(words.fill(**self._asdict(), **values))


_DOC, _RTF, _XLS = (
    _Kind("doc", "docx", "writer"),
    _Kind("rtf", "docx", "writer"),
    _Kind("xls", "xlsx", "calc"),
)


def read_office(data: bytes, name: str) -> Source:
    """Return the text of *data*, of the kind `doc`, `rtf` or `xls`.

    The origins of a document are places in the docx that it is converted to, which the user does not have: only their
    order and their words locate anything. Those of a workbook are its cells. Raises UnreadableError.
    """
    kind = _ole_kind(data) if data.startswith(_OLE) else _RTF
    if sys.platform == "emscripten":  # a browser starts no program
        raise kind.says(_IN_BROWSER)
    if len(data) > limits.OFFICE_BYTES:
        raise kind.says(_TOO_BIG, most=limits.OFFICE_BYTES >> 20)
    program = _program()
    if program is None:
        raise kind.says(_ABSENT)
    return _reader_of(kind)(_converted(program, data, kind), name).copied(kind=kind.kind)


def _reader_of(kind: _Kind) -> Callable[[bytes, str], Source]:
    if kind is _XLS:
        from nianbao.readers.xlsx import read_xlsx

        return read_xlsx
    from nianbao.readers.docx import read_docx

    return read_docx


# -- the OLE file ----------------------------------------------------------------------------------------


def _ole_kind(data: bytes) -> _Kind:
    """Return the kind of an OLE file. Raises UnreadableError for one that is locked, or neither text nor workbook."""
    if _entry(data, _ENCRYPTED_PACKAGE) is not None or _is_locked(data):
        raise UnreadableError(_ENCRYPTED)
    if _entry(data, _DOCUMENT) is not None:
        return _DOC
    workbook = next((at for word in _WORKBOOKS if (at := _entry(data, word)) is not None), None)
    if workbook is not None:
        if _LOCKED_BOOK.match(_stream(data, workbook)):
            raise UnreadableError(_ENCRYPTED)
        return _XLS
    kind = next((kind for word, kind in _OTHERS.items() if _entry(data, word) is not None), "OLE")
    raise UnreadableError(_NO_DOCUMENT.fill(kind=kind))


def _entry(data: bytes, word: str) -> int | None:
    """Return the offset of the entry *word* of the directory, None if there is none.

    An entry begins at a multiple of 128 bytes with its name and the length of that; elsewhere the same word is
    content of the file.
    """
    name = word.encode("utf-16-le") + b"\0\0"
    entry = name.ljust(64, b"\0") + len(name).to_bytes(2, "little")
    for match in re.finditer(re.escape(entry), data):
        if match.start() % 128 == 0:
            return match.start()
    return None


def _is_locked(data: bytes) -> bool:
    """Return whether the document in an OLE file is marked as encrypted."""
    entry = _entry(data, _DOCUMENT)
    if entry is None or len(data) < entry + 128:
        return False
    return bool(int.from_bytes(_stream(data, entry)[10:12], "little") & 0x0100)


def _stream(data: bytes, entry: int) -> bytes:
    """Return the beginning of the stream that the *entry* of the directory is about."""
    sector = 1 << min(int.from_bytes(data[30:32], "little"), 16)
    start = (int.from_bytes(data[entry + 116 : entry + 120], "little") + 1) * sector
    return data[start : start + sector]


# -- conversion ------------------------------------------------------------------------------------------


def _program() -> str | None:
    """Return the path of LibreOffice, None if it is not installed."""
    for command in ("soffice", "libreoffice"):
        path = shutil.which(command)
        if path is not None:
            return path
    return next((path for path in _PLACES if os.access(path, os.X_OK)), None)


def _converted(program: str, data: bytes, kind: _Kind) -> bytes:
    """Return the docx or xlsx that LibreOffice makes of *data*. Raises UnreadableError."""
    with scratch() as folder:
        file = folder / f"report.{kind.kind}"
        file.write_bytes(data)
        return kept_office.converted(program, file, lambda: _by_itself(program, file, kind))


def _by_itself(program: str, file: Path, kind: _Kind) -> bytes:
    """Return the docx or xlsx of *file* by a LibreOffice of its own. Its only sign of failure is that it makes none."""
    folder = file.parent
    shutil.rmtree(made(file).parent, ignore_errors=True)  # of one that was kept, if it was stopped over it
    settle(folder / "profile")
    command = conversion(program, folder / "profile", file)
    bounds = Bounds(limits.OFFICE_SECONDS, limits.OFFICE_CLOCK)
    try:
        answer = run(command, b"", bounds, str(folder), dict(environment(folder)))
    except OSError:
        raise kind.says(_ABSENT) from None
    finally:
        with suppress(OSError):  # left by one that was killed
            door(folder / "profile").unlink()
    if answer.late:
        seconds = bounds.seconds if answer.late == "processor" else bounds.clock
        raise kind.says(_LATE[answer.late], seconds=seconds)
    try:
        return made(file).read_bytes()
    except OSError:
        raise kind.says(_FAILED) from None
