"""`nianbao plugins`: what is loaded, from where, what it adds, and what is wrong with what is not."""

import os
from collections.abc import Iterator
from functools import partial

import click

from nianbao.cli.command import Command, Failure, OneOf
from nianbao.cli.console import display, output
from nianbao.files.lookup import settings_file
from nianbao.plugins.loaded import Loaded, Plugins
from nianbao.plugins.loading import survey
from nianbao.reporters.display import Display
from nianbao.text.language import Language, Text

_HELP = Text(
    "列出装上的插件、当前文件夹的配置中写明的插件文件和规则文件：来自哪里、增加了什么；用不上的，说明哪里不对。\n"
    "退出码：0 都能用；1 有的不能用。",
    "Lists the installed plugins, and the plugin and rule files that the settings of this folder name: where each is from, what it adds, and what is wrong with one that is not used.\n"
    "Exit code: 0 all are used; 1 some are not.",
)
_FORMAT = Text("text（默认）或 json", "text (default) or json")
_KINDS = {
    "installed": Text("安装的插件", "installed plugin"),
    "file": Text("插件文件", "plugin file"),
    "rules": Text("规则文件", "rule file"),
}
_FROM = Text("来自 {origin}", "from {origin}")
_PREFIXES = Text("代号前缀 {prefixes}", "prefixes {prefixes}")
_ADDS = {
    "rules": Text("规则 {count} 条：{names}", "{count} rules: {names}"),
    "forms": Text("报告格式：{names}", "forms: {names}"),
    "readers": Text("读取器：{names}", "readers: {names}"),
    "formats": Text("输出格式：{names}", "output formats: {names}"),
    "profiles": Text("方案：{names}", "profiles: {names}"),
}
_FAULT = Text("不能用：{cause}", "not used: {cause}")


def command(language: Language) -> Command:
    """Return the command in *language*."""
    kinds = OneOf(language, ("text", "json"))
    option = click.Option(
        ["--format", "kind"], callback=kinds, default="text", metavar="text|json", help=_FORMAT.of(language)
    )
    return Command("plugins", language, _HELP, [option], partial(plugins, language))


def plugins(language: Language, *, kind: str) -> None:
    """Write the list; exit with 1 where a plugin cannot be used. Raises Failure for settings that cannot be read."""
    found = survey(*_named(language))
    console = output()
    if kind == "json":
        console.write(_json(found, language), "utf-8")
    else:
        view = display(console, language)
        lines = [line for one in found.loaded for line in (*_lines(one, view), "")]
        console.write(view.shown_lines(lines[:-1]) + "\n")
    click.get_current_context().exit(int(any(one.fault for one in found.loaded)))


def _named(language: Language) -> tuple[tuple[str, ...], tuple[str, ...]]:
    path = settings_file(".")
    if not path:
        return (), ()
    from nianbao.files.yaml_file import FileError
    from nianbao.run.config_file import named_files

    try:
        return named_files(os.path.relpath(path))
    except FileError as error:
        raise Failure(error.text.of(language)) from None


def _lines(one: Loaded, view: Display) -> Iterator[str]:
    yield f"{view.paint(one.title, 'rule')}  {view.say(_KINDS[one.kind])}"
    said = [_FROM.fill(origin=one.origin)]
    if one.prefixes:
        said.append(_PREFIXES.fill(prefixes=" ".join(one.prefixes)))
    for what, words in _ADDS.items():
        names = one.names(what)
        if names:
            shown = same_list(names if what != "rules" else ranges(names))
            said.append(words.fill(count=len(names), names=shown))
    for text in said:
        yield from (f"  {line}" for line in view.ruler.wrap(view.say(text), view.width - 2))
    if one.fault is not None:
        said_of_it = view.ruler.wrap(view.say(_FAULT.fill(cause=one.fault.text)), view.width - 2)
        yield from (f"  {view.paint(line, 'error')}" for line in said_of_it)


def same_list(names: tuple[str, ...]) -> Text:
    """Return *names* as a list in both languages."""
    return Text("、".join(names), ", ".join(names))


def ranges(codes: tuple[str, ...]) -> tuple[str, ...]:
    """Return *codes* with those of one family that follow each other drawn together: SUM001-SUM010."""
    runs: list[list[str]] = []
    for code in sorted(codes):
        if runs and runs[-1][-1][:-3] == code[:-3] and int(runs[-1][-1][-3:]) + 1 == int(code[-3:]):
            runs[-1].append(code)
        else:
            runs.append([code])
    return tuple(run[0] if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def _json(found: Plugins, language: Language) -> str:
    import json

    from nianbao.reporters.json_ import SCHEMA_VERSION, tool

    records = [
        {
            "name": one.name,
            "kind": one.kind,
            "origin": one.origin,
            "distribution": one.distribution or None,
            "prefixes": list(one.prefixes),
            **{what: list(one.names(what)) for what in _ADDS},
            "fault": one.fault.text.of(language) if one.fault else None,
        }
        for one in found.loaded
    ]
    whole = {"schema_version": SCHEMA_VERSION, "tool": tool(), "plugins": records}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
