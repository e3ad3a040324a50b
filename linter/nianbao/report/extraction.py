"""A report as data: every keyed cell with its value and state, the text of each section."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from nianbao_grammar.records import NamedTuple

from nianbao.report.equations import number
from nianbao.report.report import Report
from nianbao.report.sections import Section
from nianbao.text.inert import in_sheet

Record = dict[str, Any]
Value = str | Decimal | None

HEAD = ("path", "title", "issuer", "level", "year", "form")


class Row(NamedTuple):
    """One report in one row: the words of its head, then cells and sections by their column."""

    head: tuple[Value, ...]
    cells: dict[str, Value]
    sections: dict[str, str]


def record(report: Report, path: str) -> Record:
    """Return *report* as JSON has it; figures are decimal strings, things not stated are None."""
    return {
        "path": path,
        "title": title(report),
        "issuer": report.issuer.name or None,
        "level": report.issuer.level,
        "year": report.year,
        "form": report.form.name if report.form else None,
        "tables": [
            {
                "key": table.form.key,
                "place": table.form.place,
                "cells": [
                    {
                        "row": cell.row.key,
                        "column": cell.column.key,
                        "label": cell.place,
                        "raw": cell.text,
                        "value": None if cell.value is None else number(cell.value),
                        "state": cell.state.value,
                        "unit": cell.unit or None,
                    }
                    for cell in table.cells
                ],
            }
            for table in report.tables.values()
        ],
        "unreadable": sorted(report.unreadable),
        "sections": [
            {"key": section.key or None, "title": section.title.text, "text": text(section)}
            for section in report.parts
        ],
    }


def title(report: Report) -> str | None:
    """Return the title in one line, None for none."""
    return "".join(report.title.text.split()) if report.title is not None else None


def text(section: Section) -> str:
    """Return the paragraphs of *section*, a line each, headings below it among them."""
    return "\n".join(piece.text for piece in section.paragraphs)


def row(report: Report, path: str) -> Row:
    """Return *report* as a row; a cell without a figure has its text."""
    year = None if report.year is None else Decimal(report.year)
    form = report.form.name if report.form else None
    cells: dict[str, Value] = {
        cell.address: cell.text if cell.value is None else cell.value
        for table in report.tables.values()
        for cell in table.cells
    }
    sections = {section.key: text(section) for section in report.parts if section.key}
    head = (path, title(report), report.issuer.name or None, report.issuer.level, year, form)
    return Row(head, cells, sections)


def columns(reports: Iterable[Report]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the addresses of the cells and the keys of the sections of all forms that *reports* are on."""
    forms = dict.fromkeys(report.form for report in reports if report.form is not None)
    cells = [
        f"{table.key}/{line.key}/{column.key}"
        for form in forms
        for table in form.tables
        for line in table.rows
        for column in table.columns
    ]
    sections = [section.key for form in forms for section in form.sections]
    return tuple(dict.fromkeys(cells)), tuple(dict.fromkeys(sections))


def sheet(rows: Sequence[Row], addresses: Sequence[str], keys: Sequence[str]) -> list[list[Value]]:
    """Return *rows* under a line of names; no text begins as a formula does."""
    lines: list[list[Value]] = [[*HEAD, *addresses, *(f"section/{key}" for key in keys)]]
    for line in rows:
        values = [*line.head, *map(line.cells.get, addresses), *map(line.sections.get, keys)]
        lines.append([in_sheet(value) if isinstance(value, str) else value for value in values])
    return lines
