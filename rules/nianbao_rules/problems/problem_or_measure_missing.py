"""PRB002 problem-or-measure-missing."""

from nianbao.api import Context, Finding, Report, Severity, Text, has_picture, rule
from nianbao_grammar import patterns as re

from nianbao_rules.problems.shared import HALF_NONE, parts_five, says, tells_done, wanting
from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import PROBLEMS_AND_IMPROVEMENTS

_MEASURE = (
    "改进", "措施", "整改", "下一步", "今后", "将", "拟", "打算", "计划", "进一步", "加强", "完善", "强化", "提高",
    "提升", "加大", "健全", "优化", "推进", "推动", "落实", "规范", "拓宽", "拓展", "开展", "建立", "改善", "着力",
    "增强", "深化", "丰富", "督促", "培训", "严格", "创新", "解决", "推行", "对策", "办法：", "举措", "做法", "为此",
    "对此", "针对这", "针对该", "针对上述", "针对以上", "补齐", "弥补", "破解", "克服", "扭转", "缓解", "升至", "降至", "缩短", "好转",
)  # fmt: skip
_NO_PROBLEM = Text("这一部分只写了改进，没有写存在什么问题", "measures are given, but no problem")
_NO_MEASURE = Text("这一部分只写了问题，没有写怎样改进", "problems are given, but no measure")
_NEITHER = Text("这一部分既没有写问题，也没有写怎样改进", "neither a problem nor a measure is given")
_NO_PROBLEM_HELP = Text("写明主要问题是什么，每个问题对应一项改进", "name the problems, each with a measure")
_NO_MEASURE_HELP = Text("逐条写明改进的情况和措施", "give the improvements made and planned for each of them")


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
    for part in parts_five(report):
        if part.nothing or part.section.part.grids or has_picture(part.text):
            continue
        text = re.sub(HALF_NONE, "", "".join(part.text.split()))
        problem, measure = wanting(text), says(text, _MEASURE) or tells_done(text)
        if problem and measure:
            continue
        message = _NO_MEASURE if problem else _NO_PROBLEM if measure else _NEITHER
        advice = _NO_MEASURE_HELP if problem else _NO_PROBLEM_HELP
        yield Finding(part.section.heading, message, advice)
