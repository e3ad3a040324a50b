"""What is around a report in its text: a table of contents, another report."""

import pytest
from effort import LINEAR, growth
from nianbao.report.bounds import bounds_of

PARTS = ("一、总体情况", "二、主动公开政府信息情况", "三、其他需要报告的事项")
BODY = "\n".join(f"{part}\n全年工作平稳。" for part in PARTS) + "\n"


@pytest.mark.parametrize("page", ["", "……{}", "........ {}", "\t{}", "　（{}）", "·····{}"])
@pytest.mark.parametrize("caption", ["", "目录\n", "目　录\n", "## 目录\n\n"])
@pytest.mark.parametrize("between", ["", "\n本报告按条例编制。\n"])
def test_contents_are_left_out(page: str, caption: str, between: str) -> None:
    contents = caption + "\n".join(part + page.format(n) for n, part in enumerate(PARTS, 1))
    text = f"云岭县2021年政府信息公开工作年度报告\n\n{contents}\n{between}{BODY}"
    found = bounds_of(text)
    assert found.contents is not None
    assert text[slice(*found.contents)] == contents
    kept = found.within(text)
    assert len(kept) == len(text)
    assert kept.split() == text.replace(contents, "").split()


@pytest.mark.parametrize("page", ["", " - {} -", "（{}）", " 第{}页", "……{}", "\t{}", " . . . {}", "\n{}"])
@pytest.mark.parametrize("mark", ["{}、", ""])
@pytest.mark.parametrize("more", ["", "前言……1\n"])
def test_contents_under_a_caption_may_be_without_numerals(page: str, mark: str, more: str) -> None:
    entries = "\n".join(f"{mark.format(n)}{part[2:]}{page.format(n)}" for n, part in enumerate(PARTS, 1))
    contents = f"目　录\n{more}{entries.replace('1、', '一、').replace('2、', '二、').replace('3、', '三、')}"
    text = f"{contents}\n\n云岭县2021年政府信息公开工作年度报告\n\n{BODY}"
    found = bounds_of(text).contents
    assert found is not None
    assert text[slice(*found)] == contents


@pytest.mark.parametrize("caption", ["目录：", "目 录 ", "【目录】"])
def test_contents_in_one_line(caption: str) -> None:
    line = caption + " ".join(PARTS)
    found = bounds_of(f"云岭县2021年政府信息公开工作年度报告\n{line}\n{BODY}").contents
    assert found is not None
    assert len(line) == found.end - found.start


def test_a_heading_below_the_word_contents_is_kept() -> None:
    text = f"目录\n云岭县2021年政府信息公开工作年度报告\n{BODY}"
    assert bounds_of(text).contents is None


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        "一、总体情况\n二、主动公开政府信息情况\n三、其他需要报告的事项\n",  # headings with nothing below
        "一、本年新收\t1\t0\n二、上年结转\t0\t0\n三、结转下年\t0\t0\n" * 2,  # rows, the same twice
        "一、本年新收|1\n二、上年结转|0\n三、结转下年|0\n" * 2,
        "一、总体情况\n" + BODY,  # one heading written twice
    ],
)
def test_what_is_no_contents(text: str) -> None:
    assert bounds_of(text).within(text) == text


def test_a_second_report_begins_with_its_title() -> None:
    title = "云岭县水务局2021年政府信息公开工作年度报告"
    text = f"云岭县2021年政府信息公开工作年度报告\n{BODY}\n{title}\n{BODY}"
    found = bounds_of(text).second
    assert found is not None
    assert text[slice(*found)] == title


@pytest.mark.parametrize("mark", ["（{}）", "★", "第{}章 ", "{}、", ""])
@pytest.mark.parametrize(
    "title",
    ["云岭县水务局2022年政府信息公开工作年度报告", "云岭县水务局\n2022年度\n政府信息公开工作年度报告", ""],
)
def test_a_second_report_is_found_under_any_mark(mark: str, title: str) -> None:
    """Without a title it begins with its part one."""
    body = "\n".join(
        f"{mark.format(numeral)}{part[2:]}\n全年工作平稳。"
        for numeral, part in zip("一二三", PARTS, strict=True)
    )
    first = mark.format("一") + PARTS[0][2:]
    text = f"云岭县2021年政府信息公开工作年度报告\n{body}\n\n{title}\n{body}\n"
    found = bounds_of(text).second
    assert found is not None
    assert text[slice(*found)] == (title or first)


def test_a_part_that_comes_twice_is_no_second_report() -> None:
    text = f"云岭县2021年政府信息公开工作年度报告\n{BODY}总体情况\n全年工作平稳。\n"
    assert bounds_of(text).second is None


def test_a_running_head_begins_no_report() -> None:
    title = "云岭县2021年政府信息公开工作年度报告\n"
    text = title + BODY.replace("二、", title + "二、").replace("三、", title + "三、")
    assert bounds_of(text).second is None


@pytest.mark.parametrize(
    "line",
    ["一、总体情况", "一、" + "…" * 70, "一、总体情况\n云岭县信息公开年度报告", "目录\n一、甲甲\n二、乙乙"],
)
def test_the_cost_is_in_proportion_to_the_text(line: str) -> None:
    assert growth(lambda size: bounds_of((line + "\n") * size), 2_000) < LINEAR
