"""One input given to a target, as fuzzing does it and as it is repeated."""

import importlib
from pathlib import Path

from effort import report

from tests.fuzz.budget import MOST, within
from tests.fuzz.target import Target

NAMES = tuple(sorted(path.stem for path in (Path(__file__).parent / "targets").glob("[a-z]*.py")))
_TWICE = 4096  # bytes; of longer inputs one in four is tried again


def target(name: str) -> Target:
    """Return the target *name*."""
    found: Target = importlib.import_module(f"tests.fuzz.targets.{name}").TARGET
    return found


def attempt(tried: Target, data: bytes) -> object:
    """Return the answer of *tried* to *data*. Raises whatever breaks its promise: an error, much time, another answer."""
    with within(MOST * report()):
        answer = tried.run(data)
    if len(data) < _TWICE or sum(data) % 4 == 0:
        with within(MOST * report()):
            again = tried.run(data)
        assert None in (answer, again) or again == answer, (
            f"another answer to the same input: {answer} and {again}"
        )
    return answer
