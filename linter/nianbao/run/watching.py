"""What a run rests on, looked at until it changes, and what was judged before: for a run that is repeated.

Files are looked at, not reported by the system: reports lie on network drives, of which no system tells.
"""

import os
import time
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from nianbao.files.folder import IGNORE
from nianbao.files.lookup import BASELINE, SETTINGS, TOML, WAIVERS, folders
from nianbao.run.cache import Cache
from nianbao.run.judged import Judged
from nianbao.run.kept import Kept

if TYPE_CHECKING:  # a report that is checked alone has no others
    from nianbao.report.neighbour import Neighbour, Neighbours
    from nianbao.run.settings import Settings

_OWN_NAMES = (SETTINGS, TOML, WAIVERS, BASELINE)
_PASSING = (".", "~$")  # the beginnings of names of what editors and office programs write for themselves
_PAUSE = 0.2  # seconds between two looks
_SHARE = 20  # times as long as a look takes is the pause at least: no more than a twentieth of a processor
_QUIET = 0.05  # seconds without a change, after which a file counts as written
_LONGEST = 20  # looks at a file that goes on changing

State = tuple[int, int, int] | None  # of a file; None if it is not there
States = dict[str, State]


def states_of(paths: Iterable[str], beside: Iterable[str] = ()) -> States:
    """Return the state of each file at *paths*, in folders and below them too, by its absolute path.

    So for the settings that may hold for them, there or not. Those *beside* are files that settings name.
    """
    found: States = {}
    above: set[str] = set()
    for path in map(os.path.abspath, paths):
        if os.path.isdir(path):
            found.update(_in_folder(path))
        else:
            found[path] = _state(path)
            path = os.path.dirname(path)
        above.update(folders(path))
    for path in map(os.path.abspath, beside):
        found.update(_in_folder(path) if os.path.isdir(path) else {path: _state(path)})
    for folder in above:
        for path in (os.path.join(folder, name) for name in _OWN_NAMES):
            found[path] = _state(path)
    return found


def _in_folder(folder: str) -> Iterator[tuple[str, State]]:
    """Yield path and state of each file in *folder* and below; hidden folders are not entered."""
    rest = [folder]
    while rest:
        try:
            with os.scandir(rest.pop()) as entries:
                for entry in entries:
                    if entry.name.startswith(_PASSING) and entry.name != IGNORE:
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        rest.append(entry.path)
                    else:
                        yield entry.path, _state(entry.path)
        except OSError:  # gone meanwhile, or not to be read
            continue


def _state(path: str) -> State:
    try:
        there = os.stat(path)
    except (OSError, ValueError):
        return None
    return there.st_mtime_ns, there.st_size, there.st_ino


def changed(before: Mapping[str, State], now: Mapping[str, State]) -> frozenset[str]:
    """Return the paths of the files whose state is not the same *before* and *now*."""
    return frozenset(path for path in before.keys() | now.keys() if before.get(path) != now.get(path))


def next_change(
    before: Mapping[str, State], paths: Iterable[str], beside: Iterable[str], own: frozenset[str]
) -> States:
    """Wait until a file is not as it was *before*, and return the states once nothing more is written.

    The files that are looked at are those of `states_of`, without the run's *own* outputs.
    """
    pause = _PAUSE
    while True:
        time.sleep(pause)
        begun = time.perf_counter()
        now = states_of(paths, beside)
        pause = max(_PAUSE, _SHARE * (time.perf_counter() - begun))
        if changed(before, now) - own:
            break
    for _ in range(_LONGEST):
        time.sleep(_QUIET)
        last, now = now, states_of(paths, beside)
        if not changed(last, now) - own:
            break
    return now


class Memory(Cache):
    """What was judged in this process, for the next time; what was not met again then is forgotten.

    A report is judged again when it has changed, or last year's, or those that it sums up.
    """

    def __init__(self, before: "Memory | None" = None) -> None:
        super().__init__(Kept("", ""), "")
        self._before = before._results if before is not None else {}
        self._results: dict[str, Judged] = {}
        self._seen_before = before._seen_now if before is not None else {}
        self._seen_now: dict[str, Neighbour] = {}

    def knows(self, settings: "Settings") -> bool:
        """Return True: Python that settings name is looked at too."""
        return True

    def find(self, key: str) -> Judged | None:
        """Return the result of the last time under *key*, None if there is none."""
        found = self._before.get(key)
        return self._kept(key, found)._replace(again=True) if found is not None else None

    def keep(self, key: str, result: Judged) -> Judged:
        """Return *result*, kept under *key*; that of a file that cannot be read is known by its reason."""
        key = key or result.complaint
        return self._kept(key, result)._replace(again=bool(key) and key in self._before)

    def find_seen(self, key: str, path: str) -> "Neighbour | None":
        """Return what others saw of the file at *path* the last time, None if that is not known."""
        found = self._seen_before.get(key)
        if found is not None and found.path == path:
            self.keep_seen(key, found)
            return found
        return None

    def keep_seen(self, key: str, seen: "Neighbour") -> None:
        """Keep *seen* under *key*."""
        if key:
            self._seen_now[key] = seen

    def _of_neighbours(self, neighbours: "Neighbours") -> bytes:
        """Leave out those beside: each change of one would have all of them judged again."""
        return super()._of_neighbours(neighbours._replace(siblings=None))

    def _kept(self, key: str, result: Judged) -> Judged:
        if key:
            self._results[key] = result
        return result
