"""A file of Word: any bytes make a report or are refused with a reason, and nothing is unpacked beyond the limits."""

from random import Random

from nianbao.text.source import UnreadableError

from tests.fuzz import held, seeds
from tests.fuzz.changes import either, elements, listed, pieces, zipped
from tests.fuzz.target import Refused, Target

_NAMES = (
    *listed("w:p w:r w:t w:pPr w:rPr w:tbl w:tr w:tc w:tcPr w:trPr w:tblGrid w:ins w:del w:delText w:moveFrom w:sdt w:sdtContent w:hyperlink w:instrText w:txbxContent"),
    *listed("w:tab w:br w:cr w:noBreakHyphen w:vanish w:drawing w:pict w:vMerge w:hMerge w:numPr w:pageBreakBefore w:smartTag mc:AlternateContent mc:Choice mc:Fallback"),
    'w:gridSpan w:val="63"', 'w:gridSpan w:val="0"', 'w:gridSpan w:val="-2"', 'w:gridBefore w:val="9"', 'w:gridAfter w:val="2"', 'w:vMerge w:val="restart"',
    'w:hMerge w:val="restart"', 'w:fldChar w:fldCharType="begin"', 'w:fldChar w:fldCharType="separate"', 'w:fldChar w:fldCharType="end"',
    'w:fldSimple w:instr="PAGE"', 'w:numId w:val="1"', 'w:ilvl w:val="8"', 'w:ilvl w:val="-1"', 'w:lvlText w:val="%1.%9"', 'w:numFmt w:val="chineseCounting"',
    'w:start w:val="2147483647"', 'w:pStyle w:val="a"', 'w:basedOn w:val="1"', 'w:vertAlign w:val="superscript"', 'w:sym w:font="Wingdings" w:char="F0FE"',
    'w:tcW w:w="nan" w:type="dxa"', 'w:gridCol w:w="1e400"', 'w:vanish w:val="0"', 'w:footnoteReference w:id="1"', 'w:outlineLvl w:val="0"', 'w:lvlRestart w:val="0"',
)  # fmt: skip
_VALUES = (
    "continue",
    "restart",
    "-1",
    "0",
    "64",
    "99999999999",
    "true",
    "off",
    "%1",
    "chineseLegalSimplified",
    "<!DOCTYPE a [<!ENTITY b 'c'>]>",
    "&b;",
    "UTF-16",
    "</w:p>",
)

_BLOCKS = 12


def run(data: bytes) -> object:
    """Return the text of *data* and the cells of the report in it."""
    from nianbao.readers.docx import read_docx

    try:
        read = read_docx(data, "报告.docx")
    except UnreadableError as error:
        return Refused(held.reason(error.reason.zh))
    return held.source(read), held.report(read)


def _seeds() -> list[bytes]:
    from nianbao.testing import compliant
    from readers.docx_files import members
    from readers.docx_files import zipped as packed
    from rendering import DOCUMENTS, content

    blocks = content(compliant("2021", "township", 3))
    assert blocks is not None
    blocks = blocks[:_BLOCKS]  # a whole report takes ten times as long
    written = [write(blocks, Random(1)) for kind, write in DOCUMENTS.items() if kind.startswith("docx")]
    small = members(
        "<w:p><w:r><w:t>一、总体情况</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>",
        '<w:style w:styleId="a"><w:basedOn w:val="b"/></w:style>',
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
    )
    return [*written, packed(small)]


_TEXT = pieces(r"<[^>]*>|[^<]+|<", (*_VALUES, *seeds.labels()))
_XML = elements(_NAMES, _TEXT)
TARGET = Target(run, _seeds, zipped(either(_XML, _XML, _XML, _TEXT)), longest=2**17)
