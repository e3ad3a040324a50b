"""ART014 older-pairs."""

from nianbao.api import Context, Report, Text, number, rule

from nianbao_rules.article20.shared import row_finding, row_place, rows_of, unknown_row
from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import OWN_READING

_NO_ITEM = Text(
    "{place}：项目数为0，处理决定却有{decisions}件", "{place}: 0 items, but {decisions} decisions"
)
_NO_ITEM_HELP = Text(
    "核对上一年项目数量和本年增/减是否漏填", "check whether the items of the year before were left out"
)
_NO_AMOUNT = Text(
    "{place}：采购项目{projects}个，采购总金额却是0", "{place}: {projects} projects, but an amount of 0"
)
_NO_PROJECT = Text(
    "{place}：采购总金额{amount}，采购项目数量却是0", "{place}: an amount of {amount}, but 0 projects"
)
_PURCHASE_HELP = Text("核对采购项目数量和采购总金额", "check the number of projects and the amount")


@rule(
    "ART014",
    "older-pairs",
    summary=Text(
        "2019、2020年度：有处理决定就有项目，采购数与金额同有同无",
        "2019 and 2020: decisions need items, purchases have both projects and an amount",
    ),
    basis=OWN_READING,
    any_of=("permits", "penalties", "procurement"),
    forms=("2019",),
)
def older_pairs(report: Report, context: Context) -> Results:
    """2019、2020年度的表二：有处理决定的，项目数通常不为 0；采购项目数量与采购总金额通常同有同无。

    为什么：处理决定是就项目作出的，采购总会有金额；一有一无，多半是漏填了一个。

    反例：上一年项目数量0、本年增/减0，处理决定数量35；采购项目数量2、采购总金额0。
    正例：上一年项目数量12、本年增/减0，处理决定数量35。

    怎样改：核对有没有漏填。
    """
    for table, row, figures in rows_of(report, "permits", "penalties"):
        if figures is None:
            yield unknown_row(table, row)
        elif figures["decisions"] > 0 and figures["previous"] + figures["change"] == 0:
            message = _NO_ITEM.fill(place=row_place(table, row), decisions=number(figures["decisions"]))
            yield row_finding(table, row, "decisions", message, _NO_ITEM_HELP)
    for table, row, figures in rows_of(report, "procurement"):
        if figures is None:
            yield unknown_row(table, row)
        elif (figures["projects"] > 0) != (figures["amount"] > 0):
            text = _NO_AMOUNT if figures["projects"] > 0 else _NO_PROJECT
            values = {key: number(value) for key, value in figures.items()}
            message = text.fill(place=row_place(table, row), **values)
            yield row_finding(table, row, "amount", message, _PURCHASE_HELP)
