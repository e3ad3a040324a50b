"""`nianbao show`: a report as the engine reads it, before any rule runs."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from nianbao.cli.command import Command, complain
from nianbao.cli.console import display, for_people, output
from nianbao.cli.options import Argument, Option, one_of, whole
from nianbao.cli.settings_options import resolver_of, settings_params
from nianbao.cli.standard_input import standard_input
from nianbao.report.form import TableForm
from nianbao.report.issuer import LEVEL_NAMES, LEVEL_WORDS, LEVELS, Level
from nianbao.report.report import Report
from nianbao.report.sections import Section
from nianbao.report.table import Cell, State, Table
from nianbao.reporters.display import Display
from nianbao.reporters.file_positions import in_sheet
from nianbao.reporters.table_excerpt import Axes, Mark, laid_out
from nianbao.reporters.terminal_width import aligned
from nianbao.run.resolve import Requested, linter_by
from nianbao.run.verdicts import file_at
from nianbao.text.inert import inert
from nianbao.text.language import Language, Text, same
from nianbao.text.source import UnreadableError

_HELP = Text(
    "显示从一份报告中读到了什么：标题、年度、格式、机关、各部分认作什么、每一格的数、哪些没有对上。",
    "Shows what is read in a report: title, year, form, organ, what each section is taken for, every cell, and what could not be bound.",
)
_FILE = Text("文件", "FILE")
_FILES = Text("一份报告；- 为标准输入", "a report; - for standard input")
_FORMAT = Text(
    "tree（默认，概要）、tables（各表逐格）、cells（每格一行：键、数、在文件的哪里）、text（读成的文本）或 json",
    "tree (default), tables (cell by cell), cells (a line each: key, figure, where in the file), text (as it is read) or json",
)
_YEAR_WORD, _LEVEL_WORD = Text("年", "YEAR"), Text("级别", "LEVEL")
_YEAR = Text(
    "应当是哪一年的报告；默认从报告中读出",
    "the year that the report is to be on; read from the report by default",
)
_LEVEL = Text("机关级别；默认从标题读出", "level of the organ; by its title")

_UNKNOWN = Text("看不出", "unknown")
_HEADS = {
    "title": Text("标题", "title"),
    "year": Text("年度", "year"),
    "form": Text("格式", "form"),
    "issuer": Text("机关", "organ"),
    "level": Text("级别", "level"),
    "encoding": Text("编码", "encoding"),
}
_REMARK = Text("注意  {remark}", "note  {remark}")
_SECTIONS = Text("各部分：", "Sections:")
_TABLES = Text("表格：", "Tables:")
_NONE = Text("没有", "none")
_STANDINGS = {
    "official": Text("与格式一致", "as the form has it"),
    "wording": Text("条例的提法，即“{title}”", "the regulation's wording of “{title}”"),
    "aliases": Text("认作“{title}”，名称不同", "another name of “{title}”"),
    "obsolete": Text("2019 年以前的名称，即“{title}”", "the name before 2019 of “{title}”"),
    "similar": Text("按用词认作“{title}”", "by its words taken for “{title}”"),
    "": Text("格式没有这一部分", "not a section of the form"),
}
_BOUND = Text("{bound}/{expected} 格", "{bound}/{expected} cells")
_UNREADABLE = Text("报告中有，没有读懂", "in the report, but could not be read")
_NOT_FOUND = Text("报告中没有找到", "not found in the report")
_MISSING = Text("没有找到的行：{rows}", "rows not found: {rows}")
_UNREAD_ROWS = Text("没有读懂的行：{rows}", "rows that could not be read: {rows}")
_EXTRA = Text("对不上格式的行：{rows}", "rows the form does not have: {rows}")
_RAGGED = Text(
    "数目不对、没有对上列的行：{rows}",
    "rows with too many or too few figures to give each its column: {rows}",
)
_LEGEND = Text(
    "“空”：格中没有字；“缺”：没有这一格；引号内：不是数字",
    "empty: a blank cell; none: no such cell; in quotes: no number",
)
_PAGE, _PARAGRAPH = Text("第 {page} 页", "page {page}"), Text("第 {paragraph} 段", "paragraph {paragraph}")
_EMPTY, _ABSENT = Text("空", "empty"), Text("缺", "none")


def command(language: Language) -> Command:
    """Return the command in *language*."""
    kinds = ("tree", "tables", "cells", "text", "json")
    params: list[Option | Argument] = [
        Argument("path", _FILE.of(language), _FILES.of(language)),
        Option(
            ("--format",),
            field="kind",
            value=one_of(language, *kinds),
            default="tree",
            word="|".join(kinds),
            help=_FORMAT.of(language),
        ),
        Option(
            ("--year",),
            value=whole(language, 2008, 2099),
            word=_YEAR_WORD.of(language),
            help=_YEAR.of(language),
        ),
        Option(
            ("--level",),
            value=one_of(language, *LEVELS, others=LEVEL_WORDS),
            word=_LEVEL_WORD.of(language),
            help=_LEVEL.of(language),
        ),
        *settings_params(language),
    ]
    return Command("show", language, _HELP, params, partial(show, language))


def show(
    language: Language, *, path: str, kind: str, year: int | None, level: Level | None, **sought: Any
) -> int:
    """Write the report at *path* as it is read. Return the exit code, 3 if it cannot be read."""
    resolver = resolver_of(Requested(year=year, level=level, **sought), language, lenient=True)
    settings = resolver.settings("" if path == "-" else path)
    linter = linter_by(settings)
    file = standard_input() if path == "-" else file_at(path)
    try:
        report = linter.read(file)
    except UnreadableError as error:
        complain(f"{inert(file.name)}: {error.reason.of(language)}")
        return 3
    console = output()
    if kind == "json":
        console.write(_json(report, file.name), "utf-8")
    elif kind == "text":
        # One sign for another, so that every offset of the JSON output points at the same character here; only a
        # sign that acts or is not seen takes more room.
        console.write(for_people(report.source.text), "utf-8")
    else:
        view = display(console, language)
        lines = {"tree": _tree, "tables": _tables, "cells": _cells}[kind](report, view)
        console.write(view.shown_lines(lines) + "\n", colour=view.colour)
    return 0


def _tree(report: Report, view: Display) -> Iterator[str]:
    level = report.issuer.level
    facts = {
        "title": "".join(report.title.text.split()) if report.title else None,
        "year": report.year,
        "form": f"{report.form.name}（{report.form.notice}）" if report.form else None,
        "issuer": report.issuer.name,
        "level": f"{level} {LEVEL_NAMES[level]}" if level else None,
        "encoding": report.source.encoding,
    }
    rows = [
        [view.say(_HEADS[key]), view.shown(str(value or _UNKNOWN.of(view.language)))]
        for key, value in facts.items()
    ]
    yield from aligned(view.ruler, rows)
    yield from (view.say(_REMARK.fill(remark=remark)) for remark in report.source.remarks)
    yield from ("", view.say(_SECTIONS))
    sections = [[f"  {view.shown(_line(s))}", view.say(_standing(s, report))] for s in report.sections]
    yield from aligned(view.ruler, sections or [[f"  {view.say(_NONE)}"]])
    yield from ("", view.say(_TABLES))
    tables = [[f"  {view.shown(t.place)}", view.say(_state(t, report))] for t in _forms(report)]
    yield from aligned(view.ruler, tables or [[f"  {view.say(_NONE)}"]])
    for form in _forms(report):
        yield from (f"  {form.place}  {line}" for line in _unbound(report.tables.get(form.key), view))


def _line(section: Section) -> str:
    title = section.title.text[:60]
    mark = "" if section.numeral.endswith(("分", "）", ")")) or not section.numeral else "、"
    return f"{section.numeral}{mark}{title}"


def _standing(section: Section, report: Report) -> Text:
    sections = report.form.sections if report.form else ()
    titles = [s.title for s in sections if s.key in (section.key, *section.covers)]
    return _STANDINGS[section.standing].fill(title="”“".join(titles))


def _forms(report: Report) -> tuple[TableForm, ...]:
    return report.form.tables if report.form else ()


def _state(form: TableForm, report: Report) -> Text:
    table = report.tables.get(form.key)
    if form.key in report.unreadable:
        return _UNREADABLE
    return _BOUND.fill(bound=len(table.cells), expected=table.expected) if table else _NOT_FOUND


def _tables(report: Report, view: Display) -> Iterator[str]:
    yield view.say(_LEGEND)
    for form in _forms(report):
        yield ""
        yield view.paint(view.shown(form.place), "place") + "  " + view.say(_state(form, report))
        table = report.tables.get(form.key)
        if table is not None:
            yield from _grid(table, view)
            yield from (f"  {line}" for line in _unbound(table, view))


def _cells(report: Report, view: Display) -> Iterator[str]:
    """Yield a line for each cell that was found: its keys, its value, its position in the file, its name."""
    rows = [
        [cell.address, _said(cell, view), view.say(_where(report, cell)), view.shown(cell.place)]
        for form in _forms(report)
        for cell in (report.tables[form.key].cells if form.key in report.tables else ())
    ]
    yield from aligned(view.ruler, rows or [[view.say(_NONE)]])


def _where(report: Report, cell: Cell) -> Text:
    source = report.source
    if source.visible:
        at = source.position(cell.span.start)
        return same(f"{at.line}:{at.column}")
    places = source.locate(cell.span)
    if not places:
        return same("-")
    origin = places[0].origin
    if origin.cell:
        return in_sheet(source, cell.span)
    words = _PAGE if origin.page else _PARAGRAPH
    return words.fill(page=origin.page, paragraph=origin.paragraph + 1)


def _grid(table: Table, view: Display) -> list[str]:
    page = Axes(table.form).page(table)
    rows = list(dict.fromkeys(row for row, _ in page))
    columns = list(dict.fromkeys(column for _, column in page))
    cells = [[Mark("", _said(page[row, column], view), "", "plain") for column in columns] for row in rows]
    lines = laid_out("", [r.label for r in rows], [c.label for c in columns], cells, view, view.width - 2)
    return [f"  {line}" for line in lines]


def _said(cell: Cell, view: Display) -> str:
    from nianbao.report.equations import number

    if cell.state is State.ABSENT:
        return view.say(_ABSENT)
    if cell.state is State.BLANK:
        return view.say(_EMPTY)
    words = "".join(cell.text[:200].split())
    return number(cell.value) + cell.unit if cell.state is State.NUMBER else f"“{view.shown(words)}”"


def _unbound(table: Table | None, view: Display) -> Iterator[str]:
    """Yield the rows that could not be bound, a line for each kind."""
    if table is None:
        return
    rows = {
        _MISSING: [row.place or row.label for row in table.lacking],
        _UNREAD_ROWS: ["".join(label.text.split()) for label in table.unread],
        _EXTRA: ["".join(label.text.split()) for label in table.extra],
        _RAGGED: ["".join(label.text.split()) for label, _ in table.ragged],
    }
    for words, labels in rows.items():
        if any(labels):
            yield view.say(words.fill(rows=Text("、".join(labels), ", ".join(labels))))


def _json(report: Report, path: str) -> str:
    from nianbao.reporters.json_ import SCHEMA_VERSION, identity, place, tool
    from nianbao.reporters.json_tree import serialised

    sections = [
        {
            "key": section.key or None,
            "covers": list(section.covers),
            "standing": section.standing or None,
            "numeral": section.numeral,
            "title": place(report.source, section.title.span),
            "paragraphs": len(section.part.paragraphs),
            "sections": len(section.part.parts),
        }
        for section in report.sections
    ]
    whole = {
        "schema_version": SCHEMA_VERSION,
        "tool": tool(),
        "path": path,
        **identity(report, path),
        "title": place(report.source, report.title.span) if report.title else None,
        "sections": sections,
        "tables": [_table(form, report) for form in _forms(report)],
    }
    return serialised(whole)


def _table(form: TableForm, report: Report) -> dict[str, Any]:
    from nianbao.reporters.json_ import cell, place

    table = report.tables.get(form.key)
    head = {"kind": form.key, "place": form.place}
    state = "unreadable" if form.key in report.unreadable else "read" if table is not None else "not_found"
    if table is None:
        expected = len(form.rows) * len(form.columns)
        return {
            **head,
            "state": state,
            "bound": 0,
            "expected": expected,
            "cells": [],
            "missing": [row.key for row in form.rows],
            "unbound": [],
        }
    cells = []
    for bound in Axes(form).page(table).values():
        record = cell(bound) or {}
        del record["table"]
        cells.append({**record, "state": bound.state.value, "span": place(report.source, bound.span)})
    unbound = [(label, None) for label in (*table.extra, *table.unread)] + [*table.ragged]
    return {
        **head,
        "state": state,
        "bound": len(table.cells),
        "expected": table.expected,
        "cells": cells,
        "missing": [row.key for row in table.missing],
        "unbound": [
            {"label": place(report.source, label.span), "figures": figures} for label, figures in unbound
        ],
    }
