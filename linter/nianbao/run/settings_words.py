"""The rules, severities and options that the words in settings name."""

from collections.abc import Sequence
from contextlib import suppress
from decimal import Decimal

from nianbao.engine.finding import Severity
from nianbao.engine.rule import Option, Rule
from nianbao.engine.selection import Selection, UnknownRuleError, named
from nianbao.files.scalars import correction
from nianbao.files.values import entries, members, words
from nianbao.files.yaml_file import FaultError, Faults, FileError, Item
from nianbao.run.settings_layers import Layer
from nianbao.run.settings_points import check_points, known_points
from nianbao.text.language import Text

_NO_RULE = Text("没有规则“{word}”{near}", "there is no rule {word}{near}")
_NEAR = Text("；是不是“{near}”？", ": did you mean {near}?")
_LIST = Text("；用 nianbao rules 查看全部规则", ": nianbao rules lists all")
_NO_OPTIONS = Text("规则 {code} 没有选项；删去", "rule {code} has no options: delete this")
_NO_OPTION = Text("规则 {code} 没有选项“{name}”；{remedy}", "rule {code} has no option {name}: {remedy}")
_OPTION_TYPE = Text(
    "规则 {code} 的选项“{name}”应像默认值 {default} 那样写；改正",
    "option {name} of rule {code} should be like its default, {default}: correct it",
)


def selection_in(item: Item) -> Selection:
    """Return the rules that *item*, a mapping of settings, selects and ignores."""
    return Selection(words(item, "select"), words(item, "ignore"), words(item, "extend-select"))


def severities_in(layers: Sequence[Layer], rules: Sequence[Rule]) -> dict[str, Severity]:
    """Return the severity of each rule that *layers* set, by code; the later layer wins."""
    severities = {}
    for layer in layers:
        for word, entry in mapping_in(layer.item, "severity").items():
            for rule in named(rules, word):
                severities[rule.code] = Severity(entry.written)
    return severities


def options_in(layers: Sequence[Layer], rules: Sequence[Rule]) -> dict[str, tuple[tuple[str, object], ...]]:
    """Return the options of each rule that *layers* set, by code; the later layer wins."""
    by_code: dict[str, dict[str, object]] = {}
    for layer in layers:
        for word, options in mapping_in(layer.item, "options").items():
            for rule in named(rules, word):
                for name, entry in entries(options).items():
                    by_code.setdefault(rule.code, {})[name] = _data(entry.value)
    return {code: tuple(sorted(values.items())) for code, values in by_code.items()}


def mapping_in(item: Item, key: str) -> dict[str, Item]:
    """Return the mapping under *key* of *item*, empty if there is none."""
    entry = entries(item).get(key)
    return {name: inner.value for name, inner in entries(entry.value).items()} if entry else {}


def _data(item: Item) -> object:
    """Return *item* as an option: a number, a truth value, a text or a tuple of these."""
    if isinstance(item.content, tuple):
        return tuple(map(_data, item.content))
    if isinstance(item.content, int | str):
        return item.content
    try:
        return Decimal(item.written)
    except ArithmeticError:
        return item.written


def check_words(layer: Layer, rules: Sequence[Rule], unchecked: dict[str, None] | None = None) -> None:
    """Raise FileError for every word of *layer* that names no rule, and for options that no rule has.

    If not all rules are known, a word that names none is put into *unchecked* instead.
    """
    try:
        with Faults() as faults:
            for key in ("select", "ignore", "extend-select"):
                for word in members(layer.item, key):
                    with faults.noted:
                        _rules_named(word, rules, unchecked)
            for key in ("severity", "options"):
                entry = entries(layer.item).get(key)
                for inner in entries(entry.value).values() if entry else ():
                    with faults.noted:
                        for rule in _rules_named(inner.key, rules, unchecked):
                            if key == "options":
                                _check_options(rule, inner.value)
            for indicator in members(layer.item, "points"):
                for word in members(indicator, "rules"):
                    with faults.noted:
                        _rules_named(word, rules, unchecked)
            with faults.noted:
                check_points(layer.item, rules)
    except FaultError as fault:
        raise FileError(layer.source, fault) from None


def known_words(layer: Layer, rules: Sequence[Rule]) -> Layer:
    """Return *layer* without the words that name no rule; a key of which nothing is left is left out."""

    def is_known(word: Item) -> bool:
        with suppress(FaultError):
            return bool(_rules_named(word, rules, None))
        return False

    kept = dict(entries(layer.item))
    for key in ("select", "ignore", "extend-select"):
        if key in kept:
            words_left = tuple(filter(is_known, members(layer.item, key)))
            kept[key] = kept[key]._replace(value=kept[key].value._replace(content=words_left))
            if not words_left:
                del kept[key]
    for key in ("severity", "options"):
        if key in kept:
            pairs = {name: pair for name, pair in entries(kept[key].value).items() if is_known(pair.key)}
            kept[key] = kept[key]._replace(value=kept[key].value._replace(content=pairs))
    if "points" in kept:
        kept["points"] = kept["points"]._replace(value=known_points(kept["points"].value, is_known))
    return layer._replace(item=layer.item._replace(content=kept))


def _rules_named(word: Item, rules: Sequence[Rule], unchecked: dict[str, None] | None) -> tuple[Rule, ...]:
    try:
        return named(rules, word.written)
    except UnknownRuleError as error:
        if unchecked is not None:
            unchecked[word.written] = None
            return ()
        near = _NEAR.fill(near=error.nearest) if error.nearest else _LIST
        raise FaultError(word.offset, _NO_RULE.fill(word=word.written, near=near)) from None


def _check_options(rule: Rule, options: Item) -> None:
    known = {option.name: option for option in rule.options}
    for name, entry in entries(options).items():
        if not known:
            raise FaultError(entry.key.offset, _NO_OPTIONS.fill(code=rule.code))
        if name not in known:
            remedy = correction(name, known)
            raise FaultError(entry.key.offset, _NO_OPTION.fill(code=rule.code, name=name, remedy=remedy))
        _check_type(rule, known[name], entry.value)


def _check_type(rule: Rule, option: Option, item: Item) -> None:
    default = option.default
    if type(_data(item)) is not type(default):
        shown = ", ".join(default) if isinstance(default, tuple) else str(default)
        reason = _OPTION_TYPE.fill(code=rule.code, name=option.name, default=shown)
        raise FaultError(item.offset, reason)
