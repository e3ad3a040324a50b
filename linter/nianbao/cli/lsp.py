"""`nianbao lsp`: the language server, which an editor starts."""

import gc
from functools import partial
from typing import TYPE_CHECKING, Any

from nianbao.cli.command import Command
from nianbao.cli.options import Option
from nianbao.cli.settings_options import settings_params
from nianbao.run.stopping import stop_at_once
from nianbao.text.language import Language, Text

if TYPE_CHECKING:
    from nianbao.run.resolve import Requested

_HELP = Text(
    "语言服务器，由编辑器启动：写报告时就地提示问题、给出改法、说明每一格和它参加的勾稽关系。\n"
    "经标准输入、输出与编辑器对话（LSP）；按 nianbao.yaml 检查，与 nianbao check 相同。",
    "The language server, which an editor starts: findings, fixes and the sums of every cell while a report is written.\n"
    "It speaks LSP on standard input and output, and judges by nianbao.yaml as nianbao check does.",
)
_STDIO = Text(
    "可以写，也可以不写：总是用标准输入、输出",
    "may be given or not: it always speaks on standard input and output",
)


def command(language: Language) -> Command:
    """Return the command in *language*."""
    stdio = Option(("--stdio",), kept=False, help=_STDIO.of(language))
    return Command("lsp", language, _HELP, [stdio, *settings_params(language)], partial(lsp, language))


def lsp(language: Language, **sought: Any) -> int:
    """Serve an editor until it exits."""
    from nianbao.lsp.server import serve

    def requested() -> "Requested":
        from nianbao.run.resolve import Requested  # with all that judges: not before the first text

        return Requested(**sought)

    gc.enable()  # a server runs all day
    stop_at_once()  # it writes nothing, and its threads would wait for the editor
    return serve(language, requested)
