"""`nianbao plugins`: the plugins and rule files, their origin, what they add, and their faults."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from nianbao.cli.command import Command
from nianbao.cli.console import display, output
from nianbao.cli.options import Option, one_of
from nianbao.cli.settings_options import resolver_of, settings_params
from nianbao.plugins.loaded import Loaded, Plugins
from nianbao.plugins.loading import survey
from nianbao.reporters.display import Display
from nianbao.run.resolve import Requested
from nianbao.text.language import Language, Text

_HELP = Text(
    "列出装上的插件、当前文件夹的配置中写明的插件文件和规则文件：来自哪里、增加了什么；用不上的，说明哪里不对。\n"
    "退出码：0 都能用；1 有的不能用。",
    "Lists the installed plugins, and the plugin and rule files that the settings of this folder name: where each is from, what it adds, and why one is not used.\n"
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
    kinds = one_of(language, "text", "json")
    option = Option(
        ("--format",), field="kind", value=kinds, default="text", word="text|json", help=_FORMAT.of(language)
    )
    params = [option, *settings_params(language)]
    return Command("plugins", language, _HELP, params, partial(plugins, language))


def plugins(language: Language, *, kind: str, **sought: Any) -> int:
    """Write the list; exit with 1 if a plugin cannot be used. Raises Failure for settings that cannot be read."""
    known = survey(*resolver_of(Requested(**sought), language).named_files("."))
    console = output()
    if kind == "json":
        console.write(_json(known, language), "utf-8")
    else:
        view = display(console, language)
        lines = [line for loaded in known.loaded for line in (*_lines(loaded, view), "")]
        console.write(view.shown_lines(lines[:-1]) + "\n", colour=view.colour)
    return int(any(loaded.fault for loaded in known.loaded))


def _lines(loaded: Loaded, view: Display) -> Iterator[str]:
    yield f"{view.paint(loaded.title, 'rule')}  {view.say(_KINDS[loaded.kind])}"
    said = [_FROM.fill(origin=loaded.origin)]
    if loaded.prefixes:
        said.append(_PREFIXES.fill(prefixes=" ".join(loaded.prefixes)))
    for kind, words in _ADDS.items():
        names = loaded.names(kind)
        if names:
            shown = same_list(names if kind != "rules" else ranges(names))
            said.append(words.fill(count=len(names), names=shown))
    for text in said:
        yield from (f"  {line}" for line in view.ruler.wrap(view.say(text), view.width - 2))
    if loaded.fault is not None:
        for part in _FAULT.fill(cause=loaded.fault.text).of(view.language).split("\n"):
            fault = view.ruler.wrap(view.shown(part), view.width - 2)
            yield from (f"  {view.paint(line, 'error')}" for line in fault)


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


def _json(known: Plugins, language: Language) -> str:
    from nianbao.reporters.json_ import SCHEMA_VERSION, tool
    from nianbao.reporters.json_tree import serialised

    records = [
        {
            "name": loaded.name,
            "kind": loaded.kind,
            "origin": loaded.origin,
            "distribution": loaded.distribution or None,
            "prefixes": list(loaded.prefixes),
            **{kind: list(loaded.names(kind)) for kind in _ADDS},
            "fault": loaded.fault.text.of(language) if loaded.fault else None,
        }
        for loaded in known.loaded
    ]
    whole = {"schema_version": SCHEMA_VERSION, "tool": tool(), "plugins": records}
    return serialised(whole)
