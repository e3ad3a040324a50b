"""The message and the help of a declared rule, with the names of operands in braces."""

from nianbao_grammar import patterns as re

from nianbao.files.scalars import correction
from nianbao.files.values import entries, value
from nianbao.files.yaml_file import FaultError, Faults, Item
from nianbao.text.language import Text

_BRACE = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
_LONE = Text(
    "单独的“{brace}”不成一对；花括号里写操作数，要写花括号本身就写两个：{brace}{brace}",
    "{brace} is alone: braces hold an operand, and a brace itself is written twice, {brace}{brace}",
)
_UNKNOWN = Text("这种规则没有操作数“{name}”；{remedy}", "this kind of rule has no operand {name}: {remedy}")
_NO_MORE = Text(
    "花括号里只能写操作数的名字，不能有“{more}”；改为 {{{name}}}",
    "braces hold the name of an operand and nothing such as {more}: write {{{name}}}",
)


def template(rule: Item, key: str, own: Text, known: tuple[str, ...], source: str) -> Text:
    """Return the text under *key* of *rule*, the same in both languages or one for each, else the kind's *own*.

    Raises FaultError for every operand that is none of those *known*, at its place in *source*.
    """
    if key not in entries(rule):
        return own
    item = value(rule, key)
    zh, en = (value(item, "zh"), value(item, "en")) if isinstance(item.content, dict) else (item, item)
    with Faults() as faults:
        for each in (zh, en):
            with faults.noted:
                _check(each, known, source)
    return Text(zh.written, en.written)


def _check(item: Item, known: tuple[str, ...], source: str) -> None:
    with Faults() as faults:
        for match in _BRACE.finditer(item.written):
            if match[0] not in ("{{", "}}") and match[1] not in known:
                with faults.noted:
                    raise FaultError(_offset(item, match.start(), source), _reason(match, known))


def _reason(match: re.Match[str], known: tuple[str, ...]) -> Text:
    inside = match[1]
    if inside is None:
        return _LONE.fill(brace=match[0])
    name = re.match(r"\w*", inside.strip())
    if name is not None and name[0] in known:
        return _NO_MORE.fill(name=name[0], more=inside.strip()[name.end() :] or " ")
    return _UNKNOWN.fill(name=inside, remedy=correction(inside, known))


def _offset(item: Item, index: int, source: str) -> int:
    """Return the offset of character *index* of *item*, or of the item if it is not written character by character."""
    for quote in (0, 1):
        if source.startswith(item.written, item.offset + quote):
            return item.offset + quote + index
    return item.offset
