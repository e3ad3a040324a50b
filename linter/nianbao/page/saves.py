"""The files that are taken away from the page: each is named for its report and for what it is, never as the report."""

import os
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec

from nianbao_grammar.records import NamedTuple

from nianbao.annotate.annotators import annotated
from nianbao.annotate.notes import Style
from nianbao.page.open_reports import OpenReport, OpenReports
from nianbao.reporters.reporter import OutputFormat, UnavailableError
from nianbao.run.linter import content_of
from nianbao.text.language import Language, Text
from nianbao.text.marks import CELL_MARK
from nianbao.text.source import UnreadableError
from nianbao.text.timestamp import now
from nianbao.writers.writer import WRITABLE, Mode, RefusedError

_MODES: dict[str, Mode] = {"tracked": "tracked", "direct": "direct"}
_NEEDS = {"xlsx": "xlsxwriter", "pdf": "pypdf"}  # what a kind of file is written with
_ENDINGS = {
    **dict.fromkeys(("full", "concise", "grouped", "github"), "txt"),
    **dict.fromkeys(("json", "sarif", "gitlab", "rdjson"), "json"),
    **dict.fromkeys(("junit", "checkstyle"), "xml"),
    **dict.fromkeys(("csv", "score"), "csv"),
    "markdown": "md",
}  # of the other formats it is the name of the format
_LIST = Text("问题清单", "findings")
_WORDS = {
    "comments": Text("批注", "comments"),
    "tracked": Text("修订", "tracked"),
    "direct": Text("改好", "corrected"),
    "text": Text("文字", "text"),
    **dict.fromkeys(("html", "xlsx", "csv", "markdown", "json"), _LIST),
    "docx": Text("通知单", "notice"),
    "score": Text("评分", "score"),
}  # what is said of a file behind the name of its report; of the other kinds it is the name of the format
_ALL = {"xlsx": Text("总览", "overview"), "docx": Text("整改通知单", "notices")}  # for all reports
_NO_VERDICT = Text("这份报告没有结论，没有可以存的", "there is no verdict on this report, so nothing to save")
_UNKNOWN = Text("没有这种文件：{kind}", "no such file: {kind}")


class Saved(NamedTuple):
    """A file to take away."""

    name: str
    data: bytes


def kinds(reports: OpenReports, report: OpenReport | None = None) -> Iterator[str]:
    """Yield the kinds of files that can be made of *report*, or else of all that are open."""
    if report is not None:
        verdict = report.checked.verdict if report.checked is not None else None
        if verdict is not None:
            kind = verdict.report.source.kind
            if kind in WRITABLE or (kind == "pdf" and _is_there(_NEEDS["pdf"])):
                yield "comments"
            if report.corrections.made and kind in WRITABLE:
                yield from ("tracked", "direct") if kind == "docx" else ("direct",)
            yield "text"
    judged = (report,) if report is not None else tuple(reports.reports.values())
    scored = any(each.given.settings.points for each in judged)
    for name in reports.formats:
        if name == "score" and not scored:
            continue
        if name not in _NEEDS or _is_there(_NEEDS[name]):
            yield name


@cache
def _is_there(library: str) -> bool:
    return find_spec(library) is not None


def saved(reports: OpenReports, report: OpenReport | None, kind: str, language: Language) -> Saved:
    """Return the file of this *kind* on *report*, or on all that are open.

    Raises RefusedError, UnreadableError if there can be none.
    """
    if kind in reports.formats:
        return _result(reports, report, reports.formats[kind], language)
    if report is None:
        raise RefusedError(_UNKNOWN.fill(kind=kind))
    checked = reports.verdict_on(report)
    if checked.verdict is None:
        raise UnreadableError(checked.error or _NO_VERDICT)
    source = checked.verdict.report.source
    ending = os.path.splitext(report.path)[1][1:]
    if kind == "comments":
        data = annotated(_data(report), checked.verdict, Style(language, now()))
        return Saved(_name(report, kind, ending if source.kind else "html", language), data)
    if kind == "text":
        return Saved(_name(report, kind, "txt", language), _pasted(source.text).encode("utf-8", "replace"))
    if kind in _MODES:
        return Saved(_name(report, kind, ending, language), reports.file_of(report, _MODES[kind]))
    raise RefusedError(_UNKNOWN.fill(kind=kind))


def _data(report: OpenReport) -> bytes:
    """Return the file of *report* with its corrections; that of a PDF has none of them."""
    return content_of(report.now)


def _result(
    reports: OpenReports, report: OpenReport | None, asked: OutputFormat, language: Language
) -> Saved:
    try:
        data = reports.written(asked, language, (report,) if report is not None else ())
    except UnavailableError as error:
        raise RefusedError(error.reason) from None
    return Saved(_name(report, asked.name, _ENDINGS.get(asked.name, asked.name), language), data)


def _name(report: OpenReport | None, kind: str, ending: str, language: Language) -> str:
    """Return the name of the file of this *kind* on *report*, or on all: `年报-批注.docx`, `问题清单.csv`."""
    known = _WORDS.get(kind) if report is not None else _ALL.get(kind, _WORDS.get(kind))
    words = known.of(language) if known is not None else kind
    if report is not None:
        words = f"{os.path.splitext(os.path.basename(report.path))[0]}-{words}"
    return f"{words}.{ending}" if ending else words


def _pasted(text: str) -> str:
    """Return *text* as it is pasted elsewhere: tabs between the cells of a row."""
    lines = text.split("\n")
    return "\n".join(
        line.strip(CELL_MARK).replace(CELL_MARK, "\t") if line.startswith(CELL_MARK) else line
        for line in lines
    )
