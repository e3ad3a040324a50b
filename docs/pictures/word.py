"""A report in text as whoever writes it in Word would lay it out."""

import io
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import docx
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from nianbao.report.report import Report
from nianbao.testing import Draft, compliant, official_forms
from nianbao.text.source import Source

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))
from rendering.grids import Block, Grid, Line, content

SONG, HEI = "Noto Serif CJK SC", "Noto Sans CJK SC"
_SIZES = {"title": 20, "heading": 14, "aspect": 12, "prose": 12}
_WIDTH = 17.0  # cm between the margins
_SMALL = 8  # columns and more make a table of small letters


def word(text: str) -> bytes:
    """Return the report *text*, one of `docs/examples` or like them, as a docx."""
    document = docx.Document()
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm((21 - _WIDTH) / 2)
    page.top_margin = page.bottom_margin = Cm(2)
    _set(document.styles["Normal"], SONG, 12)
    for block in _blocks(text):
        if isinstance(block, Line):
            _write(document.add_paragraph(), block)
        else:
            _draw(document, block)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _blocks(text: str) -> Iterator[Block]:
    """Yield the lines of *text*, and in place of each table that of the form with the same figures."""
    tables = iter([b for b in content(_draft(text), joined=True) or () if isinstance(b, Grid)])
    head = True
    for led, lines in groupby(filter(None, text.split("\n")), lambda line: line.startswith("\t")):
        if led:
            yield next(tables)
            continue
        for line in lines:
            head = head and not line.startswith("本报告")
            heading = line[1:2] == "、"
            yield Line(line, "title" if head else "heading" if heading else "prose")


def _draft(text: str) -> Draft:
    report = Report(Source(text), official_forms())
    draft = compliant()
    for key, table in report.tables.items():
        for row, label in table.rows.items():
            draft.rename(f"{key}/{row}", label.text)
        for cell in table.cells:
            draft.set(cell.address, cell.text)
    return draft


def _set(style: Any, font: str, size: float) -> None:
    """Give *style*, or a run, its letters; Chinese ones are named by an attribute of their own."""
    style.font.name, style.font.size = font, Pt(size)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _write(paragraph: Any, line: Line) -> None:
    run = paragraph.add_run(line.text)
    _set(run, SONG if line.role == "prose" else HEI, _SIZES[line.role])
    layout = paragraph.paragraph_format
    layout.space_before = layout.space_after = Pt(4 if line.role == "heading" else 0)
    layout.line_spacing = 1.5
    if line.role == "title":
        run.font.bold = True
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    else:
        layout.first_line_indent = Pt(2 * _SIZES[line.role])


def _draw(document: Any, grid: Grid) -> None:
    table = document.add_table(grid.rows, grid.columns, style="Table Grid")
    table.autofit = False
    rows = [list(row.cells) for row in table.rows]
    width = Cm(_WIDTH / grid.columns)
    for cell in grid.cells:
        first = rows[cell.row][cell.column]
        made = first.merge(rows[cell.row + cell.rows - 1][cell.column + cell.columns - 1])
        made.width = width * cell.columns
        made.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        paragraph = made.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_after = Pt(0)
        _set(paragraph.add_run(cell.text), SONG, 10.5 if grid.columns < _SMALL else 9)
    document.add_paragraph()
