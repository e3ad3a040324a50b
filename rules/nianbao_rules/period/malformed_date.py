"""PER003 malformed-date."""

from collections.abc import Container

from nianbao.api import Context, Day, Edit, Finding, Fix, Piece, Report, Severity, Span, Text, dates, rule
from nianbao_grammar import patterns as re

from nianbao_rules.period.shared import WRONG_SIGNS, plain
from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import ACCURATE, LAST_YEAR

_BAD_YEAR = Text("“{text}”的年份是{digits}位数，应为四位", "“{text}”: the year has {digits} digits, not four")
_NO_SUCH_DAY = Text("“{text}”这一天不存在", "“{text}”: the calendar has no such day")
_NO_SUCH_MONTH = Text("“{text}”：没有这个月份", "“{text}”: there is no such month")
_NO_SIGN = Text("“{text}”后面缺“日”", "“{text}” lacks its 日")
_ONE_DAY = Text(
    "统计期限“{text}”一头写到日、一头只写到月",
    "the statistics period “{text}” gives the day at one end and only the month at the other",
)
_NO_YEAR_SIGN = Text("“{text}”后面缺“年”", "“{text}” lacks its 年")
_ADD_SIGN = Text("补上“{sign}”", "add {sign}")
_BAD_SIGN = Text("“{text}”的年、月、日写错了一个", "one of the signs of “{text}” is wrong")
# A year before what only a year can be before: 2024主动公开, 2024，我局; no number of documents, no name.
_OF_A_YEAR = (
    r"度[，、内]|，(?=全[省市县区镇乡局]|[我本][省市县区镇乡街局单机])|全[年省市县区镇乡局]|主动公开|[我本][机单省市县区镇乡街局委厅部办]|共[收发公受计办]|累计|新收|收到|受理|未[收发接]|没有"
    r"|[上下]半年|[底末初]"
)
_BARE_YEAR = (
    rf"(?:^|(?<=[。；，：、（(\s]))(?:截至|自|从|在)?(?P<opens>20\d\d)(?=\s?(?:{_OF_A_YEAR}))"
    r"|(?<!\d)(?P<dated>20\d\d)(?=\s?(?:1月1日|12月31日))"
    r"|(?<=[较比与和同])(?P<compared>20\d\d)(?=相比|同期|增|减|下降|上升|提高|提升)"
)
_CUT_DAY = r"(?<!\d)20\d\d年\s?\d{1,2}月\s?\d{1,2}(?=[，。；）)起至到止])"
_BAD_MONTH = (
    r"(?<![\d.:：/年〔第])(?:1[3-9]|[2-9]\d)月(?=份|[底初末]|[上中下]旬|[，。、；至到]|[组召举开印发在对])"
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
    其他日期只查有没有这一天，年、月、日的字有没有错；只写到月（1月至12月）、用汉字写的日期都不算错。
    年份后面没有“年”字的，只在后面的话说的只能是一年的情况时指出，只作警告。

    反例：至202020年12月31日止；自2020年11日起；至12月31止；2023年2月29日；2023年12日31日；2023我局共收到申请3件。
    正例：至2020年12月31日止；2024年2月29日；举办“2023政务公开”培训。

    怎样改：核对后改正；缺“年”“日”的补上。
    """
    seen = [day for piece in report.paragraphs for day in dates(piece.text, piece.span.start)]
    yield from (_impossible(day) for day in seen if not day.exists)
    ends = {day.span.end for period in report.periods for day in (period.start, period.end)}
    for piece in report.paragraphs:
        if "20" in piece.text or "日" in piece.text or "月" in piece.text:
            yield from _signs(piece, report.year, ends)
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
                yield _without_day(day.span, day.text)


def _signs(piece: Piece, year: int | None, ends: Container[int]) -> Results:
    """Yield the findings on years, months and days without the right sign; bare years near *year* only.

    Days that end at *ends* are those of the statistics period, and judged with it.
    """
    for match in re.finditer(_CUT_DAY, piece.text):
        span = Span(piece.span.start + match.start(), piece.span.start + match.end())
        if span.end not in ends:
            yield _without_day(span, match[0])
    for match in re.finditer(_BAD_MONTH, piece.text) if "月" in piece.text else ():
        span = Span(piece.span.start + match.start(), piece.span.start + match.end())
        yield Finding(span, _NO_SUCH_MONTH.fill(text=match[0]), _DATE_HELP)
    for match in re.finditer(WRONG_SIGNS, piece.text):
        span = Span(piece.span.start + match.start(), piece.span.start + match.end())
        yield Finding(span, _BAD_SIGN.fill(text=plain(match[0])), _DATE_HELP)
    for match in re.finditer(_BARE_YEAR, piece.text) if "20" in piece.text else ():
        name = match.lastgroup or ""
        if year is None or not 0 <= year - int(match[name]) <= 2:
            continue
        span = Span(piece.span.start + match.start(name), piece.span.start + match.end(name))
        fix = Fix(_ADD_SIGN.fill(sign="年"), True, (Edit(Span(span.end, span.end), "", "年"),))
        message = _NO_YEAR_SIGN.fill(text=match[name])
        yield Finding(span, message, _DATE_HELP, fix=fix, at_most=Severity.WARNING)


def _impossible(day: Day) -> Finding:
    digits = len(str(day.year)) if day.year else 4
    message = _NO_SUCH_DAY if digits == 4 else _BAD_YEAR
    return Finding(day.span, message.fill(text=plain(day.text), digits=digits), _DATE_HELP)


def _without_day(span: Span, text: str) -> Finding:
    fix = Fix(_ADD_SIGN.fill(sign="日"), True, (Edit(Span(span.end, span.end), "", "日"),))
    return Finding(span, _NO_SIGN.fill(text=plain(text)), _DATE_HELP, fix=fix)
