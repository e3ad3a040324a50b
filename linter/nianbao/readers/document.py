"""What a reader makes of a file: paragraphs and table grids, and for every character where it stands in the file.

`render` writes a document as the text that the grammar reads. Table rows are written with a control
character that no file can bring in, so that nothing in a report can look like a table and be none.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from nianbao.text.marks import CELL_MARK
from nianbao.text.source import Origin, Segment, Source

_UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_STRETCH = re.compile(rf"[^\s{_UNSEEN}]+")
_SPACE = re.compile(r"\s")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")


class Run(NamedTuple):
    """Characters of one piece of the file, in order.

    *origin* says in which piece, None for characters that the file does not hold (a numeral that a word
    processor counts by itself). *at* and *until* are where they stand there, in the units of the origin:
    characters of an HTML page, of a run of a docx, of a page of a PDF. Where there are as many
    units as characters each is one; else all of them stand for the whole (`&nbsp;`).
    """

    text: str
    origin: Origin | None = None
    at: int = 0
    until: int = 0


class Paragraph(NamedTuple):
    """A paragraph or a heading."""

    runs: tuple[Run, ...]


class Cell(NamedTuple):
    """A cell of a table, once, at its upper left slot; rows and columns count from 0."""

    row: int
    column: int
    rows: int  # how many it is high
    columns: int  # and wide
    paragraphs: tuple[Paragraph, ...]
    origin: Origin | None = None  # of the cell itself, for one without a character
    at: int = 0


class Table(NamedTuple):
    """A grid of *rows* by *columns* slots; a slot that no cell covers is no cell at all."""

    rows: int
    columns: int
    cells: tuple[Cell, ...]


Block = Paragraph | Table


class Document(NamedTuple):
    """The blocks of a file in the order they are read."""

    blocks: tuple[Block, ...]


def render(document: Document, path: str, kind: str, encoding: str, raw: Source | None = None) -> Source:
    """Return *document* as a text with the way back to the file.

    A paragraph is a line, a row of a table too: a mark, then each cell and a mark. White space is drawn
    together to one space, what nobody sees is dropped. *raw* is the file as text, where it is one.
    """
    writer = _Writer()
    for block in document.blocks:
        if isinstance(block, Paragraph):
            writer.line(block)
        else:
            writer.table(block)
    return Source("".join(writer.pieces), path, encoding, kind=kind, segments=tuple(writer.segments), raw=raw)


class _Writer:
    """Gathers the pieces of the text and, beside them, where each comes from."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.segments: list[Segment] = []
        self.length = 0

    def line(self, paragraph: Paragraph) -> None:
        before = self.length
        self._words(paragraph.runs)
        if self.length > before:
            self._mark("\n")

    def table(self, table: Table) -> None:
        self._mark("\n")
        for row in _rows(table):
            self._mark(CELL_MARK)
            for cell in row:
                if cell is not None:
                    self._cell(cell)
                self._mark(CELL_MARK)
            self._mark("\n")
        self._mark("\n")

    def _cell(self, cell: Cell) -> None:
        before = self.length
        space = Run(" ")
        runs = [run for paragraph in cell.paragraphs for run in (*paragraph.runs, space)]
        self._words(runs)
        if self.length == before and cell.origin is not None:
            self.segments.append(Segment(before, before, cell.origin, cell.at, cell.at))

    def _mark(self, sign: str) -> None:
        self.pieces.append(sign)
        self.length += 1

    def _words(self, runs: Iterable[Run]) -> None:
        """Write the words of *runs*: white space once and only between them, the unseen not at all."""
        blank: tuple[Run, int] | None = None  # the first white space since the last word
        begun = False
        for run in runs:
            text = _CONTROL.sub("\ufffd", run.text)
            end = 0
            for match in (*_STRETCH.finditer(text), None):
                start = len(text) if match is None else match.start()
                space = _SPACE.search(text, end, start) if begun and blank is None else None
                if space is not None:
                    blank = run, space.start()
                if match is None:
                    break
                if blank is not None:
                    self._put(" ", *blank)
                    blank = None
                self._put(match[0], run, start)
                begun, end = True, match.end()

    def _put(self, words: str, run: Run, index: int) -> None:
        """Write *words*, those of *run* from its character *index*, and lengthen the last segment where they go on."""
        if run.until - run.at != len(run.text):  # all of it stands for each
            for sign in words:
                self._segment(sign, run, run.at, run.until)
        else:
            self._segment(words, run, run.at + index, run.at + index + len(words))

    def _segment(self, words: str, run: Run, at: int, until: int) -> None:
        start = self.length
        self.pieces.append(words)
        self.length += len(words)
        if run.origin is None:
            return
        last = self.segments[-1] if self.segments else None
        goes_on = last is not None and last.end == start and last.origin is run.origin and last.goes_on(at)
        if last is not None and goes_on and until - at == len(words):
            self.segments[-1] = last._replace(end=self.length, until=until)
            return
        self.segments.append(Segment(start, self.length, run.origin, at, until))


def _rows(table: Table) -> Iterator[Sequence[Cell | None]]:
    """Yield each row with a cell at the first slot it covers, None for every other slot."""
    slots: list[list[Cell | None]] = [[None] * table.columns for _ in range(table.rows)]
    for cell in table.cells:
        slots[cell.row][cell.column] = cell
    yield from slots
