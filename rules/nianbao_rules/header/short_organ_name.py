"""HDR005 short-organ-name."""

from nianbao.api import Context, Edit, Finding, Fix, Report, Span, Text, Undetermined, rule

from nianbao_rules.header.shared import NO_TITLE
from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import OWN_READING

_SHORT_NAME = Text(
    "标题里的“{unit}”是地名，编制机关的全称是“{full}”",
    "“{unit}” in the title is a place name; the full name of the organ is “{full}”",
)
_SHORT_NAME_HELP = Text("写作“{full}”", "write “{full}”")
_SEATS = ("省", "市", "州", "县", "区", "旗", "镇", "乡", "苏木")
_TITLE_SHORT = Text("补上“{added}”", "add “{added}”")


@rule(
    "HDR005",
    "short-organ-name",
    summary=Text("标题写编制机关的全称", "the title gives the organ's full name"),
    basis=OWN_READING,
    enabled=False,
)
def short_organ_name(report: Report, context: Context) -> Results:
    """标题写机关的全称“云岭镇人民政府”，不只写地名“云岭镇”。

    为什么：年度报告是行政机关的报告，地名不是机关；乡镇的党委、人大也用同一个地名。
    但是只写地名的报告很多，各地都接受，所以默认不启用，启用了也只是提示。
    部门、新区和开发区的名称不查。

    反例：云岭镇2024年政府信息公开工作年度报告。
    正例：云岭镇人民政府2024年政府信息公开工作年度报告；石桥街道办事处2024年政府信息公开工作年度报告。

    怎样改：补上“人民政府”或者“办事处”。
    """
    if report.title is None:
        yield Undetermined(NO_TITLE)
        return
    unit = report.issuer.name
    names_place = report.issuer.government and unit.endswith(_SEATS)
    added = "人民政府" if names_place else "办事处" if unit.endswith("街道") else ""
    if added:
        at = report.title.text.rfind(unit)
        start = report.title.span.start + at
        span = Span(start, start + len(unit)) if at >= 0 else report.title.span
        end = Span(span.end, span.end)
        fix = Fix(_TITLE_SHORT.fill(added=added), False, (Edit(end, "", added),)) if at >= 0 else None
        values = {"unit": unit, "full": unit + added}
        yield Finding(span, _SHORT_NAME.fill(**values), _SHORT_NAME_HELP.fill(**values), fix=fix)
