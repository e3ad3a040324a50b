"""Markdown with tables in HTML: their grids, everything else as it is, and the places in the file."""

from collections.abc import Sequence
from random import Random

import pytest
from effort import LINEAR, growth
from hypothesis import given, settings
from hypothesis import strategies as st
from nianbao.readers.markdown import with_tables
from nianbao.report.form import Form
from nianbao.report.report import Report
from nianbao.testing import Draft
from nianbao.testing.strategies import reports
from nianbao.text.source import Source, Span
from rendering import text as texts
from rendering.grids import broken, content

HEAD = "# 青禾县2024年政府信息公开工作年度报告\n\n## 二、主动公开政府信息情况\n\n"
TABLE = (
    '<table>\n<tr><td colspan="2">第二十条第（五）项</td></tr>\n<tr><td>信息内容</td><td>本年处理<br>决定数量</td></tr>\n'
    "<tr><td>行政许可</td><td>1&nbsp;7</td></tr>\n</table>"
)
ROWS = "\n|第二十条第（五）项||\n|信息内容|本年处理 决定数量|\n|行政许可|1 7|\n\n"


def read(text: str) -> Source:
    return with_tables(Source.decode(text.encode(), "青禾县.md"))


def test_a_table_in_html_is_rows_of_pipes_and_the_rest_stays() -> None:
    source = read(f"{HEAD}{TABLE}\n\n| 甲 | 乙 |\n| --- | --- |\n<b>文</b>&nbsp;字\n")
    assert source.text == f"{HEAD}{ROWS}\n\n| 甲 | 乙 |\n| --- | --- |\n<b>文</b>&nbsp;字\n"
    assert (source.path, source.kind, source.encoding) == ("青禾县.md", "", "utf-8")


@pytest.mark.parametrize(
    "text",
    [
        HEAD,
        f"{HEAD}| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |\n",
        "用 `<table>` 写的表格\n",
        "<tables></tables>\n",
        f"{HEAD}<table><tr><td>没有写完",
    ],
)
def test_a_text_without_a_whole_table_in_html_is_what_it_was(text: str) -> None:
    source = Source.decode(text.encode(), "青禾县.md")
    assert with_tables(source) is source


def test_a_pipe_in_a_cell_parts_no_cells(forms: Sequence[Form]) -> None:
    source = read(f"{HEAD}<table><tr><td>甲|乙</td><td>丙</td></tr><tr><td>1</td><td>2</td></tr></table>\n")
    (grid,) = Report(source, forms).grids
    assert [[cell.text for cell in row] for row in grid.rows] == [["甲\u2223乙", "丙"], ["1", "2"]]


def test_every_place_is_one_of_the_file() -> None:
    """Before the table, in it, and behind it, with the line ends of Windows."""
    text = f"{HEAD}{TABLE}\n\n后文{TABLE}\n尾\n".replace("\n", "\r\n")
    source = read(text)
    for word in ("青禾县", "行政许可", "决定数量", "后文", "尾"):
        start = source.text.index(word)
        assert source.position(start).offset == text.index(word)
        assert [text[p.at : p.until] for p in source.locate(Span(start, start + len(word)))] == [word]
    assert source.position(source.text.index("尾")).line == text[: text.index("尾")].count("\n") + 1
    (blank,) = source.locate(Span(source.text.index("1 7") + 1, source.text.index("1 7") + 2))
    assert text[blank.at : blank.until] == "&nbsp;"


def test_a_table_in_html_is_bound_as_any_other(forms: Sequence[Form]) -> None:
    table = Report(read(HEAD + TABLE), forms).table("permits")
    assert table is not None
    assert table.cell((table.form.rows[0].key, table.form.columns[0].key)).text == "1 7"


@settings(max_examples=20)
@given(reports(notation="tabs"), st.integers(0, 2**30))
def test_merged_cells_are_bound_as_in_the_report_itself(
    forms: Sequence[Form], draft: Draft, seed: int
) -> None:
    """Every keyed cell of a report written with HTML tables has the figure that the report gives it."""
    blocks = content(draft)
    assert blocks is not None
    report = Report(read(texts.html_inside(broken(blocks, Random(seed)))), forms)
    plain = Report(Source(draft.render(), "x.txt"), forms)

    def cells(of: Report) -> dict[str, list[str]]:
        return {
            key: [
                table.cell((row.key, column.key)).text
                for row in table.form.rows
                for column in table.form.columns
            ]
            for key, table in of.tables.items()
        }

    assert cells(report) == cells(plain)
    assert not report.unreadable


@pytest.mark.parametrize("piece", ["<table>", "<table><tr><td>1</table>", "</table>", "<table "])
def test_a_text_made_to_hang_costs_in_proportion(piece: str) -> None:
    assert growth(lambda many: read("公开" + piece * many), 2_500) < LINEAR
