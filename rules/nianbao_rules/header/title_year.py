"""HDR002 title-year."""

from collections import Counter
from typing import Literal

from nianbao.api import Context, Finding, Period, Related, Report, Span, Text, Undetermined, rule, same
from nianbao_grammar import patterns as re

from nianbao_rules.header.shared import NO_TITLE
from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import LAST_YEAR

_YEARS_DIFFER = Text(
    "标题写的是{title}年，统计期限是{period}年（“{text}”）",
    "the title says {title}, but the statistics period is {period} (“{text}”)",
)
_PERIOD_DIFFERS = Text(
    "统计期限写的是{period}年（“{text}”），{places}写的是{year}年",
    "the statistics period is {period} (“{text}”), but {places} say {year}",
)
_PLACES: dict[Literal["title", "name", "sentences"], Text] = {
    "title": Text("标题", "the title"),
    "name": Text("导语", "the preamble"),
    "sentences": Text("正文", "the text"),
}
_BODY_DIFFERS = Text(
    "标题写的是{title}年，正文没有提到这一年，却有{count}处写的是{body}年",
    "the title says {title}, a year that the text never mentions; it mentions {body} {count} times",
)
_YEARS_DIFFER_HELP = Text(
    "核对是哪一年的报告，改正写错的一处",
    "check which year is reported on and correct the one that is wrong",
)
_YEAR = re.compile(r"(20\d\d)年(?!度?(?:预算|决算))")
_NO_TITLE_YEAR = Text("标题没有年份", "the title has no year")


@rule(
    "HDR002",
    "title-year",
    summary=Text("标题的年份与统计期限一致", "the year in the title is that of the statistics period"),
    basis=LAST_YEAR,
)
def title_year(report: Report, context: Context) -> Results:
    """标题、导语、正文的年份应与统计期限的年份一致；没有写统计期限的，标题应与正文一致。

    为什么：标题、期限年份不一，多半是沿用上年文本时漏改了一处，读者不知道各数是哪一年的。
    多数地方写的年份算是对的，写错的那一处就是问题所在。没有统计期限时，正文的年份只在标题的年份一次也没有出现、
    另一年份占多数时才算不一致。

    反例：标题是2024年，统计期限自2023年1月1日起至2023年12月31日止。
    正例：标题是2024年，统计期限自2024年1月1日起至2024年12月31日止，文中提到2025年的打算。

    怎样改：核对各数是哪一年的，改正写错的年份。
    """
    stated = [period for period in report.periods if period.is_year]
    if stated and all(period.start.year not in (report.year, *report.title_years) for period in stated):
        yield _against_period(report, stated[0])
        return
    if not report.title_years:
        yield Undetermined(NO_TITLE if report.title is None else _NO_TITLE_YEAR)
        return
    title = report.title_years[-1]
    if stated:
        if all(period.start.year not in report.title_years for period in stated):
            period = stated[0]
            text = "".join(period.text.split())
            message = _YEARS_DIFFER.fill(title=title, period=period.start.year, text=text)
            related = (Related(period.span, same(text)),)
            yield Finding(_year_span(report, title), message, _YEARS_DIFFER_HELP, related=related)
        return
    years = Counter(year for piece in report.paragraphs for year in _YEAR.findall(piece.text))
    body, count = years.most_common(1)[0] if years else ("", 0)
    if count >= 3 and 2 * count > years.total() and str(title) not in years:
        message = _BODY_DIFFERS.fill(title=title, body=body, count=count)
        yield Finding(_year_span(report, title), message, _YEARS_DIFFER_HELP)


def _against_period(report: Report, period: Period) -> Finding:
    """Return the finding that *period* has another year than most of the report."""
    year, text = report.year, "".join(period.text.split())
    places = [said for place, said in _PLACES.items() if year in report.year_statements[place]]
    listed = Text("、".join(said.zh for said in places), " and ".join(said.en for said in places))
    message = _PERIOD_DIFFERS.fill(period=period.start.year, text=text, places=listed, year=year)
    return Finding(period.span, message, _YEARS_DIFFER_HELP)


def _year_span(report: Report, year: int) -> Span:
    """Return the span of *year* in the title, the whole title if the year is written with spaces."""
    assert report.title is not None
    at = report.title.text.rfind(str(year))
    start = report.title.span.start + at
    return Span(start, start + 4) if at >= 0 else report.title.span
