"""NUM001 parts-exceed-total."""

from nianbao.api import Context, Report, Text, Undetermined, rule

from nianbao_rules.numbers.shared import cases_of, misadded
from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import ACCURATE_BY_LAW

_OVER = Text(
    "{total}的各分项之和超过合计：{sums}", "the parts of {total} add up to more than the total: {sums}"
)
_SUBTOTAL = Text(
    "分项{total}有误，它自己的分项和它所在的合计因此都不符：{sums}",
    "the part {total} agrees neither with its own parts nor with the total it is in: {sums}",
)
_SUM_HELP = Text(
    "对照台账核对合计和每个分项，改正有误的数；同一件计入了几个分项的，在文中写明",
    "check the total and each part against the ledger; if one is counted in several parts, say so",
)


@rule(
    "NUM001",
    "parts-exceed-total",
    summary=Text("分项之和不超过合计", "parts add up to no more than their total"),
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
    for case in cases_of(report):
        if isinstance(case, Undetermined):
            yield case
        elif case.fault == "over":
            message = _SUBTOTAL if case.nested else _OVER
            yield misadded(report, case, message, _SUM_HELP)
