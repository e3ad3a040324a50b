"""DOC004 old-form."""

from nianbao.api import Context, Finding, Report, Text, rule

from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import OWN_READING

_OLD_FORM = Text(
    "这是{year}年度的报告，不按2019年起的格式编制，章节和表格的各条规则都不适用",
    "this is a report on {year}, made before the forms in use since 2019: the rules on sections and tables do not apply",
)
_OLD_FORM_HELP = Text(
    "如果年度看错了，请在标题写明年度",
    "if the year was read wrongly, state it in the title",
)


@rule(
    "DOC004",
    "old-form",
    summary=Text(
        "说明2018年度及以前的报告不按现行格式检查",
        "a report on 2018 or earlier is said not to be checked against the present forms",
    ),
    basis=OWN_READING,
    forms=(),
)
def old_form(report: Report, context: Context) -> Results:
    """2018年度及以前的报告只作识别，不检查章节和表格。

    为什么：现行格式自2019年度起使用，依据是2019年修订的条例；此前的报告依据2007年的条例，内容和附表都不同。
    2019年度以后的报告误用旧章节的，由章节各条规则指出，不属于这一条。

    反例：2016年度报告，有“概述”“政府信息公开的收费及减免情况”等部分。
    正例：2019年度及以后的报告。

    怎样改：不用改；核对年度是否看对了，没有看对的可以用 --year 指定。
    """
    form = report.form
    if report.recognised and form is not None and not form.tables:
        yield Finding(report.anchor, _OLD_FORM.fill(year=report.year), _OLD_FORM_HELP, place="全文")
