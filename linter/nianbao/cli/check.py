"""`nianbao check`: reports in, findings out."""

import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

import click

from nianbao.cli.command import Argument, Command, Encoding, Failure, Misuse, OneOf, Whole, words
from nianbao.cli.console import Colour, Console, display, errors, output
from nianbao.cli.fix import Fixing, put_right, show
from nianbao.cli.fix import params as fix_options
from nianbao.cli.progress import Progress
from nianbao.cli.selection import Asked, Configured
from nianbao.engine.checked import Summary
from nianbao.engine.selection import Selection
from nianbao.files.folder import Wanted
from nianbao.plugins.loaded import Plugins
from nianbao.report.issuer import LEVELS, Level
from nianbao.reporters.display import Display
from nianbao.reporters.formats import FORMATS
from nianbao.reporters.reporter import OutputFormat, Reporter, UnavailableError
from nianbao.run.linter import Input
from nianbao.run.verdicts import ProcessLostError, inputs, verdicts
from nianbao.text.language import Language, Text
from nianbao.writers.writer import Mode

STDIN = "-"
_FAIL_ON = ("error", "warning", "info", "never")

_HELP = Text(
    "检查报告（Word、网页、PDF、Markdown、文本），逐条指出问题、依据和改法。\n"
    "退出码：0 没有达到 --fail-on 的问题；1 有；2 用法、插件或规则出错；3 没有结论（没有文件、读不出来、表格没读懂）。",
    "Checks reports (Word, HTML, PDF, Markdown, text) and says what is wrong, by which clause, and how to put it right.\n"
    "Exit code: 0 nothing at or above --fail-on; 1 findings; 2 usage, plugin or rule failure; 3 no verdict (no file, unreadable, tables that could not be judged).",
)
_PATH = Text("路径…", "PATH…")
_PATHS = Text(
    "文件；文件夹（连同下级文件夹里的报告）；- 为标准输入",
    "files; folders (the reports in them and below); - for standard input",
)
_FORMAT = Text(
    "输出格式：{formats}，默认 full；可写多次，写成 格式:文件 就存进文件；插件可以增加格式",
    "one of {formats}, full by default; repeatable, as FORMAT:FILE into a file; plugins may add more",
)
_FORMAT_WORD = Text("格式[:文件]", "FORMAT[:FILE]")
_RULES_WORD = Text("规则,…", "RULE,…")
_SELECT = Text(
    "只用这些规则：编号、编号开头的字母（如 SUM）或名称", "only these rules: code, family (SUM) or name"
)
_IGNORE = Text("不用这些规则", "not these rules")
_EXTEND = Text("默认规则之外再加这些规则", "these rules beside the default ones")
_YEAR_WORD = Text("年", "YEAR")
_YEAR = Text("报告年度；默认从报告中读出", "the year reported on; read from the report by default")
_LEVEL_WORD = Text("级别", "LEVEL")
_LEVEL = Text("机关级别：{levels}；默认从标题读出", "level of the organ: {levels}; by its title")
_FAIL_WORD = Text("程度", "SEVERITY")
_FAIL = Text(
    "有这个程度以上的问题时退出码为 1：error（默认）、warning、info、never",
    "exit with 1 for findings of this severity and above: error (default), warning, info, never",
)
_CONFIG_WORD = Text("文件", "FILE")
_CONFIG = Text(
    "用这份配置；默认用离报告最近的 nianbao.yaml（或 pyproject.toml 的 [tool.nianbao]）",
    "these settings; by default the closest nianbao.yaml above the report, or [tool.nianbao] in pyproject.toml",
)
_NO_CONFIG = Text("不用任何配置", "no settings of any file")
_PATTERN_WORD = Text("模式,…", "PATTERN,…")
_INCLUDE = Text(
    "文件夹里还要检查哪些文件，写法同 .gitignore", "files of folders to check too, as .gitignore has them"
)
_EXCLUDE = Text(
    "文件夹里不检查哪些文件；.gitignore 里的也不检查",
    "files of folders not to check; nor what .gitignore leaves out",
)
_ENCODING = Text(
    "文本和网页的编码，如 gb18030；默认按内容判断", "encoding of text and HTML, as gb18030; by the content"
)
_NAME_WORD = Text("名称", "NAME")
_STDIN_NAME = Text("标准输入以什么文件名列出", "the name that standard input is listed by")
_STATISTICS = Text("结尾按规则统计问题数", "count the findings by rule at the end")
_JOBS = Text("用几个进程；0 为处理器个数", "how many processes; 0 for the number of processors")
_QUIET = Text("不显示结尾的小结和进度", "no closing lines and no progress")
_VERBOSE = Text(
    "列出无法判断和不适用的规则及原因", "list the rules that could not judge or did not apply, and why"
)
_WIDTH = Text(
    "“ ” … · 等字符在终端占几列（1 或 2）",
    "columns that “ ” … · and their like take in the terminal (1 or 2)",
)
_COLOUR = Text(
    "颜色：auto（默认）、always、never；也认 NO_COLOR、FORCE_COLOR",
    "auto (default), always or never; NO_COLOR and FORCE_COLOR are honoured",
)

_NO_FORMAT = Text("没有格式“{name}”，可用：{formats}", "no format {name!r}; there are {formats}")
_ONE_OUTPUT = Text(
    "只有一种格式可以输出到屏幕，其余请写成 格式:文件",
    "only one format can go to the screen: give the others a file",
)
_SAME_FILE = Text("两种格式不能存进同一个文件：{path}", "two formats cannot go into one file: {path}")
_NEEDS_FILE = Text("{name} 要写明存进哪个文件：-f {name}:文件", "{name} needs a file: -f {name}:FILE")
_OVERWRITES = Text(
    "{path} 是要检查的文件，不能当作输出文件", "{path} is to be checked: it cannot be the output too"
)
_NOT_WRITTEN = Text("不能写入 {path}：{why}", "cannot write {path}: {why}")
_FORMAT_FAILED = Text(
    "输出格式 {name}（{origin}）出错：{error}；请把这条信息交给插件的作者",
    "the output format {name} ({origin}) failed: {error}; send this to the author of the plugin",
)
_LOST = Text(
    "一个检查进程意外终止，结果不完整；请减少 -j 再试",
    "a process was killed, so the result is incomplete: try a smaller -j",
)


def command(language: Language) -> Command:
    """Return the command in *language*."""
    return Command("check", language, _HELP, _params(language), partial(check, language))


def _params(language: Language) -> list[click.Parameter]:
    def say(text: Text) -> str:
        return text.of(language)

    formats = (", " if language == "en" else "、").join(form.name for form in FORMATS)
    levels = ", ".join(LEVELS) if language == "en" else "、".join(LEVELS)

    def selection(name: str, text: Text) -> click.Option:
        return click.Option([name], multiple=True, callback=words, metavar=say(_RULES_WORD), help=say(text))

    return [
        Argument("paths", say(_PATH), say(_PATHS), many=True),
        click.Option(
            ["-f", "--format", "formats"],
            multiple=True,
            metavar=say(_FORMAT_WORD),
            help=say(_FORMAT.fill(formats=formats)),
        ),
        selection("--select", _SELECT),
        selection("--ignore", _IGNORE),
        selection("--extend-select", _EXTEND),
        *fix_options(language),
        click.Option(
            ["--year"], callback=Whole(language, 2008, 2099), metavar=say(_YEAR_WORD), help=say(_YEAR)
        ),
        click.Option(
            ["--level"],
            callback=OneOf(language, LEVELS),
            metavar=say(_LEVEL_WORD),
            help=say(_LEVEL.fill(levels=levels)),
        ),
        click.Option(
            ["--fail-on"],
            callback=OneOf(language, _FAIL_ON),
            metavar=say(_FAIL_WORD),
            help=say(_FAIL),
        ),
        click.Option(["--config"], metavar=say(_CONFIG_WORD), help=say(_CONFIG)),
        click.Option(["--no-config", "isolated"], is_flag=True, help=say(_NO_CONFIG)),
        click.Option(
            ["--include"], multiple=True, callback=words, metavar=say(_PATTERN_WORD), help=say(_INCLUDE)
        ),
        click.Option(
            ["--exclude"], multiple=True, callback=words, metavar=say(_PATTERN_WORD), help=say(_EXCLUDE)
        ),
        click.Option(
            ["--encoding"], callback=Encoding(language), metavar=say(_NAME_WORD), help=say(_ENCODING)
        ),
        click.Option(["--stdin-filename"], metavar=say(_NAME_WORD), help=say(_STDIN_NAME)),
        click.Option(["--statistics"], is_flag=True, help=say(_STATISTICS)),
        click.Option(
            ["-j", "--jobs"], callback=Whole(language, 0, 999), default="1", metavar="N", help=say(_JOBS)
        ),
        click.Option(["-q", "--quiet"], is_flag=True, help=say(_QUIET)),
        click.Option(["-v", "--verbose"], is_flag=True, help=say(_VERBOSE)),
        click.Option(["--ambiguous-width"], callback=Whole(language, 1, 2), metavar="1|2", help=say(_WIDTH)),
        click.Option(
            ["--color", "colour"],
            callback=OneOf(language, ("auto", "always", "never")),
            default="auto",
            metavar="auto|always|never",
            help=say(_COLOUR),
        ),
    ]


def check(
    language: Language,
    *,
    paths: tuple[str, ...],
    formats: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    extend_select: tuple[str, ...],
    fix: bool,
    unsafe_fixes: bool,
    diff: bool,
    fix_mode: Mode,
    year: int | None,
    level: Level | None,
    fail_on: str | None,
    config: str | None,
    isolated: bool,
    include: tuple[str, ...],
    exclude: tuple[str, ...],
    encoding: str | None,
    stdin_filename: str | None,
    statistics: bool,
    jobs: int,
    quiet: bool,
    verbose: bool,
    ambiguous_width: int | None,
    colour: Colour,
) -> None:
    """Check *paths* and leave with the exit code. Raises click's exceptions for what cannot be done."""
    selection = Selection(select, ignore, extend_select)
    asked = Asked(selection, year, level, fail_on, config, isolated, encoding or "")
    configured = Configured(asked, language)
    meant = _given(paths, stdin_filename, configured, Wanted(include, exclude))
    given = tuple(map(configured.given, meant))
    if (
        len(given) > 1 and not gc.isenabled()
    ):  # what is loaded by now stays; what reports leave behind is to be collected
        gc.freeze()
        gc.enable()
    plugins = configured.plugins(os.path.dirname(given[0].path) or "." if given else ".")
    fixing = Fixing(fix and not diff, unsafe_fixes, diff, fix_mode)
    fixing.sound(formats, language)
    console = errors() if fixing.fix and STDIN in paths else output()
    view = display(
        console,
        language,
        colour=colour,
        ambiguous=ambiguous_width,
        verbose=verbose,
        quiet=quiet,
        statistics=statistics,
    )
    if fixing.diff:
        click.get_current_context().exit(show(given, fixing, console, view))
    outlets = _outlets(formats or ("full",), plugins, given, console, view)
    summary = Summary(configured.rules)
    if fixing.fix:
        given, summary.repairs = put_right(given, fixing, view)
    summary = _checked(given, jobs or os.cpu_count() or 1, outlets, summary, view)
    click.get_current_context().exit(summary.exit_code)


def _checked(
    given: Sequence[Input],
    jobs: int,
    outlets: "Sequence[Outlet]",
    summary: Summary,
    view: Display,
) -> Summary:
    """Write what becomes of each file as soon as it is known, and return the whole in figures."""
    stderr = errors()
    progress = Progress(stderr, len(given), view.language, quiet=view.quiet)
    try:
        for checked in verdicts(given, jobs):
            summary.add(checked)
            progress.hide()
            if checked.error is not None:
                stderr.write(f"{checked.complaint(view.language)}\n")
            for outlet in outlets:
                outlet.say(partial(outlet.reporter.document, checked), view.language)
            progress.step()
    except ProcessLostError:
        raise Failure(_LOST.of(view.language)) from None
    finally:
        progress.hide()
    for outlet in outlets:
        outlet.say(partial(outlet.reporter.end, summary), view.language)
        outlet.close()
    return summary


def _given(
    paths: Sequence[str], stdin_filename: str | None, configured: Configured, wanted: Wanted
) -> Iterator[Input]:
    """Yield the files that *paths* mean, standard input among them once."""
    if STDIN in paths:
        data = sys.stdin.buffer.read() if sys.stdin is not None else b""
        yield Input(stdin_filename or "<stdin>", data=data)
    yield from inputs([path for path in paths if path != STDIN], configured.suffixes, wanted)


class Outlet(NamedTuple):
    """A format and where it goes: the console, or a file of this *path*."""

    format: OutputFormat
    reporter: Reporter
    console: Console
    encoding: str | None  # None for the console's own
    path: str = ""

    def say(self, what: Callable[[], str | bytes], language: Language) -> None:
        """Write what the reporter returns. Raises Failure where it is a plugin's and fails, OSError as `write`."""
        try:
            text = what()
        except Exception as error:
            if not self.format.origin:
                raise
            told = f"{type(error).__name__}: {error}"
            words = _FORMAT_FAILED.fill(name=self.format.name, origin=self.format.origin, error=told)
            raise Failure(words.of(language)) from error
        self.write(text)

    def write(self, text: str | bytes) -> None:
        """Write *text*. Raises OSError where a full disk cannot hold it; a closed pipe is silent."""
        try:
            self.console.write(text, self.encoding)
        except OSError as error:
            error.filename = self.path or None
            raise

    def close(self) -> None:
        """Close the file."""
        if self.path and self.console.stream is not None:
            self.console.stream.close()


def _outlets(
    formats: Sequence[str], plugins: Plugins, given: Sequence[Input], console: Console, view: Display
) -> list[Outlet]:
    language = view.language
    asked = [_format(word, plugins, language) for word in formats]
    for form, path in asked:
        if form.binary and not path:
            raise Misuse(_NEEDS_FILE.fill(name=form.name).of(language), click.get_current_context())
    files = [os.path.abspath(path) for _, path in asked if path]
    if len(asked) - len(files) > 1:
        raise Misuse(_ONE_OUTPUT.of(language), click.get_current_context())
    reports = {os.path.realpath(one.path) for one in given if os.path.exists(one.path)}
    for path in files:
        if files.count(path) > 1:
            raise Misuse(_SAME_FILE.fill(path=path).of(language), click.get_current_context())
        if os.path.realpath(path) in reports:
            raise Misuse(_OVERWRITES.fill(path=path).of(language), click.get_current_context())
    return [_outlet(form, path, console, view) for form, path in asked]


def _format(word: str, plugins: Plugins, language: Language) -> tuple[OutputFormat, str]:
    asked, _, path = word.partition(":")
    for known in plugins.formats:
        if known.name == asked:
            return known, "" if path == STDIN else path
    message = _NO_FORMAT.fill(name=asked, formats=", ".join(known.name for known in plugins.formats))
    raise Misuse(message.of(language), click.get_current_context())


def _outlet(asked: OutputFormat, path: str, console: Console, view: Display) -> Outlet:
    utf8 = asked.machine or path
    try:
        made = asked.make(view._replace(colour=False, encoding="utf-8") if utf8 else view)
    except UnavailableError as error:
        raise Failure(error.reason.of(view.language)) from None
    if not path:
        return Outlet(asked, made, console, "utf-8" if asked.machine else None)
    try:
        # Kept open until the run ends, and closed by it: what is known is on disk as soon as it is known.
        file = open(path, "w", encoding="utf-8", newline="\n")  # noqa: SIM115
    except OSError as error:
        why = error.strerror or error
        raise Failure(_NOT_WRITTEN.fill(path=path, why=why).of(view.language)) from None
    return Outlet(asked, made, Console(file), "utf-8", path)
