"""Statistics periods as a report states them."""

import re
from calendar import monthrange
from collections.abc import Iterator
from typing import NamedTuple

from nianbao.source import Span

_YEAR = r"(?P<{0}y>\d+|[〇○ＯO零一二三四五六七八九]{{4}})\s*年\s*"
_DAY = r"(?P<{0}m>\d+)\s*月(?:\s*(?P<{0}d>\d+)(?:\s*(?P<{0}s>[日号]))?)?"
_RANGE = re.compile(
    _YEAR.format("a") + r"(?:度\s*)?" + _DAY.format("a") + r"\s*(?:起)?\s*(?:至|到|[-—–－~～]+)\s*"
    r"(?:" + _YEAR.format("b") + r")?" + _DAY.format("b") + r"\s*止?"
)
_CUE = re.compile(r"统计|期限|时限|所列数据|数据.{0,6}(?:时间|期间)|涵盖|起止")
_SUB = re.compile(r"[。；;\n]")
_REACH = 40


class Day(NamedTuple):
    """A day as written: nothing says yet that the calendar has it."""

    year: int
    month: int
    day: int

    @property
    def exists(self) -> bool:
        """Whether the calendar has this day, in a year of four figures."""
        return (
            1000 <= self.year <= 9999
            and 1 <= self.month <= 12
            and (1 <= self.day <= monthrange(self.year, self.month)[1])
        )

    def __str__(self) -> str:
        return f"{self.year}年{self.month}月{self.day}日"


class Period(NamedTuple):
    """From one day to another, with the words that say so.

    *complete* is False where a day or its 日 is left out ("12月31止"); months alone (1月至12月) are complete.
    """

    start: Day
    end: Day
    text: str
    span: Span
    complete: bool

    @property
    def is_year(self) -> bool:
        """Whether it is one calendar year, from 1 January to 31 December."""
        return (self.start.month, self.start.day, self.end.month, self.end.day) == (1, 1, 12, 31) and (
            self.start.year == self.end.year
        )


def _number(text: str) -> int:
    if text.isdigit():
        return int(text[:9])
    return int(
        "".join(str("〇一二三四五六七八九".find(c)) if c in "一二三四五六七八九" else "0" for c in text)
    )


def _day(match: re.Match[str], side: str, year: int, *, last: bool) -> Day:
    month = int(match[side + "m"][:4])
    if match[side + "d"]:
        return Day(year, month, int(match[side + "d"][:4]))
    in_calendar = 1 <= month <= 12 and 1 <= year <= 9999
    return Day(year, month, monthrange(year, month)[1] if last and in_calendar else 1)


def periods(text: str, offset: int = 0) -> Iterator[Period]:
    """Yield every date range in *text*; spans are moved by *offset*."""
    for match in _RANGE.finditer(text):
        start = _day(match, "a", _number(match["ay"]), last=False)
        end = _day(match, "b", _number(match["by"]) if match["by"] else start.year, last=True)
        months_only = not match["ad"] and not match["bd"]
        complete = months_only or all(match[name] for name in ("ad", "as", "bd", "bs"))
        span = Span(offset + match.start(), offset + match.end())
        yield Period(start, end, match[0], span, complete)


def statements(text: str, offset: int = 0) -> Iterator[Period]:
    """Yield the ranges of *text* that say over which time the report's figures run.

    Such a range stands in one sentence with 统计期限 or its like; a range that only dates an event does not.
    """
    if "年" not in text:
        return
    for period in periods(text, offset):
        before = text[max(0, period.span.start - offset - _REACH) : period.span.start - offset]
        sentence = _SUB.split(before)[-1]
        if _CUE.search(sentence):
            yield period
