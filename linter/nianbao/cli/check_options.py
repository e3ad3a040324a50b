"""The options of `nianbao check`."""

from collections.abc import Callable, Mapping
from typing import Any

from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

from nianbao.cli.console import Colour, Console, display
from nianbao.cli.fix import Fixing
from nianbao.cli.fix import params as fix_params
from nianbao.cli.options import Argument, BadValueError, Option, encoding, jobs_option, one_of, whole, words
from nianbao.cli.settings_options import beside_params, settings_params
from nianbao.cli.targets import force_option
from nianbao.engine.selection import Selection
from nianbao.files.folder import Wanted
from nianbao.report.issuer import LEVEL_WORDS, LEVELS, Level
from nianbao.reporters.display import Display
from nianbao.reporters.formats import FORMATS
from nianbao.run.linter import LONGEST
from nianbao.run.resolve import Requested
from nianbao.text.language import Language, Text

_FAIL_ON = ("error", "warning", "info", "never")

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
_FOLDER_WORD = Text("文件夹", "FOLDER")
_PER_FILE = Text(
    "每份报告一份通知单，存进这个文件夹，名称同报告；与 -f html 或 -f docx 同用",
    "a notice for each report, in this folder and by the name of the report; with -f html or -f docx",
)
_RULES_WORD = Text("规则,…", "RULE,…")
_SELECT = Text(
    "只用这些规则：编号、编号开头的字母（如 SUM）或名称", "only these rules: code, family (SUM) or name"
)
_IGNORE = Text("不用这些规则", "not these rules")
_EXTEND = Text("默认规则之外再加这些规则", "these rules in addition to the default ones")
_YEAR_WORD = Text("年", "YEAR")
_YEAR = Text(
    "应当是哪一年的报告；默认从报告中读出",
    "the year that the report is to be on; read from the report by default",
)
_LEVEL_WORD = Text("级别", "LEVEL")
_LEVEL = Text("机关级别：{levels}；默认从标题读出", "level of the organ: {levels}; by its title")
_FAIL_WORD = Text("程度", "SEVERITY")
_FAIL = Text(
    "有这个程度以上的问题时退出码为 1：error（默认）、warning、info、never",
    "exit with 1 for findings of this severity and above: error (default), warning, info, never",
)
_PATTERN_WORD = Text("模式,…", "PATTERN,…")
_INCLUDE = Text(
    "文件夹里还要检查哪些文件，写法同 .gitignore", "files of folders to check too, as .gitignore has them"
)
_EXCLUDE = Text(
    "文件夹里不检查哪些文件；.gitignore 里的也不检查",
    "files of folders not to check; nor those that .gitignore leaves out",
)
_ENCODING = Text(
    "文本和网页的编码，如 gb18030；默认按内容判断", "encoding of text and HTML, as gb18030; by the content"
)
_NAME_WORD = Text("名称", "NAME")
_STDIN_NAME = Text("标准输入以什么文件名列出", "the name that standard input is listed by")
_STATISTICS = Text("结尾按规则统计问题数", "count the findings by rule at the end")
_SECONDS_WORD = Text("秒", "SECONDS")
_SECONDS = Text(
    "一份文件最多检查多久，超过就没有结论；默认 60，0 为不限",
    "how long one file may take until it is given up; 60 by default, 0 for any time",
)
_ADDRESS = re.compile(r"(?:dask|tls)://(?:[\w.-]+|\[[\da-fA-F:.]+\]):\d{1,5}")
_EXECUTOR_WORD = Text("dask://主机:端口", "dask://HOST:PORT")
_EXECUTOR = Text(
    "由这个 dask 集群检查，不用本机的进程；加密的写 tls://主机:端口",
    "have this dask cluster check, not processes of this machine; tls://HOST:PORT for one that encrypts",
)
_NO_ADDRESS = Text(
    "应写作 dask://主机:端口，如 dask://10.0.0.5:8786，不是“{value}”",
    "write dask://HOST:PORT, such as dask://10.0.0.5:8786, not {value!r}",
)
_NO_CACHE = Text(
    "不用也不记下以前检查的结果（nianbao cache）",
    "neither use nor keep results of earlier runs (nianbao cache)",
)
_WATCH = Text(
    "一直开着：文件一有改动就再检查，只列出改动了的；Ctrl-C 结束",
    "stay, and check again whenever a file changes, listing only what has changed; Ctrl-C ends it",
)
_QUIET = Text("不显示结尾的小结和进度", "no closing lines and no progress")
_VERBOSE = Text(
    "列出无法判断和不适用的规则及原因", "list the rules that could not judge or did not apply, and why"
)
_WIDTH = Text(
    "“ ” … · 等字符在终端占几列（1 或 2）",
    "columns that “ ” … · and similar signs take in the terminal (1 or 2)",
)
_COLOUR = Text(
    "颜色：auto（默认）、always、never；也认 NO_COLOR、FORCE_COLOR",
    "auto (default), always or never; NO_COLOR and FORCE_COLOR are honoured",
)


class Judging(NamedTuple):
    """The options for the settings that a report is judged by; `annotate` has the same."""

    select: tuple[str, ...]
    ignore: tuple[str, ...]
    extend_select: tuple[str, ...]
    year: int | None
    level: Level | None
    fail_on: str | None
    config: str | None
    isolated: bool
    encoding: str | None
    trusted: bool
    previous: tuple[str, ...] = ()
    roster: str | None = None

    @property
    def requested(self) -> Requested:
        """The settings that these options ask for."""
        selection = Selection(self.select, self.ignore, self.extend_select)
        return Requested(
            selection,
            self.year,
            self.level,
            self.fail_on,
            self.config,
            self.isolated,
            self.encoding or "",
            self.trusted,
            previous=self.previous,
            roster=self.roster or "",
        )


class Viewing(NamedTuple):
    """The options for the look of the output."""

    statistics: bool
    quiet: bool
    verbose: bool
    ambiguous_width: int | None
    colour: Colour

    def display(self, console: Console, language: Language) -> Display:
        """Return the display of output on *console*."""
        return display(
            console,
            language,
            colour=self.colour,
            ambiguous=self.ambiguous_width,
            verbose=self.verbose,
            quiet=self.quiet,
            statistics=self.statistics,
        )


class Options(NamedTuple):
    """All options of `check`: the files, the settings they are judged by, the fixes, the outputs."""

    paths: tuple[str, ...]
    stdin_filename: str | None
    wanted: Wanted
    judging: Judging
    fixing: Fixing
    formats: tuple[str, ...]
    per_file: str | None
    force: bool
    viewing: Viewing
    jobs: int
    executor: str | None
    seconds: int
    no_cache: bool
    watch: bool


def options_of(values: Mapping[str, Any]) -> Options:
    """Return the options in *values*, those of `params` by their names."""
    return Options(
        values["paths"],
        values["stdin_filename"],
        Wanted(values["include"], values["exclude"]),
        judging_of(values)._replace(previous=values["previous"], roster=values["roster"]),
        Fixing(
            values["fix"] and not values["diff"], values["unsafe_fixes"], values["diff"], values["fix_mode"]
        ),
        values["formats"],
        values["per_file"],
        values["force"],
        Viewing(*(values[name] for name in Viewing._fields)),
        values["jobs"],
        values["executor"],
        values["seconds"],
        values["no_cache"],
        values["watch"],
    )


def judging_of(values: Mapping[str, Any]) -> Judging:
    """Return the options in *values* for the settings that a report is judged by."""
    own = (name for name in Judging._fields if name not in ("previous", "roster"))
    return Judging(*(values[name] for name in own))


def _scheduler(language: Language) -> Callable[[str], str]:
    """Return what reads the address of a scheduler, as dask writes it."""

    def read(value: str) -> str:
        if _ADDRESS.fullmatch(value) is None:
            raise BadValueError(_NO_ADDRESS.fill(value=value).of(language))
        return value

    return read


def params(language: Language) -> list[Option | Argument]:
    """Return the options of `check`, in the order of its help."""

    def say(text: Text) -> str:
        return text.of(language)

    formats = (", " if language == "en" else "、").join(form.name for form in FORMATS)
    levels = ", ".join(LEVELS) if language == "en" else "、".join(LEVELS)

    def selection(name: str, text: Text) -> Option:
        return Option((name,), many=True, value=words, word=say(_RULES_WORD), help=say(text))

    return [
        Argument("paths", say(_PATH), say(_PATHS), many=True),
        Option(
            ("-f", "--format"),
            field="formats",
            many=True,
            word=say(_FORMAT_WORD),
            help=say(_FORMAT.fill(formats=formats)),
        ),
        Option(("--per-file",), word=say(_FOLDER_WORD), help=say(_PER_FILE)),
        force_option(language),
        selection("--select", _SELECT),
        selection("--ignore", _IGNORE),
        selection("--extend-select", _EXTEND),
        *fix_params(language),
        Option(("--year",), value=whole(language, 2008, 2099), word=say(_YEAR_WORD), help=say(_YEAR)),
        Option(
            ("--level",),
            value=one_of(language, *LEVELS, others=LEVEL_WORDS),
            word=say(_LEVEL_WORD),
            help=say(_LEVEL.fill(levels=levels)),
        ),
        Option(
            ("--fail-on",),
            value=one_of(language, *_FAIL_ON),
            word=say(_FAIL_WORD),
            help=say(_FAIL),
        ),
        *settings_params(language),
        *beside_params(language),
        Option(("--include",), many=True, value=words, word=say(_PATTERN_WORD), help=say(_INCLUDE)),
        Option(("--exclude",), many=True, value=words, word=say(_PATTERN_WORD), help=say(_EXCLUDE)),
        Option(("--encoding",), value=encoding(language), word=say(_NAME_WORD), help=say(_ENCODING)),
        Option(("--stdin-filename",), word=say(_NAME_WORD), help=say(_STDIN_NAME)),
        Option(("--statistics",), help=say(_STATISTICS)),
        jobs_option(language),
        Option(("--executor",), value=_scheduler(language), word=say(_EXECUTOR_WORD), help=say(_EXECUTOR)),
        Option(
            ("--timeout",),
            field="seconds",
            value=whole(language, 0, 86_400),
            default=f"{LONGEST:.0f}",
            word=say(_SECONDS_WORD),
            help=say(_SECONDS),
        ),
        Option(("--no-cache",), help=say(_NO_CACHE)),
        Option(("--watch",), help=say(_WATCH)),
        Option(("-q", "--quiet"), help=say(_QUIET)),
        Option(("-v", "--verbose"), help=say(_VERBOSE)),
        Option(("--ambiguous-width",), value=whole(language, 1, 2), word="1|2", help=say(_WIDTH)),
        Option(
            ("--color",),
            field="colour",
            value=one_of(language, "auto", "always", "never"),
            default="auto",
            word="auto|always|never",
            help=say(_COLOUR),
        ),
    ]
