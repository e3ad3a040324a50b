"""`nianbao new report`: the official form, begun for a year from the report on the year before."""

import os
from functools import partial
from typing import Any

from nianbao.cli.command import Command, complain
from nianbao.cli.errors import Failure, Misuse
from nianbao.cli.options import Option, whole
from nianbao.cli.settings_options import resolver_of, settings_params
from nianbao.files.replace import replace
from nianbao.files.system_errors import reason_of
from nianbao.report.form import Form, form_of
from nianbao.report.issuer import Level, infer
from nianbao.report.neighbour import Neighbour, Unread
from nianbao.text.inert import inert
from nianbao.text.language import Language, Text

_HELP = Text(
    "起一份年度报告：官方格式的六个部分和表格，各格填 0；用 --from 给出上年的报告，就从中取机关名称、上年结转和现行有效件数，别的不取。\n"
    "正文只有照这些数字写的话，能通过检查，工作情况和存在的问题要自己写。",
    "Begins a report: the six parts and the tables of the official form, with noughts; from last year's report, given by --from, it takes the organ, what was carried over and the documents in force, and nothing else.\n"
    "Its sentences say only what these figures say, and pass a check: the work and the problems of the year are yours to write.",
)
_YEAR_WORD, _YEAR = (
    Text("年", "YEAR"),
    Text("报告哪一年；默认是上年报告的下一年", "the year; by default the one behind that of --from"),
)
_FILE = Text("文件", "FILE")
_FROM = Text("上年的报告", "the report on the year before")
_ORGAN_WORD, _ORGAN = (
    Text("机关", "ORGAN"),
    Text("机关全称；默认取自上年的报告", "the organ in full; by default that of --from"),
)
_OUTPUT = Text(
    "存进这个文件：.docx、.md 或 .txt；默认是“机关+年度+年度报告.docx”",
    "write into this file: .docx, .md or .txt; by default a .docx named by organ and year",
)
_SUFFIX = Text("“{path}”的后缀应是 {suffixes}", "the suffix of {path} is none of {suffixes}")
_NO_YEAR = Text("写明 --year，或者用 --from 给出上年的报告", "give --year, or last year's report by --from")
_NO_ORGAN = Text(
    "写明 --organ，或者用 --from 给出上年的报告", "give --organ, or last year's report by --from"
)
_NAMELESS = Text(
    "{path} 看不出是哪个机关的报告；用 --organ 写明", "{path} does not name its organ: give --organ"
)
_YEARLESS = Text("{path} 看不出是哪一年度的报告，没有用", "{path} does not state its year and was not used")
_OTHER_YEAR = Text(
    "{path} 是 {year} 年度的报告，不是 {before} 年度的",
    "{path} is the report on {year}, not on {before}",
)
_NO_FORM = Text(
    "{year} 年度没有六个部分的官方格式；从 2019 年起才有",
    "there is no official form of six parts for {year}: the first is for 2019",
)
_UNREAD = Text("{path}：{reason}", "{path}: {reason}")
_BLANK = Text(
    "{cells}{more}空着：上年的报告里没有读成数，请补上",
    "left blank, as last year's report has no figure that could be read: {cells}{more}; fill them in",
)
_MORE = Text("等 {count} 格", " and more, {count} cells")
_MOST_NAMED = 4
_EXISTS = Text(
    "{path} 已经有了，没有改动；换一个名称", "{path} exists and is left as it is: use another name"
)
_NOT_WRITTEN = Text("不能写入 {path}：{why}", "cannot write {path}: {why}")
_WRITTEN = Text(
    "写好了 {path}：{year} 年度，上年结转 {carried} 件", "written: {path}, on {year}, carried in {carried}"
)
_NEXT = Text(
    "接下来：照台账填表，写出总体情况、存在的主要问题及改进情况，再用 nianbao check 检查",
    "next: fill in the tables, write parts one and five, then run nianbao check on it",
)
_SUFFIXES = (".docx", ".md", ".txt")
_CARRIED = "applications/carried_in/total"


def report_command(language: Language) -> Command:
    """Return the command in *language*."""
    word = _FILE.of(language)
    return Command(
        "report",
        language,
        _HELP,
        [
            Option(
                ("--year",),
                value=whole(language, 2000, 2100),
                word=_YEAR_WORD.of(language),
                help=_YEAR.of(language),
            ),
            Option(("--from",), field="given", word=word, help=_FROM.of(language)),
            Option(("--organ",), word=_ORGAN_WORD.of(language), help=_ORGAN.of(language)),
            Option(("-o", "--output"), field="path", word=word, help=_OUTPUT.of(language)),
            *settings_params(language),
        ],
        partial(new_report, language),
    )


def new_report(
    language: Language,
    *,
    year: int | None,
    given: str | None,
    organ: str | None,
    path: str | None,
    **sought: Any,
) -> int:
    """Write the first file of a report. Return the exit code, 3 if a figure that it needs is unread. Raises Misuse, Failure."""
    from nianbao.scaffold.report import handed_on, in_word, report

    suffix = os.path.splitext(path or "-.docx")[1].lower()
    if suffix not in _SUFFIXES:
        raise Misuse(_SUFFIX.fill(path=path, suffixes=", ".join(_SUFFIXES)).of(language))
    before, forms = _before(given, language, sought)
    year = year or (before.year + 1 if before and before.year else None)
    if year is None:
        raise Misuse(_NO_YEAR.of(language))
    if before is not None and before.year != year - 1:
        words = _OTHER_YEAR.fill(path=given, year=before.year, before=year - 1)
        raise Failure(words.of(language))
    organ = "".join((organ or (before.organ if before else "")).split())
    if not organ:
        raise Misuse((_NAMELESS.fill(path=given) if before else _NO_ORGAN).of(language))
    form = form_of(year, forms)
    if form is None or not form.tables:
        raise Misuse(_NO_FORM.fill(year=year).of(language))
    cells = handed_on(form, before) if before is not None else {}
    draft = report(form, organ, _level(organ, before), year, cells)
    path = path or f"{''.join(filter(str.isalnum, organ))}{year}年政府信息公开工作年度报告.docx"
    if os.path.lexists(path):
        raise Failure(_EXISTS.fill(path=path).of(language))
    draft.notation = "pipes" if suffix == ".md" else "tabs"
    data = in_word(draft) if suffix == ".docx" else draft.render().encode()
    try:
        replace(path, data)
    except OSError as error:
        raise Failure(_NOT_WRITTEN.fill(path=path, why=reason_of(error)).of(language)) from None
    return _say(path, year, form, draft.cells, language)


def _before(
    given: str | None, language: Language, sought: dict[str, Any]
) -> tuple[Neighbour | None, tuple[Form, ...]]:
    """Return the report in the file *given*, None if none is, and the forms there are. Raises Failure."""
    from nianbao.run.acquaintance import seen_in
    from nianbao.run.linter import Input, linter
    from nianbao.run.pairing import UNFILLED
    from nianbao.run.resolve import Requested
    from nianbao.run.verdicts import file_at

    resolver = resolver_of(Requested(**sought), language)
    file = resolver.resolved(file_at(given) if given else Input(os.path.join(os.curdir, "")))
    file = file._replace(settings=file.settings._replace(year=None))
    forms = linter(file.settings).forms
    if given is None:
        return None, forms
    (seen,) = seen_in([file])
    if isinstance(seen, Unread):
        raise Failure(_UNREAD.fill(path=given, reason=seen.reason).of(language))
    if seen.unfilled:
        raise Failure(_UNREAD.fill(path=given, reason=UNFILLED).of(language))
    if seen.year is None:
        raise Failure(_YEARLESS.fill(path=given).of(language))
    return seen, forms


def _level(organ: str, before: Neighbour | None) -> Level | None:
    return before.level if before is not None else infer(organ).level


def _say(path: str, year: int, form: Form, cells: dict[str, str], language: Language) -> int:
    """Say what was written, and which figures are left to be filled in. Return the exit code."""
    from nianbao.report.table import place_of

    blank = [
        place_of(table, row, column)
        for table in form.tables
        for row in table.rows
        for column in table.columns
        if not cells[f"{table.key}/{row.key}/{column.key}"]
    ]
    words = [_WRITTEN.fill(path=path, year=year, carried=cells[_CARRIED] or "？")]
    if blank:
        more = _MORE.fill(count=len(blank)) if len(blank) > _MOST_NAMED else ""
        words.append(_BLANK.fill(cells="、".join(blank[:_MOST_NAMED]), more=more))
    for each in (*words, _NEXT):
        complain(inert(each.of(language)))
    return 3 if blank else 0
