"""What is drawn on pages, laid out as paragraphs and tables; PDFs as LibreOffice writes them; hostile ones."""

import io
import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest
from effort import affordable
from nianbao.readers import limits, pdf
from nianbao.readers.child import Answer, Bounds
from nianbao.readers.document import Block, GridTable, Paragraph, render
from nianbao.readers.pdf import read_pdf
from nianbao.readers.pdf.grid import TooManyRulesError
from nianbao.readers.pdf.layout import document
from nianbao.readers.pdf.lines import named
from nianbao.readers.pdf.page import Box, Glyph, Page, Rule
from nianbao.report.form import Form
from nianbao.report.issuer import Level
from nianbao.report.report import Report
from nianbao.testing import Draft, compliant
from nianbao.text.source import Origin, Place, Span, UnreadableError
from rendering import DOCUMENTS, content
from rendering import Block as Drawn
from rendering.grids import Line
from rendering.hostile import HOSTILE
from rendering.hostile import pdf as written
from rendering.office import PROGRAM, all_saved

WIDTH, HEIGHT = 600.0, 800.0
LEFT, RIGHT, SIZE = 100.0, 500.0, 10.0  # forty characters to a line


@pytest.fixture(autouse=True)
def _patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A child is given time enough on a machine that does other things beside."""
    monkeypatch.setattr(limits, "PDF_SECONDS", 120)
    monkeypatch.setattr(limits, "PDF_CLOCK", 600)


# -- drawing -----------------------------------------------------------------------------------------------


def signs(text: str, left: float, top: float, size: float = SIZE) -> Iterator[Glyph]:
    """Draw *text*, a sign of Latin script half as wide as high, any other as wide as high."""
    for sign in text:
        width = size / 2 if sign.isascii() else size
        yield Glyph(sign, Box(left, top, left + width, top + size))
        left += width


def level(at: float, left: float = LEFT, right: float = RIGHT) -> Rule:
    return Rule(False, at, left, right)


def upright(at: float, top: float, bottom: float) -> Rule:
    return Rule(True, at, top, bottom)


def lattice(columns: Sequence[float], rows: Sequence[float]) -> Iterator[Rule]:
    """Draw every edge of a grid."""
    for row in rows:
        yield level(row, columns[0], columns[-1])
    for column in columns:
        yield upright(column, rows[0], rows[-1])


def page(
    glyphs: Sequence[Glyph] = (), rules: Sequence[Rule] = (), number: int = 1, pictures: Sequence[Box] = ()
) -> Page:
    return Page(number, WIDTH, HEIGHT, tuple(pictures), tuple(glyphs), tuple(rules))


def text_page(lines: Sequence[tuple[float, str]], number: int = 1, top: float = 100.0) -> Page:
    """Draw each line at its place from the left, one under the other."""
    drawn = [signs(text, left, top + 20 * index) for index, (left, text) in enumerate(lines)]
    return page([glyph for line in drawn for glyph in line], (), number)


def table_page(
    columns: Sequence[float], rows: Sequence[float], texts: Sequence[Sequence[str]], number: int = 1
) -> Page:
    """Draw a table, the text of each cell from its upper left corner on."""
    glyphs = [
        glyph
        for row, line in zip(rows, texts, strict=False)
        for column, text in zip(columns, line, strict=False)
        for glyph in signs(text, column + 2, row + 4)
    ]
    return page(glyphs, tuple(lattice(columns, rows)), number)


def said(block: Block) -> str:
    assert isinstance(block, Paragraph)
    return "".join(run.text for run in block.runs)


def paragraphs(*pages: Page) -> list[str]:
    return [said(block) for block in document(pages).blocks]


def table(*pages: Page) -> list[tuple[int, int, int, int, str]]:
    """Return row, column, rows, columns and text of each cell of the only table of *pages*."""
    (found,) = document(pages).blocks
    assert isinstance(found, GridTable)
    return [
        (c.row, c.column, c.rows, c.columns, " ".join(said(p) for p in c.paragraphs)) for c in found.cells
    ]


# -- lines and paragraphs ----------------------------------------------------------------------------------

FULL = "本年度政府信息公开工作按照条例的规定逐项落实公开内容持续增加渠道不断拓宽群众满意"
assert len(FULL) == 40


def test_a_line_that_is_full_goes_on_in_the_next() -> None:
    """And one that is not ends its paragraph, though the next is set in no further."""
    lines = [(120, FULL[:38]), (100, FULL), (100, "到此为止。"), (100, "二、主动公开政府信息情况")]

    assert paragraphs(text_page(lines)) == [FULL[:38] + FULL + "到此为止。", "二、主动公开政府信息情况"]


def test_a_line_that_is_set_in_begins_a_paragraph() -> None:
    """Though the one before it is full."""
    assert paragraphs(text_page([(100, FULL), (100, FULL), (120, FULL[:38]), (100, "完。")])) == [
        FULL + FULL,
        FULL[:38] + "完。",
    ]


def test_a_numeral_behind_a_sentence_begins_a_paragraph() -> None:
    """The （一） of 第二十条第（一）项 begins none."""
    ended = FULL[:39] + "。"
    cut = FULL[:35] + "第二十条第"
    lines = [(100, ended), (100, "（一）主动公开。" + FULL[:32]), (100, cut), (100, "（一）项所列")]

    assert paragraphs(text_page(lines)) == [ended, "（一）主动公开。" + FULL[:32] + cut + "（一）项所列"]


def test_a_word_that_had_no_room_is_the_same_paragraph() -> None:
    """A line may lack as much as the address that follows it is wide."""
    lines = [(100, FULL), (100, FULL[:30]), (100, "gongkai@example.cn）。"), (100, "完")]

    assert paragraphs(text_page(lines)) == [FULL + FULL[:30] + "gongkai@example.cn）。", "完"]


def test_a_paragraph_goes_on_over_the_page() -> None:
    first = text_page([(100, FULL), (100, FULL)], 1, top=600)
    second = text_page([(100, "续完。"), (120, "下一段。")], 2)

    assert paragraphs(first, second) == [FULL + FULL + "续完。", "下一段。"]


def test_a_space_between_lines_parts_paragraphs() -> None:
    """Pages printed by a browser set nothing in."""
    close = [glyph for n in range(4) for glyph in signs(FULL, LEFT, 100 + 20 * n)]
    apart = [*signs(FULL, LEFT, 220), *signs("完。", LEFT, 240)]

    assert paragraphs(page([*close, *apart])) == [FULL * 4, FULL + "完。"]


def test_a_title_on_two_lines_in_the_middle_is_one() -> None:
    """The first as wide as fits."""
    title = [*signs("青禾县人民政府信息公开工作年度报", 124, 60, 22), *signs("告", 289, 95, 22)]
    body = [glyph for n in range(3) for glyph in signs(FULL, LEFT, 140 + 20 * n)]

    assert paragraphs(page([*title, *body])) == ["青禾县人民政府信息公开工作年度报告", FULL * 3]


def test_between_two_words_in_latin_letters_a_line_end_is_a_space() -> None:
    lines = [(100, FULL), (100, FULL[:37] + "public"), (100, "notice发布"), (120, "完")]

    assert paragraphs(text_page(lines))[0] == FULL + FULL[:37] + "public notice发布"


def test_a_figure_broken_at_the_end_of_a_full_line_is_one() -> None:
    lines = [(100, FULL), (100, FULL[:38] + "2024"), (100, "5件"), (120, "完")]

    assert paragraphs(text_page(lines))[0] == FULL + FULL[:38] + "20245件"


def test_a_gap_is_a_space_and_what_a_program_sets_beside_a_figure_is_none() -> None:
    """A quarter of a height is the space between Chinese and a figure; two heights are seen as a gap."""
    drawn = [
        *signs("共", 100, 100),
        *signs("12", 112.5, 100),
        *signs("件", 125, 100),
        *signs("联系人", 155, 100),
        *signs("a", 190, 100),
        *signs("b", 199, 100),
    ]

    assert paragraphs(page(drawn)) == ["共12件 联系人a b"]


def test_a_sign_drawn_twice_to_look_bold_is_one() -> None:
    drawn = [*signs("总计11", 100, 100), *signs("总计11", 100.4, 100)]

    assert paragraphs(page(drawn)) == ["总计11"]


def test_a_radical_is_the_character_it_looks_like() -> None:
    """Fonts name 一, 人, 页, 见, 门 so; what has no name at all is a replacement character."""
    assert named("⼀⼈⻚⻅⻔") == "一人页见门"
    assert named("(cid:12)") == "\ufffd"
    assert named("\ue123") == "\ufffd"


def test_page_numbers_and_what_is_on_every_page_is_left_out() -> None:
    """Not a figure of the text, nor a line that is at the head of one page only."""
    pages = []
    for number in (1, 2, 3):
        head = signs("青禾县政府信息公开年报", 200, 30)
        foot = signs(f"— {number} —", 280, 760)
        body = signs(f"正文{number}", 120, 300)
        pages.append(page([*head, *foot, *body], (), number))
    alone = page([*signs("第4页 共4页", 280, 760), *signs("题头", 120, 40), *signs("12", 120, 400)], (), 4)

    rest = page(signs("（2024）。", 100, 40), (), 5)

    assert paragraphs(*pages, alone, rest) == ["正文1", "正文2", "正文3", "题头", "12", "（2024）。"]


# -- tables ------------------------------------------------------------------------------------------------


def test_what_no_line_parts_is_one_cell() -> None:
    """A cell over two rows, one over two columns; a cell without text has its place all the same."""
    rules = [level(100), level(140), level(120, 200), upright(100, 100, 140), upright(500, 100, 140)]
    rules += [upright(200, 100, 140), upright(350, 120, 140)]
    glyphs = [*signs("项目", 102, 115), *signs("数量", 202, 104), *signs("3", 202, 124)]

    assert table(page(glyphs, rules)) == [
        (0, 0, 2, 1, "项目"),
        (0, 1, 1, 2, "数量"),
        (1, 1, 1, 1, "3"),
        (1, 2, 1, 1, ""),
    ]


def test_lines_that_do_not_quite_meet_are_a_table() -> None:
    """Every cell drawn for itself, each with edges a little beside those of its neighbours."""
    rules = []
    for row in (100.0, 120.0):
        for column in (100.0, 200.0):
            rules += lattice((column + 0.6, column + 99.5), (row + 0.6, row + 19.4))
    glyphs = [*signs("甲", 140, 104), *signs("乙", 240, 104), *signs("丙", 140, 124), *signs("丁", 240, 124)]

    assert [cell[-1] for cell in table(page(glyphs, rules))] == ["甲", "乙", "丙", "丁"]


def test_a_table_without_lines_at_its_sides_is_one() -> None:
    rules = [level(100), level(120), level(140), upright(300, 100, 140)]
    glyphs = [
        *signs("规章", 102, 104),
        *signs("1", 302, 104),
        *signs("文件", 102, 124),
        *signs("2", 302, 124),
    ]

    assert [cell[-1] for cell in table(page(glyphs, rules))] == ["规章", "1", "文件", "2"]


def test_a_sign_is_in_the_cell_that_its_centre_is_in() -> None:
    """Though it is out of it."""
    drawn = table_page((100, 200, 300), (100, 120, 140), [["甲", "乙"], ["丙", "丁"]])
    over = Glyph("1", Box(196, 104, 206, 114))

    assert [cell[-1] for cell in table(drawn._replace(glyphs=(*drawn.glyphs, over)))] == [
        "甲",
        "1乙",
        "丙",
        "丁",
    ]


def test_a_frame_is_no_table_and_a_line_under_words_is_none() -> None:
    rules = [*lattice((90, 510), (90, 130)), level(162, 100, 200)]
    glyphs = [*signs("框内的话", 100, 100), *signs("划线的话", 100, 150)]

    assert paragraphs(page(glyphs, rules)) == ["框内的话", "划线的话"]


def test_a_page_in_a_frame_keeps_its_table() -> None:
    drawn = table_page((100, 200, 300), (100, 120, 140), [["甲", "乙"], ["丙", "丁"]])
    framed = drawn._replace(rules=(*drawn.rules, *lattice((20, 580), (20, 780))))

    assert [cell[-1] for cell in table(framed)] == ["甲", "乙", "丙", "丁"]


def test_lines_of_a_cell_are_one_text_and_a_broken_figure_is_one() -> None:
    """Two figures under one another, where the second had room beside the first, are two."""
    glyphs = [*signs("申请人", 102, 102), *signs("情况", 102, 114)]
    glyphs += [*signs("10", 149, 102), *signs("2", 151, 114), *signs("10", 172, 102), *signs("2", 172, 114)]
    rules = tuple(lattice((100, 145, 164, 300), (100, 130)))

    assert [cell[-1] for cell in table(page(glyphs, rules))] == ["申请人情况", "102", "10 2"]


def test_an_empty_cell_has_a_box_and_a_line_leads_to_its_page() -> None:
    drawn = table_page((100, 200, 300), (100, 120, 140), [["甲", ""], ["丙丁", "12"]])
    source = render(document([page(), drawn._replace(number=2)]), "报告.pdf", "pdf", "utf-8")
    at = source.text.index("丙丁")

    assert source.locate(Span(at, at + 2)) == (Place(Origin(page=2, box=(102, 124, 122, 134)), 1, 3),)
    blank = source.text.index("甲") + 2
    assert source.locate(Span(blank, blank)) == (Place(Origin(page=2, box=(200, 100, 300, 120)), 0, 0),)


# -- tables over pages -------------------------------------------------------------------------------------

TALL = (700.0, 720.0, 740.0)
NEXT = (80.0, 100.0, 120.0)
WIDE = (100.0, 160.0, 300.0, 400.0, 500.0)


def test_a_table_goes_on_on_the_next_page() -> None:
    """A little further to the left there, and with the edges that only one of them has."""
    one = table_page((100, 300, 500), TALL, [["规章", "1"], ["文件", "2"]], 1)
    two = table_page((97, 298, 400, 497), NEXT, [["许可", "3", "4"], ["处罚", "5", "6"]], 2)

    assert table(one, two) == [
        (0, 0, 1, 1, "规章"),
        (0, 1, 1, 2, "1"),
        (1, 0, 1, 1, "文件"),
        (1, 1, 1, 2, "2"),
        (2, 0, 1, 1, "许可"),
        (2, 1, 1, 1, "3"),
        (2, 2, 1, 1, "4"),
        (3, 0, 1, 1, "处罚"),
        (3, 1, 1, 1, "5"),
        (3, 2, 1, 1, "6"),
    ]


def test_tables_of_different_width_are_two() -> None:
    one = table_page((100, 300, 500), TALL, [["规章", "1"], ["文件", "2"]], 1)
    two = table_page((100, 300, 450), NEXT, [["许可", "3"], ["处罚", "5"]], 2)

    assert len(document([one, two]).blocks) == 2


def test_text_between_them_parts_two_tables() -> None:
    one = table_page((100, 300, 500), TALL, [["规章", "1"], ["文件", "2"]], 1)
    two = table_page((100, 300, 500), NEXT, [["许可", "3"], ["处罚", "5"]], 2)
    under = one._replace(glyphs=(*one.glyphs, *signs("四、行政复议", 100, 750)))

    assert [type(block) for block in document([under, two]).blocks] == [GridTable, Paragraph, GridTable]


def test_a_page_number_does_not_part_a_table() -> None:
    one = table_page((100, 300, 500), TALL, [["规章", "1"], ["文件", "2"]], 1)
    two = table_page((100, 300, 500), NEXT, [["许可", "3"], ["处罚", "5"]], 2)
    numbered = one._replace(glyphs=(*one.glyphs, *signs("- 1 -", 280, 760)))

    assert len(table(numbered, two)) == 8


def test_a_header_that_is_printed_again_is_one() -> None:
    one = table_page((100, 300, 500), TALL, [["信息内容", "数量"], ["规章", "1"]], 1)
    two = table_page((100, 300, 500), NEXT, [["信息内容", "数量"], ["文件", "2"]], 2)

    assert [cell[-1] for cell in table(one, two)] == ["信息内容", "数量", "规章", "1", "文件", "2"]


def test_rows_without_a_word_are_no_header() -> None:
    one = table_page((100, 300, 500), TALL, [["", ""], ["规章", "1"]], 1)
    two = table_page((100, 300, 500), NEXT, [["", ""], ["文件", "2"]], 2)

    assert [cell[-1] for cell in table(one, two)] == ["", "", "规章", "1", "", "", "文件", "2"]


def test_rows_of_figures_that_are_alike_are_all_kept() -> None:
    one = table_page((100, 300, 500), TALL, [["总计", "0"], ["规章", "0"]], 1)
    two = table_page((100, 300, 500), NEXT, [["总计", "0"], ["规章", "0"]], 2)

    assert [cell[-1] for cell in table(one, two)] == ["总计", "0", "规章", "0", "总计", "0", "规章", "0"]


def test_a_group_of_rows_goes_on_over_the_page() -> None:
    """Without a word, or with the rest of its words; one with a numeral is another."""
    one = table_page(WIDE, TALL, [["", "", "", ""], ["三、本年", "（四）无法", "1.不掌握", "5"]], 1)
    two = table_page(WIDE, NEXT, [["", "提供", "2.没有现成", "6"], ["度", "（五）不予", "1.信访", "7"]], 2)

    cells = table(one, two)

    assert cells[4:8] == [
        (1, 0, 2, 1, "三、本年"),
        (1, 1, 2, 1, "（四）无法提供"),
        (1, 2, 1, 1, "1.不掌握"),
        (1, 3, 1, 1, "5"),
    ]
    assert [cell[-1] for cell in cells[8:]] == ["2.没有现成", "6", "度", "（五）不予", "1.信访", "7"]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (("", "", "2.重复申请", "3"), ("", "", "", "")),
        (("", "", "2.重复", "3"), ("", "", "申请", "")),
        (("", "", "2.重复", ""), ("", "", "申请", "3")),
        (("", "", "2.重复申请", ""), ("", "", "", "3")),
    ],
)
def test_a_row_that_the_page_has_cut_is_one(above: Sequence[str], below: Sequence[str]) -> None:
    """A label goes on without a numeral, and the figures are above the cut or below it."""
    one = table_page(WIDE, TALL, [["三、结果", "（一）予以", "1.公开", "4"], above], 1)
    two = table_page(WIDE, NEXT, [below, ["", "", "3.其他", "8"]], 2)

    cells = table(one, two)

    assert [cell[-1] for cell in cells if cell[0] == 1] == [a + b for a, b in zip(above, below, strict=True)]
    assert [cell[-1] for cell in cells if cell[0] == 2] == ["", "", "3.其他", "8"]
    assert len(cells) == 12


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (("", "", "2.重复申请", "3"), ("", "", "3.出版物", "")),  # a blank figure
        (("", "", "2.重复申请", ""), ("", "", "3.出版物", "4")),
        (("", "", "规章", ""), ("", "", "文件", "")),  # rows without numerals
        (("", "", "2.重复申请", "3"), ("", "", "反复申请", "4")),  # figures in both
    ],
)
def test_a_row_that_is_whole_is_not_joined(above: Sequence[str], below: Sequence[str]) -> None:
    one = table_page(WIDE, TALL, [["三、结果", "（一）予以", "1.公开", "4"], above], 1)
    two = table_page(WIDE, NEXT, [below, ["", "", "9.其他", "8"]], 2)

    rows = [[cell[-1] for cell in table(one, two) if cell[0] == row] for row in range(4)]

    assert rows[1][-2:] == list(above[-2:])
    assert rows[2][-2:] == list(below[-2:])


def test_labels_that_the_page_has_cut_are_whole_while_there_are_no_figures_yet() -> None:
    one = table_page((100, 300, 500), TALL, [["行政复议", "行政诉讼"], ["结果", "其他"]], 1)
    two = table_page((100, 300, 500), NEXT, [["维持", "结果"], ["1", "2"]], 2)

    assert [cell[-1] for cell in table(one, two)] == [
        "行政复议",
        "行政诉讼",
        "结果维持",
        "其他结果",
        "1",
        "2",
    ]


def test_the_last_row_before_a_page_ends_may_be_a_single_cell() -> None:
    one = page(tuple(signs("第二十条第（八）项", 102, 724)), tuple(lattice((100, 500), (720, 740))), 1)
    two = table_page((100, 300, 500), NEXT, [["信息内容", "数量"], ["收费", "5"]], 2)

    assert [cell[-1] for cell in table(one, two)] == ["第二十条第（八）项", "信息内容", "数量", "收费", "5"]


# -- limits of the layout ----------------------------------------------------------------------------------


def test_more_lines_than_a_table_has_are_refused_and_quickly() -> None:
    rules = [level(100 + 3.5 * n) for n in range(limits.PDF_PAGE_RULES // 2 + 1)]
    rules += [upright(100 + 3.5 * n, 100, 7000) for n in range(limits.PDF_PAGE_RULES // 2 + 1)]

    with affordable(), pytest.raises(TooManyRulesError):
        document([page(rules=rules)])


def test_tables_of_too_many_cells_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """On each page fewer than a table may have, on all pages too many."""
    most = 10_000
    monkeypatch.setattr("nianbao.readers.pdf.layout.PDF_SLOTS", most)
    edges = [20 + 4.0 * n for n in range(81)]
    pages = [page(rules=tuple(lattice(edges, edges)), number=n) for n in (1, 2)]
    assert 80 * 80 < most < 80 * 80 * len(pages)

    with pytest.raises(TooManyRulesError):
        document(pages)
    assert len(document(pages[:1]).blocks) == 1


def test_more_tables_than_a_page_has_are_refused() -> None:
    rules = [
        rule
        for n in range(limits.PDF_PAGE_TABLES + 1)
        for rule in lattice((100, 200, 300), (20 * n, 20 * n + 8))
    ]

    with pytest.raises(TooManyRulesError):
        document([page(rules=rules)])


# -- files -------------------------------------------------------------------------------------------------


def refusal(data: bytes) -> str:
    """Return the error that a clerk reads about *data*; it costs no more than anybody waits for."""
    with affordable(2000), pytest.raises(UnreadableError) as raised:
        read_pdf(data, "报告.pdf")
    assert "\n" not in raised.value.reason.zh
    assert "pdf" in raised.value.reason.en.lower()
    return raised.value.reason.zh


PRINTED: Sequence[tuple[str, Level, int, bool]] = (
    ("2021", "county", 1, False),
    ("2019", "township", 2, True),
    ("2019", "province", 3, True),  # a figure broken in a narrow cell
    ("2019", "city", 6, False),  # a page that ends behind a row of one cell
    ("2021", "county", 17, True),  # and one that ends in a row of labels
    ("2021", "township", 23, True),
)


def drawn(number: int) -> tuple[Draft, Sequence[Drawn]]:
    """Return the report *number* of those that LibreOffice prints, and its blocks."""
    form, level, seed, joined = PRINTED[number]
    draft = compliant(form, level, seed)
    blocks = content(draft, joined=joined)
    assert blocks is not None
    return draft, blocks


@pytest.fixture(scope="module")
def printed() -> Sequence[bytes]:
    """The reports in PDF."""
    files = [DOCUMENTS["docx"](drawn(number)[1], Random(one[2])) for number, one in enumerate(PRINTED)]
    return all_saved(files, "pdf")


@pytest.mark.skipif(PROGRAM is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("number", range(len(PRINTED)))
def test_a_report_that_libreoffice_writes_reads_as_it_was_written(
    number: int, printed: Sequence[bytes], forms: Sequence[Form]
) -> None:
    """Every cell by its address, every label as printed, every paragraph on one line."""
    pytest.importorskip("pypdfium2_raw")
    draft, blocks = drawn(number)
    data = printed[number]

    source = read_pdf(data, "报告.pdf")
    report = Report(source, forms)

    found = {cell.address: cell.text for table in report.tables.values() for cell in table.cells}
    assert found == draft.cells
    labels = [
        label for table in report.tables.values() for label in (*table.rows.values(), *table.columns.values())
    ]
    assert all(label.exact for label in labels)
    lines = [line for line in source.text.split("\n") if line and not line.startswith("\x1f")]
    assert lines == [block.text for block in blocks if isinstance(block, Line)]
    assert (source.kind, source.path, source.visible) == ("pdf", "报告.pdf", False)
    again = read_pdf(data, "报告.pdf")
    assert (again.text, again.segments) == (source.text, source.segments)


def _drawings(depth: int) -> bytes:
    """Return a page with a drawing that draws another ten times, which draws another …"""
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import IndirectObject, NameObject, StreamObject

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(written(b"/X Do"))))
    inner: IndirectObject | None = None
    for _ in range(depth):
        form = StreamObject()
        form.set_data(b"/X Do " * 10 if inner is not None else b"0 0 m 9 9 l S")
        form[NameObject("/Type")] = NameObject("/XObject")
        form[NameObject("/Subtype")] = NameObject("/Form")
        form[NameObject("/BBox")] = writer.pages[0].mediabox
        form[NameObject("/Resources")] = _resources(inner)
        inner = writer._add_object(form)
    writer.pages[0][NameObject("/Resources")] = _resources(inner)
    return _bytes(writer)


def _resources(drawing: object) -> Any:
    from pypdf.generic import DictionaryObject, NameObject, PdfObject

    if not isinstance(drawing, PdfObject):
        return DictionaryObject()
    return DictionaryObject({NameObject("/XObject"): DictionaryObject({NameObject("/X"): drawing})})


def _bytes(writer: Any) -> bytes:
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def _blank(pages: int) -> bytes:
    from pypdf import PdfWriter

    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    return _bytes(writer)


def _with_owner_password() -> bytes:
    """Return a page that anybody may open and only its owner print."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(_worded())))
    writer.encrypt("", "secret", algorithm="RC4-128")
    return _bytes(writer)


FONT = "/Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"


def _worded() -> bytes:
    return written(b"BT /F1 12 Tf 100 700 Td (Report 2024) Tj ET", 1, FONT)


def _nameless() -> bytes:
    """Return a page in a font that says nothing of its characters."""
    font = (
        "/Font<</F1<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts"
        "[<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        "/Supplement 0>>>>]>>>>"
    )
    return written(b"BT /F1 12 Tf 100 700 Td <00110012001300140015> Tj ET", 1, font)


BAD: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "flate bomb": (HOSTILE["flate-bomb.pdf"], "过大"),
    "a million operators": (HOSTILE["operators.pdf"], "过大"),
    "more lines than any page": (lambda: written(b"9 9 30 30 re S\n" * 26_000), "过大"),
    "a list that never ends": (lambda: b"%PDF-1.4\n" + b"<<" * 1_000_000, "损坏"),
    "pages": (lambda: _blank(201), "201 页"),
    "locked": (HOSTILE["encrypted.pdf"], "密码"),
    "cut off": (HOSTILE["truncated.pdf"], "损坏"),
    "nothing but the first line": (lambda: b"%PDF-1.7\n", "损坏"),
    "a scan": (HOSTILE["scan.pdf"], "扫描件"),
    "empty": (lambda: _blank(1), "没有文字"),
    "characters without a name": (_nameless, "乱码"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_is_one_clear_line(name: str) -> None:
    pytest.importorskip("pypdfium2_raw")
    made, words = BAD[name]

    assert words in refusal(made())


def test_a_file_that_is_too_large_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PDF_BYTES", 2**20)

    assert "超过 1 MiB" in refusal(b"%PDF-1.7\n".ljust(2**20 + 1))


def test_who_may_open_it_without_a_password_may_read_it() -> None:
    pytest.importorskip("pypdfium2_raw")

    assert read_pdf(_with_owner_password(), "报告.pdf").text == "Report 2024\n"


def _recognised() -> bytes:
    """Return a scan with its text behind the picture, as `ocrmypdf` leaves one: in mode 3, in which nothing is drawn."""
    font = (
        "/Font<</F1<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts"
        "[<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)"
        "/Supplement 2>>/DW 1000>>]>>>>"
    )
    lines = ("青禾县2024年政府信息公开工作年度报告", "一、总体情况", "主动公开信息12条。")
    drawn = "".join(
        f"1 0 0 1 90 {700 - 40 * number} Tm <{line.encode('utf-16-be').hex()}> Tj\n"
        for number, line in enumerate(lines)
    )
    picture = "q 595 0 0 842 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \xff EI Q\n".encode("latin-1")
    return written(picture + f"BT /F1 14 Tf 3 Tr {drawn}ET".encode(), 1, font)


def test_a_scan_with_a_layer_of_text_is_read() -> None:
    """And the words on one without name the command that adds the layer."""
    pytest.importorskip("pypdfium2_raw")

    lines = read_pdf(_recognised(), "报告.pdf").text.splitlines()
    assert lines == ["青禾县2024年政府信息公开工作年度报告", "一、总体情况", "主动公开信息12条。"]
    assert "ocrmypdf -l chi_sim" in refusal(HOSTILE["scan.pdf"]())


def test_a_watermark_is_not_read() -> None:
    """Signs that are aslant."""
    pytest.importorskip("pypdfium2_raw")
    content = b"BT /F1 12 Tf 100 700 Td (Report) Tj ET BT /F1 60 Tf .7 .7 -.7 .7 100 650 Tm (DRAFT) Tj ET"

    assert read_pdf(written(content, 1, FONT), "报告.pdf").text == "Report\n"


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_page_that_is_turned_to_be_read_is_read_as_shown(turned: int) -> None:
    """A broad table is drawn on its side and the page turned; the first line is the upper one."""
    from pypdf import PdfReader, PdfWriter, Transformation

    pytest.importorskip("pypdfium2_raw")
    words = b"BT /F1 12 Tf 100 700 Td (Report 2024) Tj 0 -30 Td (Table) Tj ET"
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(written(words, 1, FONT))))
    page = writer.pages[0]
    width, height = float(page.mediabox.width), float(page.mediabox.height)
    page.add_transformation(Transformation().rotate(turned))
    x, y = {0: (0.0, 0.0), 90: (height, 0.0), 180: (width, height), 270: (0.0, width)}[turned]
    page.add_transformation(Transformation().translate(x, y))
    if turned in (90, 270):
        page.mediabox.upper_right = (height, width)
    page.rotate(turned)

    assert read_pdf(_bytes(writer), "报告.pdf").text == "Report 2024\nTable\n"


def test_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """The child imports from where this program does, and nowhere else."""
    monkeypatch.setattr(sys, "path", [place for place in sys.path if "site-packages" not in place])

    assert "pip install 'nianbao[pdf]'" in refusal(_worded())


@pytest.mark.parametrize(("bound", "words"), [("PDF_SECONDS", "处理器|中途退出"), ("PDF_CLOCK", "过了 2 秒")])
def test_a_child_that_takes_too_long_is_stopped(
    bound: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A drawing that draws another ten times, twelve deep: no one sees the end of that, nor has the memory for it."""
    pytest.importorskip("pypdfium2_raw")
    monkeypatch.setattr(limits, bound, 2)

    assert re.search(words, refusal(_drawings(12)))


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script")
def test_waiting_is_no_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A child that others keep from the processor is not stopped when its seconds there would be over."""
    pytest.importorskip("pypdfium2_raw")
    late = tmp_path / "python"
    late.write_text(f'#!/bin/sh\nsleep 3\nexec {sys.executable} "$@"\n')
    late.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(late))
    monkeypatch.setattr(limits, "PDF_SECONDS", 2)

    assert read_pdf(_worded(), "报告.pdf").text


@pytest.mark.skipif(sys.platform == "win32", reason="only a POSIX system bounds what a process takes")
def test_a_child_that_takes_too_much_memory_ends_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four MiB of what draws a page are allowed; here there is not even room for the libraries."""
    pytest.importorskip("pypdfium2_raw")
    monkeypatch.setattr(pdf, "Bounds", lambda *times: Bounds(*times, memory=20 * 2**20))

    assert re.search("内存|中途退出", refusal(_worded()))


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"[]",
        b"7",
        b'{"fault":"unheard of","count":0}',
        b'{"fault":"large"}',
        b'{"pages":[[1]]}',
        b'{"pages":[[600,800,0,[["a",1,2,3]],[]]]}',
        b'{"pages":[[600,800,0,[["a",1,2,3,"four"]],[]]]}',
        b'{"pages":[[600,800,NaN,[],[]]]}',
        b'{"pages":[[600,800,0,[],[[true,1,Infinity,3]]]]}',
        b'{"pages":{"a":1}}',
        b'{"pages":[[600,800,0,',
        b"\xff\xfe",
    ],
)
@pytest.mark.parametrize(("code", "words"), [(0, "损坏"), (-9, "中途退出")])
def test_what_the_child_says_is_checked(
    answer: bytes, code: int, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever has made the file may have got hold of the child."""
    monkeypatch.setattr(pdf, "answered", lambda *_: Answer(answer, code))

    assert words in refusal(b"%PDF-1.7\n")


@pytest.mark.parametrize(
    ("pictures", "told"),
    [({2}, "第 2 页"), ({2, 3}, "第 2、3 页"), ({1}, ""), ({4}, "")],
)
def test_a_picture_between_pages_of_text_is_told(
    pictures: set[int], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cover is not the report, and an annex is named where it is."""
    word = [["甲", 100, 100, 110, 110]]
    pages = [
        [600, 800, [[0, 0, 600, 800]] if n in pictures else [], [] if n in pictures else word, []]
        for n in (1, 2, 3, 4)
    ]
    monkeypatch.setattr(pdf, "answered", lambda *_: Answer(json.dumps({"pages": pages}).encode(), 0))

    if told:
        assert told in refusal(b"%PDF-1.7\n")
    else:
        annex = "（图片）\n" if 4 in pictures else ""
        assert read_pdf(b"%PDF-1.7\n", "报告.pdf").text == "甲\n" * 3 + annex


TABLE = Box(100, 300, 400, 420)  # of a picture as large as a table


@pytest.mark.parametrize(
    ("box", "named"),
    [
        (TABLE, True),
        (TABLE._replace(left=300), False),  # narrow: a code to scan
        (TABLE._replace(top=400), False),  # flat: a line across the page
        (TABLE._replace(top=90), False),  # behind the text: paper
        (Box(100, 20, 400, 80), False),  # above all words: the head of the letter
    ],
)
def test_a_picture_that_may_be_a_table_is_named_where_it_is(box: Box, named: bool) -> None:
    above, below = signs("二、主动公开", 100, 100), signs("三、其他", 100, 600)
    drawn = page([*above, *below], pictures=[box])
    text = render(document([drawn]), "x.pdf", "pdf", "utf-8").text
    assert text.split() == ["二、主动公开", *(["（图片）"] if named else []), "三、其他"]


def test_a_picture_in_a_table_that_is_drawn_is_no_table() -> None:
    cells = lattice([90, 250, 410], [290, 360, 430])
    drawn = page(signs("甲", 100, 100), tuple(cells), pictures=[TABLE])
    assert "（图片）" not in render(document([drawn]), "x.pdf", "pdf", "utf-8").text
