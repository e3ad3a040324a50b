"""SEC009 missing-table."""

from nianbao.api import Context, Finding, Report, Text, Undetermined, rule

from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import TABLE_FOUR, TABLE_THREE, TABLE_TWO
from nianbao_rules.shared.headings import heading_of

_NO_TABLE = Text("“{heading}”没有格式规定的{table}", "“{heading}” has no {table}, which the form prescribes")
_NO_TABLE_HELP = Text(
    "照格式补上表格，没有发生的填 0，不用“无”或文字代替；原稿有表格的，是复制时丢了，从原稿重新复制",
    "add the table of the form, with 0 for none and no words instead; if the original has it, it was lost in copying: copy it again",
)
_PICTURE = Text(
    "“{heading}”的{table}可能在图片、嵌入的文件里，或者隐藏着，无法检查",
    "the {table} of “{heading}” may be in a picture or an embedded file, or hidden, which cannot be checked",
)


@rule(
    "SEC009",
    "missing-table",
    summary=Text(
        "第二、三、四部分附有格式规定的表格", "parts two, three and four have the tables of the form"
    ),
    basis=(TABLE_TWO, TABLE_THREE, TABLE_FOUR),
)
def missing_table(report: Report, context: Context) -> Results:
    """第二、三、四部分应当有格式规定的表格，不能用“无”或一段文字代替。

    为什么：这三部分的内容就是表格；没有表格，就没有可以汇总和核对的数。
    整个部分都没有的由 SEC001 指出；表格在报告里、但没有读懂的，或者可能是图片的，由 DOC002 指出；
    第二部分有表、只是缺少其中几项的由 ART001 指出。

    反例：第三部分只有一句“本年度未收到政府信息公开申请”。
    正例：没有收到申请，表三仍然列出，各格填 0。

    怎样改：照格式补上表格。
    """
    for section in report.parts:
        for key in section.covers:
            tables = [t for t in report.form.tables if t.section == key] if report.form else []
            if not tables or any(table.key in report.tables for table in tables):
                continue
            table = tables[0].place.split(" · ")[0]
            values = {"heading": heading_of(report, section), "table": table}
            if report.picture_for(tables[0]):
                yield Undetermined(_PICTURE.fill(**values))
            elif not any(table.key in report.unreadable for table in tables):
                yield Finding(section.heading, _NO_TABLE.fill(**values), _NO_TABLE_HELP, data=values)
