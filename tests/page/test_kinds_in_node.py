"""The kinds of files that the page says it reads are read in it, and of the others it says what to do in a browser."""

import io
import zipfile
from pathlib import Path
from random import Random

import pytest
from nianbao.testing import compliant
from page.engine import Engine
from readers.test_office import compound
from rendering import DOCUMENTS, content
from rendering.ofd import ofd

WRITERS = {
    "mht": DOCUMENTS["mht, clean"],
    "ofd": ofd,
    "xlsx": DOCUMENTS["xlsx"],
}


def _written(kind: str) -> bytes:
    """Return a report with a wrong sum in a file of this *kind*."""
    draft = compliant("2021", "township", 5)
    draft.set("applications/received/natural_person", "9999")
    blocks = content(draft)
    assert blocks is not None
    return WRITERS[kind](blocks, Random(1))


def _zipped(**files: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_", "."), content)
    return data.getvalue()


def _opened(engine: Engine, path: Path, data: bytes) -> list[object]:
    path.write_bytes(data)
    return [engine.call("view", report=report) for report in engine.open(path)["added"]]


@pytest.mark.parametrize("kind", WRITERS)
def test_a_kind_that_the_page_names_is_read(engine: Engine, kind: str, tmp_path: Path) -> None:
    (view,) = _opened(engine, tmp_path / f"年报.{kind}", _written(kind))
    assert "SUM001" in {finding["record"]["code"] for finding in view["findings"]}


def test_an_archive_is_read_as_a_folder(engine: Engine, tmp_path: Path) -> None:
    data = _zipped(甲镇_xlsx=_written("xlsx"), 乙镇_ofd=_written("ofd"))
    views = _opened(engine, tmp_path / "各镇.zip", data)
    assert {view["entry"]["name"] for view in views} == {"各镇.zip/甲镇.xlsx", "各镇.zip/乙镇.ofd"}
    for view in views:
        assert "SUM001" in {finding["record"]["code"] for finding in view["findings"]}


@pytest.mark.parametrize(
    ("name", "data", "to"),
    [
        ("年报.doc", compound("WordDocument"), ".docx"),
        ("年报.wps", compound("WordDocument"), ".docx"),
        ("年报.rtf", b"{\\rtf1 \\ansi x}", ".docx"),
        ("年报.xls", compound("Workbook"), ".xlsx"),
    ],
)
def test_what_another_program_would_read_is_to_be_saved_otherwise(
    engine: Engine, name: str, data: bytes, to: str, tmp_path: Path
) -> None:
    """No program can be installed for the page."""
    (view,) = _opened(engine, tmp_path / name, data)
    error = view["entry"]["error"]
    assert f"另存为 {to} " in error
    assert "LibreOffice" not in error


def test_an_archive_without_reports_is_told_what_the_page_reads(engine: Engine, tmp_path: Path) -> None:
    (view,) = _opened(engine, tmp_path / "照片.zip", _zipped(说明_ini=b""))
    error = view["entry"]["error"]
    assert ".docx、" in error
    assert ".xlsx" in error
    assert not {".doc", ".wps", ".rtf", ".xls"} & set(
        error.replace("）", "、").replace("（", "、").split("、")
    )
