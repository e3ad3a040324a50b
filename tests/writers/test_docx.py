"""Fixes in a docx: read again they say what was meant, rejected what was there, and nothing else has moved."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nianbao.readers.docx import read_docx
from nianbao.testing import compliant
from nianbao.text.edit import Edit
from nianbao.text.marks import CELL_MARK
from nianbao.text.source import Source, Span
from nianbao.writers.docx import edited
from nianbao.writers.writer import Mode, RefusedError
from readers.docx_files import STRICT, docx, members, p, part, r, tbl, tc, tr, zipped
from rendering import content
from rendering import docx as drawn
from rendering.docx import Habits
from rendering.grids import Line
from rendering.office import PROGRAM, all_saved, saved
from writers.docx_parts import MAIN, W, document, is_subsequence, packed, parts, rejected

MODES: tuple[Mode, ...] = ("tracked", "direct")
WHEN = "2026-01-31T08:00:00Z"


def read(data: bytes) -> Source:
    return read_docx(data, "report.docx")


def change(source: Source, old: str, new: str, nth: int = 0) -> Edit:
    """Return the edit that puts *new* in the place of *old*."""
    at = [match.start() for match in re.finditer(re.escape(old), source.text)][nth]
    return Edit(Span(at, at + len(old)), old, new)


def put(source: Source, after: str, new: str) -> Edit:
    """Return the edit that puts *new* behind *after*."""
    at = source.text.index(after) + len(after)
    return Edit(Span(at, at), "", new)


def applied(text: str, edits: Sequence[Edit]) -> str:
    for (start, end), _, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def write(data: bytes, edits: Sequence[Edit], mode: Mode = "tracked") -> bytes:
    return edited(data, read(data), edits, mode, WHEN)


def holds(data: bytes, *edits: Edit) -> None:
    """Hold *edits* of *data* against what they mean, in both modes."""
    before = read(data).text
    expected = applied(before, edits)
    for mode in MODES:
        written = write(data, edits, mode)
        assert read(written).text == expected
        if mode == "tracked":
            assert read(rejected(written)).text == before


def refusal(data: bytes, *edits: Edit, mode: Mode = "tracked") -> str:
    with pytest.raises(RefusedError) as caught:
        write(data, edits, mode)
    assert caught.value.reason.en
    return caught.value.reason.zh


SPLIT = Habits(split=True)


def report(seed: int = 3, habits: Habits = SPLIT) -> bytes:
    """Return a report that breaks no rule, its runs ending inside words."""
    blocks = content(compliant("2021", "county", seed))
    assert blocks is not None
    return drawn.docx(blocks, Random(seed), habits)


# -- words -------------------------------------------------------------------------------------------------


def test_a_word_in_the_midst_of_a_run_keeps_the_look_of_the_run() -> None:
    data = docx(p(r("结果为其它处理方式", '<w:b/><w:sz w:val="28"/>')))
    written = write(data, [change(read(data), "其它", "其他")])
    root = document(written)
    assert [(e.tag.removeprefix(W), e.get(f"{W}author"), e.get(f"{W}date")) for e in root.iter(f"{W}ins", f"{W}del")] == [
        ("del", "nianbao", WHEN),
        ("ins", "nianbao", WHEN),
    ]  # fmt: skip
    runs = list(root.iter(f"{W}r"))
    assert ["".join(run.itertext()) for run in runs] == ["结果为", "其它", "其他", "处理方式"]
    looks = {tuple((e.tag, *e.attrib.values()) for e in run.iterfind(f"{W}rPr/*")) for run in runs}
    assert looks == {((f"{W}b",), (f"{W}sz", "28"))}
    assert [e.text for e in root.iter(f"{W}delText")] == ["其它"]
    assert "".join(e.text or "" for e in root.iter(f"{W}t")) == "结果为其他处理方式"


def test_directly_nothing_but_the_words_changes() -> None:
    data = docx(p(r("结果为其它处理方式", "<w:b/>")))
    old, new = parts(data)[MAIN], parts(write(data, [change(read(data), "其它", "其他")], "direct"))[MAIN]
    assert new == old.replace("其它".encode(), "其他".encode())


def test_words_over_runs_of_several_looks_take_that_of_the_first() -> None:
    data = docx(p(r("甲乙", "<w:b/>") + r("丙丁", "<w:i/>") + r("戊己")))
    edit = change(read(data), "乙丙丁戊", "新")
    holds(data, edit)
    made = next(document(write(data, [edit])).iter(f"{W}ins"))
    assert made.find(f".//{W}b") is not None
    assert made.find(f".//{W}i") is None


def test_insertions_and_deletions_alone_are_what_they_are() -> None:
    data = docx(p(r("甲乙丙") + r("丁")))
    source = read(data)
    for after in ("甲", "甲乙丙", "甲乙丙丁"):
        holds(data, put(source, after, "新"))
    holds(data, Edit(Span(0, 0), "", "新"))
    holds(data, change(source, "乙丙丁", ""))
    inserted = document(write(data, [put(source, "甲", "新")]))
    assert next(inserted.iter(f"{W}del"), None) is None
    deleted = document(write(data, [change(source, "乙", "")]))
    assert next(deleted.iter(f"{W}ins"), None) is None


def test_signs_that_xml_writes_as_references_are_whole() -> None:
    data = docx(p("<w:r><w:t>甲&amp;乙&lt;丙&#x4E01;戊&#10;己</w:t></w:r>"))
    source = read(data)
    assert source.text == "甲&乙<丙丁戊 己\n"
    holds(data, change(source, "&", "<和>"))
    holds(data, change(source, "<丙丁", "&amp;"), change(source, "己", "“庚”"))
    holds(data, change(source, "丁戊", ""))


def test_tabs_and_line_ends_of_a_title_go_with_the_words_around_them() -> None:
    data = docx(
        p("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t></w:r>")
        + p("<w:r><w:t>青禾县</w:t><w:br/><w:t>报告</w:t></w:r>", '<w:jc w:val="center"/>')
    )
    source = read(data)
    holds(data, change(source, "甲 乙", "丙"), change(source, "县 报", "县年度报"))
    holds(data, change(source, " ", ""))
    holds(data, put(source, "甲 ", "新"))


def test_white_space_drawn_together_goes_whole() -> None:
    data = docx(p(r("甲   ") + r("  ") + r("\u3000乙")))
    source = read(data)
    assert source.text == "甲 乙\n"
    holds(data, change(source, "甲 乙", "丙"))


def test_blanks_at_the_edge_of_a_cut_are_kept() -> None:
    data = docx(p("<w:r><w:t>abc def</w:t></w:r>" + "<w:r><w:t>ghi</w:t></w:r>"))
    source = read(data)
    holds(data, change(source, "abc", "x"))
    holds(data, change(source, "def", "y"))
    holds(data, change(source, "abc", "x y"), change(source, "ghi", "z"))
    holds(data, change(source, "def", "y z"))


def test_several_edits_in_one_run_and_side_by_side() -> None:
    data = docx(p(r("一二三四五六七八")))
    source = read(data)
    holds(data, change(source, "二", "2"), change(source, "四五", ""), put(source, "六", "6"), change(source, "八", "8"))  # fmt: skip
    holds(data, change(source, "二", "2"), change(source, "三", "3"), put(source, "三", "新"))
    holds(data, change(source, "一二三四五六七", ""))


def test_a_line_whose_words_all_go_is_none() -> None:
    data = docx(p("甲乙") + p("丙"))
    for mode in MODES:
        assert read(write(data, [change(read(data), "甲乙", "")], mode)).text == "丙\n"


def test_an_empty_cell_takes_words_with_the_look_of_its_end() -> None:
    look = '<w:rPr><w:sz w:val="21"/></w:rPr>'
    for cell in ("<w:p/>", "<w:p ></w:p>", f"<w:p><w:pPr>{look}</w:pPr></w:p>"):
        data = docx(tbl(tr(f"<w:tc><w:tcPr/>{cell}</w:tc>", "5"), tr("甲", "6")))
        source = read(data)
        holds(data, put(source, f"\n{CELL_MARK}", "0"))
        written = parts(write(data, [put(source, f"\n{CELL_MARK}", "0")]))[MAIN].decode()
        assert (f"<w:r>{look}<w:t" in written) is (look in cell)


def test_another_prefix_of_the_namespace_is_kept() -> None:
    data = docx(p(r("甲乙丙")))
    main = parts(data)[MAIN].replace(b"w:", b"x:").replace(b"xmlns:w=", b"xmlns:x=")
    other = zipped({**members(""), MAIN: main})
    source = read(other)
    holds(other, change(source, "乙", "2"))
    assert b"<w:" not in parts(write(other, [change(source, "乙", "2")]))[MAIN]


def test_numbers_of_changes_are_those_that_nothing_else_has() -> None:
    mark = '<w:bookmarkStart w:id="17" w:name="b"/><w:bookmarkEnd w:id="17"/>'
    data = docx(p(mark + r("甲乙") + r("丙")))
    root = document(write(data, [change(read(data), "乙丙", "新")]))
    numbers = [int(e.get(f"{W}id") or "") for e in root.iter(f"{W}ins", f"{W}del")]
    assert sorted(numbers) == [18, 19, 20]


@settings(max_examples=6)
@given(st.integers(0, 9), st.booleans(), st.randoms(use_true_random=False))
def test_any_edits_of_any_report_come_out_as_meant(seed: int, counted: bool, rng: Random) -> None:
    data = report(seed, Habits(split=True, counted=counted))
    source = read(data)
    inside = [e for e in some_edits(source.text, rng) if not counted or source.locate(e.span)]
    numerals = [e for e in inside if sum(len(range(*p[1:])) for p in source.locate(e.span)) < len(e.old)]
    holds(data, *(edit for edit in inside if edit not in numerals))
    for edit in numerals[:1]:
        refusal(data, edit)


@settings(max_examples=3)
@given(st.integers(0, 9), st.randoms(use_true_random=False))
def test_edits_of_a_document_with_tracked_changes_come_out_as_meant_or_are_refused(
    seed: int, rng: Random
) -> None:
    data = report(seed, Habits(split=True, edited=True))
    made = []
    for edit in some_edits(read(data).text, rng):
        try:
            write(data, [edit])
        except RefusedError:
            continue
        made.append(edit)
    holds(data, *made)


def some_edits(text: str, rng: Random) -> Sequence[Edit]:
    """Return edits within lines and cells that do not touch, some of which only insert or delete."""
    stretches = [m.span() for m in re.finditer(rf"[^\n{CELL_MARK}]+", text)]
    found = []
    for start, end in sorted(rng.sample(stretches, min(12, len(stretches)))):
        first = rng.randint(start, end)
        last = min(end, first + rng.randint(0, 12))
        old = text[first:last]
        new = rng.choice(("", "新", "<&>", "甲 乙", "0")) if old else "新"
        if old.strip() != old or (not new and old == text[start:end]):
            continue  # blanks at an edge are drawn together, and a line without words is none
        outer = text[first - 1 : first] + text[last : last + 1]
        if not new and " " in outer:
            continue
        if new != old and " " not in (text[max(first - 1, 0) : first], text[last : last + 1]):
            found.append(Edit(Span(first, last), old, new))
    return found


# -- bytes -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", MODES)
def test_every_other_part_keeps_its_bytes_packed_as_they_were(mode: Mode) -> None:
    data = report()
    source = read(data)
    written = write(data, [change(source, "总体情况", "总的情况")], mode)
    old, new = packed(data), packed(written)
    assert list(old) == list(new)
    assert [name for name in old if old[name] != new[name]] == [MAIN]


def test_tracked_changes_are_put_between_the_bytes_of_the_part() -> None:
    data = report()
    source = read(data)
    edits = [change(source, "总体情况", "总的情况", nth) for nth in range(2)]
    old, new = parts(data)[MAIN], parts(write(data, edits))[MAIN]
    # The one thing that gives way is the t of a tag that becomes a deleted text: it is found again in delText.
    assert is_subsequence(old, new)
    added = re.sub(rb"<w:ins .*?</w:ins>", b"", new)
    assert re.sub(rb"<[^>]*>", b"", added) == re.sub(rb"<[^>]*>", b"", old)


def described(data: bytes, *, signed: bool) -> bytes:
    """Return the zip *data* as a program writes it that cannot go back: sums behind the bytes, a comment at the end."""
    entries, listed, comment = b"", b"", "备注".encode()
    for name, content_ in parts(data).items():
        packer = zlib.compressobj(wbits=-15)
        raw = packer.compress(content_) + packer.flush()
        sums = struct.pack("<3I", zlib.crc32(content_), len(raw), len(content_))
        head = struct.pack("<5H", 20, 8, 8, 0, 0x5A21)
        called = name.encode()
        offset = len(entries)
        entries += b"PK\x03\x04" + head + bytes(12) + struct.pack("<2H", len(called), 0) + called + raw
        entries += (b"PK\x07\x08" if signed else b"") + sums
        listed += b"PK\x01\x02" + struct.pack("<H", 20) + head + sums
        listed += struct.pack("<5H2I", len(called), 0, 3, 0, 0, 0, offset) + called + b"abc"
    count = len(parts(data))
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, len(listed), len(entries), len(comment))
    return entries + listed + end + comment


@pytest.mark.parametrize("signed", [True, False])
def test_sums_behind_the_bytes_and_the_comment_of_a_zip_are_kept(signed: bool) -> None:
    data = described(report(), signed=signed)
    assert parts(data)
    source = read(data)
    edits = [change(source, "总体情况", "总的概况和情况")]
    written = write(data, edits, "direct")
    assert read(written).text == applied(source.text, edits)
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(io.BytesIO(written)) as new:
        assert new.testzip() is None
        assert new.comment == old.comment == "备注".encode()
        for before, after in pairwise([old.infolist(), new.infolist()]):
            for one, other in zip(before, after, strict=True):
                same = (
                    "filename",
                    "date_time",
                    "flag_bits",
                    "compress_type",
                    "comment",
                    "extra",
                    "external_attr",
                )
                assert [getattr(one, key) for key in same] == [getattr(other, key) for key in same]


def test_a_part_that_is_not_packed_stays_unpacked() -> None:
    data = zipped(members(p(r("甲乙"))), zipfile.ZIP_STORED)
    written = write(data, [change(read(data), "乙", "丙丁戊")], "direct")
    with zipfile.ZipFile(io.BytesIO(written)) as package:
        assert package.testzip() is None
        assert {info.compress_type for info in package.infolist()} == {zipfile.ZIP_STORED}


# -- refusals ----------------------------------------------------------------------------------------------

FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>{}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
CHANGE = 'w:id="1" w:author="甲" w:date="2026-01-01T00:00:00Z"'


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (p(FIELD.format(r("乙"))), "域"),
        (p(f'<w:fldSimple w:instr="DATE">{r("乙")}</w:fldSimple>'), "域"),
        (p(f'<w:hyperlink w:anchor="a">{r("乙")}</w:hyperlink>'), "超链接"),
        (p(f"<w:ins {CHANGE}>{r('乙')}</w:ins>"), "修订"),
        (p(f"<w:moveTo {CHANGE}>{r('乙')}</w:moveTo>"), "修订"),
        (p(f'<w:sdt><w:sdtPr><w:dataBinding w:xpath="/a"/></w:sdtPr><w:sdtContent>{r("乙")}</w:sdtContent></w:sdt>'), "内容控件"),
        (f'<w:sdt><w:sdtPr><w:lock w:val="sdtContentLocked"/></w:sdtPr><w:sdtContent>{p("乙")}</w:sdtContent></w:sdt>', "内容控件"),
        (p(f"<w:r><w:ruby><w:rubyPr/><w:rt>{r('yi')}</w:rt><w:rubyBase>{r('乙')}</w:rubyBase></w:ruby></w:r>"), "拼音"),
        (p("<w:r><w:t><![CDATA[乙]]></w:t></w:r>"), "特殊写法"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("mode", MODES)
def test_words_that_are_not_free_are_refused(body: str, words: str, mode: Mode) -> None:
    data = docx(p("甲") + body + p("丙"))
    source = read(data)
    assert words in refusal(data, change(source, "乙", "新"), mode=mode)
    holds(data, change(source, "丙", "新"))  # what is behind it is free


def test_a_control_that_binds_nothing_is_free() -> None:
    data = docx(
        p(f'<w:sdt><w:sdtPr><w:alias w:val="a"/></w:sdtPr><w:sdtContent>{r("甲乙")}</w:sdtContent></w:sdt>')
    )
    holds(data, change(read(data), "乙", "新"))


def test_what_is_between_the_words_and_unseen_is_not_lost() -> None:
    for between in (
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>密</w:t></w:r>",
        f"<w:moveFrom {CHANGE}>{r('移')}</w:moveFrom>",
    ):
        data = docx(p(r("甲") + between + r("乙")))
        assert "隐藏" in refusal(data, change(read(data), "甲乙", "新"))
    data = docx(p('<w:r><w:t>甲</w:t><w:footnoteReference w:id="2"/><w:t>乙</w:t></w:r>'))
    assert "脚注" in refusal(data, change(read(data), "甲乙", "新"))


def test_numerals_and_line_ends_are_refused() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
        '<w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    counted = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    data = docx(p("总体情况", counted) + p("正文"), numbering=numbering)
    source = read(data)
    assert source.text == "一、总体情况\n正文\n"
    assert "自动编号" in refusal(data, change(source, "一、", "二、"))
    assert "自动编号" in refusal(data, change(source, "一、总体", "二、总体"))
    assert "两个段落" in refusal(data, change(source, "情况\n正文", "情况正文"))
    assert "换行" in refusal(data, change(source, "正文", "正\n文"))
    holds(data, change(source, "总体", "总的"))


def test_cells_are_not_run_together() -> None:
    data = docx(tbl(tr("甲", "乙"), tr(tc(p("丙") + p("丁")), "戊")))
    source = read(data)
    assert "单元格" in refusal(data, change(source, f"甲{CELL_MARK}乙", "丙"))
    assert "两个段落" in refusal(data, change(source, "丙 丁", "丙丁"))


def test_the_text_must_be_what_was_read() -> None:
    data = docx(p("甲乙"))
    assert "不符" in refusal(data, Edit(Span(0, 1), "丙", "丁"))


def protected(kind: str, enforced: str = "1") -> bytes:
    settings_ = part("settings", f'<w:documentProtection w:edit="{kind}" w:enforcement="{enforced}"/>')
    return zipped({**members(p("甲乙")), "word/settings.xml": settings_})


@pytest.mark.parametrize(("kind", "word"), [("readOnly", "只读"), ("forms", "窗体"), ("comments", "批注")])
def test_a_protected_document_is_refused(kind: str, word: str) -> None:
    data = protected(kind)
    assert word in refusal(data, change(read(data), "乙", "丙"))
    free = protected(kind, "0")
    holds(free, change(read(free), "乙", "丙"))


def test_a_document_that_permits_tracked_changes_gets_nothing_else() -> None:
    data = protected("trackedChanges")
    edit = change(read(data), "乙", "丙")
    assert read(write(data, [edit])).text == "甲丙\n"
    assert "修订" in refusal(data, edit, mode="direct")


def test_signed_and_strict_documents_are_refused() -> None:
    signed = zipped({**members(p("甲乙")), "_xmlsignatures/sig1.xml": "<Signature/>"})
    assert "签名" in refusal(signed, change(read(signed), "乙", "丙"))
    strict = docx(p("甲乙"), namespace=STRICT)
    assert "Strict" in refusal(strict, change(read(strict), "乙", "丙"))
    wide = zipped(
        {
            **members(""),
            MAIN: part("document", f"<w:body>{p('甲乙')}</w:body>")
            .replace("UTF-8", "UTF-16")
            .encode("utf-16"),
        }
    )
    assert "UTF-8" in refusal(wide, change(read(wide), "乙", "丙"))


# -- other programs ----------------------------------------------------------------------------------------

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"


@pytest.mark.skipif(PROGRAM is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("name", ["", "000_90093137e02060d7.txt"])
def test_libreoffice_opens_what_is_written_and_sees_the_changes(name: str) -> None:
    """The report itself is one that LibreOffice has saved, with all that it writes beside the words."""
    if name and not CORPUS.exists():
        pytest.skip("no collection of published reports beside the project")
    lines = (CORPUS / name).read_text(encoding="utf-8").split("\n") if name else []
    drawn_lines = drawn.docx(
        [Line(line.strip(), "prose") for line in lines if line.strip()], Random(1), Habits()
    )
    data = saved(drawn_lines if name else report(), "docx")
    source = read(data)
    edits = some_edits(source.text, Random(4))
    assert len(edits) > 3
    holds(data, *edits)
    tracked, direct = write(data, edits), write(data, edits, "direct")
    assert is_subsequence(parts(data)[MAIN], parts(tracked)[MAIN])
    assert [n for n, old in packed(data).items() if old != packed(tracked)[n]] == [MAIN]
    back, changed, same = all_saved((tracked, direct, data), "docx")
    assert read(back).text == read(changed).text
    assert read(rejected(back)).text == read(same).text
    assert {e.get(f"{W}author") for e in document(back).iter(f"{W}ins", f"{W}del")} == {"nianbao"}
