"""PRB003 problem-without-measure."""

from nianbao.api import Context, Finding, Related, Report, Text, rule
from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

from nianbao_rules.problems.shared import PLAN, PartFive, parts_five, wanting
from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import OWN_READING


class _Run(NamedTuple):
    """A numbered series in running text: its offset, its first numeral, how many items it has, what leads to it."""

    start: int
    numeral: str
    items: int
    lead: str


_ORDINAL = re.compile(
    r"(?P<是>[一二三四五六七八九十])是|第(?P<第>[一二三四五六七八九十])(?=[，,、：:])|(?<![\d.])(?P<点>[1-9])[.．、](?!\d)"
    r"|(?<!第)[（(](?:(?P<括>[1-9])|(?P<号>[一二三四五六七八九十]))[）)](?![项款条类])|(?P<圈>[①-⑩])"
)
_VALUES = {
    sign: value
    for signs in ("一二三四五六七八九十", "123456789", "①②③④⑤⑥⑦⑧⑨⑩")
    for value, sign in enumerate(signs, 1)
}
_LEAD = 60  # characters before a series that say what it lists
# A heading above a series, in its line or in one of its own, says what it lists.
_HEADS = r"(?:问题|不足|短板|情况|措施|打算|方向)[。：:]?$"
_LISTS_MEASURES = (
    r"针对(?:上述|以上|这些|存在)|改进|措施|下一步|今后|整改|打算|将|重点|努力|举措|做法|加强|工作[：:]"
)
_LISTS_PROBLEMS = r"问题|不足|差距|短板|薄弱|表现|困难|弱项"
_FEWER = Text(
    "列出了{problems}个问题，改进措施只有{measures}条",
    "{problems} problems are listed, but only {measures} measures",
)
_UNMET = Text(
    "问题里写到{topics}，改进措施里没有相应的内容", "the problems mention {topics}, the measures do not"
)
_FEWER_HELP = Text("逐个问题核对，没有措施的补上", "check each problem and add the missing measures")
_PROBLEMS_HERE = Text("问题从这里列起", "the problems are listed here")
# Only topics that a measure can hardly mention in other words: a broadcast may well answer poor 解读.
_TOPICS = (
    ("资金、经费", r"资金|经费", r"资金|经费|投入|预算|财政"),
    (
        "人员",
        r"人员(?:配备|力量|数量)?(?:严重)?(?:不足|短缺|较少|偏少|紧张)|人手|缺少专职|兼职",
        r"人员|人手|队伍|力量|专职|专人|培训|岗",
    ),
)


@rule(
    "PRB003",
    "problem-without-measure",
    summary=Text("每个问题都有相应的改进", "each problem has its measure"),
    basis=OWN_READING,
)
def problem_without_measure(report: Report, context: Context) -> Results:
    """列出几个问题，就应当有相应的改进，不能问题多、措施少。

    为什么：问题写了而没有下文，第二年多半还在；审核的人会逐条对照。
    只比较写明“一是、二是”“第一、第二”“1. 2.”“（1）（2）”的条数，措施比问题多的不算；
    没有编号的，只看资金、人员这两样有没有下文。只是提示，由人核对。

    反例：问题列了三个，改进措施只有两条；写“资金保障不到位”，措施里没有提到资金。
    正例：问题两个，措施三条，都有着落。

    怎样改：给没有下文的问题补上措施。
    """
    for part in parts_five(report):
        runs = _runs(part.text)
        measures = [run for run in runs if re.search(_LISTS_MEASURES, run.lead)]
        problems = [run for run in runs if run not in measures and re.search(_LISTS_PROBLEMS, run.lead)]
        if problems and measures:
            yield from _fewer(part, problems[0], [run for run in measures if run.start > problems[0].start])
        else:
            yield from _unmet(part)


def _runs(text: str) -> list[_Run]:
    runs: list[_Run] = []
    last: dict[str, int] = {}  # the open series of each way of numbering
    for match in _ORDINAL.finditer(text):
        way = match.lastgroup or ""
        value = _VALUES[match[way]]
        if value == 1:
            *above, lead = re.split(r"[。\n]+", text[max(0, match.start() - _LEAD) : match.start()])
            if not lead and above and re.search(_HEADS, above[-1]):
                lead = above[-1]
            last[way] = len(runs)
            runs.append(_Run(match.start(), match[0], 1, lead))
        elif way in last and runs[last[way]].items == value - 1:
            runs[last[way]] = runs[last[way]]._replace(items=value)
    return [run for run in runs if run.items > 1]


def _fewer(part: PartFive, problems: _Run, measures: list[_Run]) -> Results:
    total = sum(run.items for run in measures)
    if not measures or total >= problems.items:
        return
    message = _FEWER.fill(problems=problems.items, measures=total)
    related = (Related(part.span(problems.start, problems.start + len(problems.numeral)), _PROBLEMS_HERE),)
    first = measures[0]
    yield Finding(
        part.span(first.start, first.start + len(first.numeral)), message, _FEWER_HELP, related=related
    )


def _unmet(part: PartFive) -> Results:
    plan = re.search(PLAN, part.text)
    if plan is None:
        return
    clauses = re.split(r"[，,、；;。\n]", part.text[: plan.start()])
    problems = [clause for clause in clauses if wanting(clause)]
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
