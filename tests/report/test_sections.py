"""Titles of sections that no form has, each with the parts that a clerk takes it for."""

import pytest
from nianbao.report.report import Report
from nianbao.testing import official_forms
from nianbao.text.source import Source

TITLES: dict[tuple[str, ...], tuple[str, ...]] = {
    ("overview",): ("总体工作的开展", "工作总体的开展", "本局基本情况", "全年概况", *("工作", "做法", "年度工作情况", "全年工作", "主要做法", "工作开展情况", "主要工作推进情况", "工作完成情况")),
    ("disclosure",): ("主动公开的内容",),
    ("applications",): ("收到的申请", "处理公开申请的情况", "办理的公开申请", "依申请公开的开展"),
    ("review",): ("被申请复议的情况", "被提起诉讼的情况"),
    ("problems",): (
        *("工作中的问题和改进", "工作中的问题和整改", "工作中的问题和措施", "工作中的问题和打算", "工作中的问题和建议"),
        *("工作中的不足", "工作中的问题"),
    ),
    ("other",): ("其他", "其它", "需要说明的其他问题", "需要说明的其它不足", "其他重要事项", "其它重要事项", "其他重要情况", "其它要说明的情况"),
    ("problems", "other"): ("问题、改进和其他事项",),
    ("applications", "review"): ("收到的申请和诉讼",),
    (): ("下一步打算", "主要成效", "工作亮点", "基本情况说明", "队伍建设情况", "组织领导"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("title", "covers"), [(title, covers) for covers, titles in TITLES.items() for title in titles]
)
def test_a_title_that_no_form_has(title: str, covers: tuple[str, ...]) -> None:
    head = "青禾县云岭镇人民政府2022年政府信息公开工作年度报告\n"
    (section,) = Report(Source(f"{head}\n一、{title}\n没有。\n"), official_forms()).sections
    assert section.title.text == title
    assert (section.covers, section.standing) == (covers, "similar" if covers else "")
