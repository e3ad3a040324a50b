"""The comparison of a report with its correction: what it says one way and the other, and what it leaves open."""

from pathlib import Path

import pytest
from mutations import OPERATORS, mutate
from nianbao.engine.checked import Checked
from nianbao.reporters.display import Display
from nianbao.reporters.revision import Comparing, Revision, Side, Sides, revision
from nianbao.run.linter import Input, linter
from nianbao.run.settings import Settings
from nianbao.testing import compliant
from sizes import sized

DISPLAY = Display()
ALL = Comparing({}, complete=True)


def side(text: str, name: str = "青禾县.txt") -> Side:
    made = Sides(DISPLAY).part(linter(Settings()).check(Input(name, data=text.encode())))
    assert made is not None
    return made


def between(old: Side, new: Side, comparing: Comparing = ALL) -> Revision:
    return revision(old, new, comparing, DISPLAY)


def pair(seed: int) -> tuple[Side, Side] | None:
    """Return a report with one fault and the same without it."""
    names = sorted(OPERATORS)
    draft = compliant(("2021", "2019")[seed % 2], "county", seed)  # type: ignore[arg-type]
    mutation = mutate(names[seed % len(names)], draft, seed)
    return (side(mutation.text), side(draft.render())) if mutation is not None else None


@sized(many=(60, 600))
def test_what_is_corrected_one_way_is_new_the_other_way(many: int) -> None:
    told = 0
    for seed in range(many):
        sides = pair(seed)
        if sides is None or not all(hasattr(each.seen, "tables") for each in sides):
            continue
        there, back = between(*sides), between(*reversed(sides))
        gone = sorted(entry.fingerprint for entry in (*there.corrected, *there.unsettled))
        assert gone == sorted(entry.fingerprint for entry in back.fresh), seed
        assert len(there.left) == len(back.left), seed
        assert (there.changed, there.sentences) == (back.changed, back.sentences), seed
        told += len(gone)
    assert told > 20


@sized(many=(30, 300))
def test_beside_itself_nothing_is_corrected_new_or_changed(many: int) -> None:
    for seed in range(many):
        sides = pair(seed)
        if sides is None or not hasattr(sides[0].seen, "tables"):
            continue
        same = between(sides[0], sides[0])
        assert [left.entry for left in same.left] == [told.entry for told in sides[0].told], seed
        nothing = same.corrected, same.fresh, same.unsettled, same.silent, same.changed, same.sentences
        assert nothing == ((), (), (), (), 0, 0), seed


def test_moved_lines_are_the_same_findings() -> None:
    text = (
        compliant("2021", "county", 3)
        .render()
        .replace("五、存在的主要问题及改进情况", "五、存在的问题及改进措施")
    )
    there = between(side(text), side(text.replace("\n", "\n\n\n", 3)))
    assert [left.entry.code for left in there.left] == ["SEC004"]
    assert not there.corrected
    assert not there.fresh


@pytest.mark.parametrize(
    ("beside", "complete", "applied", "settled"),
    [
        ((), True, False, True),
        (("siblings",), True, True, True),
        (("siblings",), False, True, False),  # the neighbour it was copied from may not be there any more
        (("members",), False, True, False),
        (("previous",), False, True, True),
        (("previous",), True, False, False),  # last year's was not given this time
    ],
)
def test_a_finding_on_other_reports_is_corrected_only_if_these_were_seen(
    beside: tuple[str, ...], complete: bool, applied: bool, settled: bool
) -> None:
    codes = frozenset({"YOY001"})
    now = side(compliant("2021", "county", 3).render())._replace(
        ended=codes, applied=codes if applied else frozenset()
    )
    comparing = Comparing({"YOY001": beside} if beside else {}, complete)
    assert comparing.settled("YOY001", now) is settled


def test_what_is_no_report_is_not_compared(tmp_path: Path) -> None:
    made = side("各位同事：\n下午开会。\n")
    assert not hasattr(made.seen, "tables")
    assert (
        Sides(DISPLAY).part(Checked("nianbao.waivers.yaml", None, made.seen.reason, on_waivers=True)) is None
    )  # type: ignore[union-attr]
