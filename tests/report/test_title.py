"""The title of a report: which lines it is, which year and which organ are in it."""

import pytest
from nianbao.report.syntax import Piece, read
from nianbao.report.title import TITLE_YEAR, joined, organ_in, title_of
from nianbao.text.source import Source, Span

FULL = "青禾县人民政府2022年政府信息公开工作年度报告"


def title(head: str) -> str | None:
    text = f"{head}\n\n一、总体情况\n工作平稳。\n"
    found = title_of(Source(text), read(text))
    return found and found.text


@pytest.mark.parametrize(
    "line",
    [
        *("青禾县信息公开总结报告", "青禾县政务公开总结报告", "青禾县信息公开年报（公布稿）", "青禾县信息公开工作年度报"),
        *("青禾县工作报告", "青禾县年度报告", "青禾县年报", "青禾县2022年政府信息公开情况"),
    ],
)  # fmt: skip
def test_a_line_that_reads_like_a_title(line: str) -> None:
    assert title(line) == line


@pytest.mark.parametrize("line", ["青禾县人民政府", "青禾县2022年大事记", "青禾县政府信息公开"])
def test_a_line_that_does_not(line: str) -> None:
    assert title(line) is None


@pytest.mark.parametrize("name", ["年度报告", "2022年度报告", "2022年年度报告"])
def test_the_full_name_goes_before_the_name_of_a_column(name: str) -> None:
    whole = f"青禾县人民政府政府信息公开工作{name}"
    assert title(f"政府信息公开年报\n{whole}") == whole


@pytest.mark.parametrize(
    "label", ["标题:", "题目:", "名称:", "标题: ", "# 标题：", "# 标题: ", "# 题目：", "# "]
)
def test_a_label_before_the_title_is_no_part_of_it(label: str) -> None:
    assert title(f"{label}{FULL}") == FULL


@pytest.mark.parametrize(
    ("words", "years"),
    [
        (FULL, ["2022"]),
        ("青禾县2022政府信息公开工作年度报告", ["2022"]),
        *((f"青禾县年度报告（{words}）", []) for words in ("12022", "20221", "2023年1月", "2023年12月9日", "2023-1-9", "2023.1.9", "2023/1/9")),
    ],
)  # fmt: skip
def test_the_years_that_a_title_is_about(words: str, years: list[str]) -> None:
    assert TITLE_YEAR.findall(words) == years


@pytest.mark.parametrize(
    "words",
    [
        *(f"{before}{{}}{year}政府信息公开工作年度报告" for before in ("", "关于") for year in ("", "2022年", "2022年度", "2022", "二〇二二年", "二〇二二年度")),
        *("2022年{}政府信息公开工作年度报告", "2022年度{}政府信息公开工作年度报告", "二〇二二年{}政府信息公开"),
        *("{}政务公开年报", "{}信息公开年报", "{}2022年工作报告", "《{}政府信息公开工作年度报告》", "**{}2022年**", "# {}2022年", "《{}》"),
    ],
)  # fmt: skip
def test_the_organ_in_a_title(words: str) -> None:
    text = words.format("青禾县")
    assert organ_in(Piece(text, Span(0, len(text)))) == "青禾县"


ORGAN = "青禾县人民政府"
NAME = "2022年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    ("head", "whole"),
    [
        (f"{ORGAN}\n2022年\n政府信息公开工作年度报告", f"{ORGAN}2022年政府信息公开工作年度报告"),
        (f"{ORGAN}\n二〇二二年度\n政府信息公开工作\n年度报告", f"{ORGAN}二〇二二年度政府信息公开工作年度报告"),
        ("青禾县\n人民政府\n" + NAME, FULL),
        ("青禾县住房和\n城乡建设局\n" + NAME, f"青禾县住房和城乡建设局{NAME}"),
        (f"2022年\n{ORGAN}政府信息公开工作年度报告", f"2022年{ORGAN}政府信息公开工作年度报告"),
        (f"{ORGAN}政府信息公开工作年度报告\n（2022年度）", f"{ORGAN}政府信息公开工作年度报告（2022年度）"),
        ("政府信息公开工作年度报告\n（二〇二二年）", "政府信息公开工作年度报告（二〇二二年）"),
        (f"{FULL}\n（2023年1月18日）", FULL),
        (f"青禾县人民政府\n互动交流\n政府信息公开年报\n青禾县水务局\n{NAME}", f"青禾县水务局{NAME}"),
        (f"青政〔2023〕4号\n\n{ORGAN}\n{NAME}", FULL),
        (f"**{ORGAN}**\n**{NAME}**", FULL),
        (f"首页 > 政务公开 > 政府信息公开年报\n{FULL}", FULL),
        (f"您的位置：首页 > 政府信息公开年报\n{FULL}", FULL),
        (f"首页 政务公开 政府信息公开年报\n{FULL}", FULL),
        (f"索引号：qh/2023-0001 发布机构：{ORGAN}\n{FULL}", FULL),
        (f"索引号：qh/2023-0001\n名　　称：{FULL}　文号：无\n发文日期：2023-01-18", FULL),
        (f"名称{FULL}", FULL),
        (f"内容概述 根据有关规定，公布青禾县人民政府年度报告。\n\n{FULL}", FULL),
        (f"信息名称: {FULL} 公开形式: 主动公开", FULL),
        (f"---\ntitle: {FULL}\ndate: 2023-01-18\n---", FULL),
        (f"附件：\n{FULL}", FULL),
        (f"标题 | {FULL}\n发布日期 | 2023-01-18", FULL),
    ],
)  # fmt: skip
def test_a_title_in_what_is_around_it(head: str, whole: str) -> None:
    found = title(head)
    assert found is not None
    assert joined(found) == whole


@pytest.mark.parametrize(
    "line",
    [f"现将{FULL}公布如下：", f"根据要求，公布{FULL}。", "首页 > 政府信息公开年报", "位置：政府信息公开年报"],
)
def test_a_sentence_and_the_way_through_a_site_are_no_title(line: str) -> None:
    assert title(line) is None
