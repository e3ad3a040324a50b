"""What is drawn on pages, laid out as paragraphs and tables, whatever kind of file it is drawn in."""

from collections.abc import Iterator, Sequence

import pytest
from effort import affordable
from nianbao.readers import limits
from nianbao.readers.document import Block, GridTable, Paragraph, render
from nianbao.readers.drawn.grid import TooManyRulesError
from nianbao.readers.drawn.layout import document
from nianbao.readers.drawn.lines import named
from nianbao.readers.drawn.page import Box, Glyph, Page, Rule
from nianbao.readers.drawn.reading import read_pages
from nianbao.text.source import Origin, Place, Span, UnreadableError

WIDTH, HEIGHT = 600.0, 800.0
LEFT, RIGHT, SIZE = 100.0, 500.0, 10.0  # forty characters to a line


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


INSIDE = 706.0  # points from the top: above the margin at the foot of the page


def _numbered(*numbers: str, top: float = INSIDE) -> list[str]:
    """Return the paragraphs of pages of text with these words under, or above, the text."""
    return paragraphs(
        *(
            page([*signs("正文。", 100, 300), *signs(words, 280, top)], (), number)
            for number, words in enumerate(numbers, 1)
        )
    )


@pytest.mark.parametrize(
    "numbers",
    [
        ("— 1 —", "— 2 —", "— 3 —"),
        ("1", "2", "3"),
        ("-12-", "-13-"),  # one of several reports in a volume
        ("第1页 共3页", "第2页 共3页", "第3页 共3页"),
        ("1/3", "2/3", "3/3"),
        ("", "", "1", "2", "3"),  # behind a cover and a table of contents
        ("— 1 —", ""),  # a last page that is not numbered
        ("— 1 —",),
        ("第 1 页",),
    ],
)
@pytest.mark.parametrize("top", [INSIDE, 94.0])
def test_a_page_number_inside_the_margin_is_none_of_the_text(numbers: Sequence[str], top: float) -> None:
    assert _numbered(*numbers, top=top) == ["正文。"] * len(numbers)


@pytest.mark.parametrize(
    "words",
    [
        ("5", "9", "2"),  # figures that do not count with the pages
        ("1", "", ""),  # one alone: where a sentence was broken
        ("1",),
        ("1 2", "2 2", "3 2"),  # a row of figures
        ("— 1 —", "", ""),
        ("2023", "2024"),
        ("1.", "2.", "3."),
        ("1件", "2件", "3件"),
    ],
)
def test_a_last_line_that_only_looks_like_a_page_number_is_text(words: Sequence[str]) -> None:
    assert _numbered(*words) == [line for last in words for line in ("正文。", last) if line]


def test_a_figure_above_other_words_or_in_a_cell_is_no_page_number() -> None:
    above = [page([*signs(str(n), 280, INSIDE - 40), *signs("正文。", 100, INSIDE)], (), n) for n in (1, 2)]
    assert paragraphs(*above) == ["1", "正文。", "2", "正文。"]
    rows = (INSIDE - 26, INSIDE - 6, INSIDE + 14)
    cells = [table_page((100, 300, 500), rows, [["规章", "件"], ["", str(n)]], n) for n in (1, 2)]
    assert [cell[-1] for cell in table(*cells)] == ["规章", "件", "", "1", "", "2"]


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


def test_the_space_between_the_lines_of_a_double_one_is_no_cell() -> None:
    """Neither a frame of two lines is a table, nor has a table cells in its frame."""
    double = [*lattice((100, 500), (100, 300)), *lattice((103.9, 496.1), (103.9, 296.1))]
    framed = page(signs("甲", 110, 120), double)
    assert paragraphs(framed) == ["甲"]
    halves = [*double, upright(300, 103.9, 296.1)]
    assert [cell[-1] for cell in table(page(signs("甲", 110, 120), halves))] == ["甲", ""]


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
    rules = [level(100 + 3.5 * n) for n in range(limits.DRAWN_PAGE_RULES // 2 + 1)]
    rules += [upright(100 + 3.5 * n, 100, 7000) for n in range(limits.DRAWN_PAGE_RULES // 2 + 1)]

    with affordable(), pytest.raises(TooManyRulesError):
        document([page(rules=rules)])


def test_tables_of_too_many_cells_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """On each page fewer than a table may have, on all pages too many."""
    most = 10_000
    monkeypatch.setattr("nianbao.readers.drawn.layout.DRAWN_SLOTS", most)
    edges = [20 + 5.0 * n for n in range(81)]
    pages = [page(rules=tuple(lattice(edges, edges)), number=n) for n in (1, 2)]
    assert 80 * 80 < most < 80 * 80 * len(pages)

    with pytest.raises(TooManyRulesError):
        document(pages)
    assert len(document(pages[:1]).blocks) == 1


def test_more_tables_than_a_page_has_are_refused() -> None:
    rules = [
        rule
        for n in range(limits.DRAWN_PAGE_TABLES + 1)
        for rule in lattice((100, 200, 300), (20 * n, 20 * n + 8))
    ]

    with pytest.raises(TooManyRulesError):
        document([page(rules=rules)])


# -- what keeps pages from being read, and pictures ------------------------------------------------------


@pytest.mark.parametrize("kind", ["pdf", "ofd"])
@pytest.mark.parametrize(
    ("pictures", "told"),
    [({2}, "第 2 页"), ({2, 3}, "第 2、3 页"), ({1}, ""), ({4}, ""), ({1, 2, 3, 4}, "扫描件")],
)
def test_a_picture_between_pages_of_text_is_told(pictures: set[int], told: str, kind: str) -> None:
    """A cover is not the report, and an annex is named where it is."""
    covered = [Box(0, 0, WIDTH, HEIGHT)]
    pages = [
        page((), (), n, covered) if n in pictures else page(tuple(signs("甲", 100, 100)), (), n)
        for n in (1, 2, 3, 4)
    ]

    if told:
        with pytest.raises(UnreadableError) as raised:
            read_pages(pages, "报告", kind)
        assert told in raised.value.reason.zh
        assert kind.upper() in raised.value.reason.zh
        assert kind.upper() in raised.value.reason.en
    else:
        annex = "（图片）\n" if 4 in pictures else ""
        assert read_pages(pages, "报告", kind).text == "甲\n" * 3 + annex


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("\ufffd" * 3 + "目录" + "." * 900 + "0123456789" * 9, False),  # what leads to a page is no word
        ("\ufffd" * 3 + "本年度政府信息公开工作情况" * 9, True),
        ("\ufffd" * 3 + "Free Software Foundation" * 9, True),
        ("\ufffd" * 3, False),
        ("." * 90, True),
    ],
)
def test_signs_without_a_name_are_counted_among_the_letters(text: str, named: bool) -> None:
    """A few bullets of a symbol font among words do no harm."""
    drawn = page([glyph for n, sign in enumerate(text) for glyph in signs(sign, 100, 100 + 0.6 * n)])

    if named:
        read_pages([drawn], "报告", "pdf")
    else:
        with pytest.raises(UnreadableError) as raised:
            read_pages([drawn], "报告", "pdf")
        assert "乱码" in raised.value.reason.zh


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
