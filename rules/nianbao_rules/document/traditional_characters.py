"""DOC007 traditional-characters."""

from nianbao.api import Context, Finding, Report, Severity, Text, rule

from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import OWN_READING

_TRADITIONAL = Text(
    "这份文件是繁体字，没有检查，不等于没有问题",
    "this file is in traditional characters; it was not checked, which does not mean that it is right",
)
_TRADITIONAL_HELP = Text(
    "检查简体字的原稿；从网站复制的，换到简体页面再复制",
    "check the original in simplified characters; if it was copied from a site, copy it from the simplified page",
)


@rule(
    "DOC007",
    "traditional-characters",
    summary=Text("说明繁体字的文件没有检查", "a file in traditional characters is said not to be checked"),
    basis=OWN_READING,
    severity=Severity.INFO,
    forms=(),
)
def traditional_characters(report: Report, context: Context) -> Results:
    """繁体字的报告不检查，只作说明。

    为什么：格式的标题、表格的名称和各条规则的用语都是简体字；照着去认繁体字，会把有的内容说成缺少。
    只报这一条，其他规则都无法判断；因为没有结论，退出码是 3。
    个别人名、引文用繁体字的，照常检查。

    反例：“XX縣政府信息公開工作年度報告”，由网站的繁体版复制而来。
    正例：简体字的报告。

    怎样改：检查简体字的原稿。
    """
    if report.traditional:
        yield Finding(report.anchor, _TRADITIONAL, _TRADITIONAL_HELP, place="全文")
