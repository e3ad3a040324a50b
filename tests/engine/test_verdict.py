"""When a verdict is one: a report was read whole, and most of the rules that apply came to a conclusion."""

import pytest
from nianbao.engine.checked import Checked, Summary
from nianbao.engine.finding import Outcome, OutcomeState
from nianbao.engine.verdict import Lack, Verdict
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


PASSED, FAILED = Outcome("QH001", OutcomeState.PASSED), Outcome("QH001", OutcomeState.FAILED)
TOLD = tuple(Outcome(f"QH10{at}", OutcomeState.UNDETERMINED, told_by="QH001") for at in range(3))
OPEN = tuple(Outcome(f"QH20{at}", OutcomeState.UNDETERMINED) for at in range(2))
APART = tuple(Outcome(f"QH30{at}", OutcomeState.NOT_APPLICABLE) for at in range(2))


@pytest.mark.parametrize(
    ("outcomes", "lack"),
    [
        ((FAILED, *TOLD), None),
        ((FAILED, *TOLD, *OPEN), Lack.CONCLUSIONS),
        ((PASSED, *TOLD), Lack.CONCLUSIONS),  # the one that would tell has found nothing
        (TOLD, Lack.CONCLUSIONS),  # or was not chosen
        ((PASSED, *OPEN), Lack.CONCLUSIONS),
        (APART, Lack.RULES),
        ((PASSED, *APART), None),
    ],
)
def test_what_another_rule_has_found_is_no_missing_conclusion(
    outcomes: tuple[Outcome, ...], lack: Lack | None
) -> None:
    report = Report(Source(compliant("2021", "county", 3).render()), load_forms(official_forms()))
    assert Verdict(report, (), outcomes).lack is lack


def test_a_text_that_is_no_report_lacks_a_report_whatever_the_rules_say() -> None:
    letter = Report(Source("各位同事：\n下午开会。\n"), load_forms(official_forms()))
    assert Verdict(letter, (), (PASSED,)).lack is Lack.REPORT
    assert Verdict(letter, (), OPEN).lack is Lack.REPORT
