"""Series of numbered headings and items, 一是 … 二是 …, （1） … （2） …, and how many are announced."""

from collections.abc import Iterable, Iterator, Sequence

from nianbao.api import Piece, Report, Section, Span
from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

from nianbao_rules.shared.headings import NUMERALS, VALUES, lines


class Numbered(NamedTuple):
    """A heading or item of a series: its words, its numeral as printed ("" for none), its number, whether it is a heading."""

    text: str
    span: Span
    numeral: str
    value: int | None
    headed: bool


_NESTED = 3  # so many series may be open at once


def series_of(items: Iterable[Numbered]) -> list[list[Numbered]]:
    """Return *items* grouped into series; （一） begins a series, perhaps inside another one."""
    all_series: list[list[Numbered]] = []
    unfinished: list[list[Numbered]] = []
    doubled: list[tuple[list[Numbered], list[Numbered]]] = []
    for item in items:
        before = [depth for depth, s in enumerate(unfinished) if s[-1].value == (item.value or 0) - 1]
        if item.value == 1 or not unfinished:
            series = [item]
            if unfinished and len(unfinished[-1]) == 1 and item.headed and unfinished[-1][0].headed:
                doubled.append((unfinished[-1], series))
            all_series.append(series)
            unfinished = [*unfinished, series][-_NESTED:]
        else:
            del unfinished[(before[-1] if before else len(unfinished)) + 1 :]
            unfinished[-1].append(item)
    for first, second in doubled:
        if len(first) == 1:  # no item continued it: （一） is doubled, not one series inside the other
            second.insert(0, first.pop())
    return [series for series in all_series if series]


_WORDS = r"[\u4e00-\u9fff“《]"
_HEAD = r"(?:^|(?<=[，。；：、,;:\s“]))"
# 是 and 要 take turns; a figure that is no mark of a list has no words behind it.
_MARKS = {
    "一是": rf"{_HEAD}([{NUMERALS}]{{1,3}})[是要](?!否)",
    "第一": rf"{_HEAD}第([{NUMERALS}]{{1,3}})(?=[，、：是])",
    "其一": rf"{_HEAD}其([{NUMERALS}])(?=[，、：是])",
    "1.": rf"{_HEAD}(\d{{1,2}})[.．、] ?(?={_WORDS})",
    "（1）": rf"(?<![第见件表图注式\d])[（(](\d{{1,2}})[)）] ?(?={_WORDS})(?![项款条件号])",
    "1）": rf"{_HEAD}(\d{{1,2}})[)）] ?(?={_WORDS})",
    "①": rf"(?<!\d)([①-⑳]) ?(?={_WORDS})",
    "（一）": rf"(?<!第)[（(]([{NUMERALS}]{{1,3}})[)）](?![项款条类])",
}
# In every text that has such a mark; a class of signs is looked for much faster than what may be before them.
_IN_MARK = {
    "一是": f"[{NUMERALS}][是要]",
    "第一": f"第[{NUMERALS}]",
    "其一": f"其[{NUMERALS}]",
    "1.": r"[0-9][.．、]",
    "（1）": r"[0-9][)）]",
    "1）": r"[0-9][)）]",
    "①": "[①-⑳]",
    "（一）": f"[{NUMERALS}][)）]",
}
SPOKEN = ("一是", "第一", "其一")
_CIRCLED = ord("①") - 1
_COUNTED = rf"(?<![第前后余其多近])([两{NUMERALS}]{{1,3}}|\d{{1,2}})(方面|[个大项种类条]|点)([\u4e00-\u9fff]{{0,12}}?)(?=[，,、]|$|[两{NUMERALS}]+(?:方面|[个大项种类条点]))"
_THINGS = r"方面|问题|不足|措施|举措|工作|任务|渠道|途径|短板|环节|特点|困难|差距|原因|做法|方式|点"
_NEXT_CLAUSE = r"[^。：\n]*；|[^，；。：\n]+，"
_REACH = 60  # characters before a series in which its number is announced


class Enumeration(NamedTuple):
    """Items numbered in one notation, as 一是 or （1）."""

    notation: str
    items: tuple[Numbered, ...]


def enumerations(report: Report, section: Section) -> Iterator[tuple[str, int, tuple[Enumeration, ...]]]:
    """Yield the texts under the headings （一） of *section*, their offsets, and the enumerations in each."""
    group: list[Piece] = []
    for line, headed in lines(section.part):
        if headed and group:
            yield _enumerations(report, group)
            group = []
        group.append(line)
    if group:
        yield _enumerations(report, group)


def numbered(item: Numbered, value: int) -> str:
    """Return the mark of *item* with the number *value*: 二是 for 三是."""
    numeral = str(value)
    if "①" <= item.numeral <= "⑳":
        numeral = chr(_CIRCLED + value)
    elif not item.numeral.isdecimal():
        numeral = next((han for han, number in VALUES.items() if number == value), numeral)
    return item.text.replace(item.numeral, numeral)


def _enumerations(report: Report, group: Sequence[Piece]) -> tuple[str, int, tuple[Enumeration, ...]]:
    start = end = group[0].span.start
    written: list[str] = []
    for piece in group:  # offsets stay: what is between the lines, a table perhaps, is left blank
        written += ["\n" * (piece.span.start - end), report.source[piece.span]]
        end = piece.span.end
    text = "".join(written) + "\n"
    found: list[Enumeration] = []
    for notation, pattern in _MARKS.items():
        if not re.search(_IN_MARK[notation], text):
            continue
        items = [
            Numbered(
                match[0].strip(), Span(start + match.start(), start + match.end()), match[1], value, False
            )
            for match in re.finditer(pattern, text, re.MULTILINE)
            if (value := _value(match[1])) is not None
        ]
        found += [Enumeration(notation, tuple(series)) for series in _joined(text, start, series_of(items))]
    return text, start, tuple(found)


def _joined(text: str, start: int, all_series: list[list[Numbered]]) -> Iterator[list[Numbered]]:
    """Yield *all_series*; 一是 written again in the next clause begins no other one."""
    alone: list[Numbered] = []
    for series in all_series:
        between = text[alone[0].span.end - start : series[0].span.start - start] if alone else ""
        if alone and not re.fullmatch(_NEXT_CLAUSE, between):
            yield alone
            alone = []
        alone = [*alone, *series]
        if len(alone) > 1:
            yield alone
            alone = []
    if alone:
        yield alone


def _value(numeral: str) -> int | None:
    if "①" <= numeral <= "⑳":
        return ord(numeral) - _CIRCLED
    return int(numeral) if numeral.isdecimal() else VALUES.get(numeral)


def announced(text: str, at: int, count: int) -> str:
    """Return the words before offset *at* of *text* that announce another number of things than *count*; "" for none."""
    before = text[max(0, at - _REACH) : at].rstrip("：:，。,\n \u3000")
    before = re.split("[。；：:]", before)[-1]
    said = [
        (2 if match[1] == "两" else _value(match[1]), match[0])
        for match in re.finditer(_COUNTED, before)
        if re.search(_THINGS, match[2] + match[3])
    ]
    if not said or not before.endswith(said[-1][1]) or any(number == count for number, _ in said):
        return ""
    return said[-1][1]
