"""What ends a run before it is done: Ctrl-C, the end of the terminal, a supervisor.

Until there is something to put in order, such a signal ends the process at once; from then on it is an exception,
so that what is temporary is removed on the way out.
"""

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP")  # not every system has all of them
SIGNALS = tuple(getattr(signal, name) for name in _NAMES if hasattr(signal, name))
_CLOSING = 2.0  # seconds that what was begun has to be closed


class Stopped(BaseException):
    """Raised wherever the process is when a signal asks it to end; no Exception, so that nothing swallows it."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number

    @property
    def exit_code(self) -> int:
        """The exit code by which a shell knows the signal."""
        return 128 + self.number


class _AtOnce:
    """A handler that ends the process at once, with a line on standard error."""

    def __init__(self, line: bytes) -> None:
        self.line = line

    def __call__(self, number: int, frame: FrameType | None) -> None:
        with suppress(OSError):
            os.write(2, self.line)
        os._exit(128 + number)


def leave_at_once(line: bytes) -> None:
    """Have the signals end this process at once with *line*, but for those that it was started to ignore."""
    for number in SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _AtOnce(line))


def stop_in_order() -> None:
    """Have the signals raise Stopped from now on, if `leave_at_once` is what they do."""
    for number in SIGNALS:
        if isinstance(signal.getsignal(number), _AtOnce):
            signal.signal(number, stop)


def stop_at_once() -> None:
    """Have the system end this process by the signals that raise Stopped, if nothing is to be put in order."""
    for number in SIGNALS:
        if signal.getsignal(number) is stop:
            signal.signal(number, signal.SIG_DFL)


class _StopAgain:
    """A handler for the signals that come after the first: they do nothing while what was begun is closed."""

    def __init__(self) -> None:
        self.until = time.monotonic() + _CLOSING

    def __call__(self, number: int, frame: FrameType | None) -> None:
        if time.monotonic() > self.until:
            raise Stopped(number)


def stop(number: int, frame: FrameType | None) -> None:
    """Raise Stopped; another signal does so again two seconds later at the earliest."""
    again = _StopAgain()
    for each in SIGNALS:
        if signal.getsignal(each) is stop:
            signal.signal(each, again)
    raise Stopped(number)


@contextmanager
def held() -> Iterator[None]:
    """Hold back Stopped until what is done within is whole."""
    came: list[int] = []
    before: dict[int, Any] = {number: signal.getsignal(number) for number in SIGNALS}
    ours = [number for number, does in before.items() if does is stop or isinstance(does, _StopAgain)]
    for number in ours:
        signal.signal(number, lambda number, frame: came.append(number))
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, before[number])
        if came:
            before[came[0]](came[0], None)


@contextmanager
def blocked() -> Iterator[None]:
    """Keep the signals from this process, and from one that is started within until it says what they do."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    try:
        signal.pthread_sigmask(
            signal.SIG_BLOCK, SIGNALS
        )  # raises Stopped, blocked by then, for one just before
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def leave_it_to_the_parent() -> None:
    """Ignore in this process what a terminal sends to the whole group: its parent ends it, by SIGTERM."""
    for number in SIGNALS:
        signal.signal(number, stop if number == signal.SIGTERM else signal.SIG_IGN)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
