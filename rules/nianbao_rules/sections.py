"""The six parts of a report: all there, in order, under their titles, and what 总体情况 has to speak of."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from nianbao.api import (
    Context,
    Edit,
    Finding,
    Fix,
    Form,
    Option,
    Part,
    Piece,
    Report,
    Section,
    SectionForm,
    Severity,
    Span,
    Text,
    Undetermined,
    fold,
    rule,
    split_numeral,
)

from nianbao_rules.basis import (
    ARTICLE_50,
    ARTICLE_50_GOVERNMENTS,
    CONCISE,
    FIVE_ASPECTS,
    NOT_GENERALISED,
    NUMBERING,
    SIX_PARTS,
    TABLE_FOUR,
    TABLE_THREE,
    TABLE_TWO,
)
from nianbao_rules.pictures import has_picture

Results = Iterator[Finding | Undetermined]

_NUMERALS = "一二三四五六七八九十"
_TENS = ("", "十", *(f"{ten}十" for ten in _NUMERALS[1:9]))
_VALUES = {
    ten + one: 10 * tens + ones
    for tens, ten in enumerate(_TENS)
    for ones, one in enumerate(("", *_NUMERALS[:9]))
    if ten + one
}
_BY_VALUE = {value: numeral for numeral, value in _VALUES.items()}
_LONGEST = 5  # characters of a numeral in brackets: （二十一）
_APPENDICES = ("附件", "附表", "附录", "附注", "附图", "附:", *(f"表{n}" for n in "一二三四1234"))
_OLD_REGIME = ("收费", "减免")
_ARTICLE_PARTS = ("项", "款", "条", "类")  # （五）项 cites, and numbers nothing
_WHOLE = "全文"


# -- the parts of a report as its writer meant them --------------------------------------------------------


def _foreign(report: Report) -> Iterator[Section]:
    """Yield the level-one sections that are no part of the form, appendices left out.

    Where the parts are numbered 一、 to 六、, a heading without such a numeral is of another level; and a
    numbering that begins anew at 一、 under one of the parts numbers what stands under it.
    """
    parts = report.parts
    numbered = any(_value(section.numeral) for section in parts if section.key)
    met = inner = False
    for section in parts:
        value = _value(section.numeral)
        if section.key:
            met, inner = True, False
        elif numbered and value is None:
            continue
        else:
            inner = inner or (met and value == 1)
            if not inner and not _is_appendix(fold(section.title.text)):
                yield section


def _is_appendix(title: str) -> bool:
    return title.startswith(_APPENDICES) or title in ("附", "目录")


def _value(numeral: str) -> int | None:
    """Return the number that 一、, 第一部分 stand for, None for a numeral of another level or none."""
    return _VALUES.get(numeral.removeprefix("第").removesuffix("部分"))


def heading_of(report: Report, section: Section) -> str:
    """Return the heading as it reads, numeral and all."""
    return report.source[section.heading].strip("#* \u3000\r\n。：")


def _titled(form: Form, section: SectionForm) -> str:
    return f"{_NUMERALS[form.sections.index(section)]}、{section.title}"


def lines(part: Part) -> Iterator[tuple[Piece, bool]]:
    """Yield the paragraphs and headings under *part* in order, each with whether it is a level-two heading."""
    yield from ((paragraph, False) for paragraph in part.paragraphs)
    for inner in part.parts:
        if inner.heading is not None:
            whole = Piece(inner.heading.numeral + inner.heading.title.text, inner.heading.span)
            yield whole, inner.heading.level == 2
        yield from lines(inner)


def item_numeral(text: str) -> str:
    """Return the numeral in brackets that *text* begins with, as printed: （一）; "" for none."""
    if text[:1] not in ("（", "("):
        return ""
    ends = [end for end in (text.find("）", 1, _LONGEST), text.find(")", 1, _LONGEST)) if end > 0]
    numeral = text[: min(ends) + 1] if ends else ""
    known = numeral[1:-1] in _VALUES and not text.startswith(_ARTICLE_PARTS, len(numeral))
    return numeral if known else ""


# -- rules -------------------------------------------------------------------------------------------------

_MISSING = Text("缺少“{section}”", "“{section}” is missing")
_MISSING_HELP = Text(
    "补上“{section}”这一部分；没有发生的也保留标题，表格填 0，文字写明没有",
    "add the part “{section}”; where nothing happened, keep its heading, write 0 in its table and say so",
)
_RUN_TOGETHER = Text(
    "“{section}”的标题混在段落里，没有单独成行，不能确定这一部分的内容",
    "the heading “{section}” stands inside a paragraph, so what belongs to it cannot be told",
)


@rule(
    "SEC001",
    "missing-section",
    summary=Text("六个部分一个不缺", "none of the six parts is missing"),
    basis=(ARTICLE_50, SIX_PARTS),
)
def missing_section(report: Report, context: Context) -> Results:
    """年度报告的六个部分，一个都不能缺。

    为什么：前五部分是条例第五十条规定应当包括的内容，第六部分是格式规定的；没有发生的也要写明没有。
    标题的说法不同不算缺少（由 SEC004 提示）；五、六两部分合在一个标题下，两部分都算有。
    标题混在段落里、没有单独成行的，不能判断。

    反例：正文写到“五、存在的主要问题及改进情况”为止，没有第六部分。
    正例：第六部分只有一句“没有其他需要报告的事项”，但标题和内容都在。

    怎样改：补上缺少的部分和它的标题。
    """
    if report.form is None:
        return
    for section in report.form.sections:
        if report.section(section.key) is not None:
            continue
        title = _titled(report.form, section)
        if _within_prose(report, section):
            yield Undetermined(_RUN_TOGETHER.fill(section=title))
            continue
        values = {"section": title}
        yield Finding(
            report.anchor, _MISSING.fill(**values), _MISSING_HELP.fill(**values), data=values, place=_WHOLE
        )


def _within_prose(report: Report, section: SectionForm) -> bool:
    """Return whether a title of *section* stands in the text as a line or after a numeral, and is no heading."""
    titles = {fold(t) for t in (section.title, *section.wording, *section.aliases, *section.obsolete)}
    after_numeral = re.compile(f"[{_NUMERALS}](?:、|部分:?)(?:{'|'.join(map(re.escape, titles))})")
    for part in (report.outline.preamble, *report.outline.sections):
        for piece, headed in lines(part):
            key = "" if headed else fold(piece.text)
            if split_numeral(key)[1].rstrip("。:") in titles or after_numeral.search(key):
                return True
    return False


_ORDER = Text(
    "各部分的顺序与格式不同：现在是{found}；格式是{due}",
    "the parts are not in the order of the form: they stand as {found}, and are due as {due}",
)
_ORDER_HELP = Text(
    "把各部分连同文字、表格调整为格式的顺序，并重新编号",
    "move the parts, text and tables with them, into the order of the form and number them anew",
)


@rule(
    "SEC002",
    "section-order",
    summary=Text("六个部分按格式的顺序排列", "the six parts stand in the order of the form"),
    basis=SIX_PARTS,
    severity=Severity.WARNING,
)
def section_order(report: Report, context: Context) -> Results:
    """六个部分应按格式的顺序排列。

    为什么：格式统一，读者和汇总的人才能在同样的位置找到同样的内容。
    多出的部分、缺少的部分另由 SEC003、SEC001 指出，这里只看已有各部分的先后。

    反例：先写“行政复议、行政诉讼情况”，后写“收到和处理政府信息公开申请情况”。
    正例：依次是总体情况、主动公开、收到和处理申请、行政复议和诉讼、问题及改进、其他事项。

    怎样改：按格式的顺序调整。
    """
    found = _misplaced(report)
    if report.form is None or found is None:
        return
    section, keys, due = found
    titles = {s.key: s.title for s in report.form.sections}
    message = _ORDER.fill(found="、".join(titles[k] for k in keys), due="、".join(titles[k] for k in due))
    yield Finding(section.heading, message, _ORDER_HELP)


def _misplaced(report: Report) -> tuple[Section, list[str], list[str]] | None:
    """Return the first section out of order, with the keys as they stand and as they are due."""
    order = [section.key for section in report.form.sections] if report.form else []
    parts = [section for section in report.parts if section.key]
    keys = list(dict.fromkeys(section.key for section in parts))
    due = sorted(keys, key=order.index)
    return next(
        ((section, keys, due) for section, key in zip(parts, due, strict=False) if section.key != key), None
    )


_EXTRA = Text("“{heading}”不是格式规定的部分", "“{heading}” is no part of the form")
_EXTRA_HELP = Text(
    "内容并入格式规定的部分（工作情况写入“总体情况”），删去这个标题，后面的部分重新编号",
    "move its content into a part of the form (what was done belongs to “总体情况”), drop the heading and number the rest anew",
)
_EXTRA_ASPECT_HELP = Text(
    "这是总体情况中“{aspect}”的内容：并入“一、总体情况”，删去这个标题，后面的部分重新编号",
    "this is what 总体情况 says under “{aspect}”: move it there, drop the heading and number the rest anew",
)
_REPEATED = Text("“{heading}”这一部分重复出现", "the part “{heading}” occurs more than once")
_REPEATED_HELP = Text(
    "把两处的内容合为一处，只留一个标题", "put the content together in one place, under one heading"
)


@rule(
    "SEC003",
    "extra-section",
    summary=Text("不另设格式以外的部分", "no parts beside those of the form"),
    basis=NOT_GENERALISED,
)
def extra_section(report: Report, context: Context) -> Results:
    """格式规定的六个部分以外，不应另设一级标题，同一部分也不应出现两次。

    为什么：年度报告的内容由条例第五十条规定，“不能遗漏，也不宜泛化”；另设的部分会打乱统一的编号和位置。
    附件、附表、目录不算。另设的部分挤乱了后面的编号时，只报这一条，不再报编号。

    反例：在“二、主动公开政府信息情况”后面另设“三、政务新媒体情况”，以后各部分顺延。
    正例：政务新媒体的内容写在“一、总体情况”的“（四）政府信息公开平台建设”中。

    怎样改：内容并入相应的部分，删去多出的标题，恢复格式的编号。
    """
    form = report.form
    for section in _foreign(report):
        title = fold(section.title.text)
        if form is None or _is_obsolete(title, form):
            continue
        heading = heading_of(report, section)
        if title in form.section_titles:
            yield Finding(section.heading, _REPEATED.fill(heading=heading), _REPEATED_HELP)
            continue
        aspect = next((a.title for a in form.aspects if _speaks(title, a.words)), None)
        help_text = _EXTRA_ASPECT_HELP.fill(aspect=aspect) if aspect else _EXTRA_HELP
        yield Finding(section.heading, _EXTRA.fill(heading=heading), help_text)


def _is_obsolete(title: str, form: Form) -> bool:
    return title in map(fold, form.obsolete_titles) or _speaks(title, _OLD_REGIME)


def _speaks(text: str, words: Sequence[str]) -> bool:
    return any(word in text for word in words)


_TITLE = Text("“{heading}”的标题应为“{official}”", "“{heading}” should be headed “{official}”")
_TITLE_HELP = Text("标题改为“{official}”", "head it “{official}”")
_JOINED = Text(
    "“{heading}”把格式规定的{count}个部分合成了一个：{titles}",
    "“{heading}” joins {count} parts of the form: {titles}",
)
_JOINED_HELP = Text("分开写，各用格式规定的标题", "write them apart, each under the title of the form")


@rule(
    "SEC004",
    "section-title",
    summary=Text("各部分使用格式规定的标题", "each part bears the title of the form"),
    basis=SIX_PARTS,
    severity=Severity.WARNING,
)
def section_title(report: Report, context: Context) -> Results:
    """各部分的标题应与格式规定的一字不差。

    为什么：标题是格式的一部分，汇总、检索和逐年对照都按标题查找；“改进情况”写成“改进措施”，内容也容易只写打算。
    条例第五十条自己的说法（“因政府信息公开工作被申请行政复议、提起行政诉讼的情况”等）不算差错。
    旧格式的标题由 SEC010 提示。

    反例：“五、存在问题及改进措施”；“四、政府信息公开行政复议和行政诉讼情况”。
    正例：“五、存在的主要问题及改进情况”。

    怎样改：改为格式规定的标题。
    """
    parts = report.parts
    keys = {section.key for section in parts}
    titles = {s.key: s.title for s in report.form.sections} if report.form else {}
    for section in parts:
        if section.standing not in ("aliases", "similar"):
            continue
        heading = heading_of(report, section)
        joined = [key for key in section.covers if key == section.key or key not in keys]
        if len(joined) > 1:
            names = "、".join(f"“{titles[key]}”" for key in joined)
            message = _JOINED.fill(heading=heading, count=len(joined), titles=names)
            yield Finding(section.heading, message, _JOINED_HELP)
        else:
            message = _TITLE.fill(heading=heading, official=titles[section.key])
            yield _retitled(section, titles[section.key], message)


def _retitled(section: Section, official: str, message: Text) -> Finding:
    """Return the finding on a title; its fix is safe where only 其它 stands for the 其他 of the form."""
    help_text = _TITLE_HELP.fill(official=official)
    safe = fold(section.title.text).replace("其它", "其他") == fold(official)
    fix = Fix(help_text, safe, (Edit(section.title.span, section.title.text, official),))
    return Finding(section.heading, message, help_text, data={"official": official}, fix=fix)


_NO_ASPECT = Text("总体情况没有写“{aspect}”", "总体情况 does not speak of “{aspect}”")
_NO_ASPECT_HELP = Text(
    "在总体情况中用一段写“{aspect}”的情况；没有开展的也写明",
    "give “{aspect}” a paragraph in 总体情况, and say so where nothing was done",
)
_NO_OVERVIEW = Text("“{heading}”没有内容", "“{heading}” is empty")
_NO_OVERVIEW_HELP = Text("分别写明{aspects}的情况", "say what was done on each of these: {aspects}")


@rule(
    "SEC005",
    "overview-aspects",
    summary=Text(
        "总体情况写到主动公开、依申请公开等五个方面", "总体情况 speaks of the five aspects it is to cover"
    ),
    basis=FIVE_ASPECTS,
)
def overview_aspects(report: Report, context: Context) -> Results:
    """总体情况应当写到五个方面：主动公开、依申请公开、政府信息管理、政府信息公开平台建设、监督保障。

    为什么：国办公开办函〔2021〕30号列明总体情况“主要包括”这五个方面；2019、2020 年度的报告通行同样的写法。
    没有分项小标题、但文字里写到的也算。已经分项写（有三个以上方面各有小标题）的，
    别的小标题下面顺带提到的不算：“通过网站主动公开”说的是主动公开，不是平台建设。
    另设一级标题写的方面由 SEC003 指出，这里不重复。

    反例：总体情况只有组织领导、公开内容两段，没有写依申请公开、政府信息管理、监督保障。
    正例：总体情况分“（一）主动公开”至“（五）监督保障”五段。

    怎样改：逐项补写；没有开展的工作也说明没有。
    """
    section = next((s for s in report.parts if "overview" in s.covers), None)
    if section is None or report.form is None:
        return
    aspects = report.form.aspects
    if section.empty:
        names = "、".join(aspect.title for aspect in aspects)
        message = _NO_OVERVIEW.fill(heading=heading_of(report, section))
        yield Finding(section.heading, message, _NO_OVERVIEW_HELP.fill(aspects=names))
        return
    elsewhere = "\n".join(fold(other.title.text) for other in _foreign(report))
    words = [aspect.words for aspect in aspects]
    for aspect, text in zip(
        aspects, _evidence(section.part, words, [form.title for form in report.form.sections]), strict=True
    ):
        if not _speaks(text, aspect.words) and not _speaks(elsewhere, aspect.words):
            values = {"aspect": aspect.title}
            message, help_text = _NO_ASPECT.fill(**values), _NO_ASPECT_HELP.fill(**values)
            place = f"{heading_of(report, section)} · {aspect.title}"
            yield Finding(section.heading, message, help_text, data=values, place=place)


_HEADED = 3  # with so many aspects under headings of their own the text goes through them one by one


def _evidence(part: Part, aspects: Sequence[Sequence[str]], titles: Sequence[str]) -> list[str]:
    """Return for each of *aspects*, given by its words, the text in which they count.

    One of the *titles* of the form's sections says nothing: a preamble under this heading may list them all.
    """
    blocks: list[tuple[str, list[str]]] = [("", [])]
    for piece, headed in lines(part):
        text = "".join(piece.text.split())
        for title in titles:
            text = text.replace(title, "")
        if headed or item_numeral(text):
            blocks.append((re.split("[。：:；]", text, maxsplit=1)[0], []))
        blocks[-1][1].append(text)
    whole = "\n".join(text for _, texts in blocks for text in texts)
    leads = [[_speaks(lead, words) for words in aspects] for lead, _ in blocks]
    if sum(map(any, zip(*leads, strict=True))) < _HEADED:
        return [whole] * len(aspects)
    unclaimed = "\n".join(
        text for (_, texts), lead in zip(blocks, leads, strict=True) if not any(lead) for text in texts
    )
    headings = "\n".join(lead for lead, _ in blocks)
    # An aspect that is named, if only in passing, is not said to be missing.
    return [whole if words[0] in whole else f"{headings}\n{unclaimed}" for words in aspects]


_RESULTS_DUE = (
    ("工作考核", ("考核", "考评", "绩效")),
    ("社会评议", ("评议", "评估", "测评", "评价", "满意度")),
    ("责任追究", ("追究", "追责", "问责")),
)
_NO_RESULTS = Text(
    "全文没有写{matters}的结果情况，各级人民政府的年度报告应当包括",
    "nothing is said of the results of {matters}, which the report of a people's government is to include",
)
_NO_RESULTS_HELP = Text(
    "在总体情况的监督保障中写明{matters}的结果；没有开展、没有发生的如实写明",
    "state the results of {matters} under 监督保障 in 总体情况, and say so where there were none",
)
_WHOSE = Text(
    "看不出编制机关是不是一级人民政府，无法判断这一要求是否适用",
    "whether a people's government reports cannot be told, so whether this is due is not known",
)


@rule(
    "SEC006",
    "government-results",
    summary=Text(
        "各级人民政府写明工作考核、社会评议和责任追究结果",
        "a people's government states the results of appraisal, public review and accountability",
    ),
    basis=ARTICLE_50_GOVERNMENTS,
    severity=Severity.WARNING,
)
def government_results(report: Report, context: Context) -> Results:
    """各级人民政府（含乡镇人民政府）的年度报告，应当写明工作考核、社会评议和责任追究的结果情况。

    为什么：条例第五十条第（四）项规定“应当包括”，三项缺一不可，所以缺哪一项就指出哪一项；
    实际写法各异，“考评”“满意度测评”“第三方评估”“问责”等都算写到，写在报告任何一处都可以，
    所以只作警告。部门、街道办事处不是一级人民政府，不要求；管委会等看不出的，不判断。

    反例：某乡人民政府的报告通篇没有提到考核、评议和责任追究。
    正例：“政务公开纳入年度考核，得分已通报；社会评议满意度为96%；全年没有责任追究情形。”

    怎样改：在监督保障一段补写所缺各项的结果；没有发生的写“没有”。
    """
    government = report.issuer.government
    if government is None:
        yield Undetermined(_WHOSE)
    if not government:
        return
    text = "".join(report.prose.split())
    lacking = [name for name, words in _RESULTS_DUE if not _speaks(text, words)]
    if lacking:
        values = {"matters": "、".join(lacking)}
        place = report.section("overview")
        span = place.heading if place is not None else report.anchor
        yield Finding(span, _NO_RESULTS.fill(**values), _NO_RESULTS_HELP.fill(**values), data=values)


_LONG = Text(
    "总体情况有{count}个汉字，超过{limit}字", "总体情况 has {count} Chinese characters, more than {limit}"
)
_LONG_HELP = Text(
    "删去过程性、口号式的叙述，保留做法、数字和结果",
    "cut what only tells of process; keep measures, figures and results",
)


@rule(
    "SEC007",
    "overview-length",
    summary=Text("总体情况的篇幅不超过一千字", "总体情况 is no longer than a thousand characters"),
    basis=CONCISE,
    severity=Severity.INFO,
    enabled=False,
    options=(Option("limit", 1000, Text("至多多少个汉字", "the most Chinese characters")),),
)
def overview_length(report: Report, context: Context) -> Results:
    """总体情况的篇幅不宜超过一千个汉字（选项 limit 可以另定）。

    为什么：有的地方的年度通知要求总体情况原则上不超过一千字。全国的格式没有确认有这一要求，所以默认不检查。
    只数汉字，不数数字、字母和标点；表格不在内。

    反例：总体情况写了两千多个汉字，多半是会议和文件的过程。
    正例：总体情况八百个汉字，分五个方面写做法、数字和结果。

    怎样改：压缩叙述。
    """
    section = report.section("overview")
    if section is None:
        return
    limit = context.whole("limit")
    count = sum("\u4e00" <= sign <= "\u9fff" for piece in section.paragraphs for sign in piece.text)
    if count > limit:
        yield Finding(section.heading, _LONG.fill(count=count, limit=limit), _LONG_HELP)


_NUMBER = Text(
    "“{heading}”的编号接在“{before}”之后，应为“{due}”",
    "“{heading}” follows “{before}” and should be numbered “{due}”",
)
_FIRST_NUMBER = Text(
    "“{heading}”是这一组编号的第一个，应为“{due}”",
    "“{heading}” is the first of its series and should be numbered “{due}”",
)
_UNNUMBERED = Text(
    "“{heading}”没有编号，其余各部分都有，应为“{due}”",
    "“{heading}” has no number while the other parts have; it should be “{due}”",
)
_NUMBER_HELP = Text(
    "按先后顺序改正编号；如果中间漏了内容，补上",
    "number them in order, or add what was left out between them",
)
_NUMBER_FIX = Text("编号改为“{due}”", "number it “{due}”")


class _Numbered(NamedTuple):
    """A heading or paragraph of a series: its words, its numeral as printed ("" for none) and its number."""

    text: str
    span: Span
    numeral: str
    value: int | None
    headed: bool


# Whether the number *value* may stand at a place of the series where *due* is due: (place, due, value).
_Excuse = Callable[[int, int, int], bool]


@rule(
    "SEC008",
    "numbering",
    summary=Text(
        "一、和（一）两级编号不跳号、不重号",
        "numbering at the levels 一、 and （一） has no gap and no repeat",
    ),
    basis=NUMBERING,
)
def numbering(report: Report, context: Context) -> Results:
    """“一、”“（一）”两级编号应当连续，不跳号、不重号。

    为什么：编号断了，读者会以为漏了内容；重号时“见第三部分”就不知道指哪一处。
    每个一级标题下的“（一）”重新编起。缺少部分、顺序颠倒造成的跳号由 SEC001、SEC002 指出，
    括号的全角半角由 TYP002 指出，这里都不重复。

    反例：（一）主动公开、（二）依申请公开、（四）平台建设。
    正例：（一）主动公开、（二）依申请公开、（三）政府信息管理。

    怎样改：按顺序改正。
    """
    if _misplaced(report) is None:
        yield from _level_one(report)
    for section in report.parts:
        tables = [t.key for t in report.form.tables if t.section in section.covers] if report.form else []
        # Rows of a table that could not be read are numbered like paragraphs.
        if report.unreadable.isdisjoint(tables):
            for series in _series(_items(report, section.part)):
                yield from _out_of_step(report, series, _between(report, section, series))


def _level_one(report: Report) -> Results:
    foreign = {section.heading for section in _foreign(report)}
    parts = [section for section in report.parts if section.key or section.heading in foreign]
    series = [
        _Numbered(heading_of(report, s), s.heading, s.numeral, _value(s.numeral), headed=True) for s in parts
    ]
    if any(one.value for one in series):
        yield from _out_of_step(report, series, _absent(report, parts))


def _absent(report: Report, parts: Sequence[Section]) -> _Excuse:
    """Excuse a gap as wide as the parts of the form that are missing at that place: SEC001 speaks of them."""
    order = [section.key for section in report.form.sections] if report.form else []
    here = {key for section in parts for key in section.covers}
    gone: list[int] = []
    before = -1
    for section in parts:
        place = order.index(section.key) if section.key else before + 1
        gone.append(len(set(order[before + 1 : place]) - here))
        before = place if section.key else before
    return lambda place, due, value: 0 < value - due <= gone[place]


def _between(report: Report, section: Section, series: Sequence[_Numbered]) -> _Excuse:
    """Excuse a gap whose numerals stand inside the text before it, not at the head of a line."""

    def excuse(place: int, due: int, value: int) -> bool:
        start = series[place - 1].span.start if place else section.heading.end
        text = fold(report.source[Span(start, series[place].span.start)])
        return due < value and all(f"({_BY_VALUE.get(number)})" in text for number in range(due, value))

    return excuse


def _items(report: Report, part: Part) -> Iterator[_Numbered]:
    """Yield the headings and paragraphs under *part* that begin with （一） or its like."""
    for piece, headed in lines(part):
        numeral = item_numeral(piece.text)
        if numeral:
            start = report.text.index(numeral, piece.span.start)
            lead = re.split("[。：:；\n]", piece.text, maxsplit=1)[0][:_QUOTED]
            yield _Numbered(lead, Span(start, start + len(lead)), numeral, _VALUES[numeral[1:-1]], headed)


_QUOTED = 24  # so many characters of a paragraph are quoted
_NESTED = 3  # so many series may be open at once


def _series(items: Iterable[_Numbered]) -> list[list[_Numbered]]:
    """Return *items* by the series that each goes on with; （一） begins one, perhaps inside another."""
    found: list[list[_Numbered]] = []
    unfinished: list[list[_Numbered]] = []
    doubled: list[tuple[list[_Numbered], list[_Numbered]]] = []
    for item in items:
        before = [depth for depth, s in enumerate(unfinished) if s[-1].value == (item.value or 0) - 1]
        if item.value == 1 or not unfinished:
            series = [item]
            if unfinished and len(unfinished[-1]) == 1 and item.headed and unfinished[-1][0].headed:
                doubled.append((unfinished[-1], series))
            found.append(series)
            unfinished = [*unfinished, series][-_NESTED:]
        else:
            del unfinished[(before[-1] if before else len(unfinished)) + 1 :]
            unfinished[-1].append(item)
    for first, second in doubled:
        if len(first) == 1:  # nothing came back to it: （一） twice, not one inside the other
            second.insert(0, first.pop())
    return [series for series in found if series]


def _out_of_step(report: Report, series: Sequence[_Numbered], excuse: _Excuse) -> Results:
    due = 1
    for place, item in enumerate(series):
        if item.value == due or (item.value and excuse(place, due, item.value)):
            due = item.value + 1
            continue
        following = series[place + 1].value if place + 1 < len(series) else None
        alone = following == due + 1  # the others go on as if this one were right
        yield _misnumbered(report, item, series[place - 1] if place else None, due, safe=alone)
        if alone:
            due += 1
        elif item.value is not None:
            due = item.value + 1
        elif following != due:
            due += 1


def _misnumbered(
    report: Report, item: _Numbered, before: _Numbered | None, due: int, *, safe: bool
) -> Finding:
    numeral = _BY_VALUE.get(due, str(due))
    new = re.sub(f"[{_NUMERALS}]+", numeral, item.numeral) if item.numeral else f"{numeral}、"
    template = _UNNUMBERED if item.value is None else _NUMBER if before else _FIRST_NUMBER
    values = {"heading": item.text, "before": before.text if before else "", "due": new}
    at = report.text.index(item.numeral or item.text, item.span.start)
    edit = Edit(Span(at, at + len(item.numeral)), item.numeral, new)
    fix = Fix(_NUMBER_FIX.fill(due=new), True, (edit,)) if safe else None
    return Finding(item.span, template.fill(**values), _NUMBER_HELP, data={"due": new}, fix=fix)


_NO_TABLE = Text("“{heading}”没有格式规定的{table}", "“{heading}” has no {table}, which the form prescribes")
_NO_TABLE_HELP = Text(
    "照格式补上表格，没有发生的填 0，不用“无”或文字代替；原稿有表格的，是复制时丢了，从原稿重新复制",
    "add the table of the form with 0 where there was nothing, not words in its place; if the original has it, it was lost in copying: copy it again",
)
_PICTURE = Text(
    "“{heading}”里有图片，{table}可能在图片中，无法检查",
    "“{heading}” has a picture, which may be the {table}; it cannot be checked",
)


@rule(
    "SEC009",
    "missing-table",
    summary=Text(
        "第二、三、四部分附有格式规定的表格", "parts two, three and four carry the tables of the form"
    ),
    basis=(TABLE_TWO, TABLE_THREE, TABLE_FOUR),
)
def missing_table(report: Report, context: Context) -> Results:
    """第二、三、四部分应当有格式规定的表格，不能用“无”或一段文字代替。

    为什么：这三部分的内容就是表格；没有表格，就没有可以汇总和核对的数。
    整个部分都没有的由 SEC001 指出；表格在报告里、但没有读懂的由 DOC002 指出；
    第二部分有表、只是缺少其中几项的由 ART001 指出。

    反例：第三部分只有一句“本年度未收到政府信息公开申请”。
    正例：没有收到申请，表三仍然列出，各格填 0。

    怎样改：照格式补上表格。
    """
    for section in report.parts:
        for key in section.covers:
            tables = [t for t in report.form.tables if t.section == key] if report.form else []
            if not tables or any(table.key in report.tables for table in tables):
                continue
            if any(table.key in report.unreadable for table in tables):
                continue
            table = tables[0].place.split(" · ")[0]
            values = {"heading": heading_of(report, section), "table": table}
            if any(has_picture(piece.text) for piece in section.paragraphs):
                yield Undetermined(_PICTURE.fill(**values))
            else:
                yield Finding(section.heading, _NO_TABLE.fill(**values), _NO_TABLE_HELP, data=values)


_OLD_TITLE = Text(
    "“{heading}”是 2019 年以前的标题，现为“{official}”",
    "“{heading}” is a heading from before 2019; it is now “{official}”",
)
_OLD_PART = Text(
    "“{heading}”是 2019 年以前的部分，现在的格式没有",
    "“{heading}” is a part from before 2019 that the form no longer has",
)
_OLD_PART_HELP = Text(
    "删去这一部分；收取信息处理费的情况写入“其他需要报告的事项”",
    "drop it; 信息处理费 that was charged is reported under “其他需要报告的事项”",
)


@rule(
    "SEC010",
    "obsolete-section",
    summary=Text("不用 2019 年以前的标题", "no headings from before 2019"),
    basis=SIX_PARTS,
    severity=Severity.WARNING,
)
def obsolete_section(report: Report, context: Context) -> Results:
    """不应沿用 2019 年以前的标题：概述、依申请公开和不予公开情况、收费及减免情况等。

    为什么：这些是 2007 年条例时期的六项内容。2019 年修订的条例取消了检索、复制等收费，
    改了年度报告的内容；仍用旧标题，多半是照着旧稿改的，内容也要核对。

    反例：“一、概述”；“四、政府信息公开的收费及减免情况”。
    正例：“一、总体情况”；收取信息处理费的情况写在第六部分。

    怎样改：改用现在的标题；格式已经没有的部分，删去。
    """
    if report.form is None:
        return
    titles = {section.key: section.title for section in report.form.sections}
    for section in report.parts:
        if section.standing == "obsolete":
            official = titles[section.key]
            message = _OLD_TITLE.fill(heading=heading_of(report, section), official=official)
            yield _retitled(section, official, message)
    for section in _foreign(report):
        if _is_obsolete(fold(section.title.text), report.form):
            message = _OLD_PART.fill(heading=heading_of(report, section))
            yield Finding(section.heading, message, _OLD_PART_HELP)
