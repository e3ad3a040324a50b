"""Notices: one file for each report, by its name, that says to whom, what, by which clause and what to do."""

import html
import os
import re
from pathlib import Path

import docx
import pytest
from cli.running import Run, wrong_total
from nianbao.cli.folder_targets import targets_in
from nianbao.run.linter import Input
from nianbao.testing import compliant
from rendering.office import PROGRAM, saved


def words_of(path: Path) -> str:
    """Return the words of the notice at *path*, in its order."""
    if path.suffix == ".html":
        body = path.read_text(encoding="utf-8").partition("<body>")[2]
        return html.unescape(re.sub("<[^>]*>", "\n", body))
    document = docx.Document(str(path))
    parts = [
        "\n".join(cell.text for row in part.rows for cell in row.cells)
        if isinstance(part, docx.table.Table)
        else part.text
        for part in document.iter_inner_content()
    ]
    return "\n".join(parts)


def names_in(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def towns(tmp_path: Path) -> Path:
    """A folder with a report that is right, one that is wrong and one that cannot be read."""
    home = tmp_path / "各镇"
    (home / "乙镇").mkdir(parents=True)
    (home / "甲镇年报.txt").write_text(compliant("2021", "county", 3).render(), encoding="utf-8")
    (home / "乙镇" / "年报.md").write_text(wrong_total(), encoding="utf-8")
    (home / "坏.docx").write_bytes(b"PK\x03\x04")
    return home


@pytest.mark.parametrize("form", ["html", "docx"])
@pytest.mark.parametrize("jobs", [1, 2])
def test_each_report_has_a_notice_by_its_name(
    run: Run, towns: Path, tmp_path: Path, form: str, jobs: int
) -> None:
    out = tmp_path / "通知单"
    ended = run("check", towns, "-f", form, "--per-file", f"{out}/", "-j", jobs)
    assert ended.code == run("check", towns).code == 1
    assert ended.out == ""
    assert "3 份通知单" in ended.err
    assert names_in(out) == {f"甲镇年报.{form}", os.path.join("乙镇", f"年报.{form}"), f"坏.{form}"}
    assert "没有发现需要整改的问题" in words_of(out / f"甲镇年报.{form}")
    assert "没有读成" in words_of(out / f"坏.{form}")
    said = words_of(out / "乙镇" / f"年报.{form}")
    order = [
        "整改的通知",
        "人民政府：",
        "错误1处",
        "发出单位",
        "表四 · 行政复议 · 总计",
        "1 ≠ 2",
        "依据：",
        "怎样改：",
    ]
    at = [said.index(words) for words in order]
    assert at == sorted(at)
    assert [said.count(words) for words in ("SUM004", "□ 已改", "整改人：", "审核人：")] == [1] * 4


def test_the_notice_of_a_rule_that_could_not_judge_says_so(run: Run, towns: Path, tmp_path: Path) -> None:
    draft = compliant("2021", "county", 3)
    draft.set("review/cases/review_total", "")
    (towns / "甲镇年报.txt").write_text(draft.render(), encoding="utf-8")
    run("check", towns, "-f", "docx", "--per-file", tmp_path / "出")
    said = words_of(tmp_path / "出" / "甲镇年报.docx")
    assert "未能判断，原因列在后面" in said
    assert said.index("二、未能判断的内容") < said.index("SUM004")


def test_what_is_waived_is_counted_and_not_listed(run: Run, towns: Path, tmp_path: Path) -> None:
    run("baseline", "create", towns)
    run("check", towns, "-f", "html", "--per-file", tmp_path / "出")
    said = words_of(tmp_path / "出" / "乙镇" / "年报.html")
    assert "已经说明理由的1处" in said
    assert "SUM004" not in said


def test_other_formats_go_where_they_go(run: Run, towns: Path, tmp_path: Path) -> None:
    """A list of all in a file, the notices, and the findings on the screen, of one run."""
    ended = run(
        "check",
        towns,
        "-f",
        "concise",
        "-f",
        f"html:{tmp_path / '清单.html'}",
        "-f",
        "html",
        "--per-file",
        tmp_path / "出",
    )
    assert "SUM004" in ended.out
    assert (tmp_path / "清单.html").read_text(encoding="utf-8").count("<h2>") > 1
    assert len(names_in(tmp_path / "出")) == 3


def test_the_same_run_again_writes_the_same_notices_again(run: Run, towns: Path, tmp_path: Path) -> None:
    out = tmp_path / "出"
    arguments = ("check", towns, "-f", "docx", "--per-file", out)
    run(*arguments)
    before = {name: (out / name).read_bytes() for name in names_in(out)}
    (out / "坏.docx").unlink()
    run(*arguments)
    assert {name: (out / name).read_bytes() for name in names_in(out)} == before


def test_notices_are_no_reports(run: Run, towns: Path) -> None:
    run("check", towns, "-f", "docx", "-f", "html", "--per-file", towns / "通知单")
    ended = run("check", towns)
    assert "检查结果 6" in ended.out
    assert "3 个文件" in ended.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("{towns}", "--per-file", "{out}"), "-f html 或 -f docx"),
        (("{towns}", "-f", "csv", "--per-file", "{out}"), "-f html 或 -f docx"),
        (("{towns}", "-f", "html:{out}.html", "--per-file", "{out}"), "-f html 或 -f docx"),
        (("-", "-f", "html", "--per-file", "{out}"), "标准输入没有文件名"),
        (("{towns}", "-f", "html", "--per-file", "{towns}/坏.docx"), "不是文件夹"),
        (("{towns}", "-f", "docx", "--per-file", "{towns}"), "是要检查的文件"),
    ],
)
def test_what_cannot_be_is_said_in_one_line_and_nothing_written(
    run: Run, towns: Path, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    before = names_in(tmp_path)
    ended = run("check", *(one.format(towns=towns, out=tmp_path / "出") for one in arguments), stdin=b"")
    assert ended.code == 2
    (line,) = (line for line in ended.err.splitlines() if line.startswith("错误："))
    assert said in line
    assert names_in(tmp_path) == before


def test_a_file_that_holds_something_else_is_replaced_by_force_only(
    run: Run, towns: Path, tmp_path: Path
) -> None:
    out = tmp_path / "出"
    out.mkdir()
    (out / "甲镇年报.html").write_text("<p>别的</p>", encoding="utf-8")
    arguments = ("check", towns, "-f", "html", "--per-file", out)
    assert run(*arguments).code == 2
    assert names_in(out) == {"甲镇年报.html"}
    assert run(*arguments, "--force").code == 1
    assert "检查结果的通知" in words_of(out / "甲镇年报.html")


def test_nobody_is_told_of_a_folder_without_reports_or_a_file_that_is_gone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    ended = run("check", tmp_path / "空", tmp_path / "没有.docx", "-f", "html", "--per-file", tmp_path / "出")
    assert ended.code == 3
    assert not (tmp_path / "出").exists()


def test_one_file_has_the_notices_of_a_run(run: Run, towns: Path, tmp_path: Path) -> None:
    out = tmp_path / "全部.docx"
    assert run("check", towns, "-f", f"docx:{out}").code == 1
    said = words_of(out)
    titles = ("整改的通知", "检查结果的通知", "重新报送“坏.docx”的通知")
    assert [said.count(words) for words in titles] == [1, 1, 1]
    breaks = [p for p in docx.Document(str(out)).paragraphs if p.paragraph_format.page_break_before]
    assert len(breaks) == 2  # the first begins the file
    assert run("check", towns, "-f", "docx").code == 2
    assert run("check", towns, "-f", "docx", "--lang", "en", "--per-file", tmp_path / "en").code == 1
    assert "What to do: " in words_of(tmp_path / "en" / "乙镇" / "年报.docx")


@pytest.mark.skipif(PROGRAM is None, reason="LibreOffice is not installed")
def test_an_office_program_reads_the_same_words(run: Run, towns: Path, tmp_path: Path) -> None:
    out = tmp_path / "全部.docx"
    run("check", towns, "-f", f"docx:{out}")
    again = tmp_path / "存.docx"
    again.write_bytes(saved(out.read_bytes(), "docx"))
    assert words_of(again).split() == words_of(out).split()


def named(*paths: str, within: str = "a", suffix: str = ".html") -> list[str]:
    reports = [Input(os.path.join(within, *path.split("/")), within=within) for path in paths]
    return [name.replace(os.sep, "/") for name in targets_in("", reports, lambda path: suffix)]


@pytest.mark.parametrize(
    ("reports", "expected"),
    [
        (("年报.docx", "乙/年报.docx"), ("年报.html", "乙/年报.html")),
        (("年报.docx", "年报.pdf"), ("年报.docx.html", "年报.pdf.html")),
        (("年报.docx", "年报.html"), ("年报.docx.html", "年报.html")),  # that keeps its name
        (("A.docx", "a.docx"), ("A.docx.html", "a.docx (2).html")),
        (("a.docx", "a.pdf", "a.docx.html"), ("a.docx (2).html", "a.pdf.html", "a.docx.html")),
        (("e\u0301.docx", "\u00e9.docx"), ("e\u0301.docx.html", "\u00e9.docx (2).html")),
    ],
)
def test_names_that_would_be_one_are_told_apart(reports: tuple[str, ...], expected: tuple[str, ...]) -> None:
    assert tuple(named(*reports)) == expected


def test_reports_of_several_folders_are_kept_apart_by_these() -> None:
    reports = [Input(f"{folder}/年报.txt", within=folder) for folder in ("县/甲镇", "县/乙镇")]
    made = targets_in("出", [*reports, Input("别处/丙.txt")], lambda path: ".docx")
    assert [name.replace(os.sep, "/") for name in made] == [
        "出/甲镇/年报.docx",
        "出/乙镇/年报.docx",
        "出/丙.docx",
    ]


@pytest.mark.parametrize("form", ["html", "docx"])
def test_what_the_unit_is_to_sign_is_what_it_is_to_do(
    run: Run, towns: Path, tmp_path: Path, form: str
) -> None:
    """A result is received, a file that was not read handed in anew: nobody has put anything right there."""
    draft = compliant("2021", "county", 3)
    draft.set("review/cases/review_total", "")
    (towns / "丙镇.txt").write_text(draft.render(), encoding="utf-8")
    out = tmp_path / "出"
    run("check", towns, "-f", form, "--per-file", out, "--select", "SUM004")
    ends = {name: words_of(out / f"{name}.{form}") for name in ("甲镇年报", "丙镇", "坏")}
    whose = {
        name: [words for words in ("整改", "签收人：", "核对人：", "报送人：") if words in said]
        for name, said in ends.items()
    }
    assert whose == {"甲镇年报": ["整改", "签收人："], "丙镇": ["整改", "核对人："], "坏": ["报送人："]}
    assert "整改人" not in ends["甲镇年报"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_two_reports_of_one_year_that_differ_are_something_to_settle(
    run: Run, tmp_path: Path, jobs: int
) -> None:
    """Each notice names both files; the overview does not call them right; a copy of one is no second report."""
    home = tmp_path / "报送"
    home.mkdir()
    for organ, names in (("青禾县水利局", ("甲", "乙")), ("青禾县司法局", ("丙", "丁"))):
        draft = compliant("2021", "bureau", 3, year=2024)
        text = draft.render().replace(draft.organ, organ)
        for name in names:
            more = (
                "一、总体情况\n我局另办培训会两场，参训人员二十名。\n" if name == "乙" else "一、总体情况\n"
            )
            (home / f"{name}.txt").write_text(text.replace("一、总体情况\n", more), encoding="utf-8")
    (home / "units.csv").write_text("机关\n青禾县水利局\n青禾县司法局\n", encoding="utf-8")
    (home / "nianbao.yaml").write_text("roster: units.csv\n", encoding="utf-8")
    out = tmp_path / "出"
    for _ in range(2):  # what is kept of a run says it too
        run("check", home, "-f", "html", "--per-file", out, "--select", "SUM", "-j", jobs, "--force")
        for name, files in (("甲", "甲.txt、乙.txt"), ("乙", "乙.txt、甲.txt")):
            said = words_of(out / f"{name}.html")
            assert f"2份内容不同的报告（文件：{files}），请确认以哪一份为准" in said
            assert "没有发现需要整改的问题" not in said
            assert "整改的通知" in said
        assert "以哪一份为准" not in words_of(out / "丙.html")
    page = run("check", home, "-f", "html", "--select", "SUM", "-j", jobs).out
    assert page.count('<td class="differs">报送了不同的几份</td>') == 2
    assert "未发现问题 2 份" in page
    assert "没有要整改的问题" not in page
    # alone it is the report of the unit, also where the result of the other run is kept
    run("check", home / "甲.txt", "-f", "html", "--per-file", out, "--select", "SUM", "--force")
    assert "没有发现需要整改的问题" in words_of(out / "甲.html")


def test_another_place_in_a_file_without_lines_is_known_by_its_words(run: Run, tmp_path: Path) -> None:
    """A Word file has no numbers of lines; a text has them, and the words of the place are not needed."""
    draft = compliant("2021", "county", 3)
    twice = "把拟公开的每一份文件都交由分管负责人逐字逐句审看以后再行上网。"
    text = draft.render().replace("一、总体情况\n", f"一、总体情况\n{twice}\n另设专栏一个。\n{twice}\n")
    (tmp_path / "文本.txt").write_text(text, encoding="utf-8")
    document = docx.Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(str(tmp_path / "文档.docx"))
    said = {}
    for name in ("文本.txt", "文档.docx"):
        out = tmp_path / name[:2]
        run("check", tmp_path / name, "-f", "html", "--per-file", out, "--select", "TYP005")
        said[name] = words_of(out / f"{name[:2]}.html")
    assert re.search(r"另见第 \d+ 行：第一次写在这里", said["文本.txt"])
    assert "另见“把拟公开的每一份文件都交由分管负责人逐字…”：第一次写在这里" in said["文档.docx"]


def test_a_long_finding_may_go_on_on_the_next_page(run: Run, towns: Path, tmp_path: Path) -> None:
    """Only the head of the list is kept whole, on each page."""
    run("check", towns, "-f", "docx", "--per-file", tmp_path / "出")
    (table,) = docx.Document(str(tmp_path / "出" / "乙镇" / "年报.docx")).tables
    kept = [bool(row._tr.xpath("./w:trPr/w:cantSplit")) for row in table.rows]
    assert kept == [True] + [False] * (len(kept) - 1)
    assert len(kept) > 1


def test_a_notice_says_what_the_unit_does_and_not_how_the_check_is_set(run: Run, tmp_path: Path) -> None:
    home = tmp_path / "报送"
    home.mkdir()
    (home / "坏.docx").write_bytes(b"PK\x03\x04")
    (home / "无年.txt").write_text(
        compliant("2021", "county", 3, year=2023).render().replace("2023年", ""), encoding="utf-8"
    )
    (home / "旧格式.txt").write_text(
        "青禾县2016年政府信息公开工作年度报告\n\n一、概述\n编制本报告。\n", encoding="utf-8"
    )
    (home / "上年.txt").write_text(compliant("2021", "county", 3, year=2023).render(), encoding="utf-8")
    run("check", home, "-f", "html", "--per-file", tmp_path / "出", "--year", "2024")
    other, broken = (words_of(tmp_path / "出" / f"{name}.html") for name in ("上年", "坏"))
    assert "重新报送2024年度的报告" in other
    assert "--" not in other
    run("check", home, "-f", "html", "--per-file", tmp_path / "不指定")
    for made in sorted((tmp_path / "不指定").glob("*.html")):
        assert not re.search("--[a-z]|配置|再检查", words_of(made)), made.name
    assert "请处理好以后重新报送，最好是 Word 文档（.docx）" in broken
    assert "再检查" not in broken
