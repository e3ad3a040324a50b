"""Programs beside this one: in bounds, and gone with all they have started."""

import os
import sys
import time
from pathlib import Path

import pytest
from nianbao.readers.child import Bounds, run

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="only a POSIX system bounds what a process takes")
MIB = 2**20


def python(code: str) -> tuple[str, ...]:
    return (sys.executable, "-I", "-c", code)


def test_it_answers_what_it_is_given() -> None:
    code = "import sys; sys.stdout.buffer.write(sys.stdin.buffer.read()[::-1])"

    answer = run(python(code), bytes(range(256)) * 4096, Bounds(20))

    assert answer == (bytes(range(255, -1, -1)) * 4096, 0, False)


def test_it_runs_in_a_folder_with_the_variables_it_is_given(tmp_path: Path) -> None:
    answer = run(
        python("import os; print(os.getcwd(), os.environ['ONE'], 'HOME' in os.environ)"),
        b"",
        Bounds(20),
        str(tmp_path),
        {"ONE": "一", "PYTHONUTF8": "1", "SYSTEMROOT": os.environ.get("SYSTEMROOT", "")},
    )

    where, one, home = answer.output.decode().split()
    assert (Path(where).resolve(), home) == (tmp_path.resolve(), "False")
    assert one in ("一", ascii("一").strip("'"))  # -I hears of no UTF-8 mode where the locale is another


def test_how_it_ends_is_told() -> None:
    assert run(python("import sys; print(1, flush=True); sys.exit(3)"), b"", Bounds(20)) == (b"1\n", 3, False)


def test_one_that_sleeps_is_stopped_by_the_clock() -> None:
    answer = run(python("import time; print('早', flush=True); time.sleep(600); print('晚')"), b"", Bounds(1))

    assert answer.late
    assert answer.code != 0


@POSIX
def test_one_that_takes_too_much_memory_ends_by_itself() -> None:
    """The same program with room enough does not."""
    code = f"x = bytes({400 * MIB}); print(len(x))"

    assert run(python(code), b"", Bounds(20)).output == f"{400 * MIB}\n".encode()
    answer = run(python(code), b"", Bounds(20, memory=256 * MIB))
    assert (answer.output, answer.code, answer.late) == (b"", 1, False)


@POSIX
def test_its_processor_time_is_bounded_by_whole_seconds() -> None:
    """At least one, for no second at all would bound nothing."""
    asked = ("/bin/sh", "-c", "ulimit -t")

    assert run(asked, b"", Bounds(7.5)).output == b"7\n"
    assert run(asked, b"", Bounds(0.9)).output == b"1\n"


@POSIX
def test_one_whose_processor_time_is_up_is_late() -> None:
    code = "import os, signal; os.kill(os.getpid(), signal.SIGXCPU)"

    assert run(python(code), b"", Bounds(20)).late


def test_an_answer_that_is_too_long_is_none() -> None:
    code = "import sys; sys.stdout.write('a' * 300_000)"

    assert len(run(python(code), b"", Bounds(20)).output) == 300_000
    assert run(python(code), b"", Bounds(20, output=200_000)).output == b""


@POSIX
@pytest.mark.parametrize(("code", "late"), [("", False), ("; time.sleep(600)", True)])
def test_what_it_has_started_ends_with_it(code: str, late: bool) -> None:
    """Whether it has come to its end or has been stopped."""
    begin = "import subprocess, sys, time; p = subprocess.Popen(['sleep', '600']); print(p.pid, flush=True)"

    answer = run(python(begin + code), b"", Bounds(3 if late else 120))

    assert answer.late is late
    assert _ended(int(answer.output))


def _ended(process: int) -> bool:
    """Return whether *process* ends within a minute; one that no one has buried yet has ended too."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        status = Path(f"/proc/{process}/stat")
        if status.exists() and status.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.05)
    return False


@POSIX
def test_a_program_that_is_not_there_has_no_answer() -> None:
    assert run(("/nowhere/soffice",), b"", Bounds(20)) == (b"", 127, False)
