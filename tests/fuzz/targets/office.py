"""A doc, wps or rtf: what is no document is refused before LibreOffice is started, and nothing else happens here."""

from unittest.mock import patch

from nianbao.plugins.builtin import nianbao_add_readers
from nianbao.text.source import UnreadableError

from tests.fuzz import held
from tests.fuzz.changes import either, pieces, raw
from tests.fuzz.target import Refused, Target

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NAMES = ("WordDocument", "EncryptedPackage", "Workbook", "PowerPoint Document", "1Table")


def run(data: bytes) -> object:
    """Return which readers take *data*, and the reason that it is refused with where there is no LibreOffice."""
    from nianbao.readers import office

    taken = [reader.name for reader in nianbao_add_readers() if reader.recognises(data, "报告.doc")]
    try:
        with patch("nianbao.readers.office._program", return_value=None):
            office.read_office(data, "报告.doc")
    except UnreadableError as error:
        return taken, Refused(held.reason(error.reason.zh))
    raise AssertionError("a file was read without a program that reads it")


def _seeds() -> list[bytes]:
    return [_compound(name) for name in _NAMES] + [
        b"{\\rtf1\\ansi\\deff0 {\\fonttbl{\\f0 SimSun;}}\\u19968?\\par}"
    ]


def _compound(name: str) -> bytes:
    """Return the beginning of a compound file that has the stream *name*, its first block one of Word."""
    stream = b"\xec\xa5\xc1\x00".ljust(512, b"\0")
    written = f"{name}\0".encode("utf-16-le")
    entry = written.ljust(64, b"\0") + len(written).to_bytes(2, "little") + b"\x02\x01"
    return (
        (_OLE + bytes(22) + b"\x3e\x00\x03\x00\xfe\xff\x09\x00\x06\x00").ljust(512, b"\0")
        + stream
        + entry.ljust(512, b"\0")
    )


_RTF = pieces(
    r"\\[a-z]+-?\d*|[{}]|.",
    ("{\\object", "\\objdata", "{\\field", "\\u0?", "\\bin9999999", "{\\*\\template a}"),
    "latin-1",
)
TARGET = Target(run, _seeds, either(_RTF, raw), longest=2**14)
