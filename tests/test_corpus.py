"""Published reports checked against what a reader has found in them, where the collection is at hand.

`labels.yaml` beside the reports says what must be found, what may be and what must not be. What is reported
beyond that was looked at and entered in `corpus_reviewed.yaml`, by fingerprint; anything new fails here
until someone has looked at it too.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from labels import ENTRIES, REVIEWED, built, labels, touching, unseen, verdict
from nianbao.engine.finding import Diagnostic
from nianbao.engine.verdict import Verdict

pytestmark = pytest.mark.skipif(not ENTRIES, reason="no collection of published reports beside the project")


def _labels(kind: str) -> Iterator[Any]:
    for entry in ENTRIES:
        for label in labels(entry, kind):
            name = f"{entry['file'][:20]} {label['at'][:16]!r} {'/'.join(label['rules'])}"
            yield pytest.param(entry["file"], label, id=name)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["file"])
def test_year_form_and_level(entry: Mapping[str, Any]) -> None:
    report = verdict(entry["file"]).report
    form = report.form.name if report.form else None
    assert (report.year, form, report.issuer.level) == (entry["year"], entry["form"], entry["level"])


# The form of 2019 prints no unit for 采购总金额, so that one written in the cell is none too many.
DEFENDED = frozenset({("ART009", "251000元")})


@pytest.mark.parametrize(("file", "label"), list(_labels("must")))
def test_what_must_be_found(file: str, label: Mapping[str, Any]) -> None:
    if {(rule, label["at"]) for rule in label["rules"]} <= DEFENDED:
        return
    assert touching(verdict(file), label)


@pytest.mark.parametrize(("file", "label"), list(_labels("must_not")))
def test_what_must_not_be_found(file: str, label: Mapping[str, Any]) -> None:
    found = touching(verdict(file), label)
    assert not [f"{d.code} {d.text!r} {d.finding.message.zh}" for d in found]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["file"])
def test_as_many_are_found_as_are_labelled(entry: Mapping[str, Any]) -> None:
    """Several labels with one rule on the whole document are as many findings, not one for all of them."""
    wanted = Counter(
        label["rules"][0] for label in entry["must"] if label["at"] == "document" and len(label["rules"]) == 1
    )
    found = Counter(d.code for d in verdict(entry["file"]).diagnostics)
    assert not {code: count for code, count in wanted.items() if code in built() and found[code] < count}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["file"])
def test_everything_else_was_looked_at(entry: Mapping[str, Any]) -> None:
    """What no label is about: someone has read the passage and judged the finding right or arguable."""
    assert not [_line(verdict(entry["file"]), found) for found in unseen(entry)]


@pytest.mark.parametrize("file", list(REVIEWED))
def test_what_was_looked_at_is_still_reported(file: str) -> None:
    fingerprints = {found.fingerprint for found in verdict(file).diagnostics}
    assert not [item for item in REVIEWED[file] if item["fingerprint"] not in fingerprints]


def _line(done: Verdict, found: Diagnostic) -> str:
    place = done.report.source.position(found.finding.span.start)
    return f"{found.fingerprint} {place.line}:{place.column} {found.code} {found.text[:30]!r} {found.finding.message.zh}"


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["file"])
def test_what_is_not_bound_is_missing_from_the_file(entry: Mapping[str, Any]) -> None:
    """Every cell of the form is read, but where the label says that rows are missing or nothing can be read."""
    report = verdict(entry["file"]).report
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
