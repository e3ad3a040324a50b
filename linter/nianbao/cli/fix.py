"""`nianbao check --fix` and `--diff`: what can be put right is, in the file or for show; the ordinary check follows."""

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import click

from nianbao.cli.command import OneOf, complain
from nianbao.cli.console import Console
from nianbao.cli.errors import Failure, Misuse
from nianbao.engine.checked import Repairs
from nianbao.files.system_errors import reason_of
from nianbao.reporters.display import Display
from nianbao.run.linter import Input, linter
from nianbao.text.language import Language, Text
from nianbao.text.marks import CELL_MARK
from nianbao.text.source import UnreadableError
from nianbao.writers.writer import Mode, RefusedError

if TYPE_CHECKING:  # needed only where something is to be fixed
    from nianbao.engine.verdict import Verdict
    from nianbao.run.proof import Fixed

_FIX = Text(
    "改正有唯一改法、不动任何数字的问题，写回文件；PDF、doc 不改",
    "put right what has one right answer and changes no figure, in the file itself; never in a PDF or doc",
)
_UNSAFE = Text(
    "连同改法需要人确认的（如改总计、改标题）；与 --fix 或 --diff 同用",
    "also what a person must confirm, such as a total or a title; with --fix or --diff",
)
_DIFF = Text(
    "只显示会怎样改，不写文件；会改动时退出码为 1",
    "show what would change and write nothing; exit with 1 where something would",
)
_MODE = Text(
    "Word 文件怎样改：tracked（默认）为修订痕迹，direct 为直接改",
    "how a Word file is changed: tracked (default) as tracked changes, direct in place",
)
_NOTHING_ASKED = Text(
    "--unsafe-fixes 要和 --fix 或 --diff 一起用", "--unsafe-fixes goes with --fix or --diff"
)
_DIFF_IS_ALL = Text("--diff 只输出改动，不能和 -f 同用", "--diff shows changes and no format: leave -f out")
_NOT_FIXED = Text(
    "{path}：没有改 {code}（{place}）：{reason}", "{path}: {code} not fixed ({place}): {reason}"
)
_NOT_CHANGED = Text("{path}：没有改：{reason}", "{path}: not changed: {reason}")
_NOT_WRITTEN = Text("不能写入 {path}：{why}", "cannot write {path}: {why}")
_CHANGED = Text(
    "检查期间 {path} 被别的程序改过，没有写入；请再运行一次",
    "{path} was changed by another program meanwhile and has been left alone: run this again",
)
_WOULD = Text(
    "会改 {files} 个文件里的 {made} 处；没有写任何文件",
    "would fix {made} in {files} files; nothing was written",
)
_NOTHING = Text("没有可改的", "nothing to fix")


class Fixing(NamedTuple):
    """What is asked of fixes: to make them or only to show them, which, and how in a docx."""

    fix: bool = False
    unsafe: bool = False
    diff: bool = False
    mode: Mode = "tracked"

    def sound(self, formats: Sequence[str], language: Language) -> None:
        """Raise Misuse for an option that lacks the one it goes with, or goes with none of the *formats* asked for."""
        if self.unsafe and not (self.fix or self.diff):
            raise Misuse(_NOTHING_ASKED.of(language), click.get_current_context())
        if self.diff and formats:
            raise Misuse(_DIFF_IS_ALL.of(language), click.get_current_context())


def params(language: Language) -> list[click.Parameter]:
    """Return the options of `check` that are about fixes."""
    return [
        click.Option(["--fix"], is_flag=True, help=_FIX.of(language)),
        click.Option(["--unsafe-fixes"], is_flag=True, help=_UNSAFE.of(language)),
        click.Option(["--diff"], is_flag=True, help=_DIFF.of(language)),
        click.Option(
            ["--fix-mode"],
            callback=OneOf(language, ("tracked", "direct")),
            default="tracked",
            metavar="tracked|direct",
            help=_MODE.of(language),
        ),
    ]


def put_right(given: Sequence[Input], fixing: Fixing, view: Display) -> tuple[tuple[Input, ...], Repairs]:
    """Return *given* as it is now, each file with its fixes written, and what was done.

    What standard input becomes goes to standard output. A file that cannot be read is left for the check to tell
    of. Raises Failure where a file cannot be written.
    """
    from nianbao.files.replace import FileChangedError, replace

    language = view.language
    repairs = Repairs(unsafe=fixing.unsafe)
    now = []
    for one, done in _fixed(given, fixing, language):
        if one.data is not None:
            Console(sys.stdout).write(done.data if done is not None else one.data)
            one = one._replace(data=done.data if done is not None else one.data)
        elif done is not None and done.made:
            try:
                replace(one.path, done.data, done.was)
            except FileChangedError:
                raise Failure(_CHANGED.fill(path=one.name).of(language)) from None
            except OSError as error:
                reason = _NOT_WRITTEN.fill(path=one.name, why=reason_of(error))
                raise Failure(reason.of(language)) from None
        if done is not None:
            repairs = repairs.plus(len(done.made), len(done.refused))
        now.append(one)
    return tuple(now), repairs


def show(given: Sequence[Input], fixing: Fixing, console: Console, view: Display) -> int:
    """Write what would change in *given* as a unified diff, and return the exit code: 1 where something would."""
    made = files = unread = 0
    for one, done in _fixed(given, fixing, view.language, told=True):
        unread += done is None
        if done is not None and done.made:
            made, files = made + len(done.made), files + 1
            console.write("".join(_diff(one.name, done)))
    if not view.quiet:
        complain((_WOULD.fill(made=made, files=files) if made else _NOTHING).of(view.language))
    return 1 if made else 3 if unread else 0


def _fixed(
    given: Sequence[Input], fixing: Fixing, language: Language, *, told: bool = False
) -> "Iterator[tuple[Input, Fixed | None]]":
    """Yield each file with what becomes of it, None where it cannot be read, of which is *told* here, or changed."""
    from nianbao.run.proof import fixed

    for one in given:
        done = None
        try:
            done = fixed(linter(one.settings), one, unsafe=fixing.unsafe, mode=fixing.mode)
        except UnreadableError as error:
            if told:
                complain(_NOT_CHANGED.fill(path=one.name, reason=error.reason).of(language))
        except RefusedError as error:
            complain(_NOT_CHANGED.fill(path=one.name, reason=error.reason).of(language))
        for diagnostic, reason in done.refused if done is not None else ():
            words = {"code": diagnostic.code, "place": diagnostic.address, "reason": reason}
            complain(_NOT_FIXED.fill(path=one.name, **words).of(language))
        yield one, done


def _diff(path: str, done: "Fixed") -> Iterator[str]:
    """Yield the lines of a unified diff: of the file's own text, or of what was read from it where it is none."""
    from difflib import unified_diff

    for line in unified_diff(_lines(done.before), _lines(done.verdict), path, path):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _lines(verdict: "Verdict") -> list[str]:
    """Return the lines of the report as it may be shown, with their ends; bars part the cells of its tables."""
    *lines, last = verdict.source.text.replace(CELL_MARK, "|").split("\n")
    return [*(f"{line}\n" for line in lines), *([last] if last else [])]
