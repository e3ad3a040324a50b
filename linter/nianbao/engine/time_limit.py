"""A limit on how long one rule may run."""

import signal
import sys
import time
from types import FrameType, TracebackType

_SHORTEST = 0.001  # seconds; none would switch the alarm off


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
        self._running = False
        self._alarm = False  # whether there is one
        self._armed = False

    def __enter__(self) -> "Stopwatch":
        if sys.platform != "win32" and hasattr(signal, "setitimer"):
            try:
                free = signal.getsignal(signal.SIGALRM) is signal.SIG_DFL
                if free:
                    signal.signal(signal.SIGALRM, self._ring)
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
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            self._alarm = self._armed = False

    def start(self) -> None:
        """Start counting."""
        self._end = time.monotonic() + self.seconds
        self._running = True
        if self._alarm and not self._armed:
            self._arm(self.seconds)

    def stop(self) -> None:
        """Stop counting."""
        self._running = False

    def check(self) -> None:
        """Raise TimeUpError if the time is over."""
        if time.monotonic() > self._end:
            raise TimeUpError

    def _arm(self, seconds: float) -> None:
        if sys.platform != "win32":
            signal.setitimer(signal.ITIMER_REAL, max(seconds, _SHORTEST))
            self._armed = True

    def _ring(self, number: int, frame: FrameType | None) -> None:
        """Raise TimeUpError if the time is over; an alarm that was set for an earlier rule is set anew.

        To set and clear it for each of a hundred rules would cost more than most of them do.
        """
        self._armed = False
        left = self._end - time.monotonic()
        if self._running and left > 0:
            self._arm(left)
        elif self._running:
            raise TimeUpError
