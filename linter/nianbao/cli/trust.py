"""`nianbao trust`: let the Python that settings name run from now on, as it is today."""

import os
from collections.abc import Iterator
from functools import partial

from nianbao.cli.command import Command
from nianbao.cli.console import display, output
from nianbao.cli.errors import Failure
from nianbao.cli.options import Argument, Option
from nianbao.files.lookup import is_below, is_ours, settings_path
from nianbao.files.system_errors import reason_of
from nianbao.files.yaml_file import FileError
from nianbao.run.resolve import shown
from nianbao.run.settings_layers import all_named
from nianbao.run.trust import NoFolderError, Trusted, all_trusted, end_trust, trust
from nianbao.text.language import Language, Text
from nianbao.text.source import UnreadableError

_HELP = Text(
    "信任一份配置：它写明的 Python 文件以后照样运行，文件夹以外的文件也可以用。先看看这些文件：Python 能做您能做的一切。\n"
    "信任的是这些文件现在的内容，改过任何一个就要重新信任。YAML 写的规则不用信任。\n"
    "退出码：0 已信任；2 没有配置，或者文件读不出来。",
    "Trusts settings: the Python files that they name may run, and files outside of their folder may be used. Look at these first: Python can do all that you can.\n"
    "What is trusted is what the files have now; once one of them changes, it is to be trusted again. Rules in YAML need no trust.\n"
    "Exit code: 0 it is trusted; 2 there are no settings, or a file cannot be read.",
)
_WHERE, _WHERES = (
    Text("[文件夹|文件]", "[FOLDER|FILE]"),
    Text(
        "配置所在的文件夹，或者配置文件；默认当前文件夹",
        "the folder of the settings, or their file; by default this one",
    ),
)
_LIST = Text("列出已信任的配置", "list the settings that are trusted")
_REMOVE = Text("不再信任", "trust it no longer")
_NONE_HERE = Text("{path} 和上面的文件夹都没有配置文件", "there is no settings file in {path} or above")
_NO_SETTINGS = Text(
    "{path} 不是能用的配置，没有信任", "{path} is not settings that could be used: nothing is trusted"
)
_NOTHING = Text(
    "{path} 不用 Python 文件，也不用文件夹以外的文件，不必信任",
    "{path} names neither Python nor files outside of its folder: it needs no trust",
)
_TRUSTED = Text("已信任 {path}：", "{path} is trusted, with")
_RUNS, _BUILDS, _OUTSIDE = (
    Text("{path}（Python，会运行）", "{path} (Python, which runs)"),
    Text("{path}（配置）", "{path} (settings)"),
    Text("{path}（在文件夹以外）", "{path} (outside of the folder)"),
)
_AGAIN = Text("其中有文件改过，就要重新信任", "once one of these changes, it is to be trusted again")
_NOT_KEPT = Text("不能记下：{why}", "it cannot be kept: {why}")
_NO_FOLDER = Text(
    "找不到您自己的文件夹；写明 XDG_STATE_HOME，或者每次加 --trust",
    "you have no folder of your own: set XDG_STATE_HOME, or give --trust each time",
)
_UNREADABLE = Text("{path}：{why}", "{path}: {why}")
_NOBODY = Text("没有信任过任何配置", "no settings are trusted")
_CHANGED = Text("{path}（有改动，要重新信任）", "{path} (changed, to be trusted again)")
_NOT_TRUSTED = Text("没有信任过 {path}", "{path} is not trusted")
_REMOVED = Text("不再信任 {path}", "{path} is trusted no longer")


def command(language: Language) -> Command:
    """Return the command in *language*."""
    params: list[Option | Argument] = [
        Argument("where", _WHERE.of(language), _WHERES.of(language), required=False),
        Option(("--list",), field="lists", help=_LIST.of(language)),
        Option(("--remove",), field="removes", help=_REMOVE.of(language)),
    ]
    return Command("trust", language, _HELP, params, partial(trusting, language))


def trusting(language: Language, *, where: str | None, lists: bool, removes: bool) -> int:
    """Trust the settings of *where*, or end that, or list what is trusted. Raises Failure."""
    where = where or os.curdir
    try:
        if lists:
            said = _listed()
        elif removes:
            said = _removed(where, language)
        else:
            said = _trusted(settings_meant(where, language), language)
        view = display(output(), language)
        output().write("".join(view.shown(view.say(text)) + "\n" for text in said))
    except NoFolderError:
        raise Failure(_NO_FOLDER.of(language)) from None
    return 0


def settings_meant(where: str, language: Language) -> str:
    """Return the settings file that *where* means: what is named is taken, whoever owns it."""
    path = shown(settings_path(where, lambda path: True)) if os.path.isdir(where) else where
    if not path:
        raise Failure(_NONE_HERE.fill(path=where).of(language))
    return path


def _trusted(path: str, language: Language) -> list[Text]:
    """Trust the settings at *path* and return what is said about it. Raises Failure, FileError, NoFolderError."""
    folder = os.path.dirname(path) or os.curdir
    try:
        named = all_named(path)
    except FileError as error:
        if is_below(error.path, folder):
            raise
        # Nothing is trusted yet: what is wrong there would be shown word by word.
        raise Failure(_NO_SETTINGS.fill(path=error.path).of(language)) from None
    outside = [file for file in named.rules if not is_below(file, folder)]
    near = all(is_below(file, folder) for file in named.settings)
    if near and not named.plugins and not outside and is_ours(path):
        return [_NOTHING.fill(path=path)]
    try:
        trust(path, (*named.settings, *named.plugins, *outside))
    except UnreadableError as error:
        raise Failure(_UNREADABLE.fill(path=path, why=error.reason).of(language)) from None
    except OSError as error:
        raise Failure(_NOT_KEPT.fill(why=reason_of(error)).of(language)) from None
    files = {_BUILDS: named.settings, _RUNS: named.plugins, _OUTSIDE: outside}
    lines = [_in_line(words.fill(path=file)) for words, paths in files.items() for file in paths]
    return [_TRUSTED.fill(path=path), *lines, _AGAIN]


def _in_line(text: Text) -> Text:
    return Text(f"  {text.zh}", f"  {text.en}")


def _listed() -> list[Text]:
    said = [
        (Text("{path}", "{path}") if record.holds else _CHANGED).fill(path=record.settings)
        for record in all_trusted()
    ]
    return said or [_NOBODY]


def _removed(where: str, language: Language) -> list[Text]:
    records = list(_meant(where))
    if not records:
        raise Failure(_NOT_TRUSTED.fill(path=where).of(language))
    try:
        for record in records:
            end_trust(record)
    except OSError as error:
        raise Failure(_NOT_KEPT.fill(why=reason_of(error)).of(language)) from None
    return [_REMOVED.fill(path=record.settings) for record in records]


def _meant(where: str) -> Iterator[Trusted]:
    """Yield what is trusted of *where*, a settings file or its folder, which need not exist any more."""
    real = os.path.realpath(where)
    for record in all_trusted():
        if real in (record.settings, os.path.dirname(record.settings)):
            yield record
