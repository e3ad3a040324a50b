"""Page numbers, running heads, the menu and the foot of a page leave no trace in what is read."""

from collections.abc import Sequence

import pytest
from effort import LINEAR, growth
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from nianbao.engine.verdict import Verdict
from nianbao.report.form import Form
from nianbao.report.pages import without_pages
from nianbao.report.report import Report
from nianbao.run.linter import Input, linter
from nianbao.run.settings import Settings
from nianbao.testing import Draft
from nianbao.testing.strategies import reports
from nianbao.text.source import Source

TITLE = "云岭县水务局2023年政府信息公开工作年度报告"
# Where the number of the page is to be, and where its head.
ENDS = [
    "— {} —\n",
    "- {} -\n",
    "－{}－\n",
    "–{}–\n",
    "·{}·\n",
    "第{}页\n",
    "第 {} 页\n",
    "第{}页 共9页\n",
    "第 {} 页，共 9 页\n",
    "{} / 9\n",
    "Page {} of 9\n",
    "page {}\n",
    "\f",
    "TITLE\n— {} —\n",
    "— {} —\nTITLE\n",
]


def judged(text: str) -> Verdict:
    verdict = linter(Settings()).check(Input("云岭县.txt", data=text.encode())).verdict
    assert verdict is not None
    return verdict


def cells(of: Verdict) -> dict[str, str]:
    return {cell.address: cell.text for table in of.report.tables.values() for cell in table.cells}


@pytest.mark.parametrize("end", ENDS)
def test_the_end_of_a_page_in_prose_and_tables_leaves_no_trace(end: str) -> None:
    @settings(max_examples=5)
    @given(draft=reports(), every=st.integers(20, 40))
    def holds(draft: Draft, every: int) -> None:
        draft.title = draft.title.replace("\n", "")
        text = draft.render()
        lines = text.splitlines(keepends=True)
        assume(len(lines) > 2 * every)  # one line alone does not tell that it counts pages
        for page, at in enumerate(range(every, len(lines), every), 1):
            lines[at] = end.replace("TITLE", draft.title).format(page) + lines[at]
        read, plain = judged("".join(lines)), judged(text)
        assert [found.code for found in read.diagnostics] == []
        assert cells(read) == cells(plain)
        assert "".join(read.report.source.text.split()) == "".join(text.split())

    holds()


@pytest.mark.parametrize(
    "text",
    [
        "全年公开\n12\n条\n",
        "\t行政许可\n\t3\n\n",
        "行政许可\n3\n4 / 5\n",  # said once, it may be a figure
        "-3\n",
        "1. 公开\n- 2条\n",
        f"{TITLE}\n全文见\n{TITLE}\n- 1条\n",  # named twice, beside no number
        "第3页有误\n",
    ],
)
def test_figures_and_names_that_are_no_part_of_a_page_stay(text: str) -> None:
    source = Source(text)
    assert without_pages(source) is source


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_figure_between_an_empty_line_and_the_end_of_a_page_is_its_number(end: str) -> None:
    text = end.join(("全年工作平稳。", "", " 12", "\f二、主动公开政府信息情况", "行政许可", "3", "\f4", ""))
    left = end.join(("全年工作平稳。", "", "二、主动公开政府信息情况", "行政许可", "3", "4", ""))
    assert without_pages(Source(text)).text == left


def test_a_sentence_goes_over_the_end_of_a_page() -> None:
    text = f"{TITLE}\n\n一、总体情况\n全年主动公开水利工程、河道治理、供水，\n— 1 —\n防汛等信息12条。\n"
    assert "供水，防汛等信息" in judged(text).report.source.text


MENUS = [
    "首页 | 政务公开 | 政府信息公开年报\n",
    "首页 > 政务公开 > 政府信息公开年报\n",
    "政务公开 >> 法定主动公开内容 >> 政府信息公开工作年度报告\n",
    "政务公开 » 政府信息公开工作年度报告\n",
    "您现在的位置：首页 > 政务公开 > 政府信息公开工作年度报告\n",
    "当前位置: 政府信息公开工作年度报告\n",
    "政府信息公开年报 ｜ 政策文件\n",
    "【字体：大 中 小】 【打印】 【关闭】\n",
    "发布时间：2024-01-20 来源：办公室 字体：大 中 小 打印 关闭\n",
    "索引号：11/2024-0001\n发布机构：办公室\n发布日期：2024-01-20\n",
    "互动交流\n",
]
FEET = [
    "打印 关闭\n",
    "【打印】【关闭】\n",
    "上一篇：2022年政府信息公开工作年度报告\n下一篇：没有了\n",
    "相关链接\n省政府网站\n",
    "主办单位：云岭县人民政府办公室 承办单位：云岭县大数据中心\n滇ICP备05000001号-1 网站标识码：5300000001\n",
    "版权所有：云岭县人民政府\n",
    "网站地图 | 联系我们 | 关于本站\n",
]


@pytest.mark.parametrize("menu", MENUS)
@pytest.mark.parametrize("between", ["", "\n"])
def test_the_title_below_a_menu_is_that_of_the_report(menu: str, between: str, forms: Sequence[Form]) -> None:
    body = "\n一、总体情况\n全年工作平稳。\n"
    for title in (TITLE, TITLE.replace("局", "局\n")):
        report = Report(Source(f"{menu}{between}{title}\n{body}"), forms)
        assert report.title is not None
        assert report.title.text == title
        assert report.issuer.name == "云岭县水务局"


@settings(max_examples=40)
@given(draft=reports(), menu=st.sampled_from(MENUS), foot=st.sampled_from(FEET))
def test_menu_and_foot_of_a_page_are_no_findings(draft: Draft, menu: str, foot: str) -> None:
    text = draft.render()
    dated = menu.replace("2024-", f"{draft.year + 1}-")  # PER007 finds a page put up before the year was over
    read, plain = judged(f"{dated}\n{text}\n{foot}"), judged(text)
    assert [found.code for found in read.diagnostics] == []
    assert (read.report.issuer, read.report.year) == (plain.report.issuer, plain.report.year)
    assert cells(read) == cells(plain)


@pytest.mark.parametrize("line", ["— 1 —\n", f"{TITLE}\n- 1 -\n", "1\f", "1 / 2\n", "\n"])
def test_a_text_made_to_hang_costs_in_proportion(line: str) -> None:
    assert growth(lambda many: without_pages(Source(f"{TITLE}\n" + line * many)), 2_500) < LINEAR
