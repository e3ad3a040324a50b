"""HDR009 template-left-over."""

from itertools import chain

from nianbao.api import Context, Finding, Report, Span, Text, rule
from nianbao_grammar import patterns as re

from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import ACCURATE

_PLACEHOLDER = Text("“{text}”是模板里待填的内容", "“{text}” is left over from a template")
_PLACEHOLDER_HELP = Text(
    "填上实际的名称、日期或数，或者删去这处提示", "enter the name, date or figure, or delete the prompt"
)
_CROSS = "[XＸxｘ×✕╳]"
_CROSSES = (
    # 20XX年, XX镇, ×月×日; but not XXL, a size, XX+政务 or a masked number: no ASCII character is next to a placeholder.
    rf"20(?:{_CROSS}{{1,2}}|\*\*)\s?年(?:\s?{_CROSS}{{1,2}}\s?[月日号]){{0,2}}"
    rf"|(?<![A-Za-z0-9Ｘ×])(?:{_CROSS}{{1,2}}\s?[年月日号]){{1,3}}"
    rf"|(?<![A-Za-z0-9])(?:0\d{{2,3}}|{_CROSS}{{3,4}})[-—－]{_CROSS}{{7,8}}(?![A-Za-z0-9])"
    rf"|(?<![A-Za-z0-9@./_:\-+＋Ｘ×]){_CROSS}{{2,}}(?![A-Za-z0-9@./_:\-+＋])"
    rf"|(?<![A-Za-z0-9Ｘ×]){_CROSS}(?=[件条份次镇乡县市区局])"
    r"|(?<=[\u4e00-\u9fff])(?:N|\*{3,})(?=[件条份次])|(?<![一二○])[△○□＊]{2,}(?=[省市县区镇乡街局委办厅单件条份次年月日])"
)
_MEASURE = r"[件条份次期场个篇年月日元万%％]"
# ____件, （  ）件, 20  年, an empty date: not a rule of nothing else, nor __words__ in Markdown.
_BLANKS = (
    rf"(?<=[\u4e00-\u9fff：:（(])[ ]?[_＿]{{3,}}(?=[ ]?[\u4e00-\u9fff，。；、）)])|[_＿]{{2,}}(?=[ ]?{_MEASURE})"
    rf"|[（(][ \u3000]{{1,8}}[）)](?={_MEASURE})"
    r"|(?<=[共开到理结布发计])[ \u3000]{2,8}(?=[件条份次篇](?![例款数文]))"
    r"|(?<!\d)20[ \u3000]{2,8}年(?![来间前后内多])|[ \u3000]{2,8}年[ \u3000]{2,8}月[ \u3000]{2,8}日"
)
_SOME = (
    r"(?:(?<![\u4e00-\u9fff])|(?<=[由对向在经和与及]))某某(?:[省市县区镇乡局委办厅]|街道|单位|部门|机关|中心)"
)
_AS_TABLE = r"[该本此]部分以?表格(?:的)?形式(?:报告|填报|呈现)"
_FILL = r"填写|填入|插入|补充|输入"
# What stands in brackets only to be replaced or followed.
_WANTED = (
    r"(?:编制)?(?:单位|机关|部门|乡镇|街道)(?:全称|名称)|(?:具体|相关)(?:网址|地址|日期|时间|名称|数字|数据|数量|内容|措施|情况)"
    r"|网址|网站(?:地址|链接|名称)|姓名|年份|数字|文号|联系电话|单位公章"
    r"|[^（）()【】\n]{0,12}(?:宋体|仿宋|黑体|楷体|小标宋|[一二三四五六]号字|加粗|行距|空[一二两]行)[^（）()【】\n]{0,12}"
    r"|注[:：][^（）()【】\n]{0,12}填[^（）()【】\n]{0,12}|[如若](?:没有|[有无])(?:[，,]?请?(?:填|写|删)[^（）()【】\n]{0,20})?|示例|样例|范例|模板|选填|必填|待(?:填写?|补充?|核实|确认|定)|[^（）()【】\n]{0,12}(?:自行|据实|实际情况|实际)(?:填|写|修改|调整|增减)[^（）()【】\n]{0,12}"
)
_PROMPT = (
    rf"[（(【\[［](?:请|此处|在此|这里)?(?:{_FILL})(?![^）)】\]］\n]{{0,20}}(?:申请|表))[^）)】\]］\n]{{0,40}}[）)】\]］]"
    rf"|[（(【\[［〔<＜](?:{_WANTED})[）)】\]］〕>＞]"
    rf"|(?:请在?此处|此处请?|请在此)(?:{_FILL})(?![^，。；\n]{{0,20}}(?:申请|表))[^，。；\n]{{0,20}}"
    r"|(?<![A-Za-z\\])[$]?[{｛]{1,2}\s?[\u4e00-\u9fffA-Za-z_]{1,20}\s?[}｝]{1,2}|请填写(?=本|具体|实际|单位|数[据字量]|内容)"
)
# Patterns of what may be left over, each with words of which it has one: a search for words is ten times faster.
_LEFT_OVER = (
    ((*_CROSS[1:-1], "**", "N", "△△", "○○", "□□", "＊＊"), _CROSSES),
    (("__", "＿", "（ ", "( ", "（　", "(　", "  ", "　"), _BLANKS),
    (("某某",), _SOME),
    (("分以表格", "分表格"), _AS_TABLE),
    (("（", "(", "【", "[", "［", "〔", "<", "＜", "{", "｛", "此处", "在此", "请填写"), _PROMPT),
)
# 申请人李××, 王××反映: the name is masked on purpose.
_WITHHELD = (
    r"(?:申请人|当事人|原告|举报人|投诉人|村民|居民|市民|群众)[^\x00-\x7f]$"
    r"|(?:^|[、，。；：“（])[^\W由在向对以为至和与到经是从请将按以及我本该各全]$"
)
_OF_AN_ORGAN = r"[省市县区镇乡街村局委办厅部单机件条份次]"


@rule(
    "HDR009",
    "template-left-over",
    summary=Text("没有留下模板的占位符和提示语", "no placeholder or prompt of a template is left"),
    basis=ACCURATE,
)
def template_left_over(report: Report, context: Context) -> Results:
    """标题、标题行和正文里不应留有模板的占位符（XX、××、____、某某）和提示语。

    为什么：占位符没有填，就是内容不完整；提示语是写给编写人看的，不是报告的内容。
    英文缩写、型号里的 X 不算，遮去号码中几位、人名的×也不算；案件名里的“某某”不算。

    反例：20XX年，××镇认真落实《条例》；（单位名称）；延期答复____件；该部分以表格形式报告。
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
            if _is_withheld(piece.text, match):
                continue
            span = Span(piece.span.start + match.start(), piece.span.start + match.end())
            yield Finding(span, _PLACEHOLDER.fill(text=match[0]), _PLACEHOLDER_HELP)


def _is_withheld(text: str, match: re.Match[str]) -> bool:
    """Return whether *match* hides a name on purpose, behind a character or in the name of a case, or is in a title."""
    if text.rfind("《", 0, match.start()) > text.rfind("》", 0, match.start()):
        return True  # 《年度报告（样例）》 is a title
    before, behind = text[max(0, match.start() - 5) : match.start()], text[match.end() : match.end() + 1]
    if match[0].startswith("某某"):
        return "诉" in text or "案" in text
    crosses = re.fullmatch(rf"{_CROSS}+", match[0]) is not None
    return crosses and re.search(_WITHHELD, before) is not None and not re.match(_OF_AN_ORGAN, behind)
