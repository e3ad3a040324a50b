"""Each sign and word by which figures are found in a text, and what counts nothing is left out."""

import pytest
from nianbao.prose.sentences import Breakdown, breakdowns, negations, quantities


def read(text: str) -> list[tuple[int, str]]:
    """Return value and unit of each figure of *text*."""
    return [(int(quantity.value), quantity.unit) for quantity in quantities(text)]


def figures(text: str) -> list[int]:
    """Return the parts of the one breakdown of *text*."""
    (found,) = breakdowns(text)
    assert isinstance(found, Breakdown)
    return [int(figure.value) for figure in found.figures]


# -- signs that are written in several ways ----------------------------------------------------------------------


@pytest.mark.parametrize(("wide", "digit"), [*zip("０１２３４５６７８９", range(10), strict=True)])
def test_a_wide_digit_is_a_digit(wide: str, digit: int) -> None:
    assert read(f"受理申请１{wide}件") == [(10 + digit, "件")]


@pytest.mark.parametrize("space", [" ", "\u3000", "\xa0", "\t"])
def test_a_space_may_be_before_the_unit(space: str) -> None:
    assert read(f"受理申请12{space}件") == [(12, "件")]


@pytest.mark.parametrize("end", ["。", "！", "？", "!", "?", "\r", "\n", "\x1f"])
def test_each_end_of_a_sentence(end: str) -> None:
    assert quantities(f"受理申请12件{end}公开信息5条")[1].scope == "公开信息"


@pytest.mark.parametrize("dash", ["-", "—", "–", "－", "─", "~", "～"])
def test_each_dash_of_a_range(dash: str) -> None:
    (found,) = quantities(f"每批发布3{dash}5条")
    assert (found.kind, found.low, found.high) == ("range", 3, 5)


@pytest.mark.parametrize("zero", ["零", "〇", "○"])
def test_each_way_to_write_zero(zero: str) -> None:
    assert read(f"发放资料一百{zero}五份") == [(105, "份")]


@pytest.mark.parametrize("comma", ["、", "﹑"])
def test_each_way_to_write_the_comma_of_a_list(comma: str) -> None:
    assert [quantity.lead for quantity in quantities(f"动态143条{comma}目录69条")] == ["动态", "目录"]


@pytest.mark.parametrize("point", [".", "．"])
def test_each_decimal_point(point: str) -> None:
    (found,) = quantities(f"经费12{point}5元")
    assert str(found.value) == "12.5"


@pytest.mark.parametrize("percent", ["%", "％"])
def test_each_sign_for_a_percentage(percent: str) -> None:
    assert read(f"办结率98{percent}") == [(98, "%")]


# -- what makes a text worth reading -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "value"),
    [
        *((f"{sign}个", value) for value, sign in enumerate("二三四五六七八九十", 2)),
        *(("两个", 2), ("百余个", 100), ("千余个", 1000), ("十余个", 10), ("十多个", 10)),
    ],
)
def test_a_numeral_alone_is_found(words: str, value: int) -> None:
    assert [found for found, _ in read(f"涵养专栏{words}")] == [value]


@pytest.mark.parametrize("unit", [*"件条次份篇个期场项起宗例部名家人"])
def test_each_unit_behind_a_numeral(unit: str) -> None:
    assert read(f"涵养专栏三{unit}") == [(3, unit)]


@pytest.mark.parametrize("unit", [*"件起宗例条份名项"])
def test_each_unit_behind_one(unit: str) -> None:
    assert read(f"收到行政诉讼一{unit}") == [(1, unit)]


def test_a_percentage_in_numerals() -> None:
    assert read("办结率为百分之五") == [(5, "%")]


@pytest.mark.parametrize(
    "text",
    [
        *("行政诉讼零件", "行政诉讼零起", "行政诉讼为零", "行政诉讼为零，很好", "行政诉讼为零。", "行政诉讼为零；很好", "行政诉讼为零;很好"),
        *("行政诉讼为零、很好", "（行政诉讼为零）", "没有行政诉讼", "无行政诉讼", "未发生行政诉讼", "行政诉讼0件"),
    ],
)  # fmt: skip
def test_each_way_to_say_that_there_is_none(text: str) -> None:
    assert [negation.nouns for negation in negations(text)] == [("行政诉讼",)]


# -- figures in a row --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["、", "和", "及", "与", "以及"])
def test_names_and_their_figures_in_a_row(word: str) -> None:
    for text in (f"微信{word}网站分别为80条、60条", f"微信、网站分别为80条{word}60条"):
        assert [quantity.lead for quantity in quantities(text)] == ["微信", "网站"]


@pytest.mark.parametrize("word", ["、", "和", "及", "与"])
def test_changes_in_a_row(word: str) -> None:
    assert [quantity.role for quantity in quantities(f"同比增长12%{word}5%")] == ["change", "change"]


# -- figures without a unit --------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["动态143和目录69", "动态143以及目录69", "动态143、目录69等"])
def test_what_may_be_behind_a_part_without_a_unit(text: str) -> None:
    assert figures(f"公开信息212条，其中{text}。") == [143, 69]


@pytest.mark.parametrize(
    "words",
    [
        *("邮编", "邮政编码", "电话", "传真", "编码", "编号", "号码", "热线", "信箱", "邮箱", "序号", "代码", "见附件"),
        *("见表", "见图", "版本", "网址", "地址", "第三方评估", "见附"),
    ],
)  # fmt: skip
def test_a_figure_that_only_names_something_is_no_part(words: str) -> None:
    assert figures(f"公开信息212条，其中动态143条，目录69条，{words}3。") == [143, 69]


@pytest.mark.parametrize("word", ["为", "达", "共", "总计", "浏览量", "点赞数", "是", "达到"])
def test_words_that_make_a_figure_a_count(word: str) -> None:
    assert read(f"浏览量{word}442") == [(442, "")]
