"""A clerk who saves a report that `nianbao check --watch` looks at, and the time until its findings are there."""

import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.bench.processes import surroundings

CLOSING = ("×", "！", "√")  # what the figures begin with, which are shown last
ADDED = "\n附：截止年底，本机关没有其他需要报告的事项。\n"


def saves(nianbao: Path, reports: Sequence[Path], count: int) -> list[float]:
    """Return the milliseconds from each of *count* saves of one of *reports* to the last line on it.

    The reports are copied first; results of before are not kept.
    """
    taken = []
    with tempfile.TemporaryDirectory() as room:
        folder = Path(room, "reports")
        folder.mkdir()
        copies = [Path(shutil.copy(report, folder)) for report in reports]
        command = [nianbao, "check", "--watch", "-f", "concise", folder]
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=surroundings(Path(room, "cache"))
        ) as watch:
            assert watch.stdout is not None
            lines = (line.decode("utf-8", "replace") for line in watch.stdout)
            next(line for line in lines if "Ctrl-C" in line)
            for number in range(count):
                path = copies[number % len(copies)]
                with path.open("a", encoding="utf-8") as file:
                    file.write(ADDED)
                start = time.perf_counter()
                next(line for line in lines if line.split(" ", 1)[0] in CLOSING)
                taken.append(1000 * (time.perf_counter() - start))
            watch.send_signal(signal.SIGINT)
            watch.stdout.read()
    return taken
