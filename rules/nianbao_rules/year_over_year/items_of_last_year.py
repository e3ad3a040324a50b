"""YOY003 items-of-last-year."""

from nianbao.api import Context, NotApplicable, Report, Severity, Text, Undetermined, number, rule

from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import TABLE_TWO
from nianbao_rules.year_over_year.shared import (
    NO_FIGURES,
    OTHER_FORM,
    Pair,
    one_finding,
    same_form,
    table_of_last_year,
)

_TABLES = ("permits", "penalties", "charges")
_DIFFERS = Text(
    "表二“上一年项目数量”与上年报告的“上一年项目数量＋本年增/减”不符：{sums}",
    "table two: the items of the year before are not those that last year's report ends with: {sums}",
)
_DIFFERS_HELP = Text(
    "对照事项清单核对；上年报告后来有更正、事项清单重新公布过的，按那时的数核对",
    "compare with the list of items, and with last year's report as it was corrected",
)


@rule(
    "YOY003",
    "items-of-last-year",
    summary=Text(
        "2020年度：上一年项目数量等于上年报告的项目数量加增减",
        "2020: the items of the year before are those that last year's report ends with",
    ),
    basis=TABLE_TWO,
    severity=Severity.WARNING,
    any_of=_TABLES,
    forms=("2019",),
    beside="previous",
)
def items_of_last_year(report: Report, context: Context) -> Results:
    """2020年度表二各行的“上一年项目数量”，应等于2019年度报告同一行的“上一年项目数量”加“本年增/减”。

    为什么：本年报告的“上一年”就是上年报告的“本年”，那一年年末的项目数量只有一个。
    几行不符的，合并报一次。

    反例：2019年度报告行政许可上一年项目数量120、本年增/减＋5，2020年度报告上一年项目数量120：120 ≠ 120 + 5 = 125。
    正例：2019年度报告行政许可上一年项目数量120、本年增/减＋5，2020年度报告上一年项目数量125。

    怎样改：对照事项清单核对。
    """
    if not same_form(report):
        yield NotApplicable(OTHER_FORM)
        return
    pairs = []
    for key in _TABLES:
        this, last = report.table(key), table_of_last_year(report, key)
        for row in this.form.rows if this and last else ():
            assert this is not None
            assert last is not None
            mine, before, change = (
                this[row.key, "previous"],
                last[row.key, "previous"],
                last[row.key, "change"],
            )
            if mine.value is None or before.value is None or change.value is None:
                yield Undetermined(NO_FIGURES.fill(place=f"{this.form.place} · {row.place}"))
            elif mine.value != before.value + change.value:
                sign = "−" if change.value < 0 else "+"
                end = number(before.value + change.value)
                sums = f"{number(mine.value)} ≠ {number(before.value)} {sign} {number(abs(change.value))} = {end}"
                pairs.append(Pair(mine, row.label, sums, (before, change)))
    if pairs:
        yield one_finding(report, pairs, _DIFFERS, _DIFFERS_HELP, "表二 · 上一年项目数量")
