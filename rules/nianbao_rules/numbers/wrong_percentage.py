"""NUM003 wrong-percentage."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from nianbao.api import (
    Breakdown,
    Context,
    Finding,
    Piece,
    Quantity,
    Report,
    Span,
    Text,
    breakdowns,
    quantities,
    rule,
)
from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

from nianbao_rules.numbers.shared import misstated, parted
from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import ACCURATE
from nianbao_rules.shared.changes import agrees, percentage

# The words between a count and its share; those between 占 and the figure may name what it is a share of.
_TAKES_UP = r"\s*[（(]\s*|[^，,。；;、（(]{0,10}[，,（(]?\s*(?P<about>约?)占(?P<of>[^，,。；;、（()）\d%]{0,14}?)的?(?:比例?|比重|百分比)?(?:为|是|达到?|：)?\s*"
# The words that give the whole with its figure: 占全部信息527条的57.7%.
_OUT_OF = r"[^，,。；;、（(]{0,10}[，,（(]?\s*占[^，,。；;、（()）\d%]{0,14}"
_OF_IT = r"[^，,。；;、（()）\d%]{0,6}的(?:比例?|比重|百分比)?(?:为|是|达到?|：)?\s*"
_RESPECTIVELY = r"[，,]\s*分别占(?:比例?|比重|总数的|全部的)?(?:为|是)?\s*"
_AND = r"\s*(?:[、，,]|和|与|及|以及)\s*"
_ALL = r"^(?:全部|全年|本年度?|所有|总(?!数|量|件))+|(?:总?(?:数量?|量|件数))+$"
# The words before a count that is the whole of its kind: 全年共办结, not 按期办结.
_WHOLE = r"(?:全[年省市县区旗州镇乡局]|20\d\d年度?|本年度?|其中|[共新收已]|累计|总计|主动|到|接到|受理|接收|办理|办结|答复|公开|发布|政府信息公开|政府信息)*"
_COUNTED = r"(?:申请|信息|总数|总量|共|计|为)*$"


class _Share(NamedTuple):
    """A count, and the percentage right after it that gives its share of *of*, "" for a whole that is not named."""

    part: Quantity
    percent: Quantity
    of: str
    about: bool = False  # 约占79%


_NEAR = 3  # percent that 约占 may be off by
_MOST_WHOLES = 12
_FEWEST_ALIKE = 2  # shares that must agree on a whole before others are checked against it
_SENTENCES = "。！？\n"


@rule(
    "NUM003",
    "wrong-percentage",
    summary=Text("占比与所依据的数相符", "shares follow from the figures next to them"),
    basis=ACCURATE,
)
def wrong_percentage(report: Report, context: Context) -> Results:
    """“占百分之几”应当与旁边的数相符。

    为什么：读者会用前面的两个数复核；算不出写明的百分比，总有一个数是错的。
    按写明的位数四舍五入，或者直接舍去后面各位，都算对。只在占什么的比例确定时才判断：“其中”的分项占它的合计；
    写明占什么的，占前面写的那个数；并列的几个占比多数以同一个数为基数，其余的也以它为基数；只有一个不符的，以各项之和为基数。

    反例：答复申请805件。予以公开258件，占33.9%；不予公开35件，占4.34%；不予处理158件，占19.6%。
    正例：答复申请805件。予以公开258件，占32.05%；不予公开35件，占4.34%；不予处理158件，占19.6%。

    怎样改：重新计算，改正百分比或者前面的数。
    """
    for piece in report.paragraphs:
        if "%" in piece.text or "％" in piece.text:
            yield from _wrong_shares(report, piece)


def _shares(piece: Piece, figures: Sequence[Quantity]) -> list[_Share]:
    start = piece.span.start
    shares = []
    for part, percent in pairwise(figures):
        words = piece.text[part.whole.end - start : percent.span.start - start]
        taken = re.fullmatch(_TAKES_UP, words) if percent.unit == "%" and percent.role == "count" else None
        if taken and percent.exact and part.counted and part.exact:
            shares.append(_Share(part, percent, re.sub(_ALL, "", taken["of"] or ""), bool(taken["about"])))
    return shares


def _respectively(
    piece: Piece, figures: Sequence[Quantity], wholes: dict[Span, tuple[Quantity, ...]]
) -> list[_Share]:
    """Return the shares of all the parts of a division behind its last: 甲30条，乙20条，分别占60%和40%."""
    start = piece.span.start
    words = [piece.text[one.whole.end - start : other.span.start - start] for one, other in pairwise(figures)]
    shares: list[_Share] = []
    for index, between in enumerate(words, 1):
        if not re.fullmatch(_RESPECTIVELY, between):
            continue
        many = 1
        while index + many < len(figures) and re.fullmatch(_AND, words[index + many - 1]):
            many += 1
        percents, parts = figures[index : index + many], figures[max(0, index - many) : index]
        before = figures[: index - many][-1:]
        if (
            len(parts) == many > 1
            and all(f.unit == "%" and f.exact and f.role == "count" for f in percents)
            and all(f.span in wholes and f.exact for f in parts)
            and not any(f.span in wholes for f in before)
        ):
            shares.extend(_Share(*pair, "") for pair in zip(parts, percents, strict=True))
    return shares


def _of_stated_wholes(
    piece: Piece, figures: Sequence[Quantity]
) -> Iterator[tuple[Quantity, Quantity, Quantity]]:
    """Yield the percentages that give their whole with its figure, each with its part and the whole, if wrong."""
    start = piece.span.start
    for index, (part, whole, percent) in enumerate(zip(figures, figures[1:], figures[2:], strict=False)):
        out_of = piece.text[part.whole.end - start : whole.span.start - start]
        of_it = piece.text[whole.whole.end - start : percent.span.start - start]
        if not (re.fullmatch(_OUT_OF, out_of) and re.fullmatch(_OF_IT, of_it)):
            continue
        counts = (part, whole)
        if percent.unit != "%" or not percent.exact or percent.role != "count" or part.unit != whole.unit:
            continue
        if not all(f.counted and f.exact and f.value for f in counts) or part.value > whole.value:
            continue
        together, sums = Decimal(0), []
        for figure in reversed(figures[: index + 1]):  # the share may be that of several together
            together += figure.value
            sums.append(together)
        if not any(agrees(percent, one, whole.value) for one in sums):
            yield percent, part, whole


def _wholes(piece: Piece) -> dict[Span, tuple[Quantity, ...]]:
    """Return the totals that each part of a division may be a share of, the nearest first, if the division holds."""
    totals: dict[Span, tuple[Quantity, ...]] = {}
    for division in breakdowns(piece.text, piece.span.start):
        readings = (division,) if isinstance(division, Breakdown) else division.readings
        for reading in readings:
            _enter(reading, (), totals)
    return totals


def _enter(level: Breakdown, above: tuple[Quantity, ...], totals: dict[Span, tuple[Quantity, ...]]) -> None:
    own = (level.total, *above)
    for part in level.parts:
        figure = part.total if isinstance(part, Breakdown) else part
        known = totals.get(figure.span, ())
        more = [total for total in own if level.holds and total not in known]
        totals[figure.span] = (*known, *more)
        if isinstance(part, Breakdown):
            _enter(part, own, totals)


def _against_its_total(share: _Share, totals: Sequence[Quantity]) -> Decimal | None:
    """Return the whole that *share* should be of, None if it is right or cannot be checked."""
    if not totals or not all(total.exact and total.value for total in totals):
        return None
    if any(agrees(share.percent, share.part.value, total.value) for total in totals):
        return None
    return totals[0].value


def _common_whole(shares: Sequence[_Share], counts: Sequence[Quantity]) -> Decimal | None:
    """Return the one count that most of *shares* are right percentages of, None if there is no such count."""
    units = {share.part.unit for share in shares}  # of two kinds of things no count is the whole
    wholes = {count.value for count in counts if {count.unit} == units and count.exact and count.value}
    if not 0 < len(wholes) <= _MOST_WHOLES:
        return None
    alike = {
        whole: sum(agrees(share.percent, share.part.value, whole) for share in shares) for whole in wholes
    }
    best = max(alike.values())
    named = [whole for whole, count in alike.items() if count == best]
    return named[0] if len(named) == 1 and best >= _FEWEST_ALIKE and 2 * best > len(shares) else None


def _together(shares: Sequence[_Share]) -> Decimal | None:
    """Return the sum of the parts of *shares* if all but one are shares of it: then they are all that there is.

    One of them must be written to three figures, and the odd one be far off: what is left out would show.
    """
    whole = sum((share.part.value for share in shares), Decimal(0))
    if len(shares) < _FEWEST_ALIKE or len({share.part.unit for share in shares}) > 1 or not whole:
        return None
    odd = [share for share in shares if not agrees(share.percent, share.part.value, whole)]
    if len(odd) != 1 or all(s in odd or s.percent.value.scaleb(s.percent.places) < 100 for s in shares):
        return None
    right = percentage(odd[0].part.value, whole)
    return whole if 50 * abs(odd[0].percent.value - right) > right else None


def _named_whole(share: _Share, counts: Sequence[Quantity]) -> Decimal | None:
    """Return the count that *share* names and is not the share of, None if it is right or which is meant is not known."""
    named = {
        count.value
        for count in counts
        if count.exact and count.unit == share.part.unit and count.value and count.span < share.part.span
        and re.fullmatch(_WHOLE + re.escape(share.of) + _COUNTED, count.lead.strip())
    }  # fmt: skip
    return named.pop() if len(named) == 1 else None


def _wrong_shares(report: Report, piece: Piece) -> Iterator[Finding]:
    figures = quantities(piece.text, piece.span.start)
    wholes = _wholes(piece)
    before: list[Quantity] = []
    for run in parted(piece, figures, _SENTENCES):
        shares = [*_shares(piece, run), *_respectively(piece, run, wholes)]
        parts = {share.part.span for share in shares}
        counts = [figure for figure in (*before, *run) if figure.counted and figure.span not in parts]
        free = [share for share in shares if share.part.span not in wholes and not share.of]
        common = (_common_whole(free, counts) or _together(free)) if free else None
        for share in shares:
            whole: Decimal | None
            if share.of:
                whole = _named_whole(share, counts)
            elif share.part.span in wholes:
                whole = _against_its_total(share, wholes[share.part.span])
            else:
                whole = common
            near = (
                share.about
                and abs(percentage(share.part.value, whole or Decimal(1)) - share.percent.value) < _NEAR
            )
            if whole is not None and not near and not agrees(share.percent, share.part.value, whole):
                words = (
                    share.percent.lead.strip()
                    + report.text[share.percent.whole.start : share.percent.whole.end]
                )
                yield misstated(report, share.percent, share.part.value, whole, words)
        for percent, part, stated in _of_stated_wholes(piece, run):
            words = stated.lead.strip() + report.text[stated.whole.start : percent.whole.end]
            yield misstated(report, percent, part.value, stated.value, words)
        before = run
