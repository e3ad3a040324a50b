"""The piece of a table that a finding is about: its cells under their labels, the wrong one marked."""

from collections.abc import Iterable

from nianbao_grammar.records import NamedTuple

from nianbao.engine.finding import Finding
from nianbao.report.form import ColumnForm, RowForm, TableForm
from nianbao.report.table import Cell, State, Table
from nianbao.reporters.display import Display
from nianbao.text.language import Text
from nianbao.text.source import Source

_NO_CELL = Text("缺", "none")
_WIDEST = 20
_NARROWEST = 16


class ExcerptLine(NamedTuple):
    """A row or a column as shown: its key and its label."""

    key: str
    label: str


class Axes(NamedTuple):
    """The layout of the cells of a table on a page."""

    form: TableForm

    @property
    def turned(self) -> bool:
        """Whether the only row is laid out as one row for each group of columns, as in table four."""
        columns = self.form.columns
        return len(self.form.rows) == 1 and len({column.label for column in columns}) < len(columns)

    def at(self, row: RowForm, column: ColumnForm) -> tuple[ExcerptLine, ExcerptLine]:
        """Return the row and the column of the page that the cell of *row* and *column* is in."""
        if self.turned:
            return ExcerptLine(column.under, column.under), ExcerptLine(column.label, column.label)
        return ExcerptLine(row.key, row.place or row.label), ExcerptLine(column.key, column.label)

    def page(self, table: Table) -> dict[tuple[ExcerptLine, ExcerptLine], Cell]:
        """Return every cell of *table* by its place on the page, in the order of the form."""
        form = self.form
        return {self.at(row, c): table[row.key, c.key] for row in form.rows for c in form.columns}


def cutting(table: Table, finding: Finding, source: Source, display: Display, room: int) -> list[str]:
    """Return the rows and columns of *table* that the finding's cells are in, as lines of at most *room*.

    *source* is the text of the report as it may be shown.
    """
    axes = Axes(table.form)
    page = axes.page(table)
    cells = [finding.cell, *(related.cell for related in finding.related)]
    parts = {c.address for c in cells if c is not None and c.table.key == table.form.key}
    taking_part = [place for place, cell in page.items() if cell.address in parts]
    rows = _ordered((row for row, _ in page), {row for row, _ in taking_part})
    columns = _ordered((column for _, column in page), {column for _, column in taking_part})
    wrong = finding.cell.address if finding.cell is not None else ""
    marked = [[_marked(page[row, c], wrong, parts, source, display) for c in columns] for row in rows]
    return laid_out(
        display.shown(table.form.place),
        [r.label for r in rows],
        [c.label for c in columns],
        marked,
        display,
        room,
    )


class Mark(NamedTuple):
    """A cell's text between two signs, and the style of the three."""

    left: str
    text: str
    right: str
    style: str


def laid_out(
    corner: str, rows: list[str], columns: list[str], cells: list[list[Mark]], display: Display, room: int
) -> list[str]:
    """Return a table as lines: labels to the left, figures to the right under their column's label."""
    ruler = display.ruler
    heads = [display.shown("".join(label.split())) for label in columns]
    margins = _margins(cells, display)
    slots = [[_slot(mark, margins, display) for mark in row] for row in cells]
    widths = [
        max(ruler.columns(head), *(ruler.columns(row[i]) for row in slots)) for i, head in enumerate(heads)
    ]
    names = [display.shown("".join(label.split())) for label in rows]
    left = max(_NARROWEST, room - sum(widths) - 2 * len(widths))
    left = min(left, max(map(ruler.columns, (corner, *names))))
    names = [ruler.pad(ruler.clip(name, left, display.ellipsis), left) for name in names]
    top = ruler.pad(ruler.clip(corner, left, display.ellipsis), left)
    lines = [
        display.paint(
            "  ".join([top, *(ruler.pad(h, w, right=True) for h, w in zip(heads, widths, strict=True))]),
            "dim",
        )
    ]
    for name, row, marks in zip(names, slots, cells, strict=True):
        spaces = (" " * (width - ruler.columns(slot)) for slot, width in zip(row, widths, strict=True))
        painted = (display.paint(slot, mark.style) for slot, mark in zip(row, marks, strict=True))
        figures = (space + slot for space, slot in zip(spaces, painted, strict=True))
        lines.append("  ".join([name, *figures]).rstrip())
    return lines


def _margins(cells: list[list[Mark]], display: Display) -> tuple[int, int]:
    """Return the number of columns that the signs take, left and right of a figure."""
    marks = [mark for row in cells for mark in row]
    sides = ([mark.left for mark in marks], [mark.right for mark in marks])
    left, right = (max(map(display.ruler.columns, signs), default=0) for signs in sides)
    return left, right


def _slot(mark: Mark, margins: tuple[int, int], display: Display) -> str:
    """Return the text of *mark* between its signs, the figure at the same place with any signs."""
    ruler = display.ruler
    text = ruler.clip(mark.text, _WIDEST, display.ellipsis)
    return ruler.pad(mark.left, margins[0], right=True) + text + ruler.pad(mark.right, margins[1])


def words_of(cell: Cell, source: Source, display: Display) -> str:
    """Return the text of *cell* in *source*, or a word for a cell that the report does not have."""
    if cell.state is State.ABSENT:
        return display.say(_NO_CELL)
    return display.shown("".join(source[cell.span][: 4 * _WIDEST].split()))


def _marked(cell: Cell, wrong: str, parts: set[str], source: Source, display: Display) -> Mark:
    text = words_of(cell, source, display)
    if cell.address == wrong:
        signs = display.sign("【】", "><")
        return Mark(signs[0], text, signs[1], "error")
    return Mark("[", text, "]", "part") if cell.address in parts else Mark("", text, "", "plain")


def _ordered(lines: Iterable[ExcerptLine], wanted: set[ExcerptLine]) -> list[ExcerptLine]:
    return [line for line in dict.fromkeys(lines) if line in wanted]
