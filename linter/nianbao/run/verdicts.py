"""Paths in, verdicts out: reads files and judges them, one file's failure never stopping the others."""

import os
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from nianbao.engine.checked import Checked
from nianbao.engine.verdict import Verdict
from nianbao.files.folder import Wanted, files_in
from nianbao.report.report import Report
from nianbao.run.linter import FORBIDDEN, NOT_READ, Input, Linter, linter, today
from nianbao.text.language import Text

if TYPE_CHECKING:  # where nobody has answered for a finding, nothing of this is read
    from nianbao.suppression.waivers import Waivers, WaiverUse

EVERYTHING = Wanted()
_NOTHING_IN = Text("这个文件夹里没有报告（{suffixes}）", "no report in this folder ({suffixes})")

_MOST_PROCESSES = 61  # as many as Windows can wait for


class ProcessLostError(Exception):
    """One of the processes that share the work has been killed."""


def inputs(
    paths: Sequence[str], suffixes: Callable[[str], tuple[str, ...]], wanted: Wanted = EVERYTHING
) -> Iterator[Input]:
    """Yield the files that *paths* mean, each once: a folder means the files of its *suffixes* in it and below."""
    seen = set()
    for path in paths:
        for given in _in_folder(path, suffixes(path), wanted) if os.path.isdir(path) else (Input(path),):
            identity = os.path.normcase(os.path.abspath(given.path))
            if identity not in seen:
                seen.add(identity)
                yield given


def _in_folder(path: str, suffixes: tuple[str, ...], wanted: Wanted) -> Iterator[Input]:
    try:
        files = list(files_in(path, suffixes, wanted))
    except OSError as error:
        yield Input(path, error=FORBIDDEN if isinstance(error, PermissionError) else NOT_READ.fill(why=error))
        return
    shown = Text("、".join(suffixes), ", ".join(suffixes))
    yield from map(Input, files) if files else (Input(path, error=_NOTHING_IN.fill(suffixes=shown)),)


def verdicts(given: Sequence[Input], processes: int = 1) -> Iterator[Checked]:
    """Yield what became of each file by its own settings, in order, then what is to be said of their waivers.

    With *processes* more than one, they share the work. Raises ProcessLostError.
    """
    files: dict[str, Waivers] = {}
    seen: dict[str, list[WaiverUse]] = {}
    for one, checked in zip(given, _each(given, processes), strict=True):
        if one.waivers is not None and checked.verdict is not None:
            path = one.waivers.path
            files.setdefault(path, one.waivers)
            seen.setdefault(path, []).append(one.waivers.use(checked.verdict, one.path, today()))
        yield checked
    for path, waivers in files.items():
        settings = dict.fromkeys(one.settings for one in given if one.waivers and one.waivers.path == path)
        yield from _on_waivers(waivers, seen[path], [linter(each) for each in settings])


def _on_waivers(
    waivers: "Waivers", uses: Sequence["WaiverUse"], judging: Sequence[Linter]
) -> Iterator[Checked]:
    codes = frozenset().union(*(one.codes for one in judging))
    notices = waivers.notices(uses, codes, today())
    if notices:
        report = Report(waivers.source, judging[0].forms)
        verdict = Verdict(report, notices, ())
        yield Checked(waivers.path, verdict, fail_on=judging[0].settings.fail_on, on_waivers=True)


def _each(given: Sequence[Input], processes: int) -> Iterator[Checked]:
    if processes <= 1 or len(given) <= 1:
        yield from map(_check, given)
        return
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    chunk = max(1, min(32, len(given) // (4 * processes)))
    try:
        with ProcessPoolExecutor(min(processes, len(given), _MOST_PROCESSES)) as pool:
            yield from pool.map(_check, given, chunksize=chunk)
    except BrokenProcessPool as error:
        raise ProcessLostError(str(error)) from error


def _check(given: Input) -> Checked:
    return linter(given.settings).check(given)
