"""Title and preamble: what they are to say, and whether they agree with the report that follows."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain

from nianbao.api import (
    Context,
    Edit,
    Finding,
    Fix,
    NotApplicable,
    Option,
    Piece,
    Related,
    Report,
    Section,
    Severity,
    Span,
    Text,
    Undetermined,
    dates,
    fold,
    rule,
    same,
)

from nianbao_rules.basis import (
    ACCURATE,
    LAST_YEAR,
    NEW_FORM,
    OWN_READING,
    PUBLICATION_DATES,
    REGULATION_2019,
)
from nianbao_rules.contents import Contents, announced, headings, law_names, name_key, squeeze, unmatched

Results = Iterator[Finding | Undetermined | NotApplicable]

_NO_TITLE = Text("文中没有找到标题", "no title was found in the text")


def _title(report: Report) -> str:
    """Return the title without white space and in one width, "" for none."""
    return fold(report.title.text).strip('#"《》') if report.title is not None else ""


_NAME = "政府信息公开工作年度报告"
# 政府信息公开工作2024年度报告 has the year in the midst of the name.
_NAMED = re.compile(r"政府信息公开工作(?:20\d\d年?)?年度报告")
_CALLED = re.compile(r"(?:政府信息|政务信息|政府|政务|信息)?公开.*|(?:20\d\d年?)?(?:年度|工作).*报告?$|年报$")
_TITLE_NAME = Text(
    "标题“{title}”没有用规定的名称“政府信息公开工作年度报告”",
    "the title “{title}” does not use the prescribed name 政府信息公开工作年度报告",
)
_TITLE_NAME_HELP = Text(
    "写作“{unit}{year}年政府信息公开工作年度报告”", "write “{unit}{year}年政府信息公开工作年度报告”"
)


@rule(
    "HDR001",
    "title-name",
    summary=Text("标题用规定的名称“政府信息公开工作年度报告”", "the title says 政府信息公开工作年度报告"),
    basis=LAST_YEAR,
    severity=Severity.WARNING,
)
def title_name(report: Report, context: Context) -> Results:
    """标题应写明“政府信息公开工作年度报告”。

    为什么：这是条例对报告的称呼；写成“工作报告”“年报”或者漏掉“工作”“年度”，检索和汇总时就找不到。
    标题分几行写、字间有空格都不算错；年份写在前面、中间都可以。

    反例：青禾县2024年政府信息公开工作报告；青禾县2024年政府信息公开年度报告。
    正例：青禾县2024年政府信息公开工作年度报告。

    怎样改：改用规定的名称。
    """
    if report.title is None:
        yield Undetermined(_NO_TITLE)
        return
    title = _title(report)
    if _NAMED.search(title):
        return
    unit = report.issuer.name
    year = report.year if report.year is not None else "××××"
    yield Finding(
        report.title.span,
        _TITLE_NAME.fill(title=title),
        _TITLE_NAME_HELP.fill(unit=unit or "单位名称", year=year),
        fix=_renamed(report),
    )


def _renamed(report: Report) -> Fix | None:
    """Return the edit that puts the prescribed name in the place of the one used, None where a year would go."""
    assert report.title is not None
    squeezed = squeeze(report, report.title.span)
    called = _CALLED.search(squeezed.text)
    if called is None or re.search(r"\d", called[0]):
        return None
    old = squeezed.piece(called.start(), called.end(), report)
    title = Text("改为“{name}”", "change it to “{name}”").fill(name=_NAME)
    return Fix(title, False, (Edit(old.span, old.text, _NAME),))


_YEARS_DIFFER = Text(
    "标题写的是{title}年，统计期限是{period}年（“{text}”）",
    "the title says {title}, the statistics period {period} (“{text}”)",
)
_BODY_DIFFERS = Text(
    "标题写的是{title}年，正文没有提到这一年，却有{count}处写的是{body}年",
    "the title says {title}, a year the text never mentions; it speaks of {body} {count} times",
)
_YEARS_DIFFER_HELP = Text(
    "核对是哪一年的报告，改正写错的一处",
    "check which year is reported on and correct the one that is wrong",
)
_YEAR = re.compile(r"(?<!\d)(20\d\d)年(?!度?(?:预算|决算))")


@rule(
    "HDR002",
    "title-year",
    summary=Text("标题的年份与统计期限一致", "the year of the title is that of the statistics period"),
    basis=LAST_YEAR,
)
def title_year(report: Report, context: Context) -> Results:
    """标题的年份应与统计期限的年份一致；没有写统计期限的，应与正文一致。

    为什么：标题、期限年份不一，多半是沿用上年文本时漏改了一处，读者不知道各数是哪一年的。
    正文的年份只在标题的年份一次也没有出现、另一年份占多数时才算不一致。

    反例：标题是2024年，统计期限自2023年1月1日起至2023年12月31日止。
    正例：标题是2024年，统计期限自2024年1月1日起至2024年12月31日止，文中提到2025年的打算。

    怎样改：核对各数是哪一年的，改正写错的年份。
    """
    if not report.title_years:
        yield Undetermined(_NO_TITLE if report.title is None else _NO_TITLE_YEAR)
        return
    title = report.title_years[-1]
    stated = [period for period in report.periods if period.is_year]
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


_NO_TITLE_YEAR = Text("标题没有年份", "the title has no year")


def _year_span(report: Report, year: int) -> Span:
    """Return where the title says *year*, the whole title where the year is spaced out."""
    assert report.title is not None
    at = report.title.text.rfind(str(year))
    start = report.title.span.start + at
    return Span(start, start + 4) if at >= 0 else report.title.span


_YEAR_TWICE = Text("标题里年份写了两次：“{title}”", "the title gives the year twice: “{title}”")
_TWO_YEARS = Text(
    "标题里有两个不同的年份（{years}）：“{title}”", "the title gives different years ({years}): “{title}”"
)
_UNIT_TWICE = Text(
    "标题里单位名称“{unit}”写了两次：“{title}”", "the title names the organ “{unit}” twice: “{title}”"
)
_TWICE_HELP = Text("只留一个", "keep one of them")
# 青禾县人民政府2024年青禾县政府信息公开…: the full name in front, the short one behind.
_REPEATED = re.compile(r"(?P<unit>.{2,30}?[省市县区旗镇乡州盟府局委会厅署部院处办])(?:人民政府)?(?P=unit)")


@rule(
    "HDR003",
    "title-doubled",
    summary=Text("标题里年份、单位名称只写一次", "the title gives year and organ once"),
    basis=ACCURATE,
)
def title_doubled(report: Report, context: Context) -> Results:
    """标题里的年份和单位名称都只写一次。

    为什么：重复的年份、名称多半是套用模板留下的；两个年份不同时，看不出是哪一年的报告。
    “2024年度政府信息公开工作年度报告”不算重复；标题后面括号里的发布日期也不算。

    反例：2024年青禾县2024年度政府信息公开工作年度报告；青禾县青禾县2024年政府信息公开工作年度报告。
    正例：青禾县2024年政府信息公开工作年度报告（2025年1月20日）。

    怎样改：删去多余的一个。
    """
    if report.title is None:
        yield Undetermined(_NO_TITLE)
        return
    title, span = _title(report), report.title.span
    years = report.title_years
    if len(set(years)) > 1:
        listed = "、".join(map(str, years))
        yield Finding(span, _TWO_YEARS.fill(years=listed, title=title), _TWICE_HELP)
    elif len(years) > 1:
        first = re.search(rf"{years[0]}\s?年?度?", report.title.text)
        fix = None
        if first is not None:
            edit = Edit(Span(span.start + first.start(), span.start + first.end()), first[0], "")
            fix = Fix(Text("删去前一个年份", "delete the first year"), False, (edit,))
        yield Finding(span, _YEAR_TWICE.fill(title=title), _TWICE_HELP, fix=fix)
    repeated = _REPEATED.search(report.issuer.name[:80])
    if repeated is not None:
        yield Finding(span, _UNIT_TWICE.fill(unit=repeated["unit"], title=title), _TWICE_HELP)


_OLD_NOTICE = Text(
    "{year}年度的报告仍以“{text}”为依据，该格式自2021年度起已由国办公开办函〔2021〕30号的格式取代",
    "a report on {year} still rests on “{text}”; since the reports on 2021 the form is that of 国办公开办函〔2021〕30号",
)
_OLD_NOTICE_HELP = Text(
    "改为国办公开办函〔2021〕30号，通知名称也相应改为《国务院办公厅政府信息与政务公开办公室关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知》",
    "cite 国办公开办函〔2021〕30号, with the name of that notice",
)
_OLD_LAW = Text(
    "“{text}”是2007年公布的条例，2019年5月15日起施行的是修订后的条例（国务院令第711号）",
    "“{text}” is the regulation of 2007; the one in force since 15 May 2019 is 国务院令第711号",
)
_OLD_LAW_HELP = Text("改为国务院令第711号", "cite 国务院令第711号")
# Patterns as strings are compiled when a report first gives occasion for them.
_NOTICE_60 = r"[〔﹝\[［(（【]\s?2019\s?[〕﹞\]］)）】]\s?(?:第\s?)?60\s?号"
_DECREE_492 = r"(?:国务院)?令\s?(?:第\s?)?492\s?号"
_NAME_REACH = 40  # characters before its number in which a notice is named
_REPEALED = r"废止|取代|代替|替代|停止|不再"
_REVISED = r"废止|取代|代替|替代|停止|不再|修订|修改|711"


@rule(
    "HDR004",
    "superseded-basis",
    summary=Text(
        "不以已被取代的格式通知、条例为依据", "the report does not rest on a superseded notice or regulation"
    ),
    basis=(NEW_FORM, REGULATION_2019),
    severity=Severity.WARNING,
)
def superseded_basis(report: Report, context: Context) -> Results:
    """2021年度起的报告不应再以国办公开办函〔2019〕60号为依据，各年度都不应以国务院令第492号为依据。

    为什么：〔2019〕60号印发的是试行格式，只用于2019、2020年度；国务院令第492号是修订前的条例。
    照旧依据编制，表格往往也是旧的。同一句说到它已经废止、修订的，是在讲沿革，不算。

    反例：2023年度报告写“按照国办公开办函〔2019〕60号要求编制”。
    正例：2020年度报告写“按照国办公开办函〔2019〕60号要求编制”。

    怎样改：改为国办公开办函〔2021〕30号、国务院令第711号，并对照新格式检查表格。
    """
    if report.year is None:
        yield Undetermined(_YEAR_UNKNOWN)
        return
    cited = [(["492"], _DECREE_492, _REVISED, _OLD_LAW, _OLD_LAW_HELP, "国务院令第711号")]
    if report.year >= 2021:
        cited.append((["2019", "60"], _NOTICE_60, _REPEALED, _OLD_NOTICE, _OLD_NOTICE_HELP, "〔2021〕30号"))
    for piece in report.paragraphs:
        for numbers, pattern, history, message, advice, right in cited:
            if not all(number in piece.text for number in numbers):
                continue
            for span in _as_basis(piece, pattern, history):
                text = report.source[span]
                title = Text("改为{right}", "change it to {right}").fill(right=right)
                # The name before it would stay that of the old notice: a person has to write the new one.
                named = "试行" in report.text[max(0, span.start - _NAME_REACH) : span.start]
                fix = None if named else Fix(title, False, (Edit(span, text, right),))
                yield Finding(span, message.fill(year=report.year, text=text), advice, fix=fix)


_YEAR_UNKNOWN = Text("看不出是哪一年的报告", "the year reported on is not known")


def _as_basis(piece: Piece, pattern: str, history: str) -> Iterator[Span]:
    """Yield where *piece* cites *pattern*, except in a sentence that tells its *history*."""
    for match in re.finditer(pattern, piece.text):
        start = piece.text.rfind("。", 0, match.start()) + 1
        end = piece.text.find("。", match.end())
        if not re.search(history, piece.text[start : end if end >= 0 else len(piece.text)]):
            yield Span(piece.span.start + match.start(), piece.span.start + match.end())


_SHORT_NAME = Text(
    "标题里的“{unit}”是地名，编制机关的全称是“{full}”",
    "“{unit}” in the title is a place; the organ is called “{full}”",
)
_SHORT_NAME_HELP = Text("写作“{full}”", "write “{full}”")
_SEATS = ("省", "自治区", "市", "州", "县", "区", "旗", "镇", "乡", "苏木")
_TITLE_SHORT = Text("补上“{added}”", "add “{added}”")


@rule(
    "HDR005",
    "short-organ-name",
    summary=Text("标题写编制机关的全称", "the title gives the organ's full name"),
    basis=OWN_READING,
    enabled=False,
)
def short_organ_name(report: Report, context: Context) -> Results:
    """标题写机关的全称“云岭镇人民政府”，不只写地名“云岭镇”。

    为什么：年度报告是行政机关的报告，地名不是机关；乡镇的党委、人大也用同一个地名。
    但是只写地名的报告很多，各地都接受，所以默认不启用，启用了也只是提示。
    部门、新区和开发区的名称不查。

    反例：云岭镇2024年政府信息公开工作年度报告。
    正例：云岭镇人民政府2024年政府信息公开工作年度报告；石桥街道办事处2024年政府信息公开工作年度报告。

    怎样改：补上“人民政府”或者“办事处”。
    """
    if report.title is None:
        yield Undetermined(_NO_TITLE)
        return
    unit = report.issuer.name
    place = report.issuer.government and unit.endswith(_SEATS)
    added = "人民政府" if place else "办事处" if unit.endswith("街道") else ""
    if added:
        at = report.title.text.rfind(unit)
        start = report.title.span.start + at
        span = Span(start, start + len(unit)) if at >= 0 else report.title.span
        end = Span(span.end, span.end)
        fix = Fix(_TITLE_SHORT.fill(added=added), False, (Edit(end, "", added),)) if at >= 0 else None
        values = {"unit": unit, "full": unit + added}
        yield Finding(span, _SHORT_NAME.fill(**values), _SHORT_NAME_HELP.fill(**values), fix=fix)


_LATE = Text(
    "公布日期是{date}，晚于{due}的期限", "published on {date}, which is after {due}, when it was due"
)
_LATE_HELP = Text(
    "核对首次公布的日期；确实逾期的，今后按期公布。网页迁移、重新发布的，以首次公布的日期为准",
    "check when it was first published, which is what counts for a page moved or published anew",
)
_UNDATED = Text("文中没有写公布的日期", "the text does not say when it was published")
_NO_DATE_DUE = Text(
    "条例没有规定乡镇、街道的期限；当地另有规定的，用选项 township 写明",
    "the regulation sets no day for townships: set the option township where a local notice does",
)
_NO_DAY = Text(
    "选项里的期限“{due}”不是月-日；写作 01-31 这样",
    "“{due}” in the options is no month-day: write it like 01-31",
)
_MUCH_LATER = Text(
    "公布日期是{date}，可能是重新发布的日期", "published on {date}, which may be when it was published anew"
)
_DATED = (
    r"[（(]?(?:(?:发布|公布|公开|发文|成文|生成)(?:日期|时间)|日期|时间)?[:：]?"
    r"(?P<year>20\d\d)[-./](?P<month>\d{1,2})[-./](?P<day>\d{1,2})(?:\d{1,2}:\d\d(?::\d\d)?)?[）)]?"
)
_DATE_AROUND = r"[（(]?(?:(?:发布|公布|公开|发文|成文|生成)(?:日期|时间)[:：]?)?[）)]?"
_LAST_LINES = 3
_LONGEST_DATE = 40


@rule(
    "HDR006",
    "published-late",
    summary=Text("按期公布", "the report is published in time"),
    basis=PUBLICATION_DATES,
    severity=Severity.WARNING,
    options=(
        Option(
            "department", "01-31", Text("部门公布的期限（月-日）", "the last day for departments (month-day)")
        ),
        Option(
            "government",
            "03-31",
            Text("县级以上人民政府公布的期限（月-日）", "the last day for governments from the county up"),
        ),
        Option(
            "township",
            "",
            Text(
                "乡镇、街道公布的期限（月-日），空着不查",
                "the last day for townships, none where it is empty",
            ),
        ),
    ),
)
def published_late(report: Report, context: Context) -> Results:
    """年度报告应当按期公布：部门1月31日前，县级以上地方人民政府3月31日前。

    为什么：条例第四十九条规定了期限。乡镇、街道不在其中，期限由当地规定，用选项 township 写明后才查；
    当地规定得更早的，用选项 department、government 改。
    只看单独成行的落款日期和标题下的发布日期；文中没有的，不查。日期可能是网页迁移后的，所以只作警告。

    反例：某县财政局2024年度报告，落款2025年3月6日。
    正例：落款2025年1月20日；某县人民政府2024年度报告，发布日期2025-03-28。

    怎样改：核对首次公布的日期。
    """
    level, year = report.issuer.level, report.year
    if level is None or year is None:
        yield Undetermined(_NO_TITLE if report.title is None else _YEAR_UNKNOWN if year is None else _WHOSE)
        return
    names = {"bureau": "department", "ministry": "department", "township": "township"}
    due = str(context.options[names.get(level, "government")])
    found = _published(report)
    if not due or found is None:
        yield NotApplicable(_UNDATED if due else _NO_DATE_DUE)
        return
    span, published = found
    date = "{}年{}月{}日".format(*published)
    day = re.fullmatch(r"(\d{1,2})-(\d{1,2})", due)
    last = (year + 1, int(day[1]), int(day[2])) if day else (0, 0, 0)
    if day is None:
        yield Undetermined(_NO_DAY.fill(due=due))
    elif published[0] > year + 1:
        yield Undetermined(_MUCH_LATER.fill(date=date))
    elif published > last:
        yield Finding(span, _LATE.fill(date=date, due="{}年{}月{}日".format(*last)), _LATE_HELP)


_WHOSE = Text("看不出编制机关的级别", "the level of the organ is not known")


def _published(report: Report) -> tuple[Span, tuple[int, int, int]] | None:
    """Return the day in a line of its own under the title or at the end, where that is after the year."""
    ends = [piece for section in report.sections[-1:] for piece in section.paragraphs[-_LAST_LINES:]]
    for piece in (*reversed(ends), *report.outline.head, *report.outline.preamble.paragraphs[:_LAST_LINES]):
        line = "".join(piece.text.split())
        if len(line) > _LONGEST_DATE:
            continue
        match = re.fullmatch(_DATED, line) if "20" in line else None
        day = next(dates(line), None)
        if match is not None:
            found = (int(match["year"]), int(match["month"]), int(match["day"]))
        elif day is not None and re.fullmatch(_DATE_AROUND, line.replace(day.text, "", 1)):
            found = (day.year, day.month, day.day)
        else:
            continue
        if report.year is not None and found[0] > report.year:
            return piece.span, found
    return None


_COUNTS = Text(
    "导语与正文的部分对不上：{counts}{details}", "preamble and text disagree on the parts: {counts}{details}"
)
_SAYS = Text("导语写“{words}”", "the preamble says “{words}”")
_LISTS = Text("列出{listed}个名称", "it lists {listed} names")
_HAS = Text("正文有{headed}个部分", "the text has {headed} parts")
_NOT_HEADED = Text("；列出的“{names}”没有对应的标题", "; no heading for the listed “{names}”")
_NOT_LISTED = Text("；正文的“{names}”没有列出", "; the headings “{names}” are not listed")
_COUNTS_HELP = Text(
    "先按格式核对正文有没有缺少或者多出的部分，再把导语的部分数和名称改成与正文一致",
    "check the parts of the text against the form, then make number and names in the preamble agree with them",
)
_UNRELIABLE = Text(
    "正文的标题没有单独成行、重复出现或者编号不连续，数不准有几个部分",
    "headings run on in the text, appear twice or leave a number out, so the parts cannot be counted",
)


@rule(
    "HDR007",
    "part-count",
    summary=Text(
        "导语说的部分数、列出的名称与正文标题的数目一致",
        "the number of parts in the preamble is that of the names it lists and of the headings",
    ),
    basis=ACCURATE,
)
def part_count(report: Report, context: Context) -> Results:
    """导语写“由……六部分组成”的，数目应与列出的名称、正文的一级标题都一致。

    为什么：数目不一，多半是导语从别处照搬，或者正文删改后没有同步。
    名称里的顿号（行政复议、行政诉讼情况）不拆开；“……等六部分”没有全部列出的，只比较数目。

    反例：列出五个名称，却写“六部分组成”；写“五部分”而正文有六个部分。
    正例：列出六个名称，写“六部分组成”，正文有六个部分。

    怎样改：以格式规定的六个部分为准，改导语的数目或名称。
    """
    contents = announced(report)
    if contents is None:
        return
    parts = headings(report)
    listed = len(contents.names) or None
    if listed and contents.more and (contents.said is None or listed < contents.said):
        listed = None
    headed = len(parts) if parts is not None else None
    if len({count for count in (contents.said, listed, headed) if count is not None}) > 1:
        yield _disagreement(report, contents, parts)
    elif parts is None:
        yield Undetermined(_UNRELIABLE)


def _disagreement(report: Report, contents: Contents, parts: tuple[Section, ...] | None) -> Finding:
    counts = []
    if contents.said is not None:
        counts.append(_SAYS.fill(words="".join(report.source[contents.words].split())))
    if contents.names:
        counts.append(_LISTS.fill(listed=len(contents.names)))
    if parts is not None:
        counts.append(_HAS.fill(headed=len(parts)))
    details = Text("", "")
    if parts is not None and contents.names and report.form is not None:
        names, sections = unmatched(contents, parts, report.form)
        for message, left in ((_NOT_HEADED, names), (_NOT_LISTED, [part.title for part in sections])):
            if left:
                words = message.fill(names="”“".join(piece.text for piece in left))
                details = Text(details.zh + words.zh, details.en + words.en)
    said = Text("，".join(count.zh for count in counts), ", ".join(count.en for count in counts))
    return Finding(contents.words, _COUNTS.fill(counts=said, details=details), _COUNTS_HELP, place="导语")


_NAME_DIFFERS = Text(
    "导语列出的“{name}”与正文标题“{heading}”不一致", "“{name}” in the preamble, “{heading}” as the heading"
)
_NAME_DIFFERS_HELP = Text(
    "把导语里的名称改为“{right}”，正文标题也用这个名称",
    "use “{right}” both in the preamble and as the heading",
)
_ORDER = Text(
    "导语列出“{name}”的位置与正文不同", "the preamble lists “{name}” in another place than the text has it"
)
_ORDER_HELP = Text("按正文的顺序列出", "list the parts in the order of the text")
_UNEQUAL = Text(
    "导语列出的名称和正文标题数目不同，不能逐个比较",
    "names and headings differ in number and cannot be paired",
)


@rule(
    "HDR008",
    "part-name",
    summary=Text(
        "导语列出的名称与正文标题逐个一致", "the names listed in the preamble are those of the headings"
    ),
    basis=ACCURATE,
)
def part_name(report: Report, context: Context) -> Results:
    """导语列出的各部分名称，应与正文相同位置的一级标题一致。

    为什么：名称不一，读者按导语找不到相应的部分，多半是正文改过而导语没有改。
    空格、括号、“的”字和“和”“、”之别不算；导语用的是规定的名称、只是正文标题不规范的，由章节规则报出。

    反例：导语列出“存在问题及改进情况”，正文标题是“五、存在问题及改进措施”。
    正例：导语列出“存在的主要问题及改进情况”，正文标题是“五、存在的主要问题及改进情况”。

    怎样改：导语和正文都用格式规定的名称；格式没有的部分，导语照正文写。
    """
    contents = announced(report)
    form = report.form
    if contents is None or not contents.names or form is None:
        return
    parts = headings(report)
    if parts is None:
        yield Undetermined(_UNRELIABLE)
        return
    if len(parts) != len(contents.names):
        yield Undetermined(_UNEQUAL)
        return
    names, sections = unmatched(contents, parts, form)
    official = {section.key: section.title for section in form.sections}
    law = law_names(form)
    for name, section in zip(names, sections, strict=True):
        key = name_key(name.text, law)
        if key == name_key(section.title.text, law):
            related = (Related(section.heading, same(section.title.text)),)
            yield Finding(name.span, _ORDER.fill(name=name.text), _ORDER_HELP, related=related, place="导语")
        elif key != section.key:
            yield _renamed_part(name, section, official.get(section.key, section.title.text))


def _renamed_part(name: Piece, section: Section, right: str) -> Finding:
    message = _NAME_DIFFERS.fill(name=name.text, heading=section.title.text)
    fix = Fix(
        Text("改为“{right}”", "change it to “{right}”").fill(right=right),
        False,
        (Edit(name.span, name.text, right),),
    )
    related = (Related(section.heading, same(section.title.text)),)
    return Finding(
        name.span, message, _NAME_DIFFERS_HELP.fill(right=right), related=related, fix=fix, place="导语"
    )


_PLACEHOLDER = Text("“{text}”是模板里待填的内容", "“{text}” is left over from a template")
_PLACEHOLDER_HELP = Text(
    "填上实际的名称、日期或数，或者删去这处提示", "put the name, date or figure there, or delete the prompt"
)
_CROSS = "[XＸ×✕╳]"
_CROSSES = (
    # 20XX年, XX镇, ×月×日; but not XXL, a size or a masked number: nothing of ASCII stands beside a placeholder.
    rf"20{_CROSS}{{1,2}}\s?年(?:\s?{_CROSS}{{1,2}}\s?[月日号]){{0,2}}"
    rf"|(?<![A-Za-z0-9XＸ×])(?:{_CROSS}{{1,2}}\s?[年月日号]){{1,3}}"
    rf"|(?<![A-Za-z0-9@./_:\-XＸ×]){_CROSS}{{2,}}(?![A-Za-z0-9@./_:\-])"
    rf"|(?<![A-Za-z0-9XＸ×]){_CROSS}(?=[件条份次镇乡县市区局])"
)
_AS_TABLE = r"[该本此]部分以?表格(?:的)?形式(?:报告|填报|呈现)"
_PROMPT = r"[（(【\[［](?:请|此处|在此|这里)?(?:填写|填入|插入|补充|输入)(?![^）)】\]］\n]{0,20}(?:申请|表))[^）)】\]］\n]{0,40}[）)】\]］]"
# What may be left over, with plain words of which one is in each: a search for words is ten times faster.
_LEFT_OVER = (
    (tuple(_CROSS[1:-1]), _CROSSES),
    (("分以表格", "分表格"), _AS_TABLE),
    (("填写", "填入", "插入", "补充", "输入"), _PROMPT),
)
# 申请人李××: a name is withheld, not left out.
_WITHHELD = r"(?:申请人|当事人|原告|举报人|投诉人|村民|居民|市民|群众)[^\x00-\x7f]$"


@rule(
    "HDR009",
    "template-left-over",
    summary=Text("没有留下模板的占位符和提示语", "no placeholder or prompt of a template is left"),
    basis=ACCURATE,
)
def template_left_over(report: Report, context: Context) -> Results:
    """标题、标题行和正文里不应留有模板的占位符（XX、××）和提示语。

    为什么：占位符没有填，就是内容不完整；提示语是写给编写人看的，不是报告的内容。
    英文缩写、型号里的 X 不算，遮去号码中几位、人名的×也不算。

    反例：20XX年，××镇认真落实《条例》；（填写单位名称）；该部分以表格形式报告。
    正例：2024年，云岭镇认真落实《条例》。

    怎样改：填上实际内容，或者删去提示语。
    """
    occasions = [(s, pattern) for s, pattern in _LEFT_OVER if any(sign in report.text for sign in s)]
    if not occasions:
        return
    pieces = [section.title for section in report.sections]
    if report.title is not None:
        pieces.append(report.title)
    for piece in (*pieces, *report.paragraphs):
        found = (re.finditer(p, piece.text) for s, p in occasions if any(sign in piece.text for sign in s))
        end = 0
        for match in sorted(chain.from_iterable(found), key=lambda match: match.start()):
            if match.start() < end:  # （填写××镇） is one prompt
                continue
            end = match.end()
            if re.search(_WITHHELD, piece.text[max(0, match.start() - 5) : match.start()]):
                continue
            span = Span(piece.span.start + match.start(), piece.span.start + match.end())
            yield Finding(span, _PLACEHOLDER.fill(text=match[0]), _PLACEHOLDER_HELP)
