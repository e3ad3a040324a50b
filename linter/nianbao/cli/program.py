"""The program: its commands, each imported when it is called, and what becomes of an error."""

import importlib
from collections.abc import Sequence

import click

import nianbao
from nianbao.cli.command import (
    Misuse,
    common_options,
    complain,
    did_you_mean,
    explained,
    help_of,
    usage_of,
)
from nianbao.cli.console import output
from nianbao.language import Language, Text

_ABOUT = Text(
    "检查政府信息公开工作年度报告是否符合条例和格式，指出哪里不对、依据什么、怎样改。",
    "Checks annual reports on government information disclosure against the regulation and the official forms.",
)
_COMMANDS: dict[str, Text] = {
    "check": Text("检查报告", "check reports"),
    "explain": Text("说明一条规则", "explain a rule"),
    "rules": Text("列出全部规则", "list all rules"),
    "show": Text("显示从一份报告中读到了什么", "show what is read in a report"),
    "schema": Text("输出 JSON 格式的 JSON Schema", "print the JSON Schema of the JSON output"),
}
_COMMANDS_HEAD = Text("命令：", "Commands:")
_VERSION = Text("显示版本", "show the version")
_NO_COMMAND = Text("没有命令 {name}", "no command {name}")
_ERROR = Text("错误：", "Error: ")
_TRY = Text("说明见 {command} --help", "Try {command} --help")
_NOT_WRITTEN = Text("不能写入 {file}：{why}", "cannot write {file}: {why}")
_INTERRUPTED = Text("已中断", "interrupted")


class Program(click.Group):
    """`nianbao`, whose commands live in modules of their own."""

    def __init__(self, language: Language) -> None:
        version = click.Option(
            ["--version"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_show_version,
            help=_VERSION.of(language),
        )
        super().__init__(
            "nianbao",
            params=[version, *common_options(language)],
            help=_ABOUT.of(language),
            add_help_option=False,
            no_args_is_help=False,
            invoke_without_command=True,
            callback=_without_command,
        )
        self.language = language

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands, as the help lists them."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command *cmd_name*, imported now, None for one that does not exist."""
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"nianbao.cli.{cmd_name}")
        command: click.Command = module.command(self.language)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return what click does; an unknown name raises Misuse with the nearest known one."""
        if args and args[0] not in _COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            nearest = "".join(get_close_matches(args[0], _COMMANDS, 1))
            words = _NO_COMMAND.fill(name=args[0]).of(self.language) + did_you_mean(nearest, self.language)
            raise Misuse(words, ctx)
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help in columns that fit Chinese."""
        commands = [(name, words.of(self.language)) for name, words in _COMMANDS.items()]
        head = _COMMANDS_HEAD.of(self.language)
        formatter.write(help_of(self, ctx, self.language, [(head, commands)]))


def _show_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        output().write(f"nianbao {nianbao.__version__}\n")
        ctx.exit()


def _without_command() -> None:
    ctx = click.get_current_context()
    if ctx.invoked_subcommand is None:
        complain(ctx.get_help())
        ctx.exit(2)


def run(arguments: Sequence[str] | None, language: Language) -> int:
    """Run the program in *language* and return its exit code; an error is told in a line or two."""
    try:
        code = Program(language).main(
            None if arguments is None else list(arguments), "nianbao", standalone_mode=False
        )
    except click.UsageError as error:
        _tell_usage(error, language)
        return error.exit_code
    except click.ClickException as error:
        complain(_ERROR.of(language) + explained(error, language))
        return error.exit_code
    except OSError as error:
        words = _NOT_WRITTEN.fill(file=error.filename or "stdout", why=error.strerror or error)
        complain(_ERROR.of(language) + words.of(language))
        return 2
    except click.Abort:
        complain(_INTERRUPTED.of(language))
        return 130
    return code if isinstance(code, int) else 0


def _tell_usage(error: click.UsageError, language: Language) -> None:
    if error.ctx is not None:
        complain(usage_of(error.ctx.command, error.ctx, language))
        complain(_TRY.fill(command=error.ctx.command_path).of(language))
    complain(_ERROR.of(language) + explained(error, language))
