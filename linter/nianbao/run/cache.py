"""The results of reports that were judged before, found again by all that they depend on."""

import marshal
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING
from zlib import compress, decompress

from nianbao.engine.checked import Tally
from nianbao.files.regular import PLUGIN_BYTES, contents
from nianbao.run.judged import Judged
from nianbao.run.kept import Kept, digest
from nianbao.run.linter import Input, today
from nianbao.run.settings import Settings

if TYPE_CHECKING:  # a report that is checked alone has no others
    from nianbao.report.neighbour import Neighbour, Neighbours, Unread
    from nianbao.suppression.baseline import Baseline


class Cache:
    """The results that are *kept* for one *view* of them: formats and their display."""

    def __init__(self, kept: Kept, view: str) -> None:
        self.kept = kept
        self.view = view
        self._rules: dict[
            tuple[str, ...], bytes
        ] = {}  # a digest of the files of rules, which are loaded once

        self._baselines: dict[str, bytes] = {}  # digests, by path
        self._groups: dict[int, bytes] = {}  # digests, by the group of reports
        self._seen: dict[str, bytes] = {}  # and of single reports, by path

    def knows(self, settings: Settings) -> bool:
        """Return whether all that a result by *settings* depends on is known: Python may ask anything of the world."""
        return not settings.plugins

    def key(self, file: Input) -> str:
        """Return the key of *file*, whose content has been read, "" if its result cannot be kept.

        Raises OSError or UnreadableError for a file of rules that is gone.
        """
        if file.data is None or not self.knows(file.settings):
            return ""
        return self.kept.key((repr(tuple(self._depends_on(file))).encode(), file.data))

    def find(self, key: str) -> Judged | None:
        """Return the result that is kept under *key*, None if there is none."""
        data = self.kept.read(key) if key else None
        if data is None:
            return None
        figures, parts, use = marshal.loads(decompress(data))
        if use is not None:
            from nianbao.suppression.waivers import WaiverUse

            use = WaiverUse(*map(frozenset, use))
        return Judged(Tally(*figures), parts, "", use, lasts=True)

    def keep(self, key: str, result: Judged) -> Judged:
        """Return *result*, kept under *key* if it lasts."""
        if not key or not result.lasts:
            return result._replace(lasts=False)
        use = None if result.use is None else (tuple(result.use.tried), tuple(result.use.met))
        self.kept.write(key, compress(marshal.dumps((tuple(result.tally), result.parts, use)), 1))
        return result

    def key_of_seen(self, file: Input) -> str:
        """Return the key of what others see of *file*, whose content has been read, "" if that cannot be kept."""
        if file.data is None or not self.knows(file.settings):
            return ""
        asked = ("seen", file.settings, self._of_rules(file.settings.rules))
        return self.kept.key((repr(asked).encode(), file.data))

    def find_seen(self, key: str, path: str) -> "Neighbour | None":
        """Return what others see of the file at *path*, as it is kept under *key*, None if there is nothing."""
        data = self.kept.read(key) if key else None
        if data is None:
            return None
        from nianbao.report.neighbour import Figures, Neighbour

        found = dict(zip(Neighbour._fields, marshal.loads(data), strict=True))
        tables = {name: Figures(*table) for name, table in found["tables"].items()}
        return Neighbour(**{**found, "path": path, "tables": tables})

    def keep_seen(self, key: str, seen: "Neighbour") -> None:
        """Keep *seen* under *key*."""
        if key:
            tables = {name: tuple(table) for name, table in seen.tables.items()}
            self.kept.write(key, marshal.dumps(tuple({**seen._asdict(), "tables": tables}.values())))

    def _of_neighbours(self, neighbours: "Neighbours") -> bytes:
        """Return a digest of all that a report knows of others; that of a group is made once."""
        siblings = neighbours.siblings
        if siblings is not None and id(siblings) not in self._groups:
            self._groups[id(siblings)] = digest(map(self._of_seen, siblings.reports))
        parts = [b"-" if siblings is None else self._groups[id(siblings)]]
        for others in ((neighbours.previous,), neighbours.members):
            parts.append(b"-" if others is None else repr(len(others)).encode())
            parts += [self._of_seen(other) for other in others or ()]
        return digest(parts)

    def _of_seen(self, seen: "Neighbour | Unread | None") -> bytes:
        from nianbao.report.neighbour import Neighbour

        if isinstance(seen, Neighbour) and seen.path in self._seen:
            return self._seen[seen.path]
        made = digest([repr(seen).encode("utf-8", "surrogatepass")])
        if isinstance(seen, Neighbour):  # of a file that is not known there may be several reasons
            self._seen[seen.path] = made
        return made

    def _depends_on(self, file: Input) -> Iterator[object]:
        """Yield all but the content of *file* that its result depends on, as values that `repr` tells apart."""
        yield from (self.view, os.getcwd(), file.path, file.settings, self._of_rules(file.settings.rules))
        yield file.differing
        if file.neighbours is not None:
            yield self._of_neighbours(file.neighbours)
        if file.waivers is not None:
            waivers = file.waivers
            yield from (waivers.path, waivers.source.text)
            yield today() if any(waiver.until is not None for waiver in waivers.entries) else ""
        if file.baseline is not None:
            from nianbao.suppression.names import report_name

            baseline = file.baseline
            yield baseline.path
            own = baseline.reports.get(report_name(file.path, baseline.path))
            # A report under another name may be any of them: which one is not known before it is read.
            yield self._of_baseline(baseline) if own is None else sorted(own.items())

    def _of_baseline(self, baseline: "Baseline") -> bytes:
        if baseline.path not in self._baselines:
            lines = sorted(
                (entry, n) for entries in baseline.reports.values() for entry, n in entries.items()
            )
            self._baselines[baseline.path] = digest([repr(lines).encode("utf-8", "surrogatepass")])
        return self._baselines[baseline.path]

    def _of_rules(self, paths: tuple[str, ...]) -> bytes:
        if paths not in self._rules:
            self._rules[paths] = digest(contents(path, PLUGIN_BYTES) for path in paths)
        return self._rules[paths]
