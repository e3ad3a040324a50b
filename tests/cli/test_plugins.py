"""`nianbao plugins`, and what becomes of a check when a plugin of the settings misbehaves."""

import os
import re
from pathlib import Path
from typing import Any

import pytest
from cli.running import Ended, Run, wrong_total
from nianbao.engine import lint as engine
from nianbao.testing import compliant

HEAD = """\
from nianbao.api import (
    Basis, Finding, OutputFormat, Plugin, Profile, Reader, Source, Strength, Text, UnreadableError, hookimpl, rule,
)

nianbao_plugin = Plugin(prefixes=("QH",))
SAYS = Text("没有问好", "no greeting")
BASIS = Basis("青禾县政务公开工作要点", "第三条", Strength.NOTICE)


"""
HELLO = """\
@rule("QH001", "says-hello", summary=Text("问好", "says hello"), basis=BASIS, forms=())
def hello(report, context):
    \"\"\"问好。\"\"\"
    yield Finding(report.anchor, SAYS, SAYS)


@hookimpl
def nianbao_add_rules():
    return [hello]


"""
# A reader of *.qh; what stands for its two functions is filled in.
READER = """\
def recognises(data, name):
    {recognises}


def read(data, name):
    {read}


@hookimpl
def nianbao_add_readers():
    return [Reader("qinghe", (".qh",), recognises, read)]
"""
IS_OURS = "return name.endswith('.qh')"
READS = "return Source(data.decode(), name)"
REPORTER = """\
class Tally:
    def __init__(self, display):
        self.files = 0

    def document(self, checked):
        {document}

    def end(self, summary):
        {end}


@hookimpl
def nianbao_add_reporters():
    return [OutputFormat("tally", Text("计数", "counts"), True, Tally)]
"""
COUNTS = "self.files += 1; return ''"
TELLS = "return f'共 {self.files} 份\\n'"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in the folder of the reports."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: str, text: str) -> str:
    """Write *text* into the file at *path* and return *path*."""
    Path(path).write_bytes(text.encode())
    return path


def plugin(text: str) -> None:
    """Write a plugin file with *text* after the usual head, and settings that name it."""
    write("qh.py", HEAD + text)
    write("nianbao.yaml", "plugins: qh.py\n")


def listed(ended: Ended) -> dict[str, dict[str, Any]]:
    """Return what JSON output says of each plugin, held to its schema."""
    return {one["name"]: one for one in ended.json("plugins")["plugins"]}


# -- the list ------------------------------------------------------------------------------------------------


def test_those_of_nianbao_are_always_listed(run: Run) -> None:
    ended = run("plugins")
    assert (ended.code, ended.err) == (0, "")
    heads = [line for line in ended.out.splitlines() if line and not line.startswith(" ")]
    assert [(line.split()[0], line.split()[-1]) for line in heads] == [
        ("builtin", "安装的插件"),
        ("national", "安装的插件"),
    ]
    assert "代号前缀 AGG ART DOC FEE HDR NUM PER PRB PRV SEC SUM TXT TYP YOY" in ended.out
    assert "方案：national、strict" in ended.out
    assert (
        "输出格式：full、concise、grouped、json、jsonl、sarif、github、gitlab、junit、rdjson、checkstyle、csv、score、xlsx、html、docx、markdown"
        in "".join(ended.out.split())
    )  # wrapped
    assert "SUM001-SUM010" in ended.out
    english = run("plugins", "--lang", "en").out
    assert (
        "output formats: full, concise, grouped, json, jsonl, sarif, github, gitlab, junit, rdjson, checkstyle, csv, score, xlsx, html, docx, markdown"
        in " ".join(english.split())
    )
    assert "prefixes AGG ART DOC FEE HDR NUM PER PRB PRV SEC SUM TXT TYP YOY" in english


def test_a_plugin_file_is_listed_with_all_that_it_adds(run: Run, here: Path) -> None:
    profile = (
        "\n\n@hookimpl\ndef nianbao_add_profiles():\n"
        "    return [Profile('county', Text('本县', 'the county'), {'ignore': 'TYP'})]\n\n\n"
    )
    reader = READER.format(recognises=IS_OURS, read=READS)
    plugin(HELLO + reader + profile + REPORTER.format(document=COUNTS, end=TELLS))
    mine = listed(run("plugins", "--format", "json"))["qh.py"]
    assert mine == {
        "name": "qh.py",
        "kind": "file",
        "origin": str(here / "qh.py"),
        "distribution": None,
        "prefixes": ["QH"],
        "rules": ["QH001"],
        "forms": [],
        "readers": ["qinghe"],
        "formats": ["tally"],
        "profiles": ["county"],
        "fault": None,
    }
    ended = run("plugins")
    assert ended.code == 0
    said = ended.out[ended.out.index("qh.py  插件文件") :]
    for words in ("代号前缀 QH", "规则 1 条：QH001", "读取器：qinghe", "输出格式：tally", "方案：county"):
        assert words in said
    assert "qh.py  plugin file" in run("plugins", "--lang", "en").out


def test_a_file_of_rules_is_listed(run: Run, here: Path) -> None:
    assert run("new", "rule", "--code", "QH007").code == 0
    mine = listed(run("plugins", "--format", "json"))["county.rules.yaml"]
    assert (mine["kind"], mine["prefixes"], mine["rules"]) == ("rules", ["QH"], ["QH007"])
    assert mine["origin"] == str(here / "county.rules.yaml")
    assert "county.rules.yaml  规则文件" in run("plugins").out


def test_a_format_that_there_is_not(run: Run) -> None:
    ended = run("plugins", "--format", "xml")
    assert (ended.code, ended.out) == (2, "")
    assert "可用：text、json" in ended.err


# -- a faulty one --------------------------------------------------------------------------------------------

FAULTY = "raise RuntimeError('坏了')\n"


def test_a_faulty_plugin_is_listed_with_what_is_wrong(run: Run) -> None:
    """The list is there to find it: exit code 1, the file, the cause and the way out; the others are whole."""
    plugin(FAULTY)
    line = (HEAD + FAULTY).count("\n")
    ended = run("plugins")
    assert (ended.code, ended.err) == (1, "")
    flat = "".join(ended.out.split())
    assert f"不能用：qh.py：导入时出错：RuntimeError:坏了(qh.py:{line})。改正这个文件" in flat
    found = run("plugins", "--format", "json", "--lang", "en")
    assert found.code == 1
    mine = listed(found)["qh.py"]
    assert mine["fault"].startswith(
        f"qh.py: does not import: RuntimeError: 坏了 (qh.py:{line}). correct this file"
    )
    assert mine["rules"] == []
    assert [name for name, one in listed(found).items() if one["fault"]] == ["qh.py"]
    assert "not used: qh.py: does not import" in run("plugins", "--lang", "en").out


def test_a_faulty_file_of_rules_is_listed_with_the_place(run: Run) -> None:
    assert run("new", "rule", "--code", "QH007").code == 0
    text = Path("county.rules.yaml").read_text("utf-8")
    number = next(n for n, line in enumerate(text.splitlines(), 1) if line.strip().startswith("kind:"))
    write("county.rules.yaml", text.replace("kind: require-phrase", "kind: require-phras"))
    ended = run("plugins", "--format", "json")
    assert ended.code == 1
    fault = listed(ended)["county.rules.yaml"]["fault"]
    assert fault.startswith(f"county.rules.yaml:{number}:11: ")
    assert "是不是“require-phrase”" in fault


def test_every_command_that_judges_or_writes_stops_at_a_faulty_plugin_and_says_why(run: Run) -> None:
    """No one may take a judgement for whole while rules may be missing."""
    plugin(FAULTY)
    write("a.txt", wrong_total())
    for arguments in (
        ("check", "a.txt"), ("waive", "SUM004", "a.txt", "--reason", "x"), ("baseline", "create", "a.txt"),
    ):  # fmt: skip
        ended = run(*arguments)
        assert (ended.code, ended.out) == (2, "")
        assert "qh.py：导入时出错：RuntimeError: 坏了" in ended.err
        assert "nianbao plugins" in ended.err
        english = run(*arguments, "--lang", "en")
        assert (english.code, english.out) == (2, "")
        assert "qh.py: does not import: RuntimeError: 坏了" in english.err
    assert sorted(os.listdir()) == ["a.txt", "nianbao.yaml", "qh.py"]
    assert run("check", "a.txt", "--no-config").code == 1


# -- readers -------------------------------------------------------------------------------------------------


def batch() -> tuple[str, str]:
    """Write a file for the reader and a report with one error beside it; return the paths."""
    return write("a.qh", wrong_total()), write("b.txt", wrong_total())


def test_a_reader_reads_what_it_recognises_and_leaves_the_rest(run: Run) -> None:
    plugin(READER.format(recognises=IS_OURS, read=READS))
    paths = batch()
    whole = run("check", *paths, "--select", "SUM", "--format", "json").json()
    assert [(r["path"], r["code"]) for r in whole["findings"]] == [(path, "SUM004") for path in paths]
    assert [one["format"] for one in whole["documents"]] == ["qinghe", "text"]
    in_folder = run("check", ".", "--select", "SUM", "--format", "json").json()["documents"]
    assert sorted(os.path.basename(one["path"]) for one in in_folder) == ["a.qh", "b.txt"]


@pytest.mark.parametrize(
    ("recognises", "read", "said"),
    [
        (IS_OURS, "raise KeyError('表三')", "KeyError: '表三'"),
        (IS_OURS, "return data.decode()", "TypeError: str, not Source"),
        (IS_OURS, "pass", "TypeError: NoneType, not Source"),
        (IS_OURS, "raise SystemExit(0)", "SystemExit: 0"),
        (
            "return name.endswith('.qh') and 1 // 0",
            READS,
            "ZeroDivisionError: integer division or modulo by zero",
        ),
        (IS_OURS, "raise ValueError('两\\n行')", "ValueError: 两 行"),
    ],
)
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_reader_that_fails_costs_its_file(
    run: Run, recognises: str, read: str, said: str, jobs: str
) -> None:
    """One line that names the reader and its plugin, exit code 2, and the rest of the batch is checked."""
    plugin(READER.format(recognises=recognises, read=read))
    paths = batch()
    ended = run("check", *paths, "--select", "SUM", "--format", "json", "-j", jobs)
    assert ended.code == ended.json()["summary"]["exit_code"] == 2
    assert [(r["path"], r["code"]) for r in ended.json()["findings"]] == [(paths[1], "SUM004")]
    assert (
        ended.err
        == f"a.qh: 读取器 qinghe（qh.py）读这份文件时出错（{said}）；请把文件和这条信息交给插件的作者\n"
    )
    assert said.split(":")[0] in ended.json()["documents"][0]["error"]
    english = run("check", *paths, "--select", "SUM", "--lang", "en")
    assert english.err.startswith(f"a.qh: the reader qinghe (qh.py) failed on this file ({said})")


def test_a_reader_that_refuses_leaves_its_file_without_a_verdict(run: Run) -> None:
    """What its author says of the file is said, and it is no fault of the reader: 3, or 1 for findings elsewhere."""
    plugin(
        READER.format(recognises=IS_OURS, read="raise UnreadableError(Text('没有表格', 'no table in it'))")
    )
    unread, wrong = batch()
    ended = run("check", unread)
    assert (ended.code, ended.err) == (3, "a.qh: 没有表格\n")
    assert run("check", unread, "--lang", "en").err == "a.qh: no table in it\n"
    assert run("check", unread, wrong).code == 1


@pytest.mark.parametrize("arguments", [("check",), ("show",), ("why", "SUM004"), ("extract",)])
def test_want_of_memory_is_no_fault_of_a_reader(run: Run, arguments: tuple[str, ...]) -> None:
    plugin(READER.format(recognises=IS_OURS, read="raise MemoryError"))
    unread, _ = batch()
    ended = run(*arguments, unread)
    assert ended.code == 3
    assert ended.err.startswith("a.qh: 检查这份文件内存不够")
    assert ended.err.count("\n") == 1


@pytest.mark.parametrize("command", ["show", "why"])
def test_the_other_commands_name_the_reader_too(run: Run, command: str) -> None:
    plugin(READER.format(recognises=IS_OURS, read="raise KeyError('表三')"))
    unread, _ = batch()
    ended = run(command, *(["SUM004"] if command == "why" else []), unread)
    assert ended.code != 0
    assert ended.out == ""
    assert ended.err.startswith("a.qh: 读取器 qinghe（qh.py）读这份文件时出错（KeyError: '表三'）")
    assert ended.err.count("\n") == 1


# -- reporters -----------------------------------------------------------------------------------------------


def test_a_reporter_writes_to_the_screen_or_into_a_file(run: Run) -> None:
    plugin(REPORTER.format(document=COUNTS, end=TELLS))
    paths = [write(f"{name}.txt", wrong_total()) for name in "abc"]
    ended = run("check", *paths, "--format", "tally")
    assert (ended.code, ended.out, ended.err) == (1, "共 3 份\n", "")
    ended = run("check", *paths, "--format", "tally:数.txt", "--format", "concise", "--select", "SUM", "-q")
    assert ended.code == 1
    assert ended.out.count("SUM004") == 3
    assert Path("数.txt").read_bytes() == "共 3 份\n".encode()


@pytest.mark.parametrize(
    ("document", "end"),
    [("raise KeyError('数')", TELLS), (COUNTS, "raise KeyError('数')"), (COUNTS, "1 // 0")],
)
def test_a_reporter_that_fails_ends_the_run_in_one_line(run: Run, document: str, end: str) -> None:
    """What it would have said is not known, so nothing may be taken for the result."""
    plugin(REPORTER.format(document=document, end=end))
    write("a.txt", wrong_total())
    cause = "ZeroDivisionError" if "1 //" in end else "KeyError: '数'"
    for language, words in (
        ("zh", f"错误：输出格式 tally（qh.py）出错：{cause}"),
        ("en", f"Error: the output format tally (qh.py) failed: {cause}"),
    ):
        ended = run("check", "a.txt", "--format", "tally", "--lang", language)
        assert (ended.code, ended.out) == (2, "")
        assert ended.err.startswith(words)
        assert ended.err.count("\n") == 1


def test_a_format_of_a_plugin_is_one_of_those_there_are(run: Run) -> None:
    plugin(REPORTER.format(document=COUNTS, end=TELLS))
    ended = run("check", "x", "--format", "taly")
    assert ended.code == 2
    assert (
        "可用：full, concise, grouped, json, jsonl, sarif, github, gitlab, junit, rdjson, checkstyle, csv, score, xlsx, html, docx, markdown, tally"
        in ended.err
    )


# -- rules ---------------------------------------------------------------------------------------------------

ENDLESS = """\
@rule("QH001", "never-ends", summary=SAYS, basis=BASIS, forms=())
def endless(report, context):
    \"\"\"没完没了。\"\"\"
    {body}


@hookimpl
def nianbao_add_rules():
    return [endless]
"""


# What a rule does wrong, with the line that is to be named marked.
CULPRITS = {
    "an error in the rule": "yield 1 // 0  # here",
    "an error in a function of its file": "yield helped()",
    "an error in a library": "import json\n    yield json.loads('{')  # here",
    "an error in another file, called by a function of its own": "yield helped(lambda: int('甲'))",
    "a wrong result": "pass\n    yield 'x'  # here",
    "too many findings": "while True:\n        yield Finding(report.anchor, SAYS, SAYS)  # here",
    "no end": "while True: pass  # here",
    "no end between two findings": "import time\n    while True:\n        time.sleep(1)  # here",
    "no generator, and an error at once": "return 1 // 0  # here",
    "no generator": "return None",
}
HELPED = """

def helped(then=lambda: 1 // 0):
    return then()
"""


@pytest.mark.parametrize("name", CULPRITS)
def test_a_rule_that_misbehaves_is_told_with_its_file_and_line(
    name: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last line of its own file that it had come to; that of its head if it had not begun."""
    monkeypatch.setattr(engine, "LONGEST", 0.5)
    plugin(ENDLESS.format(body=CULPRITS[name]) + HELPED)
    write("a.txt", wrong_total())
    lines = Path("qh.py").read_text(encoding="utf-8").split("\n")
    (message,) = (
        record["message"]
        for record in run("check", "a.txt", "--select", "QH", "--format", "json").json()["findings"]
        if record["code"] == "DOC900"
    )
    place = re.search(r"，qh\.py:(\d+)）", message)
    assert place is not None, message
    line = lines[int(place[1]) - 1]
    expected = {
        "an error in a function of its file": "lambda: 1 // 0",
        "an error in another file, called by a function of its own": "yield helped(",
        "no generator": "@rule(",
    }
    assert expected.get(name, "# here") in line


def test_a_rule_in_yaml_that_misbehaves_is_told_with_its_line(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "MOST", 1)
    write("nianbao.yaml", "rules: qh.rules.yaml\n")
    write("qh.rules.yaml", "# 青禾县\n" + RULES_OF_QH)
    write("a.txt", compliant("2021", "county", 3).render() + "\n大力推进，大力推进，大力推进。\n")
    (message,) = (
        record["message"]
        for record in run("check", "a.txt", "--select", "QH", "--format", "json").json()["findings"]
        if record["code"] == "DOC900"
    )
    assert "，qh.rules.yaml:3）" in message


RULES_OF_QH = """\
rules:
- code: QH001
  name: push
  kind: forbid-phrase
  with: {phrase: 大力推进}
  basis: 青禾县要点
  cases: {pass: [甲], fail: [大力推进]}
"""


@pytest.mark.parametrize(
    ("body", "kept", "said"),
    [
        ("while True: yield Finding(report.anchor, SAYS, SAYS)", 2000, "超过 2000 个"),
        ("yield Finding(report.anchor, SAYS, SAYS)\n    while True: pass", 1, "超过 1.5 秒"),
        ("yield 'x'", 0, "TypeError"),
        ("yield 1 // 0", 0, "ZeroDivisionError"),
        ("raise SystemExit; yield", 0, "SystemExit"),
    ],
)
def test_a_rule_that_misbehaves_costs_doc900_and_its_own_outcome(
    run: Run, monkeypatch: pytest.MonkeyPatch, body: str, kept: int, said: str
) -> None:
    """The rules of the nation have their say on the same report, and the run ends with 2."""
    monkeypatch.setattr(engine, "LONGEST", 1.5)
    plugin(ENDLESS.format(body=body))
    write("a.txt", wrong_total())
    ended = run("check", "a.txt", "--select", "QH001,SUM", "--format", "json")
    whole = ended.json()
    assert ended.code == whole["summary"]["exit_code"] == 2
    codes = [record["code"] for record in whole["findings"]]
    assert (codes.count("DOC900"), codes.count("SUM004"), codes.count("QH001")) == (1, 1, kept)
    (crash,) = (record for record in whole["findings"] if record["code"] == "DOC900")
    assert said in crash["message"]
    assert "QH001" in crash["message"]
    ends = {outcome["code"]: outcome["outcome"] for outcome in whole["outcomes"]}
    assert ends.pop("QH001") == "crashed"
    assert ends.pop("SUM004") == "failed"
    assert set(ends.values()) == {"passed"}
    why = run("why", "QH001", "a.txt")
    assert why.code == 0
    assert "结论：规则出错" in why.out


# -- commands that only show ------------------------------------------------------------------------------

SHOWING = {
    "show": ("show", "a.txt"),
    "why": ("why", "SUM004", "a.txt"),
    "explain": ("explain", "SUM004"),
    "rules": ("rules",),
    "config show": ("config", "show", "a.txt"),
    "extract": ("extract", "a.txt"),
}
JUDGING = {
    "check": ("check", "a.txt"),
    "annotate": ("annotate", "a.txt", "-o", "b.txt"),
    "baseline": ("baseline", "create", "a.txt"),
    "waive": ("waive", "SUM004", "a.txt", "--reason", "见附件"),
}
# What is written, and the cause that the warning names.
BROKEN = {
    "a file of rules": (
        "qh.rules.yaml",
        RULES_OF_QH.replace("kind:", "knd:"),
        "qh.rules.yaml:4:3: 没有“knd”",
    ),
    "one with several faults": (
        "qh.rules.yaml",
        RULES_OF_QH.replace("kind:", "knd:").replace("basis:", "bases:"),
        "；共 2 处错误",
    ),
    "a plugin": ("qh.py", HEAD + "1 // 0\n", "ZeroDivisionError"),
}


def broken(name: str) -> str:
    """Write what is *broken*, a sound file beside it and settings that name the rules of both."""
    file, text, cause = BROKEN[name]
    write(file, text)
    sound = RULES_OF_QH.replace("QH001", "QH002").replace("name: push", "name: pull")
    write("sound.rules.yaml", sound)
    rules = [each for each in (file, "sound.rules.yaml") if each.endswith(".yaml")]
    plugins = [file] if file.endswith(".py") else []
    write(
        "nianbao.yaml",
        f"rules: [{', '.join(rules)}]\n"
        + (f"plugins: [{', '.join(plugins)}]\n" if plugins else "")
        + "ignore: [QH001]\nextend-select: [QH]\nseverity: {QH001: info, QH002: info}\n",
    )
    write("a.txt", wrong_total())
    return cause


@pytest.mark.parametrize("name", BROKEN)
@pytest.mark.parametrize("shown", SHOWING)
def test_what_only_shows_goes_on_without_what_is_broken(shown: str, name: str, run: Run) -> None:
    """One line on standard error names it with its cause, and what is written is what is written without it."""
    cause = broken(name)
    ended = run(*SHOWING[shown])
    assert ended.code == 0
    assert ended.err.startswith("警告：不用有误的插件或规则文件 ")
    assert BROKEN[name][0] in ended.err
    assert cause in ended.err
    assert ended.err.count("\n") == 1

    write("nianbao.yaml", "rules: [sound.rules.yaml]\nextend-select: [QH]\nseverity: {QH002: info}\n")
    without = run(*SHOWING[shown])
    assert (without.code, without.err) == (0, "")
    if shown != "config show":  # which has the lines of the settings
        assert ended.out == without.out


@pytest.mark.parametrize("name", BROKEN)
@pytest.mark.parametrize("judging", JUDGING)
def test_what_judges_does_not(judging: str, name: str, run: Run) -> None:
    """A rule that is missing would be a pass without a word."""
    broken(name)
    before = sorted(Path().iterdir())
    ended = run(*JUDGING[judging])
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("错误：插件出错：")
    assert BROKEN[name][0] in ended.err
    assert sorted(Path().iterdir()) == before


def test_a_rule_of_a_broken_file_is_not_explained(run: Run) -> None:
    broken("a file of rules")
    ended = run("explain", "QH001")
    assert ended.code == 2
    assert "qh.rules.yaml:4:3" in ended.err
    assert "没有规则“QH001”" in ended.err


def test_a_fault_of_the_settings_is_an_error_as_ever(run: Run) -> None:
    write("a.txt", wrong_total())
    write("nianbao.yaml", "selct: [SUM]\n")
    for shown in SHOWING.values():
        assert run(*shown).code == 2
    write("nianbao.yaml", "ignore: [SMU]\n")
    for shown in SHOWING.values():
        assert run(*shown).code == 2
