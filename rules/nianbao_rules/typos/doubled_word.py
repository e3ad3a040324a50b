"""TYP010 doubled-word."""

from collections.abc import Iterator

from nianbao.api import Context, Edit, Finding, Fix, Report, Text, rule
from nianbao_grammar import patterns as re

from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import OWN_READING
from nianbao_rules.typos.shared import CHANGE, span_in, text_written, written

_TWICE = Text("“{text}”里有字词写了两遍", "“{text}” has a word twice")
_TWICE_HELP = Text("删去一个，写作“{right}”", "delete one: “{right}”")
_WORD = r"([\u4e00-\u9fff]{2,12}?)\1+"
_NAME = r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff]{2,12})、\1(?=[，、；。等])"
_MAY = r"(([可能应需已])[以够当要经]?([\u4e00-\u9fff]{2}))(\2[以够当要经]?\3)"
_PARTICLE = (
    r"(?:的的(?<![目标]的的)(?!确)|了了(?<![不明]了了)(?![解结断却])|与与(?<!参与与)(?!会)"
    r"|和和(?![谐平睦美解气善])|及及(?<![普涉]及及)(?![时早])|在在(?<![存现所实]在在))"
)
_COUNTED = tuple("一二三四五六七八九十零两几")  # 一项一项, 二零二零年
_REDUPLICATED = ("研究", "讨论", "商量", "考虑", "交流", "学习", "了解", "许多", "很多", "大批")
# One word may end and the next begin with these: 主动公开＋公开指南, 镇政府＋政府网站, 党组织＋组织学习.
_MEETING = (
    "公开",
    "政府",
    "工作",
    "组织",
    "领导",
    "申请",
    "管理",
    "会议",
    "服务",
    "代表",
    "社区",
    "部门",
    "单位",
)
_NOUN = r"(?!工作(?![者人])|情况)[\u4e00-\u9fff](?<![的和与及等了])"
# With one of these behind the second is part of another word: 办公室负责＋负责人, 业务培训＋培训班.
_SUFFIX = r"[员者栏簿室院局性率]|人(?!民)|班(?!子)|组(?![织成])|期(?!间)"


@rule(
    "TYP010",
    "doubled-word",
    summary=Text("没有重复的字词", "no word is written twice in a row"),
    basis=OWN_READING,
)
def doubled_word(report: Report, context: Context) -> Results:
    """同一个词不应连着写两遍：“保障保障”“可通过可以通过”“的的”。

    为什么：多半是改稿、粘贴时留下的，读的人会停下来想是不是漏了一个标点。
    一个词的末尾同下一个词的开头相同的（“主动公开公开指南”“镇政府政府网站”）不算，
    叠词（“常常”“一项一项”“研究研究”）也不算。

    反例：完善监督保障保障机制；公众可通过可以通过网站查询；公开的的内容。
    正例：完善监督保障机制；公众可以通过网站查询；编制政务公开公开指南。

    怎样改：删去一个；两个都要的，中间加标点或者改写。
    """
    if not any(_doubled(text_written(report))):
        return
    for piece, _ in written(report):
        for start, end, right in _doubled(piece.text):
            span = span_in(piece, start, end)
            text = piece.text[start:end]
            fix = Fix(CHANGE.fill(right=right), False, (Edit(span, text, right),))
            yield Finding(span, _TWICE.fill(text=text), _TWICE_HELP.fill(right=right), fix=fix)


def _doubled(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the start and end of what is written twice in *text*, and what it reads with one of it."""
    for match in re.finditer(_WORD, text):
        start, end, size = match.start(), match.end(), len(match[1])
        ends = [end]  # 务服务服 in 政务服务服务 may be 服务服务 too
        while (
            len(ends) <= size and text[ends[-1] : ends[-1] + 1] == text[ends[-1] - size : ends[-1] - size + 1]
        ):
            ends.append(ends[-1] + 1)
        if not any(_right(text[at - size : at], text[at : at + 3]) for at in ends):
            yield start + ends[-1] - end, ends[-1], text[ends[-1] - size : ends[-1]]
    for match in re.finditer(_PARTICLE, text):
        yield *match.span(), match[0][0]
    for match in re.finditer(_NAME, text):
        yield *match.span(), match[1]
    for match in re.finditer(_MAY, text):
        if not re.match(_WORD, match[0]):
            yield *match.span(), max(match[1], match[4], key=len)


def _right(word: str, after: str) -> bool:
    """Return whether *word*, written twice before *after*, is right: a reduplication, or where two words meet."""
    if word.startswith(_COUNTED) or word in _REDUPLICATED or re.match(_SUFFIX, after):
        return True
    return word.endswith(_MEETING) and re.match(_NOUN, after) is not None
