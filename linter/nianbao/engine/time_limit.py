"""A limit on how long something may take: one rule, or a whole file."""

import signal
import sys
import time
from types import FrameType, TracebackType
from typing import Any

_NEVER = float("inf")


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
        self._end = _NEVER
        self._due = _NEVER  # when an error is due: at the end, or at that of the watch around this one
        self._around: Stopwatch | None = None
        self._later = _NEVER  # when the watch around this one raises its error
        self._rings = _NEVER  # when the alarm will ring: not later than the error is due
        self._alarm = False
        self._before: Any = None  # the handler of the alarm until now

    def __enter__(self) -> "Stopwatch":
        if sys.platform != "win32" and hasattr(signal, "setitimer"):
            try:
                self._before = signal.getsignal(signal.SIGALRM)
                around = getattr(self._before, "__self__", None)
                if self._before is signal.SIG_DFL or isinstance(around, Stopwatch):
                    signal.signal(signal.SIGALRM, self._ring)
                    self._alarm = True
                if self._alarm and isinstance(around, Stopwatch):
                    self._around, self._later, self._rings = around, around._due, around._rings
                    self._due = self._later
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
                if self._around is not None:
                    self._around._rings = self._rings
                else:
                    signal.setitimer(signal.ITIMER_REAL, 0)
                signal.signal(signal.SIGALRM, self._before)
                self._alarm = False

    def start(self) -> None:
        """Start counting. Raises TimeUpError if the time of a watch around is over."""
        now = time.monotonic()
        self._end = now + self.seconds
        self._wait(min(self._end, self._later), now)

    def stop(self) -> None:
        """Stop counting. Raises TimeUpError if the time of a watch around is over."""
        self._wait(self._later, time.monotonic())

    @property
    def over(self) -> bool:
        """Whether the time is over."""
        return time.monotonic() >= self._end

    def check(self) -> None:
        """Raise TimeUpError if the time is over."""
        if self.over:
            raise TimeUpError

    def _wait(self, due: float, now: float) -> None:
        """Wait until the error is *due*. Raises TimeUpError if it is *now*.

        An alarm that is set already and rings before is left: setting it for each rule would cost more than many
        a rule.
        """
        self._due = due
        if self._alarm and sys.platform != "win32":
            if due <= now:
                raise TimeUpError
            if due < self._rings:
                signal.setitimer(signal.ITIMER_REAL, due - now)
                self._rings = due

    def _ring(self, number: int, frame: FrameType | None) -> None:
        """Raise TimeUpError if that is due, else wait on."""
        self._rings = _NEVER
        self._wait(self._due, time.monotonic())
