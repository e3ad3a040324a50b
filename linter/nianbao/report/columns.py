"""The columns of figures: header lines read into column labels, raw cells laid under them."""

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

from nianbao_grammar.records import NamedTuple

from nianbao.report.form import ColumnForm, RowForm, TableForm
from nianbao.report.syntax import Piece
from nianbao.report.table import Label
from nianbao.text.folding import fold, split_numeral

# Labels over a group of column groups, and the number of labels right under each.
_UPPER = {"申请人情况": 3, "行政诉讼": 2}
_NO_COLUMN = "信息内容"
_LAST = "总计"
_ALIKE = 0.7
_LONGEST_GROUP = 12


class HeaderLine(NamedTuple):
    """A line of a header: its labels, the places of each in the line, and the number of cells in the line.

    A merged label that a copy repeats is one label with several places.
    """

    labels: tuple[Piece, ...]
    places: tuple[tuple[int, ...], ...]
    width: int

    @property
    def keys(self) -> list[str]:
        """The folded texts of the labels."""
        return [fold(label.text) for label in self.labels]


class Columns(NamedTuple):
    """The column labels of a table, the order of its columns in the report, and the places of their labels."""

    labels: dict[str, Label]  # by the key of the column
    order: tuple[ColumnForm, ...]  # () if the column of each figure is not known
    places: tuple[tuple[int, ...], ...] = ()  # of the labels within their line, () if that does not help
    width: int = 0  # how many cells the line has

    def cells_under(self, cells: Sequence[Piece], start: int) -> list[Piece] | None:
        """Return those of a row's *cells* from *start* on that are right under the column labels, or None.

        Only a row as wide as the header is read so, and only if its other cells are empty.
        """
        if len(cells) != self.width or not self.places:
            return None
        found = [cells[places[0]] for places in self.places]
        for cell, places in zip(found, self.places, strict=True):
            if places[0] < start or any(cells[i].text not in ("", cell.text) for i in places):
                return None
        under = {i for places in self.places for i in places}
        beside = [i for i in range(start, len(cells)) if cells[i].text and i not in under]
        return None if beside else found


def blocks(form: TableForm) -> list[tuple[ColumnForm, ...]]:
    """Return the runs of columns in which each label is found once: three in table four, else one."""
    if len({column.label for column in form.columns}) == len(form.columns):
        return [form.columns]
    found: dict[str, list[ColumnForm]] = {}
    for column in form.columns:
        found.setdefault(column.under, []).append(column)
    return [tuple(columns) for columns in found.values()]


def bind_columns(form: TableForm, header: Sequence[HeaderLine]) -> Columns:
    """Return the columns of a table on *form* by the labels of its *header*.

    A label is known by its words; if the header has as many labels as the form, an unknown one is that of the
    column left over. The order is not known if the labels found contradict the form's, or if more than one
    reading is possible.
    """
    runs = blocks(form)
    line = _lowest_line(header, form) if form.item else HeaderLine(tuple(_leaves(header, form)), (), 0)
    labels: dict[str, Label] = {}
    if len(runs) == 1:
        labels = _bound(form.columns, line.labels)
    elif len(line.labels) == len(form.columns):
        size = len(runs[0])
        for number, run in enumerate(_sequence(runs, header)):
            labels |= _bound(run, line.labels[size * number : size * (number + 1)])
    elif not line.labels and any(
        key in _words_of_columns(form.columns) for above in header for key in above.keys
    ):
        return Columns({}, ())  # more labels than figures
    by_key = {column.key: column for column in form.columns}
    found = tuple(by_key[key] for key in labels)
    if len(found) == len(by_key):
        return Columns(labels, found, line.places if len(line.places) == len(found) else (), line.width)
    in_order = tuple(column for column in form.columns if column in found)
    all_there = len(runs) == 1 and len(line.labels) == len(form.columns)  # only, some are not known
    return Columns(labels, form.columns if found == in_order and not all_there else ())


def bind_loosely(form: TableForm, header: Sequence[HeaderLine]) -> Columns:
    """Return the columns of a table that is read by its words alone: in the order of the form, or unknown.

    The lines of its header say less than in a table: 总计 comes before the labels of the group beside it, labels
    on several lines are in pieces.
    """
    keys = [key for line in header for key in line.keys]
    firsts = dict.fromkeys(fold(line) for c in form.columns for line in (c.under, c.label) if line)
    order = [key for key in firsts if key in keys and key != _LAST]
    in_order = [keys.index(key) for key in order if key in _words_of_columns(form.columns)]
    groups = [keys.index(key) for key in order if key not in _words_of_columns(form.columns)]
    unheaded = not header and len(form.columns) > 1
    if unheaded or in_order != sorted(in_order) or groups != sorted(groups):
        return Columns({}, ())
    columns = bind_columns(form, header)
    if len(blocks(form)) > 1 and columns.order != form.columns:
        return Columns({}, ())
    known = _by_words(form.columns)
    labels = {key: label for key, label in columns.labels.items() if fold(label.text) in known}
    return Columns(labels if columns.order == form.columns else {}, form.columns)


@lru_cache(maxsize=64)
def _words_of_columns(columns: tuple[ColumnForm, ...]) -> Collection[str]:
    return frozenset(fold(column.label) for column in columns)


def bind_block(
    form: TableForm, run: tuple[ColumnForm, ...], header: Sequence[HeaderLine], number: int
) -> Columns:
    """Return the columns *run* of a table on *form* alone, which are block *number* below *header*, from zero.

    Their order is not known without one.
    """
    leaves, size = _leaves(header, form), len(run)
    if len(leaves) % size:
        known = _by_words(run)
        leaves = [label for label in leaves if fold(label.text) in known]  # without that of the rows
    labels = _bound(run, leaves[size * number : size * (number + 1)])
    by_key = {column.key: column for column in run}
    order = tuple(by_key[key] for key in labels) if len(labels) == size else tuple(run) if leaves else ()
    return Columns(labels, order)


def lay(cells: Sequence[Piece], width: int, *, leading: bool) -> Sequence[Piece] | None:
    """Return the *width* of *cells* that hold the figures, without those left over by merging, or None.

    Merged cells leave empty ones before the figures (*leading*) or after them, sometimes between them, or are
    repeated.
    """
    if len(cells) <= width:
        return cells if len(cells) == width else None
    ends = window(cells, width)
    if ends is not None:
        start = ends[1] if leading else ends[0]
        return cells[start : start + width]
    filled = [cell for cell in cells if cell.text]
    if len(filled) == width:
        return filled
    # One figure over the columns of a wider table. Of two that are equal, it may be one that a converter cut.
    return cells[:width] if len(cells) > 2 and len({cell.text for cell in cells}) == 1 else None


def window(cells: Sequence[Piece], width: int) -> tuple[int, int] | None:
    """Return the first and the last start of *width* cells with only empty ones around them, None if there is none."""
    filled = [index for index, cell in enumerate(cells) if cell.text]
    if not filled:
        return 0, len(cells) - width
    first, last = max(0, filled[-1] - width + 1), min(filled[0], len(cells) - width)
    return (first, last) if first <= last else None


def as_printed(key: str, line: RowForm | ColumnForm) -> bool:
    """Return whether *key* is the printed label of *line*; a converter may have lost its numeral or its end."""
    key, official = key.rstrip(":"), fold(line.label)
    if key == official or key == split_numeral(official)[1]:
        return True
    return len(key) >= 2 and official.startswith(key) and key not in map(fold, line.aliases)


def _bound(columns: tuple[ColumnForm, ...], labels: Sequence[Piece]) -> dict[str, Label]:
    """Return *labels* by the key of the column that each names, in their order."""
    by_words, keys = _by_words(columns), [fold(label.text) for label in labels]
    named: list[ColumnForm | None] = []
    for key in keys:
        column = by_words.get(key)
        named.append(None if column in named else column)
    return {
        column.key: Label(column.key, label.text, label.span, column.label, as_printed(key, column))
        for label, key, column in zip(labels, keys, _by_place(named, columns), strict=True)
        if column is not None
    }


def _by_place(named: list[ColumnForm | None], columns: Sequence[ColumnForm]) -> list[ColumnForm | None]:
    """Give unknown labels the columns left over, if only one reading is possible."""
    if len(named) != len(columns) or None not in named:
        return named
    left = [column for column in columns if column not in named]
    in_place = all(known in (None, column) for known, column in zip(named, columns, strict=True))
    if not in_place and len(left) != 1:
        return named
    rest = iter(left)
    return [known or next(rest) for known in named]


@lru_cache(maxsize=64)  # a few tables of a few forms
def _by_words(columns: tuple[ColumnForm, ...]) -> Mapping[str, ColumnForm]:
    """Return *columns* by their folded labels, the printed ones and others."""
    words: dict[str, ColumnForm] = {}
    for column in columns:
        for label in (column.label, *column.aliases):
            words.setdefault(fold(label), column)
    return words


def _lowest_line(header: Sequence[HeaderLine], form: TableForm) -> HeaderLine:
    """Return the labels of the last line of *header* that names a column, else of the last that could."""
    width, by_words = len(form.columns), _by_words(form.columns)
    chosen: HeaderLine | None = None
    for line in reversed(header):
        pairs = [
            (label, places) for label, places in zip(*line[:2], strict=True) if fold(label.text) != _NO_COLUMN
        ]
        if len(pairs) > width:
            pairs = _merged(pairs)
        if len(pairs) == width + 1 and fold(pairs[0][0].text) not in by_words:
            del pairs[0]  # another word for 信息内容
        stripped = HeaderLine(
            tuple(label for label, _ in pairs), tuple(places for _, places in pairs), line.width
        )
        if any(fold(label.text) in by_words for label in stripped.labels):
            return stripped
        if chosen is None and len(pairs) == width:
            chosen = stripped
    return chosen or HeaderLine((), (), 0)


def _merged(pairs: Sequence[tuple[Piece, tuple[int, ...]]]) -> list[tuple[Piece, tuple[int, ...]]]:
    merged: list[tuple[Piece, tuple[int, ...]]] = []
    for label, places in pairs:
        if merged and merged[-1][0].text == label.text:
            merged[-1] = (merged[-1][0], merged[-1][1] + places)
        else:
            merged.append((label, places))
    return merged


def _leaves(header: Sequence[HeaderLine], form: TableForm) -> list[Piece]:
    """Return the labels of the single columns from left to right, or as many as are left of them.

    Flattened, the labels under a group (法人或其他组织) come in the next line; here they take its place.
    """
    width, sizes = len(form.columns), _group_sizes(form.columns)
    known = _by_words(form.columns)
    lines = []
    for line in header:
        pairs = [(label, _group(fold(label.text), sizes, known)) for label in line.labels]
        pairs = [pair for n, pair in enumerate(pairs) if not (n and pair[1] and pair[1] == pairs[n - 1][1])]
        if any(group or fold(label.text) in known for label, group in pairs):
            lines.append(pairs)
    lowest = [label for label, group in (lines[-1] if lines else []) if not group]
    if len(lowest) == width == len(lines[-1] if lines else []):
        return lowest
    opened = _opened(lines, sizes)
    if len(opened) == width:
        return opened
    single = [label for label, group in _in_one_line(lines) if not group]
    # Where labels are alike, one too many may be any of them; a whole header more is that of a new page.
    certain = len(blocks(form)) == 1 or len(single) % width == 0
    if len(single) > width and certain and all(fold(label.text) in known for label in single[-width:]):
        return single[-width:]
    return single if len(single) <= width else []


@lru_cache(maxsize=64)
def _group_sizes(columns: tuple[ColumnForm, ...]) -> Mapping[str, int]:
    """Return the number of labels under each folded group label, in the line below it."""
    sizes = dict(_UPPER)
    for column in columns:
        if column.under:
            key = fold(column.under)
            sizes[key] = sizes.get(key, 0) + 1
    return sizes


def _group(key: str, sizes: Mapping[str, int], known: Collection[str]) -> str:
    """Return the group label that the folded label *key* is or is most similar to, "" for none."""
    if key in sizes or key in known or not 3 <= len(key) <= _LONGEST_GROUP:
        return key if key in sizes else ""
    from difflib import SequenceMatcher  # most reports have no label that is misspelt

    likeness = {group: SequenceMatcher(None, key, group, autojunk=False).ratio() for group in sizes}
    closest = max(likeness, key=likeness.__getitem__)
    return closest if likeness[closest] > _ALIKE else ""


_Pairs = Sequence[tuple[Piece, str]]


def _opened(lines: Sequence[_Pairs], sizes: Mapping[str, int]) -> list[Piece]:
    """Return the labels of the first line, each group replaced by its share of the line below.

    Empty if labels are missing or left over: then these are not the lines of the header.
    """
    pools = [list(reversed(line)) for line in lines]
    found: list[Piece] = []

    def take(level: int, count: int) -> bool:
        if level == len(pools) or len(pools[level]) < count:
            return False
        for _ in range(count):
            label, group = pools[level].pop()
            if not group:
                found.append(label)
            elif not take(level + 1, sizes[group]):
                return False
        return True

    even = bool(lines) and take(0, len(lines[0])) and not any(pools)
    return found if even else []


def _in_one_line(lines: Sequence[_Pairs]) -> _Pairs:
    """Return all labels in a row, the 总计 right after 法人或其他组织 moved after the labels of that group."""
    pairs = [pair for line in lines for pair in line]
    keys = [group or fold(label.text) for label, group in pairs]
    for index in range(1, len(keys) - 1):
        if (keys[index - 1], keys[index]) == ("法人或其他组织", "总计"):
            return [*pairs[:index], *pairs[index + 1 :], pairs[index]]
    return pairs


def _sequence(
    runs: Sequence[tuple[ColumnForm, ...]], header: Sequence[HeaderLine]
) -> list[tuple[ColumnForm, ...]]:
    """Return *runs* in the order of the group labels of *header*, in the form's order if those are lost."""
    keys = [key for line in header for key in line.keys]
    places = {run: keys.index(fold(run[0].under)) for run in runs if fold(run[0].under) in keys}
    if len(places) < len(runs):
        return list(runs)
    # 未经复议直接起诉 and 复议后起诉 are a line lower, under 行政诉讼.
    first, *others = runs
    others.sort(key=places.__getitem__)
    litigation = keys.index("行政诉讼") if "行政诉讼" in keys else len(keys)
    return [first, *others] if places[first] < litigation else [*others, first]
