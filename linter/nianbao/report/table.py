"""A table of a report bound to its form: keyed cells and the labels they were found by."""

import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from enum import Enum
from functools import cached_property, lru_cache

from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

from nianbao.report.form import ColumnForm, RowForm, TableForm
from nianbao.text.source import Span


class State(Enum):
    """The kind of content of a cell. Blank is not zero, and absent is not blank."""

    NUMBER = "number"
    BLANK = "blank"
    ABSENT = "absent"  # the report has no such cell
    MARK = "mark"  # "/", "-", "无": a sign in place of a figure
    TEXT = "text"
    UNREAD = (
        "unread"  # of a report that others see: it is there or may be, and is no figure that could be read
    )


_MONEY = {
    "元": Decimal("0.0001"),
    "万元": Decimal(1),
    "亿元": Decimal(10000),
}  # in 万元, the unit of the forms


class Figure(NamedTuple):
    """The content of a cell: its state, its value, and the unit written after the figure."""

    state: State
    value: Decimal | None
    unit: str

    @property
    def amount(self) -> Decimal | None:
        """The value in 万元, None without one and for a unit that is none of money."""
        scale = _MONEY.get(self.unit)
        return None if self.value is None or scale is None else self.value * scale


_NUMBER = re.compile(
    r"([+-]?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?:(\()?(亿元|万元|元|万|[件条项个宗份处次])(?(4)\)))?"
)
_LONGEST = 40
# Readers write raised and lowered figures and letters as these: they are notes, whatever stands beside them.
_RAISED = "[⁰¹²³⁴-⁹₀-₉ᵃ-ᵉ]{1,2}"
_ENCLOSED = "[\u2460-\u2487\u24ea-\u24ff\u2776-\u2793]"  # ①, ⑴, ❶: these number notes and lists
_NOTE = re.compile(
    r"(?:(?<=[0-9０-９件条项个宗份处次元万)）])|(?<=[0-9][*_`])|(?<=[0-9][*_]{2}))\s*(?:"
    rf"{_ENCLOSED}"
    rf"|[(（\[［〔]?{_RAISED}(?:[,，、]{_RAISED})*[)）\]］〕]?"
    rf"|[(（\[［〔【]?见?注[:：]?(?:\d{{1,2}}|[一二三四五六七八九]|[①-⑳]|{_RAISED})?[)）\]］〕】]?"
    r"|\\?[\[［〔【]\^?\d{1,2}\\?[\]］〕】]|\^\d{1,2}\^|<su[bp]>[^<>]{1,8}</su[bp]>"
    r"|\\?[。*＊※†‡#＃△▲☆★]\s*)+$"
)
# Signs that a figure was to be, but that say no clear one: letters that are read for digits, words around it.
_NEARLY = re.compile(
    r"(?:约|近|共计?|计|超过?|逾|不足)?[0-9OoQlIi|〇○.,·]+(?:亿元|万元|[元万件条项个宗份处次]|余|多|以上|以下|左右)*(?:\(.*)?|[①-⑳]"
)
_ESCAPE = re.compile(r"\\(?=[-+.])")  # of Markdown
_EMPHASIS = "*_` \t\r\n\u3000\xa0"
_MARKS = frozenset({"/", "\\", "-", "--", "无", "空", "〇", "N/A", "n/a", "NA"})
_NARROW = str.maketrans("（），０１２３４５６７８９ＯｏＩｌ", "(),0123456789OoIl")
_BLANK = Figure(State.BLANK, None, "")


@lru_cache(maxsize=4096)
def figure(text: str) -> Figure:
    """Return *text* read as a figure, with full-width digits and thousands separators; 万 alone is multiplied out."""
    if len(text) > _LONGEST:
        return Figure(State.TEXT, None, "")
    own = _ESCAPE.sub("", text[slice(*own_part(text))])
    plain = "".join(unicodedata.normalize("NFKC", own).split()).replace("—", "-").replace("–", "-")
    if not plain:
        return _BLANK
    if re.search(_ENCLOSED, own):
        return Figure(State.TEXT, None, "")
    match = _NUMBER.fullmatch(plain.replace("−", "-"))
    if match is None:
        return Figure(State.MARK if plain in _MARKS else State.TEXT, None, "")
    sign, whole, fraction, _, unit = match.groups(default="")
    value = Decimal(f"{sign}{whole.replace(',', '')}{fraction}")
    return Figure(State.NUMBER, value * 10000 if unit == "万" else value, unit)


def nearly_a_figure(text: str) -> bool:
    """Return whether *text* was meant for a figure and says no clear one: 1O, 约17, 0（含1件）."""
    plain = "".join(text.translate(_NARROW).split())
    return len(plain) <= _LONGEST and _NEARLY.fullmatch(plain) is not None


def own_part(text: str) -> tuple[int, int]:
    """Return where a figure begins and ends in *text*, without the signs of emphasis around it and notes behind it."""
    note = None if text.isascii() and text.isalnum() else _NOTE.search(text)
    marked = text if note is None else text[: note.start()]
    own = marked.rstrip(_EMPHASIS)
    return len(own) - len(own.lstrip(_EMPHASIS)), len(own)


class Cell(NamedTuple):
    """One cell of a bound table, with its place in the report and its content."""

    table: TableForm
    row: RowForm
    column: ColumnForm
    text: str
    span: Span
    state: State
    value: Decimal | None
    unit: str

    @property
    def address(self) -> str:
        """The keys of table, row and column: the same in every report on the form."""
        return f"{self.table.key}/{self.row.key}/{self.column.key}"

    @property
    def place(self) -> str:
        """The place of the cell in the words of the form: 表三 · 三（一）予以公开 · 自然人."""
        return place_of(self.table, self.row, self.column)


def place_of(table: TableForm, row: RowForm, column: ColumnForm) -> str:
    """Return the place of a cell of *table* in the words of the form."""
    under = f"{column.under} · " if table.key == "review" else ""
    below = f"{row.place} · " if row.place else ""
    return f"{table.place} · {below}{under}{column.label}"


class Label(NamedTuple):
    """A row or column label as found, and the official label that it is read as."""

    key: str
    text: str
    span: Span
    official: str
    exact: bool


class Table:
    """A table as found in a report, its cells by (row key, column key)."""

    def __init__(self, form: TableForm, span: Span) -> None:
        self.form = form
        self.span = span
        self.header: Label | None = None  # 第二十条第（X）项, as printed
        self.note: Span | None = None  # the note on 勾稽关系 in the corner
        self.rows: dict[str, Label] = {}
        self.columns: dict[str, Label] = {}
        self.extra: list[Label] = []  # rows with figures that the form does not have
        self.ragged: list[tuple[Label, int]] = []  # rows whose number of figures fits no reading
        self.unread: list[Label] = []  # rows that are there, their figures uncertain
        self.again: Table | None = None  # the same table in another place, with other figures
        self.looked: list[Cell] | None = None  # the cells asked for, if they are recorded
        self._cells: dict[tuple[str, str], Cell] = {}

    def put(self, row: RowForm, column: ColumnForm, text: str, span: Span) -> None:
        """Bind the cell at *row* and *column*, a figure without the notes behind it; the first one bound stays."""
        state, value, unit = figure(text)
        if value is not None and not text.isdecimal():
            start, end = own_part(text)
            text, span = text[start:end], Span(span.start + start, span.start + end)
        cell = Cell(self.form, row, column, text, span, state, value, unit)
        self._cells.setdefault((row.key, column.key), cell)

    def __getitem__(self, key: tuple[str, str]) -> Cell:
        cell = self.cell(key)
        if self.looked is not None:
            self.looked.append(cell)
        return cell

    def cell(self, key: tuple[str, str]) -> Cell:
        """Return the cell in row *key[0]* and column *key[1]* of the form, absent if the report has none."""
        found = self._cells.get(key)
        if found is not None:
            return found
        row = next(row for row in self.form.rows if row.key == key[0])
        column = next(column for column in self.form.columns if column.key == key[1])
        label = self.rows.get(row.key)
        span = label.span if label else self.span
        return Cell(self.form, row, column, "", span, State.ABSENT, None, "")

    def cells_of(self, rows: Sequence[str], columns: Sequence[str]) -> tuple[Cell, ...]:
        """Return the `cell` in each of *columns* in each of *rows*, by their keys."""
        known = self._cells
        return tuple(
            [known.get((row, column)) or self.cell((row, column)) for row in rows for column in columns]
        )

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The cells that were found, in the order of the report."""
        return tuple(self._cells.values())

    @cached_property
    def filled(self) -> bool:
        """Whether every cell that was found holds a number."""
        return all(cell.value is not None for cell in self._cells.values())

    @property
    def missing(self) -> tuple[RowForm, ...]:
        """The rows of the form of which no cell was found."""
        if len(self._cells) == self.expected:
            return ()
        found = {row for row, _ in self._cells}
        return tuple(row for row in self.form.rows if row.key not in found)

    @property
    def lacking(self) -> tuple[RowForm, ...]:
        """The rows of the form that the report does not have: of the `missing`, those that are not just unread."""
        missing = self.missing
        if not missing:
            return ()
        unread = {label.key for label in self.unread}
        if not unread.issubset({row.key for row in self.form.rows}):
            return ()  # any of them may be the row that was not recognised
        seen = unread.union(self.rows)
        return tuple(row for row in missing if row.key not in seen)

    @property
    def expected(self) -> int:
        """The number of cells that the form has."""
        return len(self.form.rows) * len(self.form.columns)

    @property
    def figures(self) -> int:
        """The number of cells that were found filled."""
        return sum(cell.state is not State.BLANK for cell in self._cells.values())

    @property
    def whole(self) -> bool:
        """Whether every cell of the form was found and filled, and nothing beside."""
        beside = self.extra or self.ragged or self.unread
        return not beside and self.figures == self.expected and self.exact == len(self.rows)

    @property
    def exact(self) -> int:
        """The number of row labels that are in the words of the form."""
        return sum(label.exact for label in self.rows.values())

    @property
    def readable(self) -> bool:
        """Whether its figures are known: it is in one place, or the same in all, and half of its cells or more were bound.

        Then others are missing from the report, not misread.
        """
        return self.again is None and 2 * len(self._cells) >= self.expected

    def differing(self, other: "Table") -> list[tuple[Cell, Cell]]:
        """Return the cells of this table and of *other* that hold different numbers, in the order of the report."""
        both = [(cell, other._cells[key]) for key, cell in self._cells.items() if key in other._cells]
        return [(a, b) for a, b in both if None not in (a.value, b.value) and a.value != b.value]
