"""PDFs as LibreOffice writes them; hostile ones."""

import io
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest
from effort import affordable
from nianbao.readers import limits, pdf
from nianbao.readers.child import Answer, Bounds
from nianbao.readers.pdf import read_pdf
from nianbao.report.form import Form
from nianbao.report.issuer import Level
from nianbao.report.report import Report
from nianbao.testing import Draft, compliant
from nianbao.text.source import UnreadableError
from rendering import DOCUMENTS, content
from rendering import Block as Drawn
from rendering.grids import Line
from rendering.hostile import HOSTILE
from rendering.hostile import pdf as written
from rendering.office import PROGRAM, all_saved

WIDTH, HEIGHT = 600.0, 800.0
LEFT, RIGHT, SIZE = 100.0, 500.0, 10.0  # forty characters to a line


@pytest.fixture(autouse=True)
def _patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A child is given time enough on a machine that does other things beside."""
    monkeypatch.setattr(limits, "PDF_SECONDS", 120)
    monkeypatch.setattr(limits, "PDF_CLOCK", 600)


# -- files -------------------------------------------------------------------------------------------------


def refusal(data: bytes) -> str:
    """Return the error that a clerk reads about *data*; it costs no more than anybody waits for."""
    with affordable(2000), pytest.raises(UnreadableError) as raised:
        read_pdf(data, "报告.pdf")
    assert "\n" not in raised.value.reason.zh
    assert "pdf" in raised.value.reason.en.lower()
    return raised.value.reason.zh


PRINTED: Sequence[tuple[str, Level, int, bool]] = (
    ("2021", "county", 1, False),
    ("2019", "township", 2, True),
    ("2019", "province", 3, True),  # a figure broken in a narrow cell
    ("2019", "city", 6, False),  # a page that ends behind a row of one cell
    ("2021", "county", 17, True),  # and one that ends in a row of labels
    ("2021", "township", 23, True),
)


def drawn(number: int) -> tuple[Draft, Sequence[Drawn]]:
    """Return the report *number* of those that LibreOffice prints, and its blocks."""
    form, level, seed, joined = PRINTED[number]
    draft = compliant(form, level, seed)
    blocks = content(draft, joined=joined)
    assert blocks is not None
    return draft, blocks


@pytest.fixture(scope="module")
def printed() -> Sequence[bytes]:
    """The reports in PDF."""
    files = [DOCUMENTS["docx"](drawn(number)[1], Random(one[2])) for number, one in enumerate(PRINTED)]
    return all_saved(files, "pdf")


@pytest.mark.skipif(PROGRAM is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("number", range(len(PRINTED)))
def test_a_report_that_libreoffice_writes_reads_as_it_was_written(
    number: int, printed: Sequence[bytes], forms: Sequence[Form]
) -> None:
    """Every cell by its address, every label as printed, every paragraph on one line."""
    pytest.importorskip("pypdfium2_raw")
    draft, blocks = drawn(number)
    data = printed[number]

    source = read_pdf(data, "报告.pdf")
    report = Report(source, forms)

    found = {cell.address: cell.text for table in report.tables.values() for cell in table.cells}
    assert found == draft.cells
    labels = [
        label for table in report.tables.values() for label in (*table.rows.values(), *table.columns.values())
    ]
    assert all(label.exact for label in labels)
    lines = [line for line in source.text.split("\n") if line and not line.startswith("\x1f")]
    assert lines == [block.text for block in blocks if isinstance(block, Line)]
    assert (source.kind, source.path, source.visible) == ("pdf", "报告.pdf", False)
    again = read_pdf(data, "报告.pdf")
    assert (again.text, again.segments) == (source.text, source.segments)


def _drawings(depth: int) -> bytes:
    """Return a page with a drawing that draws another ten times, which draws another …"""
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import IndirectObject, NameObject, StreamObject

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(written(b"/X Do"))))
    inner: IndirectObject | None = None
    for _ in range(depth):
        form = StreamObject()
        form.set_data(b"/X Do " * 10 if inner is not None else b"0 0 m 9 9 l S")
        form[NameObject("/Type")] = NameObject("/XObject")
        form[NameObject("/Subtype")] = NameObject("/Form")
        form[NameObject("/BBox")] = writer.pages[0].mediabox
        form[NameObject("/Resources")] = _resources(inner)
        inner = writer._add_object(form)
    writer.pages[0][NameObject("/Resources")] = _resources(inner)
    return _bytes(writer)


def _resources(drawing: object) -> Any:
    from pypdf.generic import DictionaryObject, NameObject, PdfObject

    if not isinstance(drawing, PdfObject):
        return DictionaryObject()
    return DictionaryObject({NameObject("/XObject"): DictionaryObject({NameObject("/X"): drawing})})


def _bytes(writer: Any) -> bytes:
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def _blank(pages: int) -> bytes:
    from pypdf import PdfWriter

    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    return _bytes(writer)


def _with_owner_password() -> bytes:
    """Return a page that anybody may open and only its owner print."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(_worded())))
    writer.encrypt("", "secret", algorithm="RC4-128")
    return _bytes(writer)


FONT = "/Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"


def _worded() -> bytes:
    return written(b"BT /F1 12 Tf 100 700 Td (Report 2024) Tj ET", 1, FONT)


def _nameless() -> bytes:
    """Return a page in a font that says nothing of its characters."""
    font = (
        "/Font<</F1<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts"
        "[<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        "/Supplement 0>>>>]>>>>"
    )
    return written(b"BT /F1 12 Tf 100 700 Td <00110012001300140015> Tj ET", 1, font)


BAD: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "flate bomb": (HOSTILE["flate-bomb.pdf"], "过大"),
    "a million operators": (HOSTILE["operators.pdf"], "过大"),
    "more lines than any page": (lambda: written(b"9 9 30 30 re S\n" * 26_000), "过大"),
    "a list that never ends": (lambda: b"%PDF-1.4\n" + b"<<" * 1_000_000, "损坏"),
    "pages": (lambda: _blank(201), "201 页"),
    "locked": (HOSTILE["encrypted.pdf"], "密码"),
    "cut off": (HOSTILE["truncated.pdf"], "损坏"),
    "nothing but the first line": (lambda: b"%PDF-1.7\n", "损坏"),
    "a scan": (HOSTILE["scan.pdf"], "扫描件"),
    "empty": (lambda: _blank(1), "没有文字"),
    "characters without a name": (_nameless, "乱码"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_is_one_clear_line(name: str) -> None:
    pytest.importorskip("pypdfium2_raw")
    made, words = BAD[name]

    assert words in refusal(made())


def test_a_file_that_is_too_large_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PDF_BYTES", 2**20)

    assert "超过 1 MiB" in refusal(b"%PDF-1.7\n".ljust(2**20 + 1))


def test_who_may_open_it_without_a_password_may_read_it() -> None:
    pytest.importorskip("pypdfium2_raw")

    assert read_pdf(_with_owner_password(), "报告.pdf").text == "Report 2024\n"


def _recognised() -> bytes:
    """Return a scan with its text behind the picture, as `ocrmypdf` leaves one: in mode 3, in which nothing is drawn."""
    font = (
        "/Font<</F1<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts"
        "[<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)"
        "/Supplement 2>>/DW 1000>>]>>>>"
    )
    lines = ("青禾县2024年政府信息公开工作年度报告", "一、总体情况", "主动公开信息12条。")
    drawn = "".join(
        f"1 0 0 1 90 {700 - 40 * number} Tm <{line.encode('utf-16-be').hex()}> Tj\n"
        for number, line in enumerate(lines)
    )
    picture = "q 595 0 0 842 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \xff EI Q\n".encode("latin-1")
    return written(picture + f"BT /F1 14 Tf 3 Tr {drawn}ET".encode(), 1, font)


def test_a_scan_with_a_layer_of_text_is_read() -> None:
    """And the words on one without name the command that adds the layer."""
    pytest.importorskip("pypdfium2_raw")

    lines = read_pdf(_recognised(), "报告.pdf").text.splitlines()
    assert lines == ["青禾县2024年政府信息公开工作年度报告", "一、总体情况", "主动公开信息12条。"]
    assert "ocrmypdf -l chi_sim" in refusal(HOSTILE["scan.pdf"]())


def test_a_watermark_is_not_read() -> None:
    """Signs that are aslant."""
    pytest.importorskip("pypdfium2_raw")
    content = b"BT /F1 12 Tf 100 700 Td (Report) Tj ET BT /F1 60 Tf .7 .7 -.7 .7 100 650 Tm (DRAFT) Tj ET"

    assert read_pdf(written(content, 1, FONT), "报告.pdf").text == "Report\n"


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_page_that_is_turned_to_be_read_is_read_as_shown(turned: int) -> None:
    """A broad table is drawn on its side and the page turned; the first line is the upper one."""
    from pypdf import PdfReader, PdfWriter, Transformation

    pytest.importorskip("pypdfium2_raw")
    words = b"BT /F1 12 Tf 100 700 Td (Report 2024) Tj 0 -30 Td (Table) Tj ET"
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(written(words, 1, FONT))))
    page = writer.pages[0]
    width, height = float(page.mediabox.width), float(page.mediabox.height)
    page.add_transformation(Transformation().rotate(turned))
    x, y = {0: (0.0, 0.0), 90: (height, 0.0), 180: (width, height), 270: (0.0, width)}[turned]
    page.add_transformation(Transformation().translate(x, y))
    if turned in (90, 270):
        page.mediabox.upper_right = (height, width)
    page.rotate(turned)

    assert read_pdf(_bytes(writer), "报告.pdf").text == "Report 2024\nTable\n"


def test_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """The child imports from where this program does, and nowhere else."""
    monkeypatch.setattr(sys, "path", [place for place in sys.path if "site-packages" not in place])

    assert 'pip install "nianbao[pdf]"' in refusal(_worded())


@pytest.mark.parametrize(("bound", "words"), [("PDF_SECONDS", "处理器|中途退出"), ("PDF_CLOCK", "过了 2 秒")])
def test_a_child_that_takes_too_long_is_stopped(
    bound: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A drawing that draws another ten times, twelve deep: no one sees the end of that, nor has the memory for it."""
    pytest.importorskip("pypdfium2_raw")
    monkeypatch.setattr(limits, bound, 2)

    assert re.search(words, refusal(_drawings(12)))


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script")
def test_waiting_is_no_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A child that others keep from the processor is not stopped when its seconds there would be over."""
    pytest.importorskip("pypdfium2_raw")
    late = tmp_path / "python"
    late.write_text(f'#!/bin/sh\nsleep 3\nexec {sys.executable} "$@"\n')
    late.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(late))
    monkeypatch.setattr(limits, "PDF_SECONDS", 2)

    assert read_pdf(_worded(), "报告.pdf").text


@pytest.mark.skipif(sys.platform == "win32", reason="only a POSIX system bounds what a process takes")
def test_a_child_that_takes_too_much_memory_ends_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four MiB of what draws a page are allowed; here there is not even room for the libraries."""
    pytest.importorskip("pypdfium2_raw")
    monkeypatch.setattr(pdf, "Bounds", lambda *times: Bounds(*times, memory=20 * 2**20))

    assert re.search("内存|中途退出", refusal(_worded()))


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"[]",
        b"7",
        b'{"fault":"unheard of","count":0}',
        b'{"fault":"large"}',
        b'{"pages":[[1]]}',
        b'{"pages":[[600,800,0,[["a",1,2,3]],[]]]}',
        b'{"pages":[[600,800,0,[["a",1,2,3,"four"]],[]]]}',
        b'{"pages":[[600,800,NaN,[],[]]]}',
        b'{"pages":[[600,800,0,[],[[true,1,Infinity,3]]]]}',
        b'{"pages":{"a":1}}',
        b'{"pages":[[600,800,0,',
        b"\xff\xfe",
    ],
)
@pytest.mark.parametrize(("code", "words"), [(0, "损坏"), (-9, "中途退出")])
def test_what_the_child_says_is_checked(
    answer: bytes, code: int, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever has made the file may have got hold of the child."""
    monkeypatch.setattr(pdf, "answered", lambda *_: Answer(answer, code))

    assert words in refusal(b"%PDF-1.7\n")
