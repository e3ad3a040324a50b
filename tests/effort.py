"""What work costs, as processor time in proportion to other work of the same run.

Seconds on a clock are more on a slow machine and beside a busy neighbour; a ratio of processor time is not.
"""

import gc
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, partial

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
    return growths(lambda size: {"": partial(work, size)}, size)[""]


def growths(parts: Callable[[int], Mapping[str, Callable[[], object]]], size: int) -> dict[str, float]:
    """Return the growth of each of the parts of a work by its name; `parts(size)` prepares it."""
    _seconds(parts(size // 4))  # what is imported and built at first use is no part of it
    small: dict[str, float] = {}
    large: dict[str, float] = {}
    for turn in range(_TURNS):
        small = _least(small, _seconds(parts(size + turn)))
        large = _least(large, _seconds(parts(4 * size + turn)))
        found = {name: large[name] / max(small[name], _LEAST) for name in large}
        if max(found.values()) < LINEAR:
            break
    return found


def _least(known: Mapping[str, float], seconds: Mapping[str, float]) -> dict[str, float]:
    return {name: min(spent, known.get(name, spent)) for name, spent in seconds.items()}


def _seconds(parts: Mapping[str, Callable[[], object]]) -> dict[str, float]:
    """Return the seconds of processor time that each of *parts* takes."""
    spent = {}
    gc.collect()
    gc.disable()
    try:
        for name, part in parts.items():
            start = time.process_time()
            part()
            spent[name] = time.process_time() - start
    finally:
        gc.enable()
    return spent


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
