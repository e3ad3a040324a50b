"""`nianbao new report`: the official form with what the year before hands on, clean before a word is written."""

import io
import json
import zipfile
from pathlib import Path

import docx as library
import pytest
from cli.running import Run
from nianbao.report.issuer import Level
from nianbao.report.packing import neighbour_of
from nianbao.report.report import Report
from nianbao.run.linter import Input, linter
from nianbao.run.settings import Settings
from nianbao.scaffold.report import APPLIED, DISCLOSED, report
from nianbao.testing import Draft, compliant
from nianbao.testing.compliant import official_forms
from rendering.office import PROGRAM, saved

LEVELS: tuple[Level, ...] = ("township", "bureau", "county", "city", "province", "ministry")
SUFFIXES = ("docx", "md", "txt")


def read(path: Path) -> Report:
    return linter(Settings()).read(Input(str(path)))


def cells(report: Report) -> dict[str, str]:
    return {cell.address: cell.text for table in report.tables.values() for cell in table.cells}


def begun(run: Run, folder: Path, draft: Draft, suffix: str = "docx") -> Report:
    """Return the report that is begun from *draft*, which was that on the year before."""
    last, new = folder / "去年.txt", folder / f"今年.{suffix}"
    last.write_text(draft.render(), encoding="utf-8")
    ended = run("new", "report", "--from", last, "-o", new)
    assert ended.code == 0, ended.err
    assert run("check", new, "--no-config", "--no-cache", "-f", "concise", "--fail-on", "info").code == 0
    return read(new)


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("level", LEVELS)
def test_it_has_six_parts_and_checks_clean(run: Run, tmp_path: Path, level: Level, suffix: str) -> None:
    draft = compliant("2021", level, 13, year=2024)
    made = begun(run, tmp_path, draft, suffix)
    assert [section.key for section in made.parts] == [section.key for section in draft.sections]
    assert (made.year, made.issuer.name, made.issuer.level) == (2025, draft.organ, level)
    assert all(table.whole for table in made.tables.values())
    assert not made.unreadable


@pytest.mark.parametrize("seed", range(8))
def test_of_last_year_it_has_what_was_carried_over_and_is_in_force_and_nothing_else(
    run: Run, tmp_path: Path, seed: int
) -> None:
    draft = compliant("2021", "county", seed, year=2024)
    made = begun(run, tmp_path, draft)
    for address, text in cells(made).items():
        table, row, column = address.split("/")
        if table == "applications" and row in ("carried_in", "carried_out"):
            assert text == draft.cells[f"applications/carried_out/{column}"], address
        elif column == "in_force":
            assert text == draft.cells[address]
        else:
            assert text == "0", address
    for section in draft.sections:
        said = [*section.paragraphs, *(text for _, text in section.subsections)]
        assert not any(
            sentence in made.text for text in said for sentence in text.split("。") if len(sentence) > 20
        )


def test_from_the_form_before_it_has_what_both_forms_count(run: Run, tmp_path: Path) -> None:
    draft = compliant("2019", "county", 3, year=2020)
    made = begun(run, tmp_path, draft)
    found = cells(made)
    assert made.form is not None
    assert made.form.name == "2021"
    assert found["applications/carried_in/total"] == draft.cells["applications/carried_out/total"]
    assert found["regulations/normative_documents/in_force"] == "0"


def test_a_figure_that_cannot_be_read_stays_blank_and_is_named(run: Run, tmp_path: Path) -> None:
    draft = compliant("2021", "county", 3, year=2024)
    draft.set("applications/carried_out/business", "若干")
    (tmp_path / "去年.txt").write_text(draft.render(), encoding="utf-8")
    ended = run("new", "report", "--from", tmp_path / "去年.txt", "-o", tmp_path / "今年.docx")
    assert ended.code == 3
    assert (
        "表三 · 二、上年结转政府信息公开申请数量 · 商业企业、表三 · 四、结转下年度继续办理 · 商业企业空着"
        in ended.err
    )
    found = cells(read(tmp_path / "今年.docx"))
    assert found["applications/carried_in/business"] == ""
    assert found["applications/carried_in/total"] == draft.cells["applications/carried_out/total"]


def test_without_last_year_s_report_all_are_noughts(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ended = run("new", "report", "--year", "2025", "--organ", "青禾县教育局")
    assert ended.code == 0, ended.err
    made = Path("青禾县教育局2025年政府信息公开工作年度报告.docx")
    assert set(cells(read(made)).values()) == {"0"}
    assert run("check", made, "--no-cache").code == 0


@pytest.mark.parametrize("organ", ["临川市", "青禾县人民政府办公室", "云溪区石桥街道办事处", "望川县教育局"])
def test_what_it_must_say_depends_on_whether_the_organ_is_a_government(
    run: Run, tmp_path: Path, organ: str
) -> None:
    made = tmp_path / "今年.docx"
    assert run("new", "report", "--year", "2025", "--organ", organ, "-o", made).code == 0
    ended = run("check", made, "--no-config", "--no-cache", "-f", "concise", "--fail-on", "info")
    assert ended.code == 0, ended.out


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--organ", "青禾县教育局"), "--year"),
        (("--year", "2025"), "--organ"),
        (("--year", "2018", "--organ", "青禾县教育局"), "2018"),
        (("--year", "2026", "--from", "去年.txt"), "是 2024 年度的报告，不是 2025 年度的"),
        (("--from", "没有.txt"), "没有.txt"),
        (("--from", "无年.txt"), "无年.txt"),
        (("--from", "去年.txt", "-o", "今年.pdf"), ".docx, .md, .txt"),
        (("--from", "去年.txt", "-o", "去年.txt"), "已经有了"),
    ],
)
def test_what_is_lacking_is_said_in_a_line_and_nothing_written(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: tuple[str, ...], words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("去年.txt").write_text(compliant("2021", "county", 3, year=2024).render(), encoding="utf-8")
    Path("无年.txt").write_text("青禾县教育局政府信息公开工作年度报告\n", encoding="utf-8")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    ended = run("new", "report", *more)
    assert ended.code == 2
    assert words in ended.err
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_until_it_is_filled_in_it_is_not_handed_in(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    other = compliant("2021", "county", 3, year=2025)
    Path("units.csv").write_text(f"名称,上级\n青禾县教育局,\n{other.organ},\n", encoding="utf-8")
    assert run("new", "report", "--year", "2025", "--organ", "青禾县教育局", "-o", "a.docx").code == 0
    Path("b.txt").write_text(other.render(), encoding="utf-8")
    said = run("check", ".", "--no-cache", "--roster", "units.csv").out
    assert "PRB001: “五、存在的主要问题及改进情况”还是起稿时的话" in said
    assert "起了稿没有填写 1（青禾县教育局）" in said
    record = json.loads(run("check", ".", "--no-cache", "--roster", "units.csv", "-f", "json").out)
    assert record["summary"]["roster"]["unfilled"] == [{"name": "青禾县教育局", "path": "./a.docx"}]
    assert (
        "没有计入：青禾县教育局（./a.docx），报告起了稿，没有填写" in run("total", ".", "-o", "汇总.md").err
    )


def test_with_figures_or_words_of_its_own_it_counts() -> None:
    draft = report(
        official_forms()[-1], "青禾县教育局", "bureau", 2025, {"applications/carried_in/total": "2"}
    )

    def unfilled_now() -> bool:
        made = linter(Settings()).read(Input("今年.txt", data=draft.render().encode()))
        return neighbour_of(made, "今年.txt").unfilled

    assert unfilled_now()
    draft.set("permits/permits/decisions", "7")
    assert not unfilled_now()
    draft.set("permits/permits/decisions", "0")
    (part,) = (section for section in draft.sections if section.key == "problems")
    part.paragraphs = ["存在的主要问题：个别栏目更新不及时。", "改进情况：已建立更新提醒，按月核对。"]
    assert not unfilled_now()


def test_each_sentence_that_lags_behind_the_tables_is_found(run: Run, tmp_path: Path) -> None:
    draft = report(official_forms()[-1], "临川市人民政府", "city", 2025, {})
    draft.cells = compliant("2021", "city", 4).cells
    path = tmp_path / "今年.txt"
    path.write_text(draft.render(), encoding="utf-8")
    ended = run(
        "check", path, "--no-cache", "--no-config", "-f", "concise", "--select", "TXT", "--lang", "zh"
    )
    assert ended.code == 1
    lagging = {a: words for a, words in {**DISCLOSED, **APPLIED}.items() if draft.cells[a] != "0"}
    assert len(lagging) > 9
    for address, words in lagging.items():
        assert words.format(0) in ended.out, address


def test_word_has_the_page_and_the_type_of_official_documents(run: Run, tmp_path: Path) -> None:
    begun(run, tmp_path, compliant("2021", "county", 3, year=2024))
    document = library.Document(str(tmp_path / "今年.docx"))
    (page,) = document.sections
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
    assert [len(table.columns) for table in document.tables] == [4, 10, 15]
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings[0] == "一、总体情况"
    assert len(headings) == 6
    with zipfile.ZipFile(tmp_path / "今年.docx") as package:
        assert package.testzip() is None
        styles = package.read("word/styles.xml").decode()
    for font in ("方正小标宋简体", "黑体", "仿宋_GB2312", "宋体"):
        assert f'w:eastAsia="{font}"' in styles


@pytest.mark.skipif(PROGRAM is None, reason="LibreOffice is not installed")
def test_an_office_program_saves_it_as_it_was(run: Run, tmp_path: Path) -> None:
    before = cells(begun(run, tmp_path, compliant("2021", "county", 3, year=2024)))
    again = tmp_path / "另存.docx"
    again.write_bytes(saved((tmp_path / "今年.docx").read_bytes(), "docx"))
    assert cells(read(again)) == before
    assert run("check", again, "--no-cache", "--no-config").code == 0
    assert len(library.Document(io.BytesIO(again.read_bytes())).tables) == 3
