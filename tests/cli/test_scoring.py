"""`points` in settings: the sheet of each report, in every output that shows it, and the examples in the documents."""

import csv
import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from cli.running import Run
from nianbao.testing import compliant

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
SHEET = """\
points:
  - {name: 数据, worth: 60, rules: [SUM, SUM004], each: 7, most: 21}
  - {name: 总计, worth: 20, rules: SUM007, each: 2.5}
  - {name: 格式, worth: 20, rules: [missing-section, SEC002], each: 5}
"""


@pytest.fixture
def folder(tmp_path: Path, wrong: Path, right: Path, doubtful: Path) -> Path:
    """Three reports, one of them with an error and one with a warning, a file that is none, and the sheet."""
    (tmp_path / "nianbao.yaml").write_text(SHEET, encoding="utf-8")
    (tmp_path / "天气.txt").write_text("今年天气不错。\n", encoding="utf-8")
    return tmp_path


def sheet(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_a_sheet_has_a_row_for_each_indicator(run: Run, folder: Path) -> None:
    """What it is worth, what is taken and why; by hand: one sum that fails is 7 of 60, one label 2.5 of 20."""
    ended = run("check", folder, "-f", "score")
    rows = sheet(ended.stdout.decode("utf-8"))
    lost = {(Path(row["文件"]).name, row["指标"]): row["扣分"] for row in rows}

    assert list(rows[0]) == ["文件", "机关", "年度", "指标", "分值", "扣分", "得分", "失分原因", "整改情况"]
    assert lost["有误.txt", "数据"] == "7"
    assert lost["待查.txt", "总计"] == "2.5"
    assert lost["合规.txt", "合计"] == "0"
    assert lost["天气.txt", "合计"] == ""
    (why,) = (
        row["失分原因"] for row in rows if (Path(row["文件"]).name, row["指标"]) == ("有误.txt", "数据")
    )
    assert why.startswith("1. 第 ")
    assert why.endswith("（SUM004）")
    totals = {Path(row["文件"]).name: row["得分"] for row in rows if row["指标"] == "合计"}
    assert totals == {"有误.txt": "93", "待查.txt": "97.5", "合规.txt": "100", "天气.txt": ""}
    assert "不计分" in next(row["失分原因"] for row in rows if Path(row["文件"]).name == "天气.txt")


@pytest.mark.parametrize("name", ["full", "concise", "grouped"])
def test_the_closing_lines_have_the_score_of_each_report(run: Run, folder: Path, name: str) -> None:
    out = "".join(run("check", folder, "-f", name).out.split())  # long paths are wrapped
    assert "有误.txt得分93/100：数据-7" in out
    assert "待查.txt得分97.5/100：总计-2.5" in out
    assert "合规.txt得分100/100" in out
    assert "天气.txt：没有结论，不计分：不是一份能核对的年度报告" in out


def test_of_many_reports_the_closing_lines_say_where_the_scores_are(run: Run, tmp_path: Path) -> None:
    (tmp_path / "nianbao.yaml").write_text(SHEET, encoding="utf-8")
    for seed in range(11):
        (tmp_path / f"{seed}.txt").write_text(compliant("2021", "county", seed).render(), encoding="utf-8")
    short = run("check", tmp_path, "-f", "concise").out
    assert "11 份有评分表，存进文件逐份看：-f score:评分.csv" in short
    assert "得分" not in short
    assert run("check", tmp_path, "-f", "concise", "--verbose").out.count("得分") == 11
    (tmp_path / "10.txt").unlink()
    assert run("check", tmp_path, "-f", "concise").out.count("得分") == 10


def test_a_score_for_programs(run: Run, folder: Path) -> None:
    """Findings by their fingerprints; null without a verdict in full; no such field without a sheet."""
    ended = run("check", folder, "-f", "json")
    found = ended.json()
    scores: dict[str, Any] = {Path(one["path"]).name: one["score"] for one in found["documents"]}
    prints = [one["fingerprint"] for one in found["findings"] if one["code"] == "SUM004"]

    assert scores["天气.txt"] is None
    assert (scores["有误.txt"]["points"], scores["有误.txt"]["complete"]) == (93, True)
    assert scores["有误.txt"]["indicators"][0] == {
        "name": "数据",
        "worth": 60,
        "lost": 7,
        "findings": prints,
        "excused": [],
        "undetermined": [],
        "not_checked": [],
    }
    (folder / "nianbao.yaml").unlink()
    assert not [
        one for one in json.loads(run("check", folder, "-f", "json").stdout)["documents"] if "score" in one
    ]


def test_what_is_not_judged_or_waived_is_named_and_costs_nothing(run: Run, folder: Path) -> None:
    """A blank cell leaves sums open; a rule that was left out was not checked; a waiver has its reason."""
    draft = compliant("2021", "county", 3)
    draft.set("review/cases/review_total", "")
    (folder / "空格.txt").write_text(draft.render(), encoding="utf-8")
    (folder / "nianbao.waivers.yaml").write_text(
        "waivers:\n- {code: SUM004, at: 表四 · 行政复议 · 总计, report: 有误, reason: 以上级核定的数为准}\n",
        encoding="utf-8",
    )
    rows = sheet(run("check", folder, "-f", "score", "--ignore", "SEC002").stdout.decode("utf-8"))
    by = {(Path(row["文件"]).name, row["指标"]): row for row in rows}

    assert "无法判断，不扣分：SUM004" in by["空格.txt", "数据"]["失分原因"]
    assert by["合规.txt", "格式"]["失分原因"] == "没有检查，不扣分：SEC002"
    assert by["合规.txt", "合计"]["失分原因"] == "有规则没有判断，得分不完整"
    assert by["有误.txt", "数据"]["扣分"] == "0"
    assert by["有误.txt", "数据"]["整改情况"] == "SUM004 已豁免，不扣分：以上级核定的数为准"


def test_processes_and_results_that_are_kept_change_nothing(
    process: Run, folder: Path, tmp_path: Path
) -> None:
    """The sheet is the same by one process, by two, and from what an earlier run has kept; another sheet is another."""
    kept = {"XDG_CACHE_HOME": str(tmp_path / "kept")}
    asked = ("check", folder, "-f", "score")
    alone = process(*asked, "--no-cache", "-j", "1")
    first, again = process(*asked, "-j", "2", env=kept), process(*asked, "-j", "2", env=kept)
    (folder / "nianbao.yaml").write_text(SHEET.replace("each: 7", "each: 8"), encoding="utf-8")
    other = process(*asked, env=kept)

    assert alone.stdout == first.stdout == again.stdout
    assert {row["扣分"] for row in sheet(other.stdout.decode("utf-8")) if row["指标"] == "数据"} == {"0", "8"}


def test_a_run_without_a_sheet_says_so(run: Run, right: Path) -> None:
    (row,) = sheet(run("check", right, "-f", "score").stdout.decode("utf-8"))
    assert row["失分原因"] == "没有评分表；在 nianbao.yaml 里写 points"


def test_a_sheet_of_some_reports_only(run: Run, folder: Path) -> None:
    """The last sheet that holds for a report holds whole."""
    more = "overrides:\n  - paths: 待查.txt\n    points: [{name: 表, worth: 9, rules: SUM007, each: 9}]\n"
    (folder / "nianbao.yaml").write_text(SHEET + more, encoding="utf-8")
    out = run("check", folder, "-f", "concise").out
    assert "待查.txt 得分 0/9：表 -9" in out
    assert "有误.txt 得分 93/100" in out


def test_config_shows_where_an_indicator_is_written(run: Run, folder: Path) -> None:
    out = run("config", "show", folder / "有误.txt").out
    assert "points.总计" in out
    assert "worth=20 rules=SUM007 each=2.5" in out
    assert "nianbao.yaml:3" in out


def test_a_name_in_a_sheet_is_no_formula(run: Run, folder: Path) -> None:
    (folder / "nianbao.yaml").write_text(SHEET.replace("总计", '"=1+1"'), encoding="utf-8")
    names = {row["指标"] for row in sheet(run("check", folder, "-f", "score").stdout.decode("utf-8"))}
    assert "=1+1" not in names
    assert "'=1+1" in names


# -- the examples in the documents -------------------------------------------------------------------------


def test_the_example_of_a_sheet_has_a_hundred_points(run: Run) -> None:
    """Of the township's report by hand: two of 格式 at 2, one date at 2.5, three cells at 5, one word at 0.5."""
    rows = sheet(
        run(
            "check", EXAMPLES / "qinghe-2025.txt", "--config", EXAMPLES / "scoring.yaml", "-f", "score"
        ).stdout.decode("utf-8")
    )
    lost = {row["指标"]: row["扣分"] for row in rows if row["扣分"] != "0"}
    assert lost == {"格式规范": "4", "统计期限": "2.5", "表格数据": "15", "文字质量": "0.5", "合计": "22"}
    assert (rows[-1]["分值"], rows[-1]["得分"]) == ("100", "78")


def test_the_example_of_a_city_is_well_and_its_rules_pass_their_cases(run: Run, tmp_path: Path) -> None:
    """As a city would use it: its files beside the reports, under the usual name."""
    shutil.copy(EXAMPLES / "city.rules.yaml", tmp_path)
    shutil.copy(EXAMPLES / "city.yaml", tmp_path / "nianbao.yaml")
    tested = run("test", tmp_path / "city.rules.yaml")
    draft = compliant("2021", "county", 3)
    draft.section("overview").paragraphs.append("政府网站运行平稳。")
    (tmp_path / "临川.txt").write_text(draft.render(), encoding="utf-8")
    rows = sheet(run("check", tmp_path / "临川.txt", "-f", "score").stdout.decode("utf-8"))
    by = {row["指标"]: row for row in rows}

    assert tested.code == 0, tested.out
    assert by["合计"]["分值"] == "100"
    assert "政府网站" in by["公开平台"]["失分原因"]
    assert by["公开平台"]["扣分"] in ("5", "10")


def test_what_may_not_be_the_report_that_was_asked_for_has_no_score(run: Run, tmp_path: Path) -> None:
    """One on another year, and two of one organ and year that differ: a sheet that adds them up would be wrong."""
    texts = {"水利": "青禾县水利局", "司法": "青禾县司法局", "财政": "青禾县财政局"}
    for name, organ in texts.items():
        draft = compliant("2021", "bureau", 3, year=2023 if name == "财政" else 2024)
        text = draft.render().replace(draft.organ, organ)
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
        if name == "水利":
            other = text.replace("一、总体情况\n", "一、总体情况\n我局另办培训会两场，参训人员二十名。\n")
            (tmp_path / f"{name}又.txt").write_text(other, encoding="utf-8")
    (tmp_path / "units.csv").write_text("\n".join(("机关", *texts.values())), encoding="utf-8")
    (tmp_path / "nianbao.yaml").write_text(f"year: 2024\nroster: units.csv\n{SHEET}", encoding="utf-8")

    rows = sheet(run("check", tmp_path, "-f", "score").stdout.decode("utf-8"))
    totals = {Path(row["文件"]).stem: (row["得分"], row["失分原因"]) for row in rows if row["指标"] == "合计"}
    assert {name: points for name, (points, _) in totals.items()} == {
        "水利": "",
        "水利又": "",
        "司法": "100",
        "财政": "",
    }
    assert "2023年度的报告，应当是2024年度的，不计分" in totals["财政"][1]
    assert "以哪一份为准，不计分" in totals["水利"][1]
    found = run("check", tmp_path, "-f", "json").json()["documents"]
    assert {Path(one["path"]).stem for one in found if one["score"] is None} == {"水利", "水利又", "财政"}
