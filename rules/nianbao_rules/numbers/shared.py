"""Totals and their parts, percentages of a whole, and figures that belong together."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from nianbao.api import (
    Breakdown,
    Edit,
    Finding,
    Fix,
    Piece,
    Quantity,
    Related,
    Report,
    Span,
    Text,
    Undecided,
    Undetermined,
    breakdowns,
    number,
    quantities,
    same,
)
from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

from nianbao_rules.shared.changes import percentage, rounded

_CHANNELS = Text(
    "分项按发布渠道划分，同一条信息可以在几个渠道发布，各分项之和可以超过合计",
    "the parts are channels, and one item may be published in several of them",
)
_OVERLAPPING = Text(
    "各分项可能有重复，看不出能不能相加",
    "the parts may overlap, so whether they can be added up is not known",
)
_EXAMPLES = Text(
    "列出的分项不到合计的一半，看不出是全部还是举例",
    "the parts are less than half of the total: they may be examples only",
)
_CHANNEL = r"网站|网页|微信|微博|公众号|新媒体|客户端|抖音|快手|[公告宣][示开告传]栏|报纸|报刊|电视|广播|显示屏|电子屏|LED|APP|平台(?!建设)"
_ARRIVES_ONCE = r"申请|建议|提案|信件|来信|来电|咨询|诉求|留言|复议|诉讼|阅读|浏览|访问|点击|播放"
# What is adopted is divided by who adopted it: 上报186条，被采用38条，其中省级9条、市级29条.
_ADOPTED = r"(?:采用|录用|采纳|刊用)了?$"
_TWICE = r"同时|兼|重复|重叠|交叉|一并"
# A remark right after the parts that some items are counted in two.
_SAID_TWICE = r"[^。\n]{0,24}(?:重复|重叠|交叉|同时(?:列入|属于|计入|归入|涉及))"
_DONE = r"(?<![未不])(?:办结|办复|答复|回复|采纳|满意|落实|解决)(?!不|未)"
_SHAPES = r"图解|图片|图文|文字|视频|音频|动漫|漫画|H5"
# The fault of one level of a breakdown: "" for none, a text for the reason why it is undetermined.
Fault = Literal["over", "under", ""] | Text


def _fault(report: Report, level: Breakdown) -> Fault:
    low, high = level.sum
    least, most = level.total.low or Decimal(0), level.total.high
    if level.holds:
        return ""
    if most is not None and low > most:
        reason = _overlap(report, level)
        return reason or "over"
    if _goes_on(report, level) or _shared_out(report, level):
        return ""
    few = level.cue == "including" and high is not None and 2 * high < least
    return _EXAMPLES if few else "under"


def _goes_on(report: Report, level: Breakdown) -> bool:
    """Return whether the next sentence goes on with the parts of *level*, so that they come to its total."""
    end = level.figures[-1].whole.end
    rest = report.text[end : end + _REACH].partition("\n")[0]
    stop = rest.find("。")
    if not _exact(level) or stop < 0 or quantities(rest[:stop]):
        return False
    left = level.total.value - level.sum[0]
    for figure in quantities(rest[stop + 1 :]):
        if not figure.counted or figure.unit != level.total.unit:
            return False
        left -= figure.value
        if left <= 0:
            return left == 0
    return False


_REACH = 200  # characters
# The share that is given with a part: 80条，占比40%.
_WITH_SHARE = r"[^，,。；;、（(\d]{0,8}[，,（(]?\s*约?占[^，,。；;\d]{0,14}(?P<share>\d+(?:\.\d+)?)\s*[%％]"
_ALL_BUT = 97  # percent; shares that come to less say themselves that they are not all


def _shared_out(report: Report, level: Breakdown) -> bool:
    """Return whether each part of *level* comes with its share, and these are not the whole."""
    pattern = re.compile(_WITH_SHARE)
    shares = [pattern.match(report.text, figure.whole.end) for figure in level.figures]
    return all(shares) and sum(Decimal(share["share"]) for share in shares if share) < _ALL_BUT


def _overlap(report: Report, level: Breakdown) -> Text | None:
    """Return the reason why one item may be counted in two parts of *level*, None for none."""
    figures = level.figures
    words = [f"{figure.lead}{figure.tail}" for figure in figures]
    once = re.search(_ARRIVES_ONCE, level.total.lead + level.total.tail)
    if not once and any(re.search(_CHANNEL, word) for word in words):
        return _CHANNELS
    cue = report.text[level.total.whole.end : figures[0].whole.start]
    if "涉及" in cue:
        return _OVERLAPPING
    remark = re.compile(_SAID_TWICE).match(report.text, figures[-1].whole.end)
    if remark or any(re.search(_TWICE, word) for word in words):
        return _OVERLAPPING
    shaped = sum(bool(re.search(_SHAPES, figure.noun)) for figure in figures)
    done = sum(bool(re.search(_DONE, word)) for word in words)
    return _OVERLAPPING if 0 < shaped < len(figures) or done > 1 else None


def _levels(division: Breakdown) -> Iterator[Breakdown]:
    """Yield *division* and the divisions of its parts, each before those of its own parts."""
    yield division
    for part in division.parts:
        if isinstance(part, Breakdown):
            yield from _levels(part)


class Case(NamedTuple):
    """One cause: its fault, its total, the levels that show it, and whether the total is itself a part."""

    fault: Fault
    total: Quantity
    shown: tuple[Breakdown, ...]
    nested: bool = False


@lru_cache(maxsize=1)  # two rules ask, one after the other
def cases_of(report: Report) -> tuple[Case | Undetermined, ...]:
    """Return the faults of the totals of *report*, and those that are undetermined."""
    cases: list[Case | Undetermined] = []
    for piece in report.paragraphs:
        for division in breakdowns(piece.text, piece.span.start):
            if isinstance(division, Undecided):
                cases.extend(_read_in_several_ways(report, division))
            else:
                cases.extend(_one_cause_each(report, division))
    return tuple(cases)


def _read_in_several_ways(report: Report, division: Undecided) -> Iterator[Case | Undetermined]:
    """Yield a case if every reading of *division* is wrong, an undetermined result if one may be right."""
    inner = [
        {
            level.total.span: level
            for level in _levels(reading)
            if level is not reading and _fault(report, level) == "over"
        }
        for reading in division.readings
    ]
    for span in inner[0] if inner else ():
        if all(span in levels for levels in inner):
            yield Case("over", inner[0][span].total, (inner[0][span],))
            return
    faults = [_fault(report, reading) for reading in division.readings]
    if (faults and not any(faults)) or any(map(_comes_out, division.readings)):
        return
    adopted = division.readings and re.search(_ADOPTED, division.readings[0].total.lead.strip())
    if adopted and not isinstance(faults[0], Text) and faults[0]:
        yield Case(faults[0], division.readings[0].total, division.readings[:1])
        return
    if not faults or not all(faults) or any(isinstance(fault, Text) for fault in faults):
        yield Undetermined(division.reason)
        return
    over = all(fault == "over" for fault in faults)
    yield Case("over" if over else "under", division.readings[0].total, division.readings)


def _comes_out(level: Breakdown) -> bool:
    """Return whether *level* has two or more parts that add up to exactly its total, which is no accident."""
    return len(level.parts) > 1 and _exact(level) and level.sum[0] == level.total.value != 0


def _one_cause_each(report: Report, division: Breakdown) -> Iterator[Case | Undetermined]:
    levels = [(level, _fault(report, level)) for level in _levels(division)]
    faulty = {level.total.span: level for level, fault in levels if fault}
    reported: set[Span] = set()
    for level, fault in levels:
        if isinstance(fault, Text):
            yield Undetermined(fault)
            continue
        if not fault or level.total.span in reported:
            continue
        inner = next((part for part in level.parts if _explains(part, level, faulty)), None)
        if isinstance(inner, Breakdown):
            reported.add(inner.total.span)
            yield Case("over", inner.total, (level, inner), nested=True)
        else:
            yield Case(fault, level.total, (level,))


def _explains(part: Quantity | Breakdown, level: Breakdown, faulty: dict[Span, Breakdown]) -> bool:
    """Return whether *level* would hold if the total of *part* were the sum of its own parts."""
    if not isinstance(part, Breakdown) or part.total.span not in faulty or not _exact(part, level):
        return False
    return part.total.value - part.sum[0] == level.sum[0] - level.total.value


def _exact(*levels: Breakdown) -> bool:
    return all(figure.exact for level in levels for figure in (level.total, *level.figures))


_STATED = {"about": "约{}", "at_least": "{}余", "at_most": "不超过{}", "range": "{}以上"}


def _stated(figure: Quantity) -> str:
    return _STATED.get(figure.kind, "{}").format(number(figure.value))


def _sum(level: Breakdown) -> str:
    """Return the sum of the parts compared with the total: `143 + 67 = 210 ≠ 212`, `200 + 100余 ≥ 300 > 276`."""
    parts, total = " + ".join(map(_stated, level.figures)), _stated(level.total)
    low, high = level.sum
    over = level.total.high is not None and low > level.total.high
    more = ("≠" if level.total.exact else ">" if over else "<") if low == high else ">" if over else "<"
    if len(level.figures) == 1:
        return f"{parts} {'>' if over else '<'} {total}"
    if low == high:
        return f"{parts} = {number(low)} {more} {total}"
    return f"{parts} {'≥' if over else '≤'} {number(low if over else high)} {more} {total}"


def _sums(levels: Iterable[Breakdown]) -> Text:
    sums = [_sum(level) for level in levels]
    return Text("；".join(sums), "; ".join(sums))


def misadded(report: Report, case: Case, message: Text, advice: Text) -> Finding:
    """Return the finding on *case*, at its total, with its parts as related places."""
    span = case.total.whole
    total, sums = f"“{report.text[span.start : span.end].strip()}”", _sums(case.shown)
    figures = {figure.span: figure for level in case.shown for figure in (level.total, *level.figures)}
    related = tuple(
        Related(figure.whole, same(report.text[figure.whole.start : figure.whole.end]))
        for figure in figures.values()
        if figure.span != case.total.span
    )
    return Finding(
        span, message.fill(total=total, sums=sums), advice, related=related, data={"sums": sums.zh}
    )


_SHARE = Text(
    "“{words}”与所依据的数不符：{quotient} ≠ {stated}%",
    "“{words}” does not follow from the figures: {quotient} ≠ {stated}%",
)
_SHARE_HELP = Text(
    "核对这几个数；数都无误的，百分比写作{right}%",
    "check these figures; if they are right the percentage is {right}%",
)
_SHARE_FIX = Text("把{old}%改为{right}%", "change {old}% to {right}%")


def misstated(report: Report, stated: Quantity, part: Decimal, whole: Decimal, words: str) -> Finding:
    """Return the finding that the percentage *stated* is not that of *part* in *whole*."""
    exact = percentage(part, whole)
    shown = rounded(exact, stated.places + 2)
    sign = "=" if shown == exact else "≈"
    quotient = f"{number(part)} ÷ {number(whole)} {sign} {number(shown)}%"
    right = str(rounded(exact, stated.places))
    old = report.text[stated.span.start : stated.span.end]
    message = _SHARE.fill(words=words, quotient=quotient, stated=number(stated.value))
    fix = Fix(_SHARE_FIX.fill(old=old, right=right), False, (Edit(stated.span, old, right),))
    return Finding(stated.whole, message, _SHARE_HELP.fill(right=right), data={"quotient": quotient}, fix=fix)


def parted(piece: Piece, figures: Iterable[Quantity], stops: str) -> Iterator[list[Quantity]]:
    """Yield the *figures* of *piece* in runs without one of *stops* between them."""
    run: list[Quantity] = []
    for figure in figures:
        if run:
            between = piece.text[run[-1].whole.end - piece.span.start : figure.span.start - piece.span.start]
            if any(stop in between for stop in stops):
                yield run
                run = []
        run.append(figure)
    if run:
        yield run


SEGMENTS = "。！？\n；;"
