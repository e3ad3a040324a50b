"""`nianbao why`: who turned a rule on or off, whether it applies, what it looked at, how it ended."""

import os
import re
from pathlib import Path

import pytest
from cli.running import Ended, Run, wrong_total
from nianbao.testing import compliant, official_forms

ROOT = Path(__file__).parent.parent.parent
RECEIVED = "表三 · 一、本年新收政府信息公开申请数量 · 总计"
AT = "表四 · 行政复议 · 总计"
# A township of 青禾县 may receive 50 applications since 2024; what is received and carried in is dealt with or carried on.
COUNTY = """\
rules:
  - code: QH001
    name: received-range
    kind: cell-range
    with: {cell: applications/received/total, max: 50}
    applies: {region: 青禾县, level: township, years: 2024..}
    basis: 青禾县政务公开工作方案
    cases:
      pass: [{set: {applications/received/total: "50"}}]
      fail: [{set: {applications/received/total: "51"}}]
  - code: QH002
    name: all-dealt-with
    kind: equal-sums
    with:
      left: [applications/received/total, applications/carried_in/total]
      right: [applications/total/total, applications/carried_out/total]
    basis: 青禾县政务公开工作方案
    cases:
      pass: [{replace: [[年, 年]]}]
      fail: [{set: {applications/received/total: "9999"}}]
  - code: QH003
    name: accounts
    kind: require-phrase
    with: {phrase: 新媒体账号, in: 总体情况}
    basis: 青禾县政务公开工作方案
    enabled: false
    cases:
      pass: ["一、总体情况\\n有新媒体账号2个。\\n"]
      fail: ["一、总体情况\\n没有。\\n"]
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in the folder of the reports."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: str, text: str) -> str:
    """Write *text* into the file at *path*, its folder made where there is none, and return *path*."""
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    Path(path).write_bytes(text.encode())
    return path


def changed(**cells: str) -> str:
    """Return a report on 2024 with the totals of table three changed: `received="", carried_in="7"`."""
    draft = compliant("2021", "county", 3)
    for row, text in cells.items():
        draft.set(f"applications/{row}/total", text)
    return draft.render()


def told(ended: Ended) -> list[str]:
    """Return the lines about one rule without the first and without indents, and hold that it went well."""
    assert (ended.code, ended.err) == (0, "")
    return [line.strip() for line in ended.out.splitlines()[1:]]


def settings(text: str) -> None:
    """Write the rules of the county, and settings that name them and say *text*."""
    write("county.rules.yaml", COUNTY)
    write("nianbao.yaml", f"rules: county.rules.yaml\n{text}")


# -- on or off -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code", "chinese", "english"),
    [
        ("{}\n", "SUM004", "启用：是（默认）", "on: yes (by default)"),
        ("{}\n", "SEC007", "启用：否（默认不启用；--extend-select SEC007 启用）", "on: no (off by default; "),
        ("# 空行\nignore:\n  - SUM\n", "SUM004", "启用：否（nianbao.yaml:3 的 ignore）", "on: no (ignore at nianbao.yaml:3)"),
        ("ignore: review-total\n", "SUM004", "启用：否（nianbao.yaml:1 的 ignore）", "on: no (ignore at nianbao.yaml:1)"),
        ("select: [TYP]\n", "SUM004", "启用：否（nianbao.yaml:1 的 select）", "on: no (select at nianbao.yaml:1)"),
        ("select:\n  - TYP\n  - SUM\n", "SUM004", "启用：是（nianbao.yaml:3 的 select）", "on: yes (select at nianbao.yaml:3)"),
        ("extend-select: SEC007\n", "SEC007", "启用：是（nianbao.yaml:1 的 extend-select）", "on: yes (extend-select at "),
        ("extends: strict\n", "SEC007", "启用：是（profile strict 的 extend-select）", "at profile strict)"),
        ("ignore: SUM\noverrides:\n  - paths: a.txt\n    extend-select: SUM004\n", "SUM004", "启用：是（nianbao.yaml:4 的 extend-select）", "nianbao.yaml:4)"),
    ],
)  # fmt: skip
def test_who_has_turned_it_on_or_off(run: Run, text: str, code: str, chinese: str, english: str) -> None:
    """The last word that decided, with its place; a rule that is off is tried all the same."""
    write("nianbao.yaml", text)
    write("a.txt", wrong_total())
    first, *others = told(run("why", code, "a.txt"))
    assert first.startswith(chinese)
    assert english in told(run("why", code, "a.txt", "--lang", "en"))[0]
    assert {"SUM004": "结论：不通过", "SEC007": "结论：通过"}[code] in others
    if "否（nianbao" in chinese:
        assert first.endswith("；下面是启用时的结果")


def test_a_rule_of_a_file_may_be_off_too(run: Run, right: Path) -> None:
    settings("")
    assert told(run("why", "QH003", right.name))[0] == "启用：否（默认不启用；--extend-select QH003 启用）"


# -- severity ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "severity", "line"),
    [
        ("severity: {SUM004: warning}\n", "警告", 1),
        ("severity:\n  TYP: info\n  SUM: info\n", "提示", 3),
        ("severity: {review-total: warning}\n", "警告", 1),
        ("severity: {sum004: warning}\n", "警告", 1),
        ("severity:\n  SUM: info\n  SUM004: warning\n", "警告", 3),
        ("severity:\n  SUM004: warning\n  SUM: info\n", "提示", 3),
        ("severity: {SUM004: info}\noverrides:\n  - paths: a.txt\n    severity: {SUM: warning}\n", "警告", 4),
    ],
)
def test_who_has_changed_the_severity(run: Run, text: str, severity: str, line: int) -> None:
    """Whatever word the settings use for the rule, the last of them holds, as it does in a check."""
    write("nianbao.yaml", text)
    write("a.txt", wrong_total())
    assert (
        told(run("why", "SUM004", "a.txt"))[1] == f"程度：{severity}（nianbao.yaml:{line}；规则本来是错误）"
    )
    (record,) = run("check", "a.txt", "--format", "json", "--select", "SUM004").json()["findings"]
    assert record["severity"] == {"警告": "warning", "提示": "info"}[severity]


def test_a_severity_that_nobody_has_changed(run: Run, wrong: Path) -> None:
    assert told(run("why", "SUM004", wrong.name))[1] == "程度：错误"
    assert told(run("why", "SUM004", wrong.name, "--lang", "en"))[1] == "severity: error"
    write("nianbao.yaml", "severity: {SUM004: warning}\n")
    assert told(run("why", "SUM004", wrong.name, "--lang", "en"))[1] == (
        "severity: warning (nianbao.yaml:1; the rule itself has error)"
    )


# -- what keeps it from running ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("level: county\nregion: 青禾县\n", "结论：不适用，本规则不适用于县（区、县级市）"),
        ("level: township\nregion: 望川县\n", "结论：不适用，本规则只适用于青禾县"),
        (
            "level: township\n",
            "结论：无法判断，看不出机关属于哪个地区；标题写上所属的县、市，还看不出的由检查的人指明",
        ),
    ],
)
def test_a_report_that_the_rule_does_not_concern(run: Run, right: Path, text: str, verdict: str) -> None:
    """Organ, year, region: the reason is reported, and no place is said to have been looked at."""
    settings(text)
    lines = told(run("why", "QH001", right.name))
    assert lines[-1] == verdict
    assert "看了：" not in lines


def test_a_rule_for_another_form(run: Run, right: Path) -> None:
    """A report on 2024 is on the form of 2021; ART013 is about that of 2019."""
    lines = told(run("why", "ART013", right.name))
    assert lines[-1] == "结论：不适用，本规则不适用于2021格式"
    assert "看了：" not in lines


def test_a_report_that_the_rule_concerns(run: Run) -> None:
    """A township of 青禾县 on 2024 that received 107: the figure is shown, and the limit of 50."""
    write("a.txt", changed(received="107"))
    settings("level: township\nregion: 青禾县\n")
    lines = told(run("why", "QH001", "a.txt"))
    assert f"{RECEIVED}：107" in lines
    assert "结论：不通过" in lines
    assert "应不大于 50" in "".join(lines)


# -- tables and cells ----------------------------------------------------------------------------------------


def test_a_table_that_the_report_does_not_have(run: Run) -> None:
    draft = compliant("2021", "county", 3)
    draft.drop("review")
    write("a.txt", draft.render())
    assert told(run("why", "SUM004", "a.txt"))[2:] == [
        "看了：",
        "表四：报告中没有",
        "结论：不适用，报告中没有表四",
    ]
    english = told(run("why", "SUM004", "a.txt", "--lang", "en"))[2:]
    assert english == [
        "looked at:",
        "表四: the report has none",
        "verdict: not applicable: the report has no table 表四",
    ]


def test_a_table_that_is_there_and_could_not_be_read(run: Run) -> None:
    """As a scrape leaves it: the whole of table three run together in one line of prose."""
    table = official_forms()[-1].table("applications")
    assert table is not None
    flattened = " 0 ".join((*(row.label for row in table.rows), "总计"))
    write(
        "a.txt",
        "清溪县2024年政府信息公开工作年度报告\n\n一、总体情况\n主动公开政府信息若干。\n"
        f"三、收到和处理政府信息公开申请情况\n具体情况如下。{flattened}。\n",
    )
    lines = told(run("why", "SUM001", "a.txt"))
    assert "表三：报告中有，没有读懂" in lines
    assert lines[-1].startswith("结论：无法判断，表三没有读懂")
    english = told(run("why", "SUM001", "a.txt", "--lang", "en"))
    assert "表三: in the report, but could not be read" in english


@pytest.mark.parametrize(
    ("figure", "chinese", "english"),
    [("", "空", "blank"), ("约107", "“约107”", "“约107”"), ("/", "“/”", "“/”")],
)
def test_a_cell_without_a_figure(run: Run, figure: str, chinese: str, english: str) -> None:
    """What is there instead is shown, and the sum is open: a blank is not zero."""
    write("a.txt", changed(received=figure))
    settings("")
    lines = told(run("why", "QH002", "a.txt"))
    assert f"{RECEIVED}：{chinese}" in lines
    assert lines[-1].startswith("结论：无法判断")
    assert f"{RECEIVED}: {english}" in told(run("why", "QH002", "a.txt", "--lang", "en"))


def test_a_row_that_the_table_does_not_have(run: Run) -> None:
    draft = compliant("2021", "county", 3)
    draft.drop("applications/carried_in")
    write("a.txt", draft.render())
    settings("")
    assert "表三 · 二、上年结转政府信息公开申请数量 · 总计：没有这一格" in told(run("why", "QH002", "a.txt"))


def test_the_figures_of_a_rule_of_the_county_are_written_out(run: Run) -> None:
    """Each cell that it looked at with its figure: 40 + 2 is dealt with or carried on as 39 + 4, one too many."""
    write("a.txt", changed(received="40", carried_in="2", total="39", carried_out="4"))
    settings("")
    lines = told(run("why", "QH002", "a.txt"))
    assert [line.rpartition("：")[2] for line in lines if line.startswith("表三 ·")] == ["40", "2", "39", "4"]
    assert "40 + 2 = 42 ≠ 43 = 39 + 4" in "".join(lines)
    assert "结论：不通过" in lines


def test_the_sums_of_the_form_are_written_out(run: Run) -> None:
    """行政复议 1 + 0 + 0 + 0 is said to be 2, 未经复议 is right, and 复议后起诉 is all zeros."""
    draft = compliant("2021", "county", 3)
    for group, figures in (("review", "10002"), ("direct", "43018"), ("after", "00000")):
        for column, text in zip(("upheld", "corrected", "other", "pending", "total"), figures, strict=True):
            draft.set(f"review/cases/{group}_{column}", text)
    write("a.txt", draft.render())
    lines = told(run("why", "SUM004", "a.txt"))
    assert lines[2:7] == [
        "看了：",
        "表四：读出 15/15 格",
        "表四 1 ≠ 2，不成立",
        "表四 4 + 3 + 1 = 8 = 8，成立",
        "另有 1 项两边都是 0，成立",
    ]
    assert lines[7] == "结论：不通过"
    assert AT in lines[8]
    english = told(run("why", "SUM004", "a.txt", "--lang", "en"))
    assert english[4:7] == [
        "表四 1 ≠ 2, does not hold",
        "表四 4 + 3 + 1 = 8 = 8, holds",
        "1 more with zero on both sides, which hold",
    ]


def test_a_sum_with_a_blank_is_open(run: Run) -> None:
    draft = compliant("2021", "county", 3)
    for column, text in zip(
        ("upheld", "corrected", "other", "pending", "total"), ("1", "0", "0", "", "2"), strict=True
    ):
        draft.set(f"review/cases/review_{column}", text)
    write("a.txt", draft.render())
    lines = told(run("why", "SUM004", "a.txt"))
    assert [line for line in lines if line.endswith("有格没有数，不能判断")] == [
        "表四 1 ? 2，有格没有数，不能判断"
    ]
    assert next(line for line in lines if line.startswith("结论")).startswith("结论：无法判断，")


def test_sections_are_named_whether_or_not_they_are_there(run: Run) -> None:
    settings("")
    write("a.txt", "青禾县2024年政府信息公开工作年度报告\n\n一、总体情况\n有新媒体账号2个。\n")
    assert "“总体情况”部分" in told(run("why", "QH003", "a.txt"))
    write("a.txt", "青禾县2024年政府信息公开工作年度报告\n\n五、存在的主要问题及改进情况\n没有。\n")
    assert "“总体情况”部分：报告中没有" in told(run("why", "QH003", "a.txt"))
    assert "section “总体情况”: the report has none" in told(run("why", "QH003", "a.txt", "--lang", "en"))


def test_a_rule_that_reads_the_text_says_so(run: Run, right: Path) -> None:
    """TYP001 looks for words; it asks for no part of the report by name."""
    assert told(run("why", "TYP001", right.name))[2:] == [
        "看了：",
        "报告的文字；没有按名称要哪一部分、哪张表",
        "结论：通过",
    ]


# -- how it ended --------------------------------------------------------------------------------------------


def test_sums_that_another_rule_reports_are_said_to_be_reported_there(run: Run) -> None:
    """One figure too many in a column breaks a column and a row; the finding is SUM001's, and SUM003 finds nothing."""
    draft = compliant("2021", "county", 3)
    address = "applications/total/natural_person"
    draft.set(address, str(int(draft.cells[address]) + 1))
    write("a.txt", draft.render())
    found = {
        record["code"]
        for record in run("check", "a.txt", "--select", "SUM", "--format", "json").json()["findings"]
    }
    assert found == {"SUM001"}
    *_, verdict, elsewhere = told(run("why", "SUM003", "a.txt"))
    assert verdict == "结论：通过"
    assert elsewhere == "不成立的等式另有原因，已由 SUM001 报告：一个原因只报一次"
    assert told(run("why", "SUM003", "a.txt", "--lang", "en"))[-1] == (
        "the sums that do not hold have a cause that SUM001 reports: one cause, one finding"
    )
    assert "一个原因只报一次" not in run("why", "SUM001", "a.txt").out


def test_a_waived_finding_is_marked_with_its_place_and_reason(run: Run, wrong: Path) -> None:
    assert run("waive", "SUM004", wrong.name, "--reason", "以复议决定为准").code == 0
    assert "（已豁免，nianbao.waivers.yaml:4：以复议决定为准）" in "".join(
        told(run("why", "SUM004", wrong.name))
    )
    english = " ".join(told(run("why", "SUM004", wrong.name, "--lang", "en")))
    assert "(waived at nianbao.waivers.yaml:4: 以复议决定为准)" in english


def test_a_finding_in_the_baseline_is_marked(run: Run, wrong: Path) -> None:
    assert run("baseline", "create", wrong.name).code == 0
    assert "（基线中原有，nianbao.baseline.jsonl:1）" in "".join(told(run("why", "SUM004", wrong.name)))
    english = " ".join(told(run("why", "SUM004", wrong.name, "--lang", "en")))
    assert "(in the baseline at nianbao.baseline.jsonl:1)" in english


def test_a_finding_that_a_comment_answers_for_is_marked(run: Run) -> None:
    draft = compliant("2021", "county", 3, "pipes")
    for column, text in zip(("upheld", "corrected", "other", "pending", "total"), "10002", strict=True):
        draft.set(f"review/cases/review_{column}", text)
    lines = draft.render().split("\n")
    at = max(number for number, line in enumerate(lines) if line.startswith("|"))
    lines[at] += " <!-- nianbao: ignore SUM004 以复议决定为准 -->"
    write("a.md", "\n".join(lines))
    assert f"（有注释说明，a.md:{at + 1}：以复议决定为准）" in "".join(told(run("why", "SUM004", "a.md")))
    english = " ".join(told(run("why", "SUM004", "a.md", "--lang", "en")))
    assert f"(suppressed by a comment at a.md:{at + 1}: 以复议决定为准)" in english


def test_a_family_means_each_of_its_rules(run: Run, right: Path) -> None:
    ended = run("why", "PER", right.name)
    heads = [line.split()[0] for line in ended.out.splitlines() if line and not line.startswith(" ")]
    assert heads == ["PER001", "PER002", "PER003", "PER004", "PER005", "PER006", "PER007"]


def test_standard_input(run: Run) -> None:
    """Judged as a report in this folder."""
    write("nianbao.yaml", "ignore: SUM004\n")
    lines = told(run("why", "review-total", "-", stdin=wrong_total().encode()))
    assert lines[0].startswith("启用：否（nianbao.yaml:1 的 ignore）")
    assert "表四 1 ≠ 2，不成立" in lines


# -- what cannot be asked ------------------------------------------------------------------------------------


def test_an_unknown_rule_is_told_with_the_nearest(run: Run, right: Path) -> None:
    ended = run("why", "reviw-total", right.name)
    assert (ended.code, ended.out) == (2, "")
    assert "没有规则“reviw-total”，是不是 review-total？" in ended.err
    assert "did you mean review-total?" in run("why", "reviw-total", right.name, "--lang", "en").err


def test_a_report_that_cannot_be_read_is_3(run: Run) -> None:
    gone = run("why", "SUM004", "没有.txt")
    assert (gone.code, gone.out, gone.err) == (3, "", "没有.txt: 没有这个文件\n")
    Path("a.txt").write_bytes(b"\x00\x01\x02\xff" * 400)
    ended = run("why", "SUM004", "a.txt")
    assert (ended.code, ended.out) == (3, "")
    assert ended.err.startswith("a.txt: ")
    assert ended.err.count("\n") == 1


def test_both_words_are_wanted(run: Run) -> None:
    ended = run("why", "SUM004")
    assert (ended.code, ended.out) == (2, "")
    assert "缺少报告" in ended.err


# -- the guides ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "language"), [("guide.zh-CN.md", "zh"), ("guide.md", "en")])
def test_a_guide_shows_what_is_printed(
    run: Run, monkeypatch: pytest.MonkeyPatch, name: str, language: str
) -> None:
    """The capture of `why` in a guide is what it prints on the example."""
    monkeypatch.chdir(ROOT)
    guide = (ROOT / "docs" / name).read_text(encoding="utf-8")
    shown = re.search(r"^\$ nianbao (why .*?)\n(.*?)```", guide, re.DOTALL | re.MULTILINE)
    assert shown is not None
    ended = run(*shown[1].split(), "--lang", language, env={"COLUMNS": "92"})
    assert (ended.code, ended.out) == (0, shown[2])


# -- rules that compare reports --------------------------------------------------------------------------------


def round_of_years() -> None:
    """Write the report of a county on two years; one more is carried in than was carried out the year before."""
    last = compliant("2021", "county", 1, year=2023)
    now = compliant("2021", "county", 1, year=2024)
    for column in ("natural_person", "business", "research", "welfare", "legal", "other", "total"):
        carried = last.cells.get(f"applications/carried_out/{column}")
        if carried is not None:
            now.set(f"applications/carried_in/{column}", carried)
    now.set("applications/carried_in/total", str(int(last.cells["applications/carried_out/total"]) + 1))
    write("2023/县.txt", last.render())
    write("2024/县.txt", now.render())


@pytest.mark.parametrize(
    "beside", [("2023/县.txt",), ("2023",), (".",), ("--previous", "2023"), ("--previous", "2023/县.txt")]
)
def test_a_rule_that_compares_sees_what_it_sees_in_a_check(run: Run, beside: tuple[str, ...]) -> None:
    round_of_years()
    explained = run("why", "YOY001", "2024/县.txt", *beside)
    assert explained.code == 0, explained.err
    assert "结论：不通过" in explained.out
    assert re.search("上年的报告：(?:./)?2023/县.txt", explained.out)
    told = re.search(r"总计 \d+ ≠ \d+", explained.out)
    assert told is not None
    assert told[0] in run("check", "2024/县.txt", "--previous", "2023", "--no-cache").out


def test_alone_it_says_that_no_other_report_is_given(run: Run) -> None:
    round_of_years()
    assert "结论：不适用，没有给出本机关上一年度的报告" in run("why", "YOY001", "2024/县.txt").out


def test_by_a_roster_it_knows_the_organs_below(run: Run) -> None:
    county, town = (compliant("2021", level, 1, year=2024) for level in ("county", "township"))  # type: ignore[arg-type]
    write("县.txt", county.render())
    write("镇.txt", town.render())
    write("units.csv", f"名称,上级\n{county.organ},\n{town.organ},{county.organ}\n")
    said = run("why", "AGG001", "县.txt", "镇.txt", "--roster", "units.csv").out
    assert "下级机关的报告：镇.txt" in said
    assert "结论：不通过" in said


def test_a_rule_that_is_off_is_tried_with_the_others_too(run: Run) -> None:
    round_of_years()
    write("nianbao.yaml", "ignore: [YOY, AGG]\n")
    said = run("why", "YOY001", "2024/县.txt", "2023").out
    assert "下面是启用时的结果" in said
    assert "结论：不通过" in said


def test_others_that_are_not_there_are_an_error(run: Run) -> None:
    round_of_years()
    ended = run("why", "YOY001", "2024/县.txt", "2022")
    assert (ended.code, "没有“2022”" in ended.err) == (2, True)
