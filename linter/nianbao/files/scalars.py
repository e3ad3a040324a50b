"""The shapes of single values in a file written by hand."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

from nianbao.files.yaml_file import FaultError, Item
from nianbao.text.language import Text, same
from nianbao.text.nearest import nearest

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,9})?")
TEXT = Text("文本", "a text")
_PAIR = Text("[原文, 新文] 这样的一对文本", "a pair of texts, [old, new]")
_TRUTH = Text(" true 或 false", "true or false")
_A_NUMBER = Text("数字", "a number")
_A_SHARE = Text("大于 0 的数", "a number above 0")
_A_DATE = Text("写作 2026-12-31 这样的日期", "a date written like 2026-12-31")
_WHOLE = Text("{low} 至 {high} 的整数", "a whole number from {low} to {high}")
UNDER = Text("“{key}”", "{key}")
NOTHING = Text("“{key}”是空的；填上内容或删去这一键", "{key} is empty: fill it in or delete the key")
_LIKELY = Text("是不是“{close}”？可用的有：{known}", "did you mean {close}? it may be one of {known}")
_CHOICE = Text("改为其中之一：{known}", "make it one of {known}")
_NONE_OF = Text("{what}没有“{written}”这个值；{remedy}", "{written} is no value of {what}: {remedy}")

Schema = dict[str, Any]


class Words(NamedTuple):
    """A text; it must match *pattern*, *remedy* is the message if it does not (with `{written}` and `{key}`)."""

    pattern: str = ""
    remedy: Text = Text("", "")
    empty: bool = False

    @property
    def wanted(self) -> Text:
        """The words for a text."""
        return TEXT

    def fits(self, item: Item) -> bool:
        """Return whether YAML reads a text here: 1:30 and no are none until they are quoted."""
        return isinstance(item.content, str)

    def check(self, item: Item, key: str) -> None:
        """Raise FaultError if the text is empty or does not match."""
        if not item.written.strip() and not self.empty:
            raise FaultError(item.offset, NOTHING.fill(key=key))
        if self.pattern and not re.fullmatch(self.pattern, item.written):
            raise FaultError(item.offset, self.remedy.fill(written=item.written, key=key))

    def schema(self) -> Schema:
        """Return the schema of a string with the pattern."""
        return {"type": "string", **({"pattern": f"^(?:{self.pattern})$"} if self.pattern else {})}


class Choice(NamedTuple):
    """One word of a list; *others* mean the same and may be written in their place."""

    words: tuple[str, ...]
    others: tuple[str, ...] = ()

    @property
    def wanted(self) -> Text:
        """The words for a text."""
        return TEXT

    def fits(self, item: Item) -> bool:
        """Return whether *item* has a word, whatever YAML takes it for: 2021 is a name of a form."""
        return item.content is not None and bool(item.written)

    def check(self, item: Item, key: str) -> None:
        """Raise FaultError for any other word, with the nearest one of the list."""
        if item.written not in self.words + self.others:
            what, remedy = UNDER.fill(key=key), correction(item.written, self.words + self.others)
            raise FaultError(item.offset, _NONE_OF.fill(what=what, written=item.written, remedy=remedy))

    def schema(self) -> Schema:
        """Return the schema of an enumeration."""
        return {"enum": [*self.words, *self.others]}


class Plain(NamedTuple):
    """One word as written, with quotes or without, whatever YAML takes it for.

    It must match *pattern*; *remedy* is the message if it does not (with `{written}` and `{key}`).
    """

    pattern: str = ""
    remedy: Text = Text("", "")

    @property
    def wanted(self) -> Text:
        """The words for a text."""
        return TEXT

    def fits(self, item: Item) -> bool:
        """Return whether *item* is a scalar and not null."""
        nothing = item.content is None and item.written in ("", "~", "null", "Null", "NULL")
        return not isinstance(item.content, tuple | dict) and not nothing

    def check(self, item: Item, key: str) -> None:
        """Raise FaultError if the word does not match."""
        if self.pattern and not re.fullmatch(self.pattern, item.written):
            raise FaultError(item.offset, self.remedy.fill(written=item.written, key=key))

    def schema(self) -> Schema:
        """Return the schema of a text with the pattern, a number or a truth value."""
        pattern = {"pattern": f"^(?:{self.pattern})$"} if self.pattern else {}
        return {"type": ["string", "number", "boolean"], **pattern}


class Scalar(NamedTuple):
    """A value that is right if it *fits*; *wanted* names it in messages, *described* is its JSON Schema."""

    wanted: Text
    fits: Callable[[Item], bool]
    described: Schema

    def check(self, item: Item, key: str) -> None:
        """Do nothing: a value that fits is right."""

    def schema(self) -> Schema:
        """Return the JSON Schema."""
        return dict(self.described)


def whole(low: int, high: int, wanted: Text | None = None) -> Scalar:
    """Return the shape of a whole number from *low* to *high*; 02031 and 1e3 are no numbers."""

    def fits(item: Item) -> bool:
        content = item.content
        return isinstance(content, int) and not isinstance(content, bool) and low <= content <= high

    return Scalar(
        wanted or _WHOLE.fill(low=low, high=high), fits, {"type": "integer", "minimum": low, "maximum": high}
    )


def _is_number(item: Item) -> bool:
    """Return whether *item* is a plain number: no exponent, no sexagesimals, no leading zero."""
    written = item.written
    plain = _NUMBER.fullmatch(written) is not None and (
        written.lstrip("-")[:1] != "0" or written.lstrip("-")[1:2] in ("", ".")
    )
    return plain and not isinstance(item.content, str)


def _is_above_zero(item: Item) -> bool:
    """Return whether *item* is a plain number above 0."""
    return _is_number(item) and Decimal(item.written) > 0


def _is_day(item: Item) -> bool:
    """Return whether *item* is a day of the calendar, with quotes or without."""
    if not _DATE.fullmatch(item.written):
        return False
    try:
        date.fromisoformat(item.written)
    except ValueError:
        return False
    return True


def _is_pair(item: Item) -> bool:
    """Return whether *item* is a list of two texts, the first of them not empty."""
    content = item.content
    if not isinstance(content, tuple) or not all(isinstance(text.content, str) for text in content):
        return False
    return len(content) == 2 and bool(content[0].written)


TRUTH = Scalar(_TRUTH, lambda item: isinstance(item.content, bool), {"type": "boolean"})
# The value is read from `written`: a number as a decimal, a day as a date.
NUMBER = Scalar(_A_NUMBER, _is_number, {"type": "number"})
ABOVE_ZERO = Scalar(_A_SHARE, _is_above_zero, {"type": "number", "exclusiveMinimum": 0})
DAY = Scalar(_A_DATE, _is_day, {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"})
PAIR = Scalar(_PAIR, _is_pair, {"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2})
# Only the rule knows which values its option takes.
ANYTHING = Scalar(TEXT, lambda item: True, {})


def correction(word: str, known: Iterable[str]) -> Text:
    """Return the advice for the unknown *word*: the nearest of *known*, and all of them."""
    choices = tuple(known)
    close = nearest(word, choices)
    remedy = _LIKELY if close else _CHOICE
    return remedy.fill(close=close, known=same(", ".join(choices)))
