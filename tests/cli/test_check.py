"""`nianbao check`: what is checked, with which rules, and how it ends."""

from pathlib import Path

import pytest
from cli.running import Run
from nianbao.api import Report
from nianbao.plugins.loading import load
from nianbao.run import linter as running
from nianbao.testing import official_forms
from wcwidth import wcswidth

GONE = "没有这个文件.txt"


def codes(records: list[dict[str, str]]) -> list[str]:
    return [record["code"] for record in records]


# -- exit codes --------------------------------------------------------------------------------------


def test_nothing_wrong_is_0(run: Run, right: Path) -> None:
    ended = run("check", right)
    assert ended.code == 0
    assert "错误 0，警告 0" in ended.out


@pytest.mark.parametrize("form", ["full", "concise", "json", "jsonl"])
def test_the_exit_code_is_the_same_in_every_format(
    run: Run, right: Path, wrong: Path, tmp_path: Path, form: str
) -> None:
    ends = [run("check", path, "--format", form).code for path in (right, wrong, tmp_path / GONE)]
    assert ends == [0, 1, 3]


@pytest.mark.parametrize(
    ("fail_on", "error", "warning", "nothing"),
    [("error", 1, 0, 0), ("warning", 1, 1, 0), ("info", 1, 1, 0), ("never", 0, 0, 0)],
)
def test_fail_on(
    run: Run, right: Path, wrong: Path, doubtful: Path, fail_on: str, error: int, warning: int, nothing: int
) -> None:
    ends = [
        run("check", path, "--fail-on", fail_on, "--select", "SUM").code for path in (wrong, doubtful, right)
    ]
    assert ends == [error, warning, nothing]


def test_findings_outweigh_a_file_that_cannot_be_read(run: Run, wrong: Path, right: Path) -> None:
    assert run("check", GONE, wrong).code == 1
    assert run("check", GONE, right).code == 3


def test_a_report_whose_tables_cannot_be_judged_has_no_verdict(run: Run, tmp_path: Path) -> None:
    # As a scrape leaves it: the whole of table three run together in one line of prose.
    table = official_forms()[-1].table("applications")
    assert table is not None
    flattened = " 0 ".join((*(row.label for row in table.rows), "总计"))
    text = (
        "清溪县2024年政府信息公开工作年度报告\n\n一、总体情况\n主动公开政府信息若干。\n"
        f"三、收到和处理政府信息公开申请情况\n具体情况如下。{flattened}。\n"
    )
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode())
    ended = run("check", path, "--select", "SUM001")
    assert ended.code == 3
    assert "无法判断 1" in ended.out
    assert "没有结论或结论不全" in ended.out
    assert run("check", path, "--select", "SUM001", "--fail-on", "never").code == 3


CRASHING = """\
from nianbao.api import Basis, Plugin, Severity, Strength, Text, hookimpl, rule

nianbao_plugin = Plugin(prefixes=("ZZZ",))


@rule(
    "ZZZ001",
    "always-crashes",
    summary=Text("总是出错", "always crashes"),
    basis=Basis("无", "", Strength.HEURISTIC),
    forms=(),
)
def crashing(report, context):
    \"\"\"总是出错。\"\"\"
    yield 1 // 0


@hookimpl
def nianbao_add_rules():
    return [crashing]
"""


def test_a_crashed_rule_is_2_and_the_other_rules_run(run: Run, wrong: Path) -> None:
    """A rule that raises costs DOC900 and its own outcome, and nothing else."""
    (wrong.parent / "nianbao.yaml").write_text("plugins: zzz.py\n", encoding="utf-8")
    (wrong.parent / "zzz.py").write_text(CRASHING, encoding="utf-8")
    ended = run("check", wrong, "--select", "SUM004,ZZZ", "--format", "json")
    whole = ended.json()
    assert ended.code == whole["summary"]["exit_code"] == 2
    assert codes(whole["findings"]) == ["DOC900", "SUM004"]
    assert {o["code"]: o["outcome"] for o in whole["outcomes"]} == {"SUM004": "failed", "ZZZ001": "crashed"}
    full = run("check", wrong, "--select", "SUM004,ZZZ")
    assert full.code == 2
    assert "规则出错 1" in full.out


def test_a_fault_of_ours_is_2_and_the_other_files_are_checked(
    run: Run, right: Path, wrong: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def reading(source: running.Source, *arguments: object, **named: object) -> Report:
        if source.path == str(right):
            raise RecursionError("too deep")
        return Report(source, *arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(running, "Report", reading)
    ended = run("check", right, wrong, "--format", "json", "--select", "SUM")
    whole = ended.json()
    assert ended.code == 2
    assert codes(whole["findings"]) == ["SUM004"]
    assert "RecursionError: too deep" in whole["documents"][0]["error"]
    assert "Traceback" not in ended.err


# -- what is checked ---------------------------------------------------------------------------------


def test_a_folder_means_the_reports_in_it_and_below_sorted(run: Run, tmp_path: Path) -> None:
    for name in ("b.txt", "a.MD", "c.docx", ".hidden.txt", "d.html"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "e.txt").write_bytes(b"")
    (tmp_path / "folder.txt").mkdir()
    whole = run("check", tmp_path, "--format", "json").json()
    names = [Path(d["path"]).name for d in whole["documents"]]
    assert names == ["a.MD", "b.txt", "c.docx", "d.html", "e.txt"]
    left = run("check", tmp_path, "--exclude", "inner/,*.docx", "--format", "json").json()
    assert [Path(d["path"]).name for d in left["documents"]] == ["a.MD", "b.txt", "d.html"]


def test_an_empty_folder_is_no_verdict_and_is_named(run: Run, tmp_path: Path) -> None:
    ended = run("check", tmp_path)
    assert ended.code == 3
    assert (
        ended.err
        == f"{tmp_path}: 这个文件夹里没有报告（.txt、.md、.html、.htm、.mht、.mhtml、.doc、.wps、.rtf、.xls、.pdf、.docx、.xlsx、.xlsm、.et、.ofd）\n"
    )


def test_a_file_given_twice_is_checked_once(run: Run, right: Path) -> None:
    whole = run("check", right, right.parent, right, "--format", "json").json()
    assert whole["summary"]["files"] == 1


def test_standard_input(run: Run, wrong: Path) -> None:
    given = wrong.read_bytes()
    whole = run("check", "-", "--format", "json", "--select", "SUM", stdin=given).json()
    assert whole["documents"][0]["path"] == "<stdin>"
    assert codes(whole["findings"]) == ["SUM004"]
    named = run("check", "-", "--stdin-filename", "正在写.md", "--format", "json", stdin=given).json()
    assert named["documents"][0]["path"] == "正在写.md"
    assert {f["path"] for f in named["findings"]} == {"正在写.md"}


def test_the_level_is_taken_as_given_and_the_year_is_expected(run: Run, right: Path) -> None:
    given = run("check", right, "--format", "json", "--year", "2022", "--level", "Bureau").json()
    assert (given["documents"][0]["year"], given["documents"][0]["level"]) == (2024, "bureau")
    assert "HDR010" in codes(given["findings"])
    inferred = run("check", right, "--format", "json").json()["documents"][0]
    assert (inferred["year"], inferred["level"], inferred["form"]) == (2024, "county", "2021")


def test_several_processes_find_the_same(run: Run, right: Path, wrong: Path, doubtful: Path) -> None:
    paths = (right, GONE, wrong, doubtful)
    one = run("check", *paths, "--format", "jsonl")
    many = run("check", *paths, "--format", "jsonl", "-j", "2")
    assert many.lines() == one.lines()
    assert (many.code, many.stderr) == (one.code, one.stderr) == (1, f"{GONE}: 没有这个文件\n".encode())


# -- which rules -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "ran"),
    [
        (["--select", "SUM004"], ["SUM004"]),
        (["--select", "review-total"], ["SUM004"]),
        (["--select", "sum004, SUM001"], ["SUM001", "SUM004"]),
        (["--select", "SUM004", "--select", "SUM001"], ["SUM001", "SUM004"]),
        (["--select", "SUM004,SUM001", "--ignore", "application-balance"], ["SUM004"]),
        (["--select", "SEC007"], ["SEC007"]),
        (["--select", "SUM004", "--extend-select", "SEC007"], ["SEC007", "SUM004"]),
    ],
)
def test_selection(run: Run, right: Path, options: list[str], ran: list[str]) -> None:
    assert codes(run("check", right, "--format", "json", *options).json()["outcomes"]) == ran


def test_a_family_means_its_rules_that_are_on_by_default(run: Run, right: Path) -> None:
    ran = codes(run("check", right, "--format", "json", "--select", "SEC").json()["outcomes"])
    assert "SEC001" in ran
    assert "SEC007" not in ran
    assert {code[:3] for code in ran} == {"SEC"}


def test_ignoring_a_family_leaves_the_others(run: Run, right: Path) -> None:
    everything = codes(run("check", right, "--format", "json").json()["outcomes"])
    ran = codes(run("check", right, "--format", "json", "--ignore", "SUM").json()["outcomes"])
    assert ran == [code for code in everything if not code.startswith("SUM")]
    assert len(ran) < len(everything)


@pytest.mark.parametrize("option", ["--select", "--ignore", "--extend-select"])
@pytest.mark.parametrize(
    ("word", "nearest"), [("SUM0O4", "SUM004"), ("SMU", "SUM"), ("reviw-total", "review-total")]
)
def test_an_unknown_rule_is_a_usage_error_that_names_the_nearest(
    run: Run, right: Path, option: str, word: str, nearest: str
) -> None:
    ended = run("check", right, option, word)
    assert ended.code == 2
    assert ended.out == ""
    assert f"没有规则“{word}”，是不是 {nearest}" in ended.err


def test_a_selection_without_any_rule_is_a_usage_error(run: Run, right: Path) -> None:
    ended = run("check", right, "--select", "SUM", "--ignore", "SUM")
    assert ended.code == 2
    assert "一条规则也不剩" in ended.err


# -- usage -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "缺少路径"),
        (["x", "--year", "20242"], "--year：应是 2008 至 2099 的整数，不是“20242”"),
        (["x", "--year", "２０２４"], "--year"),
        (["x", "--level", "village"], "--level：“village”不行，可用：township、bureau"),
        (["x", "--fail-on", "sometimes"], "--fail-on：“sometimes”不行"),
        (["x", "--color", "blue"], "--color"),
        (["x", "--ambiguous-width", "3"], "--ambiguous-width：应是 1 至 2 的整数"),
        (["x", "-j", "-1"], "--jobs"),
        (
            ["x", "--format", "xml"],
            "没有格式“xml”，可用：full, concise, grouped, json, jsonl, sarif, github, gitlab, junit, rdjson, checkstyle, csv, score, xlsx, html, docx, markdown",
        ),
        (["x", "--format", "full", "--format", "json"], "只有一种格式可以输出到屏幕"),
        (["x", "--fromat", "full"], "没有选项 --fromat，是不是 --format？"),
        (["x", "--year"], "选项 --year 用法不对"),
        (["x", "--lang", "fr"], "--lang：“fr”不行，可用：zh、en"),
    ],
)
def test_usage_errors_are_2_and_in_chinese(run: Run, arguments: list[str], said: str) -> None:
    ended = run("check", *arguments)
    assert ended.code == 2
    assert ended.out == ""
    assert said in ended.err
    assert ended.err.rstrip("\n").split("\n")[-1].startswith("错误：")


# -- where it goes -----------------------------------------------------------------------------------


def test_formats_into_files(run: Run, wrong: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    as_json, as_lines, full = folder / "a.json", folder / "a.jsonl", folder / "全.txt"
    ended = run(
        "check", wrong, "--select", "SUM", "--color", "always", "--format", "concise",
        "--format", f"json:{as_json}", "--format", f"jsonl:{as_lines}", "--format", f"full:{full}",
    )  # fmt: skip
    assert ended.code == 1
    assert as_json.read_bytes() == run("check", wrong, "--select", "SUM", "--format", "json").stdout
    assert as_lines.read_bytes() == run("check", wrong, "--select", "SUM", "--format", "jsonl").stdout
    assert full.read_bytes() == run("check", wrong, "--select", "SUM").stdout
    assert ended.out.startswith("\x1b[1m")


def test_only_files_asked_for_leave_the_screen_empty(run: Run, wrong: Path, tmp_path: Path) -> None:
    ended = run("check", wrong, "--format", f"json:{tmp_path / 'a.json'}")
    assert (ended.code, ended.out, ended.err) == (1, "", "")


def test_a_report_is_never_overwritten(run: Run, wrong: Path) -> None:
    before = wrong.read_bytes()
    ended = run("check", wrong, "--format", f"full:{wrong.parent / '.' / wrong.name}")
    assert ended.code == 2
    assert "是要检查的文件" in ended.err
    assert wrong.read_bytes() == before


def test_two_formats_cannot_share_a_file(run: Run, wrong: Path, tmp_path: Path) -> None:
    path = tmp_path / "out"
    ended = run("check", wrong, "--format", f"json:{path}", "--format", f"full:{path}")
    assert ended.code == 2
    assert not path.exists()


def test_a_file_that_cannot_be_written_is_2(run: Run, wrong: Path, tmp_path: Path) -> None:
    ended = run("check", wrong, "--format", f"json:{tmp_path / 'no' / 'such' / 'folder.json'}")
    assert ended.code == 2
    assert ended.err.startswith("错误：不能写入 ")
    assert ended.err.endswith("：没有这个文件或者文件夹\n")
    assert ended.err.count("\n") == 1


# -- the closing lines -------------------------------------------------------------------------------


def test_the_closing_line_counts_files_findings_and_rules(
    run: Run, right: Path, wrong: Path, doubtful: Path
) -> None:
    ended = run("check", right, wrong, doubtful, GONE, "--select", "SUM001,SUM004,SUM007")
    closing = ended.out[ended.out.index("！ 1 个没有读成") :].split("\n")
    assert closing[:3] == [
        "！ 1 个没有读成，没有结论",
        "× 4 个文件：错误 1，警告 1，提示 0",
        "  3 条规则 × 3 份报告：通过 7，不通过 2，不适用 0，无法判断 0",
    ]


def test_where_no_rule_could_judge_there_is_no_tick_and_no_verdict(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("清溪县2024年政府信息公开工作年度报告\n\n一、总体情况\n公开信息若干。\n".encode())
    ended = run("check", path, "--select", "SUM004")
    assert ended.code == 3
    assert ended.out.startswith("！ 1 份没有结论或结论不全")
    assert "通过 0，不通过 0，不适用 1" in ended.out


def test_the_closing_line_of_one_file(run: Run, right: Path) -> None:
    assert run("check", right, "--select", "SUM").out == (
        "√ 1 个文件：错误 0，警告 0，提示 0\n  10 条规则：通过 10，不通过 0，不适用 0，无法判断 0\n"
    )
    assert run("check", right, "--select", "SUM", "--lang", "en").out == (
        "√ files 1: errors 0, warnings 0, notes 0\n"
        "  rules 10: passed 10, failed 0, not applicable 0, undetermined 0\n"
    )


def test_what_could_not_be_judged_is_said_with_the_reason(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("今年天气不错，庄稼长得也好。\n".encode())
    full = run("check", path, "--select", "SUM001,SUM002")
    assert "无法判断 2\n" in full.out
    assert "无法判断 SUM001 SUM002: " in full.out
    assert "无法判断 SUM001" not in run("check", path, "--select", "SUM001", "--format", "concise").out
    assert "无法判断 SUM001" in run("check", path, "--select", "SUM001", "--format", "concise", "-v").out


def test_quiet(run: Run, right: Path, wrong: Path) -> None:
    assert run("check", right, "-q").out == ""
    said = run("check", wrong, "-q", "--format", "concise", "--select", "SUM").out
    assert said.count("\n") == 1
    assert "SUM004" in said


def test_statistics(run: Run, wrong: Path, doubtful: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.txt"
    again.write_bytes(wrong.read_bytes())
    asked = ("check", wrong, doubtful, again, "--statistics", "--format", "concise", "--select", "SUM")
    titles = {rule.code: rule.summary.zh for rule in load().rules}
    said = (
        "按规则统计：3 份报告共有 3 个问题，出自 2 条规则\n"
        f"  2 个，在 2 份报告中  错误  SUM004  {titles['SUM004']}\n"
        f"  1 个，在 1 份报告中  警告  SUM007  {titles['SUM007']}\n\n×"
    )
    assert said in run(*asked).out
    said = (
        "by rule: findings 3 in files 3, of rules 2\n"
        "  2 in files 2  error    SUM004  review-total\n"
        "  1 in files 1  warning  SUM007  table-label\n\nx"
    )
    assert said in run(*asked, "--lang", "en").out.replace("×", "x")
    alone = run("check", wrong, "--statistics", "--format", "concise", "--select", "SUM").out
    assert f"按规则统计：1 个问题，出自 1 条规则\n  1 个  错误  SUM004  {titles['SUM004']}\n\n×" in alone


def test_statistics_keep_within_the_terminal(run: Run, right: Path) -> None:
    """A long title goes on below its beginning."""
    title = "全县各单位的年度报告一律不写天气，因为天气与政府信息公开工作没有任何关系"
    (right.parent / "county.rules.yaml").write_text(
        f"rules:\n- code: QH001\n  name: no-weather\n  kind: forbid-phrase\n  with: {{phrase: 天气}}\n"
        f"  basis: 青禾县年报编制要点\n  summary: {title}\n  cases: {{pass: [无。], fail: [天气。]}}\n",
        encoding="utf-8",
    )
    (right.parent / "nianbao.yaml").write_text("rules: [county.rules.yaml]\n", encoding="utf-8")
    right.write_text(right.read_text(encoding="utf-8") + "今年天气不错。\n", encoding="utf-8")
    said = run("check", right, "--statistics", "-f", "concise", "--select", "QH", env={"COLUMNS": "60"}).out
    begun = "  1 个  警告  QH001  "
    lines = said[said.index(begun) :].split("\n\n")[0].split("\n")
    assert len(lines) > 1
    assert "".join(line.removeprefix(begun).strip() for line in lines) == title
    indents = {wcswidth(line) - wcswidth(line.lstrip()) for line in lines[1:]}
    assert indents == {wcswidth(begun)}
    assert max(map(wcswidth, lines)) <= 60
