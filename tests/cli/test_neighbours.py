"""Reports compared in a check: of the run, of other folders, by a roster; in one process, in several, and again."""

import json
from pathlib import Path
from typing import Any

import pytest
from cli.running import Run, validated
from nianbao.testing import compliant

# QH900 says what it sees of last year, QH901 of the members, QH902 of the siblings.
RULES = '''
from nianbao.api import Basis, Elsewhere, Finding, Plugin, Strength, Text, hookimpl, rule

nianbao_plugin = Plugin(prefixes=("QH",))

BASIS = Basis("青禾县政务公开工作方案", "", Strength.HEURISTIC)
SUMMARY = Text("比较", "compares")


def said(report, words, elsewhere=()):
    return Finding(report.anchor, Text(words, words), SUMMARY, elsewhere=elsewhere)


@rule("QH900", "year-before", summary=SUMMARY, basis=BASIS, beside="previous")
def year_before(report, context):
    """说出上一年度的收件数。"""
    last = report.previous
    first = last.sentences[0]
    figure = last.figure("applications/received/total")
    yield said(report, f"{last.organ} {last.year} {figure.value}", (Elsewhere(last.path, "", first.text),))


@rule("QH901", "members", summary=SUMMARY, basis=BASIS, beside="members")
def members(report, context):
    """说出下级机关收件的和。"""
    total = sum(each.figure("applications/received/total").value for each in report.members)
    yield said(report, f"{len(report.members)} 份共 {total}")


@rule("QH902", "siblings", summary=SUMMARY, basis=BASIS, beside="siblings")
def siblings(report, context):
    """说出与别的机关一样的句子。"""
    shared = [digest for digest in report.itself.digests if report.siblings.count(digest) > 1]
    yield said(report, f"{len(report.siblings.reports)} 份")


@hookimpl
def nianbao_add_rules():
    return [year_before, members, siblings]
'''
SELECT = ["--select", "QH900,QH901,QH902", "--trust", "--no-cache"]


def text(organ: str, year: int, received: str = "", level: Any = "township") -> str:
    draft = compliant("2021", level, 1, year=year)
    if received:
        draft.set("applications/received/total", received)
    return draft.render().replace(draft.organ, organ)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder whose settings name the rules."""
    (tmp_path / "比较.py").write_text(RULES, encoding="utf-8")
    settings(tmp_path)
    return tmp_path


def settings(folder: Path, **more: object) -> None:
    said = {"plugins": ["比较.py"], **more}
    (folder / "nianbao.yaml").write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")


def put(folder: Path, name: str, *words: Any) -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text(*words), encoding="utf-8")
    return path


def ended(
    run: Run, *arguments: object
) -> tuple[dict[tuple[str, str], str], dict[tuple[str, str], tuple[str, str]]]:
    """Return the messages and the outcomes, each by the name of the file and the rule."""
    done = run("check", *arguments, *SELECT, "-f", "json")
    record = validated("check", json.loads(done.stdout))

    def key(each: dict[str, Any]) -> tuple[str, str]:
        return Path(each["path"]).name, each["code"]

    found = {key(each): each["message"] for each in record["findings"]}
    return found, {key(each): (each["outcome"], each["reason"] or "") for each in record["outcomes"]}


def test_a_report_that_is_checked_alone_is_compared_with_nothing(run: Run, folder: Path) -> None:
    found, outcomes = ended(run, put(folder, "今年.txt", "云岭镇人民政府", 2023))
    assert found == {}
    assert {state for state, _ in outcomes.values()} == {"not_applicable"}


@pytest.mark.parametrize("jobs", [1, 3])
def test_the_reports_of_a_run_are_compared_in_one_process_and_in_several(
    run: Run, folder: Path, jobs: int
) -> None:
    put(folder, "乙.txt", "云岭镇人民政府", 2023)
    put(folder, "甲.txt", "云岭镇", 2022, "77")
    put(folder, "丙.txt", "柳河镇人民政府", 2023)
    found, outcomes = ended(run, folder, "-j", jobs)
    assert found == {
        ("乙.txt", "QH900"): "云岭镇 2022 77",
        ("乙.txt", "QH902"): "2 份",
        ("丙.txt", "QH902"): "2 份",
    }
    assert outcomes["甲.txt", "QH900"][0] == "not_applicable"
    assert outcomes["丙.txt", "QH900"][0] == "not_applicable"


def test_reports_on_the_year_before_are_read_and_not_judged(run: Run, folder: Path) -> None:
    now = put(folder, "今年.txt", "云岭镇人民政府", 2023)
    put(folder, "2022/一.txt", "柳河镇人民政府", 2022, "5")
    put(folder, "2022/二.txt", "云岭镇人民政府", 2022, "77")
    done = run("check", now, "--previous", folder / "2022", *SELECT, "-f", "json")
    record = done.json()
    assert [Path(each["path"]).name for each in record["documents"]] == ["今年.txt"]
    (finding,) = record["findings"]
    assert finding["message"] == "云岭镇人民政府 2022 77"
    assert [Path(each["path"]).name for each in finding["elsewhere"]] == ["二.txt"]
    assert finding["elsewhere"][0]["text"]


def test_the_words_of_another_report_are_shown_with_its_path_in_every_output(run: Run, folder: Path) -> None:
    now = put(folder, "今年.txt", "云岭镇人民政府", 2023)
    last = put(folder, "去年.txt", "云岭镇人民政府", 2022, "77")
    for form in ("full", "html", "sarif"):
        done = run("check", now, "--previous", last, *SELECT, "-f", form)
        assert "去年.txt" in done.out or "%E5%8E%BB%E5%B9%B4.txt" in done.out, form


def test_what_cannot_be_read_is_undetermined_and_named(run: Run, folder: Path) -> None:
    now = put(folder, "今年.txt", "云岭镇人民政府", 2023)
    lost = folder / "去年.pdf"
    lost.write_bytes(b"%PDF-1.4 broken")
    _, outcomes = ended(run, now, "--previous", lost)
    state, reason = outcomes["今年.txt", "QH900"]
    assert state == "undetermined"
    assert "去年.pdf" in reason


def test_reports_on_the_year_before_that_are_not_there_are_an_error(run: Run, folder: Path) -> None:
    now = put(folder, "今年.txt", "云岭镇人民政府", 2023)
    for command in (("check", now), ("annotate", now, "-o", folder / "a.html")):
        done = run(*command, "--previous", folder / "没有")
        assert done.code == 2
        (line,) = done.err.splitlines()
        assert "没有这个文件或文件夹" in line
        assert str(folder / "没有") in line


def test_a_folder_without_reports_on_the_year_before_is_told_in_one_line(run: Run, folder: Path) -> None:
    (folder / "空").mkdir()
    many = [put(folder, f"{organ}.txt", organ, 2023) for organ in ("云岭镇人民政府", "柳河镇人民政府")]
    done = run("check", *many, "--previous", folder / "空", *SELECT)
    (line,) = done.err.splitlines()
    assert str(folder / "空") in line
    assert "没有报告" in line
    _, outcomes = ended(run, *many, "--previous", folder / "空")
    for file in many:
        _, reason = outcomes[file.name, "QH900"]
        assert "没有报告" in reason
        assert "没有读出来" not in reason


def test_settings_name_the_year_before_and_the_members(run: Run, folder: Path) -> None:
    settings(folder, previous=["去年"], members=["乡镇"])
    county = put(folder, "县.txt", "青禾县人民政府", 2023, "", "county")
    put(folder, "去年/县.txt", "青禾县人民政府", 2022, "9", "county")
    put(folder, "乡镇/1.txt", "云岭镇人民政府", 2023, "3")
    put(folder, "乡镇/2.txt", "柳河镇人民政府", 2023, "4")
    found, outcomes = ended(run, county)
    assert found == {("县.txt", "QH900"): "青禾县人民政府 2022 9", ("县.txt", "QH901"): "2 份共 7"}
    _, outcomes = ended(run, folder / "乡镇")
    assert {outcomes[name, "QH901"][0] for name in ("1.txt", "2.txt")} == {"not_applicable"}


def test_settings_may_name_reports_elsewhere_only_if_they_are_trusted(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NIANBAO_TRUST")
    (tmp_path / "2023").mkdir()
    now = put(tmp_path, "2023/今年.txt", "云岭镇人民政府", 2023)
    put(tmp_path, "2022/去年.txt", "云岭镇人民政府", 2022)
    (tmp_path / "2023/nianbao.yaml").write_text("previous: ../2022\n", encoding="utf-8")
    refused = run("check", now)
    assert refused.code == 2
    assert "nianbao trust" in refused.err
    assert "YOY004" in run("check", now, "--trust").out  # it is last year's in the words of last year


def test_a_county_and_its_towns_are_joined_by_a_roster(run: Run, folder: Path) -> None:
    roster = folder / "units.csv"
    roster.write_text(
        "机关,级别,上级\n青禾县人民政府,县,\n云岭镇人民政府,乡镇,青禾县人民政府\n柳河镇人民政府,乡镇,青禾县人民政府\n",
        encoding="gb18030",
    )
    put(folder, "县.txt", "青禾县人民政府", 2023, "", "county")
    put(folder, "1.txt", "云岭镇人民政府", 2023, "3")
    _, outcomes = ended(run, folder, "--roster", roster)
    state, reason = outcomes["县.txt", "QH901"]
    assert state == "undetermined"
    assert "柳河镇人民政府（没有它的报告）" in reason
    put(folder, "2.txt", "柳河镇", 2023, "4")
    found, _ = ended(run, folder, "--roster", roster)
    assert found["县.txt", "QH901"] == "2 份共 7"


# -- the roll -----------------------------------------------------------------------------------------------------

UNITS = "机关,上级\n云岭镇人民政府,\n柳河镇人民政府,\n石桥镇人民政府,\n"


def test_a_unit_that_has_not_reported_is_named_and_the_run_is_not_whole(run: Run, tmp_path: Path) -> None:
    (tmp_path / "units.csv").write_text(UNITS, encoding="utf-8-sig")
    put(tmp_path, "a.txt", "云岭镇人民政府", 2023)
    put(tmp_path, "b.txt", "柳河镇人民政府", 2022)
    put(tmp_path, "c.txt", "云岭镇人民政府", 2023, "")
    done = run("check", tmp_path, "--roster", tmp_path / "units.csv")
    assert done.code == 3
    assert "没有报送 1（石桥镇人民政府）" in "".join(done.out.split("\n  "))
    assert "报送的是别的年度 1（柳河镇人民政府（2022））" in "".join(done.out.split("\n  "))
    roll = run("check", tmp_path, "--roster", tmp_path / "units.csv", "-f", "json").json()["summary"][
        "roster"
    ]
    assert (roll["year"], roll["units"], roll["missing"]) == (2023, 3, ["石桥镇人民政府"])
    put(tmp_path, "b.txt", "柳河镇人民政府", 2023)
    put(tmp_path, "d.txt", "石桥镇人民政府", 2023)
    done = run("check", tmp_path, "--roster", tmp_path / "units.csv")
    assert done.code == 0
    assert "都已报送" in done.out


def test_the_roll_is_called_where_the_folder_of_the_roster_is_checked(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "青禾县"
    one = put(folder, "a.txt", "云岭镇人民政府", 2023)
    other = put(folder, "镇/b.txt", "柳河镇人民政府", 2023)
    (folder / "units.csv").write_text(UNITS, encoding="utf-8")
    (folder / "nianbao.yaml").write_text("roster: units.csv\n", encoding="utf-8")
    assert run("check", folder).code == 3
    assert run("check", tmp_path).code == 3
    assert run("check", one).code == 0
    assert run("check", other.parent).code == 0
    assert run("check", one, "--roster", folder / "units.csv").code == 3


@pytest.mark.parametrize("content", [b"PK\x03\x04", "机关\n甲镇\n甲镇\n".encode()])
def test_a_roster_that_is_wrong_ends_the_command_with_a_line(
    run: Run, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "units.csv").write_bytes(content)
    put(tmp_path, "a.txt", "云岭镇人民政府", 2023)
    done = run("check", tmp_path, "--roster", tmp_path / "units.csv")
    assert done.code == 2
    assert "units.csv:" in done.err
    assert done.err.count("\n") == 1


def test_standard_input_is_compared_too(run: Run, folder: Path) -> None:
    last = put(folder, "去年.txt", "云岭镇人民政府", 2022, "77")
    now = text("云岭镇人民政府", 2023).encode()
    name = folder / "今年.txt"
    done = run("check", "-", "--stdin-filename", name, "--previous", last, *SELECT, "-f", "json", stdin=now)
    assert [each["message"] for each in done.json()["findings"]] == ["云岭镇人民政府 2022 77"]


def test_other_commands_compare_as_a_check_does(run: Run, folder: Path) -> None:
    settings(folder, previous=["去年.txt"], select=["QH900"])
    now = put(folder, "今年.txt", "云岭镇人民政府", 2023)
    put(folder, "去年.txt", "云岭镇人民政府", 2022, "77")
    assert "云岭镇人民政府 2022 77" in run("why", "QH900", now, "--trust").out
    copy = folder / "批注.html"
    run("annotate", now, "-o", copy, "--trust")
    assert "云岭镇人民政府 2022 77" in copy.read_text(encoding="utf-8")
    assert run("baseline", "create", now, "--trust").code == 0
    assert run("check", now, "--trust", "--fail-on", "info").code == 0


def test_an_output_never_takes_the_place_of_what_reports_are_compared_with(run: Run, folder: Path) -> None:
    now = put(folder, "今年.txt", "云岭镇人民政府", 2023)
    last = put(folder, "去年.txt", "云岭镇人民政府", 2022)
    roster = folder / "units.csv"
    roster.write_text(UNITS, encoding="utf-8")
    for path in (last, roster):
        before = path.read_bytes()
        asked = ("check", now, "--previous", last, "--roster", roster, "--force", "--trust")
        assert run(*asked, "-f", f"csv:{path}").code == 2
        assert path.read_bytes() == before


def test_a_copy_is_marked_with_what_the_reports_of_a_folder_say_of_each_other(run: Run, folder: Path) -> None:
    for year in (2023, 2024):
        put(folder, f"各镇/青禾镇{year}.txt", "青禾镇人民政府", year, str(year))
    arguments = ("--select", "QH900", "--trust", "-o")
    run("annotate", folder / "各镇", *arguments, folder / "批注")
    assert "青禾镇人民政府 2023 2023" in (folder / "批注" / "青禾镇2024.html").read_text(encoding="utf-8")
    alone, before = folder / "各镇" / "青禾镇2024.txt", folder / "各镇" / "青禾镇2023.txt"
    run("annotate", alone, *arguments, folder / "a.html")
    assert "QH900" not in (folder / "a.html").read_text(encoding="utf-8")
    run("annotate", alone, "--previous", before, *arguments, folder / "a.html")
    assert "青禾镇人民政府 2023 2023" in (folder / "a.html").read_text(encoding="utf-8")


def test_a_report_that_no_chosen_rule_applies_to_is_not_said_to_have_unread_tables(
    run: Run, folder: Path
) -> None:
    now = put(folder, "今年.txt", "云岭镇人民政府", 2023)
    done = run("check", now, "--select", "QH900")
    assert done.code == 3
    assert done.out.startswith("！ 1 份没有结论或结论不全：所选的规则都不适用\n")
    letter = folder / "信.txt"
    letter.write_text("各位同事：\n下午开会。\n", encoding="utf-8")
    both = run("check", now, letter, "--select", "QH900")
    assert "2 份没有结论或结论不全：不是一份能核对的年度报告 1，所选的规则都不适用 1" in both.out
    for form, said in (("github", "所选的规则都不适用"), ("markdown", "所选的规则都不适用")):
        assert said in run("check", now, "--select", "QH900", "-f", form).out


def test_the_verdict_on_sums_that_leave_out_a_town_is_full(run: Run, tmp_path: Path) -> None:
    """One rule has found the cause; those of the tables, which step back for it, outnumber it."""
    county = compliant("2021", "county", 0, year=2023)
    town = compliant("2021", "township", 1490, year=2023)
    town.set("permits/permits/decisions", "7")
    for address in ("received/natural_person", "received/total", "carried_out/natural_person"):
        town.set(f"applications/{address}", "3")
    town.set("applications/carried_out/total", "3")
    bureau = county.organ.replace("人民政府", "财政局")
    texts = {
        "县": county.render(),
        "局": county.render().replace(county.organ, bureau),
        "镇": town.render(),
    }
    for name, words in texts.items():
        (tmp_path / f"{name}.txt").write_text(words, encoding="utf-8")
    roster = tmp_path / "units.csv"
    rows = ("机关,上级", f"{county.organ},", f"{bureau},{county.organ}", f"{town.organ},{county.organ}")
    roster.write_text("\n".join(rows), encoding="utf-8")
    others = 2  # no rule on sums applies to them
    for chosen, unjudged in (("AGG001,AGG002,AGG006", others), ("AGG001,AGG002", others + 1)):
        done = run("check", *tmp_path.glob("*.txt"), "--roster", roster, "--select", chosen, "-f", "json")
        record = done.json()
        ended = {each["code"]: each["outcome"] for each in record["outcomes"] if "县.txt" in each["path"]}
        assert [ended["AGG001"], ended["AGG002"]] == ["undetermined"] * 2
        assert ended.get("AGG006", "failed") == "failed"
        assert record["summary"]["unjudged"] == unjudged, chosen
