"""YOY001 carried-over."""

from nianbao.api import Context, Report, Text, Undetermined, number, rule

from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import TABLE_THREE
from nianbao_rules.year_over_year.shared import (
    NO_FIGURES,
    NO_TABLE,
    Pair,
    one_finding,
    possible,
    table_of_last_year,
    tables_of_last_year,
)

_PLACE = "表三 · 二、上年结转政府信息公开申请数量"
_DIFFERS = Text(
    "表三“二、上年结转”与上年报告表三“四、结转下年度继续办理”不符：{sums}",
    "table three: what was carried in differs from what last year's report carried out: {sums}",
)
_DIFFERS_HELP = Text(
    "对照台账核对年初尚未办结的申请，改正本年的数；上年报告后来有更正的，按更正后的报告核对，上年报告有误的，说明原因并更正上年报告",
    "check which applications were open when the year began, and correct this year's figures; "
    "if last year's report was corrected later, compare with that one",
)


@rule(
    "YOY001",
    "carried-over",
    summary=Text(
        "上年结转等于上年报告的结转下年度",
        "what was carried in is what last year's report carried out",
    ),
    basis=TABLE_THREE,
    needs="applications",
    beside="previous",
)
def carried_over(report: Report, context: Context) -> Results:
    """表三“二、上年结转政府信息公开申请数量”的每一列，应等于本机关上年报告“四、结转下年度继续办理”的同一列。

    为什么：上年报告结转下年度的申请，就是本年年初尚未办结的申请，是同一批件。
    各列不符的，合并报一次。某一列的合计关系本来就不成立的，由 SUM 类规则报出，这里不重复。
    申请数量的口径变了（例如机构合并），也会不符，应当在报告中说明。

    反例：上年报告结转下年度，自然人5、总计5；本年报告上年结转，自然人3、总计3：3 ≠ 5。
    正例：上年报告结转下年度，自然人5、总计5；本年报告上年结转，自然人5、总计5。

    怎样改：对照台账核对；上年报告后来更正过的，以更正后的为准。
    """
    this, last, tables = (
        report.table("applications"),
        table_of_last_year(report, "applications"),
        tables_of_last_year(report),
    )
    if this is None or last is None or tables is None:
        yield Undetermined(NO_TABLE.fill(place="表三"))
        return
    pairs, unknown = [], False
    for column in this.form.columns:
        mine, before = this["carried_in", column.key], last["carried_out", column.key]
        values, others = possible(mine, report), possible(before, tables)
        if not values or not others:
            unknown = True
        elif values.isdisjoint(others):
            sums = f"{number(mine.value)} ≠ {number(before.value)}"
            pairs.append(Pair(mine, column.label, sums, (before,)))
    if pairs:
        yield one_finding(report, pairs, _DIFFERS, _DIFFERS_HELP, _PLACE)
    elif unknown:
        yield Undetermined(NO_FIGURES.fill(place=_PLACE))
