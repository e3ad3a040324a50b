"""`nianbao extract`: reports as data."""

import csv
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from cli.running import Run
from nianbao.cli.console import Console
from nianbao.report.report import Report
from nianbao.run.linter import Input, Linter
from nianbao.testing import compliant

APPLICATIONS = compliant("2021").form.table("applications")


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
    (report,) = ended.json("extract")["reports"]
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


@pytest.mark.parametrize(
    "text",
    [
        "机关,级别,上级,简称\n青禾县教育局,部门,,\n",
        "\ufeff单位名称\t上级\n石桥镇\t青禾县\n",
        "name;parent\nx;y\n",
    ],
)
def test_of_a_roster_nothing_is_taken(text: str, run: Run, two: Path) -> None:
    (two / "各单位.csv").write_bytes(text.encode())
    ended = run("extract", two / "甲.txt", two / "各单位.csv", "-f", "csv")
    assert ended.code == 3
    assert "这是机关名册，不是报告，没有取" in ended.err
    rows = csv.reader(io.StringIO(ended.stdout.decode("utf-8")))
    assert [Path(row[0]).name for row in rows][1:] == ["甲.txt"]


def test_the_suffix_of_the_file_says_the_format(run: Run, two: Path, tmp_path: Path) -> None:
    """One against the format that is given is refused."""
    assert run("extract", two, "-o", tmp_path / "out.csv").code == 0
    assert b"path,title" in (tmp_path / "out.csv").read_bytes()[:20]
    assert run("extract", two, "-f", "json", "-o", tmp_path / "other.csv").code == 2
    assert not (tmp_path / "other.csv").exists()


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    """A report with a cell in each state that there is: a figure, no figure, a sign, words, no such row, not read."""
    draft = compliant("2021", "county", 3)
    draft.set("regulations/rules/issued", "3")
    draft.set("regulations/rules/repealed", "")
    draft.set("regulations/rules/in_force", "/")
    draft.set("permits/permits/decisions", "见附件")
    draft.drop("applications/security")
    draft.set("charges/charges/amount", "1234567890.123456789")
    text = draft.render()
    cells = [draft.cells[f"penalties/{row}/decisions"] for row in ("penalties", "coercion")]
    # A table whose figures are lost in copying: its labels remain.
    broken = text.replace(
        f"\t行政处罚\n\t{cells[0]}\n\n\t行政强制\n\t{cells[1]}\n", "\t行政处罚\n\n\t行政强制\n"
    )
    assert broken != text
    (tmp_path / "甲.txt").write_text(broken, encoding="utf-8")
    return tmp_path


STATES = {
    "regulations/rules/issued": ("number", "3"),
    "regulations/rules/repealed": ("blank", ""),
    "regulations/rules/in_force": ("mark", "/"),
    "permits/permits/decisions": ("text", "见附件"),
    "applications/security/total": ("absent", ""),
    "penalties/penalties/decisions": ("unread", ""),
    "charges/charges/amount": ("number", "1234567890.123456789"),
}


def test_no_format_loses_the_state_of_a_cell(run: Run, odd: Path) -> None:
    cells = [
        line for line in run("extract", odd, "-f", "jsonl").lines("extract-jsonl") if line["type"] == "cell"
    ]
    (report,) = run("extract", odd).json("extract")["reports"]
    text = run("extract", odd, "-f", "csv").stdout.decode("utf-8-sig")
    row = dict(zip(*csv.reader(io.StringIO(text)), strict=True))
    nested = {
        f"{table['key']}/{cell['row']}/{cell['column']}": cell
        for table in report["tables"]
        for cell in table["cells"]
    }

    assert [cell["cell"] for cell in cells] == [*nested] == [*row][6:-6], "in the order of the form"
    assert set(nested) == set(compliant("2021").cells), "all cells of the form, and no other"
    by_address = {cell["cell"]: cell for cell in cells}
    assert {
        address: (by_address[address]["state"], by_address[address]["raw"]) for address in STATES
    } == STATES
    for address, cell in nested.items():
        flat = by_address[address]
        assert {**flat, "value": None} == {**flat, **cell, "value": None}
        assert (cell["value"] is None) == (flat["value"] is None) == (cell["state"] != "number")
        word = cell["state"] if cell["state"] in ("absent", "unread") else cell["raw"]
        assert row[address] == word.replace(",", "")
    assert report["unreadable"] == ["penalties"]


def test_figures_are_numbers_in_all_their_digits(run: Run, odd: Path, tmp_path: Path) -> None:
    """As written: 1.5 is no 1.4999…; a workbook keeps fifteen digits, and what has more as a text."""
    address, written = "charges/charges/amount", "1234567890.123456789"
    lines = run("extract", odd, "-f", "jsonl").out.splitlines()
    (line,) = [each for each in lines if address in each]
    assert json.loads(line, parse_float=Decimal)["value"] == Decimal(written)
    assert json.loads(line)["unit"] == "万元", "that of the form"
    run("extract", odd, "-o", tmp_path / "a.xlsx")
    head, row = openpyxl.load_workbook(tmp_path / "a.xlsx").active.values
    values = dict(zip(head, row, strict=True))
    assert values[address] == written
    assert values["regulations/rules/issued"] == 3

    draft = compliant("2021", "county", 3)
    draft.set(address, "0.1")
    draft.set("applications/received/total", "1,234")
    (odd / "甲.txt").write_text(draft.render(), encoding="utf-8")
    run("extract", odd, "-o", tmp_path / "a.xlsx")
    head, row = openpyxl.load_workbook(tmp_path / "a.xlsx").active.values
    values = dict(zip(head, row, strict=True))
    assert (values[address], values["applications/received/total"]) == (0.1, 1234)


def test_an_amount_in_another_unit_is_no_number_of_its_column(run: Run, odd: Path) -> None:
    draft = compliant("2021", "county", 3)
    draft.set("charges/charges/amount", "5000元")
    (odd / "甲.txt").write_text(draft.render(), encoding="utf-8")
    head, row = csv.reader(io.StringIO(run("extract", odd, "-f", "csv").stdout.decode("utf-8-sig")))
    (line,) = [
        each
        for each in run("extract", odd, "-f", "jsonl").lines("extract-jsonl")
        if "5000元" in each.values()
    ]

    assert dict(zip(head, row, strict=True))["charges/charges/amount"] == "5000元"
    assert (line["value"], line["unit"]) == (5000, "元")


def test_the_columns_are_those_of_the_forms_met(run: Run, two: Path) -> None:
    """The newest form first, whatever comes first; no column of a form that no report is on."""

    def head(*files: str) -> list[str]:
        text = run("extract", *(two / file for file in files), "-f", "csv").stdout.decode("utf-8-sig")
        return next(csv.reader(io.StringIO(text)))

    new, old = (set(compliant(form).cells) for form in ("2021", "2019"))
    assert set(head("甲.txt")[6:-6]) == new
    assert set(head("乙.md")[6:-6]) == old
    both = head("甲.txt", "乙.md")
    assert both == head("乙.md", "甲.txt")
    assert set(both[6:-6]) == new | old
    assert [name for name in both if name in new] == head("甲.txt")[6:-6]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_labels_are_the_words_of_the_form(kind: str, run: Run, two: Path, odd: Path, tmp_path: Path) -> None:
    """One for each key, none for two; where two forms name a cell otherwise, the newer one's."""
    heads = []
    rows = []
    for more in ((), ("--labels",)):
        path = tmp_path / f"{len(more)}.{kind}"
        assert run("extract", two, "-o", path, *more).code == 0
        if kind == "xlsx":
            head, *others = openpyxl.load_workbook(path).active.values
        else:
            head, *others = csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")))
        heads.append(list(head))
        rows.append(others)
    named = dict(zip(*heads, strict=True))

    assert len(set(heads[1])) == len(heads[1]) == len(rows[1][0])
    assert heads[1][:6] == ["文件", "标题", "机关", "级别", "年度", "格式"]
    assert named["applications/granted/natural_person"] == "表三 · 三（一）予以公开 · 自然人"
    assert named["permits/permits/decisions"] == "表二 · 第二十条第（五）项 · 行政许可 · 本年处理决定数量"
    assert named["section/problems"] == "存在的主要问题及改进情况"
    changed = {
        (key, str(before), str(after))
        for first, second in zip(*rows, strict=True)
        for key, before, after in zip(heads[0], first, second, strict=True)
        if before != after
    }
    assert changed == {
        ("level", "county", "县（区、县级市）"),
        ("level", "city", "设区的市（州、盟）"),
        *((f"applications/security/{column.key}", "absent", "没有这一格") for column in APPLICATIONS.columns),
        *((f"penalties/{row}/decisions", "unread", "没有读出") for row in ("penalties", "coercion")),
    }


@pytest.mark.parametrize("kind", ["json", "jsonl", "csv", "xlsx"])
def test_processes_change_nothing(kind: str, run: Run, process: Run, two: Path, tmp_path: Path) -> None:
    """In order, and the ones that cannot be read are told as they are."""
    for seed in range(6):
        (two / f"{seed}.txt").write_text(compliant("2021", "township", seed).render(), encoding="utf-8")
    (two / "3.txt").write_bytes(b"\xff")
    alone = run("extract", two, "-o", tmp_path / f"alone.{kind}")
    shared = process("extract", two, "-o", tmp_path / f"shared.{kind}", "-j", "3")

    assert (alone.code, alone.stderr) == (shared.code, shared.stderr)
    assert alone.code == 3
    if kind == "xlsx":
        books = [
            openpyxl.load_workbook(tmp_path / f"{name}.xlsx").active.values for name in ("alone", "shared")
        ]
        assert list(books[0]) == list(books[1])
    else:
        assert (tmp_path / f"alone.{kind}").read_bytes() == (tmp_path / f"shared.{kind}").read_bytes()


def test_lines_come_as_they_are_taken(run: Run, two: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is kept until the end: what a report gives is written before the next is read."""
    events: list[str] = []
    read, write = Linter.read, Console.write

    def reading(self: Linter, file: Input) -> Report:
        events.append(f"read {Path(file.path).name}")
        return read(self, file)

    def writing(self: Console, text: Any, *more: Any, **others: Any) -> None:
        events.append("write")
        write(self, text, *more, **others)

    monkeypatch.setattr(Linter, "read", reading)
    monkeypatch.setattr(Console, "write", writing)
    for kind in ("json", "jsonl"):
        events.clear()
        run("extract", two / "甲.txt", two / "乙.md", "-f", kind)
        first, second = events.index("read 甲.txt"), events.index("read 乙.md")
        assert events[first + 1] == events[second + 1] == "write"


def test_a_file_that_cannot_be_read_has_its_line(run: Run, two: Path) -> None:
    (two / "丙.txt").write_bytes(b"\xff")
    lines = run("extract", two, "-f", "jsonl").lines("extract-jsonl")
    reports = [line for line in lines if line["type"] == "report"]

    assert [(line["path"].rpartition("/")[2], bool(line["error"])) for line in reports] == [
        ("丙.txt", True), ("乙.md", False), ("甲.txt", False),
    ]  # fmt: skip
    assert (lines[-1]["type"], lines[-1]["files"], lines[-1]["unread"]) == ("summary", 3, 1)
    told = [line["path"] for line in lines if line["type"] in ("cell", "section")]
    assert {Path(path).name for path in told} == {"乙.md", "甲.txt"}


def test_a_fault_in_one_file_costs_no_other(run: Run, two: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(self: Linter, file: Input) -> Report:
        if file.path.endswith("甲.txt"):
            raise ZeroDivisionError("that")
        return read(self, file)

    read = Linter.read
    monkeypatch.setattr(Linter, "read", failing)
    ended = run("extract", two, "-f", "jsonl")

    assert ended.code == 3
    assert "ZeroDivisionError: that" in ended.err
    assert [line["path"] for line in ended.lines("extract-jsonl") if line["type"] == "report"] == [
        str(two / "乙.md"), str(two / "甲.txt"),
    ]  # fmt: skip


def test_a_file_is_whole_or_as_it_was(
    run: Run, two: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text("{}\n", encoding="utf-8")

    def stopping(self: Linter, file: Input) -> Report:
        raise KeyboardInterrupt

    monkeypatch.setattr(Linter, "read", stopping)
    assert run("extract", two, "-o", path).code == 130
    assert path.read_text(encoding="utf-8") == "{}\n"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["out.jsonl", "乙.md", "甲.txt"]


def test_labels_are_for_sheets(run: Run, two: Path) -> None:
    for kind in ("json", "jsonl"):
        ended = run("extract", two, "-f", kind, "--labels")
        assert (ended.code, ended.stdout) == (2, b"")
        assert "label" in ended.err
