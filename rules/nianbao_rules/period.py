"""The statistics period: stated, a calendar year, and made of days that the calendar has."""

import re
from collections.abc import Iterator

from nianbao.api import (
    Context,
    Day,
    Edit,
    Finding,
    Fix,
    Period,
    Related,
    Report,
    Severity,
    Span,
    Text,
    Undetermined,
    dates,
    periods,
    rule,
    same,
)

from nianbao_rules.basis import ACCURATE, LAST_YEAR

Results = Iterator[Finding | Undetermined]

_NO_PERIOD = Text("没有写明数据的统计期限", "the report does not state the period that its figures are for")
_NO_PERIOD_HELP = Text(
    "在导语写明“本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止”",
    "state it in the preamble: 本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止",
)
_CUT_OFF = Text("只写了统计的截止日期，没有写起始日期", "only the last day of the period is stated")
_CUT_OFF_DATE = r"截[至止]到?[^。；\n]{0,8}12月31日"


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
    # A whole year ahead of section two says the same without the word 统计期限.
    end = report.sections[1].heading.start if len(report.sections) > 1 else len(report.text)
    opening = report.text[: min(end, 20000)]
    if any(period.is_year for period in periods(opening)):
        return
    if re.search(_CUT_OFF_DATE, opening):
        yield Undetermined(_CUT_OFF)
        return
    year = report.year if report.year is not None else "××××"
    yield Finding(report.anchor, _NO_PERIOD, _NO_PERIOD_HELP.fill(year=year), place="导语")


_NOT_A_YEAR = Text(
    "统计期限是“{text}”（{start}至{end}），应为一个完整的年度，从1月1日到12月31日",
    "the statistics period is “{text}” ({start} to {end}); it is to be one whole year, from 1 January to 31 December",
)
_NOT_A_YEAR_HELP = Text(
    "改为报告年度的1月1日至12月31日，并核对各数是不是按这个期限统计的",
    "make it 1 January to 31 December of the year reported on, and check that the figures were counted over it",
)
_NEW_ORGAN = Text(
    "导语提到机构新设或者撤并，统计期限可能本来就不满一年",
    "the preamble speaks of an organ founded or merged, whose period may rightly be shorter",
)
_FOUNDED = r"成立|组建|挂牌|新设|设立|撤销|撤并|合并|划入|划转|机构改革"


@rule(
    "PER002",
    "period-not-a-year",
    summary=Text("统计期限为报告年度的1月1日至12月31日", "the statistics period is one calendar year"),
    basis=LAST_YEAR,
)
def period_not_a_year(report: Report, context: Context) -> Results:
    """统计期限应为一个完整的年度，从1月1日到12月31日。

    为什么：条例要求公布的是“上一年度”的报告，起止日期不是一整年，各数就不是年度数。
    另有一处写明整年的，其他不满一年的期限（如某个网站的数据）不算错；新设、撤并的机构由人工判断。

    反例：统计期限自2024年1月1日起至2024年11月30日止。
    正例：统计期限自2024年1月1日起至2024年12月31日止。

    怎样改：改正起止日期；如果各数确实没有统计到12月31日，补上缺少的部分。
    """
    stated = [period for period in report.periods if period.exists]
    if not stated or any(period.is_year for period in stated):
        return
    period = stated[0]
    preamble = "".join(piece.text for piece in report.outline.preamble.paragraphs)
    if re.search(_FOUNDED, preamble):
        yield Undetermined(_NEW_ORGAN)
        return
    message = _NOT_A_YEAR.fill(text=_plain(period.text), start=period.start, end=period.end)
    yield Finding(period.span, message, _NOT_A_YEAR_HELP, fix=_whole_year(period, report.year))


def _whole_year(period: Period, year: int | None) -> Fix | None:
    """Return the edits that make *period* the whole of *year*."""
    if year is None:
        return None
    edits = []
    for day, right in ((period.start, (year, 1, 1)), (period.end, (year, 12, 31))):
        if (day.year, day.month, day.day) != right:
            edits.append(Edit(day.span, day.text, "{}年{}月{}日".format(*right)))
    title = Text("改为{year}年1月1日至12月31日", "make it the whole of {year}").fill(year=year)
    return Fix(title, False, tuple(edits))


def _plain(text: str) -> str:
    return "".join(text.split())


_BAD_YEAR = Text(
    "“{text}”的年份是{digits}位数，应为四位", "“{text}”: the year has {digits} figures, not four"
)
_NO_SUCH_DAY = Text("“{text}”这一天不存在", "“{text}”: the calendar has no such day")
_NO_SIGN = Text("“{text}”后面缺“日”", "“{text}” lacks its 日")
_ONE_DAY = Text(
    "统计期限“{text}”一头写到日、一头只写到月",
    "the statistics period “{text}” gives the day at one end and only the month at the other",
)
_DATE_HELP = Text("核对后写全年、月、日", "check it, and write out year, month and day")


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

    反例：至202020年12月31日止；至12月31止；2023年2月29日。
    正例：至2020年12月31日止；2024年2月29日。

    怎样改：核对后改正；缺“日”的补上。
    """
    seen = [day for piece in report.paragraphs for day in dates(piece.text, piece.span.start)]
    yield from (_impossible(day) for day in seen if not day.exists)
    read = {day.span.end for day in seen}
    for period in report.periods:
        cut = not (period.start.whole and period.end.whole)
        if not period.complete and not cut:
            yield Finding(period.span, _ONE_DAY.fill(text=_plain(period.text)), _DATE_HELP)
        for day in (period.start, period.end):
            if day.span.end in read:
                continue
            if not day.exists and (day == period.start or period.start.exists):
                yield _impossible(day)
            elif not day.whole:
                yield _cut(day)


def _impossible(day: Day) -> Finding:
    figures = len(str(day.year)) if day.year else 4
    message = _NO_SUCH_DAY if figures == 4 else _BAD_YEAR
    return Finding(day.span, message.fill(text=_plain(day.text), digits=figures), _DATE_HELP)


def _cut(day: Day) -> Finding:
    end = Span(day.span.end, day.span.end)
    fix = Fix(Text("补上“日”", "add 日"), True, (Edit(end, "", "日"),))
    return Finding(day.span, _NO_SIGN.fill(text=_plain(day.text)), _DATE_HELP, fix=fix)


_DISAGREE = Text(
    "这里写的统计期限是{here}年，前面写的是{there}年（“{text}”）",
    "the statistics period is {here} here and {there} (“{text}”) further up",
)
_DISAGREE_HELP = Text("核对后改为同一年度", "check which is right and make them agree")


@rule(
    "PER006",
    "periods-disagree",
    summary=Text("各处写的统计期限一致", "every statement of the statistics period gives the same year"),
    basis=ACCURATE,
)
def periods_disagree(report: Report, context: Context) -> Results:
    """报告几处写到统计期限的，年度应当一致。

    为什么：多半是沿用上年文本时只改了一处，读者不知道各数是哪一年的。
    只比较写明整年的期限；网站、新媒体等单项数据不满一年的期限不算。

    反例：导语写2023年1月1日至12月31日，第三部分写统计期限为2022年1月1日至12月31日。
    正例：两处都写2023年1月1日至12月31日。

    怎样改：核对各数是哪一年的，改正写错的一处。
    """
    stated = [period for period in report.periods if period.is_year]
    if not stated:
        return
    first = stated[0]
    for period in stated[1:]:
        if period.start.year != first.start.year:
            text = _plain(first.text)
            message = _DISAGREE.fill(here=period.start.year, there=first.start.year, text=text)
            related = (Related(first.span, same(text)),)
            yield Finding(period.span, message, _DISAGREE_HELP, related=related)
