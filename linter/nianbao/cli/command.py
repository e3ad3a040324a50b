"""A click command in one language: its help, its errors and the values that its options take."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import click
from nianbao_grammar import patterns as re

from nianbao.cli.console import display, errors, output
from nianbao.cli.errors import Failure, Misuse, did_you_mean
from nianbao.reporters.display import Display
from nianbao.run.stopping import stop_in_order
from nianbao.text.language import Language, Text
from nianbao.text.nearest import nearest

_USAGE = Text("用法：", "Usage: ")
_OPTIONS_WORD = Text("[选项]", "[OPTIONS]")
_ARGUMENTS = Text("参数：", "Arguments:")
_OPTIONS = Text("选项：", "Options:")
_HELP = Text("显示这份说明", "show this help")
_LANG = Text(
    "说中文（zh）还是英文（en）；默认看系统语言", "speak Chinese (zh) or English (en); by the locale"
)
_ONE_OF = Text("“{value}”不行，可用：{choices}", "{value!r} is none of {choices}")
_WHOLE = Text(
    "应是 {low} 至 {high} 的整数，不是“{value}”", "a whole number from {low} to {high}, not {value!r}"
)
_NO_ENCODING = Text(
    "没有编码“{value}”，例如 utf-8、gb18030", "no encoding {value!r}; there are utf-8, gb18030"
)
_NO_OPTION = Text("没有选项 {name}", "no option {name}")
_MISSING = Text("缺少{name}", "{name} is missing")
_BAD_USE = Text(
    "选项 {name} 用法不对：该带的值没有带，或者带了不该带的值",
    "option {name} lacks its value, or has one that it does not take",
)
_MISUSED = Text("写法不对：{message}", "{message}")
_SURPLUS = re.compile(r"unexpected extra arguments? \((.*)\)")
_TOO_MANY = Text("多出了参数：{words}", "too many arguments: {words}")
_COMMANDS_HEAD = Text("命令：", "Commands:")
_NO_COMMAND = Text("没有命令 {name}", "no command {name}")
_LEFT = 30


class OneOf(NamedTuple):
    """The value of an option: one word of a few."""

    language: Language
    words: tuple[str, ...]

    def __call__(self, ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
        """Return *value* in lower case. Raises BadParameter."""
        if value is None or value.lower() in self.words:
            return value and value.lower()
        choices = ("、" if self.language == "zh" else ", ").join(self.words)
        raise click.BadParameter(_ONE_OF.fill(value=value, choices=choices).of(self.language), ctx, param)


class Whole(NamedTuple):
    """The value of an option: a whole number between two others."""

    language: Language
    low: int
    high: int

    def __call__(self, ctx: click.Context, param: click.Parameter, value: str | None) -> int | None:
        """Return *value* as a number. Raises BadParameter."""
        if value is None:
            return None
        if value.isascii() and value.isdigit() and len(value) <= 9 and self.low <= int(value) <= self.high:
            return int(value)
        words = _WHOLE.fill(low=self.low, high=self.high, value=value)
        raise click.BadParameter(words.of(self.language), ctx, param)


class Encoding(NamedTuple):
    """The value of an option: the name of an encoding that Python knows."""

    language: Language

    def __call__(self, ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
        """Return the usual name of the encoding *value*. Raises BadParameter."""
        import codecs

        if value is None:
            return None
        try:
            name = codecs.lookup(value).name
            "".encode(name)  # not one of those that turn bytes into bytes
        except (LookupError, ValueError):
            words = _NO_ENCODING.fill(value=value).of(self.language)
            raise click.BadParameter(words, ctx, param) from None
        return name


def words(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of a repeated option, each of whose values may hold several parted by commas."""
    parts = (word.strip() for text in value for word in text.replace("，", ",").split(","))
    return tuple(filter(None, parts))


class Argument(click.Argument):
    """A positional argument with a word for it and a line of help."""

    def __init__(
        self,
        name: str,
        word: str,
        words: str,
        *,
        many: bool = False,
        required: bool = True,
    ) -> None:
        super().__init__([name], metavar=word, nargs=-1 if many else 1, required=required)
        self.word = word
        self.words = words


class Command(click.Command):
    """A command with help and usage in *language*, and with `--lang` and `--help` as every command."""

    def __init__(
        self,
        name: str,
        language: Language,
        help: Text,  # noqa: A002  (as click calls it)
        params: Sequence[click.Parameter],
        callback: Callable[..., None],
    ) -> None:
        common = common_options(language)
        super().__init__(
            name, params=[*params, *common], callback=callback, help=help.of(language), add_help_option=False
        )
        self.language = language

    def invoke(self, ctx: click.Context) -> None:
        """Run the command. Raises Misuse or Failure for settings, plugins and names of rules that are wrong."""
        stop_in_order()
        try:
            super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, OSError):
            raise
        except Exception as error:
            from nianbao.cli.failures import reported  # read only if something is wrong

            failure = reported(error, self.language, ctx)
            if failure is None:
                raise
            raise failure from None

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help in columns that fit Chinese."""
        formatter.write(help_of(self, ctx, self.language, ()))


class Group(click.Group):
    """A command that has commands of its own: *table* has a line on each, *make* makes one when it is called.

    *guess* says what is meant by words of which the first is no command, "" if it cannot tell.
    """

    def __init__(
        self,
        name: str,
        language: Language,
        help: Text,  # noqa: A002  (as click calls it)
        table: Mapping[str, Text],
        make: Callable[[str], click.Command],
        params: Sequence[click.Parameter] = (),
        guess: Callable[[Sequence[str]], str] = lambda words: "",
    ) -> None:
        super().__init__(
            name,
            params=[*params, *common_options(language)],
            help=help.of(language),
            add_help_option=False,
            no_args_is_help=False,
            invoke_without_command=True,
            callback=_without_command,
        )
        self.language = language
        self.table = table
        self.make = make
        self.guess = guess

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands, as the help lists them."""
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command *cmd_name*, made now, None for one that does not exist."""
        return self.make(cmd_name) if cmd_name in self.table else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command as click does; an unknown name raises Misuse with the nearest known one."""
        if args and args[0] not in self.table and not args[0].startswith("-"):
            meant = self.guess(args)
            near = meant or nearest(args[0], self.table)
            words = _NO_COMMAND.fill(name=args[0]).of(self.language) + did_you_mean(near, self.language)
            raise Misuse(words, None if meant else ctx)
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help in columns that fit Chinese."""
        commands = [(name, words.of(self.language)) for name, words in self.table.items()]
        head = _COMMANDS_HEAD.of(self.language)
        formatter.write(help_of(self, ctx, self.language, [(head, commands)]))


def _without_command() -> None:
    ctx = click.get_current_context()
    if ctx.invoked_subcommand is None:
        complain(ctx.get_help())
        ctx.exit(2)


def common_options(language: Language) -> list[click.Option]:
    """Return `--lang` and `--help`."""
    return [
        click.Option(
            ["--lang"],
            callback=OneOf(language, ("zh", "en")),
            metavar="zh|en",
            expose_value=False,
            help=_LANG.of(language),
        ),
        click.Option(
            ["-h", "--help"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_show_help,
            help=_HELP.of(language),
        ),
    ]


def _show_help(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        output().write(ctx.get_help() + "\n")
        ctx.exit()


def usage_of(command: click.Command, ctx: click.Context, language: Language) -> str:
    """Return the line on how *command* is called."""
    arguments = [param.word for param in command.params if isinstance(param, Argument)]
    if isinstance(command, click.Group):
        arguments = [Text("命令", "COMMAND").of(language), "…"]
    return _USAGE.of(language) + " ".join((ctx.command_path, _OPTIONS_WORD.of(language), *arguments))


def help_of(
    command: click.Command,
    ctx: click.Context,
    language: Language,
    more: Sequence[tuple[str, Sequence[tuple[str, str]]]],
) -> str:
    """Return the help of *command*: usage, description, arguments, *more* parts, options."""
    view = display(output(), language)
    arguments = [(p.word, p.words) for p in command.params if isinstance(p, Argument)]
    options = [record for p in command.params if isinstance(p, click.Option) and (record := _option(p))]
    parts = [(_ARGUMENTS.of(language), arguments), *more, (_OPTIONS.of(language), options)]
    lines = [usage_of(command, ctx, language), ""]
    for paragraph in (command.help or "").split("\n"):
        lines.extend(view.ruler.wrap(paragraph, view.width - 2))
    for head, entries in parts:
        if entries:
            lines += ["", head, *_columns(entries, view)]
    return view.shown_lines(lines)


def _option(option: click.Option) -> tuple[str, str]:
    names = ", ".join(sorted((*option.opts, *option.secondary_opts), key=len))
    return (f"{names} {option.metavar}" if option.metavar else names), option.help or ""


def _columns(entries: Sequence[tuple[str, str]], view: Display) -> list[str]:
    ruler = view.ruler
    left = min(_LEFT, max(ruler.columns(name) for name, _ in entries))
    lines = []
    for name, words in entries:
        first, *rest = ruler.wrap(words, view.width - left - 6)
        if ruler.columns(name) > left:
            lines.append(f"  {name}")
            name = ""
        lines.append(f"  {ruler.pad(name, left)}  {first}")
        lines.extend(" " * (left + 4) + line for line in rest)
    return lines


def explained(error: click.ClickException, language: Language) -> str:
    """Return the message of *error* in *language*: click's own words are English."""
    if isinstance(error, (Misuse, Failure)):
        return error.message
    if isinstance(error, click.NoSuchOption):
        near = (error.possibilities or [""])[0]
        return (_NO_OPTION.fill(name=error.option_name)).of(language) + did_you_mean(near, language)
    if isinstance(error, click.MissingParameter):
        return _MISSING.fill(name=_named(error.param).rstrip("…")).of(language)
    if isinstance(error, click.BadParameter):
        colon = Text("：", ": ").of(language)
        return f"{_named(error.param)}{colon}{error.message}"
    if isinstance(error, click.BadOptionUsage):
        return _BAD_USE.fill(name=error.option_name).of(language)
    surplus = _SURPLUS.search(error.message)
    if surplus:
        return _TOO_MANY.fill(words=surplus[1]).of(language)
    return _MISUSED.fill(message=error.format_message()).of(language)


def _named(param: click.Parameter | None) -> str:
    if isinstance(param, Argument):
        return param.word
    return max(param.opts, key=len) if param is not None else ""


def complain(message: str) -> None:
    """Write *message* on standard error, on one line of its own."""
    errors().write(message + "\n")
