"""The title of a report: which lines it is, which year and which organ are in it."""

import pytest
from nianbao.report.syntax import Piece, read
from nianbao.report.title import TITLE_YEAR, organ_in, title_of
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
