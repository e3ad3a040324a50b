"""The grid of an HTML table, formed as in the HTML standard."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from nianbao.readers import limits
from nianbao.readers.document import GridCell, GridTable, Paragraph, said
from nianbao.readers.html.tree import CELLS, GROUPS, PAGE, Element, whole
from nianbao.readers.limits import MOST_SLOTS
from nianbao.text.language import Text
from nianbao.text.source import UnreadableError

_TOO_LARGE = Text(
    "网页中有一张表超过 {most} 格（合并的格按所占行列计），不是年度报告的表格；请检查 rowspan、colspan",
    "a table of the page has more than {most} slots, merged cells counted by what they cover, which no annual report has: check rowspan and colspan",
)


def form(table: Element) -> GridTable:
    """Return the grid of *table*, without its caption. Raises UnreadableError if it is too large.

    A span ends with its group of rows at the latest; a span of zero lasts until there. A column in which no cell
    begins is left out.
    """
    groups = list(_groups(table))
    rows = sum(map(len, groups))
    cells: list[GridCell] = []
    above = 0
    for group in groups:
        free: list[int] = []  # the row of the group from which each column is free
        for number, row in enumerate(group):
            column = 0
            for cell in _shown(row, CELLS):
                while column < len(free) and free[column] > number:
                    column += 1
                columns = min(max(whole(cell.value("colspan")) or 1, 1), limits.HTML_COLSPAN)
                until = number + _height(cell, len(group) - number)
                free.extend([0] * (column + columns - len(free)))
                for covered in range(column, column + columns):
                    free[covered] = max(until, free[covered])
                if len(free) * rows > MOST_SLOTS:
                    raise UnreadableError(_TOO_LARGE.fill(most=MOST_SLOTS))
                paragraphs = said(tuple(lines(cell)))
                cells.append(
                    GridCell(above + number, column, until - number, columns, paragraphs, PAGE, cell.inner)
                )
                column += columns
        above += len(group)
    return _narrowed(rows, cells)


def _narrowed(rows: int, cells: Sequence[GridCell]) -> GridTable:
    starts = sorted({cell.column for cell in cells})
    numbers = {column: number for number, column in enumerate(starts)}
    fitted = []
    for cell in cells:
        column = numbers[cell.column]
        columns = bisect_left(starts, cell.column + cell.columns) - column
        fits = column == cell.column and columns == cell.columns
        fitted.append(cell if fits else cell._replace(column=column, columns=columns))
    return GridTable(rows, len(starts), tuple(fitted))


def lines(element: Element) -> Iterator[Paragraph]:
    """Yield the visible lines in *element*, those of tables in it included."""
    stack: list[Element | Paragraph] = [element]
    while stack:
        node = stack.pop()
        if isinstance(node, Paragraph):
            yield node
        elif not node.hidden:
            stack.extend(reversed(node.children))


def _height(cell: Element, left: int) -> int:
    height = whole(cell.value("rowspan"))
    return left if height == 0 else min(height or 1, left)


def _groups(table: Element) -> Iterator[Sequence[Element]]:
    for group in _shown(table, GROUPS):
        # A row without height only widens the columns: Word writes one at the end.
        yield [row for row in _shown(group, {"tr"}) if whole(row.value("height")) != 0]


def _shown(element: Element, names: frozenset[str] | set[str]) -> Sequence[Element]:
    return [
        child
        for child in element.children
        if isinstance(child, Element) and child.name in names and not child.hidden
    ]
