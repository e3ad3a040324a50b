"""What work costs, as processor time in proportion to other work of the same run.

Seconds on a clock are more on a slow machine and beside a busy neighbour; a ratio of processor time is not.
"""

import gc
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache

from nianbao.run.linter import Input, linter
from nianbao.run.settings import Settings
from nianbao.testing import compliant

LINEAR = (
    8  # the most that four times the size may cost: in proportion it is 4, with a logarithm 5, squared 16
)
_LEAST = 0.002  # seconds; what costs less is noise
_TURNS = 5
_SAMPLE = 30


def growth(work: Callable[[int], object], size: int) -> float:
    """Return how many times the cost of `work(size)` the cost of `work(4 * size)` is, by the best of a few turns.

    No two calls are given quite the same size, so that nothing remembered makes the second cheap.
    """
    work(size // 4)  # what is imported and built at first use is no part of it
    small = large = float("inf")
    for turn in range(_TURNS):
        small = min(small, _seconds(work, size + turn))
        large = min(large, _seconds(work, 4 * size + turn))
        if large < LINEAR * max(small, _LEAST):
            break
    return large / max(small, _LEAST)


def _seconds(work: Callable[[int], object], size: int) -> float:
    gc.collect()
    gc.disable()
    try:
        start = time.process_time()
        work(size)
        return time.process_time() - start
    finally:
        gc.enable()


@contextmanager
def affordable(reports: int = 1000) -> Iterator[None]:
    """Hold that what is done within, by child processes too, costs no more than to check so many *reports*.

    A thousand reports of a county take some seconds.
    """
    start = sum(os.times()[:4])
    yield
    spent = sum(os.times()[:4]) - start
    assert spent < reports * report(), f"{spent / report():.0f} reports could have been checked"


@cache
def report() -> float:
    """Return the seconds of processor time that a check takes."""
    texts = [compliant("2021", "county", seed).render().encode() for seed in range(_SAMPLE)]
    one = linter(Settings())
    one.check(Input("报告.txt", data=texts[0]))
    start = time.process_time()
    for text in texts:
        one.check(Input("报告.txt", data=text))
    return (time.process_time() - start) / _SAMPLE
