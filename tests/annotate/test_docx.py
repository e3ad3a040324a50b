"""Comments of Word: on the exact words, in documents of every kind, with nothing else moved."""

import io
from random import Random

import docx as library
import pytest
from annotate.judging import CLAUSE, IDENTITY, MOBILE, STYLE, Said, faulty, judged, verdict_on
from lxml import etree
from nianbao.annotate.annotators import annotated
from nianbao.readers.docx import read_docx
from nianbao.text.marks import CELL_MARK
from nianbao.text.source import Source, Span
from nianbao.writers.writer import RefusedError
from readers.docx_files import members, p, part, r, tbl, tr, zipped
from rendering import docx as drawn
from rendering.docx import Habits
from rendering.office import PROGRAM, saved
from writers.docx_parts import MAIN, W, document, is_subsequence, packed, parts

CHANGE = 'w:id="1" w:author="甲" w:date="2026-01-01T00:00:00Z"'


def docx(body: str) -> bytes:
    """Return a docx with *body*, all of whose parts are declared."""
    return drawn.packed(part("document", f"<w:body>{body}</w:body>").partition("?>")[2])


def read(data: bytes) -> Source:
    return read_docx(data, "report.docx")


def comment(data: bytes, *said: Said | Span) -> bytes:
    """Return *data* with comments that say what is *said*; it reads as before."""
    source = read(data)
    copy = annotated(data, verdict_on(source, said), STYLE)
    assert read(copy).text == source.text
    return copy


def notes(data: bytes) -> list[str]:
    """Return the text of each comment, as python-docx reads it."""
    return [one.text for one in library.Document(io.BytesIO(data)).comments]


def anchors(data: bytes) -> dict[str, str]:
    """Return for each comment of ours the words between its marks; its reference is right behind."""
    found: dict[str, str] = {}
    open_: set[str] = set()
    for element in document(data).iter():
        number = element.get(f"{W}id") or ""
        if element.tag == f"{W}commentRangeStart":
            open_.add(number)
            found[number] = ""
        elif element.tag == f"{W}commentRangeEnd":
            open_.discard(number)
            after = element.getnext()
            assert after is not None
            reference = after.find(f"{W}commentReference")
            assert reference is not None
            assert reference.get(f"{W}id") == number
        elif element.tag == f"{W}t" and element.text and not is_unseen(element):
            found.update({one: found[one] + element.text for one in open_})
    assert not open_
    return found


def is_unseen(text: etree._Element) -> bool:
    """Return whether *text* is hidden or was moved away."""
    return bool(text.xpath("ancestor::*[local-name()='moveFrom'] or ../*/*[local-name()='vanish']"))


def words(data: bytes) -> list[str]:
    return list(anchors(data).values())


def test_a_comment_says_what_why_and_what_to_do() -> None:
    data = comment(docx(p(r("甲乙", "<w:b/>") + r("丙丁戊"))), Said("乙丙丁", "不对"))
    (one,) = library.Document(io.BytesIO(data)).comments
    assert (one.author, one.initials) == ("nianbao", "NB")
    assert one.timestamp is not None
    assert one.timestamp.isoformat() == "2026-01-31T08:00:00+00:00"
    assert one.text.split("\n") == ["【错误】QH001 不对", f"依据：{CLAUSE}第三条", "怎样改：改正"]
    assert words(data) == ["乙丙丁"]
    looks = {r_.findtext(f"{W}t"): r_.find(f"{W}rPr/{W}b") is not None for r_ in document(data).iter(f"{W}r")}
    assert looks == {"甲": True, "乙": True, "丙丁": False, "戊": False, None: False}


def test_findings_in_one_cell_are_one_comment_and_those_beside_it_another() -> None:
    data = docx(p("青禾县报告") + tbl(tr("甲乙丙", "12"), tr("丁", "3")))
    copy = comment(
        data, Said("甲", "一"), Said("丙", "二"), Said("12", "三"), Said("青禾", "四"), Said("青禾", "五")
    )
    assert words(copy) == ["青禾", "甲乙丙", "12"]
    assert [note.count("QH001") for note in notes(copy)] == [2, 2, 1]


def test_words_that_overlap_have_a_comment_each() -> None:
    copy = comment(docx(p("甲乙丙丁戊")), Said("甲乙丙", "一"), Said("丙丁", "二"), Said("丁戊", "三"))
    assert words(copy) == ["甲乙丙", "丙丁", "丁戊"]


def test_an_empty_cell_has_its_comment() -> None:
    for cell in ("<w:p/>", "<w:p><w:pPr/></w:p>"):
        data = docx(tbl(tr(f"<w:tc><w:tcPr/>{cell}</w:tc>", "5"), tr("甲", "6")))
        at = read(data).text.index(CELL_MARK) + 1
        copy = comment(data, Span(at, at))
        (mark,) = document(copy).iter(f"{W}commentRangeStart")
        assert (
            mark.xpath("count(ancestor::*[local-name()='tc']/preceding-sibling::*[local-name()='tc'])") == 0
        )
        assert words(copy) == [""]


def test_what_is_said_of_the_whole_report_is_said_of_the_title() -> None:
    data = docx(
        p("青禾县人民政府2024年政府信息公开工作年度报告", '<w:jc w:val="center"/>') + p("一、总体情况")
    )
    assert words(comment(data, Span(0, 0))) == ["青禾县人民政府2024年政府信息公开工作年度报告"]


def test_a_numeral_that_word_counts_has_the_comment_on_its_paragraph() -> None:
    counted = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    copy = comment(docx(p("标题") + p("总体情况", counted)), Said("一、", "跳号"))
    assert words(copy) == ["总体情况"]


def test_comments_that_are_there_stay_and_numbers_are_not_used_twice() -> None:
    written = library.Document()
    paragraph = written.add_paragraph()
    first, second = paragraph.add_run("甲乙丙"), paragraph.add_run("丁戊")
    written.add_comment([first], "从前的", author="某人", initials="某")
    written.add_comment([second], "也是从前的", author="某人", initials="某")
    file = io.BytesIO()
    written.save(file)
    copy = comment(file.getvalue(), Said("丙丁", "新的"), Said("戊", "也新"))
    again = comment(copy, Said("甲", "再来"))
    assert [note.split("\n")[0] for note in notes(again)] == [
        *("从前的", "也是从前的"),
        *("【错误】QH001 新的", "【错误】QH001 也新", "【错误】QH001 再来"),
    ]
    assert sorted(words(again)) == sorted(["甲乙丙", "丁戊", "丙丁", "戊", "甲"])
    kept = parts(copy)["word/comments.xml"]
    assert is_subsequence(parts(file.getvalue())["word/comments.xml"], kept)


@pytest.mark.parametrize(
    "body",
    [
        f"<w:ins {CHANGE}>{r('甲乙丙')}</w:ins>",
        f'<w:hyperlink w:anchor="a">{r("甲乙丙")}</w:hyperlink>',
        f"<w:sdt><w:sdtPr/><w:sdtContent>{r('甲乙丙')}</w:sdtContent></w:sdt>",
        f"<w:del {CHANGE}><w:r><w:delText>旧</w:delText></w:r></w:del>{r('甲乙丙')}",
        '<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br w:type="page"/><w:t>丙</w:t></w:r>',
        "<w:r><w:t>甲乙&amp;丙</w:t></w:r>",
    ],
)
def test_words_that_no_fix_touches_have_comments(body: str) -> None:
    assert words(comment(docx(p(body)), Said("乙", "注")))[0].strip() == "乙"


def test_readings_and_text_boxes_are_commented_on_from_outside() -> None:
    ruby = f"<w:r><w:ruby><w:rubyPr/><w:rt>{r('yi')}</w:rt><w:rubyBase>{r('乙')}</w:rubyBase></w:ruby></w:r>"
    box = f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{p('框中')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    for body, said in ((ruby, "乙"), (box, "框中")):
        root = document(comment(docx(p(r("甲") + body + r("丙"))), Said(said, "注")))
        (mark,) = root.iter(f"{W}commentRangeStart")
        parent = mark.getparent()
        assert parent is not None
        assert parent.tag == f"{W}p"
        assert not list(parent.iterancestors(f"{W}txbxContent", f"{W}r"))


HABITS = (Habits(), Habits(split=True), Habits(split=True, edited=True), Habits(split=True, counted=True))


@pytest.mark.parametrize("habits", HABITS)
def test_real_findings_are_on_their_words_whatever_the_runs(habits: Habits) -> None:
    data = drawn.docx(faulty(), Random(5), habits)
    verdict = judged(data, "report.docx")
    copy = annotated(data, verdict, STYLE)
    assert read(copy).text == verdict.report.source.text
    said = dict(zip(words(copy), notes(copy), strict=True))
    assert "1 ≠ 2" in next(note for on, note in said.items() if on == "2")
    assert "PRV001" in next(note for on, note in said.items() if IDENTITY in on)
    assert not [note for note in said.values() if IDENTITY in note or MOBILE in note]
    assert sum(note.count("依据：") for note in said.values()) == len(verdict.open)


@pytest.mark.parametrize("habits", HABITS)
def test_every_byte_that_no_comment_needs_is_there(habits: Habits) -> None:
    data = drawn.docx(faulty(), Random(5), habits)
    copy = annotated(data, judged(data, "report.docx"), STYLE)
    changed = [MAIN, "[Content_Types].xml", "word/_rels/document.xml.rels"]
    for name, old in parts(data).items():
        assert is_subsequence(old, parts(copy)[name])
        assert (packed(data)[name] == packed(copy)[name]) is (name not in changed)
    assert list(parts(copy)) == [*parts(data), "word/comments.xml"]


def test_comments_that_nothing_leads_to_are_not_taken_for_those_of_the_document() -> None:
    data = docx(p("甲乙"))
    stray = zipped({**parts(data), "word/comments.xml": b"<stray/>"})
    copy = comment(stray, Said("乙", "注"))
    assert parts(copy)["word/comments.xml"] == b"<stray/>"
    assert len(notes(copy)) == 1


def test_a_document_without_a_paragraph_is_refused() -> None:
    with pytest.raises(RefusedError):
        annotated(docx(""), verdict_on(Source("", kind="docx"), [Span(0, 0)]), STYLE)


def test_a_report_without_findings_is_copied_as_it_is() -> None:
    data = docx(p("甲"))
    assert annotated(data, verdict_on(read(data), ()), STYLE) == data


def test_protection_that_permits_comments_permits_these() -> None:
    def protected(kind: str) -> bytes:
        settings = part("settings", f'<w:documentProtection w:edit="{kind}" w:enforcement="1"/>')
        return zipped({**members(p("甲乙")), "word/settings.xml": settings})

    assert words(comment(protected("comments"), Said("乙", "注"))) == ["乙"]
    with pytest.raises(RefusedError) as caught:
        comment(protected("readOnly"), Said("乙", "注"))
    assert "只读" in caught.value.reason.zh


def test_signs_that_xml_does_not_take_are_escapes() -> None:
    (note,) = notes(comment(docx(p("甲乙")), Said("乙", f"a<b>&c{CELL_MARK}d\x00e")))
    assert note.startswith(r"【错误】QH001 a<b>&c│d\x00e")


# -- other programs ----------------------------------------------------------------------------------------


def texts_of_comments(data: bytes) -> list[str]:
    root = etree.fromstring(parts(data)["word/comments.xml"])
    return ["".join(one.itertext()) for one in root.iter(f"{W}comment")]


@pytest.mark.skipif(PROGRAM is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_copy_and_keeps_its_comments() -> None:
    data = drawn.docx(faulty(), Random(5), Habits(split=True, edited=True))
    verdict = judged(data, "report.docx")
    back = saved(annotated(data, verdict, STYLE), "docx")
    assert sorted(texts_of_comments(back)) == sorted(
        note.replace("\n", "") for note in notes(annotated(data, verdict, STYLE))
    )
    assert "2" in words(back)
