"""Each word that lists what is denied, and each around it that names nothing."""

import pytest
from nianbao.prose.sentences import comparisons, negations


def nouns(text: str) -> tuple[str, ...]:
    """Return the nouns of the one denial of *text*."""
    (found,) = negations(text)
    return found.nouns


@pytest.mark.parametrize("word", ["、", "以及", "及其", "或者", "和", "及", "与", "或"])
def test_each_word_that_lists(word: str) -> None:
    assert nouns(f"未发生行政复议{word}行政诉讼") == ("行政复议", "行政诉讼")


@pytest.mark.parametrize(
    "words",
    [
        *("情况", "情形", "事项", "问题", "现象", "案件", "行为", "信息", "的情况", "的"),
    ],
)
def test_words_behind_that_name_nothing(words: str) -> None:
    assert nouns(f"未发生泄密{words}") == ("泄密",)


@pytest.mark.parametrize(
    "words", ["数量为0件", "件数为0件", "均为0件", "都为0件", "各为0件", "共为0件", "均0件", "都0件"]
)
def test_words_before_a_zero_that_name_nothing(words: str) -> None:
    assert nouns(f"行政复议、行政诉讼{words}") == ("行政复议", "行政诉讼")


@pytest.mark.parametrize("words", ["均未发生", "都未发生", "各未发生", "分别未发生", "为无", "是无"])
def test_words_before_a_denial_that_name_nothing(words: str) -> None:
    assert nouns(f"行政复议、行政诉讼{words}") == ("行政复议", "行政诉讼")


@pytest.mark.parametrize(
    "words",
    [
        *("未发生过任何", "未发生相关", "未发生有关"),
        *(f"没有{one}件" for one in "一1１"),
        *(f"没有一{unit}" for unit in "件起例宗"),
    ],
)
def test_words_in_front_that_name_nothing(words: str) -> None:
    assert nouns(f"{words}泄密") == ("泄密",)


def test_because_names_nothing() -> None:
    assert nouns("未发生因拒绝公开引起诉讼") == ("拒绝公开引起诉讼",)


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("提高5%", "rate"),
        ("提高5个百分点", "points"),
        ("提高到5倍", "multiple"),
        ("比上年多5件", "difference"),
    ],
)
def test_each_measure_of_a_change(text: str, measure: str) -> None:
    assert [found.measure for found in comparisons(text)] == [measure]
