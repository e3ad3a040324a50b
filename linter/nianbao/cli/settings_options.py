"""The options of every command that looks for settings: which file, none, or all that it names let in."""

from typing import TYPE_CHECKING

from nianbao.cli.broken import warning
from nianbao.cli.command import complain
from nianbao.cli.errors import Failure
from nianbao.cli.options import Argument, Option
from nianbao.text.language import Language, Text

if TYPE_CHECKING:  # it imports all that judges, which not every command that has these options needs at once
    from nianbao.run.resolve import Requested, Resolver

_FILE_WORD = Text("文件", "FILE")
_CONFIG = Text(
    "用这份配置；默认用离报告最近的 nianbao.yaml（或 pyproject.toml 的 [tool.nianbao]）",
    "these settings; by default the closest nianbao.yaml above the report, or [tool.nianbao] in pyproject.toml",
)
_NO_CONFIG = Text("不用任何配置", "no settings of any file")
_TRUST = Text(
    "只这一次，信任配置写明的全部文件，Python 文件照样运行；也认 NIANBAO_TRUST=1",
    "for this run trust all that the settings name, Python too; NIANBAO_TRUST=1 does the same",
)
_PATH_WORD = Text("路径", "PATH")
_PREVIOUS = Text(
    "上一年度的报告，文件或文件夹，可写多次；读来比较，不检查",
    "reports on the year before, a file or folder, repeatable; they are read to compare with, not checked",
)
_ROSTER = Text(
    "机关名册（CSV，见 nianbao roster）：没有报送的、报送两份的、报送别的年度的，结尾列出",
    "the roster of the units (CSV, see nianbao roster): who has not reported, who twice, who on another year",
)
_NO_PREVIOUS = Text(
    "--previous {path}：没有这个文件或文件夹；核对路径",
    "--previous {path}: no such file or folder: check the path",
)


def settings_params(language: Language) -> list[Option | Argument]:
    """Return the options; their names are those of the fields of `Requested`."""
    return [
        Option(("--config",), word=_FILE_WORD.of(language), help=_CONFIG.of(language)),
        Option(("--no-config",), field="isolated", help=_NO_CONFIG.of(language)),
        Option(("--trust",), field="trusted", help=_TRUST.of(language)),
    ]


def beside_params(language: Language) -> list[Option]:
    """Return the options on what reports are compared with; their names are those of the fields of `Requested`."""
    return [
        Option(("--previous",), many=True, word=_PATH_WORD.of(language), help=_PREVIOUS.of(language)),
        Option(("--roster",), word=_FILE_WORD.of(language), help=_ROSTER.of(language)),
    ]


def resolver_of(requested: "Requested", language: Language, *, lenient: bool = False) -> "Resolver":
    """Return the resolver of what is *requested*; settings that it passes over are named on standard error.

    If it is *lenient*, so are plugins and files of rules that are broken; else they are errors. Raises Failure for
    reports on the year before that are not there.
    """
    from nianbao.run.resolve import Resolver
    from nianbao.run.verdicts import is_there

    for path in requested.previous:
        if not is_there(path):
            raise Failure(_NO_PREVIOUS.fill(path=path).of(language))
    warn = warning(language) if lenient else None
    return Resolver(requested, lambda notice: complain(notice.of(language)), warn)
