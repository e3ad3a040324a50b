"""PER003 malformed-date."""

from nianbao.api import Context, Day, Edit, Finding, Fix, Report, Span, Text, dates, rule

from nianbao_rules.period.shared import days_without_month, plain
from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import ACCURATE, LAST_YEAR

_BAD_YEAR = Text("“{text}”的年份是{digits}位数，应为四位", "“{text}”: the year has {digits} digits, not four")
_NO_SUCH_DAY = Text("“{text}”这一天不存在", "“{text}”: the calendar has no such day")
_NO_SIGN = Text("“{text}”后面缺“日”", "“{text}” lacks its 日")
_NO_MONTH = Text("“{text}”缺月份", "“{text}” lacks its month")
_ONE_DAY = Text(
    "统计期限“{text}”一头写到日、一头只写到月",
    "the statistics period “{text}” gives the day at one end and only the month at the other",
)
_DATE_HELP = Text("核对后把年、月、日写完整", "check it, and write out year, month and day")


@rule(
    "PER003",
    "malformed-date",
    summary=Text("日期写得完整，而且历法上有这一天", "dates are complete and exist"),
    basis=(LAST_YEAR, ACCURATE),
)
def malformed_date(report: Report, context: Context) -> Results:
    """统计期限的起止日期应写完整；全文的日期都应是历法上有的日子。

    为什么：多打、漏打一个字，年份就成了六位数，日期就成了2月30日，统计期限也就说不清了。
    其他日期只查有没有这一天；只写到月（1月至12月）、用汉字写的日期都不算错。

    反例：至202020年12月31日止；自2020年11日起；至12月31止；2023年2月29日。
    正例：至2020年12月31日止；2024年2月29日。

    怎样改：核对后改正；缺“日”的补上。
    """
    seen = [day for piece in report.paragraphs for day in dates(piece.text, piece.span.start)]
    yield from (_impossible(day) for day in seen if not day.exists)
    for span in days_without_month(report):
        yield Finding(span, _NO_MONTH.fill(text=plain(report.text[span.start : span.end])), _DATE_HELP)
    read = {day.span.end for day in seen}
    for period in report.periods:
        cut = not (period.start.whole and period.end.whole)
        if not period.complete and not cut:
            yield Finding(period.span, _ONE_DAY.fill(text=plain(period.text)), _DATE_HELP)
        for day in (period.start, period.end):
            if day.span.end in read:
                continue
            if not day.exists and (day == period.start or period.start.exists):
                yield _impossible(day)
            elif not day.whole:
                yield _cut(day)


def _impossible(day: Day) -> Finding:
    digits = len(str(day.year)) if day.year else 4
    message = _NO_SUCH_DAY if digits == 4 else _BAD_YEAR
    return Finding(day.span, message.fill(text=plain(day.text), digits=digits), _DATE_HELP)


def _cut(day: Day) -> Finding:
    end = Span(day.span.end, day.span.end)
    fix = Fix(Text("补上“日”", "add 日"), True, (Edit(end, "", "日"),))
    return Finding(day.span, _NO_SIGN.fill(text=plain(day.text)), _DATE_HELP, fix=fix)
