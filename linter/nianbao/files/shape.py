"""What a file written by hand may say.

One description of keys and types serves three readers: `check` holds a file against it, `schema` turns it
into JSON Schema for editors, and the reference of the documentation is written from it.
"""

import re
from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches
from typing import Any, NamedTuple, Protocol

from nianbao.files.values import entries
from nianbao.files.yaml_file import FaultError, Item
from nianbao.text.language import Text, same

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,9})?")

_TEXT = Text("文本", "a text")
_PAIR = Text("[原文, 新文] 这样的一对文本", "a pair of texts, [old, new]")
_TEXTS = Text("文本的列表", "a list of texts")
_LIST = Text("列表", "a list")
_MAPPING = Text("键值对", "a mapping")
_TRUTH = Text(" true 或 false", "true or false")
_A_NUMBER = Text("数字", "a number")
_A_DATE = Text("写作 2026-12-31 这样的日期", "a date written like 2026-12-31")
_WHOLE = Text("{low} 至 {high} 的整数", "a whole number from {low} to {high}")
_OR = Text("{one}或{other}", "{one} or {other}")
_WRONG_TYPE = Text(
    "{what}应为{wanted}，这里是{kind}；{remedy}", "{what} is {wanted} and this is {kind}: {remedy}"
)
_WRONG_VALUE = Text(
    "{what}应为{wanted}，不是“{written}”；改正", "{what} is {wanted}, not {written}: correct it"
)
_UNDER = Text("“{key}”", "{key}")
_AMONG = Text("“{key}”的每一项", "each entry of {key}")
_REWRITE = Text("照说明中的例子改写", "write it as the examples of the guide do")
_QUOTE = Text(
    '给它加上引号："{written}"（不加引号的 {written} 被 YAML 读作{kind}）',
    'put it in quotes, "{written}": without them YAML reads {kind}',
)
_UNKNOWN = Text("没有“{key}”这个键；{remedy}", "there is no key {key}: {remedy}")
_MISSING = Text("缺少“{key}”；在这里补上", "{key} is missing: add it here")
_NOTHING = Text("“{key}”是空的；填上内容或删去这一键", "{key} is empty: fill it in or delete the key")
_NOTHING_IN = Text("“{key}”中有一项是空的；填上或删去", "an entry of {key} is empty: fill it in or delete it")
_LIKELY = Text("是不是“{close}”？可用的有：{known}", "did you mean {close}? it may be one of {known}")
_CHOICE = Text("改为其中之一：{known}", "make it one of {known}")
_NONE_OF = Text("{what}没有“{written}”这个值；{remedy}", "{written} is no value of {what}: {remedy}")

Schema = dict[str, Any]


class Shape(Protocol):
    """What one value may be."""

    @property
    def wanted(self) -> Text:
        """What is wanted, in words that follow 应为."""

    def fits(self, item: Item) -> bool:
        """Return whether *item* is of this type at all."""

    def check(self, item: Item, key: str) -> None:
        """Raise FaultError for what is wrong inside *item*, which fits and stands under *key*."""

    def schema(self) -> Schema:
        """Return the JSON Schema of it."""


class Key(NamedTuple):
    """One key of a mapping, what stands under it and what that means."""

    name: str
    shape: Shape
    about: Text = Text("", "")
    required: bool = False


class Words(NamedTuple):
    """A text; *pattern* is what it has to match, *remedy* what is said where it does not (`{written}`)."""

    pattern: str = ""
    remedy: Text = Text("", "")
    empty: bool = False

    @property
    def wanted(self) -> Text:
        """A text."""
        return _TEXT

    def fits(self, item: Item) -> bool:
        """Return whether YAML reads a text here: 1:30 and no are none until they stand in quotes."""
        return isinstance(item.content, str)

    def check(self, item: Item, key: str) -> None:
        """Raise FaultError for an empty text and for one that does not match."""
        if not item.written.strip() and not self.empty:
            raise FaultError(item.offset, _NOTHING.fill(key=key))
        if self.pattern and not re.fullmatch(self.pattern, item.written):
            raise FaultError(item.offset, self.remedy.fill(written=item.written, key=key))

    def schema(self) -> Schema:
        """Return a string, of the pattern."""
        return {"type": "string", **({"pattern": f"^(?:{self.pattern})$"} if self.pattern else {})}


class Choice(NamedTuple):
    """One of a few words."""

    words: tuple[str, ...]

    @property
    def wanted(self) -> Text:
        """A text."""
        return _TEXT

    def fits(self, item: Item) -> bool:
        """Return whether a word stands here, whatever else YAML may read in it: 2021 is a name of a form."""
        return item.content is not None and bool(item.written)

    def check(self, item: Item, key: str) -> None:
        """Raise FaultError for another word, with the nearest of those known."""
        if item.written not in self.words:
            what, remedy = _UNDER.fill(key=key), nearest(item.written, self.words)
            raise FaultError(item.offset, _NONE_OF.fill(what=what, written=item.written, remedy=remedy))

    def schema(self) -> Schema:
        """Return the enumeration."""
        return {"enum": list(self.words)}


class Whole(NamedTuple):
    """A whole number from *low* to *high*; *words* in place of saying so."""

    low: int
    high: int
    words: Text | None = None

    @property
    def wanted(self) -> Text:
        """A whole number between the two."""
        return self.words or _WHOLE.fill(low=self.low, high=self.high)

    def fits(self, item: Item) -> bool:
        """Return whether a number of that range stands here: 02031 and 1e3 are none."""
        content = item.content
        return isinstance(content, int) and not isinstance(content, bool) and self.low <= content <= self.high

    def check(self, item: Item, key: str) -> None:
        """There is no more to check."""

    def schema(self) -> Schema:
        """Return an integer and its bounds."""
        return {"type": "integer", "minimum": self.low, "maximum": self.high}


class Number(NamedTuple):
    """A number, with a fraction or without; to be read from `written`, as a decimal."""

    @property
    def wanted(self) -> Text:
        """A number."""
        return _A_NUMBER

    def fits(self, item: Item) -> bool:
        """Return whether plain figures stand here: no exponent, no sexagesimals, no leading nought."""
        written = item.written
        plain = _NUMBER.fullmatch(written) is not None and (
            written.lstrip("-")[:1] != "0" or written.lstrip("-")[1:2] in ("", ".")
        )
        return plain and not isinstance(item.content, str)

    def check(self, item: Item, key: str) -> None:
        """There is no more to check."""

    def schema(self) -> Schema:
        """Return a number."""
        return {"type": "number"}


class Truth(NamedTuple):
    """True or false."""

    @property
    def wanted(self) -> Text:
        """True or false."""
        return _TRUTH

    def fits(self, item: Item) -> bool:
        """Return whether one of the two stands here."""
        return isinstance(item.content, bool)

    def check(self, item: Item, key: str) -> None:
        """There is no more to check."""

    def schema(self) -> Schema:
        """Return a boolean."""
        return {"type": "boolean"}


class Day(NamedTuple):
    """A date, with quotes or without; to be read from `written`."""

    @property
    def wanted(self) -> Text:
        """A date, and how it is written."""
        return _A_DATE

    def fits(self, item: Item) -> bool:
        """Return whether a day that the calendar has stands here."""
        if not _DATE.fullmatch(item.written):
            return False
        try:
            date.fromisoformat(item.written)
        except ValueError:
            return False
        return True

    def check(self, item: Item, key: str) -> None:
        """There is no more to check."""

    def schema(self) -> Schema:
        """Return a string that is a date."""
        return {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}


class Many(NamedTuple):
    """A list, with *single* also one value in place of a list of one."""

    member: Shape
    single: bool = False
    empty: bool = False

    @property
    def wanted(self) -> Text:
        """A list, of texts where it is of texts."""
        return _TEXTS if self.member.wanted == _TEXT else _LIST

    def fits(self, item: Item) -> bool:
        """Return whether a list stands here, or the one value."""
        return isinstance(item.content, tuple) or (self.single and self.member.fits(item))

    def check(self, item: Item, key: str) -> None:
        """Raise FaultError for an empty list and for the first entry that is wrong."""
        if not isinstance(item.content, tuple):
            return self.member.check(item, key)
        if not item.content and not self.empty:
            raise FaultError(item.offset, _NOTHING.fill(key=key))
        for member in item.content:
            if isinstance(member.content, str) and not member.written.strip():
                raise FaultError(member.offset, _NOTHING_IN.fill(key=key))
            _check(self.member, member, key, _AMONG)
        return None

    def schema(self) -> Schema:
        """Return an array, or either."""
        many = {
            "type": "array",
            "items": self.member.schema(),
            **({} if self.empty else {"minItems": 1}),
        }
        return {"anyOf": [self.member.schema(), many]} if self.single else many


class Mapped(NamedTuple):
    """A mapping whose keys are the writer's own; *member* is what stands under each."""

    member: Shape

    @property
    def wanted(self) -> Text:
        """A mapping."""
        return _MAPPING

    def fits(self, item: Item) -> bool:
        """Return whether a mapping stands here."""
        return isinstance(item.content, dict)

    def check(self, item: Item, key: str) -> None:
        """Raise FaultError for the first value that is wrong."""
        for name, entry in entries(item).items():
            _check(self.member, entry.value, name, _UNDER)

    def schema(self) -> Schema:
        """Return an object of any keys."""
        return {"type": "object", "additionalProperties": self.member.schema()}


class Record(NamedTuple):
    """A mapping of the keys named here and of no others."""

    keys: tuple[Key, ...]

    @property
    def wanted(self) -> Text:
        """A mapping."""
        return _MAPPING

    def fits(self, item: Item) -> bool:
        """Return whether a mapping stands here."""
        return isinstance(item.content, dict)

    def check(self, item: Item, key: str) -> None:
        """Raise FaultError for an unknown key, a missing key, and the first value that is wrong."""
        known = {each.name: each for each in self.keys}
        found = entries(item)
        for name, entry in found.items():
            if name not in known:
                raise FaultError(entry.key.offset, _UNKNOWN.fill(key=name, remedy=nearest(name, known)))
        for each in self.keys:
            if each.required and each.name not in found:
                raise FaultError(item.offset, _MISSING.fill(key=each.name))
        for name, entry in found.items():
            _check(known[name].shape, entry.value, name, _UNDER)

    def schema(self) -> Schema:
        """Return an object of these keys."""
        required = [key.name for key in self.keys if key.required]
        properties = {
            key.name: {**({"description": key.about.zh} if key.about.zh else {}), **key.shape.schema()}
            for key in self.keys
        }
        return {
            "type": "object",
            "properties": properties,
            "additionalProperties": False,
            **({"required": required} if required else {}),
        }


class Either(NamedTuple):
    """What fits one of several shapes; the first that fits is held against."""

    shapes: tuple[Shape, ...]

    @property
    def wanted(self) -> Text:
        """One or the other."""
        wanted, *others = dict.fromkeys(shape.wanted for shape in self.shapes)
        for other in others:
            wanted = _OR.fill(one=wanted, other=other)
        return wanted

    def fits(self, item: Item) -> bool:
        """Return whether one of them fits."""
        return any(shape.fits(item) for shape in self.shapes)

    def check(self, item: Item, key: str) -> None:
        """Raise FaultError for what is wrong by the first that fits."""
        next(shape for shape in self.shapes if shape.fits(item)).check(item, key)

    def schema(self) -> Schema:
        """Return any of them."""
        return {"anyOf": [shape.schema() for shape in self.shapes]}


class Plain(NamedTuple):
    """One word, whatever else YAML reads in it, with quotes or without: it is read from `written`.

    *pattern* is what it has to match, *remedy* what is said where it does not (`{written}`).
    """

    pattern: str = ""
    remedy: Text = Text("", "")

    @property
    def wanted(self) -> Text:
        """A text."""
        return _TEXT

    def fits(self, item: Item) -> bool:
        """Return whether a scalar stands here that says something."""
        nothing = item.content is None and item.written in ("", "~", "null", "Null", "NULL")
        return not isinstance(item.content, tuple | dict) and not nothing

    def check(self, item: Item, key: str) -> None:
        """Raise FaultError for a word that does not match."""
        if self.pattern and not re.fullmatch(self.pattern, item.written):
            raise FaultError(item.offset, self.remedy.fill(written=item.written, key=key))

    def schema(self) -> Schema:
        """Return a text of the pattern or a number."""
        pattern = {"pattern": f"^(?:{self.pattern})$"} if self.pattern else {}
        return {"type": ["string", "number", "boolean"], **pattern}


class Pair(NamedTuple):
    """Two texts, of which the second may be empty."""

    @property
    def wanted(self) -> Text:
        """A pair of texts."""
        return _PAIR

    def fits(self, item: Item) -> bool:
        """Return whether two texts stand here, the first of them not empty."""
        content = item.content
        if not isinstance(content, tuple) or not all(isinstance(text.content, str) for text in content):
            return False
        return len(content) == 2 and bool(content[0].written)

    def check(self, item: Item, key: str) -> None:
        """There is no more to check."""

    def schema(self) -> Schema:
        """Return an array of two strings."""
        return {"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2}


class TextOr(NamedTuple):
    """A text, or the *record* that says more than a text can; a text is what is asked for."""

    record: Record
    text: Words = Words()

    @property
    def wanted(self) -> Text:
        """A text: what YAML does not read as one is to be put in quotes."""
        return _TEXT

    def fits(self, item: Item) -> bool:
        """Return whether one of the two stands here."""
        return self.text.fits(item) or self.record.fits(item)

    def check(self, item: Item, key: str) -> None:
        """Raise FaultError for what is wrong with the one that stands here."""
        (self.text if self.text.fits(item) else self.record).check(item, key)

    def schema(self) -> Schema:
        """Return either."""
        return {"anyOf": [self.text.schema(), self.record.schema()]}


class Anything(NamedTuple):
    """Whatever data: what a rule takes as its option only the rule knows."""

    @property
    def wanted(self) -> Text:
        """A text; nothing else is refused here, so this is never said."""
        return _TEXT

    def fits(self, item: Item) -> bool:
        """Return True."""
        return True

    def check(self, item: Item, key: str) -> None:
        """There is nothing to check."""

    def schema(self) -> Schema:
        """Return the schema that everything satisfies."""
        return {}


def check(shape: Shape, item: Item, whole: Text) -> None:
    """Raise FaultError for the first thing in the file *item* that is not as *shape* says.

    *whole* is said where the file is of another type altogether (`{kind}`).
    """
    if not shape.fits(item):
        raise FaultError(item.offset, whole.fill(kind=item.kind))
    shape.check(item, "")


def _check(shape: Shape, item: Item, key: str, place: Text) -> None:
    """Raise FaultError unless *item*, which stands under or among *key*, is as *shape* says."""
    if not shape.fits(item):
        what = place.fill(key=key)
        if item.written and isinstance(item.content, str):
            text = _WRONG_VALUE if not isinstance(shape, _CONTAINERS) else _WRONG_TYPE
            words = text.fill(
                what=what, wanted=shape.wanted, written=item.written, kind=item.kind, remedy=_REWRITE
            )
            raise FaultError(item.offset, words)
        quoted = shape.wanted in (_TEXT, _TEXTS) and item.written
        remedy = _QUOTE.fill(written=item.written, kind=item.kind) if quoted else _REWRITE
        raise FaultError(
            item.offset, _WRONG_TYPE.fill(what=what, wanted=shape.wanted, kind=item.kind, remedy=remedy)
        )
    shape.check(item, key)


_CONTAINERS = (Many, Mapped, Record)


def nearest(word: str, known: Iterable[str]) -> Text:
    """Return what to write in place of *word*: the nearest of *known*, and which there are."""
    words = tuple(known)
    close = get_close_matches(word, words, n=1)
    remedy = _LIKELY if close else _CHOICE
    return remedy.fill(close="".join(close), known=same(", ".join(words)))


# -- what a checked value holds --------------------------------------------------------------------------
