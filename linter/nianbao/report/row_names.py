"""The row of the form that a row of a grid is: by the words of its label and the rows above it."""

from collections.abc import Iterable, Iterator, Sequence

from nianbao.report.columns import as_printed, lay
from nianbao.report.form import Form, LabelMatch, TableForm
from nianbao.report.reading import NamedRow, Reading
from nianbao.report.rows import ALSO_COLUMNS, Row, both, follows
from nianbao.report.syntax import Piece
from nianbao.report.table import Label
from nianbao.text.folding import fold, split_numeral

APPLICANTS = frozenset({"申请人情况", "法人或其他组织"})
CASES = frozenset({"行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉"})
_ALIKE = 0.6
_SAME_NUMERAL = 0.1
_LONGEST_LABEL = 80


def named(row: Row, above: Row | None, reading: Reading) -> NamedRow | None:
    """Return *row* as a row of the form, None if it is none; *above* is the row right above it.

    The last known label counts, as labels of groups come before it; else the most similar label of the form.
    """
    for place in reversed(row.labels):
        if row.keys[place] in ALSO_COLUMNS and not _is_row(row, place, reading):
            continue
        found = _known(row, place, reading) or _broken(row, place, above, reading)
        if found is not None:
            return found
    return _similar(row, reading)


def _named(match: LabelMatch, row: Row, place: int, cell: Piece, key: str) -> NamedRow:
    form = match.row
    label = Label(form.key, cell.text, cell.span, form.label, as_printed(key, form))
    return NamedRow(match.table, form, label, place, row)


def _known(row: Row, place: int, reading: Reading) -> NamedRow | None:
    """Return the row that the label at *place* names in words that the form knows."""
    form = reading.form
    for words in _readings(row.keys[place], form):
        matches = form.row_labels.get(words) or form.row_labels.get(split_numeral(words)[1])
        match = _choose(matches, reading) if matches else None
        if match is not None and _holds_figures(row, place, match.table):
            return _named(match, row, place, row.cells[place], words)
    return None


def _is_row(row: Row, place: int, reading: Reading) -> bool:
    """Return whether a bare 其他 or 总计 is a row of table three and not one of its columns."""
    form, found = reading.form, reading.table
    here = found.form if found is not None and found.rows else None
    others = [row.keys[i] for i in row.labels if i != place]
    return (
        any(match.table is here for match in form.row_labels.get(row.keys[place], ()))
        and place + 1 < len(row.cells)
        and all(key in form.groups for key in others)
    )


def _readings(key: str, form: Form) -> Iterator[str]:
    """Yield *key*, then *key* without the label of its group, as both may be in one cell."""
    yield key
    if key.startswith(form.group_words):
        yield from (key.removeprefix(group) for group in form.group_words if key.startswith(group))


def _holds_figures(row: Row, place: int, table: TableForm) -> bool:
    """Return whether figures follow the label at *place*, not the labels of rows in its group."""
    if place + 1 not in row.labels:
        return True
    return lay(row.cells[place + 1 :], len(table.columns), leading=False) is not None


def _broken(row: Row, place: int, above: Row | None, reading: Reading) -> NamedRow | None:
    """Return the row whose label is in two lines of a cell, the first of which came as a row of its own."""
    if place or above is None or len(above.cells) - 1 not in above.labels:
        return None
    first, second = above.cells[-1], row.cells[place]
    key = above.keys[-1] + row.keys[place]
    matches = reading.form.row_labels.get(key)
    if not matches or not follows(first, second):
        return None
    return _named(_choose(matches, reading), row, place, both(first, second), key)


def _choose(matches: Sequence[LabelMatch], reading: Reading) -> LabelMatch:
    """Return the match in the table at hand, and among its rows the first that is still free."""
    here = [match for match in matches if match.table.key == reading.key] or matches
    return next((match for match in here if reading.free(match.table, match.row)), here[0])


def _similar(row: Row, reading: Reading) -> NamedRow | None:
    """Return the free row whose label is most like the last label of *row*, and could hold its figures."""
    place = row.labels[-1]
    numeral, words = split_numeral(row.keys[place])
    if row.keys[place] in reading.form.groups or not 2 <= len(words) <= _LONGEST_LABEL:
        return None
    best, most = None, _ALIKE
    for table in _at_hand(reading):
        if lay(row.cells[place + 1 :], len(table.columns), leading=True) is None:
            continue
        for line in table.rows:
            if line.label and reading.free(table, line):
                number, label = split_numeral(fold(line.label))
                likeness = _likeness(words, label) + _SAME_NUMERAL * (number == numeral)
                if likeness > most:
                    best, most = LabelMatch(table, line), likeness
    return None if best is None else _named(best, row, place, row.cells[place], row.keys[place])


def _at_hand(reading: Reading) -> Iterable[TableForm]:
    """Return the tables that an unknown label may belong to."""
    if reading.table is not None:
        return (reading.table.form,)
    return tuple(filter(reading.under_item, reading.form.tables)) or reading.form.tables


def _likeness(words: str, label: str) -> float:
    """Return how much *words* resemble *label*, from 0 to 1; enough if they are its beginning."""
    if label.startswith(words):
        return _ALIKE + 0.1
    shared = sum(character in label for character in words)
    if 4 * shared <= len(words) + len(label):  # below a half: not worth a closer look
        return 0
    from difflib import SequenceMatcher  # most reports have no label that is misspelt

    return SequenceMatcher(None, words, label, autojunk=False).ratio()
