"""YOY008 last-year-quoted."""

from bisect import bisect_right
from collections.abc import Iterator
from decimal import Decimal

from nianbao.api import Context, Finding, Report, Span, Text, Undetermined, number, quantities, rule
from nianbao_grammar import patterns as re

from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import ACCURATE
from nianbao_rules.shared.counts import counts
from nianbao_rules.shared.statements import Saying
from nianbao_rules.shared.subjects import SUBJECTS
from nianbao_rules.year_over_year.shared import (
    NO_FIGURES,
    counts_of_last_year,
    in_last_year,
    tables_of_last_year,
    told,
)

_DIFFERS = Text(
    "“{words}”说的是上年的数，与上年报告的表不符：{sums}",
    "“{words}” is a figure of the year before, and not that of its report: {sums}",
)
_DIFFERS_HELP = Text(
    "以上年已经公布的报告为准改正；上年的数更正过的，写明已经更正",
    "write the figure as last year's report has it, or say that it was corrected",
)

_SENTENCE = r"[^。！？\n]+"
_THIS_YEAR = "今年|本年"


@rule(
    "YOY008",
    "last-year-quoted",
    summary=Text(
        "引用的上年的数与上年报告一致", "figures of the year before are those of that year's report"
    ),
    basis=ACCURATE,
    beside="previous",
)
def last_year_quoted(report: Report, context: Context) -> Results:
    """正文引用上年的申请、文件、处理决定、复议诉讼件数，应与本机关上年报告的表一致。

    为什么：上年的报告已经公布，同一个数前后两种说法，读者一对照就看得出来。
    只比较看得懂是全年、是本机关的数；上年用旧格式的，只比较申请和复议诉讼。

    反例：上年报告新收申请50件，本年写“收到政府信息公开申请60件，上年为55件”。
    正例：上年报告新收申请50件，本年写“收到政府信息公开申请60件，上年为50件”。

    怎样改：以上年公布的数为准；上年的数更正过的，写明。
    """
    tables = tables_of_last_year(report)
    for subject, low, high, span in _quoted(report) if tables is not None else ():
        assert tables is not None
        ways = counts_of_last_year(report, subject)
        verdicts = [way.between(tables, low, high) for way in ways]
        if not verdicts or True in verdicts:
            continue
        if None in verdicts:
            yield Undetermined(NO_FIGURES.fill(place=ways[0].cells[0].place))
            continue
        words = "".join(report.source[span].split())
        figure = number(low if low is not None else high)
        sums = [f"{way.written()} ≠ {figure}" for way in ways]
        listed = Text("；".join(sums), "; ".join(sums))
        message = _DIFFERS.fill(words=words, sums=listed)
        cells = in_last_year(report, ways[0].cells)
        yield Finding(span, message, _DIFFERS_HELP, data={"sums": listed.zh}, elsewhere=cells)


def _quoted(report: Report) -> Iterator[tuple[str, Decimal | None, Decimal | None, Span]]:
    """Yield the subject, the bounds and the words of each figure of the year before."""
    for each in told(report):
        saying, subject = each.saying, each.saying.subjects[0]
        if subject == "charges":
            continue  # an amount, which may be rounded
        if saying.year is not None and saying.year + 1 == report.year:
            if _beside_this_year(report, saying) and not _is_of_this_year(report, saying):
                yield subject, saying.low, saying.high, saying.span
        elif saying.year in (None, report.year):
            yield from ((subject, figure.low, figure.high, figure.whole) for figure in each.earlier)


def _beside_this_year(report: Report, saying: Saying) -> bool:
    """Return whether the sentence names this year too, or another in its paragraph has a figure of this year.

    Of one that stands alone PER004 says that its year is another.
    """
    pieces = report.paragraphs
    piece = pieces[bisect_right(pieces, saying.span.start, key=lambda piece: piece.span.start) - 1]
    start = saying.span.start - piece.span.start
    unit = saying.quantity.unit if saying.quantity is not None else None
    return any(
        sentence.start() <= start < sentence.end()
        or any(figure.counted and figure.unit == unit for figure in quantities(sentence[0]))
        for sentence in re.finditer(_SENTENCE, piece.text)
        if re.search(rf"{report.year}年|{_THIS_YEAR}", sentence[0])
    )


def _is_of_this_year(report: Report, saying: Saying) -> bool:
    """Return whether the figure is that of this year, so that it is the year that is wrong."""
    subject = saying.subjects[0]
    table = report.table(SUBJECTS[subject].table)
    ways = counts(report, table, subject) if table is not None else ()
    return any(way.between(report, saying.low, saying.high) for way in ways)
