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

from nianbao_rules.basis import ACCURATE, LAST_YEAR, OWN_READING

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


_OTHER_YEAR = Text(
    "报告的是{year}年，这里说的是{found}年的情况：“{text}”",
    "the report is on {year}; this speaks of {found}: “{text}”",
)
_OTHER_YEAR_HELP = Text(
    "核对这句话是哪一年的情况：沿用了上年文字的，按本年的情况改写；只是年份写错的，改正年份",
    "see which year it was: rewrite what was taken over from last year, or correct the year",
)
_YEAR_UNKNOWN = Text("看不出是哪一年的报告", "the year reported on is not known")
_QUOTED = 24
_SENTENCE = re.compile(r"[^。；;\n]+")
_OPENS_WITH = r"(?:[^。；;\n]{0,12}\s)?\s*(?P<year>20\d\d)年度?[，,]?(?P<rest>.{0,12})"
_OUR_DOING = (
    r"(?:我|本)(?:[省市县区旗州镇乡局委办厅]|机关|单位|街道|部门)|全[年省市县区旗州镇乡局]|共|累计|新收|新制发|收到|受理|主动公开|"
    r"没有|未|无|因政府信息|收取|发出收费|政府信息公开"
)
# What makes a sentence one of another year's by right: a comparison, a plan, a document, what came of it later.
_BY_RIGHT = (
    r"上年|去年|上一年|较|比|增长|下降|结转|预算|决算|以来|截至|截止|开始|起[，,]|[至到—-]20|将|计划|拟|明年|下一步|打算|今后|要继续"
    r"|整改|针对|通报|遗留|反馈|印发|文件|档案|规划|成立|组建|建成|投用|启用|开通|挂牌|设立|历年|修订|清理|目前|现已|至今|继续"
)


@rule(
    "PER004",
    "other-year",
    summary=Text("讲本年情况的句子，年份是本年", "what was done in the year is dated with the year"),
    basis=ACCURATE,
)
def other_year(report: Report, context: Context) -> Results:
    """讲全年做了什么、收到多少件的句子，年份应当是报告的年度。

    为什么：年份不对，多半是沿用上年文本时漏改，读者不知道数字是哪一年的，审核时也最容易被退回。
    只查以年份开头、讲本机关全年情况的句子；和上年比较、结转、预算决算、清理旧文件、今后打算、
    整改上年问题的，都可能本来就是别的年份，不算。统计期限由 PER006 检查，第五部分由 PRB006 检查；
    标题和统计期限的年份不一致的，由 HDR002 指出，这里不再逐句指出。

    反例：2023年度报告写“政府信息管理方面。2022年，我镇共发布信息120条”。
    正例：2023年度报告写“2022年制发的文件已全部清理”“2024年，我镇将……”。

    怎样改：改写这句话，或者改正年份。
    """
    year = report.year
    if year is None:
        yield Undetermined(_YEAR_UNKNOWN)
        return
    others = set(re.findall(r"20\d\d年", report.prose)) - {f"{year}年"}
    if not others or title_is_wrong(report, year):
        return
    elsewhere = {piece.span for section in report.parts_of("problems") for piece in section.paragraphs}
    names = {report.issuer.name, report.issuer.name.removesuffix("人民政府")} - {""}
    for piece in report.paragraphs:
        if piece.span in elsewhere or not any(other in piece.text for other in others):
            continue
        for sentence in _SENTENCE.finditer(piece.text):
            match = re.match(_OPENS_WITH, sentence[0])
            if match is None or f"{year}年" in sentence[0] or re.search(_BY_RIGHT, sentence[0]):
                continue
            rest = match["rest"]
            if re.match(_OUR_DOING, rest) or any(rest.startswith(name[:12]) for name in names):
                start = piece.span.start + sentence.start() + match.start("year")
                text = sentence[0][match.start("year") :][:_QUOTED]
                message = _OTHER_YEAR.fill(year=year, found=match["year"], text=text)
                yield Finding(Span(start, start + 5), message, _OTHER_YEAR_HELP)


def title_is_wrong(report: Report, year: int) -> bool:
    """Return whether every whole year that the report is said to be about is another than *year*: HDR002 says so."""
    stated = [period.start.year for period in report.periods if period.is_year]
    if stated:
        return year not in stated
    return all(f"{year}年" not in piece.text for piece in report.paragraphs)


_RELATIVE = Text(
    "“{word}”要看公布的时间才知道是哪一年（全文{count}处：{words}）",
    "which year “{word}” is depends on the day of reading ({count} in the text: {words})",
)
_RELATIVE_HELP = Text("写明年份，如“{year}年”", "name the year, such as {year}年")
_RELATIVE_WORDS = r"今年|去年|前年(?!度)"
_YEARS_AGO = {"今年": 0, "去年": 1, "前年": 2}
_REACH = 100  # so far around a word its sentence is looked at
_QUOTES = (("“", "”"), ("《", "》"), ("「", "」"))


@rule(
    "PER005",
    "relative-year",
    summary=Text("年份写明，不用“今年”“去年”", "years are named, not called this or last"),
    basis=OWN_READING,
)
def relative_year(report: Report, context: Context) -> Results:
    """讲年份写明是哪一年，不用“今年”“去年”。

    为什么：报告在第二年公布，读者看到的“今年”已经不是报告的年度。全文只提示一次，列出各处。
    “本年”“本年度”“上年结转”是格式自己的用语，意思明确，不算；引号和书名号里的、讲打算的也不算。

    反例：2024年度报告写“今年，我镇共发布信息79条”“较去年增长12%”。
    正例：2024年，我镇共发布信息79条；较2023年增长12%；本年度未收取信息处理费。

    怎样改：把“今年”“去年”换成年份。
    """
    if not any(word in report.prose for word in _YEARS_AGO):
        return
    found = [
        (Span(piece.span.start + match.start(), piece.span.start + match.end()), match[0])
        for piece in report.paragraphs
        for match in re.finditer(_RELATIVE_WORDS, piece.text)
        if not _is_quoted(piece.text, match.start()) and not _is_planned(piece.text, match.start())
    ]
    if not found:
        return
    span, word = found[0]
    words = "、".join(dict.fromkeys(word for _, word in found))
    edits = (
        [Edit(at, said, f"{report.year - _YEARS_AGO[said]}年") for at, said in found] if report.year else []
    )
    year = edits[0].new.removesuffix("年") if edits else "××××"
    message = _RELATIVE.fill(word=word, count=len(found), words=words)
    related = tuple(Related(other, same(said)) for other, said in found[1:])
    fix = Fix(_RELATIVE_HELP.fill(year=year), False, tuple(edits)) if edits else None
    yield Finding(span, message, _RELATIVE_HELP.fill(year=year), related=related, fix=fix)


def _is_quoted(text: str, at: int) -> bool:
    before = text[max(0, at - _REACH) : at]
    return any(before.rfind(left) > before.rfind(right) for left, right in _QUOTES)


def _is_planned(text: str, at: int) -> bool:
    before = text[max(0, at - _REACH) : at].rpartition("。")[2]
    sentence = before + text[at : at + _REACH].partition("。")[0]
    return re.search(r"将|计划|拟|打算|下一步", sentence) is not None
