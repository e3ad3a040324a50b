"""Another program run on a file that may be hostile: within bounds, and with none of its children left behind.

On a POSIX system memory, processor time and the size of its output are bounded, and it ends with us whatever ends
us, SIGKILL included. Windows bounds time by the clock only, and a child goes on there if we are killed.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from tempfile import TemporaryFile
from typing import IO, Literal

from nianbao_grammar.records import NamedTuple

from nianbao.readers.limits import CHILD_BYTES, CHILD_OUTPUT

# The shell bounds itself and runs the program: a hook between fork and exec is not safe with threads.
# A bound that the system does not have (macOS has none for memory) is skipped.
# At the soft bound of processor time the system sends a signal, at the hard one it kills. They are one here: a
# program that handles the signal may wait in its handler for ever, and then takes no more time of the processor.
# Standard error is the lifeline: a pipe that only we can write into and never do, so that it ends when we end. One
# process reads it beside the program and then kills the group of all of them, itself included.
_BOUNDED = (
    'ulimit -c 0; ulimit -v "$1"; ulimit -t "$2"; ulimit -f "$3"; shift 3; '
    '{ read -r _; kill -9 0; } <&2 >/dev/null 2>&1 & "$@" 2>/dev/null; exit "$?"'
)
_BLOCK = 512  # bytes; the unit of file sizes in POSIX
_BY_SIGNAL = 128  # and its number: how a shell reports one
TOO_LONG = _BY_SIGNAL + getattr(signal, "SIGXCPU", 0)  # the code of one whose processor time was up
_NEARLY = 0.9  # of its time: a program may make of that signal what it likes
_OFF = 0.3  # seconds: the system ends a program by its own ticks, and counts what it took otherwise

Late = Literal["", "processor", "clock"]


class Bounds(NamedTuple):
    """The bounds of a child: *seconds* of the processor for each of its processes, those by the *clock* for all.

    *memory* and *output* are in bytes.
    """

    seconds: float
    clock: float
    memory: int = CHILD_BYTES
    output: int = CHILD_OUTPUT


class Answer(NamedTuple):
    """The outcome of a child: its output, its exit code, and which of its times was up, "" for neither."""

    output: bytes
    code: int  # 128 and its number for a signal
    late: Late = ""


def run(
    command: Sequence[str],
    data: bytes,
    bounds: Bounds,
    folder: str | None = None,
    environment: Mapping[str, str] | None = None,
) -> Answer:
    """Return the answer of *command* to *data* on its standard input; its standard error is lost.

    It runs in *folder* with the variables of *environment*, by default in ours. Every process that it has started
    is ended with it. An output longer than its bound is returned as empty. Raises OSError if it cannot be started.
    """
    with TemporaryFile() as stdin, TemporaryFile() as stdout:
        stdin.write(data)
        stdin.seek(0)
        before = _spent()
        child = Child(command, stdin, stdout, bounds, folder, environment)
        try:
            code = child.wait(bounds.clock)
        finally:
            child.end()
        late: Late = ""
        if code is None:
            code, late = _BY_SIGNAL + signal.SIGTERM, "clock"
        elif code == TOO_LONG or (code and _spent() - before >= _NEARLY * bounds.seconds - _OFF):
            late = "processor"
        size = stdout.seek(0, os.SEEK_END)
        stdout.seek(0)
        return Answer(stdout.read() if size <= bounds.output else b"", code, late)


class Child:
    """A program that runs within *bounds*, but for the clock, until `end` is called or we have ended."""

    def __init__(
        self,
        command: Sequence[str],
        stdin: IO[bytes],
        stdout: IO[bytes],
        bounds: Bounds,
        folder: str | None = None,
        environment: Mapping[str, str] | None = None,
        pipes: Sequence[int] = (),
    ) -> None:
        """Start it as `run` does; it inherits *pipes*, on a POSIX system only. Raises OSError."""
        stderr, self._lifeline = _lifeline()
        try:
            self._process = subprocess.Popen(
                _bounded(command, bounds),
                stdin=stdin,
                stdout=stdout,
                stderr=stderr,
                cwd=folder,
                env=environment,
                pass_fds=pipes,
                start_new_session=True,  # a group of its own, to be ended as one; nothing on Windows
            )
        except BaseException:
            self._let_go()
            raise
        finally:
            if stderr >= 0:
                os.close(stderr)

    def wait(self, seconds: float) -> int | None:
        """Return its exit code, 128 and its number for a signal; None if it has not ended after *seconds*."""
        try:
            code = self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None
        return code if code >= 0 else _BY_SIGNAL - code

    def end(self) -> None:
        """End it and every process that it has started."""
        _end(self._process)
        self._let_go()

    def _let_go(self) -> None:
        if self._lifeline is not None:
            os.close(self._lifeline)
            self._lifeline = None


def _bounded(command: Sequence[str], bounds: Bounds) -> Sequence[str]:
    if sys.platform == "win32":
        return command
    numbers = (bounds.memory // 1024, max(int(bounds.seconds), 1), bounds.output // _BLOCK + 1)
    return ("/bin/sh", "-c", _BOUNDED, "sh", *map(str, numbers), *command)


def _lifeline() -> tuple[int, int | None]:
    """Return what the child reads from for as long as we are there, and what ends that when it is closed."""
    if sys.platform == "win32":
        return subprocess.DEVNULL, None
    return os.pipe()  # no program that we start inherits either


def _spent() -> float:
    """Return the seconds of the processor that all our children have taken which have ended."""
    if sys.platform == "win32":
        return 0
    import resource

    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End *process* and every process that it has started."""
    if sys.platform == "win32":
        if process.poll() is None:
            tree = ("taskkill", "/F", "/T", "/PID", str(process.pid))
            subprocess.run(tree, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
            process.kill()
    else:
        with suppress(ProcessLookupError, PermissionError):  # all of them have ended
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
