"""TYP013 hidden-sign."""

from nianbao.api import Context, Report, Severity, Text, rule

from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import OWN_READING
from nianbao_rules.shared.hidden_signs import finding_on, hidden_signs

_UNSEEN = Text(
    "文字中间有看不见的符号（共{count}处），第一处在“{text}”",
    "signs that no one sees are inside words ({count} in all), the first in “{text}”",
)
_TURNING = Text(
    "有改变文字方向的符号（共{count}个），第一个在“{text}”，看到的顺序可能与写的不同",
    "signs that turn the direction of words are in the text ({count} in all), the first in “{text}”: what is seen may not be what is written",
)
_DELETE = Text("删去这些符号", "delete these signs")
_COMPARE = Text(
    "删去这些符号，再核对那里的文字是不是原来的意思",
    "delete these signs, then see whether the words there are still what was meant",
)


@rule(
    "TYP013",
    "hidden-sign",
    summary=Text("文字中间没有看不见的符号", "no sign that is not seen is inside words"),
    basis=OWN_READING,
    severity=Severity.INFO,
)
def hidden_sign(report: Report, context: Context) -> Results:
    r"""文字中间不应有看不见的符号，也不应有改变文字方向的符号。

    为什么：从网页、聊天软件复制的文字常带零宽空格（U+200B）一类的符号。看上去没有区别，查找“政府信息”却找不到，
    汇总时也对不上。改变方向的符号（如 U+202E）能让看到的文字与写的不同。
    连接表情和字母的符号、断字用的连字符、文件开头的标记，以及行首行尾的零宽符号都不算；夹在数字里的见 TYP014。
    一份报告每种只提示一次。

    反例：“政府”与“信息”之间夹着零宽空格。
    正例：政府信息。

    怎样改：删去。看不见的符号可以直接删；改变方向的，删后核对那里的文字。
    """
    unseen, turning = hidden_signs(report, in_figures=False)
    if unseen:
        yield finding_on(report, unseen, _UNSEEN, _DELETE, safe=True)
    if turning:
        yield finding_on(report, turning, _TURNING, _COMPARE, safe=False)
