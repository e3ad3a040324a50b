"""Part five: what went wrong in the year, and what was and will be done about it."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from nianbao.api import Context, Finding, Related, Report, Section, Severity, Span, Text, Undetermined, rule

from nianbao_rules.basis import ACCURATE, OWN_READING, PROBLEMS_AND_IMPROVEMENTS
from nianbao_rules.period import title_is_wrong
from nianbao_rules.pictures import PICTURE, has_picture
from nianbao_rules.sections import heading_of

Results = Iterator[Finding | Undetermined]

# A report is written in thousands of ways. What any of these words may say counts as said: a rule here
# speaks up only where none of them is found.
_PROBLEM = (
    "问题", "不足", "不够", "不高", "不强", "不深", "不全", "不多", "不细", "不大", "不严", "不实", "不齐", "不平衡",
    "不均", "不及时", "不到位", "不完善", "不健全", "不规范", "不熟", "不明", "不畅", "不便", "不一", "有待", "差距",
    "薄弱", "短板", "弱项", "缺", "滞后", "单一", "偏低", "偏少", "较低", "较少", "较弱", "欠", "困难", "难点",
    "难以", "仍需", "还需", "尚需", "尚未", "需要进一步", "需进一步", "需加强", "需要加强", "松懈", "疏漏", "差错", "隐患",
    "瓶颈", "制约", "影响了",
)  # fmt: skip
_MEASURE = (
    "改进", "措施", "整改", "下一步", "今后", "将", "拟", "打算", "计划", "进一步", "加强", "完善", "强化", "提高",
    "提升", "加大", "健全", "优化", "推进", "推动", "落实", "规范", "拓宽", "拓展", "开展", "建立", "改善", "着力",
    "增强", "深化", "丰富", "督促", "培训", "严格", "创新", "解决",
)  # fmt: skip


def _says(text: str, words: Sequence[str]) -> bool:
    """Return whether one of *words* stands in *text*: plain words are found faster than a pattern is compiled."""
    return any(word in text for word in words)


class _Text(NamedTuple):
    """What stands in part five: as it is in the file, from *start* on."""

    section: Section
    text: str
    start: int

    def span(self, start: int, end: int) -> Span:
        """Return where the characters from *start* to *end* of the text stand in the file."""
        return Span(self.start + start, self.start + end)

    @property
    def nothing(self) -> bool:
        """Whether it says next to nothing, or that there is nothing to say."""
        bare = "".join(self.text.split())
        if len(bare) > _LONGEST_NONE:
            return False
        return len(re.sub(r"\W", "", bare)) < _SHORTEST or re.fullmatch(_NONE, bare) is not None


_SHORTEST = 10  # characters that say what is wrong and what is done about it
_LONGEST_NONE = 80  # characters that say that there is nothing to say
_NONE = (
    r"(?:[（(]?[一二]?[）)]?(?:存在的?)?(?:主要)?问题(?:及改进(?:情况|措施))?[：:])?"
    r"(?:\d{4}年度?|本年度?|全年|目前|本机关|本单位|本局|本镇|本乡|我局|我镇|我乡|我县|[，、])*"
    r"(?:暂无|暂时没有|没有|不存在|未发现|不涉及|无)(?:存在)?的?(?:主要|明显|突出|重大|较大)?(?:的)?(?:问题|不足|情况)?"
    r"(?:[及和、](?:需要)?改进(?:的)?(?:情况|措施|地方|事项))?[。.！!]?"
)


@lru_cache(maxsize=1)  # six rules ask, one after the other
def _texts(report: Report) -> tuple[_Text, ...]:
    """Return what stands in part five, that too under headings which number it anew from 一、 on."""
    return tuple(_pieces(report))


def _pieces(report: Report) -> Iterator[_Text]:
    parts = report.parts
    for section in report.parts_of("problems"):
        inner = takewhile(lambda part: not part.key, parts[parts.index(section) + 1 :])
        pieces = [*section.paragraphs, *(piece for part in inner for piece in (part.title, *part.paragraphs))]
        start = pieces[0].span.start if pieces else section.heading.end
        end = pieces[-1].span.end if pieces else start
        yield _Text(section, report.text[start:end], start)


_EMPTY = Text("“{heading}”没有内容", "“{heading}” is empty")
_NOTHING = Text("“{heading}”只写了“{text}”", "“{heading}” says “{text}” and no more")
_NOTHING_HELP = Text(
    "写明这一年存在的主要问题，以及改进的情况；上一年的问题整改得怎样，也写在这里",
    "say what was wrong in the year and what was done about it, the problems of the year before among them",
)


@rule(
    "PRB001",
    "no-problems",
    summary=Text("写明存在的主要问题及改进情况", "part five says something"),
    basis=PROBLEMS_AND_IMPROVEMENTS,
)
def no_problems(report: Report, context: Context) -> Results:
    """第五部分应当写明存在的主要问题及改进情况，不能空着，也不能只写“无”。

    为什么：条例第五十条第（四）项规定年度报告应当包括这一内容；没有一个机关的工作没有问题可写。
    不足十个字的、只说没有问题的，都算没有写。没有这一部分的由 SEC001 指出。

    反例：五、存在的主要问题及改进情况：无。
    正例：主要问题是栏目更新不及时；已建立更新提醒制度，按月核查。

    怎样改：补写问题和改进情况。
    """
    for part in _texts(report):
        if part.section.part.grids or len(part.section.covers) > 1 or not part.nothing:
            continue
        heading = heading_of(report, part.section)
        if has_picture(part.text):
            yield Undetermined(PICTURE)
        elif not part.text.strip():
            yield Finding(part.section.heading, _EMPTY.fill(heading=heading), _NOTHING_HELP)
        else:
            message = _NOTHING.fill(heading=heading, text="".join(part.text.split()))
            yield Finding(part.span(0, len(part.text)), message, _NOTHING_HELP)


_NO_PROBLEM = Text("这一部分只写了改进，没有写存在什么问题", "measures are given, but no problem")
_NO_MEASURE = Text("这一部分只写了问题，没有写怎样改进", "problems are given, but nothing is done about them")
_NEITHER = Text("这一部分既没有写问题，也没有写怎样改进", "neither a problem nor a measure is given")
_NO_PROBLEM_HELP = Text(
    "写明主要问题是什么，每个问题对应一项改进", "name the problems, each with what is done about it"
)
_NO_MEASURE_HELP = Text("逐条写明改进的情况和措施", "say what was and will be done about each of them")


@rule(
    "PRB002",
    "problem-or-measure-missing",
    summary=Text("问题和改进都写到", "both problems and improvements are given"),
    basis=PROBLEMS_AND_IMPROVEMENTS,
    severity=Severity.WARNING,
)
def problem_or_measure_missing(report: Report, context: Context) -> Results:
    """第五部分既要写问题，也要写改进，缺一不可。

    为什么：条例第五十条第（四）项要求的是“存在的主要问题及改进情况”。
    靠用词判断，凡是可能在讲问题（不足、不够、有待、滞后……）或者讲改进（加强、完善、建立……）的词都算写到，
    一个也没有才指出；说法毕竟无穷，所以只作警告。

    反例：通篇是“下一步将加强培训、完善制度”，没有一句讲问题。
    正例：“解读形式比较单一。改进情况：增加图解和现场讲解。”

    怎样改：补写所缺的一半。
    """
    for part in _texts(report):
        if part.nothing or part.section.part.grids or has_picture(part.text):
            continue
        text = "".join(part.text.split())
        problem, measure = _says(text, _PROBLEM), _says(text, _MEASURE)
        if problem and measure:
            continue
        message = _NO_MEASURE if problem else _NO_PROBLEM if measure else _NEITHER
        advice = _NO_MEASURE_HELP if problem else _NO_PROBLEM_HELP
        yield Finding(part.section.heading, message, advice)


class _Run(NamedTuple):
    """A numbered series in running text: where it begins, how many items, and the words that lead to it."""

    start: int
    items: int
    lead: str


_ORDINAL = re.compile(
    r"(?P<是>[一二三四五六七八九十])是|第(?P<第>[一二三四五六七八九十])[，,、：:]|(?<![\d.])(?P<点>[1-9])[.．、](?!\d)"
)
_VALUES = {
    sign: value for signs in ("一二三四五六七八九十", "123456789") for value, sign in enumerate(signs, 1)
}
_LEAD = 60  # so many characters before a series say what it lists
_LISTS_MEASURES = r"改进|措施|下一步|今后|整改|打算|将|重点|努力|举措|做法|加强|工作[：:]"
_LISTS_PROBLEMS = r"问题|不足|差距|短板|薄弱|表现|困难|弱项"


def _runs(text: str) -> list[_Run]:
    runs: list[_Run] = []
    last: dict[str, int] = {}  # the open series of each way of numbering
    for match in _ORDINAL.finditer(text):
        way = match.lastgroup or ""
        value = _VALUES[match[way]]
        if value == 1:
            lead = re.split(r"[。\n]", text[max(0, match.start() - _LEAD) : match.start()])[-1]
            last[way] = len(runs)
            runs.append(_Run(match.start(), 1, lead))
        elif way in last and runs[last[way]].items == value - 1:
            runs[last[way]] = runs[last[way]]._replace(items=value)
    return [run for run in runs if run.items > 1]


_FEWER = Text(
    "列出了{problems}个问题，改进措施只有{measures}条",
    "{problems} problems are listed, and {measures} measures only",
)
_UNMET = Text(
    "问题里写到{topics}，改进措施里没有相应的内容", "the problems speak of {topics}, the measures do not"
)
_FEWER_HELP = Text(
    "逐个问题核对，没有措施的补上", "go through the problems and add the measures that are missing"
)
_PROBLEMS_HERE = Text("问题从这里列起", "the problems are listed here")
# Only what a measure can hardly speak of in other words: a broadcast may well be the answer to poor 解读.
_TOPICS = (
    ("资金、经费", r"资金|经费", r"资金|经费|投入|预算|财政"),
    (
        "人员",
        r"人员(?:配备|力量|数量)?(?:严重)?(?:不足|短缺|较少|偏少|紧张)|人手|缺少专职|兼职",
        r"人员|人手|队伍|力量|专职|专人|培训|岗",
    ),
)
_PLAN = r"下一步|今后|改进(?:情况|措施|方向)|整改(?:情况|措施)|针对[^。\n]{0,20}问题|\d{4}年[，,]?[^。，,\n]{0,10}将"


@rule(
    "PRB003",
    "problem-without-measure",
    summary=Text("每个问题都有相应的改进", "each problem has its measure"),
    basis=OWN_READING,
)
def problem_without_measure(report: Report, context: Context) -> Results:
    """列出几个问题，就应当有相应的改进，不能问题多、措施少。

    为什么：问题写了而没有下文，第二年多半还在；审核的人会逐条对照。
    只比较写明“一是、二是”“第一、第二”“1. 2.”的条数，措施比问题多的不算；
    没有编号的，只看资金、人员这两样有没有下文。只是提示，由人核对。

    反例：问题列了三个，改进措施只有两条；写“资金保障不到位”，措施里没有提到资金。
    正例：问题两个，措施三条，都有着落。

    怎样改：给没有下文的问题补上措施。
    """
    for part in _texts(report):
        runs = _runs(part.text)
        measures = [run for run in runs if re.search(_LISTS_MEASURES, run.lead)]
        problems = [run for run in runs if run not in measures and re.search(_LISTS_PROBLEMS, run.lead)]
        if problems and measures:
            yield from _fewer(part, problems[0], [run for run in measures if run.start > problems[0].start])
        else:
            yield from _unmet(part)


def _fewer(part: _Text, problems: _Run, measures: list[_Run]) -> Results:
    total = sum(run.items for run in measures)
    if not measures or total >= problems.items:
        return
    message = _FEWER.fill(problems=problems.items, measures=total)
    related = (Related(part.span(problems.start, problems.start + 2), _PROBLEMS_HERE),)
    first = measures[0].start
    yield Finding(part.span(first, first + 2), message, _FEWER_HELP, related=related)


def _unmet(part: _Text) -> Results:
    plan = re.search(_PLAN, part.text)
    if plan is None:
        return
    clauses = re.split(r"[，,、；;。\n]", part.text[: plan.start()])
    problems = [clause for clause in clauses if _says(clause, _PROBLEM)]
    measures = "\n".join(
        [part.text[plan.start() :], *(clause for clause in clauses if clause not in problems)]
    )
    topics = [
        name
        for name, problem, measure in _TOPICS
        if any(re.search(problem, clause) for clause in problems) and not re.search(measure, measures)
    ]
    if topics:
        yield Finding(part.span(*plan.span()), _UNMET.fill(topics="、".join(topics)), _FEWER_HELP)


_FUTURE = r"(?:\d{4}年[，,]?)?[^。，,；;：:\n]{0,12}(?:下一步|今后|下一年|明年|将(?:继续|进一步|着力|重点|从|按|以|采取|认真|切实|不断|有|加|抓|做)|打算)"
_DONE = (
    r"已|上年|上一年|去年|改进情况|整改(?:情况|完成|到位|落实)|完成[^。，]{0,6}整改|得到|解决了|见效|成效明显"
    r"|(?:改进|完善|建立|制定|组织|开展|增加|优化|调整|加强|修订|举办|提升|提高|健全|强化)了"
)
_ONLY_PLANS = Text(
    "只写了今后的打算，没有写这一年的改进情况", "only plans are given, not what was improved in the year"
)
_ONLY_PLANS_HELP = Text(
    "补写这一年已经做了的改进，以及上一年的问题整改得怎样",
    "add what was improved in the year and what became of last year's problems",
)


@rule(
    "PRB004",
    "only-plans",
    summary=Text("写明这一年的改进情况，不只写打算", "what was improved is told, not only what is planned"),
    basis=OWN_READING,
)
def only_plans(report: Report, context: Context) -> Results:
    """标题是“改进情况”，应写这一年改进了什么，不能只写下一步打算。

    为什么：年年只写打算，看不出上年说的有没有做到。格式的填报说明没有核对过原文，所以只作提示。
    写到“已”“上年”“改进情况”“完成整改”等的，都算写了。

    反例：“……等问题。下一步将加强培训、完善制度。”
    正例：“上年提出的栏目更新问题已完成整改。下一步将……”

    怎样改：补写已经做了的改进。
    """
    for part in _texts(report):
        future = re.search(_FUTURE, part.text)
        if future and not part.nothing and not re.search(_DONE, part.text):
            yield Finding(part.span(*future.span()), _ONLY_PLANS, _ONLY_PLANS_HELP)


_SLOGANS = Text("问题写得笼统（“{text}”），看不出具体是什么", "the problems are generalities (“{text}”)")
_SLOGANS_HELP = Text(
    "写明是哪个栏目、哪类信息、哪个环节的问题，有数的写出数",
    "say which column, which information, which step, and give figures",
)
_GENERAL = (
    r"(?:[一二三四五六七八九十]是|第[一二三四五六七八九十]|\d[.．]|[（(][一二三四五六七八九十\d][）)]|和|以及|主要是|存在|对|在|的|还|仍|也|个别|部分|单位|干部|人员|工作|"
    r"政府信息公开|政务公开|信息公开|公开|思想|业务|宣传)*"
    r"(?:认识|重视|重视程度|力度|意识|主动性|积极性|自觉性|水平|能力|质量|工作|宣传)"
    r"(?:还|仍|仍然|尚|依然|有些|有所)?(?:不够|不足|不强|不高|不大|欠缺|薄弱|有待|需|需要)(?:进一步)?(?:大|高|强|到位|加强|提高|提升|增强)?"
    r"(?:等?(?:的)?(?:问题|不足|情况|方面))?"
)
# A clause with none of these is neither a generality nor the lead to one.
_GENERAL_SIGNS = (
    "认识", "重视", "力度", "意识", "主动性", "积极性", "自觉性", "水平", "能力", "质量", "工作", "宣传", "问题",
    "不足", "差距", "薄弱环节", "短板", "以下",
)  # fmt: skip
_CLAUSE = r"[^，,、；;。：:\n]+"
_LEAD_IN = (
    r"^.*(?:问题|不足|差距|薄弱环节|短板)(?:主要)?(?:表现)?[是有在为]"
    r"|^.*(?:存在|有)(?:着|一些|一定|不少|以下|如下|诸多|较多|的|主要|突出)*(?:问题|不足|差距|薄弱环节|短板)(?:如下)?$|^.*以下.*$"
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
    for part in _texts(report):
        plan = re.search(_PLAN, part.text)
        before = part.text[: plan.start()] if plan else part.text
        clauses = [match for match in re.finditer(_CLAUSE, before) if _says(match[0], _PROBLEM)]
        if any(not _says(match[0], _GENERAL_SIGNS) for match in clauses):
            continue
        clauses = [match for match in clauses if _says(_without_lead(match[0]), _PROBLEM)]
        if clauses and all(re.fullmatch(_GENERAL, _without_lead(match[0])) for match in clauses):
            span = part.span(clauses[0].start(), clauses[-1].end())
            text = "、".join(_without_lead(match[0]) for match in clauses[:3])
            yield Finding(span, _SLOGANS.fill(text=text), _SLOGANS_HELP)


def _without_lead(clause: str) -> str:
    """Return *clause* without the words that only say that problems follow, 工作中还存在以下问题."""
    bare = "".join(clause.split())
    return bare if re.fullmatch(_GENERAL, bare) else re.sub(_LEAD_IN, "", bare)


_STALE_PROBLEM = Text(
    "报告的是{year}年，这里讲的是{found}年的问题",
    "the report is on {year}; these are the problems of {found}",
)
_STALE_PLAN = Text(
    "报告的是{year}年，这里却把{found}年当作今后：“{text}”",
    "the report is on {year}, and {found} is spoken of as to come: “{text}”",
)
_STALE_HELP = Text(
    "核对这一段是不是沿用上年的文字；是的，按本年的情况重写，不是的，改正年份",
    "see whether the passage was taken over from last year: write it anew, or correct the year",
)
_YEAR = r"(?<!\d)(20\d\d)年度?[，,]?"
# Texts, compiled by the report that gives occasion for them (docs/adr/0002).
_STILL = rf"(?:(?<=[。；;\n])|^)\s*{_YEAR}[^。；;\n]{{0,60}}?(?:仍|还|也|但)存在"
_TO_COME = rf"{_YEAR}[^。，,；;\n]{{0,12}}?将(?:继续|进一步|着力|重点|从以下|加强|不断|按照|采取|认真|切实|有针对性|做好|抓好|以下)"
_LOOKS_BACK = r"整改|已|针对|上年|上一年|解决|改进了"


@rule(
    "PRB006",
    "stale-problems",
    summary=Text("问题和打算都是本年的", "problems and plans are those of the year"),
    basis=ACCURATE,
)
def stale_problems(report: Report, context: Context) -> Results:
    """第五部分的年份应当与报告的年度相符：问题是本年的，打算是以后的。

    为什么：写着上一年“还存在”什么问题、把报告的年度说成“将要”，都是整段沿用上年文字的痕迹。
    讲上一年的问题怎样整改的，不算；本部分以外的年份由 PER004 检查。

    反例：2023年度报告写“2022年，工作虽有成效，但还存在……”“2023年，我局将进一步加强……”。
    正例：2023年度报告写“2022年提出的问题已整改”“2024年，我局将进一步加强……”。

    怎样改：重写这一段，或者改正年份。
    """
    year = report.year
    if year is None or title_is_wrong(report, year):
        return
    for part in _texts(report):
        if "20" not in part.text:
            continue
        for match in re.finditer(_STILL, part.text):
            if int(match[1]) < year and not re.search(_LOOKS_BACK, match[0]):
                message = _STALE_PROBLEM.fill(year=year, found=match[1])
                yield Finding(part.span(match.start(1), match.end(1) + 1), message, _STALE_HELP)
        for match in re.finditer(_TO_COME, part.text):
            if int(match[1]) <= year:
                message = _STALE_PLAN.fill(year=year, found=match[1], text="".join(match[0].split()))
                yield Finding(part.span(match.start(1), match.end(1) + 1), message, _STALE_HELP)
