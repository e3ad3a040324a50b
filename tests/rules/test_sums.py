"""What the rules of the sums say beside the words of a finding: the cells it points at, the fix, the severity."""

import pytest
from nianbao.engine.finding import Diagnostic, OutcomeState, Severity
from nianbao.engine.lint import lint
from nianbao.plugins.loading import load
from nianbao.report.report import Report
from nianbao.testing import compliant, official_forms
from nianbao.text.source import Source

RULES = {rule.code: rule for rule in load().rules if rule.family == "SUM"}


def found(code: str, **cells: str) -> Diagnostic:
    """Return what *code* finds in a report of 2021 with these *cells* of table four."""
    draft = compliant("2021", "county", 0)
    for column in ("upheld", "corrected", "other", "pending", "total"):
        draft.set(f"review/cases/direct_{column}", cells[column])
    verdict = lint(Report(Source(draft.render()), official_forms()), tuple(RULES.values()))
    (diagnostic,) = (one for one in verdict.diagnostics if one.code == code)
    return diagnostic


def beside(diagnostic: Diagnostic) -> list[str]:
    return [
        related.label.zh.removeprefix("表四 · 未经复议直接起诉 · ") for related in diagnostic.finding.related
    ]


def test_the_cells_of_a_sum_are_beside_it_but_for_noughts_and_the_one_it_is_at() -> None:
    diagnostic = found("SUM004", upheld="4", corrected="1", other="0", pending="", total="3")

    assert diagnostic.text == "3"
    assert beside(diagnostic) == ["结果维持 4", "结果纠正 1", "尚未审结 空"]


def test_of_the_cells_that_may_be_wrong_it_is_at_the_first_and_the_others_are_beside_it() -> None:
    diagnostic = found("SUM010", upheld="5", corrected="4", other="0", pending="0", total="6")

    assert diagnostic.text == "5"
    assert beside(diagnostic) == ["结果纠正 4→1", "总计 6→9"]


def test_a_figure_is_changed_only_where_a_person_asks_for_it() -> None:
    """5 alone cannot be too large by 6, nor 1 or 0: the total is wrong, and its figure is of the ledger."""
    fix = found("SUM004", upheld="5", corrected="1", other="0", pending="0", total="0").finding.fix

    assert fix is not None
    assert (fix.safe, [edit.new for edit in fix.edits]) == (False, ["6"])


def test_which_of_two_lines_is_off_is_said_of_each() -> None:
    draft = compliant("2021", "county", 0)
    draft.set(
        "applications/granted/natural_person",
        str(int(draft.cells["applications/granted/natural_person"]) - 2),
    )
    draft.set("applications/granted/business", str(int(draft.cells["applications/granted/business"]) + 2))
    verdict = lint(Report(Source(draft.render()), official_forms()), (RULES["SUM002"],))

    (diagnostic,) = verdict.diagnostics
    assert "“自然人”列与表三“商业企业”列一处多2、一处少2" in diagnostic.finding.message.zh


def test_a_sum_that_fails_for_a_cell_named_elsewhere_leaves_nothing_open() -> None:
    """Three more received break a column and a row: SUM001 names the cell, and SUM003 has no more to say."""
    draft = compliant("2021", "county", 0)
    draft.set(
        "applications/received/natural_person",
        str(int(draft.cells["applications/received/natural_person"]) + 3),
    )
    outcomes = lint(Report(Source(draft.render()), official_forms()), tuple(RULES.values())).outcomes

    ended = {outcome.code: outcome.state for outcome in outcomes}
    assert (ended["SUM001"], ended["SUM003"]) == (OutcomeState.FAILED, OutcomeState.PASSED)


@pytest.mark.parametrize("code", sorted(RULES))
def test_what_the_form_prints_is_an_error_if_it_is_a_figure(code: str) -> None:
    """A label or a note in other words leaves the figures as they are; noughts left out are a habit (ADR 0005)."""
    printed = {"SUM001", "SUM002", "SUM003", "SUM004", "SUM008"}
    guessed = {"SUM010"}
    due = Severity.ERROR if code in printed else Severity.INFO if code in guessed else Severity.WARNING

    assert RULES[code].severity is due
