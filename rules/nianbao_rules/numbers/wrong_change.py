"""NUM006 wrong-change."""

import re
from collections.abc import Sequence
from decimal import Decimal

from nianbao.api import (
    Comparison,
    Context,
    Finding,
    Quantity,
    Report,
    Text,
    comparisons,
    number,
    quantities,
    rule,
)

from nianbao_rules.numbers.shared import SEGMENTS, agrees, parted, percentage, rounded
from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import OWN_READING

_CHANGE = Text("“{words}”与文中的两个数不符：{sum}", "“{words}” does not follow from the two figures: {sum}")
_CHANGE_HELP = Text(
    "核对本年和上年的数，重新计算增减", "check the figures of both years and calculate the change again"
)
_YEAR_WORDS = r"^(?:而)?(?:[较比与]?(?:去年|上年|上一年|今年|本年|全年|20\d\d年)(?:度|同期)*的?|共|为|是|仅|只有|有|\s)*"
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
        for run in parted(piece, quantities(piece.text, piece.span.start), SEGMENTS):
            years = _two_years(run, report.year) if len(run) > 2 else None
            if years is None:
                continue
            for change in (by_place[figure.span] for figure in run if figure.span in by_place):
                if not _follows(change, *years):
                    yield _wrong_change(report, change, *years)


def _two_years(run: Sequence[Quantity], year: int | None) -> tuple[Decimal, Decimal] | None:
    """Return the figures in *run* of this year and of the year before, None if there is not one of each."""
    counts = [f for f in run if f.exact and f.unit != "%" and f.role in ("count", "earlier")]
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
    """Return whether *change* is the change from *last* to *this*; True if it may be about other figures."""
    stated = change.quantity
    if not stated.exact or change.measure not in ("rate", "difference") or not change.direction:
        return True
    if change.base and not re.search(_OF_LAST_YEAR, change.base):
        return True
    more = (this - last) * change.direction
    if change.measure == "difference":
        return stated.value == more
    return more >= 0 and agrees(stated, more, last)


def _signed(value: Decimal) -> str:
    """Return *value* written with the minus sign of a sum."""
    return number(value).replace("-", "−")


def _wrong_change(report: Report, change: Comparison, this: Decimal, last: Decimal) -> Finding:
    stated = change.quantity
    sign = "−" if change.direction < 0 else ""
    if change.measure == "difference":
        sums = f"{number(this)} − {number(last)} = {_signed(this - last)} ≠ {sign}{number(stated.value)}"
    else:
        rate = rounded(percentage(this - last, last), stated.places + 2)
        equal = "=" if rate == percentage(this - last, last) else "≈"
        sums = f"({number(this)} − {number(last)}) ÷ {number(last)} {equal} {_signed(rate)}% ≠ {sign}{number(stated.value)}%"
    words = f"{stated.lead.strip()}{report.text[stated.whole.start : stated.whole.end]}"
    return Finding(stated.whole, _CHANGE.fill(words=words, sum=sums), _CHANGE_HELP, data={"sum": sums})
