"""`nianbao annotate`: a copy of a report with every finding written at its place."""

import os
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from nianbao.cli.check_options import Judging, judging_of, params
from nianbao.cli.command import Command, complain
from nianbao.cli.errors import Failure, Misuse
from nianbao.cli.options import Argument, Option
from nianbao.cli.settings_options import resolver_of
from nianbao.cli.targets import KINDS, Target, check_targets, force_option
from nianbao.engine.checked import Summary
from nianbao.files.replace import replace
from nianbao.files.system_errors import reason_of
from nianbao.readers.reader import Reader
from nianbao.run.acquaintance import introduced
from nianbao.run.linter import Input, bounded, content_of, linter
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
_OTHER_ENDING = Text(
    "这份报告的副本是 {right} 文件，不能存成 {path}",
    "the copy of this report is a {right} file: it cannot be called {path}",
)
_REFUSED = Text("{path}：{reason}", "{path}: {reason}")
_NOT_WRITTEN = Text("不能写入 {path}：{why}", "cannot write {path}: {why}")
_WRITTEN = Text("{count} 处问题，已写入 {path}", "{count} findings, written into {path}")


def command(language: Language) -> Command:
    """Return the command in *language*."""

    def called(*, path: str, out: str | None, quiet: bool, force: bool, **options: Any) -> int:
        return annotate(language, path, out, judging_of(options), quiet=quiet, force=force)

    judging = [param for param in params(language) if param.name in (*Judging._fields, "quiet")]
    return Command(
        "annotate",
        language,
        _HELP,
        [
            Argument("path", _FILE.of(language), _FILE_HELP.of(language)),
            Option(
                ("-o", "--output"), field="out", word=_OUTPUT_WORD.of(language), help=_OUTPUT.of(language)
            ),
            force_option(language),
            *judging,
        ],
        called,
    )


def annotate(
    language: Language, path: str, out: str | None, judging: Judging, *, quiet: bool, force: bool
) -> int:
    """Write the copy of *path* and return the exit code. Raises Misuse, Failure."""
    if not out or out == "-":
        raise Misuse(_NEEDS_OUTPUT.of(language))
    resolver = resolver_of(judging.requested, language)
    (report,) = introduced([resolver.resolved(Input(path))], resolver)
    folder = os.path.dirname(path) or os.curdir
    suffixes = resolver.suffixes(folder)
    right = _suffixes_of_copy(path, resolver.plugins(folder).readers)
    target = Target(out, KINDS.get(right[0][1:], "") if right else "")
    check_targets([target], [path, *resolver.files], language, suffixes=suffixes, force=force)
    if right and out.lower().endswith(suffixes) and not out.lower().endswith(right):
        raise Misuse(_OTHER_ENDING.fill(right=right[0], path=out).of(language))
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
    return summary.exit_code


def _suffixes_of_copy(path: str, readers: Sequence[Reader]) -> tuple[str, ...]:
    """Return the suffixes that the copy of *path* may have, the usual one first; () if they are not known."""
    suffix = os.path.splitext(path)[1].lower()
    by_name = {reader.name: reader.suffixes for reader in readers}
    name = next((name for name, suffixes in by_name.items() if suffix in suffixes), "")
    copy = {"text": "html", "html": "html", "docx": "docx", "pdf": "pdf"}.get(name, "")
    return by_name.get(copy, ())


def _copy(report: Input, verdict: "Verdict", language: Language) -> bytes:
    """Return the copy. Raises Failure if none can be made."""
    from nianbao.annotate.annotators import annotated
    from nianbao.annotate.notes import Style
    from nianbao.text.timestamp import now
    from nianbao.writers.writer import RefusedError

    try:
        with bounded(report):
            return annotated(content_of(report), verdict, Style(language, now()))
    except (RefusedError, UnreadableError) as error:
        raise Failure(_REFUSED.fill(path=report.name, reason=error.reason).of(language)) from None


def _write(out: str, data: bytes, language: Language) -> None:
    try:
        replace(out, data)
    except OSError as error:
        raise Failure(_NOT_WRITTEN.fill(path=out, why=reason_of(error)).of(language)) from None
