"""Identities over cells: whether they hold, how they are written out, and which cell explains a failure.

All figures are set here, so that every expected value can be added up by hand.
"""

from collections.abc import Mapping
from decimal import Decimal

import pytest
from nianbao.report.equations import Equation, Imbalance, number, repairs, written
from nianbao.report.report import Report
from nianbao.testing import compliant, official_forms
from nianbao.text.source import Source

# Natural persons: 12 + 3 = 14 + 1, 14 = 9 + 5. Businesses: 4 + 0 = 4 + 0, 4 = 4. All others nought.
FIGURES = {
    "received": (12, 4),
    "carried_in": (3, 0),
    "granted": (9, 4),
    "not_held": (5, 0),
    "total": (14, 4),
    "carried_out": (1, 0),
}
REVIEW = {"review_upheld": 2, "review_corrected": 1, "review_pending": 1, "review_total": 4}


def _report(changes: Mapping[str, str] | None = None) -> Report:
    draft = compliant("2021", "county", 0)
    for address in draft.cells:
        if address.startswith(("applications/", "review/")):
            draft.cells[address] = "0"
    for row, (persons, businesses) in FIGURES.items():
        for column, value in (
            ("natural_person", persons),
            ("business", businesses),
            ("total", persons + businesses),
        ):
            draft.set(f"applications/{row}/{column}", str(value))
    for column, value in REVIEW.items():
        draft.set(f"review/cases/{column}", str(value))
    for address, text in (changes or {}).items():
        draft.set(address, text)
    return Report(Source(draft.render()), official_forms())


def _equation(report: Report, key: str, name: str, place: str = "") -> Equation:
    return next(e for e in report.equations(key, name) if place in e.place)


def _causes(changes: Mapping[str, str], key: str = "applications") -> tuple[Imbalance, ...]:
    return _report(changes).imbalances(key)


def test_every_identity_of_the_form_is_bound() -> None:
    """domain.md §2.4: 7 + 7 + 25 + 3 equalities."""
    report = _report()
    counts = {
        name: len(report.equations("applications", name)) for name in ("balance", "outcomes", "applicants")
    }
    assert counts == {"balance": 7, "outcomes": 7, "applicants": 25}
    assert [e.identity.name for e in report.equations("review")] == ["review", "direct", "after"]
    assert all(e.holds is True for key in ("applications", "review") for e in report.equations(key))
    assert not report.imbalances("applications")


def test_the_older_form_has_two_rows_fewer() -> None:
    report = Report(Source(compliant("2019").render()), official_forms())
    assert len(report.equations("applications")) == 7 + 7 + 23


def test_a_sum_is_written_out_without_its_noughts() -> None:
    report = _report(
        {"applications/carried_out/natural_person": "2", "applications/not_held/natural_person": "4"}
    )
    assert written(_equation(report, "applications", "balance", "自然人")) == "12 + 3 = 15 ≠ 16 = 14 + 2"
    assert written(_equation(report, "applications", "balance", "商业企业")) == "4 = 4"
    assert written(_equation(report, "applications", "outcomes", "自然人")) == "9 + 4 = 13 ≠ 14"
    assert written(_equation(report, "applications", "balance", "科研机构")) == "0 = 0"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("12", "12"),
        ("0", "0"),
        ("-3", "-3"),
        ("190.4500", "190.45"),
        ("7.00", "7"),
        ("1E+3", "1000"),
    ],
)
def test_figures_are_written_as_a_clerk_writes_them(value: str | None, text: str) -> None:
    assert number(None if value is None else Decimal(value)) == text


@pytest.mark.parametrize(
    ("changes", "holds"),
    [
        ({}, True),
        ({"applications/total/natural_person": "15"}, False),
        # 15 on the left, 1 and a blank on the right: with 14 in the blank it holds.
        ({"applications/total/natural_person": ""}, None),
        # 3 and a blank on the left, 15 on the right: with 12 in the blank it holds.
        ({"applications/received/natural_person": "/"}, None),
        # 14 on the right already exceeds 3 and a blank where the other side is blank too.
        ({"applications/received/natural_person": "", "applications/total/natural_person": ""}, None),
        # A blank on the left can only add to 15, and the right side is 14: no count repairs that.
        (
            {
                "applications/received/natural_person": "15",
                "applications/carried_in/natural_person": "",
                "applications/total/natural_person": "13",
            },
            False,
        ),
        # What stands there is no figure: nothing can be said.
        ({"applications/total/natural_person": "若干"}, None),
    ],
)
def test_a_blank_is_any_count_from_nought_up(changes: Mapping[str, str], holds: bool | None) -> None:
    assert _equation(_report(changes), "applications", "balance", "自然人").holds is holds


@pytest.mark.parametrize(
    ("address", "wrong", "right", "names"),
    [
        # One cell, and every identity it takes part in fails by as much.
        ("applications/granted/natural_person", "8", 9, {"outcomes", "applicants"}),
        ("applications/received/natural_person", "21", 12, {"balance", "applicants"}),
        ("applications/total/business", "5", 4, {"balance", "outcomes", "applicants"}),
        ("applications/total/total", "81", 18, {"balance", "outcomes", "applicants"}),
        ("applications/granted/total", "31", 13, {"outcomes", "applicants"}),
        ("applications/carried_out/research", "2", 0, {"balance", "applicants"}),
    ],
)
def test_one_wrong_cell_is_one_cause(address: str, wrong: str, right: int, names: set[str]) -> None:
    (cause,) = _causes({address: wrong})
    assert cause.cell is not None
    assert (cause.cell.address, cause.value) == (address, Decimal(right))
    assert {equation.identity.name for equation in cause.equations} == names


def test_two_wrong_cells_apart_are_two_causes() -> None:
    causes = _causes({"applications/granted/natural_person": "8", "applications/carried_in/business": "7"})
    assert {(c.cell.address, c.value) for c in causes if c.cell} == {
        ("applications/granted/natural_person", Decimal(9)),
        ("applications/carried_in/business", Decimal(0)),
    }
    assert len(causes) == 2


def test_an_entry_in_the_wrong_row_is_a_shift() -> None:
    """Three more in one row and three less in the row below: the columns add up, the rows do not."""
    (cause,) = _causes(
        {"applications/granted/natural_person": "6", "applications/not_held/natural_person": "8"}
    )
    assert cause.cell is None
    assert cause.shift == 3
    assert {equation.place for equation in cause.equations} == {
        "三（一）予以公开",
        "三（四）1.本机关不掌握相关政府信息",
    }


def test_a_block_of_table_four_has_one_identity_only() -> None:
    (cause,) = _causes({"review/cases/review_total": "5"}, "review")
    assert [written(equation) for equation in cause.equations] == ["2 + 1 + 1 = 4 ≠ 5"]
    assert cause.cell is None, "any of five cells may be the wrong one"


def test_repairs_name_each_cell_that_would_do() -> None:
    report = _report({"review/cases/review_total": "5"})
    failing = [e for e in report.equations("review") if e.holds is False]
    found = {r.cell.column.key: r.value for r in repairs(report.equations("review"), failing) if r.cell}
    assert found == {
        "review_upheld": 3,
        "review_corrected": 2,
        "review_other": 1,
        "review_pending": 2,
        "review_total": 4,
    }


def test_no_repair_below_nought() -> None:
    """4 in the cells and 0 as total: to lower a result of 1 by 4 is no repair."""
    report = _report({"review/cases/review_total": "0"})
    failing = [e for e in report.equations("review") if e.holds is False]
    assert [r.cell.column.key for r in repairs(report.equations("review"), failing) if r.cell] == [
        "review_total"
    ]
