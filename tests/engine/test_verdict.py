"""When a verdict is one: a report was read whole, and most of the rules that apply came to a conclusion."""

import pytest
from nianbao.engine.checked import Checked, Summary
from nianbao.engine.finding import Outcome, OutcomeState
from nianbao.engine.verdict import Verdict
from nianbao.report.form import load_forms
from nianbao.report.report import Report
from nianbao.testing import compliant
from nianbao.text.source import Source
from nianbao_grammar import official_forms


@pytest.mark.parametrize(
    ("passed", "failed", "undetermined", "not_applicable", "code"),
    [
        (3, 0, 0, 0, 0),
        (3, 0, 3, 0, 0),  # as many, not most
        (2, 1, 3, 9, 0),
        (2, 0, 3, 9, 3),
        (0, 2, 3, 0, 3),  # findings below --fail-on
        (0, 0, 1, 0, 3),
        (0, 0, 0, 9, 3),  # no rule applies
    ],
)
def test_most_rules_have_to_conclude(
    passed: int, failed: int, undetermined: int, not_applicable: int, code: int
) -> None:
    report = Report(Source(compliant("2021", "county", 3).render()), load_forms(official_forms()))
    states = [
        *[OutcomeState.PASSED] * passed,
        *[OutcomeState.FAILED] * failed,
        *[OutcomeState.UNDETERMINED] * undetermined,
        *[OutcomeState.NOT_APPLICABLE] * not_applicable,
    ]
    outcomes = tuple(Outcome(f"QH{number:03}", state) for number, state in enumerate(states))
    summary = Summary()

    summary.add(Checked("a.txt", Verdict(report, (), outcomes)))

    assert summary.exit_code == code
    assert summary.unjudged == (code == 3)
