"""Dates and periods as reports write them: what the words say, whether the calendar has it, what it is said of.

Every expected day was read from the words and from the calendar.
"""

from calendar import monthrange
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nianbao.report.period import Day, Period, dates, periods, statements, written_number
from nianbao.text.source import Span

YEAR = "2021年1月1日至2021年12月31日"


def day(year: int, month: int, number: int) -> Day:
    return Day(year, month, number, "", Span(0, 0), whole=True)


def only(text: str, offset: int = 0) -> Period:
    (period,) = periods(text, offset)
    return period


# -- numbers and days ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *(("2020", 2020), ("２０２０", 2020), ("二〇二〇", 2020), ("二零二一", 2021), ("7", 7)),
        *(("十", 10), ("十二", 12), ("二十", 20), ("三十一", 31), ("3十1", 31)),
    ],
)
def test_a_number_is_read_however_it_is_written(text: str, number: int) -> None:
    assert written_number(text) == number


@settings(deadline=None)
@given(st.integers(1000, 9999), st.integers(-1, 14), st.integers(-1, 33))
def test_a_day_exists_if_the_calendar_has_it(year: int, month: int, number: int) -> None:
    try:
        date(year, month, number)
    except ValueError:
        assert not day(year, month, number).exists
    else:
        assert day(year, month, number).exists


@pytest.mark.parametrize("month", range(1, 13))
def test_a_month_ends_with_its_last_day(month: int) -> None:
    last = monthrange(2021, month)[1]
    assert day(2021, month, last).exists
    assert not day(2021, month, last + 1).exists


@pytest.mark.parametrize(
    ("year", "leap"),
    [(2020, True), (2021, False), (2100, False), (2400, True), (1000, False), (9996, True)],
)
def test_the_twenty_ninth_of_february_is_in_leap_years(year: int, leap: bool) -> None:
    assert day(year, 2, 29).exists is leap
    assert day(year, 2, 28).exists
    assert not day(year, 2, 30).exists


def test_without_a_year_the_twenty_ninth_of_february_may_be() -> None:
    assert day(0, 2, 29).exists
    assert not day(0, 2, 30).exists


@pytest.mark.parametrize("year", [999, 202, 20211, 10000])
def test_a_year_has_four_figures(year: int) -> None:
    assert not day(year, 1, 1).exists


def test_a_day_is_written_out() -> None:
    assert str(day(2021, 3, 9)) == "2021年3月9日"


# -- ranges ----------------------------------------------------------------------------------------------

Dates = tuple[tuple[int, int, int], tuple[int, int, int]]
WHOLE: Dates = ((2021, 1, 1), (2021, 12, 31))

# What is complete says every day as fully as the other; the rest has lost a day or its 日.
RANGES: dict[str, tuple[Dates, bool]] = {
    "2021年1月1日至2021年12月31日": (WHOLE, True),
    "2021年1月1日至12月31日": (WHOLE, True),
    "2021年1月1日起至当年12月31日止": (WHOLE, True),
    "2021年1月1日0时起至本年12月31日24时止": (WHOLE, True),
    "2021 年 1 月 1 日 — 12 月 31 日": (WHOLE, True),
    "２０２１年１月１日～１２月３１日": (WHOLE, True),
    "二〇二一年一月一日至十二月三十一日": (WHOLE, True),
    "2021年度1月1号开始，截止到2021年12月31号": (WHOLE, True),
    "2021.1.1-2021.12.31": (WHOLE, True),
    "2021/01/01 至 2021/12/31": (WHOLE, True),
    "2021-1-1起到2021-12-31止": (WHOLE, True),
    "2021年1月至12月": (WHOLE, True),
    "2021年1月至2021年12月": (WHOLE, True),
    "2020年1月至2月": (((2020, 1, 1), (2020, 2, 29)), True),
    "2021年1月至2月": (((2021, 1, 1), (2021, 2, 28)), True),
    "2021年3月至6月": (((2021, 3, 1), (2021, 6, 30)), True),
    "2020年7月1日至2021年6月30日": (((2020, 7, 1), (2021, 6, 30)), True),
    "2021年1月1日至12月底": (WHOLE, True),
    "2021年1月1日至12月末": (WHOLE, True),
    "2021年1月1日至12月31止": (WHOLE, False),
    "2021年1月1至12月31日": (WHOLE, False),
    "2021年1月1日至12月": (WHOLE, False),
    "2021年1月至12月31日": (WHOLE, False),
    # No month of the calendar has a last day that could be filled in.
    "2021年1月至13月": (((2021, 1, 1), (2021, 13, 1)), True),
    "2021年1月至0月": (((2021, 1, 1), (2021, 0, 1)), True),
    # A year of another length than four figures is kept: it is a slip, and has to be named.
    "20211年1月至12月": (((20211, 1, 1), (20211, 12, 1)), True),
    "01年1月至12月": (((1, 1, 1), (1, 12, 31)), True),
    "00年1月至12月": (((0, 1, 1), (0, 12, 1)), True),  # the calendar has no such year
    "9999年1月至12月": (((9999, 1, 1), (9999, 12, 31)), True),
    "21年1月1日至12月31日": (((21, 1, 1), (21, 12, 31)), True),
}


@pytest.mark.parametrize("text", RANGES)
def test_a_range_is_read_with_its_days(text: str) -> None:
    (start, end), complete = RANGES[text]
    period = only(text)
    assert (tuple(period.start[:3]), tuple(period.end[:3])) == (start, end)
    assert period.complete is complete
    assert (period.text, period.span) == (text, Span(0, len(text)))
    year = start[0]
    assert period.is_year is ((start, end) == ((year, 1, 1), (year, 12, 31)) and 1000 <= year <= 9999)


def test_no_range_is_read_where_none_is_written() -> None:
    for text in ("2021年1月1日", "至2021年12月31日", "3.1-3.5分", "2021.1.1-2021/12/31", "1月1日至12月31日"):
        assert not list(periods(text)), text


@settings(deadline=None)
@given(st.integers(1000, 9998), st.integers(1, 12), st.integers(1, 12))
def test_months_run_from_their_first_day_to_their_last(year: int, first: int, last: int) -> None:
    period = only(f"{year}年{first}月至{year + 1}年{last}月")
    assert tuple(period.start[:3]) == (year, first, 1)
    assert tuple(period.end[:3]) == (year + 1, last, monthrange(year + 1, last)[1])
    assert period.exists
    assert not period.is_year


@pytest.mark.parametrize(
    "text",
    [
        *("2020年1月1日至2021年12月31日", "2021年1月1日至12月30日", "2021年2月1日至12月31日"),
        *("2021年1月2日至12月31日", "2021年1月1日至11月31日", "20211年1月1日至12月31日"),
    ],
)
def test_any_other_range_is_not_the_year(text: str) -> None:
    assert not only(text).is_year


@pytest.mark.parametrize(
    ("text", "exists"),
    [(YEAR, True), ("2021年2月29日至12月31日", False), ("2021年1月1日至11月31日", False)],
)
def test_both_days_have_to_be_in_the_calendar(text: str, exists: bool) -> None:
    assert only(text).exists is exists


@pytest.mark.parametrize("range_", [YEAR, "2021.1.1-2021.12.31"])
def test_words_and_spans_read_back(range_: str) -> None:
    text = f"导语。{range_}。"
    period = only(text, 100)
    for part in (period, period.start, period.end):
        assert text[part.span.start - 100 : part.span.end - 100] == part.text
    assert period.text == range_
    assert period.start.text == range_[: len(period.start.text)]
    assert period.end.text == range_[-len(period.end.text) :]


def test_the_days_of_a_range_say_whether_they_keep_their_sign() -> None:
    wholes = [(p.start.whole, p.end.whole) for p in periods("2021年1月1日至12月31止，2020年1月1至12月31日。")]
    assert wholes == [(True, False), (False, True)]
    assert [(p.start.whole, p.end.whole) for p in periods("2021年1月至12月，2021.1.1-2021.12.31")] == [
        (True, True),
        (True, True),
    ]


# -- days by themselves ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2022年1月31日公布", [(2022, 1, 31, "2022年1月31日")]),
        ("二〇二二年一月三十一日", [(2022, 1, 31, "二〇二二年一月三十一日")]),
        ("于3月1日至5日", [(0, 3, 1, "3月1日")]),
        ("20年3月1日", [(0, 3, 1, "20年3月1日")]),
        ("999年3月1日", [(0, 3, 1, "999年3月1日")]),
        ("1000年3月1日", [(1000, 3, 1, "1000年3月1日")]),
        ("2021年12月31日、2022年1月1日", [(2021, 12, 31, "2021年12月31日"), (2022, 1, 1, "2022年1月1日")]),
        ("2021年1月", []),
        ("2021-1-31", []),
    ],
)
def test_days_are_found_with_their_year(text: str, found: list[tuple[int, int, int, str]]) -> None:
    assert [(d.year, d.month, d.day, d.text) for d in dates(text)] == found
    assert all(text[d.span.start : d.span.end] == d.text and d.whole for d in dates(text))
    assert all(text[d.span.start - 7 : d.span.end - 7] == d.text for d in dates(text, 7))


# -- which of them are the time of the figures -------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"本报告中所列数据的统计期限自{YEAR}。", [YEAR]),
        (f"{YEAR}为本年度报告的数据统计期限。", [YEAR]),
        (f"（{YEAR}），为统计时段。", [YEAR]),
        # an event, however near the words are
        (f"统计工作开展。{YEAR}开展政策宣传。", []),
        (f"统计期限为一年。{YEAR}开展政策宣传。", []),
        (f"统计期限为一年；{YEAR}开展政策宣传。", []),
        (f"统计期限为一年\n{YEAR}开展政策宣传。", []),
        (f"{YEAR}开展政策宣传。统计期限为一年。", []),
        # figures of something else than the report
        (f"网站数据统计时间为{YEAR}。", []),
        (f"微信公众号的统计期限是{YEAR}。", []),
        (f"网站所报数据统计时间为{YEAR}。", [YEAR]),
        (f"本报告依网站公布，数据统计时间为{YEAR}。", [YEAR]),
        (f"本报告在网站公布,数据统计时间为{YEAR}。", [YEAR]),
        (f"全文在网站公布,数据统计时间为{YEAR}。", [YEAR]),
        # of two the nearer one says what the figures are of
        (f"网站数据统计日趋完善，本报告统计期限为{YEAR}。", [YEAR]),
        (f"本报告统计数据分为两类，网站统计时间为{YEAR}。", []),
        # only what is near
        (f"统计期限{'，' * 36}{YEAR}", [YEAR]),
        (f"统计期限{'，' * 37}{YEAR}", []),
        # the first of two is what is asked for, the second an event
        (f"统计期限为{YEAR}。2020年3月1日至5月31日开展宣传。", [YEAR]),
        (f"2020年3月1日至5月31日开展宣传。统计期限为{YEAR}。", [YEAR]),
        # the year as a whole, if no range says it
        ("本报告数据统计期限为2021年度。", ["2021年度"]),
        ("统计时间是2021年全年，", ["2021年全年"]),
        ("报告期：2021年", ["2021年"]),
        ("网站统计时间为2021年。", []),
        (f"统计期限为2021年，即{YEAR}。", [YEAR]),
        ("统计期限为2021年第一季度。", []),
    ],
)
def test_a_period_is_that_of_the_report_if_the_sentence_says_so(text: str, said: list[str]) -> None:
    assert [p.text for p in statements(text)] == said
    assert all(text[p.span.start : p.span.end] == p.text for p in statements(text))
    assert all(text[p.span.start - 9 : p.span.end - 9] == p.text for p in statements(text, 9))


def test_a_year_as_a_whole_runs_from_its_first_day_to_its_last() -> None:
    (period,) = statements("统计期限为二〇二一年度。")
    assert (tuple(period.start[:3]), tuple(period.end[:3])) == WHOLE
    assert period.is_year
    assert period.complete
    assert period.start.whole
    assert period.end.whole
