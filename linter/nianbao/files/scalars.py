"""What one value without parts may be, in a file written by hand."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, NamedTuple

from nianbao.files.yaml_file import FaultError, Item
from nianbao.text.language import Text, same
from nianbao.text.nearest import nearest

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,9})?")
TEXT = Text("文本", "a text")
_PAIR = Text("[原文, 新文] 这样的一对文本", "a pair of texts, [old, new]")
_TRUTH = Text(" true 或 false", "true or false")
_A_NUMBER = Text("数字", "a number")
_A_DATE = Text("写作 2026-12-31 这样的日期", "a date written like 2026-12-31")
_WHOLE = Text("{low} 至 {high} 的整数", "a whole number from {low} to {high}")
UNDER = Text("“{key}”", "{key}")
NOTHING = Text("“{key}”是空的；填上内容或删去这一键", "{key} is empty: fill it in or delete the key")
_LIKELY = Text("是不是“{close}”？可用的有：{known}", "did you mean {close}? it may be one of {known}")
_CHOICE = Text("改为其中之一：{known}", "make it one of {known}")
_NONE_OF = Text("{what}没有“{written}”这个值；{remedy}", "{written} is no value of {what}: {remedy}")

Schema = dict[str, Any]


class Words(NamedTuple):
    """A text; *pattern* is what it has to match, *remedy* what is said where it does not (`{written}`)."""

    pattern: str = ""
    remedy: Text = Text("", "")
    empty: bool = False

    @property
    def wanted(self) -> Text:
        """A text."""
        return TEXT

    def fits(self, item: Item) -> bool:
        """Return whether YAML reads a text here: 1:30 and no are none until they stand in quotes."""
        return isinstance(item.content, str)

    def check(self, item: Item, key: str) -> None:
        """Raise FaultError for an empty text and for one that does not match."""
        if not item.written.strip() and not self.empty:
            raise FaultError(item.offset, NOTHING.fill(key=key))
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
        return TEXT

    def fits(self, item: Item) -> bool:
        """Return whether a word stands here, whatever else YAML may read in it: 2021 is a name of a form."""
        return item.content is not None and bool(item.written)

    def check(self, item: Item, key: str) -> None:
        """Raise FaultError for another word, with the nearest of those known."""
        if item.written not in self.words:
            what, remedy = UNDER.fill(key=key), correction(item.written, self.words)
            raise FaultError(item.offset, _NONE_OF.fill(what=what, written=item.written, remedy=remedy))

    def schema(self) -> Schema:
        """Return the enumeration."""
        return {"enum": list(self.words)}


class Plain(NamedTuple):
    """One word, whatever else YAML reads in it, with quotes or without: it is read from `written`.

    *pattern* is what it has to match, *remedy* what is said where it does not (`{written}`).
    """

    pattern: str = ""
    remedy: Text = Text("", "")

    @property
    def wanted(self) -> Text:
        """A text."""
        return TEXT

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


class Scalar(NamedTuple):
    """A value that is right if it is of its type: what is *wanted*, what *fits*, and its JSON Schema."""

    wanted: Text
    fits: Callable[[Item], bool]
    described: Schema

    def check(self, item: Item, key: str) -> None:
        """There is no more to check."""

    def schema(self) -> Schema:
        """Return the JSON Schema."""
        return dict(self.described)


def whole(low: int, high: int, wanted: Text | None = None) -> Scalar:
    """Return the shape of a whole number from *low* to *high*; 02031 and 1e3 are none."""

    def fits(item: Item) -> bool:
        content = item.content
        return isinstance(content, int) and not isinstance(content, bool) and low <= content <= high

    words = wanted or _WHOLE.fill(low=low, high=high)
    return Scalar(words, fits, {"type": "integer", "minimum": low, "maximum": high})


def _is_number(item: Item) -> bool:
    """Return whether plain figures are here: no exponent, no sexagesimals, no leading zero."""
    written = item.written
    plain = _NUMBER.fullmatch(written) is not None and (
        written.lstrip("-")[:1] != "0" or written.lstrip("-")[1:2] in ("", ".")
    )
    return plain and not isinstance(item.content, str)


def _is_day(item: Item) -> bool:
    """Return whether a day that the calendar has is here, with quotes or without."""
    if not _DATE.fullmatch(item.written):
        return False
    try:
        date.fromisoformat(item.written)
    except ValueError:
        return False
    return True


def _is_pair(item: Item) -> bool:
    """Return whether two texts are here, the first of them not empty."""
    content = item.content
    if not isinstance(content, tuple) or not all(isinstance(text.content, str) for text in content):
        return False
    return len(content) == 2 and bool(content[0].written)


TRUTH = Scalar(_TRUTH, lambda item: isinstance(item.content, bool), {"type": "boolean"})
# To be read from `written`: a number as a decimal, a day as a date.
NUMBER = Scalar(_A_NUMBER, _is_number, {"type": "number"})
DAY = Scalar(_A_DATE, _is_day, {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"})
PAIR = Scalar(_PAIR, _is_pair, {"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2})
# What a rule takes as its option only the rule knows.
ANYTHING = Scalar(TEXT, lambda item: True, {})


def correction(word: str, known: Iterable[str]) -> Text:
    """Return what to write in place of *word*: the nearest of *known*, and which there are."""
    words = tuple(known)
    close = nearest(word, words)
    remedy = _LIKELY if close else _CHOICE
    return remedy.fill(close=close, known=same(", ".join(words)))
