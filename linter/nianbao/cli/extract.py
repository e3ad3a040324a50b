"""`nianbao extract`: reports as data."""

import csv
import gc
import io
import json
import os
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from decimal import Decimal
from functools import partial
from typing import Any

from nianbao_grammar.records import NamedTuple

from nianbao.cli.command import Command
from nianbao.cli.console import errors, output
from nianbao.cli.errors import Failure, Misuse
from nianbao.cli.options import Argument, Option, jobs_option, one_of
from nianbao.cli.settings_options import resolver_of, settings_params
from nianbao.cli.standard_input import standard_input
from nianbao.cli.targets import KINDS, Target, check_targets, force_option
from nianbao.files.replace import Replacement
from nianbao.files.system_errors import reason_of
from nianbao.report.equations import number
from nianbao.report.extraction import HEAD, Layout, Record, Row, Value, record, records, row
from nianbao.reporters.json_ import SCHEMA_VERSION, tool
from nianbao.reporters.json_tree import Array, items, serialised
from nianbao.reporters.reporter import UnavailableError
from nianbao.reporters.spool import Spool
from nianbao.run.linter import Input, failed
from nianbao.run.resolve import Requested, Resolver, linter_by
from nianbao.run.roster import is_roster
from nianbao.run.verdicts import inputs, why_lost
from nianbao.text.inert import in_json, inert
from nianbao.text.language import Language, Text
from nianbao.text.source import UnreadableError

_HELP = Text(
    "把报告的内容取成数据：每一格的键、数和状态，各部分的文字。csv 和 xlsx 每份报告一行，jsonl 每格一行。\n"
    "退出码：0 都取出了；2 用法不对；3 有的读不出来。",
    "Takes reports as data: the key, figure and state of every cell, the text of every section. csv and xlsx have a row for each report, jsonl a line for each cell.\n"
    "Exit code: 0 all were taken; 2 wrong usage; 3 some could not be read.",
)
_PATHS, _PATHS_HELP = (
    Text("路径…", "PATH…"),
    Text("文件；文件夹；- 为标准输入", "files; folders; - for standard input"),
)
_FORMAT = Text(
    "json、jsonl、csv 或 xlsx；不写的，看文件的后缀，再不然是 json",
    "json, jsonl, csv or xlsx; left out, as the suffix of the file says, else json",
)
_OUTPUT_WORD, _OUTPUT = (
    Text("文件", "FILE"),
    Text("存进这个文件；xlsx 必写", "write into this file; needed for xlsx"),
)
_LABELS = Text(
    "csv 和 xlsx 的列名用格式上印的名称，不用键",
    "csv and xlsx: name the columns in the words of the official form, not by keys",
)
_NO_LABELS = Text(
    "{kind} 每一格都写明了名称（label），不用 --labels",
    "in {kind} every cell has its label anyway: leave --labels out",
)
_SHEETS = ("csv", "xlsx")
_FORMATS = ("json", "jsonl", *_SHEETS)
_CONTRADICTS = Text(
    "{path} 的后缀和格式 {kind} 不一致；改正其一",
    "the suffix of {path} is not that of {kind}: correct one of them",
)
_NEEDS_FILE = Text("xlsx 要用 -o 写明文件", "xlsx needs a file: give -o")
_NOTHING = Text("文件里没有文字，没有内容可取", "there is no text in the file, so nothing to take")
_ROSTER = Text("这是机关名册，不是报告，没有取", "this is a roster and no report: nothing is taken of it")
_UNLIKE = Text(
    "看不出是政府信息公开工作年度报告，取出的内容可能不全；用 nianbao check 查看原因",
    "not recognised as an annual report on disclosure, so some of it may be missing: nianbao check says why",
)
_NOT_WRITTEN = Text("不能写入 {path}：{why}", "cannot write {path}: {why}")

_encoded = json.JSONEncoder(ensure_ascii=False).encode  # made once: there are some hundred lines a report
_EXACT = 15  # digits that a workbook keeps of a number


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
                word="|".join(_FORMATS),
                help=_FORMAT.of(language),
            ),
            Option(
                ("-o", "--output"), field="path", word=_OUTPUT_WORD.of(language), help=_OUTPUT.of(language)
            ),
            Option(("--labels",), help=_LABELS.of(language)),
            jobs_option(language),
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
    labels: bool,
    jobs: int,
    force: bool,
    **sought: Any,
) -> int:
    """Write the data of *paths*. Return the exit code, 3 if one cannot be read. Raises Misuse, Failure."""
    named = os.path.splitext(path or "")[1][1:].lower()
    contradicts = kind is not None and named in _FORMATS and named != kind
    kind = kind or (named if named in _FORMATS else _FORMATS[0])
    if kind == "xlsx" and not path:
        raise Misuse(_NEEDS_FILE.of(language))
    if labels and kind not in _SHEETS:
        raise Misuse(_NO_LABELS.fill(kind=kind).of(language))
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
    if contradicts:
        raise Misuse(_CONTRADICTS.fill(path=path, kind=kind).of(language))
    if len(files) > 1 and not gc.isenabled():
        gc.freeze()  # as `check` has it: what reports leave behind is to be collected
        gc.enable()
    run = _Run(language, labelled=labels)
    try:
        with closing(_taken(files, Taking(kind, language, labels), jobs or os.cpu_count() or 1)) as taken:
            _write(path, _WRITERS[kind](run.parts(taken), run))
    except OSError as error:
        reason = _NOT_WRITTEN.fill(path=path or "stdout", why=reason_of(error))
        raise Failure(reason.of(language)) from None
    return 3 if run.unread or not run.files else 0


def _files(paths: Sequence[str], resolver: Resolver) -> list[Input]:
    """Return the reports that *paths* mean, with their settings, standard input first."""
    files = [standard_input()] if "-" in paths else []
    files += inputs([path for path in paths if path != "-"], resolver.suffixes, resolver.notice).files
    return list(map(resolver.resolved, files))


class Taken(NamedTuple):
    """What is taken of one file: the *part* of the output that it is, and the line to be said of it, "" for none."""

    part: Any
    complaint: str = ""
    read: bool = True


class Taking(NamedTuple):
    """The work on each file, perhaps in another process: what the format *kind* needs of it."""

    kind: str
    language: Language
    labelled: bool

    def take(self, file: Input) -> Taken:
        """Return what is taken of *file*. Never raises."""
        try:
            report = linter_by(file.settings).read(file)
            if not report.recognised and is_roster(report.text):
                return self.refused(file, _ROSTER)
            if self.kind in _SHEETS:
                part: Any = row(report, file.name, labelled=self.labelled)
            elif self.kind == "json":
                part = items([record(report, file.name)], 1)
            else:
                part = _lines(records(report, file.name))
        except UnreadableError as error:
            return self.refused(file, error.reason)
        except Exception as error:  # a fault of ours in one file must not cost the others
            return self.refused(file, failed(file, error).error)
        if report.recognised:
            return Taken(part)
        return Taken(part, self._complaint(file, _UNLIKE if report.text.strip() else _NOTHING))

    def refused(self, file: Input, reason: Text | None) -> Taken:
        """Return what is taken of *file*, which cannot be read for *reason*: in lines, that it is not."""
        assert reason is not None
        words = " ".join(reason.of(self.language).split())
        about: Record = {"type": "report", **dict.fromkeys(HEAD), "path": file.name}
        about.update(unreadable=[], error=words)
        return Taken(
            _lines([about]) if self.kind == "jsonl" else None, self._complaint(file, reason), read=False
        )

    def _complaint(self, file: Input, reason: Text) -> str:
        return f"{inert(file.name)}: {' '.join(reason.of(self.language).split())}\n"


def _lines(told: Iterable[Record]) -> str:
    """Return *told* as lines of JSON; a figure, the last field of a record, is a number in all its digits."""
    lines = []
    for each in told:
        figure = each.pop("value", "")
        line = _encoded(each)
        if figure != "":
            line = f'{line[:-1]}, "value": {"null" if figure is None else number(figure)}}}'
        lines.append(f"{line}\n")
    return in_json("".join(lines))


def _taken(files: Sequence[Input], taking: Taking, processes: int) -> Generator[Taken]:
    """Yield what is taken of each of *files*, in order, as soon as it is there."""
    if processes <= 1 or len(files) <= 1:
        yield from map(taking.take, files)
        return
    from nianbao.run.judged import Lost
    from nianbao.run.workers import shared

    for file, taken in shared(taking.take, files, processes, lambda file: file.seconds):
        yield taking.refused(file, why_lost(file, taken)) if isinstance(taken, Lost) else taken


def _write(path: str | None, pieces: Iterable[str | bytes]) -> None:
    """Write *pieces* to standard output as they come, or into the file at *path* when all are there. Raises OSError."""
    encoded = (piece.encode("utf-8", "replace") if isinstance(piece, str) else piece for piece in pieces)
    if path is None:
        console = output()
        for piece in encoded:
            console.write(piece)
        return
    new = Replacement(path)
    try:
        new.file.writelines(encoded)
    except BaseException:
        new.leave()
        raise
    new.put()


class _Run:
    """The way of a run to write, and how many files there were by now, *unread* those that could not be read."""

    def __init__(self, language: Language, *, labelled: bool) -> None:
        self.language = language
        self.labelled = labelled
        self.files = self.unread = 0

    def parts(self, taken: Iterable[Taken]) -> Iterator[Any]:
        """Yield the parts of what is *taken*, each file counted; a line on a file goes to standard error."""
        for each in taken:
            self.files += 1
            self.unread += not each.read
            if each.complaint:
                errors().write(each.complaint)
            if each.part is not None:
                yield each.part


def _json(parts: Iterator[str], run: _Run) -> Iterator[str]:
    reports = Array(1)
    head = serialised({"schema_version": SCHEMA_VERSION, "tool": tool()})
    yield f'{head[:-3]},\n  "reports": '
    yield from map(reports.more, parts)
    yield f"{reports.end()}\n}}\n"


def _jsonl(parts: Iterator[str], run: _Run) -> Iterator[str]:
    yield from parts
    counts = {"files": run.files, "unread": run.unread}
    yield _lines([{"type": "summary", **counts, "schema_version": SCHEMA_VERSION, "tool": tool()}])


def _csv(parts: Iterator[Row], run: _Run) -> Iterator[str]:
    text = io.StringIO()
    writer = csv.writer(text)
    text.write("\ufeff")  # without the mark a spreadsheet takes it for the code page of the system
    for line in _rows(parts, run):
        writer.writerow([value if isinstance(value, str) else number(value) for value in line])
        yield text.getvalue()
        text.seek(0)
        text.truncate()


def _xlsx(parts: Iterator[Row], run: _Run) -> Iterator[bytes]:
    from nianbao.reporters.workbook import LONGEST_CELL, workbook

    file = io.BytesIO()
    try:
        book = workbook(file)
    except UnavailableError as error:
        raise Failure(error.reason.of(run.language)) from None
    page = book.add_worksheet("nianbao")
    for number_, line in enumerate(_rows(parts, run)):
        for column, value in enumerate(line):
            if isinstance(value, Decimal) and len(value.as_tuple().digits) <= _EXACT:
                page.write_number(number_, column, float(value))
            elif value is not None:
                words = value if isinstance(value, str) else number(value)
                page.write_string(number_, column, words[:LONGEST_CELL])
    page.freeze_panes(1, 1)
    book.close()
    yield file.getvalue()


_WRITERS: dict[str, Callable[[Iterator[Any], _Run], Iterator[str | bytes]]] = {
    "json": _json,
    "jsonl": _jsonl,
    "csv": _csv,
    "xlsx": _xlsx,
}


def _rows(rows: Iterator[Row], run: _Run) -> Iterator[list[Value]]:
    """Yield a line of names and then the rows, which are put aside until it is known which columns there are."""
    layout, spool = Layout(), Spool()
    for each in rows:
        layout.meet(each)
        spool.put(json.dumps([each.head, each.cells, each.sections], default=_figure) + "\n")
    aside = (Row(*json.loads(line, object_hook=_read)) for line in spool.lines())
    yield from layout.lines(aside, labelled=run.labelled)


def _figure(value: Decimal) -> dict[str, str]:
    return {"": str(value)}


def _read(value: dict[str, Any]) -> Any:
    return Decimal(value[""]) if "" in value else value
