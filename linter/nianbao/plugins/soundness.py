"""The faults of a plugin."""

from collections.abc import Iterable, Sequence
from types import FunctionType
from typing import Any

from nianbao.plugins.entry_points import GROUP
from nianbao.plugins.hooks import API_VERSION, HOOKS, Plugin
from nianbao.plugins.loaded import Loaded, PluginError
from nianbao.text.language import Text, same
from nianbao.text.nearest import nearest

_NO_SEQUENCE = Text(
    "{hook} 应返回 {type} 的列表，返回的是{got}", "{hook} should return a list of {type}, not {got}"
)
_MISSPELT = Text("没有 {name} 这个挂钩", "there is no hook {name}")
_UNMARKED = Text("{name} 没有用 @hookimpl 标出", "{name} is not marked with @hookimpl")
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
UPDATE = Text("安装与之相配的 nianbao，或者更新这个插件", "install a matching nianbao, or update the plugin")
_DECLARE = Text(
    '在模块中写明：nianbao_plugin = Plugin(prefixes=("XX",))',
    'declare it in the module: nianbao_plugin = Plugin(prefixes=("XX",))',
)
_DID_YOU_MEAN = Text("是不是 {near}？挂钩有：{known}", "did you mean {near}? there are {known}")
MARK = Text("在函数前加上 @hookimpl", "put @hookimpl before the function")
_RENAME = Text("改用别的代号或名称", "use another code or name")
_KINDS = {
    "rules": Text("规则", "rule"),
    "forms": Text("格式", "form"),
    "readers": Text("读取器", "reader"),
    "formats": Text("输出格式", "format"),
    "profiles": Text("方案", "profile"),
}


def faulty(loaded: Loaded, cause: Text, hint: Text | None = None) -> Loaded:
    """Return *loaded* with a fault for *cause* and without anything it adds."""
    return unusable(loaded, PluginError(loaded.where, cause, hint or loaded.remedy))


def unusable(loaded: Loaded, fault: PluginError) -> Loaded:
    """Return *loaded* with *fault* and without anything it adds."""
    return Loaded(loaded.name, loaded.kind, loaded.origin, loaded.distribution, loaded.prefixes, fault=fault)


class AnswerError(Exception):
    """A hook that returns no list, or a list of another type; *cause* says which."""

    def __init__(self, cause: Text) -> None:
        super().__init__(cause.en)
        self.cause = cause


def sequence(answer: object, kind: type, hook: str) -> Iterable[Any]:
    """Return *answer*. Raises AnswerError unless it is a sequence of *kind*."""
    got: object = answer
    if isinstance(answer, list | tuple) and type(answer) in (list, tuple):
        got = next((value for value in answer if not isinstance(value, kind)), None)
        if got is None:
            return answer
    raise AnswerError(_NO_SEQUENCE.fill(hook=hook, type=kind.__name__, got=type(got).__name__))


def misspelt(plugin: Any) -> tuple[Text, Text] | None:
    """Return cause and help for the first function that is named like a hook and is none, None if there is none."""
    for name, value in sorted(vars(plugin).items() if hasattr(plugin, "__dict__") else ()):
        marked = hasattr(value, f"{GROUP}_impl")
        if not isinstance(value, FunctionType) or not (marked or name.startswith("nianbao_add_")):
            continue
        if name not in HOOKS:
            near = nearest(name, HOOKS) or next(iter(HOOKS))
            known = same(", ".join(HOOKS))
            return _MISSPELT.fill(name=name), _DID_YOU_MEAN.fill(near=near, known=known)
        if not marked:
            return _UNMARKED.fill(name=name), MARK
    return None


def declaring(loaded: Loaded, declaration: object) -> Loaded:
    """Return *loaded* with the prefixes that it declares, checked against the codes of its rules."""
    if declaration is None:
        return faulty(loaded, _NO_DECLARATION, _DECLARE) if loaded.rules else loaded
    if not isinstance(declaration, Plugin):
        return faulty(loaded, _NOT_DECLARED, _DECLARE)
    major, _, minor = str(declaration.api).partition(".")
    ours, _, our_minor = API_VERSION.partition(".")
    if major != ours or not minor.isdecimal() or int(minor) > int(our_minor):
        return faulty(loaded, _OTHER_API.fill(api=declaration.api, ours=API_VERSION), UPDATE)
    for prefix in declaration.prefixes:
        if not (2 <= len(prefix) <= 4 and prefix.isascii() and prefix.isalpha() and prefix.isupper()):
            return faulty(loaded, _BAD_PREFIX.fill(prefix=prefix), _DECLARE)
    prefixes = tuple(declaration.prefixes)
    for rule in loaded.rules:
        if rule.family not in prefixes:
            return faulty(loaded, _OUTSIDE.fill(code=rule.code, prefixes=", ".join(prefixes)), _DECLARE)
    return loaded._replace(prefixes=prefixes)


class PlacedError(PluginError):
    """A fault whose text names its place and its remedy."""

    def __init__(self, text: Text) -> None:
        super().__init__("", text, Text("", ""))
        self.text = text


def without_clash(new: Loaded, others: Sequence[Loaded]) -> Loaded:
    """Return *new*, with a fault if it takes a prefix, a code or a name that one of *others* has."""
    if new.fault is not None:
        return new
    for other in others:
        shared = sorted(set(new.prefixes) & set(other.prefixes))
        # The files beside the reports are all of one office: they may share a prefix, not a code.
        if shared and "installed" in (new.kind, other.kind):
            cause = _TAKEN_PREFIX.fill(prefix=shared[0], other=other.title)
            return faulty(new, cause, _RENAME)
        for kind, word in _KINDS.items():
            taken = sorted(set(new.names(kind)) & set(other.names(kind)))
            if taken:
                return faulty(new, _TAKEN.fill(what=word, name=taken[0], other=other.title), _RENAME)
    for kind, word in _KINDS.items():
        names = new.names(kind)
        twice = [name for name in names if names.count(name) > 1]
        if twice:
            return faulty(new, _TAKEN.fill(what=word, name=twice[0], other=new.title), _RENAME)
    return _forms_without_clash(new, others) if new.forms and any(other.forms for other in others) else new


def _forms_without_clash(new: Loaded, others: Sequence[Loaded]) -> Loaded:
    """Return *new*, with a fault if one of its forms is not sound or is for years that another has."""
    from nianbao.files.yaml_file import FileError
    from nianbao.report.form_file import check_data

    forms = [(other.title, form) for other in (*others, new) for form in other.forms]
    try:
        check_data(forms)
    except FileError as error:
        return unusable(new, PlacedError(error.text))
    return new
