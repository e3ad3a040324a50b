"""PER001 period-missing."""

from nianbao.api import Context, Finding, Report, Severity, Text, Undetermined, periods, rule
from nianbao_grammar import patterns as re

from nianbao_rules.period.shared import WRONG_SIGNS
from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import LAST_YEAR

_NO_PERIOD = Text("没有写明数据的统计期限", "the report does not state the statistics period of its figures")
_NO_PERIOD_HELP = Text(
    "在导语写明“本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止”",
    "state it in the preamble: 本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止",
)
_CUT_OFF = Text("只写了统计的截止日期，没有写起始日期", "only the last day of the period is stated")
_CUT_OFF_DATE = r"截[至止][^。；\n]{0,8}12月31日"
_HEADLESS = Text(
    "没有标题和导语，文件可能缺了开头，不能确定有没有写统计期限",
    "without title and preamble the file may have lost its beginning, where the period would be",
)


@rule(
    "PER001",
    "period-missing",
    summary=Text("写明数据的统计期限", "the statistics period is stated"),
    basis=LAST_YEAR,
    severity=Severity.WARNING,
)
def period_missing(report: Report, context: Context) -> Results:
    """年度报告应写明数据的统计期限。

    为什么：条例要求公布的是上一年度的情况；写明起止日期，读者和汇总单位才能确认各数都是这一年的。
    标题有年度而没有统计期限的，也应补写。条例没有规定这句话的写法，所以只作警告。

    反例：导语只说“根据《条例》编制本报告”，全文没有统计期限。
    正例：本报告所列数据的统计期限自2024年1月1日起至2024年12月31日止。

    怎样改：在导语补上统计期限一句。
    """
    if report.periods:
        return
    if report.headless:
        yield Undetermined(_HEADLESS)
        return
    # A whole year before section two states the period without the word 统计期限.
    end = report.sections[1].heading.start if len(report.sections) > 1 else len(report.text)
    opening = report.text[: min(end, 20000)]
    if any(period.is_year for period in periods(opening)) or re.search(WRONG_SIGNS, opening):
        return  # what is stated with a wrong sign is PER003's
    if re.search(_CUT_OFF_DATE, opening):
        yield Undetermined(_CUT_OFF)
        return
    year = report.year if report.year is not None else "××××"
    yield Finding(report.anchor, _NO_PERIOD, _NO_PERIOD_HELP.fill(year=year), place="导语")
