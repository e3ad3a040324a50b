"""What a table has for something that sentences speak of: a sum of cells, some of them blank or wrong.

The report is that of a county on 2021, seed 0: 74 + 8 = 82 = 68 + 14 applications, natural persons 53 + 4 = 57.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

from nianbao.report.report import Report
from nianbao.testing import compliant, official_forms
from nianbao.text.source import Source
from nianbao_rules.shared.counts import Count, counts, figure_at

OTHERS = ("business", "research", "welfare", "legal_services", "other")


def written(cells: Mapping[str, str] | None = None, form: Literal["2019", "2021"] = "2021") -> Report:
    draft = compliant(form, "county", 0)
    for address, figure in (cells or {}).items():
        draft.set(address, figure)
    return Report(Source(draft.render()), official_forms())


def counted(report: Report, table: str, key: str) -> list[Count]:
    bound = report.table(table)
    assert bound is not None
    return list(counts(report, bound, key))


def between(report: Report, table: str, key: str, figure: int) -> bool | None:
    """Return whether the first sum that *key* may mean may be *figure*."""
    return counted(report, table, key)[0].between(report, Decimal(figure), Decimal(figure))


def test_a_sum_is_written_out_and_a_figure_by_itself_is_not() -> None:
    report = written()

    assert [count.written() for count in counted(report, "applications", "carried in")] == ["8"]
    assert [count.written() for count in counted(report, "applications", "closed")] == ["68", "68 - 8 = 60"]


def test_less_than_nothing_and_a_fraction_are_no_counts() -> None:
    for figure in ("-1", "21.5"):
        report = written({"penalties/coercion/decisions": figure})
        assert between(report, "penalties", "coercion", -1) is None


def test_a_total_without_a_figure_is_that_of_its_parts() -> None:
    report = written({"applications/received/total": ""})

    assert between(report, "applications", "received", 74) is True
    assert between(report, "applications", "received", 80) is False


def test_it_is_that_of_the_parts_of_which_most_are_known() -> None:
    """The total of all applications is the last of a row and of a column; in the row a second is blank."""
    blank = {"applications/total/total": "", "applications/total/natural_person": ""}

    assert counted(written(blank), "applications", "closed")[0].value == 68


def test_a_blank_leaves_open_what_it_may_add() -> None:
    """Nothing is known of those carried in: 74 and none, or any more."""
    row = dict.fromkeys(
        (f"applications/carried_in/{key}" for key in ("natural_person", *OTHERS, "total")), ""
    )
    report = written(row)

    assert between(report, "applications", "due", 82) is None
    assert between(report, "applications", "due", 73) is False


def test_a_blank_leaves_open_what_it_may_take_away() -> None:
    """68 less the 8 - 4 = 4 that are known of those carried in is 64, or fewer."""
    report = written({"applications/carried_in/total": "", "applications/carried_in/natural_person": ""})
    (_, of_this_year) = counted(report, "applications", "closed")

    assert of_this_year.value == 64
    assert of_this_year.between(report, None, of_this_year.value - 4) is None


def test_a_figure_may_be_what_a_failing_sum_asks_of_it() -> None:
    """47 + 4 is six less than 57; in the row 47 adds up, for its total is six less too."""
    left = written({"applications/received/natural_person": "47", "applications/received/total": "68"})
    assert between(left, "applications", "received by natural_person", 53) is True
    assert between(left, "applications", "received by natural_person", 41) is False

    # 74 + 8 is three less than 68 + 17; in the row 17 adds up.
    right = written({"applications/carried_out/natural_person": "12", "applications/carried_out/total": "17"})
    assert between(right, "applications", "carried out", 14) is True
    assert between(right, "applications", "carried out", 20) is False


def test_what_other_sums_lack_is_not_asked_of_a_figure() -> None:
    """Five too many granted to research institutes; those carried in are 8 all the same."""
    report = written({"applications/granted/research": "5"})

    assert [between(report, "applications", "carried in", figure) for figure in (3, 8, 13)] == [
        False,
        True,
        False,
    ]


def test_the_form_of_2019_has_the_same_things_in_other_places() -> None:
    report = written(
        {"regulations/normative_documents/made": "6", "applications/otherwise/total": "7"}, form="2019"
    )

    assert [count.value for count in counted(report, "regulations", "documents issued")] == [6]
    assert [count.value for count in counted(report, "applications", "其他处理")] == [7]


def test_beside_a_figure_is_the_sum_that_it_should_be() -> None:
    report = written({"applications/received/total": "47"})
    (term,) = counted(report, "applications", "received")[0].terms

    assert figure_at(report, term).endswith("总计 47（各项之和74）")


def test_where_nothing_can_be_read_only_the_place_is_named() -> None:
    row = dict.fromkeys(
        (f"applications/carried_in/{key}" for key in ("natural_person", *OTHERS, "total")), ""
    )
    report = written(row)
    (term,) = counted(report, "applications", "carried in")[0].terms

    assert figure_at(report, term).endswith("· 总计")
