"""`explain`, `rules`, `show`, the help texts and the language."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from cli.running import Run, wrong_total
from nianbao import __version__
from nianbao.engine.rule import Rule
from nianbao.reporters.terminal_width import Ruler
from nianbao.testing import compliant
from nianbao.text.locale import language

# -- explain -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["SUM001", "sum001", "application-balance", "Application-Balance"])
def test_explain_a_rule_by_code_or_name(run: Run, word: str) -> None:
    ended = run("explain", word)
    assert ended.code == 0
    lines = ended.out.split("\n")
    assert lines[0] == "SUM001 application-balance：表三每列：第一项＋第二项＝第三项＋第四项"
    assert lines[1] == "程度：错误"
    assert lines[2].startswith("依据：《政府信息公开工作年度报告格式》")
    for head in ("为什么：", "反例：", "正例：", "怎样改："):
        assert any(line.startswith(head) for line in lines)


def test_explain_in_english_keeps_the_chinese_documentation(run: Run) -> None:
    ended = run("explain", "SUM001", "--lang", "en")
    assert ended.out.startswith("SUM001 application-balance: table three, each column")
    assert "severity: error" in ended.out
    assert "为什么：" in ended.out


def test_explain_says_that_a_rule_is_off(run: Run) -> None:
    assert "默认不启用，用 --extend-select SEC007 启用" in run("explain", "SEC007").out


def test_every_rule_is_explained(run: Run, all_rules: Sequence[Rule]) -> None:
    for rule in all_rules:
        ended = run("explain", rule.code)
        assert ended.code == 0
        assert ended.out.startswith(f"{rule.code} {rule.name}：{rule.summary.zh}"[:20])
        assert max(map(Ruler().columns, ended.out.split("\n"))) <= 100


ROOT = Path(__file__).parents[2]

# How the lines on where a rule is, where its cases are and where its page is begin.
PLACES = {"zh": ("写在：", "用例：", "页面："), "en": ("written in: ", "cases: ", "page: ")}


def places(run: Run, word: str, language: str) -> list[str]:
    """Return the file and line of a rule, the file of its cases and its page, as far as they are shown."""
    lines = run("explain", word, "--lang", language).out.split("\n")
    return [line.removeprefix(head) for head in PLACES[language] for line in lines if line.startswith(head)]


@pytest.mark.parametrize("language", PLACES)
def test_explain_says_where_a_national_rule_and_its_cases_are(
    language: str, process: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the current folder; the line is that on which its decorator begins."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "rules"))  # the rules of the checkout, whatever is installed
    place, cases, page = places(process, "SUM001", language)
    path, _, line = place.rpartition(":")

    assert Path(path) == Path("rules", "nianbao_rules", "sums", "application_balance.py")
    assert Path(cases) == Path("tests", "rules", "sums", "application_balance.yaml")
    assert Path(page) == Path("docs", "reference", "SUM.md")
    found = Path(path).read_text(encoding="utf-8").split("\n")[int(line) - 1 :]
    assert [text.strip() for text in found[:2]] == ["@rule(", '"SUM001",']


@pytest.mark.parametrize("language", PLACES)
def test_explain_says_where_the_rules_of_an_office_are(
    language: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A rule in YAML has its cases with it, one in Python has them beside it, if it has any."""
    monkeypatch.chdir(tmp_path)
    run("new", "rule", "a", "--code", "QH001")
    run("new", "rule", "b", "--code", "QH002", "--python")
    Path("nianbao.yaml").write_text("rules: [a.rules.yaml]\nplugins: [b.py]\n", encoding="utf-8")
    yaml = Path("a.rules.yaml").read_text(encoding="utf-8").split("\n")
    python = Path("b.py").read_text(encoding="utf-8").split("\n")
    line = next(number for number, text in enumerate(yaml, 1) if "- code: QH001" in text)
    decorated = python.index("@rule(") + 1

    assert places(run, "QH001", language) == [f"a.rules.yaml:{line}", "a.rules.yaml"]
    assert places(run, "QH002", language) == [f"b.py:{decorated}", "b.cases.yaml"]
    Path("b.cases.yaml").unlink()
    assert places(run, "QH002", language) == [f"b.py:{decorated}"]


def test_explain_the_crash_of_a_rule(run: Run) -> None:
    ended = run("explain", "DOC900")
    assert ended.code == 0
    assert "规则自身出错" in ended.out


@pytest.mark.parametrize(
    ("word", "nearest"), [("SUM099", "SUM009"), ("aplication-balance", "application-balance")]
)
def test_explain_an_unknown_rule(run: Run, word: str, nearest: str) -> None:
    ended = run("explain", word)
    assert (ended.code, ended.out) == (2, "")
    assert f"没有规则“{word}”，是不是 " in ended.err
    assert nearest[:5] in ended.err


def test_explain_takes_one_rule(run: Run) -> None:
    ended = run("explain", "SUM001", "SUM002")
    assert ended.code == 2
    assert "多出了参数：SUM002" in ended.err


# -- rules -------------------------------------------------------------------------------------------


def test_rules_lists_every_rule(run: Run, all_rules: Sequence[Rule]) -> None:
    lines = run("rules").out.splitlines()
    assert [line.split()[0] for line in lines] == [rule.code for rule in all_rules]
    assert [line.split()[2] for line in lines] == [rule.name for rule in all_rules]
    assert next(line for line in lines if "默认不启用" in line).startswith("HDR005")


def test_rules_as_json(run: Run, all_rules: Sequence[Rule]) -> None:
    listed = run("rules", "--format", "json", "--lang", "en").json("rules")["rules"]
    assert [(r["code"], r["name"], r["enabled"], r["severity"]) for r in listed] == [
        (rule.code, rule.name, rule.enabled, rule.severity.value) for rule in all_rules
    ]
    assert listed[-1]["summary"] == all_rules[-1].summary.en
    assert all("怎样改：" in r["documentation"] for r in listed)


# -- show --------------------------------------------------------------------------------------------


def test_show_says_what_was_read(run: Run, tmp_path: Path) -> None:
    draft = compliant("2021", "county", 3)
    draft.rename("section/problems", "存在问题及改进措施")
    draft.drop("applications/repeated")
    path = tmp_path / "a.txt"
    text = draft.render().replace("六、", "六、政务公开宣传情况\n一切正常。\n七、", 1)
    path.write_bytes(text.encode())
    ended = run("show", path)
    said = ended.out
    assert ended.code == 0
    assert "年度  2024\n" in said
    assert "格式  2021（国办公开办函〔2021〕30号）" in said
    assert "级别  county 县（区、县级市）" in said
    rows = {line.strip().split("  ")[0]: line for line in said.splitlines()}
    assert rows["一、总体情况"].endswith("  与格式一致")
    assert rows["五、存在问题及改进措施"].endswith("  认作“存在的主要问题及改进情况”，名称不同")
    assert rows["六、政务公开宣传情况"].endswith("  格式没有这一部分")
    assert "表三                       168/175 格" in said
    assert "表三  没有找到的行：三（五）2.重复申请" in said


def test_show_every_cell(run: Run, wrong: Path, tmp_path: Path) -> None:
    text = wrong_total().replace("\t行政许可\n\t", "\t行政许可\n\t约")
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode())
    said = run("show", path, "--format", "tables").out
    review = said[said.index("表四") :].splitlines()
    assert review[1].split() == ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    assert review[2].split() == ["行政复议", "1", "0", "0", "0", "2"]
    assert review[3].split()[0] == "未经复议直接起诉"
    assert "“约" in said[said.index("第（五）项") : said.index("第（六）项")]


def test_show_as_json_holds_every_cell_and_what_is_missing(run: Run, tmp_path: Path) -> None:
    draft = compliant("2021", "county", 3)
    draft.drop("applications/repeated")
    draft.drop("charges")
    path = tmp_path / "a.txt"
    path.write_bytes(draft.render().encode())
    whole = run("show", path, "--format", "json").json("show")
    tables = {table["kind"]: table for table in whole["tables"]}
    assert [s["key"] for s in whole["sections"]] == [
        "overview", "disclosure", "applications", "review", "problems", "other",
    ]  # fmt: skip
    applications = tables["applications"]
    assert len(applications["cells"]) == 175
    assert {c["row"] for c in applications["cells"] if c["state"] == "absent"} == {"repeated"}
    assert applications["missing"] == ["repeated"]
    assert (tables["charges"]["state"], tables["charges"]["cells"]) == ("not_found", [])


def test_show_standard_input(run: Run, wrong: Path) -> None:
    assert "年度  2024" in run("show", "-", stdin=wrong.read_bytes()).out
    unsaid = wrong.read_bytes().decode().replace("2024年", "").encode()
    assert "年度  2022" in run("show", "-", "--year", "2022", stdin=unsaid).out


@pytest.mark.parametrize("form", ["tree", "tables", "json"])
def test_show_what_is_no_report(run: Run, tmp_path: Path, form: str) -> None:
    path = tmp_path / "a.txt"
    for text in ("", "今年天气不错，庄稼长得也好。\n"):
        path.write_bytes(text.encode())
        ended = run("show", path, "--format", form)
        assert (ended.code, ended.err) == (0, "")
        if form == "json":
            assert ended.json("show")["title"] is None
    gone = run("show", tmp_path / "no.txt", "--format", form)
    assert (gone.code, gone.out, gone.err) == (3, "", f"{tmp_path / 'no.txt'}: 没有这个文件\n")


# -- help and language -------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [(), ("check",), ("explain",), ("rules",), ("show",), ("schema",)])
@pytest.mark.parametrize("width", ["60", "80", "100"])
def test_help_in_both_languages_keeps_to_the_width(run: Run, command: tuple[str, ...], width: str) -> None:
    chinese = run(*command, "--help", env={"COLUMNS": width})
    english = run(*command, "--help", "--lang", "en", env={"COLUMNS": width})
    assert chinese.code == english.code == 0
    assert chinese.out.startswith("用法：nianbao")
    assert english.out.startswith("Usage: nianbao")
    wide = [
        line
        for ended in (chinese, english)
        for line in ended.out.split("\n")
        if Ruler().columns(line) > int(width)
    ]
    assert wide == []


def test_english_help_has_no_chinese(run: Run) -> None:
    for command in ((), ("check",), ("explain",), ("rules",), ("show",), ("schema",)):
        said = run(*command, "--help", "--lang", "en").out
        assert [c for c in said if "\u4e00" <= c <= "\u9fff"] == []


def test_check_help_names_every_option(run: Run) -> None:
    said = run("check", "--help").out
    for option in (
        "-f, --format", "--select", "--ignore", "--extend-select", "--year", "--level", "--fail-on", "--stdin-filename",
        "--statistics", "-j, --jobs", "--timeout", "-q, --quiet", "-v, --verbose", "--lang", "--ambiguous-width", "--color",
    ):  # fmt: skip
        assert f"  {option} " in said


def test_version(run: Run) -> None:
    assert run("--version").out == f"nianbao {__version__}\n"


def test_without_a_command_the_help_is_shown_and_it_is_a_usage_error(run: Run) -> None:
    ended = run()
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("用法：nianbao")


def test_an_unknown_command(run: Run) -> None:
    ended = run("chek")
    assert (ended.code, ended.out) == (2, "")
    assert "没有命令 chek，是不是 check？" in ended.err
    assert "no command chek; did you mean check?" in run("--lang", "en", "chek").err


@pytest.mark.parametrize(
    ("arguments", "env", "expected"),
    [
        ([], {}, "zh"),
        ([], {"LANG": "C.UTF-8"}, "zh"),
        ([], {"LANG": "POSIX"}, "zh"),
        ([], {"LANG": "zh_CN.GBK"}, "zh"),
        ([], {"LANG": "de_DE.UTF-8"}, "zh"),
        ([], {"LANG": "en_GB.UTF-8"}, "en"),
        ([], {"LANG": "en"}, "en"),
        ([], {"LANG": "en-US"}, "en"),
        ([], {"LANG": "enm_GB"}, "zh"),
        ([], {"LANG": "en_US", "LC_MESSAGES": "zh_CN"}, "zh"),
        ([], {"LC_MESSAGES": "zh_CN", "LC_ALL": "en_US"}, "en"),
        ([], {"LC_ALL": "", "LANG": "en_US"}, "en"),
        ([], {"LC_ALL": "en_US", "NIANBAO_LANG": "zh"}, "zh"),
        ([], {"LC_ALL": "zh_CN", "NIANBAO_LANG": "en"}, "en"),
        (["check", "x", "--lang", "en"], {"LANG": "zh_CN"}, "en"),
        (["--lang=en", "check"], {"LANG": "zh_CN"}, "en"),
        (["--lang", "zh"], {"LANG": "en_US"}, "zh"),
        (["check", "--", "--lang", "en"], {"LANG": "zh_CN"}, "zh"),
        (["--lang"], {"LANG": "en_US"}, "zh"),
    ],
)
def test_language(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], env: dict[str, str], expected: str
) -> None:
    for name in ("NIANBAO_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    assert language(arguments) == expected


def test_the_locale_decides_on_the_language(run: Run, right: Path) -> None:
    assert "files 1: errors 0" in run("check", right, env={"LANG": "en_US.UTF-8"}).out
    assert "1 个文件" in run("check", right, env={"LANG": "fr_FR.UTF-8"}).out


def test_show_has_a_line_for_each_cell_with_its_keys_and_where_it_stands(run: Run, right: Path) -> None:
    """Address, figure, line and column, and the place in the words of the form; as many lines as the form has cells."""
    draft = compliant("2021", "county", 3)
    lines = run("show", right, "--format", "cells").out.splitlines()
    text = draft.render().split("\n")

    found = {line.split()[0]: line.split()[1:3] for line in lines}
    assert set(found) == set(draft.cells)
    for address, (figure, where) in found.items():
        line, column = map(int, where.split(":"))
        assert figure == draft.cells[address]
        assert text[line - 1][column - 1 :].startswith(figure)


def test_show_prints_the_text_that_positions_point_into(run: Run, right: Path) -> None:
    """Of a text file that is the file itself."""
    assert run("show", right, "--format", "text").stdout == right.read_bytes()
