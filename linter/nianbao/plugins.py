"""Where rules, forms, readers, reporters and profiles come from: the one place that touches pluggy."""

import importlib
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from types import FunctionType, ModuleType
from typing import Any, Literal, NamedTuple

import pluggy

from nianbao.entry_points import GROUP, Installed, installed
from nianbao.form import load_forms
from nianbao.language import Text, same
from nianbao.profile import Profile
from nianbao.readers import Reader
from nianbao.reporters import OutputFormat
from nianbao.rule import Rule

API_VERSION = "1.0"
DECLARATION = "nianbao_plugin"
hookspec = pluggy.HookspecMarker(GROUP)
hookimpl = pluggy.HookimplMarker(GROUP)


class Plugin(NamedTuple):
    """What a plugin says of itself, as `nianbao_plugin` in its module.

    *prefixes* are the letters that the codes of its rules begin with; nobody else may use them. *api* is the
    version of `nianbao.api` that it is written for.
    """

    prefixes: tuple[str, ...] = ()
    api: str = API_VERSION


class Specification:
    """What a plugin may add. Each hook is called once, when rules are loaded, and takes no argument."""

    @hookspec
    def nianbao_add_rules(self) -> Sequence[Rule]:
        """Return the rules of this plugin; their codes begin with the prefixes that it declares."""
        raise AssertionError("pluggy never calls a specification")

    @hookspec
    def nianbao_add_forms(self) -> Sequence[Mapping[str, Any]]:
        """Return official forms as plain data, as `nianbao.api.read_form` returns it from a file."""
        raise AssertionError("pluggy never calls a specification")

    @hookspec
    def nianbao_add_readers(self) -> Sequence[Reader]:
        """Return readers of further kinds of file; they are asked before those of nianbao."""
        raise AssertionError("pluggy never calls a specification")

    @hookspec
    def nianbao_add_reporters(self) -> Sequence[OutputFormat]:
        """Return further formats of `nianbao check --format`."""
        raise AssertionError("pluggy never calls a specification")

    @hookspec
    def nianbao_add_profiles(self) -> Sequence[Profile]:
        """Return profiles that a `nianbao.yaml` may extend by their names."""
        raise AssertionError("pluggy never calls a specification")


# What each hook returns a sequence of, in the order they are called.
_HOOKS: dict[str, type] = {
    "nianbao_add_rules": Rule,
    "nianbao_add_forms": Mapping,
    "nianbao_add_readers": Reader,
    "nianbao_add_reporters": OutputFormat,
    "nianbao_add_profiles": Profile,
}

_NO_IMPORT = Text("导入时出错：{error}", "does not import: {error}")
_NO_ATTRIBUTE = Text("模块中没有“{name}”", "the module has no {name}")
_RAISED = Text("{hook} 出错：{error}", "{hook} failed: {error}")
_NO_SEQUENCE = Text(
    "{hook} 应返回 {type} 的列表，返回的是{got}", "{hook} is to return a list of {type}, not {got}"
)
_MISSPELT = Text("没有 {name} 这个挂钩", "there is no hook {name}")
_UNMARKED = Text("{name} 没有用 @hookimpl 标出", "{name} is not marked with @hookimpl")
_ARGUMENTS = Text("{name} 不应有参数：{error}", "{name} takes no argument: {error}")
_NOTHING = Text("没有任何挂钩，什么也没有增加", "it has no hook, so it adds nothing")
_NO_DECLARATION = Text(
    "没有说明自己的代号前缀：模块中没有 nianbao_plugin",
    "its codes have no declared prefix: no nianbao_plugin",
)
_NOT_DECLARED = Text("nianbao_plugin 不是 Plugin", "nianbao_plugin is no Plugin")
_OTHER_API = Text(
    "为 nianbao.api {api} 编写，现有的是 {ours}", "written for nianbao.api {api}; this is {ours}"
)
_BAD_PREFIX = Text("前缀“{prefix}”不是 2 至 4 个大写字母", "the prefix {prefix!r} is not 2 to 4 capitals")
_OUTSIDE = Text(
    "规则 {code} 不在声明的前缀 {prefixes} 之内", "rule {code} is outside the prefixes {prefixes}"
)
_TAKEN_PREFIX = Text("前缀 {prefix} 已归 {other}", "the prefix {prefix} belongs to {other}")
_TAKEN = Text("{what} {name} 已在 {other} 中", "{what} {name} is already in {other}")

_CORRECT = Text(
    "改正这个文件；不用它，从 nianbao.yaml 中删去", "correct this file, or take it out of nianbao.yaml"
)
_UNINSTALL = Text(
    "请插件的作者改正；不用它，可以卸载：pip uninstall {name}",
    "ask its author to correct it, or do without: pip uninstall {name}",
)
_INSTALL = Text("安装缺少的模块，或者核对模块名", "install the module that is missing, or correct its name")
_UPDATE = Text("安装与之相配的 nianbao，或者更新这个插件", "install a matching nianbao, or update the plugin")
_DECLARE = Text(
    '在模块中写明：nianbao_plugin = Plugin(prefixes=("XX",))',
    'declare it in the module: nianbao_plugin = Plugin(prefixes=("XX",))',
)
_DID_YOU_MEAN = Text("是不是 {near}？挂钩有：{known}", "did you mean {near}? there are {known}")
_MARK = Text("在函数前加上 @hookimpl", "put @hookimpl before the function")
_RENAME = Text("改用别的代号或名称", "use another code or name")
_KINDS = {
    "rules": Text("规则", "rule"),
    "forms": Text("格式", "form"),
    "readers": Text("读取器", "reader"),
    "formats": Text("输出格式", "format"),
    "profiles": Text("方案", "profile"),
}


class PluginError(Exception):
    """A plugin that cannot be trusted to have added all that it was to add; *text* says which, why, and what to do."""

    def __init__(self, where: str, cause: Text, hint: Text) -> None:
        self.where = where
        self.cause = cause
        self.hint = hint
        self.text = Text(f"{where}：{cause.zh}。{hint.zh}", f"{where}: {cause.en}. {hint.en}")
        super().__init__(self.text.en)


class Loaded(NamedTuple):
    """One plugin, or one file of rules, and what it has added; with a *fault* it has added nothing."""

    name: str  # of the entry point, or the path as written
    kind: Literal["installed", "file", "rules"]
    origin: str  # the file that it was read from
    distribution: str = ""  # name and version of the package that brought it
    prefixes: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    forms: tuple[Mapping[str, Any], ...] = ()
    readers: tuple[Reader, ...] = ()
    formats: tuple[OutputFormat, ...] = ()
    profiles: tuple[Profile, ...] = ()
    fault: PluginError | None = None

    @property
    def remedy(self) -> Text:
        """What can be done about a fault of it, where nothing better is known."""
        if self.kind == "installed":
            return _UNINSTALL.fill(name=self.distribution.partition(" ")[0] or self.name)
        return _CORRECT

    @property
    def where(self) -> str:
        """Its name and file, as a fault begins."""
        return f"{self.title} {self.origin}" if self.kind == "installed" else self.name

    @property
    def title(self) -> str:
        """The name that a person knows it by."""
        return f"{self.name} ({self.distribution})" if self.distribution else self.name

    def names(self, what: str) -> tuple[str, ...]:
        """Return the names of what it adds of kind *what*: rules, forms, readers, formats, profiles."""
        if what == "forms":
            return tuple(str(form.get("name")) for form in self.forms)
        if what == "rules":
            return tuple(rule.code for rule in self.rules)
        return tuple(added.name for added in getattr(self, what))


class Plugins(NamedTuple):
    """What all plugins together have added."""

    loaded: tuple[Loaded, ...]

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule, by its code."""
        return tuple(sorted((r for one in self.loaded for r in one.rules), key=lambda rule: rule.code))

    @property
    def forms(self) -> tuple[Mapping[str, Any], ...]:
        """Every form as plain data."""
        return tuple(form for one in self.loaded for form in one.forms)

    @property
    def readers(self) -> tuple[Reader, ...]:
        """Every reader, those of nianbao last."""
        ordered = sorted(self.loaded, key=lambda one: one.origin == _builtin())
        return tuple(reader for one in ordered for reader in one.readers)

    @property
    def formats(self) -> tuple[OutputFormat, ...]:
        """Every output format, those of nianbao first."""
        ordered = sorted(self.loaded, key=lambda one: one.origin != _builtin())
        return tuple(form for one in ordered for form in one.formats)

    @property
    def profiles(self) -> tuple[Profile, ...]:
        """Every profile."""
        return tuple(profile for one in self.loaded for profile in one.profiles)


def _builtin() -> str:
    return os.path.join(os.path.dirname(os.path.abspath(__file__)), "builtin.py")


@cache
def load(files: tuple[str, ...] = (), rules: tuple[str, ...] = ()) -> Plugins:
    """Load every installed plugin, the plugin *files* and the files of *rules*, and return what they add.

    Loaded once in each process. Raises PluginError for the first that cannot be trusted.
    """
    plugins = survey(files, rules)
    for one in plugins.loaded:
        if one.fault is not None:
            raise one.fault
    return plugins


def survey(files: Sequence[str] = (), rules: Sequence[str] = ()) -> Plugins:
    """Load the same, and keep with each that cannot be trusted its fault. Never raises for a plugin."""
    loaded: list[Loaded] = []
    for point in installed():
        loaded.append(_beside(_installed(point), loaded))
    for path in files:
        loaded.append(_beside(load_file(path), loaded))
    for path in rules:
        loaded.append(_beside(_declared(path, loaded), loaded))
    return Plugins(tuple(loaded))


# -- installed plugins -----------------------------------------------------------------------------------


def _installed(point: Installed) -> Loaded:
    module_name, _, attributes = point.target.partition(":")
    found = Loaded(point.name, "installed", module_name, point.distribution)
    try:
        plugin: Any = importlib.import_module(module_name)
    except (Exception, SystemExit) as error:
        found = found._replace(origin=_file_of(module_name))
        return found._replace(fault=_import_error(found, error))
    found = found._replace(origin=getattr(plugin, "__file__", None) or module_name)
    for attribute in filter(None, attributes.split(".")):
        if not hasattr(plugin, attribute):
            return _faulty(found, _NO_ATTRIBUTE.fill(name=attribute))
        plugin = getattr(plugin, attribute)
    return _added(found, plugin)


def _file_of(module: str) -> str:
    """Return the file of *module*, which has not been imported; its own name where there is none."""
    from importlib.util import find_spec

    try:
        spec = find_spec(module)
    except (Exception, SystemExit):
        return module
    return spec.origin or module if spec is not None else module


# -- plugin files ----------------------------------------------------------------------------------------


def load_file(path: str) -> Loaded:
    """Return what the Python file at *path* adds as a plugin. Never raises: see its fault.

    The file is run from its text, so that nothing is left beside it.
    """
    origin = os.path.abspath(path)
    found = Loaded(path, "file", origin)
    module = ModuleType(f"nianbao_file_{os.path.splitext(os.path.basename(path))[0]}")
    module.__file__ = origin
    try:
        with open(origin, "rb") as file:
            code = compile(file.read(), origin, "exec", dont_inherit=True)
        sys.modules[module.__name__] = module
        exec(code, module.__dict__)  # what a plugin is for: it runs as its user does
    except (Exception, SystemExit) as error:
        return found._replace(fault=_import_error(found, error))
    return _added(found, module)


def _import_error(loaded: Loaded, error: BaseException) -> PluginError:
    hint = loaded.remedy
    if isinstance(error, ModuleNotFoundError):
        hint = _INSTALL
    elif isinstance(error, ImportError) and error.name == "nianbao.api":
        hint = _UPDATE
    return PluginError(loaded.where, _NO_IMPORT.fill(error=_told(error, loaded.origin)), hint)


def _told(error: BaseException, path: str) -> str:
    """Return *error* in a line, with the last place in the plugin's own file that it came through."""
    line, trace = (
        getattr(error, "lineno", None) if isinstance(error, SyntaxError) else None,
        error.__traceback__,
    )
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == path:
            line = trace.tb_lineno
        trace = trace.tb_next
    why = str(error).split("\n")[0]
    if isinstance(error, OSError | SyntaxError):
        why = getattr(error, "strerror", None) or getattr(error, "msg", None) or why
    place = f" ({os.path.basename(path)}:{line})" if line else ""
    return f"{type(error).__name__}: {why}{place}"


# -- what they add ---------------------------------------------------------------------------------------


def _faulty(loaded: Loaded, cause: Text, hint: Text | None = None) -> Loaded:
    """Return *loaded* as one that has added nothing, for *cause*."""
    return _unusable(loaded, PluginError(loaded.where, cause, hint or loaded.remedy))


def _unusable(loaded: Loaded, fault: PluginError) -> Loaded:
    return Loaded(loaded.name, loaded.kind, loaded.origin, loaded.distribution, loaded.prefixes, fault=fault)


def _added(loaded: Loaded, plugin: Any) -> Loaded:
    """Return *loaded* with what the hooks of *plugin* return."""
    manager = pluggy.PluginManager(GROUP)
    manager.add_hookspecs(Specification)
    misspelt = _misspelt(plugin)
    if misspelt is not None:
        return _faulty(loaded, *misspelt)
    try:
        manager.register(plugin, loaded.name)
        manager.check_pending()
    except pluggy.PluginValidationError as error:
        return _faulty(loaded, _ARGUMENTS.fill(name=loaded.name, error=str(error).split("\n")[-1].strip()))
    if not manager.get_hookcallers(plugin):
        return _faulty(loaded, _NOTHING, _MARK)
    added: list[tuple[Any, ...]] = []
    for hook, kind in _HOOKS.items():
        try:
            caller = getattr(manager.hook, hook)
            # pluggy leaves out an answer of None.
            answers = caller() or ([None] if caller.get_hookimpls() else [])
            values = tuple(value for answer in answers for value in _sequence(answer, kind, hook))
        except _AnswerError as error:
            return _faulty(loaded, error.cause)
        except (Exception, SystemExit) as error:
            said = getattr(error, "text", None)
            if isinstance(said, Text):  # of a file that it reads: place, cause and remedy in one
                return _unusable(loaded, _PlacedError(said))
            return _faulty(loaded, _RAISED.fill(hook=hook, error=_told(error, loaded.origin)))
        added.append(values)
    rules, forms, readers, formats, profiles = added
    return _declaring(
        loaded._replace(
            rules=tuple(rule._replace(origin=loaded.title) for rule in rules),
            forms=forms,
            readers=tuple(reader._replace(origin=loaded.title) for reader in readers),
            formats=tuple(each._replace(origin=loaded.title) for each in formats),
            profiles=profiles,
        ),
        getattr(plugin, DECLARATION, None),
    )


class _AnswerError(Exception):
    def __init__(self, cause: Text) -> None:
        super().__init__(cause.en)
        self.cause = cause


def _sequence(answer: object, kind: type, hook: str) -> Iterable[Any]:
    """Return *answer*. Raises _AnswerError unless it is a sequence of *kind*."""
    got: object = answer
    if isinstance(answer, list | tuple) and type(answer) in (list, tuple):
        got = next((value for value in answer if not isinstance(value, kind)), None)
        if got is None:
            return answer
    told = _NO_SEQUENCE.fill(hook=hook, type=kind.__name__, got=type(got).__name__)
    raise _AnswerError(told)


def _misspelt(plugin: Any) -> tuple[Text, Text] | None:
    """Return what is wrong with the first function that is called like a hook and is none."""
    for name, value in sorted(vars(plugin).items() if hasattr(plugin, "__dict__") else ()):
        marked = hasattr(value, f"{GROUP}_impl")
        if not isinstance(value, FunctionType) or not (marked or name.startswith("nianbao_add_")):
            continue
        if name not in _HOOKS:
            from difflib import get_close_matches

            near = get_close_matches(name, _HOOKS, 1) or list(_HOOKS)[:1]
            known = same(", ".join(_HOOKS))
            return _MISSPELT.fill(name=name), _DID_YOU_MEAN.fill(near=near[0], known=known)
        if not marked:
            return _UNMARKED.fill(name=name), _MARK
    return None


def _declaring(loaded: Loaded, declaration: object) -> Loaded:
    """Return *loaded* with the prefixes that it declares, held against the codes of its rules."""
    if declaration is None:
        return _faulty(loaded, _NO_DECLARATION, _DECLARE) if loaded.rules else loaded
    if not isinstance(declaration, Plugin):
        return _faulty(loaded, _NOT_DECLARED, _DECLARE)
    major, _, minor = str(declaration.api).partition(".")
    ours, _, our_minor = API_VERSION.partition(".")
    if major != ours or not minor.isdecimal() or int(minor) > int(our_minor):
        return _faulty(loaded, _OTHER_API.fill(api=declaration.api, ours=API_VERSION), _UPDATE)
    for prefix in declaration.prefixes:
        if not (2 <= len(prefix) <= 4 and prefix.isascii() and prefix.isalpha() and prefix.isupper()):
            return _faulty(loaded, _BAD_PREFIX.fill(prefix=prefix), _DECLARE)
    prefixes = tuple(declaration.prefixes)
    for rule in loaded.rules:
        if rule.family not in prefixes:
            return _faulty(loaded, _OUTSIDE.fill(code=rule.code, prefixes=", ".join(prefixes)), _DECLARE)
    return loaded._replace(prefixes=prefixes)


def _declared(path: str, others: Sequence[Loaded]) -> Loaded:
    """Return the rules that the YAML file at *path* declares; they may use the forms of *others*."""
    from nianbao.declared import read_rules
    from nianbao.yaml_file import FileError

    found = Loaded(path, "rules", os.path.abspath(path))
    forms = load_forms(form for other in others for form in other.forms)
    try:
        rules = read_rules(path, forms)
    except FileError as error:
        return found._replace(fault=_PlacedError(error.text))
    return found._replace(rules=rules, prefixes=tuple(dict.fromkeys(rule.family for rule in rules)))


class _PlacedError(PluginError):
    """A fault that has its place and its remedy in its words."""

    def __init__(self, text: Text) -> None:
        super().__init__("", text, Text("", ""))
        self.text = text


def _beside(new: Loaded, others: Sequence[Loaded]) -> Loaded:
    """Return *new*, with a fault where it takes a prefix, a code or a name that one of *others* has."""
    if new.fault is not None:
        return new
    for other in others:
        shared = sorted(set(new.prefixes) & set(other.prefixes))
        # What an office keeps beside its reports is its own: its files may share a prefix, not a code.
        if shared and "installed" in (new.kind, other.kind):
            cause = _TAKEN_PREFIX.fill(prefix=shared[0], other=other.title)
            return _faulty(new, cause, _RENAME)
        for what, kind in _KINDS.items():
            taken = sorted(set(new.names(what)) & set(other.names(what)))
            if taken:
                return _faulty(new, _TAKEN.fill(what=kind, name=taken[0], other=other.title), _RENAME)
    for what, kind in _KINDS.items():
        names = new.names(what)
        twice = [name for name in names if names.count(name) > 1]
        if twice:
            return _faulty(new, _TAKEN.fill(what=kind, name=twice[0], other=new.title), _RENAME)
    return _forms_beside(new, others) if new.forms and any(other.forms for other in others) else new


def _forms_beside(new: Loaded, others: Sequence[Loaded]) -> Loaded:
    """Return *new*, with a fault where one of its forms is not sound or is for years that another has."""
    from nianbao.form_file import check_data
    from nianbao.yaml_file import FileError

    forms = [(other.title, form) for other in (*others, new) for form in other.forms]
    try:
        check_data(forms)
    except FileError as error:
        return _unusable(new, _PlacedError(error.text))
    return new
