"""The passages of a text that have figures, each as a tree with a figure at every count."""

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

from nianbao.prose.amount import Quantity, hedged, read_amount, role
from nianbao.text.source import Span

# The alphabet of quantity.lark, character for character. `translate` asks a dict for each character, so it is
# kept for signs that few texts have.
_OFTEN = (
    ("（", "("),
    ("）", ")"),
    ("；", ";"),
    ("：", ":"),
    ("—", "-"),
    ("！", "。"),
    ("？", "。"),
    ("％", "%"),
)
_RARE = re.compile("[０-９\u3000\xa0\t\r\n\x1f!?–－─~～〇○．﹑]")
_PLAIN = str.maketrans(
    {
        **{wide: str(number) for number, wide in enumerate("０１２３４５６７８９")},
        **dict.fromkeys("\u3000\xa0\t", " "),
        **dict.fromkeys("–－─~～", "-"),
        **dict.fromkeys("〇○", "零"),
        **dict.fromkeys("!?\r\n\x1f", "。"),
        "．": ".",
        "﹑": "、",
    }
)
# A class alone is looked for ten times as fast as a choice of patterns.
_HINT = re.compile("[0-9未无没零一二两三四五六七八九十百千]")
# A passage is worth reading if it has a figure or denies something.
_SIGNAL = re.compile(
    "[0-9未无]|[二两三四五六七八九十百千][余多]?[件条次份篇个期场项起宗例部名家人处]|一[件起宗例条份名项]|百分之|零[件起，。;、)]|零$|没有"
)
_SENTENCE = re.compile("[^。]*(?:。+|$)")
_GOES_ON = re.compile(r" *(?:其中|内有|由|分别|主要(?:包括|涉及|有|为)|包括)")
_MOST_JOINED = 3  # sentences that an unclosed bracket may extend over
_DEEPEST = 12  # brackets within brackets

_WORDS = frozenset(("WORDS", "NAME", "NOTE", "SIGN"))
_FIGURES = frozenset(("COUNT", "PERCENT", "BARE"))
_LEVELS = {"PAUSE": 1, "COMMA": 2, "SEMICOLON": 3, "STOP": 4}
PAUSE, COMMA, SEMICOLON, STOP = 1, 2, 3, 4


class Node(NamedTuple):
    """A token with a meaning, or a bracket: its kind, its number, how strongly it is parted from the last.

    *level* is the strongest separator between: 0 for none, PAUSE, COMMA, SEMICOLON, STOP. *inner* are the
    nodes of a bracket.
    """

    kind: str
    token: int
    level: int
    inner: "tuple[Node, ...]" = ()


class Passage(NamedTuple):
    """A few sentences that belong together: their *nodes*, and the figure of each token that is one.

    Token n is of the kind `kinds[n]` and runs from `starts[n]` to `ends[n]` of *text*, which begins at
    *offset*. *balanced* is False if a bracket does not close: then brackets are read as words.
    """

    text: str
    offset: int
    kinds: tuple[str, ...]
    starts: list[int]
    ends: list[int]
    nodes: tuple[Node, ...]
    figures: dict[int, Quantity]
    balanced: bool

    def words(self, first: int, last: int) -> str:
        """Return the text from token *first* to before token *last*."""
        if first >= last:
            return ""
        return self.text[self.starts[first] : self.ends[last - 1]]

    def span(self, first: int, last: int) -> Span:
        """Return the span of the tokens from *first* to *last*, both included."""
        return Span(self.offset + self.starts[first], self.offset + self.ends[last])


@cache
def _parser() -> Any:
    from nianbao_grammar import quantity_parser

    return quantity_parser()


def passages(text: str, offset: int) -> Iterator[Passage]:
    """Yield the passages of *text* that have a figure or deny something, in order."""
    plain = _plain(text)
    if _HINT.search(plain):
        for start, end, first in _bounds(plain):
            yield _read(text[start:end], plain[start:end], first - start, offset + start)


def _plain(text: str) -> str:
    for sign, other in _OFTEN:
        text = text.replace(sign, other)
    return text.translate(_PLAIN) if _RARE.search(text) else text


def _bounds(plain: str) -> Iterator[tuple[int, int, int]]:
    """Yield the start and end of each passage, and the offset of its first figure or denial.

    A passage is a sentence with those after it that go on to divide its counts.
    """
    start, first, joined, open_ = 0, -1, 0, 0
    bracketed = "(" in plain or ")" in plain
    for match in _SENTENCE.finditer(plain):
        begin, end = match.span()
        if begin == end:
            continue
        if not (_GOES_ON.match(plain, begin) or (open_ > 0 and joined < _MOST_JOINED)):
            if first >= 0:
                yield start, begin, first
            start, first, joined, open_ = begin, -1, 0, 0
        joined += 1
        if first < 0:
            first = _signal(plain, begin, end)
        if bracketed:
            open_ += plain.count("(", begin, end) - plain.count(")", begin, end)
    if first >= 0:
        yield start, len(plain), first


def _signal(plain: str, start: int, end: int) -> int:
    """Return the offset of the first figure or denial from *start* to *end*, -1 for none."""
    for hint in _HINT.finditer(plain, start, end):
        if _SIGNAL.match(plain, hint.start(), end):
            return hint.start()
    return -1


def _read(text: str, plain: str, first: int, offset: int) -> Passage:
    start = _start(plain, first)
    kinds, starts, ends = _scan(plain, start)
    balanced = _balanced(kinds)
    types = tuple(kinds if balanced else ("PAUSE" if kind in ("OPEN", "CLOSE") else kind for kind in kinds))
    passage = Passage(text, offset, types, starts, ends, _nodes(types), {}, balanced)
    _figures(passage, plain, plain.rfind(";", 0, start) + 1)
    return passage


def _start(plain: str, first: int) -> int:
    """Return the start of the clause of the first figure, or 0 if it would split a bracket."""
    start = max(plain.rfind("，", 0, first), plain.rfind(";", 0, first)) + 1
    return 0 if plain.count("(", 0, start) != plain.count(")", 0, start) else start


def _scan(plain: str, start: int) -> tuple[list[str], list[int], list[int]]:
    """Return the kinds, starts and ends of the tokens of *plain* from *start* on; adjacent words are one token."""
    kinds: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    last = ""
    for match in _parser().pattern.finditer(plain, start):
        kind = match.lastgroup
        begin, end = match.span()
        if kind in _WORDS:
            if last == "WORDS":
                ends[-1] = end
                continue
            kind = "WORDS"
        kinds.append(kind)
        starts.append(begin)
        ends.append(end)
        last = kind
    return kinds, starts, ends


def _balanced(kinds: list[str]) -> bool:
    if "OPEN" not in kinds and "CLOSE" not in kinds:
        return True
    depth = 0
    for kind in kinds:
        if kind == "OPEN":
            depth += 1
        elif kind == "CLOSE":
            depth -= 1
        if not 0 <= depth <= _DEEPEST:
            return False
    return depth == 0


# Sentences that are built alike have one tree, whatever their words and figures.
@lru_cache(maxsize=4096)
def _nodes(kinds: tuple[str, ...]) -> tuple[Node, ...]:
    from nianbao_grammar.automaton import token

    tree = _parser().derive(token(kind, "", number) for number, kind in enumerate(kinds))
    return tuple(_inner(tree))


def _inner(tree: Any) -> Iterator[Node]:
    """Yield the nodes of sentences, segments, clauses and items alike, each with its level."""
    level = 0
    for leaf in _leaves(tree):
        if getattr(leaf, "data", None) == "bracket":
            yield Node("bracket", leaf.children[0].start_pos, level, tuple(_inner(leaf)))
        elif leaf.type in _LEVELS:
            level = max(level, _LEVELS[leaf.type])
            continue
        elif leaf.type in ("WORDS", "OPEN", "CLOSE"):
            continue
        else:
            yield Node(leaf.type, leaf.start_pos, level)
        level = 0


def _leaves(tree: Any) -> Iterator[Any]:
    for child in tree.children:
        if getattr(child, "data", "bracket") == "bracket":
            yield child
        else:
            yield from _leaves(child)


class _Place(NamedTuple):
    """A figure among the tokens: its number, the token its segment begins behind (-1: the passage), its clause."""

    token: int
    opening: int
    clause: int


@lru_cache(maxsize=4096)
def _places(kinds: tuple[str, ...]) -> tuple[_Place, ...]:
    """Return the places of the figures."""
    places, openings, clause = [], [-1], 0
    for number, kind in enumerate(kinds):
        if kind in _FIGURES:
            places.append(_Place(number, openings[-1], clause))
        elif kind in ("SEMICOLON", "STOP"):
            openings[-1] = number
        elif kind == "OPEN":
            openings.append(number)
        elif kind == "CLOSE":
            openings.pop()
        clause += kind in ("COMMA", "SEMICOLON", "STOP")
    return tuple(places)


def _figures(passage: Passage, plain: str, start: int) -> None:
    """Put the figure of each token that is one into `passage.figures`; its first segment begins at *start*."""
    last: Quantity | None = None
    clause = -1
    for place in _places(passage.kinds):
        segment = passage.ends[place.opening] if place.opening >= 0 else start
        before = last if place.clause == clause else None
        quantity = _quantity(passage, plain, place.token, segment, before)
        if quantity is not None:
            passage.figures[place.token] = quantity
            last, clause = quantity, place.clause
    if "RESPECTIVELY" not in passage.kinds:
        return
    for number, kind in enumerate(passage.kinds):
        if kind == "RESPECTIVELY":
            _share(passage, number)


_AND = re.compile("、|以及|和|及|与")


def _share(passage: Passage, number: int) -> None:
    """Give each figure behind 分别为 the words that belong to it: 甲、乙和丙分别为1件、2件、3件."""
    kinds, first, last = passage.kinds, number, number + 1
    while first and kinds[first - 1] in ("WORDS", "PAUSE"):
        first -= 1
    while last < len(kinds) and (kinds[last] == "PAUSE" or last in passage.figures or _joins(passage, last)):
        last += 1
    names = _AND.split(passage.words(first, number))
    figures = [token for token in range(number, last) if token in passage.figures]
    if len(figures) == len(names) > 1:
        for token, name in zip(figures, names, strict=True):
            passage.figures[token] = passage.figures[token]._replace(lead=name)


def _joins(passage: Passage, token: int) -> bool:
    return passage.kinds[token] == "WORDS" and passage.words(token, token + 1).strip() in (
        "和",
        "及",
        "与",
        "以及",
    )


def _quantity(
    passage: Passage, plain: str, number: int, segment: int, last: Quantity | None
) -> Quantity | None:
    text, kinds, starts, ends = passage.text, passage.kinds, passage.starts, passage.ends
    start, end = starts[number], ends[number]
    lead = text[starts[number - 1] : start] if number and kinds[number - 1] == "WORDS" else ""
    behind = kinds[number + 1] if number + 1 < len(kinds) else "STOP"
    tail = text[end : ends[number + 1]] if behind == "WORDS" else ""
    if kinds[number] == "BARE" and not _stands_for_a_count(lead, behind, tail, plain[start:end]):
        return None
    amount, lead = hedged(read_amount(plain[start:end]), lead, tail)
    scope = text[max(segment, start - _REACH) : start]
    of = role(amount, lead, scope)
    if (
        last is not None
        and last.role == "change"
        and last.unit == amount.unit
        and lead in ("", "和", "及", "与")
    ):
        of = "change"
    at = passage.offset + start
    denied = number > 0 and kinds[number - 1] == "NOT"
    span, whole = Span(at, at + amount.length), Span(at, passage.offset + end)
    return Quantity(
        amount.value, amount.low, amount.high, amount.unit, amount.kind, amount.places,
        of, lead, tail, scope, span, whole, denied,
    )  # fmt: skip


_REACH = 120  # characters: far enough back for the words that name its year
_NO_COUNT = re.compile(
    r"(?:邮编|电话|传真|编码|编号|号码|热线|信箱|邮箱|序号|代码|表|图|版本|网址|地址|第|附)[^，。；]{0,6}$"
)


def _stands_for_a_count(lead: str, behind: str, tail: str, figure: str) -> bool:
    """Return whether a figure without a unit counts something: words before it, the end of an item behind."""
    words = lead.strip()
    if not words or (len(figure) > 1 and figure[0] == "0" and figure[1] != "."):
        return False
    ended = behind in ("PAUSE", "COMMA", "SEMICOLON", "STOP", "CLOSE") or tail.startswith(
        ("和", "以及", "等")
    )
    return ended and not words[-1].isascii() and not _NO_COUNT.search(words[-16:])


def bare_is_stated(quantity: Quantity) -> bool:
    """Return whether the words before a figure without a unit say that it is a count: 浏览量为442."""
    return bool(quantity.unit) or quantity.lead.rstrip().endswith(tuple("为达共计量数是到"))
