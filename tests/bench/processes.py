"""What processes cost: processor time, time on the clock, and memory.

Whoever imports this should be small: on Linux the peak of a child is never below that of its parent.
"""

import os
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

Command = Sequence[str | Path]


class Spent(NamedTuple):
    """What a process and the children it has waited for cost.

    *cpu* is processor time, of user and system, and *wall* time on the clock, both in seconds; *peak* is the most
    that any one of them had in memory, in MiB.
    """

    cpu: float
    wall: float
    peak: float


def surroundings(cache: Path) -> dict[str, str]:
    """Return the environment of a measured process: nobody's settings, and *cache* for the user's cache."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    return {**kept, "LANG": "C.UTF-8", "XDG_CACHE_HOME": str(cache)}


def spent(
    command: Command, *, given: Path | None = None, cache: Path | None = None, fine: Sequence[int] = (0, 1)
) -> Spent:
    """Run *command*, its output thrown away, with the file *given* as its input, and return what it has cost.

    Without *cache* it finds an empty one, so that nothing is remembered from another run. Raises RuntimeError if its exit code is not *fine*.
    """
    words, nowhere = [*map(str, command)], os.open(os.devnull, os.O_RDWR)
    source = os.open(given or os.devnull, os.O_RDONLY)
    actions = [
        (os.POSIX_SPAWN_DUP2, source, 0),
        (os.POSIX_SPAWN_DUP2, nowhere, 1),
        (os.POSIX_SPAWN_DUP2, nowhere, 2),
    ]
    with tempfile.TemporaryDirectory() as empty:
        start = time.perf_counter()
        child = os.posix_spawnp(words[0], words, surroundings(cache or Path(empty)), file_actions=actions)
        _, status, usage = os.wait4(child, 0)
        wall = time.perf_counter() - start
    os.close(source)
    os.close(nowhere)
    if os.waitstatus_to_exitcode(status) not in fine:
        raise RuntimeError(f"{' '.join(words)[:300]} ended with {os.waitstatus_to_exitcode(status)}")
    return Spent(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024)


def least(commands: Mapping[str, Command], turns: int, **how: Mapping[str, Path]) -> dict[str, float]:
    """Return the least processor time of each of *commands*, in seconds, of so many *turns* in which each has one.

    *how* has what `spent` takes, by the name of a command.
    """
    best = dict.fromkeys(commands, float("inf"))
    for _ in range(turns):
        for name, command in commands.items():
            more = {key: its[name] for key, its in how.items() if name in its}
            best[name] = min(best[name], spent(command, **more).cpu)
    return best
