"""Figures in sentences that have to agree with one another."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from nianbao.api import (
    Breakdown,
    Comparison,
    Context,
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
    comparisons,
    number,
    quantities,
    rule,
    same,
)

from nianbao_rules.basis import ACCURATE, ACCURATE_BY_LAW, OWN_READING

Results = Iterator[Finding | Undetermined]

# -- a total and its parts -----------------------------------------------------------------------------

_OVER = Text(
    "{total}的各分项之和超过合计：{sums}", "the parts of {total} come to more than the total: {sums}"
)
_SUBTOTAL = Text(
    "分项{total}有误，它自己的分项和它所在的合计因此都不符：{sums}",
    "the part {total} agrees neither with its own parts nor with the total it is in: {sums}",
)
_UNDER = Text(
    "{total}的各分项之和不足合计：{sums}", "the parts of {total} come to less than the total: {sums}"
)
_NEITHER_WAY = Text(
    "{total}的分项到哪里为止有不同的读法，但哪一种都与合计不符：{sums}",
    "the parts of {total} can be read in several ways, none of which agrees with the total: {sums}",
)
_SUM_HELP = Text(
    "对照台账核对合计和每个分项，改正有误的数；同一件计入了几个分项的，在文中写明",
    "check the total and each part against the ledger; where one is counted in several parts, say so",
)
_UNDER_HELP = Text(
    "对照台账核对；没有列全的，在最后一项后面加“等”，或者补上“其他”一项",
    "check them against the ledger; where not all are listed, write 等 behind the last or add 其他",
)
_CHANNELS = Text(
    "分项按发布渠道划分，同一条信息可以在几个渠道发布，各分项之和可以超过合计",
    "the parts are channels, and one thing may be published in several of them",
)
_OVERLAPPING = Text(
    "各分项可能有重复，看不出能不能相加", "the parts may overlap, so whether they add up cannot be told"
)
_EXAMPLES = Text(
    "列出的分项不到合计的一半，看不出是全部还是举例",
    "the parts are less than half of the total: they may be examples only",
)
_CHANNEL = r"网站|网页|微信|微博|公众号|新媒体|客户端|抖音|快手|[公告宣]\w?[示开告传]栏|报纸|报刊|电视|广播|显示屏|电子屏|LED|APP|平台(?!建设)"
_ARRIVES_ONCE = r"申请|建议|提案|信件|来信|来电|咨询|诉求|留言|复议|诉讼"
_TWICE = r"同时|兼|重复|重叠|交叉|一并|不重复"
# A remark right behind the parts that some of them stand in two.
_SAID_TWICE = r"[，,；;（( ]*[^。\n]{0,24}(?:重复|重叠|交叉|同时(?:列入|属于|计入|归入|涉及))"
_REMARK = 40
_DONE = r"(?<![未不])(?:办结|办复|答复|回复|采纳|满意|落实|解决)(?!不|未)"
_SHAPES = r"图解|图片|图文|文字|视频|音频|动漫|漫画|H5"


# What is wrong with one level of a breakdown: nothing (""), or why what looks wrong may yet be right.
Fault = Literal["over", "under", ""] | Text


def _fault(report: Report, level: Breakdown) -> Fault:
    low, high = level.sum
    least, most = level.total.low or Decimal(0), level.total.high
    if level.holds:
        return ""
    if most is not None and low > most:
        reason = _overlap(report, level)
        return reason or "over"
    few = level.cue == "including" and high is not None and 2 * high < least
    return _EXAMPLES if few else "under"


def _overlap(report: Report, level: Breakdown) -> Text | None:
    """Return why one thing may be counted in two parts of *level*, None where nothing says that it may."""
    figures = level.figures
    words = [f"{figure.lead}{figure.tail}" for figure in figures]
    once = re.search(_ARRIVES_ONCE, level.total.lead + level.total.tail)
    if not once and any(re.search(_CHANNEL, word) for word in words):
        return _CHANNELS
    cue = report.text[level.total.whole.end : figures[0].whole.start]
    if "涉及" in cue:
        return _OVERLAPPING
    if any(re.search(_TWICE, word) for word in words) or re.match(
        _SAID_TWICE, report.text[figures[-1].whole.end :][:_REMARK]
    ):
        return _OVERLAPPING
    shaped = sum(bool(re.search(_SHAPES, figure.noun)) for figure in figures)
    done = sum(bool(re.search(_DONE, word)) for word in words)
    return _OVERLAPPING if 0 < shaped < len(figures) or done > 1 else None


def _levels(division: Breakdown) -> Iterator[Breakdown]:
    """Yield *division* and what its parts are divided into, each before its own parts."""
    yield division
    for part in division.parts:
        if isinstance(part, Breakdown):
            yield from _levels(part)


class _Case(NamedTuple):
    """One cause: what is wrong, at which total, and the levels that show it."""

    fault: Fault
    total: Quantity
    shown: tuple[Breakdown, ...]
    nested: bool = False


@lru_cache(maxsize=1)  # two rules ask, one after the other
def _cases(report: Report) -> tuple[_Case | Undetermined, ...]:
    """Return what is wrong with the totals of *report*, and what cannot be told."""
    cases: list[_Case | Undetermined] = []
    for piece in report.paragraphs:
        for found in breakdowns(piece.text, piece.span.start):
            if isinstance(found, Undecided):
                cases.extend(_read_in_several_ways(report, found))
            else:
                cases.extend(_one_cause_each(report, found))
    return tuple(cases)


def _read_in_several_ways(report: Report, found: Undecided) -> Iterator[_Case | Undetermined]:
    """Yield a case where each reading is wrong; where one may be right, that it cannot be told."""
    faults = [_fault(report, reading) for reading in found.readings]
    if (faults and not any(faults)) or any(map(_comes_out, found.readings)):
        return
    if not faults or not all(faults) or any(isinstance(fault, Text) for fault in faults):
        yield Undetermined(found.reason)
        return
    over = all(fault == "over" for fault in faults)
    yield _Case("over" if over else "under", found.readings[0].total, found.readings)


def _comes_out(level: Breakdown) -> bool:
    """Return whether its parts, two at the least, are the total to the last one: that is no accident."""
    return len(level.parts) > 1 and _exact(level) and level.sum[0] == level.total.value != 0


def _one_cause_each(report: Report, division: Breakdown) -> Iterator[_Case | Undetermined]:
    levels = [(level, _fault(report, level)) for level in _levels(division)]
    faulty = {level.total.span: level for level, fault in levels if fault}
    told: set[Span] = set()
    for level, fault in levels:
        if isinstance(fault, Text):
            yield Undetermined(fault)
            continue
        if not fault or level.total.span in told:
            continue
        inner = next((part for part in level.parts if _explains(part, level, faulty)), None)
        if isinstance(inner, Breakdown):
            told.add(inner.total.span)
            yield _Case("over", inner.total, (level, inner), nested=True)
        else:
            yield _Case(fault, level.total, (level,))


def _explains(part: Quantity | Breakdown, level: Breakdown, faulty: dict[Span, Breakdown]) -> bool:
    """Return whether *part*, made the sum of its own parts, would set *level* right too."""
    if not isinstance(part, Breakdown) or part.total.span not in faulty or not _exact(part, level):
        return False
    return part.total.value - part.sum[0] == level.sum[0] - level.total.value


def _exact(*levels: Breakdown) -> bool:
    return all(figure.exact for level in levels for figure in (level.total, *level.figures))


_STATED = {"about": "约{}", "at_least": "{}余", "at_most": "不超过{}", "range": "{}以上"}


def _stated(figure: Quantity) -> str:
    return _STATED.get(figure.kind, "{}").format(number(figure.value))


def _sum(level: Breakdown) -> str:
    """Return the sum of the parts against the total: `143 + 67 = 210 ≠ 212`, `200 + 100余 ≥ 300 > 276`."""
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


def _misadded(report: Report, case: _Case, message: Text, advice: Text) -> Finding:
    """Return the finding on *case*: at its total, with its parts beside it."""
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


@rule(
    "NUM001",
    "parts-exceed-total",
    summary=Text("分项之和不超过合计", "parts come to no more than their total"),
    basis=ACCURATE_BY_LAW,
)
def parts_exceed_total(report: Report, context: Context) -> Results:
    """“其中”各分项之和，不应超过前面的合计。

    为什么：条例第六条要求准确地公开政府信息；部分之和大于整体，合计和分项中必有一处是错的。
    按渠道列出的分项（同一条信息可以在网站和微信都发布）、可能重复的分项不作判断；“余”“约”一类的概数按其范围计算。
    分项自己又分几项的，逐层核算；一个小计写错使两层都不符的，只报一次。

    反例：公开政府信息212条，其中动态143条、目录67条、指南28条、转载45条：143 + 67 + 28 + 45 = 283 ≠ 212。
    正例：公开政府信息283条，其中动态143条、目录67条、指南28条、转载45条。

    怎样改：对照台账核对合计和各分项，改正有误的数。
    """
    for case in _cases(report):
        if isinstance(case, Undetermined):
            yield case
        elif case.fault == "over":
            message = _SUBTOTAL if case.nested else _OVER
            yield _misadded(report, case, message, _SUM_HELP)


@rule(
    "NUM002",
    "parts-below-total",
    summary=Text("分项之和不少于合计", "parts come to no less than their total"),
    basis=ACCURATE,
)
def parts_below_total(report: Report, context: Context) -> Results:
    """用“分别为”“分为”“由……组成”列出的分项，以及“其中”后面的两个以上分项，加起来应当等于合计。

    为什么：读者会把列出的分项当作全部；少了的几件不知道是什么。
    写明没有列全的（主要包括、等）不算；只列一项的不算；列出的不到合计的一半、看不出是不是举例的，不作判断。

    反例：公开信息18条，其中机构信息1条、政策4条、公告3条、财政1条、人事1条、规划6条：合计只有16条。
    正例：公开信息18条，主要包括政策4条、公告3条、规划6条。

    怎样改：核对各数；没有列全的，加“等”或者补上“其他”一项。
    """
    for case in _cases(report):
        if isinstance(case, Undetermined):
            yield case
        elif case.fault == "under":
            several = len(case.shown) > 1
            yield _misadded(report, case, _NEITHER_WAY if several else _UNDER, _UNDER_HELP)


# -- percentages ---------------------------------------------------------------------------------------

_SHARE = Text(
    "“{words}”与所依据的数不符：{quotient} ≠ {stated}%",
    "“{words}” does not follow from the figures: {quotient} ≠ {stated}%",
)
_SHARE_HELP = Text(
    "核对这几个数；数都无误的，百分比写作{right}%",
    "check these figures; if they are right the percentage is {right}%",
)
_SHARE_FIX = Text("把{old}%改为{right}%", "change {old}% to {right}%")
# Between a count and its share of the total: nothing that could name another whole.
_TAKES_UP = r"\s*[（(]\s*|[^，,。；;、（(]{0,10}[，,（(]?\s*占(?:比|总数|总量|总件数)?(?:的)?(?:比例|比重)?(?:为|是|达到?|：)?\s*"


def _percent(part: Decimal, whole: Decimal) -> Decimal:
    return 100 * part / whole


def _rounded(value: Decimal, places: int, how: str = ROUND_HALF_UP) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), rounding=how)


def _agrees(stated: Quantity, part: Decimal, whole: Decimal) -> bool:
    """Return whether *stated* is *part* of *whole* in per cent, rounded or cut off at its own precision."""
    exact = _percent(part, whole)
    return any(stated.value == _rounded(exact, stated.places, how) for how in (ROUND_HALF_UP, ROUND_DOWN))


def _misstated(report: Report, stated: Quantity, part: Decimal, whole: Decimal, words: str) -> Finding:
    """Return the finding on the percentage *stated*, which *part* and *whole* do not give."""
    exact = _percent(part, whole)
    shown = _rounded(exact, stated.places + 2)
    sign = "=" if shown == exact else "≈"
    quotient = f"{number(part)} ÷ {number(whole)} {sign} {number(shown)}%"
    right = str(_rounded(exact, stated.places))
    old = report.text[stated.span.start : stated.span.end]
    message = _SHARE.fill(words=words, quotient=quotient, stated=number(stated.value))
    fix = Fix(_SHARE_FIX.fill(old=old, right=right), False, (Edit(stated.span, old, right),))
    return Finding(stated.whole, message, _SHARE_HELP.fill(right=right), data={"quotient": quotient}, fix=fix)


class _Share(NamedTuple):
    """A count, and the percentage right behind it that says how much of a whole it is."""

    part: Quantity
    percent: Quantity


def _shares(piece: Piece, figures: Sequence[Quantity]) -> list[_Share]:
    start = piece.span.start
    return [
        _Share(part, percent)
        for part, percent in pairwise(figures)
        if percent.unit == "%" and percent.exact and percent.role == "count" and part.counted and part.exact
        and re.fullmatch(_TAKES_UP, piece.text[part.whole.end - start : percent.span.start - start])
    ]  # fmt: skip


def _wholes(piece: Piece) -> dict[Span, tuple[Quantity, ...]]:
    """Return of each part of a division that adds up the totals it may be a share of, the nearest first."""
    found: dict[Span, tuple[Quantity, ...]] = {}
    for division in breakdowns(piece.text, piece.span.start):
        readings = (division,) if isinstance(division, Breakdown) else division.readings
        for reading in readings:
            _enter(reading, (), found)
    return found


def _enter(level: Breakdown, above: tuple[Quantity, ...], found: dict[Span, tuple[Quantity, ...]]) -> None:
    totals = (level.total, *above)
    for part in level.parts:
        figure = part.total if isinstance(part, Breakdown) else part
        known = found.get(figure.span, ())
        more = [total for total in totals if level.holds and total not in known]
        found[figure.span] = (*known, *more)
        if isinstance(part, Breakdown):
            _enter(part, totals, found)


def _against_its_total(share: _Share, totals: Sequence[Quantity]) -> Decimal | None:
    """Return the whole that *share* ought to be of; None where it is right, or nothing can be said."""
    if not totals or not all(total.exact and total.value for total in totals):
        return None
    if any(_agrees(share.percent, share.part.value, total.value) for total in totals):
        return None
    return totals[0].value


_MOST_WHOLES = 12
_FEWEST_ALIKE = 2  # shares that have to agree on a whole before another is held against it


def _common_whole(shares: Sequence[_Share], counts: Sequence[Quantity]) -> Decimal | None:
    """Return the one count of which most of *shares* are what they say; None where there is no such one."""
    unit = shares[0].part.unit
    wholes = {count.value for count in counts if count.unit == unit and count.exact and count.value}
    if not 0 < len(wholes) <= _MOST_WHOLES:
        return None
    alike = {
        whole: sum(_agrees(share.percent, share.part.value, whole) for share in shares) for whole in wholes
    }
    best = max(alike.values())
    named = [whole for whole, count in alike.items() if count == best]
    return named[0] if len(named) == 1 and best >= _FEWEST_ALIKE and 2 * best > len(shares) else None


def _parted(piece: Piece, figures: Iterable[Quantity], stops: str) -> Iterator[list[Quantity]]:
    """Yield the *figures* of *piece*, those together that none of *stops* stands between."""
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


_SENTENCES = "。！？\n"
_SEGMENTS = "。！？\n；;"


@rule(
    "NUM003",
    "wrong-percentage",
    summary=Text("占比与所依据的数相符", "shares follow from the figures beside them"),
    basis=ACCURATE,
)
def wrong_percentage(report: Report, context: Context) -> Results:
    """“占百分之几”应当与旁边的数相符。

    为什么：读者会用前面的两个数复核；算不出写明的百分比，总有一个数是错的。
    按写明的位数四舍五入，或者直接舍去后面各位，都算对。只在占什么的比例确定时才判断：“其中”的分项占它的合计；
    并列的几个占比多数以同一个数为基数，其余的也以它为基数。

    反例：答复申请805件。予以公开258件，占33.9%；不予公开35件，占4.34%；不予处理158件，占19.6%。
    正例：答复申请805件。予以公开258件，占32.05%；不予公开35件，占4.34%；不予处理158件，占19.6%。

    怎样改：重新计算，改正百分比或者前面的数。
    """
    for piece in report.paragraphs:
        if "%" in piece.text or "％" in piece.text:
            yield from _wrong_shares(report, piece)


def _wrong_shares(report: Report, piece: Piece) -> Iterator[Finding]:
    figures = quantities(piece.text, piece.span.start)
    wholes = _wholes(piece)
    before: list[Quantity] = []
    for run in _parted(piece, figures, _SENTENCES):
        shares = _shares(piece, run)
        free = [share for share in shares if share.part.span not in wholes]
        common = None
        if free:
            parts = {share.part.span for share in free}
            counts = [figure for figure in (*before, *run) if figure.counted and figure.span not in parts]
            common = _common_whole(free, counts)
        for share in shares:
            if share.part.span in wholes:
                whole = _against_its_total(share, wholes[share.part.span])
            else:
                whole = common
            if whole is not None and not _agrees(share.percent, share.part.value, whole):
                words = (
                    share.percent.lead.strip()
                    + report.text[share.percent.whole.start : share.percent.whole.end]
                )
                yield _misstated(report, share.percent, share.part.value, whole, words)
        before = run


_RATE = (
    r"(?<!按时)(?<!按期)(?<!及时)(?<!限时)(?P<rate>办结|办复|答复|回复|处理|反馈)率(?:为|是|达到?|：|已)*$"
)
_RECEIVED = r"收到|受理|新收|接到|接收|接收到|交办|承办|共有|提交|提出|转来"
_FINISHED = r"(?:办结|办复|答复|回复|处理|反馈|办理)(?:回复|答复|完毕|完成|办结)?(?:了)?(?:共|共计|为)?$"
_CARRIED_IN = r"上年度?结转|结转上年|上年度?遗留"
_LEFT_OVER = r"结转|未办|尚未|正在|尚在|在办"


@rule(
    "NUM004",
    "wrong-rate",
    summary=Text("办结率、答复率与办结数、收到数相符", "rates of completion follow from the counts"),
    basis=ACCURATE,
)
def wrong_rate(report: Report, context: Context) -> Results:
    """办结率、办复率、答复率、回复率应当等于办结数除以收到数。

    为什么：两个数就在旁边，算不出写明的比率，总有一个数是错的。
    有上年结转的，以收到数或者收到数加结转数为基数都算对；按时办结率是另一回事，不在此列；一句里数太多、看不出基数的不作判断。

    反例：收到信件24件，办结21件，办结率100%。
    正例：收到信件24件，办结21件，办结率87.5%。

    怎样改：重新计算，改正比率或者前面的数。
    """
    for piece in report.paragraphs:
        if "率" in piece.text and ("%" in piece.text or "％" in piece.text):
            for run in _parted(piece, quantities(piece.text, piece.span.start), _SEGMENTS):
                yield from _wrong_rates(report, run)


def _wrong_rates(report: Report, run: Sequence[Quantity]) -> Iterator[Finding]:
    start = 0
    for place, figure in enumerate(run):
        if figure.unit != "%":
            continue
        named = re.search(_RATE, figure.lead) if figure.exact and figure.role == "count" else None
        counts = run[start:place]
        start = place + 1
        found = _done_and_received(counts) if named else None
        if named is None or found is None:
            continue
        done, wholes = found
        if not any(_agrees(figure, done.value, whole) for whole in wholes):
            words = f"{named['rate']}率{number(figure.value)}%"
            yield _misstated(report, figure, done.value, wholes[0], words)


def _done_and_received(counts: Sequence[Quantity]) -> tuple[Quantity, list[Decimal]] | None:
    """Return how many were dealt with and what they may be a share of; None where that is not certain."""
    if not counts or not all(c.counted and c.exact and c.unit == counts[0].unit for c in counts):
        return None
    carried = [c for c in counts if re.search(_CARRIED_IN, c.lead)]
    rest = [c for c in counts if c not in carried and not re.search(_LEFT_OVER, c.lead)]
    if len(rest) != 2 or len(carried) > 1:
        return None
    received, done = rest
    apart = re.search(_FINISHED, done.lead.strip()) and (
        re.search(_RECEIVED, received.lead) or not re.search(_FINISHED, received.lead.strip())
    )
    if not apart or not received.value or done.value > received.value + sum(c.value for c in carried):
        return None
    wholes = [received.value, *(received.value + c.value for c in carried)]
    return done, wholes


# -- the same thing said twice -------------------------------------------------------------------------

_TWO_FIGURES = Text(
    "“{words}”在两处写的数不同：{first}、{second}", "“{words}” is given as {first} and as {second}"
)
_TWO_FIGURES_HELP = Text(
    "核对两处是不是同一回事：是的，以台账为准统一；范围、渠道或者时间不同的，在文中写明",
    "see whether both speak of the same: if so, give one figure; if not, say what differs",
)
_OTHER_PLACE = Text("另一处", "the other place")
# In a statement the year reported on is written 全年, and the organ's own name is left out.
_TIME = "全年|本年度?|年内|一年来|截至12月31日"
_STATEMENT = (
    rf"\s*(?:(?:{_TIME})度?[，,]?)*(?:(?P<scope>[我本全](?:机关|单位|级|[省市县区旗镇乡局委办厅院]|街道))[，,]?)?(?:(?:{_TIME})[，,]?)*"
    r"(?:共计|累计|总计|总共|一共|合计|共)?"
    r"(?P<what>(?:主动公开|公开|发布|收到|受理|办理|办结|编发|推送|转载|制发|印发|举办|召开|开展|组织)(?:了)?[\u4e00-\u9fff]{0,20}?)"
    r"(?:共计|累计|总计|总共|一共|合计|总数|数量|共|达到|达|为)*\s*"
)
_ASPECT = (
    r"(?:政府信息|信息)?(?:主动公开|依申请公开|公开平台建设|平台建设|管理|监督保障|公开总体)(?:政府信息)?(?:方面|情况|工作)*[。：]?"
    r"|总体情况|基本情况|工作概况|概述"
)
# What makes the rest of a paragraph speak of one field, one channel or one item of a list.
_TOPIC = r"领域|专栏|栏目|专题|推进|加强|做好|围绕|聚焦|深化|强化|通过|利用|依托|一是|二是|（\d|\d[.．、]|第[一二三四五]|上半年|季度|截至"
_VAGUE = ("信息", "文件", "活动", "会议", "工作", "培训")  # what can be of any kind
_IN_TABLES = ("申请", "复议", "诉讼", "规范性文件", "规章", "行政许可", "行政处罚", "行政强制")


@rule(
    "NUM005",
    "two-figures-for-one-thing",
    summary=Text("同一个数前后一致", "the same quantity has one figure"),
    basis=ACCURATE,
)
def two_figures_for_one_thing(report: Report, context: Context) -> Results:
    """同一件事的全年总数，在报告各处应当一致。

    为什么：同一个数前后不同，读者不知道哪一个可信。
    只比较用同样的话写的全年、本机关的总数；渠道、领域、范围、时段不同的不比较；与表格对应的数（申请、复议诉讼、规范性文件等）
    由 TXT 各条规则与表格核对。两处都列出，不判断哪一处有误。

    反例：一处写“全年主动公开政府信息20条”，另一处写“全年主动公开政府信息16条”。
    正例：两处都写20条；或者另一处写“通过微信公众号公开政府信息16条”。

    怎样改：核对后统一；不是同一回事的，写明差别。
    """
    first: dict[tuple[str, ...], Quantity] = {}
    told: set[tuple[str, ...]] = set()
    for key, figure in _statements(report):
        other = first.setdefault(key, figure)
        if other.value == figure.value or key in told:
            continue
        told.add(key)
        one, two = (report.text[f.whole.start : f.whole.end].strip() for f in (other, figure))
        words = "".join(key[:-1])
        related = (Related(other.whole, _OTHER_PLACE),)
        message = _TWO_FIGURES.fill(words=words, first=one, second=two)
        yield Finding(figure.whole, message, _TWO_FIGURES_HELP, related=related)


def _statements(report: Report) -> Iterator[tuple[tuple[str, ...], Quantity]]:
    """Yield the counts that are said of the whole year and the whole organ, each with what it is of."""
    figures = list(_yearly(report))
    values = {(figure.unit, figure.value) for figure in figures}
    units = Counter(unit for unit, _ in values)
    for figure in figures:
        if units[figure.unit] < 2:  # nothing that it could differ from
            continue
        match = re.fullmatch(_STATEMENT, _general_words(report, figure.scope))
        if match is None:
            continue
        what = match["what"].replace("了", "") + (figure.noun if figure.tail.strip() else "")
        if _of_one_kind(what) and not (report.tables and any(word in what for word in _IN_TABLES)):
            yield (_scope(report, match["scope"] or ""), what, figure.unit), figure


def _yearly(report: Report) -> Iterator[Quantity]:
    """Yield the exact counts whose segment speaks of the whole year, up to the first topic of a paragraph."""
    words = ("全年", "本年", "年内", "一年来", "12月31日", f"{report.year}年")
    for piece in _general(report):
        start = piece.span.start
        figures = [
            figure
            for figure in quantities(piece.text, start)
            if figure.counted and figure.exact and any(word in figure.scope for word in words)
        ]
        topic = re.search(_TOPIC, piece.text) if figures else None
        for figure in figures:
            if topic is None or figure.span.start - start - len(figure.scope) < topic.end():
                yield figure


def _general_words(report: Report, scope: str) -> str:
    """Return *scope* as it would stand in any report."""
    words = scope.replace(report.issuer.name, "") if report.issuer.name else scope
    return words.replace(f"{report.year}年", "全年")


def _scope(report: Report, word: str) -> str:
    """Return whom a statement is about: "" for the organ itself, else as written (全县; 我县 in a bureau's)."""
    own = word.startswith(("我", "本")) and (
        word[-1] in report.issuer.name or word[1:] in ("机关", "单位", "级")
    )
    return "" if own else word


def _of_one_kind(what: str) -> bool:
    """Return whether *what*, a verb and a noun, says what was counted: 公开信息 may be of any kind."""
    noun = re.sub(r"^(?:主动公开|..)", "", what)
    return bool(noun) and (noun not in _VAGUE or what.startswith("主动公开"))


def _general(report: Report) -> Iterator[Piece]:
    """Yield the paragraphs that stand right under a level-one heading or under one of the five aspects."""
    for section in report.parts:
        if section.key == "problems":
            continue
        yield from section.part.paragraphs
        for part in section.part.parts:
            title = part.heading.title.text if part.heading else ""
            if re.fullmatch(_ASPECT, "".join(title.split())):
                yield from part.paragraphs


# -- this year and the last ----------------------------------------------------------------------------

_CHANGE = Text("“{words}”与文中的两个数不符：{sum}", "“{words}” does not follow from the two figures: {sum}")
_CHANGE_HELP = Text(
    "核对本年和上年的数，重新计算增减", "check the figures of both years and work out the change anew"
)
_YEAR_WORDS = r"^(?:其中)?(?:而)?(?:[较比与]?(?:去年|上年|上一年|今年|本年|全年|20\d\d年)(?:度|同期)*的?|共|为|是|仅|只有|有|的|，|,|\s)*"
_OF_LAST_YEAR = r"去年|上年|上一年|同比"


@rule(
    "NUM006",
    "wrong-change",
    summary=Text("增减与两年的数相符", "changes follow from the figures of both years"),
    basis=OWN_READING,
)
def wrong_change(report: Report, context: Context) -> Results:
    """写明了本年和上年两个数的，“增长百分之几”“减少几件”应当与这两个数相符。

    为什么：两个数就在旁边，读者会复核。
    百分比按写明的位数四舍五入或者直接舍去都算对；只在同一句里正好有本年、上年各一个数时才判断。

    反例：收到申请60件，比去年增加15件，去年为50件：60 − 50 = 10 ≠ 15。
    正例：收到申请60件，比去年增加10件，去年为50件。

    怎样改：核对两年的数，重新计算。
    """
    for piece in report.paragraphs:
        changes = comparisons(piece.text, piece.span.start) if "年" in piece.text else ()
        if not changes:
            continue
        by_place = {change.quantity.span: change for change in changes}
        for run in _parted(piece, quantities(piece.text, piece.span.start), _SEGMENTS):
            years = _two_years(run, report.year) if len(run) > 2 else None
            if years is None:
                continue
            for change in (by_place[figure.span] for figure in run if figure.span in by_place):
                if not _follows(change, *years):
                    yield _wrong_change(report, change, *years)


def _two_years(run: Sequence[Quantity], year: int | None) -> tuple[Decimal, Decimal] | None:
    """Return the one figure of this year in *run* and the one of the year before, None where that is unclear."""
    counts = [
        f for f in run if f.exact and f.unit not in ("%", "倍", "百分点") and f.role in ("count", "earlier")
    ]
    earlier = [f for f in counts if _is_of_last_year(f, year)]
    if len(counts) != 2 or len(earlier) != 1:
        return None
    (last,) = earlier
    this = next(f for f in counts if f is not last)
    mine, other = (re.sub(_YEAR_WORDS, "", f.lead.strip()) for f in (this, last))
    if this.unit != last.unit or (other and other != mine) or this.role != "count" or not last.value:
        return None
    return this.value, last.value


def _is_of_last_year(figure: Quantity, year: int | None) -> bool:
    if figure.role == "earlier":
        return not re.search(r"往年|前年", figure.scope)
    return year is not None and figure.lead.strip().startswith(f"{year - 1}年")


def _follows(change: Comparison, this: Decimal, last: Decimal) -> bool:
    """Return whether *change* is what has come from *last* to *this*; True where it says another thing."""
    stated = change.quantity
    if not stated.exact or change.measure not in ("rate", "difference") or not change.direction:
        return True
    if change.base and not re.search(_OF_LAST_YEAR, change.base):
        return True
    more = (this - last) * change.direction
    if change.measure == "difference":
        return stated.value == more
    return more >= 0 and _agrees(stated, more, last)


def _signed(value: Decimal) -> str:
    """Return *value* with the sign of a sum."""
    return number(value).replace("-", "−")


def _wrong_change(report: Report, change: Comparison, this: Decimal, last: Decimal) -> Finding:
    stated = change.quantity
    sign = "−" if change.direction < 0 else ""
    if change.measure == "difference":
        sums = f"{number(this)} − {number(last)} = {_signed(this - last)} ≠ {sign}{number(stated.value)}"
    else:
        rate = _rounded(_percent(this - last, last), stated.places + 2)
        equal = "=" if rate == _percent(this - last, last) else "≈"
        sums = f"({number(this)} − {number(last)}) ÷ {number(last)} {equal} {_signed(rate)}% ≠ {sign}{number(stated.value)}%"
    words = f"{stated.lead.strip()}{report.text[stated.whole.start : stated.whole.end]}"
    return Finding(stated.whole, _CHANGE.fill(words=words, sum=sums), _CHANGE_HELP, data={"sum": sums})


# -- nothing, all of it done ---------------------------------------------------------------------------

_VACUOUS = Text("{figure}，谈不上“{words}”", "there were none ({figure}), so “{words}” says nothing")
_VACUOUS_HELP = Text("删去“{words}”", "leave out “{words}”")
_ALL = ("均", "全部", "都", "率")  # one of these is in each such phrase
_ALL_DONE = (
    r"\s*[^，,。；;、（(]{0,12}[，,]\s*(?P<words>(?:并|且)?(?:已|均|全部|都|依法|依规|按时|按期|及时|在法定(?:时限|期限)内|按照?规定(?:时限|期限)?){0,4}"
    r"(?:均|全部|都)(?:已|依法|依规|按时|按期|及时|在法定(?:时限|期限)内|按照?规定(?:时限|期限)?|予以|给予|得到|进行了?){0,4}(?:办结|办理完?毕?|答复|回复|办复|处理)"
    r"|(?:办结|办复|答复|回复)率(?:为|均为|达到?)?\s*100\s*[%％])"
)


@rule(
    "NUM007",
    "nothing-all-done",
    summary=Text("没有发生的不写“均已办结”", "what there was none of is not said to be all done"),
    basis=OWN_READING,
)
def nothing_all_done(report: Report, context: Context) -> Results:
    """一件也没有收到的，不必再写“均按时办结”“全部答复”“办结率100%”。

    为什么：这样的话多半是沿用套话，没有内容，读者还会疑心前面的 0 写错了。
    “均”所指的几项里有一项不是 0 的，不算。

    反例：收到政府信息公开申请0件，均按时办结。
    正例：没有收到政府信息公开申请。

    怎样改：删去后半句；确有办结的，改正前面的数。
    """
    for piece in report.paragraphs:
        if not any(word in piece.text for word in _ALL) or not any(
            nought in piece.text for nought in "0０零"
        ):
            continue
        for run in _parted(piece, quantities(piece.text, piece.span.start), _SEGMENTS):
            for place, figure in enumerate(run):
                if not figure.counted or figure.value or not figure.exact:
                    continue
                match = re.compile(_ALL_DONE).match(piece.text, figure.whole.end - piece.span.start)
                if match is None or any(before.value for before in run[:place] if before.counted):
                    continue
                start, end = (place + piece.span.start for place in match.span("words"))
                values = {
                    "figure": report.text[figure.whole.start : figure.whole.end],
                    "words": match["words"].strip(),
                }
                yield Finding(Span(start, end), _VACUOUS.fill(**values), _VACUOUS_HELP.fill(**values))
