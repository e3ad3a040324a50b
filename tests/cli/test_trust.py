"""What settings in a folder may do before the user has trusted them: run nothing, and reach nothing elsewhere."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import nianbao
import pytest
from cli.running import Ended, Run, wrong_total
from nianbao.cli.command import Command, Group
from nianbao.cli.program import program
from nianbao.plugins.loading import load
from nianbao.run.linter import linter

# A plugin file that leaves a mark when it is run, and has a rule that finds something in every report.
PYTHON = """\
from pathlib import Path
from nianbao.api import Basis, Finding, Plugin, Severity, Span, Strength, Text, hookimpl, rule
(Path(__file__).parent / "ran").touch()
nianbao_plugin = Plugin(prefixes=("QH",))
@rule("QH001", "always", summary=Text("总报", "always"), basis=Basis("甲", "", Strength.HEURISTIC))
def always(report, context):
    "说明。"
    yield Finding(Span(0, 1), Text("有", "is"), Text("看", "look"))
@hookimpl
def nianbao_add_rules():
    return [always]
"""
CASES = """\
- rule: QH001
  name: always
  kind: fail
  text: «一»、总体情况
"""
RULES = """\
rules:
  - code: QH002
    name: says-so
    kind: require-phrase
    with: {phrase: 政府信息公开}
    basis: 本县要点
    severity: info
    cases: {pass: [政府信息公开], fail: [政务公开]}
"""

# Each command as it is called in a folder with a report; a new one is added here, or the first test fails.
COMMANDS: dict[tuple[str, ...], tuple[str, ...]] = {
    ("check",): ("报告.txt",),
    ("annotate",): ("报告.txt", "-o", "副本.html"),
    ("explain",): ("SUM001",),
    ("rules",): (),
    ("roster",): (".",),
    ("show",): ("报告.txt",),
    ("why",): ("SUM004", "报告.txt"),
    ("waive",): ("SUM004", "报告.txt", "--reason", "已核对"),
    ("baseline", "create"): ("报告.txt",),
    ("baseline", "update"): ("报告.txt",),
    ("baseline", "show"): ("报告.txt",),
    ("new", "report"): ("--year", "2025", "--organ", "青禾县教育局", "-o", "新.md"),
    ("new", "rule"): ("--python", "another"),
    ("new", "plugin"): ("qinghe",),
    ("new", "profile"): ("common",),
    ("test",): (),
    ("trust",): (),
    ("config", "show"): ("报告.txt",),
    ("config", "check"): (),
    ("plugins",): (),
    ("lsp",): (),
    ("extract",): ("报告.txt",),
    ("total",): ("报告.txt", "-o", "汇总.md"),
    ("compare",): ("报告.txt", "报告.txt"),
    ("schema",): (),
    ("cache",): (),
}
# Those that say nothing about a report and so need no rule of it.
WITHOUT_RULES = {
    ("config", "check"), ("lsp",), ("new", "plugin"), ("new", "profile"), ("new", "rule"), ("schema",), ("trust",),
    ("cache",),
}  # fmt: skip
LOOKING = [
    name for name in COMMANDS if name not in {("schema",), ("trust",), ("cache",)} and name[0] != "new"
]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user who has trusted nothing, in a folder of a stranger."""
    monkeypatch.delenv("NIANBAO_TRUST")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    folder = tmp_path / "陌生 文件夹"
    folder.mkdir()
    monkeypatch.chdir(folder)
    write("报告.txt", wrong_total())
    write("county.py", PYTHON)
    write("county.cases.yaml", CASES)
    write("nianbao.yaml", "plugins: county.py\n")
    return folder


def write(path: str, text: str) -> Path:
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    Path(path).write_bytes(text.encode())
    return Path(path)


def ran() -> bool:
    """Return whether the plugin file has been run since this was last asked."""
    mark = Path("ran")
    there = mark.exists()
    mark.unlink(missing_ok=True)
    return there


def call(run: Run, name: tuple[str, ...], *more: str) -> Ended:
    if name in {("baseline", "update"), ("baseline", "show")}:
        write("nianbao.baseline.jsonl", "")
    return run(*name, *COMMANDS[name], *more)


def leaves(command: Command | Group, name: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Command]]:
    if isinstance(command, Group):
        for word in command.table:
            yield from leaves(command.make(word), (*name, word))
    else:
        yield name, command


def test_no_command_is_left_out() -> None:
    assert {name for name, _ in leaves(program("zh"))} == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS, ids=" ".join)
def test_no_command_runs_python_that_is_not_trusted(run: Run, process: Run, name: tuple[str, ...]) -> None:
    ended = call(process if name == ("lsp",) else run, name)
    assert not ran()
    if name not in WITHOUT_RULES:
        assert ended.code == 2
        assert ended.err.count("\n") <= 2
        assert "county.py" in ended.err
        assert "nianbao t" in ended.err  # trust, or test with the name of the file


@pytest.mark.parametrize("name", LOOKING, ids=" ".join)
def test_without_settings_every_command_that_looks_for_them_does_its_work(
    run: Run, process: Run, name: tuple[str, ...]
) -> None:
    ended = call(process if name == ("lsp",) else run, name, "--no-config")
    assert not ran()
    assert "nianbao trust" not in ended.err
    if name not in {("config", "check"), ("test",)}:  # these have nothing to do then
        assert ended.code in (0, 1), ended.err


@pytest.mark.parametrize("way", ["--trust", "NIANBAO_TRUST"])
@pytest.mark.parametrize("name", [one for one in LOOKING if one not in WITHOUT_RULES], ids=" ".join)
def test_for_one_run_all_is_let_in(run: Run, name: tuple[str, ...], way: str) -> None:
    """And so the tests above could fail."""
    option = (way,) if way == "--trust" else ()
    env = {"NIANBAO_TRUST": "1"} if not option else {}
    ended = call(lambda *arguments: run(*arguments, env=env), name, *option)
    assert ended.code in (0, 1), ended.err
    assert ran()
    assert not ran()
    assert call(run, name).code == 2  # nothing is kept


@pytest.mark.parametrize("value", ["", "0", "no"])
def test_the_variable_says_yes_with_a_one_only(run: Run, value: str) -> None:
    assert run("check", "报告.txt", env={"NIANBAO_TRUST": value}).code == 2
    assert not ran()


def test_the_message_names_settings_file_and_command(run: Run, here: Path) -> None:
    """The command is typed as it stands, blanks in the name of the folder included."""
    os.chdir(here.parent)
    path = os.path.join(here.name, "nianbao.yaml")
    told = run("check", os.path.join(here.name, "报告.txt"))
    assert told.code == 2
    assert told.out == ""
    assert path in told.err
    assert os.path.join(here.name, "county.py") in told.err
    assert "nianbao trust '陌生 文件夹'" in told.err
    assert run("trust", here.name).code == 0
    assert run("check", os.path.join(here.name, "报告.txt")).code == 1


# -- trusting ------------------------------------------------------------------------------------------------


def asks(run: Run) -> bool:
    """Return whether a check asks for trust instead of running the plugin file."""
    ended = run("check", "报告.txt", "-f", "concise")
    assert ran() is (ended.code != 2)
    assert ("QH001" in ended.out) is (ended.code != 2)
    return ended.code == 2


def test_trust_says_what_it_lets_in_and_holds(run: Run) -> None:
    write("common.yaml", "ignore: TYP002\n")
    write("nianbao.yaml", "plugins: county.py\nextends: ./common.yaml\n")
    assert asks(run)
    ended = run("trust", ".")
    assert (ended.code, ended.err) == (0, "")
    lines = ended.out.split("\n")
    assert [line.strip().partition("（")[0] for line in lines[1:4]] == [
        "common.yaml",
        "nianbao.yaml",
        "county.py",
    ]
    assert not ran()
    assert not asks(run)
    assert not asks(run)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("county.py", PYTHON + "#\n"),
        ("nianbao.yaml", "plugins: [county.py, more/*.py]\nextends: ./common.yaml\n"),
        ("common.yaml", "ignore: TYP003\n"),
        ("more/second.py", PYTHON.replace("QH", "QS")),
    ],
)
def test_what_has_changed_is_asked_for_again(run: Run, path: str, text: str) -> None:
    write("common.yaml", "ignore: TYP002\n")
    write("more/first.py", PYTHON.replace("QH", "QF"))
    write("nianbao.yaml", "plugins: [county.py, 'more/*.py']\nextends: ./common.yaml\n")
    run("trust")
    assert not asks(run)
    write(path, text)
    ended = run("check", "报告.txt")
    assert ended.code == 2
    assert "改过" in ended.err
    assert not ran()
    run("trust")
    assert not asks(run)


def test_another_python_file_under_the_name_of_a_trusted_one_is_not_run(run: Run, tmp_path: Path) -> None:
    """The same bytes elsewhere are another file: what it opens beside itself may be anything."""
    run("trust")
    twin = write(str(tmp_path / "elsewhere" / "county.py"), PYTHON)
    os.unlink("county.py")
    os.symlink(twin, "county.py")
    assert run("check", "报告.txt").code == 2
    assert not (tmp_path / "elsewhere" / "ran").exists()


def test_settings_that_are_reached_by_a_link_are_not_those_that_are_trusted(
    run: Run, here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("trust")
    there = tmp_path / "other"
    there.mkdir()
    monkeypatch.chdir(there)
    write("报告.txt", wrong_total())
    write("county.py", PYTHON)
    os.symlink(here / "nianbao.yaml", "nianbao.yaml")
    assert run("check", "报告.txt").code == 2
    assert not ran()


def test_rules_in_yaml_need_no_trust_and_end_none(run: Run) -> None:
    write("county.rules.yaml", RULES)
    write("nianbao.yaml", "rules: county.rules.yaml\n")
    assert run("check", "报告.txt", "--select", "QH002").code == 0
    assert "不必信任" in run("trust").out
    write("nianbao.yaml", "rules: county.rules.yaml\nplugins: county.py\n")
    run("trust")
    write("county.rules.yaml", RULES.replace("政府信息公开", "政务公开"))
    assert not asks(run)


def test_trust_is_listed_and_ended(run: Run, here: Path) -> None:
    assert run("trust", "--list").out == "没有信任过任何配置\n"
    assert run("trust", "--remove").code == 2
    run("trust")
    assert run("trust", "--list").out == f"{here / 'nianbao.yaml'}\n"
    write("county.py", PYTHON + "#\n")
    assert run("trust", "--list").out == f"{here / 'nianbao.yaml'}（有改动，要重新信任）\n"
    write("county.py", PYTHON)
    assert not asks(run)
    assert run("trust", "--remove", str(here)).out == f"不再信任 {here / 'nianbao.yaml'}\n"
    assert asks(run)
    assert run("trust", "--list").out == "没有信任过任何配置\n"


def test_one_without_settings_cannot_be_trusted(run: Run) -> None:
    os.unlink("nianbao.yaml")
    ended = run("trust")
    assert (ended.code, ended.out) == (2, "")
    assert run("trust", "nianbao.yaml").code == 2


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_nobody_else_reads_or_writes_what_is_trusted(run: Run, tmp_path: Path) -> None:
    run("trust")
    folder = tmp_path / "state" / "nianbao" / "trusted"
    (record,) = folder.iterdir()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(record.stat().st_mode) == 0o600
    assert not asks(run)
    record.chmod(0o666)  # somebody else may have written it
    assert asks(run)
    record.chmod(0o600)
    give_away(record, pytest.MonkeyPatch())
    assert run("check", "报告.txt").code == 2


def test_a_user_without_a_folder_trusts_nothing(run: Run) -> None:
    """A path that is not absolute would be below the folder of a stranger."""
    env = {"XDG_STATE_HOME": "state", "HOME": "home"}
    ended = run("trust", env=env)
    assert ended.code == 2
    assert "XDG_STATE_HOME" in ended.err
    assert run("check", "报告.txt", env=env).code == 2
    assert not Path("home").exists()


def test_a_python_file_that_is_named_to_be_tested_is_run(run: Run) -> None:
    assert run("test", "county.cases.yaml").code == 2
    assert not ran()
    assert run("test", "county.py").code in (0, 1)
    assert ran()
    run("trust")
    assert run("test").code in (0, 1)
    assert ran()


def test_the_check_of_settings_runs_nothing_and_says_so(run: Run) -> None:
    """A word that only the plugin file could explain is no fault, whether or not it is trusted; others are."""
    write("rules/forms.rules.yaml", RULES.replace("kind:", "form: [qinghe]\n    kind:"))
    write(
        "nianbao.yaml", "plugins: county.py\nrules: rules/*.yaml\nignore: [QH001]\nextends: county-profile\n"
    )
    ended = run("config", "check")
    assert ended.code == 0, ended.err
    assert "没有运行 Python 文件 county.py" in ended.out
    assert "没有核对，可能是其中的规则或者方案：county-profile、QH001" in ended.out
    assert "nianbao trust ." in ended.out
    run("trust")
    assert "nianbao trust" not in run("config", "check").out
    assert not ran()
    write("nianbao.yaml", "plugins: county.py\nignore: [QH001]\noptions: {SUM004: {limit: 1}}\n")
    assert "SUM004 没有选项" in run("config", "check").err
    write("county.py", "def (\n")
    assert "SyntaxError" in run("config", "check").err


# -- reach ---------------------------------------------------------------------------------------------------

SECRET = "口令-7731"


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file elsewhere, with words that no output may have."""
    write(str(tmp_path / "elsewhere/a.rules.yaml"), f"rules: &{SECRET}\n{SECRET}: *{SECRET}\n")
    write(str(tmp_path / "elsewhere/a.py"), f"raise RuntimeError('{SECRET}')\n")
    return write(str(tmp_path / "elsewhere/a.yaml"), f"{SECRET}: 1\n")


@pytest.mark.parametrize("command", [("check", "报告.txt"), ("config", "check")])
@pytest.mark.parametrize(
    "settings",
    [
        "extends: ../elsewhere/a.yaml",
        "extends: {elsewhere}/a.yaml",
        "extends: ./sub/../../elsewhere/a.yaml",
        "extends: ./link.yaml",
        "extends: ./folder/a.yaml",
        "rules: ../elsewhere/a.rules.yaml",
        "rules: '../*/*.rules.yaml'",
        "rules: '{elsewhere}/**/*.rules.yaml'",
        "rules: '/**/*.rules.yaml'",
        "rules: link.rules.yaml",
        "rules: '*.rules.yaml'",
        "rules: 'folder/*.rules.yaml'",
        "plugins: ../elsewhere/a.py",
        "plugins: 'folder/*.py'",
        "extends: ./inner/nianbao.yaml",
    ],
)
def test_settings_name_nothing_outside_of_their_folder(
    run: Run, settings: str, command: tuple[str, ...], secret: Path
) -> None:
    os.symlink(secret, "link.yaml")
    os.symlink(secret.parent / "a.rules.yaml", "link.rules.yaml")
    os.symlink(secret.parent, "folder")
    write("inner/nianbao.yaml", "extends: ../../elsewhere/a.yaml\n")
    write("nianbao.yaml", settings.replace("{elsewhere}", secret.parent.as_posix()) + "\n")
    ended = run(*command)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.count("\n") == 1
    assert "nianbao trust ." in ended.err
    assert SECRET not in ended.err


@pytest.mark.parametrize("settings", ["extends: ../elsewhere/a.yaml", "extends: ../elsewhere/a.rules.yaml"])
def test_to_trust_settings_does_not_show_what_is_elsewhere(run: Run, settings: str, secret: Path) -> None:
    write("nianbao.yaml", f"{settings}\n")
    ended = run("trust")
    assert (ended.code, ended.out) == (2, "")
    assert "elsewhere" in ended.err
    assert SECRET not in ended.err
    assert run("trust", "--list").out == "没有信任过任何配置\n"


def test_files_elsewhere_are_read_once_they_are_trusted(run: Run, tmp_path: Path) -> None:
    write("../elsewhere/common.yaml", "ignore: SUM004\n")
    write("../elsewhere/sub/c.rules.yaml", RULES)
    write("nianbao.yaml", "extends: ../elsewhere/common.yaml\nrules: '../elsewhere/**/*.rules.yaml'\n")
    assert run("check", "报告.txt").code == 2
    said = run("trust").out
    assert "common.yaml" in said
    assert "c.rules.yaml" in said
    assert run("check", "报告.txt").code == 0
    write("../elsewhere/sub/c.rules.yaml", RULES + "\n")
    assert run("check", "报告.txt").code == 2
    assert run("check", "报告.txt", "--trust").code == 0


@pytest.mark.parametrize("name", ["nianbao.yaml", "nianbao.waivers.yaml", "nianbao.baseline.jsonl"])
def test_a_link_to_a_file_elsewhere_is_not_read(run: Run, secret: Path, name: str) -> None:
    os.unlink("nianbao.yaml")
    os.symlink(secret, name)
    ended = run("check", "报告.txt")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.count("\n") == 1
    assert SECRET not in ended.err


@pytest.mark.parametrize("key", ["extends", "rules", "plugins"])
@pytest.mark.parametrize("kind", ["pipe", "device", "folder", "large", "none"])
def test_only_regular_files_of_a_size_are_read(run: Run, key: str, kind: str) -> None:
    if kind == "pipe":
        if not hasattr(os, "mkfifo"):
            pytest.skip("no pipes with names here")
        os.mkfifo("it.yaml")
    elif kind == "device":
        if not os.path.exists("/dev/zero"):
            pytest.skip("no /dev/zero here")
        os.symlink("/dev/zero", "it.yaml")
    elif kind == "folder":
        os.mkdir("it.yaml")
    elif kind == "large":
        write("it.yaml", "#" * (2**20 + 1))
    write("nianbao.yaml", f"{key}: ./it.yaml\n")
    for more in ((), ("--trust",)):
        ended = run("check", "报告.txt", *more)
        assert (ended.code, ended.out) == (2, "")
        assert ended.err.count("\n") <= 2
        assert "it.yaml" in ended.err


@pytest.mark.parametrize("path", ["pipe", "/dev/zero", "."])
def test_settings_that_are_named_are_a_regular_file(run: Run, path: str) -> None:
    if path == "pipe":
        if not hasattr(os, "mkfifo"):
            pytest.skip("no pipes with names here")
        os.mkfifo("pipe")
    elif not os.path.exists(path):
        pytest.skip(f"no {path} here")
    for arguments in (("check", "报告.txt", "--config", path), ("config", "check", "--config", path)):
        ended = run(*arguments)
        assert (ended.code, ended.out) == (2, "")
        assert ended.err.count("\n") == 1


def test_files_that_name_each_other_many_times_come_to_an_end(run: Run) -> None:
    for number in range(40):
        write(f"s{number}.yaml", f"extends: [./s{number + 1}.yaml, ./s{number + 1}.yaml]\n")
    write("s40.yaml", "ignore: TYP002\n")
    write("nianbao.yaml", "extends: ./s0.yaml\n")
    assert run("check", "报告.txt").code == 2


# -- owners --------------------------------------------------------------------------------------------------


def give_away(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make *path* a file of another user, as far as this one can tell."""
    if not hasattr(os, "geteuid"):
        pytest.skip("no owners here")
    if os.geteuid() == 0:
        os.chown(path, 4711, -1)
    else:
        monkeypatch.setattr(os, "geteuid", lambda: 4711)


@pytest.mark.parametrize("name", [one for one in LOOKING if one != ("lsp",)], ids=" ".join)
def test_settings_of_another_user_are_passed_over_and_named(
    run: Run, name: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    give_away(write("nianbao.yaml", "plugins: county.py\nignore: SUM004\n"), monkeypatch)
    ended = call(run, name)
    assert not ran()
    if name not in {("config", "check"), ("test",)}:
        assert ended.code in (0, 1)
    if name != ("test",):  # it goes by its paths
        assert ended.err.count("属于另一个用户") == 1
        assert "--config nianbao.yaml" in ended.err
        assert "--trust" in ended.err


def test_settings_of_another_user_are_taken_if_they_are_named_or_trusted(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_away(write("nianbao.yaml", "ignore: SUM004\n"), monkeypatch)
    assert run("check", "报告.txt").code == 1
    assert run("check", "报告.txt", "--config", "nianbao.yaml").code == 0
    assert run("check", "报告.txt", "--trust").code == 0
    write("nianbao.yaml", "ignore: SUM004\nplugins: county.py\n")
    assert run("check", "报告.txt", "--config", "nianbao.yaml").code == 2
    assert not ran()
    assert run("trust").code == 0
    taken = run("check", "报告.txt", "-f", "concise")
    assert ran()
    assert "SUM004" not in taken.out
    assert taken.err.count("属于") == 0


def test_the_settings_above_those_of_another_user_hold(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write("nianbao.yaml", "ignore: SUM004\n")
    write("乡镇/报告.txt", wrong_total())
    theirs = write("乡镇/nianbao.yaml", "fail-on: never\nselect: TYP\n")
    if os.geteuid() != 0:
        pytest.skip("files can be given to others by root only")
    give_away(theirs, monkeypatch)
    assert run("check", "乡镇/报告.txt").code == 0
    assert "nianbao.yaml:1" in run("config", "show", "乡镇/报告.txt").out


def test_waivers_of_another_user_hold_and_are_counted(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """They run nothing, and nothing that they suppress disappears."""
    os.unlink("nianbao.yaml")
    assert run("waive", "SUM004", "报告.txt", "--reason", "已核对").code == 0
    give_away(Path("nianbao.waivers.yaml"), monkeypatch)
    ended = run("check", "报告.txt")
    assert ended.code == 0
    assert "豁免 1" in ended.out


@pytest.fixture
def fresh() -> Iterator[None]:
    """No plugin has been loaded yet, nor is the one of this test for the next."""
    for cleared in (load.cache_clear, linter.cache_clear):
        cleared()
    yield
    for cleared in (load.cache_clear, linter.cache_clear):
        cleared()


@pytest.mark.usefixtures("fresh")
def test_a_program_runs_no_more_than_a_command() -> None:
    """What a program names itself, or says it trusts, runs; what settings name waits for the user."""
    for report in ("报告.txt", Path("报告.txt").resolve(), Path("报告.txt").read_bytes()):
        with pytest.raises(nianbao.SettingsError, match=r"county\.py"):
            nianbao.lint(report, config="nianbao.yaml")
        assert not ran()
    with pytest.raises(nianbao.SettingsError, match=r"county\.py"):
        nianbao.lint("报告.txt")
    nianbao.lint("报告.txt", no_config=True)
    nianbao.lint(Path("报告.txt").read_bytes(), name="报告.txt")
    assert not ran()

    assert "QH001" in {rule.code for rule in nianbao.lint("报告.txt", trust=True).rules}
    assert ran()
    write("another.py", PYTHON)
    assert "QH001" in {
        rule.code for rule in nianbao.lint("报告.txt", no_config=True, plugins="another.py").rules
    }
    assert ran()


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="Windows is not asked")
def test_a_program_is_told_that_settings_of_another_user_are_passed_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("nianbao.run.resolve.is_ours", lambda path: False)
    monkeypatch.setattr("nianbao.files.lookup.is_ours", lambda path: False)
    with pytest.warns(UserWarning, match=r"nianbao\.yaml is not used") as told:
        nianbao.lint("报告.txt")
    assert [each.filename for each in told] == [__file__]
