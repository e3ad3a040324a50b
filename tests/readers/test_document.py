"""The text made from a document, and the way back from it to the file."""

import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nianbao.readers.document import Document, GridCell, GridTable, Paragraph, Run, render
from nianbao.report.form import Form
from nianbao.report.report import Report
from nianbao.text.source import Dropped, Origin, Place, Source, Span

MARK = "\x1f"


def paragraph(text: str, origin: Origin | None = None) -> Paragraph:
    return Paragraph((Run(text, origin, 0, len(text)),))


def rendered(*blocks: Paragraph | GridTable, raw: Source | None = None) -> Source:
    return render(Document(blocks), "甲.docx", "docx", "utf-8", raw)


def test_a_paragraph_is_a_line_and_a_row_a_line_of_marked_cells() -> None:
    """Merged cells are in their first slot, the slots they cover are empty."""
    table = GridTable(
        2,
        3,
        (
            GridCell(0, 0, 2, 1, (paragraph("项目"),)),
            GridCell(0, 1, 1, 2, (paragraph("数 "), paragraph(" 量"))),
            GridCell(1, 1, 1, 1, (paragraph("3"),)),
            GridCell(1, 2, 1, 1, ()),
        ),
    )
    source = rendered(paragraph("一、总体情况"), paragraph(" \u3000 "), table)

    assert source.text == f"一、总体情况\n\n{MARK}项目{MARK}数 量{MARK}{MARK}\n{MARK}{MARK}3{MARK}{MARK}\n\n"


def test_white_space_is_one_space_and_the_unseen_is_nothing() -> None:
    """No-break spaces, wide spaces, tabs and line ends inside a paragraph; a soft hyphen, a zero-width space."""
    assert rendered(paragraph("\xa0公\u200b开\u3000 \t信\xad息\n报告 ")).text == "公开 信息 报告\n"


def test_no_file_can_forge_a_cell() -> None:
    """A control character that a file brings in is a replacement character, a pipe a sign like any other."""
    source = rendered(paragraph(f"甲{MARK}乙|丙"))

    assert source.text == "甲\ufffd乙|丙\n"


def test_a_pipe_in_a_paragraph_makes_no_table(forms: Sequence[Form]) -> None:
    """首页 | 政务公开 is the head of a page; only marked cells are cells."""
    table = GridTable(
        1, 2, (GridCell(0, 0, 1, 1, (paragraph("甲|乙"),)), GridCell(0, 1, 1, 1, (paragraph("---"),)))
    )
    report = Report(rendered(paragraph("一、总体情况"), paragraph("首页 | 政务公开"), table), forms)

    (grid,) = report.grids
    assert [[cell.text for cell in row] for row in grid.rows] == [["甲|乙", "---"]]
    assert "首页 | 政务公开" in [piece.text for piece in report.paragraphs]


def test_every_character_leads_back_to_its_run() -> None:
    """Runs split inside a word, a numeral that the file does not hold, a space drawn together from two runs."""
    first, second = Origin("word/document.xml", 3, 0), Origin("word/document.xml", 3, 1)
    source = rendered(Paragraph((Run("一、"), Run("总体 ", first, 0, 3), Run(" 情况", second, 0, 3))))

    assert source.text == "一、总体 情况\n"
    assert source.locate(Span(0, 2)) == ()
    assert source.locate(Span(2, 4)) == (Place(first, 0, 2),)
    assert source.locate(Span(3, 6)) == (Place(first, 1, 3), Place(second, 1, 2))
    assert source.locate(Span(6, 7)) == (Place(second, 2, 3),)


def test_what_stands_for_one_character_leads_back_as_a_whole() -> None:
    """`&ldquo;` is one sign of the page and seven of its source."""
    page = Origin()
    source = rendered(Paragraph((Run("甲", page, 10, 11), Run("“", page, 11, 18), Run("乙", page, 18, 19))))

    assert source.locate(Span(1, 2)) == (Place(page, 11, 18),)
    assert source.locate(Span(0, 3)) == (Place(page, 10, 11), Place(page, 11, 18), Place(page, 18, 19))


def test_an_empty_cell_has_a_place() -> None:
    """A finding on a blank cell is shown where the cell is."""
    here = Origin("word/document.xml", 7, -1)
    table = GridTable(1, 2, (GridCell(0, 0, 1, 1, (paragraph("甲"),)), GridCell(0, 1, 1, 1, (), here, 0)))
    source = rendered(table)
    (blank,) = [m.start() for m in re.finditer(f"(?<=甲{MARK})", source.text)]

    assert source.locate(Span(blank, blank)) == (Place(here, 0, 0),)


def test_positions_are_those_of_the_page_where_it_is_text() -> None:
    """Line and column of the HTML source; the text made of it keeps its own lines for the excerpt."""
    html = "<h1>报告</h1>\n<p>甲&nbsp;乙</p>\n"
    page, at = Origin(), html.index("甲")
    words = Paragraph(
        (Run("甲", page, at, at + 1), Run("\xa0", page, at + 1, at + 7), Run("乙", page, at + 7, at + 8))
    )
    source = rendered(paragraph("题"), words, raw=Source(html, "a.html"))

    assert source.text == "题\n甲 乙\n"
    place = source.position(source.text.index("乙"))
    assert (place.offset, place.line, place.column) == (at + 7, 2, at + 7 - html.index("\n"))
    assert source[source.line_at(source.text.index("乙"))] == "甲 乙"
    assert source.visible
    assert not rendered(words).visible


SIGNS = st.text(alphabet=st.sampled_from("甲乙 \u3000\t\n\u200b12，“”|\x1f\x07𠮷"), max_size=12)


@given(st.lists(SIGNS, max_size=6))
def test_the_way_back_is_exact(texts: list[str]) -> None:
    """Whatever the runs: each character of the text that is no space is the character of the run it leads to."""
    origins = [Origin("word/document.xml", 0, number) for number in range(len(texts))]
    runs = tuple(Run(text, origin, 0, len(text)) for text, origin in zip(texts, origins, strict=True))
    source = rendered(Paragraph(runs))

    kept = source.text.removesuffix("\n")
    # Python takes U+001F for white space; here it is a control character like any other.
    seen = [c for text in texts for c in text if c == "\x1f" or not (c.isspace() or c == "\u200b")]
    assert [c for c in kept if c != " "] == ["\ufffd" if c in "\x1f\x07" else c for c in seen]
    assert "  " not in kept
    assert kept == kept.strip()
    for offset, sign in enumerate(kept):
        (place,) = source.locate(Span(offset, offset + 1))
        raw = texts[place.origin.run][place.at : place.until]
        assert raw == sign or (sign == " " and raw.isspace()) or sign == "\ufffd"


@pytest.mark.parametrize(
    ("texts", "dropped"),
    [
        (["公\u200b开"], [Dropped(1, "\u200b")]),
        (["公\u200b", "\u2060开 信\ufeff息"], [Dropped(1, "\u200b\u2060"), Dropped(4, "\ufeff")]),
        (["\u200b公开\u200b", " \u200b信息\u200b "], []),  # where no word is parted
        (["公\xad开", "👩\u200d👩", "می\u200cخ"], []),  # ordinary signs
    ],
)
def test_signs_that_part_a_word_are_dropped_and_remembered(
    texts: Sequence[str], dropped: list[Dropped]
) -> None:
    parted = Paragraph(tuple(Run(text, None, 0, len(text)) for text in texts))
    source = rendered(parted)
    assert list(source.dropped) == dropped
    longer = rendered(paragraph("题目"), parted)
    assert [one.at + 3 for one in dropped] == [one.at for one in longer.dropped]
    assert list(longer.without([Span(0, 3)]).dropped) == dropped
    if dropped:  # with the characters around it a sign goes too
        assert list(source.without([Span(0, 1)]).dropped) == [
            one._replace(at=one.at - 1) for one in dropped[1:]
        ]
