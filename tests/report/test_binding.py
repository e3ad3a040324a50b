"""Grids bound to forms: every layout that text can hold, each small table with its right reading set by hand."""

from collections.abc import Mapping
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nianbao.report.binding import bind
from nianbao.report.form import Form
from nianbao.report.report import Report
from nianbao.report.rows import is_value
from nianbao.report.syntax import read
from nianbao.report.table import Table
from nianbao.testing import Draft, official_forms
from nianbao.testing.strategies import reports
from nianbao.text.source import Source

HEAD = "青禾县云岭镇人民政府{year}年政府信息公开工作年度报告\n\n一、总体情况\n无。\n"


def _report(body: str, title: str = "二、主动公开政府信息情况", year: int = 2022) -> Report:
    report = Report(Source(HEAD.format(year=year) + f"{title}\n{body}"), official_forms())
    for table in report.tables.values():
        for cell in table.cells:
            assert report.source[cell.span] == cell.text
        for label in (*table.rows.values(), *table.columns.values(), *table.extra):
            assert report.source[label.span] == label.text
    return report


def _cells(table: Table, *rows: str) -> list[list[str | None]]:
    """Return the cells of *rows* as bound, in the order of the form; None for one that is not bound."""
    bound = {(cell.row.key, cell.column.key): cell.text for cell in table.cells}
    return [[bound.get((row, column.key)) for column in table.form.columns] for row in rows]


def _nothing_outside(report: Report, body: str, table: Table) -> bool:
    """Return whether all of *body* but blanks and the signs between cells is within *table*."""
    start = report.source.text.index(body)
    outside = report.source.text[start : table.span.start] + report.source.text[table.span.end :]
    return not outside.strip("|- \t\n")


def _exact(labels: Mapping[str, object]) -> dict[str, bool]:
    return {key: label.exact for key, label in labels.items()}  # type: ignore[attr-defined]


# -- section two: 规章 3, 5, 74; 行政规范性文件 12, 8, 140 (制发, 废止, 现行有效) -----------------------------

LABELS = ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数")
REGULATIONS = [["3", "5", "74"], ["12", "8", "140"]]
ROWS = ("rules", "normative_documents")

LAYOUTS = {
    "tab-led cells": (
        "\t第二十条第（一）项\n\n\t信息内容\n\t本年制发件数\n\t本年废止件数\n\t现行有效件数\n\n"
        "\t规章\n\t3\n\t5\n\t74\n\n\t行政规范性文件\n\t12\n\t8\n\t140\n\n"
    ),
    "tab-led cells without a line between rows": (
        "\t第二十条第（一）项\n\t信息内容\n\t本年制发件数\n\t本年废止件数\n\t现行有效件数\n"
        "\t规章\n\t3\n\t5\n\t74\n\t行政规范性文件\n\t12\n\t8\n\t140\n"
    ),
    "tab-led cells with a line behind each": (
        "\t第二十条第（一）项\n\n\t信息内容\n\n\t本年制发件数\n\n\t本年废止件数\n\n\t现行有效件数\n\n"
        "\t规章\n\n\t3\n\n\t5\n\n\t74\n\n\t行政规范性文件\n\n\t12\n\n\t8\n\n\t140\n\n"
    ),
    "tabs between cells": (
        "第二十条第（一）项\t\t\t\n信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n"
        "规章\t3\t5\t74\n行政规范性文件\t12\t8\t140\n"
    ),
    "Markdown": (
        "| 第二十条第（一）项 |  |  |  |\n| --- | --- | --- | --- |\n"
        "| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n"
        "| 规章 | 3 | 5 | 74 |\n| 行政规范性文件 | 12 | 8 | 140 |\n"
    ),
    "pipes between cells, merged ones left out": (
        "第二十条第（一）项 | |||\n信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数\n"
        "规章 | 3 | 5 | 74 |\n行政规范性文件 | 12 | 8 | 140 | |\n"
    ),
    "one pipe a line": (
        "|\n第二十条第（一）项\n|\n信息内容\n|\n本年制发件数\n|\n本年废止件数\n|\n现行有效件数\n|\n"
        "规章\n|\n3\n|\n5\n|\n74\n|\n行政规范性文件\n|\n12\n|\n8\n|\n140\n|\n"
    ),
    "merged cells repeated": (
        "| 第二十条第（一）项 | 第二十条第（一）项 | 第二十条第（一）项 | 第二十条第（一）项 |\n| --- | --- | --- | --- |\n"
        "| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n"
        "| 规章 | 3 | 5 | 74 |\n| 行政规范性文件 | 12 | 8 | 140 |\n"
    ),
    "empty cells between labels and figures": (
        "| 第二十条第（一）项 |  |  |  |  |\n| 信息内容 |  | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n"
        "| 规章 |  | 3 | 5 | 74 |\n| 行政规范性文件 |  | 12 | 8 | 140 |\n"
    ),
    "each column two cells wide": (
        "| 第二十条第（一）项 |  |  |  |  |  |  |\n"
        "| 信息内容 | 本年制发件数 | 本年制发件数 | 本年废止件数 | 本年废止件数 | 现行有效件数 | 现行有效件数 |\n"
        "| 规章 | 3 | 3 | 5 | 5 | 74 | 74 |\n| 行政规范性文件 | 12 | 12 | 8 | 8 | 140 | 140 |\n"
    ),
    "columns in another order": (
        "| 第二十条第（一）项 |  |  |  |\n| --- | --- | --- | --- |\n"
        "| 信息内容 | 现行有效件数 | 本年制发件数 | 本年废止件数 |\n"
        "| 规章 | 74 | 3 | 5 |\n| 行政规范性文件 | 140 | 12 | 8 |\n"
    ),
    "rows in another order": (
        "第二十条第（一）项\t\t\t\n信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n"
        "行政规范性文件\t12\t8\t140\n规章\t3\t5\t74\n"
    ),
    "line ends inside cells": (
        "| 第二十条\n第（一）项 |  |  |  |\n| 信息内容 | 本年制发\n件数 | 本年废止\n件数 | 现行有效\n件数 |\n"
        "| 规章 | 3 | 5 | 74 |\n| 行政规范\n性文件 | 12 | 8 | 140 |\n"
    ),
    "line ends inside cells without pipes around the row": (
        "第二十条第（一）项 | | |\n信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数\n"
        "规章 | 3 | 5 | 74\n行政规范\n性文件 | 12 | 8 | 140\n"
    ),
    "a column label of two lines in tab-led cells": (
        "\t第二十条第（一）项\n\n\t信息内容\n\t本年制发\n件数\n\t本年废止件数\n\t现行有效\n件数\n\n"
        "\t规章\n\t3\n\t5\n\t74\n\n\t行政规范性文件\n\t12\n\t8\n\t140\n\n"
    ),
    "the item in a first column of its own": (
        "| 第二十条第（一）项 | 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n| --- | --- | --- | --- | --- |\n"
        "|  | 规章 | 3 | 5 | 74 |\n|  | 行政规范性文件 | 12 | 8 | 140 |\n"
    ),
    "the item as the line over the table": (
        "第二十条第（一）项\n\n信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n规章\t3\t5\t74\n行政规范性文件\t12\t8\t140\n"
    ),
    "an item with a number in figures": (
        "条例第二十条第(1)项\t\t\t\n信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n规章\t3\t5\t74\n行政规范性文件\t12\t8\t140\n"
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layouts_of_section_two(layout: str) -> None:
    report = _report(LAYOUTS[layout])
    table = report.tables["regulations"]
    assert _cells(table, *ROWS) == REGULATIONS
    assert table.header is not None
    assert table.header.key == "一"
    assert set(report.items) == {"一"}
    assert report.items["一"].exact is (layout != "an item with a number in figures")
    assert all(_exact(table.rows).values())
    assert _exact(table.columns) == {"issued": True, "repealed": True, "in_force": True}
    assert _nothing_outside(report, LAYOUTS[layout], table)
    assert not table.extra
    assert not table.ragged


def test_labels_that_a_converter_has_cut_off() -> None:
    """Two are the same, so only their place tells which is which; that they end early is not the report's doing."""
    table = _report(
        "第二十条第（一）项 | | |\n信息内容 | 本年新 | 本年新 | 对外公开总数量\n规章 | 1 | 2 | 3\n规范性文件 | 4 | 5 | 6\n",
        year=2020,
    ).tables["regulations"]
    assert _cells(table, *ROWS) == [["1", "2", "3"], ["4", "5", "6"]]
    assert _exact(table.columns) == {"made": True, "published": True, "public_total": True}


@pytest.mark.parametrize("head", ["序号", "编号", "行次"])
def test_a_column_that_numbers_the_rows_has_no_figures(head: str) -> None:
    table = _report(
        f"{head}\t信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n1\t规章\t3\t5\t74\n2\t行政规范性文件\t12\t8\t140\n"
    ).tables["regulations"]
    assert _cells(table, *ROWS) == REGULATIONS
    between = _report(
        f"信息内容\t{head}\t本年制发件数\t本年废止件数\t现行有效件数\n规章\t1\t3\t5\t74\n行政规范性文件\t2\t12\t8\t140\n"
    ).tables["regulations"]
    assert _cells(between, *ROWS) == REGULATIONS


@pytest.mark.parametrize("head", ["备注", "说明"])
def test_a_last_column_of_remarks_has_no_figures(head: str) -> None:
    table = _report(
        f"信息内容\t本年制发件数\t本年废止件数\t现行有效件数\t{head}\n规章\t3\t5\t74\t含2022年修改1件\n行政规范性文件\t12\t8\t140\t\n"
    ).tables["regulations"]
    assert _cells(table, *ROWS) == REGULATIONS
    assert not table.ragged


@pytest.mark.parametrize("word", ["栏次", "序号", "行次", "甲", "乙", "丙"])
def test_a_row_that_numbers_the_columns_is_none(word: str) -> None:
    head = "信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n"
    table = _report(f"{head}{word}\t1\t2\t3\n规章\t3\t5\t74\n行政规范性文件\t12\t8\t140\n").tables[
        "regulations"
    ]
    assert _cells(table, *ROWS) == REGULATIONS
    assert not table.extra


def test_a_row_of_figures_that_do_not_count_on_is_a_row() -> None:
    head = "信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n"
    table = _report(f"{head}规章\t3\t5\t74\n甲\t1\t3\t2\n").tables["regulations"]
    assert [label.text for label in table.extra] == ["甲"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("未经复议起诉", "复议后诉讼"),
        ("直接诉讼", "经复议起诉"),
        ("行政诉讼（未经复议直接起诉）", "行政诉讼（复议后起诉）"),
    ],
)
def test_rows_of_table_four_are_known_by_what_they_say_of_the_block(first: str, second: str) -> None:
    head = "类别\t结果维持\t结果纠正\t其他结果\t尚未审结\t总计\n"
    rows = ((second, AFTER), (first, DIRECT), ("复议", REVIEW))
    body = head + "".join("\t".join([label, *figures]) + "\n" for label, figures in rows)
    report = _report(body, "四、政府信息公开行政复议、行政诉讼情况")
    assert _cells(report.tables["review"], "cases") == CASES


def test_one_label_not_known_has_the_place_that_is_left() -> None:
    table = _report(
        "信息内容\t现行有效件数\t本年发件数\t本年废止件数\n规章\t74\t3\t5\n行政规范性文件\t140\t12\t8\n"
    ).tables["regulations"]
    assert _cells(table, *ROWS) == REGULATIONS
    assert _exact(table.columns) == {"in_force": True, "issued": False, "repealed": True}


def test_two_labels_not_known_out_of_their_order_leave_the_figures_unbound() -> None:
    """Only 现行有效件数 is known, and it is first: which of the others is which nothing tells."""
    report = _report("信息内容\t现行有效件数\t甲\t乙\n规章\t74\t3\t5\n行政规范性文件\t140\t12\t8\n")
    assert not report.tables["regulations"].cells
    assert "regulations" in report.unreadable


@pytest.mark.parametrize(("lines", "known"), [(4, True), (5, False)])
def test_the_labels_of_columns_are_within_five_lines_above_the_figures(lines: int, known: bool) -> None:
    head = "信息内容\t现行有效件数\t本年制发件数\t本年废止件数\n"
    notes = "".join(f"说明{n}\t件\t件\t件\n" for n in range(lines))
    table = _report(f"{head}{notes}规章\t74\t3\t5\n").tables["regulations"]
    assert set(table.columns) == ({"in_force", "issued", "repealed"} if known else set())


def test_a_header_that_comes_again_above_the_figures_is_one_header() -> None:
    head = "第二十条第（一）项\t\t\t\n信息内容\t现行有效件数\t本年制发件数\t本年废止件数\n件数\t件\t件\t件\n"
    table = _report(f"{head}{head}规章\t74\t3\t5\n行政规范性文件\t140\t12\t8\n").tables["regulations"]
    assert _cells(table, *ROWS) == REGULATIONS
    assert not table.extra


def test_a_line_over_a_table_that_is_no_item_is_none() -> None:
    report = _report("单位：件\n\n信息内容\t本年处理决定数量\n行政许可\t7\n")
    assert not report.items
    assert report.tables["permits"].header is None


def test_without_column_labels_the_form_tells_the_order() -> None:
    table = _report("第二十条第（一）项\t\t\t\n规章\t3\t5\t74\n行政规范性文件\t12\t8\t140\n").tables[
        "regulations"
    ]
    assert _cells(table, *ROWS) == REGULATIONS
    assert not table.columns


ODD = ("O", "1O", "l7", "约17", "0（含1件）", "4件以上", "①", "见附件")


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("place", range(3))
def test_words_among_figures_are_no_label_although_the_label_is_misspelt(odd: str, place: int) -> None:
    figures = ["12", "8", "140"]
    figures[place] = odd
    rows = [
        ["第二十条第（一）项", "", "", ""],
        [*LABELS],
        ["规章", *REGULATIONS[0]],
        ["行政规范性文档", *figures],
    ]
    report = _report("".join(f"| {' | '.join(row)} |\n" for row in rows))
    table = report.tables["regulations"]
    assert _cells(table, *ROWS) == [REGULATIONS[0], figures]
    assert table.rows["normative_documents"].text == "行政规范性文档"


def test_a_serial_number_makes_no_label_a_figure() -> None:
    rows = [
        ["", "第二十条第（一）项", "", "", ""],
        ["序号", *LABELS],
        ["1", "规章", *REGULATIONS[0]],
        ["2", "行政规范性文档", *REGULATIONS[1]],
    ]
    report = _report("".join(f"| {' | '.join(row)} |\n" for row in rows))
    assert _cells(report.tables["regulations"], *ROWS) == REGULATIONS


def test_another_word_for_the_corner() -> None:
    table = _report(
        "类别\t本年制发件数\t本年废止件数\t现行有效件数\n规章\t3\t5\t74\n行政规范性文件\t12\t8\t140\n"
    ).tables["regulations"]
    assert _cells(table, *ROWS) == REGULATIONS
    assert table.header is None


def test_the_five_tables_of_the_older_form_in_one_grid() -> None:
    """Only the lines of the items part them; 采购 is blank, which is not zero."""
    report = _report(
        "第二十条第（五）项 | | |\n信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量\n"
        "行政许可 | 20 | -3 | 150\n其他对外管理服务事项 | 8 | +1 | 60\n"
        "第二十条第（六）项 | | |\n信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量\n"
        "行政处罚 | 30 | 0 | 9\n行政强制 | 5 | 0 | 2\n"
        "第二十条第（八）项 | | |\n信息内容 | 上一年项目数量 | 本年增/减 | \n行政事业性收费 | 7 | -1 | \n"
        "第二十条第（九）项 | | |\n信息内容 | 采购项目数量 | 采购总金额 | \n政府集中采购 | | | \n",
        year=2020,
    )
    tables = report.tables
    assert _cells(tables["permits"], "permits", "services") == [["20", "-3", "150"], ["8", "+1", "60"]]
    assert _cells(tables["penalties"], "penalties", "coercion") == [["30", "0", "9"], ["5", "0", "2"]]
    assert _cells(tables["charges"], "charges") == [["7", "-1"]]
    assert _cells(tables["procurement"], "procurement") == [["", ""]]
    assert list(report.items) == ["五", "六", "八", "九"]
    assert {key: table.header.key for key, table in tables.items() if table.header} == {
        "permits": "五",
        "penalties": "六",
        "charges": "八",
        "procurement": "九",
    }


@pytest.mark.parametrize(
    "row", ["行政许可 | 7 | ||", "行政许可 | | | 7", "行政许可 | 7 | 7 | 7", "行政许可 | | 7 | |"]
)
def test_one_figure_merged_over_the_columns_of_the_table_above(row: str) -> None:
    report = _report(
        "第二十条第（一）项 | | |\n信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数\n规章 | 3 | 5 | 74\n"
        f"第二十条第（五）项 | | |\n信息内容 | 本年处理决定数量 | |\n{row}\n"
    )
    assert _cells(report.tables["permits"], "permits") == [["7"]]
    assert _cells(report.tables["regulations"], "rules") == [["3", "5", "74"]]


def test_two_equal_figures_for_one_column_may_be_one_that_was_cut() -> None:
    """22 cut in two looks like 2 in a merged cell that a copy repeats: it is not for the reader to choose."""
    table = _report(
        "信息内容 | 本年处理决定数量 |\n行政处罚 | 0 |\n行政强制 | 2 | 2\n",
    ).tables["penalties"]
    assert _cells(table, "penalties") == [["0"]]
    assert [(label.key, count) for label, count in table.ragged] == [("coercion", 2)]


def test_a_blank_first_figure_is_no_merged_cell_where_the_header_is_as_wide() -> None:
    """Six cells a row: the label, three figures of which the first is blank, and two that merging has left."""
    table = _report(
        "| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |  |  |\n| --- | --- | --- | --- | --- | --- |\n"
        "| 规章 |  | 5 | 74 |  |  |\n| 行政规范性文件 | 12 | 8 |  |  |  |\n"
    ).tables["regulations"]
    assert _cells(table, *ROWS) == [["", "5", "74"], ["12", "8", ""]]


def test_columns_of_unequal_width_repeated() -> None:
    """本年增/减 is two cells wide in its label and in its figure."""
    table = _report(
        "| 信息内容 | 上一年项目数量 | 本年增/减 | 本年增/减 |\n| --- | --- | --- | --- |\n| 行政事业性收费 | 7 | -1 | -1 |\n"
        "| 信息内容 | 采购项目数量 | 采购总金额 | 采购总金额 |\n| 政府集中采购 | 2 | 251000 | 251000 |\n",
        year=2020,
    ).tables["charges"]
    assert _cells(table, "charges") == [["7", "-1"]]


def test_too_few_figures_have_no_columns() -> None:
    table = _report(
        "信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n规章\t3\t74\n行政规范性文件\t12\t8\t140\n"
    ).tables["regulations"]
    assert _cells(table, *ROWS) == [[None] * 3, ["12", "8", "140"]]
    assert [(label.text, count) for label, count in table.ragged] == [("规章", 2)]


def test_a_header_with_more_labels_than_the_form_has_columns() -> None:
    """Three of the office's own before the form's, one of them the unit: which figure belongs where nothing tells, and that is said."""
    report = _report(
        "信息内容\t科室数\t单位\t次数\t本年制发件数\t本年废止件数\t现行有效件数\n规章\t1\t件\t4\t3\t5\t74\n"
    )
    assert not report.tables["regulations"].cells
    assert [(label.text, count) for label, count in report.tables["regulations"].ragged] == [("规章", 5)]
    assert "regulations" in report.unreadable


@pytest.mark.parametrize(
    ("label", "key", "exact"),
    [
        ("行政规范 性文件", "normative_documents", True),
        ("行政规范性文件：", "normative_documents", True),
        ("行政规范性", "normative_documents", True),  # cut off by a converter
        ("规范性文件", "normative_documents", False),
        ("行政规范文件", "normative_documents", False),
        ("规　章", "rules", True),
        ("行政", "normative_documents", True),  # two signs are the fewest
    ],
)
def test_row_labels(label: str, key: str, exact: bool) -> None:
    table = _report(f"信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n{label}\t3\t5\t74\n").tables[
        "regulations"
    ]
    assert _exact(table.rows) == {key: exact}
    assert _cells(table, key) == [["3", "5", "74"]]


def test_a_row_that_the_form_does_not_have() -> None:
    report = _report(
        "第二十条第（六）项\t\n信息内容\t本年处理决定数量\n行政处罚\t9\n行政检查\t40\n行政强制\t2\n行政处罚\t9\n"
    )
    table = report.tables["penalties"]
    assert _cells(table, "penalties", "coercion") == [["9"], ["2"]]
    assert [label.text for label in table.extra] == ["行政检查", "行政处罚"]


def test_a_row_not_known_under_its_item_is_noted_with_its_table() -> None:
    report = _report(
        "第二十条第（五）项\t\n信息内容\t本年处理决定数量\n涉企证照\t9\n第二十条第（六）项\t\n行政处罚\t9\n"
    )
    assert [label.text for label in report.tables["permits"].extra] == ["涉企证照"]
    assert "permits" in report.unreadable


def test_other_tables_are_none_of_ours() -> None:
    """A table of the report's own, before, behind and in the same section, adds nothing and takes nothing away."""
    own = "类别 | 条数\n工作动态 | 80\n总计 | 80\n"
    report = _report(
        f"{own}\n说明。\n\n第二十条第（五）项 | \n信息内容 | 本年处理决定数量\n行政许可 | 7\n\n说明。\n\n{own}"
    )
    assert _cells(report.tables["permits"], "permits") == [["7"]]
    assert set(report.tables) == {"permits"}
    assert not report.tables["permits"].extra


def test_the_table_under_its_item_is_the_one_that_is_read() -> None:
    """And not one of the report's own that has the same words in it."""
    report = _report(
        "事项 | 件数\n行政许可 | 650\n行政处罚 | 12\n行政强制 | 1\n\n"
        "第二十条第（五）项 | \n信息内容 | 本年处理决定数量\n行政许可 | 7\n"
        "第二十条第（六）项 | \n信息内容 | 本年处理决定数量\n行政处罚 | 9\n行政强制 | 2\n"
    )
    assert _cells(report.tables["permits"], "permits") == [["7"]]
    assert _cells(report.tables["penalties"], "penalties", "coercion") == [["9"], ["2"]]
    assert not report.tables["penalties"].extra


@pytest.mark.parametrize(
    "second",
    [
        "第二十条第（五）项\t\n信息内容\t本年处理决定数量\n",
        "第二十条第（五）项\t\n",
        "信息内容\t本年处理决定数量\n",
        "",
    ],
)
def test_a_table_that_comes_twice_is_read_once(second: str) -> None:
    """The whole city, then the office itself: the first is judged, the second makes no row too many."""
    first = "第二十条第（五）项\t\n信息内容\t本年处理决定数量\n行政许可\t700\n"
    table = _report(f"{first}\n本级：\n\n{second}行政许可\t7\n").tables["permits"]
    assert _cells(table, "permits") == [["700"]]
    assert not table.extra


# -- table three: natural persons, businesses and the total --------------------------------------------------

THREE = "三、收到和处理政府信息公开申请情况"
NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
COLUMNS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
RECEIVED, GRANTED, SECRET = (
    ["9", "2", "0", "0", "0", "1", "12"],
    ["5", "1", "0", "0", "0", "1", "7"],
    ["1", "0", "0", "0", "0", "0", "1"],
)
KEYS = ("received", "granted", "state_secret")

LAYOUTS_THREE = {
    "tab-led cells, merged ones left out": (
        f"\t{NOTE}\n\t申请人情况\n\n\t\n\t自然人\n\t法人或其他组织\n\t总计\n\n"
        "\t\n\t\n\t商业企业\n\t科研机构\n\t社会公益组织\n\t法律服务机构\n\t其他\n\t\n\n"
        "\t一、本年新收政府信息公开申请数量\n\t9\n\t2\n\t0\n\t0\n\t0\n\t1\n\t12\n\n"
        "\t三、本年度办理结果\n\t（一）予以公开\n\t5\n\t1\n\t0\n\t0\n\t0\n\t1\n\t7\n\n"
        "\t\n\t（三）不予公开\n\t1.属于国家秘密\n\t1\n\t0\n\t0\n\t0\n\t0\n\t0\n\t1\n\n"
    ),
    "Markdown with every merged cell empty": (
        f"| {NOTE} |  |  | 申请人情况 |  |  |  |  |  |  |\n|---|---|---|---|---|---|---|---|---|---|\n"
        "|  |  |  | 自然人 | 法人或其他组织 |  |  |  |  | 总计 |\n"
        "|  |  |  |  | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 |  |\n"
        "| 一、本年新收政府信息公开申请数量 |  |  | 9 | 2 | 0 | 0 | 0 | 1 | 12 |\n"
        "| 三、本年度办理结果 | （一）予以公开 |  | 5 | 1 | 0 | 0 | 0 | 1 | 7 |\n"
        "|  | （三）不予公开 | 1.属于国家秘密 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |\n"
    ),
    "Markdown with every merged cell repeated": (
        f"| {NOTE} | {NOTE} | {NOTE} |{' 申请人情况 |' * 7}\n|---|---|---|---|---|---|---|---|---|---|\n"
        f"| {NOTE} | {NOTE} | {NOTE} | 自然人 |{' 法人或其他组织 |' * 5} 总计 |\n"
        f"| {NOTE} | {NOTE} | {NOTE} | 自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计 |\n"
        f"|{' 一、本年新收政府信息公开申请数量 |' * 3} 9 | 2 | 0 | 0 | 0 | 1 | 12 |\n"
        "| 三、本年度办理结果 | （一）予以公开 | （一）予以公开 | 5 | 1 | 0 | 0 | 0 | 1 | 7 |\n"
        "| 三、本年度办理结果 | （三）不予公开 | 1.属于国家秘密 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |\n"
    ),
    "pipes with the empty cells behind the figures": (
        f"{NOTE} | 申请人情况 |||||||\n自然人 | 法人或其他组织 ||||| 总计 ||\n"
        "商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 ||||\n"
        "一、本年新收政府信息公开申请数量 | 9 | 2 | 0 | 0 | 0 | 1 | 12 ||\n"
        "三、本年度办理结果 | （一）予以公开 | 5 | 1 | 0 | 0 | 0 | 1 | 7 |\n"
        "（三）不予公开 | 1.属于国家秘密 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |\n"
    ),
    "one pipe a line": "|\n"
    + "".join(
        f"{cell}\n|\n"
        for cell in (
            *(NOTE, "申请人情况", "自然人", "法人或其他组织", "总计", *COLUMNS[1:6]),
            *(
                "一、本年新收政府信息公开申请数量",
                *RECEIVED,
                "三、本年度办理结果",
                "（一）予以公开",
                *GRANTED,
            ),
            *("（三）不予公开", "1.属于国家秘密", *SECRET),
        )
    ),
    "the group of a row on a line of its own": (
        "\t".join((NOTE, *COLUMNS))
        + "\n一、本年新收政府信息公开申请数量\t9\t2\t0\t0\t0\t1\t12\n三、本年度\n办理结果\t（一）\t\t\n"
        "予以公开\t5\t1\t0\t0\t0\t1\t7\n（三）\n不予公开\t1.属于国家秘密\t1\t0\t0\t0\t0\t0\t1\n"
    ),
    "group and row in one cell": (
        "\t".join((NOTE, *COLUMNS)) + "\n一、本年新收政府信息公开申请数量\t9\t2\t0\t0\t0\t1\t12\n"
        "三、本年度办理结果（一）予以公开\t5\t1\t0\t0\t0\t1\t7\n（三）不予公开1.属于国家秘密\t1\t0\t0\t0\t0\t0\t1\n"
    ),
    "the total first": (
        "| 申请人情况 |  |  |  |  |  |  |  |\n| 项目 | 总计 | 自然人 | 法人或其他组织 |  |  |  |  |\n"
        f"| {NOTE} |  |  | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 |\n"
        "| 一、本年新收政府信息公开申请数量 | 12 | 9 | 2 | 0 | 0 | 0 | 1 |\n"
        "| （一）予以公开 | 7 | 5 | 1 | 0 | 0 | 0 | 1 |\n| 1.属于国家秘密 | 1 | 1 | 0 | 0 | 0 | 0 | 0 |\n"
    ),
    "numerals lost": (
        "\t".join((NOTE, *COLUMNS))
        + "\n本年新收政府信息公开申请数量\t9\t2\t0\t0\t0\t1\t12\n予以公开\t5\t1\t0\t0\t0\t1\t7\n"
        "属于国家秘密\t1\t0\t0\t0\t0\t0\t1\n"
    ),
    "cut in two by the end of a page": (
        "\t".join((NOTE, *COLUMNS))
        + "\n一、本年新收政府信息公开申请数量\t9\t2\t0\t0\t0\t1\t12\n（一）予以公开\t5\t1\t0\t0\t0\t1\t7\n"
        "\n第3页。\n\n" + "\t".join(("", *COLUMNS)) + "\n1.属于国家秘密\t1\t0\t0\t0\t0\t0\t1\n"
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS_THREE)
def test_layouts_of_table_three(layout: str) -> None:
    report = _report(LAYOUTS_THREE[layout], THREE)
    table = report.tables["applications"]
    assert _cells(table, *KEYS) == [RECEIVED, GRANTED, SECRET]
    assert table.note is not None
    assert all(_exact(table.rows).values())
    assert all(_exact(table.columns).values())
    assert not table.extra
    assert not table.ragged
    assert len(report.sections) == 2
    assert not report.sections[1].part.parts
    assert _nothing_outside(report, LAYOUTS_THREE[layout], table)


def test_labels_that_are_rows_and_columns() -> None:
    """其他 and 总计 without their numerals are rows where they are under others, and columns in the header."""
    table = _report(
        "\t".join((NOTE, *COLUMNS))
        + "\n（一）予以公开\t5\t1\t0\t0\t0\t1\t7\n其他\t1\t0\t0\t0\t0\t0\t1\n总计\t6\t1\t0\t0\t0\t1\t8\n",
        THREE,
    ).tables["applications"]
    assert _cells(table, "granted", "otherwise", "total") == [
        GRANTED,
        ["1", "0", "0", "0", "0", "0", "1"],
        ["6", "1", "0", "0", "0", "1", "8"],
    ]
    assert set(table.columns) == {column.key for column in table.form.columns}


def test_merged_cells_left_their_empty_ones_where_the_other_rows_have_them() -> None:
    """Two behind the figures of every row: so 予以公开 has a blank for natural persons and none for the total."""
    table = _report(
        "\t".join((NOTE, *COLUMNS, "", ""))
        + "\n一、本年新收政府信息公开申请数量\t9\t2\t0\t0\t0\t1\t12\t\t\n（一）予以公开\t\t1\t0\t0\t0\t1\t7\t\t\n",
        THREE,
    ).tables["applications"]
    assert _cells(table, "received", "granted") == [RECEIVED, ["", "1", "0", "0", "0", "1", "7"]]


def test_an_empty_cell_at_the_end_of_a_row_whose_end_is_lost_could_be_the_next_row_s() -> None:
    """Eight cells from the label on, the first and the last of them empty: which of the two is a figure's?"""
    rest = "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"
    cells = (NOTE, *COLUMNS, "（一）予以公开", "", *GRANTED[1:], "", rest, *SECRET)
    table = _report("|\n" + "".join(f"{cell}\n|\n" for cell in cells), THREE).tables["applications"]
    assert _cells(table, "granted", "partly_granted") == [[None] * 7, SECRET]
    assert not table.ragged
    assert set(table.rows) == {"granted", "partly_granted"}


def test_a_wrong_numeral_is_a_label_that_differs() -> None:
    table = _report(
        "\t".join((NOTE, *COLUMNS))
        + "\n（一）予以公开\t5\t1\t0\t0\t0\t1\t7\n（五）总计\t5\t1\t0\t0\t0\t1\t7\n",
        THREE,
    ).tables["applications"]
    assert _exact(table.rows) == {"granted": True, "total": False}


def test_a_group_filled_in_as_a_row() -> None:
    """（六）其他处理 has three rows in the form of 2021."""
    table = _report(
        "信息内容\t本年收费金额（单位：万元）\n行政事业性收费\t5\n" + "\t".join((NOTE, *COLUMNS)) + "\n"
        "（一）予以公开\t5\t1\t0\t0\t0\t1\t7\n（六）其他处理\t1\t0\t0\t0\t0\t0\t1\n",
        THREE,
    ).tables["applications"]
    assert [label.text for label in table.extra] == ["（六）其他处理"]


@pytest.mark.parametrize("words", ["若干", "总计"])
def test_words_in_a_cell_are_no_label(words: str) -> None:
    table = _report(
        "\t".join((NOTE, *COLUMNS)) + f"\n（一）予以公开\t约5\t1\t0\t0\t0\t1\t{words}\n", THREE
    ).tables["applications"]
    assert _cells(table, "granted") == [["约5", "1", "0", "0", "0", "1", words]]


def test_the_older_section_two_and_the_newer_table_three() -> None:
    """In a report on 2023: table three is on the form of the year, and is read by it, its three rows of （六） too."""
    report = _report(
        "第二十条第（一）项\t\t\t\n信息内容\t本年新制作数量\t本年新公开数量\t对外公开总数量\n规章\t0\t0\t0\n规范性文件\t4\t4\t9\n"
        f"{THREE}\n" + "\t".join((NOTE, *COLUMNS)) + "\n"
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请\t1\t0\t0\t0\t0\t0\t1\n"
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请\t0\t0\t0\t0\t0\t0\t0\n3.其他\t2\t0\t0\t0\t0\t0\t2\n",
        year=2023,
    )
    assert report.form is not None
    assert report.form.name == "2019"
    table = report.tables["applications"]
    assert _cells(table, "not_corrected", "otherwise") == [["1", *["0"] * 5, "1"], ["2", *["0"] * 5, "2"]]
    assert not table.extra
    assert "not_corrected" in next(i.left for i in report.form.identities if i.name == "outcomes")


# -- table four: 复议 2 1 0 1 4, 未经复议直接起诉 3 0 0 0 3, 复议后起诉 0 0 1 0 1 ---------------------------------

FOUR = "四、政府信息公开行政复议、行政诉讼情况"
RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
REVIEW, DIRECT, AFTER = (["2", "1", "0", "1", "4"], ["3", "0", "0", "0", "3"], ["0", "0", "1", "0", "1"])
CASES = [[*REVIEW, *DIRECT, *AFTER]]


def _line(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |\n"


LAYOUTS_FOUR = {
    "one row under three lines of labels": _line("行政复议", *[""] * 4, "行政诉讼", *[""] * 9)
    + _line(*RESULTS, "未经复议直接起诉", *[""] * 4, "复议后起诉", *[""] * 4)
    + _line(*[""] * 5, *RESULTS, *RESULTS)
    + _line(*CASES[0]),
    "tab-led cells": "".join(
        "".join(f"\t{cell}\n" for cell in row) + "\n"
        for row in (
            ("行政复议", "行政诉讼"),
            (*RESULTS, "未经复议直接起诉", "复议后起诉"),
            (*RESULTS, *RESULTS),
            CASES[0],
        )
    ),
    "merged labels repeated": _line(*["行政复议"] * 5, *["行政诉讼"] * 10)
    + _line(*RESULTS, *["未经复议直接起诉"] * 5, *["复议后起诉"] * 5)
    + _line(*RESULTS, *RESULTS, *RESULTS)
    + _line(*CASES[0]),
    "one pipe a line": "|\n"
    + "".join(
        f"{cell}\n|\n"
        for cell in (
            *("行政复议", "行政诉讼", *RESULTS, "未经复议直接起诉", "复议后起诉"),
            *(*RESULTS, *RESULTS, *CASES[0]),
        )
    ),
    "three tables, one below the other": "".join(
        _line(group, *[""] * 4) + _line(*RESULTS) + _line(*figures)
        for group, figures in (("行政复议", REVIEW), ("未经复议直接起诉", DIRECT), ("复议后起诉", AFTER))
    ),
    "three tables under headings": "".join(
        f"### {group}\n" + _line(*RESULTS) + "|---|---|---|---|---|\n" + _line(*figures) + "\n"
        for group, figures in (("行政复议", REVIEW), ("未经复议直接起诉", DIRECT), ("复议后起诉", AFTER))
    ),
    "court cases first": _line("行政诉讼", *[""] * 9, "行政复议", *[""] * 4)
    + _line("复议后起诉", *[""] * 4, "未经复议直接起诉", *[""] * 4, *RESULTS)
    + _line(*RESULTS, *RESULTS, *[""] * 5)
    + _line(*AFTER, *DIRECT, *REVIEW),
    "the total first in each block": _line("行政复议", *[""] * 4, "行政诉讼", *[""] * 9)
    + _line("总计", *RESULTS[:4], "未经复议直接起诉", *[""] * 4, "复议后起诉", *[""] * 4)
    + _line(*[""] * 5, "总计", *RESULTS[:4], "总计", *RESULTS[:4])
    + _line(*(cell for block in (REVIEW, DIRECT, AFTER) for cell in (block[4], *block[:4]))),
    "a label before the figures": _line("", "行政复议", *[""] * 4, "行政诉讼", *[""] * 9)
    + _line("", *RESULTS, "未经复议直接起诉", *[""] * 4, "复议后起诉", *[""] * 4)
    + _line(*[""] * 6, *RESULTS, *RESULTS)
    + _line("件数", *CASES[0]),
}


@pytest.mark.parametrize("layout", LAYOUTS_FOUR)
def test_layouts_of_table_four(layout: str) -> None:
    report = _report(LAYOUTS_FOUR[layout], FOUR)
    table = report.tables["review"]
    assert _cells(table, "cases") == CASES
    assert layout == "three tables under headings" or _nothing_outside(report, LAYOUTS_FOUR[layout], table)
    assert all(_exact(table.columns).values())
    assert set(table.columns) == {column.key for column in table.form.columns}
    assert not table.extra
    assert not table.ragged


def test_a_wrong_label_of_table_four_is_found_in_its_block() -> None:
    table = _report(
        _line("行政复议", *[""] * 4, "行政诉讼", *[""] * 9)
        + _line(*RESULTS, "未经复议直接起诉", *[""] * 4, "复议后起诉", *[""] * 4)
        + _line(*[""] * 5, *RESULTS[:4], "总结", *RESULTS[:2], "其他其结果", *RESULTS[3:])
        + _line(*CASES[0]),
        FOUR,
    ).tables["review"]
    assert [key for key, exact in _exact(table.columns).items() if not exact] == [
        "direct_total",
        "after_other",
    ]


def test_fourteen_figures_are_no_table_four() -> None:
    report = _report(
        _line("行政复议", *[""] * 4, "行政诉讼", *[""] * 9) + _line(*RESULTS * 3) + _line(*CASES[0][:14]),
        FOUR,
    )
    table = report.tables["review"]
    assert not table.cells
    figures = table.ragged[0][0].span
    assert report.source[figures] == "2 | 1 | 0 | 1 | 4 | 3 | 0 | 0 | 0 | 3 | 0 | 0 | 1 | 0"
    assert [(label.text, count, label.exact) for label, count in table.ragged] == [
        ("2 1 0 1 4 3 0 0 0 3 0 0 1 0", 14, False)
    ]


def test_a_row_for_each_block() -> None:
    table = _report(
        _line("", *RESULTS)
        + _line("行政复议", *REVIEW)
        + _line("复议后起诉", *AFTER)
        + _line("未经复议直接起诉", *DIRECT),
        FOUR,
    ).tables["review"]
    assert _cells(table, "cases") == CASES


def test_two_of_three_blocks() -> None:
    """The block is known by its label, not by how many came before it."""
    table = _report(
        _line("", *RESULTS) + _line("行政复议", *REVIEW) + _line("复议后起诉", *AFTER), FOUR
    ).tables["review"]
    assert _cells(table, "cases") == [[*REVIEW, *[None] * 5, *AFTER]]


def test_tables_three_and_four_glued_together() -> None:
    report = _report(
        "\t".join((NOTE, *COLUMNS))
        + "\n一、本年新收政府信息公开申请数量\t9\t2\t0\t0\t0\t1\t12\n四、结转下年度继续办理\t0\t0\t0\t0\t0\t0\t0\n"
        "行政复议\t\t\t\t\t行政诉讼\n结果维持\t结果纠正\t其他结果\t尚未审结\t总计\t未经复议直接起诉\t\t\t\t\t复议后起诉\n"
        "\t\t\t\t\t" + "\t".join(RESULTS * 2) + "\n" + "\t".join(CASES[0]) + "\n",
        THREE,
    )
    assert _cells(report.tables["applications"], "received") == [RECEIVED]
    assert _cells(report.tables["review"], "cases") == CASES
    assert not report.tables["applications"].extra


# -- table four, row by row -------------------------------------------------------------------------------


def _review(*rows: str) -> Table:
    head = _line("", *RESULTS)
    return _report(head + "".join(rows), FOUR).tables["review"]


def test_a_fourth_block_and_a_whole_row_behind_a_block_are_not_bound() -> None:
    """Each figure of the form has one place: what comes later takes none that is filled, and adds none."""
    three = (_line("行政复议", *REVIEW), _line("未经复议直接起诉", *DIRECT), _line("复议后起诉", *AFTER))
    assert _cells(_review(*three, _line("", *["8"] * 5)), "cases") == CASES
    assert not _review(*three, _line("", *["8"] * 5)).ragged
    table = _review(three[0], _line("", *["8"] * 15))
    assert _cells(table, "cases") == [[*REVIEW, *[None] * 10]]
    assert [count for _, count in table.ragged] == [15]


def test_an_empty_cell_before_the_five_figures_is_the_label_s() -> None:
    """结果维持 and 总计 are blank in 未经复议直接起诉; one cell too many is before the figures."""
    table = _review(_line("行政复议", "", "", "1", "0", "1", ""), _line("", "", *DIRECT))
    assert _cells(table, "cases") == [["", "1", "0", "1", "", *DIRECT, *[None] * 5]]
    whole = _report(_line("", *RESULTS * 3) + _line("", "", *CASES[0][1:14], ""), FOUR).tables["review"]
    assert _cells(whole, "cases") == [["", *CASES[0][1:14], ""]]


def test_only_the_labels_of_table_four_together_are_its_header() -> None:
    """尚未审结 and 结果维持 are rows of the office's own table here."""
    assert not _report("尚未审结\t2\n结果维持\t3\n", FOUR).tables


def test_fewer_than_five_figures_are_none_of_table_four() -> None:
    table = _review(_line("", "2", "1", "0"), _line("行政复议", *REVIEW))
    assert _cells(table, "cases") == [[*REVIEW, *[None] * 10]]
    assert not table.ragged


# -- any table in any order --------------------------------------------------------------------------------


def _tabs(rows: list[list[str]]) -> str:
    return "".join("".join(f"\t{cell}\n" for cell in row) + "\n" for row in rows)


def _pipes(rows: list[list[str]]) -> str:
    return "".join(_line(*row) for row in rows)


def _bars(rows: list[list[str]]) -> str:
    return "|\n" + "".join(f"{cell}\n|\n" for row in rows for cell in row)


def _shuffled(draft: Draft, key: str, rng: Random, notation: str) -> list[list[str]]:
    """Return table *key* with its rows in another order, those of section two with their columns in another.

    But for one pipe a line, empty cells are before or behind the figures, as merging leaves them.
    """
    table = draft.form.table(key)
    assert table is not None
    rows = draft.grid(key)
    lines = 2 if table.item else 3
    head, body = rows[:lines], rows[lines:]
    rng.shuffle(body)
    if table.item:
        order = [0, *rng.sample(range(1, len(head[1])), len(head[1]) - 1)]
        head[1], body = [head[1][i] for i in order], [[row[i] for i in order] for row in body]
    width, found = len(table.columns), [[cell for cell in row if cell is not None] for row in head]
    for row in body:
        cells = [cell for cell in row if cell is not None]
        before, behind = (
            rng.choice([(0, 0), (1, 0), (3, 0), (0, 1), (0, 2)]) if notation != "bars" else (0, 0)
        )
        found.append([*cells[:-width], *[""] * before, *cells[-width:], *[""] * behind])
    return found


@settings(max_examples=25, deadline=None, derandomize=True)
@given(draft=reports(), seed=st.integers(0, 1000))
def test_rows_and_columns_in_any_order_have_the_same_cells(draft: Draft, seed: int) -> None:
    """And empty cells on either side of the figures, as merging leaves them, move no figure; none is read twice."""
    rng = Random(seed)
    notation, write = rng.choice([("tabs", _tabs), ("pipes", _pipes), ("bars", _bars)])
    for section in draft.sections:
        tables = [write(_shuffled(draft, key, rng, notation)) for key in section.tables]
        body = "".join(tables) if notation != "bars" else "\n".join(tables)
        report = _report(f"{body}\n", f"二、{section.title}", draft.year)
        bound = {cell.address: cell.text for table in report.tables.values() for cell in table.cells}
        assert bound == {a: text for a, text in draft.cells.items() if a.split("/")[0] in section.tables}
        spans = [cell.span for table in report.tables.values() for cell in table.cells]
        assert len(set(spans)) == len(spans)
        assert not any(table.ragged or table.extra for table in report.tables.values())


# -- rows whose ends are lost ------------------------------------------------------------------------------

THREE_HEAD = (NOTE, "申请人情况", "自然人", "法人或其他组织", "总计", *COLUMNS[1:6])
PARTLY = "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"


def _stream(*cells: str, title: str = THREE, year: int = 2022) -> Report:
    return _report(_bars([list(cells)]), title, year)


def test_a_lost_row_end_is_the_next_label_and_blank_cells_are_cells() -> None:
    """予以公开 is blank all over, one cell more comes before the next label; 属于国家秘密 has a label of its group."""
    cells = ("（一）予以公开", *[""] * 8, PARTLY, *GRANTED, "（三）不予公开", "", "1.属于国家秘密", *SECRET)
    table = _stream(*THREE_HEAD, *cells).tables["applications"]
    assert _cells(table, "granted", "partly_granted", "state_secret") == [[""] * 7, GRANTED, SECRET]


def test_a_row_with_too_few_figures_ends_at_the_next_label_too() -> None:
    table = _stream(*THREE_HEAD, "（一）予以公开", *GRANTED[:6], PARTLY, *SECRET).tables["applications"]
    assert _cells(table, "granted", "partly_granted") == [[None] * 7, SECRET]
    assert [(label.text, count) for label, count in table.ragged] == [("（一）予以公开", 6)]


def test_a_label_not_known_goes_with_the_figures_behind_it() -> None:
    """That of the first row, as the header ends where its figures begin; and a later one that begins a row."""
    report = _stream(*THREE_HEAD, "一、本年新受申请数量", *RECEIVED, "（一）予已公开", *GRANTED)
    table = report.tables["applications"]
    assert _cells(table, "granted") == [GRANTED]
    assert not table.rows["granted"].exact
    report = _stream(
        *(
            "第二十条第（一）项",
            "信息内容",
            *LABELS[1:],
            "规  章程",
            "3",
            "5",
            "74",
            "规范性文件类",
            "12",
            "8",
            "140",
        ),
        title="二、主动公开政府信息情况",
    )
    table = report.tables["regulations"]
    assert _cells(table, *ROWS) == REGULATIONS
    assert [label.text for label in table.rows.values()] == ["规  章程", "规范性文件类"]


def test_a_label_of_a_column_is_no_label_of_the_figures_behind_it() -> None:
    """7 has none: it is not the figure of 行政许可, and 本年处理决定数量 is no row."""
    cells = ("第二十条第（五）项", "信息内容", "本年处理决定数量", "7", "行政许可", "8")
    table = _stream(*cells, title="二、主动公开政府信息情况").tables["permits"]
    assert _cells(table, "permits") == [["8"]]
    assert set(table.columns) == {"decisions"}
    assert not table.extra


def test_items_and_headers_part_a_stream() -> None:
    """The five tables of the older form, their rows' ends lost; the figures of 采购 are blank, so none is bound."""
    report = _stream(
        *("第二十条第（五）项", "信息内容", "上一年项目数量", "本年增/减", "处理决定数量"),
        *("行政许可", "20", "-3", "150", "其他对外管理服务事项", "8", "+1", "60"),
        *("第二十条第（八）项", "信息内容", "上一年项目数量", "本年增/减", "行政事业性收费", "7", "-1"),
        *("信息内容", "采购项目数量", "采购总金额", "政府集中采购", "2", "251000"),
        title="二、主动公开政府信息情况",
        year=2020,
    )
    assert _cells(report.tables["permits"], "permits", "services") == [["20", "-3", "150"], ["8", "+1", "60"]]
    assert _cells(report.tables["charges"], "charges") == [["7", "-1"]]
    assert _cells(report.tables["procurement"], "procurement") == [["2", "251000"]]
    assert list(report.items) == ["五", "八"]


def test_table_four_in_a_stream_with_its_first_figures_blank() -> None:
    """Two empty cells behind the last label are the first two figures; and all fifteen may be empty."""
    labels = ("行政复议", "行政诉讼", *RESULTS, "未经复议直接起诉", "复议后起诉", *RESULTS, *RESULTS)
    figures = ["", "", *CASES[0][2:]]
    assert _cells(_stream(*labels, *figures, title=FOUR).tables["review"], "cases") == [figures]
    assert _cells(_stream(*labels, *[""] * 15, title=FOUR).tables["review"], "cases") == [[""] * 15]
    glued = _stream(*THREE_HEAD, "（一）予以公开", *GRANTED, *labels, *CASES[0])
    assert _cells(glued.tables["review"], "cases") == CASES
    assert _cells(glued.tables["applications"], "granted") == [GRANTED]


def test_a_stream_may_begin_in_a_row_and_end_in_blank_cells() -> None:
    """As one does that goes on from the page before: a figure, then a row; no figure of the last row is filled in."""
    rows = ("规章", "3", "5", "74", "行政规范性文件", "", "", "")
    for cells in (rows, ("7", *rows), ("", *rows)):
        table = _stream(*cells, title="二、主动公开政府信息情况").tables["regulations"]
        assert _cells(table, *ROWS) == [["3", "5", "74"], [""] * 3]
    labels = ("行政复议", "行政诉讼", *RESULTS, "未经复议直接起诉", "复议后起诉", *RESULTS, *RESULTS)
    table = _stream(*labels, *CASES[0][:13], "", "", title=FOUR).tables["review"]
    assert _cells(table, "cases") == [[*CASES[0][:13], "", ""]]


def test_groups_before_a_label_are_of_its_row_and_end_the_row_above() -> None:
    """A group is in the table from its first cell; behind a row of blank cells it is no figure of that row."""
    for groups in (("（三）不予公开",), ("三、本年度办理结果", "（三）不予公开"), ("", "（三）不予公开")):
        report = _stream(*groups, "1.属于国家秘密", *SECRET)
        table = report.tables["applications"]
        assert _cells(table, "state_secret") == [SECRET]
        assert report.source[table.span].lstrip("|\n").startswith(next(filter(None, groups)))
    cells = ("（一）予以公开", *[""] * 7, "（三）不予公开", "1.属于国家秘密", *SECRET)
    table = _stream(*THREE_HEAD, *cells).tables["applications"]
    assert _cells(table, "granted", "state_secret") == [[""] * 7, SECRET]


def test_a_merged_label_repeated_in_a_stream_is_one_row() -> None:
    label = "一、本年新收政府信息公开申请数量"
    table = _stream(*THREE_HEAD, label, label, *RECEIVED).tables["applications"]
    assert _cells(table, "received") == [RECEIVED]
    assert set(table.columns) == {column.key for column in table.form.columns}
    assert not table.extra


def test_an_item_ends_a_row_of_blank_cells() -> None:
    report = _stream(
        *("政府集中采购", "", "", "第二十条第（八）项", "行政事业性收费", "7", "-1"),
        title="二、主动公开政府信息情况", year=2020,
    )  # fmt: skip
    assert _cells(report.tables["procurement"], "procurement") == [["", ""]]
    assert _cells(report.tables["charges"], "charges") == [["7", "-1"]]


def test_one_line_that_holds_header_and_figures_is_parted() -> None:
    """And one that holds two rows: 行政处罚 9, 行政强制 2."""
    report = _report(
        "信息内容\t本年处理决定数量\t行政许可\t7\n信息内容\t本年处理决定数量\n行政处罚\t9\t行政强制\t2\n"
    )
    assert _cells(report.tables["permits"], "permits") == [["7"]]
    assert _cells(report.tables["penalties"], "penalties", "coercion") == [["9"], ["2"]]
    report = _report("\t".join((*RESULTS * 3, *CASES[0])) + "\n", FOUR)
    assert _cells(report.tables["review"], "cases") == CASES


def test_a_label_and_its_figure_below_it_are_a_row() -> None:
    """Cells one a line, each a row of its own: the figure behind a label is that of its row."""
    three = _report("| 本年处理决定数量 |\n| 行政许可 |\n| 7 |\n").tables
    assert _cells(three["permits"], "permits") == [["7"]]
    two = _report("| 行政许可 |\n| 7 |\n").tables
    assert _cells(two["permits"], "permits") == [["7"]]


# -- merged cells ------------------------------------------------------------------------------------------


def test_most_rows_tell_on_which_side_merging_left_its_empty_cells() -> None:
    """予以公开 has a blank at either end and nine cells: its figures are those that the other rows have filled."""
    head, ambiguous = "\t".join((NOTE, *COLUMNS)), ["", *GRANTED[1:6], ""]
    sides = {
        "before": (
            [["", "", *RECEIVED], ["", "", *SECRET], [*SECRET, "", ""]],
            ["", "", *ambiguous[:1], *GRANTED[1:6], ""],
        ),
        "behind": (
            [[*RECEIVED, "", ""], [*SECRET, "", ""], ["", "", *SECRET]],
            ["", *GRANTED[1:6], "", "", ""],
        ),
        "as many": ([["", "", *RECEIVED], [*SECRET, "", ""]], ["", "", "", *GRANTED[1:6], ""]),
    }
    names = ("一、本年新收政府信息公开申请数量", "1.属于国家秘密", PARTLY)
    for rows, cells in sides.values():
        lines = ["\t".join((name, *row)) for name, row in zip(names, rows, strict=False)]
        body = "\n".join((head, *lines, "\t".join(("（一）予以公开", *cells)), ""))
        assert _cells(_report(body, THREE).tables["applications"], "granted") == [ambiguous]


def test_a_row_that_could_be_read_both_ways_tells_no_side() -> None:
    """Of eight cells each: 属于国家秘密 has the empty one before it; two rows with blanks at both ends say nothing."""
    head, (before, one, other) = "\t".join((NOTE, *COLUMNS)), (
        ["", *SECRET], ["", *GRANTED[1:6], "", ""], ["", *RECEIVED[1:6], "", ""],
    )  # fmt: skip
    rows = (("1.属于国家秘密", before), ("（一）予以公开", one), (PARTLY, other))
    body = "\n".join((head, *("\t".join((name, *row)) for name, row in rows), ""))
    table = _report(body, THREE).tables["applications"]
    assert _cells(table, "state_secret", "granted", "partly_granted") == [SECRET, one[1:], other[1:]]


def test_an_empty_cell_before_the_labels_is_no_lost_row_end() -> None:
    """So blanks at both ends are read as in the other row, which has two empty cells behind its figures."""
    figures = ["", *GRANTED[1:6], ""]
    rows = (
        (NOTE, *COLUMNS),
        ("一、本年新收政府信息公开申请数量", *RECEIVED, "", ""),
        ("", "（三）不予公开", "1.属于国家秘密", *figures, ""),
    )
    table = _report("".join("\t".join(row) + "\n" for row in rows), THREE).tables["applications"]
    assert _cells(table, "state_secret") == [figures]


# -- which row and which table -----------------------------------------------------------------------------


def test_a_label_of_two_lines_is_one_only_if_nothing_is_between_them() -> None:
    """The first line may be a row of its own; a row with figures above, or words far away, are not part of a label."""
    head = "信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n"
    rest = "性文件\t12\t8\t140\n"
    whole = _report(f"{head}行政规范\n{rest}").tables["regulations"]
    assert _cells(whole, "normative_documents") == [["12", "8", "140"]]
    assert whole.rows["normative_documents"].text == "行政规范\n性文件"
    for above in ("行政规范\t1\n", "行政规范\t\t\t\t\t\n", "\t\n"):
        report = _report(f"{head}{above}{rest}")
        assert all(
            label.text != "行政规范\n性文件" for t in report.tables.values() for label in t.rows.values()
        )
    for group in ("（三）不予公开", "三、本年度办理结果\t（三）不予公开"):
        body = f"\t{chr(9).join(COLUMNS)}\n{group}\t1.属于\n国家秘密\t{chr(9).join(SECRET)}\n"
        table = _report(body, THREE).tables["applications"]
        assert _exact(table.rows) == {"state_secret": True}
        assert table.rows["state_secret"].text == "1.属于\n国家秘密"


@pytest.mark.parametrize("blanks", ["", " ", "    ", "\t", "\n", " |"])
def test_a_label_of_two_lines_is_one_whatever_is_between_them(blanks: str) -> None:
    """Its text is that of the report, but for a pipe between its lines."""
    body = f"二、主动公开政府信息情况\n信息内容\t现行有效件数\n行政规范{blanks}\n性文件\t12\t8\t140\n"
    report = Report(Source(HEAD.format(year=2022) + body), official_forms())
    (label,) = report.tables["regulations"].rows.values()
    assert label.exact
    assert label.text == report.source[label.span].replace(" |\n", "")


def test_its_group_s_words_are_no_label_of_a_row() -> None:
    """不予公开 with the label of its row behind it is a group; 其他 and 总计 in a header are columns."""
    table = _report(
        "信息内容\t本年收费金额（单位：万元）\n行政事业性收费\t5\n" + "\t".join((NOTE, *COLUMNS)) + "\n（三）不予公开\t1.属于国家秘密\t" + "\t".join(SECRET)
        + "\n\t" + "\t".join(COLUMNS) + "\n（六）其他处理\t其他\t" + "\t".join(GRANTED) + "\n",
        THREE,
    ).tables["applications"]  # fmt: skip
    assert set(table.rows) == {"state_secret", "otherwise"}
    assert _cells(table, "state_secret", "otherwise") == [SECRET, GRANTED]
    assert not table.extra


def test_the_most_similar_label_is_the_row_s_and_only_a_free_one() -> None:
    """属于行政执法案件 is nearest to 7.属于行政执法案卷, and with that row there already it is one too many."""
    head = "\t".join((NOTE, *COLUMNS))
    rows = {"7.属于行政执法案件": GRANTED, "7.属于行政执法案卷": SECRET}
    one = _report(
        f"{head}\n1.属于国家秘密\t{chr(9).join(SECRET)}\n7.属于行政执法案件\t{chr(9).join(GRANTED)}\n", THREE
    )
    assert _exact(one.tables["applications"].rows) == {"state_secret": True, "enforcement_file": False}
    both = head + "\n" + "".join("\t".join((k, *v)) + "\n" for k, v in reversed(rows.items()))
    table = _report(both, THREE).tables["applications"]
    assert _cells(table, "enforcement_file") == [SECRET]
    assert "7.属于行政执法案件" in [label.text for label in (*table.extra, *table.rows.values())]


@pytest.mark.parametrize(
    ("label", "rows"),
    [
        ("1.属于国家机要事项", {"state_secret"}),  # half of its words, and the numeral
        ("9.属于国家机要事项", set()),
        ("4.其它", {"otherwise"}),  # another word for 其他, with a wrong numeral
        ("（三）不予公开\t1.属于国家机密", {"state_secret"}),  # the last label is the row's
    ],
)
def test_how_like_a_label_must_be(label: str, rows: set[str]) -> None:
    report = _report("\t".join((NOTE, *COLUMNS)) + f"\n{label}\t" + "\t".join(SECRET) + "\n", THREE)
    assert set(report.tables["applications"].rows) == rows


def test_a_label_not_known_is_tried_with_the_tables_it_may_be_in() -> None:
    """With no item above with all that have as many columns, in their order; below an item with its table only."""
    head = "信息内容\t本年处理决定数量\n"
    assert _cells(_report(f"{head}行政许克\t7\n").tables["permits"], "permits") == [["7"]]
    six = _report(f"第二十条第（六）项\t\n{head}行政许克\t7\n")
    assert set(six.tables) == {"penalties"}
    assert [label.text for label in six.tables["penalties"].extra] == ["行政许克"]
    for rows, cells in {"行政\t9\n": [["9"], [None]], "行政处罚\t9\n行政\t2\n": [["9"], ["2"]]}.items():
        table = _report(f"第二十条第（六）项\t\n{head}{rows}").tables["penalties"]  # 处罚 and 强制 begin so
        assert _cells(table, "penalties", "coercion") == cells


def test_a_part_of_a_row_is_not_the_row() -> None:
    """罚款 is a part of 行政处罚, whose own figure is not there."""
    table = _report("第二十条第（六）项\t\n信息内容\t本年处理决定数量\n行政处罚\t其中：罚款\t9\n").tables[
        "penalties"
    ]
    assert not table.rows
    assert [label.text for label in table.extra] == ["其中：罚款"]


def test_a_bare_total_is_a_row_only_below_rows() -> None:
    """Below the header it is a column; below a row, 其他 with one figure is a row with six too few."""
    head, row = f"{NOTE}\t申请人情况\n", "（一）予以公开\t" + "\t".join(GRANTED) + "\n"
    table = _report(f"{head}总计\t\t\n{row}其他\t3\n", THREE).tables["applications"]
    assert set(table.rows) == {"granted", "otherwise"}
    assert [(label.text, count) for label, count in table.ragged] == [("其他", 1)]


@pytest.mark.parametrize("note", ["勾稽关系", "钩稽关系"])
def test_the_note_is_known_by_either_sign(note: str) -> None:
    table = _report(
        f"（本列数据的{note}为：…）\t"
        + "\t".join(COLUMNS)
        + "\n（一）予以公开\t"
        + "\t".join(GRANTED)
        + "\n",
        THREE,
    )
    assert table.tables["applications"].note is not None
    assert _cells(table.tables["applications"], "granted") == [GRANTED]


@pytest.mark.parametrize(
    ("words", "numeral", "exact"),
    [
        ("第二十条第（十一）项", "十一", True), ("第二十条第(12)项", "十二", False), ("二十条第13项：", "十三", False),
        ("第二十条第（14）项", "十四", False), ("第二十条第(15)项", "十五", False), ("第二十条第（10）项", "十", False),
        ("第二十条第十一项", "十一", False), ("第二十条第（八）", "八", False),
        ("第二十条第（一）项：", "一", True), ("《政府信息公开条例》第二十条第（一）项", "一", True),
        ("《中华人民共和国政府信息公开条例》第二十条第（十五）项：", "十五", True),
        ("按《中华人民共和国政府信息公开条例》第二十条第（十五）项：", None, None), ("第二十一条第（一）项", None, None),
    ],
)  # fmt: skip
def test_items_of_article_20(words: str, numeral: str | None, exact: bool | None) -> None:
    assert set(_report("第二十条第（16）项\t\n行政许可\t7\n").items) == {"16"}  # the article has fifteen
    items = _report(f"{words}\t\n信息内容\t本年处理决定数量\n行政许可\t7\n").items
    assert {key: label.exact for key, label in items.items()} == ({} if numeral is None else {numeral: exact})


def test_an_item_named_twice_is_noted_once_and_ends_the_table_above_it() -> None:
    """涉企证照 is no row of the form: it is named with the table of its own item, not of the one above."""
    report = _report(
        "第二十条第（五）项\t\n信息内容\t本年处理决定数量\n行政许可\t7\n第二十条第（六）项\t\n涉企证照\t9\n"
        "行政处罚\t3\n第二十条第（六）项\t\n行政处罚\t4\n"
    )
    assert report.items["六"].span.start == report.source.text.index("第二十条第（六）项")
    assert not report.tables["permits"].extra
    assert [(label.key, label.text, label.exact) for label in report.tables["penalties"].extra] == [
        ("", "涉企证照", False)
    ]
    assert _cells(report.tables["penalties"], "penalties") == [["3"]]


def test_a_header_of_another_table_ends_the_one_above() -> None:
    """工作动态 is a row of the office's own table, and so is the 行政许可 in it."""
    report = _report(
        "第二十条第（五）项\t\n信息内容\t本年处理决定数量\n行政许可\t7\n信息内容\t次数\n工作动态\t80\n行政许可\t5\n"
    )
    assert _cells(report.tables["permits"], "permits") == [["7"]]
    assert not report.tables["permits"].extra


def test_a_misspelt_label_below_an_item_is_a_row_of_its_table() -> None:
    report = _report(
        "第二十条第（五）项\t\n信息内容\t本年处理决定数量\n行政许可\t7\n第二十条第（六）项\t\n行政处法\t3\n"
    )
    assert _cells(report.tables["penalties"], "penalties") == [["3"]]
    assert _exact(report.tables["penalties"].rows) == {"penalties": False}


@pytest.mark.parametrize("word", ["行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉"])
def test_each_group_of_table_four_shows_that_figures_are_its(word: str) -> None:
    assert _cells(_report(_line(word) + _line(*CASES[0]), FOUR).tables["review"], "cases") == CASES


@pytest.mark.parametrize("word", ["申请人情况", "法人或其他组织"])
def test_each_group_of_applicants_begins_table_three(word: str) -> None:
    assert set(_report(_line("", word), THREE).tables) == {"applications"}


def test_rows_that_come_again_below_another_header_or_in_another_grid_are_no_rows_too_many() -> None:
    head, row = "\t".join((NOTE, *COLUMNS)), "\t".join(("（一）予以公开", *GRANTED))
    again = "\t".join(("（一）予以公开", *SECRET))
    for between in (f"\n{head}\n", "\n\n又：\n\n", f"\n\n又：\n\n{head}\n"):
        body = f"{head}\n{row}{between}{again}\n"
        table = _report(body, THREE).tables["applications"]
        assert _cells(table, "granted") == [GRANTED]
        assert not table.extra
    table = _report(f"{head}\n{row}\n{again}\n", THREE).tables["applications"]
    assert [label.text for label in table.extra] == ["（一）予以公开"]


def test_what_is_too_little_to_be_a_label() -> None:
    """One sign is like every label that begins with it; 其他 or 总计 with no figure behind it is no row."""
    head = "\t".join((NOTE, *COLUMNS)) + "\n（一）予以公开\t" + "\t".join(GRANTED) + "\n"
    lines = _line(NOTE, *COLUMNS) + _line("（一）予以公开", *GRANTED) + _line("其他") + _line("总计")
    assert set(_report(lines, THREE).tables["applications"].rows) == {"granted"}
    assert set(_report(f"{head}重\t" + "\t".join(SECRET) + "\n", THREE).tables["applications"].rows) == {
        "granted"
    }


# -- a form of our own: one label in two tables, and twice in one ------------------------------------------


def _own_form(*more: tuple[str, str, str]) -> Form:
    def table(key: str, item: str, rows: list[tuple[str, str, str]]) -> dict[str, object]:
        return {
            "key": key, "place": key, "section": "s", "item": item,
            "columns": [{"key": "n", "label": "件数"}, {"key": "m", "label": "人数"}],
            "rows": [{"key": k, "label": label, "under": under} for k, label, under in rows],
        }  # fmt: skip

    water = [
        ("pipes", "管网", ""),
        ("sum", "合计", ""),
        ("leaks", "漏损", "甲组"),
        ("leaks_too", "漏损", "乙组"),
    ]
    return Form(
        {
            "name": "own", "title": "", "notice": "", "years": {"from": 2022}, "sections": [], "obsolete": [],
            "aspects": [], "identities": [],
            "tables": [table("water", "三", water), table("roads", "四", [("bridges", "桥梁", ""), ("sum", "合计", ""), *more])],
        }
    )  # fmt: skip


def _tables(body: str, *more: tuple[str, str, str]) -> dict[str, Table]:
    return bind(_own_form(*more), read(f"标题\n\n一、总体情况\n{body}").sections[0].grids).tables


def _bound(body: str) -> dict[str, list[str]]:
    rows: dict[str, list[str]] = {}
    for cell in (cell for table in _tables(body).values() for cell in table.cells):
        rows.setdefault(f"{cell.table.key}/{cell.row.key}", []).append(cell.text)
    return rows


def test_a_label_of_two_tables_is_a_row_of_the_table_it_is_in() -> None:
    assert _bound("项目\t件数\t人数\n桥梁\t1\t2\n合计\t3\t4\n") == {
        "roads/bridges": ["1", "2"],
        "roads/sum": ["3", "4"],
    }
    both = "项目\t件数\t人数\n桥梁\t1\t2\n合计\t3\t4\n\n项目\t件数\t人数\n管网\t5\t6\n合计\t7\t8\n"
    assert _bound(both) == {
        "roads/bridges": ["1", "2"], "roads/sum": ["3", "4"], "water/pipes": ["5", "6"], "water/sum": ["7", "8"],
    }  # fmt: skip


def test_a_label_that_a_table_has_twice_is_its_first_row_that_is_free() -> None:
    rows = "项目\t件数\t人数\n甲组\t漏损\t1\t2\n乙组\t漏损\t3\t4\n"
    assert _bound(rows) == {"water/leaks": ["1", "2"], "water/leaks_too": ["3", "4"]}
    table = _tables(f"{rows}丙组\t漏损\t5\t6\n")["water"]
    assert _cells(table, "leaks", "leaks_too") == [["1", "2"], ["3", "4"]]
    assert [(label.key, label.text) for label in table.extra] == [("leaks", "漏损")]


def test_a_label_longer_than_eighty_signs_is_like_none() -> None:
    """The form's label has eighty signs; one sign of it is wrong, or one is too many."""
    row = ("long", "河道清淤" * 20, "")
    for label, rows in {"河道清淤" * 19 + "河道清理": {"long"}, "河道清淤" * 20 + "等": set()}.items():
        tables = _tables(f"项目\t件数\t人数\n{label}\t1\t2\n", row)
        assert {key for table in tables.values() for key in table.rows} == rows


# -- values ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["", "0", "０", "-3", "+1", "1,234", "190.4573", "251000元", "/", "—", "无", " \xa0"]
)
def test_what_can_only_be_a_value(text: str) -> None:
    assert is_value(text)


@pytest.mark.parametrize("text", ["规章", "约20", "三", "见附件", "1.属于国家秘密", "12月"])
def test_what_may_be_a_label(text: str) -> None:
    assert not is_value(text)


# -- a table twice ---------------------------------------------------------------------------------------------


def _permits(number: str, rows: int = 1) -> str:
    """Return the table on permits with *number*, in tabs."""
    return "第二十条第（五）项\n信息内容\t本年处理决定数量\n" + f"行政许可\t{number}\n" * rows


@settings(deadline=None, max_examples=20)
@given(first=st.integers(0, 999), others=st.lists(st.integers(0, 999), min_size=1, max_size=4))
def test_a_table_that_comes_again_is_read_only_if_its_figures_are_the_same(
    first: int, others: list[int]
) -> None:
    """Wherever among the copies one differs, the two figures are known, and the table counts as unread."""
    report = _report("\n\n".join(map(_permits, map(str, (first, *others)))))
    table = report.tables["permits"]
    other = next((number for number in others if number != first), None)
    assert (table.again is None) == (other is None) == table.readable == ("permits" not in report.unreadable)
    if table.again is not None:
        assert [(a.value, b.value) for a, b in table.differing(table.again)] == [(first, other)]


def test_rows_with_other_columns_or_without_any_are_no_second_table() -> None:
    """They may be of a table of the report's own."""
    for body in ("项目\t本年受理数量\n行政许可\t77\n", "行政许可\t77\n"):
        assert _report(f"{_permits('318')}\n另有一表。\n\n{body}").tables["permits"].again is None


def test_table_three_a_cell_a_line_is_no_table_of_contents_though_it_comes_again() -> None:
    """Its rows are numbered as the parts of a report are, and all come again."""
    rows = [row.label for row in official_forms()[-1].table("applications").rows]  # type: ignore[union-attr]
    header = (
        "申请人情况\n自然人\n法人或其他组织\n总计\n商业企业\n科研机构\n社会公益组织\n法律服务机构\n其他\n"
    )
    first, second = (header + "".join(f"{row}\n{n}\n0\n0\n0\n0\n0\n{n}\n" for row in rows) for n in (1, 2))
    report = _report(f"{first}\n（更正后）\n{second}", "三、收到和处理政府信息公开申请情况")
    assert report.tables["applications"].again is not None
