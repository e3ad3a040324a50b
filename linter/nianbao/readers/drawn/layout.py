"""Drawn pages laid out as the blocks of a document."""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

from nianbao.readers.document import Block, Document, Paragraph, Run
from nianbao.readers.drawn.grid import Grid, TooManyRulesError, grids, slot
from nianbao.readers.drawn.lines import Measure, RulingLine, lines, measure, paragraphs
from nianbao.readers.drawn.page import Box, Glyph, Page
from nianbao.readers.drawn.stitching import Part, PartCell, stitched
from nianbao.readers.limits import DRAWN_SLOTS
from nianbao.text.pictures import PICTURE

_MARGIN = 0.1  # of its height; for the page number and lines repeated on every page
_INNER = 0.2  # of its height; a page number may stand within the text area, and then counts with the pages
_DASH = "[-—–－·•~～|/／]"
_PAGE_NUMBER = re.compile(  # without white space
    rf"{_DASH}*(第|Page)?\d{{1,4}}页?(({_DASH}+|[,，]?(共|of))\d{{1,4}}页?)?{_DASH}*", re.IGNORECASE
)
# One that nothing else looks like: a dash on either side, or 第1页.
_SURE_NUMBER = re.compile(rf"{_DASH}+ *\d{{1,3}} *{_DASH}+|第 *\d{{1,3}} *页")
_FIGURES = re.compile(r"\d+")
_BESIDE_WORDS = re.compile(r"(?<!\d) | (?!\d)")  # two figures with a space between are no page number


_LEAST_WIDE = 0.3  # of the page; a narrower picture is no table
_LEAST_HIGH = 30.0  # points


class _Picture(NamedTuple):
    """A picture that may be a table."""

    box: Box


_Block = RulingLine | Part | _Picture


class _Sheet(NamedTuple):
    """A page with its blocks, from the top."""

    page: Page
    blocks: tuple[_Block, ...]


def document(pages: Sequence[Page]) -> Document:
    """Return the paragraphs and tables of *pages*. Raises TooManyRulesError."""
    sheets = _without_frames(_without_numbers(_without_marks(list(_sheets(pages)))))
    measures = _measures(sheets)
    laid_out: list[Block] = []
    for _, group in groupby((block for sheet in sheets for block in sheet.blocks), type):
        blocks = list(group)
        laid_out.extend(paragraphs([block for block in blocks if isinstance(block, RulingLine)], measures))
        laid_out.extend(stitched([block for block in blocks if isinstance(block, Part)]))
        if laid_out:  # above all words it is a cover or the head of the letter
            laid_out.extend(Paragraph((Run(PICTURE),)) for block in blocks if isinstance(block, _Picture))
    return Document(tuple(laid_out))


def _sheets(pages: Sequence[Page]) -> Iterator[_Sheet]:
    slots = 0
    for page in pages:
        tables = grids(page.rules)
        slots += sum((len(table.columns) - 1) * (len(table.rows) - 1) for table in tables)
        if slots > DRAWN_SLOTS:
            raise TooManyRulesError
        yield _sheet(page, tables)


def _sheet(page: Page, tables: Sequence[Grid]) -> _Sheet:
    """Return *page* with each glyph in the cell around its centre, or in a line of the text."""
    frames = [_frames_by_slot(table) for table in tables]
    inside: dict[tuple[int, int], list[Glyph]] = defaultdict(list)
    outside = []
    for glyph in page.glyphs:
        cell = _cell_of(glyph, tables, frames)
        if cell is None:
            outside.append(glyph)
        else:
            inside[cell].append(glyph)
    blocks: list[_Block] = [*lines(page.number, outside), *_pictures(page, tables)]
    for number, table in enumerate(tables):
        cells = tuple(
            PartCell(frame, tuple(lines(page.number, inside.get((number, index), ()))))
            for index, frame in enumerate(table.frames)
            if not frame.is_gap
        )
        blocks.append(Part(page.number, table, cells))
    blocks.sort(key=lambda block: block.box.top)
    return _Sheet(page, tuple(_numbered(blocks)))


def _pictures(page: Page, tables: Sequence[Grid]) -> Iterator[_Picture]:
    """Yield the pictures of *page* that may be tables: large, with no text upon them, in no table as drawn."""
    for box in page.pictures:
        if box.right - box.left < _LEAST_WIDE * page.width or box.height < _LEAST_HIGH:
            continue
        covered = any(_is_in(glyph.box.middle, box) for glyph in page.glyphs if not glyph.text.isspace())
        framed = any(len(table.frames) > 1 and _is_in(box.middle, table.box) for table in tables)
        if not covered and not framed:
            yield _Picture(box)


def _is_in(point: tuple[float, float], box: Box) -> bool:
    return box.left <= point[0] <= box.right and box.top <= point[1] <= box.bottom


def _frames_by_slot(table: Grid) -> Mapping[tuple[int, int], int]:
    return {
        (row, column): index
        for index, frame in enumerate(table.frames)
        if not frame.is_gap
        for row in range(frame.row, frame.row + frame.rows)
        for column in range(frame.column, frame.column + frame.columns)
    }


def _cell_of(
    glyph: Glyph, tables: Sequence[Grid], frames: Sequence[Mapping[tuple[int, int], int]]
) -> tuple[int, int] | None:
    """Return the numbers of the table and the cell of *glyph*, None if it is in no cell."""
    x, y = glyph.box.middle
    for number, table in enumerate(tables):
        index = frames[number].get((slot(table.rows, y), slot(table.columns, x)))
        if index is not None:
            return number, index
    return None


def _numbered(blocks: Sequence[_Block]) -> Iterator[_Block]:
    """Yield *blocks* with the characters of the page numbered in reading order."""
    at = 0
    for block in blocks:
        if isinstance(block, RulingLine):
            yield block._replace(at=at)
            at += block.length
            continue
        if isinstance(block, _Picture):
            yield block
            continue
        cells = []
        for cell in block.cells:
            numbered = []
            for line in cell.lines:
                numbered.append(line._replace(at=at))
                at += line.length
            cells.append(cell._replace(lines=tuple(numbered)))
        yield block._replace(cells=tuple(cells))


def _without_frames(sheets: Sequence[_Sheet]) -> Sequence[_Sheet]:
    """Return *sheets* with the lines of every frame that is no row of a table."""
    ends = [(sheet.blocks[0], sheet.blocks[-1]) for sheet in sheets if sheet.blocks]
    rows = {
        id(part)
        for (_, last), (first, _) in pairwise(ends)
        if isinstance(last, Part) and isinstance(first, Part) and first.follows(last)
        for part in (last, first)
    }
    return [sheet._replace(blocks=tuple(_unframed(sheet.blocks, rows))) for sheet in sheets]


def _unframed(blocks: Iterable[_Block], rows: Container[int]) -> Iterator[_Block]:
    for block in blocks:
        if not isinstance(block, Part) or len(block.cells) > 1 or id(block) in rows:
            yield block
        else:
            for cell in block.cells:
                yield from cell.lines


# -- page numbers and repeated lines ---------------------------------------------------------------------


def _without_marks(sheets: Sequence[_Sheet]) -> Sequence[_Sheet]:
    """Return *sheets* without page numbers and lines repeated at the head or foot of several pages."""
    seen = Counter(
        mark
        for sheet in sheets
        for mark in {_mark(sheet.page, block) for block in sheet.blocks if isinstance(block, RulingLine)}
        if mark is not None
    )
    return [
        sheet._replace(
            blocks=tuple(
                block
                for block in sheet.blocks
                if not isinstance(block, RulingLine) or not _is_mark(block, _mark(sheet.page, block), seen)
            )
        )
        for sheet in sheets
    ]


def _mark(page: Page, line: RulingLine) -> tuple[bool, str] | None:
    """Return whether *line* is at the foot, and its text with all figures alike; None for a line of the text."""
    head, foot = _MARGIN * page.height, (1 - _MARGIN) * page.height
    if head < line.box.bottom and line.box.top < foot:
        return None
    return line.box.top >= foot, _FIGURES.sub("0", line.text)


def _is_mark(line: RulingLine, mark: tuple[bool, str] | None, seen: Mapping[tuple[bool, str], int]) -> bool:
    return mark is not None and (
        seen[mark] > 1 or _PAGE_NUMBER.fullmatch("".join(line.text.split())) is not None
    )


def _without_numbers(sheets: Sequence[_Sheet]) -> Sequence[_Sheet]:
    """Return *sheets* without page numbers further inside than the margin.

    Such a line is the first or the last on its page and no cell of a table, and most pages have one that counts
    with them. A figure alone may be the end of a sentence, so that it needs another page to count with.
    """
    found: dict[tuple[bool, int], list[RulingLine]] = defaultdict(list)
    for sheet in sheets:
        for foot, line in _outermost(sheet):
            text = " ".join(line.text.split())
            figures = _FIGURES.findall(text)
            short = figures and len(figures[0]) < 4  # or it is a year
            if short and _PAGE_NUMBER.fullmatch(_BESIDE_WORDS.sub("", text)) is not None:
                found[foot, int(figures[0]) - sheet.page.number].append(line)
    filled = sum(1 for sheet in sheets if sheet.blocks)
    numbers = {
        id(line)
        for lines_ in found.values()
        if 2 * len(lines_) >= filled and (len(lines_) > 1 or _SURE_NUMBER.fullmatch(lines_[0].text))
        for line in lines_
    }
    return [
        sheet._replace(blocks=tuple(block for block in sheet.blocks if id(block) not in numbers))
        for sheet in sheets
    ]


def _outermost(sheet: _Sheet) -> Iterator[tuple[bool, RulingLine]]:
    """Yield the first line of *sheet* near its head and the last one near its foot, and whether it is at the foot."""
    blocks = [block for block in sheet.blocks if not isinstance(block, _Picture)]
    head, foot = _INNER * sheet.page.height, (1 - _INNER) * sheet.page.height
    if blocks and isinstance(blocks[0], RulingLine) and blocks[0].box.bottom <= head:
        yield False, blocks[0]
    if blocks and isinstance(blocks[-1], RulingLine) and blocks[-1].box.top >= foot:
        yield True, blocks[-1]


def _measures(sheets: Sequence[_Sheet]) -> Mapping[int, Measure]:
    """Return the measure of the text on each page; pages of one width share it."""
    widths: dict[int, list[RulingLine]] = defaultdict(list)
    for sheet in sheets:
        widths[round(sheet.page.width)].extend(b for b in sheet.blocks if isinstance(b, RulingLine))
    measures = {width: measure(group, width) for width, group in widths.items() if group}
    return {
        sheet.page.number: measures[round(sheet.page.width)]
        for sheet in sheets
        if round(sheet.page.width) in measures
    }
