"""A kind of rule: the keys of its `with`, the words of its messages, and the search it makes of them."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from nianbao_grammar.records import NamedTuple

from nianbao.engine.finding import Fix, NotApplicable, Related, Undetermined
from nianbao.engine.rule import Target
from nianbao.files.scalars import Schema
from nianbao.files.shape import Record
from nianbao.files.values import entries, members, value
from nianbao.files.yaml_file import FaultError, Faults, Item
from nianbao.report.form import Form
from nianbao.report.report import Report
from nianbao.report.table import Cell
from nianbao.text.language import Text
from nianbao.text.source import Span

_NONE_OF = Text("缺少“{names}”；在这里补上", "{names} is missing: add it here")
_BOTH = Text("“{one}”和“{other}”只写一个；删去一个", "{one} and {other} exclude each other: delete one")
_OR = Text("”或“", " or ")

Operands = Mapping[str, str | Text]


class Found(NamedTuple):
    """One place that breaks a rule: a finding before its message is filled in."""

    span: Span
    operands: Mapping[str, str | Text] = {}
    cell: Cell | None = None
    related: tuple[Related, ...] = ()
    fix: Fix | None = None


Look = Callable[[Report], Iterator[Found | Undetermined | NotApplicable]]


class Search(NamedTuple):
    """The search of one rule, made by its kind from its `with`.

    *operands* are those known before any report is read; *needs* are keys of tables, as in Rule.
    """

    look: Look
    operands: Operands
    target: Target
    needs: tuple[str, ...] = ()


class Kind(NamedTuple):
    """A kind of rule.

    *given* are the keys of `with`; of each group in *one_of* exactly one is required, of each in *some_of* at
    least one. *operands* may be used in braces in `message` and `help`.
    """

    name: str
    about: Text
    given: Record
    operands: Mapping[str, Text]
    summary: Text
    message: Text
    help: Text
    make: Callable[[Item, Sequence[Form]], Search]
    one_of: tuple[tuple[str, str], ...] = ()
    some_of: tuple[tuple[str, str], ...] = ()

    def check(self, given: Item) -> None:
        """Raise FaultError for every fault in the keys of *given* and their types."""
        keys, meant = entries(given), self.given.meant(given)
        with Faults() as faults:
            with faults.noted:
                self.given.check(given, "with")
            for names in (*self.one_of, *self.some_of):
                here = [name for name in keys if name in names]
                with faults.noted:
                    if not meant.intersection(names):
                        missing = Text(*(mark.join(names) for mark in _OR))
                        raise FaultError(given.offset, _NONE_OF.fill(names=missing))
                    if len(here) > 1 and names in self.one_of:
                        one, other = here
                        raise FaultError(keys[other].key.offset, _BOTH.fill(one=one, other=other))

    def schema(self) -> Schema:
        """Return the JSON Schema of `with`."""
        groups = [{"oneOf": [{"required": [name]} for name in names]} for names in self.one_of]
        groups += [{"anyOf": [{"required": [name]} for name in names]} for names in self.some_of]
        return {**self.given.schema(), **({"allOf": groups} if groups else {})}

    def known(self, given: Item) -> tuple[str, ...]:
        """Return the operands that a rule with *given* has: all but those named after a key that it leaves out."""
        left_out = {key.name for key in self.given.keys} - set(entries(given))
        for one, other in self.one_of:
            if other in entries(given):
                left_out.discard(one)
        return tuple(name for name in self.operands if name not in left_out)


def either(given: Item, one: str, many: str) -> tuple[Item, ...]:
    """Return the item under the key *one*, or the entries under *many*."""
    return (value(given, one),) if one in entries(given) else members(given, many)


def alternatives(words: Sequence[str]) -> Text:
    """Return *words* as a message quotes them, without the outer quotes: 甲”或“乙."""
    return Text("”或“".join(words), "” or “".join(words))
