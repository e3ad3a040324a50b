"""Published reports, brought to Word: what is written into them leaves every other byte as it was."""

import io
from functools import cache
from pathlib import Path
from random import Random

import docx as library
import pytest
from annotate.judging import STYLE
from nianbao.annotate.annotators import annotated
from nianbao.readers.docx import read_docx
from nianbao.run.linter import Input, linter
from nianbao.run.proof import fixed
from nianbao.run.settings import Settings
from nianbao.text.marks import CELL_MARK
from rendering import docx as drawn
from rendering.docx import Habits
from rendering.grids import Line
from rendering.office import PROGRAM, saved
from writers.docx_parts import MAIN, is_subsequence, packed, parts

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
REPORTS = sorted(p.name for p in CORPUS.glob("*") if p.suffix in (".txt", ".html", ".pdf"))
pytestmark = [
    pytest.mark.skipif(PROGRAM is None, reason="LibreOffice is not installed"),
    pytest.mark.skipif(not REPORTS, reason="no collection of published reports beside the project"),
]
ONE = linter(Settings())


@cache
def brought(name: str) -> bytes:
    """Return the report as a docx that LibreOffice has saved: a page with its tables, else its text line by line."""
    path = CORPUS / name
    if path.suffix == ".html":
        return saved(path.read_bytes(), "docx", "html")
    text = ONE.read(Input(str(path))).source.text.replace(CELL_MARK, " ")
    lines = [Line(line.strip(), "prose") for line in text.split("\n") if line.strip()]
    return saved(drawn.docx(lines, Random(1), Habits()), "docx")


def keeps_its_bytes(before: bytes, after: bytes, *changed: str) -> None:
    """Hold that only the parts *changed* are packed anew, and that each of them still has all its bytes in order."""
    assert [name for name, old in packed(before).items() if packed(after)[name] != old] == [*changed]
    for name in changed:
        assert is_subsequence(parts(before)[name], parts(after)[name])


@pytest.mark.parametrize("name", REPORTS)
def test_comments_leave_every_byte_and_libreoffice_opens_them(name: str) -> None:
    data = brought(name)
    checked = ONE.check(Input("报告.docx", data=data))
    assert checked.verdict is not None
    copy = annotated(data, checked.verdict, STYLE)
    said = library.Document(io.BytesIO(copy)).comments
    assert len(said) > 0
    touched = [n for n in packed(data) if packed(copy)[n] != packed(data)[n]]
    assert MAIN in touched
    keeps_its_bytes(data, copy, *touched)
    assert read_docx(copy, "报告.docx").text == checked.verdict.report.source.text
    assert len(library.Document(io.BytesIO(saved(copy, "docx"))).comments) == len(said)


@pytest.mark.parametrize("name", REPORTS)
def test_tracked_fixes_leave_every_byte_and_libreoffice_opens_them(name: str) -> None:
    data = brought(name)
    done = fixed(ONE, Input("报告.docx", data=data), unsafe=True)
    if not done.made:  # nothing of it can be put right by rule
        assert done.data == data
        return
    keeps_its_bytes(data, done.data, MAIN)
    again = fixed(ONE, Input("报告.docx", data=done.data), unsafe=True)
    assert (again.made, again.data) == ((), done.data)
    assert (
        read_docx(saved(done.data, "docx"), "报告.docx").text.split()
        == done.verdict.report.source.text.split()
    )
