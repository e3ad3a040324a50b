"""ART005 item-row-label."""

from nianbao.api import Context, Finding, Report, Severity, Text, rule

from nianbao_rules.article20.shared import TABLES, misprinted, of_this_form, tables_of
from nianbao_rules.shared.basis import TABLE_TWO
from nianbao_rules.shared.labels import label_finding
from nianbao_rules.shared.results import Results

_EXTRA = Text(
    "{place}有“{found}”一行，格式没有这一行{instead}",
    "{place} has a row “{found}” that the form does not have{instead}",
)
_INSTEAD = Text("，应有的“{rows}”却没有", ", and lacks {rows}")
_EXTRA_HELP = Text("照格式改正这一行的名称或删去", "give the row its printed label, or remove it")
_NOTHING = Text("", "")


@rule(
    "ART005",
    "item-row-label",
    summary=Text("表二的行名与格式一致", "row labels of section two are as printed"),
    basis=TABLE_TWO,
    severity=Severity.WARNING,
    any_of=TABLES,
)
def item_row_label(report: Report, context: Context) -> Results:
    """第二部分各表的行名应与格式印明的一致，也不应有格式没有的行。

    为什么：名称不同，统计的内容就可能不同：2021年起为“行政规范性文件”，2019、2020年度为“规范性文件”。
    空格、全角半角不算差异；沿用另一版格式的由 ART003 报出。

    反例：2022年度报告写“规范性文件”；“行政事业性收费”写成“行政事业收费”。
    正例：2022年度报告写“行政规范性文件”。

    怎样改：照格式改回原名；格式没有的行删去。
    """
    for table in tables_of(report):
        for label in misprinted(report, table.rows.values()):
            yield label_finding(table, label)
        missing = [row.label for row in table.form.rows if row.key not in table.rows]
        own = of_this_form(report, table.extra)
        for order, label in enumerate(table.extra):
            if label not in own:
                continue
            instead = _INSTEAD.fill(rows=missing[order]) if order < len(missing) else _NOTHING
            found = "".join(label.text.split())
            message = _EXTRA.fill(place=table.form.place, found=found, instead=instead)
            yield Finding(label.span, message, _EXTRA_HELP, place=table.form.place)
