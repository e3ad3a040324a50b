"""Our commands as click's: it reads every command line, with its errors, and completes them in a shell.

The one module that imports click.
"""

from collections.abc import Callable, Sequence
from typing import Any

import click
from nianbao_grammar import patterns as re

from nianbao.cli import version
from nianbao.cli.command import Command, Group, complain, help_of, usage
from nianbao.cli.console import output
from nianbao.cli.errors import Misuse, did_you_mean
from nianbao.cli.options import HELP, VERSION, Argument, BadValueError, Option
from nianbao.text.language import Language, Text
from nianbao.text.nearest import nearest

_NO_COMMAND = Text("没有命令 {name}", "no command {name}")
_NO_OPTION = Text("没有选项 {name}", "no option {name}")
_MISSING = Text("缺少{name}", "{name} is missing")
_BAD_USE = Text(
    "选项 {name} 用法不对：该带的值没有带，或者带了不该带的值",
    "option {name} lacks its value, or has one that it does not take",
)
_MISUSED = Text("写法不对：{message}", "{message}")
_SURPLUS = re.compile(r"unexpected extra arguments? \((.*)\)")
_TOO_MANY = Text("多出了参数：{words}", "too many arguments: {words}")
_COLON = Text("：", ": ")


class ClickCommand(click.Command):
    """A *record* of a command as click's."""

    def __init__(self, record: Command) -> None:
        help = record.help.of(record.language)  # noqa: A001  (as click calls it)
        super().__init__(record.name, params=_params(record), help=help, add_help_option=False)
        self.record = record

    def invoke(self, ctx: click.Context) -> int:
        """Run the command and return its exit code. Raises as `Command.run`."""
        return self.record.run(ctx.command_path, ctx.params)


class ClickGroup(click.Group):
    """A *record* of a group as click's."""

    def __init__(self, record: Group) -> None:
        super().__init__(
            record.name,
            params=_params(record),
            help=record.help.of(record.language),
            add_help_option=False,
            no_args_is_help=False,
            invoke_without_command=True,
            callback=_without_command,
        )
        self.record = record

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands, as the help lists them."""
        return list(self.record.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command *cmd_name*, made now, None for one that does not exist."""
        return as_clicks(self.record.make(cmd_name)) if cmd_name in self.record.table else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command as click does; an unknown name raises Misuse with the nearest known one."""
        record = self.record
        if args and args[0] not in record.table and not args[0].startswith("-"):
            meant = record.guess(args)
            near = meant or nearest(args[0], record.table)
            words = _NO_COMMAND.fill(name=args[0]).of(record.language) + did_you_mean(near, record.language)
            raise Misuse(words, () if meant else usage(record, ctx.command_path))
        return super().resolve_command(ctx, args)


def as_clicks(record: Command | Group) -> ClickCommand | ClickGroup:
    """Return *record* as a command of click's."""
    return ClickGroup(record) if isinstance(record, Group) else ClickCommand(record)


def run(program: Group, words: Sequence[str] | None) -> int:
    """Run *program* on *words*, None for those of the process, and return the exit code.

    Raises Misuse for words that are no command line, KeyboardInterrupt, and as `Command.run`.
    """
    try:
        code = as_clicks(program).main(words, program.name, standalone_mode=False)
    except click.UsageError as error:
        ctx = error.ctx
        lines = usage(_record(ctx), ctx.command_path) if ctx is not None else ()
        raise Misuse(_explained(error, program.language), lines) from None
    except click.Abort:
        raise KeyboardInterrupt from None
    return code if isinstance(code, int) else 0


def _params(record: Command | Group) -> list[click.Parameter]:
    return [_argument(param) if isinstance(param, Argument) else _option(param) for param in record.params]


def _argument(argument: Argument) -> click.Argument:
    nargs = -1 if argument.many else 1
    return click.Argument([argument.name], metavar=argument.word, nargs=nargs, required=argument.required)


def _option(option: Option) -> click.Option:
    show = _SHOWN.get(option.names)
    return click.Option(
        [*option.names, option.name],
        metavar=option.word or None,
        help=option.help,
        is_flag=not option.word,
        is_eager=show is not None,
        multiple=option.many,
        default=option.default if option.word else False,
        expose_value=option.kept,
        callback=_showing(show) if show is not None else _reading(option) if option.word else None,
    )


def _showing(show: Callable[[click.Context], str]) -> Callable[..., None]:
    def called(ctx: click.Context, param: click.Parameter, value: bool) -> None:
        if value and not ctx.resilient_parsing:
            output().write(show(ctx))
            ctx.exit()

    return called


def _reading(option: Option) -> Callable[..., Any]:
    def called(ctx: click.Context, param: click.Parameter, value: Any) -> Any:
        given = value if option.many else () if value is None else (value,)
        try:
            return option.read(given)
        except BadValueError as error:
            raise click.BadParameter(str(error), ctx, param) from None

    return called


def _help(ctx: click.Context) -> str:
    return help_of(_record(ctx), ctx.command_path) + "\n"


# What a flag shows in the place of all else.
_SHOWN: dict[tuple[str, ...], Callable[[click.Context], str]] = {HELP: _help, VERSION: lambda ctx: version()}


def _without_command() -> None:
    ctx = click.get_current_context()
    if ctx.invoked_subcommand is None:
        complain(help_of(_record(ctx), ctx.command_path))
        ctx.exit(2)


def _record(ctx: click.Context) -> Command | Group:
    assert isinstance(ctx.command, (ClickCommand, ClickGroup))
    return ctx.command.record


def _explained(error: click.UsageError, language: Language) -> str:
    """Return the message of *error* in *language*: click's own words are English."""
    if isinstance(error, click.NoSuchOption):
        near = (error.possibilities or [""])[0]
        return (_NO_OPTION.fill(name=error.option_name)).of(language) + did_you_mean(near, language)
    if isinstance(error, click.MissingParameter):
        return _MISSING.fill(name=_named(error.param).rstrip("…")).of(language)
    if isinstance(error, click.BadParameter):
        return f"{_named(error.param)}{_COLON.of(language)}{error.message}"
    if isinstance(error, click.BadOptionUsage):
        return _BAD_USE.fill(name=error.option_name).of(language)
    surplus = _SURPLUS.search(error.message)
    if surplus:
        return _TOO_MANY.fill(words=surplus[1]).of(language)
    return _MISUSED.fill(message=error.format_message()).of(language)


def _named(param: click.Parameter | None) -> str:
    if param is None:
        return ""
    return (param.metavar or "") if isinstance(param, click.Argument) else max(param.opts, key=len)
