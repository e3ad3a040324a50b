"""The reader of Word files (.docx): text, tables and numerals as whoever opens the file sees them.

Tracked changes are read as accepted. Headers, footers, footnotes and comments are no part of a report.
"""

from nianbao.source import Source

KIND = "docx"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # the stream that holds a docx with a password


def is_docx(data: bytes) -> bool:
    """Return whether this reader answers for *data*: any zip, and a docx that a password protects.

    A zip of something else is claimed too: nothing else reads one, and here is known what to say of it.
    """
    return data.startswith(_ZIP) or _is_encrypted(data)


def _is_encrypted(data: bytes) -> bool:
    return data.startswith(_OLE) and _ENCRYPTED in data


def read_docx(data: bytes, name: str) -> Source:
    """Return the text of the docx *data*, its tables marked, with the way back to its runs.

    Raises UnreadableError where *data* is no docx, is damaged or protected, or costs too much to read.
    """
    from nianbao.document import Document, render
    from nianbao.readers.docx.body import blocks
    from nianbao.readers.docx.package import ENCRYPTED, Package
    from nianbao.source import UnreadableError

    if _is_encrypted(data):
        raise UnreadableError(ENCRYPTED)
    return render(Document(blocks(Package(data))), name, KIND, "utf-8")
