"""Kinds about length and time: limit-length, deadline."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from nianbao_grammar import patterns as re

from nianbao.engine.applicability import NO_YEAR
from nianbao.engine.finding import NotApplicable, Undetermined
from nianbao.engine.rule import Target
from nianbao.files.scalars import Choice, Plain, whole
from nianbao.files.shape import Key, Record
from nianbao.files.values import entries, text_under, value
from nianbao.files.yaml_file import FaultError, Faults, Item
from nianbao.plugins.declared.cells import limits, within
from nianbao.plugins.declared.kind import Found, Kind, Operands, Search
from nianbao.plugins.declared.scope import IN, Scope, scope
from nianbao.report.equations import number
from nianbao.report.form import Form
from nianbao.report.period import Day, dates, periods, plain_digits
from nianbao.report.report import Report
from nianbao.report.syntax import Piece
from nianbao.text.language import Text
from nianbao.text.source import Span

# -- limit-length ------------------------------------------------------------------------------------------

_MOST = 10**6
_NO_TITLE = Text("文中没有找到标题", "no title was found in the text")
_IN_NONE = {
    "title": Text(
        "标题不在任何部分里；of 为 title 时删去 in", "the title is in no section: delete in if of is title"
    ),
    "report": Text(
        "全文不在任何部分里；of 为 report 时删去 in", "the report is in no section: delete in if of is report"
    ),
}
_TITLE = Text("标题", "the title")
_REPORT = Text("全文", "the report")
_PARAGRAPH = Text("这一段", "this paragraph")
_EVERY_PARAGRAPH = Text("{within}的每一段", "each paragraph of {within}")
_EVERY_SECTION = Text("每个部分", "each section")
_SECTION = Text("“{title}”部分", "section “{title}”")
_AT_LEAST = Text("应不少于 {min} 个字", "at least {min} are asked for")
_AT_MOST = Text("应不超过 {max} 个字", "at most {max} are allowed")
_BETWEEN = Text("应在 {min} 至 {max} 个字之间", "it should be from {min} to {max}")

Measured = tuple[Span, Text, int]


def _length(pieces: Iterable[Piece]) -> int:
    """Return the number of characters of *pieces* together, white space not counted."""
    return sum(len("".join(piece.text.split())) for piece in pieces)


def _measured(report: Report, of: str, inside: Scope) -> Iterator[Measured]:
    """Yield each measured part: the place of its finding, its name, and its length in characters."""
    if of == "title":
        if report.title is not None:
            yield report.title.span, _TITLE, _length((report.title,))
    elif of == "report":
        yield report.anchor, _REPORT, _length(inside.pieces(report))
    elif of == "paragraph":
        for piece in inside.paragraphs(report):
            yield piece.span, _PARAGRAPH, _length((piece,))
    else:
        for section in inside.sections(report):
            name = _SECTION.fill(title=section.title.text)
            yield section.heading, name, _length(section.paragraphs)


def _limit_length(given: Item, forms: Sequence[Form]) -> Search:
    of = text_under(given, "of", "section")
    with Faults() as faults:
        with faults.noted:
            inside = scope(given, forms)
            if of in _IN_NONE and inside.keys:
                raise FaultError(entries(given)["in"].key.offset, _IN_NONE[of])
        ends = limits(given)
    limits_as_text = {key: number(end) for key, end in ends.items()}
    limit_text = _BETWEEN if len(ends) == 2 else _AT_LEAST if "min" in ends else _AT_MOST
    every = {"title": _TITLE, "report": _REPORT, "paragraph": _EVERY_PARAGRAPH.fill(within=inside.words)}
    what = every.get(of) or (inside.words if inside.keys else _EVERY_SECTION)

    def look(report: Report) -> Iterator[Found | Undetermined]:
        if of == "title" and report.title is None:
            yield Undetermined(_NO_TITLE)
        else:
            for span, name, length in _measured(report, of, inside):
                if not within(Decimal(length), ends):
                    yield Found(span, {"what": name, "length": str(length)})

    operands: Operands = {
        "what": what,
        "limit": limit_text.fill(**limits_as_text),
        "within": inside.words,
        **limits_as_text,
    }
    return Search(inside.look(look), operands, Target(what))


LIMIT_LENGTH = Kind(
    "limit-length",
    Text(
        "标题、段落、部分或全文的字数要在范围之内；空白不计，表格不计",
        "title, paragraphs, sections or the report have to be of a length; neither white space nor tables are counted",
    ),
    Record(
        (
            Key(
                "of",
                Choice(("title", "paragraph", "section", "report")),
                Text(
                    "量什么：标题 title、每一段 paragraph、每个部分 section（写了 in 时不必写）、"
                    "全文 report（标题、各级标题和正文）",
                    "what is measured; left out, the section that in names; report is title, headings and paragraphs",
                ),
            ),
            IN,
            Key("max", whole(1, _MOST), Text("最多多少字", "the most characters allowed")),
            Key("min", whole(1, _MOST), Text("最少多少字", "the fewest characters allowed")),
        ),
        some_of=(("max", "min"), ("in", "of")),
    ),
    {
        "what": Text("量的是什么：标题、这一段、“总体情况”部分、全文", "what was measured"),
        "length": Text("有多少字", "how many characters it has"),
        "limit": Text("范围：应不超过 500 个字", "the limits"),
        "min": Text("最少多少字", "the fewest characters allowed"),
        "max": Text("最多多少字", "the most characters allowed"),
        "within": Text("在哪里找：全文，或者指定的部分", "where it looks: the report or the sections named"),
    },
    summary=Text("{what}{limit}", "length of {what}: {limit}"),
    message=Text("{what}有 {length} 个字，{limit}", "{what} has {length} characters; {limit}"),
    help=Text("按要求的篇幅增删", "lengthen or shorten it as asked"),
    make=_limit_length,
)


# -- deadline ----------------------------------------------------------------------------------------------

_BAD_DAY = Text(
    "“{written}”不是每年都有的日期；写作 03-31 这样的月-日", "{written} is no day of every year: write 03-31"
)
_NEXT_YEAR = Text("次年{month}月{day}日", "{month:02}-{day:02} of the next year")
_NO_DATE = Text("报告没有写日期", "the report is not dated")
_LONGEST_LINE = 200
_LONGEST_REST = 30  # characters in the line of a date besides it: the organ that signs
_LAST_LINES = 5
_POINTED = r"(?<!\d)(\d{4})([-./])(\d{1,2})\2(\d{1,2})(?!\d)"
_LABEL = r"[（(【\[]?(?:发布|公布|公开|成文|印发|生成|编制|落款|报告)?(?:日期|时间)[:：]"
_BRACKETED = r"[（(]([^（）()]{6,40})[）)]$"
_IN_SENTENCE = "，。；！？、,;"
_OTHER_DATES = ("截至", "截止", "统计", "期限")


def _days(piece: Piece) -> list[Day]:
    """Return the days in *piece* that have a year and that the calendar has, in order."""
    text, offset = piece.text, piece.span.start
    days = [*dates(text, offset)]
    for match in re.finditer(_POINTED, plain_digits(text)):
        year, _, month, day = match.groups()
        span = Span(offset + match.start(), offset + match.end())
        days.append(Day(int(year), int(month), int(day), text[slice(*match.span())], span, whole=True))
    return sorted((day for day in days if day.year and day.exists), key=lambda day: day.span)


def _dateline(piece: Piece) -> Day | None:
    """Return the day that *piece* dates the report with: it is alone there, or next to a label or a name."""
    text = piece.text
    days = _days(piece) if len(text) <= _LONGEST_LINE else []
    if not days or any(True for _ in periods(text)) or any(word in text for word in _OTHER_DATES):
        return None
    rest = text
    for day in days:
        rest = rest.replace(day.text, "", 1)
    alone = len("".join(rest.split())) <= _LONGEST_REST and not any(sign in rest for sign in _IN_SENTENCE)
    return days[-1] if alone or re.match(_LABEL, text) else None


def _in_title(title: Piece | None) -> Day | None:
    """Return the day in brackets behind *title*."""
    match = re.search(_BRACKETED, title.text) if title is not None else None
    if title is None or match is None:
        return None
    start = title.span.start + match.start(1)
    return next(iter(_days(Piece(match[1], Span(start, start + len(match[1]))))), None)


def _dated(report: Report, of: str) -> Day | None:
    """Return the last day that the report is dated with, at its end or, unless *of* is signature, at its head."""
    sections = [piece for section in report.sections for piece in section.paragraphs]
    days = [_dateline(piece) for piece in sections[-_LAST_LINES:]]
    if of == "any":
        head = (*report.outline.head, *report.outline.preamble.paragraphs)
        days = [_in_title(report.title), *map(_dateline, head), *days]
    return next((day for day in reversed(days) if day is not None), None)


def _deadline(given: Item, forms: Sequence[Form]) -> Search:
    by = value(given, "by")
    month, day = map(int, by.written.split("-"))
    try:
        date(2001, month, day)
    except ValueError:
        raise FaultError(by.offset, _BAD_DAY.fill(written=by.written)) from None
    of = text_under(given, "of", "any")

    def look(report: Report) -> Iterator[Found | NotApplicable | Undetermined]:
        if report.year is None:
            yield Undetermined(NO_YEAR)
            return
        dated = _dated(report, of)
        if dated is None:
            yield NotApplicable(_NO_DATE)
            return
        last, own = date(report.year + 1, month, day), date(dated.year, dated.month, dated.day)
        if own > last:
            operands: Operands = {
                "date": _date_in_words(own),
                "by": _date_in_words(last),
                "days": str((own - last).days),
            }
            yield Found(dated.span, operands)

    target = Target(Text("报告的日期", "the date of the report"))
    return Search(look, {"by": _NEXT_YEAR.fill(month=month, day=day)}, target)


def _date_in_words(day: date) -> Text:
    return Text(f"{day.year}年{day.month}月{day.day}日", day.isoformat())


DEADLINE = Kind(
    "deadline",
    Text(
        "报告写的日期不晚于次年的这一天；没有写日期的不作判断",
        "the report has to be dated no later than this day of the next year; one without a date is not judged",
    ),
    Record(
        (
            Key(
                "by",
                Plain(r"\d{1,2}-\d{1,2}", _BAD_DAY),
                Text("最后一天，写作 03-31，指报告年度的次年", "the last day as 03-31, of the year after"),
                required=True,
            ),
            Key(
                "of",
                Choice(("any", "signature")),
                Text(
                    "看哪里的日期：any 是标题下和文末都看（不写也是这样），signature 是只看文末落款",
                    "which date: any, under the title or at the end (if left out), or the signature's only",
                ),
            ),
        )
    ),
    {
        "date": Text("报告的日期", "the date of the report"),
        "by": Text("最后一天", "the last day"),
        "days": Text("晚了多少天", "how many days too late"),
    },
    summary=Text("报告的日期不晚于{by}", "the report is dated no later than {by}"),
    message=Text(
        "报告的日期是{date}，应不晚于{by}，晚了 {days} 天",
        "the report is dated {date}, {days} days later than {by}",
    ),
    help=Text(
        "按期编制、公布；日期写错的，改正", "make and publish it in time; if the date is wrong, correct it"
    ),
    make=_deadline,
)
