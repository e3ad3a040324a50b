"""`nianbao new`: what it writes works at once, after one edit too, and it never changes a file that exists."""

import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from cli.running import Run, environment
from needs import library
from nianbao.plugins.declared.file import KINDS
from nianbao.run.settings_shape import SETTINGS_FILE
from nianbao.testing import Draft, compliant


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, which is the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def written(draft: Draft, name: str = "报告.txt") -> str:
    Path(name).write_text(draft.render(), encoding="utf-8")
    return name


def paragraph(words: str) -> Callable[[Draft], None]:
    return lambda draft: draft.section("overview").paragraphs.append(words)


def cell(address: str, text: str) -> Callable[[Draft], None]:
    return lambda draft: draft.set(address, text)


def nothing(draft: Draft) -> None:
    """Change nothing."""


def dated(day: str) -> Callable[[Draft], None]:
    def change(draft: Draft) -> None:
        draft.dateline = day

    return change


def called(title: str) -> Callable[[Draft], None]:
    return lambda draft: draft.rename("section/other", title)


# By kind: a change of a compliant report that keeps the rule, and one that breaks it.
CHANGES: dict[str, tuple[Callable[[Draft], None], Callable[[Draft], None]]] = {
    "require-section": (called("政务新媒体监管情况"), nothing),
    "require-phrase": (paragraph("年末有政务新媒体账号7个。"), nothing),
    "forbid-phrase": (paragraph("试行零差错率考核。"), paragraph("全年实现零投诉。")),
    "replace-phrase": (paragraph("在政务服务中心设专区。"), paragraph("在办事大厅设专区。")),
    "require-count": (paragraph("年末有政务新媒体7个。"), paragraph("年末政务新媒体平稳。")),
    "require-cell": (nothing, cell("applications/received/total", "/")),
    "cell-range": (cell("applications/carried_out/total", "200"), cell("applications/carried_out/total", "201")),
    "equal-sums": (nothing, cell("review/cases/review_total", "9")),
    "equal-count": (nothing, cell("applications/received/total", "75")),
    "limit-length": (nothing, lambda draft: draft.rename("title", f"{'望川县' * 8}2021年政府信息公开工作年度报告")),
    "deadline": (dated("（2022年1月31日）"), dated("（2022年2月1日）")),
}  # fmt: skip


# -- nianbao new rule --------------------------------------------------------------------------------------


def test_a_rule_in_an_empty_folder_needs_one_edit(here: Path, run: Run, process: Run) -> None:
    """The promise of ten minutes: new, one word put in place of another, test, and it fires on a report."""
    begun = run("new", "rule")
    file = here / "county.rules.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("政务新媒体账号", "公开专区"), encoding="utf-8")
    tested = run("test")
    draft = compliant("2021", "county", 0)
    silent = process("check", "-f", "concise", written(draft), "--select", "XX")
    paragraph("县档案馆设公开专区一处。")(draft)
    kept = process("check", "-f", "concise", written(draft), "--select", "XX")

    assert (begun.code, sorted(path.name for path in here.iterdir())[:2]) == (
        0,
        ["county.rules.yaml", "nianbao.yaml"],
    )
    assert tested.code == 0
    assert "2 个用例：通过 2，未通过 0" in tested.out
    assert "XX001 “总体情况”部分没有写明“公开专区”" in silent.out
    assert "XX001" not in kept.out


def test_an_edit_that_does_not_fit_the_cases_is_told(here: Path, run: Run) -> None:
    """The cases are there to be contradicted: a phrase changed in the rule alone fails the one that passes."""
    run("new", "rule")
    file = here / "county.rules.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("phrase: 政务新媒体账号", "phrase: 公开专区"), encoding="utf-8")

    assert run("test").code == 1


def test_there_is_a_rule_of_every_kind() -> None:
    """And the test below knows a change for each."""
    assert set(CHANGES) == set(KINDS)


@pytest.mark.parametrize("kind", CHANGES)
def test_a_rule_of_each_kind_passes_its_cases_and_fires_on_a_report(
    kind: str, run: Run, process: Run
) -> None:
    """On a compliant report with one change that breaks it, and not with one that keeps it."""
    assert run("new", "rule", "--kind", kind, "--code", "QH007").code == 0
    tested = run("test", "county.rules.yaml")
    reports = []
    for name, change in zip(("守.txt", "违.txt"), CHANGES[kind], strict=True):
        draft = compliant("2021", "county", 0)
        change(draft)
        reports.append(written(draft, name))
    ended = process("check", "-f", "concise", "--select", "QH007", *reports)
    found = [line.split(":")[0] for line in ended.out.splitlines() if " QH007 " in line]

    assert (tested.code, re.search(r"未通过 [^0]", tested.out)) == (0, None)
    assert found == ["违.txt"]


def test_a_rule_in_python_passes_its_cases_and_fires_on_a_report(here: Path, run: Run, process: Run) -> None:
    """Of 74 received 37 is half; 38 is more. Every message is one that a case has produced."""
    assert run("new", "rule", "乡镇", "--python", "--code", "QH001").code == 0
    tested = run("test", "--coverage")
    for name, carried_out in (("守.txt", "37"), ("违.txt", "38")):
        draft = compliant("2021", "county", 0)
        draft.set("applications/received/total", "74")
        draft.set("applications/carried_out/total", carried_out)
        written(draft, name)
    ended = process("check", "-f", "concise", "--select", "QH", "守.txt", "违.txt")

    assert {"乡镇.py", "乡镇.cases.yaml", "nianbao.yaml"} <= {path.name for path in here.iterdir()}
    assert tested.code == 0
    assert "4 个用例：通过 4，未通过 0" in tested.out
    assert "每条提示都有用例说到" in tested.out
    assert [line.split(":")[0] for line in ended.out.splitlines() if " QH001 " in line] == ["违.txt"]
    assert "结转下年 38 件，多于新收 74 件的一半" in ended.out


def test_a_file_that_exists_is_left_alone(here: Path, run: Run) -> None:
    """The rules that someone has written are worth more than a template."""
    (here / "county.rules.yaml").write_text("rules: []\n", encoding="utf-8")
    ended = run("new", "rule")

    assert (ended.code, ended.out) == (2, "")
    assert "county.rules.yaml 已经有了，没有改动" in ended.err
    assert (here / "county.rules.yaml").read_text(encoding="utf-8") == "rules: []\n"
    assert not (here / "nianbao.yaml").exists()


def test_of_several_files_all_are_written_or_none(here: Path, run: Run) -> None:
    """A plugin file without its cases would be half a rule."""
    (here / "county.cases.yaml").write_text("[]\n", encoding="utf-8")

    assert run("new", "rule", "--python").code == 2
    assert [path.name for path in here.iterdir()] == ["county.cases.yaml"]


# Settings that are there already, and the line that is to be added to them.
LISTINGS = {
    "nothing of rules": ("nianbao.yaml", "select: [SUM]\n", "在 nianbao.yaml 里加上一行：\n  rules: [b.rules.yaml]"),
    "another file": (
        "nianbao.yaml",
        "rules: [a.rules.yaml]\n",
        "把 nianbao.yaml 的 rules 改为：\n  rules: [a.rules.yaml, b.rules.yaml]",
    ),
    "a pattern that covers it": ("nianbao.yaml", "rules: ['*.rules.yaml']\n", ""),
    "a file that is not there yet": ("nianbao.yaml", "rules: [b.rules.yaml]\n", ""),
    "a pyproject.toml": (
        "pyproject.toml",
        '[tool.nianbao]\nrules = ["a.rules.yaml"]\n',
        '把 pyproject.toml 的 rules 改为：\n  rules = ["a.rules.yaml", "b.rules.yaml"]',
    ),
    "settings that are no mapping": ("nianbao.yaml", "- a\n", "在 nianbao.yaml 里加上一行：\n  rules: [b.rules.yaml]"),
    "rules of nothing": ("nianbao.yaml", "rules:\n", "在 nianbao.yaml 里加上一行：\n  rules: [b.rules.yaml]"),
    "settings that are faulty": ("nianbao.yaml", "rule: x\n", "在 nianbao.yaml 里加上一行：\n  rules: [b.rules.yaml]"),
}  # fmt: skip


@pytest.mark.parametrize("name", LISTINGS)
def test_settings_that_exist_are_not_rewritten(name: str, here: Path, run: Run) -> None:
    """Nothing is said where they cover the new file; else the line that is missing is given in full."""
    file, text, said = LISTINGS[name]
    run("new", "rule", "a", "--code", "QH001")
    (here / "nianbao.yaml").unlink()
    (here / file).write_text(text, encoding="utf-8")
    ended = run("new", "rule", "b", "--code", "QH002")

    assert ended.code == 0
    assert (here / file).read_text(encoding="utf-8") == text
    assert ended.out.startswith(f"写好了 b.rules.yaml\n{said}{'' if not said else chr(10)}接下来：\n")
    assert [path.name for path in here.iterdir() if path.name in ("nianbao.yaml", "pyproject.toml")] == [file]


def test_settings_above_are_not_hidden_by_new_ones(
    here: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A nianbao.yaml in the folder below would take the place of the one above; the path is from that one."""
    (here / "nianbao.yaml").write_text("select: [SUM]\n", encoding="utf-8")
    (here / "乡镇").mkdir()
    monkeypatch.chdir(here / "乡镇")
    ended = run("new", "rule")

    assert "rules: [乡镇/county.rules.yaml]" in ended.out
    assert [path.name for path in (here / "乡镇").iterdir()] == ["county.rules.yaml"]


def test_every_new_file_has_a_code_of_its_own(here: Path, run: Run) -> None:
    """Two files with XX001 could not be used side by side."""
    for name in ("a", "b", "c"):
        run("new", "rule", name, *(["--python"] if name == "b" else []))
    codes = [re.search(r"XX\d{3}", (here / f).read_text("utf-8")) for f in ("a.rules.yaml", "b.py", "c.rules.yaml")]  # fmt: skip

    assert [code and code[0] for code in codes] == ["XX001", "XX002", "XX003"]


MISUSES = {
    "a path for a name": (("rule", "../a"), "“../a”不能作文件名"),
    "a hidden file": (("rule", ".a"), "不能作文件名"),
    "no name at all": (("rule", ""), "“”不能作文件名"),
    "a code in small letters": (("rule", "--code", "qh001"), "“qh001”不是规则代号"),
    "a code of four figures": (("rule", "--code", "QH0001"), "不是规则代号"),
    "a code with figures of another script": (("rule", "--code", "QH００１"), "不是规则代号"),
    "a prefix of the national rules": (("rule", "--code", "SUM099"), "前缀 SUM 已归 national"),
    "an unknown kind": (("rule", "--kind", "forbid"), "“forbid”不行，可用：require-section、"),
    "a kind in Python": (("rule", "--python", "--kind", "deadline"), "不能与 --python 同用"),
    "a plugin in Chinese": (("plugin", "青禾"), "“青禾”不能作插件名"),
    "a plugin that is installed": (("plugin", "national"), "已有插件 national"),
    "a long prefix": (("plugin", "qinghe", "--prefix", "QINGH"), "“QINGH”不是前缀"),
    "a prefix that is taken": (("plugin", "qinghe", "--prefix", "PER"), "前缀 PER 已归 national"),
    "settings for a profile": (("profile", "nianbao"), "nianbao.yaml 是配置文件的名字"),
    "a profile without a name": (("profile",), "缺少名称"),
    "something else": (("rules",), "没有命令 rules，是不是 rule？"),
}


@pytest.mark.parametrize("name", MISUSES)
def test_what_cannot_be_is_refused(name: str, here: Path, run: Run) -> None:
    """Before anything is written, with exit code 2 and the reason."""
    arguments, said = MISUSES[name]
    ended = run("new", *arguments)

    assert ended.code == 2
    assert said in ended.err
    assert list(here.iterdir()) == []


def test_a_code_that_is_in_use_is_refused(run: Run) -> None:
    """The file that has it is reported."""
    run("new", "rule", "a", "--code", "QH001")
    ended = run("new", "rule", "b", "--code", "QH001")

    assert ended.code == 2
    assert "代号 QH001 已在" in ended.err
    assert "a.rules.yaml" in ended.err


def test_what_is_written_is_utf_8_with_line_feeds(here: Path, run: Run) -> None:
    """On every system, so that a folder may be shared."""
    for arguments in (("rule",), ("rule", "b", "--python"), ("plugin", "qinghe"), ("profile", "base")):
        assert run("new", *arguments).code == 0
    files = [path for path in here.rglob("*") if path.is_file()]

    assert len(files) == 2 + 2 + 5 + 1
    for path in files:
        data = path.read_bytes()
        assert b"\r" not in data
        assert data.endswith(b"\n")
        assert not data.endswith(b"\n\n")
        assert "$" not in data.decode().replace("$schema=", "")


def test_it_speaks_english_where_asked(run: Run) -> None:
    """The steps; the files explain themselves in Chinese, the language of the reports."""
    assert (
        "written: county.rules.yaml\nwritten: nianbao.yaml\nnext:\n" in run("new", "rule", "--lang", "en").out
    )


# -- nianbao new rule --national ---------------------------------------------------------------------------

ROOT = Path(__file__).parents[2]


@pytest.fixture
def checkout(here: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What a national rule is made of, copied, so that a new one is not written into the real checkout."""
    unwanted = shutil.ignore_patterns("__pycache__")
    for name in (Path("rules", "nianbao_rules"), Path("tests", "rules")):
        shutil.copytree(ROOT / name, here / name, ignore=unwanted)
    for file in ("pyproject.toml", "tests/conftest.py"):
        shutil.copy(ROOT / file, here / file)
    monkeypatch.setenv("PYTHONPATH", f"{here / 'rules'}{os.pathsep}{ROOT / 'tests'}")
    return here


def test_a_national_rule_passes_its_cases_and_what_every_rule_is_held_to(
    checkout: Path, process: Run
) -> None:
    """Written into its family, explained, and as ruff would have it."""
    library("ruff")
    begun = process("new", "rule", "--national", "--code", "SUM099", "satisfied-by-whom")
    written = [
        Path("rules/nianbao_rules/sums/satisfied_by_whom.py"),
        Path("tests/rules/sums/satisfied_by_whom.yaml"),
    ]
    explained = process("explain", "SUM099")
    for tool in ("check", "format --check"):
        python(checkout, "-m", "ruff", *tool.split(), "--no-cache", str(written[0]))
    chosen = "SUM099 or (lead and SUM)"
    ran = python(
        checkout, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/rules/test_rules.py", "-k", chosen
    )

    assert begun.code == 0
    assert begun.out.startswith("".join(f"写好了 {path}\n" for path in written))
    assert f"写在：{written[0]}:" in explained.out
    assert f"用例：{written[1]}\n" in explained.out
    assert re.search(r"\b8 passed", ran), ran  # four cases, two of them varied, their kinds, its files


NATIONAL = {
    "a code that is taken": (("--code", "SUM001", "x-y"), "代号 SUM001 已在 national"),
    "a name that is taken": (("--code", "SUM099", "table-label"), "已有规则叫 table-label（SUM007）"),
    "a prefix of no family": (("--code", "QH001", "x-y"), "没有前缀是 QH 的一类规则，有的是 AGG, ART, DOC, "),
    "a code that is none": (("--code", "sum99", "x-y"), "“sum99”不是规则代号"),
    "a name that is no file": (("--code", "SUM099", "X_y"), "“X_y”不能作规则的名称"),
    "a word of Python": (("--code", "SUM099", "import"), "“import”不能作规则的名称"),
    "the name of what is shared": (("--code", "SUM099", "shared"), "“shared”不能作规则的名称"),
    "no code": (("x-y",), "要写规则的名称和代号"),
    "no name": (("--code", "SUM099"), "要写规则的名称和代号"),
    "a kind": (("--kind", "deadline", "--code", "SUM099", "x-y"), "不能与 --national 同用"),
}


def test_what_cannot_be_a_national_rule_is_refused(checkout: Path, process: Run) -> None:
    """With exit code 2 and the reason, and nothing is written."""
    before = sorted(checkout.rglob("*.yaml"))
    for arguments, said in NATIONAL.values():
        ended = process("new", "rule", "--national", *arguments)

        assert ended.code == 2
        assert said in ended.err
    assert sorted(checkout.rglob("*.yaml")) == before


def test_a_national_rule_is_refused_outside_a_checkout(here: Path, run: Run) -> None:
    """Whatever nianbao is installed from, its rules are not changed from another folder."""
    ended = run("new", "rule", "--national", "--code", "SUM099", "x-y")

    assert ended.code == 2
    assert "这里不是 nianbao 的源码" in ended.err
    assert list(here.iterdir()) == []


# -- nianbao new plugin ------------------------------------------------------------------------------------


def test_a_plugin_passes_its_own_tests_and_builds(here: Path, run: Run) -> None:
    """`nianbao test`, pytest and the wheel, before anything is installed."""
    pytest.importorskip(
        "hatchling", reason="the build backend is not installed, so nothing can be built here"
    )
    begun = run("new", "plugin", "bai-yun")
    tested = run("test", "bai-yun")
    project = here / "bai-yun"
    ran = python(project, "-m", "pytest", "-q", "-p", "no:cacheprovider")
    python(project, "-c", "from hatchling import build; build.build_wheel('..')")
    with zipfile.ZipFile(here / "nianbao_bai_yun-0.1.0-py3-none-any.whl") as archive:
        names = set(archive.namelist())
        points = archive.read("nianbao_bai_yun-0.1.0.dist-info/entry_points.txt").decode()

    assert begun.code == 0
    assert "2 个用例：通过 2，未通过 0" in tested.out
    assert re.search(r"\b[3-9] passed", ran), ran
    assert "failed" not in ran
    assert {"nianbao_bai_yun/__init__.py", "nianbao_bai_yun/bai-yun.rules.yaml"} <= names
    assert points.strip() == "[nianbao]\nbai-yun = nianbao_bai_yun"


def test_a_plugin_loads_with_the_prefix_that_its_name_gives(here: Path, run: Run, process: Run) -> None:
    """As the loader finds it where it is installed: the rules of both sorts, and nothing is wrong with it."""
    assert run("new", "plugin", "bai-yun").code == 0
    project = here / "bai-yun"
    (project / "nianbao_bai_yun-0.1.0.dist-info").mkdir()
    points = "[nianbao]\nbai-yun = nianbao_bai_yun\n"
    (project / "nianbao_bai_yun-0.1.0.dist-info" / "entry_points.txt").write_text(points, encoding="utf-8")
    ended = process("plugins", env={"PYTHONPATH": str(project)})

    assert ended.code == 0
    assert "代号前缀 BA\n" in ended.out
    assert "规则 2 条：BA001、BA101" in ended.out


def test_a_prefix_longer_than_two_letters_is_found_where_the_first_two_are_taken(
    here: Path, run: Run
) -> None:
    """Beside a file with QH… rules that the settings list, a plugin qhai has QHA."""
    run("new", "rule", "--code", "QH001")
    assert run("new", "plugin", "qhai").code == 0

    assert 'prefixes=("QHA",)' in (here / "qhai" / "nianbao_qhai" / "__init__.py").read_text(encoding="utf-8")


def test_a_folder_that_exists_is_left_alone(here: Path, run: Run) -> None:
    """Even an empty one: it is someone's."""
    (here / "qinghe").mkdir()
    ended = run("new", "plugin", "qinghe")

    assert ended.code == 2
    assert "qinghe 已经有了" in ended.err
    assert list((here / "qinghe").iterdir()) == []


def python(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


# -- nianbao new profile -----------------------------------------------------------------------------------

OF_REPORTS = ("overrides", "previous", "members", "roster")  # what settings say of the reports beside them


def test_a_profile_is_accepted_as_it_is_and_with_every_line_in_use(
    here: Path, run: Run, process: Run
) -> None:
    """Each example is one that `nianbao config check` accepts, and settings can build upon the whole."""
    assert run("new", "profile", "base").code == 0
    file = here / "base.yaml"
    plain = process("config", "check", "base.yaml")
    text = file.read_text(encoding="utf-8")
    used, count = re.subn(r"(?m)^# (?!yaml-)(?=[a-z-]+: \S)", "", text)
    file.write_text(used, encoding="utf-8")
    run("new", "rule", "county", "--code", "QH001")
    (here / "nianbao.yaml").unlink()
    run("new", "rule", "county", "--python", "--code", "QH002")
    (here / "nianbao.yaml").write_text("extends: [./base.yaml]\n", encoding="utf-8")
    whole = process("config", "check")
    shown = process("config", "show", "报告.txt")

    assert plain.code == 0, plain.err
    # extends is in use from the start; overrides and what reports are compared with are none of its
    assert count == len(SETTINGS_FILE.keys) - 1 - len(OF_REPORTS)
    assert whole.code == 0, whole.err
    assert "插件文件 1 个，规则文件 1 个" in whole.out
    assert re.search(r"region +青禾县 +base\.yaml:\d+\n", shown.out)


def test_a_profile_says_what_every_key_means(here: Path, run: Run) -> None:
    """In the words of the schema, so that there is one place to look them up."""
    run("new", "profile", "base")
    text = (here / "base.yaml").read_text(encoding="utf-8")

    for key in SETTINGS_FILE.keys:
        assert (f"# {key.about.zh}\n" in text) == (key.name not in OF_REPORTS), key.name
