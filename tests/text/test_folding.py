"""The key by which two labels are the same, the numerals in front of them, and words found in prose."""

import unicodedata

import pytest
from effort import LINEAR, growth
from hypothesis import given
from hypothesis import strategies as st
from nianbao.text.folding import fold, fold_prose, folded, occurrences, split_numeral
from nianbao.text.source import Span


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("（二）部分公开（区分处理的，只计这一情形）", "(二) 部分公开(区分处理的,只计这一情形)"),
        ("3.危及“三安全一稳定”", '3、危及"三安全 一稳定"'),
        ("３．危及『三安全一稳定』", "3.危及“三安全一稳定”"),
        ("三、本  年 度 办 理 结 果", "三、本年度办理结果"),
        ("本年新<br/>制作数量", "本年新制作数量"),
        ("本年新\u200b制作\u3000数量\ufeff", "本年新制作数量"),
        ("**规章**", "规章"),
        ("1—2", "1-2"),
        ("　１２ ", "12"),
        ("", " \u3000\n"),
    ],
)
def test_the_same_label(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("3.危及“三安全一稳定”", "3.危及“三安全一隐患”"),
        ("总计", "总结"),
        ("1.重复申请", "2.重复申请"),
        ("规范性文件", "行政规范性文件"),
        ("12", "1.2"),
        ("0", ""),
    ],
)
def test_another_label(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("signs", "one"),
    [
        ("“”„‟«»「」『』〝〞'‘’＂", '"'),
        ("—–―−‐‑－", "-"),
        ("\u200b\u200c\u200d\u2060\ufeff\u00ad*", ""),
        ("﹑", "、"),
    ],
)
def test_every_quote_is_one_quote_and_every_dash_one_dash(signs: str, one: str) -> None:
    assert [fold(f"甲{sign}乙") for sign in signs] == [f"甲{one}乙"] * len(signs)


@pytest.mark.parametrize(
    ("label", "numeral", "rest"),
    [
        ("一、总体情况", "一、", "总体情况"),
        ("（十一）其他", "(十一)", "其他"),
        ("3、危及安全", "3.", "危及安全"),
        ("12.其他", "12.", "其他"),
        ("第二部分：主动公开", "第二部分:", "主动公开"),
        ("一.总体情况", "一.", "总体情况"),
        ("3，危及安全", "3.", "危及安全"),
        ("第二部分、主动公开", "第二部分、", "主动公开"),
        ("第二部分主动公开", "第二部分", "主动公开"),
        ("总计", "", "总计"),
        ("一稳定", "", "一稳定"),
        ("2021年1、2月", "", "2021年1、2月"),  # a mark after a figure inside is no numeral
    ],
)
def test_a_numeral_at_the_head(label: str, numeral: str, rest: str) -> None:
    assert split_numeral(fold(label)) == (numeral, rest)


# -- words in prose --------------------------------------------------------------------------------------

# What reports are made of, and what folding changes: width, white space, quotes, marks of Markdown, signs that
# are folded to several, a line break as HTML writes it, signs beyond the first plane.
PROSE = st.lists(
    st.sampled_from([*"公开工作１２a（）()“”'—-*、 \u3000\u200b\t㎡…①½𠮷", "<br>", "<br />", "<b"]),
    max_size=30,
).map("".join)


@given(PROSE)
def test_prose_is_folded_as_labels_are(text: str) -> None:
    """But for a numeral at the head, which is a matter of labels."""
    assert fold_prose("甲" + text) == fold("甲" + text)


@given(PROSE, st.data())
def test_what_a_folded_span_maps_to_says_the_folded_words(text: str, data: st.DataObject) -> None:
    """The way back: the raw slice folds to the words, and begins and ends with what folding keeps."""
    back = folded(text)
    start = data.draw(st.integers(0, len(back.text)))
    end = data.draw(st.integers(0, len(back.text)))
    span = back.span(start, end)
    if span is not None:
        assert start < end
        assert fold_prose(text[span.start : span.end]) == back.text[start:end]
        assert "" not in (fold_prose(text[span.start]), fold_prose(text[span.end - 1]))
    elif "<" not in text:
        # Only nothing, and what cuts through a sign, has no place.
        cuts = {len(fold_prose(text[:end])) for end in range(len(text) + 1)}
        assert start >= end or not {start, end} <= cuts


@given(PROSE, st.text("公开工a1", min_size=1, max_size=3), PROSE)
def test_words_are_found_where_they_were_put(before: str, words: str, after: str) -> None:
    """Whatever is around them."""
    text = f"{before}{words}{after}"
    if "<" in text:  # a word may make or break what looks like a line break
        return
    span = Span(len(before), len(before) + len(words))
    assert span in list(occurrences(text, fold_prose(words)))


@given(PROSE, st.text("公开工作a1", max_size=2))
def test_nothing_is_found_that_is_not_there(text: str, words: str) -> None:
    """Every span says the words, and they come in order, each once."""
    spans = list(occurrences(text, words))
    assert spans == sorted(set(spans))
    for start, end in spans:
        assert fold_prose(text[start:end]) == words


@pytest.mark.parametrize(
    ("text", "words", "spans"),
    [
        ("公 开。公\u3000开", "公开", [(0, 3), (4, 7)]),
        ("𠮷公开", "公开", [(1, 3)]),
        ("（１）“甲”", '(1)"甲"', [(0, 6)]),
        ("公<br>开", "公开", [(0, 6)]),
        ("**公**开", "公开", [(2, 6)]),
        ("公公公", "公公", [(0, 2), (1, 3)]),
        ("10㎡", "m2", [(2, 3)]),
        ("10㎡", "m", []),
        ("10㎡", "0m", []),
        ("3、公开", "3、公开", [(0, 4)]),
        ("公开", "", []),
        ("", "公", []),
    ],
)
def test_where_words_stand(text: str, words: str, spans: list[tuple[int, int]]) -> None:
    """Counted by hand."""
    assert list(occurrences(text, words)) == [Span(*span) for span in spans]


def test_an_accent_apart_stays_apart() -> None:
    """Prose is folded sign by sign, so that every folded sign has one raw sign it comes from."""
    assert fold_prose("e\u0301") == "e\u0301"
    assert fold("e\u0301") == unicodedata.normalize("NFC", "e\u0301")


@pytest.mark.parametrize("unit", ["公", "公 ", "<br", "\u0301", "…"])
def test_a_long_paragraph_takes_time_in_proportion(unit: str) -> None:
    def work(size: int) -> None:
        text = f"{size}{unit * (size // len(unit))}公开"
        assert list(occurrences(text, "公开"))[-1].end == len(text)

    assert growth(work, 50_000) < LINEAR
