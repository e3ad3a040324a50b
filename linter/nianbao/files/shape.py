"""The shapes of files written by hand: their keys and the types of their values.

One description serves three purposes: `check` compares a file with it, `schema` turns it into JSON Schema for
editors, and the reference of the documentation is written from it.
"""

from typing import Protocol

from nianbao_grammar.records import NamedTuple

from nianbao.files.scalars import NOTHING, TEXT, UNDER, Schema, Words, correction
from nianbao.files.values import entries
from nianbao.files.yaml_file import FaultError, Faults, Item
from nianbao.text.language import Text
from nianbao.text.nearest import nearest

_TEXTS = Text("文本的列表", "a list of texts")
_LIST = Text("列表", "a list")
_MAPPING = Text("键值对", "a mapping")
_OR = Text("{one}或{other}", "{one} or {other}")
_WRONG_TYPE = Text(
    "{what}应为{wanted}，这里是{kind}；{remedy}", "{what} is {wanted} and this is {kind}: {remedy}"
)
_WRONG_VALUE = Text(
    "{what}应为{wanted}，不是“{written}”；改正", "{what} is {wanted}, not {written}: correct it"
)
_AMONG = Text("“{key}”的每一项", "each entry of {key}")
_REWRITE = Text("照说明中的例子改写", "write it as in the examples of the guide")
_QUOTE = Text(
    '给它加上引号："{written}"（不加引号的 {written} 读作{kind}）',
    'put it in quotes, "{written}": without them it is read as {kind}',
)
_UNKNOWN = Text("没有“{key}”这个键；{remedy}", "there is no key {key}: {remedy}")
_MISSING = Text("缺少“{key}”；在这里补上", "{key} is missing: add it here")
_NONE_OF = Text("缺少“{names}”；在这里补上", "{names} is missing: add it here")
_BOTH = Text("“{one}”和“{other}”只写一个；删去一个", "{one} and {other} exclude each other: delete one")
_ANY_OF = Text("”或“", " or ")
_NOTHING_IN = Text("“{key}”中有一项是空的；填上或删去", "an entry of {key} is empty: fill it in or delete it")


class Shape(Protocol):
    """The type of one value."""

    @property
    def wanted(self) -> Text:
        """The words for the type, as they follow 应为."""

    def fits(self, item: Item) -> bool:
        """Return whether *item* is of this type."""

    def check(self, item: Item, key: str) -> None:
        """Raise FaultError, with all that is wrong inside *item*, the value of *key*; *item* fits."""

    def schema(self) -> Schema:
        """Return the JSON Schema of the type."""


class Key(NamedTuple):
    """One key of a mapping, the shape of its value and its meaning (*about*)."""

    name: str
    shape: Shape
    about: Text = Text("", "")
    required: bool = False


class Many(NamedTuple):
    """A list; with *single*, one value may be written in place of a list of one."""

    member: Shape
    single: bool = False
    empty: bool = False

    @property
    def wanted(self) -> Text:
        """The words for a list, or for a list of texts."""
        return _TEXTS if self.member.wanted == TEXT else _LIST

    def fits(self, item: Item) -> bool:
        """Return whether *item* is a list, or the single value."""
        return isinstance(item.content, tuple) or (self.single and self.member.fits(item))

    def check(self, item: Item, key: str) -> None:
        """Raise FaultError for an empty list and for every entry that is wrong."""
        if not isinstance(item.content, tuple):
            return self.member.check(item, key)
        if not item.content and not self.empty:
            raise FaultError(item.offset, NOTHING.fill(key=key))
        with Faults() as faults:
            for member in item.content:
                with faults.noted:
                    if isinstance(member.content, str) and not member.written.strip():
                        raise FaultError(member.offset, _NOTHING_IN.fill(key=key))
                    _check(self.member, member, key, _AMONG)
        return None

    def schema(self) -> Schema:
        """Return the schema of an array, or of either."""
        many = {
            "type": "array",
            "items": self.member.schema(),
            **({} if self.empty else {"minItems": 1}),
        }
        return {"anyOf": [self.member.schema(), many]} if self.single else many


class Mapped(NamedTuple):
    """A mapping of free keys; *member* is the shape of each value."""

    member: Shape

    @property
    def wanted(self) -> Text:
        """The words for a mapping."""
        return _MAPPING

    def fits(self, item: Item) -> bool:
        """Return whether *item* is a mapping."""
        return isinstance(item.content, dict)

    def check(self, item: Item, key: str) -> None:
        """Raise FaultError for every value that is wrong."""
        with Faults() as faults:
            for name, entry in entries(item).items():
                with faults.noted:
                    _check(self.member, entry.value, name, UNDER)

    def schema(self) -> Schema:
        """Return the schema of an object with any keys."""
        return {"type": "object", "additionalProperties": self.member.schema()}


class Record(NamedTuple):
    """A mapping of these *keys* and no others.

    Of each group of names in *one_of* exactly one is required, of each in *some_of* at least one.
    """

    keys: tuple[Key, ...]
    one_of: tuple[tuple[str, ...], ...] = ()
    some_of: tuple[tuple[str, ...], ...] = ()

    @property
    def wanted(self) -> Text:
        """The words for a mapping."""
        return _MAPPING

    def fits(self, item: Item) -> bool:
        """Return whether *item* is a mapping."""
        return isinstance(item.content, dict)

    def check(self, item: Item, key: str) -> None:
        """Raise FaultError for every unknown key, missing key and value that is wrong."""
        known = {each.name: each for each in self.keys}
        given, meant = entries(item), self.meant(item)
        with Faults() as faults:
            for name, entry in given.items():
                with faults.noted:
                    if name not in known:
                        remedy = correction(name, known)
                        raise FaultError(entry.key.offset, _UNKNOWN.fill(key=name, remedy=remedy))
                    _check(known[name].shape, entry.value, name, UNDER)
            for each in self.keys:
                with faults.noted:
                    if each.required and each.name not in meant:
                        raise FaultError(item.offset, _MISSING.fill(key=each.name))
            for names in (*self.one_of, *self.some_of):
                here = [name for name in given if name in names]
                with faults.noted:
                    if not meant.intersection(names):
                        missing = Text(*(mark.join(names) for mark in _ANY_OF))
                        raise FaultError(item.offset, _NONE_OF.fill(names=missing))
                    if len(here) > 1 and names in self.one_of:
                        one, other, *_ = here
                        raise FaultError(given[other].key.offset, _BOTH.fill(one=one, other=other))

    def meant(self, item: Item) -> frozenset[str]:
        """Return the keys of *item*, for one that is unknown the nearest that is free: it is misspelt, not missing."""
        known, given = {each.name for each in self.keys}, entries(item)
        free = sorted(known - set(given))
        return frozenset(name if name in known else nearest(name, free) for name in given)

    def schema(self) -> Schema:
        """Return the schema of an object with these keys."""
        required = [key.name for key in self.keys if key.required]
        properties = {
            key.name: {**({"description": key.about.zh} if key.about.zh else {}), **key.shape.schema()}
            for key in self.keys
        }
        groups = [{"oneOf": [{"required": [name]} for name in names]} for names in self.one_of]
        groups += [{"anyOf": [{"required": [name]} for name in names]} for names in self.some_of]
        return {
            "type": "object",
            "properties": properties,
            "additionalProperties": False,
            **({"required": required} if required else {}),
            **({"allOf": groups} if groups else {}),
        }


class Either(NamedTuple):
    """A value of one of several shapes; it is checked against the first that fits."""

    shapes: tuple[Shape, ...]

    @property
    def wanted(self) -> Text:
        """The words for one shape or the other."""
        wanted, *others = dict.fromkeys(shape.wanted for shape in self.shapes)
        for other in others:
            wanted = _OR.fill(one=wanted, other=other)
        return wanted

    def fits(self, item: Item) -> bool:
        """Return whether one of the shapes fits."""
        return any(shape.fits(item) for shape in self.shapes)

    def check(self, item: Item, key: str) -> None:
        """Raise FaultError for all that is wrong by the first shape that fits."""
        next(shape for shape in self.shapes if shape.fits(item)).check(item, key)

    def schema(self) -> Schema:
        """Return the schema of any of the shapes."""
        return {"anyOf": [shape.schema() for shape in self.shapes]}


class TextOr(NamedTuple):
    """A text, or a *record* that says more than a text can; messages ask for a text."""

    record: Record
    text: Words = Words()

    @property
    def wanted(self) -> Text:
        """The words for a text: a value that YAML reads as another type has to be quoted."""
        return TEXT

    def fits(self, item: Item) -> bool:
        """Return whether *item* is one of the two."""
        return self.text.fits(item) or self.record.fits(item)

    def check(self, item: Item, key: str) -> None:
        """Raise FaultError for all that is wrong with the text or the record."""
        (self.text if self.text.fits(item) else self.record).check(item, key)

    def schema(self) -> Schema:
        """Return the schema of either."""
        return {"anyOf": [self.text.schema(), self.record.schema()]}


def check(shape: Shape, item: Item, whole: Text) -> None:
    """Raise FaultError for every value in *item*, a whole file, that does not have its *shape*.

    *whole* is the message if the file as a whole is of another type (with `{kind}`).
    """
    if not shape.fits(item):
        raise FaultError(item.offset, whole.fill(kind=item.kind))
    shape.check(item, "")


def _check(shape: Shape, item: Item, key: str, naming: Text) -> None:
    """Raise FaultError unless *item*, the value of *key* or an entry of it as *naming* says, has *shape*."""
    if not shape.fits(item):
        what = naming.fill(key=key)
        if item.written and isinstance(item.content, str):
            text = _WRONG_VALUE if not isinstance(shape, _CONTAINERS) else _WRONG_TYPE
            reason = text.fill(
                what=what, wanted=shape.wanted, written=item.written, kind=item.kind, remedy=_REWRITE
            )
            raise FaultError(item.offset, reason)
        quoted = shape.wanted in (TEXT, _TEXTS) and item.written
        remedy = _QUOTE.fill(written=item.written, kind=item.kind) if quoted else _REWRITE
        raise FaultError(
            item.offset, _WRONG_TYPE.fill(what=what, wanted=shape.wanted, kind=item.kind, remedy=remedy)
        )
    shape.check(item, key)


_CONTAINERS = (Many, Mapped, Record)
