"""A new docx: paragraphs and tables on A4, in the type of official documents in China."""

import io
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from typing import Literal

from nianbao_grammar.records import NamedTuple

from nianbao.report.printed import Slot, Slots, expanded
from nianbao.text.inert import inert

Kind = Literal["title", "heading", "subheading", "body", "note"]


class Line(NamedTuple):
    """A paragraph, on a new *page* or below what is before it."""

    kind: Kind
    text: str
    page: bool = False


class Table(NamedTuple):
    """A table whose columns have *widths* in proportion; it takes the width of the page."""

    slots: Slots
    widths: Sequence[int]


Block = Line | Table

_PAGE = (11906, 16838)  # A4, in twips, as all lengths here
_MARGINS = {"top": 2098, "right": 1474, "bottom": 1985, "left": 1588}  # those of GB/T 9704
_WIDTH = _PAGE[0] - _MARGINS["left"] - _MARGINS["right"]
_FEW = 5  # columns that leave room for larger signs
_INSIDE = 40  # beside the text of a cell
_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/>'
    '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    "</Types>"
)
_RELATIONS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="r2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    "</Relationships>"
)
_OF_DOCUMENT = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
)


def docx(blocks: Iterable[Block], *, author: str = "") -> bytes:
    """Return a docx of *blocks*; the same blocks are the same bytes."""
    from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo  # no check writes a new docx

    body = "".join(_line(block) if isinstance(block, Line) else _table(block) for block in blocks)
    margins = "".join(f' w:{side}="{length}"' for side, length in _MARGINS.items())
    page = f'<w:sectPr><w:pgSz w:w="{_PAGE[0]}" w:h="{_PAGE[1]}"/><w:pgMar{margins} w:header="851" w:footer="992" w:gutter="0"/></w:sectPr>'
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELATIONS,
        "word/document.xml": f'<w:document xmlns:w="{_MAIN}"><w:body>{body}{page}</w:body></w:document>',
        "word/_rels/document.xml.rels": _OF_DOCUMENT,
        "word/styles.xml": _styles(),
        "docProps/core.xml": (
            f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
            f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>{_escaped(author)}</dc:creator></cp:coreProperties>'
        ),
    }
    file = io.BytesIO()
    with ZipFile(file, "w") as package:
        for name, xml in parts.items():
            entry = ZipInfo(name)
            entry.compress_type = ZIP_DEFLATED
            package.writestr(entry, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + xml)
    return file.getvalue()


def _escaped(text: str) -> str:
    return inert(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


# -- the looks of paragraphs ------------------------------------------------------------------------------------


def _styles() -> str:
    """Return the styles: 小标宋 for the title, 黑体 for headings, 仿宋 for the text, 宋体 in tables."""
    defaults = f'<w:docDefaults><w:rPrDefault><w:rPr>{_type("仿宋_GB2312", 32)}<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults>'
    body = '<w:spacing w:line="560" w:lineRule="exact"/><w:ind w:firstLineChars="200" w:firstLine="640"/><w:jc w:val="both"/>'
    title = '<w:keepNext/><w:spacing w:after="400" w:line="640" w:lineRule="exact"/><w:jc w:val="center"/>'
    heading = (
        '<w:keepNext/><w:spacing w:before="120" w:after="120" w:line="560" w:lineRule="exact"/>'
        '<w:ind w:firstLineChars="200" w:firstLine="640"/><w:outlineLvl w:val="0"/>'
    )
    cell = '<w:spacing w:line="240" w:lineRule="atLeast"/><w:jc w:val="center"/>'
    note = '<w:spacing w:before="60" w:line="320" w:lineRule="atLeast"/>'
    return (
        f'<w:styles xmlns:w="{_MAIN}">{defaults}'
        '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
        + _style("body", "Body Text", body, _type("仿宋_GB2312", 32))
        + _style("title", "Title", title, _type("方正小标宋简体", 44))
        + _style("heading", "heading 1", heading, _type("黑体", 32))
        + _style(
            "subheading",
            "heading 2",
            "<w:keepNext/>" + body + '<w:outlineLvl w:val="1"/>',
            _type("楷体_GB2312", 32),
        )
        + _style("cell", "表格", cell, _type("宋体", 21))
        + _style("dense", "密表格", cell, _type("宋体", 18))
        + _style("note", "表注", note, _type("宋体", 21))
        + "</w:styles>"
    )


def _style(key: str, name: str, layout: str, letters: str) -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/><w:basedOn w:val="a"/>'
        f"<w:qFormat/><w:pPr>{layout}</w:pPr><w:rPr>{letters}</w:rPr></w:style>"
    )


def _type(font: str, size: int) -> str:
    """Return the type *font*, its *size* in half points."""
    fonts = f'<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{font}" w:cs="Times New Roman"/>'
    return f'{fonts}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'


def _line(line: Line) -> str:
    return _paragraph(line.kind, line.text, "<w:pageBreakBefore/>" if line.page else "")


def _paragraph(style: str, text: str, more: str = "") -> str:
    words = "<w:br/>".join(f'<w:t xml:space="preserve">{_escaped(part)}</w:t>' for part in text.split("\n"))
    run = f"<w:r>{words}</w:r>" if text else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{run}</w:p>'


# -- tables -----------------------------------------------------------------------------------------------------


def _table(table: Table) -> str:
    """Return *table* and an empty paragraph: two tables without one between them are one."""
    ends = list(accumulate(table.widths, initial=0))
    edges = [_WIDTH * end // ends[-1] for end in ends]
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    inside = f'<w:left w:w="{_INSIDE}" w:type="dxa"/><w:right w:w="{_INSIDE}" w:type="dxa"/>'
    looks = (
        f'<w:tblPr><w:tblW w:w="{_WIDTH}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{borders}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{inside}</w:tblCellMar></w:tblPr>'
    )
    columns = "".join(f'<w:gridCol w:w="{end - start}"/>' for start, end in pairwise(edges))
    style = "cell" if len(table.widths) <= _FEW else "dense"
    rows = "".join(_row(row, edges, style) for row in expanded(table.slots))
    return f"<w:tbl>{looks}<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>" + _paragraph("note", "")


def _row(places: Sequence[tuple[Slot, int, int]], edges: Sequence[int], style: str) -> str:
    cells = "".join(
        _cell(slot, down, edges[column + slot.columns] - edges[column], style)
        for column, (slot, down, right) in enumerate(places)
        if not right
    )
    return f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="320" w:hRule="atLeast"/></w:trPr>{cells}</w:tr>'


def _cell(slot: Slot, down: int, width: int, style: str) -> str:
    looks = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    if slot.columns > 1:
        looks += f'<w:gridSpan w:val="{slot.columns}"/>'
    if slot.rows > 1:
        looks += "<w:vMerge/>" if down else '<w:vMerge w:val="restart"/>'
    text = _paragraph(style, "" if down else slot.text, '<w:jc w:val="left"/>' if slot.leading else "")
    return f'<w:tc><w:tcPr>{looks}<w:vAlign w:val="center"/></w:tcPr>{text}</w:tc>'
