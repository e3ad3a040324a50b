"""PRV006 secrecy-mark."""

from nianbao.api import Context, Finding, Report, Severity, Span, Text, rule
from nianbao_grammar import patterns as re

from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import SECRECY

_MARK = Text("“{text}”是密级或者内部资料的标记", "“{text}” is a mark of a secret or internal document")
_MARK_HELP = Text(
    "核对这段内容能不能公开：不能公开的删去，可以公开的删去标记",
    "check whether the passage may be published: delete it if not, else delete the mark",
)
_MARKS = (
    r"(?:绝密|机密|秘密) ?[★☆▲](?: ?(?:长期|\d{1,2} ?[年月]))?"
    r"|密 ?级 ?[：:] ?(?:绝密|机密|秘密|内部)"
    r"|内部(?:资料|文件|材料|刊物)[，,、；;（( ]{0,2}(?:注意保密|注意保存|不得外传|严禁外传|请勿外传|不得公开|禁止公开|妥善保管)"
    r"|(?:仅供|只供|限)(?:机关|单位|系统)?内部(?:使用|参考|传阅|掌握)"
)
# Every mark has one of these.
_MARK_SIGNS = (
    *("★", "☆", "▲", "密级", "密 级"),
    *("内部" + use for use in ("资料", "文件", "材料", "刊物", "使用", "参考", "传阅", "掌握")),
)


@rule(
    "PRV006",
    "secrecy-mark",
    summary=Text("没有留下密级、内部资料的标记", "no mark of secrecy or internal use is left"),
    basis=SECRECY,
    severity=Severity.INFO,
)
def secrecy_mark(report: Report, context: Context) -> Results:
    """公开的报告里不应留有“秘密★1年”“内部资料 注意保密”一类标记。

    为什么：有标记的文字可能是从不公开的文件里摘来的，公开前应当审查；也可能只是标记没有删去。
    讲保密审查制度、引用“属于国家秘密”的，不算。程序看不出内容是不是涉密，所以只作提示。

    反例：（机密★一年）……；内部资料，注意保密。
    正例：公开前逐件审查，防止泄露国家秘密；不予公开的申请中属于国家秘密的2件。

    怎样改：核对内容能否公开，再删去内容或者标记。
    """
    if not any(sign in report.prose for sign in _MARK_SIGNS):
        return
    for piece in report.paragraphs:
        for match in re.finditer(_MARKS, piece.text):
            at = piece.span.start
            span = Span(at + match.start(), at + match.end())
            yield Finding(span, _MARK.fill(text=match[0]), _MARK_HELP)
