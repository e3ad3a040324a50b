"""Programs and libraries that some tests need beside the extra test: without one a test says so and is left out.

With NIANBAO_LEAVE_NONE_OUT set, as by .ci/run, everything has to be there, and it fails.
"""

import importlib.util
import os
import shutil
from typing import NoReturn

import pytest


def program(*names: str) -> str:
    """Return the path of the first of the programs *names* that there is."""
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        _missing(names[0])
    assert found is not None
    return found


def library(name: str) -> None:
    """Go on if the library *name* can be imported."""
    if importlib.util.find_spec(name) is None:
        _missing(name)


def _missing(name: str) -> None:
    left_out(f"{name} is not installed")


def left_out(reason: str) -> NoReturn:
    """Leave the test out for *reason*; where nothing may be left out, it fails."""
    if os.environ.get("NIANBAO_LEAVE_NONE_OUT"):
        pytest.fail(f"{reason}, and here it has to be")
    pytest.skip(reason)
