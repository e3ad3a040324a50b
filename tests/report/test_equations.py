"""Identities over cells: whether they hold, how they are written out, and which cell explains a failure.

All figures are set here, so that every expected value can be added up by hand.
"""

from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nianbao.report.equations import Equation, Imbalance, number, repairs, written
from nianbao.report.report import Report
from nianbao.testing import compliant, official_forms
from nianbao.text.source import Source

# Natural persons: 12 + 3 = 14 + 1, 14 = 9 + 5. Businesses: 4 + 0 = 4 + 0, 4 = 4. All others zero.
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
    one_more = _report({"applications/granted/business": "5"})
    assert written(_equation(one_more, "applications", "outcomes", "商业企业")) == "5 ≠ 4"


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
        # What is there is no figure: nothing can be said, not even where the rest adds up.
        ({"applications/total/natural_person": "若干"}, None),
        (
            {"applications/carried_out/natural_person": "若干", "applications/total/natural_person": "15"},
            None,
        ),
        # By less than one as well: with a blank it may be so, without it may not.
        ({"applications/carried_in/natural_person": "", "applications/total/natural_person": "11.5"}, None),
        ({"applications/carried_out/natural_person": "", "applications/total/natural_person": "14.5"}, None),
        ({"applications/total/natural_person": "14.5"}, False),
        # A blank or a sign in its place adds up with the rest if the rest does.
        ({"applications/carried_out/natural_person": "", "applications/total/natural_person": "15"}, True),
        ({"applications/carried_out/natural_person": "/", "applications/total/natural_person": "15"}, True),
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


ADDRESSES = sorted(
    address for address in compliant("2021", "county", 0).cells if address.startswith("applications/")
)


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(ADDRESSES), st.integers(0, 40))
def test_whichever_cell_is_wrong_it_is_named_with_its_right_figure(address: str, wrong: int) -> None:
    """A cell of table three is in an identity of its row and in one of its column, and no other is in both."""
    right = _report()
    cell = next(cell for cell in right.tables["applications"].cells if cell.address == address)
    causes = _causes({address: str(wrong)})
    assert [(c.cell.address, c.value) for c in causes if c.cell] == (
        [] if wrong == cell.value else [(address, cell.value)]
    )
    assert all(c.cell for c in causes)


@settings(deadline=None, max_examples=40)
@given(st.dictionaries(st.sampled_from(ADDRESSES), st.sampled_from(["", *map(str, range(8))]), max_size=6))
def test_every_failing_equation_has_one_cause_that_puts_it_right(changes: Mapping[str, str]) -> None:
    report = _report(changes)
    causes = report.imbalances("applications")
    failing = [equation for equation in report.equations("applications") if equation.holds is False]
    assert sorted(map(_name, failing)) == sorted(_name(e) for cause in causes for e in cause.equations)
    for cause in causes:
        if cause.cell is not None:
            assert cause.value is not None
            assert cause.value >= 0
            after = _report({**changes, cause.cell.address: number(cause.value)})
            names = {_name(equation) for equation in cause.equations}
            assert all(e.holds for e in after.equations("applications") if _name(e) in names)
        if cause.shift is not None:
            one, other, *_ = (equation.difference for equation in cause.equations)
            assert one == -other
            assert cause.shift == abs(one) > 0


def _name(equation: Equation) -> tuple[str, str]:
    return equation.identity.name, equation.place


# Rows and columns that are zero in FIGURES, to put other figures in.
ROWS = ("partly_granted", "to_be_created", "petition", "repeated", "otherwise")
COLUMNS = ("research", "welfare", "legal_services", "other", "business")


def _with(outcomes: Mapping[tuple[str, str], int]) -> dict[str, str]:
    """Return the changes that put *outcomes*, by row and column, into the report, with sums that are right."""
    changes = {f"applications/{row}/{column}": str(figure) for (row, column), figure in outcomes.items()}
    persons, businesses = FIGURES["total"]
    added = {"natural_person": persons, "business": businesses}
    for column in dict.fromkeys(column for _, column in outcomes):
        more = sum(figure for (_, other), figure in outcomes.items() if other == column)
        changes[f"applications/total/{column}"] = str(added.get(column, 0) + more)
        held = FIGURES["received"][1] if column == "business" else 0
        changes[f"applications/received/{column}"] = str(held + more)
    for row in dict.fromkeys(row for row, _ in outcomes):
        changes[f"applications/{row}/total"] = str(
            sum(f for (other, _), f in outcomes.items() if other == row)
        )
    more = sum(outcomes.values())
    changes["applications/total/total"] = str(persons + businesses + more)
    changes["applications/received/total"] = str(sum(FIGURES["received"]) + more)
    return changes


def _diagonal(wrong: int, by: int, first: int = 0) -> dict[str, str]:
    """Return *wrong* cells *by* too large in as many rows and columns, all of whose cells could be so much smaller."""
    rows, columns = ROWS[first : first + wrong], COLUMNS[first : first + wrong]
    right = _with({(row, column): 7 for row in rows for column in columns})
    assert not _causes(right)
    return right | {
        f"applications/{row}/{column}": str(7 + by) for row, column in zip(rows, columns, strict=True)
    }


def _names(cause: Imbalance) -> list[str]:
    return sorted(equation.identity.name for equation in cause.equations)


@pytest.mark.parametrize("wrong", [2, 3, 4])
def test_cells_off_by_as_much_are_as_many_causes_and_none_is_named(wrong: int) -> None:
    """Any of the cells where the rows and columns cross may be a wrong one."""
    causes = _causes(_diagonal(wrong, 3))
    assert [_names(cause) for cause in causes] == [["applicants", "outcomes"]] * wrong
    assert all((cause.cell, cause.value, cause.shift) == (None, None, None) for cause in causes)


def test_a_row_that_another_cell_could_put_right_too_is_one_cause_with_its_column() -> None:
    """The total of the businesses is blank, so their cell could be one larger; the persons' column could not."""
    (cause,) = _causes({"applications/granted/natural_person": "8", "applications/total/business": ""})
    assert _names(cause) == ["applicants", "outcomes"]
    assert cause.cell is None


def test_of_more_than_eight_lines_off_by_as_much_each_is_a_cause() -> None:
    names = [_names(cause) for cause in _causes(_diagonal(5, 3))]
    assert sorted(names) == [["applicants"]] * 5 + [["outcomes"]] * 5


def test_cells_off_by_another_figure_are_others() -> None:
    changes = _diagonal(5, 0)
    for row, column, by in zip(ROWS, COLUMNS, (3, 3, 5, 5, 5), strict=True):
        changes[f"applications/{row}/{column}"] = str(7 + by)
    causes = _causes(changes)
    assert sorted(tuple({abs(e.difference) for e in cause.equations}) for cause in causes) == [
        *[(3,)] * 2,
        *[(5,)] * 3,
    ]


# An entry in the wrong one of two lines: what is written, by how much, and the lines that fail.
SHIFTS: dict[str, tuple[dict[str, str], int, set[str]]] = {
    "the wrong row": (
        {"applications/granted/natural_person": "6", "applications/not_held/natural_person": "8"},
        3,
        {"三（一）予以公开", "三（四）1.本机关不掌握相关政府信息"},
    ),
    "the wrong column": (
        {"applications/granted/natural_person": "7", "applications/granted/business": "6"},
        2,
        {"自然人", "商业企业"},
    ),
    "the other side of the balance, which fails by twice as much": (
        {"applications/received/natural_person": "9", "applications/carried_out/natural_person": "4"},
        3,
        {"一、本年新收政府信息公开申请数量", "四、结转下年度继续办理", "自然人"},
    ),
    # In the first row only the total can be 3 larger, in the second only the total 3 smaller, down to zero.
    "a total that becomes nought": (
        _with(
            {("partly_granted", "research"): 2, ("partly_granted", "welfare"): 2, ("petition", "research"): 0}
        )
        | {"applications/partly_granted/total": "1", "applications/petition/total": "3"},
        3,
        {"partly_granted", "petition"},
    ),
    "a total above that becomes nought": (
        _with({("petition", "research"): 2, ("petition", "welfare"): 2, ("partly_granted", "research"): 0})
        | {"applications/petition/total": "1", "applications/partly_granted/total": "3"},
        3,
        {"partly_granted", "petition"},
    ),
    # Two columns have no sum, so that either of their cells could put its row right: a move explains both rows.
    "a move rather than two cells of two columns without a sum": (
        _with({(row, column): 5 for row in ("partly_granted", "petition") for column in COLUMNS[:3]})
        | {"applications/total/research": "", "applications/total/welfare": ""}
        | {"applications/partly_granted/legal_services": "2", "applications/petition/legal_services": "8"},
        3,
        {"partly_granted", "petition"},
    ),
    # The first column has a blank and cannot say: the second can.
    "a line behind one with a blank": (
        _with({("partly_granted", "research"): 3, ("petition", "research"): 4})
        | {
            "applications/partly_granted/natural_person": "",
            "applications/partly_granted/research": "6",
            "applications/petition/research": "1",
        },
        3,
        {"partly_granted", "petition"},
    ),
}


@pytest.mark.parametrize("name", SHIFTS)
def test_an_entry_in_the_wrong_line_is_one_shift(name: str) -> None:
    changes, by, places = SHIFTS[name]
    (cause,) = _causes(changes)
    assert (cause.cell, cause.value, cause.shift) == (None, None, by)
    rows = {row.key: row.place for row in _report().tables["applications"].form.rows}
    assert {equation.place for equation in cause.equations} == {rows.get(place, place) for place in places}


def test_two_moves_are_two_shifts() -> None:
    causes = _causes(
        _with({(row, "research"): 5 for row in ROWS[:4]})
        | {f"applications/{row}/research": figure for row, figure in zip(ROWS, "7346", strict=False)}
    )
    assert sorted((cause.shift, len(cause.equations)) for cause in causes) == [(1, 2), (2, 2)]


@pytest.mark.parametrize(
    "changes",
    [
        # Three lines off by as much: which two of them belong together cannot be said.
        _with({(row, "research"): 2 for row in ROWS[:3]})
        | {f"applications/{row}/total": figure for row, figure in zip(ROWS, ("5", "1", "1"), strict=False)},
        # Both too large: nothing has been moved.
        _with({(row, "research"): 2 for row in ROWS[:2]})
        | {f"applications/{row}/total": "5" for row in ROWS[:2]},
        # 4 too many and 4 too few: no cell has 4 that could go, and the column of totals is wrong by itself.
        _with(
            {("partly_granted", "research"): 3, ("partly_granted", "welfare"): 3, ("petition", "research"): 3}
        )
        | {"applications/partly_granted/total": "2", "applications/petition/total": "7"}
        | {"applications/total/total": "28"},
        _with({("petition", "research"): 3, ("petition", "welfare"): 3, ("partly_granted", "research"): 3})
        | {"applications/petition/total": "2", "applications/partly_granted/total": "7"}
        | {"applications/total/total": "28"},
    ],
    ids=["three lines", "both too large", "no cell has so much", "no cell below has so much"],
)
def test_what_cannot_have_been_moved_is_no_shift(changes: Mapping[str, str]) -> None:
    assert all(cause.shift is None for cause in _causes(changes))


def test_two_wrong_cells_apart_are_two_causes() -> None:
    causes = _causes({"applications/granted/natural_person": "8", "applications/carried_in/business": "7"})
    assert {(c.cell.address, c.value) for c in causes if c.cell} == {
        ("applications/granted/natural_person", Decimal(9)),
        ("applications/carried_in/business", Decimal(0)),
    }
    assert len(causes) == 2


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
