"""Tables of 第二十条 and their rows, and findings on a whole row."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from nianbao.api import (
    Finding,
    Form,
    Label,
    Related,
    Report,
    RowForm,
    Table,
    TableForm,
    Text,
    Undetermined,
    fold,
    same,
)

TABLES = ("regulations", "permits", "penalties", "charges", "procurement")
ITEM = "第二十条第（{item}）项"
_NO_FIGURE = Text(
    "{place}有空白或读不出的格，无法判断", "{place} has blank or unreadable cells and cannot be judged"
)


def forms_of(report: Report) -> tuple[TableForm, ...]:
    """Return the tables on items of 第二十条 that the form of the report has."""
    return tuple(table for table in report.form.tables if table.item) if report.form else ()


def tables_of(report: Report) -> Iterator[Table]:
    """Yield the tables on items of 第二十条 that the report has."""
    yield from (table for form in forms_of(report) if (table := report.table(form.key)) is not None)


def _figures(table: Table, row: RowForm) -> dict[str, Decimal] | None:
    """Return the figures of *row* by column, None if one of its cells has none."""
    cells = [table[row.key, column.key] for column in table.form.columns]
    figures = {cell.column.key: cell.value for cell in cells if cell.value is not None}
    return figures if len(figures) == len(cells) else None


def unknown_row(table: Table, row: RowForm) -> Undetermined:
    """Return the result that *row* cannot be judged because a figure is missing."""
    return Undetermined(_NO_FIGURE.fill(place=f"{table.form.place} · {row.place}"))


def _related_cells(table: Table, row: RowForm) -> tuple[Related, ...]:
    """Return the cells of *row* with their text, as related places."""
    cells = (table[row.key, column.key] for column in table.form.columns)
    return tuple(Related(cell.span, same(f"{cell.place} {cell.text}"), cell) for cell in cells)


def foreign_labels(report: Report, due: Form) -> frozenset[str]:
    """Return the folded labels of other forms' tables that *due* does not have, not even as an alias.

    ART004 reports item （九）. Table three counts only if the whole report is on another form: SUM008 reports
    single rows.
    """
    items = {table.item for table in due.tables}
    tables = [
        t for form in report.forms for t in form.tables if form is not due and t.item and t.item in items
    ]
    if report.form is not None and report.form.name != due.name:
        tables.extend(report.form.tables)
    known = due.groups | {
        fold(label) for table in due.tables for line in table.lines for label in (line.label, *line.aliases)
    }
    printed = {fold(line.label) for table in tables for line in table.lines}
    return frozenset(printed - known)


def misprinted(report: Report, labels: Iterable[Label]) -> list[Label]:
    """Return the *labels* that are not as printed, without those of another form, which ART003 reports."""
    return of_this_form(report, [label for label in labels if not label.exact])


def of_this_form(report: Report, labels: list[Label]) -> list[Label]:
    """Return the *labels* that no other form has."""
    if not labels or report.official_form is None:
        return labels
    foreign = foreign_labels(report, report.official_form)
    return [label for label in labels if fold(label.text) not in foreign]


def rows_of(report: Report, *keys: str) -> Iterator[tuple[Table, RowForm, dict[str, Decimal] | None]]:
    """Yield the rows of tables *keys* with their figures, None if one of the cells has none."""
    for table in filter(None, map(report.table, keys)):
        yield from ((table, row, _figures(table, row)) for row in table.form.rows if row.key in table.rows)


def row_place(table: Table, row: RowForm) -> str:
    """Return the place of *row* in the words of the form: its table and its label."""
    return f"{table.form.place} · {row.place}"


def row_finding(table: Table, row: RowForm, column: str, message: Text, help_text: Text) -> Finding:
    """Return a finding on the whole *row*, at its cell in *column*."""
    cell = table[row.key, column]
    related = tuple(other for other in _related_cells(table, row) if other.span != cell.span)
    return Finding(cell.span, message, help_text, cell, related, place=row_place(table, row))


def left_out(figures: dict[str, Decimal]) -> bool:
    """Return whether documents were issued and none repealed, but none is said to be in force."""
    return figures["issued"] > 0 and figures["repealed"] == figures["in_force"] == 0
