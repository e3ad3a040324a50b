"""Published reports, brought to Word: what is written into them leaves every other byte as it was."""

import io
from collections.abc import Mapping
from pathlib import Path
from random import Random

import docx as library
import pytest
from annotate.judging import STYLE
from nianbao.annotate.annotators import annotated
from nianbao.readers.docx import read_docx
from nianbao.run.linter import Input, linter
from nianbao.run.proof import Fixed, fixed
from nianbao.run.settings import Settings
from nianbao.text.marks import CELL_MARK
from rendering import docx as drawn
from rendering.docx import Habits
from rendering.grids import Line
from rendering.office import PROGRAM, all_saved
from writers.docx_parts import MAIN, is_subsequence, packed, parts

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
REPORTS = sorted(p.name for p in CORPUS.glob("*") if p.suffix in (".txt", ".html", ".pdf"))
pytestmark = [
    pytest.mark.skipif(PROGRAM is None, reason="LibreOffice is not installed"),
    pytest.mark.skipif(not REPORTS, reason="no collection of published reports beside the project"),
]
ONE = linter(Settings())


@pytest.fixture(scope="module")
def brought() -> Mapping[str, bytes]:
    """The reports as docx that LibreOffice has saved: a page with its tables, else its text line by line."""
    pages = [name for name in REPORTS if name.endswith(".html")]
    texts = [name for name in REPORTS if name not in pages]
    return {
        **dict(
            zip(
                pages,
                all_saved([(CORPUS / name).read_bytes() for name in pages], "docx", "html"),
                strict=True,
            )
        ),
        **dict(zip(texts, all_saved([line_by_line(name) for name in texts], "docx"), strict=True)),
    }


def line_by_line(name: str) -> bytes:
    text = ONE.read(Input(str(CORPUS / name))).source.text.replace(CELL_MARK, " ")
    lines = [Line(line.strip(), "prose") for line in text.split("\n") if line.strip()]
    return drawn.docx(lines, Random(1), Habits())


@pytest.fixture(scope="module")
def commented(brought: Mapping[str, bytes]) -> Mapping[str, tuple[bytes, bytes]]:
    """Each report with comments in it, and that as LibreOffice saves it."""
    copies = {}
    for name, data in brought.items():
        checked = ONE.check(Input("报告.docx", data=data))
        assert checked.verdict is not None
        copies[name] = annotated(data, checked.verdict, STYLE)
    return dict(
        zip(copies, zip(copies.values(), all_saved([*copies.values()], "docx"), strict=True), strict=True)
    )


@pytest.fixture(scope="module")
def tracked(brought: Mapping[str, bytes]) -> Mapping[str, tuple[Fixed, bytes]]:
    """Each report with its fixes, and that as LibreOffice saves it."""
    fixes = {name: fixed(ONE, Input("报告.docx", data=data), unsafe=True) for name, data in brought.items()}
    backs = all_saved([done.data for done in fixes.values()], "docx")
    return dict(zip(fixes, zip(fixes.values(), backs, strict=True), strict=True))


def keeps_its_bytes(before: bytes, after: bytes, *changed: str) -> None:
    """Hold that only the parts *changed* are packed again, and that each of them still has all its bytes in order."""
    assert [name for name, old in packed(before).items() if packed(after)[name] != old] == [*changed]
    for name in changed:
        assert is_subsequence(parts(before)[name], parts(after)[name])


@pytest.mark.parametrize("name", REPORTS)
def test_comments_leave_every_byte_and_libreoffice_opens_them(
    name: str, brought: Mapping[str, bytes], commented: Mapping[str, tuple[bytes, bytes]]
) -> None:
    data = brought[name]
    copy, back = commented[name]
    said = library.Document(io.BytesIO(copy)).comments
    assert len(said) > 0
    touched = [n for n in packed(data) if packed(copy)[n] != packed(data)[n]]
    assert MAIN in touched
    keeps_its_bytes(data, copy, *touched)
    assert read_docx(copy, "报告.docx").text == read_docx(data, "报告.docx").text
    assert len(library.Document(io.BytesIO(back)).comments) == len(said)


@pytest.mark.parametrize("name", REPORTS)
def test_tracked_fixes_leave_every_byte_and_libreoffice_opens_them(
    name: str, brought: Mapping[str, bytes], tracked: Mapping[str, tuple[Fixed, bytes]]
) -> None:
    data = brought[name]
    done, back = tracked[name]
    if not done.made:  # nothing of it can be put right by rule
        assert done.data == data
        return
    keeps_its_bytes(data, done.data, MAIN)
    again = fixed(ONE, Input("报告.docx", data=done.data), unsafe=True)
    assert (again.made, again.data) == ((), done.data)
    assert read_docx(back, "报告.docx").text.split() == done.verdict.report.source.text.split()
