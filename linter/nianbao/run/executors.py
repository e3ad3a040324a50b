"""Who does the work on the files of a run beside this process: others on this machine, or those of a cluster."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from nianbao.run.judged import Judged, Lost
from nianbao.run.linter import Input
from nianbao.run.verdicts import Asked, Executor, Judging, in_turn

if TYPE_CHECKING:  # dask takes a second to import
    from nianbao.run.cluster import Cluster


def here(processes: int, files: Sequence[Input]) -> Executor:
    """Return the executor for *files* on this machine: this process does one file itself, *processes* share many."""
    return among(processes) if processes > 1 and len(files) > 1 else in_turn


def among(processes: int) -> Executor:
    """Return the executor that shares the work among *processes* of this machine."""

    def executor(files: Sequence[Input], judging: Judging) -> Iterator[tuple[Input, Judged | Lost]]:
        from nianbao.run.workers import shared

        return shared(judging.judge, files, processes, lambda file: file.seconds)

    return executor


def spread_over(cluster: "Cluster") -> Executor:
    """Return the executor that has *cluster* judge what is not known: files are read here, and results kept here."""

    def executor(files: Sequence[Input], judging: Judging) -> Iterator[tuple[Input, Judged | Lost]]:
        away = judging._replace(cache=None, together=None)
        sent = (_sent(file, judging) for file in files)
        for asked, result in cluster.shared(away.result, sent, lambda asked: asked.known):
            yield asked.file, result if isinstance(result, Lost) else judging.keep(asked, result)

    return executor


def _sent(file: Input, judging: Judging) -> Asked:
    """Return *file* as it is sent; of one that cannot be read, the result is known. Raises FileError."""
    from nianbao.run.portable import portable

    asked = judging.asked(file)
    if asked.known is not None:
        return asked
    if asked.file.data is None:
        return asked._replace(known=judging.result(asked))
    return asked._replace(file=portable(asked.file._replace(source=None, report=None)))
