"""The labels by which rows are read: items of 条例第二十条, and the note in the corner of table three."""

import pytest
from nianbao.report.rows import is_note, item_numeral

NUMERALS = (
    "一",
    "二",
    "三",
    "四",
    "五",
    "六",
    "七",
    "八",
    "九",
    "十",
    "十一",
    "十二",
    "十三",
    "十四",
    "十五",
)


ITEMS = (
    *(
        "第二十条第({})项",
        "第二十条({})项",
        "第二十条第{}项",
        "第二十条{}项",
        "二十条第({})项",
        "第二十条第({})",
    ),
    *("第二十条({})", "第二十条第({}项", "第二十条第{})项"),
)


@pytest.mark.parametrize(
    ("text", "numeral"),
    [
        (words.format(written), numeral)
        for words in ITEMS
        for figure, numeral in enumerate(NUMERALS, 1)
        for written in (numeral, figure)
    ],
)
def test_an_item_in_each_way_of_writing_it(text: str, numeral: str) -> None:
    assert item_numeral(text) == numeral


@pytest.mark.parametrize("words", ["第二十条", "第二十条第一款", "第二十一条第(一)项", "规章"])
def test_what_names_no_item(words: str) -> None:
    assert item_numeral(words) is None


@pytest.mark.parametrize("words", ["勾稽关系", "钩稽关系"])
def test_the_note_in_the_corner(words: str) -> None:
    assert is_note(f"(本列数据的{words}为:第一项加第二项之和,等于第三项加第四项之和)")
    assert not is_note("本列数据的关系为:")
