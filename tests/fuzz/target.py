"""A part of the program that is given anything at all, and what it holds to."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from tests.fuzz.changes import Change


class Target(NamedTuple):
    """What is fuzzed.

    *run* does one input and returns what came of it: a value that is equal for an equal input, None if that rests
    on the time there was. It raises for
    whatever the promise does not allow; a refusal that the program documents is an answer. *change* knows how the
    input is built, so that what it makes is not refused at the door. *longest* is in bytes.
    """

    run: Callable[[bytes], object]
    seeds: Callable[[], Iterable[bytes]]
    change: Change
    longest: int = 2**16


class Refused(NamedTuple):
    """The answer of a program that will not take an input, in its own words."""

    reason: str
