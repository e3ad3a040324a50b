"""A page in an archive: any bytes make a report or are refused with a reason, and no more parts are taken than it may have."""

from random import Random

from tests.fuzz import held, seeds
from tests.fuzz.changes import either, listed, pieces, raw
from tests.fuzz.target import Target

_WORDS = (
    *listed("multipart/related multipart/mixed text/html text/plain application/xhtml+xml message/rfc822 image/gif"),
    *listed("quoted-printable base64 8bit binary x-uuencode gb2312 gbk utf-8 utf-16 big5 utf-7 idna"),
    "Content-Type: ", "Content-Transfer-Encoding: ", "Content-Location: ", "MIME-Version: 1.0", "From: ", "Subject: =?gb2312?B?zKs=?=",
    'boundary="', "boundary=", "boundary*0=", "charset=", 'charset="', "\r\n", "\r\n\r\n", "\n\n", "--", "=\r\n", "=E5", "=", "<html>", "<frameset>", "<meta charset=gb2312>",
)  # fmt: skip
_BLOCKS = 6


def run(data: bytes) -> object:
    """Return the text of the page in *data* and the cells of the report in it."""
    from nianbao.readers.mht import read_mht

    return held.reading(read_mht, data, "报告.mht")


def _seeds() -> list[bytes]:
    from nianbao.testing import compliant
    from rendering import content, html, mht

    blocks = content(compliant("2021", "township", 3))
    assert blocks is not None
    page = html.clean(blocks[:_BLOCKS], Random(1))  # a whole report takes ten times as long
    other = page.decode().replace("utf-8", "gb2312").encode("gb18030")
    frames = mht.part(b"<html><frameset><frame src=a></frameset></html>", encoding="8bit")
    return [
        mht.saved(page),
        mht.archive([mht.part(other, encoding="base64")]),
        mht.archive([frames, mht.part(other, "text/html; charset=gb2312", "8bit")]),
        b"MIME-Version: 1.0\r\n" + mht.archive([mht.archive([mht.part(page)], line="inner")]),
    ]


# Parts of the head, lines between parts, what is packed, tags.
_CHANGE = pieces(
    r"--[^\r\n]*|[A-Za-z-]+: ?|[a-z]+=|\r?\n|<[^>]*>|[A-Za-z0-9+/]{40,}|(?:=[0-9A-F]{2})+|[^<\r\n=:]+|.",
    (*_WORDS, *seeds.labels()),
    "latin-1",
)
TARGET = Target(run, _seeds, either(_CHANGE, _CHANGE, _CHANGE, raw), longest=2**17)
