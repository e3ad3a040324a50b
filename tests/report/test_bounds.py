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
