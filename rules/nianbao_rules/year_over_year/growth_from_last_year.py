"""YOY006 growth-from-last-year."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import product

from nianbao.api import Comparison, Context, Finding, Related, Report, Text, rule

from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import OWN_READING
from nianbao_rules.shared.changes import follows, written_change
from nianbao_rules.shared.counts import Count, counts
from nianbao_rules.shared.subjects import SUBJECTS
from nianbao_rules.year_over_year.shared import (
    Told,
    counts_of_last_year,
    in_last_year,
    tables_of_last_year,
    told,
)

_CHANGE = Text(
    "“{words}”与上年报告的数不符：{sum}",
    "“{words}” does not follow from the figure of last year's report: {sum}",
)
_CHANGE_HELP = Text(
    "对照上年已经公布的报告重新计算增减；和别的数比的，写明和什么比",
    "calculate the change again from last year's report; if another figure was compared, say which",
)

_ALSO = Text("这里也不符", "neither does this")


@rule(
    "YOY006",
    "growth-from-last-year",
    summary=Text(
        "比上年增减多少与上年报告的数相符", "changes since the year before follow from that year's report"
    ),
    basis=OWN_READING,
    beside="previous",
)
def growth_from_last_year(report: Report, context: Context) -> Results:
    """正文写“同比增长百分之几”“比上年增加几件”的，应当与本年的数和上年报告的数相符。

    为什么：上年的数已经公布，增减可以复核。百分比按写明的位数四舍五入或者直接舍去都算对。
    只比较看得懂是本机关全年的数。句中写明了上年的数的，由 YOY008、NUM006 比较。

    反例：上年报告新收申请50件，本年写“收到政府信息公开申请60件，同比增长25%”：(60 − 50) ÷ 50 = 20% ≠ 25%。
    正例：上年报告新收申请50件，本年写“收到政府信息公开申请60件，同比增长20%”。

    怎样改：重新计算。
    """
    for each in told(report):
        subject, quantity = each.saying.subjects[0], each.saying.quantity
        if quantity is None or each.earlier or each.saying.year not in (None, report.year):
            continue
        last = counts_of_last_year(report, subject)
        pairs = _pairs(report, subject, quantity.value, last)
        wrong = [
            change
            for change in each.changes
            if change.base and pairs and not any(follows(change, report.year, *pair) for pair in pairs)
        ]
        if wrong:
            yield _finding(report, each, wrong, last[0])


def _pairs(
    report: Report, subject: str, stated: Decimal, last: Sequence[Count]
) -> set[tuple[Decimal, Decimal]]:
    """Return the figures of this year and of the year before that a change may be between, in each way to count.

    None if one of the year before is not known or is nought.
    """
    tables, table = tables_of_last_year(report), report.table(SUBJECTS[subject].table)
    known = all(term.sound and term.value is not None and not term.open for way in last for term in way.terms)
    if tables is None or not known:
        return set()
    this = [set(way.values(report)) for way in counts(report, table, subject)] if table is not None else []
    if not any(stated in values for values in this):
        this = [values | {stated} for values in this] or [{stated}] * len(last)
    pairs = {
        pair for mine, way in zip(this, last, strict=False) for pair in product(mine, way.values(tables))
    }
    return pairs if all(before for _, before in pairs) else set()


def _finding(report: Report, each: Told, wrong: list[Comparison], way: Count) -> Finding:
    assert each.saying.quantity is not None
    first = wrong[0]
    words = f"{first.quantity.lead.strip()}{report.source[first.quantity.whole]}"
    sums = written_change(first, each.saying.quantity.value, way.value)
    related = tuple(Related(change.quantity.whole, _ALSO) for change in wrong[1:])
    message = _CHANGE.fill(words="".join(words.split()), sum=sums)
    cells = in_last_year(report, way.cells)
    return Finding(
        first.quantity.whole, message, _CHANGE_HELP, related=related, data={"sums": sums}, elsewhere=cells
    )
