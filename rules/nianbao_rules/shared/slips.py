"""Set phrases in which one sign was replaced by one of like sound or like shape.

With one sign wrong, two of any four that follow one another are still right, and they are the first two or the
last two. So one pass over the pairs of a text, each with what should stand beside it, finds all of them.
"""

from collections.abc import Iterator
from functools import cache
from operator import add

from nianbao_rules.shared.alike import SHAPES, SOUNDS
from nianbao_rules.shared.confusions import SHAPE, SOUND, Miswritten
from nianbao_rules.shared.set_phrases import AROUND, JOINTS, RIGHT, SET_PHRASES

_LONGEST = 3  # signs of a word in RIGHT


def _with_each(rows: list[str]) -> dict[str, str]:
    """Return each sign of *rows* with all that stand in a row with it."""
    beside: dict[str, str] = {}
    for row in rows:
        for sign in row:
            beside[sign] = beside[sign] + row if sign in beside else row
    return beside


def _pairs() -> dict[str, tuple[str, str]]:
    """Return each pair that begins or ends four signs of a phrase, with all that the other two may be: behind it, before it."""
    behind: dict[str, str] = {}
    before: dict[str, str] = {}
    for phrase in SET_PHRASES:
        for four in (phrase,) if len(phrase) == 4 else _fours(phrase):  # most have four signs
            first, last = four[:2], four[2:]
            behind[first] = f"{behind.get(first, ' ')}{last} "
            before[last] = f"{before.get(last, ' ')}{first} "
    return {pair: (behind.get(pair, ""), before.get(pair, "")) for pair in behind | before}


def _fours(phrase: str) -> list[str]:
    """Return stretches of four signs in which each sign of *phrase* is."""
    return [phrase[start : start + 4] for start in (*range(0, len(phrase) - 4, 2), len(phrase) - 4)]


_SOUNDING = SOUNDS.split()[1::2]  # each row begins with its sound
_LIKE = _with_each(_SOUNDING + SHAPES.split())
_BESIDE = _pairs()


@cache
def _beginnings() -> frozenset[str]:
    return AROUND.union([phrase[:2] for phrase in SET_PHRASES])


@cache
def _endings() -> frozenset[str]:
    return AROUND.union([phrase[-2:] for phrase in SET_PHRASES])


def slips(text: str) -> Iterator[Miswritten]:
    """Yield the set phrases in *text* that have one sign wrong; one may be yielded twice."""
    text += "\n\n"  # so that two signs stand behind every pair
    pairs = list(map(add, text, text[1:]))
    for at, beside in enumerate(map(_BESIDE.get, pairs)):
        if beside is not None:
            behind, before = beside
            if behind:
                found = pairs[at + 2]
                if found not in behind and (found[0] in behind or found[1] in behind):
                    for wrong, other in _with_one(found, behind):
                        yield from _slip(text, at, pairs[at] + other, 2 + wrong)
            if before and at > 1:
                found = pairs[at - 2]
                if found not in before and (found[0] in before or found[1] in before):
                    for wrong, other in _with_one(found, before):
                        yield from _slip(text, at - 2, other + pairs[at], wrong)


def _with_one(found: str, others: str) -> Iterator[tuple[int, str]]:
    """Yield the pairs of *others* that have one of the two signs *found*, after which of the two is like theirs but another."""
    first, last = found[0], found[1]
    at = others.find(f" {first}")
    while at >= 0:
        if last in _LIKE.get(others[at + 2], ""):
            yield 1, others[at + 1 : at + 3]
        at = others.find(f" {first}", at + 1)
    at = others.find(f"{last} ")
    while at >= 0:
        if first in _LIKE.get(others[at - 1], ""):
            yield 0, others[at - 1 : at + 1]
        at = others.find(f"{last} ", at + 1)


def _reason(wrong: str, right: str) -> str:
    """Return in what way the sign *wrong* is like the *right* one."""
    return SOUND if any(wrong in row and right in row for row in _SOUNDING) else SHAPE


def _slip(text: str, start: int, four: str, wrong: int) -> Iterator[Miswritten]:
    """Yield the shortest phrase with these *four* signs that is at *start* of *text* but for the sign *wrong* of the four."""
    at, right = start + wrong, four[wrong]
    if _is_right(text, at):
        return
    for phrase in (phrase for phrase in SET_PHRASES if four in phrase):
        first = start - phrase.index(four)
        end = first + len(phrase)
        written = text[max(first, 0) : end]
        if f"{text[max(first, 0) : at]}{right}{text[at + 1 : end]}" == phrase and (
            (at > first or _ends(text, at)) and (at < end - 1 or _begins(text, end))
        ):
            yield Miswritten(first, written, phrase, _reason(text[at], right))
            return


def _is_right(text: str, at: int) -> bool:
    """Return whether the sign *at* is part of a word that is right by itself."""
    return any(
        text[start:end] in RIGHT
        for start in range(max(0, at - _LONGEST + 1), at + 1)
        for end in range(at + 1, start + _LONGEST + 1)
    )


def _begins(text: str, at: int) -> bool:
    """Return whether something new begins *at*, so that the sign before belongs to what ends there."""
    return not text[at].isalpha() or text[at] in JOINTS or text[at : at + 2] in _beginnings()


def _ends(text: str, at: int) -> bool:
    """Return whether something ends *at*, so that the sign there belongs to what begins."""
    return at == 0 or not text[at - 1].isalpha() or text[at - 1] in JOINTS or text[at - 2 : at] in _endings()
