"""PER002 period-not-a-year."""

from nianbao.api import Context, Edit, Finding, Fix, Period, Report, Text, Undetermined, rule
from nianbao_grammar import patterns as re

from nianbao_rules.period.shared import plain
from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import LAST_YEAR

_NOT_A_YEAR = Text(
    "统计期限是“{text}”（{start}至{end}），应为一个完整的年度，从1月1日到12月31日",
    "the statistics period is “{text}” ({start} to {end}); it must be one whole year, from 1 January to 31 December",
)
_NOT_A_YEAR_HELP = Text(
    "改为报告年度的1月1日至12月31日，并核对各数是不是按这个期限统计的",
    "make it 1 January to 31 December of the year reported on, and check that the figures are for this period",
)
_NEW_ORGAN = Text(
    "导语提到机构新设或者撤并，统计期限可能本来就不满一年",
    "the preamble mentions an organ founded or merged, whose period may rightly be shorter",
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
    message = _NOT_A_YEAR.fill(text=plain(period.text), start=period.start, end=period.end)
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
