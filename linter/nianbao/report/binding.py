"""Binds the raw grids of a report to the tables of a form.

By label, never by order: a row is what its label says, a column what stands over it. Where a notation has
lost merged cells or row ends the form gives them back; what cannot be bound is noted, never guessed.

First every row is given its label, then each table its columns, last each row its cells: how wide a row is
and where merging has left empty cells shows only when all rows of a table are known.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from nianbao.report.columns import HeaderLine, as_printed, bind_block, bind_columns, blocks, lay, window
from nianbao.report.form import ColumnForm, Form, LabelMatch, RowForm, TableForm
from nianbao.report.syntax import Grid, Piece
from nianbao.report.table import Label, State, Table, figure
from nianbao.text.folding import fold, split_numeral
from nianbao.text.source import Span

_ITEM = re.compile(r"第?二十条(?:第?\(?(十?.|\d+)\)?项|第?\((十?.|\d+)\))")
_NUMERALS = ("", *"一二三四五六七八九十", "十一", "十二", "十三", "十四", "十五")
_TEXT = State.TEXT  # an enumeration looks its members up anew each time
_CORNER = re.compile("[勾钩]稽关系")
_INFORMATION = "信息内容"
_APPLICANTS = frozenset({"申请人情况", "法人或其他组织"})
_CASES = frozenset({"行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉"})
_RESULTS = frozenset({"结果维持", "尚未审结"})
_ALSO_COLUMNS = frozenset({"其他", "总计"})  # rows of table three where they stand behind figures
_ALIKE = 0.6
_LONGEST_LABEL = 80
_MOST_LINES = 5  # of a header
_LONGEST_ITEM = 24  # 《中华人民共和国政府信息公开条例》第二十条第（一）项 is no longer
_LINE_END = 4  # at most so many characters part a line of a broken label from the next


class Binding(NamedTuple):
    """The tables of a form found in a report, by key, and the items of 条例第二十条 named, by numeral."""

    tables: dict[str, Table]
    items: dict[str, Label]


def bind(form: Form, grids: Iterable[Grid]) -> Binding:
    """Return what *grids* hold of the tables of *form*."""
    walk = _Walk(form)
    for grid in grids:
        walk.take(grid)
    for draft in walk.drafts.values():
        draft.settle()
    return Binding({key: draft.table for key, draft in walk.drafts.items()}, walk.items)


def is_value(text: str) -> bool:
    """Return whether *text* can only be the content of a data cell: a figure, a mark or nothing."""
    return figure(text).state is not _TEXT


class _Row:
    """A raw row, folded once."""

    def __init__(self, cells: Sequence[Piece], *, in_stream: bool = False) -> None:
        self.cells = cells
        self.in_stream = in_stream  # where it ends was told by the labels
        self.keys = [fold(cell.text) for cell in cells]
        self.labels = [index for index, cell in enumerate(cells) if not is_value(cell.text)]
        self.span = Span(cells[0].span.start, cells[-1].span.end)

    @property
    def header(self) -> HeaderLine:
        """The labels of the row, were it a line of column labels."""
        places = [i for i in self.labels if not _CORNER.search(self.keys[i])]
        return HeaderLine(tuple(self.cells[i] for i in places), tuple((i,) for i in places), len(self.cells))

    @property
    def filled(self) -> bool:
        """Whether a figure or a mark stands behind the last label."""
        start = self.labels[-1] + 1 if self.labels else 0
        return any(self.keys[start:])


class _Draft:
    """A table whose rows are being collected."""

    def __init__(self, form: TableForm, span: Span) -> None:
        self.table = Table(form, span)
        self.header: list[HeaderLine] = []
        self.rows: list[tuple[RowForm, _Row, int]] = []  # with the index of the label in the raw row
        self.cases: list[
            tuple[Sequence[Piece], list[HeaderLine], str]
        ] = []  # table four: figures, header, group
        self.stretch = 0  # the stretch of rows that its last row belongs to

    def settle(self) -> None:
        """Give the columns their labels and the rows their cells."""
        if self.cases:
            self._settle_cases()
            return
        columns = bind_columns(self.table, self.header)
        if columns is None:
            return
        width = len(columns.order)
        leading = self._leading(width)
        for form, row, index in self.rows:
            cells = row.cells[index + 1 :]
            found: Sequence[Piece] | None = columns.cells_under(row.cells, index + 1)
            if len(cells) == width or found is None:
                ends = window(cells, width)
                if row.in_stream and ends is not None and ends[0] != ends[1] and any(row.keys[index + 1 :]):
                    continue  # an empty cell at its end may be the first of the next row: not to be told
                found = lay(cells, width, leading=leading)
            if found is None:
                self.table.ragged.append((self.table.rows[form.key], len(cells)))
            else:
                self._put(form, columns.order, found)

    def _leading(self, width: int) -> bool:
        """Return whether merged cells left their empty ones before the figures, by the rows that show it."""
        votes = 0
        for _, row, index in self.rows:
            cells = row.cells[index + 1 :]
            ends = window(cells, width) if len(cells) > width else None
            if ends is not None and ends[0] == ends[1]:
                votes += (ends[0] == len(cells) - width) - (ends[0] == 0)
        return votes >= 0

    def _settle_cases(self) -> None:
        """Give table four its figures: fifteen in one row, or five in each of three."""
        runs = blocks(self.table.form)
        left = list(runs)
        for cells, header, group in self.cases:
            whole = lay(cells, len(self.table.form.columns), leading=True)
            if whole is not None and len(left) == len(runs):
                columns = bind_columns(self.table, header)
                self._put(self.table.form.rows[0], columns.order if columns else (), whole)
                left = []
                continue
            block = lay(cells, len(runs[0]), leading=True)
            run = next((run for run in left if fold(run[0].under) == group), left[0] if left else None)
            if block is not None and run is not None:
                left.remove(run)
                self._put(self.table.form.rows[0], bind_block(self.table, run, header), block)
            elif left and any(cell.text for cell in cells):
                words = " ".join(cell.text for cell in cells)
                span = Span(cells[0].span.start, cells[-1].span.end)
                self.table.ragged.append((Label("cases", words, span, "", exact=False), len(cells)))

    def _put(self, row: RowForm, columns: Sequence[ColumnForm], cells: Sequence[Piece]) -> None:
        for column, cell in zip(columns, cells, strict=False):
            self.table.put(row, column, cell.text, cell.span)


class _Walk:
    """Goes through the rows of all grids in order and gives each to the table that its label belongs to."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.drafts: dict[str, _Draft] = {}
        self.items: dict[str, Label] = {}
        self.item: Label | None = None  # the last 第二十条第（X）项 that no row has claimed
        self.header: list[HeaderLine] = []  # lines of column labels read since the last data row
        self.current: _Draft | None = None
        self.stretch = 0  # counts grids and headers: within one, a row that comes twice is one too many
        self.above: _Row | None = None

    def take(self, grid: Grid) -> None:
        """Take the rows of *grid*."""
        self.stretch += 1
        self.header, self.above = [], None
        if grid.caption is not None:
            self._item(fold(grid.caption.text), grid.caption)
        for row in _rows(grid, self.form):
            self._row(row)
            self.above = row

    def _row(self, row: _Row) -> None:
        self._notes(row)
        found = self._named(row)
        if found is not None:
            self._data(row, *found)
        elif self._in_review() and (not row.labels or row.filled):
            self._cases(row)
        elif row.labels:
            self._words(row)

    def _notes(self, row: _Row) -> None:
        """Note an item of 第二十条 and the corner of table three, wherever in the row they stand."""
        for index in row.labels:
            key, cell = row.keys[index], row.cells[index]
            if _CORNER.search(key):
                table = self._open("applications", row)
                if table is not None:
                    table.note = table.note or cell.span
            elif self._item(key, cell):
                return

    def _item(self, key: str, cell: Piece) -> bool:
        match = _ITEM.search(key) if "二十条" in key and len(key) <= _LONGEST_ITEM else None
        if match is None:
            return False
        numeral = match[1] or match[2]
        if numeral.isdigit() and int(numeral) < len(_NUMERALS):
            numeral = _NUMERALS[int(numeral)]
        official = f"第二十条第（{numeral}）项"
        exact = key.rstrip(":").endswith(fold(official))
        self.item = Label(numeral, cell.text, cell.span, official, exact)
        self.items.setdefault(numeral, self.item)
        self.header, self.current = [], None
        self.stretch += 1
        return True

    # -- labels ------------------------------------------------------------------------------------

    def _named(self, row: _Row) -> tuple[int, LabelMatch, Label] | None:
        """Return the index of the cell that names a row of the form, the row it names, and the label."""
        for index in reversed(row.labels):
            found = self._known(row, index)
            if found is not None:
                return (index, *found)
        index = row.labels[-1] if row.labels else len(row.cells) - 1
        key = row.keys[index] if row.labels else ""
        if not key or index + 1 == len(row.cells) or key in self._other_words:
            return None
        match = self._similar(key, row.cells[index + 1 :])
        return None if match is None else (index, match, self._label(row.cells[index], key, match))

    @property
    def _other_words(self) -> frozenset[str]:
        return self.form.groups | _CASES | _APPLICANTS | {_INFORMATION}

    @staticmethod
    def _label(cell: Piece, key: str, match: LabelMatch) -> Label:
        exact = as_printed(key, match.row)
        return Label(match.row.key, cell.text, cell.span, match.row.label, exact)

    def _known(self, row: _Row, index: int) -> tuple[LabelMatch, Label] | None:
        key, cell = row.keys[index], row.cells[index]
        if key in _ALSO_COLUMNS and not self._is_row(row, index):
            return None
        for words in self._readings(key):
            matches = self.form.row_labels.get(words) or self.form.row_labels.get(split_numeral(words)[1])
            if matches and self._holds_figures(row, index, matches[0].table):
                match = self._choose(matches)
                return match, self._label(cell, words, match)
        above = self.above
        if index == 0 and above is not None and not above.filled and above.labels:
            # A cell of two lines: the first came as a line of its own.
            first = above.cells[-1]
            matches = self.form.row_labels.get(above.keys[-1] + key)
            if matches and 0 < cell.span.start - first.span.end <= _LINE_END:
                span = Span(first.span.start, cell.span.end)
                whole = Piece(f"{first.text}\n{cell.text}", span)
                match = self._choose(matches)
                return match, self._label(whole, above.keys[-1] + key, match)
        return None

    def _is_row(self, row: _Row, index: int) -> bool:
        """Return whether a bare 其他 or 总计 is a row of table three and not one of its columns."""
        others = [row.keys[i] for i in row.labels if i != index]
        here = self.current.table.form if self.current is not None and self.current.rows else None
        return (
            any(match.table is here for match in self.form.row_labels.get(row.keys[index], ()))
            and index + 1 < len(row.cells)
            and all(key in self.form.groups for key in others)
        )

    def _readings(self, key: str) -> Iterator[str]:
        """Yield *key*, then *key* without the label of its group, where both stand in one cell."""
        yield key
        for group in self.form.groups:
            if key.startswith(group) and len(key) > len(group):
                yield key[len(group) :]

    @staticmethod
    def _holds_figures(row: _Row, index: int, table: TableForm) -> bool:
        """Return whether figures follow at once, not the labels of rows that *index* would be a group of."""
        if row.labels[-1] == index or index + 1 not in row.labels:
            return True
        return lay(row.cells[index + 1 :], len(table.columns), leading=False) is not None

    def _choose(self, matches: Sequence[LabelMatch]) -> LabelMatch:
        """Return the match in the table at hand, and among its rows the first that is still free."""
        here = [m for m in matches if self.current is not None and m.table is self.current.table.form]
        free = [m for m in here or matches if m.row.key not in self._taken(m.table)]
        return (free or here or matches)[0]

    def _taken(self, form: TableForm) -> Iterable[str]:
        draft = self.drafts.get(form.key)
        return draft.table.rows if draft is not None else ()

    def _similar(self, key: str, cells: Sequence[Piece]) -> LabelMatch | None:
        """Return the row whose label *key* most resembles, of those that could hold *cells* and are free."""
        best, ratio = None, _ALIKE
        numeral, words = split_numeral(key)
        if not 2 <= len(words) <= _LONGEST_LABEL:
            return None
        for table in self._at_hand():
            if lay(cells, len(table.columns), leading=True) is None:
                continue
            for row in table.rows:
                if row.key in self._taken(table) or not row.label:
                    continue
                number, label = split_numeral(fold(row.label))
                likeness = _likeness(words, label) + 0.1 * (number == numeral)
                if likeness > ratio:
                    best, ratio = LabelMatch(table, row, official=False), likeness
        return best

    def _at_hand(self) -> Iterable[TableForm]:
        """Return the tables that a label not known may belong to."""
        if self.current is not None:
            return (self.current.table.form,)
        if self.item is not None:
            return tuple(filter(self._stands_under, self.form.tables)) or self.form.tables
        return self.form.tables

    # -- rows --------------------------------------------------------------------------------------

    def _data(self, row: _Row, index: int, match: LabelMatch, label: Label) -> None:
        draft = self._draft(match.table, row.span)
        if draft.stretch != self.stretch and self._stands_under(match.table) and draft.table.header is None:
            del self.drafts[match.table.key]  # what was read before was a table of the report's own
            draft = self._draft(match.table, row.span)
        if match.row.key in draft.table.rows:
            if draft.stretch == self.stretch:
                draft.table.extra.append(label)
            return  # else the table comes a second time, and the first is the one that is judged
        if not draft.rows:
            draft.header = self.header
        if draft.table.form.item and self.item is not None:
            draft.table.header = draft.table.header or self.item
            draft.table.span = Span(min(self.item.span.start, draft.table.span.start), draft.table.span.end)
            self.item = None
        draft.table.rows[match.row.key] = label
        draft.rows.append((match.row, row, index))
        draft.stretch = self.stretch
        self.header = []

    def _stands_under(self, form: TableForm) -> bool:
        """Return whether the line of its item stands over the rows that come."""
        return self.item is not None and self.item.key == form.item

    def _words(self, row: _Row) -> None:
        """Take a row that names no row of the form: column labels, a group, or a row that the form has not."""
        keys = set(row.keys)
        if keys & _APPLICANTS:
            self._open("applications", row)
        elif keys & _CASES or keys >= _RESULTS:
            self._open("review", row)
        elif _INFORMATION in keys:
            self.current, self.header = None, []
            self.stretch += 1
        if row.filled:
            self._unknown(row)
        else:
            self.header = [*self.header[1 - _MOST_LINES :], row.header]

    def _unknown(self, row: _Row) -> None:
        """Note a row with figures that the form has not, where it is clear which table it stands in."""
        draft = self.current if self.current and self.current.stretch == self.stretch else None
        if draft is None and self.item is not None:
            form = next(filter(self._stands_under, self.form.tables), None)
            if form is not None:
                draft = self._draft(form, row.span)
                draft.stretch = self.stretch
        if draft is not None:
            cell = row.cells[row.labels[-1]]
            draft.table.extra.append(Label("", cell.text, cell.span, "", exact=False))

    def _in_review(self) -> bool:
        return self.current is not None and not self.current.table.form.rows[0].label

    def _cases(self, row: _Row) -> None:
        """Take the figures of table four, whose one row has no label; a block of five may have one."""
        draft = self.current
        assert draft is not None
        start = row.labels[-1] + 1 if row.labels else 0
        cells = row.cells[start:]
        if len(cells) < len(blocks(draft.table.form)[0]):
            return
        own = [key for key in row.keys if key in self.form.groups]
        over = own or [key for key in self._header_keys() if key in self.form.groups]
        draft.cases.append((cells, self.header, over[0] if len(set(over)) == 1 else ""))
        draft.table.span = Span(draft.table.span.start, max(draft.table.span.end, row.span.end))
        self.header = []

    def _header_keys(self) -> Iterator[str]:
        return (fold(label.text) for line in self.header for label in line.labels)

    def _open(self, key: str, row: _Row) -> Table | None:
        """Begin table *key* at one of its header lines, once more where it has rows already."""
        form = self.form.table(key)
        if form is None:
            return None
        if self.current is None or self.current.table.form is not form or self.current.rows:
            self.stretch += 1
            self.header = []
        return self._draft(form, row.span).table

    def _draft(self, form: TableForm, span: Span) -> _Draft:
        """Return the table on *form*, made now if this is the first row of it."""
        draft = self.drafts.get(form.key)
        if draft is None:
            draft = self.drafts[form.key] = _Draft(form, span)
        else:
            whole = draft.table.span
            draft.table.span = Span(min(whole.start, span.start), max(whole.end, span.end))
        self.current = draft
        return draft


def _likeness(words: str, label: str) -> float:
    """Return how much *words* resemble *label*, from 0 to 1; the beginning of it does enough."""
    if label.startswith(words):
        return _ALIKE + 0.1
    shared = sum(character in label for character in words)
    if 4 * shared <= len(words) + len(label):  # below a half: not worth a closer look
        return 0
    from difflib import SequenceMatcher  # most reports have no label that is misspelt

    return SequenceMatcher(None, words, label, autojunk=False).ratio()


def _rows(grid: Grid, form: Form) -> Iterator[_Row]:
    """Yield the rows of *grid*; where the notation has lost their ends, the labels tell them."""
    if grid.stream or (len(grid.rows) > 2 and all(len(row) == 1 for row in grid.rows)):
        stream = [cell for row in grid.rows for cell in row]
        yield from (_Row(cells, in_stream=True) for cells in _reflowed(stream, form))
        return
    for cells in grid.rows:
        row = _Row(cells)
        if _runs_on(row, form):
            yield from (_Row(part, in_stream=True) for part in _reflowed(cells, form))
        else:
            yield row


def _runs_on(row: _Row, form: Form) -> bool:
    """Return whether *row* holds a header and its figures, or a label that begins a row behind a figure."""
    if row.filled and (_INFORMATION in row.keys or set(row.keys) >= _RESULTS):
        return True
    first = next((i for i, key in enumerate(row.keys) if key and i not in row.labels), len(row.keys))
    return any(i > first and _begins(row.keys[i], form) for i in row.labels)


def _reflowed(cells: Iterable[Piece], form: Form) -> list[list[Piece]]:
    """Give a stream of cells its rows back: one begins with each row label, item or header."""
    rows: list[list[Piece]] = [[]]
    after_figure = False
    in_review = False  # under the header of table four 总计 is a column, and the figures have no row label
    above = ""
    for cell in cells:
        value, key, row = is_value(cell.text), fold(cell.text), rows[-1]
        if key == "结果维持" and not in_review:
            in_review = begins = True
        elif value:
            begins = bool(key) and not after_figure and (in_review or not _labelled(row, form))
        else:
            starts = after_figure or (not in_review and _begins(key, form) and key != above)
            begins = starts and not _only_groups(row, form)
        if begins:
            rows.append([])
            if value:
                rows[-1] = _taken_along(row, form, in_review=in_review)
        rows[-1].append(cell)
        after_figure = value and (bool(key) or after_figure)
        above = key
    if in_review and not after_figure:
        rows.append(_taken_along(rows[-1], form, in_review=True))
    return [row for row in rows if row]


def _taken_along(row: list[Piece], form: Form, *, in_review: bool) -> list[Piece]:
    """Take off the end of *row*, a header, what belongs to the figures that follow, and return it.

    In table four that is every empty cell; elsewhere it is a row label that is not known.
    """
    end = len(row)
    while in_review and end and not row[end - 1].text:
        end -= 1
    if not in_review and row and row[-1].text and fold(row[-1].text) not in form.labels:
        end -= 1
    taken = row[end:]
    del row[end:]
    return taken


def _begins(key: str, form: Form) -> bool:
    if key in _ALSO_COLUMNS:
        return False
    return key in form.row_labels or key == _INFORMATION or key in form.groups or bool(_ITEM.search(key))


def _only_groups(row: Sequence[Piece], form: Form) -> bool:
    return len(row) <= 2 and all(not cell.text or fold(cell.text) in form.groups for cell in row)


def _labelled(row: Sequence[Piece], form: Form) -> bool:
    return any(fold(cell.text) in form.row_labels for cell in row)
