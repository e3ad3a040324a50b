"""The rows of a grid, read once; if the notation has lost their ends, the labels restore them."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

from nianbao.report.columns import HeaderLine
from nianbao.report.form import Form
from nianbao.report.syntax import Grid, Piece
from nianbao.report.table import State, figure, nearly_a_figure
from nianbao.text.folding import fold
from nianbao.text.source import Span

NO_COLUMN = "信息内容"  # the head of the column of labels, so the first cell of a header
ALSO_COLUMNS = frozenset({"其他", "总计"})  # rows of table three if they come after figures
# Columns beside the figures that the form does not have: the head of one, and the unit in each of its rows.
BESIDE = frozenset({"单位", "计量单位", "备注", "件", "宗", "个", "万元", "元"})
# Heads of columns that number the rows, and what a row that numbers the columns has beside its numbers.
_SERIAL = frozenset({"序号", "编号", "行次"})
_REMARKS = frozenset({"备注", "说明"})
_OF_NUMBERS = frozenset({"", "栏次", "序号", "行次", "甲", "乙", "丙"})
_LABELS = 3  # columns of labels, at most, before the figures
_LATEST_FIRST = 4  # number of the first column of figures, as three columns of labels may come before it
_FEWEST_NUMBERS = 5  # in a row without a word that says what they are
_FIRST_RESULT, _OPEN_RESULT = "结果维持", "尚未审结"
_ITEM = re.compile(r"二十条(?:第?\(?(十?[^()]|\d+)\)?项|第?\((十?[^()]|\d+)\))")
_NUMERALS = ("", *"一二三四五六七八九十", "十一", "十二", "十三", "十四", "十五")
# What is longer is a sentence that cites the item.
_LONGEST_ITEM = len("《中华人民共和国政府信息公开条例》第二十条第(十五)项:")
_MOSTLY = 3  # figures in a row without a label


def is_value(text: str) -> bool:
    """Return whether *text* can only be the content of a data cell: a figure, a mark or nothing."""
    return figure(text).state is not State.TEXT


# The same few hundred labels and figures come in every report.
@lru_cache(maxsize=4096)
def _folded(text: str) -> tuple[str, bool]:
    """Return *text* folded, and whether it is a value."""
    return fold(text), is_value(text)


def is_note(key: str) -> bool:
    """Return whether the folded text *key* is the note in the corner of table three."""
    return "勾稽关系" in key or "钩稽关系" in key


def item_numeral(key: str) -> str | None:
    """Return the numeral of the item of 条例第二十条 that the folded text *key* names, None for no item."""
    match = _ITEM.search(key) if "二十条" in key and len(key) <= _LONGEST_ITEM else None
    if match is None:
        return None
    numeral: str = match[1] or match[2]
    return _NUMERALS[int(numeral)] if numeral.isdigit() and int(numeral) < len(_NUMERALS) else numeral


def heads_review(keys: Collection[str]) -> bool:
    """Return whether the folded texts *keys* of a row are labels of table four."""
    return _FIRST_RESULT in keys and _OPEN_RESULT in keys


class Row(NamedTuple):
    """A row of a grid: its cells, their folded texts, and the places of those that are labels, not values."""

    cells: Sequence[Piece]
    keys: tuple[str, ...]
    labels: tuple[int, ...]
    restored: bool  # whether the labels gave it its ends
    loose: bool = False  # whether only its words are known, no empty cells

    @property
    def span(self) -> Span:
        """From the first cell to the last."""
        return Span(self.cells[0].span.start, self.cells[-1].span.end)

    @property
    def values_start(self) -> int:
        """The place behind the last label."""
        return self.labels[-1] + 1 if self.labels else 0

    @property
    def filled(self) -> bool:
        """Whether a figure or a mark follows the last label."""
        return any(self.keys[self.values_start :])

    @property
    def header(self) -> HeaderLine:
        """The labels of the row, were it a line of column labels."""
        places = [i for i in self.labels if not (is_note(self.keys[i]) or item_numeral(self.keys[i]))]
        return HeaderLine(tuple(self.cells[i] for i in places), tuple((i,) for i in places), len(self.cells))


def rows_of(grid: Grid, form: Form) -> Iterator[Row]:
    """Yield the rows of *grid*; one that only ends the label of the row above is part of that.

    Numbers of rows and of columns are left out.
    """
    if grid.loose:
        yield from (row_of(cells)._replace(loose=True) for cells in grid.rows)
        return
    last: Row | None = None
    plain = _without_numbers(grid.rows) if _may_number(grid.rows) else grid.rows
    rows = tuple(map(tuple, _upright(plain, form)))
    for row in _rows(grid._replace(rows=rows), form):
        if last is not None and (whole := _continued(last, row, form)) is not None:
            last = whole
            continue
        if last is not None:
            yield last
        last = row
    if last is not None:
        yield last


def _upright(rows: Iterable[Sequence[Piece]], form: Form) -> Iterator[Sequence[Piece]]:
    """Yield *rows*, or the columns of each of their tables if these have the place of its rows."""
    part: list[Sequence[Piece]] = []
    for cells in rows:
        first = next((cell for cell in cells if cell.text), None)
        named = first is not None and item_numeral(fold(first.text)) is not None
        if named and sum(bool(cell.text) for cell in cells) == 1:
            yield from _turned(part, form)
            yield cells
            part = []
        else:
            part.append(cells)
    yield from _turned(part, form)


def _turned(rows: Sequence[Sequence[Piece]], form: Form) -> Sequence[Sequence[Piece]]:
    """Return *rows*, or their columns if the labels of the form's columns are below each other."""
    if not rows or len(rows[0]) < 2 or any(len(row) != len(rows[0]) for row in rows):
        return rows
    rows_above = fold(rows[0][0].text) == NO_COLUMN and any(fold(c.text) in form.row_labels for c in rows[0])
    lying = max(
        len(_column_labels([row[at] for row in rows], form)) for at in range(min(_LABELS, len(rows[0])))
    )
    if rows_above or (lying > 2 and lying > max(len(_column_labels(row, form)) for row in rows)):
        return list(zip(*rows, strict=True))
    return rows


def _column_labels(cells: Iterable[Piece], form: Form) -> frozenset[str]:
    """Return the labels of the form's columns in *cells*."""
    return form.column_labels.intersection([fold(cell.text) for cell in cells])


def _may_number(rows: Sequence[Sequence[Piece]]) -> bool:
    """Return whether *rows* may have numbers of rows or columns or remarks; most tables are seen at once to have none."""
    words = "".join([cell.text for cells in rows for cell in cells if not cell.text.isdecimal()])
    if any(sign in words for sign in "序编次甲备说"):
        return True
    return any(len(cells) > 1 and _count_on([cell.text for cell in cells[-3:]]) for cells in rows)


def _count_on(texts: Sequence[str]) -> bool:
    """Return whether the last two of *texts* may be numbers that count on, and the one before, if it is a number, too."""
    return _counts_on(*texts[-2:]) and (not texts[0].isdecimal() or _counts_on(*texts[:2]))


def _is_ordinal(key: str) -> bool:
    """Return whether *key* may number a row or a column: no table has ten thousand."""
    return len(key) < 5 and key.isdecimal()


def _counts_on(first: str, second: str) -> bool:
    """Return whether *second* may be the number after *first*."""
    if _is_ordinal(first) and _is_ordinal(second):
        return int(second) == int(first) + 1
    return (not second.isascii() and len(second) == 1) or second.startswith(("(", "（"))


def _without_numbers(rows: Sequence[Sequence[Piece]]) -> Iterator[Sequence[Piece]]:
    """Yield *rows* without the one that numbers the columns, the column below 序号, and 备注 if it is the last."""
    column, width, last = -1, 0, False
    for cells in rows:
        keys = [fold(cell.text) for cell in cells]
        if _numbers_columns(keys):
            continue
        if NO_COLUMN in keys:  # another header
            column, last = -1, False
        if not _SERIAL.isdisjoint(keys):
            column, width = next(n for n, key in enumerate(keys) if key in _SERIAL), len(keys)
        if keys[-1] in _REMARKS and len(keys) > 1:
            last, width = True, len(keys)
        if last and len(keys) == width:
            cells = cells[:-1]
        in_place = 0 <= column < len(cells) and (column == 0 or len(keys) == width)
        if in_place and len(cells) > 1 and (keys[column] in {"", *_SERIAL} or keys[column].isdecimal()):
            cells = (*cells[:column], *cells[column + 1 :])
        yield cells


def _numbers_columns(keys: Sequence[str]) -> bool:
    """Return whether *keys* are numbers that count on from one, or from where the columns of figures begin."""
    numbers = [key.strip("()") for key in keys if key not in _OF_NUMBERS]
    said = any(key and key in _OF_NUMBERS for key in keys)
    if len(numbers) < (1 if said else _FEWEST_NUMBERS) or not all(map(_is_ordinal, numbers)):
        return False
    first = int(numbers[0])
    return first <= _LATEST_FIRST and numbers == [str(first + n) for n in range(len(numbers))]


def _continued(row: Row, below: Row, form: Form) -> Row | None:
    """Return *row* with its last label continued in *below*, None if that is a row of its own."""
    if below.filled or len(below.labels) != 1 or not row.labels:
        return None
    place, cell = row.labels[-1], below.cells[below.labels[0]]
    end = fold(cell.text)
    key = row.keys[place] + end
    if row.filled:
        known = end not in form.row_labels and f"\n{key}" in form.label_lines
    else:
        known = key in form.column_labels and follows(row.cells[place], cell)
    if not known:
        return None
    cells = (
        row.cells
        if row.filled
        else (*row.cells[:place], both(row.cells[place], cell), *row.cells[place + 1 :])
    )
    return row._replace(cells=cells, keys=(*row.keys[:place], key, *row.keys[place + 1 :]))


_LINE_END = 1  # character between the lines of a broken label; if there are more, it is read loosely


def follows(first: Piece, second: Piece) -> bool:
    """Return whether *second* is on the line right below *first*."""
    return 0 <= second.span.start - first.span.end <= _LINE_END


def both(first: Piece, second: Piece) -> Piece:
    """Return the label of which *first* and *second* are the two lines."""
    return Piece(f"{first.text}\n{second.text}", Span(first.span.start, second.span.end))


def _rows(grid: Grid, form: Form) -> Iterator[Row]:
    if grid.stream or (len(grid.rows) > 2 and all(len(row) == 1 for row in grid.rows)):
        yield from _restored(tuple(cell for row in grid.rows for cell in row), form)
        return
    rows = [row_of(cells) for cells in grid.rows]
    width = 0
    if any(_strange(row, form) for row in rows):
        widths = Counter(len(row.cells) - row.values_start for row in rows if row.filled and row.labels)
        width = max(widths, key=widths.__getitem__, default=0)
    for row in rows:
        if _runs_on(row, form):
            yield from _restored(row.cells, form)
        else:
            yield _placed(row, width, form)


def row_of(cells: Sequence[Piece], *, restored: bool = False) -> Row:
    """Return *cells* as a row, without those that only say a unit."""
    if not BESIDE.isdisjoint([cell.text for cell in cells]):
        cells = [cell for cell in cells if fold(cell.text) not in BESIDE] or cells
    folded = [_folded(cell.text) for cell in cells]
    keys = tuple([key for key, _ in folded])
    labels = tuple([place for place, (_, value) in enumerate(folded) if not value])
    return Row(cells, keys, labels, restored)


def _strange(row: Row, form: Form) -> list[int]:
    """Return the places of words in *row* that are no label of the form: misspelt labels, or no clear figures."""
    known = form.known_labels
    return [place for place in row.labels if row.keys[place] not in known]


def _placed(row: Row, width: int, form: Form) -> Row:
    """Return *row* with the words that stand among its figures counted as values: they are no labels.

    *width* is how many figures most rows of the grid have.
    """
    strange = _strange(row, form)
    if not strange:
        return row
    labels = set(row.labels)
    figures = [place for place, key in enumerate(row.keys) if key and place not in labels]
    first = next((place for place in row.labels if row.keys[place] not in form.groups), len(row.cells))
    words = {place for place in strange if _is_among(place, row, figures, width, first)}
    return row._replace(labels=tuple(place for place in row.labels if place not in words)) if words else row


def _is_among(place: int, row: Row, figures: Sequence[int], width: int, first: int) -> bool:
    """Return whether *place* of *row*, that of words, is among those of its *figures*; *first* is that of a label."""
    if nearly_a_figure(row.cells[place].text):
        return first < place or len(figures) >= _MOSTLY
    if len(figures) > 1 and figures[1] < place:
        return True
    return first < place and bool(figures) and place >= len(row.cells) - width


def _runs_on(row: Row, form: Form) -> bool:
    """Return whether *row* holds a header and its figures, or a label that begins a row behind a figure."""
    if (NO_COLUMN in row.keys or heads_review(row.keys)) and row.filled:
        return True
    if row.values_start == len(row.labels):  # all labels come first, as in most rows
        return False
    first = next((i for i, key in enumerate(row.keys) if key and i not in row.labels), len(row.keys))
    return any(i > first and _begins_row(row.keys[i], form) for i in row.labels)


def _restored(cells: Sequence[Piece], form: Form) -> Iterator[Row]:
    """Yield the rows of a stream of *cells*."""
    for start, end in pairwise((0, *_row_starts(cells, form), len(cells))):
        if start < end:
            yield row_of(cells[start:end], restored=True)


def _row_starts(cells: Sequence[Piece], form: Form) -> Iterator[int]:
    """Yield the places at which rows begin in a stream of *cells*: at each label of a row, item or header.

    Below the header of table four 总计 is a column and the figures have no row label: they begin a row
    themselves.
    """
    start = 0
    after_figure = in_review = False
    for place, cell in enumerate(cells):
        key, value = _folded(cell.text)
        if key == _FIRST_RESULT and not in_review:
            in_review = begins = True
        elif value:
            begins = bool(key) and not after_figure
            begins = begins and (in_review or not _has_row_label(cells[start:place], form))
        else:
            above = fold(cells[place - 1].text) if place else ""
            begins = after_figure or (not in_review and key != above and _begins_row(key, form))
            begins = begins and not _only_groups(cells[start:place], form)
        if begins:
            taken = _taken_along(cells[start:place], form, in_review=in_review) if value else 0
            start = place - taken
            yield start
        after_figure = value and (bool(key) or after_figure)
    if in_review and not after_figure:
        yield len(cells) - _taken_along(cells[start:], form, in_review=True)


def _taken_along(row: Sequence[Piece], form: Form, *, in_review: bool) -> int:
    """Return how many cells at the end of *row*, a header, belong to the figures that follow.

    In table four that is every empty cell; elsewhere it is a row label that is not known.
    """
    if in_review:
        return next((count for count, cell in enumerate(reversed(row)) if cell.text), len(row))
    return int(bool(row) and fold(row[-1].text) not in form.labels)


def _begins_row(key: str, form: Form) -> bool:
    if key in ALSO_COLUMNS:
        return False
    return key in form.row_labels or key == NO_COLUMN or key in form.groups or item_numeral(key) is not None


def _only_groups(row: Sequence[Piece], form: Form) -> bool:
    return all(not cell.text or fold(cell.text) in form.groups for cell in row)


def _has_row_label(row: Sequence[Piece], form: Form) -> bool:
    keys = {fold(cell.text) for cell in row} - ALSO_COLUMNS
    return not keys.isdisjoint(form.row_labels)
