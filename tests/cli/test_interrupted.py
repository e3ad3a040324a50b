"""Runs that a signal, a killed process, a hostile file or a full disk ends: what is kept, what is said, what is left."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import faults
import pytest
from cli.running import Run, command, environment, validated, wrong_total
from faults import PATIENCE, all_ended, group_of, hostile
from nianbao.engine.checked import Checked
from nianbao.reporters.formats import FORMATS
from nianbao.run import verdicts
from nianbao.run.linter import Input
from nianbao.run.stopping import Stopped, blocked, held

pytestmark = pytest.mark.skipif(os.name == "nt", reason="ends by the signals of POSIX")

NAMES = [form.name for form in FORMATS]
SAID = "已中断，结果不全：4 个文件中检查了 2 个"
CLOSING = "已中断，正在写完已经检查的\n"


class Ended(NamedTuple):
    """How a process ended."""

    code: int
    out: str
    err: str


def ended(command: list[str]) -> Ended:
    done = subprocess.run(
        command, capture_output=True, text=True, env=environment(), timeout=PATIENCE, check=False
    )
    return Ended(done.returncode, done.stdout, done.stderr)


def batch(folder: Path, *names: str) -> list[Path]:
    """Write a report with one error under each of *names*; what is hostile in them is their beginning."""
    paths = [folder / f"{name}.txt" for name in names]
    for path in paths:
        path.write_text(wrong_total())
    return paths


def left(folder: Path) -> list[str]:
    """Return the names of what is temporary in *folder*."""
    return [path.name for path in folder.iterdir() if path.name.startswith(".")]


def reading(path: Path) -> Any:
    return validated("check", json.loads(path.read_text()))


# -- while the program starts --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "module",
    ["nianbao.cli.interrupted", "nianbao.cli.program", "click", "nianbao.cli.check", "nianbao.run.resolve"],
)
def test_an_interrupt_during_the_imports_is_one_line(module: str, right: Path) -> None:
    start = (
        "import os, signal, sys\n"
        "class Interrupts:\n"
        "    @staticmethod\n"
        "    def find_spec(name, *_):\n"
        f"        if name == {module!r}:\n"
        "            sys.meta_path.remove(Interrupts)\n"
        "            os.kill(os.getpid(), signal.SIGINT)\n"
        "from nianbao.cli import main\n"
        "sys.meta_path.insert(0, Interrupts)\n"
        "sys.exit(main())"
    )
    line = ["check", "--jobs=1", str(right)]  # a line for which click is needed
    assert ended([sys.executable, "-c", start, *line]) == (130, "", "已中断\n")


def test_a_signal_that_the_program_was_started_to_ignore_is_ignored(tmp_path: Path) -> None:
    """As by nohup, or in the background of a shell."""
    paths = batch(tmp_path, "a", "self_int-b", "c")
    command = hostile("check", *paths, "-f", "json")
    start = command[2].replace("import sys;", "import signal, sys; signal.signal(2, signal.SIG_IGN);", 1)
    done = ended([command[0], "-c", start, *command[3:]])
    assert (done.code, done.err) == (1, "")
    assert len(json.loads(done.out)["documents"]) == 3


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_language_server_ends_whatever_its_threads_wait_for(number: int) -> None:
    pytest.importorskip("pygls")
    with subprocess.Popen(
        command("lsp"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment()
    ) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        body = b'{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"processId":null,"capabilities":{},"rootUri":null}}'
        server.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        server.stdin.flush()
        assert server.stdout.readline().startswith(b"Content-")
        server.send_signal(number)
        assert server.wait(PATIENCE) == -number


# -- in a batch ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "code"), [("self_int", 130), ("self_term", 143)])
def test_what_was_judged_is_kept_and_said_not_to_be_all(name: str, code: int, tmp_path: Path) -> None:
    paths = batch(tmp_path, "a", "b", f"{name}-c", "d")
    out = tmp_path / "out.json"
    done = ended(hostile("check", *paths, "-f", "concise", "-f", f"json:{out}"))
    assert (done.code, done.err) == (code, CLOSING)
    assert [line.partition(":")[0] for line in done.out.splitlines()[:2]] == [str(p) for p in paths[:2]]
    assert SAID in done.out
    whole = reading(out)
    assert [document["path"] for document in whole["documents"]] == [str(path) for path in paths[:2]]
    assert {**whole["summary"], "asked": 4, "files": 2, "complete": False, "exit_code": code} == whole[
        "summary"
    ]
    assert left(tmp_path) == []


@pytest.mark.parametrize(("name", "code"), [("parent_int", 130), ("parent_term", 143)])
def test_so_it_is_where_workers_share_the_work(name: str, code: int, tmp_path: Path) -> None:
    """The order is that of the files; one that no worker had finished is missing."""
    paths = batch(tmp_path, *(f"{number:02}" for number in range(8)), f"{name}-x", "y", "z")
    out = tmp_path / "out.json"
    done = ended(hostile("check", *paths, "-j2", "-q", "-f", f"json:{out}"))
    assert (done.code, done.out, done.err) == (code, "", CLOSING)
    whole = reading(out)
    judged = [document["path"] for document in whole["documents"]]
    assert str(paths[8]) not in judged
    assert judged == [str(path) for path in paths if str(path) in judged]
    assert (whole["summary"]["files"], whole["summary"]["complete"]) == (len(judged), False)
    assert left(tmp_path) == []


@pytest.mark.parametrize("again", [signal.SIGINT, signal.SIGTERM])
def test_a_second_signal_loses_nothing_while_the_outputs_are_closed(
    again: int, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = batch(tmp_path, "a", "b", "self_int-c", "d")
    out = tmp_path / "out.json"
    begun: list[str] = []

    def check(file: Input) -> Checked:
        begun.append(file.name)
        return faults.check(file)

    def impatient(writes: int) -> None:
        if len(begun) == 3:
            signal.raise_signal(again)

    monkeypatch.setattr(verdicts, "_check", check)
    faults.at_each_write(monkeypatch, impatient)
    with faults.signals_stop():
        done = run("check", *paths, "-f", f"json:{out}")
    assert (done.code, done.err) == (130, CLOSING)
    assert [document["path"] for document in reading(out)["documents"]] == [str(path) for path in paths[:2]]
    assert left(tmp_path) == []


def test_a_signal_just_before_signals_are_blocked_does_not_leave_them_blocked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its handler is called when they are."""
    true = signal.pthread_sigmask
    before = true(signal.SIG_BLOCK, ())

    def masked(how: int, signals: Iterable[int]) -> set[int]:
        was = true(how, signals)
        if how == signal.SIG_BLOCK and signals:
            raise Stopped(signal.SIGINT)
        return was

    monkeypatch.setattr(signal, "pthread_sigmask", masked)
    with pytest.raises(Stopped), blocked():
        pass
    after = true(signal.SIG_SETMASK, before)
    assert after == before


def test_closing_that_takes_longer_can_be_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    with faults.signals_stop():
        with pytest.raises(Stopped):
            signal.raise_signal(signal.SIGINT)
        with held():
            signal.raise_signal(signal.SIGINT)
        now = time.monotonic()
        monkeypatch.setattr(time, "monotonic", lambda: now + 3)
        with pytest.raises(Stopped):
            signal.raise_signal(signal.SIGINT)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_where_nothing_was_judged_the_old_output_stays(jobs: str, tmp_path: Path) -> None:
    name = "self_int" if jobs == "1" else "parent_int"
    paths = batch(tmp_path, f"{name}-a", f"{name}-b")
    out = tmp_path / "out.json"
    out.write_text('{"tool": {"name": "nianbao"}}')
    done = ended(hostile("check", *paths, "-j", jobs, "-f", f"json:{out}"))
    assert done == (130, "", "已中断\n")
    assert out.read_text() == '{"tool": {"name": "nianbao"}}'
    assert left(tmp_path) == []


@pytest.mark.parametrize("form", NAMES)
def test_every_format_says_that_it_is_not_whole(
    run: Run, tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = batch(tmp_path, "a", "b", "self_int-c", "d")
    monkeypatch.setattr(verdicts, "_check", faults.check)
    out = tmp_path / "out"
    with faults.signals_stop():
        done = run("check", *paths, "-f", f"{form}:{out}")
    assert done.code == 130
    assert said_in(out, form)
    assert not said_in(written_whole(run, paths[:2], tmp_path, form), form)


def written_whole(run: Run, paths: list[Path], folder: Path, form: str) -> Path:
    out = folder / "whole"
    assert run("check", *paths, "-f", f"{form}:{out}").code == 1
    return out


def said_in(out: Path, form: str) -> bool:
    """Return whether the output says in the manner of its format that it is not whole."""
    if form == "xlsx":
        openpyxl = pytest.importorskip("openpyxl")
        return SAID in [
            cell.value
            for row in openpyxl.load_workbook(BytesIO(out.read_bytes()))["总览"].rows
            for cell in row
        ]
    if form == "docx":
        docx = pytest.importorskip("docx")
        return SAID in [paragraph.text for paragraph in docx.Document(BytesIO(out.read_bytes())).paragraphs]
    text = out.read_text(encoding="utf-8")
    if form == "json":
        return not json.loads(text)["summary"]["complete"]
    if form == "jsonl":
        return not json.loads(text.splitlines()[-1])["complete"]
    if form == "sarif":
        invocation = json.loads(text)["runs"][0]["invocations"][0]
        return (invocation["executionSuccessful"], invocation.get("exitSignalNumber")) == (False, 2)
    return SAID in " ".join(text.split())


# -- workers and their parent --------------------------------------------------------------------------------


def test_files_that_kill_their_worker_or_never_end_are_refused_by_name(tmp_path: Path) -> None:
    """Each costs itself only; one whose worker is killed once is judged in the second try."""
    paths = batch(tmp_path, "a", "kills-b", "once-c", "loops-d", *"efghij")
    done = ended(hostile("check", *paths, "-j2", "--timeout", 5, "-f", "json"))
    whole = json.loads(done.out)
    errors = {Path(each["path"]).name[0]: each["error"] for each in whole["documents"] if each["error"]}
    assert list(errors) == ["k", "l"]
    assert "两次被终止" in errors["k"]
    assert "超过 5 秒" in errors["l"]
    assert (done.code, whole["summary"]["unread"], len(whole["findings"])) == (1, 2, 8)
    assert done.err == "".join(
        f"{each['path']}: {each['error']}\n" for each in whole["documents"] if each["error"]
    )


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")
def test_a_parent_that_is_killed_leaves_no_worker_and_the_old_output(tmp_path: Path) -> None:
    paths = batch(tmp_path, "a", "b", "loops-c", "d", "parent_kill-e", *"fghij")
    out = tmp_path / "out.json"
    assert ended(hostile("check", paths[0], "-f", f"json:{out}")).code == 1
    before = out.read_bytes()
    with subprocess.Popen(
        hostile("check", *paths, "-j2", "-f", f"json:{out}"), start_new_session=True, env=environment()
    ) as parent:
        assert parent.wait(PATIENCE) == -signal.SIGKILL
    assert all_ended(group_of(parent.pid))
    assert out.read_bytes() == before


# -- the disk, the files and the clock -----------------------------------------------------------------------


@pytest.mark.parametrize("form", NAMES)
@pytest.mark.parametrize("fault", ["full", "read-only", "signal"])
def test_an_old_output_stays_if_the_new_one_cannot_be_written(
    run: Run, wrong: Path, tmp_path: Path, form: str, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    arguments = ("check", wrong, "-f", f"{form}:{out}")
    assert run(*arguments).code == 1
    before = out.read_bytes()
    with monkeypatch.context() as patch, faults.signals_stop():
        if fault == "read-only":
            faults.read_only(patch)
        else:
            at = faults.disk_full_at(1) if fault == "full" else faults.signal_at(1, signal.SIGTERM)
            faults.at_each_write(patch, at)
        done = run(*arguments)
    if fault == "signal" and form in STREAMED:  # it came between two results: the new one is put in place
        assert done.code == 143
    else:
        assert (done.code, out.read_bytes()) == (143 if fault == "signal" else 2, before)
    assert left(tmp_path) == []
    assert len(done.err.splitlines()) == 1


# Written file by file.
STREAMED = {
    *("full", "concise", "grouped", "github", "csv", "score"),
    *("json", "jsonl", "gitlab", "rdjson", "checkstyle"),
}


def test_a_file_that_changes_while_it_is_read_is_not_written_over(
    run: Run, wrong: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong.write_text(wrong.read_text().replace("“", '"').replace("（", "("))
    faults.replaced_while_read(monkeypatch, wrong, b"theirs")
    done = run("check", wrong, "--fix", "--unsafe-fixes")
    assert (done.code, wrong.read_bytes()) == (2, b"theirs")
    assert "被别的程序改过" in done.err


def test_no_bound_of_time_follows_the_clock_on_the_wall(
    run: Run, wrong: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults.jumping_clock(monkeypatch)
    assert run("check", wrong, "--timeout", "60", "--select", "SUM").code == 1


@pytest.mark.parametrize("command", ["check", "annotate", "extract", "show", "why", "baseline"])
def test_every_command_bounds_the_time_of_a_file(
    run: Run, wrong: Path, tmp_path: Path, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A report whose binding never ends is refused by name."""
    from nianbao.run import linter as reading

    def never(*_: object) -> None:
        while True:
            len("甲")

    monkeypatch.setattr(reading, "unwrapped", never)
    fields, defaults = reading.Input._fields, list(reading.Input.__new__.__defaults__)
    defaults[fields.index("seconds") - len(fields)] = 0.2
    monkeypatch.setattr(reading.Input.__new__, "__defaults__", tuple(defaults))
    arguments = {
        "check": ("check", wrong, "--timeout", "1"),
        "annotate": ("annotate", wrong, "-o", tmp_path / "copy.html"),
        "why": ("why", "SUM004", wrong),
        "baseline": ("baseline", "create", wrong),
    }.get(command, (command, wrong))
    done = run(*arguments)
    assert "有误.txt: 超过" in done.err
    assert done.code == 3
    assert len(done.err.splitlines()) == 1
