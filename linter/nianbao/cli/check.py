"""`nianbao check`: reports in, findings out."""

import gc
import os
from collections.abc import Sequence
from contextlib import closing
from functools import partial
from typing import Any

import click

from nianbao.cli.check_options import Options, options_of, params
from nianbao.cli.command import Command, complain
from nianbao.cli.console import errors, output
from nianbao.cli.fix import fix_files, show
from nianbao.cli.interrupted import words as interrupted
from nianbao.cli.outlets import Outlet, outlets, targets
from nianbao.cli.progress import Progress
from nianbao.cli.settings_options import resolver_of
from nianbao.cli.standard_input import standard_input
from nianbao.cli.targets import check_targets
from nianbao.engine.checked import Checked, Summary
from nianbao.reporters.display import Display
from nianbao.run.linter import Input
from nianbao.run.resolve import Resolver
from nianbao.run.stopping import Stopped, held
from nianbao.run.verdicts import Given, inputs, verdicts
from nianbao.text.language import Language, Text

STDIN = "-"

_HELP = Text(
    "检查报告（Word、网页、PDF、Markdown、文本），逐条指出问题、依据和改法。\n"
    "退出码：0 没有达到 --fail-on 的问题；1 有；2 用法、插件或规则出错；3 没有结论（没有文件、有文件读不出来、表格没读懂、多数规则无法判断）；130 中断。",
    "Checks reports (Word, HTML, PDF, Markdown, text) and reports what is wrong, with the clause and how to correct it.\n"
    "Exit code: 0 nothing at or above --fail-on; 1 findings; 2 usage, plugin or rule failure; 3 no verdict (no file, one that could not be read, tables that could not be read, most rules could not judge); 130 interrupted.",
)


def command(language: Language) -> Command:
    """Return the command in *language*."""

    def called(**values: Any) -> None:
        check(language, options_of(values))

    return Command("check", language, _HELP, params(language), called)


def check(language: Language, options: Options) -> None:
    """Check reports as *options* say and leave with the exit code. Raises click's exceptions."""
    resolver = resolver_of(options.judging.requested, language)
    given = _given(options, resolver)
    files = tuple(resolver.resolved(file)._replace(seconds=options.seconds) for file in given.files)
    if len(files) > 1 and not gc.isenabled():
        gc.freeze()  # objects loaded by now remain; those that reports leave behind are to be collected
        gc.enable()
    plugins = resolver.plugins(os.path.dirname(files[0].path) or "." if files else ".")
    fixing = options.fixing
    fixing.sound(options.formats, language)
    console = errors() if fixing.fix and STDIN in options.paths else output()
    view = options.viewing.display(console, language)
    if fixing.diff:
        click.get_current_context().exit(show(files, fixing, console, view))
    formats = options.formats or ("full",)
    check_targets(
        targets(formats, plugins, language),
        [*(file.path for file in files), *resolver.files],
        language,
        suffixes=resolver.suffixes(os.curdir),
        force=options.force,
    )
    opened = outlets(formats, plugins, console, view)
    try:
        summary = Summary(resolver.rules, given.left_out, len(files))
        if fixing.fix:
            files, summary.repairs = fix_files(files, fixing, view)
        _judge(files, options.jobs or os.cpu_count() or 1, opened, summary, view)
        with held():
            for outlet in opened:
                outlet.close()
    finally:
        for outlet in opened:
            outlet.leave()
    click.get_current_context().exit(summary.exit_code)


def _judge(
    files: Sequence[Input],
    jobs: int,
    outlets: Sequence[Outlet],
    summary: Summary,
    view: Display,
) -> None:
    """Judge each file, write its result to *outlets* as soon as it is known, and count it in *summary*.

    What a signal ends before all are judged is closed as what it is. Raises Stopped if none has been judged.
    """
    stderr = errors()
    progress = Progress(stderr, len(files), view.language, quiet=view.quiet)
    try:
        with closing(verdicts(files, jobs)) as results:
            for checked in results:
                with held():  # a result is counted and in every file, or in none
                    summary.add(checked)
                    later = _told(checked, outlets, view.language)
                progress.hide()
                if checked.error is not None:
                    stderr.write(f"{checked.complaint(view.language)}\n")
                for outlet, text in later:
                    outlet.write(text)
                progress.step()
    except Stopped as stop:
        if not summary.files:
            raise
        summary.stopped = stop.number
        progress.hide()
        complain(interrupted(view.language))
    finally:
        progress.hide()
    for outlet in outlets:
        outlet.write(outlet.text(partial(outlet.reporter.end, summary), view.language))


def _told(
    checked: Checked, outlets: Sequence[Outlet], language: Language
) -> list[tuple[Outlet, str | bytes]]:
    """Write *checked* to those of *outlets* that do not wait for anyone; return what the others are to have."""
    later = []
    for outlet in outlets:
        text = outlet.text(partial(outlet.reporter.document, checked), language)
        if outlet.waits:
            later.append((outlet, text))
        else:
            outlet.write(text)
    return later


def _given(options: Options, resolver: Resolver) -> Given:
    """Return the files that the paths mean, standard input first and once."""
    paths = [path for path in options.paths if path != STDIN]
    given = inputs(paths, resolver.suffixes, resolver.notice, options.wanted)
    if STDIN not in options.paths:
        return given
    return given._replace(files=(standard_input(options.stdin_filename or "<stdin>"), *given.files))
