"""doc, wps and rtf files: converted to docx by LibreOffice, if that is installed, and read as such.

Every OLE file comes here, also a docx with a password, which is kept in one.

LibreOffice runs within bounds, with a profile of its own that forbids macros and leaves it no way to a network, in
a folder that is deleted afterwards.
"""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from nianbao_grammar import patterns as re

from nianbao.readers import limits
from nianbao.readers.child import Bounds, run
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
    "读取 {kind} 文件需要 LibreOffice，本机没有找到；请用 Word 或 WPS 另存为 .docx 再检查，或者安装 LibreOffice（Debian、Ubuntu：apt install libreoffice-writer-nogui）",
    "reading a {kind} file needs LibreOffice, which was not found; save the file as .docx and check that, or install LibreOffice (Debian, Ubuntu: apt install libreoffice-writer-nogui)",
)
_TOO_BIG = Text(
    "{kind} 文件超过 {most} MiB，请去掉图片，另存为 .docx 再检查",
    "the {kind} file is larger than {most} MiB; take the pictures out, save it as .docx and check that",
)
_ENCRYPTED = Text(
    "文件有打开密码，无法读取；请去掉密码另存一份再检查",
    "the file needs a password to be opened; save a copy without one and check that",
)
_NO_DOCUMENT = Text(
    "不是 Word 或 WPS 文字文档（{kind}），无法检查；请检查报告的 Word 文件",
    "not a document of Word or WPS ({kind}), so it cannot be checked; check the Word file of the report",
)
_LATE = {
    "processor": Text(
        "转换 {kind} 文件用了处理器 {seconds} 秒还没有完成，已停止；请用 Word 或 WPS 另存为 .docx 再检查",
        "converting the {kind} file took more than {seconds} seconds of the processor and was stopped; save it as .docx and check that",
    ),
    "clock": Text(
        "转换 {kind} 文件过了 {seconds} 秒还没有完成，已停止；请等本机空闲些再检查，或者用 Word 或 WPS 另存为 .docx",
        "converting the {kind} file took more than {seconds} seconds and was stopped; check it again when this machine has less to do, or save it as .docx",
    ),
}
_FAILED = Text(
    "LibreOffice 没能转换这个 {kind} 文件，它可能已损坏；请用 Word 或 WPS 打开，另存为 .docx 再检查",
    "LibreOffice could not convert the {kind} file, which may be damaged; open it in Word or WPS, save it as .docx and check that",
)

# Entries in the directory of an OLE file, as written there.
_DOCUMENT, _ENCRYPTED_PACKAGE = "WordDocument", "EncryptedPackage"
_OTHERS = {
    "Workbook": "Excel",
    "Book": "Excel",
    "PowerPoint Document": "PowerPoint",
    "__properties_version1.0": "Outlook",
}

# Macros and everything else that a document may start are off, links are not followed.
_SETTINGS = (
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Writer/Content/Update", "Link", "0"),
    ("Writer/Content/Update", "Field", "false"),
)
# The kinds of address that LibreOffice knows, instead of its own list, which has http, ftp and network folders. The
# settings above do not keep it from fetching a picture that a doc file links to; with these it does not know how.
_ADDRESSES = (
    ("file", "FileContentProvider"),
    ("vnd.sun.star.expand", "ExpandContentProvider"),
    ("vnd.sun.star.hier", "HierarchyContentProvider"),
    ("vnd.sun.star.pkg", "PackageContentProvider"),
    ("vnd.sun.star.tdoc", "TransientDocumentsContentProvider"),
    ("vnd.sun.star.zip", "PackageContentProvider"),
)


def read_office(data: bytes, name: str) -> Source:
    """Return the text of *data*, of the kind `doc` or `rtf`.

    The origins are places in the docx that it is converted to, which the user does not have: only their order
    and their words locate anything. Raises UnreadableError.
    """
    from nianbao.readers.docx import read_docx

    kind = "doc" if data.startswith(_OLE) else "rtf"
    if kind == "doc":
        _check(data)
    if len(data) > limits.OFFICE_BYTES:
        raise UnreadableError(_TOO_BIG.fill(kind=kind, most=limits.OFFICE_BYTES >> 20))
    program = _program()
    if program is None:
        raise UnreadableError(_ABSENT.fill(kind=kind))
    read = read_docx(_converted(program, data, kind), name)
    return Source(read.text, name, read.encoding, kind=kind, segments=read.segments, dropped=read.dropped)


# -- the OLE file ----------------------------------------------------------------------------------------


def _check(data: bytes) -> None:
    """Raise UnreadableError for an OLE file that is locked or no document."""
    if _entry(data, _ENCRYPTED_PACKAGE) is not None or _is_locked(data):
        raise UnreadableError(_ENCRYPTED)
    if _entry(data, _DOCUMENT) is None:
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
    sector = 1 << min(int.from_bytes(data[30:32], "little"), 16)
    start = (int.from_bytes(data[entry + 116 : entry + 120], "little") + 1) * sector
    return bool(int.from_bytes(data[start + 10 : start + 12], "little") & 0x0100)


# -- conversion ------------------------------------------------------------------------------------------


def _program() -> str | None:
    """Return the path of LibreOffice, None if it is not installed."""
    for command in ("soffice", "libreoffice"):
        path = shutil.which(command)
        if path is not None:
            return path
    return next((path for path in _PLACES if os.access(path, os.X_OK)), None)


def _converted(program: str, data: bytes, kind: str) -> bytes:
    """Return the docx that LibreOffice makes of *data*. Its only sign of failure is that it makes none."""
    with scratch() as folder:
        (folder / f"report.{kind}").write_bytes(data)
        _settle(folder / "profile")
        command = (
            program,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard"),
            *("--convert-to", "docx", "--outdir", str(folder / "made"), str(folder / f"report.{kind}")),
        )
        bounds = Bounds(limits.OFFICE_SECONDS, limits.OFFICE_CLOCK)
        try:
            answer = run(command, b"", bounds, str(folder), dict(_environment(str(folder))))
        except OSError:
            raise UnreadableError(_ABSENT.fill(kind=kind)) from None
        if answer.late:
            seconds = bounds.seconds if answer.late == "processor" else bounds.clock
            raise UnreadableError(_LATE[answer.late].fill(kind=kind, seconds=seconds))
        try:
            return (folder / "made" / "report.docx").read_bytes()
        except OSError:
            raise UnreadableError(_FAILED.fill(kind=kind)) from None


def _settle(profile: Path) -> None:
    """Write the settings of a new *profile*."""
    items = [
        f'<item oor:path="/org.openoffice.Office.{path}">{_prop(name, value)}</item>'
        for path, name, value in _SETTINGS
    ]
    known = "".join(
        f'<node oor:name="{address}" oor:op="replace">{_prop("URLTemplate", address)}'
        f"{_prop('ServiceName', f'com.sun.star.ucb.{service}')}{_prop('Arguments', '')}</node>"
        for address, service in _ADDRESSES
    )
    items.append(
        '<item oor:path="/org.openoffice.ucb.Configuration/ContentProviders/Local/SecondaryKeys">'
        f'<node oor:name="Office" oor:op="replace"><node oor:name="ProviderData">{known}</node></node></item>'
    )
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{''.join(items)}</oor:items>\n",
        encoding="utf-8",
    )


def _prop(name: str, value: str) -> str:
    return f'<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop>'


def _environment(folder: str) -> Iterator[tuple[str, str]]:
    """Yield the variables that LibreOffice runs with: ours without a screen, and *folder* for all its files."""
    for name, value in os.environ.items():
        if name.upper() not in ("DISPLAY", "WAYLAND_DISPLAY", "PYTHONPATH", "PYTHONHOME"):
            yield name, value
    yield "TEMP" if sys.platform == "win32" else "TMPDIR", folder
    if sys.platform != "win32":
        yield "HOME", folder
        yield "SAL_USE_VCLPLUGIN", "svp"
