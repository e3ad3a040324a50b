"""Files that this program has written: an annotated copy of a report, the result of a check, or a notice of it."""

from io import BytesIO
from typing import Literal

from nianbao_grammar import patterns as re

AUTHOR = "nianbao"  # of comments, marks, workbooks, notices and tables in Word
TOTAL = f"<!-- {AUTHOR} total -->".encode()  # above the sums of a round in Markdown
GENERATOR = f'<meta name="generator" content="{AUTHOR}">'

_MOST = 1 << 24  # bytes of a file that are looked at
_COPIES = (b'<aside class="nianbao-notes">', f"/T ({AUTHOR})".encode())  # of a page, of a PDF
_RESULTS = (
    GENERATOR.encode(),
    TOTAL,
    " 个文件：错误 ".encode(),  # the figures that every result for people has
    b": errors ",
    f'<testsuites name="{AUTHOR}"'.encode(),
)
# A finding as the formats for people and for logs have it, with or without the figures at the end.
_FINDING = re.compile(
    "(?:错误|警告|提示|error|warning|info) {1,5}[A-Z]{3}[0-9]{3}|::(?:error|warning|notice) file=".encode()
)
_NAME = f'"{AUTHOR}"'.encode()  # in JSON only: a page may well call a part of itself that
_CREATOR = f"<dc:creator>{AUTHOR}</dc:creator>".encode()
_COMMENTED = f'w:author="{AUTHOR}"'.encode()


def own_kind(path: str) -> Literal["copy", "result", ""]:
    """Return whether *path* is a copy of a report with findings in it, or the result of a check, "" if neither."""
    return own_kind_of(_bytes_of(path), path)


def own_kind_of(data: bytes, path: str = "") -> Literal["copy", "result", ""]:
    """Return the same of a file with the content *data*, or the beginning of it if it is at *path*."""
    archive = path or BytesIO(data)
    if data.startswith(b"PK"):
        if b"word/comments" in data and _COMMENTED in _parts(archive, "word/comments"):
            return "copy"
        return "result" if b"docProps/core" in data and _CREATOR in _parts(archive, "docProps/core") else ""
    if any(mark in data for mark in _COPIES):
        return "copy"
    named = data.startswith((b"{", b"[")) and _NAME in data
    if named or any(mark in data for mark in _RESULTS) or _FINDING.search(data):
        return "result"
    return ""


def _bytes_of(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read(_MOST)
    except OSError:
        return b""


def _parts(file: str | BytesIO, beginning: str) -> bytes:
    """Return the parts of the archive *file* whose names have that *beginning*, b"" if it is damaged."""
    import zlib  # few runs meet an archive that may be ours
    from zipfile import BadZipFile, ZipFile

    found = b""
    try:
        with ZipFile(file) as archive:
            for name in archive.namelist():
                if name.startswith(beginning) and len(found) < _MOST:
                    with archive.open(name) as part:
                        found += part.read(_MOST - len(found))
    except (OSError, BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError, zlib.error):
        pass  # its reader says what is wrong with it
    return found
