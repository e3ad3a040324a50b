"""YOY004 copied-from-last-year."""

from nianbao.api import Context, Finding, Report, Severity, Text, rule

from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import NOT_ALIKE
from nianbao_rules.shared.copied import copy_of
from nianbao_rules.year_over_year.shared import last_year

_COPIED = Text(
    "“总体情况”有{count}句（{letters}字，占{percent}%）和上年报告相同，不同的只有名称、年份和数字：“{text}”",
    "{count} sentences of the overview ({letters} characters, {percent}%) are those of last year's report but for names, years and figures: “{text}”",
)
_COPIED_HELP = Text(
    "按本年的做法和成效重写这些句子；长期不变的做法，可以写本年在这方面做了什么",
    "write what was done this year in place of these sentences",
)
_ENOUGH = 3  # sentences, so that a motto or two are none
_LONG = 80  # letters
_VERY_LONG = 200  # letters, which are worth a hint whatever their share
_HALF = 50  # percent
_PREFIX = 40


@rule(
    "YOY004",
    "copied-from-last-year",
    summary=Text("总体情况不照搬上年的文字", "the overview is not last year's text"),
    basis=NOT_ALIKE,
    beside="previous",
)
def copied_from_last_year(report: Report, context: Context) -> Results:
    """“总体情况”不应大段照搬本机关上年报告的文字，只换年份和数字。

    为什么：国办公开办函〔2021〕30号对内容雷同、敷衍塞责的要追究责任；年度报告是报告这一年做了什么。
    去掉名称、年份和数字再比较。引用条例和文件的句子、编制说明、说没有发生的句子不算；
    相同的在三句、80字以上，占一半以上的，报警告；不到一半而在200字以上的，只作提示。

    反例：总体情况共10句，有7句和上年报告一字不差，只有年份和件数不同。
    正例：沿用了上年的一两句提法，其余写本年的做法。

    怎样改：重写这些句子。
    """
    copy = copy_of(report, last_year(report), "overview")
    much = copy.percent >= _HALF
    if len(copy.passages) < _ENOUGH or copy.copied < (_LONG if much else _VERY_LONG):
        return
    text = "".join(copy.passages[0].own.text.split())
    message = _COPIED.fill(
        count=len(copy.passages),
        letters=copy.copied,
        percent=copy.percent,
        text=text if len(text) <= _PREFIX else f"{text[:_PREFIX]}……",
    )
    yield Finding(
        copy.span,
        message,
        _COPIED_HELP,
        related=copy.related,
        at_most=None if much else Severity.INFO,
        elsewhere=copy.elsewhere(report),
    )
