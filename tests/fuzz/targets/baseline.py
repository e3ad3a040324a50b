"""A baseline: refused with its line, or it suppresses what it lists, and what is written again reads the same."""

import os
import tempfile
from functools import cache

from nianbao.files.yaml_file import FileError
from nianbao.suppression.baseline import Baseline, read_baseline

from tests.fuzz import held
from tests.fuzz.changes import either, pieces, raw
from tests.fuzz.target import Target
from tests.fuzz.targets.rules_file import refused
from tests.fuzz.targets.waivers import _judged

_NAME = "乡镇/报告.txt"
_WORDS = (
    '"report": ',
    '"code": ',
    '"address": ',
    '"text": ',
    '"fingerprint": ',
    "{",
    "}",
    "[",
    "null",
    "1",
    "NaN",
    "\\ud800",
    "\\u0000",
    "\n",
    "[" * 5000,
    ", ",
)


@cache
def _path() -> str:
    handle, path = tempfile.mkstemp(".jsonl")
    os.close(handle)
    return path


def run(data: bytes) -> object:
    """Return what the baseline in *data* leaves of a verdict."""
    with open(_path(), "wb") as file:
        file.write(data)
    try:
        baseline = read_baseline(_path())
    except FileError as error:
        return refused(error)
    finally:
        os.unlink(_path())
    verdict = baseline.suppress(_judged(), _NAME)
    updated = baseline.updated([(_NAME, baseline.compare(_judged(), _NAME))])
    written = updated.content().encode()
    with open(_path(), "wb") as file:
        file.write(written)
    assert read_baseline(_path()).entries == updated.entries
    return held.verdict(verdict), [each.suppressed for each in verdict.diagnostics], written


def _seeds() -> list[bytes]:
    whole = Baseline(_path(), {})
    return [whole.updated([(_NAME, whole.compare(_judged(), _NAME))]).content().encode()]


TARGET = Target(
    run, _seeds, either(pieces(r'[\n{}\[\],]|"[^"\n]*"(?:: )?|[^\n"]+|"', _WORDS), raw), longest=2**14
)
