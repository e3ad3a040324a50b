"""Published reports, what a reader has found in each of them (`labels.yaml`), and how findings compare.

The collection is beside the project; where it is not at hand `ENTRIES` is empty.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from nianbao.engine.finding import Diagnostic, OutcomeState
from nianbao.engine.verdict import Verdict
from nianbao.plugins.loading import load
from nianbao.run.linter import Input, linter
from nianbao.run.settings import Settings
from nianbao.text.source import Span

HERE = Path(__file__).parent
CORPUS = HERE.parent.parent / "shared" / "corpus"
LABELS = CORPUS / "labels.yaml"

Entry = Mapping[str, Any]
Label = Mapping[str, Any]

ENTRIES: list[Entry] = yaml.safe_load(LABELS.read_text(encoding="utf-8")) if LABELS.exists() else []
REVIEWED: Mapping[str, Any] = yaml.safe_load((HERE / "corpus_reviewed.yaml").read_text(encoding="utf-8"))


@cache
def built() -> frozenset[str]:
    """Return the codes and families of the rules there are."""
    rules = load().rules
    return frozenset(rule.code for rule in rules) | {rule.family for rule in rules}


@cache
def verdict(file: str) -> Verdict:
    """Return what is found in *file* of the collection, by default settings."""
    checked = linter(Settings()).check(Input(str(CORPUS / file)))
    assert checked.verdict is not None, checked.error
    return checked.verdict


def labels(entry: Entry, kind: str) -> Iterator[Label]:
    """Yield the labels of one *kind* (must, may, must_not), each with those of its rules that are built."""
    for label in entry.get(kind, ()):
        rules = [rule for rule in label["rules"] if rule in built()]
        if rules:
            yield {**label, "rules": rules}


def spans(text: str, label: Label) -> list[Span]:
    """Return where *label* points: its words, of which `nth` picks one; anywhere for `document`."""
    if label["at"] == "document":
        return [Span(0, len(text))]
    places = [match.start() for match in re.finditer(re.escape(label["at"]), text)]
    assert places, f"{label['at']!r} does not occur"
    chosen = [places[label["nth"] - 1]] if "nth" in label else places
    return [Span(start, start + len(label["at"])) for start in chosen]


def touching(verdict: Verdict, label: Label) -> list[Diagnostic]:
    """Return the findings of the rules of *label* where it points."""
    places = spans(verdict.report.source.text, label)
    return [
        found
        for found in verdict.diagnostics
        if _is_one_of(found.code, label) and any(_touch(found.finding.span, span) for span in places)
    ]


def _is_one_of(code: str, label: Label) -> bool:
    return any(re.fullmatch(rf"{rule}\d*", code) for rule in label["rules"])


def _touch(one: Span, other: Span) -> bool:
    """Return whether two spans share a character; an empty one counts as the character it is before."""
    return one.start < max(other.end, other.start + 1) and other.start < max(one.end, one.start + 1)


def unseen(entry: Entry) -> list[Diagnostic]:
    """Return the findings that no label is about and that no one has looked at."""
    done = verdict(entry["file"])
    known = [*entry["must"], *entry.get("may", ())]
    expected = {id(found) for label in known for found in touching(done, label)}
    seen = {item["fingerprint"] for item in REVIEWED.get(entry["file"], ())}
    return [
        found for found in done.diagnostics if id(found) not in expected and found.fingerprint not in seen
    ]


class Comparison(NamedTuple):
    """How the findings in one file compare with its labels.

    *found*, *missed* and *undecided* are the labels of what must be found; undecided are those that a rule
    has left undetermined. *false* are findings where there must be none, or that no one has judged right;
    *judged* those that no label is about and someone has looked at. *open* are the rules that left
    something of the file undetermined.
    """

    file: str
    found: tuple[Label, ...]
    missed: tuple[Label, ...]
    undecided: tuple[Label, ...]
    false: tuple[Diagnostic, ...]
    judged: int
    open: tuple[str, ...]


def compared(entry: Entry) -> Comparison:
    """Return how the findings in the file of *entry* compare with its labels."""
    file = entry["file"]
    done = verdict(file)
    undetermined = tuple(dict.fromkeys(o.code for o in done.outcomes if o.state is OutcomeState.UNDETERMINED))
    must = list(labels(entry, "must"))
    found = tuple(label for label in must if touching(done, label))
    left = [label for label in must if not touching(done, label)]
    undecided = tuple(label for label in left if any(_is_one_of(code, label) for code in undetermined))
    missed = tuple(label for label in left if label not in undecided)
    false = [wrong for label in labels(entry, "must_not") for wrong in touching(done, label)]
    return Comparison(
        file, found, missed, undecided, (*false, *unseen(entry)), len(REVIEWED.get(file, ())), undetermined
    )
