"""The document that a reader makes of a file: paragraphs and table grids, and the place of every character.

`render` writes a document as the text that the grammar reads. Table rows are written with a control
character that no file can contain, so that only a table can look like one.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import TypeVar

from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

from nianbao.text.marks import CELL_MARK
from nianbao.text.pictures import EMBEDDED, PICTURE
from nianbao.text.radicals import as_meant
from nianbao.text.source import Dropped, Merged, Origin, Segment, Source

_UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_ORDINARY = "\u200c\u200d\u00ad"  # of pictures, of scripts that join letters, of hyphenation
_STRETCH = re.compile(rf"[^\s{_UNSEEN}]+")
_SPACE = re.compile(r"\s")
_RAISED = str.maketrans("0123456789abcde", "⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉ")
_CONTROLS = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"
_CONTROL = re.compile(f"[{_CONTROLS}]")
_WORD = re.compile(rf"[^\s{_UNSEEN}{_CONTROLS}]+")


class Run(NamedTuple):
    """Characters of one piece of the file, in order.

    *origin* is the piece, None for characters that are not in the file (a numeral that a word processor
    counts by itself). *at* and *until* are their range in it, in the units of the origin: characters of an
    HTML page, of a run of a docx, of a page of a PDF. With as many units as characters, each character is
    one unit; else the whole corresponds to the whole (`&nbsp;`).
    """

    text: str
    origin: Origin | None = None
    at: int = 0
    until: int = 0


def raised(runs: Iterable[Run]) -> Iterator[Run]:
    """Yield *runs* that are raised or lowered: figures in them are notes, and not more digits of what they follow."""
    return (run._replace(text=run.text.translate(_RAISED)) for run in runs)


_BETWEEN = Run(" ")  # paragraphs of a cell
_segment = partial(tuple.__new__, Segment)  # a third of the cost of Segment(): there is one of each word


class Paragraph(NamedTuple):
    """A paragraph or a heading."""

    runs: tuple[Run, ...]


class GridCell(NamedTuple):
    """A cell of a grid at its upper left slot; rows and columns count from 0."""

    row: int
    column: int
    rows: int  # its height
    columns: int  # its width
    paragraphs: tuple[Paragraph, ...]
    origin: Origin | None = None  # of the cell itself, for an empty one
    at: int = 0


class GridTable(NamedTuple):
    """A grid of *rows* by *columns* slots; a slot that no cell covers is not in the table."""

    rows: int
    columns: int
    cells: tuple[GridCell, ...]


Block = Paragraph | GridTable
B = TypeVar("B", bound=Block)
_DRAWN = (Paragraph((Run(PICTURE),)), Paragraph((Run(EMBEDDED),)))


def said(blocks: Sequence[B]) -> tuple[B, ...]:
    """Return the *blocks* of a cell without the signs of pictures, unless it has nothing else."""
    words = tuple(block for block in blocks if block not in _DRAWN)
    return words or tuple(blocks)


class Document(NamedTuple):
    """The blocks of a file in reading order."""

    blocks: tuple[Block, ...]


def render(document: Document, path: str, kind: str, encoding: str, raw: Source | None = None) -> Source:
    """Return *document* as a text with the way back to the file.

    A paragraph is a line. A row of a table is a line too: a mark, then each cell and a mark. White space is
    reduced to one space, invisible characters are dropped; the text keeps where words had some that are not ordinary.
    *raw* is the file as text, if it is one.
    """
    writer = _Writer()
    for block in document.blocks:
        if isinstance(block, Paragraph):
            writer.line(block)
        else:
            writer.table(block)
    text = as_meant("".join(writer.pieces))
    segments = tuple(writer.segments)
    dropped = (
        () if kind == "pdf" else tuple(writer.dropped)
    )  # what a font of a PDF says of its glyphs is no one's hand
    merged = tuple(_merged(table) for table in document.blocks if isinstance(table, GridTable) and table.rows)
    return Source(text, path, encoding, kind=kind, segments=segments, raw=raw, dropped=dropped, merged=merged)


def _merged(table: GridTable) -> tuple[Merged, ...]:
    cells = (cell for cell in table.cells if cell.rows > 1 or cell.columns > 1)
    return tuple(Merged(cell.row, cell.column, cell.rows, cell.columns) for cell in cells)


class _Writer:
    """Gathers the pieces of the text and the segments they come from."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.segments: list[Segment] = []
        self.length = 0
        self.dropped: list[Dropped] = []
        self._begun = False  # whether the paragraph or cell has a word
        self._blank: tuple[Run, int] | None = None  # the first white space since its last word
        self._unseen = ""  # since its last word

    def line(self, paragraph: Paragraph) -> None:
        before = self.length
        self._words(paragraph.runs)
        if self.length > before:
            self._mark("\n")

    def table(self, table: GridTable) -> None:
        self._mark("\n")
        for row in _rows(table):
            self._mark(CELL_MARK)
            for cell in row:
                if cell is not None:
                    self._cell(cell)
                self._mark(CELL_MARK)
            self._mark("\n")
        self._mark("\n")

    def _cell(self, cell: GridCell) -> None:
        before = self.length
        self._words([run for paragraph in cell.paragraphs for run in (*paragraph.runs, _BETWEEN)])
        if self.length == before and cell.origin is not None:
            self.segments.append(Segment(before, before, cell.origin, cell.at, cell.at))

    def _mark(self, mark: str) -> None:
        self.pieces.append(mark)
        self.length += 1

    def _words(self, runs: Iterable[Run]) -> None:
        """Write the words of *runs*: one space between words, invisible characters dropped."""
        self._begun, self._blank, self._unseen = False, None, ""
        for run in runs:
            if _WORD.fullmatch(run.text):
                self._word(run.text, run, 0)
                continue
            text = _CONTROL.sub("\ufffd", run.text)
            end = 0
            for match in _STRETCH.finditer(text):
                self._gap(text[end : match.start()], run, end)
                self._word(match[0], run, match.start())
                end = match.end()
            self._gap(text[end:], run, end)

    def _gap(self, text: str, run: Run, index: int) -> None:
        """Take what is between two words, *text*, which is in *run* from its character *index*."""
        self._unseen += "".join([sign for sign in text if sign in _UNSEEN and sign not in _ORDINARY])
        space = _SPACE.search(text) if self._begun and self._blank is None else None
        if space is not None:
            self._blank = run, index + space.start()

    def _word(self, text: str, run: Run, index: int) -> None:
        """Write *text*, which is in *run* from its character *index*, and a space before it if there was any."""
        if self._blank is not None:
            self._put(" ", *self._blank)
            self._blank = None
        elif self._unseen and self._begun:
            self.dropped.append(Dropped(self.length, self._unseen))
        self._put(text, run, index)
        self._begun, self._unseen = True, ""

    def _put(self, text: str, run: Run, index: int) -> None:
        """Write *text*, which is in *run* from its character *index*."""
        words, origin, at, until = run
        if until - at == len(words):
            self._segment(text, origin, at + index, at + index + len(text))
        else:  # each character has the place of the whole run
            for character in text:
                self._segment(character, origin, at, until)

    def _segment(self, text: str, origin: Origin | None, at: int, until: int) -> None:
        """Write *text* as a segment of its own, or as more of the last one if it continues that."""
        start = self.length
        self.pieces.append(text)
        self.length = end = start + len(text)
        if origin is None:
            return
        if self.segments:
            last = self.segments[-1]
            goes_on = last.until == at and last.end == start and last.origin is origin and last.linear
            if goes_on and until - at == end - start:
                self.segments[-1] = Segment(last.start, end, origin, last.at, until)
                return
        self.segments.append(_segment((start, end, origin, at, until)))


def _rows(table: GridTable) -> Iterator[Sequence[GridCell | None]]:
    """Yield each row with a cell at the first slot it covers, None for every other slot."""
    slots: list[list[GridCell | None]] = [[None] * table.columns for _ in range(table.rows)]
    for cell in table.cells:
        slots[cell.row][cell.column] = cell
    yield from slots
