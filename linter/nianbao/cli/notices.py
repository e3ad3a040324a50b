"""The notices of one run: for each report a file of its own, in a folder."""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from nianbao_grammar.records import NamedTuple

from nianbao.cli.errors import Misuse
from nianbao.cli.targets import KINDS, Target
from nianbao.engine.checked import Checked, Summary
from nianbao.files.replace import replace
from nianbao.reporters.display import Display
from nianbao.reporters.formats import noticing
from nianbao.reporters.reporter import PartReporter
from nianbao.run.linter import Input
from nianbao.text.language import Language, Text

if TYPE_CHECKING:
    from nianbao.reporters.notice import Noticing

_NO_FORMAT = Text(
    "--per-file 要和 -f html 或 -f docx 同用，格式后面不写文件",
    "--per-file goes with -f html or -f docx, without a file behind the format",
)
_WRITTEN = Text("{count} 份通知单，已写入 {folder}", "notices {count}, written into {folder}")


class _One:
    """The part of a notice on one file: the name of the file and the notice, None on a file of waivers."""

    def __init__(self, noticing: "Noticing") -> None:
        self._noticing = noticing

    def part(self, checked: Checked) -> tuple[str, bytes] | None:
        return None if checked.on_waivers else (checked.path, self._noticing.page(checked))

    def put(self, part: Any) -> str:
        return ""  # it goes into a file

    def end(self, summary: Summary) -> Any:
        return iter(())


class Notices(NamedTuple):
    """The *reporters* of the notices, one for each format, and where those on each file go, by its name."""

    folder: str
    formats: tuple[str, ...]
    reporters: tuple[PartReporter, ...]
    targets: tuple[dict[str, list[str]], ...]
    asked: int  # how many files are to be written at first

    @property
    def files(self) -> list[Target]:
        """The files that are still to be written."""
        return [
            Target(path, KINDS[name])
            for name, targets in zip(self.formats, self.targets, strict=True)
            for paths in targets.values()
            for path in paths
        ]

    def put(self, parts: Sequence[tuple[str, bytes] | None], language: Language) -> None:
        """Write the notices on one file, each at once or not at all. Raises Failure, OSError."""
        for targets, part in zip(self.targets, parts, strict=True):
            if part is None:
                continue
            name, data = part
            if name not in targets:
                continue
            from nianbao.cli.folder_targets import make_folder  # few runs write any

            path = targets[name].pop(0)
            make_folder(os.path.dirname(path), language)
            replace(path, data)

    def told(self, language: Language) -> str:
        """Return the line on what was written."""
        return _WRITTEN.fill(count=self.asked - len(self.files), folder=self.folder).of(language)


NO_NOTICES = Notices("", (), (), (), 0)


def notices(
    folder: str, formats: Sequence[str], paths: Sequence[str], files: Sequence[Input], view: Display
) -> tuple[Notices, tuple[str, ...]]:
    """Return the notices on *files* that go into *folder*, and the *formats* that are no notices there.

    *paths* are those that the files were named by. Raises Misuse if no format has notices, or a file has no name.
    """
    from nianbao.cli.folder_targets import ensure_names

    view = view._replace(colour=False, encoding="utf-8")
    made = {name: one for name in formats if (one := noticing(name, view)) is not None}
    if not made:
        raise Misuse(_NO_FORMAT.of(view.language))
    ensure_names(paths, folder, view.language)
    reports = [
        file for file in files if file.member is not None or os.path.isfile(file.path)
    ]  # no folder without one, no file that is gone
    targets = tuple(_by_name(reports, _targets(folder, reports, name)) for name in made)
    own = Notices(folder, tuple(made), tuple(map(_One, made.values())), targets, len(reports) * len(made))
    return own, tuple(word for word in formats if word not in made)


def _targets(folder: str, reports: Sequence[Input], name: str) -> list[str]:
    from nianbao.cli.folder_targets import targets_in

    return targets_in(folder, reports, lambda path: f".{name}")


def _by_name(files: Sequence[Input], targets: Sequence[str]) -> dict[str, list[str]]:
    """Return *targets* by the names of *files*; of names that cannot be shown several may look alike."""
    found: dict[str, list[str]] = {}
    for file, target in zip(files, targets, strict=True):
        found.setdefault(file.name, []).append(target)
    return found
