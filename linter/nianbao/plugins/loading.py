"""The loading of plugins: installed ones, files in Python and files of rules in YAML."""

import importlib
import os
import sys
from collections.abc import Sequence
from functools import cache
from itertools import zip_longest
from types import CodeType, ModuleType
from typing import Any

from nianbao.files.regular import PLUGIN_BYTES, contents
from nianbao.files.system_errors import reason_of
from nianbao.plugins.asking import HookError, hooks_of
from nianbao.plugins.entry_points import Installed, installed
from nianbao.plugins.hooks import DECLARATION, HOOKS
from nianbao.plugins.loaded import Loaded, PluginError, Plugins
from nianbao.plugins.rule_names import with_known_names
from nianbao.plugins.soundness import (
    MARK,
    UPDATE,
    AnswerError,
    PlacedError,
    declaring,
    faulty,
    misspelt,
    sequence,
    unusable,
    without_clash,
)
from nianbao.report.form import load_forms
from nianbao.text.language import Text, same
from nianbao.text.source import UnreadableError

_NO_IMPORT = Text("导入时出错：{error}", "does not import: {error}")
_NO_ATTRIBUTE = Text("模块中没有“{name}”", "the module has no {name}")
_RAISED = Text("{hook} 出错：{error}", "{hook} failed: {error}")
_NOTHING = Text("没有任何挂钩，什么也没有增加", "it has no hook, so it adds nothing")

_INSTALL = Text("安装缺少的模块，或者核对模块名", "install the module that is missing, or correct its name")


@cache
def load(
    files: tuple[str, ...] = (),
    rules: tuple[str, ...] = (),
    *,
    lenient: bool = False,
    texts: tuple[str, ...] = (),
) -> Plugins:
    """Return every installed plugin, the plugin *files* and the files of *rules*, loaded.

    *texts* take the place of the contents of *rules* where these are not at hand.
    They are loaded once in each process. Raises PluginError for the first that cannot be trusted; a *lenient* load
    goes on without it.
    """
    plugins = survey(files, rules, texts)
    if plugins.faults and not lenient:
        raise plugins.faults[0]
    return plugins


def survey(files: Sequence[str] = (), rules: Sequence[str] = (), texts: Sequence[str] = ()) -> Plugins:
    """Return the same, each that cannot be trusted with its fault. Never raises for a plugin."""
    loaded: list[Loaded] = []
    for point in installed():
        loaded.append(without_clash(_installed(point), loaded))
    for path in files:
        loaded.append(without_clash(load_file(path), loaded))
    for path, text in zip_longest(rules, texts):
        loaded.append(without_clash(_declared(path, loaded, text), loaded))
    # Last, for the forms that a rule is for may come from a plugin that is loaded after it.
    tables = {
        form["name"]: [table["key"] for table in form["tables"]] for each in loaded for form in each.forms
    }
    return Plugins(tuple(each if each.kind == "rules" else with_known_names(each, tables) for each in loaded))


def _installed(point: Installed) -> Loaded:
    module_name, _, attributes = point.target.partition(":")
    loaded = Loaded(point.name, "installed", module_name, point.distribution)
    try:
        plugin: Any = importlib.import_module(module_name)
    except (Exception, SystemExit) as error:
        loaded = loaded._replace(origin=_file_of(module_name))
        return loaded._replace(fault=_import_error(loaded, error))
    loaded = loaded._replace(origin=getattr(plugin, "__file__", None) or module_name)
    for attribute in filter(None, attributes.split(".")):
        if not hasattr(plugin, attribute):
            return faulty(loaded, _NO_ATTRIBUTE.fill(name=attribute))
        plugin = getattr(plugin, attribute)
    return _added(loaded, plugin)


def _file_of(module: str) -> str:
    """Return the file of *module*, which has not been imported; its own name if there is none."""
    from importlib.util import find_spec

    try:
        spec = find_spec(module)
    except (Exception, SystemExit):
        return module
    return spec.origin or module if spec is not None else module


def load_file(path: str) -> Loaded:
    """Return the Python file at *path*, loaded as a plugin. Never raises: see its fault.

    The file is run from its text, so that no file is left behind.
    """
    loaded = Loaded(path, "file", os.path.abspath(path))
    origin = loaded.origin
    module = ModuleType(f"nianbao_file_{os.path.splitext(os.path.basename(path))[0]}")
    module.__file__ = origin
    try:
        code = _compiled(origin)
        sys.modules[module.__name__] = module
        exec(code, module.__dict__)  # what a plugin is for: it runs as its user does
    except (Exception, SystemExit) as error:
        return loaded._replace(fault=_import_error(loaded, error))
    return _added(loaded, module)


def glance_at(path: str) -> Loaded:
    """Return the Python file at *path*, read and not run: its fault says if it cannot be. Never raises."""
    loaded = Loaded(path, "file", os.path.abspath(path))
    try:
        _compiled(loaded.origin)
    except Exception as error:
        return loaded._replace(fault=_import_error(loaded, error))
    return loaded


def _compiled(path: str) -> CodeType:
    return compile(contents(path, PLUGIN_BYTES), path, "exec", dont_inherit=True)


def _import_error(loaded: Loaded, error: BaseException) -> PluginError:
    hint = loaded.remedy
    if isinstance(error, ModuleNotFoundError):
        hint = _INSTALL
    elif isinstance(error, ImportError) and error.name == "nianbao.api":
        hint = UPDATE
    return PluginError(loaded.where, _NO_IMPORT.fill(error=_in_one_line(error, loaded.origin)), hint)


def _in_one_line(error: BaseException, path: str) -> Text:
    """Return *error* in a line, with the last place in the plugin's own file that it came through."""
    line, trace = (
        getattr(error, "lineno", None) if isinstance(error, SyntaxError) else None,
        error.__traceback__,
    )
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == path:
            line = trace.tb_lineno
        trace = trace.tb_next
    if isinstance(error, UnreadableError):
        return error.reason
    if isinstance(error, OSError):
        why = reason_of(error)
    else:
        why = same(error.msg if isinstance(error, SyntaxError) else str(error).split("\n")[0])
    place = f" ({os.path.basename(path)}:{line})" if line else ""
    return same("{kind}: {why}{place}").fill(kind=type(error).__name__, why=why, place=place)


def _added(loaded: Loaded, plugin: Any) -> Loaded:
    """Return *loaded* with the values that the hooks of *plugin* return."""
    mistake = misspelt(plugin)
    if mistake is not None:
        return faulty(loaded, *mistake)
    try:
        hooks = hooks_of(plugin, loaded.name)
    except HookError as error:
        return faulty(loaded, error.text)
    if not hooks:
        return faulty(loaded, _NOTHING, MARK)
    added: list[tuple[Any, ...]] = []
    for hook, kind in HOOKS.items():
        try:
            answers = hooks[hook]() if hook in hooks else ()
            values = tuple(value for answer in answers for value in sequence(answer, kind, hook))
        except AnswerError as error:
            return faulty(loaded, error.cause)
        except (Exception, SystemExit) as error:
            text = getattr(error, "text", None)
            if isinstance(text, Text):  # of a file that it reads: place, cause and remedy in one
                return unusable(loaded, PlacedError(text))
            return faulty(loaded, _RAISED.fill(hook=hook, error=_in_one_line(error, loaded.origin)))
        added.append(values)
    rules, forms, readers, formats, profiles = added
    return declaring(
        loaded._replace(
            rules=tuple(rule._replace(origin=loaded.title) for rule in rules),
            forms=forms,
            readers=tuple(reader._replace(origin=loaded.title) for reader in readers),
            formats=tuple(each._replace(origin=loaded.title) for each in formats),
            profiles=profiles,
        ),
        getattr(plugin, DECLARATION, None),
    )


def _declared(path: str, others: Sequence[Loaded], text: str | None) -> Loaded:
    """Return the rules that the YAML file at *path* declares; they may use the forms of *others*."""
    from nianbao.files.yaml_file import FileError
    from nianbao.plugins.declared.reading import read_rules

    loaded = Loaded(path, "rules", os.path.abspath(path))
    forms = load_forms(form for other in others for form in other.forms)
    try:
        rules = read_rules(path, forms, text)
    except FileError as error:
        return loaded._replace(fault=PlacedError(error.text))
    return loaded._replace(rules=rules, prefixes=tuple(dict.fromkeys(rule.family for rule in rules)))
