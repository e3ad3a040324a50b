"""The reports of a run that have been read, between the two steps: until they are judged."""

from typing import TYPE_CHECKING

from nianbao_grammar.records import NamedTuple

from nianbao.report.neighbour import Neighbours, Unread
from nianbao.report.report import Report
from nianbao.run.linter import Input
from nianbao.run.pairing import Seen
from nianbao.run.sources import Sources, packed
from nianbao.text.language import Text

if TYPE_CHECKING:
    from nianbao.engine.checked import Roll

_ALIVE = 600_000  # characters of the reports that are kept as they are, with some fifty bytes for each
LOST = Text("没有读成", "it was not read")


class Learned(NamedTuple):
    """What is learned of a file: how others see its report, and its text, packed, to be judged later."""

    seen: Seen
    text: bytes = b""


class Round:
    """The reports of a run that have been read, each with what it knows of the others, until they are judged."""

    def __init__(self, room: int | None = None) -> None:
        """Keep reports of *room* characters as they are, by default of some hundreds of kilobytes of text."""
        self.neighbours: dict[str, Neighbours] = {}
        self.roll: Roll | None = None
        self._refused: dict[str, Text] = {}
        self._alive: dict[str, Report] = {}
        self._room = _ALIVE if room is None else room
        self._sources = Sources()

    def __getstate__(self) -> dict[str, object]:
        return {**vars(self), "_alive": {}}

    def take(self, file: Input, learned: Learned, report: Report | None = None) -> None:
        """Keep what is needed to judge *file* later; its *report* as it is, if there is room."""
        if isinstance(learned.seen, Unread) and learned.seen.reason is not LOST:
            self._refused[file.path] = learned.seen.reason
        elif report is not None and len(report.source.text) <= self._room:
            self._room -= len(report.source.text)
            self._alive[file.path] = report
        else:
            self._sources.put(file.path, learned.text or (packed(report.source) if report else b""))

    def introduced(self, file: Input) -> Input:
        """Return *file* with its text or its report, as it was read, and what it knows of others."""
        report = self._alive.pop(file.path, None)
        return file._replace(
            neighbours=self.neighbours.get(file.path),
            report=report,
            source=self._sources.take(file.path) if report is None else None,
            error=file.error or self._refused.get(file.path),
            differing=self.roll.differing(file.path) if self.roll is not None else (),
        )

    def close(self) -> None:
        """Let go of what has not been judged."""
        self._alive.clear()
        self._sources.close()
