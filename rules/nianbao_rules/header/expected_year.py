"""HDR010 expected-year."""

from nianbao.api import Context, Finding, NotApplicable, Report, Span, Text, rule

from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import LAST_YEAR

_OTHER_YEAR = Text(
    "这是{stated}年度的报告，应当是{expected}年度的",
    "this is a report on {stated}; one on {expected} is expected",
)
_OTHER_YEAR_HELP = Text(
    "年份写错的，改正年份；报送的是别的年度的文件的，重新报送{expected}年度的报告",
    "if the year is wrong, correct it; if the file of another year was handed in, hand in the report on {expected}",
)
_NOT_EXPECTED = Text("没有指定应当是哪一年的报告", "no year is expected")


@rule(
    "HDR010",
    "expected-year",
    summary=Text("报告是指定年度的", "the report is on the expected year"),
    basis=LAST_YEAR,
    forms=(),
)
def expected_year(report: Report, context: Context) -> Results:
    """指定了年度的（nianbao.yaml 的 year 或 --year），报告写明的年度应当就是它。

    为什么：条例要求每年公布上一年度的报告；把上年的文件又交上来，每个数都对得上，却不是要交的报告。
    报告自己没有写年度的，按指定的年度检查；写了的，按写的检查，并指出这一处。

    反例：指定2024年度，交来的是“青禾县2023年政府信息公开工作年度报告”。
    正例：指定2024年度，交来的是“青禾县2024年政府信息公开工作年度报告”。

    怎样改：换成该年度的报告，或者改正年份；要检查的就是报告写明的年度的，改指定的年度。
    """
    if report.expected_year is None:
        yield NotApplicable(_NOT_EXPECTED)
        return
    stated, expected = report.stated_year, report.expected_year
    if stated is None or stated == expected or not report.recognised:
        return
    message = _OTHER_YEAR.fill(stated=stated, expected=expected)
    yield Finding(_place(report, stated), message, _OTHER_YEAR_HELP.fill(expected=expected))


def _place(report: Report, year: int) -> Span:
    """Return the place that states *year*: in the title, else the statistics period, else the report's anchor."""
    if report.title is not None and (at := report.title.text.find(str(year))) >= 0:
        start = report.title.span.start + at
        return Span(start, start + 4)
    period = next((period for period in report.periods if period.start.year == year), None)
    return period.span if period is not None else report.anchor
