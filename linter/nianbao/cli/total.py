"""`nianbao total`: the official tables filled with the sums of the reports of a round."""

import os
from collections.abc import Sequence
from functools import partial
from typing import Any

from nianbao.cli.command import Command, complain
from nianbao.cli.console import output
from nianbao.cli.errors import Failure, Misuse
from nianbao.cli.options import Argument, Option, jobs_option, whole
from nianbao.cli.settings_options import resolver_of, settings_params
from nianbao.cli.targets import KINDS, Target, check_targets, force_option
from nianbao.files.replace import replace
from nianbao.files.system_errors import reason_of
from nianbao.report.neighbour import Neighbour
from nianbao.report.total import Total
from nianbao.reporters.reporter import UnavailableError
from nianbao.reporters.total.words import counted, left_out, remarks
from nianbao.run.acquaintance import seen_in
from nianbao.run.linter import Input, linter
from nianbao.run.pairing import Seen
from nianbao.run.resolve import Requested, Resolver
from nianbao.run.roster import read_roster
from nianbao.run.summing import NothingToSumError, UnknownOrganError, total_of
from nianbao.run.units import Roster
from nianbao.run.verdicts import inputs
from nianbao.text.inert import inert
from nianbao.text.language import Language, Text

_HELP = Text(
    "把各单位的报告汇总：用官方表格的样式填好各格之和，每个数由哪几份相加得来，都写明。\n"
    "同一机关只计一次，上级自己的报告和下级的下级不重复计入；空着的、读不成数字的格不当作 0，标 ※ 并写明是哪一家的。\n"
    "退出码：0 齐全；2 用法不对；3 有的报告没有计入，或者有的格不全。",
    "Sums up the reports of the units: the official tables filled with the sums, each with its parts.\n"
    "An organ is counted once, without the report of the one above and of those further below; a cell that is blank or has no figure is no 0: the sum is marked ※ and the unit named.\n"
    "Exit code: 0 whole; 2 wrong usage; 3 a report was left out, or a sum lacks a part.",
)
_PATHS, _PATHS_HELP = (
    Text("路径…", "PATH…"),
    Text("各单位的报告：文件、文件夹", "the reports: files, folders"),
)
_OUTPUT_WORD = Text("文件", "FILE")
_OUTPUT = Text(
    "存进这个文件：.xlsx（公式和构成）、.docx（表格）或 .md；不写的，输出 Markdown",
    "write into this file: .xlsx (formulas and parts), .docx (the tables) or .md; left out, Markdown is printed",
)
_YEAR_WORD, _YEAR = (
    Text("年", "YEAR"),
    Text("汇总哪一年度；默认是多数报告的", "the year; by default that of most reports"),
)
_ROSTER = Text(
    "机关名册（nianbao roster 起一份）：照它写的上级汇总，列出没有报送的",
    "the roster of units (nianbao roster begins one): it tells who is below whom, and who has not reported",
)
_OF_WORD, _OF = (
    Text("机关", "ORGAN"),
    Text(
        "汇总这个机关的下级；默认是居于其他各家之上的那一家",
        "sum up the units below this one; by default the one that is above all others",
    ),
)
_SUFFIX = Text("“{path}”的后缀应是 {suffixes}", "the suffix of {path} is none of {suffixes}")
_SEVERAL = Text(
    "这些报告的配置写了几份名册：{paths}；用 --roster 写明用哪一份",
    "the settings of these reports name several rosters, {paths}: give --roster",
)
_NO_UNIT = Text(
    "名册里没有机关“{organ}”；--of 写名册里的名称", "no unit {organ} in the roster: --of takes a name from it"
)
_OTHER_YEARS = Text(
    "另有 {count} 份是别的年度的（{years}），不汇总",
    "{count} more are on other years ({years}) and are not summed up",
)
_NOTHING = Text("没有能够汇总的报告", "there is no report that can be summed up")
_NOT_WRITTEN = Text("不能写入 {path}：{why}", "cannot write {path}: {why}")
_WRITTEN = Text("{path}：{year} 年度，{counted}", "{path}: on {year}, {counted}")
_SUFFIXES = (".xlsx", ".docx", ".md")


def command(language: Language) -> Command:
    """Return the command in *language*."""
    word = _OUTPUT_WORD.of(language)
    params: list[Option | Argument] = [
        Argument("paths", _PATHS.of(language), _PATHS_HELP.of(language), many=True),
        Option(("-o", "--output"), field="path", word=word, help=_OUTPUT.of(language)),
        Option(
            ("--year",),
            value=whole(language, 2008, 2100),
            word=_YEAR_WORD.of(language),
            help=_YEAR.of(language),
        ),
        Option(("--roster",), word=word, help=_ROSTER.of(language)),
        Option(("--of",), field="organ", word=_OF_WORD.of(language), help=_OF.of(language)),
        jobs_option(language),
        force_option(language),
        *settings_params(language),
    ]
    return Command("total", language, _HELP, params, partial(total, language))


def total(
    language: Language,
    *,
    paths: tuple[str, ...],
    path: str | None,
    year: int | None,
    roster: str | None,
    organ: str | None,
    jobs: int,
    force: bool,
    **sought: Any,
) -> int:
    """Write the sums of the reports in *paths*. Return the exit code, 3 if something lacks. Raises Misuse, Failure."""
    kind = os.path.splitext(path or "-.md")[1].lower()
    if kind not in _SUFFIXES:
        raise Misuse(_SUFFIX.fill(path=path, suffixes=", ".join(_SUFFIXES)).of(language))
    resolver = resolver_of(Requested(**sought, roster=roster or ""), language)
    given = inputs(paths, resolver.suffixes, resolver.notice).files
    files = [resolver.resolved(file) for file in given]
    known = _roster(files, resolver, language)
    if path is not None:
        read = [*(file.path for file in files), *resolver.files, *([known.path] if known else [])]
        target = Target(path, KINDS.get(kind[1:], "text"))
        check_targets([target], read, language, suffixes=resolver.suffixes(os.curdir), force=force)
    made = _total(files, known, year, organ or "", jobs, language)
    data = _written(made, kind, language)
    try:
        if path is None:
            output().write(data)
        else:
            replace(path, data)
    except OSError as error:
        raise Failure(_NOT_WRITTEN.fill(path=path or "stdout", why=reason_of(error)).of(language)) from None
    _report(made, path, language)
    return 0 if made.whole else 3


def _roster(files: Sequence[Input], resolver: Resolver, language: Language) -> Roster | None:
    """Return the roster of the command or of the settings, None for none. Raises Misuse, FileError."""
    rosters = sorted({resolver.compared(file.path).roster for file in files} - {""})
    if len(rosters) > 1:
        raise Misuse(_SEVERAL.fill(paths="、".join(rosters)).of(language))
    return read_roster(rosters[0]) if rosters else None


def _total(
    files: Sequence[Input], roster: Roster | None, year: int | None, organ: str, jobs: int, language: Language
) -> Total:
    """Return the sums of the reports in *files*. Raises Misuse, Failure."""
    years = {file.settings.year for file in files}
    due = year or (years.pop() if len(years) == 1 else None)
    # The year that the settings expect is asked of a report when it is judged; here it tells its own.
    free = [file._replace(settings=file.settings._replace(year=None)) for file in files]
    seen = seen_in(free, jobs or os.cpu_count() or 1)
    if year is not None:
        seen = _on(year, seen, language)
    forms = linter(free[0].settings).forms if free else ()
    try:
        return total_of(seen, forms, year=due, roster=roster, organ=organ)
    except NothingToSumError as error:
        for left in error.left:
            complain(inert(left_out(left).of(language)))
        raise Failure(_NOTHING.of(language)) from None
    except UnknownOrganError:
        raise Misuse(_NO_UNIT.fill(organ=organ).of(language)) from None


def _on(year: int, seen: Sequence[Seen], language: Language) -> tuple[Seen, ...]:
    """Return those of *seen* that may be on *year*; how many are on others is told on standard error."""
    others = [each.year for each in seen if isinstance(each, Neighbour) and each.year not in (None, year)]
    if others:
        years = "、".join(map(str, sorted(set(filter(None, others)))))
        complain(_OTHER_YEARS.fill(count=len(others), years=years).of(language))
    return tuple(each for each in seen if not isinstance(each, Neighbour) or each.year in (None, year))


def _written(made: Total, kind: str, language: Language) -> bytes:
    """Return *made* in the format of the suffix *kind*. Raises Failure."""
    if kind == ".xlsx":
        from nianbao.reporters.total.xlsx import xlsx

        try:
            return xlsx(made, language)
        except UnavailableError as error:
            raise Failure(error.reason.of(language)) from None
    if kind == ".docx":
        from nianbao.reporters.total.docx import word

        return word(made, language)
    from nianbao.reporters.total.markdown import markdown

    return markdown(made, language)


def _report(made: Total, path: str | None, language: Language) -> None:
    """Say on standard error what was not counted, and what was written where."""
    for words in (*(left_out(left) for left in made.left if left.harmless), *remarks(made)):
        complain(inert(words.of(language)))
    if path is not None:
        complain(inert(_WRITTEN.fill(path=path, year=made.year, counted=counted(made)).of(language)))
