"""PRB005 general-problems."""

from nianbao.api import Context, Finding, Report, Text, rule
from nianbao_grammar import patterns as re

from nianbao_rules.problems.shared import PLAN, parts_five, says, wanting
from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import OWN_READING

_SLOGANS = Text("问题写得笼统（“{text}”），看不出具体是什么", "the problems are too general (“{text}”)")
_SLOGANS_HELP = Text(
    "写明是哪个栏目、哪类信息、哪个环节的问题，有数的写出数",
    "say which column, which information or which step has the problem, with figures if there are any",
)
_GENERAL = (
    r"(?:[一二三四五六七八九十]是|第[一二三四五六七八九十]|\d[.．]|[（(][一二三四五六七八九十\d][）)]|和|以及|主要是|存在|对|在|的|还|仍|也|个别|部分|队伍|单位|干部|人员|工作|"
    r"政府信息公开|政务公开|信息公开|主动|公开|思想|业务|宣传)*"
    r"(?:认识|重视|重视程度|力度|意识|主动性|积极性|自觉性|水平|能力|素质|质量|成效|工作|宣传)"
    r"(?:还|仍|仍然|尚|依然|有些|有所)?(?:不够|不足|不强|不高|不大|欠缺|薄弱|有待|需|需要)(?:进一步)?(?:大|高|强|到位|加强|加大|提高|提升|增强|改进)?"
    r"(?:等?(?:的)?(?:问题|不足|情况|方面))?"
)
# A clause without any of these is neither a general problem nor the lead to one.
_GENERAL_SIGNS = (
    "认识", "重视", "力度", "意识", "主动性", "积极性", "自觉性", "水平", "能力", "素质", "质量", "成效", "工作", "宣传", "问题",
    "不足", "差距", "薄弱环节", "短板", "以下",
)  # fmt: skip
# What is not done, since when, and what is named in quotes is specific.
_SPECIFIC = r"没有|未(?!来)|个月|半年|“"
_CLAUSE = r"[^，,、；;。：:\n]+"
_LEAD_IN = (
    r"^.*(?:问题|不足|差距|薄弱环节|短板)(?:主要)?(?:表现)?[是有在为]"
    r"|^.*(?:存在|有|主要)(?:着|一些|一定|不少|如下|诸多|较多|的|主要|突出)*(?:问题|不足|差距|薄弱环节|短板)(?:如下)?$|^.*以下.*$"
)


@rule(
    "PRB005",
    "general-problems",
    summary=Text("问题写得具体", "the problems are specific"),
    basis=OWN_READING,
)
def general_problems(report: Report, context: Context) -> Results:
    """问题应当具体，不能全是“重视不够”“力度不大”一类的话。

    为什么：国办公开办函〔2021〕30号点名批评敷衍塞责；笼统的问题放在哪一年、哪个单位都行，没有用处。
    只在每一个问题都是这样的话时才提示；有一个具体的，就不提示。

    反例：存在思想认识不够、公开力度不大、主动性有待提高等问题。
    正例：存在“重大项目”栏目三个月没有更新、图解类解读只占两成等问题。

    怎样改：写明具体的栏目、信息、环节和数。
    """
    for part in parts_five(report):
        plan = re.search(PLAN, part.text)
        before = part.text[: plan.start()] if plan else part.text
        if re.search(_SPECIFIC, before):
            continue
        clauses = [match for match in re.finditer(_CLAUSE, before) if wanting(match[0])]
        if any(not says(match[0], _GENERAL_SIGNS) for match in clauses):
            continue
        clauses = [match for match in clauses if wanting(_without_lead(match[0]))]
        if clauses and all(re.fullmatch(_GENERAL, _without_lead(match[0])) for match in clauses):
            span = part.span(clauses[0].start(), clauses[-1].end())
            text = "、".join(_without_lead(match[0]) for match in clauses[:3])
            yield Finding(span, _SLOGANS.fill(text=text), _SLOGANS_HELP)


def _without_lead(clause: str) -> str:
    """Return *clause* without words that only announce problems, such as 工作中还存在以下问题."""
    bare = "".join(clause.split())
    return bare if re.fullmatch(_GENERAL, bare) else re.sub(_LEAD_IN, "", bare)
