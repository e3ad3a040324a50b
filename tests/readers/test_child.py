"""Programs beside this one: in bounds, and gone with all they have started."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from nianbao.readers.child import Bounds, run
from readers.processes import ended, written

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="only a POSIX system bounds what a process takes")
MIB = 2**20
ENOUGH = Bounds(20, 60)


def python(code: str) -> tuple[str, ...]:
    return (sys.executable, "-I", "-c", code)


def test_it_answers_what_it_is_given() -> None:
    code = "import sys; sys.stdout.buffer.write(sys.stdin.buffer.read()[::-1])"

    answer = run(python(code), bytes(range(256)) * 4096, ENOUGH)

    assert answer == (bytes(range(255, -1, -1)) * 4096, 0, "")


def test_it_runs_in_a_folder_with_the_variables_it_is_given(tmp_path: Path) -> None:
    answer = run(
        python("import os; print(os.getcwd(), os.environ['ONE'], 'HOME' in os.environ)"),
        b"",
        ENOUGH,
        str(tmp_path),
        {"ONE": "一", "PYTHONUTF8": "1", "SYSTEMROOT": os.environ.get("SYSTEMROOT", "")},
    )

    where, one, home = answer.output.decode().split()
    assert (Path(where).resolve(), home) == (tmp_path.resolve(), "False")
    assert one in ("一", ascii("一").strip("'"))  # -I hears of no UTF-8 mode where the locale is another


def test_how_it_ends_is_told() -> None:
    assert run(python("import sys; print(1, flush=True); sys.exit(3)"), b"", ENOUGH) == (b"1\n", 3, "")


def test_one_that_sleeps_is_stopped_by_the_clock() -> None:
    answer = run(
        python("import time; print('早', flush=True); time.sleep(600); print('晚')"), b"", Bounds(20, 1)
    )

    assert answer.late == "clock"
    assert answer.code != 0


@POSIX
def test_one_that_takes_too_much_memory_ends_by_itself() -> None:
    """The same program with room enough does not."""
    code = f"x = bytes({400 * MIB}); print(len(x))"

    assert run(python(code), b"", ENOUGH).output == f"{400 * MIB}\n".encode()
    answer = run(python(code), b"", Bounds(20, 60, memory=256 * MIB))
    assert (answer.output, answer.code, answer.late) == (b"", 1, "")


@POSIX
def test_its_processor_time_is_bounded_by_whole_seconds() -> None:
    """At least one, for no second at all would bound nothing."""
    asked = ("/bin/sh", "-c", "ulimit -t")

    assert run(asked, b"", Bounds(7.5, 60)).output == b"7\n"
    assert run(asked, b"", Bounds(0.9, 60)).output == b"1\n"


@POSIX
@pytest.mark.parametrize(
    "first",
    [
        "",
        "import os, signal; signal.signal(signal.SIGXCPU, lambda *_: os.abort()); ",
        "import signal, time; signal.signal(signal.SIGXCPU, lambda *_: time.sleep(600)); ",
    ],
    ids=["ended by the signal", "ends itself at the signal", "waits in its handler"],
)
def test_one_whose_processor_time_is_up_is_late(first: str) -> None:
    """However it takes that; the clock goes on much longer."""
    answer = run(python(f"{first}exec('while True: pass')"), b"", Bounds(1, 600))

    assert answer.late == "processor"
    assert answer.code != 0


@POSIX
def test_one_that_fails_is_not_late() -> None:
    assert run(python("import os; os.abort()"), b"", ENOUGH).late == ""


def test_an_answer_that_is_too_long_is_none() -> None:
    code = "import sys; sys.stdout.write('a' * 300_000)"

    assert len(run(python(code), b"", ENOUGH).output) == 300_000
    assert run(python(code), b"", Bounds(20, 60, output=200_000)).output == b""


@POSIX
@pytest.mark.parametrize(("code", "late"), [("", False), ("; time.sleep(600)", True)])
def test_what_it_has_started_ends_with_it(code: str, late: bool) -> None:
    """Whether it has come to its end or has been stopped."""
    begin = "import subprocess, sys, time; p = subprocess.Popen(['sleep', '600']); print(p.pid, flush=True)"

    answer = run(python(begin + code), b"", Bounds(60, 3 if late else 120))

    assert bool(answer.late) is late
    assert ended(int(answer.output))


@POSIX
@pytest.mark.parametrize("ours", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_it_ends_when_we_are_ended(ours: signal.Signals, tmp_path: Path) -> None:
    """With what it has started itself, and although no one is left to end it."""
    inside = (
        "import os, subprocess, time; p = subprocess.Popen(['sleep', '600']); "
        "file = open('made', 'w'); file.write(f'{os.getpid()} {p.pid}'); file.close(); "
        "os.rename('made', 'processes'); time.sleep(600)"
    )
    code = f"from nianbao.readers.child import *; run({python(inside)!r}, b'', Bounds(60, 600), {str(tmp_path)!r})"
    with subprocess.Popen((sys.executable, "-c", code)) as parent:
        processes = [int(number) for number in written(tmp_path / "processes").split()]
        parent.send_signal(ours)

    assert parent.returncode == -ours
    assert [ended(process) for process in processes] == [True, True]


@POSIX
def test_a_program_that_is_not_there_has_no_answer() -> None:
    assert run(("/nowhere/soffice",), b"", ENOUGH) == (b"", 127, "")
