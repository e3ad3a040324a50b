"""A folder that gets one file for each report: the names in it, and the folder itself."""

import os
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence

from nianbao.cli.errors import Failure, Misuse
from nianbao.files.system_errors import reason_of
from nianbao.run.linter import Input
from nianbao.text.language import Language, Text

_NO_NAME = Text(
    "标准输入没有文件名，不能存进文件夹：{folder}",
    "standard input has no file name to be saved by in a folder: {folder}",
)
_NO_FOLDER = Text("{path} 不是文件夹", "{path} is not a folder")
_NOT_MADE = Text("不能建立文件夹 {path}：{why}", "cannot make the folder {path}: {why}")


def is_folder(path: str) -> bool:
    """Return whether *path* means a folder: there is one, or it ends as only a folder does."""
    return path.endswith((os.sep, os.altsep or os.sep)) or os.path.isdir(path)


def targets_in(folder: str, reports: Sequence[Input], suffix: Callable[[str], str]) -> list[str]:
    """Return the path in *folder* of the file for each of *reports*, by its own name with its *suffix*.

    Folders below the one that was named are kept, and so is that one if there are several. Of files that would have
    one name, in a file system that tells no capitals too, one that keeps the name of its report has it; the others
    keep their endings in theirs, or are numbered.
    """
    several = len({report.within for report in reports if report.within}) > 1
    own = [_below(report, several=several) for report in reports]
    short = [os.path.splitext(path)[0] + suffix(path) for path in own]
    often = Counter(map(_folded, short))
    taken: dict[str, int] = {}
    for index, (name, path) in enumerate(zip(short, own, strict=True)):
        if name == path or often[_folded(name)] == 1:
            taken.setdefault(_folded(name), index)
    names = []
    for index, (name, path) in enumerate(zip(short, own, strict=True)):
        number = 1
        while taken.get(_folded(name)) != index:
            name = f"{path}{f' ({number})' if number > 1 else ''}{suffix(path)}"
            number += 1
            taken.setdefault(_folded(name), index)
        names.append(name)
    return [os.path.join(folder, name) for name in names]


def _below(report: Input, *, several: bool) -> str:
    """Return the path of *report* below the folder that was named."""
    if not report.within:
        return os.path.basename(report.path)
    below = os.path.relpath(report.path, report.within)
    return os.path.join(os.path.basename(os.path.abspath(report.within)), below) if several else below


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def ensure_names(paths: Sequence[str], folder: str, language: Language) -> None:
    """Raise Misuse if *folder* is a file, or if standard input is among *paths*."""
    if "-" in paths:
        raise Misuse(_NO_NAME.fill(folder=folder).of(language))
    if os.path.lexists(folder) and not os.path.isdir(folder):
        raise Misuse(_NO_FOLDER.fill(path=folder).of(language))


def make_folder(path: str, language: Language) -> None:
    """Make the folder *path* and those above it. Raises Failure if one cannot be made."""
    try:
        os.makedirs(path, exist_ok=True)
    except OSError as error:
        raise Failure(_NOT_MADE.fill(path=path, why=reason_of(error)).of(language)) from None
