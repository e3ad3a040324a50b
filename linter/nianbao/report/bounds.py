"""The bounds of a report in its text: the table of contents above its parts, the report that follows it.

Both repeat what a report has once, its headings or its title, and would be read as more parts of it.
"""

from collections.abc import Mapping, Sequence
from itertools import islice

from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

from nianbao.report.heading_marks import part_headings
from nianbao.report.issuer import infer
from nianbao.text.folding import fold
from nianbao.text.source import Span

_LINE = re.compile(r"[^\r\n]+")
# Looked for behind a line end: a sign that is sure is found ten times as fast as the beginning of a line.
_SEVERAL_ENTRIES = re.compile(
    r"\n[ \t\u3000#*>-]*(?:一[ \t]*[、.．]|第一部分)(?:[^\r\n|。；\t][^\r\n|。；]{0,80}[\r\n]+[ \u3000]*){2}[^\r\n|。；\t]"
)
_OVERVIEW = re.compile(
    r"(?m)^[ \t\u3000#*]*(?:一[ \t]*[、.．]|第一部分)[ \t\u3000]*(?:.{0,12}总体情况|概述|概况|基本情况)"
)
_PART_ONE = r"(?:总体情况|概述|概况|基本情况)"
_ENDS_A_LINE = re.compile(rf"{_PART_ONE}[*。：:；;】 \t]*[\r\n]")
_AGAIN = re.compile(_PART_ONE)
_NUMERAL = re.compile(
    r"[ \t\u3000#*>-]*(?P<numeral>[一二三四五六七八九十]{1,3}[ \t]*[、.．]|第[一二三四五六七八]部分|[（(][一二三四五六七八九十]{1,3}[）)]"
    r"|\d{1,2}[.、．])?[ \t\u3000]*"
)
_CAPTION = re.compile(
    r"(?m)^(?:[#*【\[]|[^\S\n])*(?:CONTENTS\s*)?目[ \t\u3000]*[录次][】\]*：: \t\u3000]*$", re.IGNORECASE
)
_IN_ONE_LINE = re.compile(
    r"(?m)^(?:[#*【\[]|[^\S\n])*目[ \t\u3000]*[录次][】\]*：: \t\u3000]*(?=[一1]\s*[、.．])[^。\r\n]*$"
)
_MAY_BE_CAPTION = re.compile(r"目[ \t\u3000]*[录次][】\]*：: \t\u3000]*(?:[\r\n一1]|$)")
_NO_ENTRY = re.compile("[|。；]|新收政府信息公开申请数")  # the first row of table three is none either
_TITLE = re.compile(
    r"[#*\s《]*[^。，,；：:|]{0,40}信息公开[^。，,；：:|]{0,14}(?:报告|年报)[》（()）\d年度*\s]*"
)
_FEWEST_ENTRIES = 3
_ABOVE = 120  # characters of lines above a title
_YEAR_ALONE = re.compile(r"^[^。，；：|]{0,30}20\d\d年度?$")
_PAGE = " \t\u3000*.…·⋯‥_—–-0123456789（()）第页ivxIVX"  # behind a title: leaders and the number of the page
_LONGEST = 80


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
    """A line that may be of a table of contents: its folded title, "" for a page alone, and what is around that."""

    title: str
    numbered: bool
    is_first: bool
    paged: bool


def bounds_of(text: str) -> Bounds:
    """Return the bounds of the report in *text*; one that begins part one only once and has no contents has no others."""
    captioned = _MAY_BE_CAPTION.search(text) and (_CAPTION.search(text) or _IN_ONE_LINE.search(text))
    contents = _contents(text) if captioned or _SEVERAL_ENTRIES.search("\n" + text) else None
    if contents is None and not _may_begin_again(text):
        return Bounds()
    return Bounds(contents, _second(text, contents.end if contents is not None else 0))


def _may_begin_again(text: str) -> bool:
    """Return whether the words of part one come again below it: only then may there be two reports."""
    first = _ENDS_A_LINE.search(text)
    return first is not None and _AGAIN.search(text, first.end()) is not None


def _contents(text: str) -> Span | None:
    """Return the first run of lines that name at least three parts or aspects, most of which come again below it."""
    whole = _IN_ONE_LINE.search(text)
    if whole is not None:
        return Span(*whole.span())
    lines = [match for match in _LINE.finditer(text) if match[0].strip()]
    entries = [_entry(match[0]) for match in lines]
    last = {entry.title: number for number, entry in enumerate(entries) if entry is not None}
    end = 0
    for start, entry in enumerate(entries):
        captioned = start > 0 and _CAPTION.fullmatch(lines[start - 1][0]) is not None
        if start < end or entry is None or not (entry.is_first or captioned):
            continue
        end = _end(entries, start, last, captioned=captioned)
        titles = {entry.title for entry in entries[start:end] if entry is not None} - {""}
        again = sum(last[title] >= end for title in titles)
        if again >= _FEWEST_ENTRIES and 2 * again > len(titles):
            return Span(lines[start - captioned].start(), lines[end - 1].end())
    return None


def _end(entries: Sequence[_Entry | None], start: int, last: Mapping[str, int], *, captioned: bool) -> int:
    """Return the end of the run of entries from *start*; part one of the report itself may follow at once.

    Below a caption an entry may have no numeral, if its title comes again or a page is behind it.
    """
    seen: set[str] = set()
    for number in range(start, len(entries)):
        entry = entries[number]
        if entry is None or (entry.title and entry.title in seen):
            return number
        known = entry.numbered or (captioned and (entry.paged or last[entry.title] > number))
        if entry.title and not known:
            return number
        seen.add(entry.title)
    return len(entries)


def _entry(line: str) -> _Entry | None:
    """Return *line* as an entry, None if it is a sentence or a row of a table."""
    if len(line) > _LONGEST or _NO_ENTRY.search(line):
        return None
    match = _NUMERAL.match(line)
    numeral = (match["numeral"] or "") if match is not None else ""
    rest = line[match.end() :] if match is not None else line
    title = rest.rstrip(_PAGE)
    page = rest[len(title) :].strip(" \t\u3000*")
    if "\t" in title or "\t" in page:  # a row of a table
        return None
    is_first = numeral.startswith(("一、", "一.", "一．", "一 ", "第一部分"))
    return _Entry(fold(title), bool(numeral), is_first, bool(page))


def _second(text: str, start: int) -> Span | None:
    """Return the title of the report that follows the first one, or its part one if it has none."""
    again = _again(text, start)
    overviews = [match.start() for match in islice(_OVERVIEW.finditer(text, start), 2)]
    if len(overviews) == 2:
        first, other = overviews
    elif again is not None:
        first, other = again[0].end, again[1].start
    else:
        return None
    titles = [match for match in _LINE.finditer(text, first, other) if _TITLE.fullmatch(match[0])]
    if titles:
        return _with_organ(text, Span(*titles[-1].span()))
    return again[1] if again is not None else None


def _again(text: str, start: int) -> tuple[Span, Span] | None:
    """Return the heading of part one, and where it comes again with at least three parts before and behind it."""
    parts = [(key, span) for key, span in part_headings(text) if span.start >= start]
    if len(parts) < 2 or not text[parts[0][1].end : parts[1][1].start].strip():
        return None  # a list of the parts
    last = {key: number for number, (key, _) in enumerate(parts)}
    before: dict[str, Span] = {}
    for number, (key, span) in enumerate(parts):
        if key == "overview" and key in before and len(before) >= _FEWEST_ENTRIES:
            enough = sum(at >= number for at in last.values()) >= _FEWEST_ENTRIES
            return (before[key], span) if enough else None
        before.setdefault(key, span)
    return None


def _with_organ(text: str, title: Span) -> Span:
    """Return *title* with the lines above that have its organ and its year."""
    above = [
        match for match in _LINE.finditer(text, max(0, title.start - _ABOVE), title.start) if match[0].strip()
    ]
    start = title.start
    for match in reversed(above[-2:]):
        words = "".join(match[0].split()).strip("#*")
        if not _YEAR_ALONE.search(words) and infer(words).level is None:
            break
        start = match.start()
    return Span(start, title.end)
