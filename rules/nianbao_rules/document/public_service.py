"""DOC006 public-service."""

from nianbao.api import Context, Finding, Report, Severity, Text, rule

from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import OWN_READING

_OTHER = Text(
    "从标题“{title}”看，这是学校、医院、企业等的信息公开报告，不是行政机关的政府信息公开工作年度报告，没有检查",
    "by its title “{title}” this is the report of a school, hospital or company, not the annual report of an organ; it was not checked",
)
_OTHER_HELP = Text(
    "这类报告按主管部门的规定编制，不用本格式；如果是行政机关的报告，请核对标题",
    "such a report follows the rules of the authority in charge, not this form; if it is that of an organ, check the title",
)


@rule(
    "DOC006",
    "public-service",
    summary=Text(
        "说明学校、医院、企业等的信息公开报告不按本格式检查",
        "a report of a school, hospital or company is said not to be checked against the form",
    ),
    basis=OWN_READING,
    severity=Severity.INFO,
    forms=(),
)
def public_service(report: Report, context: Context) -> Results:
    """学校、医院、企业等公共企事业单位的信息公开报告，不按行政机关的格式检查。

    为什么：这些单位的信息公开由主管部门另行规定（条例第五十五条），高等学校还按学年编制，章节和附表都不同。
    只报这一条，其他规则都不适用；因为没有结论，退出码是 3。
    这些单位照行政机关的格式编制、格式规定的表格里填了数的，照常检查。

    反例：某大学2022—2023学年信息公开年报。
    正例：县教育局的政府信息公开工作年度报告。

    怎样改：不用改；如果是行政机关的报告，核对标题。
    """
    other = report.other
    if other is not None and other.kind == "public service":
        yield Finding(report.anchor, _OTHER.fill(title=other.title), _OTHER_HELP, place="全文")
