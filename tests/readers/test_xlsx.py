"""Workbooks: what each cell shows, which rows are a table, what is hidden, and hostile ones."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import datetime
from random import Random
from typing import Any

import pytest
import xlsxwriter
from effort import affordable
from nianbao.readers import limits
from nianbao.readers.xlsx import read_xlsx
from nianbao.readers.xlsx.numbers import shown
from nianbao.report.form import Form
from nianbao.report.report import Report
from nianbao.run.linter import Input, linter
from nianbao.run.settings import Settings
from nianbao.testing import compliant
from nianbao.text.source import Source, UnreadableError
from rendering import content, xlsx
from rendering.grids import Grid, Line

Write = Callable[[Any, Any], None]


def book(write: Write, options: dict[str, object] | None = None) -> bytes:
    """Return a workbook with one sheet, 表, that *write* fills."""
    file = io.BytesIO()
    made = xlsxwriter.Workbook(file, {"in_memory": True, **(options or {})})
    write(made, made.add_worksheet("表"))
    made.close()
    return file.getvalue()


def read(data: bytes) -> Source:
    return read_xlsx(data, "年报.xlsx")


def rows(source: Source) -> list[str]:
    """Return the lines of the text, cells parted by bars, empty ones left out."""
    return [line.replace("\x1f", "|") for line in source.text.split("\n") if line]


def refused(data: bytes) -> str:
    with affordable(200), pytest.raises(UnreadableError) as raised:
        read(data)
    return raised.value.reason.zh


# -- what a cell shows ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "code", "due"),
    [
        ("13612", "General", "13612"),
        ("13612.0", "General", "13612"),
        ("-1", "General", "-1"),
        ("0.30000000000000004", "General", "0.3"),
        ("0.33333333333333331", "General", "0.333333333"),
        ("1234567890123", "General", "1234567890123"),
        ("13612", "0", "13612"),
        ("13612.4", "0", "13612"),
        ("2.5", "0", "3"),
        ("12", "0.00", "12.00"),
        ("13612", "#,##0", "13,612"),
        ("0", "#,##0", "0"),
        ("0.98499999999999999", "0.0%", "98.5%"),
        ("0.98499999999999999", "0%", "99%"),
        ("1", "0.00%", "100.00%"),
        ("0.28499999999999998", "0.00", "0.29"),
        ("3", '0"件"', "3件"),
        ("12.5", '0.0"万元"', "12.5万元"),
        ("1200", r"¥#,##0.00", "¥1,200.00"),
        ("7", "000", "007"),
        ("8", "0.00E+00", "8.00E+00"),
        ("8", "0.00E+0", "8.00E+0"),
        ("0", "0.00E+00", "0.00E+00"),
        ("124", "0.00E+00", "1.24E+02"),
        ("-124", "0.0E+00", "-1.2E+02"),
        ("99960", "0.00E+00", "1.00E+05"),
        ("0.00125", "0.0E+00", "1.3E-03"),
        ("125000", "0.00E-00", "1.25E05"),
        ("12345", "##0.0E+0", "12.3E+3"),
        ("3", '0E+0"件"', "3E+0件"),
        ("0", '0;-0;"—"', "—"),
        ("0", "0;-0;;@", ""),
        ("-5", "0;(0)", "(5)"),
        ("-5", "0", "-5"),
        ("-0.2", "0", "0"),
        ("3", "[Red]0", "3"),
        ("3", "[>2]0.00;0", "3"),  # by a condition: shown plainly
        ("0.5", "# ?/?", "0.5"),
        ("0.5", "#.##", ".5"),
        ("45657", "yyyy/m/d", "2024/12/31"),
        ("45657", 'yyyy"年"m"月"d"日"', "2024年12月31日"),
        ("45657", "yyyy-mm-dd", "2024-12-31"),
        ("45657.5", "yyyy/m/d h:mm", "2024/12/31 12:00"),
        ("45657.520833333336", "h:mm:ss", "12:30:00"),
        ("45657.520833333336", "上午/下午h:mm", "下午12:30"),
        ("1.5", "[h]:mm", "36:00"),
        ("59", "yyyy/m/d", "1900/2/28"),
        ("61", "yyyy/m/d", "1900/3/1"),
        ("-1", "yyyy/m/d", "-1"),
        ("45657", "aaaa", "星期二"),
        ("nan", "0", "nan"),
        ("1e999", "0", "1e999"),
        ("无", "0", "无"),
    ],
)
def test_a_number_is_as_it_is_shown(value: str, code: str, due: str) -> None:
    assert shown(value, code) == due


def test_a_date_counts_from_1904_where_the_workbook_says_so() -> None:
    assert shown("44195", "yyyy/m/d", since_1904=True) == "2024/12/31"


def test_each_kind_of_cell() -> None:
    def write(made: Any, sheet: Any) -> None:
        head = made.add_format({"font_script": 1})
        for row, label in enumerate(["数", "率", "日期", "逻辑", "公式", "公式的字", "注"]):
            sheet.write_string(row, 0, label)
        sheet.write_number(0, 1, 13612)
        sheet.write_number(1, 1, 0.985, made.add_format({"num_format": "0.0%"}))
        sheet.write_datetime(2, 1, datetime(2024, 12, 31), made.add_format({"num_format": "yyyy年m月d日"}))
        sheet.write_boolean(3, 1, True)
        sheet.write_formula(4, 1, "=SUM(B1:B1)", None, 13612)
        sheet.write_formula(5, 1, '="无"', None, "无")
        sheet.write_rich_string(6, 1, "17", head, "1")

    assert rows(read(book(write))) == [
        "|数|13612|", "|率|98.5%|", "|日期|2024年12月31日|", "|逻辑|TRUE|", "|公式|13612|", "|公式的字|无|", "|注|17¹|"
    ]  # fmt: skip


def test_a_formula_without_its_result_is_no_empty_cell() -> None:
    """As a program writes one that has no figures: no one knows what it comes to."""
    data = book(
        lambda made, sheet: (sheet.write(0, 0, "总计"), sheet.write_formula(0, 1, "=SUM(B2:B3)", None, 0))
    )
    assert rows(read(_changed(data, r"(</f>)<v>0</v>", r"\1"))) == ["|总计|=SUM(B2:B3)|"]


def test_what_a_workbook_writes_in_its_cells_itself_is_read() -> None:
    data = book(lambda made, sheet: (sheet.write(0, 0, "规章"), sheet.write(0, 1, 3)))
    inline = '<c r="A1" t="inlineStr"><is><r><t>规</t></r><r><t>章</t></r><rPh sb="0" eb="1"><t>guī</t></rPh></is></c>'
    assert rows(read(_changed(data, r'<c r="A1".*?</c>', inline))) == ["|规章|3|"]


def test_cells_that_do_not_say_where_they_are_follow_each_other() -> None:
    data = book(lambda made, sheet: [sheet.write(r, c, 10 * r + c) for r in range(2) for c in range(2)])
    assert rows(read(_changed(data, r' r="[A-Z]*[0-9]+"', ""))) == ["|0|1|", "|10|11|"]


def _changed(data: bytes, pattern: str, new: str) -> bytes:
    """Return the workbook *data* with *pattern* replaced in its first sheet."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name in old.namelist():
            part = old.read(name).decode()
            made.writestr(name, re.sub(pattern, new, part) if name.endswith("sheet1.xml") else part)
    return file.getvalue()


# -- rows ----------------------------------------------------------------------------------------------------


def test_merged_cells_are_one_and_lead_to_the_first() -> None:
    def write(made: Any, sheet: Any) -> None:
        sheet.merge_range("A1:A2", "申请人")
        sheet.merge_range("B1:C1", "情况")
        for column in (1, 2):
            sheet.write(1, column, f"第{column}类")
        sheet.write(0, 3, "总计")

    source = read(book(write))
    assert rows(source) == ["|申请人|情况||总计|", "||第1类|第2类||"]
    assert [(segment.origin.part, segment.origin.cell) for segment in source.segments] == [
        ("表", "A1"), ("表", "B1"), ("表", "D1"), ("表", "B2"), ("表", "C2")
    ]  # fmt: skip


def test_an_empty_cell_with_lines_around_it_is_a_place() -> None:
    def write(made: Any, sheet: Any) -> None:
        lined = made.add_format({"border": 1})
        sheet.write(0, 0, "规章", lined)
        sheet.write(0, 1, 3, lined)
        sheet.write(1, 0, "规范性文件", lined)
        sheet.write_blank(1, 1, None, lined)

    source = read(book(write))
    assert rows(source) == ["|规章|3|", "|规范性文件||"]
    assert source.segments[-1].origin.cell == "B2"
    assert source.segments[-1].start == source.segments[-1].end


@pytest.mark.parametrize(
    "words",
    [
        "三、收到和处理政府信息公开申请情况",
        "注：以上数据截至年底。",
        "本表由各股室填报，县政务公开办汇总核对。",
        "说明：无",
    ],
)
@pytest.mark.parametrize("border", [0, 1])
def test_words_between_two_tables_are_a_paragraph(words: str, border: int) -> None:
    def write(made: Any, sheet: Any) -> None:
        look = made.add_format({"border": border})
        for row in (0, 2):
            sheet.write(row, 0, "规章", look)
            sheet.write(row, 1, 3, look)
        sheet.merge_range(1, 0, 1, 1, words, look)

    assert rows(read(book(write))) == ["|规章|3|", words, "|规章|3|"]


def test_a_label_whose_figures_are_empty_stays_in_its_table() -> None:
    """Between rows that have some, and in the last row if lines show its cells."""

    def write(made: Any, sheet: Any) -> None:
        lined = made.add_format({"border": 1})
        for row, label in enumerate(["规章", "规范性文件", "许可", "处罚"]):
            sheet.write(row, 0, label, lined)
            sheet.write(row, 1, 3, lined) if row % 2 == 0 else sheet.write_blank(row, 1, None, lined)

    assert rows(read(book(write))) == ["|规章|3|", "|规范性文件||", "|许可|3|", "|处罚||"]


def test_lines_of_a_cell_of_words_are_paragraphs() -> None:
    source = read(book(lambda made, sheet: sheet.write(0, 0, "一、总体情况\n运行平稳。\n\n没有其他情况。")))
    assert source.text == "一、总体情况\n运行平稳。\n没有其他情况。\n"
    assert [(s.at, s.until) for s in source.segments] == [(0, 6), (7, 12), (14, 21)]


def test_a_sheet_that_is_called_like_a_part_begins_with_its_name() -> None:
    """Unless it says so itself."""
    file = io.BytesIO()
    made = xlsxwriter.Workbook(file)
    for name, first in (
        ("一、总体情况", "运行平稳。"),
        ("六、其他需要报告的事项", "六、其他需要报告的事项"),
        ("表三", "无。"),
    ):
        made.add_worksheet(name).write(0, 0, first)
    made.close()
    assert rows(read(file.getvalue())) == ["一、总体情况", "运行平稳。", "六、其他需要报告的事项", "无。"]


# -- what is hidden ------------------------------------------------------------------------------------------


def test_what_is_hidden_is_left_out_and_said() -> None:
    file = io.BytesIO()
    made = xlsxwriter.Workbook(file)
    sheet = made.add_worksheet("表三")
    for row in range(6):
        for column in range(3):
            sheet.write(row, column, 10 * row + column + 100)
    for row in (1, 2, 4, 9):
        sheet.set_row(row, None, None, {"hidden": True})  # the last has no words
    sheet.set_column(1, 1, None, None, {"hidden": True})
    options = made.add_worksheet("选项（备用）")
    options.write(0, 0, "是")
    options.hide()
    made.close()

    assert rows(read(file.getvalue())) == [
        "|100|102|", "|130|132|", "|150|152|",
        "（工作表“表三”第2—3、5行、B列是隐藏的，没有读）", "（工作表“选项（备用）”是隐藏的，没有读）",
    ]  # fmt: skip


def test_a_merged_cell_that_begins_in_a_hidden_row_keeps_its_words() -> None:
    def write(made: Any, sheet: Any) -> None:
        sheet.merge_range("A1:A3", "合计")
        for row in range(3):
            sheet.write(row, 1, row + 1)
        sheet.set_row(0, None, None, {"hidden": True})

    assert rows(read(book(write)))[:2] == ["|合计|2|", "||3|"]


def test_zeros_that_a_sheet_does_not_show_are_not_seen() -> None:
    def write(made: Any, sheet: Any) -> None:
        sheet.write(0, 0, "规章")
        sheet.write(0, 1, 0)
        sheet.write(0, 2, 1)
        sheet.hide_zero()

    assert rows(read(book(write))) == ["|规章|1|"]


# -- a workbook of tables only -------------------------------------------------------------------------------


def _tables_only(*more: str) -> bytes:
    blocks = content(compliant("2021", "county", 3, "tabs"))
    assert blocks is not None
    grids = [block for block in blocks if isinstance(block, Grid)]
    return xlsx.ruled([*(Line(words, "prose") for words in more), *grids], Random(0))


def test_of_tables_alone_the_text_is_unread_and_not_missing(forms: tuple[Form, ...]) -> None:
    notes = [(f"{word}：数据截至年底。",) for word in ("注", "备注", "说明", "填表说明")]
    for more in ((), ("青禾县2024年政府信息公开工作年度报告附表",), *notes):
        report = Report(read(_tables_only(*more)), forms)
        assert (report.only_tables, report.recognised) == (True, False), more
        assert len(report.tables) == 6


def test_with_a_part_or_a_sentence_it_is_a_report(forms: tuple[Form, ...]) -> None:
    for words in ("一、总体情况", "全县公开工作运行平稳。"):
        assert not Report(read(_tables_only(words)), forms).only_tables


# -- hostile workbooks ---------------------------------------------------------------------------------------


def _with(sheet: str, more: Mapping[str, str] | None = None, strings: str = "") -> bytes:
    """Return a workbook whose sheet is *sheet*, with *more* parts."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="a" Type="{rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{rel}"><sheets><sheet name="表" sheetId="1" r:id="s"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}"><Relationship Id="s" Type="{rel}/worksheet" Target="/xl/worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}">{sheet}</worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{main}">{strings}</sst>',
        **(more or {}),
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in parts.items():
            made.writestr(name, text)
    return file.getvalue()


def _cell(address: str, text: str = "1") -> str:
    return f'<c r="{address}"><v>{text}</v></c>'


def _sheet(*cells: str, more: str = "") -> str:
    return f"<sheetData>{''.join(f'<row>{cell}</row>' for cell in cells)}</sheetData>{more}"


def test_two_cells_at_the_ends_of_a_sheet_are_two_cells() -> None:
    with affordable(20):
        assert rows(read(_with(_sheet(_cell("A1"), _cell("XFD1048576"))))) == ["1", "1"]


def test_cells_and_merges_beyond_a_sheet_are_none() -> None:
    merges = '<mergeCells><mergeCell ref="A1:XFD1048576"/><mergeCell ref="x"/><mergeCell ref="A0:B1"/></mergeCells>'
    with affordable(20):
        assert rows(
            read(_with(_sheet(_cell("A1", "3") + _cell("ZZZ1") + _cell("B9999999"), more=merges)))
        ) == ["3"]


MERGES = "".join(f'<mergeCell ref="A1:C{n}"/>' for n in range(2, 2002))
WIDE = "".join(
    _cell(f"A{n}") + _cell(f"{chr(65 + n % 26)}{chr(65 + n // 26 % 26)}{chr(65 + n % 7)}{n}")
    for n in range(1, 2001)
)
HOSTILE: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "no sheet with words": (lambda: _with(_sheet()), "没有文字"),
    "a sheet that is not there": (
        lambda: _with("", {"xl/_rels/workbook.xml.rels": "<Relationships/>"}),
        "没有文字",
    ),
    "damaged": (lambda: _with("<sheetData><row>"), "损坏"),
    "entities": (
        lambda: _with("", {"xl/worksheets/sheet1.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
        "DOCTYPE",
    ),
    "one long text in many cells": (
        lambda: _with(
            _sheet(*(f'<c r="A{n}" t="s"><v>0</v></c>' for n in range(1, 20_000))),
            strings=f"<si><t>{'公' * 60_000}</t></si>",
        ),
        "字",
    ),
    "many cells": (lambda: _with(f"<sheetData><row>{'<c/>' * 200_001}</row></sheetData>"), "单元格"),
    "merged cells over each other": (
        lambda: _with(
            _sheet(
                *(_cell(f"A{n}") + _cell(f"B{n}") for n in range(1, 2001)),
                more=f"<mergeCells>{MERGES}</mergeCells>",
            )
        ),
        "单元格",
    ),
    "a table as wide as it is high": (lambda: _with(f"<sheetData>{WIDE}</sheetData>"), "太大"),
    "many sheets": (
        lambda: _with(
            "",
            {
                "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
                + '<sheet name="a" r:id="s"/>' * 101
                + "</sheets></workbook>"
            },
        ),
        "工作表",
    ),
    "no workbook": (lambda: _with("", {"xl/workbook.xml": "<a/>"}), "Excel"),
}


def test_a_binary_workbook_is_told_to_be_one() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        made.writestr("xl/workbook.bin", b"")
    checked = linter(Settings()).check(Input("年报.xlsb", data=file.getvalue()))
    assert checked.error is not None
    assert "另存为 .xlsx" in checked.error.zh


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_workbook_of_a_report_is_refused(name: str) -> None:
    made, words = HOSTILE[name]
    assert words in refused(made())


def test_a_bomb_is_not_unpacked() -> None:
    data = _with(f"<sheetData>{' ' * (limits.DOCX_PART_BYTES + 1)}</sheetData>")
    assert len(data) < 2**17
    assert "解压后" in refused(data)
