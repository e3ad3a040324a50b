"""Blocks as a docx, its XML written by hand, and by python-docx."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from random import Random
from typing import NamedTuple
from xml.sax.saxutils import escape

from rendering.grids import Block, Grid, Line, Slot, pieces

_WIDTH = 9000  # twips of a page between its margins
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/>'
    f'<Override PartName="/word/numbering.xml" ContentType="{_WORD}.numbering+xml"/>'
    "</Types>"
)
_RELATIONS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
)
_OF_DOCUMENT = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    f'<Relationship Id="r2" Type="{_OFFICE}/numbering" Target="numbering.xml"/></Relationships>'
)
_STYLES = (
    f'<w:styles {NAMESPACES}><w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/>'
    '</w:style><w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style></w:styles>'
)
_NUMBERING = (
    f'<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="chineseCountingThousand"/><w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)
_NUMERALS = "一二三四五六七八九十"


class Habits(NamedTuple):
    """What the writer of a docx has done to it that changes no word of it."""

    split: bool = False  # runs end inside words
    edited: bool = False  # changes tracked, words hidden, content controls
    counted: bool = False  # the numerals of the headings are counted by the program


def docx(blocks: Sequence[Block], rng: Random, habits: Habits) -> bytes:
    """Return *blocks* as a docx; *rng* decides where runs end and what was edited."""
    hand = _Hand(rng, habits._replace(counted=habits.counted and _countable(blocks)))
    body = "".join(hand.line(b) if isinstance(b, Line) else hand.table(b) for b in blocks)
    return packed(f"<w:document {NAMESPACES}><w:body>{body}<w:sectPr/></w:body></w:document>")


def packed(document: str) -> bytes:
    """Return the docx whose main part is *document*."""
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELATIONS,
        "word/document.xml": document,
        "word/_rels/document.xml.rels": _OF_DOCUMENT,
        "word/styles.xml": _STYLES,
        "word/numbering.xml": _NUMBERING,
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, xml in parts.items():
            package.writestr(name, _DECLARATION + xml)
    return file.getvalue()


def element(block: Block) -> str:
    """Return *block* as an element of the body of a docx, a table with the empty paragraph behind it."""
    hand = _Hand(Random(0), Habits())
    return hand.line(block) if isinstance(block, Line) else hand.table(block)


def _countable(blocks: Iterable[Block]) -> bool:
    """Return whether the headings are numbered from 一 on without a gap."""
    numerals = [b.text[:2] for b in blocks if isinstance(b, Line) and b.role == "heading"]
    return numerals == [f"{numeral}、" for numeral in _NUMERALS[: len(numerals)]]


class _Hand:
    def __init__(self, rng: Random, habits: Habits) -> None:
        self.rng = rng
        self.habits = habits

    def line(self, line: Line) -> str:
        if line.role == "heading":
            counted = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
            properties = '<w:pStyle w:val="1"/>' + (counted if self.habits.counted else "")
            return self._paragraph(line.text[2 if self.habits.counted else 0 :], properties)
        layout = '<w:jc w:val="center"/>' if line.role == "title" else '<w:ind w:firstLine="420"/>'
        return self._paragraph(line.text, layout)

    def _paragraph(self, text: str, properties: str = "") -> str:
        runs = self._runs(text) if text else ""
        paragraph = f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"
        if self.habits.edited and self.rng.random() < 0.1:
            return f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph}</w:sdtContent></w:sdt>"
        return paragraph

    def _runs(self, text: str) -> str:
        parts = pieces(text, self.rng) if self.habits.split else iter([text])
        return "".join(map(self._edited if self.habits.edited else _run, parts))

    def _edited(self, text: str) -> str:
        """Return a run of *text*, at times with what a word processor keeps of former states around it."""
        change = 'w:id="1" w:author="甲" w:date="2022-01-05T08:00:00Z"'
        return self.rng.choice(
            (
                _run(text),
                f"<w:ins {change}>{_run(text)}</w:ins>",
                f"<w:del {change}><w:r><w:delText>旧文9</w:delText></w:r></w:del>{_run(text)}",
                f"<w:moveFrom {change}>{_run('7移走')}</w:moveFrom>{_run(text)}",
                f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>8隐藏</w:t></w:r>{_run(text)}",
                f'<w:smartTag w:uri="u" w:element="date">{_run(text)}</w:smartTag>',
                f'<w:proofErr w:type="spellStart"/>{_run(text)}<w:proofErr w:type="spellEnd"/>',
                f'<w:bookmarkStart w:id="3" w:name="b"/>{_run(text)}<w:bookmarkEnd w:id="3"/>',
            )
        )

    def table(self, grid: Grid) -> str:
        edges = [_WIDTH * column // grid.columns for column in range(grid.columns + 1)]
        columns = "".join(
            f'<w:gridCol w:w="{edges[column + 1] - edges[column]}"/>' for column in range(grid.columns)
        )
        rows = "".join(self._row(row, edges) for row in grid.lines())
        borders = "".join(
            f'<w:{side} w:val="single" w:sz="4"/>'
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        properties = f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr>"
        # Two tables without a paragraph between them are one.
        return f"<w:tbl>{properties}<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl><w:p/>"

    def _row(self, row: Iterable[tuple[Slot, bool]], edges: Sequence[int]) -> str:
        xml = f"<w:tr>{''.join(self._cell(cell, edges, begun=begun) for cell, begun in row)}</w:tr>"
        if self.habits.edited and self.rng.random() < 0.1:
            return f"<w:sdt><w:sdtPr/><w:sdtContent>{xml}</w:sdtContent></w:sdt>"
        return xml

    def _cell(self, cell: Slot, edges: Sequence[int], *, begun: bool) -> str:
        width = edges[cell.column + cell.columns] - edges[cell.column]
        properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
        if cell.columns > 1:
            properties += f'<w:gridSpan w:val="{cell.columns}"/>'
        if cell.rows > 1:
            properties += "<w:vMerge/>" if begun else '<w:vMerge w:val="restart"/>'
        lines = [""] if begun else cell.text.split("\n")
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(map(self._paragraph, lines))}</w:tc>"


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def by_python_docx(blocks: Iterable[Block]) -> bytes:
    """Return *blocks* as python-docx writes them. Raises ImportError where it is not installed."""
    import docx as library

    document = library.Document()
    for block in blocks:
        if isinstance(block, Line):
            document.add_paragraph(block.text)
            continue
        table = document.add_table(block.rows, block.columns)
        rows = [list(row.cells) for row in table.rows]
        for cell in block.cells:
            last = rows[cell.row + cell.rows - 1][cell.column + cell.columns - 1]
            rows[cell.row][cell.column].merge(last).text = cell.text
        document.add_paragraph()
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()
