"""县里的同事改插件以后先运行的测试：读取器、格式和 YAML 规则。"""

import json
from typing import Any

import nianbao_qingshi
import pytest
from nianbao.api import UnreadableError, official_forms
from nianbao.testing import RuleTester, compliant
from nianbao_qingshi.reader import QSX


def exported(**changed: object) -> bytes:
    """Return a small export."""
    whole: dict[str, Any] = {
        "qsx": 1,
        "title": "青石县石桥镇人民政府2031年政府信息公开工作年度报告",
        "preamble": ["统计期限为2031年1月1日至2031年12月31日。"],
        "sections": [
            {
                "title": "政务新媒体情况",
                "paragraphs": ["各账号运行正常。"],
                "tables": [[["名称", "年末账号数"], ["政务微信公众号", 3]]],
            }
        ],
    }
    return json.dumps({**whole, **changed}, ensure_ascii=False).encode()


def test_an_export_becomes_text_with_headings_and_pipes() -> None:
    assert QSX.read(exported(), "石桥镇.qsx").text == (
        "青石县石桥镇人民政府2031年政府信息公开工作年度报告\n\n统计期限为2031年1月1日至2031年12月31日。\n\n"
        "一、政务新媒体情况\n各账号运行正常。\n\n"
        "| 名称 | 年末账号数 |\n| --- | --- |\n| 政务微信公众号 | 3 |\n"
    )


def test_a_sign_of_a_table_inside_a_cell_parts_nothing() -> None:
    sections = [{"title": "政务新媒体情况", "tables": [[["甲|乙", "丙\n丁"]]]}]
    assert "\n| 甲｜乙 | 丙 丁 |\n" in QSX.read(exported(sections=sections), "a.qsx").text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (exported()[:-40], "不完整：第 1 行"),
        (exported().decode().encode("gb18030"), "不是 UTF-8"),
        (b"[]", "缺少“标题”"),
        (exported(title=""), "缺少“标题”"),
        (exported(sections={}), "缺少“部分”"),
        (exported(sections=["总体情况"]), "缺少“标题”"),
    ],
)
def test_a_damaged_export_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        QSX.read(data, "a.qsx")
    assert said in caught.value.reason.zh


@pytest.mark.parametrize(
    ("data", "name", "known"), [(b"", "A.QSX", True), (exported(), "a.txt", True), (b"{}", "a.txt", False)]
)
def test_an_export_is_known_by_its_name_or_its_first_words(data: bytes, name: str, known: bool) -> None:
    assert QSX.recognises(data, name) is known


def test_the_form_stands_beside_the_official_ones() -> None:
    (form,) = nianbao_qingshi.nianbao_add_forms()
    assert form["name"] not in {official["name"] for official in official_forms()}


def test_a_whole_report_is_to_name_its_accounts() -> None:
    (media, _) = (rule for rule in nianbao_qingshi.nianbao_add_rules() if rule.code.startswith("QS1"))
    report = compliant("2021", "county", 0)
    tester = RuleTester(media)
    tester.fails(report.render().replace("一、总体情况", "«一、总体情况»"))
    report.section("overview").paragraphs.append("全县共有政务新媒体账号12个。")
    tester.passes(report)
