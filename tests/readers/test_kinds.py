"""The kind of a file is decided by what it holds, never by its name."""

from pathlib import Path

import pytest
from nianbao.plugins.builtin import nianbao_add_readers
from nianbao.run.linter import Input, linter
from nianbao.run.settings import Settings
from nianbao.testing import compliant
from rendering.ofd import document

REPORT = compliant("2021", "county", 3).render()
KINDS = {
    "ofd": document(""),
    "ofd that is cut off": document("")[:90],
    "docx": b"PK\x03\x04 and so on",
    "docx for a zip with nothing in it": b"PK\x05\x06" + bytes(18),
    "pdf": b"%PDF-1.7\n",
    "pdf behind a few bytes": b"\r\n\0 %PDF-1.4\n",
    "office": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512,
    "office for a docx with a password": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    + "EncryptedPackage".encode("utf-16-le"),
    "office as RTF": b"\xef\xbb\xbf\n{\\rtf1 \\ansi x}",
    "html": b"<!DOCTYPE html><html><p>x</p></html>",
    "html behind a mark and white space": "\ufeff\n <html lang=zh><body>公开".encode(),
    "html in UTF-16": "\ufeff<html><body><p>公开</p></body></html>".encode("utf-16-le"),
    "html as a fragment": "<div class=x><p>政府信息公开</p></div>".encode(),
    "mht": b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n",
    "other for an archive": b"Rar!\x1a\x07\x01\0",
    "other for a picture in PNG": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "other for a picture in JPEG": b"\xff\xd8\xff\xe0\0\x10JFIF\0",
    "other for a picture in GIF": b"GIF89a\x01\0\x01\0",
    "other for a picture in BMP": b"BM\x36\x03\0\0\0\0\0\0",
    "other for a picture in TIFF": b"II*\0\x08\0\0\0",
    "other for a picture in TIFF of a Mac": b"MM\0*\0\0\0\x08",
    "other for a program of Windows": b"MZ\x90\0\x03\0\0\0",
    "other for a program of Linux": b"\x7fELF\x02\x01\x01\0",
    "text that begins as a program does": "MZ乡政府信息公开工作年度报告\n".encode(),
    "text that begins as a picture does": "BM、GIF8 都是图片的格式\n".encode(),
    "text that speaks of GIF": "GIF 图片\n".encode(),
    "text": REPORT.encode(),
    "text that speaks of PDF": "关于 %PDF-1.7 的说明\n".encode(),
    "text that begins as the name of PDF does": b"PDF",
    "text that begins as a zip nearly does": b"PKU, and so on\n",
    "text with a brace": "{\\网".encode(),
    "text that begins with a letter": b"Many words, and <p> among them.\n",
    "text in Markdown with a table of HTML": "# 报告\n\n<table><tr><td>一</td></tr></table>\n".encode(),
    "text that is empty": b"",
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["a", "a.txt", "a.docx", "a.html", "a.pdf", "a.doc"])
def test_a_reader_is_found_by_the_content(kind: str, name: str) -> None:
    """The first that recognises it; text takes what is left."""
    reader = next(reader for reader in nianbao_add_readers() if reader.recognises(KINDS[kind], name))

    assert reader.name == kind.split()[0]


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("an archive", "是压缩包（rar）"),
        ("a picture in PNG", "是图片（PNG）"),
        ("a picture in JPEG", "是图片（JPEG）"),
        ("a picture in GIF", "是图片（GIF）"),
        ("a picture in BMP", "是图片（BMP）"),
        ("a picture in TIFF", "是图片（TIFF）"),
        ("a picture in TIFF of a Mac", "是图片（TIFF）"),
        ("a program of Windows", "是程序（Windows）"),
        ("a program of Linux", "是程序（Linux）"),
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.docx", "a.exe"])
def test_what_is_no_text_at_all_is_told_to_be_what_it_is(kind: str, said: str, name: str) -> None:
    """And not to be saved as one in another encoding."""
    checked = linter(Settings()).check(Input(name, data=KINDS[f"other for {kind}"]))
    assert checked.error is not None
    assert checked.error.zh.startswith(said)


@pytest.mark.parametrize("name", ["报告.doc", "报告.pdf", "报告.docx"])
def test_a_file_with_the_wrong_name_is_read_all_the_same(name: str, tmp_path: Path) -> None:
    """A text called .doc, a page called .doc: as they come from people."""
    page = (
        "<html><body>"
        + "".join(f"<p>{line}</p>" for line in REPORT.split("\n") if not line.startswith("\t"))
        + "</body></html>"
    )
    for data, kind in ((REPORT.encode(), ""), (page.encode(), "html")):
        path = tmp_path / name
        path.write_bytes(data)
        report = linter(Settings()).read(Input(str(path)))

        assert report.source.kind == kind
        assert report.recognised


@pytest.mark.parametrize("encoding", ["gb18030", "big5hkscs", "utf-16-le", "utf-8"])
def test_an_encoding_that_is_told_is_believed(encoding: str, tmp_path: Path) -> None:
    """Of a text and of a page; what is no text has none, whatever is said of it."""
    words = (
        "青禾縣2024年政府資訊報告" if encoding.startswith("big5") else "青禾县2024年政府信息公开工作年度报告"
    )
    judging = linter(Settings(encoding=encoding))
    for name, text in (("a.txt", f"{words}\n"), ("a.html", f"<html><body><p>{words}</p></body></html>")):
        (tmp_path / name).write_bytes(text.encode(encoding))
        source = judging.read(Input(str(tmp_path / name))).source

        assert words in source.text
        assert source.encoding == encoding
    checked = judging.check(Input("a.pdf", data=b"%PDF-1.7\n"))
    assert checked.error is not None
    assert encoding not in checked.error.zh
