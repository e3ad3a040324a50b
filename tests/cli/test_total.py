"""`nianbao total`: every sum is that of its parts, and what is lacking in it is said."""

import io
import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import pytest
from cli.running import Run
from nianbao.run.linter import Input, linter
from nianbao.run.settings import Settings
from nianbao.testing import Draft, compliant
from nianbao.testing.compliant_county import County, compliant_county
from rendering.office import PROGRAM

COUNTY = compliant_county(20, 3)
ADDRESSES = tuple(COUNTY.parent.cells)
AMOUNT = "charges/charges/amount"


def put(folder: Path, drafts: Iterable[Draft]) -> Path:
    folder.mkdir(exist_ok=True)
    for draft in drafts:
        (folder / f"{len(list(folder.iterdir())):04}.txt").write_text(draft.render(), encoding="utf-8")
    return folder


def sums(drafts: Iterable[Draft]) -> dict[str, Decimal]:
    """Return the sums by arithmetic of our own."""
    drafts = tuple(drafts)
    return {address: sum((Decimal(d.cells[address]) for d in drafts), Decimal(0)) for address in ADDRESSES}


def read(path: Path) -> dict[str, tuple[Decimal | None, str]]:
    """Return the cells of the tables in the file *path*, as a check reads them: value and text."""
    report = linter(Settings()).read(Input(str(path)))
    return {cell.address: (cell.value, cell.text) for table in report.tables.values() for cell in table.cells}


def values(path: Path) -> dict[str, Decimal | None]:
    return {address: value for address, (value, _) in read(path).items()}


def book(path: Path, *, figures: bool = True) -> Any:
    return openpyxl.load_workbook(io.BytesIO(path.read_bytes()), data_only=figures)


@pytest.fixture
def county(tmp_path: Path) -> Path:
    return put(tmp_path / "各单位", COUNTY.members)


# -- the sums ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", ["docx", "md"])
@pytest.mark.parametrize("form", ["2019", "2021"])
def test_the_tables_read_back_have_the_sums_of_the_parts(
    run: Run, tmp_path: Path, suffix: str, form: str
) -> None:
    members = compliant_county(12, 5, form, 2020 if form == "2019" else 2024).members
    for draft in members:
        if form == "2019":  # its form prints no unit for this amount
            draft.set("procurement/procurement/amount", "0")
    out = tmp_path / f"汇总.{suffix}"
    ended = run("total", put(tmp_path / "各单位", members), "-o", out)
    assert ended.code == 0, ended.err
    expected = {a: sum((Decimal(d.cells[a]) for d in members), Decimal(0)) for a in members[0].cells}
    assert values(out) == expected


def test_a_workbook_has_the_sums_as_formulas_over_the_parts(run: Run, county: Path, tmp_path: Path) -> None:
    out = tmp_path / "汇总.xlsx"
    assert run("total", county, "-o", out).code == 0
    shown, formulas = book(out), book(out, figures=False)
    assert [sheet.title[0] for sheet in shown] == ["二", "三", "四", "构"]
    expected = list(sums(COUNTY.members).values())
    rows = list(shown["构成"].iter_rows(min_row=5))
    assert [Decimal(str(row[1].value)) for row in rows] == expected
    for row, made in zip(rows, formulas["构成"].iter_rows(min_row=5), strict=True):
        parts = [Decimal(str(cell.value)) for cell in row[2:]]
        assert len(parts) == 20
        assert sum(parts) == Decimal(str(row[1].value))
        ends = re.search(r"SUM\(([A-Z]+\d+):([A-Z]+\d+)\)", made[1].value)
        assert ends is not None
        assert ends.groups() == (row[2].coordinate, row[-1].coordinate)
    linked = [
        (
            formulas["构成"][cell.value.split("!")[1].replace("$", "")].row,
            shown[sheet.title][cell.coordinate].value,
        )
        for sheet in formulas.worksheets[:3]
        for row in sheet.iter_rows()
        for cell in row
        if str(cell.value).startswith("=")
    ]
    assert [Decimal(str(value)) for _, value in linked] == expected
    assert [row for row, _ in linked] == list(range(5, 5 + len(expected)))


def test_each_part_that_changes_changes_its_own_sum_alone(run: Run, tmp_path: Path) -> None:
    rng = Random(7)
    members = [draft.copy() for draft in COUNTY.members]
    before = sums(members)
    for address in rng.sample(ADDRESSES, 60):
        draft = rng.choice(members)
        draft.set(address, str(Decimal(draft.cells[address]) + 1))
        before[address] += 1
    out = tmp_path / "汇总.docx"
    assert run("total", put(tmp_path / "各单位", members), "-o", out).code == 0
    assert values(out) == before


def test_amounts_are_exact_and_in_the_unit_of_the_form(run: Run, tmp_path: Path) -> None:
    members = [draft.copy() for draft in COUNTY.members[:4]]
    for draft, text in zip(members, ("0.1", "0.2", "3000元", "0.0001亿元"), strict=True):
        draft.set(AMOUNT, text)
    out = tmp_path / "汇总.md"
    run("total", put(tmp_path / "各单位", members), "-o", out)
    assert values(out)[AMOUNT] == Decimal("1.6")
    book_path = tmp_path / "汇总.xlsx"
    run("total", tmp_path / "各单位", "-o", book_path)
    amounts = [
        row for row in book(book_path)["构成"].iter_rows(values_only=True) if "收费金额" in str(row[0])
    ]
    assert amounts[0][1:] == (1.6, 0.1, 0.2, 0.3, 1)


def test_markdown_is_printed_and_names_the_parts(run: Run, county: Path) -> None:
    ended = run("total", county)
    assert ended.code == 0
    assert "汇总 20 份报告" in ended.out
    largest = max(COUNTY.members, key=lambda draft: int(draft.cells["applications/received/total"]))
    line = next(
        line
        for line in ended.out.splitlines()
        if line.startswith("| 表三 · 一、本年新收政府信息公开申请数量 · 总计 ")
    )
    assert f"{largest.organ} {largest.cells['applications/received/total']}＋" in line


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_so_many_processes_find_the_same(run: Run, county: Path, jobs: str) -> None:
    assert run("total", county, "-j", jobs).out == run("total", county).out


def test_the_tables_stand_in_a_report_that_breaks_no_rule(run: Run, tmp_path: Path) -> None:
    from nianbao.scaffold.report import in_word

    parent = COUNTY.parent.copy()
    parent.cells = {address: format(value, "f") for address, value in sums(COUNTY.members).items()}
    assert parent.cells == COUNTY.parent.cells
    out = tmp_path / "报告.docx"
    out.write_bytes(in_word(parent))
    ended = run("check", out, "--no-config", "--no-cache", "-f", "concise")
    assert ended.code == 0, ended.out


@pytest.mark.skipif(PROGRAM is None, reason="LibreOffice is not installed")
def test_an_office_program_calculates_the_same(run: Run, county: Path, tmp_path: Path) -> None:
    import subprocess

    out = tmp_path / "汇总.xlsx"
    run("total", county, "-o", out)
    command = (
        *(str(PROGRAM), "--headless", "--norestore", f"-env:UserInstallation=file://{tmp_path}/home"),
        *("--convert-to", "ods", "--outdir", str(tmp_path), str(out)),
    )
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    back = (
        *command[:4],
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
        str(tmp_path / "b"),
        str(tmp_path / "汇总.ods"),
    )
    subprocess.run(back, check=True, capture_output=True, timeout=600)
    rows = book(tmp_path / "b" / "汇总.xlsx")["构成"].iter_rows(min_row=5, values_only=True)
    assert [Decimal(str(row[1])) for row in rows] == list(sums(COUNTY.members).values())


# -- what is lacking ---------------------------------------------------------------------------------------------


def lacking(
    run: Run, folder: Path, change: Callable[[Draft], object]
) -> tuple[int, str, Mapping[str, Any], Draft]:
    """Return exit code, errors and cells of the total of a county of which *change* has changed the third member."""
    members = [draft.copy() for draft in COUNTY.members]
    change(members[2])
    out = folder / "汇总.docx"
    ended = run("total", put(folder / "各单位", members), "-o", out)
    return ended.code, ended.err, read(out), members[2]


@pytest.mark.parametrize(("text", "reason"), [("", "空着"), ("三", "没有读成数"), ("/", "没有读成数")])
def test_a_cell_without_a_figure_is_marked_and_named(
    run: Run, tmp_path: Path, text: str, reason: str
) -> None:
    address = "applications/granted/business"
    code, err, cells, draft = lacking(run, tmp_path, lambda draft: draft.set(address, text))
    rest = sum(Decimal(d.cells[address]) for d in COUNTY.members if d.organ != draft.organ)
    assert code == 3
    assert f"※ 不含 {draft.organ} 的 表三 · 三（一）予以公开 · 商业企业：{reason}" in err
    assert "1 格不全" in err
    report = linter(Settings()).read(Input(str(tmp_path / "汇总.docx")))
    assert f"{rest}※" in report.text
    assert {a for a, (value, _) in cells.items() if value != sums(COUNTY.members)[a]} <= {address}


def test_a_row_that_is_not_there_is_named_as_such(run: Run, tmp_path: Path) -> None:
    code, err, _, draft = lacking(run, tmp_path, lambda draft: draft.drop("applications/repeated"))
    assert code == 3
    assert f"※ 不含 {draft.organ} 的 表三 · 三（五）2.重复申请 · 自然人" in err
    assert "等 7 格：没有这一格" in err


def test_a_whole_table_that_is_not_there_is_one_line(run: Run, tmp_path: Path) -> None:
    code, err, _, draft = lacking(run, tmp_path, lambda draft: draft.drop("review"))
    assert code == 3
    assert f"※ 不含 {draft.organ} 的 表四 全部 15 格" in err


def test_a_cell_that_no_one_has_a_figure_in_has_no_sum(run: Run, tmp_path: Path) -> None:
    members = [draft.copy() for draft in COUNTY.members]
    for draft in members:
        draft.set("regulations/rules/issued", "")
    out = tmp_path / "汇总.xlsx"
    assert run("total", put(tmp_path / "各单位", members), "-o", out).code == 3
    first = next(book(out)["构成"].iter_rows(min_row=5, values_only=True))
    assert first[1:] == ("※", *["空着"] * 20)
    sheet = book(out, figures=False).worksheets[0]
    assert "※" in [cell.value for row in sheet.iter_rows() for cell in row]


def test_an_amount_of_which_no_unit_is_known_is_not_added(run: Run, tmp_path: Path) -> None:
    members = compliant_county(4, 2, "2019", 2020).members
    for draft, text in zip(members, ("12", "30万元", "0", "5000元"), strict=True):
        draft.set("procurement/procurement/amount", text)
    ended = run("total", put(tmp_path / "各单位", members), "-o", tmp_path / "汇总.md")
    assert ended.code == 3
    assert (
        f"{members[0].organ} 的 表二 · 第二十条第（九）项 · 政府集中采购 · 采购总金额：没有写单位"
        in ended.err
    )
    assert "| 30.5※ |" in (tmp_path / "汇总.md").read_text(encoding="utf-8")


# -- which reports -----------------------------------------------------------------------------------------------


def summed(run: Run, folder: Path, *more: object) -> tuple[int, str, dict[str, Decimal | None]]:
    out = folder.parent / "汇总.docx"
    ended = run("total", folder, "-o", out, *more)
    return ended.code, ended.err, values(out)


def test_the_report_of_the_organ_above_is_not_counted(run: Run, county: Path) -> None:
    put(county, [COUNTY.parent])
    code, err, cells = summed(run, county)
    assert (code, cells) == (0, sums(COUNTY.members))
    assert "是上级机关自己的报告" in err


def test_a_copy_is_counted_once(run: Run, county: Path) -> None:
    put(county, [COUNTY.members[4]])
    code, err, cells = summed(run, county)
    assert (code, cells) == (0, sums(COUNTY.members))
    assert f"不另计：{COUNTY.members[4].organ}" in err


def test_two_that_differ_are_both_left_out(run: Run, county: Path) -> None:
    other = COUNTY.members[4].copy()
    other.set("permits/permits/decisions", "77")
    put(county, [other])
    code, err, cells = summed(run, county)
    assert (code, cells) == (3, sums(d for d in COUNTY.members if d.organ != other.organ))
    assert f"没有计入：{other.organ}" in err
    assert "有 2 份，内容不同" in err


def test_another_year_is_left_out_unless_it_is_asked_for(run: Run, county: Path) -> None:
    old = compliant("2021", "bureau", 8, year=2022, organ="青禾县信访局")
    put(county, [old])
    code, err, cells = summed(run, county)
    assert (code, cells) == (3, sums(COUNTY.members))
    assert "没有计入：青禾县信访局" in err
    assert "是 2022 年度的报告" in err
    code, err, cells = summed(run, county, "--year", "2022")
    assert (code, cells) == (0, sums([old]))
    assert "另有 20 份是别的年度的（2023），不汇总" in err
    assert "没有计入" not in err
    assert run("total", county, "--year", "2021").code != 0


def test_the_form_of_most_is_summed_up(run: Run, county: Path) -> None:
    old = compliant("2019", "bureau", 8, year=2023, organ="青禾县信访局")
    put(county, [old])
    code, err, cells = summed(run, county)
    assert (code, cells) == (3, sums(COUNTY.members))
    assert "没有计入：青禾县信访局" in err
    assert "填的是 2019 年的格式" in err


def test_one_that_cannot_be_read_or_has_no_organ_is_left_out(run: Run, county: Path) -> None:
    (county / "坏.docx").write_bytes(b"PK\x03\x04 damaged")
    nameless = COUNTY.members[0].copy()
    nameless.rename("title", "政府信息公开工作年度报告")
    (county / "无名.txt").write_text(nameless.render().replace(nameless.organ, "本机关"), encoding="utf-8")
    code, err, cells = summed(run, county)
    assert (code, cells) == (3, sums(COUNTY.members))
    assert "坏.docx" in err
    assert "无名.txt，看不出是哪个机关的报告" in err
    assert "2 份没有计入" in err


def test_those_of_a_unit_that_is_counted_are_not_counted_again(run: Run, tmp_path: Path) -> None:
    counties = [
        compliant("2021", "county", seed, year=2023, organ=organ)
        for seed, organ in enumerate(("青禾县人民政府", "望川县人民政府", "云溪区人民政府"))
    ]
    below = compliant("2021", "bureau", 9, year=2023, organ="望川县水利局")
    city = compliant("2021", "city", 1, year=2023, organ="临川市人民政府")
    code, err, cells = summed(run, put(tmp_path / "各单位", [*counties, below]))
    assert (code, cells) == (0, sums(counties))
    assert "望川县水利局" in err
    assert "已经计在 望川县人民政府 的报告里" in err
    put(tmp_path / "各单位", [city])
    code, err, cells = summed(run, tmp_path / "各单位")
    assert (code, cells) == (3, sums(counties)), "that the city is above them is not said by any name"
    assert "像是上级机关自己的报告" in err
    code, err, cells = summed(run, tmp_path / "各单位", "--of", "临川市人民政府")
    assert (code, cells) == (0, sums(counties))


def test_a_department_of_another_place_is_not_taken_for_one_below(run: Run, county: Path) -> None:
    put(county, [COUNTY.parent, compliant("2021", "bureau", 9, year=2023, organ="望川县水利局")])
    code, err, cells = summed(run, county)
    assert (code, cells) == (3, sums(COUNTY.members))
    assert "看不出是不是 青禾县人民政府 的下级" in err


def roster(folder: Path, county: County, *more: str) -> Path:
    lines = [f"{draft.organ},,{county.parent.organ}" for draft in county.members]
    path = folder / "units.csv"
    path.write_text(
        "\n".join(["机关,级别,上级", f"{county.parent.organ},,", *lines, *more]), encoding="utf-8"
    )
    return path


def test_a_roster_tells_who_is_lacking_and_who_is_no_one_s(run: Run, county: Path) -> None:
    path = roster(county.parent, COUNTY, "青禾县气象局,,青禾县人民政府")
    assert summed(run, county, "--roster", path)[:2] == (
        3,
        f"没有计入：青禾县气象局，没有报送\n{county.parent / '汇总.docx'}：2023 年度，汇总 20 份报告；1 份没有计入\n",
    )
    (county.parent / "汇总.docx").unlink()
    path = roster(county.parent, COUNTY._replace(members=COUNTY.members[1:]))
    code, err, cells = summed(run, county, "--roster", path)
    assert (code, cells) == (3, sums(COUNTY.members[1:]))
    assert "名册里没有它的机关" in err
    whole = roster(county.parent, COUNTY)
    assert summed(run, county, "--roster", whole)[0] == 0


def test_an_organ_of_the_roster_can_be_named(run: Run, county: Path) -> None:
    other = compliant("2021", "county", 5, year=2023, organ="望川县人民政府")
    put(county, [other])
    lines = ("临川市人民政府,,", "望川县人民政府,,临川市人民政府")
    path = roster(county.parent, COUNTY, *lines)
    text = path.read_text(encoding="utf-8").replace(
        "青禾县人民政府,,\n", "青禾县人民政府,,临川市人民政府\n", 1
    )
    path.write_text(text, encoding="utf-8")
    code, _, cells = summed(run, county, "--roster", path, "--of", "青禾县人民政府")
    assert (code, cells) == (0, sums(COUNTY.members))
    assert run("total", county, "--roster", path, "--of", "没有的局").code == 2


# -- files -------------------------------------------------------------------------------------------------------


def test_a_total_is_no_report_of_the_next(run: Run, county: Path) -> None:
    for suffix in ("docx", "md", "xlsx"):
        out = county / f"汇总.{suffix}"
        assert run("total", county, "-o", out).code == 0
        first = out.read_bytes()
        assert run("total", county, "-o", out).code == 0, "it replaces the one before"
        if suffix != "xlsx":  # which has the time in it
            assert out.read_bytes() == first


def test_no_report_is_replaced_and_no_other_suffix_taken(run: Run, county: Path) -> None:
    report = county / "0003.txt"
    before = report.read_bytes()
    assert run("total", county, "-o", county / "0003.pdf").code == 2
    report = report.rename(county / "0003.md")
    assert run("total", county, "-o", report, "--force").code == 2
    assert report.read_bytes() == before


def test_nothing_to_sum_up_is_said(run: Run, tmp_path: Path) -> None:
    (tmp_path / "空.txt").write_text("今天天气很好。", encoding="utf-8")
    ended = run("total", tmp_path, "-o", tmp_path / "汇总.md")
    assert ended.code == 2
    assert "空.txt" in ended.err
    assert not (tmp_path / "汇总.md").exists()


def test_what_reports_are_called_does_nothing_in_any_output(run: Run, tmp_path: Path) -> None:
    folder = put(tmp_path / "各单位", COUNTY.members[:3])
    (folder / "0001.txt").rename(folder / "=1+1|`<b>.txt")
    broken = COUNTY.members[1].copy()
    broken.set("permits/permits/decisions", "")
    (folder / "=1+1|`<b>.txt").write_text(broken.render(), encoding="utf-8")
    (folder / "@SUM(1).txt").write_text("<script>", encoding="utf-8")
    for suffix in ("md", "docx", "xlsx"):
        assert run("total", folder, "-o", tmp_path / f"汇总.{suffix}").code == 3
    text = (tmp_path / "汇总.md").read_text(encoding="utf-8")
    assert "<b>" not in text.replace("\\<b\\>", "")
    cells = [
        cell
        for sheet in book(tmp_path / "汇总.xlsx", figures=False).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert all(re.match(r"=(SUM|ROUND\(SUM|'构成'!)", cell.value) for cell in cells)
    assert len(values(tmp_path / "汇总.docx")) == len(ADDRESSES)
