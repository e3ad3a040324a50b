"""JSON with any text in it, whole or as a stream."""

import json
from collections.abc import Callable, Iterable
from typing import Any

from nianbao_grammar import patterns as re

from nianbao.text.inert import in_json, inert

# A text that is `shown` has no such sign: this is what is left of a Slot.
_SLOT = re.compile(r'"\\u0000([^"]*)"')


class Slot:
    """The place in a record of a value that is known later; put in after the record is `shown`, or kept by it."""

    def __init__(self, name: str = "") -> None:
        self.name = name


def serialised(record: Any, indent: int | None = 2) -> str:
    """Return *record* as JSON that says what it says, and in which no sign acts or is not seen."""
    return in_json(json.dumps(record, ensure_ascii=False, indent=indent, default=_mark)) + "\n"


def _mark(slot: Slot) -> str:
    return f"\0{slot.name}"


def filled(text: str, value: Callable[[str], object]) -> str:
    """Return *text*, serialised from what is `shown`, with *value* of its name in the place of each slot."""
    return _SLOT.sub(lambda slot: str(value(slot[1])), text)


def at_slots(text: str) -> list[str]:
    """Return the pieces of *text*, serialised from what is `shown`, between its slots, which follow each other."""
    return _SLOT.split(text)[::2]


def shown(record: Any) -> Any:
    """Return *record* with all texts in it harmless, for a program that shows them to people."""
    if isinstance(record, str):
        return inert(record, "\n\t")
    if isinstance(record, dict):
        return {key: shown(value) for key, value in record.items()}
    return [shown(value) for value in record] if isinstance(record, list | tuple) else record


def items(records: Iterable[Any], depth: int) -> str:
    """Return *records* as an `Array` of this *depth* takes them, "" for none."""
    listed = list(records)
    if not listed:
        return ""
    margin = "  " * depth
    return margin + serialised(listed)[2:-3].replace("\n", f"\n{margin}")


class Array:
    """An array of JSON that is written as a stream, *depth* deep in its document, as `serialised` lays it out."""

    def __init__(self, depth: int = 0) -> None:
        self.depth = depth
        self.begun = False

    def more(self, texts: str) -> str:
        """Return the text that adds further `items`."""
        if not texts:
            return ""
        head = ",\n" if self.begun else "[\n"
        self.begun = True
        return head + texts

    def end(self) -> str:
        """Return the text that ends the array."""
        return f"\n{'  ' * self.depth}]" if self.begun else "[]"
