"""A report as data: every cell of its form with its value and state, the text of each section."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Literal

from nianbao_grammar.records import NamedTuple

from nianbao.report.equations import number
from nianbao.report.form import TableForm
from nianbao.report.issuer import LEVEL_NAMES
from nianbao.report.report import Report
from nianbao.report.sections import Section
from nianbao.report.table import Cell, State, Table
from nianbao.text.inert import in_sheet
from nianbao.text.source import Span

Record = dict[str, Any]
Value = str | Decimal | None
Known = Literal["number", "blank", "absent", "mark", "text", "unread"]

HEAD = ("path", "title", "issuer", "level", "year", "form")
_HEAD_LABELS = ("文件", "标题", "机关", "级别", "年度", "格式")
_STATE_LABELS = {"absent": "没有这一格", "unread": "没有读出"}


class Datum(NamedTuple):
    """One cell of the form of a report: its content, and *state*, the `State` of a cell or "unread".

    "unread": it is, or may be, in the report, and could not be bound. Only a "number" has a *value*.
    """

    cell: Cell
    state: Known
    value: Decimal | None


def data_of(report: Report) -> Iterator[Datum]:
    """Yield each cell of the form of *report*, whether the report has it or not, in the order of the form."""
    for form in report.form.tables if report.form else ():
        table = report.tables.get(form.key)
        poor = form.key in report.unreadable
        unread = {label.key for label in table.unread} if table is not None else set()
        rows = {row.key for row in form.rows}
        for cell in _cells(form, table):
            # An unread row that is none of the form may be any of those that seem to be missing.
            missing = cell.state is State.ABSENT and (cell.row.key in unread or not unread <= rows)
            state: Known = "unread" if poor or missing else cell.state.value
            yield Datum(cell, state, cell.value if state == "number" else None)


def _cells(form: TableForm, table: Table | None) -> Iterator[Cell]:
    for row in form.rows:
        for column in form.columns:
            if table is not None:
                yield table.cell((row.key, column.key))
            else:
                yield Cell(form, row, column, "", Span(0, 0), State.ABSENT, None, "")


def head(report: Report, path: str) -> Record:
    """Return what a report says of itself; things not stated are None."""
    form = report.form.name if report.form else None
    issuer = report.issuer
    return dict(
        zip(HEAD, (path, title(report), issuer.name or None, issuer.level, report.year, form), strict=True)
    )


def record(report: Report, path: str) -> Record:
    """Return *report* as JSON has it; figures are decimal strings, things not stated are None."""
    tables: dict[str, Record] = {}
    for datum in data_of(report):
        table = datum.cell.table
        made = tables.setdefault(table.key, {"key": table.key, "place": table.place, "cells": []})
        row = {"row": datum.cell.row.key, "column": datum.cell.column.key, **_content(datum)}
        made["cells"].append({**row, "value": None if datum.value is None else number(datum.value)})
    return {
        **head(report, path),
        "tables": [*tables.values()],
        "unreadable": sorted(report.unreadable),
        "sections": [_section(section) for section in report.parts],
    }


def records(report: Report, path: str) -> Iterator[Record]:
    """Yield *report* as flat records, each with its `type`: the report, its cells, its sections.

    Each cell repeats what the report says of itself; its `value`, a Decimal or None, is the last of its fields.
    """
    about = head(report, path)
    yield {"type": "report", **about, "unreadable": sorted(report.unreadable), "error": None}
    about.pop("title")
    for datum in data_of(report):
        cell = datum.cell
        keys = {"cell": cell.address, "table": cell.table.key, "row": cell.row.key, "column": cell.column.key}
        yield {"type": "cell", **about, **keys, **_content(datum), "value": datum.value}
    for section in report.parts:
        yield {"type": "section", "path": path, **_section(section)}


def _content(datum: Datum) -> Record:
    """Return the words of a cell; its figure is in the unit written with it, else in that of the form."""
    cell = datum.cell
    return {
        "label": cell.place,
        "raw": cell.text,
        "state": datum.state,
        "unit": cell.unit or cell.column.unit or None,
    }


def _section(section: Section) -> Record:
    return {"key": section.key or None, "title": section.title.text, "text": text(section)}


def title(report: Report) -> str | None:
    """Return the title in one line, None for none."""
    return "".join(report.title.text.split()) if report.title is not None else None


def text(section: Section) -> str:
    """Return the paragraphs of *section*, a line each, headings below it among them."""
    return "\n".join(piece.text for piece in section.paragraphs)


class Row(NamedTuple):
    """One report in one row of a sheet: the words of its head, then cells and sections by their keys.

    *labels* are the words of its form for these keys, and *since* the first year that the form holds for, 0 without.
    """

    head: tuple[Value, ...]
    cells: dict[str, Value]
    sections: dict[str, str]
    labels: Mapping[str, str] = {}
    since: int = 0


def row(report: Report, path: str, *, labelled: bool = False) -> Row:
    """Return *report* as a row; a cell without a figure has its text, or says that it is absent or unread.

    A row that is *labelled* says this, and the level, in the words of people.
    """
    form, level = report.form, report.issuer.level
    cells: dict[str, Value] = {}
    labels: dict[str, str] = {}
    for datum in data_of(report):
        cell = datum.cell
        cells[cell.address] = _shown(datum, _STATE_LABELS if labelled else {})
        if labelled:
            labels[cell.address] = cell.place
    sections = dict.fromkeys((f"section/{section.key}" for section in form.sections), "") if form else {}
    sections |= {f"section/{section.key}": text(section) for section in report.parts if section.key}
    if labelled and form:
        labels |= {f"section/{section.key}": section.title for section in form.sections}
    about = head(report, path)
    if labelled and level is not None:
        about["level"] = LEVEL_NAMES[level]
    if report.year is not None:
        about["year"] = Decimal(report.year)
    return Row(tuple(about.values()), cells, sections, labels, form.first_year if form else 0)


def _shown(datum: Datum, words: dict[str, str]) -> Value:
    """Return the content of a cell of a sheet: a figure only if it is in the unit of its column."""
    cell = datum.cell
    if datum.state in ("absent", "unread"):
        return words.get(datum.state, datum.state)
    amount_otherwise = cell.column.unit is not None and cell.unit not in ("", cell.column.unit)
    return cell.text if datum.value is None or amount_otherwise else datum.value


class Layout:
    """The columns of a sheet of reports: those of all forms that they are on, the newest form first."""

    def __init__(self) -> None:
        self._met: dict[tuple[int, tuple[str, ...], tuple[str, ...]], Mapping[str, str]] = {}

    def meet(self, row: Row) -> None:
        """Take the columns of *row* in."""
        self._met.setdefault((row.since, tuple(row.cells), tuple(row.sections)), row.labels)

    def lines(self, rows: Iterable[Row], *, labelled: bool = False) -> Iterator[list[Value]]:
        """Yield a line of names, keys or labels, and then *rows*; no text begins as a formula does."""
        met = sorted(self._met, reverse=True)
        cells = [*dict.fromkeys(address for _, addresses, _ in met for address in addresses)]
        sections = [*dict.fromkeys(key for _, _, keys in met for key in keys)]
        keys = [*cells, *sections]
        if labelled:
            labels = {key: word for each in reversed(met) for key, word in self._met[each].items()}
            yield [*_HEAD_LABELS, *_distinct([(key, labels.get(key, key)) for key in keys])]
        else:
            yield [*HEAD, *keys]
        for row in rows:
            values = [*row.head, *map(row.cells.get, cells), *map(row.sections.get, sections)]
            yield [in_sheet(value) if isinstance(value, str) else value for value in values]


def _distinct(named: Sequence[tuple[str, str]]) -> list[str]:
    """Return a name for each key, its label; the key behind it if another has the same."""
    labels = [label for _, label in named]
    twice = {label for label in labels if labels.count(label) > 1} if len({*labels}) < len(labels) else set()
    return [f"{label}（{key}）" if label in twice else label for key, label in named]
