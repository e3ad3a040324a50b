"""PRB001 no-problems."""

from nianbao.api import Context, Finding, Report, Text, Undetermined, as_begun, has_picture, rule

from nianbao_rules.problems.shared import parts_five
from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import PROBLEMS_AND_IMPROVEMENTS
from nianbao_rules.shared.headings import heading_of
from nianbao_rules.shared.pictures import PICTURE

_EMPTY = Text("“{heading}”没有内容", "“{heading}” is empty")
_NOTHING = Text("“{heading}”只写了“{text}”", "“{heading}” says only “{text}”")
_AS_BEGUN = Text(
    "“{heading}”还是起稿时的话，本机关的问题和改进情况没有写",
    "“{heading}” is as it was begun: the organ's own problems and improvements are not written",
)
_NOTHING_HELP = Text(
    "写明这一年存在的主要问题，以及改进的情况；上一年的问题整改得怎样，也写在这里",
    "name the main problems of the year and the improvements made, including those on the problems of the year before",
)


@rule(
    "PRB001",
    "no-problems",
    summary=Text("写明存在的主要问题及改进情况", "part five names problems and improvements"),
    basis=PROBLEMS_AND_IMPROVEMENTS,
)
def no_problems(report: Report, context: Context) -> Results:
    """第五部分应当写明存在的主要问题及改进情况，不能空着，也不能只写“无”。

    为什么：条例第五十条第（四）项规定年度报告应当包括这一内容；没有一个机关的工作没有问题可写。
    不足十个字的、只说没有问题的，都算没有写。没有这一部分的由 SEC001 指出；
    还是 nianbao new report 起稿时的话的，没有可判断的内容。

    反例：五、存在的主要问题及改进情况：无。
    正例：主要问题是栏目更新不及时；已建立更新提醒制度，按月核查。

    怎样改：补写问题和改进情况。
    """
    for part in parts_five(report):
        heading = heading_of(report, part.section)
        if as_begun(part.text):
            yield Undetermined(_AS_BEGUN.fill(heading=heading))
        if part.section.part.grids or len(part.section.covers) > 1 or not part.nothing:
            continue
        if has_picture(part.text):
            yield Undetermined(PICTURE)
        elif not part.text.strip():
            yield Finding(part.section.heading, _EMPTY.fill(heading=heading), _NOTHING_HELP)
        else:
            message = _NOTHING.fill(heading=heading, text="".join(part.text.split()))
            yield Finding(part.span(0, len(part.text)), message, _NOTHING_HELP)
