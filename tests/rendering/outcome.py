"""What became of the cells of a report: each bound, named as unread, bound to another figure, or lost in silence."""

from decimal import Decimal
from typing import NamedTuple

from nianbao.engine.finding import Diagnostic, Severity
from nianbao.engine.verdict import Verdict
from nianbao.report.table import State, Table
from nianbao.testing import Draft


class Outcome(NamedTuple):
    """The addresses of the cells by what became of them, and the findings that are not about what went unread."""

    bound: tuple[str, ...]
    named: tuple[str, ...]
    wrong: tuple[str, ...]
    lost: tuple[str, ...]
    false: tuple[Diagnostic, ...]

    @property
    def lawful(self) -> bool:
        """Whether each cell has its figure or is named, and nothing else is said."""
        return not (self.wrong or self.lost or self.false)

    @property
    def whole(self) -> bool:
        """Whether each cell has its figure and nothing else is said."""
        return self.lawful and not self.named


def outcome(draft: Draft, verdict: Verdict, right: frozenset[str] = frozenset()) -> Outcome:
    """Return what became of the cells of *draft* in the file that *verdict* is on.

    *right* are codes of findings that are true of such a file.
    """
    ends: dict[str, list[str]] = {"bound": [], "named": [], "wrong": [], "lost": []}
    for address, text in draft.cells.items():
        ends[_end(address, Decimal(text), verdict)].append(address)
    false = tuple(
        found
        for found in verdict.diagnostics
        if found.code != "DOC002" and found.code not in right and found.severity is not Severity.INFO
    )
    bound, named, wrong, lost = (tuple(ends[name]) for name in ("bound", "named", "wrong", "lost"))
    return Outcome(bound, named, wrong, lost, false)


def _end(address: str, due: Decimal, verdict: Verdict) -> str:
    key, row, column = address.split("/")
    table = verdict.report.tables.get(key)
    cell = table.cell((row, column)) if table else None
    if cell is not None and cell.value == due:
        return "bound"
    if cell is None or cell.state is State.ABSENT:
        return "named" if _named(key, row, table, verdict) else "lost"
    cells = (
        cell
        for f in verdict.diagnostics
        if f.code in ("SUM005", "ART007")  # of those that hold a word, all are named in one finding
        for cell in (f.finding.cell, *(beside.cell for beside in f.finding.related))
    )
    said = any(beside is not None and beside.address == address for beside in cells)
    return "named" if cell.state is State.TEXT and said else "wrong"


def _named(key: str, row: str, table: Table | None, verdict: Verdict) -> bool:
    """Return whether table *key*, or its row *row*, is said to be unread."""
    codes = {found.code for found in verdict.diagnostics}
    if "DOC002" in codes and (key in verdict.report.unreadable or (table is not None and table.unread)):
        return True
    ragged = table is not None and any(label.key == row for label, _ in table.ragged)
    return ragged and bool(codes & {"ART007", "SUM008"})  # a row with a figure too many is named by these
