"""SEC002 section-order."""

from nianbao.api import Context, Finding, Report, Severity, Text, rule

from nianbao_rules.sections.shared import misplaced
from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import SIX_PARTS

_ORDER = Text(
    "各部分的顺序与格式不同：现在是{found}；格式是{due}",
    "the parts are not in the order of the form: they are {found}; the form has {due}",
)
_ORDER_HELP = Text(
    "把各部分连同文字、表格调整为格式的顺序，并重新编号",
    "move the parts with their text and tables into the order of the form, and renumber them",
)


@rule(
    "SEC002",
    "section-order",
    summary=Text("六个部分按格式的顺序排列", "the six parts are in the order of the form"),
    basis=SIX_PARTS,
    severity=Severity.WARNING,
)
def section_order(report: Report, context: Context) -> Results:
    """六个部分应按格式的顺序排列。

    为什么：格式统一，读者和汇总的人才能在同样的位置找到同样的内容。
    多出的部分、缺少的部分另由 SEC003、SEC001 指出，这里只看已有各部分的先后。

    反例：先写“行政复议、行政诉讼情况”，后写“收到和处理政府信息公开申请情况”。
    正例：依次是总体情况、主动公开、收到和处理申请、行政复议和诉讼、问题及改进、其他事项。

    怎样改：按格式的顺序调整。
    """
    out_of_order = misplaced(report)
    if report.form is None or out_of_order is None:
        return
    section, keys, due = out_of_order
    titles = {s.key: s.title for s in report.form.sections}
    message = _ORDER.fill(found="、".join(titles[k] for k in keys), due="、".join(titles[k] for k in due))
    yield Finding(section.heading, message, _ORDER_HELP)
