"""ART008 impossible-count."""

from nianbao.api import Context, Finding, Report, Text, rule

from nianbao_rules.article20.shared import TABLES
from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import TABLE_FOUR, TABLE_THREE, TABLE_TWO

_NEGATIVE = Text("{place}填的是{text}，数量不会小于 0", "{place} says {text}: no count is negative")
_FRACTION = Text("{place}填的是{text}，件数应为整数", "{place} says {text}: a count is a whole number")
_COUNT_HELP = Text("核对台账，填实际数", "check the ledger and enter the actual figure")


@rule(
    "ART008",
    "impossible-count",
    summary=Text("各表的数量不为负、件数为整数", "no figure of a table is negative, no count has decimals"),
    basis=(TABLE_TWO, TABLE_THREE, TABLE_FOUR),
    any_of=(*TABLES, "applications", "review"),
)
def impossible_count(report: Report, context: Context) -> Results:
    """表二、表三、表四填的是件数、项数和金额：不会是负数，件数和项数没有小数。

    为什么：这样的数不可能是统计出来的，多半是输入有误或者填串了格。
    “本年增/减”可以是负数；金额可以有小数。表三、表四中勾稽关系已经指出有误的格不再重复报出。

    反例：行政处罚的处理决定数量填“-3”，行政许可填“12.5”。
    正例：本年增/减填“-3”；本年收费金额填“190.46”。

    怎样改：核对台账，填实际数。
    """
    for table in filter(None, map(report.table, report.tables)):
        wrong = [cause.cell for cause in report.imbalances(table.form.key)]
        for cell in table.cells:
            if not cell.value or cell in wrong:
                continue
            if cell.value < 0 and not cell.column.signed:
                yield Finding(cell.span, _NEGATIVE.fill(place=cell.place, text=cell.text), _COUNT_HELP, cell)
            elif cell.column.unit is None and cell.value != cell.value.to_integral_value():
                yield Finding(cell.span, _FRACTION.fill(place=cell.place, text=cell.text), _COUNT_HELP, cell)
