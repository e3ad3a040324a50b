"""ART006 item-column-label."""

from nianbao.api import Context, Report, Severity, Text, rule

from nianbao_rules.article20.shared import TABLES, misprinted, tables_of
from nianbao_rules.shared.basis import TABLE_TWO
from nianbao_rules.shared.labels import label_finding
from nianbao_rules.shared.results import Results


@rule(
    "ART006",
    "item-column-label",
    summary=Text("表二的列名与格式一致", "column labels of section two are as printed"),
    basis=TABLE_TWO,
    severity=Severity.WARNING,
    any_of=TABLES,
)
def item_column_label(report: Report, context: Context) -> Results:
    """第二部分各表的列名应与格式印明的一致。

    为什么：列名说明统计的是什么、用什么单位：“本年收费金额（单位：万元）”少了单位，读者就不知道是元还是万元。
    转换文件时后半截丢失的列名（“本年新”）不算差异；沿用另一版格式的由 ART003 报出。

    反例：“本年增/减”写成“本年增/减处”。
    正例：“本年增/减”。

    怎样改：照格式改回原名。
    """
    for table in tables_of(report):
        for label in misprinted(report, table.columns.values()):
            yield label_finding(table, label)
