"""Findings as highlights with notes in a PDF, appended to the bytes of the file."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from nianbao_grammar.records import NamedTuple

from nianbao.annotate.notes import Note, Style, note_lines
from nianbao.engine.verdict import Verdict
from nianbao.files.own import AUTHOR
from nianbao.readers.drawn.page import Box, Glyph, around
from nianbao.readers.pdf import drawn
from nianbao.text.inert import inert
from nianbao.text.language import Text
from nianbao.text.source import Segment, Source, Span, UnreadableError
from nianbao.writers.segments import nearest, origin_start, touching
from nianbao.writers.writer import RefusedError

if TYPE_CHECKING:
    from pypdf import PageObject, PdfWriter

_COLOURS = {"error": "ffb3a7", "warning": "ffe28a", "info": "bcdcff"}
_MARGIN = 1.0  # points around the marked words: a figure alone is small
_SAME = 0.5  # points between two glyphs that are one, drawn twice to look bold
_PRINTED = 4  # the flag of an annotation that is printed

_MISSING = Text(
    '批注 PDF 需要另外安装组件：请运行 pip install "nianbao[pdf]"',
    'annotating a PDF needs one more package: run pip install "nianbao[pdf]"',
)
_ENCRYPTED = Text(
    "PDF 设了密码或者权限限制，不能批注；请另存一份没有限制的再试",
    "the PDF is encrypted or its permissions are restricted, so nothing can be added: save a copy without that and try again",
)
_DAMAGED = Text(
    "PDF 的结构不合规范，不能原样补写批注；请重新导出后再试",
    "the PDF is not well formed, so notes cannot be added to it as it is: export it again and try once more",
)


class Quad(NamedTuple):
    """A rectangle on a page, in the coordinates of its content: left, bottom, right, top."""

    left: float
    bottom: float
    right: float
    top: float


def annotated(data: bytes, verdict: Verdict, notes: Sequence[Note], style: Style) -> bytes:
    """Return the PDF *data* with a highlight on the words or the cell of each of *notes*.

    Words on two lines or pages have a highlight on each. Raises RefusedError for a PDF that is encrypted or not
    well formed, and if pypdf is not installed.
    """
    if not notes:
        return data
    try:
        from pypdf import PdfReader, PdfWriter
        from pypdf.errors import PyPdfError
    except ImportError:
        raise RefusedError(_MISSING) from None
    try:
        placed = _Placed(verdict.report.source, data)
        if PdfReader(BytesIO(data)).is_encrypted:
            raise RefusedError(_ENCRYPTED)
        writer = PdfWriter(BytesIO(data), incremental=True)
        for number, note in enumerate(notes, 1):
            _mark(writer, placed, number, note, style)
        output = BytesIO()
        writer.write(output)
    except UnreadableError as error:
        raise RefusedError(error.reason) from None
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        raise RefusedError(_DAMAGED) from None  # the errors of a library in a damaged file are not documented
    if not output.getvalue().startswith(data):
        raise RefusedError(_DAMAGED)
    return output.getvalue()


def _mark(writer: "PdfWriter", placed: "_Placed", number: int, note: Note, style: Style) -> None:
    """Add the highlights of *note*, one on each of its pages."""
    pages: dict[int, list[Quad]] = {}
    for page, box in placed.boxes(note.span):
        pages.setdefault(page, []).append(_quad(writer.pages[page - 1], box))
    for page_number, quads in pages.items():
        highlight = _highlight(number, page_number, quads, note, style)
        added = writer.add_annotation(page_number - 1, highlight)
        _popup(writer, page_number - 1, added)


def _popup(writer: "PdfWriter", page: int, parent: Any) -> None:
    """Add the window that the note of *parent* opens in."""
    from pypdf.annotations import Popup
    from pypdf.generic import NameObject

    _, bottom, right, top = map(float, parent["/Rect"])
    popup = Popup(rect=(right, bottom - 120, right + 220, top), parent=parent, open=False)
    added = writer.add_annotation(page, popup)
    reference = added.indirect_reference
    if reference is not None:
        parent[NameObject("/Popup")] = reference


def _highlight(number: int, page: int, quads: Sequence[Quad], note: Note, style: Style) -> Any:
    from pypdf.annotations import Highlight
    from pypdf.generic import ArrayObject, FloatObject, NameObject, NumberObject, TextStringObject

    words = "\n\n".join("\n".join(note_lines(diagnostic, style.language)) for diagnostic in note.diagnostics)
    corners = [
        FloatObject(round(value, 2))
        for left, bottom, right, top in quads
        for value in (left, top, right, top, left, bottom, right, bottom)
    ]
    worst = max((diagnostic.severity for diagnostic in note.diagnostics), key=lambda severity: severity.rank)
    highlight = Highlight(
        rect=_around(quads),
        quad_points=ArrayObject(corners),
        highlight_color=_COLOURS[worst.value],
        printing=True,
    )
    highlight[NameObject("/Contents")] = TextStringObject(inert(words, "\n"))
    highlight[NameObject("/T")] = TextStringObject(AUTHOR)
    highlight[NameObject("/NM")] = TextStringObject(f"nianbao-{number}-{page}")
    highlight[NameObject("/M")] = TextStringObject(_date(style.when))
    highlight[NameObject("/F")] = NumberObject(_PRINTED)
    return highlight


def _around(quads: Sequence[Quad]) -> tuple[float, float, float, float]:
    lefts, bottoms, rights, tops = zip(*quads, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def _date(when: str) -> str:
    """Return *when* as PDF writes it: D:20260131080000Z."""
    return f"D:{''.join(sign for sign in when if sign.isdecimal())}Z"


# -- places ----------------------------------------------------------------------------------------------


class _Placed:
    """The places of the characters of a text on the pages it was read from, glyph by glyph."""

    def __init__(self, source: Source, data: bytes) -> None:
        self._source = source
        self._pages = drawn(data)

    def boxes(self, span: Span) -> Iterator[tuple[int, Box]]:
        """Yield page and box of each piece of *span*; if it is nowhere on the pages, those of the next words."""
        segments = list(touching(self._source, span))
        closest = nearest(self._source, span.start)
        if not segments and closest is not None:
            segments = [closest]
        for segment in segments:
            yield segment.origin.page, self._box(segment, span)

    def _box(self, segment: Segment, span: Span) -> Box:
        """Return the box of the part of *segment* in *span*; an empty part has that of the whole."""
        whole = Box(*segment.origin.box)
        first, last = max(segment.start, span.start), min(segment.end, span.end)
        if first >= last or (first, last) == (segment.start, segment.end):
            return whole
        text = self._source.text[segment.start : segment.end]
        glyphs = self._glyphs(segment.origin.page, whole)
        boxes = [glyph.box for glyph in glyphs for _ in glyph.text]
        joined = "".join(glyph.text for glyph in glyphs)
        at = joined.find(text, segment.at - origin_start(self._source, segment))
        if at < 0:  # drawn in another order than it is read
            return whole
        return around(boxes[at + first - segment.start : at + last - segment.start])

    def _glyphs(self, number: int, box: Box) -> list[Glyph]:
        """Return the glyphs in *box*, from the left; of two drawn on one another the first."""
        glyphs: list[Glyph] = []
        for glyph in sorted(self._pages[number - 1].glyphs, key=lambda glyph: glyph.box.left):
            x, y = glyph.box.middle
            if not (box.left <= x <= box.right and box.top <= y <= box.bottom):
                continue
            if not glyphs or glyphs[-1].text != glyph.text or glyph.box.left - glyphs[-1].box.left > _SAME:
                glyphs.append(glyph)
        return glyphs


def _quad(page: "PageObject", box: Box) -> Quad:
    """Return *box*, measured from the upper left corner of *page* as it is shown, in the coordinates of its content."""
    media, crop = page.mediabox, page.cropbox  # what is shown is in both
    x0, y0 = (max(float(m), float(c)) for m, c in zip(media.lower_left, crop.lower_left, strict=True))
    x1, y1 = (min(float(m), float(c)) for m, c in zip(media.upper_right, crop.upper_right, strict=True))
    corners = [
        _unturned(int(page.rotation or 0) % 360, x, y, (x0, y0, x1, y1))
        for x, y in (
            (box.left - _MARGIN, box.top - _MARGIN),
            (box.right + _MARGIN, box.bottom + _MARGIN),
        )
    ]
    xs, ys = zip(*corners, strict=True)
    return Quad(min(xs), min(ys), max(xs), max(ys))


def _unturned(by: int, x: float, y: float, page: tuple[float, float, float, float]) -> tuple[float, float]:
    """Return the point *x*, *y* of a page shown turned *by* degrees, in the coordinates of its content."""
    x0, y0, x1, y1 = page
    if by == 90:
        return x0 + y, y0 + x
    if by == 180:
        return x1 - x, y0 + y
    if by == 270:
        return x1 - y, y1 - x
    return x0 + x, y1 - y
