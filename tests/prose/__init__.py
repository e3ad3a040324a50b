"""Compliant reports whose prose comes from a grammar: what the sentences say is true, and said in many ways.

`told` writes a compliant draft again around its tables. Whoever wrote the rules wrote the grammar as well, so
it shows what these rules do with these sentences, not with every sentence there is.
"""

from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from nianbao.testing import Draft
from nianbao.testing.compliant_prose import Facts

from prose.ending import OTHER, PROBLEMS
from prose.grammar import Sentence, Topic, patterns, say
from prose.told import APPLICATIONS, DECISIONS, DOCUMENTS, REVIEW
from prose.work import DISCLOSURE, MANAGEMENT, PLATFORM, SUPERVISION

SUBJECTS: dict[str, tuple[Topic, ...]] = {
    "disclosure": DISCLOSURE,
    "applications": APPLICATIONS,
    "management": MANAGEMENT,
    "platform": PLATFORM,
    "supervision": SUPERVISION,
    "documents": DOCUMENTS,
    "decisions": DECISIONS,
    "review": REVIEW,
    "problems": PROBLEMS,
    "other": OTHER,
}
# What is under the five headings of 总体情况, in their order.
ASPECTS = (
    ("disclosure", "documents", "decisions"),
    ("applications",),
    ("management",),
    ("platform",),
    ("supervision",),
)
_MORE = 0.55  # how often something that need not be said is said


class Telling(NamedTuple):
    """A report written again, and the patterns that it was written from, by subject."""

    draft: Draft
    patterns: tuple[tuple[str, str], ...]


def told(draft: Draft, seed: int, *, tables: bool = True) -> Draft:
    """Return *draft* with its prose written again, the same for the same seed.

    Without *tables* no sentence is about a figure of the tables, so that these may be changed.
    """
    return telling(draft, seed, tables=tables).draft


def telling(draft: Draft, seed: int, *, tables: bool = True) -> Telling:
    """Return what `told` does, with the patterns used."""
    rng = Random(f"prose/{seed}")
    facts = facts_of(draft)
    used: list[tuple[str, str]] = []

    def about(subject: str) -> list[str]:
        sentences = list(_sentences(subject, facts, rng, tables=tables))
        used.extend((subject, sentence.pattern) for sentence in sentences)
        return [sentence.text for sentence in sentences]

    other = draft.copy()
    overview = other.section("overview")
    overview.subsections = [
        (heading, "".join(text for subject in subjects for text in about(subject)))
        for (heading, _), subjects in zip(overview.subsections, ASPECTS, strict=True)
    ]
    other.section("applications").paragraphs.clear()
    other.section("review").paragraphs = ["".join(about("review"))] if tables else []
    other.section("problems").paragraphs = [line for text in about("problems") for line in text.split("\n")]
    other.section("other").paragraphs = about("other")
    return Telling(other, tuple(used))


def facts_of(draft: Draft) -> Facts:
    """Return what the prose of *draft* rests on."""
    government = draft.organ.endswith("人民政府")
    return Facts(draft.form, draft.level, draft.organ, government, draft.year, draft.cells)


def _sentences(subject: str, facts: Facts, rng: Random, *, tables: bool) -> Iterator[Sentence]:
    topics = [topic for topic in SUBJECTS[subject] if topic.when(facts) and (tables or not topic.of_tables)]
    chosen = [topic for topic in topics if topic.due or rng.random() < _MORE]
    for topic in chosen or topics[:1]:
        yield say(topic, facts, rng)


def all_patterns(subject: str) -> set[str]:
    """Return every pattern that the grammar has for *subject*."""
    return {
        pattern
        for topic in SUBJECTS[subject]
        for sentence in topic.sentences
        for pattern in patterns(sentence)
    }
