"""A workbook and an archive of a page on the command line: places in words, copies, and no change of the file."""

import json
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from cli.conftest import run
from cli.running import Run, validated
from nianbao.testing import compliant
from rendering import content, html, mht, xlsx
from rendering.grids import Block

__all__ = ["run"]

READ = ("--select", "SUM,DOC002", "--lang", "zh", "-f", "json")
SUMS = ("--select", "SUM", "--lang", "zh")


def wrong() -> tuple[Block, ...]:
    """Return a report with one error among its sums: in table four 1 + 0 + 0 + 0 is said to be 2."""
    draft = compliant("2021", "county", 3, "tabs")
    for column, text in zip(("upheld", "corrected", "other", "pending", "total"), "10002", strict=True):
        draft.set(f"review/cases/review_{column}", text)
    blocks = content(draft)
    assert blocks is not None
    return blocks


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "年报.xlsx"
    path.write_bytes(xlsx.sheets(wrong(), Random(1)))
    return path


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "年报.mht"
    path.write_bytes(mht.saved(html.clean(wrong(), Random(1))))
    return path


def test_a_place_in_a_workbook_is_sheet_row_and_column(run: Run, book: Path) -> None:
    """The figure that openpyxl finds in that cell is the one that is wrong."""
    openpyxl = pytest.importorskip("openpyxl")
    ended = run("check", book, *SUMS, "-f", "json")
    (finding,) = validated("check", json.loads(ended.out))["findings"]
    origin = finding["span"]["origin"]
    assert openpyxl.load_workbook(book)[origin["sheet"]][origin["cell"]].value == 2
    assert (origin["start"], origin["end"]) == (0, 1)
    column, row = origin["cell"][0], origin["cell"][1:]
    words = f"工作表“{origin['sheet']}”第{row}行{column}列"
    assert f" ({words}) " in " ".join(run("check", book, *SUMS).out.split())
    assert words in run("show", book, "--format", "cells", "--lang", "zh").out
    assert (
        f"sheet '{origin['sheet']}', cell {origin['cell']}"
        in run("show", book, "--format", "cells", "--lang", "en").out
    )


def test_the_page_of_an_archive_is_its_place(run: Run, page: Path) -> None:
    ended = run("check", page, *SUMS, "-f", "json")
    (finding,) = validated("check", json.loads(ended.out))["findings"]
    assert finding["span"]["origin"]["part"] == "http://qinghe.example/1.html"
    assert finding["span"]["text"] == "2"


@pytest.mark.parametrize("kind", ["book", "page"])
def test_its_copy_is_a_page_and_itself_is_never_changed(
    run: Run, tmp_path: Path, kind: str, request: pytest.FixtureRequest
) -> None:
    path: Path = request.getfixturevalue(kind)
    before = path.read_bytes()
    out = tmp_path / "批注.html"
    assert run("annotate", path, "-o", out, *SUMS).code == 1
    shown = out.read_text(encoding="utf-8")
    assert shown.startswith("<!DOCTYPE html>")
    assert shown.count('class="nianbao-mark') == 1
    assert run("annotate", path, "-o", tmp_path / f"副本{path.suffix}", *SUMS).code == 2
    assert path.read_bytes() == before


@pytest.mark.parametrize("kind", ["xlsx", "mht"])
def test_a_fix_is_refused_with_what_to_do(run: Run, tmp_path: Path, kind: str) -> None:
    draft = compliant("2021", "county", 3, "tabs")
    blocks = content(draft, draft.render().replace("，", ",", 1))
    assert blocks is not None
    path = tmp_path / f"年报.{kind}"
    data = xlsx.ruled(blocks, Random(1)) if kind == "xlsx" else mht.saved(html.clean(blocks, Random(1)))
    path.write_bytes(data)
    ended = run("check", path, "--lang", "zh", "--fix", "--unsafe-fixes")
    assert "没有改：" in ended.err
    assert {"xlsx": "工作簿不能改", "mht": "单个文件的网页（.mht）不能改"}[kind] in ended.err
    assert "--fix" not in ended.out
    assert path.read_bytes() == data


def test_of_tables_alone_there_is_no_full_verdict(run: Run, tmp_path: Path) -> None:
    """Their sums are checked; that the text is unread comes first."""
    path = tmp_path / "表.xlsx"
    path.write_bytes(xlsx.ruled([block for block in wrong() if not hasattr(block, "role")], Random(1)))
    ended = run("check", path, "--lang", "zh", "-f", "json")
    said = json.loads(ended.out)
    assert [finding["code"] for finding in said["findings"]] == ["SUM004"]
    out = run("check", path, "--lang", "zh", "--fail-on", "never")
    assert out.code == 3
    assert "工作簿里只有表格，正文没有读到，没有检查" in out.out


# -- what is hidden ------------------------------------------------------------------------------------------


def altered(path: Path, blocks: tuple[Block, ...], change: Callable[[Any], None]) -> Path:
    """Write a workbook of *blocks*, a sheet for each part, that openpyxl has made a *change* in."""
    openpyxl = pytest.importorskip("openpyxl")
    path.write_bytes(xlsx.sheets(blocks, Random(1)))
    made = openpyxl.load_workbook(path)
    change(made)
    made.save(path)
    return path


def granted(book: Any) -> tuple[Any, int]:
    """Return the sheet and the number of the row of 予以公开."""
    cells = (cell for sheet in book for row in sheet.iter_rows() for cell in row)
    found = next(cell for cell in cells if "予以公开" in str(cell.value) and "（一）" in str(cell.value))
    return found.parent, found.row


def hide_row(book: Any) -> None:
    sheet, row = granted(book)
    sheet.row_dimensions[row].hidden = True


def hide_column(book: Any) -> None:
    granted(book)[0].column_dimensions["F"].hidden = True


def findings(run: Run, path: Path) -> dict[str, dict[str, Any]]:
    return {each["code"]: each for each in json.loads(run("check", path, *READ).out)["findings"]}


@pytest.mark.parametrize(("change", "named"), [(hide_row, "三（一）予以公开"), (hide_column, "表三（")])
def test_a_row_or_column_that_is_hidden_is_unread_and_not_missing(
    run: Run, tmp_path: Path, change: Callable[[Any], None], named: str
) -> None:
    blocks = content(compliant("2021", "county", 3, "tabs"))
    assert blocks is not None
    path = altered(tmp_path / "年报.xlsx", blocks, change)
    found = findings(run, path)
    assert set(found) == {"DOC002"}
    assert "是隐藏的，没有读" in found["DOC002"]["message"]
    assert named in found["DOC002"]["message"]
    assert "取消隐藏" in found["DOC002"]["help"]


def test_what_another_sheet_hides_excuses_no_row(run: Run, tmp_path: Path) -> None:
    def change(book: Any) -> None:
        sheet, row = granted(book)
        for merged in [each for each in sheet.merged_cells.ranges if each.max_row >= row]:
            sheet.unmerge_cells(str(merged))
        sheet.delete_rows(row)
        beside = next(each for each in book if each is not sheet)
        beside.row_dimensions[1].hidden = True

    blocks = content(compliant("2021", "county", 3, "tabs"))
    assert blocks is not None
    found = findings(run, altered(tmp_path / "年报.xlsx", blocks, change))
    assert "三（一）予以公开" in found["SUM008"]["message"]
