"""`nianbao config`: the settings of a report with the lines that set them; the check of a settings file."""

import os
from collections.abc import Iterator
from functools import partial
from typing import Any

from nianbao.cli.command import Command, Group
from nianbao.cli.console import display, output
from nianbao.cli.errors import Failure
from nianbao.cli.options import Argument
from nianbao.cli.plugins import ranges
from nianbao.cli.settings_options import resolver_of, settings_params
from nianbao.cli.trust import settings_meant
from nianbao.reporters.terminal_width import aligned
from nianbao.run.resolve import Requested, Resolver
from nianbao.run.settings import Settings, chosen
from nianbao.run.settings_file import SettingsFile, Value
from nianbao.run.trust import command_for
from nianbao.text.language import Language, Text

_HELP = Text(
    "查看一份报告用什么配置，核对配置文件。", "Shows the settings of a report, checks settings files."
)
_SHOW = Text(
    "显示一份报告的每项设置，以及写在哪个文件的哪一行",
    "each setting of a report, and the file and line that set it",
)
_CHECK = Text("核对配置文件、规则文件和插件", "check a settings file, its rule files and plugins")
_SHOW_HELP = Text(
    "显示检查这份报告时每项设置的值，以及写在哪个文件的哪一行。",
    "Shows the value of each setting that the report is checked by, with the file and line that set it.",
)
_CHECK_HELP = Text(
    "核对配置文件，连同它用到的方案、规则文件和插件。默认核对当前文件夹的配置。\n退出码：0 没有问题；2 有问题。",
    "Checks a settings file with the profiles, rule files and plugins that it uses; by default that of this folder.\nExit code: 0 all is well; 2 something is wrong.",
)
_REPORT = Text("报告", "REPORT")
_REPORTS = Text("报告的路径，文件不必存在", "the path of a report, which need not exist")
_FILE = Text("配置文件", "FILE")
_FILES = Text(
    "nianbao.yaml 或 pyproject.toml，或者放它的文件夹", "nianbao.yaml or pyproject.toml, or the folder of it"
)
_NO_FILE = Text("没有配置文件，都用默认值", "no settings file: everything is at its default")
_BY = Text("配置：{path}", "settings: {path}")
_DEFAULT = Text("默认", "default")
_RULES = Text("规则：共用 {count} 条", "rules: {count} in use")
_ADDED, _LEFT_OUT = Text("加上 {codes}", "with {codes}"), Text("不用 {codes}", "without {codes}")
_WELL = Text(
    "{path} 没有问题：规则 {rules} 条，插件文件 {plugins} 个，规则文件 {files} 个",
    "{path} is well: {rules} rules, {plugins} plugin files, {files} rule files",
)
_NOT_RUN = Text(
    "没有运行 Python 文件 {files}；nianbao plugins 试运行",
    "{files}, in Python, was not run: nianbao plugins tries it",
)
_UNCHECKED = Text(
    "没有核对，可能是其中的规则或者方案：{words}",
    "not checked, for it may be a rule or profile in there: {words}",
)
_UNTRUSTED = Text(
    "在得到信任以前，检查报告时不会运行它：{command}",
    "until you trust it, no report is checked with it: {command}",
)
_NONE_HERE = Text("这里和上面的文件夹都没有配置文件", "there is no settings file here or above")


def command(language: Language) -> Group:
    """Return the command in *language*."""

    def make(name: str) -> Command:
        if name == "show":
            report = Argument("path", _REPORT.of(language), _REPORTS.of(language))
            params = [report, *settings_params(language)]
            return Command("show", language, _SHOW_HELP, params, partial(show, language))
        file = Argument("path", _FILE.of(language), _FILES.of(language), required=False)
        params = [file, *settings_params(language)]
        return Command("check", language, _CHECK_HELP, params, partial(check, language))

    return Group("config", language, _HELP, {"show": _SHOW, "check": _CHECK}, make)


def show(language: Language, *, path: str, **sought: Any) -> int:
    """Write every setting of the report at *path* and the line that sets it. Raises Failure, Misuse."""
    resolver = resolver_of(Requested(**sought), language, lenient=True)
    settings = resolver.settings(path)
    file = resolver.settings_file(os.path.dirname(path) or ".")
    view = display(output(), language)
    lines = [view.say(_BY.fill(path=file.path) if file else _NO_FILE)]
    values = list(file.values(path)) if file else []
    known = {value.key for value in values}
    defaults = {"year": None, "level": None, "fail-on": "error"}
    values += [Value(key, value or "-", "") for key, value in defaults.items() if key not in known]
    rows = [
        [value.key, view.shown(value.value), view.shown(value.origin) or view.say(_DEFAULT)]
        for value in values
    ]
    lines += aligned(view.ruler, rows)
    for words in _rules(settings, resolver, os.path.dirname(path) or "."):
        lines += view.ruler.wrap(view.say(words), view.width)
    output().write(view.shown_lines(lines) + "\n")
    return 0


def _rules(settings: Settings, resolver: Resolver, folder: str) -> list[Text]:
    """Return the texts on the number of rules in use, and on those that differ from the default ones."""
    known = resolver.plugins(folder).rules
    used = {rule.code for rule in chosen(known, settings)}
    usual = {rule.code for rule in known if rule.enabled}
    words = [_RULES.fill(count=len(used))]
    for text, codes in ((_ADDED, used - usual), (_LEFT_OUT, usual - used)):
        if codes:
            words.append(text.fill(codes=" ".join(ranges(tuple(codes)))))
    return words


def check(language: Language, *, path: str | None, **sought: Any) -> int:
    """Write that the file at *path* has no fault. No Python file is run. Raises Failure for its first fault."""
    requested = Requested(**sought)
    if path is not None:
        requested = requested._replace(config=settings_meant(path, language))
    resolver = resolver_of(requested, language)
    settings = resolver.settings_file(".", runs=False)
    if settings is None:
        raise Failure(_NONE_HERE.of(language))
    view = display(output(), language)
    words = _WELL.fill(
        path=settings.path,
        rules=len(settings.plugins.rules),
        plugins=len(settings.plugin_files),
        files=len(settings.rule_files),
    )
    output().write("".join(view.say(text) + "\n" for text in (words, *_on_python(settings))))
    return 0


def _on_python(settings: SettingsFile) -> Iterator[Text]:
    """Yield what could not be checked because Python files are never run here."""
    if not settings.plugin_files:
        return
    files = Text("、".join(settings.plugin_files), ", ".join(settings.plugin_files))
    yield _NOT_RUN.fill(files=files)
    if settings.unchecked:
        yield _UNCHECKED.fill(words=Text("、".join(settings.unchecked), ", ".join(settings.unchecked)))
    if not all(map(settings.reach.trusts, settings.plugin_files)):
        yield _UNTRUSTED.fill(command=command_for(settings.path))
