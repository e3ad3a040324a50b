"""A compliant report has no finding, and what does not matter changes nothing."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from nianbao.engine.finding import OutcomeState
from nianbao.engine.lint import lint
from nianbao.engine.rule import Rule
from nianbao.report.form import Form
from nianbao.report.issuer import LEVELS
from nianbao.report.report import Report
from nianbao.testing import Draft, compliant, noisy
from nianbao.testing.strategies import reports
from nianbao.text.source import Source

EXAMPLES = 50
RULE_MAKERS = {"city", "province", "ministry"}


def _found(draft: Draft, rules: Sequence[Rule], forms: Sequence[Form]) -> list[str]:
    verdict = lint(Report(Source(draft.render()), forms), rules)
    found = [f"{d.code} {d.text!r} {d.finding.message.zh}" for d in verdict.diagnostics]
    open_ends = (OutcomeState.UNDETERMINED, OutcomeState.CRASHED)
    return found + [f"{o.code} {o.state.value}: {o.reason}" for o in verdict.outcomes if o.state in open_ends]


@settings(max_examples=EXAMPLES)
@given(draft=reports())
def test_a_compliant_report_has_no_finding(
    draft: Draft, rules: Sequence[Rule], forms: Sequence[Form]
) -> None:
    assert not _found(draft, rules, forms)


@settings(max_examples=EXAMPLES)
@given(draft=reports())
def test_noise_in_labels_changes_nothing(draft: Draft, rules: Sequence[Rule], forms: Sequence[Form]) -> None:
    assert not _found(noisy(draft), rules, forms)


@settings(max_examples=EXAMPLES)
@given(draft=reports())
def test_a_report_is_read_as_it_was_written(draft: Draft, forms: Sequence[Form]) -> None:
    report = Report(Source(draft.render()), forms)
    assert report.form is not None
    assert (report.form.name, report.year, report.issuer.level) == (draft.form.name, draft.year, draft.level)
    assert report.issuer.name == draft.organ
    assert report.issuer.government == draft.organ.endswith("人民政府")
    assert [(s.key, s.standing) for s in report.sections] == [(s.key, "official") for s in draft.sections]
    assert [(p.start.year, p.is_year, p.complete) for p in report.periods] == [(draft.year, True, True)]
    read = {cell.address: cell.text for table in report.tables.values() for cell in table.cells}
    assert read == draft.cells


@settings(max_examples=EXAMPLES)
@given(draft=reports())
def test_figures_satisfy_the_form(draft: Draft) -> None:
    """The generator checked against the identities as the form file prints them, by plain addition."""
    figures = {address: float(text) for address, text in draft.cells.items()}
    for identity in draft.form.identities:
        table = draft.form.table(identity.table)
        assert table is not None
        lines = [c.key for c in table.columns] if identity.along == "columns" else [r.key for r in table.rows]
        for line in lines:
            sides = []
            for keys in (identity.left, identity.right):
                pairs = [(key, line) if identity.along == "columns" else (line, key) for key in keys]
                sides.append(sum(figures[f"{table.key}/{row}/{column}"] for row, column in pairs))
            assert sides[0] == sides[1], (identity.name, line)
    if draft.level not in RULE_MAKERS:
        assert not any(
            value for address, value in figures.items() if address.startswith("regulations/rules/")
        )


@pytest.mark.parametrize("level", LEVELS)
def test_the_same_seed_gives_the_same_report(level: str) -> None:
    assert compliant(level=level, seed=7).render() == compliant(level=level, seed=7).render()  # type: ignore[arg-type]
    assert compliant(level=level, seed=7).render() != compliant(level=level, seed=8).render()  # type: ignore[arg-type]
