"""The program: its commands, each imported when it is called, and the messages of errors."""

import importlib
from collections.abc import Sequence

import click

import nianbao
from nianbao.cli.command import Group, complain, explained, usage_of
from nianbao.cli.console import output
from nianbao.cli.interrupted import words as interrupted
from nianbao.files.system_errors import reason_of
from nianbao.run.stopping import Stopped
from nianbao.text.language import Language, Text

_ABOUT = Text(
    "检查政府信息公开工作年度报告是否符合条例和格式，指出哪里不对、依据什么、怎样改。",
    "Checks annual reports on government information disclosure against the regulation and the official forms.",
)
_COMMANDS: dict[str, Text] = {
    "check": Text("检查报告", "check reports"),
    "annotate": Text("把问题批注在报告的副本上", "write the findings into a copy of a report"),
    "explain": Text("说明一条规则", "explain a rule"),
    "rules": Text("列出全部规则", "list all rules"),
    "show": Text("显示从一份报告中读到了什么", "show what is read in a report"),
    "why": Text("一条规则为什么报或者不报", "why a rule did or did not fire"),
    "waive": Text("写明理由，豁免一个问题", "waive a finding, with the reason"),
    "baseline": Text("把已有的问题记入基线", "record the findings there are, so that only new ones count"),
    "new": Text("新建规则、插件或方案", "begin a rule, a plugin or a profile"),
    "test": Text("试自己写的规则", "run the cases of your own rules"),
    "trust": Text("信任一份配置写明的 Python 文件", "let the Python that settings name run"),
    "config": Text("查看、核对配置", "show and check settings"),
    "plugins": Text("列出插件和规则文件", "list the plugins and rule files"),
    "lsp": Text("语言服务器，由编辑器启动", "the language server, which an editor starts"),
    "extract": Text("把报告的内容取成数据", "take a report as data"),
    "schema": Text("输出 JSON Schema", "print a JSON Schema"),
}
_VERSION = Text("显示版本", "show the version")
_ERROR = Text("错误：", "Error: ")
_TRY = Text("说明见 {command} --help", "Try {command} --help")
_NOT_WRITTEN = Text("不能写入 {file}：{why}", "cannot write {file}: {why}")


def program(language: Language) -> Group:
    """Return `nianbao`, whose commands live in modules of their own."""
    version = click.Option(
        ["--version"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_show_version,
        help=_VERSION.of(language),
    )

    def make(name: str) -> click.Command:
        command: click.Command = importlib.import_module(f"nianbao.cli.{name}").command(language)
        return command

    return Group("nianbao", language, _ABOUT, _COMMANDS, make, [version], _checking)


def _checking(words: Sequence[str]) -> str:
    """Return the command that checks the first of *words*, a file or a folder, or that helps; "" if it is none."""
    import os

    if words[0] == "help":
        return " ".join(("nianbao", *words[1:2], "--help"))

    from nianbao.plugins.loading import survey

    suffixes = tuple(suffix for reader in survey().readers for suffix in reader.suffixes)
    if not os.path.exists(words[0]) and not words[0].lower().endswith(suffixes):
        return ""
    quoted = (f'"{word}"' if " " in word else word for word in words)
    return " ".join(("nianbao check", *quoted))


def _show_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        output().write(f"nianbao {nianbao.__version__}\n")
        ctx.exit()


def run(arguments: Sequence[str] | None, language: Language) -> int:
    """Run the program in *language* and return its exit code; an error is reported in a line or two."""
    try:
        code = program(language).main(
            None if arguments is None else list(arguments), "nianbao", standalone_mode=False
        )
    except click.UsageError as error:
        _report_usage(error, language)
        return error.exit_code
    except click.ClickException as error:
        complain(_ERROR.of(language) + explained(error, language))
        return error.exit_code
    except OSError as error:
        words = _NOT_WRITTEN.fill(file=error.filename or "stdout", why=reason_of(error))
        complain(_ERROR.of(language) + words.of(language))
        return 2
    except click.Abort:
        complain(interrupted(language))
        return 130
    except Stopped as signal:
        complain(interrupted(language))
        return signal.exit_code
    return code if isinstance(code, int) else 0


def _report_usage(error: click.UsageError, language: Language) -> None:
    if error.ctx is not None:
        complain(usage_of(error.ctx.command, error.ctx, language))
        complain(_TRY.fill(command=error.ctx.command_path).of(language))
    complain(_ERROR.of(language) + explained(error, language))
