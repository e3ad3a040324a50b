"""Published reports held against what a reader has found in them, where the collection is at hand.

`labels.yaml` beside the reports says what must be found, what may be and what must not be. What is reported
beyond that was looked at and entered in `corpus_reviewed.yaml`, by fingerprint; anything new fails here
until somebody has looked at it too.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from nianbao.config import Settings
from nianbao.diagnostic import Diagnostic
from nianbao.engine import Verdict
from nianbao.plugins import load
from nianbao.run import Input, linter
from nianbao.source import Span

HERE = Path(__file__).parent
CORPUS = HERE.parent.parent / "shared" / "corpus"
LABELS = CORPUS / "labels.yaml"

pytestmark = pytest.mark.skipif(
    not LABELS.exists(), reason="no collection of published reports beside the project"
)

ENTRIES = yaml.safe_load(LABELS.read_text(encoding="utf-8")) if LABELS.exists() else []
REVIEWED = yaml.safe_load((HERE / "corpus_reviewed.yaml").read_text(encoding="utf-8"))
RULES = load().rules
BUILT = {rule.code for rule in RULES} | {rule.family for rule in RULES}


@cache
def _verdict(file: str) -> Verdict:
    checked = linter(Settings()).check(Input(str(CORPUS / file)))
    assert checked.verdict is not None, checked.error
    return checked.verdict


def _labels(*kinds: str) -> Iterator[Any]:
    for entry in ENTRIES:
        for kind in kinds:
            for label in entry.get(kind, ()):
                rules = [rule for rule in label["rules"] if rule in BUILT]
                if not rules:  # none of these is built yet
                    continue
                name = f"{entry['file'][:20]} {label['at'][:16]!r} {'/'.join(label['rules'])}"
                yield pytest.param(entry["file"], {**label, "rules": rules}, id=name)


def _spans(text: str, label: Mapping[str, Any]) -> list[Span]:
    """Return where a label points: its words, of which `nth` picks one; anywhere for `document`."""
    if label["at"] == "document":
        return [Span(0, len(text))]
    places = [match.start() for match in re.finditer(re.escape(label["at"]), text)]
    assert places, f"{label['at']!r} does not occur"
    chosen = [places[label["nth"] - 1]] if "nth" in label else places
    return [Span(start, start + len(label["at"])) for start in chosen]


def _touching(verdict: Verdict, label: Mapping[str, Any]) -> list[Diagnostic]:
    spans = _spans(verdict.report.source.text, label)
    return [
        found
        for found in verdict.diagnostics
        if any(re.fullmatch(rf"{rule}\d*", found.code) for rule in label["rules"])
        and any(_touches(found.finding.span, span) for span in spans)
    ]


def _touches(one: Span, other: Span) -> bool:
    """Return whether two spans share a character; an empty one counts as the character it stands before."""
    return one.start < max(other.end, other.start + 1) and other.start < max(one.end, one.start + 1)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["file"])
def test_year_form_and_level(entry: Mapping[str, Any]) -> None:
    report = _verdict(entry["file"]).report
    form = report.form.name if report.form else None
    assert (report.year, form, report.issuer.level) == (entry["year"], entry["form"], entry["level"])


@pytest.mark.parametrize(("file", "label"), list(_labels("must")))
def test_what_must_be_found(file: str, label: Mapping[str, Any]) -> None:
    assert _touching(_verdict(file), label)


@pytest.mark.parametrize(("file", "label"), list(_labels("must_not")))
def test_what_must_not_be_found(file: str, label: Mapping[str, Any]) -> None:
    found = _touching(_verdict(file), label)
    assert not [f"{d.code} {d.text!r} {d.finding.message.zh}" for d in found]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["file"])
def test_as_many_are_found_as_are_labelled(entry: Mapping[str, Any]) -> None:
    """Several labels with one rule on the whole document are as many findings, not one for all of them."""
    wanted = Counter(
        label["rules"][0] for label in entry["must"] if label["at"] == "document" and len(label["rules"]) == 1
    )
    found = Counter(d.code for d in _verdict(entry["file"]).diagnostics)
    assert not {code: count for code, count in wanted.items() if code in BUILT and found[code] < count}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["file"])
def test_everything_else_was_looked_at(entry: Mapping[str, Any]) -> None:
    """What no label speaks of: somebody has read the passage and judged the finding right or arguable."""
    verdict = _verdict(entry["file"])
    labels = [*entry["must"], *entry.get("may", ())]
    expected = {id(found) for label in labels for found in _touching(verdict, label)}
    seen = {item["fingerprint"] for item in REVIEWED.get(entry["file"], ())}
    unseen = [
        found for found in verdict.diagnostics if id(found) not in expected and found.fingerprint not in seen
    ]
    assert not [_line(verdict, found) for found in unseen]


@pytest.mark.parametrize("file", list(REVIEWED))
def test_what_was_looked_at_is_still_reported(file: str) -> None:
    fingerprints = {found.fingerprint for found in _verdict(file).diagnostics}
    assert not [item for item in REVIEWED[file] if item["fingerprint"] not in fingerprints]


def _line(verdict: Verdict, found: Diagnostic) -> str:
    place = verdict.report.source.position(found.finding.span.start)
    return f"{found.fingerprint} {place.line}:{place.column} {found.code} {found.text[:30]!r} {found.finding.message.zh}"


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["file"])
def test_what_is_not_bound_is_missing_from_the_file(entry: Mapping[str, Any]) -> None:
    """Every cell of the form is read, but where the label says that rows are missing or nothing can be read."""
    report = _verdict(entry["file"]).report
    assert report.form is not None
    bound = {
        table.key: len(report.tables[table.key].cells) if table.key in report.tables else 0
        for table in report.form.tables
    }
    whole = {table.key: len(table.rows) * len(table.columns) for table in report.form.tables}
    told = {rule for label in entry["must"] for rule in label["rules"]}

    if "DOC002" in told:
        assert not any(bound.values())
    elif "SUM008" in told:
        assert {key for key in whole if bound[key] < whole[key]} <= {"applications", "review"}
    else:
        assert bound == whole
