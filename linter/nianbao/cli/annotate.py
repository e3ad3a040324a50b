"""`nianbao annotate`: a copy of a report with every finding written at its place."""

import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import click

from nianbao.cli.check_options import Judging, judging_of, params
from nianbao.cli.command import Argument, Command, complain
from nianbao.cli.errors import Failure, Misuse
from nianbao.engine.checked import Summary
from nianbao.files.system_errors import reason_of
from nianbao.run.linter import Input, content_of, linter
from nianbao.run.resolve import Resolver
from nianbao.text.language import Language, Text
from nianbao.text.source import UnreadableError

if TYPE_CHECKING:  # read only if there is something to write
    from nianbao.engine.verdict import Verdict

_HELP = Text(
    "检查一份报告，把问题逐条写在一份副本上：Word 里是批注，PDF 和网页里是标记；文本和 Markdown 写成网页。原文件不动。\n"
    "退出码同 check：0 没有达到 --fail-on 的问题；1 有；2 用法、插件或规则出错，或者副本写不成；3 没有结论。",
    "Checks a report and writes its findings into a copy: comments in Word, marks in a PDF or a web page; a text or Markdown becomes a web page. The file itself is not touched.\n"
    "Exit code as of check: 0 nothing at or above --fail-on; 1 findings; 2 usage, plugin or rule failure, or no copy could be made; 3 no verdict.",
)
_FILE, _FILE_HELP = Text("文件", "FILE"), Text("要检查的报告", "the report to check")
_OUTPUT_WORD, _OUTPUT = Text("文件", "FILE"), Text("副本存到这里（必写）", "where the copy goes (needed)")
_NEEDS_OUTPUT = Text("要用 -o 写明副本存到哪里", "say with -o where the copy goes")
_SAME = Text(
    "{path} 就是要检查的文件，副本要存到别处", "{path} is the report itself: the copy must go elsewhere"
)
_REFUSED = Text("{path}：{reason}", "{path}: {reason}")
_NOT_WRITTEN = Text("不能写入 {path}：{why}", "cannot write {path}: {why}")
_WRITTEN = Text("{count} 处问题，已写入 {path}", "{count} findings, written into {path}")


def command(language: Language) -> Command:
    """Return the command in *language*."""

    def called(*, path: str, out: str | None, quiet: bool, **options: Any) -> None:
        annotate(language, path, out, judging_of(options), quiet=quiet)

    judging = [param for param in params(language) if param.name in (*Judging._fields, "quiet")]
    return Command(
        "annotate",
        language,
        _HELP,
        [
            Argument("path", _FILE.of(language), _FILE_HELP.of(language)),
            click.Option(
                ["-o", "--output", "out"], metavar=_OUTPUT_WORD.of(language), help=_OUTPUT.of(language)
            ),
            *judging,
        ],
        called,
    )


def annotate(language: Language, path: str, out: str | None, judging: Judging, *, quiet: bool) -> None:
    """Write the copy of *path* and leave with the exit code. Raises Misuse, Failure."""
    if not out:
        raise Misuse(_NEEDS_OUTPUT.of(language), click.get_current_context())
    if _is_same(path, out):
        raise Misuse(_SAME.fill(path=out).of(language), click.get_current_context())
    resolver = Resolver(judging.requested)
    report = resolver.resolved(Input(path))
    with suppress(UnreadableError):  # the check reports it
        report = report._replace(data=content_of(report))
    checked = linter(report.settings).check(report)
    if checked.error is not None:
        complain(checked.complaint(language))
    if checked.verdict is not None:
        _write(out, _copy(report, checked.verdict, language), language)
        if not quiet:
            complain(_WRITTEN.fill(count=len(checked.verdict.open), path=out).of(language))
    summary = Summary(resolver.rules)
    summary.add(checked)
    click.get_current_context().exit(summary.exit_code)


def _is_same(path: str, out: str) -> bool:
    if os.path.exists(path) and os.path.exists(out):
        return os.path.samefile(path, out)
    return os.path.realpath(path) == os.path.realpath(out)


def _copy(report: Input, verdict: "Verdict", language: Language) -> bytes:
    """Return the copy. Raises Failure if none can be made."""
    from nianbao.annotate.annotators import annotated
    from nianbao.annotate.notes import Style
    from nianbao.text.timestamp import now
    from nianbao.writers.writer import RefusedError

    try:
        return annotated(content_of(report), verdict, Style(language, now()))
    except (RefusedError, UnreadableError) as error:
        raise Failure(_REFUSED.fill(path=report.name, reason=error.reason).of(language)) from None


def _write(out: str, data: bytes, language: Language) -> None:
    try:
        with open(out, "wb") as file:
            file.write(data)
    except OSError as error:
        raise Failure(_NOT_WRITTEN.fill(path=out, why=reason_of(error)).of(language)) from None
