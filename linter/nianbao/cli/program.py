"""The program: its commands, each imported when it is called, and the messages of errors."""

import errno
import importlib
import sys
from collections.abc import Sequence

from nianbao.cli.command import Command, Group, complain, help_of
from nianbao.cli.console import output
from nianbao.cli.errors import CommandError, Misuse
from nianbao.cli.interrupted import words as interrupted
from nianbao.cli.options import HELP, VERSION, Option
from nianbao.cli.plain import plain
from nianbao.files.system_errors import reason_of
from nianbao.run.again import Again
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
    "new": Text("新建报告、规则、插件或方案", "begin a report, a rule, a plugin or a profile"),
    "test": Text("试自己写的规则", "run the cases of your own rules"),
    "trust": Text("信任一份配置写明的 Python 文件", "let the Python that settings name run"),
    "config": Text("查看、核对配置", "show and check settings"),
    "plugins": Text("列出插件和规则文件", "list the plugins and rule files"),
    "lsp": Text("语言服务器，由编辑器启动", "the language server, which an editor starts"),
    "extract": Text("把报告的内容取成数据", "take a report as data"),
    "total": Text("汇总各单位的报告", "sum up the reports of a round"),
    "compare": Text("对照整改前后的报告", "compare reports before and after correction"),
    "roster": Text("起一份机关名册", "begin a roster of the units that report"),
    "cache": Text("记下的检查结果", "the results that are kept"),
    "schema": Text("输出 JSON Schema", "print a JSON Schema"),
}
_VERSION = Text("显示版本", "show the version")
_ERROR = Text("错误：", "Error: ")
_NOT_WRITTEN = Text("不能写入 {file}：{why}", "cannot write {file}: {why}")


def program(language: Language, arguments: Sequence[str] = ()) -> Group:
    """Return `nianbao`, whose commands live in modules of their own; *arguments* are those of this run."""

    def make(name: str) -> Command | Group:
        module = importlib.import_module(f"nianbao.cli.{name}")
        made: Command | Group = (
            module.command(language, Again(arguments)) if name == "check" else module.command(language)
        )
        return made

    version = Option(VERSION, _VERSION.of(language), kept=False)
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


def run(arguments: Sequence[str] | None, language: Language) -> int:
    """Run the program in *language* and return its exit code; an error is reported in a line or two."""
    try:
        return _run(arguments, program(language, sys.argv[1:] if arguments is None else arguments))
    except CommandError as error:
        for line in error.usage if isinstance(error, Misuse) else ():
            complain(line)
        complain(_ERROR.of(language) + error.message)
        return 2
    except OSError as error:
        if error.errno == errno.EPIPE:  # no one reads a file that is a pipe any more
            return 1
        words = _NOT_WRITTEN.fill(file=error.filename or "stdout", why=reason_of(error))
        complain(_ERROR.of(language) + words.of(language))
        return 2
    except (KeyboardInterrupt, EOFError):
        complain(interrupted(language))
        return 130
    except Stopped as signal:
        complain(interrupted(language))
        return signal.exit_code


def _run(arguments: Sequence[str] | None, program: Group) -> int:
    """Run *program*, without click if the words are plain. Raises CommandError, OSError, KeyboardInterrupt, Stopped."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    command: Command | Group = program
    path = program.name
    if words and words[0] in program.table:
        command, path = program.make(words[0]), f"{path} {words.pop(0)}"
    if len(words) == 1 and words[0] in HELP:
        output().write(help_of(command, path) + "\n")
        return 0
    if isinstance(command, Command) and (values := plain(command, words)) is not None:
        return command.run(path, values)
    from nianbao.cli import by_click  # only for what is not plain

    return by_click.run(program, arguments)
