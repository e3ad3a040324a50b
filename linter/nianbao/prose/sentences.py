"""The numbers in the sentences of a report: counts, their parts, denials and comparisons.

Figures are found first; only the sentences that have one are read, by `quantity.lark`. Nothing is guessed:
a division that can be read in two ways is `Undecided`.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, TypeVar

from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

from nianbao.prose.amount import Kind, Quantity, Role, based, direction
from nianbao.prose.breakdown import Breakdown, Cue, Part, Undecided
from nianbao.prose.divisions import divisions
from nianbao.prose.passage import Passage, bare_is_stated, passages
from nianbao.text.source import Span, moved

__all__ = [
    "Breakdown",
    "Comparison",
    "Cue",
    "Kind",
    "Measure",
    "Negation",
    "Part",
    "Quantity",
    "Role",
    "Undecided",
    "breakdowns",
    "comparisons",
    "negations",
    "quantities",
]


T = TypeVar("T")
Measure = Literal["rate", "points", "multiple", "difference"]
_MEASURES: dict[str, Measure] = {"%": "rate", "百分点": "points", "倍": "multiple"}


class Negation(NamedTuple):
    """A statement that there is none of something: *nouns* name it, () if only 无 is written.

    *cue* is the word that denies (无, 未收到, 没有发生), or the figure (0件). *words* are all the words denied,
    as written; *span* runs from the first of cue and words to the last.
    """

    nouns: tuple[str, ...]
    words: str
    cue: str
    span: Span


class Comparison(NamedTuple):
    """A figure for a change since another time.

    *measure* is "rate" (12.3%), "points" (百分点), "multiple" (1.2倍) or "difference" (5件). *direction* is 1
    for more, -1 for less, 0 if it is not said. *base* are the words for the other time, "" for none.
    """

    quantity: Quantity
    measure: Measure
    direction: int
    base: str


class _Reading(NamedTuple):
    """What a text says, each by the offset that its spans are moved by: 0, and the one asked for last."""

    quantities: dict[int, tuple[Quantity, ...]]
    breakdowns: dict[int, tuple[Breakdown | Undecided, ...]]
    negations: dict[int, tuple[Negation, ...]]
    comparisons: dict[int, tuple[Comparison, ...]]


def quantities(text: str, offset: int = 0) -> tuple[Quantity, ...]:
    """Return every figure of *text* that counts or measures something, in order; spans are moved by *offset*.

    Changes and figures of other years are among them, with that `role`. Years, days, document numbers,
    articles, telephone numbers, numerals of headings and figures in titles are not.
    """
    return _at(offset, _read(text).quantities)


def breakdowns(text: str, offset: int = 0) -> tuple[Breakdown | Undecided, ...]:
    """Return every count of *text* that is divided into parts, in order; spans are moved by *offset*."""
    return _at(offset, _read(text).breakdowns)


def negations(text: str, offset: int = 0) -> tuple[Negation, ...]:
    """Return the denials of *text*, in order; spans are moved by *offset*."""
    return _at(offset, _read(text).negations)


def comparisons(text: str, offset: int = 0) -> tuple[Comparison, ...]:
    """Return every figure of *text* for a change, in order; spans are moved by *offset*."""
    return _at(offset, _read(text).comparisons)


def _at(offset: int, known: dict[int, tuple[T, ...]]) -> tuple[T, ...]:
    """Return what is *known* at offset 0, moved by *offset*; that is known from now on."""
    if offset not in known:
        first = known[0]
        known.clear()
        known |= {0: first, offset: moved(first, offset)}
    return known[offset]


# Several rules ask for the paragraphs of one report, one after the other; few have more. In an editor most come
# again with each version, below what was typed somewhere else.
@lru_cache(maxsize=4096)
def _read(text: str) -> _Reading:
    """Return the reading of *text*, to which `_at` adds."""
    found: tuple[list[Quantity], list[Breakdown | Undecided], list[Negation]] = ([], [], [])
    for passage in passages(text, 0):
        found[0].extend(quantity for quantity in passage.figures.values() if bare_is_stated(quantity))
        if len(passage.figures) > 1:
            found[1].extend(divisions(passage))
        found[2].extend(_negations(passage))
    compared = tuple(_comparison(quantity) for quantity in found[0] if quantity.role == "change")
    return _Reading({0: tuple(found[0])}, {0: tuple(found[1])}, {0: tuple(found[2])}, {0: compared})


def _comparison(quantity: Quantity) -> Comparison:
    return Comparison(
        quantity, _MEASURES.get(quantity.unit, "difference"), direction(quantity.lead), based(quantity.scope)
    )


# -- negations -----------------------------------------------------------------------------------------

_ENDS = frozenset(("COMMA", "SEMICOLON", "STOP", "OPEN", "CLOSE", "COLON", "NOT"))
_LISTED = re.compile(r"、|以及|及其|或者|和|及|与|或")
_TRIMMED = re.compile(r"(?:情况|情形|事项|问题|现象|案件|行为|信息|数量|件数|均|都|各|分别|为|是|共|的)+$")
_BEGUN = re.compile(r"^(?:任何|因|相关|有关|[一1１][件起例宗])+")


def _negations(passage: Passage) -> Iterator[Negation]:
    zeros = {
        number: quantity
        for number, quantity in passage.figures.items()
        if quantity.high == 0 and quantity.unit != "%" and quantity.role == "count"
    }
    if not zeros and "NOT" not in passage.kinds:
        return
    for number, kind in enumerate(passage.kinds):
        if kind == "NOT":
            yield _denied(passage, number)
        elif number in zeros:
            yield _none_counted(passage, number, zeros[number])


def _denied(passage: Passage, number: int) -> Negation:
    """Return the negation with the cue at *number*: of the words behind it, or those before it if there are none."""
    end = number + 1
    while end < len(passage.kinds) and passage.kinds[end] not in _ENDS:
        end += 1
    words = passage.words(number + 1, end).strip()
    first, last = number, end - 1
    if not words:
        first = _clause_start(passage, number)
        words = passage.words(first, number).strip()
    return Negation(_nouns(words), words, passage.words(number, number + 1), passage.span(first, last))


def _none_counted(passage: Passage, number: int, quantity: Quantity) -> Negation:
    """Return the negation by a count of 0: of the words behind it, else those of its clause before it."""
    cue = passage.words(number, number + 1)
    if quantity.noun and quantity.tail.strip().startswith(quantity.noun):
        return Negation(_nouns(quantity.noun), quantity.noun, cue, passage.span(number, number + 1))
    first = _clause_start(passage, number)
    words = passage.words(first, number).strip()
    shared = "、" in words and quantity.lead.rstrip().endswith(tuple("均都为"))
    nouns = _nouns(words) if shared else tuple(filter(None, (quantity.noun,)))
    return Negation(nouns, words, cue, passage.span(first, number))


def _clause_start(passage: Passage, number: int) -> int:
    """Return the first token of the clause of *number*, behind the figure before it."""
    first = number
    while first and passage.kinds[first - 1] not in _ENDS and first - 1 not in passage.figures:
        first -= 1
    if first < number and passage.kinds[first] == "PAUSE":
        first += 1
    return first


def _nouns(words: str) -> tuple[str, ...]:
    """Return the nouns listed in *words*; the words before 的 only say whose they are."""
    denied = _TRIMMED.sub("", words[:_LONGEST]).rsplit("的", 1)[-1]
    parts = (_TRIMMED.sub("", _BEGUN.sub("", part.strip())) for part in _LISTED.split(denied))
    return tuple(filter(None, parts))


_LONGEST = 120
