"""Two rounds of reports compared: each report with its correction, both judged by the same settings."""

import os
from collections.abc import Mapping, Sequence
from contextlib import closing
from typing import Any

from nianbao_grammar.records import NamedTuple

from nianbao.report.neighbour import Neighbour, Unread
from nianbao.reporters.display import Display
from nianbao.reporters.revision import Comparing, Revision, Side, revision
from nianbao.run.acquaintance import Learning, company_of, round_of
from nianbao.run.executors import here
from nianbao.run.linter import Input, wanted
from nianbao.run.pairing import paired
from nianbao.run.resolve import Resolver
from nianbao.run.settings import worth_comparing
from nianbao.run.verdicts import Judging, holds_files, inputs, judged
from nianbao.text.language import Text, joined

_YEARS = Text("年度不同：原来是 {old}，现在是 {new}", "the years differ: {old} before, {new} now")
_BY_CONTENT = Text("看不出机关，按内容对应", "its organ is not named: paired by its sentences")
_AND = Text("；", "; ")
_NOT_KNOWN = Text("不明", "not known")


class Rounds(NamedTuple):
    """The files before and now, each with its settings, and the path by whose settings it is judged."""

    old: tuple[Input, ...]
    new: tuple[Input, ...]
    old_by: tuple[str, ...]


def rounds(old: str, new: str, resolver: Resolver) -> Rounds:
    """Return the files that the paths *old* and *new* mean. Raises as `Resolver`.

    The settings and waivers of the new side hold for both; what was there before takes the place of a baseline.
    A folder within the other belongs to its own side only.
    """
    before, now = (_given(path, resolver) for path in (old, new))
    if set(now) < set(before):
        before = {path: file for path, file in before.items() if path not in now}
    elif set(before) < set(now):
        now = {path: file for path, file in now.items() if path not in before}
    by = tuple(_in_place(file.path, old, new) for file in before.values())
    return Rounds(
        tuple(_judged_as(resolver, file, path) for file, path in zip(before.values(), by, strict=True)),
        tuple(_judged_as(resolver, file, file.path) for file in now.values()),
        by,
    )


def _given(path: str, resolver: Resolver) -> dict[str, Input]:
    files = inputs([path], resolver.suffixes, resolver.notice).files
    return {os.path.normcase(os.path.abspath(file.path)): file for file in files}


def _in_place(path: str, old: str, new: str) -> str:
    """Return the path that the file *path* of *old* would have in *new*."""
    if not holds_files(new):
        return new
    return os.path.join(new, os.path.relpath(path, old) if holds_files(old) else os.path.basename(path))


def _judged_as(resolver: Resolver, file: Input, path: str) -> Input:
    return resolver.resolved(file._replace(path=path))._replace(path=file.path, baseline=None)


def compared(
    rounds: Rounds, reporters: tuple[Any, ...], resolver: Resolver, processes: int = 1
) -> list[tuple[Revision, ...]]:
    """Return the comparison of all reports, as each of *reporters*, which are `Sides`, shows it.

    *processes* share the work. Raises as `Resolver`.
    """
    old = _sides(rounds.old, rounds.old_by, reporters, resolver, processes)
    new = _sides(rounds.new, [file.path for file in rounds.new], reporters, resolver, processes)
    beside = {rule.code: rule.beside for rule in resolver.rules if rule.beside}
    return [
        _revisions([sides[at] for sides in old], [sides[at] for sides in new], beside, reporter.display)
        for at, reporter in enumerate(reporters)
    ]


def _sides(
    files: Sequence[Input],
    by: Sequence[str],
    reporters: tuple[Any, ...],
    resolver: Resolver,
    processes: int,
) -> list[tuple[Side, ...]]:
    """Return what the *reporters* make of each of *files*, whose settings are those for the paths *by*."""
    settings = [resolver.compared(path) for path in by]
    together = None
    if worth_comparing(files, settings) and wanted(files):
        company = company_of(zip(files, settings, strict=True), resolver)
        together = round_of(company, Learning(), processes)
    try:
        judging = Judging(reporters, reporters[0].display.language, None, together)
        with closing(judged(files, judging, here(processes, files))) as results:
            return [result.parts for result in results if result.parts[0] is not None]
    finally:
        if together is not None:
            together.close()


def _revisions(
    old: Sequence[Side], new: Sequence[Side], beside: Mapping[str, Sequence[str]], display: Display
) -> tuple[Revision, ...]:
    before, now = ({side.seen.path: side for side in sides} for sides in (old, new))
    pairs = paired([side.seen for side in old], [side.seen for side in new])
    complete = all(isinstance(was, Neighbour) and isinstance(report, Neighbour) for was, report in pairs)
    comparing = Comparing(beside, complete)
    found = []
    for was, report in pairs:
        if isinstance(was, Neighbour) and isinstance(report, Neighbour):
            note = None if was.organ and report.organ else _BY_CONTENT
            if was.year != report.year:
                note = _YEARS.fill(old=was.year or _NOT_KNOWN, new=report.year or _NOT_KNOWN)
            found.append(revision(before[was.path], now[report.path], comparing, display, note))
        else:
            found.append(_apart(was, report, display))
    return tuple(found)


def _apart(old: Neighbour | Unread, new: Neighbour | Unread, display: Display) -> Revision:
    """Return that there is no pair, with the reasons on each side."""
    known = next((seen for seen in (new, old) if isinstance(seen, Neighbour)), new)
    why = dict.fromkeys(seen.reason for seen in (new, old) if isinstance(seen, Unread))
    return Revision(display.shown(known.organ), known.year, old.path, new.path, joined(why, _AND))
