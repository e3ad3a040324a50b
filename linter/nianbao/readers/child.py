"""Another program run on a file that may be hostile: within bounds, and with none of its children left behind.

On a POSIX system memory, processor time and the size of its output are bounded; time by the clock everywhere.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from tempfile import TemporaryFile
from typing import IO, NamedTuple

from nianbao.readers.limits import CHILD_BYTES, CHILD_OUTPUT

# The shell bounds itself and becomes the program: a hook between fork and exec is not safe with threads.
# A bound that the system does not have (macOS has none for memory) is skipped.
# At the soft bound of processor time the system sends a signal; at the hard one, a little later, it kills.
_BOUNDED = 'ulimit -c 0; ulimit -v "$1"; ulimit -S -t "$2"; ulimit -H -t "$(($2 + 2))"; ulimit -f "$3"; shift 3; exec "$@"'
_BLOCK = 512  # bytes; the unit of file sizes in POSIX


class Bounds(NamedTuple):
    """The bounds of a child: *seconds* by the clock and of the processor, *memory* and *output* in bytes."""

    seconds: float
    memory: int = CHILD_BYTES
    output: int = CHILD_OUTPUT


class Answer(NamedTuple):
    """The outcome of a child: its output, its exit code, and whether it was stopped because its time was up."""

    output: bytes
    code: int  # the exit code; less than 0 for a signal
    late: bool = False


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
        code = _finished(command, stdin, stdout, bounds, folder, environment)
        size = stdout.seek(0, os.SEEK_END)
        stdout.seek(0)
        late = code is None or (sys.platform != "win32" and code == -signal.SIGXCPU)
        output = stdout.read() if size <= bounds.output else b""
        return Answer(output, -signal.SIGTERM if code is None else code, late)


def _finished(
    command: Sequence[str],
    stdin: IO[bytes],
    stdout: IO[bytes],
    bounds: Bounds,
    folder: str | None,
    environment: Mapping[str, str] | None,
) -> int | None:
    """Return the exit code of *command*, None if its time was up."""
    process = subprocess.Popen(
        _bounded(command, bounds),
        stdin=stdin,
        stdout=stdout,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=environment,
        start_new_session=True,  # a group of its own, to be ended as one; nothing on Windows
    )
    try:
        return process.wait(bounds.seconds)
    except subprocess.TimeoutExpired:
        return None
    finally:
        _end(process)


def _bounded(command: Sequence[str], bounds: Bounds) -> Sequence[str]:
    if sys.platform == "win32":
        return command
    numbers = (bounds.memory // 1024, max(int(bounds.seconds), 1), bounds.output // _BLOCK + 1)
    return ("/bin/sh", "-c", _BOUNDED, "sh", *map(str, numbers), *command)


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
