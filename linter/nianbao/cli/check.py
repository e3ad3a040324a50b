"""`nianbao check`: reports in, findings out."""

import gc
import os
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from nianbao.cli.check_options import Options, options_of, params
from nianbao.cli.command import Command, complain
from nianbao.cli.console import Console, errors, output
from nianbao.cli.errors import Failure, Misuse
from nianbao.cli.fix import show
from nianbao.cli.interrupted import words as interrupted
from nianbao.cli.notices import NO_NOTICES, Notices, notices
from nianbao.cli.once import Once
from nianbao.cli.outlets import Outlet, outlets, targets
from nianbao.cli.progress import READING, Progress
from nianbao.cli.settings_options import resolver_of
from nianbao.cli.standard_input import standard_input
from nianbao.cli.targets import check_targets
from nianbao.engine.checked import Summary
from nianbao.reporters.display import Display
from nianbao.reporters.reporter import Whole
from nianbao.run.again import Again
from nianbao.run.executors import here, spread_over
from nianbao.run.judged import Judged
from nianbao.run.linter import Input, wanted
from nianbao.run.resolve import Resolver
from nianbao.run.settings import worth_comparing
from nianbao.run.stopping import Stopped, held
from nianbao.run.verdicts import Executor, Given, Judging, inputs, judged
from nianbao.text.language import Language, Text

if TYPE_CHECKING:  # not read where nothing is kept
    from nianbao.run.cache import Cache
    from nianbao.run.round import Round

STDIN = "-"

_HELP = Text(
    "检查报告（Word、网页、PDF、OFD、工作簿、Markdown、文本，以及装着它们的 zip），逐条指出问题、依据和改法。\n"
    "退出码：0 没有达到 --fail-on 的问题；1 有；2 用法、插件或规则出错；3 没有结论（没有文件、有文件读不出来、表格没读懂、多数规则无法判断、名册中有机关没有报送）；130 中断。",
    "Checks reports (Word, HTML, PDF, OFD, workbooks, Markdown, text, and a zip of them) and reports what is wrong, with the clause and how to correct it.\n"
    "Exit code: 0 nothing at or above --fail-on; 1 findings; 2 usage, plugin or rule failure; 3 no verdict (no file, one that could not be read, tables that could not be read, most rules could not judge, a unit of the roster without a report); 130 interrupted.",
)


_ONE_OF_TWO = Text(
    "-j 和 --executor 只能用一个：一个用本机的进程，一个用集群的",
    "-j and --executor exclude each other: one is for processes of this machine, the other for those of a cluster",
)
_WATCHES_ALONE = Text(
    "--watch 不能和标准输入、--diff、-j、--executor 同用",
    "--watch excludes standard input, --diff, -j and --executor",
)
_PYTHON = Text(
    "配置写明的 {path} 是 Python 文件，不会送到集群；做成插件包，装在每台机器上，或者不用 --executor",
    "the settings name {path}, and Python files are not sent to a cluster: install them on each machine as a plugin, or leave --executor out",
)


def command(language: Language, again: Again | None = None) -> Command:
    """Return the command in *language*; *again* is the run that it is made for."""

    def called(**values: Any) -> int:
        return check(language, options_of(values), again)

    return Command("check", language, _HELP, params(language), called)


def check(language: Language, options: Options, again: Again | None = None) -> int:
    """Check reports as *options* say and return the exit code; *again* is the run as it was asked for.

    Raises Misuse, Failure.
    """
    if not options.watch:
        return _check(language, options, again or Again(()), Once())
    if STDIN in options.paths or options.fixing.diff or options.executor or options.jobs != 1:
        raise Misuse(_WATCHES_ALONE.of(language))
    from nianbao.cli.watch import Watch

    watch = Watch(options.paths, language, quiet=options.viewing.quiet)
    return watch.repeat(lambda: _check(language, options, Again(()), watch))


def _check(language: Language, options: Options, again: Again, once: Once) -> int:
    """Check the reports, telling of them as *once* says, and return the exit code."""
    if _comes_again(options):
        again.begins(options.paths)
    resolver = resolver_of(options.judging.requested, language)
    given = _given(options, resolver)
    files = tuple(resolver.resolved(file)._replace(seconds=options.seconds) for file in given.files)
    again.is_judged_by(resolver.named)
    if len(files) > 1 or options.watch:
        _collect()
    plugins = resolver.plugins(os.path.dirname(files[0].path) or "." if files else ".")
    fixing = options.fixing
    fixing.sound(options.formats, language)
    console = errors() if fixing.fix and STDIN in options.paths else output()
    view = options.viewing.display(console, language)
    if fixing.diff:
        return show(files, fixing, console, view)
    own, formats = _notices(options, files, view)
    written = [*targets(formats, plugins.formats, language), *own.files]
    read = [*(file.path for file in files), *resolver.files]
    once.begins(files, resolver.files, [target.path for target in written])
    check_targets(written, read, language, suffixes=resolver.suffixes(os.curdir), force=options.force)
    opened = outlets(formats, plugins.formats, console, view)
    try:
        summary = Summary(resolver.rules, given.left_out, len(files))
        if fixing.fix:
            files, summary.repairs = once.fixed(files, fixing, view)
        kept = once.memory or _cache(options, opened, own, language)
        if kept is not None and opened and opened[0].file is None:
            console.copy = []
        with _executor(options, files, language) as executor:
            together = _round(options, files, resolver, kept, language)
            lasts = _judge(files, executor, opened, own, summary, view, once, kept, together)
        if kept is not None:
            shown = console.copy if lasts and not opened[1:] else None
            _keep(kept, again, summary.exit_code, shown)
        with held():
            for outlet in opened:
                outlet.close()
    finally:
        for outlet in opened:
            outlet.leave()
    if own.folder and not view.quiet and once.told:
        complain(own.told(view.language))
    return summary.exit_code


def _keep(kept: "Cache", again: Again, code: int, shown: list[bytes] | None) -> None:
    """Keep the run *again* with its exit *code* and what it has *shown*, if that is all it did; make room."""
    if shown is not None:
        again.keep(kept.kept, code, b"".join(shown))
    kept.kept.make_room()


def _collect() -> None:
    """Have what reports leave behind collected; objects loaded by now remain."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


def _comes_again(options: Options) -> bool:
    """Return whether a run as *options* say can be known again by the files in its folders and above them.

    A file of settings that is named may be anywhere, and so may other reports; a notice is a file of its own.
    """
    asked = options.judging.requested
    elsewhere = asked.config is not None or asked.previous or asked.roster
    return not (options.no_cache or options.per_file or elsewhere)


def _notices(options: Options, files: Sequence[Input], view: Display) -> tuple[Notices, tuple[str, ...]]:
    """Return the notices on *files*, none if they are not asked for, and the other formats."""
    if not options.per_file:
        return NO_NOTICES, options.formats or ("full",)
    return notices(options.per_file, options.formats, options.paths, files, view)


def _judge(
    files: Sequence[Input],
    executor: Executor,
    outlets: Sequence[Outlet],
    own: Notices,
    summary: Summary,
    view: Display,
    once: Once,
    cache: "Cache | None" = None,
    together: "Round | None" = None,
) -> bool:
    """Judge each file, write its result to *outlets* as soon as it is known, and count it in *summary*.

    Who looks on is told as *once* says. Return whether every result lasts. What a signal ends before all are judged is closed as what it is. Raises
    Stopped if none has been judged.
    """
    stderr = errors()
    lasts = True
    summary.roll = together.roll if together is not None else None
    progress = Progress(stderr, len(files), view.language, quiet=view.quiet)
    try:
        reporters = (*(outlet.reporter for outlet in outlets), *own.reporters)
        judging = Judging(reporters, view.language, cache, together)
        with closing(judged(files, judging, executor)) as results:
            for result in results:
                with held():  # a result is counted and in every file, or in none
                    summary.count(result.tally)
                    lasts &= result.lasts or not result.tally.reports
                    later = _told(result, outlets, own, view.language)
                progress.hide()
                if once.shows(result):
                    _show(result, later, stderr)
                progress.step()
    except Stopped as stop:
        if not summary.files:
            raise
        summary.stopped = stop.number
        progress.hide()
        complain(interrupted(view.language, closing=True))
    finally:
        progress.hide()
        if together is not None:
            together.close()
    for outlet in outlets:
        pieces = outlet.said(partial(outlet.reporter.end, summary), view.language)
        for piece in pieces if once.told or not outlet.waits else ():
            outlet.write(piece)
    return lasts and not summary.stopped


def _show(result: Judged, later: Sequence[tuple[Outlet, str]], stderr: Console) -> None:
    if result.complaint:
        stderr.write(f"{result.complaint}\n")
    for outlet, text in later:
        outlet.write(text)


def _round(
    options: Options,
    files: Sequence[Input],
    resolver: Resolver,
    cache: "Cache | None",
    language: Language,
) -> "Round | None":
    """Return the reports of the run, read, each with what it knows of the others; None if none is compared."""
    compared = [resolver.compared(file.path) for file in files]
    if not worth_comparing(files, compared):
        return None
    roster = any(each.roster for each in compared)
    if not roster and not wanted(files):
        return None
    from nianbao.run.acquaintance import Learning, company_of, files_of, round_of

    company = company_of(zip(files, compared, strict=True), resolver, options.wanted)
    folders = [path for path in options.paths if os.path.isdir(path)]
    asked = bool(options.judging.roster)
    progress = Progress(
        errors(), len(files_of(company)), language, quiet=options.viewing.quiet, words=READING
    )
    try:
        jobs = options.jobs or os.cpu_count() or 1
        return round_of(company, Learning(cache), jobs, asked=asked, within=folders, told=progress.step)
    finally:
        progress.hide()


@contextmanager
def _executor(options: Options, files: Sequence[Input], language: Language) -> Iterator[Executor]:
    """Have what is to judge *files* ready. Raises Misuse, Failure."""
    if options.executor is None:
        yield here(options.jobs or os.cpu_count() or 1, files)
        return
    if options.jobs != 1:
        raise Misuse(_ONE_OF_TWO.of(language))
    python = next((path for file in files for path in file.settings.plugins), "")
    if python:
        raise Failure(_PYTHON.fill(path=python).of(language))
    from nianbao.run.cluster import Cluster, ClusterError

    try:
        with closing(Cluster(options.executor, lambda notice: complain(notice.of(language)))) as cluster:
            yield spread_over(cluster)
    except ClusterError as error:
        raise Failure(error.text.of(language)) from None


def _cache(options: Options, outlets: Sequence[Outlet], own: Notices, language: Language) -> "Cache | None":
    """Return the results of earlier runs for *outlets* and the notices *own*, None if none are kept."""
    if options.no_cache or options.fixing.fix:
        return None
    if any(isinstance(outlet.reporter, Whole) for outlet in outlets):
        return None
    from nianbao.run.kept import kept

    found = kept()
    if found is None:
        return None
    from nianbao.run.cache import Cache

    shown = [(outlet.format.name, outlet.view) for outlet in outlets]
    return Cache(found, repr((shown, own.formats, language)))


def _told(
    result: Judged, outlets: Sequence[Outlet], own: Notices, language: Language
) -> list[tuple[Outlet, str]]:
    """Write *result* to those of *outlets* that do not wait for anyone, and its notices; return what the others are to have."""
    later = []
    own.put(result.parts[len(outlets) :], language)
    for outlet, part in zip(outlets, result.parts, strict=False):
        text = outlet.said(partial(outlet.reporter.put, part), language)
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
