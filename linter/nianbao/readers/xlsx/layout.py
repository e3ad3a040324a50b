"""Sheets laid out as paragraphs and tables: which rows are a table, and which are words above, between and below."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

from nianbao_grammar import patterns as re

from nianbao.readers import limits
from nianbao.readers.document import Block, GridCell, GridTable, Paragraph, Run
from nianbao.readers.xlsx.book import Book
from nianbao.readers.xlsx.sheet import Room, Row, Sheet, Slot, addresses, letters, read
from nianbao.text.language import Text
from nianbao.text.pictures import hidden
from nianbao.text.source import Origin, UnreadableError

_HEADING = re.compile(r"\s*[一二三四五六七八九十]{1,3}、")
_SENTENCE = re.compile(r"[。！？：；]\s*$|^\s*(?:注|备注|说明)[:：]")
_ITEM = re.compile(r"第.{1,6}条第.{1,6}项")  # what table two has above each of its parts, as wide as it is
_LONG = 40  # characters: no label of a form has more
_EMPTY = Text(
    "工作簿里没有文字；报告在别的文件里的，检查那个文件",
    "the workbook has no text; if the report is in another file, check that",
)
_MANY = Text(
    "工作簿里的表格太大（超过 {most} 格），不像一份年度报告，没有读；请核对文件",
    "the tables of the workbook have more than {most} cells, which no annual report has; it was not read: check the file",
)


def blocks(book: Book) -> tuple[Block, ...]:
    """Return the paragraphs and tables of *book*, sheet by sheet. Raises UnreadableError."""
    room = Room()
    found: list[Block] = []
    slots = 0
    for part in book.sheets:
        if not part.hidden:
            for block in _sheet(read(book, part, room)):
                found.append(block)
                slots += block.rows * block.columns if isinstance(block, GridTable) else 0
                if slots > limits.DOCX_SLOTS:
                    raise UnreadableError(_MANY.fill(most=limits.DOCX_SLOTS))
    if not found:
        raise UnreadableError(_EMPTY)
    found += (_said(hidden(f"工作表“{part.name}”")) for part in book.sheets if part.hidden)
    return tuple(found)


def _said(words: str) -> Paragraph:
    """Return a paragraph that no cell has."""
    return Paragraph((Run(words),))


def _sheet(sheet: Sheet) -> Iterator[Block]:
    """Yield the blocks of *sheet*; a name that is a heading stands above them, unless they begin with it."""
    found = list(chain.from_iterable(_run(run, sheet.name) for run in _runs(sheet.rows)))
    if found and _HEADING.match(sheet.name) and _text(found[0]) != "".join(sheet.name.split()):
        yield Paragraph((Run(sheet.name, Origin(sheet.name), 0, len(sheet.name)),))
    yield from found
    parts = [
        _range("第{}行", addresses(sheet.hidden_rows), str),
        _range("{}列", addresses(sheet.hidden_columns), letters),
    ]
    if any(parts):
        yield _said(hidden(f"工作表“{sheet.name}”{'、'.join(filter(None, parts))}"))
    yield from map(_said, sheet.drawn)


def _text(block: Block) -> str:
    return "".join("".join(run.text for run in block.runs).split()) if isinstance(block, Paragraph) else ""


def _range(words: str, pairs: Iterable[tuple[int, int]], name: Callable[[int], str]) -> str:
    said = [name(first) if first == last else f"{name(first)}—{name(last)}" for first, last in pairs]
    return words.format("、".join(said)) if said else ""


def _runs(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Yield the rows that follow each other; a run begins and ends with one that has words."""
    run: list[Row] = []
    for row in rows:
        if run and not row.follows:
            yield run
            run = []
        if run or _words(row):
            run.append(row)
    if run:
        yield run


def _words(row: Row) -> list[Slot]:
    return [slot for slot in row.slots if slot.text.strip()]


def _run(rows: Sequence[Row], sheet: str) -> Iterator[Block]:
    """Yield the blocks of *rows*, which follow each other.

    A row of words alone is a paragraph if it reads as one, or if it stands without lines around it above the first row
    of the table or below the last.
    """
    while rows:
        part = list(_until(rows, prose=True))
        rows = rows[len(part) :]
        full = [number for number, row in enumerate(part) if not _is_alone(row)]
        first, last = (full[0], full[-1]) if full else (len(part), -1)
        lined = [number for number, row in enumerate(part) if _words(row) and _is_lined(row)]
        if full and lined:
            first, last = min(first, lined[0]), max(last, lined[-1])
        for row in part[:first]:
            yield from _paragraphs(row, sheet)
        end = last + 1
        while end < len(part) and not _words(part[end]):
            end += 1
        table = _table(_trimmed(part[first:end]), sheet)
        if table is not None:
            yield table
        for row in part[max(end, first) :]:
            yield from _paragraphs(row, sheet)
        prose = list(_until(rows, prose=False))
        rows = rows[len(prose) :]
        for row in prose:
            yield from _paragraphs(row, sheet)


def _until(rows: Sequence[Row], *, prose: bool) -> Iterator[Row]:
    """Yield *rows* up to the first that reads as prose or, without *prose*, does not."""
    for row in rows:
        if _is_prose(row) == prose:
            return
        yield row


def _is_alone(row: Row) -> bool:
    """Return whether the row has at most one cell, and shows no other as one."""
    words = _words(row)
    if words and words[0].column < words[0].last_column and _ITEM.match("".join(words[0].text.split())):
        return False
    return (
        len(words) < 2
        and not row.inside
        and not any(slot.bordered for slot in row.slots if slot not in words)
    )


def _is_lined(row: Row) -> bool:
    return any(slot.bordered for slot in row.slots)


def _is_prose(row: Row) -> bool:
    """Return whether the only words of *row* are a heading or a sentence."""
    words = _words(row)
    if len(words) != 1 or not _is_alone(row):
        return False
    text = " ".join(words[0].text.split())
    return len(text) > _LONG or _HEADING.match(text) is not None or _SENTENCE.search(text) is not None


def _trimmed(rows: Sequence[Row]) -> Sequence[Row]:
    """Return *rows* with one empty row at the end at most: a ruled sheet may have a thousand."""
    last = max((number for number, row in enumerate(rows) if _words(row)), default=-1)
    return rows[: last + 2]


def _paragraphs(row: Row, sheet: str) -> Iterator[Paragraph]:
    for slot in _words(row):
        origin = _origin(slot, sheet)
        at = 0
        for line in slot.text.split("\n"):
            if line.strip():
                yield Paragraph((Run(line, origin, at, at + len(line)),))
            at += len(line) + 1


def _table(rows: Sequence[Row], sheet: str) -> GridTable | None:
    """Return *rows* as a table; of its columns those that have words. Raises UnreadableError for one too large."""
    columns = sorted({slot.column for row in rows for slot in _words(row)})
    if not columns:
        return None
    if len(rows) * len(columns) > limits.MOST_SLOTS:
        raise UnreadableError(_MANY.fill(most=limits.MOST_SLOTS))
    numbers = [row.number for row in rows]
    cells = []
    for at, row in enumerate(rows):
        for slot in row.slots:
            wide = _covered(columns, slot.column, slot.last_column)
            high = _covered(numbers, slot.row, slot.last_row)
            if wide:
                paragraph = Paragraph((Run(slot.text, _origin(slot, sheet), 0, len(slot.text)),))
                cells.append(
                    GridCell(at, wide.start, len(high), len(wide), (paragraph,), _origin(slot, sheet))
                )
    return GridTable(len(rows), len(columns), tuple(cells))


def _covered(numbers: Sequence[int], first: int, last: int) -> range:
    return range(bisect_left(numbers, first), bisect_right(numbers, last))


def _origin(slot: Slot, sheet: str) -> Origin:
    return Origin(sheet, cell=f"{letters(slot.column)}{slot.row}")
