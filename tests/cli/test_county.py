"""Rules of a county in a check: beside those of the nation, and told where they never meet what they look for."""

import os
from pathlib import Path

import pytest
from cli.running import Run
from nianbao.testing import compliant

# QH001 asks for words, QH002 forbids words, QH003 replaces words, QH004 looks at a cell of table four.
COUNTY = """\
rules:
  - code: QH001
    name: accounts
    kind: require-phrase
    with: {phrase: 新媒体账号, in: 总体情况}
    basis: 青禾县政务公开工作方案
    cases:
      pass: ["一、总体情况\\n有新媒体账号2个。\\n"]
      fail: ["一、总体情况\\n没有。\\n"]
  - code: QH002
    name: no-empty-words
    kind: forbid-phrase
    with: {phrase: 高度重视}
    basis: 青禾县政务公开工作方案
    cases:
      pass: ["一、总体情况\\n没有。\\n"]
      fail: ["一、总体情况\\n高度重视。\\n"]
  - code: QH003
    name: account
    kind: replace-phrase
    with: {phrase: 帐号, by: 账号}
    basis: 青禾县政务公开工作方案
    cases:
      pass: ["一、总体情况\\n账号。\\n"]
      fail: ["一、总体情况\\n帐号。\\n"]
  - code: QH004
    name: few-reviews
    kind: cell-range
    with: {cell: review/cases/review_total, max: 90}
    basis: 青禾县政务公开工作方案
    cases:
      pass: [{set: {review/cases/review_total: "90"}}]
      fail: [{set: {review/cases/review_total: "91"}}]
"""
HEAD = "青禾县2024年政府信息公开工作年度报告\n\n"
NEVER = "规则 {} 在这次检查中一次也没有遇到要找的内容：{}"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in the folder of the reports, with the rules of the county."""
    monkeypatch.chdir(tmp_path)
    write("county.rules.yaml", COUNTY)
    write("nianbao.yaml", "rules: county.rules.yaml\n")
    return tmp_path


def write(path: str, text: str) -> str:
    """Write *text* into the file at *path*, its folder made where there is none, and return *path*."""
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    Path(path).write_bytes(text.encode())
    return path


def idle(run: Run, *arguments: str) -> list[str]:
    """Return the codes of the rules that JSON names as idle, and hold that the closing lines name the same."""
    records = run("check", *arguments, "--format", "json").json()["summary"]["idle"]
    said = run("check", *arguments, "--format", "concise").out
    assert said.count("一次也没有遇到要找的内容") == len(records)
    for record in records:
        assert NEVER.format(record["code"], record["target"]) in said
    return [record["code"] for record in records]


# -- what no report had --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("一、总体情况\n新媒体账号2个。\n", ["QH002", "QH003"]),
        ("一、总体情况\n没有。\n", ["QH002", "QH003"]),  # that QH001 is not kept is a finding of its own
        ("一、总体情况\n高度重视新媒体帐号。\n", []),
        ("二、主动公开政府信息情况\n高度重视。\n", ["QH001", "QH003"]),  # there is no 总体情况 to look in
    ],
)
def test_a_rule_that_never_meets_what_it_looks_for_is_named(run: Run, text: str, codes: list[str]) -> None:
    """Words that are asked for and words that are not wanted, each judged by what is in the report."""
    path = write("a.txt", HEAD + text)
    assert idle(run, path, "--select", "QH001,QH002,QH003") == codes


def test_a_cell_is_met_where_the_table_is_there(run: Run) -> None:
    """Without table four there is no such cell."""
    draft = compliant("2021", "county", 3)
    path = write("a.txt", draft.render())
    assert idle(run, path, "--select", "QH004") == []
    draft.drop("review")
    write("a.txt", draft.render())
    assert idle(run, path, "--select", "QH004") == ["QH004"]


def test_one_report_of_a_run_is_enough(run: Run) -> None:
    """What one of two reports has, has occurred; in which order they come does not matter, nor in how many processes."""
    having = write("a.txt", HEAD + "一、总体情况\n高度重视新媒体帐号。\n")
    lacking = write("b.txt", HEAD + "二、主动公开政府信息情况\n没有。\n")
    asked = ("--select", "QH001,QH002,QH003")
    assert idle(run, lacking, *asked) == ["QH001", "QH002", "QH003"]
    assert idle(run, lacking, having, *asked) == idle(run, having, lacking, *asked) == []
    assert idle(run, lacking, having, *asked, "-j", "2") == []


def test_it_is_said_in_english_too(run: Run) -> None:
    path = write("a.txt", HEAD + "一、总体情况\n没有。\n")
    said = run("check", path, "--select", "QH002", "--lang", "en").out
    assert "rule QH002 has not met what it looks for in any report of this run: “高度重视”" in said


def test_it_changes_neither_the_exit_code_nor_the_quiet(run: Run) -> None:
    path = write("a.txt", HEAD + "一、总体情况\n没有。\n")
    ended = run("check", path, "--select", "QH002", "--fail-on", "info")
    assert (ended.code, "高度重视" in ended.out) == (0, True)
    assert run("check", path, "--select", "QH002", "--quiet").out == ""


def test_json_lines_say_it_in_their_last(run: Run) -> None:
    path = write("a.txt", HEAD + "一、总体情况\n没有。\n")
    *_, last = run("check", path, "--select", "QH002", "--format", "jsonl").lines()
    assert [one["code"] for one in last["idle"]] == ["QH002"]


def test_rules_that_do_not_run_are_not_watched(run: Run) -> None:
    path = write("a.txt", HEAD + "一、总体情况\n没有。\n")
    assert idle(run, path, "--select", "TYP") == []
    assert idle(run, path, "--select", "QH", "--ignore", "QH003,QH004") == ["QH002"]
    assert idle(run, path, "--no-config", "--select", "TYP") == []


def test_the_rules_of_the_nation_are_never_idle(run: Run) -> None:
    """Most reports have no fault that most of them look for; that tells nothing about their words."""
    path = write("a.txt", compliant("2021", "county", 3).render())
    assert idle(run, path, "--no-config") == []


def test_a_finding_that_is_waived_has_been_met(run: Run) -> None:
    path = write("a.txt", HEAD + "一、总体情况\n高度重视。\n")
    assert run("waive", "QH002", path, "--reason", "引用原文").code == 0
    assert idle(run, path, "--select", "QH002") == []


# -- beside the rules of the nation --------------------------------------------------------------------------


def test_rules_of_the_county_run_beside_those_of_the_nation(run: Run) -> None:
    """Every rule that is on by default and the four of the county, in the order of their codes."""
    path = write("a.txt", compliant("2021", "county", 3).render())
    whole = run("check", path, "--format", "json").json()
    codes = [outcome["code"] for outcome in whole["outcomes"]]
    assert [code for code in codes if code.startswith("QH")] == ["QH001", "QH002", "QH003", "QH004"]
    assert codes == sorted(codes)
    assert "SUM004" in codes
    (record,) = whole["findings"]
    assert (record["code"], record["severity"]) == ("QH001", "warning")  # no 新媒体账号 in it


def test_rules_lists_and_explains_them(run: Run) -> None:
    assert [line.split()[0] for line in run("rules").out.splitlines() if line.startswith("QH")] == [
        "QH001", "QH002", "QH003", "QH004",
    ]  # fmt: skip
    ended = run("explain", "few-reviews")
    assert ended.code == 0
    assert ended.out.startswith("QH004 few-reviews：")
    assert "青禾县政务公开工作方案" in ended.out


def test_two_folders_may_use_one_code_for_rules_of_their_own(run: Run) -> None:
    """In one run each report is held to the rules of its own folder, though both call theirs QH002."""
    for folder, phrase in (("甲", "高度重视"), ("乙", "进一步")):
        write(f"{folder}/nianbao.yaml", "rules: county.rules.yaml\nselect: QH002\n")
        write(f"{folder}/county.rules.yaml", COUNTY.replace("高度重视", phrase))
    paths = [write(f"{folder}/a.txt", HEAD + "一、总体情况\n高度重视，进一步。\n") for folder in ("甲", "乙")]
    for jobs in ("1", "2"):
        whole = run("check", *paths, "--format", "json", "-j", jobs).json()
        first, second = whole["findings"]
        assert (first["path"], second["path"]) == tuple(paths)
        assert "“高度重视”" in first["message"]
        assert "“进一步”" in second["message"]
    assert idle(run, *paths) == []
