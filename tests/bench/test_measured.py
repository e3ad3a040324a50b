"""What the catalogue says of texts by other hands holds: no rule misses more of them, and none is wrong more often."""

import json

import pytest
from labels import ENTRIES

from tests.bench.measured import COLUMNS, KEPT, measured
from tests.bench.real import FALSE, LAYOUTS, MISSED, PAGES, PROSE


@pytest.mark.slow
@pytest.mark.skipif(
    not (ENTRIES and LAYOUTS.exists() and PAGES.exists() and PROSE.exists()),
    reason="the collections are not at hand",
)
def test_no_rule_gets_worse() -> None:
    """Better figures are kept by `python -m tests.bench.measured --write`."""
    kept, now = json.loads(KEPT.read_text(encoding="utf-8")), measured()
    worse = {
        code: (counts, now.get(code))
        for code, counts in kept.items()
        if code not in now or any(now[code][end] > counts[end] for end in (MISSED, FALSE))
    }
    assert not worse


def test_what_is_kept_counts_the_same_of_each_rule() -> None:
    kept = json.loads(KEPT.read_text(encoding="utf-8"))
    assert kept
    assert {tuple(counts) for counts in kept.values()} == {COLUMNS}
    assert all(counts[FALSE] == 0 for counts in kept.values() if counts["texts"] == 0)
