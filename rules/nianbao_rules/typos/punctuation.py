"""TYP006 punctuation."""

from itertools import pairwise

from nianbao.api import Context, Edit, Finding, Fix, Piece, Report, Severity, Text, rule
from nianbao_grammar import patterns as re

from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import PUNCTUATION
from nianbao_rules.shared.headings import item_numeral
from nianbao_rules.typos.shared import CHANGE, parts_written, span_in

_DOUBLED = Text("“{text}”标点重复", "the punctuation “{text}” is doubled")
_DOUBLED_HELP = Text("只留一个", "keep one of them")
_CUT_LIST = Text(
    "“{text}”中间的逗号多余：数量应紧跟在名称后面", "the comma in “{text}” separates a figure from its name"
)
_CUT_LIST_HELP = Text("删去逗号", "delete the comma")
_LEVELS = Text("“{text}”的几级之间缺顿号", "“{text}” lacks a 、 between the levels")
_LEVELS_HELP = Text("改为“{right}”", "write “{right}”")
_NEEDLESS = Text("“{text}”：这里的“{sign}”多余", "“{text}”: “{sign}” is needless here")
_NEEDLESS_HELP = Text("改为“{right}”", "write “{right}”")
_UNENDED = Text(
    "这一段没有写完，或者缺句号：“{text}”", "this paragraph is unfinished or lacks its full stop: “{text}”"
)
_UNENDED_HELP = Text("补上缺的内容或者句号", "add what is missing, or the full stop")
_BEFORE_AN_END = r"、等(?![级第])|[，、；][）》”]|[（《][，。、；：]"
_SIGN_TWICE = r"[，。；：、]{2,}|[%％]{2,}"
_PARTED = r"，\d+[条件篇次份期个项](?=[，、；。])"
_LONG_ENOUGH = 40  # characters that are no heading and no line of a list
_CUT = r"[\u4e00-\u9fff，、]"
_NO_SENTENCE = r"^[^，。]*$|^[注附（(]|如下$|[下附]表$|电话|地址|邮编"
_PUBLISHED = ("信息", "文件", "动态", "公告", "公示", "新闻", "指南", "材料", "要闻", "事项", "简报")
_NO_COMMA = r"中央省(?=[、市县区级])"


@rule(
    "TYP006",
    "punctuation",
    summary=Text("标点没有重复、错用", "no punctuation is doubled or in the wrong place"),
    basis=PUNCTUATION,
    severity=Severity.INFO,
)
def punctuation(report: Report, context: Context) -> Results:
    """标点不应重复，不应多余，不应把名称和数量隔开，几级机关之间的顿号不应漏掉一个，段落末尾有句号。

    为什么：“。。”“，。”是改稿时留下的；“财政信息，1条”断开了名称和数量，读起来像两件事。
    小标题前面的长段落末尾没有标点、或者是逗号的，多半没有写完。只查这几样说得准的；逗号该不该改顿号之类，因文而异，不查。

    反例：专栏运行正常。。；养老、救助、等信息；公开财政信息，1条；转载中央省、市要闻。
    正例：专栏运行正常。养老、救助等信息；公开财政信息1条；转载中央、省、市要闻；省市县三级。

    怎样改：按提示改正。
    """
    for piece in report.paragraphs:
        for match in re.finditer(_SIGN_TWICE, piece.text):
            alike = match[0][0] if len(set(match[0])) == 1 else None
            yield _amiss(piece, match.span(), (_DOUBLED, _DOUBLED_HELP), alike)
        for match in re.finditer(_BEFORE_AN_END, piece.text):
            sign = re.sub("[）》”（《等]", "", match[0])
            yield _amiss(piece, match.span(), (_NEEDLESS, _NEEDLESS_HELP), match[0].replace(sign, ""), sign)
        for match in re.finditer(_PARTED, piece.text):
            name = next((n for n in _PUBLISHED if piece.text.endswith(n, 0, match.start())), None)
            if name is not None:
                parted = (match.start() - len(name), match.end())
                yield _amiss(piece, parted, (_CUT_LIST, _CUT_LIST_HELP), name + match[0][1:])
        for match in re.finditer(_NO_COMMA, piece.text) if "中央省" in piece.text else ():
            yield _amiss(piece, match.span(), (_LEVELS, _LEVELS_HELP), "中央、省")
    yield from _unended(report)


def _unended(report: Report) -> Results:
    """Yield the last sentences of paragraphs before a heading that end in a word or a comma."""
    lines = [
        line
        for section, written in parts_written(report)
        if section is not None
        for line in ((section.title, True), *written)
    ]
    for (piece, headed), (after, heading) in pairwise(lines):
        text = piece.text.rstrip()
        if headed or not (heading or item_numeral(after.text)) or not re.search(_CUT, text[-1:]):
            continue
        if len(text) >= _LONG_ENOUGH and not re.search(_NO_SENTENCE, text):
            at = max(text.rfind(sign, 0, -1) for sign in "。；，") + 1
            yield Finding(span_in(piece, at, len(text)), _UNENDED.fill(text=text[at:]), _UNENDED_HELP)


def _amiss(
    piece: Piece, at: tuple[int, int], texts: tuple[Text, Text], right: str | None, sign: str = ""
) -> Finding:
    """Return the finding on the text between the two offsets *at* of *piece*, with a fix if *right* is known."""
    span, (message, advice) = span_in(piece, *at), texts
    text = piece.text[slice(*at)]
    fix = Fix(CHANGE.fill(right=right), False, (Edit(span, text, right),)) if right else None
    return Finding(span, message.fill(text=text, sign=sign), advice.fill(right=right), fix=fix)
