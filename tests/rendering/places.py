"""What is in a file where a reader says that something is, looked up without the reader."""

import io
import re
import zipfile
from collections.abc import Callable, Iterable
from email import message_from_bytes
from html import unescape
from typing import NamedTuple
from xml.etree import ElementTree

from nianbao.text.source import Place, Source

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def words(data: bytes, source: Source, places: Iterable[Place]) -> str:
    """Return what the file *data*, a docx, a workbook, an OFD or a page of HTML, reads at *places*.

    In an OFD that is all that stands in the boxes that they are in.
    """
    if source.kind == "ofd":
        find = _in_ofd(data)
    elif source.kind == "xlsx":
        find = _in_workbook(data)
    elif source.kind == "mht":
        part = message_from_bytes(data).get_payload(0)
        find = _in_page(part.get_payload(decode=True).decode(source.encoding))
    else:
        find = _in_docx(data) if data.startswith(b"PK") else _in_page(data.decode(source.encoding))
    return "".join(map(find, places))


def _in_page(page: str) -> Callable[[Place], str]:
    return lambda place: unescape(page[place.at : place.until])


def _in_workbook(data: bytes) -> Callable[[Place], str]:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data))

    def find(place: Place) -> str:
        value = book[place.origin.part][place.origin.cell].value
        return "" if value is None else str(value)[place.at : place.until]

    return find


def _in_docx(data: bytes) -> Callable[[Place], str]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        root = ElementTree.fromstring(package.read("word/document.xml"))
    paragraphs = [list(paragraph.iter(f"{_W}r")) for paragraph in root.iter(f"{_W}p")]

    def find(place: Place) -> str:
        assert place.origin.part == "word/document.xml"
        if place.origin.run < 0:  # a cell without a run
            return ""
        run = paragraphs[place.origin.paragraph][place.origin.run]
        return "".join(text.text or "" for text in run.iter(f"{_W}t"))[place.at : place.until]

    return find


class _Sign(NamedTuple):
    """A sign and the middle of it, in points from the upper left corner of its page."""

    text: str
    x: float
    y: float


def _in_ofd(data: bytes) -> Callable[[Place], str]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = [name for name in package.namelist() if "/Pages/" in name]
        pages = [list(_signs(ElementTree.fromstring(package.read(name)))) for name in names]

    def find(place: Place) -> str:
        left, top, right, bottom = place.origin.box
        signs = pages[place.origin.page - 1]
        inside = [sign for sign in signs if left < sign.x < right and top < sign.y < bottom]
        return "".join(sign.text for sign in sorted(inside, key=lambda sign: sign.x))

    return find


def _signs(page: ElementTree.Element) -> Iterable[_Sign]:
    """Yield the signs of a page as `rendering.ofd` writes them: no way to turn them, all steps said."""
    for thing in page.iter():
        if not thing.tag.endswith("}TextObject"):
            continue
        left, top, *_ = map(float, thing.get("Boundary", "").split())
        scale = float(thing.get("CTM", "1").split()[0])
        size = scale * float(thing.get("Size", ""))
        (code,) = (child for child in thing if child.tag.endswith("}TextCode"))
        x, y = left + scale * float(code.get("X", "")), top + scale * float(code.get("Y", ""))
        said = re.sub(r"g (\d+) (\S+)", lambda m: " ".join([m[2]] * int(m[1])), code.get("DeltaX", ""))
        for sign, step in zip(code.text or "", [*map(float, said.split()), 0.0], strict=True):
            yield _Sign(sign, (x + size / 4) * 72 / 25.4, (y - size / 4) * 72 / 25.4)
            x += scale * step
