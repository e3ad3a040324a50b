"""`nianbao waive`, `nianbao baseline` and comments: findings that someone lives with, for a while."""

import json
import os
from datetime import date, timedelta
from pathlib import Path

import pytest
from cli.running import Ended, Run, wrong_total
from nianbao.testing import compliant

WAIVERS, BASELINE = "nianbao.waivers.yaml", "nianbao.baseline.jsonl"
AT = "表四 · 行政复议 · 总计"
CELL = "review/cases/review_total"
REASON = "以复议决定为准"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in the folder of the reports."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: str, text: str) -> str:
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    Path(path).write_bytes(text.encode())
    return path


def two_titles() -> str:
    """Return a report with two findings of SEC004: the titles of two sections are not those of the form."""
    text = compliant("2021", "county", 3).render()
    for title, other in (
        ("存在的主要问题及改进情况", "存在的问题及改进措施"),
        ("其他需要报告的事项", "其他需报告事项"),
    ):
        assert text.count(f"、{title}\n") == 1
        text = text.replace(f"、{title}\n", f"、{other}\n")
    return text


def findings(run: Run, *paths: str) -> list[tuple[str, str]]:
    """Return code and origin of every finding that a check lists; the origin is "" for one that counts."""
    records = run("check", *paths, "--format", "json").json()["findings"]
    return [(r["code"], (r["suppressed"] or {}).get("by", "")) for r in records]


def refused(ended: Ended, *words: str) -> None:
    """Hold that the run ended with 2, wrote no waiver and said *words*."""
    assert ended.code == 2
    assert ended.out == ""
    assert [word for word in words if word not in ended.err] == []
    assert not os.path.exists(WAIVERS)


# -- waive -------------------------------------------------------------------------------------------------


def test_a_waived_finding_counts_no_longer_and_stays_in_json(run: Run) -> None:
    write("青禾县.txt", wrong_total())
    assert run("check", "青禾县.txt").code == 1
    ended = run("waive", "SUM004", "青禾县.txt", "--reason", REASON)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == f"{WAIVERS}:4：豁免 SUM004，{AT}（青禾县）\n"
    checked = run("check", "青禾县.txt")
    assert checked.code == 0
    assert "SUM004" not in checked.out
    (record,) = run("check", "青禾县.txt", "--format", "json").json()["findings"]
    assert record["suppressed"] == {"by": "waiver", "reason": REASON, "origin": f"{WAIVERS}:4"}


def test_a_waiver_outlives_moved_lines_and_another_format(run: Run) -> None:
    write("青禾县.txt", wrong_total())
    assert run("waive", "SUM004", "青禾县.txt", "--reason", REASON).code == 0
    write("青禾县.txt", "\n\n\n" + wrong_total())
    draft = compliant("2021", "county", 3, "pipes")
    for column, text in zip(("upheld", "corrected", "other", "pending", "total"), "10002", strict=True):
        draft.set(f"review/cases/review_{column}", text)
    write("青禾县.md", draft.render())
    write("云溪区.txt", wrong_total("云溪区人民政府"))
    apart = ("--ignore", "AGG")  # three reports in one text
    assert findings(run, "青禾县.txt", "青禾县.md", "云溪区.txt", *apart) == [
        ("SUM004", "waiver"),
        ("SUM004", "waiver"),
        ("SUM004", ""),
    ]


def test_english_is_spoken_too(run: Run) -> None:
    write("a.txt", wrong_total())
    ended = run("waive", "SUM004", "a.txt", "--reason", REASON, "--lang", "en")
    assert ended.out == f"{WAIVERS}:4: SUM004 is waived, {AT} (a)\n"


@pytest.mark.parametrize("at", ["复议后起诉 总计", "表三"])
def test_a_place_without_the_finding_is_refused_with_those_that_have_it(run: Run, at: str) -> None:
    write("a.txt", wrong_total())
    refused(run("waive", "SUM004", "a.txt", "--reason", REASON, "--at", at), at, AT)


@pytest.mark.parametrize("at", [AT, "表四·行政复议·总计", CELL])
def test_the_place_may_be_given_in_words_or_keys(run: Run, at: str) -> None:
    write("a.txt", wrong_total())
    assert run("waive", "SUM004", "a.txt", "--reason", REASON, "--at", at).code == 0
    assert findings(run, "a.txt") == [("SUM004", "waiver")]


def test_of_several_findings_one_has_to_be_named(run: Run) -> None:
    write("a.txt", two_titles())
    places = [r["address"] for r in run("check", "a.txt", "--format", "json").json()["findings"]]
    assert len(places) == len(set(places)) == 2
    refused(run("waive", "SEC004", "a.txt", "--reason", REASON), "--at", "2 个 SEC004", *places)
    assert run("waive", "SEC004", "a.txt", "--reason", REASON, "--at", places[1]).code == 0
    assert findings(run, "a.txt") == [("SEC004", ""), ("SEC004", "waiver")]
    assert run("waive", "SEC004", "a.txt", "--reason", REASON).code == 0  # one is left
    assert findings(run, "a.txt") == [("SEC004", "waiver")] * 2


def test_words_choose_a_finding_too(run: Run) -> None:
    write("a.txt", wrong_total())
    refused(run("waive", "SUM004", "a.txt", "--reason", REASON, "--words", "3"), "“2”")
    assert run("waive", "SUM004", "a.txt", "--reason", REASON, "--words", "２").code == 0
    assert findings(run, "a.txt") == [("SUM004", "waiver")]
    write("a.txt", wrong_total().replace("\t2\n", "\t3\n"))
    assert ("SUM004", "waiver") not in findings(run, "a.txt")


def test_a_report_without_the_finding_needs_no_waiver(run: Run, right: Path) -> None:
    refused(run("waive", "SUM004", right.name, "--reason", REASON), "合规.txt 没有 SUM004 的问题")


def test_a_rule_that_does_not_run_has_nothing_to_waive(run: Run) -> None:
    write("nianbao.yaml", "ignore: [SUM004]\n")
    write("a.txt", wrong_total())
    refused(run("waive", "SUM004", "a.txt", "--reason", REASON), "没有用 SUM004 这条规则")


def test_a_rule_that_could_not_judge_has_nothing_to_waive(run: Run) -> None:
    write("a.txt", "一封信\n")
    refused(run("waive", "SUM004", "a.txt", "--reason", REASON), "SUM004 对 a.txt 没有结论")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["SUM004", "a.txt"], "--reason"),
        (["SUM004", "a.txt", "--reason", " \t "], "--reason"),
        (["SUM04", "a.txt", "--reason", "x"], "是不是 SUM004"),
        (["SUM", "a.txt", "--reason", "x"], "写明一条的编号：SUM001 "),
        (["SUM004", "--reason", "x"], "--at"),
        (["SUM004", "--reason", "x", "--at", " "], "不是位置"),
        (["SUM004", "a.txt", "--reason", "x", "--until", "明年"], "2026-12-31"),
        (["SUM004", "a.txt", "--reason", "x", "--until", "2026-02-30"], "2026-12-31"),
        (["SUM004", "a.txt", "--reason", "x", "--until", "20991231"], "2026-12-31"),
        (["WVR001", "--reason", "x", "--at", "标题"], "没有规则“WVR001”"),
    ],
)
def test_what_is_not_said_rightly_is_refused(run: Run, arguments: list[str], words: str) -> None:
    write("a.txt", wrong_total())
    refused(run("waive", *arguments), words)


def test_a_file_that_is_not_there_is_3_and_nothing_is_written(run: Run) -> None:
    write("a.txt", wrong_total())
    ended = run("waive", "SUM004", "a.txt", "b.txt", "--reason", REASON)
    assert ended.code == 3
    assert "b.txt: 没有这个文件" in ended.err
    assert not os.path.exists(WAIVERS)


def test_today_is_the_first_day_that_a_waiver_may_end(run: Run) -> None:
    write("a.txt", wrong_total())
    yesterday = str(date.today() - timedelta(days=1))
    refused(run("waive", "SUM004", "a.txt", "--reason", REASON, "--until", yesterday), yesterday, "已经过去")
    assert run("waive", "SUM004", "a.txt", "--reason", REASON, "--until", str(date.today())).code == 0
    assert findings(run, "a.txt") == [("SUM004", "waiver")]


def test_a_waiver_that_is_there_already_is_refused(run: Run) -> None:
    write("a.txt", wrong_total())
    assert run("waive", "SUM004", "a.txt", "--reason", REASON).code == 0
    before = Path(WAIVERS).read_bytes()
    again = run("waive", "SUM004", "a.txt", "--reason", "另一个理由")
    assert (again.code, f"{WAIVERS}:4" in again.err) == (2, True)
    assert run("waive", "SUM004", "--at", AT, "--reason", REASON).code == 0
    assert run("waive", "SUM004", "--at", "表四·行政复议·总计", "--reason", "x").code == 2
    assert Path(WAIVERS).read_bytes().startswith(before)
    assert Path(WAIVERS).read_text("utf-8").count("code:") == 2


def test_without_a_file_it_holds_for_every_report_under_the_folder(run: Run) -> None:
    for path in ("a.txt", "2024/b.txt"):
        write(path, wrong_total())
    ended = run("waive", "sum004", "--at", AT, "--reason", REASON)
    assert ended.out == f"{WAIVERS}:4：豁免 SUM004，{AT}（这个文件夹下的全部报告）\n"
    assert findings(run, "a.txt", "2024/b.txt") == [("SUM004", "waiver")] * 2


def test_several_files_are_waived_at_once(run: Run) -> None:
    for path in ("a.txt", "2024/b[1].txt"):
        write(path, wrong_total())
    assert run("waive", "SUM004", "a.txt", "2024/b[1].txt", "--reason", REASON).code == 0
    assert findings(run, "a.txt", "2024/b[1].txt") == [("SUM004", "waiver")] * 2
    write("2024/b1.txt", wrong_total("云溪区人民政府"))
    assert findings(run, "2024/b1.txt") == [("SUM004", "")]


def test_one_report_in_two_formats_is_waived_once(run: Run) -> None:
    for path in ("a.txt", "a.md"):
        write(path, wrong_total())
    assert run("waive", "SUM004", "a.txt", "a.md", "--reason", REASON).code == 0
    assert Path(WAIVERS).read_text("utf-8").count("code:") == 1


def test_a_finding_in_the_baseline_can_be_waived(run: Run) -> None:
    write("a.txt", wrong_total())
    assert run("baseline", "create", "a.txt").code == 0
    assert run("waive", "SUM004", "a.txt", "--reason", REASON).code == 0
    assert findings(run, "a.txt") == [("SUM004", "waiver")]


def test_the_file_is_the_closest_else_beside_the_settings_else_here(
    run: Run, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("县/2024/a.txt", wrong_total())
    arguments = ("waive", "SUM004", "县/2024/a.txt", "--reason")
    assert run(*arguments, REASON).out.startswith(f"{WAIVERS}:4")
    os.unlink(WAIVERS)
    write("县/nianbao.yaml", "level: county\n")
    assert run(*arguments, REASON).out.startswith(f"{os.path.join('县', WAIVERS)}:4")
    assert 'report: "2024/a"\n' in Path("县", WAIVERS).read_text("utf-8")
    assert findings(run, "县/2024/a.txt") == [("SUM004", "waiver")]
    # A new file closer to the report would take the place of the one that is there.
    write("县/2024/nianbao.yaml", "level: county\n")
    write("县/2024/b.txt", wrong_total("云溪区人民政府"))
    assert run("waive", "SUM004", "县/2024/b.txt", "--reason", REASON).out.startswith(
        os.path.join("县", WAIVERS)
    )
    os.unlink(Path("县", WAIVERS))
    os.makedirs("别处")
    monkeypatch.chdir(here / "别处")
    assert run("waive", "SUM004", "../县/2024/a.txt", "--reason", REASON).code == 0
    assert (here / "县/2024" / WAIVERS).exists()


def test_what_the_file_says_already_stays(run: Run) -> None:
    write("a.txt", wrong_total())
    before = "# 说明\r\nwaivers:\r\n- {code: SUM001, at: 标题, reason: x} # 备注"
    write(WAIVERS, before)
    assert run("waive", "SUM004", "a.txt", "--reason", REASON).code == 0
    assert Path(WAIVERS).read_bytes().startswith(before.encode())


def test_a_file_edited_into_nonsense_is_one_clear_error_for_every_command(run: Run) -> None:
    write("a.txt", wrong_total())
    before = "waivers:\n  - {code: SUM004, at: 标题}\n"
    write(WAIVERS, before)
    for arguments in (("waive", "SUM004", "a.txt", "--reason", REASON), ("check", "a.txt")):
        ended = run(*arguments)
        assert ended.code == 2
        assert ended.out == ""
        assert ended.err.startswith(f"错误：{WAIVERS}:2:5: 缺少“reason”")
    assert Path(WAIVERS).read_text("utf-8") == before


# -- what is said of waivers -------------------------------------------------------------------------------


def test_unused_expired_and_unknown_waivers_are_findings_of_their_own_file(run: Run) -> None:
    write("a.txt", wrong_total())
    write(
        WAIVERS,
        "waivers:\n"
        f"  - {{code: SUM004, at: {AT}, report: a, reason: x, until: 2020-01-01}}\n"
        "  - {code: SUM001, at: 标题, report: a, reason: x}\n"
        "  - {code: SUM999, at: 标题, report: a, reason: x}\n"
        "  - {code: SUM001, at: 标题, report: b, reason: x}\n",
    )
    whole = run("check", "a.txt", "--format", "json").json()
    told = [(r["code"], r["path"], r["span"]["start"]["line"], r["severity"]) for r in whole["findings"]]
    assert told[0][:2] == ("SUM004", "a.txt")
    assert sorted(told[1:], key=lambda one: one[2]) == [
        ("WVR002", WAIVERS, 2, "warning"),
        ("WVR001", WAIVERS, 3, "warning"),
        ("WVR003", WAIVERS, 4, "warning"),
    ]
    assert whole["summary"]["files"] == 1


# -- comments ----------------------------------------------------------------------------------------------


def commented(comment: str) -> str:
    """Return the report with one error, and *comment* in the line that has it."""
    draft = compliant("2021", "county", 3, "pipes")
    for column, text in zip(("upheld", "corrected", "other", "pending", "total"), "10002", strict=True):
        draft.set(f"review/cases/review_{column}", text)
    lines = draft.render().split("\n")
    at = max(number for number, line in enumerate(lines) if line.startswith("|"))
    lines[at] += comment
    return "\n".join(lines)


def test_a_comment_in_the_report_answers_for_a_finding(run: Run) -> None:
    write("a.md", commented(f" <!-- nianbao: ignore SUM004 {REASON} -->"))
    (record,) = run("check", "a.md", "--format", "json").json()["findings"]
    line = record["span"]["start"]["line"]
    assert record["suppressed"] == {"by": "comment", "reason": REASON, "origin": f"a.md:{line}"}
    assert run("check", "a.md").code == 0
    refused(run("waive", "SUM004", "a.md", "--reason", REASON), f"a.md:{line}")


def test_a_comment_without_a_reason_or_a_rule_answers_for_nothing(run: Run) -> None:
    write("a.md", commented(" <!-- nianbao: ignore SUM004 --><!-- nianbao: ignore SUM99 x -->"))
    assert sorted(findings(run, "a.md")) == [("SUM004", ""), ("WVR003", ""), ("WVR004", "")]


def test_a_comment_is_no_part_of_the_report(run: Run) -> None:
    text = compliant("2021", "county", 3).render()
    first, _, rest = text.partition("\n\n")
    assert rest
    write("a.txt", f"{first}\n\n<!-- 一、总体情况 待补 XXX 2023年 -->\n\n{rest}")
    assert findings(run, "a.txt") == []


# -- baseline ----------------------------------------------------------------------------------------------


def test_what_is_in_the_baseline_counts_no_longer_and_stays_in_json(run: Run) -> None:
    write("2024/a.txt", wrong_total())
    ended = run("baseline", "create", "2024")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == f"{BASELINE}：1 份报告，记下 1 个问题\n"
    (record,) = map(json.loads, Path(BASELINE).read_text("utf-8").splitlines())
    assert (record["report"], record["code"], record["address"], record["text"]) == (
        "2024/a",
        "SUM004",
        AT,
        "2",
    )
    assert run("check", "2024/a.txt").code == 0
    (found,) = run("check", "2024/a.txt", "--format", "json").json()["findings"]
    assert found["suppressed"] == {"by": "baseline", "reason": "", "origin": f"{BASELINE}:1"}
    assert found["fingerprint"] == record["fingerprint"]


def test_fixing_one_and_adding_one_of_the_same_rule_is_one_new_and_one_fixed(run: Run) -> None:
    write("a.txt", wrong_total())
    assert run("baseline", "create", "a.txt").code == 0
    draft = compliant("2021", "county", 3)
    for column, text in zip(("upheld", "corrected", "other", "pending", "total"), "01002", strict=True):
        draft.set(f"review/cases/after_{column}", text)
    write("a.txt", draft.render())
    shown = run("baseline", "show", "a.txt")
    assert shown.code == 0
    head, *lines = shown.out.splitlines()
    assert head == "a.txt：新增 1，已改 1，原有 0"
    assert [line.split()[:2] for line in lines] == [["新增", "SUM004"], ["已改", "SUM004"]]
    assert AT in lines[1]
    assert findings(run, "a.txt") == [("SUM004", "")]
    assert run("baseline", "update", "a.txt").out == f"{BASELINE}：加上 1，去掉 1，仍有 0\n"
    assert findings(run, "a.txt") == [("SUM004", "baseline")]
    assert run("baseline", "show", "a.txt").out == "a.txt：新增 0，已改 0，原有 1\n"


def test_a_waived_finding_is_in_no_baseline(run: Run) -> None:
    write("a.txt", two_titles())
    waived, _ = (r["address"] for r in run("check", "a.txt", "--format", "json").json()["findings"])
    assert run("waive", "SEC004", "a.txt", "--reason", REASON, "--at", waived).code == 0
    assert run("baseline", "create", "a.txt").code == 0
    assert waived not in Path(BASELINE).read_text("utf-8")
    assert sorted(findings(run, "a.txt")) == [("SEC004", "baseline"), ("SEC004", "waiver")]


def test_create_does_not_overwrite(run: Run) -> None:
    write("a.txt", wrong_total())
    assert run("baseline", "create", "a.txt").code == 0
    before = Path(BASELINE).read_bytes()
    write("2024/b.txt", wrong_total())
    for path in ("a.txt", "2024"):
        again = run("baseline", "create", path)
        assert (again.code, again.out) == (2, "")
        assert "nianbao baseline update" in again.err
    assert Path(BASELINE).read_bytes() == before


def test_update_leaves_the_reports_alone_that_were_not_checked(run: Run, right: Path) -> None:
    for path in ("a.txt", "b.txt"):
        write(path, wrong_total())
    assert run("baseline", "create", "a.txt", "b.txt").code == 0
    write("a.txt", right.read_text("utf-8"))
    assert run("baseline", "update", "a.txt").out == f"{BASELINE}：加上 0，去掉 1，仍有 1\n"
    assert run("baseline", "show").out == f"b：1\n  SUM004 {AT}  “2”\n"


def test_without_a_baseline_update_and_show_say_how_to_begin(run: Run) -> None:
    write("a.txt", wrong_total())
    for arguments in (("update", "a.txt"), ("show", "a.txt"), ("show",)):
        ended = run("baseline", *arguments)
        assert (ended.code, ended.out) == (2, "")
        assert "nianbao baseline create" in ended.err


def test_a_report_that_cannot_be_read_is_3_and_the_others_are_recorded(run: Run) -> None:
    write("a.txt", wrong_total())
    ended = run("baseline", "create", "a.txt", "b.txt")
    assert ended.code == 3
    assert "b.txt: 没有这个文件" in ended.err
    assert len(Path(BASELINE).read_text("utf-8").splitlines()) == 1
    assert run("baseline", "update", "a.txt", "b.txt").code == 3
    assert run("baseline", "show", "b.txt").code == 3


def test_what_is_said_of_waivers_is_no_report_of_the_baseline(run: Run, right: Path) -> None:
    write(WAIVERS, "waivers:\n  - {code: SUM001, at: 标题, reason: x}\n")
    assert run("baseline", "create", right.name).code == 0
    assert run("baseline", "show", right.name).out == f"{right.name}：新增 0，已改 0，原有 0\n"


def test_an_empty_baseline_says_so(run: Run, right: Path) -> None:
    assert run("baseline", "create", right.name).out == f"{BASELINE}：1 份报告，记下 0 个问题\n"
    assert run("baseline", "show").out == f"{BASELINE}：没有记录\n"
    assert run("baseline", "show", right.name).code == 0


def test_reports_of_two_baselines_are_not_mixed(run: Run) -> None:
    for path in ("甲/a.txt", "乙/b.txt"):
        write(path, wrong_total())
        write(f"{os.path.dirname(path)}/nianbao.yaml", "level: county\n")
        assert run("baseline", "create", path).code == 0
    ended = run("baseline", "update", "甲", "乙")
    assert ended.code == 2
    assert os.path.join("乙", BASELINE) in ended.err


@pytest.mark.parametrize(
    "command", [("check", "a.txt"), ("baseline", "show"), ("baseline", "update", "a.txt")]
)
def test_a_baseline_edited_into_nonsense_is_one_clear_error(run: Run, command: tuple[str, ...]) -> None:
    write("a.txt", wrong_total())
    write(BASELINE, "<<<<<<< HEAD\n")
    ended = run(*command)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(f"错误：{BASELINE}:1:1: 这一行不是基线的记录")
