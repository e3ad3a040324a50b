"""`nianbao compare`: what a round of corrections has corrected, left, and changed beside."""

import os
from collections.abc import Sequence
from functools import partial
from importlib import import_module
from typing import Any

from nianbao.cli.command import Command
from nianbao.cli.console import display as display_on
from nianbao.cli.console import output
from nianbao.cli.errors import Misuse
from nianbao.cli.options import Argument, Option, jobs_option
from nianbao.cli.outlets import Outlet, outlets, targets
from nianbao.cli.settings_options import resolver_of, settings_params
from nianbao.cli.targets import check_targets, force_option
from nianbao.engine.checked import Summary
from nianbao.reporters.display import Display
from nianbao.reporters.reporter import OutputFormat, PartReporter
from nianbao.reporters.revision import totals
from nianbao.run.comparison import compared, rounds
from nianbao.run.resolve import Requested
from nianbao.run.stopping import held
from nianbao.run.verdicts import is_there
from nianbao.text.language import Language, Text

_HELP = Text(
    "对照整改前后的报告：哪些问题已改正、仍存在、新出现，哪些数字改了而没有问题涉及。\n"
    "按机关和年度对应，不看文件名：“青禾镇（修改稿）.docx”就是“青禾镇.docx”的修改稿。两边都按现在一边的配置和豁免检查，不用基线。\n"
    "退出码：0 没有仍存在的和新出现的问题；1 有；2 用法、插件或规则出错；3 没有结论（有报告对不上、读不出来、交了两份不同的、改没改无法判断）；130 中断。",
    "Compares reports before and after correction: which findings are corrected, still there or new, and which figures changed without a finding.\n"
    "They are paired by organ and year, never by the names of files. Both sides are judged by the settings and waivers of the new one, without a baseline.\n"
    "Exit code: 0 nothing is left and nothing new; 1 something is; 2 usage, plugin or rule failure; 3 no verdict (a report without its counterpart, unreadable, or twice; a rule that could not judge); 130 interrupted.",
)
_OLD_WORD, _NEW_WORD = Text("原来", "OLD"), Text("现在", "NEW")
_OLD = Text("整改以前的报告，文件或文件夹", "the reports before, a file or a folder")
_NEW = Text("整改以后的报告，文件或文件夹", "the reports after, a file or a folder")
_FORMAT_WORD = Text("格式[:文件]", "FORMAT[:FILE]")
_FORMAT = Text(
    "输出格式：full（默认）、json、html、xlsx；可写多次，写成 格式:文件 就存进文件",
    "full (default), json, html or xlsx; repeatable, as FORMAT:FILE into a file",
)
_NO_SUCH = Text("没有“{path}”", "there is no {path!r}")


def _in(module: str, name: str) -> Any:
    def make(display: Display) -> PartReporter:
        made: PartReporter = getattr(import_module(f"nianbao.reporters.{module}"), name)(display)
        return made

    return make


FORMATS = (
    OutputFormat("full", Text("供人阅读", "for people"), False, _in("revision_list", "RevisionList")),
    OutputFormat("json", Text("供程序读取", "for programs"), True, _in("revision_record", "RevisionRecord")),
    OutputFormat(
        "html",
        Text("对照表，每个机关一页", "a page for each unit"),
        True,
        _in("revision_page", "RevisionPage"),
    ),
    OutputFormat(
        "xlsx", Text("工作簿", "a workbook"), True, _in("revision_book", "RevisionBook"), binary=True
    ),
)


def command(language: Language) -> Command:
    """Return the command in *language*."""
    params = [
        Argument("old", _OLD_WORD.of(language), _OLD.of(language)),
        Argument("new", _NEW_WORD.of(language), _NEW.of(language)),
        Option(
            ("-f", "--format"),
            field="formats",
            many=True,
            word=_FORMAT_WORD.of(language),
            help=_FORMAT.of(language),
        ),
        force_option(language),
        *settings_params(language),
        jobs_option(language),
    ]
    return Command("compare", language, _HELP, params, partial(compare, language))


def compare(
    language: Language, *, old: str, new: str, formats: tuple[str, ...], force: bool, jobs: int, **sought: Any
) -> int:
    """Write the comparison of the reports *old* and *new*. Return the exit code. Raises Misuse, Failure, OSError."""
    for path in (old, new):
        if not is_there(path):
            raise Misuse(_NO_SUCH.fill(path=path).of(language))
    resolver = resolver_of(Requested(**sought), language)
    both = rounds(old, new, resolver)
    asked = formats or ("full",)
    read = [*(file.path for file in (*both.old, *both.new)), *resolver.files]
    check_targets(
        targets(asked, FORMATS, language), read, language, suffixes=resolver.suffixes(os.curdir), force=force
    )
    console = output()
    opened = outlets(asked, FORMATS, console, display_on(console, language))
    try:
        reporters = tuple(outlet.reporter for outlet in opened)
        found = compared(both, reporters, resolver, jobs or os.cpu_count() or 1)
        with held():
            for outlet, revisions in zip(opened, found, strict=True):
                _write(outlet, revisions)
            for outlet in opened:
                outlet.close()
    finally:
        for outlet in opened:
            outlet.leave()
    sums = totals(found[0])
    return 1 if sums.left or sums.fresh else 0 if sums.known else 3


def _write(outlet: Outlet, revisions: Sequence[Any]) -> None:
    for revision in revisions:
        outlet.write(outlet.reporter.put(revision))
    for piece in outlet.reporter.end(Summary()):
        outlet.write(piece)
