"""What is in a file where a reader says that something is, looked up without the reader."""

import io
import zipfile
from collections.abc import Callable, Iterable
from email import message_from_bytes
from html import unescape
from xml.etree import ElementTree

from nianbao.text.source import Place, Source

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def words(data: bytes, source: Source, places: Iterable[Place]) -> str:
    """Return what the file *data*, a docx, a workbook or a page of HTML, reads at *places*."""
    if source.kind == "xlsx":
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
