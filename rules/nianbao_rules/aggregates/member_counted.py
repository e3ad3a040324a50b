"""AGG006 member-counted."""

from nianbao.api import Context, Finding, Report, Severity, Text, rule
from nianbao_grammar import patterns as re

from nianbao_rules.aggregates.shared import all_summed, counted_amiss, one_of
from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import ACCURATE

_LEFT_OUT = Text(
    "各表有{cells}格比{count}家下级机关的合计少，少的正好是{names}的数：很可能没有计入它",
    "{cells} cells are less than the sums of the {count} organs below, just by the figures of {names}: probably it is not counted",
)
_TWICE = Text(
    "各表有{cells}格比{count}家下级机关的合计多，多的正好是{names}的数：很可能重复计了它",
    "{cells} cells are more than the sums of the {count} organs below, just by the figures of {names}: probably it is counted twice",
)
_LEFT_OUT_HELP = Text(
    "把它的数计入各表；它由上级垂直管理、不由本机关汇总的，不要在名册里列在本机关之下",
    "add its figures; if it is not summed up here, it is not below this organ in the roster",
)
_TWICE_HELP = Text(
    "从各表里减去重复计的一份；多出的如果是本级机关自己的，就是对的",
    "take them out once; if they are the government's own, they are right",
)
# Their figures are reported by their own line.
_VERTICAL = re.compile(r"税务|海关|气象|烟草|消防救援|调查队|邮政管理|金融监督管理")
_TELLING = 3  # different figures that are not by chance those of another organ


@rule(
    "AGG006",
    "member-counted",
    summary=Text("每一家下级机关都计入，只计一次", "each organ below is counted, and counted once"),
    basis=ACCURATE,
    severity=Severity.WARNING,
    beside="members",
)
def member_counted(report: Report, context: Context) -> Results:
    """本级政府的报告与下级机关合计的差数，正好是某一家的数时，多半是这一家漏计或者重复计了。

    为什么：一家漏计，各表的合计一起错；逐格去找原因，不如先看这一家。税务、海关、气象等由上级垂直管理的机关，
    可能本来就不由本级政府汇总，只作提示。数很少的一家，别的原因也可能造成同样的差数，重复计的只作提示。

    反例：各表的合计都正好少了财政局的数。
    正例：名册里列有县税务局，县人民政府的报告没有计入它的数（提示，不是警告）。

    怎样改：漏计的计入，重复的减去；不由本机关汇总的，从名册里移走。
    """
    tables = all_summed(report)
    sign, organs = counted_amiss(tables)
    if not organs:
        return
    off = [each for table in tables for each in table.off]
    values = {"cells": len(off), "count": len(off[0].members), "names": one_of(organs)}
    first = off[0].cell
    telling = len({abs(each.difference) for each in off}) >= _TELLING and len(organs) == 1
    hint = any(map(_VERTICAL.search, organs)) if sign < 0 else not telling
    yield Finding(
        first.span,
        (_LEFT_OUT if sign < 0 else _TWICE).fill(**values),
        _LEFT_OUT_HELP if sign < 0 else _TWICE_HELP,
        first,
        at_most=Severity.INFO if hint else None,
    )
