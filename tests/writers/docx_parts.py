"""What the tests of writing into a docx ask of its zip and of its XML, by other means than those that wrote it."""

import io
import struct
import zipfile
from collections.abc import Mapping

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MAIN = "word/document.xml"


def parts(data: bytes) -> dict[str, bytes]:
    """Return the parts of the docx *data*, in their order."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def packed(data: bytes) -> dict[str, bytes]:
    """Return each entry of the zip *data* as it is in the file, its own header included."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        found = {}
        for info in package.infolist():
            names, extra = struct.unpack_from("<2H", data, info.header_offset + 26)
            end = info.header_offset + 30 + names + extra + info.compress_size
            found[info.filename] = data[info.header_offset : end]
        return found


def with_part(data: bytes, content: bytes, name: str = MAIN) -> bytes:
    """Return the docx *data* with *content* for the part *name*, written by zipfile."""
    return zipped({**parts(data), name: content})


def zipped(members: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return file.getvalue()


def document(data: bytes) -> etree._Element:
    return etree.fromstring(parts(data)[MAIN])


def rejected(data: bytes, author: str = "nianbao") -> bytes:
    """Return the docx *data* with the tracked changes of *author* rejected."""
    root = document(data)
    for made in list(root.iter(f"{W}ins")):
        if made.get(f"{W}author") == author:
            parent = made.getparent()
            assert parent is not None
            parent.remove(made)
    for gone in list(root.iter(f"{W}del")):
        if gone.get(f"{W}author") == author:
            for text in gone.iter(f"{W}delText"):
                text.tag = f"{W}t"
            parent = gone.getparent()
            assert parent is not None
            at = parent.index(gone)
            for child in list(gone):
                parent.insert(at, child)
                at += 1
            parent.remove(gone)
    return with_part(data, etree.tostring(root))


def is_subsequence(part: bytes, whole: bytes) -> bool:
    """Return whether *whole* is *part* with something put between its bytes."""
    rest = iter(whole)
    return all(byte in rest for byte in part)
