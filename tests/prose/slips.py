"""Sentences of the grammar with one figure wrong: not the sum of its parts, or not the figure of the table."""

import re
from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from nianbao.testing import Draft

from prose import SUBJECTS, facts_of, told
from prose.grammar import pick

# The ways that a division is written, by the slot that stands for its parts.
WAYS = {
    "dun": "甲1条、乙2条",
    "comma": "甲1条，乙2条",
    "semicolon": "甲1条；乙2条",
    "he": "甲1条和乙2条",
    "nested": "甲3条（丙1条、丁2条）、乙2条",
    "resp": "甲和乙分别为1条和2条",
}
_TOTALS = {"applications": ("received", "channels_")}


class Slip(NamedTuple):
    """A report of which one *sentence*, about *subject*, has a figure that is off.

    *way* is a key of `WAYS` where that figure is a total of parts, else the name of the figure.
    """

    subject: str
    way: str
    sentence: str
    draft: Draft


def wrong_totals(base: Draft, seed: int) -> Iterator[Slip]:
    """Yield *base* with one wrong sentence for each topic that has a total and its parts."""
    facts, rng = facts_of(base), Random(f"slips/{seed}")
    for subject, topics in SUBJECTS.items():
        total, prefix = _TOTALS.get(subject, ("total", ""))
        for topic in topics:
            pattern = pick(rng.choice(topic.sentences), rng)
            way = next((way for way in WAYS if f"{{{prefix}{way}}}" in pattern), None)
            if way is None or f"{{{total}}}" not in pattern or not topic.when(facts):
                continue
            values = {"year": facts.year, "before": facts.year - 1, "organ": facts.organ}
            values |= topic.values(facts, rng)
            right = int(str(values[total]))
            wrong = right + rng.choice((-3, -1, 1, 3))
            if 0 < wrong < 1.3 * right:  # with far less than the total they may be examples
                sentence = pattern.format_map({**values, total: wrong})
                yield Slip(subject, way, sentence, _saying(base, sentence))


def wrong_figures(base: Draft, seed: int) -> Iterator[Slip]:
    """Yield *base* with one sentence for each topic on the tables, a figure of it not that of the table.

    Nothing else in the report is about a figure of the tables.
    """
    facts, rng = facts_of(base), Random(f"slips/{seed}")
    around = told(base, seed, tables=False)
    for subject, topics in SUBJECTS.items():
        for topic in topics:
            if not topic.of_tables or not topic.when(facts):
                continue
            pattern = pick(rng.choice(topic.sentences), rng)
            values = {"year": facts.year, "before": facts.year - 1, "organ": facts.organ}
            values |= topic.values(facts, rng)
            figures = [
                name for name in re.findall(r"{(\w+)}", pattern) if name not in ("year", "before", "organ")
            ]
            figures = [name for name in figures if isinstance(values[name], int)]
            if not figures:
                continue
            name = rng.choice(figures)
            wrong = int(str(values[name])) + rng.choice((1, 2, 10))
            sentence = pattern.format_map({**values, name: wrong})
            yield Slip(subject, name, sentence, _told_there(around, subject, sentence))


def _saying(base: Draft, sentence: str) -> Draft:
    """Return *base* with *sentence* for all that is under the first heading of 总体情况."""
    draft = base.copy()
    overview = draft.section("overview")
    heading, _ = overview.subsections[0]
    overview.subsections[0] = (heading, sentence)
    return draft


_PLACES = {"applications": 1, "documents": 0, "decisions": 0}


def _told_there(base: Draft, subject: str, sentence: str) -> Draft:
    """Return *base* with *sentence* added where a report is about *subject*."""
    draft = base.copy()
    if subject not in _PLACES:
        draft.section(subject).paragraphs.append(sentence)
        return draft
    overview = draft.section("overview")
    heading, text = overview.subsections[_PLACES[subject]]
    overview.subsections[_PLACES[subject]] = (heading, text + sentence)
    return draft
