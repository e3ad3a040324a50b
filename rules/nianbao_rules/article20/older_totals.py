"""ART013 older-totals."""

from nianbao.api import Context, Report, Severity, Text, number, rule

from nianbao_rules.article20.shared import row_finding, row_place, rows_of, unknown_row
from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import TABLE_TWO

_FEWER_PUBLIC = Text(
    "{place}：对外公开总数量{public_total} < 本年新公开数量{published}",
    "{place}: {public_total} public in all < {published} newly published",
)
_FEWER_PUBLIC_HELP = Text(
    "对外公开总数量包括本年新公开的；核对两个数",
    "the total includes those newly published; check both figures",
)
_BELOW_ZERO = Text(
    "{place}：上一年项目数量{previous}，本年增/减{change}，现有项目数成了{now}",
    "{place}: {previous} items the year before and a change of {change} make {now}",
)
_BELOW_ZERO_HELP = Text(
    "本年增/减填增减的项数（减少为负数），不是现有项数；核对两个数",
    "the change is the number of items added, negative if items were dropped; check both figures",
)


@rule(
    "ART013",
    "older-totals",
    summary=Text(
        "2019、2020年度：总数不少于新增，项目不减到 0 以下",
        "2019 and 2020: totals include new documents, and items do not fall below 0",
    ),
    basis=TABLE_TWO,
    severity=Severity.WARNING,
    any_of=("regulations", "permits", "penalties", "charges"),
    forms=("2019",),
)
def older_totals(report: Report, context: Context) -> Results:
    """2019、2020年度的表二：对外公开总数量不少于本年新公开数量；上一年项目数量加本年增/减不小于 0。

    为什么：总数包括本年新公开的；取消的项目不会比原有的多。

    反例：新公开6、对外公开总数量4；上一年项目数量3、本年增/减“-5”。
    正例：新公开6、对外公开总数量20；上一年项目数量3、本年增/减“-3”。

    怎样改：核对两个数。
    """
    for table, row, figures in rows_of(report, "regulations"):
        if figures is None:
            yield unknown_row(table, row)
        elif figures["public_total"] < figures["published"]:
            values = {key: number(value) for key, value in figures.items()}
            message = _FEWER_PUBLIC.fill(place=row_place(table, row), **values)
            yield row_finding(table, row, "public_total", message, _FEWER_PUBLIC_HELP)
    for table, row, figures in rows_of(report, "permits", "penalties", "charges"):
        if figures is None:
            yield unknown_row(table, row)
        elif figures["previous"] + figures["change"] < 0 <= figures["previous"]:
            now = number(figures["previous"] + figures["change"])
            values = {key: number(value) for key, value in figures.items()}
            message = _BELOW_ZERO.fill(place=row_place(table, row), now=now, **values)
            yield row_finding(table, row, "change", message, _BELOW_ZERO_HELP)
