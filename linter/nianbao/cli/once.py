"""A check that is made once; `nianbao.cli.watch` has the one that is repeated."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from nianbao.cli.fix import Fixing, fix_files
from nianbao.engine.checked import Repairs
from nianbao.reporters.display import Display
from nianbao.run.judged import Judged
from nianbao.run.linter import Input

if TYPE_CHECKING:  # needed only where something is remembered
    from nianbao.run.cache import Cache


class Once:
    """What is to be fixed and told of a check: everything."""

    memory: "Cache | None" = None  # of the results of the last time
    told = True  # whether something has been shown, so that the figures of the whole follow

    def begins(self, files: Sequence[Input], beside: Iterable[str], own: Iterable[str]) -> None:
        """Take the *files* of this time, those *beside* them that settings name, and the run's *own* outputs."""

    def fixed(
        self, files: tuple[Input, ...], fixing: Fixing, view: Display
    ) -> tuple[tuple[Input, ...], Repairs]:
        """Return *files* as they are once they are fixed, and the count of fixes. Raises Failure."""
        return fix_files(files, fixing, view)

    def shows(self, result: Judged) -> bool:
        """Return whether *result* is to be shown to who looks on."""
        return True
