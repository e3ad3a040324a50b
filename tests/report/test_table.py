"""What a cell says: a figure with its unit, a sign in place of one, nothing, or words."""

from decimal import Decimal

import pytest
from nianbao.report.table import Figure, State, figure, own_part

UNITS = ("", "件", "条", "项", "个", "宗", "份", "处", "次", "元", "万元", "亿元")


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize(
    ("digits", "value"),
    [("0", "0"), ("12", "12"), ("1234", "1234"), ("1,234", "1234"), ("1,234,567", "1234567"), ("3.6", "3.6"), ("+5", "5"), ("-5", "-5"), ("−5", "-5")],
)  # fmt: skip
def test_figures_and_their_units(digits: str, value: str, unit: str) -> None:
    assert figure(f"{digits}{unit}") == Figure(State.NUMBER, Decimal(value), unit)


def test_a_unit_may_be_in_brackets() -> None:
    assert figure("17（件）") == Figure(State.NUMBER, Decimal(17), "件")
    assert figure("17（件").state is State.TEXT


def test_ten_thousands_without_a_unit_are_multiplied_out() -> None:
    assert figure("1.2万") == Figure(State.NUMBER, Decimal(12000), "万")


@pytest.mark.parametrize("mark", ["/", "\\", "-", "--", "—", "——", "–", "无", "空", "〇", "N/A", "n/a", "NA"])
def test_signs_in_place_of_a_figure(mark: str) -> None:
    assert figure(mark) == Figure(State.MARK, None, "")


@pytest.mark.parametrize("text", ["", " ", "\u3000", "*", "**"])
def test_nothing_but_what_makes_a_figure_bold_is_nothing(text: str) -> None:
    assert figure(text) == Figure(State.BLANK, None, "")


NOTES = ("①", "⑵", "❶", " 注1", "注", "（注一）", "[1]", "〔2〕", "[^1]", "^1^", "¹", "₁", "ᵃ", "[¹]", "¹,²", "*", " \\*", "※", "†", "#", "<sup>1</sup>", "。")  # fmt: skip


@pytest.mark.parametrize("note", NOTES)
@pytest.mark.parametrize("figures", ["17", "0", "-3", "1,234", "3.5万元", "２"])
def test_a_note_behind_a_figure_is_no_part_of_it(figures: str, note: str) -> None:
    assert figure(figures + note) == figure(figures)
    start, end = own_part(figures + note)
    assert (figures + note)[start:end] == figures


@pytest.mark.parametrize("text", ["①", "*①", "⑰", "17（1）", "0（含1件）", "约17", "注1", "1O", "l7"])
def test_signs_that_are_no_clear_figure_are_words(text: str) -> None:
    assert figure(text) == Figure(State.TEXT, None, "")


@pytest.mark.parametrize("text", ["**17**", "__17__", "`17`", "**17**①", " 17 "])
def test_emphasis_is_beside_the_figure(text: str) -> None:
    start, end = own_part(text)
    assert text[start:end] == "17"
    assert figure(text).value == 17


def test_an_escape_of_markdown_is_no_part_of_a_figure() -> None:
    assert figure("\\-6").value == -6


def test_a_figure_that_is_raised_as_a_whole_is_one() -> None:
    assert figure("¹⁷") == Figure(State.NUMBER, Decimal(17), "")


@pytest.mark.parametrize("text", ["规章", "3件4", "1,23", "件", "约3件", "1月", "3只"])
def test_words(text: str) -> None:
    assert figure(text) == Figure(State.TEXT, None, "")
