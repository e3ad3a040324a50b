"""Tables: rows and cells as written, made into a grid when the table ends."""

from collections.abc import Mapping, Sequence

from nianbao.readers import limits
from nianbao.readers.document import said
from nianbao.readers.docx.events import DAMAGED, Attributes, Begin, Finish, Walk, is_on, scope, value, whole
from nianbao.readers.docx.flow import Flows
from nianbao.readers.docx.grid import Merge, RawCell, read, width
from nianbao.readers.docx.paragraphs import Paragraphs
from nianbao.readers.limits import MOST_SLOTS, MOST_TABLES
from nianbao.text.language import Text
from nianbao.text.source import Origin, UnreadableError

_MANY = Text(
    "文档里的表格超过 {most} 张，不像一份年度报告，没有读；请核对文件",
    "the document has more than {most} tables, which no annual report has; it was not read: check the file",
)
_SLOTS = Text(
    "表格超过 {most} 格，不像一份年度报告，没有读；请核对文件",
    "tables of more than {most} cells, which no annual report has; it was not read: check the file",
)
_TRACKED: Mapping[str, Merge] = {"rest": "first", "cont": "next"}


class _Row:
    """A row that is being read."""

    def __init__(self) -> None:
        self.cells: list[RawCell] = []
        self.edge = 0  # of the next cell, in columns
        self.hidden = False


class _Cell:
    """A cell that is being read."""

    span = 1
    down: Merge = ""
    across: Merge = ""

    def __init__(self, paragraph: int) -> None:
        self.paragraph = paragraph


class _Open:
    """A table that is being read."""

    def __init__(self) -> None:
        self.widths: list[float | None] = []
        self.rows: list[Sequence[RawCell]] = []
        self.row: _Row | None = None
        self.cell: _Cell | None = None
        self.edges: set[int] = set()

    @property
    def slots(self) -> int:
        """The number of slots at most."""
        return len(self.rows) * len(self.edges)


class Tables:
    """Takes the elements of tables and adds these to the open flow.

    A table of a single cell is a frame around the text, and so is one of a single column with another table in
    it: its content is read as if there were no frame. The text of any other table in a cell belongs to the cell.
    """

    def __init__(self, walk: Walk, flows: Flows, paragraphs: Paragraphs) -> None:
        self._walk = walk
        self._flows = flows
        self._paragraphs = paragraphs
        self._open: list[_Open] = []
        self._count = 0
        self._slots = 0
        skip = self._skip
        self._of_row = scope(
            {
                "gridBefore": self._grid_before,
                "hidden": self._row_hidden,
                "del": self._row_deleted,
                "trPrChange": skip,
            }
        )
        self._of_cell = scope(
            {
                "gridSpan": self._grid_span,
                "vMerge": self._merge_down,
                "hMerge": self._merge_across,
                "cellMerge": self._merge_tracked,
                "cellDel": self._cell_deleted,
                "tcPrChange": skip,
            }
        )

    def beginnings(self) -> Mapping[str, Begin]:
        """Return the functions to call at the start of elements."""
        return {
            "tbl": self._begin,
            "tblPr": self._skip,
            "tblGridChange": self._skip,
            "gridCol": self._column,
            "tr": self._begin_row,
            "trPr": lambda attributes: self._walk.within(self._of_row),
            "tc": self._begin_cell,
            "tcPr": lambda attributes: self._walk.within(self._of_cell),
        }

    def ends(self) -> Mapping[str, Finish]:
        """Return the functions to call at the end of elements."""
        return {"tbl": self._end, "tr": self._end_row, "tc": self._end_cell}

    def _skip(self, attributes: Attributes) -> None:
        self._walk.within(self._paragraphs.skipped)

    def _damaged(self) -> UnreadableError:
        return UnreadableError(DAMAGED.fill(part=self._walk.part))

    # -- tables ----------------------------------------------------------------------------------------

    @property
    def _here(self) -> _Open:
        """The open table. Raises UnreadableError if there is none."""
        if not self._open:
            raise self._damaged()
        return self._open[-1]

    def _begin(self, attributes: Attributes) -> None:
        self._count += 1
        if self._count > MOST_TABLES:
            raise UnreadableError(_MANY.fill(most=MOST_TABLES))
        self._flows.open.close()
        self._open.append(_Open())

    def _column(self, attributes: Attributes) -> None:
        self._here.widths.append(width(value(attributes, "w")))

    def _end(self) -> None:
        done = self._open.pop()
        self._slots += done.slots
        if self._slots > limits.DOCX_SLOTS:
            raise UnreadableError(_SLOTS.fill(most=limits.DOCX_SLOTS))
        if done.rows:
            self._flows.open.blocks += read(done.rows, done.widths)

    # -- rows ------------------------------------------------------------------------------------------

    @property
    def _row(self) -> _Row:
        """The open row. Raises UnreadableError if there is none."""
        row = self._here.row
        if row is None:
            raise self._damaged()
        return row

    def _begin_row(self, attributes: Attributes) -> None:
        if self._here.row is not None or self._paragraphs.reading:
            raise self._damaged()
        self._here.row = _Row()

    def _end_row(self) -> None:
        row, here = self._row, self._here
        here.row = None
        if not row.cells or (row.hidden and not any(cell.blocks for cell in row.cells)):
            return
        here.rows.append(row.cells)
        here.edges.update([cell.start for cell in row.cells], [cell.end for cell in row.cells])
        if here.slots > MOST_SLOTS:
            raise UnreadableError(_SLOTS.fill(most=MOST_SLOTS))

    def _grid_before(self, attributes: Attributes) -> None:
        self._row.edge = min(whole(attributes), limits.DOCX_SPAN)

    def _row_hidden(self, attributes: Attributes) -> None:
        self._row.hidden = is_on(attributes)

    def _row_deleted(self, attributes: Attributes) -> None:
        self._here.row = None
        self._walk.within(self._paragraphs.skipped, up=2)

    # -- cells -----------------------------------------------------------------------------------------

    @property
    def _cell(self) -> _Cell:
        """The open cell. Raises UnreadableError if there is none."""
        cell = self._here.cell
        if cell is None:
            raise self._damaged()
        return cell

    def _begin_cell(self, attributes: Attributes) -> None:
        here = self._here
        if here.row is None or here.cell is not None or self._paragraphs.reading:
            raise self._damaged()
        here.cell = _Cell(self._paragraphs.count)
        self._flows.enter()

    def _end_cell(self) -> None:
        cell, row = self._cell, self._row
        self._here.cell = None
        blocks = said(self._flows.leave())
        end = row.edge + cell.span
        if cell.across == "next" and row.cells:  # its own text is invisible
            row.cells[-1] = row.cells[-1]._replace(end=end)
        else:
            origin = Origin(self._walk.part, cell.paragraph)
            row.cells.append(RawCell(row.edge, end, cell.down, blocks, origin))
        row.edge = end

    def _grid_span(self, attributes: Attributes) -> None:
        self._cell.span = min(max(whole(attributes, default=1), 1), limits.DOCX_SPAN)

    def _merge_down(self, attributes: Attributes) -> None:
        self._cell.down = _merge(value(attributes))

    def _merge_across(self, attributes: Attributes) -> None:
        self._cell.across = _merge(value(attributes))

    def _merge_tracked(self, attributes: Attributes) -> None:
        self._cell.down = _TRACKED.get(value(attributes, "vMerge") or "", "")

    def _cell_deleted(self, attributes: Attributes) -> None:
        self._here.cell = None
        self._flows.leave()
        self._walk.within(self._paragraphs.skipped, up=2)


def _merge(text: str | None) -> Merge:
    return "first" if text == "restart" else "next"
