"""The measures of effort see what grows faster than its size, and what is dear."""

import subprocess
import sys

import pytest
from effort import LINEAR, affordable, growth

SPIN = "for _ in range({}): pass"


def test_work_in_proportion_costs_less_than_work_that_grows_with_the_square() -> None:
    assert growth(lambda size: list("甲" * size), 100_000) < LINEAR
    assert growth(lambda size: ["乙" in "甲" * size for _ in range(size)], 5_000) > LINEAR


@pytest.mark.parametrize("there", [False, True], ids=["here", "in a child"])
def test_what_is_dear_is_noticed(there: bool) -> None:
    """A loop of millions costs more than to check one report, whichever process it runs in."""

    def spin(turns: int) -> None:
        if there:
            subprocess.run([sys.executable, "-c", SPIN.format(turns)], check=True)
        else:
            exec(SPIN.format(turns))

    with affordable(1000):
        spin(1)
    with pytest.raises(AssertionError, match="reports could have been checked"), affordable(1):
        spin(20_000_000)
