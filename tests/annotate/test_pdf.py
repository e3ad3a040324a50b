"""Highlights in a PDF: on the words and the cells, behind the bytes that the file had."""

import io
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pdfplumber
import pypdf
import pytest
from annotate.judging import IDENTITY, MOBILE, STYLE, Said, faulty, judged, verdict_on
from cli.running import PATIENCE
from nianbao.annotate.annotators import annotated
from nianbao.files.own import own_kind
from nianbao.readers.pdf import read_pdf
from nianbao.text.source import Span
from nianbao.writers.writer import RefusedError
from rendering import DOCUMENTS
from rendering.office import PROGRAM, saved
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

PDFTOPPM = shutil.which("pdftoppm")
WIDTH, HEIGHT, SIZE = 400.0, 300.0, 20.0


class Highlight(NamedTuple):
    """A highlight as a reader of PDF sees it: its page, its rectangles from the upper left, its words."""

    page: int
    boxes: Sequence[tuple[float, float, float, float]]
    words: str


def drawn(lines: Sequence[tuple[float, float, str]]) -> bytes:
    """Return a page with each of *lines* at its place from the left and from the foot."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    file = io.BytesIO()
    canvas = Canvas(file, (WIDTH, HEIGHT))
    canvas.setFont("STSong-Light", SIZE)
    for left, up, text in lines:
        canvas.drawString(left, up, text)
    canvas.save()
    return file.getvalue()


def highlights(data: bytes) -> Iterator[Highlight]:
    for number, page in enumerate(pypdf.PdfReader(io.BytesIO(data)).pages, 1):
        for reference in page.get("/Annots", ()):
            one: Any = reference.get_object()
            if one["/Subtype"] == "/Highlight":
                assert one["/T"] == "nianbao"
                points = [float(x) for x in one["/QuadPoints"]]
                quads = [points[at : at + 8] for at in range(0, len(points), 8)]
                high = float(page.mediabox.top)
                boxes = [(min(q[::2]), high - max(q[1::2]), max(q[::2]), high - min(q[1::2])) for q in quads]
                yield Highlight(number, boxes, one["/Contents"])


def under(data: bytes, one: Highlight) -> str:
    """Return the signs whose centre is under the highlight *one*, as pdfplumber reads them."""
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return "".join(
            sign["text"]
            for sign in pdf.pages[one.page - 1].chars
            for left, top, right, bottom in one.boxes
            if left <= (sign["x0"] + sign["x1"]) / 2 <= right
            and top <= (sign["top"] + sign["bottom"]) / 2 <= bottom
        )


def marked(data: bytes, *said: Said | Span) -> bytes:
    copy = annotated(data, verdict_on(read_pdf(data, "report.pdf"), said), STYLE)
    assert copy.startswith(data)
    return copy


def test_a_highlight_is_on_the_words_and_says_what_is_to_be_said() -> None:
    data = drawn([(50, 200, "青禾县年度报告全文"), (50, 150, "发布信息2024条完")])
    copy = marked(data, Said("年度", "甲"), Said("2024", "乙"))
    found = list(highlights(copy))
    assert [under(data, one) for one in found] == ["年度", "2024"]
    assert found[0].words == "【错误】QH001 甲\n依据：《青禾县政务公开办法》第三条\n怎样改：改正"
    assert read_pdf(copy, "copy.pdf").text == read_pdf(data, "report.pdf").text


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
@pytest.mark.parametrize("moved", [0.0, 36.0])
def test_pages_that_are_turned_or_begin_elsewhere(turned: int, moved: float) -> None:
    writer = pypdf.PdfWriter(io.BytesIO(drawn([(100, 150, "年度报告")])))
    page = writer.pages[0]
    page.mediabox = pypdf.generic.RectangleObject((moved, moved / 2, WIDTH + moved, HEIGHT + moved / 2))
    page.rotate(turned)
    file = io.BytesIO()
    writer.write(file)
    data = file.getvalue()
    # Pages that are turned are read sign by sign, each a line: only the places of the marks are looked at here.
    source = read_pdf(data, "report.pdf")
    copy = annotated(data, verdict_on(source, [Said("度" if turned else "度报", "甲")]), STYLE)
    (one,) = pypdf.PdfReader(io.BytesIO(copy)).pages[0]["/Annots"][:1]  # type: ignore[index]
    left, bottom, right, top = map(float, one.get_object()["/Rect"])
    # In the coordinates of the content the words are where they were drawn, whichever way the page is shown.
    assert (left, right) == (pytest.approx(120, abs=2), pytest.approx(140 if turned else 160, abs=2))
    assert bottom < 150 < top < 150 + 2 * SIZE


def test_private_numbers_and_marks_between_cells_are_in_no_note() -> None:
    data = drawn([(20, 200, "甲乙")])
    (one,) = highlights(marked(data, Said("乙", "a\x1fb")))
    assert "a│b" in one.words


def test_what_is_nowhere_is_said_of_the_title() -> None:
    data = drawn([(50, 200, "青禾县年度报告"), (50, 150, "一、总体情况")])
    (one,) = highlights(marked(data, Span(0, 0)))
    assert under(data, one)


def test_an_encrypted_pdf_is_refused() -> None:
    writer = pypdf.PdfWriter(io.BytesIO(drawn([(50, 200, "甲乙")])))
    source = read_pdf(drawn([(50, 200, "甲乙")]), "report.pdf")
    writer.encrypt("", "owner")
    file = io.BytesIO()
    writer.write(file)
    with pytest.raises(RefusedError) as caught:
        annotated(file.getvalue(), verdict_on(source, [Said("乙", "注")]), STYLE)
    assert "密码" in caught.value.reason.zh


def test_bytes_that_are_no_pdf_are_refused() -> None:
    source = read_pdf(drawn([(50, 200, "甲乙")]), "report.pdf")
    with pytest.raises(RefusedError):
        annotated(b"%PDF-1.7\nnothing", verdict_on(source, [Said("乙", "注")]), STYLE)


@pytest.mark.skipif(PROGRAM is None, reason="LibreOffice is not installed")
def test_real_findings_are_on_their_cells_and_words(tmp_path: Path) -> None:
    data = saved(DOCUMENTS["docx"](faulty(), Random(1)), "pdf")
    verdict = judged(data, "report.pdf")
    copy = annotated(data, verdict, STYLE)
    assert copy.startswith(data)
    found = {under(data, one): one.words for one in highlights(copy)}
    assert "1 ≠ 2" in found["2"]
    assert "PRV001" in found[IDENTITY]
    assert "PRV002" in found[MOBILE]
    assert not [words for words in found.values() if IDENTITY in words or MOBILE in words]
    assert sum(words.count("依据：") for words in found.values()) == len(verdict.open)
    if PDFTOPPM is not None:
        assert is_coloured(copy, tmp_path)
        assert not is_coloured(data, tmp_path)


def is_coloured(data: bytes, folder: Path) -> bool:
    """Return whether anything but grey is on the pages of *data*, as poppler draws them."""
    (folder / "a.pdf").write_bytes(data)
    subprocess.run((str(PDFTOPPM), "-r", "40", "a.pdf", "page"), cwd=folder, check=True, timeout=PATIENCE)
    return any(_has_colour(path.read_bytes()) for path in folder.glob("page-*.ppm"))


def _has_colour(ppm: bytes) -> bool:
    pixels = ppm.split(b"\n", 3)[3]
    return any(
        max(pixel) - min(pixel) > 40 for pixel in zip(*(pixels[at::3] for at in range(3)), strict=True)
    )


def test_a_copy_is_known_as_one(tmp_path: Path) -> None:
    """By the file alone: a folder with the report and its copy has one report."""
    data = drawn([(20, 250, "截止2024年12月31日")])
    verdict = verdict_on(read_pdf(data, "report.pdf"), [Said("截止", "注")])
    (tmp_path / "a.pdf").write_bytes(data)
    (tmp_path / "b.pdf").write_bytes(annotated(data, verdict, STYLE))
    assert [own_kind(str(tmp_path / name)) for name in ("a.pdf", "b.pdf")] == ["", "copy"]
