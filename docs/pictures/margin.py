"""A page of a PDF with the comments that LibreOffice has left on it beside it, as Word shows them.

LibreOffice lays out the page and says of each comment where it ends and what it says, but without a screen it
draws none in the margin; the boxes are drawn here. Which words a comment is on, the docx says.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import docx
import pdfplumber
from docx.oxml.ns import qn
from PIL import Image, ImageDraw, ImageFont
from pypdf import PdfReader

FONT = "NotoSansCJK-Regular.ttc"
_CHINESE = 2  # of the fonts in that file, the one for 简体中文
_WIDE, _PAD, _SIZE, _LINE = 430, 12, 14, 21  # of a comment: its box, the room in it, its letters, its lines
_GROUND, _EDGE, _INK, _SHADE = "#fdf3e3", "#d9822b", "#1c1f23", "#ffe2b8"
_BELOW = 2.5  # points from the words to the line that leads to their comment
_NEVER_LAST, _NEVER_FIRST = "〔（《“‘【〈", "，。、；：？！”’）》〉】〕·"


class Note(NamedTuple):
    """A comment, the boxes of the words that it is on, and where on the page it ends; in points."""

    said: str
    words: tuple[tuple[float, float, float, float], ...]
    at: tuple[float, float]


def annotated(picture: Image.Image, pdf: Path, number: int, document: Path) -> Image.Image:
    """Return *picture*, page *number* of *pdf*, its commented words shaded, with the comments to the right."""
    with pdfplumber.open(pdf) as opened:
        page = opened.pages[number - 1]
        scale = picture.width / float(page.width)
        marks = [mark.get_object() for mark in PdfReader(pdf).pages[number - 1].get("/Annots", ())]
        notes = sorted(_notes(page, marks, _commented(document)), key=lambda note: note.at[1])
    wide = Image.new("RGB", (picture.width + _WIDE + 2 * _PAD, picture.height), "#f3f5f7")
    wide.paste(picture)
    draw = ImageDraw.Draw(wide)
    font = ImageFont.truetype(FONT, _SIZE, index=_CHINESE)
    top = 0.0
    for note in notes:
        for box in note.words:
            _shade(wide, tuple(round(edge * scale) for edge in box))
        x, y = (edge * scale for edge in note.at)
        lines = [line for part in note.said.split("\n") for line in _lines(part, font)]
        top = max(top + _PAD, y - 2 * _LINE)
        left, bottom = picture.width + _PAD, top + 2 * _PAD + _LINE * len(lines)
        draw.line([(x, y), (picture.width - 2 * _PAD, y), (left, top + _LINE)], fill=_EDGE)
        draw.rounded_rectangle([left, top, left + _WIDE, bottom], 6, fill=_GROUND, outline=_EDGE)
        for row, line in enumerate(lines):
            draw.text((left + _PAD, top + _PAD + row * _LINE), line, fill=_INK, font=font)
        top = bottom
    return wide


def _commented(document: Path) -> dict[str, str]:
    """Return the words that each comment of *document* is on, by what the comment says."""
    opened = docx.Document(str(document))
    said = {str(comment.comment_id): comment.text for comment in opened.comments}
    words = dict.fromkeys(said, "")
    within: set[str] = set()
    for element in opened.element.body.iter():
        if element.tag == qn("w:commentRangeStart"):
            within.add(element.get(qn("w:id")))
        elif element.tag == qn("w:commentRangeEnd"):
            within.discard(element.get(qn("w:id")))
        elif element.tag == qn("w:t"):
            for key in within:
                words[key] += element.text or ""
    return {"".join(said[key].split()): found for key, found in words.items()}


def _notes(
    page: pdfplumber.page.Page, marks: Iterable[Mapping[str, Any]], commented: dict[str, str]
) -> Iterator[Note]:
    for mark in marks:
        said = str(mark.get("/Contents", "")).strip()
        words = commented.get("".join(said.split()))
        if words is None:  # the window that a mark opens
            continue
        x, bottom, _, top = (float(edge) for edge in mark["/Rect"])
        middle = float(page.height) - (top + bottom) / 2
        before = [c for c in page.chars if c["top"] < middle < c["bottom"] and c["x1"] <= x + 1]
        before = sorted((c for c in before if c["text"].strip()), key=lambda c: c["x0"])[-len(words) :]
        boxes = tuple((c["x0"], c["top"], c["x1"], c["bottom"]) for c in before)
        yield Note(said, boxes, (x, max((box[3] for box in boxes), default=middle) + _BELOW))


def _shade(picture: Image.Image, box: tuple[int, ...]) -> None:
    """Colour the paper in *box*; what is printed on it stays."""
    part = picture.crop(box)
    paper = Image.new("RGB", part.size, _SHADE)
    picture.paste(paper, box[:2], part.convert("L").point(lambda tone: 255 if tone > 250 else 0))


def _lines(text: str, font: ImageFont.FreeTypeFont) -> Iterator[str]:
    """Yield *text* in lines that a box holds; none begins with a sign that may not begin one."""
    line = ""
    for piece in re.findall(rf"[{_NEVER_LAST}]*(?:[!-~]+|.)[{_NEVER_FIRST}]*", text):
        if line and font.getlength(line + piece) > _WIDE - 2 * _PAD:
            yield line
            line = ""
        line += piece
    yield line
