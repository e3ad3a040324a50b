"""LibreOffice kept for the files that follow, so that a folder of them does not start it for each.

It is held by an empty document. The command that converts a file by itself, given the same profile, hands the file
over to it and waits. That it makes nothing of a file says nothing of the file, which is then converted by itself.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from threading import Lock

from nianbao_grammar.records import NamedTuple

from nianbao.readers import limits
from nianbao.readers.child import Bounds, Child, run
from nianbao.readers.libreoffice import conversion, door, environment, made, settle
from nianbao.readers.scratch import scratch

_TURNS = 200  # files that one converts: what it keeps of each has an end
_FAULTS = 3  # in a row, of files that were converted by themselves then: none is kept any more
_NAP = 0.02  # seconds between two looks whether it is there

_EMPTY = "private:factory/swriter"  # without a document it would end behind the first file
_FIRST = (
    "first.rtf"  # what it converts itself, behind that: it is there when it has, and ends if asked before
)

# Its input ends when no one is left that could write there: neither we nor what was started.
_SWEEP = 'read -r _; rm -rf -- "$@"'


def converted(program: str, file: Path, by_itself: Callable[[], bytes]) -> bytes:
    """Return the docx that a kept *program* makes of *file*, that of *by_itself* if it makes none or none is kept.

    None is for the first file of a process, which may be its last. Only on Linux one is kept.
    """
    if sys.platform != "linux":
        return by_itself()
    # A process that is forked from ours starts one of its own.
    return _kept(program, os.getpid()).converted(file, by_itself)


@cache
def _kept(program: str, process: int) -> "_KeptOffice":
    return _KeptOffice(program)


class _Opened(NamedTuple):
    """One that runs in *folder* until *closing* is closed: then both are gone."""

    child: Child
    folder: Path
    closing: ExitStack

    @property
    def ended(self) -> bool:
        return self.child.wait(0) is not None


class _KeptOffice:
    """A *program* that runs, as long as there is one."""

    def __init__(self, program: str) -> None:
        self._program = program
        self._opened: _Opened | None = None
        self._turns = 0  # of the one that runs
        self._files = 0
        self._faults = 0
        self._one_by_one = Lock()

    def converted(self, file: Path, by_itself: Callable[[], bytes]) -> bytes:
        """Return the docx that it makes of *file*, that of *by_itself* if it makes none. Raises OSError."""
        with self._one_by_one:
            self._files += 1
            if self._files == 1 or self._faults == _FAULTS:
                return by_itself()
            docx = self._made(file)
            if docx is None:
                docx = by_itself()  # if it raises, the fault was that of the file
                self._faults += 1
            else:
                self._faults = 0
            return docx

    def _made(self, file: Path) -> bytes | None:
        opened, self._opened = self._opened or self._start(), None  # unless it answers; whatever is raised
        docx = None
        try:
            docx = self._handed_over(opened, file)
        finally:
            if docx is not None and self._turns < _TURNS:
                self._opened = opened
            else:
                opened.closing.close()
        return docx

    def _start(self) -> _Opened:
        with ExitStack() as stack:
            folder = stack.enter_context(scratch())
            profile, first = folder / "profile", folder / _FIRST
            settle(profile)
            first.write_bytes(b"{\\rtf1 }")
            held = _swept(stack, str(folder), str(door(profile)))
            command = conversion(self._program, profile, first, _EMPTY)
            bounds = Bounds(limits.OFFICE_SECONDS, limits.OFFICE_CLOCK)
            variables = dict(environment(folder))
            with open(os.devnull, "r+b") as nothing:
                child = Child(command, nothing, nothing, bounds, str(folder), variables, pipes=(held,))
            stack.callback(child.end)
            self._turns = 0
            return _Opened(child, folder, stack.pop_all())

    def _handed_over(self, opened: _Opened, file: Path) -> bytes | None:
        """Return the docx that *opened* makes of *file*, None if it makes none in time or ends over it."""
        self._turns += 1
        until = time.monotonic() + limits.OFFICE_KEPT_CLOCK
        while not made(opened.folder / _FIRST).exists():
            if opened.ended or time.monotonic() > until:
                return None
            time.sleep(_NAP)
        command = conversion(self._program, opened.folder / "profile", file)
        bounds = Bounds(limits.OFFICE_SECONDS, limits.OFFICE_KEPT_CLOCK)
        answer = run(command, b"", bounds, str(opened.folder), dict(environment(opened.folder)))
        if answer.late or opened.ended or not made(file).exists():
            return None
        return made(file).read_bytes()


def _swept(stack: ExitStack, *paths: str) -> int:
    """Have *paths* deleted when *stack* is closed or we have ended, however; return the pipe that puts that off."""
    ends, held = os.pipe()
    try:
        sweeper = subprocess.Popen(
            ("/bin/sh", "-c", _SWEEP, "sh", *paths),
            stdin=ends,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # what ends our group does not end it
        )
    except BaseException:
        os.close(held)
        raise
    finally:
        os.close(ends)
    stack.callback(sweeper.wait)
    stack.callback(os.close, held)
    return held
