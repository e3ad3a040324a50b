"""The bounds of a report in its text: the table of contents above its parts, the report that follows it.

Both repeat what a report has once, its headings or its title, and would be read as more parts of it.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from nianbao.text.folding import fold
from nianbao.text.source import Span

_LINE = re.compile(r"[^\r\n]+")
# In contents a page number may follow; not the rows of table three, which begin so too.
_FIRST_PART = re.compile(
    r"(?m)^[ \t\u3000#*>-]*(?:一[ \t]*[、.．]|第一部分)[^|\t\r\n]*(?:\t+\d{0,3}[ \t]*)?(?=[\r\n]|\Z)"
)
_OVERVIEW = re.compile(
    r"(?m)^[ \t\u3000#*]*(?:一[ \t]*[、.．]|第一部分)[ \t\u3000]*(?:.{0,12}总体情况|概述|概况|基本情况)"
)
_ENTRY = re.compile(
    r"[ \t\u3000#*>-]*(?:(?P<part>[一二三四五六七八九十]{1,3}[ \t]*[、.．]|第[一二三四五六七八]部分)"
    r"|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.、．])[ \t\u3000]*(?P<title>[^|。；\r\n]{2,80})"
)
_CAPTION = re.compile(r"[#*\s【\[]*目[ \t\u3000]*[录次][】\]*：:\s]*")
_TITLE = re.compile(
    r"[#*\s《]*[^。，,；：:|]{0,40}信息公开[^。，,；：:|]{0,14}(?:报告|年报)[》（()）\d年度*\s]*"
)
_FEWEST_ENTRIES = 3
_BLANK = " \t\u3000*"
_LEADERS = ".…·⋯‥_—-"


class Bounds(NamedTuple):
    """What in a text is no part of its report: the lines of its *contents*, and all from the title of a *second* one."""

    contents: Span | None = None
    second: Span | None = None

    def within(self, text: str) -> str:
        """Return *text* as far as its report goes, with spaces for the contents; offsets stay as they are."""
        if self.second is not None:
            text = text[: self.second.start]
        if self.contents is not None:
            start, end = self.contents
            text = text[:start] + re.sub(r"[^\r\n]", " ", text[start:end]) + text[end:]
        return text


class _Entry(NamedTuple):
    """A line that begins with a numeral: its folded title without a page number, and whether it names a part."""

    title: str
    is_part: bool
    is_first: bool


def bounds_of(text: str) -> Bounds:
    """Return the bounds of the report in *text*; one that begins part one only once has no others."""
    firsts = _FIRST_PART.finditer(text)
    if next(firsts, None) is None or next(firsts, None) is None:
        return Bounds()
    contents = _contents(text)
    return Bounds(contents, _second(text, contents.end if contents is not None else 0))


def _contents(text: str) -> Span | None:
    """Return the first run of lines that name at least three parts, most of which come again below it."""
    lines = [match for match in _LINE.finditer(text) if match[0].strip()]
    entries = [_entry(match[0]) for match in lines]
    last = {entry.title: number for number, entry in enumerate(entries) if entry is not None}
    end = 0
    for start, entry in enumerate(entries):
        if start < end or entry is None or not entry.is_first:
            continue
        end = _end(entries, start)
        parts = [each for each in entries[start:end] if each is not None and each.is_part]
        again = sum(last[each.title] >= end for each in parts)
        if len(parts) >= _FEWEST_ENTRIES and 2 * again > len(parts):
            captioned = start > 0 and _CAPTION.fullmatch(lines[start - 1][0]) is not None
            return Span(lines[start - captioned].start(), lines[end - 1].end())
    return None


def _end(entries: Sequence[_Entry | None], start: int) -> int:
    """Return the end of the run of entries from *start*; part one of the report itself may follow at once."""
    for number in range(start + 1, len(entries)):
        entry = entries[number]
        if entry is None or entry.is_first:
            return number
    return len(entries)


def _entry(line: str) -> _Entry | None:
    match = _ENTRY.fullmatch(line)
    if match is None:
        return None
    title = match["title"].rstrip(_BLANK).rstrip("0123456789（()）").rstrip(_BLANK + _LEADERS)
    if not title or "\t" in title:  # a row of a table
        return None
    part = match["part"] or ""
    return _Entry(fold(title), bool(part), part.startswith(("一、", "一.", "一．", "一 ", "第一部分")))


def _second(text: str, start: int) -> Span | None:
    """Return the title of the report that follows the first one: the last above another part one on all the work."""
    overviews = [match.start() for match in _OVERVIEW.finditer(text, start)][:2]
    if len(overviews) < 2:
        return None
    first, other = overviews
    titles = [match for match in _LINE.finditer(text, first, other) if _TITLE.fullmatch(match[0])]
    return Span(*titles[-1].span()) if titles else None
