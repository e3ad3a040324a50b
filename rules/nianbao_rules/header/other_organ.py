"""HDR012 other-organ."""

from nianbao.api import Context, Finding, Related, Report, Severity, Span, Text, Undetermined, rule

from nianbao_rules.header.shared import NO_TITLE
from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import ACCURATE
from nianbao_rules.shared.strangers import How, has_two_names, strangers

_SAID = {
    How.AUTHOR: Text(
        "编制机关写的是“{text}”，标题里的机关是“{organ}”",
        "“{text}” is named as the author, the organ in the title is “{organ}”",
    ),
    How.SUBJECT: Text(
        "“{text}”不是编制机关“{organ}”，这里却当作本机关写",
        "“{text}” is written of as the organ itself, which is “{organ}”",
    ),
    How.SUPERIOR: Text("“{organ}”不属于“{text}”", "“{organ}” does not belong to “{text}”"),
    How.SELF: Text("“{organ}”的报告自称“{text}”", "the report of “{organ}” calls itself “{text}”"),
    How.LEVEL: Text(
        "“{organ}”的报告里写“{text}”，级别不符",
        "“{text}” in the report of “{organ}” is a place of another level",
    ),
}
_HELP = Text(
    "核对这一段是不是从别的机关的报告里抄来的，改成本机关的名称，数和事实也一并核对",
    "see whether this is copied from another organ's report; put its own name, and check figures and facts too",
)
_AGAIN = Text("这里也写“{text}”", "“{text}” here too")
_WHOSE = Text("看不出编制机关的级别", "the level of the organ is not known")
_RENAMED = Text(
    "文中说到机关更名、合并或者有两个名称", "the report tells that its organ was renamed or merged"
)


@rule(
    "HDR012",
    "other-organ",
    summary=Text("没有把别的机关写成本机关", "no other organ is written of as the report's own"),
    basis=ACCURATE,
    severity=Severity.WARNING,
)
def other_organ(report: Report, context: Context) -> Results:
    """编制机关、自称、落款和所说的工作，都应当是标题里的那个机关的。

    为什么：从别的机关或者范本里抄来的段落，常常留着那个机关的名称，数和事实也往往是它的。
    政府的报告由它的部门、办公室编制，报告说到上级、下属和别的机关做的事，都是对的。
    文中说到更名、合并、加挂牌子的，不查别的名称。

    反例：云岭镇的报告写“我局高度重视”“青溪镇新收申请3件”；县水利局的报告写“由县教育局编制”；区的报告写“我县”。
    正例：云岭镇的报告写“我县”“我镇”“由镇党政办公室编制”；县人民政府的报告写“由县政务服务局编制”。

    怎样改：改成本机关的名称，并核对这一段的数和事实。
    """
    if report.issuer.level is None:
        yield Undetermined(NO_TITLE if report.title is None else _WHOSE)
        return
    named: dict[str, How] = {}
    places: dict[str, set[Span]] = {}
    for start, end, how in strangers(report):
        text = report.text[start:end]
        named.setdefault(text, how)
        places.setdefault(text, set()).add(Span(start, end))
    for text, how in named.items():
        first, *others = sorted(places[text])
        related = tuple(Related(span, _AGAIN.fill(text=text)) for span in others)
        yield Finding(first, _SAID[how].fill(text=text, organ=report.issuer.name), _HELP, related=related)
    if not named and has_two_names(report):
        yield Undetermined(_RENAMED)
