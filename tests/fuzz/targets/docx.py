"""A file of Word: any bytes make a report or are refused with a reason, and nothing is unpacked beyond the limits."""

from random import Random

from tests.fuzz import held, seeds
from tests.fuzz.changes import either, elements, listed, pieces, zipped
from tests.fuzz.target import Target

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

    return held.reading(read_docx, data, "报告.docx")


def _seeds() -> list[bytes]:
    from nianbao.testing import compliant
    from readers import docx_files
    from rendering import DOCUMENTS, content

    blocks = content(compliant("2021", "township", 3))
    assert blocks is not None
    blocks = blocks[:_BLOCKS]  # a whole report takes ten times as long
    written = [write(blocks, Random(1)) for kind, write in DOCUMENTS.items() if kind.startswith("docx")]
    small = (docx_files.zipped(docx_files.members(body, _STYLES, _NUMBERING)) for body in (_WORDS, _CELLS))
    return [*written, *small]


# Each element that the reader knows, where Word writes it.
_WORDS = """
<w:p><w:pPr><w:pStyle w:val="b"/><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr><w:rPr><w:vanish w:val="0"/></w:rPr></w:pPr>
<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t xml:space="preserve">一、总体 </w:t><w:tab/><w:br/><w:noBreakHyphen/><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>
<w:ins w:id="1"><w:r><w:t>公开</w:t></w:r></w:ins><w:del w:id="2"><w:r><w:delText>旧</w:delText></w:r></w:del><w:moveFrom w:id="3"><w:r><w:t>移</w:t></w:r></w:moveFrom>
<w:hyperlink><w:r><w:t>网站</w:t></w:r></w:hyperlink><w:smartTag><w:r><w:t>2021年</w:t></w:r></w:smartTag><w:fldSimple w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>
<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>目录</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>
<w:sdt><w:sdtPr/><w:sdtContent><w:p><w:r><w:t>3件</w:t></w:r></w:p></w:sdtContent></w:sdt>
<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent><w:p><w:r><w:t>图1</w:t></w:r></w:p></w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict/></mc:Fallback></mc:AlternateContent></w:r></w:p>
"""
_CELLS = """
<w:tbl><w:tblGrid><w:gridCol w:w="900"/><w:gridCol w:w="900"/><w:gridCol w:w="900"/></w:tblGrid>
<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr><w:tc><w:tcPr><w:tcW w:w="900" w:type="dxa"/><w:gridSpan w:val="2"/></w:tcPr><w:p/></w:tc></w:tr>
<w:tr><w:trPr><w:gridAfter w:val="1"/></w:trPr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>规章</w:t></w:r></w:p></w:tc><w:tc><w:tcPr><w:hMerge w:val="restart"/></w:tcPr><w:p/></w:tc><w:tc><w:tcPr><w:hMerge/></w:tcPr><w:p/></w:tc></w:tr>
<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc><w:tc><w:tcPr><w:cellDel w:id="1"/></w:tcPr><w:p/></w:tc><w:sdt><w:sdtContent><w:tc><w:tcPr><w:cellMerge w:vMerge="cont"/></w:tcPr><w:p/></w:tc></w:sdtContent></w:sdt></w:tr>
<w:tr><w:trPr><w:del w:id="2"/></w:trPr><w:tc><w:tbl><w:tr><w:tc><w:p><w:r><w:t>0</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p/></w:tc></w:tr></w:tbl>
"""
_STYLES = '<w:style w:type="paragraph" w:styleId="a" w:default="1"><w:rPr><w:vanish/></w:rPr></w:style><w:style w:styleId="b"><w:basedOn w:val="a"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
_NUMBERING = '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl><w:lvl w:ilvl="1"><w:lvlRestart w:val="0"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/><w:suff w:val="tab"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="3"/></w:lvlOverride></w:num>'

_TEXT = pieces(r"<[^>]*>|[^<]+|<", (*_VALUES, *seeds.labels()))
_XML = elements(_NAMES, _TEXT)
TARGET = Target(run, _seeds, zipped(either(_XML, _XML, _XML, _TEXT)), longest=2**17)
