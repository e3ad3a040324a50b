"""Processes that have been started and should have ended."""

import os
import time
from pathlib import Path

PATIENCE = 60  # seconds


def written(path: Path) -> str:
    """Return the content of *path* as soon as there is such a file, which appears at once with all of it."""
    until = time.monotonic() + PATIENCE
    while not path.exists():
        assert time.monotonic() < until, path
        time.sleep(0.05)
    return path.read_text()


def ended(process: int) -> bool:
    """Return whether *process* ends within a minute; one that no one has buried yet has ended too."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if not runs(process):
            return True
        time.sleep(0.05)
    return False


def runs(process: int) -> bool:
    """Return whether there is such a *process* that has not ended."""
    try:
        os.kill(process, 0)
        state = Path(f"/proc/{process}/stat").read_text()
    except ProcessLookupError:
        return False
    except FileNotFoundError:
        return not os.path.exists("/proc/self/stat")
    return state.rpartition(")")[2].split()[0] != "Z"
