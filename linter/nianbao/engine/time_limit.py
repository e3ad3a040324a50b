"""A limit on how long one rule may run."""

import signal
import sys
import time
from types import FrameType, TracebackType


class TimeUpError(BaseException):
    """Raised inside a rule that has run too long; no Exception, so that no rule can swallow it unawares."""


class Stopwatch:
    """Bounds the time between `start` and `stop`, in seconds.

    If the system has an alarm that is not in use, the alarm interrupts a rule wherever it is, in a loop
    without end or in a regular expression. On Windows, in a thread and in a browser `check` can only be
    called between two findings: a rule that loops without a finding is not stopped there.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = 0.0
        self._alarm = False

    def __enter__(self) -> "Stopwatch":
        if sys.platform != "win32" and hasattr(signal, "setitimer"):
            try:
                free = signal.getsignal(signal.SIGALRM) is signal.SIG_DFL
                if free:
                    signal.signal(signal.SIGALRM, _ring)
                    self._alarm = True
            except ValueError:  # not the main thread
                pass
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()
        if self._alarm and sys.platform != "win32":
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            self._alarm = False

    def start(self) -> None:
        """Start counting."""
        self._end = time.monotonic() + self.seconds
        if self._alarm and sys.platform != "win32":
            signal.setitimer(signal.ITIMER_REAL, self.seconds)

    def stop(self) -> None:
        """Stop counting."""
        if self._alarm and sys.platform != "win32":
            signal.setitimer(signal.ITIMER_REAL, 0)

    def check(self) -> None:
        """Raise TimeUpError if the time is over."""
        if time.monotonic() > self._end:
            raise TimeUpError


def _ring(number: int, frame: FrameType | None) -> None:
    raise TimeUpError
