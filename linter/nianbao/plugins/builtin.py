"""The readers and reporters of nianbao itself, loaded like those of any plugin."""

from collections.abc import Sequence

from nianbao_grammar import patterns as re

from nianbao.plugins.hooks import Plugin, hookimpl
from nianbao.readers.reader import Reader
from nianbao.reporters.formats import FORMATS
from nianbao.reporters.reporter import OutputFormat
from nianbao.text.source import Source

nianbao_plugin = Plugin()


_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE, _RTF, _PDF = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf", b"%PDF-"
_OFD = (
    b"OFD.xml",
    b"ofd.xml",
    b"OFD.XML",
    b"Encryptions.xml",
)  # one of its entries, before the zip is opened
# Archives, pictures and programs.
_OTHER = (
    *(b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\x1f\x8b\x08"),
    *(b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*", b"\x7fELF"),
)
_OTHER_BY_LETTERS = b"BM", b"MZ"  # as a text may begin, but for the zeros that follow
_LETTERS_HEAD = 64
OFFICE = (".doc", ".wps", ".rtf", ".xls")  # what another program reads for us
_HEAD = 1024  # bytes in which a PDF says that it is one
_BEFORE_A_TAG = b"\xef\xbb\xbf\xff\xfe \t\r\n\0"  # byte order marks and white space of every encoding
# The head of a mail with a page in it, in which browsers and Word write different lines first.
_MAIL = re.compile(
    rb"\s*(?:MIME-Version|From|Subject|Date|Content-Type|Snapshot-Content-Location):", re.IGNORECASE
)
_PAGED = re.compile(rb"multipart/related|text/html", re.IGNORECASE)
_MAIL_HEAD = 4096


@hookimpl
def nianbao_add_readers() -> Sequence[Reader]:
    """Return the readers, each recognised by the bytes it begins with before anything of it is imported."""
    return (
        Reader("ofd", (".ofd",), _is_ofd, _read_ofd),
        Reader("xlsx", (".xlsx", ".xlsm", ".et"), _is_xlsx, _read_xlsx),
        Reader("docx", (".docx",), _is_docx, _read_docx),
        Reader("pdf", (".pdf",), _is_pdf, _read_pdf),
        Reader("office", OFFICE, _is_office, _read_office),
        Reader("mht", (".mht", ".mhtml"), _is_mht, _read_mht),
        Reader("other", (), _is_other, _read_other),
        Reader("html", (".html", ".htm"), _is_html, _read_html),
        Reader("text", (".txt", ".md"), _is_text, _read_text),
    )


def _is_ofd(data: bytes, name: str) -> bool:
    if not data.startswith(_ZIP) or not any(mark in data for mark in _OFD):
        return False
    from nianbao.readers.ofd import is_ofd

    return is_ofd(data)


def _read_ofd(data: bytes, name: str) -> Source:
    from nianbao.readers.ofd import read_ofd

    return read_ofd(data, name)


def _is_xlsx(data: bytes, name: str) -> bool:
    return data.startswith(_ZIP) and b"xl/workbook.xml" in _directory(data)


def _directory(data: bytes) -> bytes:
    """Return the directory of the zip *data*, which has the names of its members as they are."""
    end = data.rfind(b"PK\x05\x06")
    return data[max(end - int.from_bytes(data[end + 12 : end + 16], "little"), 0) : max(end, 0)]


def _read_xlsx(data: bytes, name: str) -> Source:
    from nianbao.readers.xlsx import read_xlsx

    return read_xlsx(data, name)


def _is_docx(data: bytes, name: str) -> bool:
    # Any zip: no other reader reads one, and read_docx says what is wrong with one that is no docx. A docx
    # that a password protects is no zip but an OLE file.
    return data.startswith(_ZIP)


def _read_docx(data: bytes, name: str) -> Source:
    from nianbao.readers.docx import read_docx

    return read_docx(data, name)


def _is_pdf(data: bytes, name: str) -> bool:
    return data[:_HEAD].lstrip(_BEFORE_A_TAG).startswith(_PDF)


def _read_pdf(data: bytes, name: str) -> Source:
    from nianbao.readers.pdf import read_pdf

    return read_pdf(data, name)


def _is_office(data: bytes, name: str) -> bool:
    return data.startswith(_OLE) or data[:_HEAD].lstrip(_BEFORE_A_TAG).startswith(_RTF)


def _read_office(data: bytes, name: str) -> Source:
    from nianbao.readers.office import read_office

    return read_office(data, name)


def _is_mht(data: bytes, name: str) -> bool:
    return _MAIL.match(data) is not None and _PAGED.search(data, 0, _MAIL_HEAD) is not None


def _read_mht(data: bytes, name: str) -> Source:
    from nianbao.readers.mht import read_mht

    return read_mht(data, name)


def _is_other(data: bytes, name: str) -> bool:
    return data.startswith(_OTHER) or (data.startswith(_OTHER_BY_LETTERS) and b"\0" in data[:_LETTERS_HEAD])


def _read_other(data: bytes, name: str) -> Source:
    from nianbao.readers.other import read_other

    return read_other(data, name)


def _is_html(data: bytes, name: str) -> bool:
    if data[:64].lstrip(_BEFORE_A_TAG)[:1] != b"<":
        return False
    from nianbao.readers.html import is_html

    return is_html(data)


def _read_html(data: bytes, name: str) -> Source:
    from nianbao.readers.html import read_html

    return read_html(data, name)


def _is_text(data: bytes, name: str) -> bool:
    return True


def _read_text(data: bytes, name: str) -> Source:
    from nianbao.readers.text import read_text

    return read_text(data, name)


@hookimpl
def nianbao_add_reporters() -> Sequence[OutputFormat]:
    """Return the formats of `--format`."""
    return FORMATS
