"""`nianbao extract`: reports as data."""

import os
from collections.abc import Sequence
from functools import partial
from typing import Any

from nianbao.cli.command import Command
from nianbao.cli.console import errors, output
from nianbao.cli.errors import Failure, Misuse
from nianbao.cli.options import Argument, Option, one_of
from nianbao.cli.settings_options import resolver_of, settings_params
from nianbao.cli.standard_input import standard_input
from nianbao.cli.targets import KINDS, Target, check_targets, force_option
from nianbao.files.replace import replace
from nianbao.files.system_errors import reason_of
from nianbao.report.extraction import Value, columns, record, row, sheet
from nianbao.report.report import Report
from nianbao.reporters.reporter import UnavailableError
from nianbao.run.linter import Input
from nianbao.run.resolve import Requested, Resolver, linter_by
from nianbao.run.verdicts import inputs
from nianbao.text.inert import inert
from nianbao.text.language import Language, Text
from nianbao.text.source import UnreadableError

_HELP = Text(
    "把报告的内容取成数据：每一格的键、数和状态，各部分的文字。csv 和 xlsx 每份报告一行。\n"
    "退出码：0 都取出了；2 用法不对；3 有的读不出来。",
    "Takes reports as data: the key, figure and state of every cell, the text of every section. csv and xlsx have a row for each report.\n"
    "Exit code: 0 all were taken; 2 wrong usage; 3 some could not be read.",
)
_PATHS, _PATHS_HELP = (
    Text("路径…", "PATH…"),
    Text("文件；文件夹；- 为标准输入", "files; folders; - for standard input"),
)
_FORMAT = Text(
    "json、csv 或 xlsx；不写的，看文件的后缀，再不然是 json",
    "json, csv or xlsx; left out, as the suffix of the file says, else json",
)
_OUTPUT_WORD, _OUTPUT = (
    Text("文件", "FILE"),
    Text("存进这个文件；xlsx 必写", "write into this file; needed for xlsx"),
)
_FORMATS = ("json", "csv", "xlsx")
_CONTRADICTS = Text(
    "{path} 的后缀和格式 {kind} 不一致；改正其一",
    "the suffix of {path} is not that of {kind}: correct one of them",
)
_NEEDS_FILE = Text("xlsx 要用 -o 写明文件", "xlsx needs a file: give -o")
_NOTHING = Text("文件里没有文字，没有内容可取", "there is no text in the file, so nothing to take")
_UNLIKE = Text(
    "看不出是政府信息公开工作年度报告，取出的内容可能不全；用 nianbao check 查看原因",
    "not recognised as an annual report on disclosure, so some of it may be missing: nianbao check says why",
)
_NOT_WRITTEN = Text("不能写入 {path}：{why}", "cannot write {path}: {why}")

Lines = Sequence[Sequence[Value]]


def command(language: Language) -> Command:
    """Return the command in *language*."""
    return Command(
        "extract",
        language,
        _HELP,
        [
            Argument("paths", _PATHS.of(language), _PATHS_HELP.of(language), many=True),
            Option(
                ("-f", "--format"),
                field="kind",
                value=one_of(language, *_FORMATS),
                word="json|csv|xlsx",
                help=_FORMAT.of(language),
            ),
            Option(
                ("-o", "--output"), field="path", word=_OUTPUT_WORD.of(language), help=_OUTPUT.of(language)
            ),
            force_option(language),
            *settings_params(language),
        ],
        partial(extract, language),
    )


def extract(
    language: Language,
    *,
    paths: tuple[str, ...],
    kind: str | None,
    path: str | None,
    force: bool,
    **sought: Any,
) -> int:
    """Write the data of *paths*. Return the exit code, 3 if one cannot be read. Raises Misuse, Failure."""
    named = os.path.splitext(path or "")[1][1:].lower()
    if kind and named in _FORMATS and named != kind:
        raise Misuse(_CONTRADICTS.fill(path=path, kind=kind).of(language))
    kind = kind or (named if named in _FORMATS else _FORMATS[0])
    if kind == "xlsx" and not path:
        raise Misuse(_NEEDS_FILE.of(language))
    resolver = resolver_of(Requested(**sought), language, lenient=True)
    files = _files(paths, resolver)
    if path is not None:
        check_targets(
            [Target(path, KINDS[kind])],
            [*(file.path for file in files), *resolver.files],
            language,
            suffixes=resolver.suffixes(os.curdir),
            force=force,
        )
    reports, unread = _read(files, language)
    if kind == "xlsx":
        data = _xlsx(_lines(reports), language)
    else:
        data = (_json(reports) if kind == "json" else _csv(_lines(reports))).encode()
    try:
        if path is None:
            output().write(data)
        else:
            replace(path, data)
    except OSError as error:
        reason = _NOT_WRITTEN.fill(path=path or "stdout", why=reason_of(error))
        raise Failure(reason.of(language)) from None
    return 3 if unread or not reports else 0


def _files(paths: Sequence[str], resolver: Resolver) -> list[Input]:
    """Return the reports that *paths* mean, with their settings, standard input first."""
    files = [standard_input()] if "-" in paths else []
    files += inputs([path for path in paths if path != "-"], resolver.suffixes, resolver.notice).files
    return list(map(resolver.resolved, files))


def _read(files: Sequence[Input], language: Language) -> tuple[list[tuple[str, Report]], int]:
    """Return each report with its path, and how many could not be read; those are reported on standard error."""
    reports, unread = [], 0
    for file in files:
        try:
            report = linter_by(file.settings).read(file)
        except UnreadableError as error:
            _complain(file, error.reason, language)
            unread += 1
            continue
        reports.append((file.name, report))
        if not report.recognised:
            _complain(file, _UNLIKE if report.text.strip() else _NOTHING, language)
    return reports, unread


def _complain(file: Input, reason: Text, language: Language) -> None:
    errors().write(f"{inert(file.name)}: {' '.join(reason.of(language).split())}\n")


def _json(reports: Sequence[tuple[str, Report]]) -> str:
    from nianbao.reporters.json_ import SCHEMA_VERSION, tool
    from nianbao.reporters.json_tree import serialised

    records = [record(report, path) for path, report in reports]
    whole = {"schema_version": SCHEMA_VERSION, "tool": tool(), "reports": records}
    return serialised(whole)


def _lines(reports: Sequence[tuple[str, Report]]) -> list[list[Value]]:
    addresses, keys = columns(report for _, report in reports)
    return sheet([row(report, path) for path, report in reports], addresses, keys)


def _csv(lines: Lines) -> str:
    import csv
    import io

    from nianbao.report.equations import number

    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerows([value if isinstance(value, str) else number(value) for value in line] for line in lines)
    return (
        "\ufeff" + text.getvalue()
    )  # without the mark a spreadsheet takes it for the code page of the system


def _xlsx(lines: Lines, language: Language) -> bytes:
    from io import BytesIO

    from nianbao.reporters.workbook import LONGEST_CELL, workbook

    file = BytesIO()
    try:
        book = workbook(file)
    except UnavailableError as error:
        raise Failure(error.reason.of(language)) from None
    page = book.add_worksheet("nianbao")
    for number_, line in enumerate(lines):
        for column, value in enumerate(line):
            if isinstance(value, str):
                page.write_string(number_, column, value[:LONGEST_CELL])
            elif value is not None:
                page.write_number(number_, column, float(value))
    page.freeze_panes(1, 1)
    book.close()
    return file.getvalue()
