"""NUM006 wrong-change."""

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
    quantities,
    rule,
)
from nianbao_grammar import patterns as re

from nianbao_rules.numbers.shared import SEGMENTS, parted
from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import OWN_READING
from nianbao_rules.shared.changes import change_between, follows, written_change

_CHANGE = Text("“{words}”与文中的两个数不符：{sum}", "“{words}” does not follow from the two figures: {sum}")
_CHANGE_HELP = Text(
    "核对本年和上年的数，重新计算增减", "check the figures of both years and calculate the change again"
)
_YEAR_WORDS = r"^(?:而)?(?:与?(?:去年|上年|上一年|20\d\d年)(?:度|同期)*的?|共|为|是|仅|只有|有|\s)*"
# 较2023年的15件, 申请量比上年的15件: what is compared, which may be named again.
_COMPARED = r"(?P<thing>[^较比与同]*)[较比与同]"
_AMOUNT = r"(?:总|数|量|件|的)+$"
_COME_TO = r"(?:增加|增长|提高|减少|降低|增|升|减|降)(?:到|至)了?(?:20\d\d年的?)?$"


@rule(
    "NUM006",
    "wrong-change",
    summary=Text("增减与两年的数相符", "changes follow from the figures of both years"),
    basis=OWN_READING,
)
def wrong_change(report: Report, context: Context) -> Results:
    """写明了本年和上年两个数的，“增长百分之几”“减少几件”应当与这两个数相符。

    为什么：两个数就在旁边，读者会复核。
    百分比按写明的位数四舍五入或者直接舍去都算对；只在写明了上年的数，而且看得出是和哪个数比时才判断。

    反例：收到申请60件，比去年增加15件，去年为50件：60 − 50 = 10 ≠ 15。
    正例：收到申请60件，比去年增加10件，去年为50件。

    怎样改：核对两年的数，重新计算。
    """
    for piece in report.paragraphs:
        changes = comparisons(piece.text, piece.span.start) if "年" in piece.text else ()
        if not changes:
            continue
        by_place = {change.quantity.span: change for change in changes}
        before: list[Quantity] = []
        for run in parted(piece, quantities(piece.text, piece.span.start), SEGMENTS):
            for index, figure in enumerate(run):
                change = by_place.get(figure.span)
                pairs = _pairs(run, index, before, report.year) if change else []
                if change and pairs and not any(follows(change, report.year, *pair) for pair in pairs):
                    nearest = min(
                        pairs, key=lambda pair: abs(change_between(change, *pair) - change.quantity.value)
                    )
                    yield _wrong_change(report, change, *nearest)
            before = run


def _pairs(
    run: Sequence[Quantity], index: int, before: Sequence[Quantity], year: int | None
) -> list[tuple[Decimal, Decimal]]:
    """Return the figures of this year and of the year before that the change at *index* of *run* may be between.

    [] if there is none of the year before, or which of this year it is compared with is not
    certain. *before* are the figures of the segment before.
    """
    percent = run[index].unit == "百分点"
    counts = [f for f in run if f.exact and (f.unit == "%") is percent and f.role in ("count", "earlier")]
    near = [f for f in run[:index] if f.role != "change"][-2:]
    if len(near) == 2 and _is_of_last_year(near[0], year) and re.search(_COME_TO, near[1].lead):
        known = all(f in counts for f in near) and near[0].unit == near[1].unit and near[0].value
        return [(near[1].value, near[0].value)] if known else []
    compared = re.match(_COMPARED, near[-1].lead.strip()) if near and near[-1] in counts else None
    if compared is None or not _is_of_last_year(near[-1], year):
        return _two_years(counts, year)
    last = near[-1]
    mine = [f for f in counts if f.span < last.span] or [f for f in before if f.exact]
    values = [
        f.value
        for f in reversed(mine)
        if f.role == "count" and f.unit == last.unit and not _is_of_last_year(f, year)
        and re.sub(_AMOUNT, "", compared["thing"]) in f.lead
    ]  # fmt: skip
    together = [sum(values, Decimal(0))] if len(values) > 1 else []
    return [(value, last.value) for value in values + together if last.value]


def _two_years(counts: Sequence[Quantity], year: int | None) -> list[tuple[Decimal, Decimal]]:
    """Return the figures in *counts* of this year and of the year before, [] if there is not one of each."""
    earlier = [f for f in counts if _is_of_last_year(f, year)]
    if len(counts) != 2 or len(earlier) != 1:
        return []
    (last,) = earlier
    this = next(f for f in counts if f is not last)
    mine, other = (re.sub(_YEAR_WORDS, "", f.lead.strip()) for f in (this, last))
    return (
        [(this.value, last.value)]
        if other in mine
        and "其中" not in this.scope[len(last.scope) :]
        and this.unit == last.unit
        and last.value
        and this.role == "count"
        else []
    )


def _is_of_last_year(figure: Quantity, year: int | None) -> bool:
    if figure.role == "earlier":
        named = re.search(r"[较比](\d{4})年[^，,]*$", figure.scope)
        return int(named[1]) + 1 == year if named else not re.search(r"往年|前年", figure.scope)
    return year is not None and re.search(rf"{year - 1}年[^，,；、\d]{{0,12}}$", figure.scope) is not None


def _wrong_change(report: Report, change: Comparison, this: Decimal, last: Decimal) -> Finding:
    stated, sums = change.quantity, written_change(change, this, last)
    words = f"{stated.lead.strip()}{report.text[stated.whole.start : stated.whole.end]}"
    return Finding(stated.whole, _CHANGE.fill(words=words, sum=sums), _CHANGE_HELP, data={"sum": sums})
