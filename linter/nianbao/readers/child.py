"""Another program run on a file that may be hostile: in bounds, and not one of its children left behind.

Memory, processor time and the size of what it writes are bounded where the system is a POSIX one; the clock
bounds it everywhere.
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

# The shell bounds itself and becomes the program: a hook between fork and exec is not safe beside threads.
# A bound that the system does not know (macOS has none for memory) is passed over.
# The soft bound of processor time tells that it is over; at the hard one, a little later, the system only kills.
_BOUNDED = 'ulimit -c 0; ulimit -v "$1"; ulimit -S -t "$2"; ulimit -H -t "$(($2 + 2))"; ulimit -f "$3"; shift 3; exec "$@"'
_BLOCK = 512  # bytes; what POSIX counts the size of a file in


class Bounds(NamedTuple):
    """What a child may take: *seconds* by the clock and of the processor, *memory* and *output* in bytes."""

    seconds: float
    memory: int = CHILD_BYTES
    output: int = CHILD_OUTPUT


class Answer(NamedTuple):
    """What came of a child: what it wrote, how it ended, and whether it was stopped for its time."""

    output: bytes
    code: int  # as it exits; less than 0 for a signal
    late: bool = False


def run(
    command: Sequence[str],
    data: bytes,
    bounds: Bounds,
    folder: str | None = None,
    environment: Mapping[str, str] | None = None,
) -> Answer:
    """Return what *command* answers to *data* on its standard input; what it says on standard error is lost.

    It runs in *folder* with the variables of *environment*, in ours where they are not given. Whatever it has
    started is ended with it. An answer longer than its bound is no answer. Raises OSError where it cannot be
    started.
    """
    with TemporaryFile() as given, TemporaryFile() as written:
        given.write(data)
        given.seek(0)
        code = _finished(command, given, written, bounds, folder, environment)
        size = written.seek(0, os.SEEK_END)
        written.seek(0)
        late = code is None or (sys.platform != "win32" and code == -signal.SIGXCPU)
        output = written.read() if size <= bounds.output else b""
        return Answer(output, -signal.SIGTERM if code is None else code, late)


def _finished(
    command: Sequence[str],
    given: IO[bytes],
    written: IO[bytes],
    bounds: Bounds,
    folder: str | None,
    environment: Mapping[str, str] | None,
) -> int | None:
    """Return the exit code of *command*, None where its time was up."""
    process = subprocess.Popen(
        _bounded(command, bounds),
        stdin=given,
        stdout=written,
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
    """End *process* and all that it has started."""
    if sys.platform == "win32":
        if process.poll() is None:
            tree = ("taskkill", "/F", "/T", "/PID", str(process.pid))
            subprocess.run(tree, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
            process.kill()
    else:
        with suppress(ProcessLookupError, PermissionError):  # all of them have ended
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
