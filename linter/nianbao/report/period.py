"""Dates and statistics periods as a report states them."""

from collections.abc import Iterator

from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

from nianbao.text.source import Span

# Dates are looked for in a plain alphabet, character for character: digits of every kind are ASCII digits, wide
# spaces are spaces, every dash is "-". Patterns stay small, and a class of scattered Chinese characters costs
# a quarter of a millisecond to compile.
_PLAIN = str.maketrans(
    {
        **{wide: str(number) for number, wide in enumerate("０１２３４５６７８９")},
        **{numeral: str(number) for number, numeral in enumerate("一二三四五六七八九", start=1)},
        **dict.fromkeys("〇○ＯO零", "0"),
        **dict.fromkeys("\u3000\xa0\t", " "),
        **dict.fromkeys("—–－─~～", "-"),
    }
)
# White space is bounded everywhere: two runs of it side by side would be quadratic.
_GAP = " {0,4}"
_NUMBER = r"(?:\d?十\d?|\d{1,4})"
_TO = r"(?:截?至|到|截止到?|-{1,3})"


def _year_of(side: str) -> str:
    return rf"(?<!\d)(?P<{side}y>\d{{2,9}}){_GAP}年{_GAP}"


def _day_of(side: str, month: str) -> str:
    # A day may have lost its 日, and only the sign behind it distinguishes it from another figure.
    sign = rf"(?:(?P<{side}s>[日号])|(?=[起至到止，。；、）)\-]|$))"
    day = rf"(?P<{side}d>{_NUMBER}){_GAP}{sign}|(?P<{side}e>[底末])"
    return rf"(?P<{side}m>{_NUMBER})(?:{_GAP}月(?:{_GAP}(?:{day}))?){month}"


_RANGE = (
    rf"(?P<a>{_year_of('a')}(?:度{_GAP})?{_day_of('a', '?')}){_GAP}(?:0时)?(?:起|开始|始)?[，,]?{_GAP}{_TO}{_GAP}"
    rf"(?P<b>(?:{_year_of('b')}|[当同本该]年{_GAP})?{_day_of('b', '')})(?:24时)?{_GAP}止?"
)
_POINTED = (
    r"(?<!\d)(?P<a>(?P<ay>\d{4})(?P<p>[./-])(?P<am>\d{1,2})(?P=p)(?P<ad>\d{1,2})) {0,4}起? {0,4}(?:至|到|-{1,3}) {0,4}"
    r"(?P<b>(?P<by>\d{4})(?P=p)(?P<bm>\d{1,2})(?P=p)(?P<bd>\d{1,2}))(?!\d)[ ]{0,4}止?"
)
_DATE = re.compile(
    rf"(?:{_year_of('a')})?(?<![\d十\-])(?P<am>{_NUMBER}){_GAP}月{_GAP}(?P<ad>{_NUMBER}){_GAP}[日号]"
)

_TIME = "(?:期限|时限|时间|期间|周期|时段|年度|区间|范围|起止)"
_CUE = re.compile(
    rf"统计的?(?:起止)?{_TIME}|统计数据|数据统计|所[列涉用报]\w{{0,4}}数据|数据\w{{0,6}}{_TIME}"
    r"|报告(?:期|时段|时间|期间|周期|年度)|报告\w{0,6}涵盖|(?:内容|时间)涵盖|起止时间"
)
_CUE_BEHIND = rf"[）)]?[，,]?(?:为|是|系)?(?:本(?:年度)?报告)?的?(?:数据)?统计{_TIME}"
_ONE_YEAR = (
    rf"(?:统计(?:期限|时限|时间|期间|周期|时段|年度|区间)|报告期)[为是系：:]{{0,2}}{_GAP}"
    rf"(?P<a>(?P<ay>\d{{4}}){_GAP}年(?:全年度?|度)?)(?={_GAP}[，。；、）)]|{_GAP}$)"
)
# Figures with a period of their own, unless the clause names the report too.
_PART = ("网站", "新媒体", "公众号", "微信", "微博", "抖音", "热线", "信箱", "客户端", "平台")
_WHOLE = ("报告", "年报", "所列", "所涉", "所用", "所报")
_SENTENCE_ENDS = "。；;\n"
_REACH = 40


def _length(year: int, month: int) -> int:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return (31, 28 + leap, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


class Day(NamedTuple):
    """A day as written, whether the calendar has it or not. *year* is 0 if none is written.

    *whole* is False if a day of the month is given without its 日 ("12月31止").
    """

    year: int
    month: int
    day: int
    text: str
    span: Span
    whole: bool

    @property
    def exists(self) -> bool:
        """Whether the calendar has this day, in a year of four figures or in some year."""
        if self.year and not 1000 <= self.year <= 9999:
            return False
        return 1 <= self.month <= 12 and 1 <= self.day <= _length(self.year or 2000, self.month)

    def __str__(self) -> str:
        return f"{self.year}年{self.month}月{self.day}日"


class Period(NamedTuple):
    """From one day to another, with the words that say so.

    *complete* is False if a day or its 日 is left out ("12月31止"); months alone (1月至12月) are complete.
    """

    start: Day
    end: Day
    text: str
    span: Span
    complete: bool

    @property
    def is_year(self) -> bool:
        """Whether it is one calendar year, from 1 January to 31 December."""
        days = (self.start.month, self.start.day, self.end.month, self.end.day)
        return days == (1, 1, 12, 31) and self.start.year == self.end.year and self.exists

    @property
    def exists(self) -> bool:
        """Whether the calendar has both days."""
        return self.start.exists and self.end.exists


def plain_digits(text: str) -> str:
    """Return *text*, as long as it was, with digits of any width and Chinese numerals as ASCII digits."""
    return text.translate(_PLAIN)


def written_number(text: str) -> int:
    """Return the number that *text* writes in digits of any width or in Chinese: 2020, 二〇二〇, 十二, 三十一."""
    tens, ten, ones = plain_digits(text).partition("十")
    return 10 * int(tens or 1) + int(ones or 0) if ten else int(tens)


def _day(text: str, match: re.Match[str], side: str, offset: int, year: int, *, last: bool) -> Day:
    groups = match.groupdict()
    month = written_number(match[side + "m"])
    words = text[match.start(side) : match.end(side)]
    span = Span(offset + match.start(side), offset + match.end(side))
    if groups[side + "d"]:
        whole = bool(groups.get(side + "s") or groups.get("p"))
        return Day(year, month, written_number(groups[side + "d"]), words, span, whole)
    in_calendar = 1 <= month <= 12 and 1 <= year <= 9999
    day = _length(year, month) if last and in_calendar else 1
    return Day(year, month, day, words, span, whole=True)


def periods(text: str, offset: int = 0) -> Iterator[Period]:
    """Yield every date range in *text* with its year; spans are moved by *offset*."""
    plain = plain_digits(text)
    for pattern in (_RANGE, _POINTED) if any(sign in plain for sign in "./-") else (_RANGE,):
        for match in re.finditer(pattern, plain):
            start = _day(text, match, "a", offset, written_number(match["ay"]), last=False)
            year = written_number(match["by"]) if match["by"] else start.year
            end = _day(text, match, "b", offset, year, last=True)
            dated = [bool(match[side + "d"] or match.groupdict().get(side + "e")) for side in "ab"]
            complete = start.whole and end.whole and dated[0] == dated[1]
            words = text[match.start() : match.end()]
            yield Period(start, end, words, Span(offset + match.start(), offset + match.end()), complete)


def dates(text: str, offset: int = 0) -> Iterator[Day]:
    """Yield every day of a month in *text*, with its year if it is written in front; spans moved by *offset*."""
    if "月" not in text:
        return
    for match in _DATE.finditer(plain_digits(text)):
        year = written_number(match["ay"]) if match["ay"] else 0
        words = text[match.start() : match.end()]
        span = Span(offset + match.start(), offset + match.end())
        # 20年3月1日 is an abbreviation, 202020年3月1日 a slip.
        year = year if year >= 1000 else 0
        yield Day(year, written_number(match["am"]), written_number(match["ad"]), words, span, whole=True)


def statements(text: str, offset: int = 0) -> Iterator[Period]:
    """Yield the ranges of *text* that state the period of the report's figures.

    Such a range is in one sentence with 统计期限 or a similar word; a range that only dates an event, or
    states the period of a website's figures, is not. "统计期限为2021年度" is such a range too.
    """
    if not _CUE.search(text):
        return
    ranged = False
    for period in periods(text, offset):
        start, end = period.span.start - offset, period.span.end - offset
        if _stated(text[max(0, start - _REACH) : start], text[end : end + _REACH]):
            yield period
            ranged = True
    for match in () if ranged else re.finditer(_ONE_YEAR, plain_digits(text)):
        start, end = match.span("a")
        if _stated(text[max(0, start - _REACH) : start], ""):
            first = Day(
                written_number(match["ay"]),
                1,
                1,
                text[start:end],
                Span(offset + start, offset + end),
                whole=True,
            )
            yield Period(first, first._replace(month=12, day=31), first.text, first.span, complete=True)


def _stated(before: str, behind: str) -> bool:
    if "统计" in behind and re.match(_CUE_BEHIND, behind):
        return True
    sentence = before[max(map(before.rfind, _SENTENCE_ENDS)) + 1 :]
    cues = list(_CUE.finditer(sentence))
    if not cues:
        return False
    clause = sentence[: cues[-1].end()]
    clause = clause[max(map(clause.rfind, "，,")) + 1 :]
    return not any(word in clause for word in _PART) or any(word in clause for word in _WHOLE)
