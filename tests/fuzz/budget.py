"""The processor time that one input may take, in reports that could be checked meanwhile."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

MOST = 200  # reports; the longest input is four times as long as one


class SpentError(BaseException):
    """The time is up; no Exception, so that nothing swallows it unawares."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raise SpentError in what is done within when it has taken so many seconds of processor time."""
    signal.signal(signal.SIGVTALRM, _spent)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def _spent(number: int, frame: FrameType | None) -> None:
    raise SpentError
