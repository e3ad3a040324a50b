"""Paths in, verdicts out: reads files and judges them, one file's failure never stopping the others."""

import os
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from nianbao.engine.checked import Checked, LeftOut
from nianbao.engine.verdict import Verdict
from nianbao.files.folder import Reason, Wanted, files_in
from nianbao.files.system_errors import reason_of
from nianbao.report.report import Report
from nianbao.run.linter import FORBIDDEN, NOT_READ, Input, Linter, linter, today
from nianbao.text.language import Text

if TYPE_CHECKING:  # if no finding is suppressed, none of this is read
    from nianbao.suppression.waivers import Waivers, WaiverUse

EVERYTHING = Wanted()
# What may be a report and is not checked: the run has no verdict on it.
_REFUSED = {
    Reason.UNKNOWN_KIND: Text(
        "这一类文件读不了：另存为 docx 或 PDF 再检查；压缩包先解开",
        "no reader for this kind of file: save it as docx or PDF, or unpack it first",
    ),
    Reason.NO_FILE: Text("不是文件，或者链接指向的文件不在了", "no file, or a link to one that is gone"),
    Reason.FORBIDDEN: FORBIDDEN,
}
_NOTHING_IN = Text("这个文件夹里没有报告（{suffixes}）", "no report in this folder ({suffixes})")

_MOST_PROCESSES = 61  # as many as Windows can wait for


class ProcessLostError(Exception):
    """One of the processes that share the work has been killed."""


def inputs(
    paths: Sequence[str], suffixes: Callable[[str], tuple[str, ...]], wanted: Wanted = EVERYTHING
) -> Iterator[Input]:
    """Yield the files that *paths* mean, each once: a folder means the files of its *suffixes* in it and below."""
    return (file for file in found(paths, suffixes, wanted) if isinstance(file, Input))


def found(
    paths: Sequence[str], suffixes: Callable[[str], tuple[str, ...]], wanted: Wanted = EVERYTHING
) -> Iterator[Input | LeftOut]:
    """Yield the files that *paths* mean, each once, and those in their folders that are left out.

    What may be a report and cannot be read is no file left out but one with an error.
    """
    seen = set()
    for path in paths:
        for file in _in_folder(path, suffixes(path), wanted) if os.path.isdir(path) else (Input(path),):
            identity = os.path.normcase(os.path.abspath(file.path))
            if identity not in seen:
                seen.add(identity)
                yield file


def _in_folder(path: str, suffixes: tuple[str, ...], wanted: Wanted) -> Iterator[Input | LeftOut]:
    try:
        entries = list(files_in(path, suffixes, wanted))
    except OSError as error:
        forbidden = isinstance(error, PermissionError)
        yield Input(path, error=FORBIDDEN if forbidden else NOT_READ.fill(why=reason_of(error)))
        return
    shown = Text("、".join(suffixes), ", ".join(suffixes))
    for entry in entries:
        if entry.reason is None:
            yield Input(entry.path)
        elif entry.reason in _REFUSED:
            yield Input(entry.path, error=_REFUSED[entry.reason])
        else:
            yield LeftOut(entry.path, entry.reason.value)
    if not any(entry.reason is None or entry.reason in _REFUSED for entry in entries):
        yield Input(path, error=_NOTHING_IN.fill(suffixes=shown))


def verdicts(reports: Sequence[Input], processes: int = 1) -> Iterator[Checked]:
    """Yield the result of each file by its own settings, in order, then the findings on their waivers.

    With *processes* more than one, they share the work. Raises ProcessLostError.
    """
    files: dict[str, Waivers] = {}
    uses: dict[str, list[WaiverUse]] = {}
    for file, checked in zip(reports, _each(reports, processes), strict=True):
        if file.waivers is not None and checked.verdict is not None:
            path = file.waivers.path
            files.setdefault(path, file.waivers)
            uses.setdefault(path, []).append(file.waivers.use(checked.verdict, file.path, today()))
        yield checked
    for path, waivers in files.items():
        settings = dict.fromkeys(f.settings for f in reports if f.waivers and f.waivers.path == path)
        yield from _on_waivers(waivers, uses[path], [linter(each) for each in settings])


def _on_waivers(
    waivers: "Waivers", uses: Sequence["WaiverUse"], linters: Sequence[Linter]
) -> Iterator[Checked]:
    codes = frozenset().union(*(each.codes for each in linters))
    notices = waivers.notices(uses, codes, today())
    if notices:
        report = Report(waivers.source, linters[0].forms)
        verdict = Verdict(report, notices, ())
        yield Checked(waivers.path, verdict, fail_on=linters[0].settings.fail_on, on_waivers=True)


def _each(reports: Sequence[Input], processes: int) -> Iterator[Checked]:
    if processes <= 1 or len(reports) <= 1:
        yield from map(_check, reports)
        return
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    chunk = max(1, min(32, len(reports) // (4 * processes)))
    try:
        with ProcessPoolExecutor(min(processes, len(reports), _MOST_PROCESSES)) as pool:
            yield from pool.map(_check, reports, chunksize=chunk)
    except BrokenProcessPool as error:
        raise ProcessLostError(str(error)) from error


def _check(file: Input) -> Checked:
    return linter(file.settings).check(file)
