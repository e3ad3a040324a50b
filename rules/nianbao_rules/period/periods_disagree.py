"""PER006 periods-disagree."""

from nianbao.api import Context, Finding, Related, Report, Text, rule, same

from nianbao_rules.period.shared import plain
from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import ACCURATE

_DISAGREE = Text(
    "这里写的统计期限是{here}年，前面写的是{there}年（“{text}”）",
    "the statistics period is {here} here, but {there} (“{text}”) before",
)
_DISAGREE_HELP = Text("核对后改为同一年度", "check which is right and make them agree")


@rule(
    "PER006",
    "periods-disagree",
    summary=Text("各处写的统计期限一致", "every statement of the statistics period gives the same year"),
    basis=ACCURATE,
)
def periods_disagree(report: Report, context: Context) -> Results:
    """报告几处写到统计期限的，年度应当一致。

    为什么：多半是沿用上年文本时只改了一处，读者不知道各数是哪一年的。
    只比较写明整年的期限；网站、新媒体等单项数据不满一年的期限不算。

    反例：导语写2023年1月1日至12月31日，第三部分写统计期限为2022年1月1日至12月31日。
    正例：两处都写2023年1月1日至12月31日。

    怎样改：核对各数是哪一年的，改正写错的一处。
    """
    stated = [period for period in report.periods if period.is_year]
    if not stated:
        return
    first = stated[0]
    for period in stated[1:]:
        if period.start.year != first.start.year:
            text = plain(first.text)
            message = _DISAGREE.fill(here=period.start.year, there=first.start.year, text=text)
            related = (Related(first.span, same(text)),)
            yield Finding(period.span, message, _DISAGREE_HELP, related=related)
