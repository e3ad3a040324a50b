"""The first step of a run in which reports are compared: each is read once, and made into what the others see of it."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

from nianbao_grammar.records import NamedTuple

from nianbao.report.neighbour import Unread
from nianbao.report.packing import neighbour_of
from nianbao.report.report import Report
from nianbao.run.linter import TOO_LONG, Input, ReaderError, bounded, content_of, linter, wanted
from nianbao.run.pairing import Party, Seen, acquainted
from nianbao.run.roll_call import roll_of
from nianbao.run.round import LOST, Learned, Round
from nianbao.run.settings import Compared, worth_comparing
from nianbao.run.sources import packed
from nianbao.run.units import Roster
from nianbao.run.verdicts import EVERYTHING, inputs
from nianbao.text.language import Text
from nianbao.text.source import UnreadableError

if TYPE_CHECKING:
    from nianbao.files.folder import Wanted
    from nianbao.run.cache import Cache
    from nianbao.run.resolve import Resolver

_IN_FOLDER = Text("{path}：{reason}", "{path}: {reason}")


class Learning(NamedTuple):
    """The first step on each file; with a *cache*, what was learned before is not read again."""

    cache: "Cache | None" = None

    def learn(self, file: Input) -> Learned:
        """Return what is learned of *file*. Never raises for a fault of ours, which judging it meets again."""
        report, learned = self.read(file)
        return learned if report is None else learned._replace(text=packed(report.source))

    def read(self, file: Input) -> tuple[Report | None, Learned]:
        """Return the report in *file*, None if it need not or cannot be read, and what is learned of it."""
        key = ""
        try:
            with bounded(file):
                if self.cache is not None:
                    file = file._replace(data=content_of(file))
                    key = self.cache.key_of_seen(file)
                    known = self.cache.find_seen(key, file.path)
                    if known is not None:
                        return None, Learned(known)
                report = linter(file.settings).read(file)
                seen = neighbour_of(report, file.path)
        except ReaderError:
            return None, Learned(Unread(file.path, LOST))
        except UnreadableError as error:
            return None, Learned(Unread(file.path, error.reason))
        except Exception:
            return None, Learned(Unread(file.path, LOST))
        if self.cache is not None:
            self.cache.keep_seen(key, seen)
        return report, Learned(seen)


class Learner(Protocol):
    """What makes the first step on each file, as `Learning` does."""

    def learn(self, file: Input) -> Learned:
        """Return what is learned of *file*."""

    def read(self, file: Input) -> tuple[Report | None, Learned]:
        """Return the report in *file* too."""


class Company(NamedTuple):
    """A file of the run, what its settings say it is compared with, and the files that these paths mean."""

    file: Input
    compared: Compared
    previous: tuple[Input, ...] = ()
    members: tuple[Input, ...] = ()


def company_of(
    reports: Iterable[tuple[Input, Compared]], resolver: "Resolver", wanted: "Wanted" = EVERYTHING
) -> tuple[Company, ...]:
    """Return *reports* with the files that they are compared with; those of a folder are such as are *wanted*.

    The resolver is told of a folder without any. Raises as `Resolver`.
    """
    found: dict[tuple[str, ...], tuple[Input, ...]] = {(): ()}

    def meant(paths: tuple[str, ...]) -> tuple[Input, ...]:
        if paths not in found:
            given = inputs(paths, resolver.suffixes, resolver.notice, wanted).files
            for file in given:
                if file.error is not None and file.path in paths:  # a folder
                    resolver.notice(_IN_FOLDER.fill(path=file.name, reason=file.error))
            found[paths] = tuple(_of_any_year(resolver.resolved(file)) for file in given)
        return found[paths]

    return tuple(
        Company(file, compared, meant(compared.previous), meant(compared.members))
        for file, compared in reports
    )


def _of_any_year(file: Input) -> Input:
    """Return *file* without the year that is expected of the reports that are judged."""
    return file._replace(settings=file.settings._replace(year=None))


def introduced(files: Sequence[Input], resolver: "Resolver") -> tuple[Input, ...]:
    """Return *files* with what their reports know of each other, and of those that their settings name.

    Raises as `Resolver`, and FileError for a roster that is wrong.
    """
    compared = [resolver.compared(file.path) for file in files]
    if not worth_comparing(files, compared) or not wanted(files):
        return tuple(files)
    company = company_of(zip(files, compared, strict=True), resolver)
    made = round_of(company, Learning(), room=0)
    found = tuple(map(made.introduced, files))
    made.close()
    return found


def round_of(
    company: Sequence[Company],
    learning: Learner,
    processes: int = 1,
    *,
    asked: bool = False,
    within: Iterable[str] = (),
    room: int | None = None,
    told: Callable[[], None] = lambda: None,
) -> Round:
    """Return the reports of *company*, read, each with what it knows of the others.

    Who has not reported is told if it is *asked*, or if the roster is in one of the folders *within*. Raises FileError
    for a roster that is wrong, Stopped when a signal ends it. *room* is that of `Round`; *told*
    is called after each file that is read.
    """
    rosters = _rosters({each.compared.roster for each in company} - {""})
    made = Round(room)
    try:
        seen = _seen(company, learning, processes, made, told)
    except BaseException:
        made.close()
        raise

    named: dict[int, tuple[Seen, ...]] = {}  # those that settings name are named for many reports

    def of(files: tuple[Input, ...]) -> tuple[Seen, ...]:
        if id(files) not in named:
            named[id(files)] = tuple(seen[_identity(file.path)] for file in files)
        return named[id(files)]

    parties = [
        Party(
            seen[_identity(each.file.path)],
            of(each.previous),
            of(each.members),
            rosters.get(each.compared.roster),
            each.compared.by or os.path.dirname(each.file.path),
        )
        for each in company
    ]
    siblings = "siblings" in wanted([each.file for each in company])
    made.neighbours = acquainted(parties, siblings=siblings)
    roster = _called(rosters.values(), within, asked=asked)
    if roster is not None:
        years = {each.file.settings.year for each in company}
        own = [party.seen for party in parties]
        made.roll = roll_of(roster, own, years.pop() if len(years) == 1 else None)
    return made


def _rosters(paths: Iterable[str]) -> dict[str, Roster]:
    """Return the rosters at *paths*. Raises FileError."""
    if not paths:
        return {}
    from nianbao.run.roster import read_roster  # most rounds have none

    return {path: read_roster(path) for path in paths}


def _called(rosters: Iterable[Roster], within: Iterable[str], *, asked: bool) -> Roster | None:
    """Return the roster by which the roll is called: the one that was asked for, or that of a folder that is checked."""
    folders = [os.path.realpath(folder) for folder in within]
    for roster in rosters:
        own = roster.folder
        if asked or any(os.path.commonpath([own, folder]) == folder for folder in folders):
            return roster
    return None


def files_of(company: Sequence[Company]) -> tuple[Input, ...]:
    """Return every file that is read, those of the run first, each once."""
    named = {
        id(files): files for each in company for files in (each.previous, each.members)
    }  # shared by many
    every = (*(each.file for each in company), *(file for files in named.values() for file in files))
    found: dict[str, Input] = {}
    for file in every:
        found.setdefault(_identity(file.path), file)
    return tuple(found.values())


def _seen(
    company: Sequence[Company], learning: Learner, processes: int, made: Round, told: Callable[[], None]
) -> dict[str, Seen]:
    """Return how others see the report of each file that there is in *company*; *made* keeps those to be judged."""
    own = {_identity(each.file.path) for each in company}
    seen: dict[str, Seen] = {}
    for file, learned, report in _learned(files_of(company), learning, processes):
        key = _identity(file.path)
        seen[key] = learned.seen
        if key in own:
            made.take(file, learned, report)
        told()
    return seen


def seen_in(files: Sequence[Input], processes: int = 1) -> tuple[Seen, ...]:
    """Return how others see the report of each of *files*, read by so many *processes*. Raises Stopped."""
    return tuple(learned.seen for _, learned, _ in _learned(files, Learning(), processes))


def _learned(
    files: Sequence[Input], learning: Learner, processes: int
) -> Iterator[tuple[Input, Learned, Report | None]]:
    if processes <= 1 or len(files) <= 1:
        for file in files:
            report, learned = learning.read(file)
            yield file, learned, report
        return
    from nianbao.run.judged import Lost
    from nianbao.run.workers import shared

    for file, result in shared(learning.learn, files, processes, _seconds):
        if isinstance(result, Lost):
            late = result is Lost.LATE
            reason = TOO_LONG.fill(seconds=f"{file.seconds:g}") if late else LOST
            yield file, Learned(Unread(file.path, reason)), None
        else:
            yield file, result, None


def _seconds(file: Input) -> float:
    return file.seconds


def _identity(path: str) -> str:
    return os.path.normcase(os.path.abspath(path))
