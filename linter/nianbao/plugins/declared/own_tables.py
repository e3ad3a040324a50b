"""Tables that are on no form, such as a county's own on new media: their cells by the labels of row and column."""

from collections.abc import Iterator
from itertools import islice

from nianbao.engine.finding import Undetermined
from nianbao.report.form import ColumnForm, RowForm, TableForm
from nianbao.report.report import Report
from nianbao.report.syntax import Grid, Part, Piece
from nianbao.report.table import Cell, State, figure, own_part
from nianbao.text.folding import fold, fold_prose, split_numeral
from nianbao.text.language import Text
from nianbao.text.source import Span

_SEVERAL = Text(
    "有几处{place}，看不出是哪一处；在规则里写 table", "there are several {place}: name the table in the rule"
)
_TORN = Text("{place}所在的表没有读懂，无法判断", "the table with {place} could not be read")
_PICTURE = Text(
    "没有找到{place}；文中有图片，可能在图片里", "{place} was not found, but may be in one of the pictures"
)


def own_grids(part: Part, report: Report, above: str = "") -> Iterator[Grid]:
    """Yield every grid of *part* that is no table of the form, with *above* in its caption or a heading over it."""
    official = [table.span for table in report.tables.values()]
    here = part.heading is not None and fold(above) in fold(part.heading.title.text)
    for grid in part.grids:
        captioned = grid.caption is not None and fold(above) in fold(grid.caption.text)
        if (not above or here or captioned) and not any(_overlap(grid.span, span) for span in official):
            yield grid
    for inner in part.parts:
        yield from own_grids(inner, report, "" if here else above)


def cell_by_labels(report: Report, above: str, row: str, column: str) -> Cell | Undetermined:
    """Return the cell of *report* in the *row* and *column* of a table that is on no form, absent if there is none.

    *above* are words above the table, "" for any. Undetermined if there are several, or the table is not whole.
    """
    place = {"place": " · ".join(filter(None, (above, row, column)))}
    parts = (report.outline.preamble, *report.outline.sections)
    pieces: list[Piece] = []
    torn = False
    for grid in (grid for part in parts for grid in own_grids(part, report, above)):
        here = [*_crossings(grid, row, column)] or [*_crossings(grid, column, row)]
        pieces += [piece for piece in here if piece is not None]
        torn |= None in here
    prose = fold_prose(report.prose)  # where a table is whose cells are not parted by more than blanks
    if torn or (not pieces and fold_prose(row) in prose and fold_prose(column) in prose):
        return Undetermined(_TORN.fill(**place))
    if len(pieces) > 1:
        return Undetermined(_SEVERAL.fill(**place))
    if not pieces and report.pictures:
        return Undetermined(_PICTURE.fill(**place))
    return _cell(pieces[0] if pieces else Piece("", report.anchor), above, row, column, absent=not pieces)


def _crossings(grid: Grid, row: str, column: str) -> Iterator[Piece | None]:
    """Yield the cells of *grid* under the first label *column* of each column, in a row *row*, two at the most.

    None for one that cannot be told.
    """
    heads: dict[int, int] = {}
    labels = []
    for number, cells in enumerate(grid.rows):
        for at, cell in enumerate(cells):
            if _names(cell, column):
                heads.setdefault(at, number)
        label = next((at for at, cell in enumerate(cells) if _names(cell, row)), None)
        if label is not None:
            labels.append((number, label))
    crossings = (
        grid.rows[number][at] if len(grid.rows[number]) == len(grid.rows[top]) and not torn else None
        for torn in (grid.stream or grid.loose,)
        for at, top in heads.items()
        for number, label in labels
        if number > top and label < at
    )
    yield from islice(crossings, 2)


def _names(piece: Piece, label: str) -> bool:
    """Return whether *piece* is *label*, whatever its numeral and the unit in brackets behind it."""
    words = split_numeral(fold(piece.text))[1]
    return bool(words) and fold(label) in (fold(piece.text), words, words.partition("(")[0])


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _cell(piece: Piece, above: str, row: str, column: str, *, absent: bool) -> Cell:
    """Return *piece* as a cell of a table without a key."""
    state, value, unit = figure(piece.text)
    start, end = own_part(piece.text) if value is not None else (0, len(piece.text))
    span = Span(piece.span.start + start, piece.span.start + end) if not absent else piece.span
    return Cell(
        TableForm("", above or row, "", "", "", (), ()),  # so that its place is the labels
        RowForm(row, row, "", row if above else "", ()),
        ColumnForm(column, column, "", None, signed=False, aliases=()),
        piece.text[start:end],
        span,
        State.ABSENT if absent else state,
        value,
        unit,
    )
