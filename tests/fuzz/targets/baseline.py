"""A baseline: refused with its line, or it suppresses what it lists, and what is written again reads the same."""

import os
from functools import cache
from tempfile import TemporaryDirectory

from nianbao.files.yaml_file import FileError
from nianbao.suppression.baseline import Baseline, read_baseline

from tests.fuzz import held
from tests.fuzz.changes import either, pieces, raw
from tests.fuzz.target import Target
from tests.fuzz.targets.rules_file import refused
from tests.fuzz.targets.waivers import judged

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
def _folder() -> TemporaryDirectory[str]:
    return TemporaryDirectory()


def _read(data: bytes) -> Baseline:
    path = os.path.join(_folder().name, "nianbao.baseline.jsonl")
    with open(path, "wb") as file:
        file.write(data)
    return read_baseline(path)


def run(data: bytes) -> object:
    """Return what the baseline in *data* leaves of a verdict."""
    try:
        baseline = _read(data)
    except FileError as error:
        return refused(error)
    verdict = baseline.suppress(judged(), _NAME)
    updated = baseline.updated([(_NAME, baseline.compare(judged(), _NAME))])
    written = updated.content().encode()
    assert _read(written).entries == updated.entries
    return held.verdict(verdict), [each.suppressed for each in verdict.diagnostics], written


def _seeds() -> list[bytes]:
    none = Baseline("nianbao.baseline.jsonl", {})
    return [none.updated([(_NAME, none.compare(judged(), _NAME))]).content().encode()]


TARGET = Target(
    run, _seeds, either(pieces(r'[\n{}\[\],]|"[^"\n]*"(?:: )?|[^\n"]+|"', _WORDS), raw), longest=2**14
)
