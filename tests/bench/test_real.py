"""What the page says of texts by other hands holds: nothing that was found is missed, nothing more is false."""

import re

import pytest
import yaml
from labels import ENTRIES
from sizes import sized

from tests.bench.real import (
    ENDS,
    FALSE,
    FOUND,
    HEADING,
    LAYOUTS,
    MISSED,
    PAGE,
    PAGES,
    RIGHT,
    SOURCES,
    UNJUDGED,
    of_shapes,
)

SHAPED = ("shapes", "fine", "cells", "bound", "named", "wrong", "lost", "false")
beside = pytest.mark.skipif(
    not (ENTRIES and LAYOUTS.exists() and PAGES.exists()), reason="the collections are not at hand"
)


def _rows(names: tuple[str, ...]) -> dict[str, dict[str, int]]:
    """Return the rows of the page with as many figures as *names*, by what is at their head."""
    part = PAGE.read_text(encoding="utf-8").partition(f"\n{HEADING}\n")[2]
    found = re.findall(rf"^\| `?([\w/]+)`? \|((?: \d+ \|){{{len(names)}}})$", part, re.MULTILINE)
    return {
        head: dict(zip(names, map(int, re.findall(r"\d+", figures)), strict=True)) for head, figures in found
    }


@beside
@pytest.mark.parametrize("source", SOURCES)
def test_no_figure_of_the_page_gets_worse(source: str) -> None:
    """Better ones are kept by `python -m tests.bench.real --write`; what nobody has judged is to be judged."""
    items = list(SOURCES[source]())
    kept = _rows(ENDS)[source]
    now = {end: [item for item in items if item.end == end] for end in ENDS}

    assert len(now[FOUND]) >= kept[FOUND], now[MISSED]
    for end in (MISSED, FALSE, UNJUDGED):
        assert len(now[end]) <= kept[end], now[end]


@beside
def test_every_layout_has_its_right_answer() -> None:
    named = [file for right in yaml.safe_load(RIGHT.read_text(encoding="utf-8")) for file in right["files"]]

    assert sorted(named) == sorted(path.name for path in LAYOUTS.iterdir() if path.name != "README.md")


@sized(every=(7, 1))
def test_no_kind_of_shape_gets_worse(every: int) -> None:
    """By default one shape of *every* seven: that is as many as may have a fault among all."""
    kept = _rows(SHAPED)
    done = list(of_shapes(every))
    for kind in map(str, range(1, 6)):
        chosen = [shape for shape in done if str(shape.kind) == kind]
        faults = kept[kind]["shapes"] - kept[kind]["fine"]

        assert [shape.name for shape in chosen if not shape.fine][faults:] == []
        for end in ("wrong", "lost", "false"):
            assert sum(shape.ends[end] for shape in chosen) <= kept[kind][end]
