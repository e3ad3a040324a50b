"""Word files are read as whoever opens them in Word sees them, each expected value by hand from the XML."""

import zipfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from io import BytesIO
from itertools import pairwise
from typing import NamedTuple

import pytest
from effort import LINEAR, affordable, growth
from hypothesis import given
from hypothesis import strategies as st
from nianbao.readers import limits
from nianbao.readers.document import GridTable
from nianbao.readers.docx import read_docx
from nianbao.readers.docx.body import blocks
from nianbao.readers.docx.package import Package
from nianbao.readers.limits import MOST_TABLES
from nianbao.readers.numerals import numeral
from nianbao.report.form import Form
from nianbao.report.report import Report
from nianbao.testing import Draft, compliant
from nianbao.text.source import Origin, Place, Source, Span, UnreadableError
from readers.docx_files import (
    STRICT,
    STRICT_RELATIONSHIPS,
    TRANSITIONAL,
    docx,
    members,
    p,
    part,
    r,
    relationships,
    tbl,
    tc,
    tr,
    zipped,
)

MARK = "\x1f"
MAIN = "word/document.xml"


class Shape(NamedTuple):
    """A cell as a test says it: where it is, how high and wide it is, what it says."""

    row: int
    column: int
    rows: int
    columns: int
    text: str


def text(data: bytes) -> str:
    return read_docx(data, "甲.docx").text


def lines(data: bytes) -> list[str]:
    return [line for line in text(data).split("\n") if line]


def shapes(data: bytes) -> list[list[Shape]]:
    """Return the cells of each table of a docx."""
    return [
        [
            Shape(
                cell.row,
                cell.column,
                cell.rows,
                cell.columns,
                " ".join("".join(run.text for run in paragraph.runs) for paragraph in cell.paragraphs),
            )
            for cell in block.cells
        ]
        for block in blocks(Package(data))
        if isinstance(block, GridTable)
    ]


def grid(*rows: str, widths: tuple[int | str, ...] = ()) -> list[Shape]:
    (found,) = shapes(docx(tbl(*rows, widths=widths)))
    return found


def refusal(data: bytes) -> str:
    """Return what is said of *data* in Chinese, and see that it is said in time."""
    with affordable(), pytest.raises(UnreadableError) as caught:
        read_docx(data, "甲.docx")
    assert caught.value.reason.zh
    assert caught.value.reason.en
    return caught.value.reason.zh


# -- text ------------------------------------------------------------------------------------------------


def test_paragraphs_and_tables_come_in_their_order() -> None:
    """The canonical text: a line a paragraph, a marked line a row, a merged cell in its first slot."""
    data = docx(
        p("一、总体情况")
        + p()
        + tbl(tr(tc("项目", down="restart"), tc("数量", span=2)), tr(tc(down="continue"), "3", "5"))
        + p(r("甲") + r("乙"))
    )

    assert (
        text(data)
        == f"一、总体情况\n\n{MARK}项目{MARK}数量{MARK}{MARK}\n{MARK}{MARK}3{MARK}5{MARK}\n\n甲乙\n"
    )
    source = read_docx(data, "甲.docx")
    assert (source.kind, source.path, source.visible) == ("docx", "甲.docx", False)


@pytest.mark.parametrize(
    "body",
    [
        p(r("收到") + '<w:smartTag w:element="chmetcnv">' + r("12") + "</w:smartTag>" + r("件")),
        p(r("收到") + '<w:hyperlink w:anchor="a">' + r("12") + "</w:hyperlink>" + r("件")),
        p(r("收到") + '<w:customXml w:element="a"><w:customXmlPr/>' + r("12") + "</w:customXml>" + r("件")),
        p(r("收到") + '<w:fldSimple w:instr="DATE">' + r("12") + "</w:fldSimple>" + r("件")),
        p(r("收到") + "<w:sdt><w:sdtPr/><w:sdtContent>" + r("12") + "</w:sdtContent></w:sdt>" + r("件")),
        p(r("收到") + '<w:bdo w:val="ltr">' + r("12") + "</w:bdo>" + r("件")),
        p(r("收到") + "<m:oMath><m:r><m:t>12</m:t></m:r></m:oMath>" + r("件")),
        "<w:sdt><w:sdtContent>" + p(r("收到12件")) + "</w:sdtContent></w:sdt>",
        '<w:customXml w:element="a">' + p(r("收到12件")) + "</w:customXml>",
        '<w:customXml w:element="a">' + p(r("收") + "<w:proofErr/>" + r("到12件")) + "</w:customXml>",
    ],
)
def test_what_is_put_around_words_does_not_hide_them(body: str) -> None:
    """Smart tags, links, content controls, fields, formulas."""
    assert lines(docx(body)) == ["收到12件"]


def test_tracked_changes_are_read_as_accepted() -> None:
    """Insertions and what was moved here are in, deletions and what was moved away are out."""
    deleted = "<w:del><w:r><w:delText>9</w:delText></w:r><w:r><w:t>8</w:t></w:r></w:del>"
    moved = "<w:moveFrom>" + r("旧") + "</w:moveFrom><w:moveTo>" + r("新") + "</w:moveTo>"

    assert lines(docx(p(r("5") + "<w:ins>" + r("7") + "</w:ins>" + deleted + moved))) == ["57新"]


def test_a_deleted_paragraph_end_joins_two_paragraphs() -> None:
    """Tracked too; before a table or at the end of a cell there is nothing to join."""
    gone = "<w:rPr><w:del w:id='1' w:author='甲'/></w:rPr>"

    assert lines(docx(p("甲", gone) + p("乙") + p("丙"))) == ["甲乙", "丙"]
    assert lines(docx(p("甲", gone) + tbl(tr("1", "2")))) == ["甲", f"{MARK}1{MARK}2{MARK}"]
    cell = tc(p("甲", gone))
    assert lines(docx(tbl(tr(cell, "2")) + p("丙"))) == [f"{MARK}甲{MARK}2{MARK}", "丙"]


def test_former_properties_count_for_nothing() -> None:
    """What a tracked change of format was before: hidden, in a list, of another style."""
    before = '<w:pPrChange><w:pPr><w:pStyle w:val="H"/></w:pPr></w:pPrChange>'
    once = "<w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange>"
    styles = '<w:style w:type="paragraph" w:styleId="H"><w:rPr><w:vanish/></w:rPr></w:style>'

    assert lines(docx(p(r("甲", once), before), styles)) == ["甲"]


HIDING = """
<w:style w:type="paragraph" w:styleId="P"><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Q"><w:basedOn w:val="P"/></w:style>
<w:style w:type="paragraph" w:styleId="S"><w:basedOn w:val="P"/><w:rPr><w:vanish w:val="0"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="C"><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="table" w:styleId="T"><w:tblStylePr><w:rPr><w:vanish/></w:rPr></w:tblStylePr></w:style>
<w:style w:type="paragraph" w:styleId="L1"><w:basedOn w:val="L2"/></w:style>
<w:style w:type="paragraph" w:styleId="L2"><w:basedOn w:val="L1"/></w:style>
"""
HIDDEN = "<w:vanish/>"


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        (p(r("41") + r("8", HIDDEN)), ["41", "完"]),
        (p(r("41") + r("8", '<w:vanish w:val="0"/>')), ["418", "完"]),
        (p(r("41") + r("8", '<w:vanish w:val="false"/>')), ["418", "完"]),
        (p(r("41") + r("8", '<w:vanish w:val="1"/>')), ["41", "完"]),
        (p(r("41") + r("8", '<w:rStyle w:val="C"/>')), ["41", "完"]),
        (p(r("41") + r("8", '<w:rStyle w:val="C"/><w:vanish w:val="0"/>')), ["418", "完"]),
        (p(r("41") + f"<w:r><w:rPr>{HIDDEN}</w:rPr><w:tab/><w:t>8</w:t></w:r>"), ["41", "完"]),
        (p(r("418", HIDDEN)), ["完"]),
        (p(r("418"), '<w:pStyle w:val="P"/>'), ["完"]),
        (p(r("418"), '<w:pStyle w:val="Q"/>'), ["完"]),
        (p(r("418"), '<w:pStyle w:val="S"/>'), ["418", "完"]),
        (p(r("418"), '<w:pStyle w:val="L1"/>'), ["418", "完"]),  # styles in a circle hide nothing
        (p(r("418"), '<w:pStyle w:val="unknown"/>'), ["418", "完"]),
        # A style that hides hides the end of its paragraph too, and what shows goes on with the next.
        (p(r("41", '<w:vanish w:val="0"/>') + r("8"), '<w:pStyle w:val="P"/>'), ["41完"]),
        # What both styles switch is off again (ECMA-376, toggle properties).
        (p(r("41", '<w:rStyle w:val="C"/>') + r("8"), '<w:pStyle w:val="P"/>'), ["41完"]),
        (p(r("418"), f"<w:rPr>{HIDDEN}</w:rPr>"), ["418完"]),
        (p(r("41"), f"<w:rPr>{HIDDEN}</w:rPr>") + p(r("8"), f"<w:rPr>{HIDDEN}</w:rPr>"), ["418完"]),
        (p(r("418"), '<w:rPr><w:vanish w:val="0"/></w:rPr>'), ["418", "完"]),
    ],
)
def test_hidden_text_is_left_out(paragraph: str, expected: list[str]) -> None:
    """By the run, its style, the style of the paragraph or one that this is based on."""
    assert lines(docx(paragraph + p("完"), HIDING)) == expected


def field(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (field("begin") + "<w:r><w:instrText>DATE</w:instrText></w:r>" + field("separate") + r("3月") + field("end"), "3月"),
        # The code of a field may hold another field with a result of its own.
        (
            field("begin") + "<w:r><w:instrText>IF</w:instrText></w:r>"
            + field("begin") + field("separate") + r("内") + field("end")
            + field("separate") + r("外") + field("end") + r("后"),
            "外后",
        ),
        (field("begin") + "<w:r><w:instrText>XE 甲</w:instrText></w:r>" + field("end") + r("后"), "后"),
        (field("separate") + field("end") + r("后"), "后"),
    ],
)  # fmt: skip
def test_a_field_reads_as_its_result(content: str, expected: str) -> None:
    """Its code is no text; one that never ends hides nothing but its paragraph."""
    assert lines(docx(p(content) + p("完"))) == [expected, "完"]


def test_a_field_that_never_ends_hides_no_other_paragraph() -> None:
    assert lines(docx(p(field("begin") + r("码")) + p("完"))) == ["完"]


@pytest.mark.parametrize("place", ["superscript", "subscript"])
def test_a_raised_or_lowered_figure_is_a_note(place: str) -> None:
    note = r("1", f'<w:vertAlign w:val="{place}"/>')
    assert lines(docx(p(r("17") + note + r("件")))) == ["17¹件"]


def test_a_figure_on_the_line_is_no_note() -> None:
    assert lines(docx(p(r("17") + r("1", '<w:vertAlign w:val="baseline"/>')))) == ["171"]


def test_tabs_are_white_space_and_line_breaks_end_a_paragraph() -> None:
    """But a title, which is centred, is one line; in a cell a line break is a space."""
    broken = r("甲") + "<w:r><w:br/></w:r>" + r("乙") + "<w:r><w:tab/><w:t>丙</w:t><w:cr/><w:t>丁</w:t></w:r>"
    centred = '<w:style w:type="paragraph" w:styleId="C"><w:pPr><w:jc w:val="center"/></w:pPr></w:style>'

    assert lines(docx(p(broken))) == ["甲", "乙 丙", "丁"]
    assert lines(docx(p(broken, '<w:jc w:val="center"/>'))) == ["甲 乙 丙 丁"]
    assert lines(docx(p(broken, '<w:pStyle w:val="C"/>'), centred)) == ["甲 乙 丙 丁"]
    assert lines(docx(p(broken, '<w:pStyle w:val="C"/><w:jc w:val="left"/>'), centred)) == [
        "甲",
        "乙 丙",
        "丁",
    ]
    assert lines(docx(tbl(tr(tc(p(broken)), "1")))) == [f"{MARK}甲 乙 丙 丁{MARK}1{MARK}"]


def test_signs_that_are_elements_are_signs() -> None:
    """A hyphen that does not break, a symbol by its number; one that is no character is none."""
    signs = '<w:r><w:t>0</w:t><w:noBreakHyphen/><w:sym w:font="a" w:char="2460"/><w:sym w:char="D800"/><w:sym w:char="x"/></w:r>'

    assert lines(docx(p(signs))) == ["0-①"]


def test_blanks_at_the_ends_of_a_text_count_only_where_they_are_preserved() -> None:
    """XML of other programs is indented; Word says xml:space where it means it."""
    loose = "<w:r><w:t>\n 甲 \n</w:t></w:r><w:r><w:t> 乙</w:t></w:r>"

    assert lines(docx(p(loose + r(" 丙")))) == ["甲乙 丙"]


def test_ruby_is_read_without_the_reading() -> None:
    ruby = "<w:r><w:ruby><w:rt>" + r("xùn") + "</w:rt><w:rubyBase>" + r("汛") + "</w:rubyBase></w:ruby></w:r>"

    assert lines(docx(p(r("防") + ruby + r("公告")))) == ["防汛公告"]


TEXT_BOX = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>{0}</w:txbxContent></wps:txbx></w:drawing></mc:Choice>'
    "<mc:Fallback><w:pict><v:textbox><w:txbxContent>{0}</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


def test_a_text_box_is_read_once_behind_its_paragraph() -> None:
    """Word writes it twice, for new programs and for old ones; old files have only the old way."""
    new = p(r("前") + TEXT_BOX.format(p("框一") + p("框二")) + r("后"))
    old = p(
        "<w:r><w:pict><v:textbox><w:txbxContent>" + p("框") + "</w:txbxContent></v:textbox></w:pict></w:r>"
    )

    assert lines(docx(new + p("完"))) == ["前后", "框一", "框二", "完"]
    assert lines(docx(old + p("完"))) == ["框", "完"]
    assert lines(docx(tbl(tr(tc(new), "1")))) == [f"{MARK}前后 框一 框二{MARK}1{MARK}"]


@pytest.mark.parametrize(
    ("drawn", "sign"),
    [
        ("<w:drawing><a:blip/></w:drawing>", "（图片）"),
        ("<w:pict><v:shape><v:imagedata/></v:shape></w:pict>", "（图片）"),
        ("<w:object><v:shape><v:imagedata/></v:shape><o:OLEObject/></w:object>", "（嵌入对象）"),
        ("<w:drawing><c:chart/></w:drawing>", "（嵌入对象）"),
        ("<w:drawing><dgm:relIds/></w:drawing>", "（嵌入对象）"),
    ],
)
def test_what_cannot_be_read_is_named_where_it_is(drawn: str, sign: str) -> None:
    """But above all words it is the head of the letter; a hidden one is not there, nor one beside words in a cell."""
    run = f"<w:r>{drawn}</w:r>"
    hidden = f"<w:r><w:rPr>{HIDDEN}</w:rPr>{drawn}</w:r>"

    assert lines(docx(p("前") + p(run) + p("后"))) == ["前", sign, "后"]
    assert lines(docx(p("前") + p(r("图") + run + r("下")))) == ["前", "图下", sign]
    assert lines(docx(p(run) + p("题") + p(hidden) + p("后"))) == ["题", "后"]
    assert lines(docx(tbl(tr(tc(p(r("甲") + run)), "1")))) == [f"{MARK}甲{MARK}1{MARK}"]
    assert lines(docx(tbl(tr(tc(p(run)), "1")))) == [f"{MARK}{sign}{MARK}1{MARK}"]


def test_of_several_ways_to_write_the_same_the_first_is_read() -> None:
    """And the fallback where there is no other."""
    several = (
        "<mc:AlternateContent><mc:Choice>" + p("甲") + "</mc:Choice><mc:Choice>" + p("乙") + "</mc:Choice>"
        "<mc:Fallback>" + p("丙") + "</mc:Fallback></mc:AlternateContent>"
    )
    only = "<mc:AlternateContent><mc:Fallback>" + p("丁") + "</mc:Fallback></mc:AlternateContent>"

    assert lines(docx(several + only)) == ["甲", "丁"]


def test_a_hidden_text_box_is_hidden() -> None:
    box = TEXT_BOX.format(p("框")).replace("<w:r>", f"<w:r><w:rPr>{HIDDEN}</w:rPr>", 1)

    assert lines(docx(p(r("前") + box) + p("完"))) == ["前", "完"]


def test_what_is_no_part_of_the_text_is_left_out() -> None:
    """Headers and notes are parts of their own; the settings of a control and of a section are no text."""
    control = (
        "<w:sdt><w:sdtPr><w:rPr/><w:text/><w:t>设</w:t></w:sdtPr><w:sdtEndPr><w:r><w:t>设</w:t></w:r></w:sdtEndPr><w:sdtContent>"
        + r("文")
        + "</w:sdtContent></w:sdt>"
    )
    files = members(p(control) + "<w:sectPr><w:p><w:r><w:t>节</w:t></w:r></w:p></w:sectPr>")
    for name in ("header1", "footer1", "footnotes", "comments"):
        files[f"word/{name}.xml"] = part("hdr", p(name))

    assert lines(zipped(files)) == ["文"]


# -- tables ----------------------------------------------------------------------------------------------


def test_merged_cells_of_both_kinds() -> None:
    """gridSpan to the right, vMerge down, both at once; runs split inside a cell."""
    found = grid(
        tr(tc("申请", span=2, down="restart"), tc(p(r("自") + r("然人")))),
        tr(tc(span=2, down="continue"), "1"),
        tr("甲", tc("乙", span=2)),
        widths=(1000, 1000, 1000),
    )

    assert found == [
        (0, 0, 2, 2, "申请"),
        (0, 2, 1, 1, "自然人"),
        (1, 2, 1, 1, "1"),
        (2, 0, 1, 1, "甲"),
        (2, 1, 1, 2, "乙"),
    ]


def test_a_merge_without_a_value_goes_on() -> None:
    """`<w:vMerge/>` says continue; what someone left written in it no one sees."""
    found = grid(tr(tc("甲", down="restart"), "1"), tr(tc("旧", "<w:vMerge/>"), "2"))

    assert found == [(0, 0, 2, 1, "甲"), (0, 1, 1, 1, "1"), (1, 1, 1, 1, "2")]


def test_a_merge_begins_anew_where_another_begins() -> None:
    found = grid(
        tr(tc("甲", down="restart"), "1"), tr(tc("乙", down="restart"), "2"), tr(tc(down="continue"), "3")
    )

    assert found == [
        (0, 0, 1, 1, "甲"),
        (0, 1, 1, 1, "1"),
        (1, 0, 2, 1, "乙"),
        (1, 1, 1, 1, "2"),
        (2, 1, 1, 1, "3"),
    ]


def test_a_merge_that_goes_on_with_nothing_is_a_cell() -> None:
    """In the first row, under a cell that is in no merge, or of another width."""
    assert grid(tr(tc("甲", down="continue"), "1")) == [(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "1")]
    assert grid(tr("甲", "1"), tr(tc("乙", down="continue"), "2")) == [
        (0, 0, 1, 1, "甲"), (0, 1, 1, 1, "1"), (1, 0, 1, 1, "乙"), (1, 1, 1, 1, "2"),
    ]  # fmt: skip
    found = grid(tr(tc("甲", down="restart"), "1", "2"), tr(tc("乙", span=2, down="continue"), "3"))
    assert found == [
        (0, 0, 1, 1, "甲"),
        (0, 1, 1, 1, "1"),
        (0, 2, 1, 1, "2"),
        (1, 0, 1, 2, "乙"),
        (1, 2, 1, 1, "3"),
    ]


def test_cells_merged_the_old_way() -> None:
    """hMerge: the cells stay, each one column wide, and the first takes the room of all."""
    first, next_ = '<w:hMerge w:val="restart"/>', "<w:hMerge/>"
    found = grid(
        tr(tc("申请人情况", first), tc("旧", next_), tc("", next_), "总计"),
        tr("1", "2", "3", "6"),
        tr(tc("甲", next_), "2", "3", "6"),
    )

    assert found[:2] == [(0, 0, 1, 3, "申请人情况"), (0, 3, 1, 1, "总计")]
    assert [cell[:4] for cell in found[2:6]] == [(1, n, 1, 1) for n in range(4)]
    assert found[6] == (2, 0, 1, 1, "甲")  # nothing is before it


def test_cells_missing_at_the_start_of_a_row_leave_their_room() -> None:
    """gridBefore; what is missing at the end, by gridAfter or by silence, is no cell either."""
    found = grid(
        tr("甲", "乙", "丙", "丁"),
        tr("1", "2", properties='<w:gridBefore w:val="2"/>'),
        tr("3", properties='<w:gridAfter w:val="3"/>'),
        tr("4", "5"),
        widths=(900, 900, 900, 900),
    )

    assert [cell[:2] + cell[4:] for cell in found[4:]] == [
        (1, 2, "1"),
        (1, 3, "2"),
        (2, 0, "3"),
        (3, 0, "4"),
        (3, 1, "5"),
    ]


def test_a_border_dragged_by_a_hair_makes_no_column() -> None:
    """A sliver of 40 twips through a table of two columns: each row has its border on another side of it."""
    found = grid(tr(tc("甲", span=2), "乙"), tr("1", tc("2", span=2)), widths=(3000, 40, 3000))

    assert found == [(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "乙"), (1, 0, 1, 1, "1"), (1, 1, 1, 1, "2")]


def test_a_sliver_is_up_to_120_twips() -> None:
    """2.1 mm; one more is a column."""
    rows = (tr(tc("甲", span=2), "乙"), tr("1", tc("2", span=2)))

    assert grid(*rows, widths=(3000, 120, 3000))[2] == (1, 0, 1, 1, "1")
    assert grid(*rows, widths=(3000, 121, 3000))[0] == (0, 0, 1, 2, "甲")


def test_merges_go_down_over_slivers() -> None:
    found = grid(
        tr(tc("甲", span=2, down="restart"), "1"),
        tr(tc("", down="continue"), tc("2", span=2)),
        widths=(3000, 1, 3000),
    )

    assert found == [(0, 0, 2, 1, "甲"), (0, 1, 1, 1, "1"), (1, 1, 1, 1, "2")]


@pytest.mark.parametrize("widths", [(), (10, 10), (10, 10, 10), (0, 0, 0), ("auto", 3000, 3000), (3000,)])
def test_a_grid_that_lies_or_is_missing_is_not_believed(widths: tuple[int | str, ...]) -> None:
    """Columns without a width, of no width, too few: the cells are counted."""
    found = grid(tr(tc("甲", span=2), "乙"), tr("1", "2", "3"), widths=widths)

    assert [cell[:4] for cell in found] == [
        (0, 0, 1, 2),
        (0, 2, 1, 1),
        (1, 0, 1, 1),
        (1, 1, 1, 1),
        (1, 2, 1, 1),
    ]


def test_widths_may_have_units() -> None:
    """In strict files: 0.05in is 72 twips, a sliver; 5cm are 2835."""
    found = grid(tr(tc("甲", span=2), "乙"), tr("1", tc("2", span=2)), widths=("5cm", "0.05in", "150pt"))

    assert [cell[:4] for cell in found] == [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)]


def test_a_column_that_no_cell_begins_at_is_none() -> None:
    assert grid(tr(tc("甲", span=3), "乙"), tr(tc("1", span=3), "2"))[1] == (0, 1, 1, 1, "乙")


@pytest.mark.parametrize(
    "row",
    [
        "<w:sdt><w:sdtPr/><w:sdtContent>" + tr("1", "2") + "</w:sdtContent></w:sdt>",
        "<w:tr><w:sdt><w:sdtContent>" + tc("1") + "</w:sdtContent></w:sdt>" + tc("2") + "</w:tr>",
        tr(tc("<w:sdt><w:sdtContent>" + p("1") + "</w:sdtContent></w:sdt>"), "2"),
        tr(tc(p("<w:smartTag>" + r("1") + "</w:smartTag>")), "2"),
        '<w:customXml w:element="a">' + tr("1", "2") + "</w:customXml>",
        "<w:ins>" + tr("1", "2") + "</w:ins>",
        tr("1", "2", properties="<w:ins w:id='1'/>"),
    ],
)
def test_what_is_put_around_rows_cells_and_paragraphs_hides_none(row: str) -> None:
    assert grid(tr("甲", "乙"), row)[2:] == [(1, 0, 1, 1, "1"), (1, 1, 1, 1, "2")]


def test_deleted_rows_and_cells_are_gone() -> None:
    """Tracked; merges close up over them."""
    gone = '<w:del w:id="1" w:author="甲"/>'
    found = grid(
        tr(tc("甲", down="restart"), "1"),
        tr(tc(down="continue"), "9", properties=gone),
        tr(tc(down="continue"), tc("8", "<w:cellDel/>"), "2"),
    )

    assert found == [(0, 0, 2, 1, "甲"), (0, 1, 1, 1, "1"), (1, 1, 1, 1, "2")]


def test_a_cell_merged_under_tracking_is_merged() -> None:
    found = grid(
        tr(tc("甲", '<w:cellMerge w:vMerge="rest"/>'), "1"), tr(tc("", '<w:cellMerge w:vMerge="cont"/>'), "2")
    )

    assert found == [(0, 0, 2, 1, "甲"), (0, 1, 1, 1, "1"), (1, 1, 1, 1, "2")]


def test_a_hidden_row_is_gone_where_all_that_it_holds_is() -> None:
    hidden = "<w:hidden/>"
    found = grid(
        tr("甲", "1"),
        tr(tc(p(r("9", HIDDEN))), tc(p(r("9", HIDDEN))), properties=hidden),
        tr("乙", "2", properties=hidden),
    )

    assert [cell.text for cell in found] == ["甲", "1", "乙", "2"]


def test_what_a_nested_table_says_its_cell_says() -> None:
    """Row by row, among the paragraphs of the cell; the grid around it stays as it is."""
    inner = tbl(tr("a", "b"), tr("41", "42"))
    found = grid(tr(tc(p("前") + inner + p("后")), "1"), tr("2", "3"))

    assert found == [(0, 0, 1, 1, "前 a b 41 42 后"), (0, 1, 1, 1, "1"), (1, 0, 1, 1, "2"), (1, 1, 1, 1, "3")]


def test_a_frame_around_the_text_is_no_table() -> None:
    """A single cell, and a single column with a table in it, as pages pasted from the web have them."""
    inner = tbl(tr("1", "2"))
    assert text(docx(tbl(tr(tc(p("甲") + p("乙")))))) == "甲\n乙\n"
    framed = docx(tbl(tr(tc("题")), tr(tc(p("甲") + inner + p("乙")))))
    assert text(framed) == f"题\n甲\n\n{MARK}1{MARK}2{MARK}\n\n乙\n"
    assert shapes(docx(tbl(tr(tc("甲")), tr(tc("乙"))))) == [[(0, 0, 1, 1, "甲"), (1, 0, 1, 1, "乙")]]


class Tiling(NamedTuple):
    """A table of rectangles: each its row, column, height and width."""

    rows: int
    columns: int
    cells: list[tuple[int, int, int, int]]


@st.composite
def tilings(draw: st.DrawFn) -> Tiling:
    rows, columns = draw(st.integers(1, 6)), draw(st.integers(2, 6))
    taken = [[False] * columns for _ in range(rows)]
    cells = []
    for row in range(rows):
        for column in range(columns):
            if taken[row][column]:
                continue
            free = next((c for c in range(column, columns) if taken[row][c]), columns)
            wide = draw(st.integers(1, free - column))
            high = draw(st.integers(1, rows - row))
            for r_ in range(row, row + high):
                taken[r_][column : column + wide] = [True] * wide
            cells.append((row, column, high, wide))
    return Tiling(rows, columns, cells)


def written(tiling: Tiling) -> str:
    """Return the table as Word writes it: a cell of several rows once in each of them."""
    rows = []
    for row in range(tiling.rows):
        cells = []
        for number, (top, left, high, wide) in sorted(enumerate(tiling.cells), key=lambda item: item[1][1]):
            if top <= row < top + high:
                down = "" if high == 1 else "restart" if row == top else "continue"
                cells.append((left, tc(f"格{number}" if row == top else "", span=wide, down=down)))
        rows.append(tr(*(cell for _, cell in sorted(cells))))
    return tbl(*rows, widths=(1000,) * tiling.columns)


@given(tilings())
def test_any_grid_reads_back(tiling: Tiling) -> None:
    """Every cell where it was, as high and wide as it was, counted in the columns that some cell begins at."""
    if len(tiling.cells) == 1:
        assert shapes(docx(written(tiling))) == []  # a frame
        return
    begun = sorted({left for _, left, _, _ in tiling.cells})
    expected = {
        (top, begun.index(left), high, sum(left <= edge < left + wide for edge in begun), f"格{number}")
        for number, (top, left, high, wide) in enumerate(tiling.cells)
    }
    (found,) = shapes(docx(written(tiling)))

    assert set(found) == expected
    assert len(found) == len(expected)


# -- numerals --------------------------------------------------------------------------------------------


def level(number: int, form: str, template: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{template}"/><w:pPr><w:ind w:left="1"/></w:pPr></w:lvl>'
    )


def kind(number: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'


def listed(number: int, of: int, *overrides: str) -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{"".join(overrides)}</w:num>'


def item(words: str, number: int = 1, at: int = 0) -> str:
    return p(words, f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr>')


OUTLINE = kind(
    0,
    level(0, "chineseCounting", "%1、"),
    level(1, "chineseCountingThousand", "（%2）"),
    level(2, "decimal", "%3."),
    level(3, "decimal", "%1.%2.%4 ", "<w:isLgl/>"),
)


def test_headings_have_the_numerals_that_word_counts() -> None:
    """Each level starts again under the one above; what is in no list has none."""
    body = (
        item("总体情况") + item("主动公开", at=1) + item("依申请公开", at=1) + item("甲", at=2) + p("正文")
        + item("乙", at=2) + item("结果") + item("丙", at=1) + item("丁", at=2) + item("戊", at=3)
    )  # fmt: skip

    assert lines(docx(body, numbering=OUTLINE + listed(1, 0))) == [
        "一、总体情况", "（一）主动公开", "（二）依申请公开", "1.甲", "正文",
        "2.乙", "二、结果", "（一）丙", "1.丁", "2.1.1 戊",
    ]  # fmt: skip


def test_a_numeral_is_in_no_run_of_the_file() -> None:
    """It has no place; the words behind it have theirs."""
    source = read_docx(docx(item("总体"), numbering=OUTLINE + listed(1, 0)), "甲.docx")

    assert source.text == "一、总体\n"
    assert source.locate(Span(0, 4)) == (Place(Origin(MAIN, 0, 0), 0, 2),)


def test_numerals_in_cells_count_on() -> None:
    """A column of numbers that Word counts, empty cells as they are."""
    rows = tr(tc(item("")), "甲"), tr(tc(item("")), "乙")

    assert [cell.text for cell in shapes(docx(tbl(*rows), numbering=OUTLINE + listed(1, 0)))[0]] == [
        "一、",
        "甲",
        "二、",
        "乙",
    ]


def test_lists_of_one_kind_count_on_and_an_override_starts_anew() -> None:
    """Word makes a second w:num to restart; from its own start, once."""
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    numbering = OUTLINE + listed(1, 0) + listed(2, 0) + listed(3, 0, restart)
    body = item("甲", 1) + item("乙", 2) + item("丙", 3) + item("丁", 3)

    assert lines(docx(body, numbering=numbering)) == ["一、甲", "二、乙", "五、丙", "六、丁"]


def test_an_overridden_level_writes_its_own_way() -> None:
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "decimalEnclosedCircleChinese", "%1")}</w:lvlOverride>'

    assert lines(docx(item("甲"), numbering=OUTLINE + listed(1, 0, own))) == ["①甲"]


def test_a_level_may_restart_later_or_never() -> None:
    """lvlRestart: 0 never, 1 only after the first level."""
    never = kind(0, level(0, "decimal", "%1."), level(1, "decimal", "(%2)", '<w:lvlRestart w:val="0"/>'))
    body = item("甲") + item("乙", at=1) + item("丙") + item("丁", at=1)
    assert lines(docx(body, numbering=never + listed(1, 0))) == ["1.甲", "(1)乙", "2.丙", "(2)丁"]

    first = kind(
        0,
        level(0, "decimal", "%1."),
        level(1, "decimal", "(%2)"),
        level(2, "decimal", "%3)", '<w:lvlRestart w:val="1"/>'),
    )
    body = (
        item("甲")
        + item("乙", at=1)
        + item("丙", at=2)
        + item("丁", at=1)
        + item("戊", at=2)
        + item("己")
        + item("庚", at=2)
    )
    assert lines(docx(body, numbering=first + listed(1, 0))) == [
        "1.甲", "(1)乙", "1)丙", "(2)丁", "2)戊", "2.己", "1)庚",
    ]  # fmt: skip


HEADINGS = """
<w:style w:type="paragraph" w:default="1" w:styleId="N"/>
<w:style w:type="paragraph" w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="H2"><w:basedOn w:val="H1"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="H3"><w:basedOn w:val="H2"/></w:style>
<w:style w:type="paragraph" w:styleId="X"><w:basedOn w:val="H1"/><w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>
"""


def styled(words: str, style: str, more: str = "") -> str:
    return p(words, f'<w:pStyle w:val="{style}"/>{more}')


def test_styles_number_their_paragraphs() -> None:
    """Level and list each from the nearest style that has one; list 0 is none."""
    body = (
        styled("甲", "H1") + styled("乙", "H2") + styled("丙", "H3") + styled("丁", "X") + p("戊")
        + styled("己", "H1") + styled("庚", "H1", '<w:numPr><w:numId w:val="0"/></w:numPr>')
    )  # fmt: skip

    assert lines(docx(body, HEADINGS, OUTLINE + listed(1, 0))) == [
        "一、甲", "（一）乙", "（二）丙", "丁", "戊", "二、己", "庚",
    ]  # fmt: skip


def test_a_level_may_name_its_style() -> None:
    """Word leaves the level out of the style where the list names it."""
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        for name in ("T1", "T2")
    )
    linked = kind(
        0,
        level(0, "chineseCounting", "%1、", '<w:pStyle w:val="T1"/>'),
        level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="T2"/>'),
    )

    assert lines(docx(styled("甲", "T1") + styled("乙", "T2"), styles, linked + listed(1, 0))) == [
        "一、甲",
        "（一）乙",
    ]


def test_a_list_may_be_described_by_a_style() -> None:
    """numStyleLink leads to a style, that to the list that has the levels; a circle leads nowhere."""
    styles = '<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    numbering = kind(1, '<w:numStyleLink w:val="L"/>') + OUTLINE + listed(1, 1) + listed(2, 0)
    assert lines(docx(item("甲"), styles, numbering)) == ["一、甲"]

    circle = kind(1, '<w:numStyleLink w:val="L"/>') + listed(1, 1) + listed(2, 1)
    assert lines(docx(item("甲"), styles, circle)) == ["甲"]


def test_bullets_and_unknown_lists_write_nothing() -> None:
    bullets = kind(0, level(0, "bullet", "\uf0b7"))

    assert lines(docx(item("甲") + item("乙", 9) + item("丙", at=5), numbering=bullets + listed(1, 0))) == [
        "甲",
        "乙",
        "丙",
    ]


def test_a_space_behind_a_numeral_is_kept_and_a_tab_is_layout() -> None:
    """一、总体情况 reads the same whether typed or counted."""
    spaced = kind(0, level(0, "chineseCounting", "第%1部分", '<w:suff w:val="space"/>'))
    tabbed = kind(0, level(0, "chineseCounting", "%1、", '<w:suff w:val="tab"/>'))

    assert lines(docx(item("甲"), numbering=spaced + listed(1, 0))) == ["第一部分 甲"]
    assert lines(docx(item("甲"), numbering=tabbed + listed(1, 0))) == ["一、甲"]


def test_deleted_and_hidden_paragraphs_are_not_counted() -> None:
    numbered = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    gone = p("<w:del>" + r("旧") + "</w:del>", numbered + "<w:rPr><w:del/></w:rPr>")
    hidden = p(r("隐", HIDDEN), numbered + f"<w:rPr>{HIDDEN}</w:rPr>")
    moved = p("<w:moveFrom>" + r("旧") + "</w:moveFrom>", numbered + "<w:rPr><w:moveFrom/></w:rPr>")
    row = tr(tc(item("9")), "9", properties="<w:del/>")

    body = item("甲") + gone + hidden + moved + tbl(tr("a", "b"), row) + item("乙")
    assert lines(docx(body, numbering=OUTLINE + listed(1, 0))) == [
        "一、甲",
        f"{MARK}a{MARK}b{MARK}",
        "二、乙",
    ]


@pytest.mark.parametrize(
    ("number", "form", "expected"),
    [
        (1, "chineseCounting", "一"), (10, "chineseCounting", "十"), (11, "chineseCounting", "十一"),
        (20, "chineseCounting", "二十"), (99, "chineseCounting", "九十九"), (100, "chineseCounting", "一〇〇"),
        (100, "chineseCountingThousand", "一百"), (101, "chineseCountingThousand", "一百零一"),
        (110, "chineseCountingThousand", "一百一十"), (1001, "chineseCountingThousand", "一千零一"),
        (10001, "chineseCountingThousand", "一万零一"), (20300, "chineseCountingThousand", "二万零三百"),
        (0, "chineseCountingThousand", "零"), (12, "ideographDigital", "一二"), (10, "ideographDigital", "一〇"),
        (3, "ideographTraditional", "丙"), (11, "ideographTraditional", "11"), (12, "ideographZodiac", "亥"),
        (12, "chineseLegalSimplified", "壹拾贰"), (1, "decimalEnclosedCircle", "①"),
        (20, "decimalEnclosedCircle", "⑳"), (21, "decimalEnclosedCircleChinese", "㉑"),
        (36, "decimalEnclosedCircle", "㊱"), (50, "decimalEnclosedCircle", "㊿"), (51, "decimalEnclosedCircle", "51"),
        (2, "decimalEnclosedFullstop", "⒉"), (3, "decimalEnclosedParen", "⑶"), (4, "ideographEnclosedCircle", "㊃"),
        (5, "decimalZero", "05"), (12, "decimalFullWidth", "１２"), (7, "none", ""), (7, "no such form", "7"),
        (4, "lowerRoman", "iv"), (1994, "upperRoman", "MCMXCIV"), (4000, "upperRoman", "4000"),
        (1, "lowerLetter", "a"), (26, "upperLetter", "Z"), (27, "lowerLetter", "aa"), (53, "lowerLetter", "aaa"),
        (2**31, "lowerLetter", "2147483648"), (2**31, "chineseCountingThousand", "2147483648"), (0, "lowerRoman", "0"),
    ],
)  # fmt: skip
def test_numbers_in_every_form(number: int, form: str, expected: str) -> None:
    """ECMA-376, ST_NumberFormat; where a form has no such number, it is decimal."""
    assert numeral(number, form) == expected


# -- the package -----------------------------------------------------------------------------------------


def test_strict_files_read_the_same() -> None:
    """ISO 29500 strict has other namespaces and other kinds of relations."""
    body = p(r("41") + r("8", HIDDEN)) + item("甲") + tbl(tr(tc("乙", span=2), "丙"), tr("1", "2", "3"))
    styles, numbering = HIDING, OUTLINE + listed(1, 0)
    files = members(body, styles, numbering, STRICT)
    files["_rels/.rels"] = relationships({"officeDocument": "word/document.xml"}, STRICT_RELATIONSHIPS)

    assert text(zipped(files)) == text(docx(body, styles, numbering))
    assert lines(zipped(files))[:2] == ["41", "一、甲"]


def test_parts_are_found_by_their_relations() -> None:
    """Not by their names, nor by how these are written."""
    usual = members(item("甲"), HIDING, OUTLINE + listed(1, 0))
    files = {
        "[Content_Types].xml": "",
        "_rels/.rels": relationships({"officeDocument": "/Doc/Main.xml"}),
        "doc/main.xml": usual["word/document.xml"],
        "doc/_rels/main.xml.rels": relationships({"styles": "s.xml", "numbering": "../n/n.xml"}),
        "doc/s.xml": usual["word/styles.xml"],
        "n/n.xml": usual["word/numbering.xml"],
    }
    source = read_docx(zipped(files), "甲.docx")

    assert source.text == "一、甲\n"
    assert source.locate(Span(2, 3))[0].origin == Origin("Doc/Main.xml", 0, 0)


def test_a_package_without_relations_has_the_usual_names() -> None:
    files = members(item("甲"), numbering=OUTLINE + listed(1, 0))
    del files["_rels/.rels"], files["[Content_Types].xml"]

    assert text(zipped(files)) == "一、甲\n"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_parts_in_utf_16_are_read(encoding: str) -> None:
    files = members("")
    written = part("document", f"<w:body>{p('青禾县𠮷')}</w:body>")
    mark = "\ufeff" if encoding in ("utf-16-le", "utf-16-be") else ""
    declared = written.replace("UTF-8", "UTF-16") if "16" in encoding else written
    files[MAIN] = (mark + declared).encode(encoding)

    assert text(zipped(files)) == "青禾县𠮷\n"


def test_prefixes_are_free() -> None:
    """Other programs call the namespace what they like."""
    files = members(p("甲"))
    files[MAIN] = str(files[MAIN]).replace("w:", "ns0:").replace(":w=", ":ns0=")

    assert text(zipped(files)) == "甲\n"


# -- the way back ----------------------------------------------------------------------------------------

WORDS = st.text(alphabet="甲乙丙公开12，（） \u3000\u200b𠮷", min_size=1, max_size=12)
WRAPPERS = (
    "{}",
    "<w:ins>{}</w:ins>",
    "<w:smartTag>{}</w:smartTag>",
    "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
)


def runs_in(data: bytes) -> list[list[str]]:
    """Return the text of each run of each paragraph, as ElementTree finds them."""
    from xml.etree import ElementTree

    with zipfile.ZipFile(BytesIO(data)) as archive:
        root = ElementTree.fromstring(archive.read(MAIN))
    w = f"{{{TRANSITIONAL}}}"
    return [
        ["".join(t.text or "" for t in run.iter(f"{w}t")) for run in paragraph.iter(f"{w}r")]
        for paragraph in root.iter(f"{w}p")
    ]


@st.composite
def split_paragraphs(draw: st.DrawFn) -> tuple[str, str]:
    """Draw words, and the XML of a paragraph that has them in runs split anywhere, deletions between."""
    words = draw(WORDS)
    cuts = sorted(draw(st.sets(st.integers(1, len(words)), max_size=5)) | {0, len(words)})
    content = ""
    for start, end in pairwise(cuts):
        content += draw(st.sampled_from(WRAPPERS)).format(r(words[start:end]))
        if draw(st.booleans()):
            content += "<w:del>" + r("删") + "</w:del>"
    return words, p(content)


@given(st.lists(split_paragraphs(), min_size=1, max_size=4), st.booleans())
def test_where_runs_end_makes_no_difference_and_every_character_leads_back(
    drawn: list[tuple[str, str]], in_cells: bool
) -> None:
    """The text is that of whole runs; each character is the one that its place in the file holds."""
    whole, split = [p(words) for words, _ in drawn], [xml for _, xml in drawn]
    if in_cells:
        whole, split = ([tbl(tr(*(tc(xml) for xml in (*some, p("末")))))] for some in (whole, split))
    data = docx("".join(split))
    source = read_docx(data, "甲.docx")
    there = runs_in(data)

    assert source.text == text(docx("".join(whole)))
    for offset, sign in enumerate(source.text):
        if sign in ("\n", MARK):
            continue
        (place,) = source.locate(Span(offset, offset + 1))
        assert place.origin.part == MAIN
        held = there[place.origin.paragraph][place.origin.run][place.at : place.until]
        assert held == sign or (sign == " " and held.isspace())


def test_an_empty_cell_leads_to_its_paragraph() -> None:
    """Counted from 0 over the whole part, those that are left out among them."""
    skipped = p(TEXT_BOX.format(p("框")))  # three paragraphs: its own and the box twice
    source = read_docx(docx(skipped + tbl(tr("甲", ""))), "甲.docx")
    end = source.text.index(f"甲{MARK}") + 2

    assert source.locate(Span(end, end)) == (Place(Origin(MAIN, 4), 0, 0),)


def test_a_formula_stands_in_its_paragraph_and_is_no_run() -> None:
    """Runs are those of Word alone, so that their numbers are those of the file."""
    formula = "<m:oMath><m:r><m:t>12</m:t></m:r></m:oMath>"
    source = read_docx(docx(formula + p(r("收到") + formula + r("件"))), "甲.docx")

    assert source.text == "收到12件\n"
    assert source.locate(Span(2, 5)) == (Place(Origin(MAIN, 0), 0, 2), Place(Origin(MAIN, 0, 1), 0, 1))


def test_what_is_an_element_has_the_place_before_which_it_stands() -> None:
    """A tab in a run is no character of it: the words around it count on."""
    source = read_docx(docx(p("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t></w:r>")), "甲.docx")
    run = Origin(MAIN, 0, 0)

    assert source.text == "甲 乙\n"
    assert source.locate(Span(0, 3)) == (Place(run, 0, 1), Place(run, 1, 1), Place(run, 1, 2))


# -- what is no docx, or a hostile one -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (
            {
                "xl/workbook.xml": "<workbook/>",
                "_rels/.rels": relationships({"officeDocument": "xl/workbook.xml"}),
                "[Content_Types].xml": "",
            },
            "Excel",
        ),
        ({"ppt/presentation.xml": "<a/>"}, "PowerPoint"),
        ({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}, "OpenDocument"),
        ({"报告.docx": b"PK"}, "压缩包"),
        ({}, "压缩包"),
        ({"[Content_Types].xml": "", "a.xml": ""}, "损坏"),
        ({MAIN: "<html/>", "[Content_Types].xml": ""}, "损坏"),
    ],
)
def test_what_else_is_a_zip_is_named(files: dict[str, str | bytes], said: str) -> None:
    assert said in refusal(zipped(files))


def test_a_password_of_the_zip_is_named() -> None:
    locked = bytearray(docx(p("甲")))
    at = locked.index(b"PK\x01\x02")
    locked[at + 8] |= 1

    assert "密码" in refusal(bytes(locked))


def test_a_damaged_file_is_named() -> None:
    """Cut off, of another sum than it says, of broken XML, of a packing that no docx has."""
    whole = docx(p("青禾县" * 400))
    stored = zipped(members(p("青禾县")), zipfile.ZIP_STORED)

    for length in (4, 30, 200, len(whole) // 2, len(whole) - 1):
        assert "损坏" in refusal(whole[:length])
    assert "损坏" in refusal(stored.replace("青禾县".encode(), "青禾乡".encode()))
    assert "损坏" in refusal(docx("<w:p>"))
    assert "损坏" in refusal(zipped(members(p("甲")), zipfile.ZIP_LZMA))
    assert "损坏" in refusal(docx(p("甲"), styles="<w:style>"))


@pytest.mark.parametrize("declared", ["gb2312", "big5", "no-such-encoding", "utf-7"])
def test_an_encoding_that_no_docx_has_is_damage(declared: str) -> None:
    files = members("")
    files[MAIN] = part("document", p("甲")).replace("UTF-8", declared).encode()

    assert "损坏" in refusal(zipped(files))


@pytest.mark.parametrize(
    "body",
    [
        "<w:tr/>", "<w:tc/>", "<w:p><w:tr/></w:p>", "<w:p><w:p/></w:p>", "<w:p><w:tbl><w:tr/></w:tbl></w:p>",
        "<w:tbl><w:tr><w:tr/></w:tr></w:tbl>", "<w:tbl><w:tr><w:tc><w:tc/></w:tc></w:tr></w:tbl>",
        "<w:tcPr><w:gridSpan/></w:tcPr>", "<w:trPr><w:del/></w:trPr>", "<w:pPr><w:pStyle/></w:pPr>",
        "<w:fldChar/>", "<w:r/>", "<w:gridCol/>",
    ],
)  # fmt: skip
def test_elements_where_none_can_be_are_damage(body: str) -> None:
    assert "损坏" in refusal(docx(body))


@pytest.mark.parametrize("name", [MAIN, "word/styles.xml", "word/numbering.xml", "_rels/.rels"])
def test_a_doctype_is_refused_in_every_part(name: str) -> None:
    """An entity bomb, a file of this machine, or nothing at all: Word writes none."""
    files = members(p("&a9;"), "<w:style/>", "<w:num/>")
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    written = str(files[name])
    head = written.index("?>") + 2
    files[name] = f'{written[:head]}<!DOCTYPE a [<!ENTITY a0 "公开">{entities}]>{written[head:]}'

    assert "DOCTYPE" in refusal(zipped(files))


def test_bombs_are_refused_before_they_are_unpacked() -> None:
    """One part too large, packed too well, all parts together too large."""
    large = p("公" * (limits.DOCX_PART_BYTES // 3))
    assert "解压" in refusal(docx(large))
    well = p("公" * 2**20)
    assert "word/document.xml 解压后有" in refusal(docx(well))
    files = members(p("甲"))
    for number in range(7):
        files[f"word/media/{number}.bmp"] = bytes(30 * 2**20)
    assert "整个文件解压后有 210 MiB" in refusal(zipped(files))


def test_a_picture_may_pack_as_well_as_it_likes() -> None:
    """It is never read: a white page of a scanner packs to a thousandth."""
    files = members(p("甲"))
    files["word/media/1.bmp"] = bytes(8 * 2**20)

    assert text(zipped(files)) == "甲\n"


def test_too_many_parts_are_refused() -> None:
    files = members(p("甲")) | {f"a/{number}": "" for number in range(limits.DOCX_PARTS)}

    assert str(limits.DOCX_PARTS) in refusal(zipped(files))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_that_is_there_twice_is_refused() -> None:
    """Programs would differ in which of them they show; names differ in more than capitals."""
    for other in (MAIN, "Word/Document.XML"):
        data = BytesIO(docx(p("甲")))
        with zipfile.ZipFile(data, "a") as archive:
            archive.writestr(other, part("document", p("乙")))
        assert "两个" in refusal(data.getvalue())


def test_a_large_file_is_refused() -> None:
    assert "MiB" in refusal(docx(p("甲")) + bytes(limits.DOCX_BYTES))


def shuffled(count: int) -> str:
    """Return paragraphs that do not pack too well."""
    return "".join(f"<w:p><w:r><w:t>{number * 7919 % 1000003}</w:t></w:r></w:p>" for number in range(count))


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (tbl(tr("1", "2")) * (MOST_TABLES + 1), "表格"),
        ("<w:tbl><w:tr><w:tc>" * 9 + p() + "</w:tc></w:tr></w:tbl>" * 9, "套"),
        ("<w:tbl><w:tr><w:tc>" * 5000 + p() + "</w:tc></w:tr></w:tbl>" * 5000, "套"),
        ("<w:sdt>" * 5000 + "</w:sdt>" * 5000, "嵌套"),
        ("<w:p><w:r><w:txbxContent>" * 20 + "</w:txbxContent></w:r></w:p>" * 20, "套"),
        (shuffled(70_000), "标签"),
        (
            p("".join(chr(0x4E00 + number * 7919 % 20000) for number in range(limits.DOCX_CHARACTERS + 1))),
            "字",
        ),
        (tbl(tr(*["1"] * 1000), *["<w:tr><w:tc/></w:tr>"] * 201), "格"),
        (tbl(tr(*["1"] * 500), *["<w:tr><w:tc/></w:tr>"] * 399) * 6, "格"),
    ],
    ids=[
        "tables",
        "nine-deep",
        "five-thousand-deep",
        "controls",
        "boxes",
        "tags",
        "characters",
        "slots",
        "all-slots",
    ],
)
def test_what_no_report_has_is_refused_in_time(body: str, said: str) -> None:
    assert said in refusal(docx(body))


@pytest.mark.parametrize(
    ("most", "body"),
    [
        (30_000, lambda n: p(r("甲"), f"<w:rPr>{HIDDEN}</w:rPr>") * n),
        (30_000, lambda n: p(r("甲"), "<w:rPr><w:del/></w:rPr>") * n),
        (25_000, lambda n: p((field("begin") + field("separate")) * n + r("甲") * n)),
        (10_000, lambda n: tbl(*[tr(tc("甲", down="continue"), "1")] * n)),
        (8_000, lambda n: p(TEXT_BOX.format(p("框")) * n)),
        (40_000, lambda n: p("甲", '<w:pStyle w:val="L1"/>') * n),
    ],
    ids=["hidden ends", "deleted ends", "open fields", "merges", "text boxes", "styles in a circle"],
)
def test_time_grows_with_the_size_of_a_file_alone(most: int, body: Callable[[int], str]) -> None:
    """What a paragraph, a field or a merge goes on with is not looked at again for each that goes on."""

    def work(many: int) -> None:
        read_docx(zipped(members(body(many), HIDING), zipfile.ZIP_STORED), "甲.docx")

    assert growth(work, most // 4) < LINEAR


def test_eight_tables_in_each_other_are_read() -> None:
    inner = p("底")
    for _ in range(8):
        inner = tbl(tr(tc(inner), "边"))

    assert lines(docx(inner)) == [MARK + "底" + " 边" * 7 + f"{MARK}边{MARK}"]


def test_a_cell_of_twenty_million_columns_is_as_wide_as_word_allows() -> None:
    found = grid(tr(tc("甲", span=20_000_000), "乙"), *[tr(*map(str, range(64)))] * 2)

    assert found[:2] == [(0, 0, 1, 63, "甲"), (0, 63, 1, 1, "乙")]


def test_numbers_that_are_none_count_for_nothing() -> None:
    """A million digits, letters, a sign: no crash and no time."""
    for written in ("9" * 100_000, "-1", "²", "a", ""):
        wide = f'<w:tc><w:tcPr><w:gridSpan w:val="{written}"/></w:tcPr>{p("甲")}</w:tc>'
        assert grid(f"<w:tr>{wide}{tc('乙')}</w:tr>") == [(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "乙")]


def test_a_numeral_of_any_length_stays_short() -> None:
    """A template of a mebibyte, before every paragraph; many that are short are too much text at last."""
    numbering = kind(0, level(0, "decimal", "%1" * 500_000)) + listed(1, 0)

    assert len(text(docx(item("甲") * 3, numbering=numbering))) < 300
    assert "字" in refusal(docx(item("") * 12_000, numbering=numbering))


def test_another_file_in_the_text_is_told() -> None:
    """altChunk is a whole HTML page as a part of its own: Word shows it, and no one would miss it here."""
    assert "另存" in refusal(docx(p("甲") + '<w:altChunk xmlns:r="urn:r" r:id="rId9"/>'))


@given(st.data())
def test_any_damage_is_told_or_harmless(data: st.DataObject) -> None:
    """Bytes changed, cut out or put in anywhere: a text or one clear line, never another error."""
    file = bytearray(docx(item("甲") + tbl(tr("1", tc("2", down="restart"))), HIDING, OUTLINE + listed(1, 0)))
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(4, len(file) - 1))
        file[at : at + data.draw(st.integers(0, 2))] = data.draw(st.binary(max_size=3))
    with suppress(UnreadableError):
        assert read_docx(bytes(file), "甲.docx").kind == "docx"


NAMES = (
    "p", "pPr", "rPr", "r", "t", "tab", "br", "sym", "fldChar", "tbl", "tblGrid", "gridCol", "tr", "trPr", "tc",
    "tcPr", "gridSpan", "vMerge", "hMerge", "cellDel", "cellMerge", "del", "ins", "vanish", "numId", "ilvl", "pStyle",
    "rStyle", "txbxContent", "sdt", "sdtPr", "ruby", "rt", "hidden", "gridBefore", "moveFrom", "jc", "pPrChange",
)  # fmt: skip
ELEMENTS: st.SearchStrategy[str] = st.recursive(
    st.sampled_from(
        ["甲", "1", "<mc:Fallback/>", '<w:fldChar w:fldCharType="begin"/>', "<m:r><m:t>2</m:t></m:r>"]
    ),
    lambda inner: st.builds(
        lambda name, content: f'<w:{name} w:val="1">{"".join(content)}</w:{name}>',
        st.sampled_from(NAMES),
        st.lists(inner, max_size=4),
    ),
    max_leaves=40,
)


@given(st.lists(ELEMENTS, max_size=4))
def test_elements_in_any_order_are_read_or_told(content: list[str]) -> None:
    """Whatever is in whatever: a text or one clear line, never another error."""
    body = "".join(content)
    for file in (docx(body), docx(tbl(tr(tc(p() + body), "2"))), docx(p(r("甲") + body))):
        with suppress(UnreadableError):
            assert read_docx(file, "甲.docx").kind == "docx"


# -- whole reports ---------------------------------------------------------------------------------------


def cells(source: Source, forms: Sequence[Form]) -> dict[str, str]:
    report = Report(source, forms)
    return {cell.address: cell.text for table in report.tables.values() for cell in table.cells}


DRAFTS = [compliant("2021", seed=3), compliant("2021", "township", 4), compliant("2019", seed=1)]


@pytest.mark.parametrize("draft", DRAFTS, ids=["2021", "2021-township", "2019"])
def test_a_report_by_another_hand_reads_with_every_cell_right(draft: Draft, forms: Sequence[Form]) -> None:
    """Written by python-docx, merged cells and all."""
    pytest.importorskip("docx")
    from rendering.docx import by_python_docx
    from rendering.grids import content

    drawn = content(draft)
    assert drawn is not None

    assert cells(read_docx(by_python_docx(drawn), "甲.docx"), forms) == draft.cells


@pytest.mark.parametrize("through", [("docx",), ("doc", "docx")])
def test_a_report_saved_by_libreoffice_reads_with_every_cell_right(
    through: tuple[str, ...], forms: Sequence[Form]
) -> None:
    """As docx, and as .doc and then docx, which leaves slivers between columns."""
    pytest.importorskip("docx")
    from rendering import office
    from rendering.docx import by_python_docx
    from rendering.grids import content

    if office.PROGRAM is None:
        pytest.skip("LibreOffice is not installed")
    draft = DRAFTS[0]
    drawn = content(draft)
    assert drawn is not None
    first = by_python_docx(drawn)
    data = first
    for suffix in through:
        data = office.saved(data, suffix)
    source = read_docx(data, "甲.docx")

    assert cells(source, forms) == draft.cells
    assert source.text == text(first)
