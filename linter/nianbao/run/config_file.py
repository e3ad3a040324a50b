"""`nianbao.yaml` and `[tool.nianbao]`: the settings of each report, and who set them where."""

import os
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from nianbao.engine.finding import Severity
from nianbao.engine.rule import Option, Rule
from nianbao.engine.selection import Selection, UnknownRuleError, meant, named
from nianbao.files.shape import Anything, Choice, Key, Many, Mapped, Record, Whole, Words, check, nearest
from nianbao.files.values import entries, members, value, words, written
from nianbao.files.yaml_file import FaultError, FileError, Item, item_of, read_file
from nianbao.plugins.loading import load
from nianbao.report.issuer import LEVELS, Level
from nianbao.run.settings import Settings
from nianbao.text.language import Text
from nianbao.text.source import Source

if TYPE_CHECKING:
    from nianbao.plugins.loaded import Plugins

_RULES = Many(Words(), single=True)
_SEVERITIES = Choice(tuple(severity.value for severity in Severity))
_FAIL_ON = Choice((*(severity.value for severity in Severity), "never"))
_COMMON = (
    Key(
        "select",
        _RULES,
        Text(
            "只用这些规则，代替在此之前选定的：编号、类别或名称",
            "only these rules, in place of those chosen before: code, family or name",
        ),
    ),
    Key("extend-select", _RULES, Text("再加上这些规则", "these rules too")),
    Key("ignore", _RULES, Text("不用这些规则", "not these rules")),
    Key(
        "severity",
        Mapped(_SEVERITIES),
        Text("规则的程度：error、warning 或 info", "the severity of a rule: error, warning or info"),
    ),
    Key("options", Mapped(Mapped(Anything())), Text("规则的选项", "the options of a rule")),
    Key("level", Choice(LEVELS), Text("机关的级别；默认从标题读出", "the level of the organ; by its title")),
    Key("year", Whole(2008, 2099), Text("报告年度；默认从报告读出", "the year reported on; by the report")),
    Key(
        "region",
        Words(),
        Text(
            "机关所在的地区，规则的 region 与它比较",
            "the region of the organ, which rules for a region ask for",
        ),
    ),
    Key(
        "fail-on",
        _FAIL_ON,
        Text(
            "有这个程度以上的问题时退出码为 1；默认 error",
            "exit with 1 for findings of this severity and above",
        ),
    ),
)
_EXTENDS = Key(
    "extends",
    _RULES,
    Text(
        "以这些方案为底：名称，或以 ./ 开头的文件；后面的胜过前面的",
        "what to build upon: profiles by name, or files written ./…; the later win",
    ),
)
_FILES = (
    Key(
        "plugins",
        _RULES,
        Text("Python 写的规则文件，相对于本文件", "plugin files in Python, relative to this file"),
    ),
    Key(
        "rules", _RULES, Text("YAML 写的规则文件，相对于本文件", "rule files in YAML, relative to this file")
    ),
)
_OVERRIDES = Key(
    "overrides",
    Many(
        Record(
            (
                Key(
                    "paths",
                    _RULES,
                    Text(
                        "报告的路径，相对于本文件；* 代表任意字符，斜杠在内",
                        "paths of reports, relative to this file; * stands for any characters, / too",
                    ),
                    required=True,
                ),
                *_COMMON,
            )
        )
    ),
    Text("只对一部分报告的设置；后面的胜过前面的", "settings for some of the reports; the later win"),
)
CONFIG_FILE = Record((_EXTENDS, *_COMMON, *_FILES, _OVERRIDES))
PROFILE = Record((_EXTENDS, *_COMMON))

_NOT_SETTINGS = Text(
    "配置应为键值对，这里是{kind}；如 select: [SUM]",
    "settings are a mapping and this is {kind}: such as select: [SUM]",
)
_NO_PROFILE = Text("没有方案“{name}”；{remedy}", "there is no profile {name}: {remedy}")
_NO_FILE = Text(
    "没有文件“{path}”；核对路径，它相对于本文件", "there is no file {path}: check it, relative to this file"
)
_CIRCLE = Text("“{name}”绕了一圈又以自己为底；删去", "{name} builds upon itself in the end: delete it")
_NO_RULE = Text("没有规则“{word}”{near}", "there is no rule {word}{near}")
_NEAR = Text("；是不是“{near}”？", ": did you mean {near}?")
_LIST = Text("；用 nianbao rules 查看全部规则", ": nianbao rules lists all")
_NO_OPTIONS = Text("规则 {code} 没有选项；删去", "rule {code} has no options: delete this")
_NO_OPTION = Text("规则 {code} 没有选项“{name}”；{remedy}", "rule {code} has no option {name}: {remedy}")
_OPTION_TYPE = Text(
    "规则 {code} 的选项“{name}”应像默认值 {default} 那样写；改正",
    "option {name} of rule {code} is to be like its default, {default}: correct it",
)


class Layer(NamedTuple):
    """One mapping of settings and the file it stands in; of two layers the later wins."""

    source: Source
    item: Item
    profile: str = ""  # the name of a profile that a plugin adds
    paths: tuple[str, ...] = ()  # of an override: the reports that it is for

    def place(self, item: Item) -> str:
        """Return where *item* is written: path:line, or the profile."""
        if self.profile:
            return self.profile
        return f"{self.source.path}:{self.source.position(item.offset).line}"


class Value(NamedTuple):
    """One effective value: its key (`severity.PER001`), what it is, and where that is written."""

    key: str
    value: str
    origin: str


class Decision(NamedTuple):
    """Whether a rule runs, and by which key, written where; both "" where it is the rule's own default."""

    runs: bool
    key: str
    origin: str


class Configuration:
    """One configuration file with all that it builds upon, and the plugins and rules that it names."""

    def __init__(self, path: str = "", text: str | None = None) -> None:
        """Read the file at *path*; without one there are only the installed plugins and no settings.

        *text* is what the file will say, where somebody is writing it just now.
        Raises FileError for what is wrong in a file, PluginError for a plugin that cannot be trusted.
        """
        self.path = path
        self.folder = os.path.dirname(os.path.abspath(path)) if path else ""
        files = list(_files(path, (), text)) if path else []
        self.plugin_files, self.rule_files = _paths(files, "plugins"), _paths(files, "rules")
        self.plugins: Plugins = load(self.plugin_files, self.rule_files)
        self.layers: tuple[Layer, ...] = ()
        if files:
            *_, own = files
            self.layers = (*self._extended(own, (os.path.normpath(path),)), *_overrides(own))
        for layer in self.layers:
            _check_words(layer, self.plugins.rules)

    def _extended(self, layer: Layer, above: tuple[str, ...]) -> Iterator[Layer]:
        """Yield the layers that *layer* builds upon, then itself without its overrides."""
        profiles = {profile.name: profile for profile in self.plugins.profiles}
        for name in members(layer.item, "extends"):
            further = _beside(layer.source.path, name.written) if _is_path(name.written) else name.written
            if further in above:
                raise FileError(layer.source, FaultError(name.offset, _CIRCLE.fill(name=name.written)))
            if _is_path(name.written):
                yield from self._extended(Layer(*_read(further)), (*above, further))
            elif name.written in profiles:
                profile = profiles[name.written]
                item = item_of(profile.settings)
                source = Source("", f"profile {profile.name}")
                _checked(source, item, PROFILE)
                yield from self._extended(Layer(source, item, source.path), (*above, profile.name))
            else:
                reason = _NO_PROFILE.fill(name=name.written, remedy=nearest(name.written, profiles))
                raise FileError(layer.source, FaultError(name.offset, reason))
        yield layer

    def layers_for(self, report: str) -> tuple[Layer, ...]:
        """Return the layers that hold for the report at path *report*."""
        return tuple(layer for layer in self.layers if not layer.paths or self._meant(layer.paths, report))

    def _meant(self, patterns: Sequence[str], report: str) -> bool:
        from fnmatch import fnmatchcase

        try:
            path = os.path.relpath(report, self.folder or ".").replace(os.sep, "/")
        except ValueError:  # another drive
            return False
        return any(
            fnmatchcase(path, pattern.removeprefix("./").rstrip("/"))
            or path.startswith(f"{pattern.removeprefix('./').rstrip('/')}/")
            for pattern in patterns
        )

    def settings(self, report: str) -> Settings:
        """Return the settings of the report at path *report*."""
        layers = self.layers_for(report)
        last = {key: written(layer.item, key) for layer in layers for key in entries(layer.item)}
        level: Any = last.get("level")
        fail_on = last.get("fail-on", Severity.ERROR.value)
        rules = self.plugins.rules
        return Settings(
            tuple(selection for layer in layers if any(selection := _selection(layer.item))),
            int(last["year"]) if "year" in last else None,
            _level(level),
            last.get("region"),
            tuple(sorted(_severities(layers, rules).items())),
            tuple(sorted(_options(layers, rules).items())),
            self.plugin_files,
            self.rule_files,
            None if fail_on == "never" else Severity(fail_on),
        )

    def decided(self, rule: Rule, report: str) -> Decision:
        """Return whether *rule* runs on the report at path *report*, and the last words that decided it."""
        decision = Decision(rule.enabled, "", "")
        for layer in self.layers_for(report):
            for key in ("select", "extend-select", "ignore"):
                hit = next(
                    (word for word in members(layer.item, key) if self._is_meant(word, rule, key)), None
                )
                if hit is not None:
                    decision = Decision(key != "ignore", key, layer.place(hit))
                elif key == "select" and key in entries(layer.item):
                    decision = Decision(False, key, layer.place(value(layer.item, key)))
        return decision

    def weighed(self, rule: Rule, report: str) -> str:
        """Return where the severity of *rule* is set for the report at path *report*, "" where nobody has set it."""
        origins = [
            layer.place(severity)
            for layer in self.layers_for(report)
            for word, severity in _mapping(layer.item, "severity").items()
            if any(one.code == rule.code for one in named(self.plugins.rules, word))
        ]
        return origins[-1] if origins else ""

    def _is_meant(self, word: Item, rule: Rule, key: str) -> bool:
        meaning = named if key == "ignore" else meant
        return any(one.code == rule.code for one in meaning(self.plugins.rules, word.written))

    def values(self, report: str) -> Iterator[Value]:
        """Yield every value that holds for the report at path *report*, in the order of the keys."""
        layers = self.layers_for(report)
        anew = max((at for at, layer in enumerate(layers) if "select" in entries(layer.item)), default=0)
        for key in (key.name for key in (*_COMMON, *_FILES)):
            # What was chosen before a select has no effect any more.
            heard = layers[anew:] if key in ("ignore", "extend-select") else layers
            standing = [(la, entries(la.item)[key].value) for la in heard if key in entries(la.item)]
            if key in ("severity", "options"):
                yield from _mapped(key, standing, self.plugins.rules)
            elif key in ("ignore", "extend-select", *(each.name for each in _FILES)):
                yield from (Value(key, _said(item), layer.place(item)) for layer, item in standing)
            elif standing:
                layer, item = standing[-1]
                yield Value(key, _said(item), layer.place(item))


def _mapped(key: str, standing: Sequence[tuple[Layer, Item]], rules: Sequence[Rule]) -> Iterator[Value]:
    """Yield the values of a mapping by rule: under the word that sets them, where it holds for all that it means.

    Of several words for one rule the last holds, a family for those of its rules that no later word names.
    """
    held: dict[tuple[str, str], tuple[str, Value]] = {}  # by rule and option
    for layer, item in standing:
        for word, entry in entries(item).items():
            options = entries(entry.value) if key == "options" else {"": entry}
            for name, one in options.items():
                value = Value("", _said(one.value), layer.place(one.value))
                held.update({(rule.code, name): (word, value) for rule in named(rules, word)})
    for word, name, value in dict.fromkeys((word, name, value) for (_, name), (word, value) in held.items()):
        codes = [code for (code, option), one in held.items() if option == name and one == (word, value)]
        shown = [word] if len(codes) == len(named(rules, word)) else codes
        for one_word in shown:
            yield value._replace(key=".".join(filter(None, (key, one_word, name))))


def _said(item: Item) -> str:
    if isinstance(item.content, tuple):
        return ", ".join(member.written for member in item.content)
    return item.written


def named_files(path: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the plugin files and the rule files that the settings at *path* name. Raises FileError."""
    files = list(_files(path, ()))
    return _paths(files, "plugins"), _paths(files, "rules")


# -- reading ---------------------------------------------------------------------------------------------


def _table(path: str) -> tuple[Source, Item] | None:
    from nianbao.files.toml_file import read_table

    return read_table(path)


def _read(path: str, text: str | None = None) -> tuple[Source, Item]:
    """Return the settings in the file at *path*, checked. Raises FileError."""
    found = _table(path) if path.endswith(".toml") else None
    source, item = found or read_file(path, text)
    _checked(source, item, CONFIG_FILE)
    return source, item


def _checked(source: Source, item: Item, shape: Record) -> None:
    try:
        check(shape, item, _NOT_SETTINGS)
    except FaultError as fault:
        raise FileError(source, fault) from None


def _files(path: str, above: tuple[str, ...], text: str | None = None) -> Iterator[Layer]:
    """Yield the files that the one at *path* extends, in their order, then the one itself."""
    source, item = _read(path, text)
    for name in members(item, "extends"):
        further = _beside(path, name.written)
        if _is_path(name.written) and further not in above:  # a circle is told where the layers are laid
            yield from _files(further, (*above, path))
    yield Layer(source, item)


def _is_path(name: str) -> bool:
    return "/" in name or os.sep in name or name.endswith((".yaml", ".toml"))


def _beside(path: str, name: str) -> str:
    return os.path.normpath(os.path.join(os.path.dirname(path), name))


def _paths(layers: Sequence[Layer], key: str) -> tuple[str, ...]:
    """Return the files named under *key*, each once."""
    found = (
        path for layer in layers for name in members(layer.item, key) for path in _files_meant(layer, name)
    )
    return tuple(dict.fromkeys(found))


def _files_meant(layer: Layer, name: Item) -> list[str]:
    """Return the files that *name* in *layer* means, a pattern those that match. Raises FileError for none."""
    path = _beside(layer.source.path, name.written)
    if os.path.isfile(path):
        return [path]
    from glob import glob

    found = sorted(glob(path, recursive=True))
    if not found:
        raise FileError(layer.source, FaultError(name.offset, _NO_FILE.fill(path=name.written)))
    return found


def _overrides(layer: Layer) -> Iterator[Layer]:
    for item in members(layer.item, "overrides"):
        yield Layer(layer.source, item, paths=words(item, "paths"))


# -- what the words mean ---------------------------------------------------------------------------------


def _selection(item: Item) -> Selection:
    return Selection(words(item, "select"), words(item, "ignore"), words(item, "extend-select"))


def _level(word: str | None) -> Level | None:
    return next((level for level in LEVELS if level == word), None)


def _severities(layers: Sequence[Layer], rules: Sequence[Rule]) -> dict[str, Severity]:
    found = {}
    for layer in layers:
        for word, entry in _mapping(layer.item, "severity").items():
            for rule in named(rules, word):
                found[rule.code] = Severity(entry.written)
    return found


def _options(layers: Sequence[Layer], rules: Sequence[Rule]) -> dict[str, tuple[tuple[str, object], ...]]:
    found: dict[str, dict[str, object]] = {}
    for layer in layers:
        for word, options in _mapping(layer.item, "options").items():
            for rule in named(rules, word):
                for name, entry in entries(options).items():
                    found.setdefault(rule.code, {})[name] = _data(entry.value)
    return {code: tuple(sorted(values.items())) for code, values in found.items()}


def _mapping(item: Item, key: str) -> dict[str, Item]:
    entry = entries(item).get(key)
    return {name: inner.value for name, inner in entries(entry.value).items()} if entry else {}


def _data(item: Item) -> object:
    """Return an option: a whole number, a truth value, a text or several; what YAML reads otherwise as a text."""
    if isinstance(item.content, tuple):
        return tuple(map(_data, item.content))
    if isinstance(item.content, int | str):
        return item.content
    try:
        return Decimal(item.written)
    except ArithmeticError:
        return item.written


def _check_words(layer: Layer, rules: Sequence[Rule]) -> None:
    """Raise FileError for the first word of *layer* that names no rule, and for options that no rule has."""
    try:
        for key in ("select", "ignore", "extend-select"):
            for word in members(layer.item, key):
                _rules_named(word, rules)
        for key in ("severity", "options"):
            entry = entries(layer.item).get(key)
            for inner in entries(entry.value).values() if entry else ():
                for rule in _rules_named(inner.key, rules):
                    if key == "options":
                        _check_options(rule, inner.value)
    except FaultError as fault:
        raise FileError(layer.source, fault) from None


def _rules_named(word: Item, rules: Sequence[Rule]) -> tuple[Rule, ...]:
    try:
        return named(rules, word.written)
    except UnknownRuleError as error:
        near = _NEAR.fill(near=error.nearest) if error.nearest else _LIST
        raise FaultError(word.offset, _NO_RULE.fill(word=word.written, near=near)) from None


def _check_options(rule: Rule, options: Item) -> None:
    known = {option.name: option for option in rule.options}
    for name, entry in entries(options).items():
        if not known:
            raise FaultError(entry.key.offset, _NO_OPTIONS.fill(code=rule.code))
        if name not in known:
            remedy = nearest(name, known)
            raise FaultError(entry.key.offset, _NO_OPTION.fill(code=rule.code, name=name, remedy=remedy))
        _check_type(rule, known[name], entry.value)


def _check_type(rule: Rule, option: Option, item: Item) -> None:
    default = option.default
    if type(_data(item)) is not type(default):
        shown = ", ".join(default) if isinstance(default, tuple) else str(default)
        reason = _OPTION_TYPE.fill(code=rule.code, name=option.name, default=shown)
        raise FaultError(item.offset, reason)
