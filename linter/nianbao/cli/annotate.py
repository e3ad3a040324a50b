"""`nianbao annotate`: copies of reports with every finding written at its place."""

import os
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from nianbao.cli.check_options import Judging, judging_of, params
from nianbao.cli.command import Command, complain
from nianbao.cli.errors import Failure, Misuse
from nianbao.cli.folder_targets import ensure_names, is_folder, make_folder, targets_in
from nianbao.cli.options import Argument, Option
from nianbao.cli.settings_options import resolver_of
from nianbao.cli.targets import KINDS, Target, check_targets, force_option
from nianbao.engine.checked import Checked, Summary
from nianbao.files.folder import IGNORE, inside
from nianbao.files.replace import replace
from nianbao.files.system_errors import reason_of
from nianbao.run.acquaintance import introduced
from nianbao.run.linter import Input, bounded, content_of, linter
from nianbao.run.resolve import Resolver
from nianbao.run.verdicts import file_at, holds_files, inputs
from nianbao.text.inert import inert
from nianbao.text.language import Language, Text
from nianbao.text.source import UnreadableError

if TYPE_CHECKING:  # read only if there is something to write
    from nianbao.engine.verdict import Verdict

_HELP = Text(
    "检查报告，把问题逐条写在副本上：Word 里是批注，PDF 和网页里是标记；其他的，读到的文字写成网页。原文件不动。\n"
    "给一个文件夹，就为里面的每份报告各写一份副本，文件名不变，存进 -o 的文件夹；不能批注的逐个说明原因。\n"
    "退出码同 check：0 没有达到 --fail-on 的问题；1 有；2 用法、插件或规则出错，或者有副本写不成；3 没有结论。",
    "Checks reports and writes the findings into copies: comments in Word, marks in a PDF or a web page; of any other kind, the text that was read becomes a web page. The files themselves are not touched.\n"
    "Of a folder, each report has its copy, by the same name, in the folder of -o; a file that cannot be annotated is told with the reason.\n"
    "Exit code as of check: 0 nothing at or above --fail-on; 1 findings; 2 usage, plugin or rule failure, or a copy that could not be made; 3 no verdict.",
)
_PATH, _PATH_HELP = (
    Text("路径", "PATH"),
    Text("要检查的报告，或者放报告的文件夹", "the report to check, or a folder of reports"),
)
_OUTPUT_WORD, _OUTPUT = (
    Text("路径", "PATH"),
    Text(
        "副本存到这个文件；是文件夹的（以 / 结尾，或者已有），存进去（必写）",
        "where the copy goes, or the folder for it, one that is there or ends with / (needed)",
    ),
)
_NEEDS_OUTPUT = Text("要用 -o 写明副本存到哪里", "say with -o where the copy goes")
_OTHER_ENDING = Text(
    "这份报告的副本是 {right} 文件，不能存成 {path}",
    "the copy of this report is a {right} file: it cannot be called {path}",
)
_REFUSED = Text("{path}：{reason}", "{path}: {reason}")
_NOT_WRITTEN = Text("不能写入 {path}：{why}", "cannot write {path}: {why}")
_WRITTEN = Text("{count} 处问题，已写入 {path}", "{count} findings, written into {path}")
_COPIED = Text(
    "{copies} 份副本，{count} 处问题，已写入 {path}", "copies {copies}, findings {count}, written into {path}"
)
_REFUSED_CODE = 2  # if there is a report without its copy
_NOT_CHECKED = "*\n"  # all that is in a folder, for a .gitignore


def command(language: Language) -> Command:
    """Return the command in *language*."""

    def called(*, path: str, out: str | None, quiet: bool, force: bool, **options: Any) -> int:
        judging = judging_of(options)._replace(previous=options["previous"])
        return annotate(language, path, out, judging, quiet=quiet, force=force)

    taken = {*Judging._fields, "quiet"} - {"roster"}
    return Command(
        "annotate",
        language,
        _HELP,
        [
            Argument("path", _PATH.of(language), _PATH_HELP.of(language)),
            Option(
                ("-o", "--output"), field="out", word=_OUTPUT_WORD.of(language), help=_OUTPUT.of(language)
            ),
            force_option(language),
            *(param for param in params(language) if param.name in taken),
        ],
        called,
    )


def annotate(
    language: Language, path: str, out: str | None, judging: Judging, *, quiet: bool, force: bool
) -> int:
    """Write the copies of the reports that *path* means and return the exit code. Raises Misuse, Failure."""
    if not out or out == "-":
        raise Misuse(_NEEDS_OUTPUT.of(language))
    resolver = resolver_of(judging.requested, language)
    folder = out if holds_files(path) or is_folder(out) else ""
    if folder:
        ensure_names([path], folder, language)
        reports = tuple(map(resolver.resolved, inputs([path], resolver.suffixes, resolver.notice).files))
        outs = targets_in(folder, reports, lambda name: _suffix_of_copy(name, resolver))
    else:
        reports, outs = (resolver.resolved(file_at(path)),), [out]
    _check(reports, outs, resolver, language, force=force)
    reports = introduced(reports, resolver)
    if folder:
        _make(folder, path, language)
    summary = Summary(resolver.rules)
    copies = found = refused = 0
    for report, target in zip(reports, outs, strict=True):
        checked = _checked(report, language)
        summary.add(checked)
        if checked.verdict is not None:
            copied = _copied(report, checked.verdict, target, folder, language)
            copies, refused = copies + copied, refused + (not copied)
            found += len(checked.verdict.open) if copied else 0
    if not quiet and (folder or copies):
        words = _COPIED if folder else _WRITTEN
        complain(words.fill(copies=copies, count=found, path=out).of(language))
    return _REFUSED_CODE if refused else summary.exit_code


def _checked(report: Input, language: Language) -> Checked:
    """Return the result of *report*; the reason is told if there is no verdict."""
    with suppress(UnreadableError):  # the check reports it
        report = report._replace(data=content_of(report))
    checked = linter(report.settings).check(report)
    if checked.error is not None:
        complain(checked.complaint(language))
    return checked


def _copied(report: Input, verdict: "Verdict", target: str, folder: str, language: Language) -> bool:
    """Write the copy of *report* and return whether there is one. Raises Failure.

    Of one in a *folder* the reason is told, and others go on.
    """
    try:
        data = _copy(report, verdict, language)
    except _NotCopiedError as error:
        if not folder:
            raise Failure(error.message) from None
        complain(inert(error.message))
        return False
    if folder:
        make_folder(os.path.dirname(target), language)
    _write(target, data, language)
    return True


def _check(
    reports: Sequence[Input], outs: Sequence[str], resolver: Resolver, language: Language, *, force: bool
) -> None:
    """Raise Misuse if a copy must not be written, or cannot be called by its name in *outs*."""
    rights = [_suffixes_of_copy(report.path, resolver) for report in reports]
    targets = [
        Target(out, KINDS.get(right[0][1:], "") if right else "", report.path)
        for report, out, right in zip(reports, outs, rights, strict=True)
    ]
    read = [*(report.path for report in reports), *resolver.files]
    suffixes = resolver.suffixes(os.path.dirname(reports[0].path) or os.curdir) if reports else ()
    check_targets(targets, read, language, suffixes=suffixes, force=force)
    for out, right in zip(outs, rights, strict=True):
        if right and out.lower().endswith(suffixes) and not out.lower().endswith(right):
            raise Misuse(_OTHER_ENDING.fill(right=right[0], path=out).of(language))


def _make(folder: str, path: str, language: Language) -> None:
    """Make *folder*; if it is new and in the folder *path*, the copies in it are not checked with the reports."""
    new = not os.path.isdir(folder)
    make_folder(folder, language)
    if new and os.path.isdir(path) and inside(os.path.realpath(folder), os.path.realpath(path)):
        _write(os.path.join(folder, IGNORE), _NOT_CHECKED.encode(), language)


def _suffix_of_copy(path: str, resolver: Resolver) -> str:
    """Return the suffix that the copy of *path* has: its own, if it may be that."""
    own = os.path.splitext(path)[1]
    right = _suffixes_of_copy(path, resolver)
    return own if not right or own.lower() in right else right[0]


def _suffixes_of_copy(path: str, resolver: Resolver) -> tuple[str, ...]:
    """Return the suffixes that the copy of *path* may have, the usual one first; () if they are not known."""
    suffix = os.path.splitext(path)[1].lower()
    readers = resolver.plugins(os.path.dirname(path) or os.curdir).readers
    by_name = {reader.name: reader.suffixes for reader in readers}
    name = next((name for name, suffixes in by_name.items() if suffix in suffixes), "")
    shown = dict.fromkeys(("text", "html", "office", "xlsx", "mht", "ofd"), "html")
    copy = {**shown, "docx": "docx", "pdf": "pdf"}.get(name, "")
    return by_name.get(copy, ())


class _NotCopiedError(Exception):
    """A report of which there is no copy; the message says why."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def _copy(report: Input, verdict: "Verdict", language: Language) -> bytes:
    """Return the copy. Raises _NotCopiedError if none can be made."""
    from nianbao.annotate.annotators import annotated
    from nianbao.annotate.notes import Style
    from nianbao.text.timestamp import now
    from nianbao.writers.writer import RefusedError

    try:
        with bounded(report):
            return annotated(content_of(report), verdict, Style(language, now()))
    except (RefusedError, UnreadableError) as error:
        message = _REFUSED.fill(path=report.name, reason=error.reason).of(language)
        raise _NotCopiedError(message) from None


def _write(out: str, data: bytes, language: Language) -> None:
    try:
        replace(out, data)
    except OSError as error:
        raise Failure(_NOT_WRITTEN.fill(path=out, why=reason_of(error)).of(language)) from None
