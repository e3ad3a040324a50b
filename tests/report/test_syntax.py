"""From a text to its outline: what is a heading, what a paragraph, what a row of cells.

Every reading is set down by hand beside the text it is of.
"""

from collections.abc import Iterator

import pytest
from effort import LINEAR, growth, report
from nianbao.report.syntax import Grid, Part, Piece, read

from tests.fuzz.budget import MOST, within


def _grids(text: str) -> list[Grid]:
    """Return the grids of the one section that *text* is."""
    (section,) = read(f"一、总体情况\n{text}").sections
    return [grid for part in _parts(section) for grid in part.grids]


def _parts(part: Part) -> Iterator[Part]:
    yield part
    for inner in part.parts:
        yield from _parts(inner)


def _rows(text: str) -> list[list[list[str]]]:
    return [[[cell.text for cell in row] for row in grid.rows] for grid in _grids(text)]


def _words(pieces: tuple[Piece, ...]) -> list[str]:
    return [piece.text for piece in pieces]


# -- notations ------------------------------------------------------------------------------------------


def test_tab_led_cells_with_an_empty_line_behind_each_row() -> None:
    assert _rows("\t规章\n\t3\n\t\n\n\t行政规范性文件\n\t4\n\t5\n\n") == [
        [["规章", "3", ""], ["行政规范性文件", "4", "5"]]
    ]


def test_rows_of_cells_with_tabs_between() -> None:
    assert _rows("规章\t3\t\n行政规范性文件\t4\t5\n") == [[["规章", "3", ""], ["行政规范性文件", "4", "5"]]]


def test_pipes_on_either_side_are_no_cells_and_the_rule_is_no_row() -> None:
    assert _rows("| 规章 | 3 |  |\n|:---|---:|---|\n| 文件 | 4 | 5 |\n") == [
        [["规章", "3", ""], ["文件", "4", "5"]]
    ]


def test_pipes_between_cells_only() -> None:
    assert _rows("规章 | 3 | ||\n文件 | 4 | 5 |\n") == [[["规章", "3", "", "", ""], ["文件", "4", "5", ""]]]


def test_a_first_cell_that_is_empty_is_no_pipe_that_leads_the_row() -> None:
    assert _rows("办理结果 | 予以公开 | 8\n | 部分公开 | 6\n") == [
        [["办理结果", "予以公开", "8"], ["", "部分公开", "6"]]
    ]


def test_one_pipe_a_line_is_a_stream_of_cells() -> None:
    (grid,) = _grids("|\n规章\n|\n3\n|\n|\n行政规\n范性文件\n|\n")
    assert grid.stream
    assert [[cell.text for cell in row] for row in grid.rows] == [["规章", "3", "", "行政规\n范性文件"]]


def test_an_escaped_pipe_is_part_of_its_cell() -> None:
    assert _rows("| 许可\\|处罚 | 3 |\n| 强制 | 4 |\n") == [[["许可\\|处罚", "3"], ["强制", "4"]]]


# -- line ends inside cells ------------------------------------------------------------------------------


def test_a_cell_that_no_pipe_has_closed_goes_on() -> None:
    assert _rows("| 法律\n服务\n机构 | 3 |\n| 其他 | 4 |\n") == [[["法律\n服务\n机构", "3"], ["其他", "4"]]]


def test_a_figure_does_not_go_on() -> None:
    """Rows that begin with a pipe and close with none: the next row is no second line of the figure."""
    assert _rows("| 规章 | 3\n文件 | 4\n") == [[["规章", "3"], ["文件", "4"]]]


def test_a_tab_led_cell_of_two_lines() -> None:
    assert _rows("\t商业\n企业\n\t科研机构\n\n\t3\n\t4\n\n") == [[["商业\n企业", "科研机构"], ["3", "4"]]]


def test_the_last_tab_led_cell_of_a_row_in_two_lines() -> None:
    assert _rows("\t上一年项目数量\n\t本年增\n/减\n\n\t3\n\t4\n\n") == [
        [["上一年项目数量", "本年增\n/减"], ["3", "4"]]
    ]


def test_a_line_between_two_lines_of_a_table_is_a_row_of_its_own() -> None:
    """Where nothing shows whose cell it is; binding sees that it begins the label behind it."""
    assert _rows("规章\t3\n行政规\n范性文件\t4\n") == [[["规章", "3"], ["行政规"], ["范性文件", "4"]]]


def test_half_a_row_label_is_no_heading() -> None:
    (section,) = read("一、总体情况\n部分公开 | | 3\n（三）\n不予公开 | 1.属于国家秘密 | 4\n").sections
    assert not section.parts
    assert [[cell.text for cell in row] for row in section.grids[0].rows] == [
        ["部分公开", "", "3"],
        ["（三）"],
        ["不予公开", "1.属于国家秘密", "4"],
    ]


def test_a_heading_between_two_tables_is_one() -> None:
    (section,) = read("一、总体情况\n维持\t3\n（二）行政诉讼\n维持\t4\n").sections
    assert [part.heading.title.text for part in section.parts if part.heading] == ["行政诉讼"]
    assert len(section.grids) == len(section.parts[0].grids) == 1


@pytest.mark.parametrize("line", ["单位：件", "2022年没有收到申请", "以上为本级数据，不含下属单位"])
def test_prose_right_behind_a_tab_led_figure_is_prose(line: str) -> None:
    (section,) = read(f"一、总体情况\n\t规章\n\t3\n{line}\n\t文件\n\t4\n").sections
    assert _words(section.paragraphs) == [line]
    assert [[cell.text for cell in row] for grid in section.grids for row in grid.rows] == [
        ["规章", "3"],
        ["文件", "4"],
    ]


def test_a_sentence_between_two_tables_is_no_cell() -> None:
    (section,) = read("一、总体情况\n规章 | 3\n其余各项没有发生。\n文件 | 4\n").sections
    assert _words(section.paragraphs) == ["其余各项没有发生。"]
    assert len(section.grids) == 2


# -- prose and headings around tables --------------------------------------------------------------------


def test_a_paragraph_that_a_tab_indents_is_a_paragraph() -> None:
    (section,) = read("一、总体情况\n\t2022年，主动公开信息20条。\n\t规章\n\t3\n\n").sections
    assert _words(section.paragraphs) == ["2022年，主动公开信息20条。"]
    assert [cell.text for cell in section.grids[0].rows[0]] == ["规章", "3"]


def test_rows_of_table_three_are_no_headings() -> None:
    text = "三、收到和处理政府信息公开申请情况\n\t一、本年新收政府信息公开申请数量\n\t3\n\n\t四、结转下年度继续办理\n\t1\n\n"
    (section,) = read(text).sections
    assert [[cell.text for cell in row] for row in section.grids[0].rows] == [
        ["一、本年新收政府信息公开申请数量", "3"],
        ["四、结转下年度继续办理", "1"],
    ]


def test_the_line_over_a_table_is_its_caption_and_a_paragraph_still() -> None:
    (section,) = read(
        "二、主动公开政府信息情况\n第二十条第（一）项\n\n| 规章 | 3 |\n\n说明。\n\n| 文件 | 4 |\n"
    ).sections
    assert [grid.caption.text if grid.caption else None for grid in section.grids] == [
        "第二十条第（一）项",
        "说明。",
    ]
    assert _words(section.paragraphs) == ["第二十条第（一）项", "说明。"]


def test_a_heading_over_a_table_is_its_caption() -> None:
    (section,) = read("## 二、主动公开政府信息情况\n### 第二十条第（一）项\n| 规章 | 3 |\n").sections
    (grid,) = section.parts[0].grids
    assert grid.caption is not None
    assert grid.caption.text == "第二十条第（一）项"


def test_two_tables_under_one_line_have_it_once() -> None:
    (section,) = read("二、主动公开政府信息情况\n第二十条第（一）项\n\n规章\t3\n|\n文件\n|\n4\n|\n").sections
    assert [grid.caption is not None for grid in section.grids] == [True, False]


# -- positions --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_cells_read_back_whatever_ends_the_lines(end: str) -> None:
    lines = [
        "一、总体情况",
        "| 法律",
        "服务机构 | 3\xa0 |",
        "| 其　他 |  |",
        "",
        "\t规章",
        "\t４",
        "",
        "说明。",
    ]
    text = end.join(lines)
    (section,) = read(text).sections
    cells = [cell for grid in section.grids for row in grid.rows for cell in row]
    assert [cell.text for cell in cells] == [f"法律{end}服务机构", "3", "其　他", "", "规章", "４"]
    assert all(text[cell.span.start : cell.span.end] == cell.text for cell in cells)


@pytest.mark.parametrize(
    ("begin", "mark", "end"), [("|", "-", "x|"), ("", "|", ""), ("", "\t", ""), ("", "| - ", "")]
)
def test_a_long_line_of_marks_costs_in_proportion(begin: str, mark: str, end: str) -> None:
    """What looks like the rule of a table and is none must not be tried from every side."""

    def work(size: int) -> None:
        line = f"{begin}{mark * (size // len(mark))}{end}\n"
        read(f"一、总体情况\n{line}{line}")

    assert growth(work, 20_000) < LINEAR


def test_a_run_of_cells_that_no_blank_line_closes_costs_in_proportion() -> None:
    """A cell that may be read in two ways would be tried in all their combinations."""

    def work(size: int) -> None:
        with within(MOST * report()):
            read("一、总体情况\n" + "\t12\n" * (size // 4) + "完\n")

    assert growth(work, 4_000) < LINEAR


def test_a_sentence_with_a_tab_in_it_is_prose() -> None:
    outline = read("一、总体情况\n公开政务信息\t3条。\n规章\t0\t0\t0\n")

    part = outline.sections[0]

    assert [piece.text for piece in part.paragraphs] == ["公开政务信息\t3条。"]
    assert [[cell.text for cell in row] for row in part.grids[0].rows] == [["规章", "0", "0", "0"]]


# -- signs and words that decide -------------------------------------------------------------------------

GROUPS = ("予以公开", "部分公开", "不予公开", "无法提供", "不予处理", "其他处理", "总计")
REASONS = (
    *("属于国家秘密", "其他法律行政法规禁止公开", "危及安全稳定", "保护第三方合法权益", "本机关不掌握", "没有现成信息"),
    *("补正后仍不明确", "信访举报投诉", "重复申请", "要求提供公开出版物", "无正当理由", "申请人逾期未补正"),
)  # fmt: skip
CUT = [
    *(f"{opening}一{closing}{words}" for words in GROUPS for opening, closing in ("（）", "()")),
    *(f"{figure}{sign}{words}" for words in REASONS for figure, sign in (("1", "."), ("8", "、"))),
]


@pytest.mark.parametrize("label", CUT)
def test_a_label_of_table_three_that_a_line_end_cuts_is_no_heading(label: str) -> None:
    text = f"办理如下。\n申请人情况\t总计\n{label[:-1]}\n{label[-1]}\t3\n"
    assert _rows(text) == [[["申请人情况", "总计"], [label[:-1]], [label[-1], "3"]]]


@pytest.mark.parametrize("sentence", ["本年没有废止。", "# 本年没有废止。"])
def test_a_sentence_between_two_rows_is_cut_from_no_cell(sentence: str) -> None:
    text = f"规章\t3\n{sentence}\n行政规范性文件\t4\n"
    assert _rows(text) == [[["规章", "3"]], [["行政规范性文件", "4"]]]


@pytest.mark.parametrize("blank", [" ", "\t", "\u3000", "\xa0", "\r"])
def test_blanks_around_a_paragraph_are_no_part_of_it(blank: str) -> None:
    (section,) = read(f"一、总体情况\n{blank}工作平稳。{blank}\n").sections
    assert _words(section.paragraphs) == ["工作平稳。"]


@pytest.mark.parametrize(
    ("heading", "numeral"),
    [
        *(("一、总体情况", "一"), ("\t一、总体情况", "一"), (" 一、总体情况", "一"), ("\u3000一、总体情况", "一"), ("一. 总体情况", "一")),
        *(("一．总体情况", "一"), ("一 总体情况", "一"), ("## 一、总体情况", "一"), ("**一、总体情况**", "一"), ("## **一、总体情况**", "一")),
        *(("第一部分总体情况", "第一部分"), ("第一部分：总体情况", "第一部分"), ("第一部分、总体情况", "第一部分"), ("第一部分 总体情况", "第一部分")),
        *(("（一）总体情况", "（一）"), ("(一)总体情况", "(一)"), ("(一)、总体情况", "(一)"), ("（十二）、总体情况", "（十二）")),
        *(("1.总体情况", "1"), ("1、总体情况", "1"), ("12.总体情况", "12"), ("①总体情况", "①"), ("⑩、总体情况", "⑩")),
    ],
)  # fmt: skip
def test_the_numeral_of_a_heading_is_no_part_of_its_title(heading: str, numeral: str) -> None:
    outline = read(
        f"青禾县2022年政府信息公开工作年度报告\n\n二、主动公开政府信息情况\n工作平稳。\n{heading}\n工作平稳。\n"
    )
    parts = [part for section in outline.sections for part in _parts(section)]
    found = [part.heading for part in parts if part.heading is not None]
    assert (found[-1].numeral, found[-1].title.text) == (numeral, "总体情况")
