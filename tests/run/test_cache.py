"""Results that are kept: found again when nothing has changed that they depend on, and never otherwise."""

import os
import stat
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple
from zlib import decompress

import pytest
from cli.running import SWAYING, Ended, Run, wrong_total
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nianbao.engine.checked import Checked
from nianbao.engine.finding import Outcome, OutcomeState
from nianbao.engine.verdict import Verdict
from nianbao.report.report import Report
from nianbao.run import kept as keeping
from nianbao.run import verdicts
from nianbao.run.again import _OWN_NAMES, Again
from nianbao.run.cache import Cache
from nianbao.run.kept import Kept, installation
from nianbao.run.linter import Input, linter
from nianbao.run.verdicts import Judging
from nianbao.testing import official_forms
from nianbao.text.language import same
from nianbao.text.source import Source
from reporters.conftest import SECRETS

pytest_plugins = ["cli.conftest"]

WAIVER = "waivers:\n  - {{code: SUM004, at: 表四 · 行政复议 · 总计, reason: {reason}{until}}}\n"
RULES = """\
rules:
  - code: QH001
    name: our-word
    kind: require-phrase
    with: {phrase: WORD}
    basis: 青禾县年报编制要点
    cases: {pass: [本县 WORD 多次。], fail: [本县无。]}
"""


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """Have results kept as if nianbao was installed, in a folder of their own; the paths of what is judged come in."""
    paths: list[str] = []

    def check(file: Input) -> Checked:
        paths.append(file.path)
        return linter(file.settings).check(file)

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(keeping, "installation", lambda: "here")
    monkeypatch.setattr(verdicts, "_check", check)
    return paths


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    path = tmp_path / "reports" / "有误.txt"
    path.parent.mkdir()
    path.write_text(wrong_total())
    return path


def entries(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "cache" / "nianbao").glob("*.kept"))


@pytest.mark.parametrize("form", ["full", "json", "sarif", "junit", "html", "csv"])
def test_what_has_not_changed_is_not_judged_again(
    run: Run, wrong: Path, judged: list[str], form: str
) -> None:
    first = run("check", wrong, "-f", form)
    assert run("check", wrong, "-f", form) == first
    assert len(judged) == 1
    assert run("check", wrong, "-f", form, "--no-cache") == first
    assert len(judged) == 2


@pytest.mark.parametrize(
    "options", [["-f", "concise"], ["--lang", "en"], ["-v"], ["--fail-on", "never"], ["--year", "2023"]]
)
def test_another_view_and_other_settings_are_another_result(
    run: Run, wrong: Path, judged: list[str], options: list[str]
) -> None:
    run("check", wrong)
    run("check", wrong, *options)
    assert len(judged) == 2


# Everything that a result depends on, as contents of files beside the report, "" for none, and as the day.
CONTENTS = {
    "有误.txt": [wrong_total(), wrong_total().replace("2024", "2023"), "无"],
    "nianbao.yaml": [
        "",
        "ignore: [SUM]\n",
        "severity: {SUM004: info}\n",
        "rules: [our.rules.yaml]\n",
        "rules: ['*.rules.yaml']\n",
        "extends: [base.yaml]\n",
    ],
    "base.yaml": ["ignore: [TYP]\n", "select: [TYP]\n", "rules: [our.rules.yaml]\n"],
    "our.rules.yaml": [RULES.replace("WORD", word) for word in ("公开", "青禾大集")],
    "nianbao.waivers.yaml": [
        "",
        *(WAIVER.format(reason=why, until=end) for why in "甲乙" for end in ("", ", until: 2026-06-30")),
    ],
    "day": ["2026-06-30", "2026-07-01"],
}
EDITS = st.sampled_from([(name, content) for name, contents in CONTENTS.items() for content in contents])


@pytest.fixture
def replay() -> Callable[..., Ended | None]:
    """Return what an earlier run wrote in the place of this one, None if there is a run to be made."""

    def replayed(*arguments: object, env: Mapping[str, str] | None = None) -> Ended | None:
        neutral = {**dict.fromkeys(SWAYING), "LANG": "C.UTF-8", **(env or {})}
        with CliRunner().isolation(env=neutral) as streams:
            code = Again([str(argument) for argument in arguments]).replay()
            return None if code is None else Ended(code, streams[0].getvalue(), b"")

    return replayed


class Desk(NamedTuple):
    """A folder with a report, and the day."""

    run: Run
    replay: Callable[..., Ended | None]
    report: Path
    day: list[str]

    def edit(self, name: str, content: str) -> None:
        path = self.report.with_name(name)
        if name == "day":
            self.day[0] = content
        elif content:
            path.write_text(content)
        else:
            path.unlink(missing_ok=True)

    def told(self) -> Ended:
        """Return what is said with results of earlier runs, or by such a run again, which is what is said without."""
        arguments = ("check", self.report, "-f", "json")
        again = self.replay(*arguments)
        told = self.run(*arguments)
        assert told == self.run(*arguments, "--no-cache")
        assert again in (None, told)
        return told


@pytest.fixture
def desk(
    run: Run,
    replay: Callable[..., Ended | None],
    wrong: Path,
    judged: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Desk:
    day = [""]
    monkeypatch.setattr("nianbao.run.again._today", lambda: day[0])
    for module in ("linter", "verdicts", "cache"):
        monkeypatch.setattr(f"nianbao.run.{module}.today", lambda: date.fromisoformat(day[0]))
    desk = Desk(run, replay, wrong, day)
    for name, contents in CONTENTS.items():
        desk.edit(name, contents[0])
    return desk


@given(edits=st.lists(EDITS, min_size=2, max_size=6))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_edits_are_overlooked(desk: Desk, edits: list[tuple[str, str]]) -> None:
    for edit in edits:
        desk.edit(*edit)
        desk.told()


@pytest.mark.parametrize(
    ("before", "name"),
    [
        ([], "有误.txt"),
        ([], "nianbao.yaml"),
        *(
            ([("nianbao.yaml", f"rules: [{name}]\n")], "our.rules.yaml")
            for name in ("our.rules.yaml", "'our.*.yaml'")
        ),
        ([("nianbao.yaml", "extends: [base.yaml]\n")], "base.yaml"),
        ([], "nianbao.waivers.yaml"),
        ([("nianbao.waivers.yaml", CONTENTS["nianbao.waivers.yaml"][2])], "day"),
    ],
)
def test_no_edit_is_overlooked(desk: Desk, before: list[tuple[str, str]], name: str) -> None:
    for edit in before:
        desk.edit(*edit)
    told = []
    for content in CONTENTS[name]:
        desk.edit(name, content)
        told.append(desk.told())
    assert len(set(told)) > 1, "it counts what is in there"


def test_a_run_that_is_the_same_is_not_made(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    told = desk.told()
    arguments = ("check", desk.report, "-f", "json")
    assert desk.replay(*arguments) == told
    assert desk.replay(*arguments, "-v") is None
    assert desk.replay(*arguments, env={"COLUMNS": "70"}) is None
    monkeypatch.chdir(desk.report.parent)
    assert desk.replay(*arguments) is None


@pytest.mark.parametrize(
    ("name", "content", "comes"),
    [
        ("nianbao.yaml", "rules: [our.rules.yaml]\n", True),
        ("nianbao.yaml", "extends: [base.yaml]\n", True),
        ("nianbao.yaml", "extends: [strict]\n", True),
        ("nianbao.yaml", "rules: ['our.*.yaml']\n", False),
        ("nianbao.yaml", "extends: [link.yaml]\n", False),
        ("nianbao.yaml", "extends: [../elsewhere.yaml]\n", False),
        ("pyproject.toml", '[tool.nianbao]\nextends = ["base.yaml"]\n', True),
        ("pyproject.toml", "[project.entry-points]\nplugins = {}\n", True),
    ],
)
def test_a_run_comes_again_where_settings_name_the_same_files(
    desk: Desk, name: str, content: str, comes: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not those that match a pattern, are elsewhere by a link, or are let in by trust."""
    monkeypatch.setenv("NIANBAO_TRUST", "1")
    desk.edit("base.yaml", "ignore: [TYP]\n")
    (desk.report.parent.parent / "elsewhere.yaml").write_text("ignore: [TYP]\n")
    if "link" in content:
        desk.report.with_name("link.yaml").symlink_to("base.yaml")
    desk.edit(name, content)
    told = desk.told()
    again = desk.replay("check", desk.report, "-f", "json", env={"NIANBAO_TRUST": "1"})
    assert again == (told if comes else None)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("有误.txt", "无"),
        *((f"{folder}{name}", "") for folder in ("", "../") for name in _OWN_NAMES),
        ("nianbao.yaml", "rules: [our.rules.yaml]\n"),
        ("nianbao.yaml", "extends: [../nianbao.yaml]\n"),
    ],
)
def test_a_run_is_made_once_a_file_has_come_that_counts(desk: Desk, name: str, content: str) -> None:
    desk.told()
    (desk.report.parent / name).write_text(content)
    assert desk.replay("check", desk.report, "-f", "json") is None


def test_a_file_of_settings_that_is_named_counts_wherever_it_is(desk: Desk, tmp_path: Path) -> None:
    """The run is made again, and what is kept of each file is found by what the settings say."""
    named = tmp_path / "elsewhere.yaml"
    arguments = ("check", desk.report, "-f", "json", "--config", named)
    told = []
    for family in ("SUM", "TYP", "SUM"):
        named.write_text(f"select: [{family}]\n")
        assert desk.replay(*arguments) is None
        told.append(desk.run(*arguments).out)
    assert told[0] == told[2] != told[1]


def test_a_run_in_which_a_report_changes_is_not_said_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def check(file: Input) -> Checked:
        desk.report.write_text("无")
        return linter(file.settings).check(file)

    monkeypatch.setattr(verdicts, "_check", check)
    assert desk.run("check", desk.report, "-f", "json").code == 1
    desk.edit("有误.txt", wrong_total())
    assert desk.replay("check", desk.report, "-f", "json") is None


@pytest.mark.parametrize(
    "more", [["-f", "json:out.json"], ["-f", "full", "-f", "json:out.json"], ["无.txt"], ["."]]
)
def test_only_what_goes_to_the_screen_and_is_a_verdict_in_full_is_said_again(
    desk: Desk, more: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(desk.report.parent)
    arguments = ("check", desk.report.name, *more, "--force")
    for _ in range(2):
        assert desk.run(*arguments).code
        assert desk.replay(*arguments) is None


def test_paths_are_shown_from_the_current_folder(
    run: Run, wrong: Path, judged: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in (wrong.parent, wrong.parent.parent):
        monkeypatch.chdir(folder)
        assert run("check", wrong, "-f", "csv") == run("check", wrong, "-f", "csv", "--no-cache")


def test_baselines_count(run: Run, wrong: Path, judged: list[str]) -> None:
    before = run("check", wrong)
    run("baseline", "create", wrong.parent)
    after = run("check", wrong)
    assert after != before
    assert after == run("check", wrong, "--no-cache")


# -- what is not kept ------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"\0\xff\xfe\0", b"%PDF-1.7\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_what_could_not_be_read_is_read_again(
    run: Run, tmp_path: Path, judged: list[str], content: bytes
) -> None:
    path = tmp_path / "坏.txt"
    path.write_bytes(content)
    first = run("check", path)
    assert run("check", path) == first
    assert (len(judged), entries(tmp_path)) == (2, [])


@pytest.mark.parametrize("how", ["stdin", "fix", "plugin"])
def test_what_may_differ_next_time_is_not_kept(
    run: Run, wrong: Path, judged: list[str], tmp_path: Path, how: str
) -> None:
    if how == "plugin":
        wrong.with_name("ours.py").write_text(
            "from nianbao.api import hookimpl\n\n\n@hookimpl\ndef nianbao_add_rules(): return ()\n"
        )
        wrong.with_name("nianbao.yaml").write_text("plugins: [ours.py]\n")
    arguments = {"stdin": ["-"], "fix": [wrong, "--fix"], "plugin": [wrong]}[how]
    for _ in range(2):
        assert run("check", *arguments, stdin=wrong.read_bytes()).code == 1
    assert (len(judged), entries(tmp_path)) == (2, [])


@pytest.mark.parametrize(
    ("kind", "state", "kept"), [("", "passed", 1), ("", "crashed", 0), ("office", "passed", 0)]
)
def test_what_may_end_otherwise_is_not_kept(tmp_path: Path, kind: str, state: str, kept: int) -> None:
    """A rule that crashed may have been out of luck, and another program may be another version."""
    report = Report(Source(wrong_total()).copied(kind=kind), official_forms())
    verdict = Verdict(report, (), (Outcome("QH001", OutcomeState(state), same("甲")),))
    checked = Checked("有误.doc", verdict)
    cache = Cache(Kept(str(tmp_path), "here"), "")
    cache.keep("key", Judging((), "zh").of(checked))
    assert len(list(tmp_path.iterdir())) == kept
    assert (cache.find("key") is not None) == kept


def test_nothing_secret_is_kept(run: Run, tmp_path: Path, judged: list[str]) -> None:
    path = tmp_path / "告.txt"
    path.write_text(wrong_total() + f"申请人{SECRETS[0]}的身份证号为{SECRETS[1]}，电话{SECRETS[2]}。\n")
    run("check", path, "-f", "json")
    kept = [entry.read_bytes()[32:] for entry in entries(tmp_path)]
    for data in kept:
        said = (decompress(data) if data.startswith(b"x") else data).decode("utf-8", "replace")
        assert "SUM004" in said
        assert not [secret for secret in SECRETS[1:3] if secret in said]
    assert len(kept) == 2, "the result, and the run"


@pytest.mark.skipif(os.name == "nt", reason="modes of POSIX")
def test_what_is_kept_is_the_users_own(run: Run, wrong: Path, judged: list[str], tmp_path: Path) -> None:
    run("check", wrong)
    folder = tmp_path / "cache" / "nianbao"
    assert {stat.S_IMODE(entry.stat().st_mode) for entry in entries(tmp_path)} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    folder.chmod(0o755)
    run("check", wrong)
    assert len(judged) == 2, "what others could have read is not used"


# -- the folder ------------------------------------------------------------------------------------------


def cut(data: bytes) -> bytes:
    return data[:-1]


def flipped(data: bytes) -> bytes:
    return data[:50] + bytes([data[50] ^ 1]) + data[51:]


def empty(data: bytes) -> bytes:
    return b""


@pytest.mark.parametrize("damage", [cut, flipped, empty])
def test_what_is_damaged_is_judged_again(
    desk: Desk, judged: list[str], tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    first = desk.run("check", desk.report)
    whole = {entry: entry.read_bytes() for entry in entries(tmp_path)}
    for entry, data in whole.items():
        entry.write_bytes(damage(data))
    assert desk.replay("check", desk.report) is None
    assert desk.run("check", desk.report) == first
    assert len(judged) == 2
    assert {entry: entry.read_bytes() for entry in entries(tmp_path)} == whole


def test_a_result_under_the_key_of_another_is_damaged(tmp_path: Path) -> None:
    one = Kept(str(tmp_path), "here")
    one.write("a", b"1")
    one.write("b", b"2")
    (tmp_path / "a.kept").replace(tmp_path / "b.kept")
    assert (one.read("a"), one.read("b")) == (None, None)


def test_what_is_oldest_goes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "_MOST", 1000)
    monkeypatch.setattr(keeping, "_LEFT", 500)
    one = Kept(str(tmp_path), "here")
    (tmp_path / ".left-0.tmp").write_bytes(b"x" * 100)
    os.utime(tmp_path / ".left-0.tmp", (0, 0))
    for number in range(10):
        one.write(str(number), b"x" * 68)
        os.utime(tmp_path / f"{number}.kept", (number + 1, number + 1))
    one.make_room()
    assert [number for number in range(10) if one.read(str(number))] == [5, 6, 7, 8, 9]
    assert one.sizes() == (5, 500)


def test_the_command_says_how_much_there_is_and_removes_it(
    run: Run, wrong: Path, judged: list[str], tmp_path: Path
) -> None:
    run("check", wrong)
    there = len(entries(tmp_path))
    assert f"{tmp_path / 'cache' / 'nianbao'}：{there} 份结果" in run("cache").out
    assert f"{there} 份" in run("cache", "clear").out
    assert entries(tmp_path) == []
    assert run("cache", "clean").code == 2


# -- what is installed -----------------------------------------------------------------------------------


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of distributions: nianbao, a plugin, and a library."""
    for name, points in (("nianbao-1.0", "[nianbao]\n"), ("qinghe-1.0", "[nianbao]\n"), ("lib-1.0", "")):
        folder = tmp_path / f"{name}.dist-info"
        folder.mkdir()
        (folder / "entry_points.txt").write_text(points)
        (folder / "RECORD").write_text(f"{name}.py,sha256=1,1\n")
    monkeypatch.setattr("sys.path", [str(tmp_path)])
    monkeypatch.setattr(keeping, "__file__", str(tmp_path / "nianbao" / "run" / "kept.py"))
    return tmp_path


def test_whatever_is_installed_otherwise_is_another_installation(site: Path) -> None:
    seen = [installation()]
    (site / "qinghe-1.0.dist-info" / "RECORD").write_text("qinghe.py,sha256=2,1\n")
    seen.append(installation())
    (site / "lib-1.0.dist-info").rename(site / "lib-1.1.dist-info")
    seen.append(installation())
    (site / "nianbao-1.0.dist-info" / "RECORD").write_text("nianbao.py,sha256=2,1\n")
    seen.append(installation())
    assert "" not in seen
    assert len(set(seen)) == len(seen)


def test_another_zip_on_the_path_is_another_installation(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plugin = site / "plugin.zip"
    monkeypatch.setattr("sys.path", [str(site), str(plugin)])
    seen = [installation()]
    for content in (b"one", b"other"):
        plugin.write_bytes(content)
        seen.append(installation())
    assert "" not in seen
    assert len(set(seen)) == len(seen)


@pytest.mark.parametrize("name", ["nianbao-1.0", "qinghe-1.0"])
def test_sources_that_may_change_are_no_installation(site: Path, name: str) -> None:
    assert installation()
    (site / f"{name}.dist-info" / "direct_url.json").write_text(
        '{"dir_info": {"editable": true}, "url": "file:///"}'
    )
    assert installation() == ""


def test_a_checkout_beside_an_installation_is_none(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "__file__", str(site / "linter" / "nianbao" / "run" / "kept.py"))
    assert installation() == ""
