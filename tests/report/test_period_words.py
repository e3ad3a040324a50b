"""Dates and statistics periods, in each of the ways that reports write them."""

import pytest
from nianbao.report.period import dates, periods, plain_digits, statements

YEAR = ((2021, 1, 1), (2021, 12, 31))


def read(text: str) -> list[tuple[tuple[int, int, int], tuple[int, int, int]]]:
    """Return the first and last day of each range in *text*."""
    return [
        ((p.start.year, p.start.month, p.start.day), (p.end.year, p.end.month, p.end.day))
        for p in periods(text)
    ]


@pytest.mark.parametrize("sign", "〇○ＯO零０")
def test_each_sign_for_nought(sign: str) -> None:
    assert plain_digits(f"2{sign}21年") == "2021年"


@pytest.mark.parametrize(
    "text",
    [
        *(
            f"2021年1月1日{to}2021年12月31日"
            for to in ("至", "截至", "到", "截止", "截止到", "-", "--", "---")
        ),
        *(f"2021年1月1日{dash}2021年12月31日" for dash in "—–－─~～"),
        *(
            f"2021年1月1日{start}至2021年12月31日"
            for start in ("起", "开始", "始", "0时", "0时起", "起，", "起,", "，", ",")
        ),
        *(f"2021年1月1日至{year}12月31日" for year in ("", "当年", "同年", "该年", "本年", "当年 ")),
        *(f"2021年1月1日至2021年12月31日{end}" for end in ("止", "24时", "24时止", " 止")),
        "2021年度1月1日至12月31日",
        "2021年1月1号至2021年12月31号",
        "2021年1月1日至2021年12月底",
        "2021年1月1日至2021年12月末",
        "2021年1月至12月",
        "二〇二一年一月一日至十二月三十一日",
        "2021　年 1\u00a0月\t1日至2021年12月31日",
        *(f"2021{p}1{p}1{to}2021{p}12{p}31" for p in "./-" for to in ("至", "到", "--")),
        "2021.1.1起至2021.12.31止",
    ],
)
def test_each_way_to_write_a_year(text: str) -> None:
    assert read(f"统计期限自{text}，为一年。") == [YEAR]
    (period,) = periods(text)
    assert period.text == text
    assert period.complete


@pytest.mark.parametrize("sign", "止，。；、）)起")
def test_a_day_that_has_lost_its_sign_is_told_by_what_follows(sign: str) -> None:
    (period,) = periods(f"2021年1月1日至12月31{sign}")
    assert (period.end.month, period.end.day, period.end.whole) == (12, 31, False)


@pytest.mark.parametrize("to", ["起至", "至", "到", "-"])
def test_a_first_day_that_has_lost_its_sign(to: str) -> None:
    (period,) = periods(f"2021年1月1{to}12月31日")
    assert (period.start.month, period.start.day, period.start.whole) == (1, 1, False)


@pytest.mark.parametrize("sign", "日号")
def test_each_sign_of_a_day(sign: str) -> None:
    assert [(day.month, day.day) for day in dates(f"3月1{sign}公布")] == [(3, 1)]


@pytest.mark.parametrize(
    "cue",
    [
        *(
            f"统计{time}"
            for time in ("期限", "时限", "时间", "期间", "周期", "时段", "年度", "区间", "范围", "起止")
        ),
        *("统计的期限", "统计的起止时间", "统计起止时间", "统计数据", "数据统计"),
        *("所列数据", "所涉数据", "所用数据", "所报数据", "所列各项数据", "数据的起止时间", "数据期限"),
        *("报告期", "报告时段", "报告时间", "报告期间", "报告周期", "报告年度"),
        *("报告内容涵盖", "报告涵盖", "内容涵盖", "时间涵盖", "起止时间"),
    ],
)
def test_each_word_for_the_time_that_figures_are_for(cue: str) -> None:
    assert len(list(statements(f"{cue}2021年1月1日至2021年12月31日。"))) == 1
    assert not list(statements(f"{cue}见附表。2021年1月1日至2021年12月31日开展活动。"))


@pytest.mark.parametrize(
    "behind",
    [
        *(
            f"为统计{time}"
            for time in ("期限", "时限", "时间", "期间", "周期", "时段", "年度", "区间", "范围")
        ),
        *("是统计期限", "系统计期限", "，为统计期限", ",为统计期限", "）为统计期限", ")为统计期限"),
        *("为本报告统计期限", "为本报告的统计期限", "为本年度报告的数据统计期限", "的统计期限"),
    ],
)
def test_the_word_behind_the_period(behind: str) -> None:
    assert len(list(statements(f"2021年1月1日至2021年12月31日{behind}"))) == 1


@pytest.mark.parametrize(
    "text",
    [
        *(
            f"{word}为2021年度。"
            for word in (
                "统计期限",
                "统计时限",
                "统计时间",
                "统计期间",
                "统计周期",
                "统计时段",
                "统计年度",
                "统计区间",
                "报告期",
            )
        ),
        *(f"统计期限{sign}2021年度" for sign in ("为", "是", "系", "：", ":", "")),
        *(f"统计期限为2021年{more}，全部公开" for more in ("度", "全年", "全年度", "")),
        *(f"（统计期限为2021年度{behind}" for behind in "，。；、）)"),
    ],
)
def test_a_year_named_as_the_period(text: str) -> None:
    (period,) = statements(text)
    assert period.is_year
    assert period.start.year == 2021


@pytest.mark.parametrize("text", ["统计期限为2021年底", "统计期限为2021年第一季度", "统计期限为2021年的"])
def test_a_year_that_goes_on_is_not_named_as_the_period(text: str) -> None:
    assert not list(statements(text))


PARTS = ("网站", "新媒体", "公众号", "微信", "微博", "抖音", "热线", "信箱", "客户端", "平台")


@pytest.mark.parametrize("part", PARTS)
def test_the_figures_of_a_part_have_a_period_of_their_own(part: str) -> None:
    assert not list(statements(f"{part}统计期限为2021年4月1日至2021年12月31日。"))


@pytest.mark.parametrize("whole", ["报告", "年报", "所列", "所涉", "所用", "所报"])
def test_those_of_the_report_beside_a_part_are_the_report_s(whole: str) -> None:
    assert len(list(statements(f"{whole}网站统计期限为2021年1月1日至2021年12月31日。"))) == 1


@pytest.mark.parametrize("end", "。；;\n")
def test_a_word_in_another_sentence_says_nothing(end: str) -> None:
    assert not list(statements(f"统计期限见附表{end}2021年1月1日至2021年12月31日开展活动。"))


@pytest.mark.parametrize("comma", "，,")
def test_a_part_in_another_clause_is_not_spoken_of(comma: str) -> None:
    assert len(list(statements(f"含网站{comma}统计期限为2021年1月1日至2021年12月31日。"))) == 1
