"""A kind of rule: the keys of its `with`, the words of its messages, and the search it makes of them."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from nianbao_grammar.records import NamedTuple

from nianbao.engine.finding import Fix, NotApplicable, Related, Undetermined
from nianbao.engine.rule import Target
from nianbao.files.shape import Record
from nianbao.files.values import entries, members, value
from nianbao.files.yaml_file import Item
from nianbao.report.form import Form
from nianbao.report.report import Report
from nianbao.report.table import Cell
from nianbao.text.language import Text
from nianbao.text.source import Span

Operands = Mapping[str, str | Text]


class Found(NamedTuple):
    """One place that breaks a rule: a finding before its message is filled in."""

    span: Span
    operands: Mapping[str, str | Text] = {}
    cell: Cell | None = None
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    place: str | None = None  # if neither the cell nor the section of *span* says where it is


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

    *given* are the keys of `with`. *operands* may be used in braces in `message` and `help`.
    """

    name: str
    about: Text
    given: Record
    operands: Mapping[str, Text]
    summary: Text
    message: Text
    help: Text
    make: Callable[[Item, Sequence[Form]], Search]

    def known(self, given: Item) -> tuple[str, ...]:
        """Return the operands that a rule with *given* has: all but those named after a key that it leaves out."""
        left_out = {key.name for key in self.given.keys} - set(entries(given))
        for one, *others in self.given.one_of:
            if not entries(given).keys().isdisjoint(others):
                left_out.discard(one)
        return tuple(name for name in self.operands if name not in left_out)


def either(given: Item, one: str, many: str) -> tuple[Item, ...]:
    """Return the item under the key *one*, or the entries under *many*."""
    return (value(given, one),) if one in entries(given) else members(given, many)


def alternatives(words: Sequence[str]) -> Text:
    """Return *words* as a message quotes them, without the outer quotes: 甲”或“乙."""
    return Text("”或“".join(words), "” or “".join(words))
