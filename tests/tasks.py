"""Work to be done in other processes, which find it here by its name."""

import os
import signal
import threading
import time
from pathlib import Path

from faults import PATIENCE


def square(number: int) -> int:
    return number * number


def deadly(word: str) -> str:
    """Do what the word says, and return it."""
    what, _, where = word.partition(" ")
    if what == "once" and not os.path.exists(where):
        Path(where).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    if what == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if what == "hang":
        time.sleep(PATIENCE)
    if what == "wait":
        _wait_for(where)
    return word


def _wait_for(path: str) -> None:
    until = time.monotonic() + PATIENCE
    while not os.path.exists(path) and time.monotonic() < until:
        time.sleep(0.01)


def unsendable(number: int) -> object:
    return threading.Lock() if number == 1 else number


def interrupt(item: tuple[int, str, int]) -> int:
    """Have the process that is named interrupted by the first item when the last has begun.

    The first ends when its process is ended, or when there is a file of the name of the other with `.over`.
    """
    number, last, process = item
    if number == 7:
        Path(last).touch()
    if number == 0:
        while not os.path.exists(last):
            time.sleep(0.01)
        os.kill(process, signal.SIGINT)
        _wait_for(f"{last}.over")
    return number
