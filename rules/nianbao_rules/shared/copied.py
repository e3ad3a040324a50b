"""What a report has in common with another, names, places, years and figures aside.

What every report says is no copy: headings, sentences on the law, on the report itself, that there was none of something,
and those that list the figures of the year.
"""

from functools import lru_cache
from typing import TYPE_CHECKING

from nianbao.api import Elsewhere, Related, Report, Span, Text, negations
from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

if TYPE_CHECKING:  # most runs read one report and know no other
    from collections.abc import Iterator

    from nianbao.api import Neighbour, Sentence

_ALSO_COPIED = Text("这里也相同", "this is the same too")
_USUAL = r"《|条例|报告|^[^，：]{0,12}(?:方面|情况)$"  # the last are headings
_LISTED = 3  # figures
_PARTS = r"[^。！？；!?;\n]+"
_LETTERS = r"[\u4e00-\u9fff]"
_SEEN = 120  # characters by which a sentence of a report is known again in it


class Passage(NamedTuple):
    """A sentence of the report, and the same in the other."""

    span: Span
    own: "Sentence"
    other: "Sentence"


class Copy(NamedTuple):
    """The passages that a report has in common with another, in order, and the letters of all that each might have."""

    path: str  # of the other
    passages: tuple[Passage, ...]
    letters: int
    others: int

    @property
    def copied(self) -> int:
        """The letters of the passages."""
        return sum(letters(passage.own.text) for passage in self.passages)

    @property
    def percent(self) -> int:
        """The share of the passages, in whole percent."""
        return 100 * self.copied // self.letters if self.letters else 0

    @property
    def least(self) -> int:
        """The letters of the passages in that of the two where they are fewer, as its name is shorter."""
        return min(self.copied, sum(letters(passage.other.text) for passage in self.passages))

    @property
    def of_either(self) -> int:
        """The share of the passages in the report that has less besides them, in whole percent: the same for both."""
        theirs = sum(letters(passage.other.text) for passage in self.passages)
        return max(self.percent, 100 * theirs // self.others if self.others else 0)

    @property
    def span(self) -> Span:
        """The first of the passages in the report."""
        return self.passages[0].span

    @property
    def related(self) -> tuple[Related, ...]:
        """The passages behind the first."""
        return tuple(Related(passage.span, _ALSO_COPIED) for passage in self.passages[1:])

    def elsewhere(self, report: Report) -> tuple[Elsewhere, ...]:
        """Return the passages as the other has them; *report* names their sections."""
        titles = {section.key: section.title for section in report.form.sections} if report.form else {}
        return tuple(
            Elsewhere(self.path, titles.get(passage.other.section, ""), passage.other.text)
            for passage in self.passages
        )


def copy_of(report: Report, other: "Neighbour", section: str) -> Copy:
    """Return what *section* of *report* has in common with *other*, by digest."""
    its = {sentence.digest: sentence for sentence in other.sentences}
    # What is usual in one of the two, as “上年结转0件”, is no copy in the other.
    usual = {sentence.digest for sentence in its.values() if _usual(sentence)}
    usual |= {sentence.digest for sentence in _own(report) if _usual(sentence)}
    own = [
        (span, sentence)
        for span, sentence in telling(report)
        if sentence.section == section and sentence.digest not in usual
    ]
    theirs = sum(
        letters(sentence.text)
        for sentence in other.sentences
        if sentence.section == section and sentence.digest not in usual
    )
    passages = tuple(
        Passage(span, sentence, its[sentence.digest]) for span, sentence in own if sentence.digest in its
    )
    return Copy(other.path, passages, sum(letters(sentence.text) for _, sentence in own), theirs)


def _own(report: Report) -> "tuple[Sentence, ...]":
    return report.itself.sentences if report.itself is not None else ()


@lru_cache(maxsize=1)  # several rules ask, one after the other
def telling(report: Report) -> "tuple[tuple[Span, Sentence], ...]":
    """Return the sentences of *report* that say something of its own, each with its span; () if it knows no other."""
    return tuple((span, sentence) for span, sentence in _sentences(report) if not _usual(sentence))


def letters(text: str) -> int:
    """Return how many Chinese characters *text* has: neither figures nor signs."""
    return len(re.findall(_LETTERS, text))


def _usual(sentence: "Sentence") -> bool:
    """Return whether *sentence* is one that most reports have."""
    if re.search(_USUAL, sentence.text) or len(re.findall(r"\d+", sentence.text)) >= _LISTED:
        return True
    return sentence.section != "problems" and bool(negations(sentence.text))


def _sentences(report: Report) -> "Iterator[tuple[Span, Sentence]]":
    """Yield the sentences of *report* as others see them, with their spans."""
    spans: dict[str, Span] = {}
    for piece in report.paragraphs:
        for part in re.finditer(_PARTS, piece.text):
            words = part[0].rstrip()
            start = piece.span.start + part.end() - len(part[0].lstrip())
            span = Span(start, piece.span.start + part.start() + len(words))
            spans.setdefault(" ".join(words.split())[:_SEEN], span)
    for sentence in _own(report):
        at = spans.get(sentence.text[:_SEEN])
        if at is not None:  # one with a private number has stars
            yield at, sentence
