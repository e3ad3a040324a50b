"""Files that this program has written: an annotated copy of a report, or the result of a check."""

import re

AUTHOR = "nianbao"  # of comments, marks and workbooks
GENERATOR = f'<meta name="generator" content="{AUTHOR}">'

_MOST = 1 << 24  # bytes of a file that are looked at
_COPIES = (b'<aside class="nianbao-notes">', f"/T ({AUTHOR})".encode())  # of a page, of a PDF
_RESULTS = (GENERATOR.encode(), f'"{AUTHOR}"'.encode())  # of the list, of what programs read
# The figures that every result for people closes with, or begins with.
_FIGURES = re.compile("[0-9] 个文件：错误 [0-9]|files [0-9]+: errors [0-9]".encode())
_CREATOR = f"<dc:creator>{AUTHOR}</dc:creator>".encode()
_COMMENTED = f'w:author="{AUTHOR}"'.encode()


def is_copy(path: str) -> bool:
    """Return whether *path* is a copy of a report in which findings were written, False if it cannot be read."""
    data = _bytes_of(path)
    if data.startswith(b"PK"):
        return b"word/comments" in data and _COMMENTED in _parts(path, "word/comments")
    return any(mark in data for mark in _COPIES)


def is_result(path: str) -> bool:
    """Return whether *path* is the output of a check, False if it cannot be read."""
    data = _bytes_of(path)
    if data.startswith(b"PK"):
        return b"xl/workbook" in data and _CREATOR in _parts(path, "docProps/core")
    return any(mark in data for mark in _RESULTS) or _FIGURES.search(data) is not None


def _bytes_of(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read(_MOST)
    except OSError:
        return b""


def _parts(path: str, beginning: str) -> bytes:
    """Return the parts of the archive at *path* whose names have that *beginning*, b"" if it is damaged."""
    import zlib  # few runs meet an archive that may be ours
    from zipfile import BadZipFile, ZipFile

    found = b""
    try:
        with ZipFile(path) as archive:
            for name in archive.namelist():
                if name.startswith(beginning) and len(found) < _MOST:
                    with archive.open(name) as part:
                        found += part.read(_MOST - len(found))
    except (OSError, BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError, zlib.error):
        pass  # its reader says what is wrong with it
    return found
