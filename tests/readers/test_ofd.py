"""OFD: where its signs and lines are, what its programs write in several ways, and hostile files."""

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from itertools import groupby, product
from pathlib import Path
from random import Random
from zipfile import ZIP_STORED, ZipFile

import pytest
from effort import affordable
from nianbao.plugins.builtin import nianbao_add_readers
from nianbao.readers import limits
from nianbao.readers.drawn.page import Glyph, Page, Rule
from nianbao.readers.ofd import read_ofd
from nianbao.readers.ofd.document import pages
from nianbao.readers.ofd.package import Package
from nianbao.report.form import Form
from nianbao.report.report import Report
from nianbao.testing import compliant
from nianbao.text.source import UnreadableError
from rendering import canonical, content
from rendering.hostile import ENTITIES, HOSTILE, one_part
from rendering.ofd import (
    Ruled,
    Sheet,
    Style,
    Words,
    document,
    laid_out,
    ofd,
    package,
    page,
    root_part,
    written,
)

MM = 72 / 25.4  # points


def drawn(data: bytes) -> list[Page]:
    return list(pages(Package(data)))


def signs(objects: str) -> list[tuple[str, float, float, float, float]]:
    """Return the signs that *objects* draw on a page, each with its box in millimetres."""
    (one,) = drawn(document(objects))
    return [(sign, *(pytest.approx(side / MM) for side in box)) for sign, box in one.glyphs]  # type: ignore[misc]


def rules(objects: str) -> list[tuple[bool, float, float, float]]:
    """Return the lines that *objects* draw on a page, in millimetres."""
    (one,) = drawn(document(objects))
    return [(r.upright, *(pytest.approx(x / MM) for x in (r.at, r.start, r.end))) for r in one.rules]  # type: ignore[misc]


def text(code: str, more: str = 'Size="10" Boundary="20 30 100 20"') -> str:
    return f"<TextObject {more}>{code}</TextObject>"


def lefts(code: str) -> list[float]:
    return [left for _, left, *_ in signs(text(code))]


def read(data: bytes) -> str:
    return read_ofd(data, "报告.ofd").text


def refusal(data: bytes) -> str:
    """Return the error that a clerk reads about *data*; it costs no more than anybody waits for."""
    with affordable(2000), pytest.raises(UnreadableError) as raised:
        read_ofd(data, "报告.ofd")
    assert "\n" not in raised.value.reason.zh
    assert "OFD" in raised.value.reason.zh
    assert "OFD" in raised.value.reason.en
    return raised.value.reason.zh


HELLO = text('<TextCode X="0" Y="10">公开</TextCode>')

# -- where signs are ---------------------------------------------------------------------------------------


def test_a_sign_stands_on_its_line_in_its_boundary() -> None:
    """A sign is as high as its size, seven eighths of it above the line; one of Latin script is half as wide."""
    drawn = signs(text('<TextCode X="1" Y="9">公A</TextCode>'))

    assert drawn == [("公", 21, 30.4, 31, 40.4), ("A", 31, 30.4, 36, 40.4)]


def test_a_matrix_scales_moves_and_turns_what_is_in_the_boundary() -> None:
    scaled = text(
        '<TextCode X="10" Y="100">公</TextCode>', 'Size="100" Boundary="20 30 9 9" CTM="0.1 0 0 0.1 2 3"'
    )
    assert signs(scaled) == [("公", 23, 34.4, 33, 44.4)]
    turned = text('<TextCode X="0" Y="0">公</TextCode>', 'Size="10" Boundary="20 30 9 9" CTM="0 1 -1 0 0 0"')
    assert signs(turned) == [("公", 18.6, 30, 28.6, 40)]
    narrow = text('<TextCode X="0" Y="10">公开</TextCode>', 'Size="10" HScale="0.5" Boundary="0 0 9 9"')
    assert [(left, right) for _, left, _, right, _ in signs(narrow)] == [(0, 5), (5, 10)]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ('<TextCode X="0" Y="9" DeltaX="11 12">公开办</TextCode>', [20, 31, 43]),
        ('<TextCode X="0" Y="9" DeltaX="g 2 11 7">公开办公</TextCode>', [20, 31, 42, 49]),
        (
            '<TextCode X="0" Y="9" DeltaX="7 g 9 11">公开办</TextCode>',
            [20, 27, 38],
        ),  # more than there are signs
        (
            '<TextCode X="0" Y="9" DeltaX="11">公开办</TextCode>',
            [20, 31, 41],
        ),  # fewer: a sign has its own width
        ('<TextCode X="0" Y="9">公开</TextCode>', [20, 30]),
        ('<TextCode X="5" Y="9" DeltaX="11">公</TextCode><TextCode Y="19">开</TextCode>', [25, 25]),
        ('<TextCode X="0" Y="9" DeltaX="10 -10" DeltaY="0 15">公开办</TextCode>', [20, 30, 20]),  # two lines
        ('<TextCode X="0" Y="9" DeltaY="10 10">公开办</TextCode>', [20, 20, 20]),  # one above the other
        ('<TextCode X="0" Y="9" DeltaX="g 0 5 g -3 5 8">公开</TextCode>', [20, 28]),
        ('<TextCode X="0" Y="9" DeltaX="">公开</TextCode>', [20, 30]),
    ],
)
def test_steps_lead_from_sign_to_sign(code: str, expected: Sequence[float]) -> None:
    assert lefts(code) == expected


def test_a_wide_sign_without_a_step_leaves_no_gap() -> None:
    """Some programs write each sign for itself; a font has @ nearly as wide as high."""
    words = [(0, "a"), (5, "@"), (14.2, "b")]
    each = "".join(text(f'<TextCode X="{x}" Y="9">{sign}</TextCode>') for x, sign in words)
    assert read(document(each)) == "a@b\n"


def test_an_outline_is_seen() -> None:
    code = '<TextCode X="0" Y="9">公开</TextCode>'
    assert read(document(text(code, 'Size="10" Boundary="0 0 9 9" Fill="false" Stroke="true"'))) == "公开\n"


def test_a_step_turns_with_its_matrix() -> None:
    code = '<TextCode X="0" Y="0" DeltaX="12">公开</TextCode>'
    assert [
        top for _, _, top, _, _ in signs(text(code, 'Size="10" Boundary="20 30 9 9" CTM="0 1 -1 0 0 0"'))
    ] == [30, 42]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("\n公开", "公开"),
        ("\r\n        公开\n      ", "公开"),
        ("  公开 ", "  公开 "),  # signs: they have steps
        ("公&amp;&#24320;", "公&开"),
        ("<![CDATA[公<开]]>", "公<开"),
    ],
)
def test_a_line_end_of_the_xml_is_no_sign(written: str, expected: str) -> None:
    assert (
        "".join(sign for sign, *_ in signs(text(f'<TextCode X="0" Y="9">{written}</TextCode>'))) == expected
    )


def test_a_sign_that_the_font_alone_knows_is_named_as_such() -> None:
    assert [sign for sign, *_ in signs(text('<TextCode X="0" Y="9">公\ue123⼀</TextCode>'))] == [
        "公",
        "\ufffd",
        "一",
    ]


def test_glyph_numbers_change_nothing() -> None:
    code = '<CGTransform CodePosition="0" CodeCount="2" GlyphCount="1"><Glyphs>191</Glyphs></CGTransform>'
    assert [sign for sign, *_ in signs(text(code + '<TextCode X="0" Y="9">fi</TextCode>'))] == ["f", "i"]


# -- what no one sees --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "objects",
    [
        text('<TextCode X="0" Y="10">草稿</TextCode>', 'Size="10" Boundary="0 0 9 9" Visible="false"'),
        text('<TextCode X="0" Y="10">草稿</TextCode>', 'Size="10" Boundary="0 0 9 9" Alpha="0"'),
        text(
            '<TextCode X="0" Y="10">草稿</TextCode>',
            'Size="10" Boundary="0 0 9 9" CTM="0.7 0.7 -0.7 0.7 0 0"',
        ),
        text('<TextCode X="0" Y="10">草稿</TextCode>', 'Size="0" Boundary="0 0 9 9"'),
        text('<TextCode X="0" Y="10">草稿</TextCode>', 'Size="10" Boundary="0 0 9 9" Fill="false"'),
        text('<FillColor Value="0 0 0" Alpha="0"/><TextCode X="0" Y="10">草稿</TextCode>'),
        f'<PageBlock Visible="false">{HELLO}</PageBlock>',
        f'<PageBlock Alpha="0">{HELLO}</PageBlock>',
        f"<Other>{HELLO}</Other>",
    ],
)
def test_what_is_not_shown_or_stands_aslant_is_not_read(objects: str) -> None:
    below = text('<TextCode X="0" Y="100">正文</TextCode>')
    assert read(document(objects + below)) == "正文\n"


def test_stamps_and_annotations_are_not_read() -> None:
    more = {
        "D/Annots.xml": '<Annotations><Page PageID="0"><FileLoc>Annot.xml</FileLoc></Page></Annotations>',
        "D/Annot.xml": f'<PageAnnot><Annot Type="Watermark"><Appearance>{HELLO}</Appearance></Annot></PageAnnot>',
    }
    assert read(document(text('<TextCode X="0" Y="9">正文</TextCode>'), more=more)) == "正文\n"


PICTURE = '<ImageObject Boundary="0 0 210 297" CTM="210 0 0 297 0 0"/>'


def test_a_scan_is_told_and_the_signs_behind_it_are_its_text() -> None:
    """A program that recognises text lays it behind the picture, where no one sees it."""
    unseen = text('<TextCode X="0" Y="10">公开</TextCode>', 'Size="10" Boundary="20 30 9 9" Alpha="0"')
    assert "扫描件" in refusal(document(PICTURE))
    assert "扫描件" in refusal(document('<ImageObject Boundary="0 0 210 297"/>'))
    assert read(document(PICTURE + unseen)) == "公开\n"
    seen = text('<TextCode X="0" Y="100">正文。</TextCode>')
    assert (
        read(document(PICTURE + unseen + seen)) == "正文。\n"
    )  # a letterhead, and a mark of who has printed it
    number = text('<TextCode X="0" Y="100">甲</TextCode>')
    assert read(document(PICTURE + unseen + number)) == "公开\n甲\n"
    assert "没有文字" in refusal(document(unseen))


# -- lines -------------------------------------------------------------------------------------------------


def path(data: str, more: str = "") -> str:
    return f'<PathObject Boundary="10 20 9 9" {more}><AbbreviatedData>{data}</AbbreviatedData></PathObject>'


@pytest.mark.parametrize(
    ("objects", "expected"),
    [
        (path("M 0 0 L 50 0"), [(False, 20, 10, 60)]),
        (path("M 0 0 L 0 50"), [(True, 10, 20, 70)]),
        (path("S 0 0 L 50 0 C"), [(False, 20, 10, 60)]),
        (path("M0 0L50,0"), [(False, 20, 10, 60)]),
        (path("M 0 0 L 50 30"), []),  # aslant
        (path("M 0 0 B 1 1 2 2 50 0 L 50 40"), [(False, 20, 10, 60), (True, 60, 20, 60)]),
        (path("M 0 0 Q 1 1 50 0"), [(False, 20, 10, 60)]),
        (path("M 0 0 A 5 5 0 0 1 50 0"), [(False, 20, 10, 60)]),
        (path("M 0 0 L 50 0 M 0 10 L 50 10"), [(False, 20, 10, 60), (False, 30, 10, 60)]),
        (path("M 0 0 L 50 0 L 50 0.35 L 0 0.35 C", 'Fill="true" Stroke="false"'), [(False, 20.175, 10, 60)]),
        (path("M 0 0 L 50 0 L 50 9 L 0 9 C", 'Fill="true" Stroke="false"'), []),  # a shaded row
        (path("M 0 0 L 0.35 0 L 0.35 50 L 0 50 C", 'Fill="true"'), [(True, 10.175, 20, 70)]),
        (path("M 0 0 L 50 0", 'Stroke="false"'), []),
        (path("M 0 0 L 50 0", 'Alpha="0"'), []),
        (path("M 0 0 L 50 0", 'Visible="false"'), []),
        (path("M 0 0 L 500 0", 'CTM="0.1 0 0 0.1 0 5"'), [(False, 25, 10, 60)]),
        ('<PathObject Boundary="0 0 9 9"/>', []),
        (path("M 0 0"), []),
    ],
)
def test_lines_are_those_of_strokes_and_of_thin_shapes(
    objects: str, expected: Sequence[tuple[bool, float, float, float]]
) -> None:
    assert rules(objects) == expected


# -- what is on a page -------------------------------------------------------------------------------------


def test_blocks_and_composites_draw_what_is_in_them() -> None:
    """A composite in the coordinates of its own, wherever and as often as it is used."""
    units = f'<Res><CompositeGraphicUnits><CompositeGraphicUnit ID="7" Width="9" Height="9"><Content>{HELLO}</Content></CompositeGraphicUnit></CompositeGraphicUnits></Res>'
    uses = "".join(f'<CompositeObject ResourceID="7" Boundary="0 {y} 9 9"/>' for y in (0, 50))
    for where in ("PublicRes", "DocumentRes"):
        data = document(uses, common=f"<{where}>R.xml</{where}>", more={"D/R.xml": units})
        assert [round(glyph.box.top / MM, 1) for glyph in drawn(data)[0].glyphs] == [31.4, 31.4, 81.4, 81.4]
    assert read(document(f"<PageBlock><PageBlock>{HELLO}</PageBlock></PageBlock>")) == "公开\n"
    assert read(document(HELLO + '<CompositeObject ResourceID="none"/>')) == "公开\n"


def test_a_page_has_resources_of_its_own() -> None:
    unit = f'<CompositeGraphicUnits><CompositeGraphicUnit ID="7"><Content>{HELLO}</Content></CompositeGraphicUnit></CompositeGraphicUnits>'
    own = page(Style(), "<PageRes>Own.xml</PageRes>", '<CompositeObject ResourceID="7"/>')
    more = {"D/P0.xml": own, "D/Own.xml": f"<Res>{unit}</Res>"}
    assert read(document("", '<CompositeObject ResourceID="7"/>', more=more)) == "公开\n"


def test_a_page_is_drawn_on_its_templates_in_their_order() -> None:
    def words(said: str) -> str:
        return page(
            Style(),
            "<Area><PhysicalBox>0 0 100 50</PhysicalBox></Area>",
            text(f'<TextCode X="0" Y="9">{said}</TextCode>'),
        )

    common = (
        '<TemplatePage ID="1" BaseLoc="T1.xml"/><TemplatePage ID="2" BaseLoc="T2.xml" ZOrder="Foreground"/>'
        '<TemplatePage ID="3" BaseLoc="none.xml"/>'
    )
    uses = '<Template TemplateID="2"/><Template TemplateID="1"/><Template TemplateID="9"/>'
    more = {"D/P0.xml": page(Style(), uses, HELLO), "D/T1.xml": words("后"), "D/T2.xml": words("前")}
    (one,) = drawn(document("", common=common, more=more))

    assert "".join(glyph.text for glyph in one.glyphs) == "后公开前"
    assert (round(one.width / MM), round(one.height / MM)) == (100, 50)


def test_the_documents_of_a_file_are_read_in_order() -> None:
    def at(name: str) -> str:
        return f'<Document><Pages><Page ID="1" BaseLoc="{name}"/></Pages></Document>'

    def words(said: str) -> str:
        return page(Style(), "", text(f'<TextCode X="0" Y="9">{said}</TextCode>'))

    parts = {
        "OFD.xml": root_part("B/Document.xml", "A/Document.xml"),
        "A/Document.xml": at("P.xml"),
        "A/P.xml": words("二"),
        "B/Document.xml": at("P.xml"),
        "B/P.xml": words("一"),
    }
    assert read(package(parts)) == "一\n二\n"
    assert [one.number for one in drawn(package(parts))] == [1, 2]


# -- how programs name things ------------------------------------------------------------------------------


def _named(root: str, location: str, name: str, document_at: str = "Doc_0/Document.xml") -> bytes:
    """Return a file whose document is at *root*, with a page that it calls *location* and the zip *name*."""
    return package(
        {
            "OFD.xml": root_part(root),
            document_at: f'<Document><Pages><Page BaseLoc="{location}"/></Pages></Document>',
            name: page(Style(), "", HELLO),
        }
    )


@pytest.mark.parametrize(
    "data",
    [
        _named("Doc_0/Document.xml", "Pages/P.xml", "Doc_0/Pages/P.xml"),
        _named("/Doc_0/Document.xml", "/Doc_0/Pages/P.xml", "Doc_0/Pages/P.xml"),
        _named("Doc_0/Document.xml", "Doc_0/Pages/P.xml", "Doc_0/Pages/P.xml"),  # from the root all the same
        _named("DOC_0/document.XML", "pages/p.xml", "Doc_0/Pages/P.xml"),
        _named("Doc_0\\Document.xml", "Pages\\P.xml", "Doc_0/Pages/P.xml"),
        _named("Doc_0/Document.xml", "./Pages/../Pages/P.xml", "Doc_0/Pages/P.xml"),
        _named(" Doc_0/Document.xml\n", "页/内容.xml", "Doc_0/页/内容.xml"),
        _named("Doc_1/Document_0.xml", "P.xml", "Doc_1/P.xml", "Doc_1/Document_0.xml"),
        _named("/Doc_0/Document.xml", "P.xml", "Doc_0/P.xml", "/Doc_0/Document.xml"),
        _named("Doc_0/Document.xml", "/p.XML", "P.xml"),
    ],
)
def test_a_part_is_found_however_it_is_named(data: bytes) -> None:
    assert read(data) == "公开\n"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_names_that_do_not_say_their_encoding_are_found(encoding: str) -> None:
    data = _named("Doc_0/Document.xml", "页面/内容.xml", "Doc_0/页面/内容.xml")
    plain, flagged = "Doc_0/页面/内容.xml".encode(encoding), "Doc_0/页面/内容.xml".encode()
    other = _named("Doc_0/Document.xml", "页面/内容.xml", "Doc_0/" + "x" * (len(plain) - 10) + ".xml")
    stand_in = ("Doc_0/" + "x" * (len(plain) - 10) + ".xml").encode()

    assert flagged in data
    assert read(other.replace(stand_in, plain)) == "公开\n"


def test_of_two_names_that_differ_in_case_the_one_as_written_is_meant() -> None:
    right = page(Style(), "", HELLO)
    parts = {"D/P0.xml": right, "D/p0.xml": page(Style(), "", "")}
    assert read(document("", more=parts)) == "公开\n"
    both = document(HELLO, more={"D/a.xml": right, "D/A.xml": right}).replace(b"P0.xml", b"zzzzzz")
    assert "不完整" in refusal(both)


@pytest.mark.parametrize("namespace", ["http://www.ofdspec.org/2016", "http://www.ofdspec.org", "urn:x"])
def test_the_namespace_does_not_matter(namespace: str) -> None:
    assert read(written(laid_out(_blocks()), Style(namespace))) == canonical(_blocks())


BROKEN = {
    "annotations": ("<Annotations>A.xml</Annotations>", "", ""),
    "tags": ("<CustomTags>A.xml</CustomTags>", "", ""),
    "attachments": ("<Attachments>A.xml</Attachments>", "", ""),
    "resources": ("", "<PublicRes>A.xml</PublicRes><DocumentRes>none.xml</DocumentRes>", ""),
    "signatures": ("", "", "<Signatures>D/A.xml</Signatures>"),
    "a template that is not used": ("", '<TemplatePage ID="1" BaseLoc="A.xml"/>', ""),
}


@pytest.mark.parametrize("what", BROKEN)
@pytest.mark.parametrize(
    "data", ["", "<a><b></a>", "<!DOCTYPE a><a/>", '<?xml version="1.0" encoding="GBK"?><a>公</a>']
)
def test_a_part_that_is_not_needed_may_be_broken(what: str, data: str) -> None:
    beside, common, body = BROKEN[what]
    assert read(document(HELLO, common=common, beside=beside, body=body, more={"D/A.xml": data})) == "公开\n"


# -- signed, attached, encrypted ---------------------------------------------------------------------------


def test_a_signed_file_is_read_and_said_to_be_signed() -> None:
    body = "<Signatures>/D/Signs.xml</Signatures>"
    signed = document(
        HELLO, body=body, more={"D/Signs.xml": '<Signatures><Signature ID="1" BaseLoc="S.xml"/></Signatures>'}
    )
    source = read_ofd(signed, "报告.ofd")
    assert source.text == "公开\n"
    assert [remark.zh.partition("，")[0] for remark in source.remarks] == ["OFD 带有电子签章"]
    emptied = document(
        HELLO, body=body, more={"D/Signs.xml": "<Signatures><MaxSignId>0</MaxSignId></Signatures>"}
    )
    assert read_ofd(emptied, "报告.ofd").remarks == ()


def test_a_report_that_is_attached_is_named_and_not_read() -> None:
    def attached(*names: str) -> tuple[str, ...]:
        list_ = "".join(
            f'<Attachment ID="{n}" Name="{n}"><FileLoc>F/{n}</FileLoc></Attachment>' for n in names
        )
        beside = "<Attachments>A.xml</Attachments>"
        data = document(HELLO, beside=beside, more={"D/A.xml": f"<Attachments>{list_}</Attachments>"})
        return tuple(remark.zh for remark in read_ofd(data, "报告.ofd").remarks)

    assert attached("original_invoice.xml", "图.png", "data.xbrl") == ()
    (said,) = attached("年报.docx", "封面.png", "附表.pdf")
    assert "（年报.docx、附表.pdf）" in said
    assert "没有读" in said
    assert len(attached("长" * 9_000 + ".docx")[0]) < 200


def _locked() -> bytes:
    """Return a file whose first part says that it is encrypted."""
    data = bytearray(document(HELLO))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        data[at + flags] |= 1
    return bytes(data)


def test_an_encrypted_file_is_said_to_be_encrypted() -> None:
    assert "加密" in refusal(package({"Encryptions.xml": "<Encryptions/>", "1.dat": b"\1\2\3"}))
    assert "加密" in refusal(document(HELLO, more={"Encryptions.xml": "<Encryptions/>"}))
    assert "加密" in refusal(_locked())


# -- which file is one -------------------------------------------------------------------------------------


def kind(data: bytes) -> str:
    return next(reader.name for reader in nianbao_add_readers() if reader.recognises(data, "a.docx"))


def test_a_file_is_known_by_the_part_at_its_root() -> None:
    """Not by one in a folder, nor by an OFD that is stored in a docx."""
    assert kind(document(HELLO)) == "ofd"
    assert kind(package({"x": "", "Encryptions.xml": ""})) == "ofd"
    assert kind(package({"ofd.xml": ""})) == "ofd"
    assert kind(package({"a/OFD.xml": "", "[Content_Types].xml": ""})) != "ofd"
    assert kind(_stored("word/embeddings/a.bin", document(HELLO))) != "ofd"
    whole = document(HELLO)
    assert {kind(whole[:cut]) for cut in range(60, len(whole), 50)} == {"ofd"}


def _stored(name: str, data: bytes) -> bytes:
    import io

    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_STORED) as archive:
        archive.writestr(name, data)
    return file.getvalue()


def test_a_file_that_is_cut_off_or_has_a_wrong_byte_is_refused_or_read() -> None:
    """Never anything else, and what is read of it is what it says."""
    whole = document(HELLO)
    for cut in range(0, len(whole), 7):
        assert "OFD" in refusal(whole[:cut])
    for at in range(0, len(whole), 3):
        data = whole[:at] + bytes([whole[at] ^ 0x20]) + whole[at + 1 :]
        with suppress(UnreadableError):
            assert read(data) == "公开\n"


# -- whole reports -----------------------------------------------------------------------------------------

STYLES = [
    Style("http://www.ofdspec.org/2016", *habits)
    for habits in product((False, True), repeat=len(Style._fields) - 1)
]


def _blocks(seed: int = 3) -> Sequence[object]:
    blocks = content(compliant("2021", "county", seed), joined=bool(seed % 2))
    assert blocks is not None
    return blocks


@pytest.mark.parametrize("style", STYLES[::9] + STYLES[-1:])
def test_a_report_reads_as_it_was_written(style: Style, forms: Sequence[Form]) -> None:
    """Every cell by its address, every paragraph on one line, however a program draws them."""
    draft = compliant("2021", "county", 3)
    data = written(laid_out(_blocks()), style)
    source = read_ofd(data, "报告.ofd")
    report = Report(source, forms)

    assert {
        cell.address: cell.text for table in report.tables.values() for cell in table.cells
    } == draft.cells
    assert source.text == canonical(_blocks())
    assert (source.kind, source.path, source.visible) == ("ofd", "报告.ofd", False)
    again = read_ofd(data, "报告.ofd")
    assert (again.text, again.segments) == (source.text, source.segments)


def test_the_same_pages_are_drawn_in_every_style() -> None:
    def seen(style: Style) -> list[tuple[object, ...]]:
        return [
            (sign.text, *(round(side, 1) for side in sign.box))
            for one in drawn(written(sheets, style))
            for sign in one.glyphs
        ]

    sheets = laid_out(_blocks(4))
    first, *others = map(seen, STYLES[::7])
    for other in others:
        assert all(
            one[0] == two[0] and all(abs(a - b) < 0.2 for a, b in zip(one[1:], two[1:], strict=True))  # type: ignore[operator]
            for one, two in zip(first, other, strict=True)
        )


CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
SAMPLES = Path(__file__).parents[3] / "shared" / "ofd"


def again(pages_: Sequence[Page]) -> bytes:
    """Return *pages_* as OFD: each line of signs, each line and each picture where it is."""
    sheets = []
    for one in pages_:
        sheet = Sheet([], [], [], one.width / MM, one.height / MM)
        for (top, bottom), group in groupby(one.glyphs, lambda glyph: (glyph.box.top, glyph.box.bottom)):
            sheet.words.append(_line(list(group), top / MM, bottom / MM))
        sheet.lines.extend(map(_ruled, one.rules))
        sheet.pictures.extend((b.left / MM, b.top / MM, b.width / MM, b.height / MM) for b in one.pictures)
        sheets.append(sheet)
    return written(sheets)


def _line(glyphs: Sequence[Glyph], top: float, bottom: float) -> Words:
    left = [glyph.box.left / MM for glyph in glyphs]
    steps = [b - a for a, b in zip(left, [*left[1:], glyphs[-1].box.right / MM], strict=True)]
    said = "".join(glyph.text for glyph in glyphs)
    return Words(left[0], bottom - 0.14 * (bottom - top), bottom - top, said, tuple(steps))


def _ruled(rule: Rule) -> Ruled:
    at, start, end = rule.at / MM, rule.start / MM, rule.end / MM
    return Ruled(at, start, at, end) if rule.upright else Ruled(start, at, end, at)


@pytest.mark.skipif(not CORPUS.exists(), reason="no collection of published reports beside the project")
def test_a_published_pdf_written_as_ofd_has_the_text_of_the_pdf() -> None:
    pytest.importorskip("pypdfium2_raw")
    from nianbao.readers import pdf

    for one in sorted(CORPUS.glob("*.pdf")):
        data = one.read_bytes()
        assert read(again(pdf.drawn(data))) == pdf.read_pdf(data, "报告.pdf").text


@pytest.mark.skipif(not SAMPLES.exists(), reason="no files of other programs beside the project")
def test_files_of_other_programs_read_as_the_list_beside_them_says() -> None:
    """The list has the text of each in the order of its rows."""
    listed = re.findall(
        r"(?m)^\| (\S+\.ofd) \|.*\| ([^|]+) \|$", (SAMPLES / "INDEX.md").read_text(encoding="utf-8")
    )
    assert len(listed) == len(list(SAMPLES.glob("*.ofd")))
    for name, said in listed:
        data = (SAMPLES / name).read_bytes()
        if said == "none":
            assert "没有文字" in refusal(data)
            continue
        found = "".join(read(data).split())
        said = re.sub(r"page 2:|table:|table of [^\u4e00-\u9fff]*\d+(?=、)| is the only line", " ", said)
        for words in re.split(r" / | · |; ", said):
            assert "".join(words.split()) in found, (name, words)
        if "the only line" in said:
            assert read(data).count("\n") == 1


# -- hostile files -----------------------------------------------------------------------------------------


def _circle() -> bytes:
    unit = '<CompositeGraphicUnit ID="0"><Content><CompositeObject ResourceID="0"/></Content></CompositeGraphicUnit>'
    resources = f"<Res><CompositeGraphicUnits>{unit}</CompositeGraphicUnits></Res>"
    return document(
        '<CompositeObject ResourceID="0"/>',
        common="<PublicRes>R.xml</PublicRes>",
        more={"D/R.xml": resources},
    )


LINES = path("M 0 0 L 9 9") * 2_000
TEMPLATE = '<TemplatePage ID="1" BaseLoc="T.xml"/>'


def _numbers(code: str) -> Callable[[], bytes]:
    return lambda: document(HELLO + text(code))


BAD: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "composites that double": (HOSTILE["composites.ofd"], "过大"),
    "composites in a circle": (_circle, "过大"),
    "blocks in blocks": (lambda: document("<PageBlock>" * 40 + HELLO + "</PageBlock>" * 40), "过大"),
    "one part as five hundred pages": (HOSTILE["pages.ofd"], "500 页"),
    "one part as two hundred pages": (lambda: one_part(200, HELLO + LINES), "过大"),
    "one template of two hundred pages": (
        lambda: one_part(
            200, HELLO, '<Template TemplateID="1"/>', TEMPLATE, {"D/T.xml": page(Style(), "", LINES)}
        ),
        "过大",
    ),
    "a million steps of a path": (lambda: document(HELLO + path("M 0 0 " + "L 9 9 " * 600_000)), "过大"),
    "more steps than signs": (
        _numbers(f'<TextCode X="0" Y="0" DeltaX="{"1 " * 1_000_001}">公开</TextCode>'),
        "过大",
    ),
    "more elements than there may be": (lambda: document("<a/>" * 700_000), "过大"),
    "a part of zeros": (lambda: document(HELLO, more={"D/P0.xml": bytes(30 * 2**20)}), "过大"),
    "parts that are too much together": (lambda: document(*["<!--" + " " * 4_000_000 + "-->"] * 5), "过大"),
    "elements in elements": (lambda: document("<a>" * 100_000 + "</a>" * 100_000), "嵌套"),
    "entities": (HOSTILE["entities.ofd"], "DOCTYPE"),
    "entities in UTF-16": (lambda: document(HELLO, more={"D/P0.xml": ENTITIES.encode("utf-16")}), "DOCTYPE"),
    "GBK": (
        lambda: document(
            HELLO, more={"D/P0.xml": '<?xml version="1.0" encoding="GBK"?><Page>公</Page>'.encode("gbk")}
        ),
        "损坏",
    ),
    "more parts than there may be": (
        lambda: document(HELLO, more={f"{n}": "" for n in range(5_100)}),
        "过大",
    ),
    "a part twice": (
        lambda: document(HELLO, more={"D/Q0.xml": ""}).replace(b"D/Q0.xml", b"D/P0.xml"),
        "两个",
    ),
    "a page that is not there": (lambda: document(HELLO).replace(b"D/P0.xml", b"D/X0.xml"), "不完整"),
    "no document": (lambda: package({"OFD.xml": root_part()}), "不完整"),
    "no root": (lambda: package({"OFD.xml": ""}), "损坏"),
    "no zip": (lambda: b"PK\x03\x04", "损坏"),
    "not a number": (_numbers('<TextCode X="nan" Y="0">公</TextCode>'), "损坏"),
    "an endless step": (_numbers('<TextCode X="0" Y="0" DeltaX="inf">公开</TextCode>'), "损坏"),
    "a number that is too large": (_numbers('<TextCode X="1e999" Y="0">公</TextCode>'), "损坏"),
    "a place that is too far": (
        lambda: document(
            text('<TextCode X="1e300" Y="0">公</TextCode>', 'Size="1" CTM="1e300 0 0 1e300 0 0"')
        ),
        "损坏",
    ),
    "a line that is too far": (
        lambda: document(HELLO + path("M 1e300 0 L 9 9", 'CTM="1e300 0 0 1 0 0"')),
        "损坏",
    ),
    "a picture that is too far": (
        lambda: document(HELLO + '<ImageObject Boundary="0 0 9 9" CTM="1e308 0 0 1e308 1e308 1e308"/>'),
        "损坏",
    ),
    "words for a number": (_numbers('<TextCode X="left" Y="0">公</TextCode>'), "损坏"),
    "steps without their number": (_numbers('<TextCode X="0" Y="0" DeltaX="g 5">公开</TextCode>'), "损坏"),
    "a path of other words": (lambda: document(HELLO + path("M 0 0 X 5 5")), "损坏"),
    "a path without its end": (lambda: document(HELLO + path("M 0 0 L 5")), "损坏"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_hostile_file_is_refused_in_one_line(name: str) -> None:
    make, words = BAD[name]
    assert words in refusal(make())


@pytest.mark.parametrize("steps", ["g 1000000000 5", "g 1e300 5", "g 99999999999999999999 5"])
def test_steps_are_never_more_than_the_signs(steps: str) -> None:
    with affordable(100):
        assert lefts(f'<TextCode X="0" Y="9" DeltaX="{steps}">公开办</TextCode>') == [20, 25, 30]


def test_a_file_that_is_too_large_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "OFD_BYTES", 2**20)
    assert "超过 1 MiB" in refusal(b"PK\x03\x04".ljust(2**20 + 1))


@pytest.mark.parametrize(
    "limit", ["OBJECTS", "NUMBERS", "GLYPHS", "LINES", "TAGS", "ALL_BYTES", "PAGES", "PARTS"]
)
def test_what_is_used_again_counts_again(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each bound is one of the whole file, however its parts share it."""
    one = text('<TextCode X="0" Y="9" DeltaX="10">公开</TextCode>') + path("M 0 0 L 50 0")
    data = one_part(20, one)
    monkeypatch.setattr(limits, f"OFD_{limit}", 2 if limit == "PARTS" else 19)

    assert re.search("过大|19 页", refusal(data))
    monkeypatch.setattr(limits, f"OFD_{limit}", 10_000)
    assert "公开" in read(data)


def test_drawn_reports_differ_by_their_seed() -> None:
    """So that the tests of all kinds meet every style."""
    assert len({ofd(_blocks(), Random(seed)) for seed in range(8)}) > 4
