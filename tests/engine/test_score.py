"""Points by a scoring sheet: what is taken for findings, and what is not judged and costs nothing."""

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nianbao.engine.finding import (
    Basis,
    Diagnostic,
    Finding,
    Outcome,
    OutcomeState,
    Severity,
    Strength,
    Suppression,
)
from nianbao.engine.score import Indicator, Score, score
from nianbao.engine.verdict import Verdict
from nianbao.report.form import load_forms
from nianbao.report.report import Report
from nianbao.testing import compliant
from nianbao.text.language import same
from nianbao.text.source import Source, Span
from nianbao_grammar import official_forms

REPORT = Report(Source(compliant("2021", "county", 3).render()), load_forms(official_forms()))
WAIVED = Suppression("waiver", "以上级核定的数为准", "nianbao.waivers.yaml:2")


def found(
    code: str, severity: Severity = Severity.ERROR, suppressed: Suppression | None = None
) -> Diagnostic:
    finding = Finding(Span(0, 1), same("甲"), same("乙"))
    basis = (Basis("甲", "", Strength.LAW),)
    return Diagnostic(code, "a", severity, basis, "导语", 0, finding, code, suppressed=suppressed)


def verdict(diagnostics: Sequence[Diagnostic], undetermined: Sequence[str] = ()) -> Verdict:
    """Return the verdict of rules A to E on a report, with these findings and these rules undetermined."""
    failed = {one.code for one in diagnostics}

    def state(code: str) -> OutcomeState:
        if code in undetermined:
            return OutcomeState.UNDETERMINED
        return OutcomeState.FAILED if code in failed else OutcomeState.PASSED

    codes = [f"QH00{number}" for number in range(1, 6)]
    return Verdict(REPORT, tuple(diagnostics), tuple(Outcome(code, state(code)) for code in codes))


def sheet(**changes: object) -> Indicator:
    indicator = Indicator("数据", Decimal(10), Decimal(3), Decimal(10), ("QH001", "QH002"))
    return indicator._replace(**changes)


def scored(*diagnostics: Diagnostic, undetermined: Sequence[str] = (), **changes: object) -> Score:
    result = score(verdict(diagnostics, undetermined), (sheet(**changes),))
    assert result is not None
    return result


@pytest.mark.parametrize(
    ("codes", "changes", "lost"),
    [
        ([], {}, "0"),
        (["QH001"], {}, "3"),
        (["QH001", "QH001", "QH002"], {}, "9"),
        (["QH001"] * 4, {}, "10"),  # no more than it is worth
        (["QH001"] * 4, {"most": Decimal(5)}, "5"),
        (["QH001", "QH001", "QH002"], {"once": True}, "6"),  # two rules fail
        (["QH003"], {}, "0"),  # a rule of no indicator
        (["QH001"] * 3, {"each": Decimal("0.5")}, "1.5"),
    ],
)
def test_points_are_taken_for_each_finding(codes: list[str], changes: dict[str, object], lost: str) -> None:
    result = scored(*map(found, codes), **changes)
    assert (result.lost, result.points) == (Decimal(lost), 10 - Decimal(lost))
    assert result.whole


def test_hints_cost_nothing_unless_the_sheet_says_so() -> None:
    hint = found("QH001", Severity.INFO)
    assert scored(hint).lost == 0
    assert scored(hint, severity=Severity.INFO).lost == 3
    assert scored(found("QH001", Severity.WARNING), severity=Severity.ERROR).lost == 0


def test_what_is_suppressed_costs_nothing_and_is_named() -> None:
    waived = found("QH001", suppressed=WAIVED)
    result = scored(waived, found("QH002"))
    (loss,) = result.losses
    assert (result.lost, loss.excused, [one.code for one in loss.charged]) == (3, (waived,), ["QH002"])


def test_what_is_not_judged_costs_nothing_and_is_named() -> None:
    """A rule that could not judge, and one that did not run; then the score is not the whole one."""
    result = scored(undetermined=["QH002", "QH003"], codes=("QH001", "QH002", "QH009"))
    assert (result.lost, result.undetermined, result.unasked) == (0, ("QH002",), ("QH009",))
    assert not result.whole


def test_a_verdict_that_is_none_has_no_score() -> None:
    """Full marks for a report of which nothing was read would be the worst of all."""
    most = [f"QH00{number}" for number in range(1, 5)]
    assert score(verdict([], most), (sheet(),)) is None
    other = Report(Source("今年天气不错。\n"), load_forms(official_forms()))
    assert score(verdict([])._replace(report=other), (sheet(),)) is None


POINTS = st.integers(1, 60).map(lambda halves: Decimal(halves) / 2)


@given(
    st.lists(st.sampled_from(["QH001", "QH002", "QH003"])),
    POINTS,
    POINTS,
    st.booleans(),
)
def test_laws_of_a_score(codes: list[str], worth: Decimal, each: Decimal, once: bool) -> None:
    """It lies between nought and the worth, one finding more never raises it, and one order is as good as another."""
    changes: dict[str, object] = {"worth": worth, "most": worth, "each": each, "once": once}
    before = scored(*map(found, codes), **changes)
    after = scored(*map(found, [*codes, "QH001"]), **changes)
    assert 0 <= after.points <= before.points <= worth
    assert before.lost + before.points == before.worth == worth
    assert scored(*map(found, reversed(codes)), **changes).lost == before.lost
