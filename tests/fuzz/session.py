"""A session of fuzzing in a process of its own, and its figures."""

import os
import re
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tests.fuzz.trial import target

ROOT = Path(__file__).parents[2]
_PATIENCE = 300  # seconds more until it is given up
FOLDER = Path(".fuzz")  # not in the repository; what was reached is gone on from
_FIGURES = re.compile(r"^#(\d+)\s+\w+\s+cov: (\d+) ft: (\d+) corp: (\d+)/", re.MULTILINE)
_BROKEN = re.compile(r"=== Uncaught Python exception: ===\n(.*?)\n\n", re.DOTALL)
_CRASH = re.compile(r"Test unit written to (\S+)")


class Session(NamedTuple):
    """What came of it; *crash* is the input that broke the promise, "" if none did, *told* what was said of it."""

    name: str
    seconds: int
    runs: int
    kept: int
    edges: int
    features: int
    crash: str
    told: str

    def __str__(self) -> str:
        figures = f"{self.name}: {self.seconds} s, {self.runs} runs, {self.kept} inputs kept, {self.edges} edges, {self.features} features"
        if not self.crash:
            return f"{figures}, no crash"
        again = f"python -m tests.fuzz {self.name} --repeat {self.crash}"
        return f"{self.told}\n{figures}, a crash, which this repeats:\n{again}"


def fuzz(name: str, seconds: int, folder: Path = FOLDER) -> Session:
    """Fuzz the target *name* for so many *seconds* or until an input breaks its promise; inputs are kept in *folder*."""
    kept = (folder / name / "inputs").resolve()
    kept.mkdir(parents=True, exist_ok=True)
    for seed in target(name).seeds():
        (kept / sha256(seed).hexdigest()).write_bytes(seed)
    with TemporaryDirectory() as scratch:  # libFuzzer ends a process without tidying up
        done = subprocess.run(
            (sys.executable, "-m", "tests.fuzz.engine", name, kept, str(seconds)),
            cwd=ROOT,
            env={**os.environ, "TMPDIR": scratch, "PYTHONWARNINGS": "ignore"},
            capture_output=True,
            timeout=seconds + _PATIENCE,
            check=False,
        )
    told = (done.stdout + done.stderr).decode("utf-8", "replace")
    figures = _FIGURES.findall(told)
    crash = _CRASH.search(told)
    if crash is None and (done.returncode or not figures):
        raise RuntimeError(told)
    runs, edges, features, inputs = map(int, figures[-1] if figures else "0000")
    broken = _BROKEN.search(told)
    return Session(
        name, seconds, runs, inputs, edges, features, crash[1] if crash else "", broken[1] if broken else ""
    )
