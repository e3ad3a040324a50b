"""Paths in, verdicts out: reads files and judges them, one file's failure never stopping the others."""

import os
import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from nianbao_grammar.records import NamedTuple

from nianbao.engine.checked import Checked, tally
from nianbao.engine.finding import OutcomeState
from nianbao.engine.verdict import Verdict
from nianbao.files.archive import archive_above, is_archive, member_at
from nianbao.files.folder import LeftOut, Wanted, refusal, walk, walk_archive
from nianbao.plugins.builtin import OFFICE
from nianbao.report.report import Report
from nianbao.reporters.reporter import PartReporter
from nianbao.run.judged import Judged, Lost
from nianbao.run.linter import TOO_LONG, Input, Linter, bounded, content_of, failed, linter, today
from nianbao.text.inert import inert
from nianbao.text.language import Language, Text
from nianbao.text.source import UnreadableError

if TYPE_CHECKING:  # if no finding is suppressed, none of this is read
    from nianbao.run.cache import Cache
    from nianbao.run.round import Round
    from nianbao.suppression.waivers import Waivers, WaiverUse

EVERYTHING = Wanted()
_BY_OTHERS = "office"  # the kind of file that another program reads, of which the version is not known
_UNREAD_HERE = OFFICE if sys.platform == "emscripten" else ()  # a browser starts no program that reads them
_NOTHING_IN = Text("这个文件夹里没有报告（{suffixes}）", "no report in this folder ({suffixes})")
_NAME_ONE = Text(
    "是压缩包；写明其中的一份报告：{path}/…",
    "an archive: name one report in it: {path}/…",
)
_NOTHING_PACKED = Text("这个压缩包里没有报告（{suffixes}）", "no report in this archive ({suffixes})")

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
    """Return the files that *paths* mean: a folder means the files of its *suffixes* in it and below, and so does a zip.

    A file of a folder that may be a report and cannot be read is among them, with the reason.
    *notice* is told of each .gitignore that is passed over.
    """
    files: dict[str, Input] = {}
    left_out: dict[str, LeftOut] = {}
    for path in paths:
        if not holds_files(path):
            known = files.get(_identity(path))
            if known is None or known.within:  # what is named is read, whatever it looks like
                files[_identity(path)] = file_at(path)
            continue
        for found in _in_folder(path, suffixes(path), wanted, notice):
            if isinstance(found, LeftOut):
                left_out.setdefault(_identity(found.path), found)
            else:
                files.setdefault(_identity(found.path), found)
    return Given(tuple(files.values()), tuple(left_out[key] for key in left_out if key not in files))


def _identity(path: str) -> str:
    return os.path.normcase(os.path.abspath(path))


def holds_files(path: str) -> bool:
    """Return whether *path* means the files in it: a folder, or an archive."""
    return os.path.isdir(path) or is_archive(path)


def is_there(path: str) -> bool:
    """Return whether there is a file or folder *path*, which may be in an archive; one that cannot be read may have it."""
    if os.path.lexists(path):
        return True
    file = file_at(path) if archive_above(path) else None
    return file is not None and (file.member is not None or file.error is not None)


def file_at(path: str) -> Input:
    """Return the file *path*, which may be in an archive (`a.zip/b.docx`); an archive itself is none."""
    try:
        if is_archive(path):
            return Input(path, error=_NAME_ONE.fill(path=inert(Input(path).name)))
        return Input(path, member=member_at(path))
    except UnreadableError as error:
        return Input(path, error=error.reason)
    except OSError as error:
        return Input(path, error=refusal(error))


def _in_folder(
    path: str, suffixes: tuple[str, ...], wanted: Wanted, notice: Callable[[Text], None]
) -> Iterator[Input | LeftOut]:
    count = 0
    folder = os.path.isdir(path)
    try:
        walked = walk if folder else walk_archive
        for found in walked(path, suffixes, wanted, notice):
            count += not isinstance(found, LeftOut)
            if isinstance(found, LeftOut):
                yield found
            else:
                yield Input(found.path, error=found.refused, within=path, member=found.member)
    except OSError as error:
        yield Input(path, error=refusal(error))
        return
    if not count:
        readable = [suffix for suffix in suffixes if suffix not in _UNREAD_HERE]
        shown = Text("、".join(readable), ", ".join(readable))
        yield Input(path, error=(_NOTHING_IN if folder else _NOTHING_PACKED).fill(suffixes=shown))


class Judging(NamedTuple):
    """The work on each file of a run: its verdict, and the parts that *reporters* make of it.

    With a *cache*, what was judged before is not judged again. In a *round* reports know each other.
    """

    reporters: tuple[PartReporter, ...]
    language: Language
    cache: "Cache | None" = None
    together: "Round | None" = None  # where reports are compared

    def judge(self, file: Input) -> Judged:
        """Return what the run keeps of *file*. Never raises for a fault of a rule or of ours."""
        asked = self.asked(file) if self.cache is not None else Asked(self.introduced(file))
        return asked.known or self.keep(asked, self.result(asked))

    def introduced(self, file: Input) -> Input:
        """Return *file* with what its report knows of others; to be asked once."""
        return self.together.introduced(file) if self.together is not None else file

    def asked(self, file: Input) -> "Asked":
        """Return *file* with its content, if it can be read, and the result if that is known."""
        file = self.introduced(file)
        if file.data is not None:
            return Asked(file)
        key, known = "", None
        with suppress(UnreadableError, OSError, MemoryError):  # the check meets it again and says so
            with bounded(file):
                file = file._replace(data=content_of(file))
            if self.cache is not None:
                key = self.cache.key(file)
                known = self.cache.find(key)
        return Asked(file, key, known)

    def keep(self, asked: "Asked", result: Judged) -> Judged:
        """Return *result*, that of *asked*, kept for another run if it may be."""
        if self.cache is None or asked.known is not None:
            return result
        return self.cache.keep(asked.key, result)

    def result(self, asked: "Asked") -> Judged:
        """Return what the run keeps of the file that is *asked* about, judged anew."""
        file = asked.file
        checked = _check(file)
        try:
            return self.of(checked, file)
        except Exception as error:
            return self.of(failed(file, error), file)

    def of(self, checked: Checked, file: Input | None = None) -> Judged:
        """Return what the run keeps of *checked*, the result of *file*."""
        use = None
        if file is not None and file.waivers is not None and checked.verdict is not None:
            use = file.waivers.use(checked.verdict, file.path, today(), file.here)
        complaint = checked.complaint(self.language) if checked.error is not None else ""
        parts = tuple(reporter.part(checked) for reporter in self.reporters)
        return Judged(tally(checked), parts, complaint, use, _lasts(checked.verdict))

    def lost(self, file: Input, reason: Lost) -> Judged:
        """Return what the run keeps of *file*, whose result was lost for *reason*."""
        return self.of(Checked(file.name, None, why_lost(file, reason), fault=reason.value == "unsent"))


def why_lost(file: Input, reason: "Lost") -> Text:
    """Return the words on *file*, whose result was lost for *reason*."""
    late = TOO_LONG.fill(seconds=f"{file.seconds:g}")
    return {"late": late, "killed": _KILLED, "unsent": _UNSENT}[reason.value]


class Asked(NamedTuple):
    """A *file* with its content, and its result if that is *known*; "" is the *key* of one that is not kept."""

    file: Input
    key: str = ""
    known: Judged | None = None


# Yields files in their order, each with what the run keeps of it.
Executor = Callable[[Sequence[Input], Judging], Iterator[tuple[Input, Judged | Lost]]]


def in_turn(files: Sequence[Input], judging: Judging) -> Iterator[tuple[Input, Judged | Lost]]:
    """Judge *files* in this process, one after the other."""
    return ((file, judging.judge(file)) for file in files)


def judged(reports: Sequence[Input], judging: Judging, executor: Executor = in_turn) -> Generator[Judged]:
    """Yield what a run keeps of each file, judged by its own settings, in order, then of their waivers.

    The *executor* has the files judged, here or elsewhere. When a signal ends the run, the results that are there are
    yielded before Stopped is raised.
    """
    files: dict[str, Waivers] = {}
    uses: dict[str, list[WaiverUse]] = {}
    for file, found in executor(reports, judging):
        result = judging.lost(file, found) if isinstance(found, Lost) else found
        if file.waivers is not None and result.use is not None:
            files.setdefault(file.waivers.path, file.waivers)
            uses.setdefault(file.waivers.path, []).append(result.use)
        yield result
    for path, waivers in files.items():
        settings = dict.fromkeys(f.settings for f in reports if f.waivers and f.waivers.path == path)
        yield from map(judging.of, _on_waivers(waivers, uses[path], [linter(each) for each in settings]))


def _on_waivers(
    waivers: "Waivers", uses: Sequence["WaiverUse"], linters: Sequence[Linter]
) -> Iterator[Checked]:
    codes = frozenset().union(*(each.codes for each in linters))
    notices = waivers.notices(uses, codes, today())
    if notices:
        report = Report(waivers.source, linters[0].forms)
        verdict = Verdict(report, notices, ())
        settings = linters[0].settings
        yield Checked(
            waivers.path, verdict, fail_on=settings.fail_on, on_waivers=True, docs_url=settings.docs_url
        )


def _check(file: Input) -> Checked:
    return linter(file.settings).check(file)


def _lasts(verdict: Verdict | None) -> bool:
    """Return whether *verdict* is one in full, by our own means: another program may be another next time."""
    if verdict is None or verdict.source.kind == _BY_OTHERS:
        return False
    return all(outcome.state is not OutcomeState.CRASHED for outcome in verdict.outcomes)
