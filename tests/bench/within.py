"""What is timed inside a process of the measured program: `python within.py check|read|tenfold …`, figures as JSON.

Imports nothing of the tests, so that any environment with nianbao in it can be measured.
"""

import json
import os
import resource
import sys
import time
from collections.abc import Callable, Sequence
from math import inf
from pathlib import Path

from nianbao.engine.checked import Checked
from nianbao.run.linter import Input, linter
from nianbao.run.settings import Settings

CAP = 60  # times as long; what takes longer is stopped


def check(before: str, *paths: str) -> float:
    """Return the milliseconds of processor time that a check of a file takes, all but the first *before* of them."""
    return _mean(linter(Settings()).check, _inputs(paths), int(before))


def read(before: str, *paths: str) -> float:
    """Return the milliseconds of processor time that reading a file takes, all but the first *before* of them."""
    return _mean(linter(Settings()).read, _inputs(paths), int(before))


def tenfold(*pairs: str) -> dict[str, float]:
    """Return how many times as long the second of two files takes, by the name of the first; infinite from `CAP` on."""
    judge = linter(Settings())
    return {
        Path(small).stem: _times(judge.check, *_inputs((small, large)))
        for small, large in zip(pairs[::2], pairs[1::2], strict=True)
    }


def _inputs(paths: Sequence[str]) -> list[Input]:
    return [Input(os.path.basename(path), data=Path(path).read_bytes()) for path in paths]


def _mean(work: Callable[[Input], object], files: Sequence[Input], before: int) -> float:
    for file in files[:before]:
        work(file)
    taken = [_seconds(work, file) for file in files[before:]]
    return 1000 * sum(taken) / max(len(taken), 1)


def _seconds(work: Callable[[Input], object], file: Input) -> float:
    start = time.process_time()
    work(file)
    return time.process_time() - start


def _times(work: Callable[[Input], Checked], small: Input, large: Input) -> float:
    """Time both in a child, which is stopped where the second takes too long."""
    source, sink = os.pipe()
    child = os.fork()
    if not child:
        _judged(work, small)
        least = min(_seconds(work, small) for _ in range(2))
        seconds = int(time.process_time() + CAP * least) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        start = time.process_time()
        _judged(work, large)
        os.write(sink, str((time.process_time() - start) / least).encode())
        os._exit(0)
    os.close(sink)
    _, status = os.waitpid(child, 0)
    with open(source, "rb") as answer:
        return inf if os.WIFSIGNALED(status) else float(answer.read())


def _judged(check: Callable[[Input], Checked], file: Input) -> None:
    """Check *file*. Raises ValueError if it is refused: then there is nothing to time."""
    checked = check(file)
    if checked.verdict is None:
        raise ValueError(f"{file.path} was refused: {checked.error}")


if __name__ == "__main__":
    print(json.dumps({"check": check, "read": read, "tenfold": tenfold}[sys.argv[1]](*sys.argv[2:])))  # noqa: T201
