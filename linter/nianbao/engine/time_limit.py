"""A limit on how long something may take: one rule, or a whole file."""

import signal
import sys
import time
from types import FrameType, TracebackType
from typing import Any


class TimeUpError(BaseException):
    """Raised inside what has run too long; no Exception, so that no rule can swallow it unawares."""


class Stopwatch:
    """Bounds the time between `start` and `stop`, in seconds.

    If the system has an alarm that no one else uses, the alarm interrupts what is done wherever it is, in a loop
    without end or in a regular expression. On Windows, in a thread and in a browser `check` can only be called
    between two findings: a rule that loops without a finding is not stopped there.

    One within another leaves the alarm of the other set, and raises the error of the other if someone has swallowed
    it. Who catches a TimeUpError asks whether the watch is `over`: if not, the error is that of a watch around.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = 0.0
        self._around = float("inf")  # the end of the watch around this one
        self._alarm = False
        self._before: Any = None  # the handler of the alarm until now

    def __enter__(self) -> "Stopwatch":
        if sys.platform != "win32" and hasattr(signal, "setitimer"):
            try:
                self._before = signal.getsignal(signal.SIGALRM)
                if self._before in (signal.SIG_DFL, _ring):
                    signal.signal(signal.SIGALRM, _ring)
                    self._alarm = True
                    left = signal.getitimer(signal.ITIMER_REAL)[0]
                    self._around = time.monotonic() + left if left else self._around
            except ValueError:  # not the main thread
                pass
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        try:
            self.stop()
        finally:
            if self._alarm and sys.platform != "win32":
                signal.signal(signal.SIGALRM, self._before)
                self._alarm = False

    def start(self) -> None:
        """Start counting. Raises TimeUpError if the time of a watch around is over."""
        self._end = time.monotonic() + self.seconds
        self._set(min(self._end, self._around))

    def stop(self) -> None:
        """Stop counting. Raises TimeUpError if the time of a watch around is over."""
        self._set(self._around)

    @property
    def over(self) -> bool:
        """Whether the time is over."""
        return time.monotonic() >= self._end

    def check(self) -> None:
        """Raise TimeUpError if the time is over."""
        if self.over:
            raise TimeUpError

    def _set(self, end: float) -> None:
        """Set the alarm to *end*, to never if that is infinite. Raises TimeUpError if it has passed."""
        if self._alarm and sys.platform != "win32":
            left = end - time.monotonic()
            signal.setitimer(signal.ITIMER_REAL, left if 0 < left < float("inf") else 0)
            if left <= 0:
                raise TimeUpError


def _ring(number: int, frame: FrameType | None) -> None:
    raise TimeUpError
