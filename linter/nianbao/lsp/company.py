"""The reports that a text in the editor is compared with: those that its settings name, each read once while it is as it was."""

import os
from collections.abc import Callable, MutableMapping, Sequence

from nianbao.report.packing import neighbour_of
from nianbao.run.acquaintance import Learning, company_of
from nianbao.run.linter import Input, Linter
from nianbao.run.pairing import Party, Seen, acquainted
from nianbao.run.resolve import Resolver
from nianbao.run.roster import read_roster
from nianbao.run.settings import Compared
from nianbao.text.source import UnreadableError

_MOST = 2000  # reports that are kept as others see them: forty megabytes


def introduced(
    given: Input,
    judging: Linter,
    compared: Compared,
    resolver: Resolver,
    known: MutableMapping[tuple[str, int, int], Seen],
    before_each: Callable[[], None],
) -> Input:
    """Return *given*, a text that is being written, read, with what it knows of the reports that *compared* names.

    *known* are those that have been read before, by path and state; *before_each* is called before one more is read,
    and ends it by what it raises. Raises as `Resolver`.
    """
    (company,) = company_of([(given, compared)], resolver)
    roster = read_roster(compared.roster) if compared.roster else None

    def seen(files: Sequence[Input]) -> tuple[Seen, ...]:
        found = []
        for file in files:
            if _is_same(file.path, given.path):
                continue  # as it was when it was last saved
            state = _state(file.path)
            if state not in known:
                before_each()
                if len(known) >= _MOST:
                    known.clear()
                known[state] = Learning().learn(file).seen
            found.append(known[state])
        return tuple(found)

    try:
        report = judging.read(given)
    except UnreadableError:
        return given  # the check says why
    itself = neighbour_of(report, given.path)
    inside = any(_is_same(file.path, given.path) for file in company.members)
    members = () if inside else seen(company.members)
    party = Party(itself, seen(company.previous), members, roster, compared.by)
    neighbours = acquainted([party], siblings=False)[given.path]
    return given._replace(report=report, neighbours=neighbours)


def _is_same(one: str, other: str) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)


def _state(path: str) -> tuple[str, int, int]:
    try:
        there = os.stat(path)
    except OSError:
        return path, 0, 0
    return path, there.st_mtime_ns, there.st_size
