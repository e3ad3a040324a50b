"""The key by which two labels are the same, and the numerals in front of them."""

import pytest
from nianbao.folding import fold, split_numeral


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
    ("label", "numeral", "rest"),
    [
        ("一、总体情况", "一、", "总体情况"),
        ("（十一）其他", "(十一)", "其他"),
        ("3、危及安全", "3.", "危及安全"),
        ("12.其他", "12.", "其他"),
        ("第二部分：主动公开", "第二部分:", "主动公开"),
        ("总计", "", "总计"),
        ("一稳定", "", "一稳定"),
        ("2021年1、2月", "", "2021年1、2月"),  # a mark after a figure inside is no numeral
    ],
)
def test_a_numeral_at_the_head(label: str, numeral: str, rest: str) -> None:
    assert split_numeral(fold(label)) == (numeral, rest)
