"""Compliant reports with traps: true sentences that look like mistakes raise neither error nor warning."""

from collections.abc import Sequence

import pytest
from nianbao.engine.finding import Severity
from nianbao.engine.lint import lint
from nianbao.engine.rule import Rule
from nianbao.report.form import Form
from nianbao.report.issuer import LEVELS
from nianbao.report.report import Report
from nianbao.text.source import Source
from quiet import FORMS, NOTATIONS, TRAPS, quiet

SLICE = 156  # the bench checks two thousand


@pytest.mark.parametrize("seed", range(SLICE))
def test_a_quiet_report_has_no_error_and_no_warning(
    seed: int, rules: Sequence[Rule], forms: Sequence[Form]
) -> None:
    report = quiet(seed)
    verdict = lint(Report(Source(report.draft.render()), forms), rules)
    loud = [found for found in verdict.diagnostics if found.severity is not Severity.INFO]
    assert not [f"{d.code} {d.text!r} {d.finding.message.zh} {report.traps}" for d in loud]


def test_the_slice_has_every_trap_level_form_and_notation() -> None:
    reports = [quiet(seed) for seed in range(SLICE)]
    assert {(name, report.draft.form.name) for report in reports for name in report.traps} == {
        (name, form) for name in TRAPS for form in FORMS
    }
    assert {(report.draft.form.name, report.draft.level) for report in reports} == {
        (form, level) for form in FORMS for level in LEVELS
    }
    assert {report.draft.notation for report in reports} == set(NOTATIONS)


@pytest.mark.parametrize("name", TRAPS)
def test_every_trap_says_why_it_is_right(name: str) -> None:
    assert (TRAPS[name].__doc__ or "").strip().endswith(".")


def test_the_same_seed_gives_the_same_report() -> None:
    assert quiet(7).draft.render() == quiet(7).draft.render()
    assert quiet(7).draft.render() != quiet(8).draft.render()
