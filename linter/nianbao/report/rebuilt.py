"""The tables of another report, bound to its form again as those of a report are."""

from nianbao.report.equations import Equation, equations
from nianbao.report.form import Form
from nianbao.report.neighbour import Neighbour
from nianbao.report.table import State, Table
from nianbao.text.source import Span

_NOWHERE = Span(0, 0)


class Rebuilt:
    """The tables of *neighbour*, which is on *form*, and their sums. The places of its cells are in no text."""

    def __init__(self, neighbour: Neighbour, form: Form) -> None:
        self._form = form
        self._tables = {
            each.key: table for each in form.tables if (table := _table(neighbour, form, each.key))
        }

    def table(self, key: str) -> Table | None:
        """Return the table *key*, None if the report has none or it could not be read."""
        return self._tables.get(key)

    def equations(self, key: str) -> tuple[Equation, ...]:
        """Return the identities of table *key* bound to its cells."""
        table = self.table(key)
        return tuple(equations(self._form.identities, table)) if table else ()


def _table(neighbour: Neighbour, form: Form, key: str) -> Table | None:
    """Return table *key* with the cells that *neighbour* has, None if it has none of them."""
    bound = form.table(key)
    assert bound is not None
    table = Table(bound, _NOWHERE)
    for row in bound.rows:
        for column in bound.columns:
            figure = neighbour.figure(f"{key}/{row.key}/{column.key}")
            if figure is not None and figure.state is not State.ABSENT:
                unread = figure.state is State.UNREAD
                text = "?" if unread else "" if figure.value is None else f"{figure.value}{figure.unit}"
                table.put(row, column, text, _NOWHERE)
    return table if any(cell.value is not None for cell in table.cells) else None
