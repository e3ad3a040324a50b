"""Paths in, verdicts out: reads files and judges them, one file's failure never stopping the others."""

import os
from collections.abc import Callable, Generator, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from nianbao.engine.checked import Checked
from nianbao.engine.verdict import Verdict
from nianbao.files.folder import LeftOut, Wanted, refusal, walk
from nianbao.report.report import Report
from nianbao.run.linter import TOO_LONG, Input, Linter, linter, today
from nianbao.text.language import Text

if TYPE_CHECKING:  # if no finding is suppressed, none of this is read
    from nianbao.suppression.waivers import Waivers, WaiverUse

EVERYTHING = Wanted()
_NOTHING_IN = Text("这个文件夹里没有报告（{suffixes}）", "no report in this folder ({suffixes})")

_KILLED = Text(
    "检查这份文件的进程两次被终止，没有结论；内存不够时可以减少 -j",
    "its process was killed twice, so there is no verdict; if memory is short, try a smaller -j",
)
_UNSENT = Text(
    "这份文件的结果不能在进程之间传送，没有结论；不用 -j 再试",
    "its result cannot be sent from one process to another, so there is no verdict: leave -j out",
)


class Given(NamedTuple):
    """The files that the paths of a command mean, and those of their folders that are left out, each once."""

    files: tuple[Input, ...]
    left_out: tuple[LeftOut, ...] = ()


def inputs(
    paths: Sequence[str],
    suffixes: Callable[[str], tuple[str, ...]],
    notice: Callable[[Text], None],
    wanted: Wanted = EVERYTHING,
) -> Given:
    """Return the files that *paths* mean: a folder means the files of its *suffixes* in it and below.

    A file of a folder that may be a report and cannot be read is among them, with the reason.
    *notice* is told of each .gitignore that is passed over.
    """
    files: dict[str, Input] = {}
    left_out: dict[str, LeftOut] = {}
    for path in paths:
        if not os.path.isdir(path):
            known = files.get(_identity(path))
            if known is None or known.error is not None:  # what is named is read, whatever it looks like
                files[_identity(path)] = Input(path)
            continue
        for found in _in_folder(path, suffixes(path), wanted, notice):
            if isinstance(found, LeftOut):
                left_out.setdefault(_identity(found.path), found)
            else:
                files.setdefault(_identity(found.path), found)
    return Given(tuple(files.values()), tuple(left_out[key] for key in left_out if key not in files))


def _identity(path: str) -> str:
    return os.path.normcase(os.path.abspath(path))


def _in_folder(
    path: str, suffixes: tuple[str, ...], wanted: Wanted, notice: Callable[[Text], None]
) -> Iterator[Input | LeftOut]:
    count = 0
    try:
        for found in walk(path, suffixes, wanted, notice):
            count += not isinstance(found, LeftOut)
            yield found if isinstance(found, LeftOut) else Input(found.path, error=found.refused)
    except OSError as error:
        yield Input(path, error=refusal(error))
        return
    if not count:
        shown = Text("、".join(suffixes), ", ".join(suffixes))
        yield Input(path, error=_NOTHING_IN.fill(suffixes=shown))


def verdicts(reports: Sequence[Input], processes: int = 1) -> Generator[Checked]:
    """Yield the result of each file by its own settings, in order, then the findings on their waivers.

    With *processes* more than one, they share the work. When a signal ends the run, the results that are there are
    yielded before Stopped is raised.
    """
    files: dict[str, Waivers] = {}
    uses: dict[str, list[WaiverUse]] = {}
    for file, checked in _each(reports, processes):
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


def _each(reports: Sequence[Input], processes: int) -> Iterator[tuple[Input, Checked]]:
    if processes <= 1 or len(reports) <= 1:
        yield from ((file, _check(file)) for file in reports)
        return
    from nianbao.run.workers import Lost, shared

    for file, checked in shared(_check, reports, processes, _seconds):
        if isinstance(checked, Lost):
            late = TOO_LONG.fill(seconds=f"{file.seconds:g}")
            reason = {Lost.LATE: late, Lost.KILLED: _KILLED, Lost.UNSENT: _UNSENT}[checked]
            checked = Checked(file.name, None, reason, fault=checked is Lost.UNSENT)
        yield file, checked


def _check(file: Input) -> Checked:
    return linter(file.settings).check(file)


def _seconds(file: Input) -> float:
    return file.seconds
