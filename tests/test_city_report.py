"""A whole report of a city in Markdown, merged cells flattened: every sum holds, and every cell is where it belongs."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from nianbao.engine.finding import State
from nianbao.engine.lint import lint
from nianbao.engine.rule import Rule
from nianbao.report.form import Form
from nianbao.report.report import Report
from nianbao.text.source import Source

PATH = Path(__file__).parent / "reports" / "linchuan-2025.md"


def _report(forms: Sequence[Form]) -> Report:
    return Report(Source.decode(PATH.read_bytes(), PATH.name), forms)


def test_nothing_is_wrong_with_its_tables(all_rules: Sequence[Rule], forms: Sequence[Form]) -> None:
    verdict = lint(_report(forms), all_rules)
    assert not [found.code for found in verdict.diagnostics if found.code.startswith(("ART", "SUM"))]


def test_its_tables_were_judged(all_rules: Sequence[Rule], forms: Sequence[Form]) -> None:
    """No finding is not enough: each rule for the form of 2021 has said that it passed."""
    tables = [rule for rule in all_rules if rule.family in ("ART", "SUM") and "2021" in rule.forms]
    verdict = lint(_report(forms), tables)
    assert len(verdict.outcomes) >= 20
    assert {outcome.state for outcome in verdict.outcomes} == {State.PASSED}


def test_every_cell_is_read(forms: Sequence[Form]) -> None:
    """10 cells in section two, 25 rows of 7 and one of 15, and some of them by their figures in the report."""
    report = _report(forms)
    counts = {key: len(table.cells) for key, table in report.tables.items()}
    assert sum(counts.values()) == 10 + 25 * 7 + 15
    figures = {
        ("regulations", "normative_documents", "in_force"): 4185,
        ("permits", "permits", "decisions"): 11398889,
        ("charges", "charges", "amount"): 316441,
        ("applications", "received", "total"): 14069,
        ("applications", "not_held", "legal_services"): 89,
        ("applications", "otherwise", "business"): 17,
        ("review", "cases", "review_total"): 790,
        ("review", "cases", "after_pending"): 51,
    }
    for (table, row, column), value in figures.items():
        assert report.tables[table][row, column].value == Decimal(value)


def test_all_forty_two_sums_hold(forms: Sequence[Form]) -> None:
    report = _report(forms)
    held = [equation.holds for key in ("applications", "review") for equation in report.equations(key)]
    assert held == [True] * 42
