"""A sheet of a workbook: the cells that it has, those that are merged, and what of it is hidden."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

from nianbao.readers import limits
from nianbao.readers.docx.events import Attributes, Begin, Finish, Walk, scope
from nianbao.readers.xlsx.book import Book, Look, SheetPart, TextTaker, is_true, number
from nianbao.readers.xlsx.numbers import shown
from nianbao.text.language import Text
from nianbao.text.pictures import EMBEDDED, PICTURE
from nianbao.text.source import UnreadableError

_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_MUCH = Text(
    "工作簿的单元格超过 {most} 个，不像一份年度报告，没有读；请核对文件",
    "the workbook has more than {most} cells, which no annual report has; it was not read: check the file",
)
_LONG = Text(
    "工作簿的文字超过 {most} 字，不像一份年度报告，没有读；请核对文件",
    "the workbook has more than {most} characters, which no annual report has; it was not read: check the file",
)
ROWS, COLUMNS = 1_048_576, 16_384  # of a sheet


class Slot(NamedTuple):
    """A cell that is seen: its row and column in the sheet, from 1, and those of the last slot that it covers."""

    row: int
    column: int
    last_row: int
    last_column: int
    text: str
    bordered: bool


class Row(NamedTuple):
    """A row with the cells that begin in it.

    *inside* is whether a cell that begins above covers some of it, *follows* whether no empty row is seen between it
    and the one before.
    """

    number: int
    slots: tuple[Slot, ...]
    inside: bool = False
    follows: bool = False


class Sheet(NamedTuple):
    """A sheet: its rows that have a cell, the numbers of its hidden rows and columns with a text, what is drawn on it."""

    name: str
    rows: tuple[Row, ...]
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    drawn: tuple[str, ...] = ()


class Room:
    """What is left of the cells and characters of a workbook."""

    def __init__(self) -> None:
        self._cells = limits.XLSX_CELLS
        self._characters = limits.DOCX_CHARACTERS

    def take(self, cells: int = 0, characters: int = 0) -> None:
        """Raise UnreadableError if there is no room for so many more."""
        self._cells -= cells
        self._characters -= characters
        if self._cells < 0:
            raise UnreadableError(_MUCH.fill(most=limits.XLSX_CELLS))
        if self._characters < 0:
            raise UnreadableError(_LONG.fill(most=limits.DOCX_CHARACTERS))


def read(book: Book, part: SheetPart, room: Room) -> Sheet:
    """Return the sheet in *part*. Raises UnreadableError."""
    data = book.package.part(part.part)
    found = _Cells(book, part, room)
    if data is not None:
        found.read(data)
    return found.sheet()


class _Open:
    """The cell that is read."""

    def __init__(self, row: int, column: int, kind: str, look: Look) -> None:
        self.row = row
        self.column = column
        self.kind = kind
        self.look = look
        self.value: list[str] = []
        self.formula: list[str] = []


class _Cell(NamedTuple):
    text: str
    bordered: bool


class _Cells:
    """The cells of a sheet, by row and column."""

    def __init__(self, book: Book, part: SheetPart, room: Room) -> None:
        self._book = book
        self._name = part.name
        self._room = room
        self._walk = Walk(part.part)
        self._taker = TextTaker(self._walk)
        self._rows: dict[int, dict[int, _Cell]] = {}
        self._hidden_rows: set[int] = set()
        self._hidden_columns = bytearray(COLUMNS + 1)
        self._merges: list[tuple[int, int, int, int]] = []
        self._zeros = True
        self._drawn: list[str] = []
        self._row = self._column = 0
        self._open: _Open | None = None

    def read(self, data: bytes) -> None:
        """Read *data*, the part. Raises UnreadableError."""
        begin: dict[str, Begin] = {
            "s:sheetView": self._view,
            "s:col": self._columns,
            "s:row": self._begin_row,
            "s:c": self._begin_cell,
            "s:v": lambda attributes: self._hear("value"),
            "s:f": lambda attributes: self._hear("formula"),
            "s:mergeCell": self._merge,
            "s:drawing": lambda attributes: self._drawn.append(PICTURE),
            "s:oleObjects": lambda attributes: self._drawn.append(EMBEDDED),
            **self._taker.beginnings(),
        }
        deaf: dict[str, Finish] = dict.fromkeys(("s:v", "s:f"), lambda: self._walk.hear(None))
        self._walk.run(data, scope(begin, {"s:c": self._end_cell, **deaf, **self._taker.ends()}))

    def _view(self, attributes: Attributes) -> None:
        self._zeros = is_true(attributes.get("showZeros", "1"))

    def _columns(self, attributes: Attributes) -> None:
        if is_true(attributes.get("hidden", "")):
            first, last = max(number(attributes.get("min")), 1), min(number(attributes.get("max")), COLUMNS)
            self._hidden_columns[first : last + 1] = b"\1" * max(last + 1 - first, 0)

    def _begin_row(self, attributes: Attributes) -> None:
        given = number(attributes.get("r"))
        self._row, self._column = (given if 0 < given <= ROWS else self._row + 1), 0
        if is_true(attributes.get("hidden", "")):
            self._hidden_rows.add(self._row)

    def _begin_cell(self, attributes: Attributes) -> None:
        self._room.take(cells=1)
        place = _place(attributes.get("r", ""))
        row, column = place or (self._row, self._column + 1)
        self._column = column
        look = number(attributes.get("s"))
        looks = self._book.looks
        self._open = _Open(
            row, column, attributes.get("t", "n"), looks[look] if 0 <= look < len(looks) else Look()
        )
        self._taker.pieces = []

    def _hear(self, what: str) -> None:
        if self._open is not None:
            self._walk.hear(self._open.value.append if what == "value" else self._open.formula.append)

    def _end_cell(self) -> None:
        if self._open is None:
            return
        cell, self._open = self._open, None
        text = self._shown(cell)
        self._room.take(characters=len(text))
        if text or cell.look.bordered:
            self._rows.setdefault(cell.row, {})[cell.column] = _Cell(text, cell.look.bordered)

    def _shown(self, cell: _Open) -> str:
        """Return what *cell* shows; of a formula that no program has worked out, the formula."""
        value = "".join(cell.value)
        if cell.kind == "inlineStr":
            return "".join(self._taker.pieces)
        if not value:
            return "=" + "".join(cell.formula) if cell.formula else ""
        if cell.kind == "s":
            index = number(value.strip())
            return self._book.texts[index] if 0 <= index < len(self._book.texts) else ""
        if cell.kind == "b":
            return "TRUE" if is_true(value.strip()) else "FALSE"
        if cell.kind != "n":  # the result of a formula in words, an error, a date in words
            return value
        if not self._zeros and not value.strip("0.-+eE"):
            return ""
        return shown(value.strip(), cell.look.format, since_1904=self._book.since_1904)

    def _merge(self, attributes: Attributes) -> None:
        first, _, last = attributes.get("ref", "").partition(":")
        start, end = _place(first), _place(last or first)
        if start is not None and end is not None:
            rows, columns = sorted((start[0], end[0])), sorted((start[1], end[1]))
            self._merges.append((rows[0], columns[0], rows[1], columns[1]))

    # -- what is seen ----------------------------------------------------------------------------------------

    def sheet(self) -> Sheet:
        """Return the sheet as it is seen."""
        spans, covered, inside = self._spans()
        rows: list[Row] = []
        hidden = sorted(self._hidden_rows)
        lost_rows, lost_columns = set[int](), set[int]()
        for at in sorted(self._rows):
            cells = [
                (column, cell)
                for column, cell in sorted(self._rows[at].items())
                if (at, column) not in covered
            ]
            if at in self._hidden_rows:
                lost_rows.update(at for _, cell in cells if cell.text.strip())
                continue
            lost_columns.update(
                column for column, cell in cells if self._hidden_columns[column] and cell.text.strip()
            )
            slots = tuple(
                Slot(at, column, *spans.get((at, column), (at, column)), *cell)
                for column, cell in cells
                if not self._hidden_columns[column]
            )
            if slots or at in inside:
                before = rows[-1].number if rows else 0
                between = bisect_left(hidden, at) - bisect_right(hidden, before)
                rows.append(Row(at, slots, at in inside, bool(rows) and at - before - 1 == between))
        return Sheet(
            self._name, tuple(rows), tuple(sorted(lost_rows)), tuple(sorted(lost_columns)), tuple(self._drawn)
        )

    def _spans(self) -> tuple[dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]], set[int]]:
        """Return the last slot of each merged cell, the slots that these cover, and the rows that they reach into.

        Of a merged cell that begins where it is hidden, the first slot that is not has its text.
        """
        spans: dict[tuple[int, int], tuple[int, int]] = {}
        covered: set[tuple[int, int]] = set()
        inside: set[int] = set()
        order = sorted(self._rows)
        columns = {row: sorted(cells) for row, cells in self._rows.items()}
        for top, left, bottom, right in self._merges:
            text, bordered = self._rows.get(top, {}).get(left, ("", False))
            first: tuple[int, int] | None = None
            rows = order[bisect_left(order, top) : bisect_right(order, bottom)]
            self._room.take(cells=len(rows))
            for row in rows:
                here = columns[row][bisect_left(columns[row], left) : bisect_right(columns[row], right)]
                self._room.take(cells=len(here))
                covered.update((row, column) for column in here)
                if row in self._hidden_rows:
                    continue
                seen = next((column for column in (left, *here) if not self._hidden_columns[column]), None)
                if first is None and seen is not None:
                    first = row, seen
                elif first is not None:
                    inside.add(row)
            if first is None:
                covered.discard((top, left))  # all of it is hidden
            else:
                covered.discard(first)
                self._rows[first[0]][first[1]] = _Cell(text, bordered)
                spans[first] = bottom, right
        return spans, covered, inside


def _place(address: str) -> tuple[int, int] | None:
    """Return row and column of *address* (B3: 3, 2), None if a sheet has no such cell."""
    match = _ADDRESS.fullmatch(address)
    if match is None:
        return None
    column = 0
    for letter in match[1].upper():
        column = 26 * column + ord(letter) - 64
    row = int(match[2])
    return (row, column) if 0 < row <= ROWS and column <= COLUMNS else None


def letters(column: int) -> str:
    """Return *column*, from 1, in letters."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def addresses(numbers: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    """Yield the first and last of each run of *numbers*, which are in order."""
    start = last = 0
    for each in numbers:
        if start and each == last + 1:
            last = each
            continue
        if start:
            yield start, last
        start = last = each
    if start:
        yield start, last
