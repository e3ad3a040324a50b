"""Binds the raw grids of a report to the tables of a form.

By label, never by order: a row is what its label says, a column what stands over it. Where a notation has
lost merged cells or row ends the form gives them back; what cannot be bound is noted, never guessed.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from nianbao.folding import fold, split_numeral
from nianbao.form import ColumnForm, Form, LabelMatch, TableForm
from nianbao.source import Span
from nianbao.syntax import Grid, Piece
from nianbao.table import Label, State, Table, figure

_ITEM = re.compile(r'第二十条第?[("]?\(?([一二三四五六七八九十]+)\)?项')
_CORNER = "勾稽关系"
_APPLICANT_HEADER = frozenset({"申请人情况", "法人或其他组织"})
_REVIEW_HEADER = frozenset({"行政复议", "行政诉讼"})
_ALIKE = 0.6
_PER_BLOCK = 5  # table four repeats five columns three times


class Binding(NamedTuple):
    """The tables of a form found in a report, by key, and the items of 条例第二十条 named, by numeral."""

    tables: dict[str, Table]
    items: dict[str, Label]


def bind(form: Form, grids: Iterable[Grid]) -> Binding:
    """Return what *grids* hold of the tables of *form*."""
    binder = _Binder(form)
    for grid in grids:
        binder.take(grid)
    return Binding(binder.tables, binder.items)


def is_value(text: str) -> bool:
    """Return whether *text* can only be the content of a data cell: a figure, a mark or nothing."""
    return figure(text).state is not State.TEXT


class _Row:
    """A raw row, folded once."""

    def __init__(self, cells: Sequence[Piece]) -> None:
        self.cells = cells
        self.keys = [fold(cell.text) for cell in cells]
        self.values = [is_value(cell.text) for cell in cells]
        self.span = Span(cells[0].span.start, cells[-1].span.end)

    @property
    def labels(self) -> list[int]:
        """Indices of the cells that are no values."""
        return [index for index, value in enumerate(self.values) if not value]


class _Binder:
    """Walks the rows of all grids and keeps what has been bound so far."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.tables: dict[str, Table] = {}
        self.items: dict[str, Label] = {}
        self.item: Label | None = None  # the last 第二十条第（X）项 that no row has claimed
        self.header: list[list[Piece]] = []  # lines of column labels read since the last data row
        self.current: Table | None = None

    def take(self, grid: Grid) -> None:
        self.header, self.item = [], None
        rows = _reflow(grid, self.form) if grid.stream else grid.rows
        for cells in rows:
            self._row(_Row(cells))

    def _row(self, row: _Row) -> None:
        for cell, key in zip(row.cells, row.keys, strict=True):
            if _CORNER in key:
                self._start(self.form.table("applications"), row.span).note = cell.span
        found = self._row_label(row)
        if found is not None:
            index, match, label = found
            self._data(row, index, match, label)
        elif row.labels:
            self._header(row)
        elif len(row.cells) >= _PER_BLOCK and self._in_review():
            self._review(row)

    # -- labels ------------------------------------------------------------------------------------

    def _row_label(self, row: _Row) -> tuple[int, LabelMatch, Label] | None:
        """Return the last cell that names a row of the form, what it names and the label."""
        for index in reversed(row.labels):
            known = self._known(row.keys[index])
            if known is not None:
                return index, known, self._label(row, index, known)
        index = row.labels[-1] if row.labels else len(row.cells)
        figures = len(row.cells) - index - 1
        key = row.keys[index] if row.labels else ""
        if figures < 1 or _ITEM.search(key) or key in self.form.groups:
            return None
        similar = self._similar(key, figures)
        return None if similar is None else (index, similar, self._label(row, index, similar))

    @staticmethod
    def _label(row: _Row, index: int, match: LabelMatch) -> Label:
        cell = row.cells[index]
        exact = _as_printed(row.keys[index], fold(match.row.label))
        return Label(match.row.key, cell.text, cell.span, match.row.label, exact)

    def _known(self, key: str) -> LabelMatch | None:
        matches = self.form.row_labels.get(key) or self.form.row_labels.get(split_numeral(key)[1])
        return self._choose(matches, key) if matches else None

    def _choose(self, matches: Sequence[LabelMatch], key: str) -> LabelMatch | None:
        """Return the match in the table at hand, and among its rows the first that is still free."""
        here = [m for m in matches if self.current is not None and m.table is self.current.form] or list(
            matches
        )
        free = [m for m in here if m.row.key not in self._table(m.table).rows] or here
        exact = [m for m in free if fold(m.row.label) == key]
        # "其他" and "总计" without a numeral are rows only where table three has come so far.
        if not exact and key in ("其他", "总计") and not (self.current and self.current.rows):
            return None
        return (exact or free)[0]

    def _similar(self, key: str, figures: int) -> LabelMatch | None:
        """Return the row whose label *key* most resembles, if it has so many figures and is still free."""
        best, ratio = None, _ALIKE
        numeral, words = split_numeral(key)
        for table in self.form.tables:
            if len(table.columns) != figures or not (self.current is None or self.current.form is table):
                continue
            taken = self._table(table).rows
            for row in table.rows:
                if row.key in taken or not row.label:
                    continue
                number, label = split_numeral(fold(row.label))
                likeness = SequenceMatcher(None, words, label, autojunk=False).ratio() + 0.1 * (
                    number == numeral
                )
                if len(words) >= 2 and label.startswith(words):
                    likeness = max(likeness, _ALIKE + 0.1)
                if likeness > ratio:
                    best, ratio = LabelMatch(table, row, official=False), likeness
        return best

    # -- rows --------------------------------------------------------------------------------------

    def _header(self, row: _Row) -> None:
        """Take a row that has no figures to bind: an item of 第二十条, column labels, a group."""
        for index in row.labels:
            item = _ITEM.search(row.keys[index])
            if item:
                cell = row.cells[index]
                self.item = Label(item[1], cell.text, cell.span, f"第二十条第（{item[1]}）项", exact=True)
                self.items.setdefault(item[1], self.item)
                self.header, self.current = [], None
                return
        keys = set(row.keys)
        if keys & _APPLICANT_HEADER:
            self._start(self.form.table("applications"), row.span)
        elif keys & _REVIEW_HEADER or ({"结果维持", "尚未审结"} <= keys):
            self._start(self.form.table("review"), row.span)
        label = row.cells[row.labels[-1]]
        figures = any(value and key for value, key in zip(row.values, row.keys, strict=True))
        if figures and self.current is not None and self.current.rows:
            self.current.extra.append(Label("", label.text, label.span, "", exact=False))
        else:
            self.header.append([row.cells[index] for index in row.labels])

    def _data(self, row: _Row, index: int, match: LabelMatch, label: Label) -> None:
        table = self._start(match.table, row.span)
        if match.row.key in table.rows:
            table.extra.append(label)
            return
        table.rows[match.row.key] = label
        if not table.columns:
            self._columns(table)
        columns = _order(table)
        values = _fit([*row.cells[index + 1 :]], len(columns))
        if values is None:
            table.ragged.append((label, len(row.cells) - index - 1))
            return
        for column, cell in zip(columns, values, strict=True):
            table.put(match.row, column, cell.text, cell.span)

    def _columns(self, table: Table) -> None:
        """Bind the labels read since the last data row to the columns of *table*."""
        form = table.form
        if form.item:
            labels = [cell for line in self.header for cell in line if fold(cell.text) != "信息内容"]
            _bind_columns(table, form.columns, labels)
            table.header = self.item
        else:
            _bind_columns(table, form.columns, _leaves(self.header, form))
        self.header, self.item = [], None

    def _in_review(self) -> bool:
        return self.current is not None and self.current.form.key == "review"

    def _review(self, row: _Row) -> None:
        """Take a row of nothing but values under the header of table four: fifteen, or one block of five."""
        table = self.current
        assert table is not None
        columns = table.form.columns
        leaves = _leaves(self.header, table.form)
        values = _fit(list(row.cells), len(columns))
        if values is None and len(row.cells) == _PER_BLOCK:
            start = _PER_BLOCK * (len(table.cells) // _PER_BLOCK)
            block = columns[start : start + _PER_BLOCK]
            _bind_columns(table, block, leaves)
            values, columns = list(row.cells), block
        elif len(table.columns) < len(columns):
            _bind_columns(table, columns, leaves)
        if values is None:
            if any(row.keys):
                label = Label("cases", self._source_text(row), row.span, "", exact=False)
                table.ragged.append((label, len(row.cells)))
            return
        self.header = []
        for column, cell in zip(columns, values, strict=False):
            table.put(table.form.rows[0], column, cell.text, cell.span)

    @staticmethod
    def _source_text(row: _Row) -> str:
        return " ".join(cell.text for cell in row.cells)

    def _table(self, form: TableForm) -> Table:
        return self.tables.get(form.key) or Table(form, Span(0, 0))

    def _start(self, form: TableForm | None, span: Span) -> Table:
        """Return the table on *form*, made now if this is the first row of it."""
        if form is None:
            return Table(TableForm("", "", "", "", "", (), ()), span)
        table = self.tables.get(form.key)
        if table is None:
            table = self.tables[form.key] = Table(form, span)
        else:
            table.span = Span(table.span.start, max(table.span.end, span.end))
        self.current = table
        return table


def _fit(cells: list[Piece], width: int) -> list[Piece] | None:
    """Return *cells* without the empty ones that merging has left over, so that *width* remain, or None.

    Counted from the right: a merged label leaves its empty cells before the figures. Where the figures
    come first, what follows them was merged.
    """
    while len(cells) > width and not cells[0].text:
        cells = cells[1:]
    while len(cells) > width and not cells[-1].text:
        cells = cells[:-1]
    if len(cells) > width == 1 and len({cell.text for cell in cells}) == 1:
        cells = cells[:1]  # one cell spread over the columns of the table above
    return cells if len(cells) == width else None


def _order(table: Table) -> Sequence[ColumnForm]:
    """Return the columns in the order their labels were found; the form's own where not all were."""
    by_key = {column.key: column for column in table.form.columns}
    found = [by_key[key] for key in table.columns]
    return found if len(found) == len(by_key) else table.form.columns


def _bind_columns(table: Table, columns: Sequence[ColumnForm], labels: Sequence[Piece]) -> None:
    """Bind *labels* to *columns*: those that are known by their words, the others by their place."""
    by_place = len(labels) == len(columns)
    if len({column.label for column in columns}) < len(columns):  # table four: only the place tells
        named = list[ColumnForm | None](columns) if by_place else []
        labels = labels if by_place else []
    else:
        named = [_column(columns, fold(label.text)) for label in labels]
    found = [column for column in named if column is not None]
    if len(set(found)) != len(found):
        return
    left = iter([column for column in columns if column not in found] if by_place else [])
    for label, known in zip(labels, named, strict=True):
        column = known or next(left, None)
        if column is not None:
            exact = _as_printed(fold(label.text), fold(column.label))
            table.columns[column.key] = Label(column.key, label.text, label.span, column.label, exact)


def _as_printed(key: str, official: str) -> bool:
    """Return whether *key* is the *official* label; a lost numeral or end is a converter's doing."""
    return key in (official, split_numeral(official)[1]) or (len(key) >= 2 and official.startswith(key))


def _column(columns: Sequence[ColumnForm], key: str) -> ColumnForm | None:
    for column in columns:
        if key in map(fold, (column.label, *column.aliases)):
            return column
    return None


def _leaves(header: Sequence[Sequence[Piece]], table: TableForm) -> list[Piece]:
    """Return the labels of the lowest line of a header of several lines, from left to right.

    Flattened, the labels under a group (法人或其他组织) come in the next line; here they take its place.
    """
    groups = {fold(column.under) for column in table.columns if column.under} | {"行政诉讼", "申请人情况"}
    lines = [[cell for cell in line if _CORNER not in fold(cell.text)] for line in header]
    if table.key == "applications":
        lines = _unfolded(lines)
    return [cell for line in lines for cell in line if fold(cell.text) not in groups]


def _unfolded(lines: list[list[Piece]]) -> list[list[Piece]]:
    for number, line in enumerate(lines):
        keys = [fold(cell.text) for cell in line]
        if "法人或其他组织" not in keys:
            continue
        at = keys.index("法人或其他组织")
        if number + 1 < len(lines):
            return [[*line[:at], *lines[number + 1], *line[at + 1 :]], *lines[number + 2 :]]
        after = line[at + 1 :]  # one line held both: 自然人 法人或其他组织 总计 商业企业 …
        return [[*line[:at], *after[1:], *after[:1]]]
    return lines


def _reflow(grid: Grid, form: Form) -> list[tuple[Piece, ...]]:
    """Give a stream of cells its rows back: a new one begins with each row label, item or header."""
    rows: list[list[Piece]] = [[]]
    starts: Callable[[str], bool] = lambda key: (  # noqa: E731
        key in form.row_labels or key == "信息内容" or bool(_ITEM.search(key)) or key in form.groups
    )
    previous_value = False
    for cell in grid.rows[0]:
        value = is_value(cell.text)
        key = fold(cell.text)
        if (rows[-1] and not value and (previous_value or starts(key)) and not _follows_group(rows[-1], form)) or (rows[-1] and value and cell.text and not previous_value and not _labelled(rows[-1], form)):
            rows.append([])
        rows[-1].append(cell)
        previous_value = value and bool(cell.text)
    return [tuple(row) for row in rows if row]


def _follows_group(row: Sequence[Piece], form: Form) -> bool:
    return len(row) <= 2 and all(not cell.text or fold(cell.text) in form.groups for cell in row)


def _labelled(row: Sequence[Piece], form: Form) -> bool:
    return any(fold(cell.text) in form.row_labels for cell in row)
