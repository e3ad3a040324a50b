"""NUM003 wrong-percentage."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

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

from nianbao_rules.numbers.shared import agrees, misstated, parted
from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import ACCURATE

# The words between a count and its share of the total: they cannot name another whole.
_TAKES_UP = r"\s*[（(]\s*|[^，,。；;、（(]{0,10}[，,（(]?\s*占(?:比|总数|总量|总件数)?(?:的)?(?:比例|比重)?(?:为|是|达到?|：)?\s*"


class _Share(NamedTuple):
    """A count, and the percentage right after it that gives its share of a whole."""

    part: Quantity
    percent: Quantity


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
    并列的几个占比多数以同一个数为基数，其余的也以它为基数。

    反例：答复申请805件。予以公开258件，占33.9%；不予公开35件，占4.34%；不予处理158件，占19.6%。
    正例：答复申请805件。予以公开258件，占32.05%；不予公开35件，占4.34%；不予处理158件，占19.6%。

    怎样改：重新计算，改正百分比或者前面的数。
    """
    for piece in report.paragraphs:
        if "%" in piece.text or "％" in piece.text:
            yield from _wrong_shares(report, piece)


def _shares(piece: Piece, figures: Sequence[Quantity]) -> list[_Share]:
    start = piece.span.start
    return [
        _Share(part, percent)
        for part, percent in pairwise(figures)
        if percent.unit == "%" and percent.exact and percent.role == "count" and part.counted and part.exact
        and re.fullmatch(_TAKES_UP, piece.text[part.whole.end - start : percent.span.start - start])
    ]  # fmt: skip


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


def _wrong_shares(report: Report, piece: Piece) -> Iterator[Finding]:
    figures = quantities(piece.text, piece.span.start)
    wholes = _wholes(piece)
    before: list[Quantity] = []
    for run in parted(piece, figures, _SENTENCES):
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
            if whole is not None and not agrees(share.percent, share.part.value, whole):
                words = (
                    share.percent.lead.strip()
                    + report.text[share.percent.whole.start : share.percent.whole.end]
                )
                yield misstated(report, share.percent, share.part.value, whole, words)
        before = run
