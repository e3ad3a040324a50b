"""What goes wrong around a program: the disk, a file, the clock, a signal, a process that is killed.

The first are put into this process for a test. The others are a `check` that misbehaves by the name of its file, for
processes of their own: `hostile` is the start of such a process.
"""

import errno
import io
import os
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from nianbao.engine.checked import Checked
from nianbao.files import replace as replacing
from nianbao.run import linter as reading
from nianbao.run.linter import Input, linter
from nianbao.run.stopping import SIGNALS, stop

# Seconds until a process that should have ended counts as one that never will.
PATIENCE = 60

Fault = Callable[[int], None]


# -- writing -------------------------------------------------------------------------------------------------


class _Raw(io.FileIO):
    """A file that asks *fault* before each time that something is written to the system."""

    def __init__(self, path: str, mode: str, fault: Fault) -> None:
        super().__init__(path, mode.replace("b", ""))
        self.fault = fault
        self.writes = 0

    def write(self, data: Any) -> int:
        self.writes += 1
        self.fault(self.writes)
        return super().write(data)


def at_each_write(patch: pytest.MonkeyPatch, fault: Fault) -> None:
    """Ask *fault* with the number of the write before each to a new file of an output."""

    def opened(path: str, mode: str = "r", *more: Any, **options: Any) -> Any:
        if "b" in mode and mode != "rb":
            return io.BufferedWriter(_Raw(path, mode, fault))
        return open(path, mode, *more, **options)

    patch.setattr(replacing, "open", opened, raising=False)


def disk_full_at(number: int) -> Fault:
    """Return the fault of a disk that is full from the write *number* on."""

    def fault(writes: int) -> None:
        if writes >= number:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    return fault


def signal_at(number: int, signal_number: int) -> Fault:
    """Return the fault that a signal comes at the write *number*."""

    def fault(writes: int) -> None:
        if writes == number:
            signal.raise_signal(signal_number)

    return fault


def read_only(patch: pytest.MonkeyPatch) -> None:
    """Have the system refuse every new file, as on a read-only disk."""

    def opened(path: str, mode: str = "r", *more: Any, **options: Any) -> Any:
        if mode != "rb":
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))
        return open(path, mode, *more, **options)

    patch.setattr(replacing, "open", opened, raising=False)


# -- reading -------------------------------------------------------------------------------------------------


def replaced_while_read(patch: pytest.MonkeyPatch, path: Path, content: bytes) -> None:
    """Have another program put *content* at *path* as soon as we have read it."""

    true = reading.contents

    def read(asked: str, *limits: Any) -> bytes:
        data = true(asked, *limits)
        if os.path.abspath(asked) == str(path):
            path.with_name("theirs").write_bytes(content)
            path.with_name("theirs").replace(path)
        return data

    patch.setattr(reading, "contents", read)


# -- time and signals ----------------------------------------------------------------------------------------


def jumping_clock(patch: pytest.MonkeyPatch) -> None:
    """Have the clock on the wall go forth and back by days, as when it is set."""
    true, step = time.time, 86_400.0
    turn = [0]

    def jumps() -> float:
        turn[0] += 1
        return true() + step * (-1) ** turn[0]

    patch.setattr(time, "time", jumps)


@contextmanager
def signals_stop() -> Iterator[None]:
    """Have signals raise Stopped in this process, as they do in one that runs a command."""
    before = {number: signal.signal(number, stop) for number in SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


# -- a check that misbehaves ---------------------------------------------------------------------------------


def check(file: Input) -> Checked:
    """Check *file*, but do first what its name says."""
    name = os.path.basename(file.path).partition(".")[0].partition("-")[0]
    HOSTILE.get(name, lambda _: None)(file.path)
    return linter(file.settings).check(file)


def _kill_self(path: str) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _kill_self_once(path: str) -> None:
    mark = Path(path + ".tried")
    if not mark.exists():
        mark.touch()
        _kill_self(path)


def _loop_in_c(path: str) -> None:
    re.match("(a*)*b", "a" * 60)  # two to the sixtieth ways


def _signal_parent(number: int) -> Callable[[str], None]:
    def act(path: str) -> None:
        os.kill(os.getppid(), number)
        time.sleep(PATIENCE)

    return act


def _signal_self(number: int) -> Callable[[str], None]:
    def act(path: str) -> None:
        signal.raise_signal(number)

    return act


HOSTILE: Mapping[str, Callable[[str], None]] = {
    "kills": _kill_self,
    "once": _kill_self_once,
    "loops": _loop_in_c,
    "parent_int": _signal_parent(signal.SIGINT),
    "parent_term": _signal_parent(signal.SIGTERM),
    "parent_kill": _signal_parent(9),
    "self_int": _signal_self(signal.SIGINT),
    "self_term": _signal_self(signal.SIGTERM),
}


def hostile(*arguments: object, grace: float = 10.0) -> list[str]:
    """Return the command line of a process that runs the program with that check."""
    start = (
        f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "import faults\n"
        "from nianbao.run import verdicts, workers\n"
        f"verdicts._check, workers._GRACE = faults.check, {grace}\n"
        "from nianbao.cli import main\n"
        "sys.exit(main())"
    )
    return [sys.executable, "-c", start, *map(str, arguments)]


def alive(process: int) -> bool:
    """Return whether there is a process of this number that has not ended."""
    try:
        os.kill(process, 0)
        stat = Path(f"/proc/{process}/stat").read_text()
    except (ProcessLookupError, FileNotFoundError):
        return False
    return stat.rpartition(")")[2].split()[0] not in "ZX"


def children_of(process: int) -> list[int]:
    """Return the processes that *process* has started."""
    return [number for number, parent, _ in _processes() if parent == process]


def group_of(leader: int) -> list[int]:
    """Return the processes of the group of *leader*."""
    return [number for number, _, group in _processes() if group == leader]


def _processes() -> Iterator[tuple[int, int, int]]:
    """Yield the number of each process, of its parent and of its group."""
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with suppress(OSError):
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
                yield int(folder.name), int(fields[1]), int(fields[2])


def all_ended(processes: list[int]) -> bool:
    """Return whether all *processes* end; those that never do are waited for as long as a test has patience."""
    until = time.monotonic() + PATIENCE
    while any(map(alive, processes)) and time.monotonic() < until:
        time.sleep(0.05)
    return not any(map(alive, processes))
