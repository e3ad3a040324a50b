"""A small grammar of sentences: `[one|other]` is a choice, `{name}` a figure or a name to be filled in."""

from collections.abc import Callable, Iterator, Mapping
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import cache
from itertools import product
from random import Random
from typing import NamedTuple

from nianbao.testing.compliant_prose import Facts

Values = Mapping[str, object]


def everywhere(facts: Facts) -> bool:
    """Return True: what may be said in any report."""
    return True


class Topic(NamedTuple):
    """One thing that reports tell, the sentences that tell it, and the figures in them.

    *when* says whether the facts give occasion for it; *of_tables* that its figures are those of the tables;
    *due* that it is said wherever there is occasion.
    """

    sentences: tuple[str, ...]
    values: Callable[[Facts, Random], Values]
    when: Callable[[Facts], bool] = everywhere
    of_tables: bool = False
    due: bool = False


class Sentence(NamedTuple):
    """What is written, and the pattern that it comes from: the sentence with figures and names left out."""

    text: str
    pattern: str


Tree = tuple["str | Choice", ...]


class Choice(NamedTuple):
    """One of several ways to go on."""

    ways: tuple[Tree, ...]


@cache
def parsed(rule: str) -> Tree:
    """Return *rule* as words and choices. Raises ValueError for a bracket that does not close."""
    tree, end = _sequence(rule, 0, "")
    if end != len(rule):
        raise ValueError(f"{rule}: a bracket too many at {end}")
    return tree


def _sequence(rule: str, start: int, ends: str) -> tuple[Tree, int]:
    found: list[str | Choice] = []
    at = start
    while at < len(rule) and rule[at] not in (ends or "]"):
        if rule[at] == "[":
            choice, at = _choice(rule, at + 1)
            found.append(choice)
            continue
        begun = at
        while at < len(rule) and rule[at] not in "[]" and (not ends or rule[at] != "|"):
            at += 1
        found.append(rule[begun:at])
    return tuple(found), at


def _choice(rule: str, start: int) -> tuple[Choice, int]:
    ways, at = [], start
    while True:
        tree, at = _sequence(rule, at, "|]")
        ways.append(tree)
        if at >= len(rule):
            raise ValueError(f"{rule}: a bracket does not close")
        at += 1
        if rule[at - 1] == "]":
            return Choice(tuple(ways)), at


def patterns(rule: str) -> Iterator[str]:
    """Yield every pattern that *rule* allows."""
    yield from _all(parsed(rule))


def _all(tree: Tree) -> Iterator[str]:
    pieces = ([piece] if isinstance(piece, str) else _ways(piece) for piece in tree)
    yield from map("".join, product(*pieces))


def _ways(choice: Choice) -> list[str]:
    return [pattern for way in choice.ways for pattern in _all(way)]


def pick(rule: str, rng: Random) -> str:
    """Return one of the patterns of *rule*."""
    return _one(parsed(rule), rng)


def _one(tree: Tree, rng: Random) -> str:
    return "".join(piece if isinstance(piece, str) else _one(rng.choice(piece.ways), rng) for piece in tree)


def say(topic: Topic, facts: Facts, rng: Random) -> Sentence:
    """Return *topic* in one of its sentences."""
    pattern = pick(rng.choice(topic.sentences), rng)
    values = {"year": facts.year, "before": facts.year - 1, "next": facts.year + 1, "organ": facts.organ}
    return Sentence(pattern.format_map({**values, **topic.values(facts, rng)}), pattern)


# -- figures ---------------------------------------------------------------------------------------------

_HAN = "零一两三四五六七八九十"


def han(number: int) -> str:
    """Return *number*, from 0 to 10, as it is written before a measure word: 两次, 三个."""
    return _HAN[number]


def percent(part: int, whole: int, rng: Random) -> str:
    """Return the share of *part* in *whole* to two places at the most, rounded or cut off, with %."""
    share = Decimal(100 * part) / Decimal(whole)
    places = Decimal(rng.choice(("1", "0.1", "0.01")))
    return f"{share.quantize(places, rounding=rng.choice((ROUND_HALF_UP, ROUND_HALF_UP, ROUND_DOWN)))}%"


def growth(now: int, before: int, rng: Random) -> str:
    """Return how much more or less *now* is than *before*: 增长12.3%, 下降4%, 持平."""
    if now == before:
        return "持平"
    word = rng.choice(("增长", "上升", "提高")) if now > before else rng.choice(("下降", "减少"))
    return word + percent(abs(now - before), before, rng)


class Division(NamedTuple):
    """A count of *unit* and what it is divided into, by name."""

    parts: Mapping[str, int]
    unit: str

    @property
    def total(self) -> int:
        """What the parts add up to."""
        return sum(self.parts.values())

    def listed(self) -> list[str]:
        """Return the parts with their counts."""
        return [f"{name}{count}{self.unit}" for name, count in self.parts.items()]

    def written(self, rng: Random) -> dict[str, object]:
        """Return the parts in the ways that lists are written, by the name of the way, and the `total`."""
        items, names = self.listed(), list(self.parts)
        counts = [f"{count}{self.unit}" for count in self.parts.values()]
        whole = self.total
        shares = [
            f"{item}，占{percent(n, whole, rng)}" for item, n in zip(items, self.parts.values(), strict=True)
        ]
        return {
            "total": whole,
            "dun": "、".join(items),
            "comma": "，".join(items),
            "semicolon": "；".join(items),
            "he": _joined(items),
            "resp": f"{_joined(names)}分别为{_joined(counts)}",
            "names": "、".join(names),
            "shares": "；".join(shares),
            "nested": "、".join([self._nested(rng), *items[1:]]),
            "count": len(names),
        }

    def _nested(self, rng: Random) -> str:
        (name, count), *_ = self.parts.items()
        if count < 2:
            return f"{name}{count}{self.unit}"
        inner = rng.randint(1, count - 1)
        first, second = rng.choice(
            (("县级", "乡级"), ("文字类", "图表类"), ("首次", "再次"), ("上半年", "下半年"))
        )
        u = self.unit
        return f"{name}{count}{u}（{rng.choice(('其中', ''))}{first}{inner}{u}、{second}{count - inner}{u}）"


def _joined(items: list[str]) -> str:
    return "、".join(items[:-1]) + "和" + items[-1]


def divided(names: tuple[str, ...], unit: str, rng: Random, most: int = 160) -> Division:
    """Return a division into two to five of *names*, each with a count from 1 to *most*."""
    chosen = rng.sample(names, min(len(names), rng.choice((2, 3, 3, 4, 5))))
    return Division({name: rng.randint(1, most) for name in chosen}, unit)


def split(total: int, names: tuple[str, ...], unit: str, rng: Random) -> Division:
    """Return *total* divided among *names*; a part may be 0."""
    cuts = sorted(rng.randint(0, total) for _ in names[1:])
    counts = [high - low for low, high in zip([0, *cuts], [*cuts, total], strict=True)]
    return Division(dict(zip(names, counts, strict=True)), unit)
