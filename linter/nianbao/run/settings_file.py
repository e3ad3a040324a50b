"""`nianbao.yaml` and `[tool.nianbao]`: the settings of each report, and where each is written."""

import os
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from nianbao_grammar.records import NamedTuple

from nianbao.engine.finding import Severity
from nianbao.engine.rule import Rule
from nianbao.engine.selection import meant, named
from nianbao.files.lookup import is_below
from nianbao.files.matches import fixed_part
from nianbao.files.scalars import correction
from nianbao.files.values import entries, members, text_under, value, words
from nianbao.files.yaml_file import FaultError, Faults, FileError, Item, item_of, read_file
from nianbao.plugins.loading import glance_at, load
from nianbao.report.form import load_forms
from nianbao.report.issuer import level_of
from nianbao.run.settings import Compared, Settings
from nianbao.run.settings_layers import (
    Layer,
    compared_by,
    files_from,
    is_path,
    overrides,
    paths_named,
    read_settings,
    relative_to,
    require_shape,
)
from nianbao.run.settings_points import listed, points_in
from nianbao.run.settings_shape import COMMON, COMPARED, FILES, PROFILE
from nianbao.run.settings_words import (
    check_words,
    known_words,
    mapping_in,
    options_in,
    selection_in,
    severities_in,
)
from nianbao.run.trust import Reach
from nianbao.text.language import Text
from nianbao.text.source import Source

if TYPE_CHECKING:
    from nianbao.plugins.loaded import Plugins


_NO_PROFILE = Text("没有方案“{name}”；{remedy}", "there is no profile {name}: {remedy}")
_ENDLESS = Text(
    "一层套一层，展开后超过 {most} 层；直接写出内容",
    "more than {most} layers build upon each other: write the settings out",
)
_MOST_LAYERS = 256
_CIRCLE = Text("“{name}”绕了一圈又以自己为底；删去", "{name} builds upon itself in the end: delete it")


class Value(NamedTuple):
    """One effective value: its key (`severity.PER001`), the value, and where it is written."""

    key: str
    value: str
    origin: str


class Decision(NamedTuple):
    """Whether a rule runs, by which key, and where that is written; both "" for the rule's own default."""

    runs: bool
    key: str
    origin: str


class SettingsFile:
    """One settings file with all that it builds upon, and the plugins and rules that it names."""

    def __init__(
        self,
        path: str = "",
        text: str | None = None,
        *,
        trusted: bool = False,
        runs: bool = True,
        lenient: bool = False,
        begun: str = "",
    ) -> None:
        """Read the file at *path*; without one there are only the installed plugins and no settings.

        *text* takes the place of its content, for a file that is being edited. With *trusted* its Python runs
        whether it is known or not. Without *runs* none ever does: the rules of YAML files are read, and
        `unchecked` has the words that only a plugin file could explain. If it is *lenient*, it does without the
        plugins that are broken, and without the words that then name no rule. The roster at *begun* is yet to
        be written, and so may be missing.
        Raises FileError for a fault in a file, PluginError for a plugin that is faulty, UntrustedError for one
        that may not be run.
        """
        self.path = path
        self.folder = os.path.dirname(os.path.abspath(path)) if path else ""
        self.reach = Reach(path, everything=trusted, text=text)
        self._files = files_from(path, self.reach, text) if path else {}
        files = self._files.values()
        self.plugin_files = paths_named(files, "plugins", self.reach)
        self.rule_files = paths_named(files, "rules", self.reach)
        self.compared = compared_by(path, files, self.reach, begun)
        self._whole = runs or not self.plugin_files
        if self._whole:
            self.reach.require_trust(self.plugin_files)
            self.plugins: Plugins = load(self.plugin_files, self.rule_files, lenient=lenient)
        else:
            self.plugins = _without_python(self.plugin_files, self.rule_files)
        self.unchecked: dict[str, None] = {}
        self.layers: tuple[Layer, ...] = ()
        self._faults: list[FileError] = []  # after which the rest can still be looked at
        if files:
            *_, own = files
            extended = self._extended(own, (os.path.normpath(path),))
            self.layers = (*self._bounded(extended, own), *overrides(own))
        if lenient and self.plugins.faults:  # whose rules may be those that are named
            self.layers = tuple(known_words(layer, self.plugins.rules) for layer in self.layers)
        for layer in self.layers:
            try:
                check_words(layer, self.plugins.rules, None if self._whole else self.unchecked)
            except FileError as error:
                self._faults.append(error)
        if self._faults:
            raise _together(self._faults)

    @property
    def files(self) -> tuple[str, ...]:
        """The paths of all files that it is made of: itself, and those that it extends on every level."""
        return tuple(self._files)

    @property
    def lasts(self) -> bool:
        """Whether the same words will name the same files, and these say all: none by a pattern, by trust, or in Python.

        Reports that others are compared with are not among them.
        """
        words = [
            relative_to(path, name.written)
            for path, layer in self._files.items()
            for name in members(layer.item, "rules")
        ]
        return (
            not self.plugin_files
            and self.compared == Compared(by=self.path)
            and all(fixed_part(word) == word for word in words)
            and all(is_below(path, self.folder) for path in (*self.files, *self.rule_files))
        )

    def _bounded(self, layers: Iterator[Layer], own: Layer) -> Iterator[Layer]:
        """Yield *layers*. Raises FileError if there are too many: files that name each other twice double them."""
        for count, layer in enumerate(layers):
            if count == _MOST_LAYERS:
                raise FileError(own.source, FaultError(0, _ENDLESS.fill(most=_MOST_LAYERS)))
            yield layer

    def _extended(self, layer: Layer, above: tuple[str, ...]) -> Iterator[Layer]:
        """Yield the layers that *layer* builds upon, then itself without its overrides."""
        profiles = {profile.name: profile for profile in self.plugins.profiles}
        for name in members(layer.item, "extends"):
            further = relative_to(layer.source.path, name.written) if is_path(name.written) else name.written
            if further in above:
                raise FileError(layer.source, FaultError(name.offset, _CIRCLE.fill(name=name.written)))
            if is_path(name.written):
                read = self._files.get(further) or Layer(*read_settings(further))
                yield from self._extended(read, (*above, further))
            elif name.written in profiles:
                profile = profiles[name.written]
                item = item_of(profile.settings)
                source = Source("", f"profile {profile.name}")
                require_shape(source, item, PROFILE)
                yield from self._extended(Layer(source, item, source.path), (*above, profile.name))
            elif not self._whole:
                self.unchecked[name.written] = None
            else:
                reason = _NO_PROFILE.fill(name=name.written, remedy=correction(name.written, profiles))
                self._faults.append(FileError(layer.source, FaultError(name.offset, reason)))
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
        last = {key: text_under(layer.item, key) for layer in layers for key in entries(layer.item)}
        fail_on = last.get("fail-on", Severity.ERROR.value)
        rules = self.plugins.rules
        sheets = [layer for layer in layers if "points" in entries(layer.item)]
        return Settings(
            tuple(selection for layer in layers if any(selection := selection_in(layer.item))),
            int(last["year"]) if "year" in last else None,
            level_of(last.get("level", "")),
            last.get("region"),
            tuple(sorted(severities_in(layers, rules).items())),
            tuple(sorted(options_in(layers, rules).items())),
            self.plugin_files,
            self.rule_files,
            None if fail_on == "never" else Severity(fail_on),
            points=points_in(sheets[-1].item, rules) if sheets else (),
            docs_url=last.get("docs-url", ""),
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

    def severity_origin(self, rule: Rule, report: str) -> str:
        """Return the place where the severity of *rule* is set for the report at path *report*, "" if it is not."""
        origins = [
            layer.place(severity)
            for layer in self.layers_for(report)
            for word, severity in mapping_in(layer.item, "severity").items()
            if any(each.code == rule.code for each in named(self.plugins.rules, word))
        ]
        return origins[-1] if origins else ""

    def _is_meant(self, word: Item, rule: Rule, key: str) -> bool:
        meaning = named if key == "ignore" else meant
        return any(each.code == rule.code for each in meaning(self.plugins.rules, word.written))

    def values(self, report: str) -> Iterator[Value]:
        """Yield every value that holds for the report at path *report*, in the order of the keys."""
        layers = self.layers_for(report)
        last_select = max(
            (at for at, layer in enumerate(layers) if "select" in entries(layer.item)), default=0
        )
        for key in (key.name for key in (*COMMON, *FILES, *COMPARED)):
            # A select cancels the choices before it.
            heard = layers[last_select:] if key in ("ignore", "extend-select") else layers
            items = [(la, entries(la.item)[key].value) for la in heard if key in entries(la.item)]
            if key in ("severity", "options"):
                yield from _mapped(key, items, self.plugins.rules)
            elif key in ("ignore", "extend-select", *(each.name for each in (*FILES, *COMPARED))):
                yield from (Value(key, _shown(item), layer.place(item)) for layer, item in items)
            elif items and key == "points":
                layer, item = items[-1]
                yield from (
                    Value(f"{key}.{name}", shown, layer.place(each)) for name, shown, each in listed(item)
                )
            elif items:
                layer, item = items[-1]
                yield Value(key, _shown(item), layer.place(item))


def _together(errors: Sequence[FileError]) -> FileError:
    """Return *errors* in the file of the first as one, in the order of its text."""
    source = errors[0].source
    try:
        with Faults() as faults:
            faults.found.extend(
                fault for error in errors if error.source is source for fault in error.fault.all
            )
    except FaultError as fault:
        return FileError(source, fault)
    return errors[0]


def _without_python(plugin_files: Sequence[str], rule_files: Sequence[str]) -> "Plugins":
    """Return the plugins but *plugin_files*, which are read and not run, and files of rules on a form of theirs.

    Raises PluginError for the first that is faulty.
    """
    for path in plugin_files:
        fault = glance_at(path).fault
        if fault is not None:
            raise fault
    known = {form.name for form in load_forms(load().forms)}
    return load((), tuple(path for path in rule_files if not _mentions_other_form(path, known)))


def _mentions_other_form(path: str, known: Collection[str]) -> bool:
    try:
        _, item = read_file(path)
        mentioned = {word for rule in members(item, "rules") for word in words(rule, "form")}
    except (FileError, AssertionError):  # no mapping: its own fault is reported
        return False
    return not mentioned <= set(known)


def _mapped(key: str, items: Sequence[tuple[Layer, Item]], rules: Sequence[Rule]) -> Iterator[Value]:
    """Yield the values of a mapping by rule, under the word that sets them if it holds for all rules it means.

    Of several words for one rule the last holds, a family for those of its rules that no later word names.
    """
    effective: dict[tuple[str, str], tuple[str, Value]] = {}  # the word and the value, by rule and option
    for layer, item in items:
        for word, entry in entries(item).items():
            options = entries(entry.value) if key == "options" else {"": entry}
            for name, option in options.items():
                value = Value("", _shown(option.value), layer.place(option.value))
                effective.update({(rule.code, name): (word, value) for rule in named(rules, word)})
    distinct = dict.fromkeys((word, name, value) for (_, name), (word, value) in effective.items())
    for word, name, value in distinct:
        codes = [
            code
            for (code, option_name), by in effective.items()
            if option_name == name and by == (word, value)
        ]
        for shown in [word] if len(codes) == len(named(rules, word)) else codes:
            yield value._replace(key=".".join(filter(None, (key, shown, name))))


def _shown(item: Item) -> str:
    if isinstance(item.content, tuple):
        return ", ".join(member.written for member in item.content)
    return item.written
