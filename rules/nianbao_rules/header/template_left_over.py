"""HDR009 template-left-over."""

import re
from itertools import chain

from nianbao.api import Context, Finding, Report, Span, Text, rule

from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import ACCURATE

_PLACEHOLDER = Text("“{text}”是模板里待填的内容", "“{text}” is left over from a template")
_PLACEHOLDER_HELP = Text(
    "填上实际的名称、日期或数，或者删去这处提示", "enter the name, date or figure, or delete the prompt"
)
_CROSS = "[XＸ×✕╳]"
_CROSSES = (
    # 20XX年, XX镇, ×月×日; but not XXL, a size or a masked number: no ASCII character is next to a placeholder.
    rf"20{_CROSS}{{1,2}}\s?年(?:\s?{_CROSS}{{1,2}}\s?[月日号]){{0,2}}"
    rf"|(?<![A-Za-z0-9Ｘ×])(?:{_CROSS}{{1,2}}\s?[年月日号]){{1,3}}"
    rf"|(?<![A-Za-z0-9@./_:\-Ｘ×]){_CROSS}{{2,}}(?![A-Za-z0-9@./_:\-])"
    rf"|(?<![A-Za-z0-9Ｘ×]){_CROSS}(?=[件条份次镇乡县市区局])"
)
_AS_TABLE = r"[该本此]部分以?表格(?:的)?形式(?:报告|填报|呈现)"
_PROMPT = r"[（(【\[［](?:请|此处|在此|这里)?(?:填写|填入|插入|补充|输入)(?![^）)】\]］\n]{0,20}(?:申请|表))[^）)】\]］\n]{0,40}[）)】\]］]"
# Patterns of what may be left over, each with words of which it has one: a search for words is ten times faster.
_LEFT_OVER = (
    (tuple(_CROSS[1:-1]), _CROSSES),
    (("分以表格", "分表格"), _AS_TABLE),
    (("填写", "填入", "插入", "补充", "输入"), _PROMPT),
)
# 申请人李××: the name is masked on purpose.
_WITHHELD = r"(?:申请人|当事人|原告|举报人|投诉人|村民|居民|市民|群众)[^\x00-\x7f]$"


@rule(
    "HDR009",
    "template-left-over",
    summary=Text("没有留下模板的占位符和提示语", "no placeholder or prompt of a template is left"),
    basis=ACCURATE,
)
def template_left_over(report: Report, context: Context) -> Results:
    """标题、标题行和正文里不应留有模板的占位符（XX、××）和提示语。

    为什么：占位符没有填，就是内容不完整；提示语是写给编写人看的，不是报告的内容。
    英文缩写、型号里的 X 不算，遮去号码中几位、人名的×也不算。

    反例：20XX年，××镇认真落实《条例》；（填写单位名称）；该部分以表格形式报告。
    正例：2024年，云岭镇认真落实《条例》。

    怎样改：填上实际内容，或者删去提示语。
    """
    occasions = [(s, pattern) for s, pattern in _LEFT_OVER if any(sign in report.text for sign in s)]
    if not occasions:
        return
    pieces = [section.title for section in report.sections]
    if report.title is not None:
        pieces.append(report.title)
    for piece in (*pieces, *report.paragraphs):
        matches = (re.finditer(p, piece.text) for s, p in occasions if any(sign in piece.text for sign in s))
        end = 0
        for match in sorted(chain.from_iterable(matches), key=lambda match: match.start()):
            if match.start() < end:  # （填写××镇） is one prompt
                continue
            end = match.end()
            if re.search(_WITHHELD, piece.text[max(0, match.start() - 5) : match.start()]):
                continue
            span = Span(piece.span.start + match.start(), piece.span.start + match.end())
            yield Finding(span, _PLACEHOLDER.fill(text=match[0]), _PLACEHOLDER_HELP)
