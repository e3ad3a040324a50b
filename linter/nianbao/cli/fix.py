"""`nianbao check --fix` and `--diff`: the fixes of reports, written or only shown."""

import os
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from nianbao_grammar.records import NamedTuple

from nianbao.cli.command import complain
from nianbao.cli.console import Console
from nianbao.cli.errors import Failure, Misuse
from nianbao.cli.options import Argument, Option, one_of
from nianbao.engine.checked import Repairs
from nianbao.files.system_errors import reason_of
from nianbao.reporters.display import Display
from nianbao.run.linter import Input, linter
from nianbao.text.inert import inert
from nianbao.text.language import Language, Text
from nianbao.text.marks import CELL_MARK
from nianbao.text.source import UnreadableError
from nianbao.writers.writer import Mode, RefusedError

if TYPE_CHECKING:  # needed only if something is to be fixed
    from nianbao.engine.verdict import Verdict
    from nianbao.run.proof import Fixed

_FIX = Text(
    "改正有唯一改法、不动任何数字的问题，写回文件；PDF、OFD、doc 不改",
    "make the fixes that have one right answer and change no figure, in the file itself; never in a PDF, OFD or doc",
)
_UNSAFE = Text(
    "连同改法需要人确认的（如改总计、改标题）；与 --fix 或 --diff 同用",
    "also the fixes that a person must confirm, such as a total or a title; with --fix or --diff",
)
_DIFF = Text(
    "只显示会怎样改，不写文件；会改动时退出码为 1",
    "show what would change and write nothing; exit with 1 if something would",
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
_SEVERAL_NAMES = Text(
    "{path} 有{count}个名字（硬链接），写回只会改其中一个，没有写入；先复制一份，改副本",
    "{path} has {count} names (hard links), only one of which would be changed; it was left alone: fix a copy",
)
_OUTSIDE = Text(
    "{path} 是链接，指向 {folder} 以外的文件，没有写入；要改的，单独写上它",
    "{path} is a link to a file outside {folder} and was left alone: name it itself if it is to be fixed",
)
_WOULD = Text(
    "会改 {files} 个文件里的 {made} 处；没有写任何文件",
    "would fix {made} in {files} files; nothing was written",
)
_STUCK = Text(
    "没有写任何文件；{files} 个文件有可改的，改不了，原因见上",
    "nothing was written; something is to be fixed in {files} files that cannot be, for the reasons above",
)
_NOTHING = Text("没有可改的", "nothing to fix")


class Fixing(NamedTuple):
    """The options about fixes: to make them or only to show them, which, and how in a docx."""

    fix: bool = False
    unsafe: bool = False
    diff: bool = False
    mode: Mode = "tracked"

    def sound(self, formats: Sequence[str], language: Language) -> None:
        """Raise Misuse for an option that lacks the one it needs, or that excludes the *formats* asked for."""
        if self.unsafe and not (self.fix or self.diff):
            raise Misuse(_NOTHING_ASKED.of(language))
        if self.diff and formats:
            raise Misuse(_DIFF_IS_ALL.of(language))


def params(language: Language) -> list[Option | Argument]:
    """Return the options of `check` that are about fixes."""
    return [
        Option(("--fix",), help=_FIX.of(language)),
        Option(("--unsafe-fixes",), help=_UNSAFE.of(language)),
        Option(("--diff",), help=_DIFF.of(language)),
        Option(
            ("--fix-mode",),
            value=one_of(language, "tracked", "direct"),
            default="tracked",
            word="tracked|direct",
            help=_MODE.of(language),
        ),
    ]


def fix_files(files: Sequence[Input], fixing: Fixing, view: Display) -> tuple[tuple[Input, ...], Repairs]:
    """Return *files* as they are now, each with its fixes written, and the count of fixes.

    Standard input goes to standard output, fixed. A file that cannot be read is left for the check to report.
    Raises Failure if a file cannot be written.
    """
    from nianbao.files.folder import inside
    from nianbao.files.replace import FileChangedError, LinkedError, ensure_one_name, replace

    language = view.language
    repairs = Repairs(unsafe=fixing.unsafe)
    now = []
    for file, done, _ in _fixed(files, fixing, language):
        if file.data is not None:
            data = done.data if done is not None else file.data
            Console(sys.stdout).write(data)
            file = file._replace(data=data)
        elif done is not None and done.made:
            if file.within and not inside(os.path.realpath(file.path), os.path.realpath(file.within)):
                words = _OUTSIDE.fill(path=inert(file.name), folder=inert(file.within))
                raise Failure(words.of(language))
            try:
                ensure_one_name(file.path)
                replace(file.path, done.data, done.was)
            except LinkedError as error:
                reason = _SEVERAL_NAMES.fill(path=inert(file.name), count=error.names)
                raise Failure(reason.of(language)) from None
            except FileChangedError:
                raise Failure(_CHANGED.fill(path=inert(file.name)).of(language)) from None
            except OSError as error:
                reason = _NOT_WRITTEN.fill(path=inert(file.name), why=reason_of(error))
                raise Failure(reason.of(language)) from None
        if done is not None:
            repairs = repairs.plus(len(done.made), len(done.refused))
        now.append(file)
    return tuple(now), repairs


def show(files: Sequence[Input], fixing: Fixing, console: Console, view: Display) -> int:
    """Write the changes that fixes would make in *files* as a unified diff, and return the exit code: 1 for any."""
    made = changed = unread = stuck = 0
    for file, done, refused in _fixed(files, fixing, view.language, complains=True):
        unread, stuck = unread + (done is None), stuck + refused
        if done is not None and done.made:
            made, changed = made + len(done.made), changed + 1
            console.write("".join(_diff(file.name, done)))
    if not view.quiet:
        words = _STUCK.fill(files=stuck) if stuck else _NOTHING
        complain((_WOULD.fill(made=made, files=changed) if made else words).of(view.language))
    return 1 if made else 3 if unread else 0


def _fixed(
    files: Sequence[Input], fixing: Fixing, language: Language, *, complains: bool = False
) -> "Iterator[tuple[Input, Fixed | None, bool]]":
    """Yield each file with its fixed content, None if it cannot be read or changed, and whether a fix was refused.

    With *complains* a file that cannot be read is reported.
    """
    from nianbao.run.proof import fixed

    for file in files:
        done, refused = None, False
        try:
            done = fixed(linter(file.settings), file, unsafe=fixing.unsafe, mode=fixing.mode)
        except UnreadableError as error:
            if complains:
                complain(_NOT_CHANGED.fill(path=inert(file.name), reason=error.reason).of(language))
        except RefusedError as error:
            refused = True
            complain(_NOT_CHANGED.fill(path=inert(file.name), reason=error.reason).of(language))
        for diagnostic, reason in done.refused if done is not None else ():
            words = {"code": diagnostic.code, "place": diagnostic.address, "reason": reason}
            complain(_NOT_FIXED.fill(path=inert(file.name), **words).of(language))
        yield file, done, refused or (done is not None and bool(done.refused))


def _diff(path: str, done: "Fixed") -> Iterator[str]:
    """Yield the lines of a unified diff of the file's own text, or of the text read from a file of another kind."""
    from difflib import unified_diff

    for line in unified_diff(_lines(done.before), _lines(done.verdict), inert(path), inert(path)):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _lines(verdict: "Verdict") -> list[str]:
    """Return the lines of the report, redacted, with their ends; bars part the cells of its tables."""
    *lines, last = verdict.source.text.replace(CELL_MARK, "|").split("\n")
    return [*(f"{line}\n" for line in lines), *([last] if last else [])]
