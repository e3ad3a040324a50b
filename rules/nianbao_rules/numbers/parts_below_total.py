"""NUM002 parts-below-total."""

from nianbao.api import Context, Report, Text, Undetermined, rule

from nianbao_rules.numbers.shared import cases_of, misadded
from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import ACCURATE

_UNDER = Text(
    "{total}的各分项之和不足合计：{sums}", "the parts of {total} add up to less than the total: {sums}"
)
_NEITHER_WAY = Text(
    "{total}的分项到哪里为止有不同的读法，但哪一种都与合计不符：{sums}",
    "the parts of {total} can be read in several ways, none of which agrees with the total: {sums}",
)
_UNDER_HELP = Text(
    "对照台账核对；没有列全的，在最后一项后面加“等”，或者补上“其他”一项",
    "check them against the ledger; if not all are listed, write 等 after the last or add 其他",
)


@rule(
    "NUM002",
    "parts-below-total",
    summary=Text("分项之和不少于合计", "parts add up to no less than their total"),
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
    for case in cases_of(report):
        if isinstance(case, Undetermined):
            yield case
        elif case.fault == "under":
            several = len(case.shown) > 1
            yield misadded(report, case, _NEITHER_WAY if several else _UNDER, _UNDER_HELP)
