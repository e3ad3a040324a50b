"""A program that answers one file after the other, so that a folder of files does not start it for each."""

import os
import select
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache
from tempfile import TemporaryFile
from threading import Lock
from time import monotonic

from nianbao_grammar.records import NamedTuple

from nianbao.readers.child import TOO_LONG, Answer, Bounds, Child, run

_TURNS = 200  # files that one process answers: what a library keeps of each has an end
_GLANCE = 0.2  # seconds after which a process that has not answered is looked at
_LINE = 64  # bytes, more than a line between the two has

# The words that start it: given None for one answer, or the two pipes that it hears and speaks on.
Command = Callable[[tuple[int, int] | None], Sequence[str]]


def answered(command: Command, data: bytes, bounds: Bounds) -> Answer:
    """Return the answer of the program that *command* starts to *data*, as `run` does; it is kept for the next.

    *bounds* are for each answer. A process that has told a fault, or has not answered, is not asked again. Where a
    process cannot be given more than its standard streams, on Windows, it is started for each answer.
    """
    if sys.platform == "win32":
        return run(command(None), data, bounds)
    # A process that is forked from ours starts one of its own.
    return _kept(tuple(command(None)), command, bounds, os.getpid()).answer(data)


@cache
def _kept(words: Sequence[str], command: Command, bounds: Bounds, process: int) -> "_KeptChild":
    return _KeptChild(command, bounds)


class _Asked(NamedTuple):
    """A process that is asked: *go* to write a size into, *told* to read one from."""

    child: Child
    go: int
    told: int


class _KeptChild:
    """The program started by *command*, as long as there is one.

    Standard input and output are files of which each answer has the beginning. Two pipes say when: we write the
    number of bytes to be read, it writes the number of bytes of its answer, and a word if it is its last.
    """

    def __init__(self, command: Command, bounds: Bounds) -> None:
        self._command = command
        self._bounds = bounds
        self._stdin, self._stdout = TemporaryFile(), TemporaryFile()  # noqa: SIM115
        self._asked: _Asked | None = None
        self._turns = 0  # of that process
        self._one_by_one = Lock()

    def answer(self, data: bytes) -> Answer:
        """Return the answer to *data*. Raises OSError if it cannot be started."""
        with self._one_by_one:
            asked = self._asked or self._started()
            self._asked = None  # unless it answers; whatever is raised meanwhile
            try:
                answer, goes_on = self._answer(asked, data)
            except BaseException:
                _end(asked)
                raise
            if goes_on and self._turns < _TURNS:
                self._asked = asked
            else:
                _end(asked)
            return answer

    def _started(self) -> _Asked:
        heard, go = os.pipe()
        told, speaks = os.pipe()
        try:
            whole = self._bounds._replace(seconds=self._bounds.seconds * (_TURNS + 1))  # and its start
            command = self._command((heard, speaks))
            child = Child(command, self._stdin, self._stdout, whole, pipes=(heard, speaks))
        except BaseException:
            os.close(go)
            os.close(told)
            raise
        finally:
            os.close(heard)
            os.close(speaks)
        self._turns = 0
        return _Asked(child, go, told)

    def _answer(self, asked: _Asked, data: bytes) -> tuple[Answer, bool]:
        """Return the answer to *data*, and whether the process may be asked again."""
        self._turns += 1
        self._stdin.seek(0)
        self._stdin.truncate()
        self._stdin.write(data)
        self._stdin.flush()
        with suppress(BrokenPipeError):  # it has ended since: that is told below
            os.write(asked.go, b"%d\n" % len(data))
        until = monotonic() + self._bounds.clock
        poll = select.poll()
        poll.register(asked.told, select.POLLIN)
        while not poll.poll(_GLANCE * 1000):
            code = asked.child.wait(0)
            if code is not None:  # what watches over it holds the pipe open
                return Answer(b"", code or 1, "processor" if code == TOO_LONG else ""), False
            if monotonic() > until:
                return Answer(b"", 1, "clock"), False
        words = os.read(asked.told, _LINE).split()
        size = int(words[0])
        self._stdout.seek(0)
        output = self._stdout.read(size) if size <= self._bounds.output else b""
        return Answer(output, 0), len(words) == 1


def _end(asked: _Asked) -> None:
    asked.child.end()
    os.close(asked.go)
    os.close(asked.told)
