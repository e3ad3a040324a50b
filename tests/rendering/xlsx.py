"""A report as a workbook, by xlsxwriter: in one sheet or one for each section, with lines around its cells or without."""

import io
from collections.abc import Iterator, Sequence
from random import Random

from rendering.grids import Block, Grid, Line

WIDE = 10  # columns that a line of text is merged over


def ruled(blocks: Sequence[Block], rng: Random) -> bytes:
    """Return *blocks* in one sheet, lines around the cells of its tables, figures as numbers."""
    return _book([("年报", blocks)], lined=True, between=rng.randrange(2))


def bare(blocks: Sequence[Block], rng: Random) -> bytes:
    """Return *blocks* in one sheet without any line around a cell, words in the first column."""
    return _book([("Sheet1", blocks)], lined=False, between=1)


def sheets(blocks: Sequence[Block], rng: Random) -> bytes:
    """Return *blocks* as a workbook with a sheet for each section."""
    return _book(list(_parted(blocks)), lined=True, between=0)


def _parted(blocks: Sequence[Block]) -> Iterator[tuple[str, Sequence[Block]]]:
    begins = [
        n for n, block in enumerate(blocks) if isinstance(block, Line) and block.role == "heading" and n
    ]
    for number, (start, end) in enumerate(zip([0, *begins], [*begins, len(blocks)], strict=True), 1):
        yield f"第{number}页", blocks[start:end]


def _book(parts: Sequence[tuple[str, Sequence[Block]]], *, lined: bool, between: int) -> bytes:
    import xlsxwriter

    file = io.BytesIO()
    book = xlsxwriter.Workbook(
        file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    cell, words = book.add_format({"border": 1} if lined else {}), book.add_format({"text_wrap": True})
    for name, blocks in parts:
        sheet = book.add_worksheet(name)
        row = 0
        for number, block in enumerate(blocks):
            if isinstance(block, Grid):
                after_one = number > 0 and isinstance(blocks[number - 1], Grid)
                _table(sheet, block, row + max(between, after_one), cell)
                row += block.rows + between + max(between, after_one)
                continue
            if lined:
                sheet.merge_range(row, 0, row, WIDE - 1, "", words)
            sheet.write_string(row, 0, block.text, words)
            row += 1
    book.close()
    return file.getvalue()


def _table(sheet: object, grid: Grid, top: int, look: object) -> None:
    for slot in grid.cells:
        row = top + slot.row
        if slot.rows * slot.columns > 1:
            last = row + slot.rows - 1, slot.column + slot.columns - 1
            sheet.merge_range(row, slot.column, *last, "", look)  # type: ignore[attr-defined]
        if slot.text.isascii() and slot.text.isdecimal() and str(int(slot.text)) == slot.text:
            sheet.write_number(row, slot.column, int(slot.text), look)  # type: ignore[attr-defined]
        elif slot.text:
            sheet.write_string(row, slot.column, slot.text, look)  # type: ignore[attr-defined]
        else:
            sheet.write_blank(row, slot.column, None, look)  # type: ignore[attr-defined]
