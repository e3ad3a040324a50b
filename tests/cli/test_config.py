"""`nianbao config`, and what a settings file changes in a check: which file, who wins, what is said of a mistake."""

import json
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from cli.running import Ended, Run, wrong_total
from jsonschema import Draft202012Validator
from nianbao.engine.rule import Rule
from nianbao.testing import compliant

DOCS = Path(__file__).parent.parent.parent / "docs"
GUIDES = ("guide.zh-CN.md", "guide.md")
WAIVERS = """\
waivers:
  - code: SUM004
    at: 表四 · 行政复议 · 总计
    reason: 以复议决定为准
"""
HELLO = """\
from nianbao.api import Basis, Finding, Plugin, Strength, Text, hookimpl, rule

nianbao_plugin = Plugin(prefixes=("QH",))


@rule(
    "QH001",
    "says-hello",
    summary=Text("问好", "says hello"),
    basis=Basis("青禾县政务公开工作要点", "第三条", Strength.NOTICE),
    forms=(),
)
def hello(report, context):
    \"\"\"问好。\"\"\"
    yield Finding(report.anchor, Text("没有问好", "no greeting"), Text("问好", "greet"))


@hookimpl
def nianbao_add_rules():
    return [hello]
"""
COUNTY = """\
rules:
  - code: QH002
    name: received-range
    kind: cell-range
    with: {cell: applications/received/total, max: 50}
    applies: {region: 青禾县, level: township, years: 2024..}
    basis: 青禾县政务公开工作方案
    cases:
      pass: [{set: {applications/received/total: "50"}}]
      fail: [{set: {applications/received/total: "51"}}]
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


def rows(ended: Ended) -> dict[str, tuple[str, str]]:
    """Return value and origin by the key, as `config show` has written them, and hold that it went well."""
    assert (ended.code, ended.err) == (0, "")
    columns = (line.split("  ") for line in ended.out.splitlines()[1:])
    cells = [[cell.strip() for cell in line if cell] for line in columns]
    return {cell[0]: (cell[1], cell[2]) for cell in cells if len(cell) == 3}


def refused(ended: Ended, *words: str) -> None:
    """Hold that the run ended with 2 and one line that has *words*, and wrote nothing else."""
    assert (ended.code, ended.out) == (2, "")
    assert [word for word in words if word not in ended.err] == []
    assert ended.err.count("\n") == 1
    assert "Traceback" not in ended.err


def severities(run: Run, *arguments: object) -> dict[tuple[str, str], str]:
    """Return the severity of every finding by its path and code, as a check lists them."""
    records = run("check", *arguments, "--format", "json").json()["findings"]
    return {(record["path"], record["code"]): record["severity"] for record in records}


def ran(run: Run, *arguments: object) -> set[str]:
    """Return the codes of the rules that a check has asked for a verdict."""
    return {outcome["code"] for outcome in outcomes(run, *arguments)}


def outcomes(run: Run, *arguments: object) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = run("check", *arguments, "--format", "json").json()["outcomes"]
    return found


# -- config show -------------------------------------------------------------------------------------------


def test_every_value_is_shown_with_the_file_and_line_that_set_it(run: Run) -> None:
    """Of the file, of what it builds upon, of a profile and of an override; what no one set is at its default."""
    write("底.yaml", "# 市里的\nlevel: county\nregion: 临川市\nseverity:\n  PER001: error\n  PER002: info\n")
    write(
        "nianbao.yaml",
        "extends: [strict, ./底.yaml]\n"
        "ignore: [SUM002, TYP]\n"
        "severity: {PER002: warning}\n"
        "options: {SEC007: {limit: 800}}\n"
        "overrides:\n"
        "  - paths: 乡镇/*\n"
        "    level: township\n",
    )
    assert rows(run("config", "show", "乡镇/云岭镇.txt")) == {
        "extend-select": ("HDR005, SEC007, YOY009", "profile strict"),
        "ignore": ("SUM002, TYP", "nianbao.yaml:2"),
        "severity.PER001": ("error", "底.yaml:5"),
        "severity.PER002": ("warning", "nianbao.yaml:3"),
        "options.SEC007.limit": ("800", "nianbao.yaml:4"),
        "level": ("township", "nianbao.yaml:7"),
        "region": ("临川市", "底.yaml:3"),
        "fail-on": ("warning", "profile strict"),
        "year": ("-", "默认"),
    }
    assert rows(run("config", "show", "青禾县.txt"))["level"] == ("county", "底.yaml:2")


@pytest.mark.parametrize(
    ("language", "head", "default", "count", "added", "left_out"),
    [
        ("zh", "配置：nianbao.yaml", "默认", "规则：共用 {} 条", "加上 SEC007", "不用 SUM002-SUM003 TYP001"),
        (
            "en",
            "settings: nianbao.yaml",
            "default",
            "rules: {} in use",
            "with SEC007",
            "without SUM002-SUM003",
        ),
    ],
)
def test_what_is_added_and_left_out_is_named(
    run: Run,
    rules: Sequence[Rule],
    language: str,
    head: str,
    default: str,
    count: str,
    added: str,
    left_out: str,
) -> None:
    """One more than usual, three fewer; neighbours in a family are drawn together."""
    write("nianbao.yaml", "extend-select: SEC007\nignore: [SUM002, SUM003, TYP001]\n")
    ended = run("config", "show", "a.txt", "--lang", language)
    usual = sum(rule.enabled for rule in rules)
    lines = ended.out.splitlines()
    assert lines[0] == head
    assert rows(ended)["fail-on"] == ("error", default)
    assert lines[-3] == count.format(usual + 1 - 3)
    assert lines[-2] == added
    assert lines[-1].startswith(left_out)


def test_without_a_file_everything_is_at_its_default(run: Run) -> None:
    ended = run("config", "show", "a.txt")
    assert ended.out.startswith("没有配置文件，都用默认值\n")
    assert rows(ended) == {"year": ("-", "默认"), "level": ("-", "默认"), "fail-on": ("error", "默认")}
    assert "加上" not in ended.out
    assert "不用" not in ended.out
    assert run("config", "show", "a.txt", "--lang", "en").out.startswith("no settings file: ")


def test_the_values_of_pyproject_have_their_lines(run: Run) -> None:
    write(
        "pyproject.toml", '[project]\nname = "qinghe"\n\n[tool.nianbao]\nignore = ["SUM002"]\nyear = 2024\n'
    )
    found = rows(run("config", "show", "a.txt"))
    assert found["ignore"] == ("SUM002", "pyproject.toml:5")
    assert found["year"] == ("2024", "pyproject.toml:6")


@pytest.mark.parametrize("command", ["show", "check"])
def test_a_mistake_is_told_with_its_place(run: Run, command: str) -> None:
    """Both commands stop at it, and say nothing that might be taken for the whole."""
    write("nianbao.yaml", "select: [SUM]\nyaer: 2024\n")
    refused(
        run("config", command, *(["a.txt"] if command == "show" else [])),
        "nianbao.yaml:2:1: ",
        "是不是“year”？",
    )


# -- config check ------------------------------------------------------------------------------------------


def test_a_file_that_is_well_is_said_to_be(run: Run, all_rules: Sequence[Rule]) -> None:
    """With what it names counted: a file of rules brings one; a plugin file is not run, so its rules are not known."""
    write("qh.py", HELLO)
    write("county.rules.yaml", COUNTY)
    write("nianbao.yaml", "plugins: qh.py\nrules: county.rules.yaml\nignore: [QH001]\n")
    count = len(all_rules) + 1
    ended = run("config", "check")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.split("\n")[:3] == [
        f"nianbao.yaml 没有问题：规则 {count} 条，插件文件 1 个，规则文件 1 个",
        "没有运行 Python 文件 qh.py；nianbao plugins 试运行",
        "没有核对，可能是其中的规则或者方案：QH001",
    ]
    assert run("config", "check", "--lang", "en").out.split("\n")[:3] == [
        f"nianbao.yaml is well: {count} rules, 1 plugin files, 1 rule files",
        "qh.py, in Python, was not run: nianbao plugins tries it",
        "not checked, for it may be a rule or profile in there: QH001",
    ]


def test_the_file_to_check_may_be_named_or_lie_above(
    run: Run, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("乡镇/nianbao.yaml", "level: town\n")
    write("nianbao.yaml", "level: county\n")
    refused(run("config", "check", "乡镇/nianbao.yaml"), f"{os.path.join('乡镇', 'nianbao.yaml')}:1:8: ")
    os.makedirs("县直")
    monkeypatch.chdir(here / "县直")
    ended = run("config", "check")
    assert ended.code == 0
    assert ended.out.startswith(os.path.join("..", "nianbao.yaml"))


def test_where_there_is_no_file_there_is_nothing_to_check(run: Run) -> None:
    refused(run("config", "check"), "没有配置文件")
    refused(run("config", "check", "--lang", "en"), "no settings file here or above")
    assert run("config", "check", "nianbao.yaml").code == 2


@pytest.mark.parametrize(
    ("settings", "place", "chinese", "english"),
    [
        ("slect: [SUM]\n", "nianbao.yaml:1:1: ", "是不是“select”？", "did you mean select?"),
        ("select: [SUM, SMU001]\n", "nianbao.yaml:1:15: ", "没有规则“SMU001”", "no rule SMU001"),
        ("extends: stict\n", "nianbao.yaml:1:10: ", "是不是“strict”？", "did you mean strict?"),
        ("severity:\n  SUM004: no\n", "nianbao.yaml:2:11: ", "没有“no”这个值", "no is no value"),
        ("options: {SUM004: {limit: 1}}\n", "nianbao.yaml:1:20: ", "SUM004 没有选项", "SUM004 has no options"),
        ("year: 1949\n", "nianbao.yaml:1:7: ", "2008 至 2099", "from 2008 to 2099"),
        ("level:\tcounty\n", "nianbao.yaml:1:7: ", "制表符", "use spaces"),
        ("year: 2023\nyear: 2024\n", "nianbao.yaml:2:1: ", "写了两次", "twice"),
        ("plugins: nowhere.py\n", "nianbao.yaml:1:10: ", "没有文件“nowhere.py”", "no file nowhere.py"),
        ("extends: ./nianbao.yaml\n", "nianbao.yaml:1:10: ", "又以自己为底", "builds upon itself"),
        ("extends: ./底.yaml\n", "底.yaml:2:8: ", "没有“town”这个值", "town is no value"),
        ("rules: county.rules.yaml\n", "county.rules.yaml:4:11: ", "没有“cell-rang”这个值", "cell-rang is no value"),
    ],
)  # fmt: skip
def test_each_kind_of_mistake_is_told_with_its_place_and_what_to_do(
    run: Run, settings: str, place: str, chinese: str, english: str
) -> None:
    """In the settings, in a file that they build upon, in a file of rules: path, line and column, both languages."""
    write("底.yaml", "# 市里的\nlevel: town\n")
    write("county.rules.yaml", COUNTY.replace("cell-range", "cell-rang"))
    write("nianbao.yaml", settings)
    for language, head, words in (("zh", "错误：", chinese), ("en", "Error: ", english)):
        ended = run("config", "check", "--lang", language)
        assert (ended.code, ended.out) == (2, "")
        assert place in ended.err
        assert ended.err.startswith(head)
        assert words in ended.err


def test_every_command_stops_at_settings_that_are_wrong(run: Run) -> None:
    """What a file says must not be passed over."""
    write("a.txt", wrong_total())
    write("nianbao.yaml", "slect: [SUM]\n")
    for arguments in (
        ("check", "a.txt"), ("rules",), ("explain", "SUM001"), ("show", "a.txt"), ("why", "SUM004", "a.txt"),
        ("plugins",), ("baseline", "create", "a.txt"), ("waive", "SUM004", "a.txt", "--reason", "x"),
    ):  # fmt: skip
        refused(run(*arguments), "nianbao.yaml:1:1: ")
    assert sorted(os.listdir()) == ["a.txt", "nianbao.yaml"]


# -- the command itself --------------------------------------------------------------------------------------


def test_config_without_a_command_shows_its_help(run: Run) -> None:
    for language, words in (("zh", "用法：nianbao config"), ("en", "Usage: nianbao config")):
        ended = run("config", "--lang", language)
        assert (ended.code, ended.out) == (2, "")
        assert ended.err.startswith(words)
        assert "  show " in ended.err
        assert "  check " in ended.err


def test_an_unknown_command_of_config(run: Run) -> None:
    ended = run("config", "shwo")
    assert (ended.code, ended.out) == (2, "")
    assert "没有命令 shwo，是不是 show？" in ended.err
    assert "no command shwo; did you mean show?" in run("config", "shwo", "--lang", "en").err


def test_show_wants_a_report(run: Run) -> None:
    ended = run("config", "show")
    assert (ended.code, ended.out) == (2, "")
    assert "缺少报告" in ended.err


# -- which file holds ----------------------------------------------------------------------------------------


def two_folders() -> tuple[str, str]:
    """Write one report into two folders, each with its own settings; return the paths."""
    write("甲/nianbao.yaml", "select: SUM004\nseverity: {SUM004: info}\n")
    write("乙/pyproject.toml", '[tool.nianbao]\nselect = ["SUM"]\nignore = "SUM004"\n')
    return write("甲/a.txt", wrong_total()), write("乙/b.txt", wrong_total())


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_reports_of_two_folders_are_each_held_to_their_own_settings(run: Run, jobs: str) -> None:
    """In one run, also by several processes; the file at the top is not asked where a closer one speaks."""
    write("nianbao.yaml", "select: TYP\n")
    paths = (*two_folders(), write("c.txt", wrong_total()))
    whole = run("check", *paths, "--format", "json", "-j", jobs).json()
    used: dict[str, set[str]] = {}
    for outcome in whole["outcomes"]:
        used.setdefault(outcome["path"], set()).add(outcome["code"][:3])
    assert used == {paths[0]: {"SUM"}, paths[1]: {"SUM"}, paths[2]: {"TYP"}}
    found = [(record["path"], record["code"], record["severity"]) for record in whole["findings"]]
    assert found == [(paths[0], "SUM004", "info")]
    assert whole["summary"]["exit_code"] == 0


def test_several_processes_see_plugins_and_rules_of_the_settings(process: Run) -> None:
    """A process of its own loads what the settings name."""
    write("qh.py", HELLO)
    write("nianbao.yaml", "plugins: qh.py\nselect: QH001\n")
    paths = [write(f"{name}.txt", wrong_total()) for name in "abc"]
    ended = process("check", *paths, "--format", "json", "-j", "2")
    assert [(r["path"], r["code"]) for r in ended.json()["findings"]] == [(path, "QH001") for path in paths]


def test_the_file_may_be_named_on_the_command_line(run: Run) -> None:
    """It holds in place of the closest, and for every report."""
    write("别处/县.yaml", "select: SUM004\nseverity: {SUM004: warning}\n")
    paths = two_folders()
    found = severities(run, *paths, "--config", "别处/县.yaml")
    assert found == {(path, "SUM004"): "warning" for path in paths}


def test_a_file_named_on_the_command_line_has_to_be_there(run: Run, wrong: Path) -> None:
    refused(run("check", wrong, "--config", "别处.yaml"), "别处.yaml")


def test_no_config_takes_no_settings_no_waivers_and_no_baseline(run: Run, wrong: Path) -> None:
    """What a report is held to without a word from anybody."""
    write("nianbao.yaml", "ignore: SUM004\n")
    assert run("check", wrong, "--select", "SUM001").code == 0
    assert "SUM004" not in ran(run, wrong)
    (record,) = run("check", wrong, "--no-config", "--format", "json").json()["findings"]
    assert (record["code"], record["suppressed"]) == ("SUM004", None)
    os.unlink("nianbao.yaml")
    write("nianbao.waivers.yaml", WAIVERS)
    assert run("check", wrong).code == 0
    assert run("check", wrong, "--no-config").code == 1
    os.unlink("nianbao.waivers.yaml")
    assert run("baseline", "create", wrong).code == 0
    assert run("check", wrong).code == 0
    assert run("check", wrong, "--no-config").code == 1


def test_no_config_is_not_stopped_by_files_that_are_nonsense(run: Run, wrong: Path) -> None:
    for name in ("nianbao.yaml", "nianbao.waivers.yaml", "nianbao.baseline.jsonl"):
        write(name, "<<<<<<< HEAD\n")
    assert run("check", wrong).code == 2
    assert run("check", wrong, "--no-config").code == 1


# -- what the settings change in a check ---------------------------------------------------------------------


def test_a_changed_severity_is_that_of_the_finding_and_decides_on_the_end(run: Run, wrong: Path) -> None:
    for severity, fail_on, code in (
        ("info", "error", 0), ("warning", "error", 0), ("error", "error", 1),
        ("warning", "warning", 1), ("info", "warning", 0), ("info", "info", 1), ("error", "never", 0),
    ):  # fmt: skip
        write("nianbao.yaml", f"severity: {{SUM004: {severity}}}\nfail-on: {fail_on}\n")
        ended = run("check", wrong, "--format", "json")
        assert [record["severity"] for record in ended.json()["findings"]] == [severity]
        assert ended.code == ended.json()["summary"]["exit_code"] == code


def test_fail_on_holds_for_the_reports_of_its_file(run: Run) -> None:
    """An error in a folder that fails on nothing does not fail a run; the same error in another folder does."""
    write("甲/nianbao.yaml", "fail-on: never\n")
    lenient, usual = write("甲/a.txt", wrong_total()), write("乙/a.txt", wrong_total())
    assert run("check", lenient).code == 0
    assert run("check", lenient, usual).code == 1
    assert run("check", lenient, "--fail-on", "error").code == 1


def test_the_command_line_wins_over_the_file(run: Run, wrong: Path) -> None:
    """Rules, year, level and what fails; what it does not speak of stays as the file has it."""
    write("nianbao.yaml", "select: [SUM, ART]\nignore: SUM004\nyear: 2022\nlevel: bureau\nfail-on: never\n")
    assert ran(run, wrong, "--select", "SUM004,SUM001") == {"SUM004", "SUM001"}
    assert "SUM004" in ran(run, wrong, "--extend-select", "SUM004")
    assert {code[:3] for code in ran(run, wrong, "--ignore", "ART")} == {"SUM"}
    by_file = run("check", wrong, "--format", "json").json()["documents"][0]
    assert by_file["level"] == "bureau"
    asked = run(
        "check", wrong, "--format", "json", "--select", "HDR010", "--year", "2023", "--level", "city"
    ).json()
    assert asked["documents"][0]["level"] == "city"
    assert "2023" in asked["findings"][0]["message"]
    assert run("check", wrong, "--select", "SUM004").code == 0
    assert run("check", wrong, "--select", "SUM004", "--fail-on", "error").code == 1


@pytest.mark.parametrize(
    ("settings", "state"),
    [
        ("region: 青禾县\nlevel: township\nyear: 2024\n", "failed"),
        ("region: 望川县\nlevel: township\nyear: 2024\n", "not_applicable"),
        ("region: 青禾县\nlevel: county\nyear: 2024\n", "not_applicable"),
        ("region: 临川市青禾县\nlevel: township\n", "failed"),
    ],
)
def test_region_and_level_decide_whether_a_rule_applies(
    run: Run, wrong: Path, settings: str, state: str
) -> None:
    """The report is on 2024 and has received 107 applications; the rule allows townships of 青禾县 50 since 2024."""
    assert compliant("2021", "county", 3).cells["applications/received/total"] == "107"
    write("county.rules.yaml", COUNTY)
    write("nianbao.yaml", f"rules: county.rules.yaml\nselect: QH\n{settings}")
    assert [outcome["outcome"] for outcome in outcomes(run, wrong)] == [state]


def test_an_option_is_heard_by_its_rule(run: Run) -> None:
    """一 to 九 are nine characters, with the heading out of it: ten are allowed, eight are not."""
    write(
        "a.txt",
        "青禾县2024年政府信息公开工作年度报告\n\n一、总体情况\n一二三四五六七八九。\n\n二、主动公开政府信息情况\n",
    )
    for limit, state in ((9, "passed"), (8, "failed")):
        write("nianbao.yaml", f"select: SEC007\noptions: {{overview-length: {{limit: {limit}}}}}\n")
        assert [outcome["outcome"] for outcome in outcomes(run, "a.txt")] == [state]


def test_overrides_are_for_the_reports_that_they_name(run: Run) -> None:
    write("nianbao.yaml", "select: SUM004\noverrides:\n  - paths: 旧/*\n    severity: {SUM004: info}\n")
    old, new = write("旧/2020/a.txt", wrong_total()), write("新/a.txt", wrong_total())
    assert severities(run, old, new) == {(old, "SUM004"): "info", (new, "SUM004"): "error"}


def test_a_rule_of_a_plugin_can_be_ignored_and_weighed_like_any_other(run: Run, wrong: Path) -> None:
    write("qh.py", HELLO)
    write("nianbao.yaml", "plugins: qh.py\nselect: [QH, SUM]\n")
    assert severities(run, wrong) == {(str(wrong), "QH001"): "warning", (str(wrong), "SUM004"): "error"}
    write("nianbao.yaml", "plugins: qh.py\nselect: [QH, SUM]\nignore: says-hello\n")
    assert severities(run, wrong) == {(str(wrong), "SUM004"): "error"}
    write("nianbao.yaml", "plugins: qh.py\nselect: QH001\nseverity: {QH: info}\n")
    assert severities(run, wrong) == {(str(wrong), "QH001"): "info"}


def test_settings_that_leave_no_rule_are_refused(run: Run, wrong: Path) -> None:
    write("nianbao.yaml", "select: SUM004\nignore: SUM004\n")
    ended = run("check", wrong)
    assert (ended.code, ended.out) == (2, "")
    assert "一条规则也不剩" in ended.err


# -- the guides ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "language"), [("guide.zh-CN.md", "zh"), ("guide.md", "en")])
def test_the_settings_of_a_guide_are_shown_as_it_says(run: Run, name: str, language: str) -> None:
    """The first settings in a guide, written as they are there, and its capture of `config show`."""
    guide = (DOCS / name).read_text(encoding="utf-8")
    example = re.search(r"```yaml\n(extends.*?)```", guide, re.DOTALL)
    shown = re.search(r"^\$ nianbao (config show .*?)\n(.*?)```", guide, re.DOTALL | re.MULTILINE)
    assert example is not None
    assert shown is not None
    write("nianbao.yaml", example[1])
    assert run("config", "check").code == 0
    ended = run(*shown[1].split(), "--lang", language, env={"COLUMNS": "92"})
    assert (ended.code, ended.out) == (0, shown[2])


def test_the_guides_are_one() -> None:
    """Both languages give the same commands in the same order, and as many sections."""
    commands, headings = (
        [
            re.findall(pattern, (DOCS / name).read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
            for name in GUIDES
        ]
        for pattern in (r"^```sh\n(.*?)^```", r"^(#+) ")
    )
    assert commands[0] == commands[1]
    assert headings[0] == headings[1]
    assert len(commands[0]) > 10


# -- the schemas for editors ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("settings", {"select": ["SUM"], "severity": {"SUM001": "info"}}, {"selct": ["SUM"]}),
        ("settings", {"year": 2024}, {"year": 1949}),
        ("waivers", {"waivers": [{"code": "SUM004", "at": "标题", "reason": "x"}]}, {"waivers": [{"code": "SUM004", "at": "标题"}]}),
        (
            "rule-file",
            {"rules": [{"code": "QH001", "name": "a", "kind": "require-phrase", "with": {"phrase": "甲"}, "basis": "乙", "cases": {"pass": ["甲"], "fail": ["乙"]}}]},
            {"rules": [{"code": "QH001", "name": "a", "kind": "require-phrase", "with": {"phrase": "甲"}, "basis": "乙", "cases": {"pass": ["甲"]}}]},
        ),
        (
            "plugins",
            {"schema_version": "1.3", "tool": {"name": "nianbao", "version": "0.1.0"}, "plugins": []},
            {"schema_version": "1.3", "tool": {"name": "nianbao", "version": "0.1.0"}},
        ),
    ],
)  # fmt: skip
def test_the_schema_of_a_file_takes_what_is_right_and_refuses_what_is_not(
    run: Run, name: str, right: object, wrong: object
) -> None:
    ended = run("schema", "--of", name)
    assert (ended.code, ended.err) == (0, "")
    schema = json.loads(ended.stdout)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert Draft202012Validator(schema).is_valid(right)
    assert not Draft202012Validator(schema).is_valid(wrong)


def test_an_unknown_schema_is_refused_with_those_there_are(run: Run) -> None:
    ended = run("schema", "--of", "setings")
    assert (ended.code, ended.out) == (2, "")
    assert [
        name for name in ("check", "plugins", "settings", "rule-file", "waivers") if name not in ended.err
    ] == []


def test_a_folder_means_its_settings(run: Run, tmp_path: Path) -> None:
    (tmp_path / "nianbao.yaml").write_text("level: county\nlevl: city\n", encoding="utf-8")
    ended = run("config", "check", tmp_path)
    assert ended.code == 2
    assert "nianbao.yaml:2:1" in ended.err
    assert "是不是“level”？" in ended.err


def test_a_wrong_profile_and_unknown_rules_are_told_in_one_round(run: Run, tmp_path: Path) -> None:
    text = "extends: contry\nselect: [SUM, SUN]\nignore: [PRX]\n"
    (tmp_path / "nianbao.yaml").write_text(text, encoding="utf-8")
    ended = run("config", "check", tmp_path)
    assert ended.code == 2
    assert [place for place in ("yaml:1:10", "yaml:2:15", "yaml:3:10") if place not in ended.err] == []


@pytest.mark.parametrize(("written", "level"), [("部门", "bureau"), ("街道", "township"), ("City", "city")])
def test_a_level_on_the_command_line_may_be_chinese(run: Run, right: Path, written: str, level: str) -> None:
    """The report says that it is a county's; the word for another level takes its place."""
    assert f"\n级别  {level} " in run("show", right, "--level", written).out
