"""The names that a rule in Python uses, checked when it is loaded: one that is unknown would never be noticed."""

import os
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

from nianbao.engine.finding import Basis, Severity
from nianbao.engine.rule import NAME, Applies, Option, Rule
from nianbao.plugins.loaded import Loaded
from nianbao.plugins.soundness import faulty
from nianbao.report.issuer import LEVELS
from nianbao.text.language import Text

Tables = Mapping[str, Collection[str]]

_AT = Text("{file}:{line} 的规则 {code}：{cause}", "rule {code} at {file}:{line}: {cause}")
_UNKNOWN = Text("{what} 里的“{name}”没有这样的{kind}", "{what} names {name}, and there is no such {kind}")
_TABLE, _FORM, _LEVEL = Text("表", "table"), Text("格式", "form"), Text("级别", "level")
_TYPE = Text("{what}应是{wanted}，这里是 {value}", "{what} is {wanted}, and this is {value}")
_NAMES = Text("名称的元组", "a tuple of names")
_TUPLE = Text("写成 {what}=({value},)", "write {what}=({value},)")
_CORRECT = Text("改正", "correct it")
_OPTION = Text("选项“{name}”的名称", "the name of option {name}")
_OPTION_NAME = Text(
    "以连字符相连的小写英文单词，或以下划线相连的", "lower-case words joined by hyphens or underscores"
)
_DEFAULT = Text("选项“{name}”的默认值", "the default of option {name}")
_VALUE = Text("整数、文本、真假值或文本的元组", "a whole number, a text, a truth value or a tuple of texts")
_TWICE = Text("选项“{name}”有两个", "there are two options {name}")
_YEARS = Text("applies 的年份", "a year of applies")
_YEAR = Text("四位数的年份", "a year of four figures")
_ORDER = Text(
    "applies 止于 {last} 年，早于起始的 {first} 年", "applies ends in {last}, before it begins in {first}"
)


class Fault(NamedTuple):
    """What is wrong with a rule, and what to do about it."""

    cause: Text
    remedy: Text = _CORRECT


def with_known_names(loaded: Loaded, tables: Tables) -> Loaded:
    """Return *loaded*, with a fault for the first of its rules that uses a name that is not known.

    *tables* are the keys of the tables of each form, by its name.
    """
    # Of any form: a rule may be about a table that its form has no more.
    keys = dict.fromkeys(key for form in tables.values() for key in form)
    for rule in loaded.rules:
        fault = next(_faults(rule, tables, keys), None)
        if fault is not None:
            file = os.path.basename(rule.file) or os.path.basename(loaded.origin)
            cause = _AT.fill(file=file, line=rule.line, code=rule.code, cause=fault.cause)
            return faulty(loaded, cause, fault.remedy)
    return loaded


def _faults(rule: Rule, forms: Tables, keys: Collection[str]) -> Iterator[Fault]:
    """Yield what is wrong with the names and values of *rule*, their types first."""
    yield from _typed("basis", rule.basis, Basis)
    for what, value, wanted in (
        ("severity", rule.severity, Severity),
        ("summary", rule.summary, Text),
        ("applies", rule.applies, Applies),
    ):
        if not isinstance(value, wanted):
            yield Fault(
                _TYPE.fill(what=_word(what, ""), wanted=_word("", wanted.__name__), value=repr(value))
            )
    yield from _named("forms", rule.forms, forms, _FORM)
    yield from _named("needs", rule.needs, keys, _TABLE)
    yield from _named("any_of", rule.any_of, keys, _TABLE)
    yield from _named("applies.levels", rule.applies.levels, LEVELS, _LEVEL)
    yield from _typed("applies.regions", rule.applies.regions, str)
    yield from _years(rule.applies)
    yield from _typed("options", rule.options, Option)
    yield from _options(rule.options)


def _typed(what: str, values: object, kind: type) -> Iterator[Fault]:
    """Yield a fault unless *values* is a tuple of *kind*: a text alone would be taken for its letters."""
    if isinstance(values, tuple) and type(values) is tuple:
        wrong = [value for value in values if not isinstance(value, kind)]
        for value in wrong[:1]:
            yield Fault(_TYPE.fill(what=_word(what, ""), wanted=_word("", kind.__name__), value=repr(value)))
    else:
        remedy = _TUPLE.fill(what=what.rpartition(".")[2], value=repr(values))
        wanted = _NAMES if kind is str else _word("", f"tuple[{kind.__name__}, ...]")
        yield Fault(_TYPE.fill(what=_word(what, ""), wanted=wanted, value=repr(values)), remedy)


def _word(before: str, after: str) -> Text:
    """Return a word of the code that stands before Chinese or after it, parted from it by a space."""
    return Text(f"{before} " if before else f" {after}", before or after)


def _named(what: str, names: Any, known: Collection[str], kind: Text) -> Iterator[Fault]:
    yield from _typed(what, names, str)
    for name in names:
        if name not in known:
            from nianbao.files.scalars import correction  # reads YAML, which a sound plugin does not need

            yield Fault(_UNKNOWN.fill(what=what, name=name, kind=kind), correction(name, known))


def _years(applies: Applies) -> Iterator[Fault]:
    first, last = applies.first, applies.last
    for year in (first, last):
        if year is not None and (type(year) is not int or not 1000 <= year <= 9999):
            yield Fault(_TYPE.fill(what=_YEARS, wanted=_YEAR, value=repr(year)))
    if first is not None and last is not None and last < first:
        yield Fault(_ORDER.fill(first=first, last=last))


def _options(options: tuple[Option, ...]) -> Iterator[Fault]:
    seen: set[str] = set()
    for option in options:
        name, default = option.name, option.default
        if not isinstance(name, str) or not re.fullmatch(NAME, name.replace("_", "-")):
            yield Fault(_TYPE.fill(what=_OPTION.fill(name=name), wanted=_OPTION_NAME, value=repr(name)))
        if name in seen:
            yield Fault(_TWICE.fill(name=name))
        seen.add(name)
        texts = type(default) is tuple and all(isinstance(text, str) for text in default)
        if type(default) not in (int, str, bool) and not texts:
            yield Fault(_TYPE.fill(what=_DEFAULT.fill(name=name), wanted=_VALUE, value=repr(default)))
