"""PER007 dated-too-early."""

from nianbao.api import Context, Finding, Report, Severity, Text, Undetermined, rule
from nianbao_grammar import patterns as re

from nianbao_rules.shared import YEAR_UNKNOWN, Results
from nianbao_rules.shared.basis import LAST_YEAR
from nianbao_rules.shared.publication import Dated, dated_lines

_EARLY = Text(
    "写的日期是{date}，报告的{year}年到那时还没有结束",
    "the date is {date}, when the year reported on, {year}, was not over",
)
_EARLY_HELP = Text(
    "核对落款或者发布的日期，一般在{next}年初；日期没有错的，核对报告的年度",
    "check the date of signature or publication, mostly early in {next}; if it is right, check the year reported on",
)
_SHORTER = Text(
    "报告写到机构撤并，或者统计期限到{date}以前就结束了，报告可能本来就是当年编制的",
    "an organ was abolished or merged, or the period had ended by {date}: the report may rightly be of the same year",
)
_YEARS_DIFFER = Text(
    "标题、统计期限写的年度不一致，不能确定{date}是不是太早",
    "title and period name different years, so it is not known whether {date} is too early",
)
# 注销…账号, 事项划转: an account and a matter, not the organ.
_ENDED = r"撤销|撤并|不再保留|注销(?![^，。；]{0,8}账号)|并入|划入|(?<!事项)(?<!事项已)划转|(?:机构|单位|整体|与[^。，；]{1,20})合并|合并(?:组建|设立|成立|为)|机构改革"
_PART_OF_A_YEAR = r"上半年|半年度|季度"


@rule(
    "PER007",
    "dated-too-early",
    summary=Text(
        "落款和发布的日期在报告的年度结束以后",
        "the report is signed and published after the end of its year",
    ),
    basis=LAST_YEAR,
    severity=Severity.WARNING,
)
def dated_too_early(report: Report, context: Context) -> Results:
    """落款日期、标题下的发布日期，应当在报告的年度结束以后。

    为什么：条例要求公布的是“上一年度”的报告，年度没有结束，全年的数还没有；多半是沿用上年的文本，日期没有改。
    12月31日当天的不算。写到机构撤销、合并的，半年的报告，由人工判断；晚得多的由 HDR006 检查。

    反例：2024年度报告，落款2024年1月15日。
    正例：2024年度报告，落款2025年1月15日。

    怎样改：核对日期，改为实际的日期。
    """
    if report.year is None:
        yield Undetermined(YEAR_UNKNOWN)
        return
    line = next((line for line in dated_lines(report) if _is_early(line, report.year)), None)
    if line is None:
        return
    values = {"date": line.written, "year": report.year, "next": report.year + 1}
    years = {year for years in report.year_statements.values() for year in years}
    shorter = any(
        (period.end.year, period.end.month, period.end.day) <= line.date for period in report.periods
    )
    title = report.title.text if report.title is not None else ""
    if any(year < report.year for year in years):
        yield Undetermined(_YEARS_DIFFER.fill(**values))
    elif shorter or re.search(_ENDED, report.prose) or re.search(_PART_OF_A_YEAR, title):
        yield Undetermined(_SHORTER.fill(**values))
    else:
        yield Finding(line.span, _EARLY.fill(**values), _EARLY_HELP.fill(**values))


def _is_early(line: Dated, year: int) -> bool:
    """Return whether the date is before the last day of *year*, or a month before its last."""
    return line.date[:2] < (year, 12) or (line.date[:2] == (year, 12) and 0 < line.date[2] < 31)
