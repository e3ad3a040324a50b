"""YOY005 problems-of-last-year."""

from nianbao.api import Context, Finding, Report, Severity, Text, rule

from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import PROBLEMS_AND_IMPROVEMENTS
from nianbao_rules.shared.copied import copy_of
from nianbao_rules.year_over_year.shared import last_year

_SAME = Text(
    "第五部分有{count}句（{letters}字）和上年报告相同：“{text}”",
    "{count} sentences of part five ({letters} characters) are those of last year's report: “{text}”",
)
_SAME_HELP = Text(
    "上年的问题已经解决的，写改进的结果；还没有解决的，写本年做了什么、为什么没有解决",
    "say what came of last year's problems; if they are not solved, what was done and why it was not enough",
)
_ENOUGH = 2  # sentences
_LONG = 30  # letters
_PREFIX = 40


@rule(
    "YOY005",
    "problems-of-last-year",
    summary=Text("问题和改进情况不照抄上年", "problems and improvements are not last year's"),
    basis=PROBLEMS_AND_IMPROVEMENTS,
    severity=Severity.INFO,
    beside="previous",
)
def problems_of_last_year(report: Report, context: Context) -> Results:
    """第五部分的问题和改进措施不宜与本机关上年报告的相同。

    为什么：条例要求报告存在的主要问题及改进情况；年年同样的问题、同样的措施，看不出改进了什么。
    去掉名称、年份和数字再比较，相同的在两句、30字以上才提示。同一个问题确实还在，可以再写，要写明本年的进展。

    反例：两年都写“一是基层公开工作人员变动频繁；二是政策解读形式不够丰富”，改进措施也相同。
    正例：上年写“政策解读形式不够丰富”，本年写“上年提出的解读形式问题，已增加图解和短片”。

    怎样改：写本年的问题和改进的结果。
    """
    copy = copy_of(report, last_year(report), "problems")
    if len(copy.passages) < _ENOUGH or copy.copied < _LONG:
        return
    text = "".join(copy.passages[0].own.text.split())
    text = text if len(text) <= _PREFIX else f"{text[:_PREFIX]}……"
    message = _SAME.fill(count=len(copy.passages), letters=copy.copied, text=text)
    yield Finding(copy.span, message, _SAME_HELP, related=copy.related, elsewhere=copy.elsewhere(report))
