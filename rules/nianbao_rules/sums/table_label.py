"""SUM007 table-label."""

from nianbao.api import Context, Report, Severity, Text, rule

from nianbao_rules.shared.basis import TABLE_FOUR, TABLE_THREE
from nianbao_rules.shared.labels import label_finding
from nianbao_rules.shared.results import Results
from nianbao_rules.sums.shared import TABLES, tables_of


@rule(
    "SUM007",
    "table-label",
    summary=Text("表三、表四的行列名称与格式一致", "labels of tables three and four are as printed"),
    basis=(TABLE_THREE, TABLE_FOUR),
    any_of=TABLES,
    severity=Severity.WARNING,
)
def table_label(report: Report, context: Context) -> Results:
    """表三、表四的行名、列名应与格式印明的一致。

    为什么：名称改动一个字，意思就可能变了（“三安全一稳定”出自条例第十四条），汇总时也对不上。
    空格、全角半角、括号、丢失的序号不算差异。

    反例：“总计”写成“总结”；“其他结果”写成“其他其结果”。
    正例：“3.危及“三安全一稳定””。

    怎样改：照格式改回原名。
    """
    for table in tables_of(report):
        for label in (*table.rows.values(), *table.columns.values()):
            if not label.exact:
                yield label_finding(table, label)
