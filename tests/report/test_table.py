"""What a cell says: a figure with its unit, a sign in place of one, nothing, or words."""

from decimal import Decimal

import pytest
from nianbao.report.table import Figure, State, figure

UNITS = ("", "件", "条", "项", "个", "宗", "份", "处", "次", "元", "万元", "亿元")


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize(
    ("digits", "value"),
    [("0", "0"), ("12", "12"), ("1234", "1234"), ("1,234", "1234"), ("1,234,567", "1234567"), ("3.6", "3.6"), ("+5", "5"), ("-5", "-5"), ("−5", "-5")],
)  # fmt: skip
def test_figures_and_their_units(digits: str, value: str, unit: str) -> None:
    assert figure(f"{digits}{unit}") == Figure(State.NUMBER, Decimal(value), unit)


def test_ten_thousands_without_a_unit_are_multiplied_out() -> None:
    assert figure("1.2万") == Figure(State.NUMBER, Decimal(12000), "万")


@pytest.mark.parametrize("mark", ["/", "\\", "-", "--", "—", "——", "–", "无", "空", "〇", "N/A", "n/a", "NA"])
def test_signs_in_place_of_a_figure(mark: str) -> None:
    assert figure(mark) == Figure(State.MARK, None, "")


@pytest.mark.parametrize("text", ["", " ", "\u3000", "*", "**"])
def test_nothing_but_what_makes_a_figure_bold_is_nothing(text: str) -> None:
    assert figure(text) == Figure(State.BLANK, None, "")


@pytest.mark.parametrize("text", ["规章", "3件4", "1,23", "件", "约3件", "1月", "3只"])
def test_words(text: str) -> None:
    assert figure(text) == Figure(State.TEXT, None, "")
