"""TYP014 hidden-sign-in-figure."""

from nianbao.api import Context, Report, Severity, Text, rule

from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import ACCURATE_BY_LAW
from nianbao_rules.shared.hidden_signs import finding_on, hidden_signs

_UNSEEN = Text(
    "数字中间有看不见的符号（共{count}处），第一处在“{text}”：看上去是一个数，复制到别处会成两个",
    "signs that no one sees are inside figures ({count} in all), the first in “{text}”: it looks like one figure and is two",
)
_TURNING = Text(
    "改变文字方向的符号把数字倒过来显示（共{count}处），第一处在“{text}”",
    "signs that turn the direction of words show figures backwards ({count} in all), the first in “{text}”",
)
_COMPARE = Text(
    "删去这些符号，再与台账核对这个数", "delete these signs, then compare the figure with the records"
)


@rule(
    "TYP014",
    "hidden-sign-in-figure",
    summary=Text("数字里没有看不见的符号", "no sign that is not seen is inside a figure"),
    basis=ACCURATE_BY_LAW,
    severity=Severity.WARNING,
)
def hidden_sign_in_figure(report: Report, context: Context) -> Results:
    r"""数字里不应有看不见的符号，数字也不应被改变方向的符号倒过来显示。

    为什么：条例第六条要求准确地公开政府信息。写的是 21，前面有一个 U+202E，读者看到的就是 12；
    1 和 2 之间夹着零宽空格，看上去是 12，程序读到的是 1 和 2。倒过来也一样的（11、202）不算。
    一份报告每种只报一次。

    反例：数字 21 的前面有改变方向的符号，显示为 12。
    正例：受理申请 12 件。

    怎样改：删去符号，再与台账核对。哪个数对，要看台账，所以不自动改。
    """
    unseen, turning = hidden_signs(report, in_figures=True)
    if unseen:
        yield finding_on(report, unseen, _UNSEEN, _COMPARE, safe=False)
    if turning:
        yield finding_on(report, turning, _TURNING, _COMPARE, safe=False)
