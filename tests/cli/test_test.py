"""`nianbao test`: which files it takes, what it says of each case, and how it ends."""

from pathlib import Path

import pytest
from cli.running import Run
from nianbao.cli import program
from nianbao.reporters.terminal_width import Ruler
from nianbao.text.language import Text

RULES = """\
rules:
  - code: QH001
    name: no-public-account
    kind: forbid-phrase
    with: {phrase: 公众号}
    basis: 青禾县政务公开工作实施方案
    message: 不写公众号
    help: 写明账号的名称
    cases:
      pass: ["四、其他\\n有账号3个。\\n"]
      fail:
        - name: one account
          text: |
            四、其他
            有«公众号»3个。
"""
WRONG = RULES.replace("有«公众号»3个", "有公众号«3个»")

COUNTY = '''\
from nianbao.api import Basis, Finding, Plugin, Span, Strength, Text, hookimpl, rule

nianbao_plugin = Plugin(prefixes=("QH",))
SUMMARY = Text("写账号数量", "accounts are counted")
NONE = Text("没有写账号", "no account is named")
MANY = Text("账号有{count}个之多", "as many as {count} accounts")
HELP = Text("改写", "write it anew")


@rule("QH101", "accounts", summary=SUMMARY, basis=Basis("甲文件", "第一条", Strength.NOTICE), forms=())
def accounts(report, context):
    """一句话。"""
    text = report.source.text
    if "账号" not in text:
        yield Finding(Span(0, 1), NONE, HELP)
    elif "9" in text:
        at = text.index("9")
        yield Finding(Span(at, at + 1), MANY.fill(count=9), HELP)


@hookimpl
def nianbao_add_rules():
    return [accounts]
'''
CASES = """\
- rule: QH101
  name: none at all
  kind: fail
  text: |
    «甲»乙
  vary: false
- {rule: QH101, name: three, kind: pass, text: 账号3个}
"""


@pytest.fixture(autouse=True)
def _listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(program._COMMANDS, "test", Text("运行规则的用例", "run the cases of rules"))


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        stem, _, kind = name.partition("_")
        suffix = {"py": ".py", "rules": ".rules.yaml", "cases": ".cases.yaml"}[kind]
        (folder / f"{stem}{suffix}").write_text(text, encoding="utf-8")


def test_every_case_that_holds_is_counted(run: Run, here: Path) -> None:
    _write(here, county_rules=RULES)
    ended = run("test", "county.rules.yaml")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == "county.rules.yaml  通过 2  未通过 0\n\n2 个用例：通过 2，未通过 0\n"


def test_what_differs_is_shown_with_file_and_line(run: Run, here: Path) -> None:
    _write(here, county_rules=WRONG)
    ended = run("test", "county.rules.yaml")
    assert ended.code == 1
    assert ended.out.split("\n") == [
        "county.rules.yaml:12 QH001 应发现问题：one account",
        "  没有标出，却发现了“公众号”：不写公众号",
        "     2 | 有公众号3个。",
        "       |   ^^^^^^",
        "  标出了“3个”，却没有发现",
        "     2 | 有公众号3个。",
        "       |         ^^^",
        "",
        "county.rules.yaml  通过 1  未通过 1",
        "",
        "2 个用例：通过 1，未通过 1",
        "",
    ]


def test_it_speaks_english_too(run: Run, here: Path) -> None:
    _write(here, county_rules=WRONG)
    lines = run("test", "--lang", "en").out.split("\n")
    assert lines[0] == "county.rules.yaml:12 QH001 must be found: one account"
    assert lines[-2] == "2 cases: 1 passed, 1 failed"
    assert "exit code" in " ".join(run("test", "--lang", "en", "--help").out.split()).lower()


def test_a_rule_in_python_has_its_cases_beside_it(run: Run, here: Path) -> None:
    _write(here, county_py=COUNTY, county_cases=CASES)
    for path in ("county.py", "county.cases.yaml", "."):
        ended = run("test", path)
        assert (ended.code, ended.err) == (0, "")
        assert ended.out.startswith("county.cases.yaml  通过 2  未通过 0\n")


def test_a_rule_declared_in_a_file_may_have_more_cases_beside_it(run: Run, here: Path) -> None:
    more = "- {rule: QH001, name: more, kind: fail, text: 有«公众号»}\n"
    _write(here, county_rules=RULES, county_cases=more)
    ended = run("test")
    assert ended.code == 0
    assert ended.out.startswith("county.cases.yaml  通过 1  未通过 0\ncounty.rules.yaml  通过 2  未通过 0\n")


def test_cases_beside_no_rule_are_of_those_installed(run: Run, here: Path) -> None:
    case = "- {rule: SUM001, name: one, kind: fail, set: {applications/received/natural_person: «56»}}\n"
    _write(here, sums_cases=case)
    assert run("test").out.endswith("1 个用例：通过 1，未通过 0\n")
    _write(here, sums_cases=case.replace("SUM001", "QH001"))
    ended = run("test")
    assert ended.code == 1
    assert "没有规则 QH001" in ended.out


def test_a_folder_means_all_below_but_what_is_hidden(run: Run, here: Path) -> None:
    (here / "b" / "c").mkdir(parents=True)
    (here / ".git").mkdir()
    _write(here / "b" / "c", deep_rules=RULES)
    _write(here, a_rules=RULES)
    _write(here / ".git", hidden_rules=WRONG)
    (here / "other.yaml").write_text("no: rules\n", encoding="utf-8")
    ended = run("test")
    assert ended.code == 0
    assert [line.split() for line in ended.out.split("\n")[:2]] == [
        ["a.rules.yaml", "通过", "2", "未通过", "0"],
        [str(Path("b/c/deep.rules.yaml")), "通过", "2", "未通过", "0"],
    ]
    assert len({Ruler().columns(line) for line in ended.out.split("\n")[:2]}) == 1


def test_a_file_named_twice_is_tested_once(run: Run, here: Path) -> None:
    _write(here, a_rules=RULES)
    assert run("test", "a.rules.yaml", ".", here / "a.rules.yaml").out.endswith(
        "2 个用例：通过 2，未通过 0\n"
    )


def test_the_messages_that_no_case_produces(run: Run, here: Path) -> None:
    """All four Texts of the module but the summary; two of them are said by the failing case."""
    _write(here, county_py=COUNTY, county_cases=CASES, rules_rules=RULES)
    ended = run("test", "--coverage")
    assert ended.code == 0
    assert ended.out.split("\n\n")[1:3] == [
        "county.cases.yaml：没有用例说到的提示：\n  MANY  账号有{count}个之多",
        "rules.rules.yaml：每条提示都有用例说到",
    ]


def test_a_faulty_file_is_told_and_the_others_are_tested(run: Run, here: Path) -> None:
    _write(here, a_rules=RULES.replace("forbid-phrase", "forbid-phrases"), b_rules=RULES)
    ended = run("test")
    assert ended.code == 2
    assert ended.err.startswith("a.rules.yaml:4:11: ")
    assert "forbid-phrase" in ended.err
    assert ended.out.endswith("2 个用例：通过 2，未通过 0；1 个文件有误\n")


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"county_py": COUNTY}, "county.cases.yaml:1:1"),
        ({"county_py": "import nothing_of_this_name\n", "county_cases": CASES}, "nothing_of_this_name"),
        ({"county_py": COUNTY, "county_cases": "- QH101\n"}, "county.cases.yaml:1:3"),
    ],
)
def test_what_a_python_rule_lacks_is_told(run: Run, here: Path, files: dict[str, str], words: str) -> None:
    _write(here, **files)
    ended = run("test", "county.py")
    assert ended.code == 2
    assert words in ended.err
    assert ended.err.count("\n") == 1


def test_a_file_that_is_not_there(run: Run, here: Path) -> None:
    ended = run("test", "nothing.rules.yaml")
    assert ended.code == 2
    assert ended.err.startswith("nothing.rules.yaml:1:1: ")


@pytest.mark.parametrize("path", ["notes.txt", "county.yaml"])
def test_a_file_of_another_kind_is_refused(run: Run, here: Path, path: str) -> None:
    (here / path).write_text("rules: []\n", encoding="utf-8")
    ended = run("test", path)
    assert ended.code == 2
    assert ended.err.startswith(f"{path}:1:1: 不是规则或用例的文件")


def test_nothing_to_test_is_said(run: Run, here: Path) -> None:
    ended = run("test")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("错误：没有找到用例；")
