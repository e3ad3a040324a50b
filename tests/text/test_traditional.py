"""Which texts are in traditional characters."""

import pytest
from nianbao.text.traditional import _SIMPLIFIED, _TRADITIONAL, is_traditional


@pytest.mark.parametrize(
    ("text", "traditional"),
    [
        (
            "雲嶺縣政府信息公開工作年度報告，總體情況，關於申請的處理，數據由辦公室審核，各鄉鎮、區縣監督。",
            True,
        ),
        (
            "云岭县政府信息公开工作年度报告，总体情况，关于申请的处理，数据由办公室审核，各乡镇、区县监督。",
            False,
        ),
        (
            "云岭县政府信息公开工作年度报告，开办“開報總關請處數務辦縣”书法展，总计请各县区开展，监督处数无条规",
            False,
        ),
        ("公開報告", False),  # too few to tell
        ("總關請處數務辦縣區鎮現無條規", False),  # none of the words of a report
    ],
)
def test_a_text_is_traditional_if_most_of_it_is(text: str, traditional: bool) -> None:
    assert is_traditional(text) is traditional


def test_each_character_has_its_other_form() -> None:
    assert len(_TRADITIONAL) == len(_SIMPLIFIED) == len(set(_TRADITIONAL)) == len(set(_SIMPLIFIED))
    assert set(_TRADITIONAL).isdisjoint(_SIMPLIFIED)
