"""SEC006 government-results."""

from nianbao.api import Context, Finding, Report, Severity, Text, Undetermined, rule

from nianbao_rules.sections.shared import speaks
from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import ARTICLE_50_GOVERNMENTS

_RESULTS_DUE = (
    ("工作考核", ("考核", "考评", "绩效")),
    ("社会评议", ("评议", "评估", "测评", "评价", "满意度")),
    ("责任追究", ("追究", "追责", "问责")),
)
_NO_RESULTS = Text(
    "全文没有写{matters}的结果情况，各级人民政府的年度报告应当包括",
    "the text does not state the results of {matters}, which the report of a people's government must include",
)
_NO_RESULTS_HELP = Text(
    "在总体情况的监督保障中写明{matters}的结果；没有开展、没有发生的如实写明",
    "state the results of {matters} under 监督保障 in 总体情况, and say so if there were none",
)
_WHOSE = Text(
    "看不出编制机关是不是一级人民政府，无法判断这一要求是否适用",
    "whether the organ is a people's government is not known, so whether it must state these results is not known either",
)


@rule(
    "SEC006",
    "government-results",
    summary=Text(
        "各级人民政府写明工作考核、社会评议和责任追究结果",
        "a people's government states the results of appraisal, public review and accountability",
    ),
    basis=ARTICLE_50_GOVERNMENTS,
    severity=Severity.WARNING,
)
def government_results(report: Report, context: Context) -> Results:
    """各级人民政府（含乡镇人民政府）的年度报告，应当写明工作考核、社会评议和责任追究的结果情况。

    为什么：条例第五十条第（四）项规定“应当包括”，三项缺一不可，所以缺哪一项就指出哪一项；
    实际写法各异，“考评”“满意度测评”“第三方评估”“问责”等都算写到，写在报告任何一处都可以，
    所以只作警告。部门、街道办事处不是一级人民政府，不要求；管委会等看不出的，不判断。

    反例：某乡人民政府的报告通篇没有提到考核、评议和责任追究。
    正例：“政务公开纳入年度考核，得分已通报；社会评议满意度为96%；全年没有责任追究情形。”

    怎样改：在监督保障一段补写所缺各项的结果；没有发生的写“没有”。
    """
    government = report.issuer.government
    if government is None:
        yield Undetermined(_WHOSE)
    if not government:
        return
    text = "".join(report.prose.split())
    lacking = [name for name, words in _RESULTS_DUE if not speaks(text, words)]
    if lacking:
        values = {"matters": "、".join(lacking)}
        place = report.section("overview")
        span = place.heading if place is not None else report.anchor
        yield Finding(span, _NO_RESULTS.fill(**values), _NO_RESULTS_HELP.fill(**values), data=values)
