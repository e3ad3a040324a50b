"""`nianbao extract`: reports as data."""

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest
from cli.running import Run
from nianbao.testing import compliant


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """A folder with a report on 2024 and one on 2020, which is on the older form."""
    draft = compliant("2021", "county", 3)
    draft.set("applications/received/natural_person", "１２")
    draft.set("applications/repeated/total", "/")
    draft.set("review/cases/review_total", "")
    (tmp_path / "甲.txt").write_text(draft.render(), encoding="utf-8")
    (tmp_path / "乙.md").write_text(compliant("2019", "city", 1, "pipes").render(), encoding="utf-8")
    return tmp_path


def test_json_has_every_cell_with_its_value_and_state(run: Run, two: Path) -> None:
    ended = run("extract", two / "甲.txt")
    (report,) = json.loads(ended.stdout)["reports"]
    draft = compliant("2021", "county", 3)

    assert ended.code == 0
    assert (report["year"], report["form"], report["level"]) == (draft.year, "2021", "county")
    assert report["title"] == "".join(draft.title.split())
    cells = {
        f"{table['key']}/{cell['row']}/{cell['column']}": cell
        for table in report["tables"]
        for cell in table["cells"]
    }
    assert set(cells) == set(draft.cells)
    assert (
        cells["applications/received/natural_person"]["value"],
        cells["applications/received/natural_person"]["raw"],
    ) == ("12", "１２")
    assert (cells["applications/repeated/total"]["state"], cells["applications/repeated/total"]["value"]) == (
        "mark",
        None,
    )
    assert cells["review/cases/review_total"]["state"] == "blank"
    assert [section["key"] for section in report["sections"]] == [section.key for section in draft.sections]
    for found, section in zip(report["sections"], draft.sections, strict=True):
        assert found["title"] == section.title
        assert all(paragraph.strip() in found["text"] for paragraph in section.paragraphs)


def test_csv_has_a_row_a_report_and_a_column_a_cell_of_each_form(run: Run, two: Path) -> None:
    ended = run("extract", two, "-f", "csv")
    text = ended.stdout.decode("utf-8")
    head, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff")))

    assert text.startswith("\ufeff"), "a spreadsheet takes it for UTF-8"
    assert head[:6] == ["path", "title", "issuer", "level", "year", "form"]
    assert len(head) == len(set(head)) == len(rows[0]) == len(rows[1])
    records = {row[5]: dict(zip(head, row, strict=True)) for row in rows}
    assert records["2021"]["applications/received/natural_person"] == "12"
    assert records["2021"]["applications/repeated/total"] == "/"
    assert records["2019"]["procurement/procurement/amount"] == compliant("2019", "city", 1).cells[
        "procurement/procurement/amount"
    ].replace(",", "")
    assert records["2021"]["procurement/procurement/amount"] == ""


def test_a_text_is_no_formula(run: Run, tmp_path: Path) -> None:
    """What a spreadsheet would calculate is written behind an apostrophe; a negative figure stays one."""
    draft = compliant("2021", "county", 3)
    draft.set("applications/repeated/total", '=HYPERLINK("x")')
    draft.set("applications/received/total", "-3")
    draft.section("other").paragraphs[:] = ["=1+1"]
    (tmp_path / "甲.txt").write_text(draft.render(), encoding="utf-8")
    text = run("extract", tmp_path, "-f", "csv").stdout.decode("utf-8-sig")
    head, row = csv.reader(io.StringIO(text))
    values = dict(zip(head, row, strict=True))

    assert values["applications/repeated/total"].startswith("'=")
    assert values["section/other"] == "'=1+1"
    assert values["applications/received/total"] == "-3"


def test_xlsx_is_a_sheet_that_opens(run: Run, two: Path, tmp_path: Path) -> None:
    path = tmp_path / "数据.xlsx"
    ended = run("extract", two, "--format", "xlsx", "-o", path)
    page = openpyxl.load_workbook(path).active

    assert (ended.code, ended.stdout) == (0, b"")
    assert page.max_row == 3
    head = [cell.value for cell in page[1]]
    values = {
        row[5].value: dict(zip(head, (cell.value for cell in row), strict=True)) for row in page.iter_rows(2)
    }
    assert values["2021"]["applications/received/natural_person"] == 12
    assert values["2021"]["year"] == compliant("2021", "county", 3).year


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("-f", "xlsx"), "xlsx 要用 -o 写明文件"),
        (("-f", "ods"), "“ods”不行"),
        (("-o", "/nowhere/x.json"), "不能写入 /nowhere/x.json：没有这个文件或者文件夹"),
    ],
)
def test_what_cannot_be_done_is_told(arguments: tuple[str, ...], said: str, run: Run, two: Path) -> None:
    ended = run("extract", two, *arguments)

    assert (ended.code, ended.stdout) == (2, b"")
    assert said in ended.err


def test_one_that_cannot_be_read_costs_no_other(run: Run, two: Path) -> None:
    (two / "丙.txt").write_bytes(b"\xff")
    ended = run("extract", two)

    assert ended.code == 3
    assert ended.err.startswith(f"{two / '丙.txt'}: ")
    assert len(json.loads(ended.stdout)["reports"]) == 2
    assert run("extract", "-", stdin=(two / "甲.txt").read_bytes()).code == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "没有文字"),
        (" \r\n\u3000\n", "没有文字"),
        ("关于开展春季植树活动的报告\n\n三月中旬种树两千株。\n", "看不出是政府信息公开工作年度报告"),
    ],
)
def test_one_that_nothing_can_be_taken_from_is_told(text: str, said: str, run: Run, two: Path) -> None:
    (two / "丙.txt").write_bytes(text.encode())
    ended = run("extract", two)

    (line,) = ended.err.splitlines()
    assert line.startswith(f"{two / '丙.txt'}: ")
    assert said in line
    assert (ended.code, len(json.loads(ended.stdout)["reports"])) == (0, 3)


def test_the_suffix_of_the_file_says_the_format(run: Run, two: Path, tmp_path: Path) -> None:
    """One against the format that is given is refused."""
    assert run("extract", two, "-o", tmp_path / "out.csv").code == 0
    assert b"path,title" in (tmp_path / "out.csv").read_bytes()[:20]
    assert run("extract", two, "-f", "json", "-o", tmp_path / "other.csv").code == 2
    assert not (tmp_path / "other.csv").exists()
