"""Limits of time within each other: whose time is up, and what of the alarm is left to the one around."""

import signal
import sys
from contextlib import suppress

import pytest
from nianbao.engine.time_limit import Stopwatch, TimeUpError

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no alarm")
LONG, SHORT = 600.0, 0.2


def forever() -> None:
    while True:
        len("甲")


def forever_in(watch: Stopwatch) -> None:
    watch.start()
    forever()


def test_the_time_of_the_inner_one_is_up_and_the_outer_one_goes_on() -> None:
    with Stopwatch(LONG) as outer, Stopwatch(SHORT) as inner:
        outer.start()
        inner.start()
        with pytest.raises(TimeUpError):
            forever()
        assert (inner.over, outer.over) == (True, False)


def test_the_time_of_the_outer_one_is_up_within_the_inner() -> None:
    with Stopwatch(SHORT) as outer:
        outer.start()
        inner = Stopwatch(LONG)
        with pytest.raises(TimeUpError), inner:
            forever_in(inner)
        assert (inner.over, outer.over) == (False, True)


def test_the_outer_one_still_rings_when_the_inner_has_ended() -> None:
    with Stopwatch(SHORT) as outer:
        outer.start()
        with Stopwatch(LONG) as inner:
            inner.start()
            inner.stop()
        with pytest.raises(TimeUpError):
            forever()


def test_the_outer_error_is_raised_again_if_it_is_swallowed() -> None:
    """A rule that catches everything cannot make its file endless."""
    with pytest.raises(TimeUpError), Stopwatch(SHORT) as outer:  # noqa: PT012
        outer.start()
        with Stopwatch(LONG) as inner, suppress(TimeUpError):
            forever_in(inner)
        pytest.fail("it has not been raised again")


def test_no_alarm_is_left_behind() -> None:
    with Stopwatch(LONG) as outer:
        outer.start()
        with Stopwatch(LONG) as inner:
            inner.start()
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0
    assert signal.getsignal(signal.SIGALRM) is signal.SIG_DFL
