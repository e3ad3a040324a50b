"""What programs call: `nianbao.lint` and `nianbao.render`."""

import doctest
import re
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from typing import Any

import nianbao
import pytest
from cli.running import PATIENCE, command, environment, wrong_total
from nianbao.api import Severity, UnreadableError, Verdict
from nianbao.reporters.formats import FORMATS
from nianbao.testing import compliant
from rendering import DOCUMENTS, content

ROOT = Path(__file__).parent.parent.parent
DOCS = ROOT / "docs"
EXAMPLE = DOCS / "examples" / "qinghe-2025.txt"
RULE = """\
rules:
  - code: QH002
    name: says-so
    kind: require-phrase
    with: {phrase: 政务新媒体账号}
    basis: 本县要点
    severity: info
    cases: {pass: [政务新媒体账号], fail: [政务公开]}
"""
# What moves with the time of a run, in the formats that say it.
MOVING = re.compile(rb'timestamp="[^"]*"|"startTimeUtc": "[^"]*"|"endTimeUtc": "[^"]*"')


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two reports, settings with a rule, and a finding of the second that is waived."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "甲.txt").write_text(wrong_total(), encoding="utf-8")
    (tmp_path / "乙.txt").write_bytes(EXAMPLE.read_bytes())
    (tmp_path / "nianbao.yaml").write_text("ignore: TYP001\nrules: county.rules.yaml\n", encoding="utf-8")
    (tmp_path / "county.rules.yaml").write_text(RULE, encoding="utf-8")
    ended = process("waive", "ART005", "乙.txt", "--reason", "已核对")
    assert ended.returncode == 0, ended.stderr.decode()
    return tmp_path


def process(*arguments: str) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        command(*arguments), env=environment(), capture_output=True, check=False, timeout=PATIENCE
    )


def codes(verdict: Verdict) -> list[str]:
    return [found.code for found in verdict.open]


def test_it_says_what_the_command_says(folder: Path) -> None:
    """By the same settings, rules and waivers, byte for byte; a workbook has the time in it."""
    texts = [form.name for form in FORMATS if not form.binary]
    outputs = [word for name in texts for word in ("-f", f"{name}:{name}")]
    assert process("check", "乙.txt", "甲.txt", *outputs, "--no-cache", "--lang", "en").returncode == 1
    verdicts = [nianbao.lint("乙.txt"), nianbao.lint("甲.txt")]

    assert "QH002" in codes(verdicts[0])
    assert [found.code for found in verdicts[0].diagnostics if found.suppressed] == ["ART005"]
    for name in texts:
        written = (folder / name).read_bytes()
        assert MOVING.sub(b"", nianbao.render(verdicts, name, language="en")) == MOVING.sub(b"", written)
    assert nianbao.render(verdicts, "xlsx").startswith(b"PK")


def test_bytes_and_texts_have_no_settings_but_those_given(folder: Path) -> None:
    """The folder that a program happens to be in has no say, nor has one that a name speaks of."""
    data = EXAMPLE.read_bytes()
    plain = nianbao.lint("乙.txt", no_config=True)

    assert "TYP001" in codes(plain)
    assert "ART005" in codes(plain)
    for report in (data, data.decode()):
        verdict = nianbao.lint(report, name="乙.txt")
        assert (codes(verdict), verdict.report.source.path) == (codes(plain), "乙.txt")
        assert "QH002" in codes(nianbao.lint(report, config=folder / "nianbao.yaml"))
    assert codes(nianbao.lint(data.decode().encode("gb18030"), encoding="gb18030")) == codes(plain)
    assert codes(nianbao.lint(data.decode(), encoding="gb18030")) == codes(plain), "a text has no encoding"


def test_what_is_asked_for_goes_beyond_the_settings(folder: Path) -> None:
    assert codes(nianbao.lint("乙.txt", select="TYP")) == ["TYP001"], "which the settings leave out"
    assert codes(nianbao.lint("乙.txt", select=["SUM001", "TYP001"], no_config=True)) == ["TYP001", "SUM001"]
    assert "SUM001" not in codes(nianbao.lint("乙.txt", ignore="SUM"))
    assert "HDR010" in codes(nianbao.lint("乙.txt", year=2024)), "the report is on 2025"
    assert nianbao.lint("乙.txt", level="city").report.issuer.level == "city"
    report = compliant("2021", "county", 3).render()
    assert codes(nianbao.lint(report)) == []
    assert codes(nianbao.lint(report, rules=folder / "county.rules.yaml")) == ["QH002"]
    assert codes(nianbao.lint(report, rules=["county.rules.yaml"], ignore=("QH002", "SUM"))) == []
    off = next(rule for rule in nianbao.lint(report, extend_select="SEC007").rules if rule.code == "SEC007")
    assert not off.enabled


@pytest.mark.parametrize(
    ("given", "error", "said"),
    [
        ({"report": "没有.txt"}, UnreadableError, "no such file"),
        ({"report": "关于报告"}, UnreadableError, "no such file"),
        ({"report": b"\xff"}, UnreadableError, "not a text file"),
        ({"report": bytes(50 * 2**20 + 1)}, UnreadableError, "50 MiB"),
        ({"report": b"", "select": "FOO"}, nianbao.SettingsError, "FOO"),
        ({"report": b"", "select": "SUM", "ignore": "SUM"}, nianbao.SettingsError, "no rule at all"),
        ({"report": b"", "config": "没有.yaml"}, nianbao.SettingsError, "没有.yaml"),
        ({"report": b"", "rules": "没有.rules.yaml"}, nianbao.SettingsError, "没有.rules.yaml"),
        ({"report": b"", "plugins": "没有.py"}, nianbao.SettingsError, "没有.py"),
        ({"report": b"", "year": 1999}, ValueError, "1999"),
        ({"report": b"", "level": "village"}, ValueError, "village"),
        ({"report": b"x", "encoding": "klingon"}, LookupError, "klingon"),
        ({"report": b"x", "encoding": "base64"}, LookupError, "base64"),
    ],
)
def test_what_is_wrong_is_raised(given: dict[str, Any], error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=re.escape(said)):
        nianbao.lint(**given)


def test_wrong_settings_are_raised_in_both_languages(folder: Path) -> None:
    (folder / "nianbao.yaml").write_text("selct: SUM\n", encoding="utf-8")
    with pytest.raises(nianbao.SettingsError, match=r"nianbao.yaml:1:1") as raised:
        nianbao.lint("甲.txt")
    assert "select" in raised.value.text.zh
    with pytest.raises(ValueError, match="jsonl"):
        nianbao.render([], "pdf")


def test_it_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    nianbao.render([nianbao.lint(EXAMPLE)], "full")
    with pytest.raises(UnreadableError):
        nianbao.lint(b"\xff")

    assert capfd.readouterr() == ("", "")


def test_a_run_that_fails_on_less_says_so() -> None:
    verdict = nianbao.lint(EXAMPLE, select="TYP001")
    assert [found.severity for found in verdict.open] == [Severity.WARNING]
    for least, code in (("error", 0), ("warning", 1), ("never", 0)):
        assert f'"exit_code": {code}'.encode() in nianbao.render([verdict], fail_on=least)  # type: ignore[arg-type]


def test_threads_do_not_meet(folder: Path) -> None:
    """Forty reports in eight threads, each of another place, with and without settings: what one thread finds."""
    drafts = [compliant("2021", "county", seed) for seed in range(20)]
    for draft in drafts[::2]:
        draft.set("review/cases/review_total", "88")
    given: list[dict[str, Any]] = [
        {"report": draft.render(), "name": f"{n}"} for n, draft in enumerate(drafts)
    ]
    given += [{**each, "config": "nianbao.yaml"} for each in given]
    alone = [nianbao.render([nianbao.lint(**each)], "jsonl") for each in given]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda each: nianbao.render([nianbao.lint(**each)], "jsonl"), given))

    assert together == alone
    assert len(set(alone)) == 40


@pytest.mark.skipif(not hasattr(signal, "SIGALRM"), reason="this system has no alarm")
def test_the_alarm_of_the_program_is_left_alone() -> None:
    def ours(number: int, frame: object) -> None:
        raise AssertionError

    before = signal.signal(signal.SIGALRM, ours)
    try:
        signal.setitimer(signal.ITIMER_REAL, 1000)
        nianbao.lint(EXAMPLE)
        assert signal.getsignal(signal.SIGALRM) is ours
        assert 900 < signal.getitimer(signal.ITIMER_REAL)[0] <= 1000
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


# A place as the WebAssembly of a browser: no processes, no threads, no alarms, no users.
BARE = """
import os, signal, sys, _thread
for name in ("multiprocessing", "subprocess", "_posixsubprocess", "resource", "fcntl", "pwd", "grp", "select", "ctypes"):
    sys.modules[name] = None
for module, names in ((os, ("fork", "geteuid", "getuid", "pipe", "posix_spawn")), (signal, ("SIGALRM", "setitimer", "getitimer"))):
    for name in names:
        delattr(module, name)
def start(*_, **__):
    raise RuntimeError("can't start new thread")
_thread.start_new_thread = start
import nianbao
for path in sys.argv[1:]:
    with open(path, "rb") as file:
        verdict = nianbao.lint(file.read(), name=path)
    print(len(verdict.open), len(nianbao.render([verdict], "json")))
"""


def test_it_needs_no_processes_no_threads_and_no_alarms(tmp_path: Path) -> None:
    word = tmp_path / "a.docx"
    blocks = content(compliant("2021", "county", 3))
    assert blocks is not None
    word.write_bytes(DOCUMENTS["docx"](blocks, Random(1)))
    done = subprocess.run(
        [sys.executable, "-c", BARE, str(EXAMPLE), str(word)],
        env=environment(), capture_output=True, check=False, timeout=PATIENCE, text=True,
    )  # fmt: skip
    assert done.stderr == ""
    first, second = (tuple(map(int, line.split())) for line in done.stdout.splitlines())
    assert first[0] == len(nianbao.lint(EXAMPLE.read_bytes()).open)
    assert second[0] == 0


def test_the_name_alone_imports_next_to_nothing() -> None:
    """`import nianbao` is done by every start of the command."""
    program = "import sys; before = set(sys.modules); import nianbao; print(*(set(sys.modules) - before)); nianbao.lint"
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment(), capture_output=True, check=True, text=True
    )
    assert done.stdout.split() == ["nianbao"]
    with pytest.raises(AttributeError, match="lnt"):
        nianbao.lnt  # type: ignore[attr-defined]  # noqa: B018


@pytest.mark.parametrize("page", ["guide.md", "guide.zh-CN.md"])
def test_the_page_shows_what_happens(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    sessions = re.findall(r"^```pycon\n(.*?)^```$", (DOCS / page).read_text(encoding="utf-8"), re.M | re.S)
    assert sessions
    test = doctest.DocTestParser().get_doctest("\n".join(sessions), {}, page, page, 0)
    assert len(test.examples) > 3
    runner = doctest.DocTestRunner(verbose=False)
    runner.run(test)
    assert runner.failures == 0
    assert len(repr(nianbao.lint(EXAMPLE))) < 200, "what a session shows is read by people"
