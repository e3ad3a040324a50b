"""Words and signs: what is written wrong, and how signs, figures and sentences are written."""

import re
from collections.abc import Iterator, Sequence

from nianbao.api import (
    Context,
    Edit,
    Finding,
    Fix,
    Part,
    Piece,
    Related,
    Report,
    Severity,
    Span,
    Text,
    rule,
    same,
)

from nianbao_rules.basis import NUMBERS, OWN_READING, PUNCTUATION, STANDARD_WRITING
from nianbao_rules.confusions import CONFUSIONS, PAIRS, SINGLE, Confusion
from nianbao_rules.contents import lists_parts
from nianbao_rules.sections import item_numeral, lines

Results = Iterator[Finding]

# Patterns are compiled where a text gives occasion for them: most give none.
_MISWRITTEN = Text("“{wrong}”应为“{right}”（{reason}）", "“{wrong}” should read “{right}”")
_MISWRITTEN_HELP = Text(
    "改为“{right}”；确属引用原文的，可以不改", "write “{right}”, unless the words are quoted as they are"
)
_CHANGE = Text("改为“{right}”", "write “{right}”")
_BEFORE_DATE = r"截止(?=20\d\d年|[本当上去今]年|\d{1,2}月\d|目前|年底|年末)"
_AS_PRINTED = r"其它(?=需要报告|处理|结果|法律行政法规|对外管理服务)"


@rule(
    "TYP001",
    "miswritten-word",
    summary=Text("正文没有常见的错别字", "no word is written in one of the ways it is often got wrong"),
    basis=STANDARD_WRITING,
)
def miswritten_word(report: Report, context: Context) -> Results:
    """正文和小标题不应有常见的错别字，例如“政务信心”“行政复义”“截止2024年12月31日”。

    为什么：年度报告是公开的正式文件，错别字会改变意思，也让人怀疑数据是不是同样没有核对。
    只查一张固定的词表，表中的写法在这类报告里没有别的用法；“总结”“其它”等有正当用法的词不在其中，
    只在小标题用了格式印有的“其他……”时才指出“其它”。
    表格的行列名称由 SUM007、ART006 检查，各部分的标题由 SEC004 检查，
    导语所列各部分的名称由 HDR008 检查，这里都不重复。

    反例：“利用公众号及时公开政务信心”；“截止2024年12月31日，共收到申请12件”。
    正例：“利用公众号及时公开政务信息”；“意见征集于12月31日截止”。

    怎样改：按提示改正；引用原文的除外。
    """
    suspects = set(_suspects(report.text))
    if not suspects and "截止" not in report.text and "其它" not in report.text:
        return
    for piece, headed in _pieces(report):
        text = piece.text
        found = {start: entry for entry in suspects for start in _places(text, entry)}
        end = 0
        for start, (_, wrong, right, reason, _) in sorted(found.items()):
            if start >= end:  # 建立建全制度 is two entries and one mistake
                yield _miswritten(piece, start, wrong, right, reason)
                end = start + len(wrong)
        if "截止" in text:
            for match in re.finditer(_BEFORE_DATE, text):
                yield _miswritten(piece, match.start(), "截止", "截至", "后面有日期")
        if headed and "其它" in text:
            for match in re.finditer(_AS_PRINTED, text):
                yield _miswritten(piece, match.start(), "其它", "其他", "格式用字")


def _suspects(text: str) -> Iterator[Confusion]:
    """Yield the entries whose wrong words stand in *text*, by their signs."""
    for match in re.finditer(SINGLE, text):
        at = match.start()
        for entry in CONFUSIONS[match[0]]:
            if text.startswith(entry[1], at - entry[0]):
                yield entry
    for sign in PAIRS:
        if sign in text:
            yield from (entry for entry in CONFUSIONS[sign] if entry[1] in text)


def _miswritten(piece: Piece, start: int, wrong: str, right: str, reason: str) -> Finding:
    span = _span(piece, start, start + len(wrong))
    values = {"wrong": wrong, "right": right, "reason": reason}
    fix = Fix(_CHANGE.fill(**values), False, (Edit(span, wrong, right),))
    return Finding(span, _MISWRITTEN.fill(**values), _MISWRITTEN_HELP.fill(**values), data=values, fix=fix)


def _places(text: str, entry: Confusion) -> Iterator[int]:
    """Yield where the wrong words of *entry* stand in *text*, but for where a longer word, in which they are right, does."""
    _, wrong, _, _, longer = entry
    start = text.find(wrong)
    while start >= 0:
        if not any(
            text.startswith(word, start - word.index(wrong)) for word in longer if start >= word.index(wrong)
        ) and not lists_parts(text, start):
            yield start
        start = text.find(wrong, start + len(wrong))


def _pieces(report: Report) -> Iterator[tuple[Piece, bool]]:
    """Yield what is neither table nor title: paragraphs and headings, each with whether it is a heading."""
    yield from _lines(report, report.outline.preamble)
    for section in report.sections:
        if not section.key:
            yield section.title, True
        yield from _lines(report, section.part)


def _lines(report: Report, part: Part) -> Iterator[tuple[Piece, bool]]:
    for piece, headed in lines(part):
        yield Piece(report.source[piece.span], piece.span), headed


_SPOKEN = 20  # so many characters of a piece in brackets are quoted
_BRACKETED = r"[(（][^()（）\n]*[)）]"
_CHINESE = r"[\u4e00-\u9fff]"
_HALF_WIDTH = r"(?<=[\u4e00-\u9fff）”》])[,;:?!](?=[\u4e00-\u9fff（“《])"
_ADDRESS = r"(?:https?://|www\.|@|\])[!-~]*$"
_ADDRESS_REACH = 100
_WIDE = str.maketrans("(),;:?!", "（），；：？！")

_MIXED = Text(
    "编号“{text}”用了半角括号，同一组的其他编号是全角括号",
    "the numeral “{text}” has half-width brackets, others of its series full-width ones",
)
_ALL_HALF = Text(
    "这一组{count}个编号都用了半角括号", "the {count} numerals of this series have half-width brackets"
)
_BRACKET = Text("“{text}”的括号不是全角", "the brackets of “{text}” are not full-width")
_SIGNS = Text(
    "这一段中文里有{count}处半角标点：{signs}",
    "half-width punctuation in this Chinese text, {count} times: {signs}",
)
_WIDTH_HELP = Text("中文里的括号、标点用全角", "use full-width brackets and punctuation in Chinese text")
_WIDEN = Text("改为全角", "make them full-width")


@rule(
    "TYP002",
    "half-width-sign",
    summary=Text("中文里的括号、标点用全角", "brackets and punctuation in Chinese text are full-width"),
    basis=PUNCTUATION,
    severity=Severity.INFO,
)
def half_width_sign(report: Report, context: Context) -> Results:
    """中文里的括号、逗号等应当用全角；同一组编号的括号尤其要一致。

    为什么：全角半角混用，版面不齐，按“（二）”查找也找不到“(二)”。只是书写规范，所以作提示。
    网址、邮箱、英文、数字（1,234）、时间（9:30）里的半角不算；括号里没有中文的不算，表格里的也不算。
    整组编号一律用半角的，只提示一次；一段里有几处半角标点的，也只提示一次。

    反例：前有“（一）”，后有“(二)”；“完善机制,明确责任”。
    正例：“（一）”“（二）”；“网址（www.example.gov.cn）”。

    怎样改：改为全角。编号的括号可以直接改；正文的改前看一眼。
    """
    for part in (report.outline.preamble, *(section.part for section in report.sections)):
        pieces = [piece for piece, _ in _lines(report, part)]
        yield from _numerals(pieces)
        for piece in pieces:
            yield from _brackets(piece)
            yield from _signs(piece)


def _numerals(pieces: Sequence[Piece]) -> Results:
    numerals = [(piece, *_numeral(piece)) for piece in pieces]
    found = [(piece, start, numeral) for piece, start, numeral in numerals if numeral]
    edits = [
        Edit(_span(piece, start, start + len(numeral)), numeral, numeral.translate(_WIDE))
        for piece, start, numeral in found
        if not _full_width(numeral)
    ]
    if len(edits) == len(found) > 1:
        related = tuple(Related(edit.span, same(edit.old)) for edit in edits[1:])
        message = _ALL_HALF.fill(count=len(edits))
        fix = Fix(_WIDEN, True, tuple(edits))
        yield Finding(edits[0].span, message, _WIDTH_HELP, related=related, fix=fix)
        return
    template = _MIXED if len(found) > 1 else _BRACKET
    for edit in edits:
        message = template.fill(text=edit.old)
        yield Finding(edit.span, message, _WIDTH_HELP, fix=Fix(_WIDEN, True, (edit,)))


def _numeral(piece: Piece) -> tuple[int, str]:
    """Return where the numeral （一） that *piece* begins with stands, Markdown's marks before it, and itself."""
    start = len(piece.text) - len(piece.text.lstrip("#* \u3000"))
    return start, item_numeral(piece.text[start : start + 8])


def _full_width(text: str) -> bool:
    return text[0] == "（" and text[-1] == "）"


def _span(piece: Piece, start: int, end: int) -> Span:
    return Span(piece.span.start + start, piece.span.start + end)


def _brackets(piece: Piece) -> Results:
    text = piece.text
    if "(" not in text and ")" not in text:
        return
    start, numeral = _numeral(piece)
    for match in re.compile(_BRACKETED).finditer(text, start + len(numeral)):
        uneven = (match[0][0] == "(") != (match[0][-1] == ")")
        if _full_width(match[0]) or not (uneven or re.search(_CHINESE, match[0])):
            continue
        before = text[max(0, match.start() - _ADDRESS_REACH) : match.start()]
        if not re.search(_ADDRESS, before):
            yield _widened(piece, [match.span()], _BRACKET.fill(text=_quoted(match[0])))


def _signs(piece: Piece) -> Results:
    text = piece.text
    if not any(sign in text for sign in ",;:?!"):
        return
    found = [match.span() for match in re.finditer(_HALF_WIDTH, text)]
    if found:
        signs = "、".join(f"“{text[max(0, start - 2) : end + 2]}”" for start, end in found[:3])
        yield _widened(piece, found, _SIGNS.fill(count=len(found), signs=signs))


def _quoted(text: str) -> str:
    return text if len(text) <= _SPOKEN else f"{text[: _SPOKEN - 4]}……{text[-2:]}"


def _widened(piece: Piece, places: Sequence[tuple[int, int]], message: Text) -> Finding:
    """Return the finding that the brackets or signs at *places* in *piece* are to be full-width."""
    text = piece.text
    ends = [at for start, end in places for at in sorted({start, end - 1}) if text[at].isascii()]
    edits = tuple(Edit(_span(piece, at, at + 1), text[at], text[at].translate(_WIDE)) for at in ends)
    related = tuple(Related(_span(piece, start, end), same(text[start:end])) for start, end in places[1:])
    fix = Fix(_WIDEN, False, edits)
    return Finding(_span(piece, *places[0]), message, _WIDTH_HELP, related=related, fix=fix)


_SPACED = Text(
    "“{text}”的字中间有空格（这一段共{count}处）",
    "“{text}” has spaces inside its words ({count} in this paragraph)",
)
_SPACED_HELP = Text("删去空格", "delete the spaces")
# A pattern that begins with a set of signs passes over the rest of a text fastest: what stands before comes second.
_GAP = r"[ \u3000\xa0](?<=[\u4e00-\u9fff].)[ \u3000\xa0]{0,8}(?=[\u4e00-\u9fff])"
_OF_A_TABLE = "勾稽关系"
# Two characters of one word of these reports, with the gap between them.
_WORDS = (
    "政府 信息 公开 申请 工作 情况 年度 报告 主动 依申 答复 办理 结果 行政 复议 诉讼 条例 规章 规范 范性 文件 处罚 许可 强制 收费 事项 问题"
    " 改进 措施 监督 保障 平台 网站 培训 考核 评议 追究 责任 群众 机关 单位 部门 统计 期限 数据 制度 机制 落实 加强 完善 提高 推进 发布"
    " 解读 政策 服务 社会 会议 领导 组织 管理 审查 审核 保密 目录 指南 栏目 内容 及时 准确 全面 规定 要求 按照 根据 进一 一步 总体 存在"
    " 主要 其他 需要 渠道 受理 收到 维护 更新 建设 人员 业务 能力 水平 意识 宣传 公示 公告 财政 预算 决算 采购 项目 人大 政协 建议 提案"
    " 代表 委员 国家 秘密 隐私 法律 法规 依法 法人 组织 公民 自然 数量 总计 继续 上年 本年 结转"
)


@rule(
    "TYP003",
    "spaced-word",
    summary=Text("词的中间没有空格", "no word has a space inside"),
    basis=STANDARD_WRITING,
    severity=Severity.INFO,
)
def spaced_word(report: Report, context: Context) -> Results:
    """词的中间不应有空格：“办 理 结 果”“信 息公开”。

    为什么：字间的空格多半是为了对齐敲进去的，查找、汇总时“办理结果”就找不到“办 理 结 果”。
    只查这类报告常用的词，词与词之间的空格、编号后面的空格、标题和表格里为了对齐的空格都不算；
    一段只提示一次。

    反例：认真做好政府信 息公开工作。
    正例：认真做好政府信息公开工作；联系人：办公室 电话：5550126。

    怎样改：删去空格。
    """
    for piece in report.paragraphs:
        text = piece.text
        if len(text.split()) < 2:  # no white space inside
            continue
        if report.unreadable and _OF_A_TABLE in text:  # a label broken in two by its cell
            continue
        found = [
            match.span()
            for match in re.finditer(_GAP, text)
            if text[match.start() - 1] + text[match.end()] in _WORDS
        ]
        if found:
            edits = tuple(Edit(_span(piece, *gap), text[slice(*gap)], "") for gap in found)
            start, end = found[0][0] - 1, found[0][1] + 1
            message = _SPACED.fill(text=text[start:end], count=len(found))
            fix = Fix(_SPACED_HELP, False, edits)
            yield Finding(_span(piece, start, end), message, _SPACED_HELP, fix=fix)


_WIDE_SIGNS = Text(
    "“{text}”是全角的，同一份报告的其他数字是半角的",
    "“{text}” is full-width, other figures of the report are not",
)
_WIDE_LETTERS = Text("字母“{text}”是全角的", "the letters “{text}” are full-width")
_WIDE_HELP = Text("数字、字母用半角", "use half-width figures and letters")
_NARROW = Text("改为半角", "make them half-width")
_NOUGHT = Text("年份“{text}”里的“{sign}”不是{right}", "“{sign}” in the year “{text}” is no {right}")
_NOUGHT_HELP = Text(
    "阿拉伯数字写 0，汉字数字写〇（U+3007），不用字母 O 和圆圈代替",
    "write the figure 0, or 〇 (U+3007) among Chinese numerals",
)
_WIDE_RUN = r"[０-９](?:[０-９．，％]{0,20}[０-９％])?|[Ａ-ＷＹＺａ-ｗｙｚ][Ａ-Ｚａ-ｚ]{0,20}"
_FALSE_NOUGHT = (
    r"(?<![A-Za-z\d])[2２][\d○〇OＯ\u041e]{3}(?= ?年)|[一二][一二三四五六七八九零〇○OＯ\u041e0]{3}(?= ?年)"
)
_NO_FIGURE, _NO_NUMERAL = "○〇OＯ\u041e", "○OＯ\u041e0"
_ODD_SIGN = re.compile(r"[０-９Ａ-Ｚａ-ｚ○〇O\u041e]")


@rule(
    "TYP004",
    "wide-figure",
    summary=Text(
        "数字、字母用半角，年份里的零写对", "figures and letters are half-width, noughts are noughts"
    ),
    basis=NUMBERS,
    severity=Severity.INFO,
)
def wide_figure(report: Report, context: Context) -> Results:
    """正文的数字、字母用半角，年份里的零不用字母、圆圈代替。

    为什么：全角数字、用字母 O 写的年份看起来一样，查找和统计时却找不到。
    全文的数字一律用全角的，不提示，混用的才提示，一段一次；“二〇二一年”的〇是对的，“零”也不算错。
    表格里的数字不查。零写错的，改动不影响年份，可以直接改。

    反例：全年公开１２条、解读3篇；2O21年；二○二一年。
    正例：2021年；二〇二一年；全年公开12条、解读3篇。

    怎样改：改为半角；零改为 0 或者〇。
    """
    said = report.prose
    if _ODD_SIGN.search(said) is None and "一0" not in said and "二0" not in said:
        return
    pieces = report.paragraphs
    mixed = any(re.search(r"[0-9]", piece.text) for piece in pieces)
    for piece in pieces:
        yield from _false_noughts(piece)
        for figures in (True, False) if _ODD_SIGN.search(piece.text) else ():
            found = [m for m in re.finditer(_WIDE_RUN, piece.text) if ("０" <= m[0][0] <= "９") == figures]
            if found and (mixed or not figures):
                edits = tuple(Edit(_span(piece, *m.span()), m[0], _half_width(m[0])) for m in found)
                message = (_WIDE_SIGNS if figures else _WIDE_LETTERS).fill(text=found[0][0])
                fix = Fix(_NARROW, True, edits)
                yield Finding(_span(piece, *found[0].span()), message, _WIDE_HELP, fix=fix)


def _half_width(text: str) -> str:
    return "".join(chr(ord(sign) - 0xFEE0) if "！" <= sign <= "～" else sign for sign in text)


def _false_noughts(piece: Piece) -> Results:
    for match in re.finditer(_FALSE_NOUGHT, piece.text):
        arabic = match[0][0] in "2２"
        signs = _NO_FIGURE if arabic else _NO_NUMERAL
        wrong = next((sign for sign in match[0] if sign in signs), None)
        if wrong is not None:
            right = "0" if arabic else "〇"
            at = match.start() + match[0].index(wrong)
            edits = tuple(
                Edit(_span(piece, match.start() + n, match.start() + n + 1), sign, right)
                for n, sign in enumerate(match[0])
                if sign == wrong
            )
            message = _NOUGHT.fill(text=match[0] + "年", sign=wrong, right=right)
            fix = Fix(_CHANGE.fill(right=right), True, edits)
            yield Finding(_span(piece, at, at + 1), message, _NOUGHT_HELP, fix=fix)


_AGAIN = Text(
    "这句话前面已经写过：“{text}”（这一段共{count}句）",
    "this has been said before: “{text}” ({count} in this paragraph)",
)
_AGAIN_HELP = Text("留一处，另一处删去或者改写", "keep one of them, and delete or rewrite the other")
_FIRST_TIME = Text("第一次写在这里", "first said here")
_LONG_ENOUGH = 20  # characters of a sentence that nobody writes twice by chance
_SENTENCE = rf"[^，,。；;！!？?：:\n]{{{_LONG_ENOUGH},}}"
# Facts and names are rightly told again where they belong: figures, that nothing happened, laws.
_TOLD_AGAIN = re.compile(r"[\d０-９]|没有|未|无|《|国务院办公厅|条例")
_PREFIX = 40


@rule(
    "TYP005",
    "repeated-sentence",
    summary=Text("没有重复的句子", "no sentence is written twice"),
    basis=OWN_READING,
)
def repeated_sentence(report: Report, context: Context) -> Results:
    """同样的话不应写两遍。

    为什么：重复的句子多半是粘贴时留下的，也占去了本来应当写做法和结果的篇幅。
    二十个字以上、一字不差的才算，一段只提示一次。有数字的、说没有发生的、有法规和文件名称的不算：
    这些在总体情况和后面的部分里本来就可能各写一次。

    反例：第一段、第三段都写“最大限度地方便群众了解和监督政府各项工作的开展”。
    正例：总体情况和第四部分都写“没有因政府信息公开工作被申请行政复议的情况”。

    怎样改：留一处。
    """
    seen: dict[str, Span] = {}
    for piece in report.paragraphs:
        again: list[tuple[Span, Span]] = []
        for match in re.finditer(_SENTENCE, piece.text):
            words = "".join(match[0].split())
            span = _span(piece, *match.span())
            first = seen.setdefault(words, span)
            if first is not span and len(words) >= _LONG_ENOUGH and not _TOLD_AGAIN.search(words):
                again.append((span, first))
        if again:
            text = "".join(report.source[again[0][0]].split())
            text = text if len(text) <= _PREFIX else f"{text[:_PREFIX]}……"
            related = tuple(Related(first, _FIRST_TIME) for _, first in again)
            whole = Span(again[0][0].start, again[-1][0].end)
            yield Finding(whole, _AGAIN.fill(text=text, count=len(again)), _AGAIN_HELP, related=related)


_DOUBLED = Text("“{text}”标点重复", "the punctuation “{text}” is doubled")
_DOUBLED_HELP = Text("只留一个", "keep one of them")
_CUT_LIST = Text(
    "“{text}”中间的逗号多余：数量应紧跟在名称后面", "the comma in “{text}” parts a figure from its name"
)
_CUT_LIST_HELP = Text("删去逗号", "delete the comma")
_LEVELS = Text("“{text}”的几级之间缺顿号", "“{text}” lacks a 、 between the levels")
_LEVELS_HELP = Text("改为“{right}”", "write “{right}”")
_SIGN_TWICE = r"[，。；：、]{2,}"
_PARTED = r"，\d+[条件篇次份期个项](?=[，、；。])"
_PUBLISHED = ("信息", "文件", "动态", "公告", "公示", "新闻", "指南", "材料", "要闻", "事项", "简报")
_NO_COMMA = r"中央省(?=[、市县区级])"


@rule(
    "TYP006",
    "punctuation",
    summary=Text("标点没有重复、错用", "no punctuation is doubled or out of place"),
    basis=PUNCTUATION,
    severity=Severity.INFO,
)
def punctuation(report: Report, context: Context) -> Results:
    """标点不应重复，不应把名称和数量隔开，几级机关之间的顿号不应漏掉一个。

    为什么：“。。”“，。”是改稿时留下的；“财政信息，1条”断开了名称和数量，读起来像两件事。
    只查这几样说得准的；逗号该不该改顿号之类，因文而异，不查。

    反例：专栏运行正常。。；公开财政信息，1条；转载中央省、市要闻。
    正例：专栏运行正常。公开财政信息1条；转载中央、省、市要闻；省市县三级。

    怎样改：按提示改正。
    """
    for piece in report.paragraphs:
        for match in re.finditer(_SIGN_TWICE, piece.text):
            alike = match[0][0] if len(set(match[0])) == 1 else None
            yield _amiss(piece, match.span(), (_DOUBLED, _DOUBLED_HELP), alike)
        for match in re.finditer(_PARTED, piece.text):
            name = next((n for n in _PUBLISHED if piece.text.endswith(n, 0, match.start())), None)
            if name is not None:
                parted = (match.start() - len(name), match.end())
                yield _amiss(piece, parted, (_CUT_LIST, _CUT_LIST_HELP), name + match[0][1:])
        for match in re.finditer(_NO_COMMA, piece.text) if "中央省" in piece.text else ():
            yield _amiss(piece, match.span(), (_LEVELS, _LEVELS_HELP), "中央、省")


def _amiss(piece: Piece, at: tuple[int, int], said: tuple[Text, Text], right: str | None) -> Finding:
    """Return the finding on what stands *at* two offsets of *piece* and is to read *right* where that is known."""
    span, (message, advice) = _span(piece, *at), said
    text = piece.text[slice(*at)]
    fix = Fix(_CHANGE.fill(right=right), False, (Edit(span, text, right),)) if right else None
    return Finding(span, message.fill(text=text), advice.fill(right=right), fix=fix)


_UNIT = r"(?:条|件|篇|次|人|份|期|个|项|户|元|场|批|万|亿)"
_INEXACT = Text(
    "“{text}”：个位不是零的数后面不用“余”“多”", "“{text}”: a figure that is no round one is not “and more”"
)
_INEXACT_HELP = Text(
    "写准确的数，或者写整数加“余”，如60余条", "give the exact figure, or a round one with 余"
)
_TWO_WAYS = Text("“{text}”前后两个约数词互相矛盾", "“{text}” is nearly and more at once")
_TWO_WAYS_HELP = Text("只留一个：近70条，或者60余条", "keep one of them")
_MIXED_NUMERAL = Text(
    "“{text}”把阿拉伯数字和汉字数字混在一个数里", "“{text}” mixes two ways of writing one number"
)
_MIXED_NUMERAL_HELP = Text(
    "全部用阿拉伯数字；单位可以用“万”“亿”，不用“千”“百”", "use figures, with 万 and 亿 but not 千 and 百"
)
_VISITS = Text("“{text}”不必加括号（共{count}处）", "“{text}” needs no brackets ({count} times)")
_VISITS_HELP = Text("写作“人次”", "write 人次")
# Found by the sign behind the figure: a table is all figures, and hardly any of them has one of these.
_BEHIND_A_FIGURE = r"[余多千百万](?<=\d.)"
_GOES_ON = rf"[余多](?={_UNIT})|[千百](?=[余多]?{_UNIT}|\d)|万(?=\d+千)"
_VISITORS = r"[（(]人[）)]次"
_FIGURE_REACH = 16
_FIGURE = r"(?P<nearly>[近约])?(?P<figure>(?<![\d.万])\d[\d.]*)$"


@rule(
    "TYP007",
    "approximate-figure",
    summary=Text("约数、大数写法规范", "round and large figures are written as is usual"),
    basis=NUMBERS,
    severity=Severity.INFO,
)
def approximate_figure(report: Report, context: Context) -> Results:
    """“余”“多”只跟在整数后面；一个数不混用两种数字；“人次”不加括号。

    为什么：“68余条”既像准确数又像约数，别处写68条还是69条就说不清；“近60余条”前后矛盾；
    “3千余条”“1万2千”不合数字用法的国家标准。“12345百姓热线”等专名不算。

    反例：发布信息68余条；近60余条；5千余次；访问982（人）次。
    正例：发布信息60余条；近70条；5000余次；1.2万人次。

    怎样改：写准确的数，或者写整数加“余”。
    """
    if re.search(_BEHIND_A_FIGURE, report.prose):
        for piece in report.paragraphs:
            for match in re.finditer(_BEHIND_A_FIGURE, piece.text):
                yield from _inexact(piece, match.start())
    if "人）次" in report.prose or "人)次" in report.prose:
        visits = [_span(p, *m.span()) for p in report.paragraphs for m in re.finditer(_VISITORS, p.text)]
        related = tuple(Related(span, same(report.source[span])) for span in visits[1:])
        for first in visits[:1]:
            message = _VISITS.fill(text=report.source[first], count=len(visits))
            yield Finding(first, message, _VISITS_HELP, related=related)


def _inexact(piece: Piece, at: int) -> Results:
    """Yield what is amiss with the figure before the sign at *at*."""
    figure = re.search(_FIGURE, piece.text[max(0, at - _FIGURE_REACH) : at])
    behind = piece.text[at : at + _FIGURE_REACH]
    if figure is None or not re.match(_GOES_ON, behind):
        return
    round_one = figure["figure"][-1] in "0０" or "." in figure["figure"]
    if piece.text[at] not in "余多":
        message, advice = _MIXED_NUMERAL, _MIXED_NUMERAL_HELP
    elif figure["nearly"]:
        message, advice = _TWO_WAYS, _TWO_WAYS_HELP
    elif not round_one:
        message, advice = _INEXACT, _INEXACT_HELP
    else:
        return
    end = re.match(rf"[余多千百万]\d*[余多千]?(?:{_UNIT})?", behind)
    assert end is not None
    start, end_at = at - len(figure[0]), at + end.end()
    message = message.fill(text=piece.text[start:end_at])
    yield Finding(_span(piece, start, end_at), message, advice)


_COLLOCATION = Text("“{text}”搭配不当，通常说“{right}”", "“{text}” is an unusual collocation for “{right}”")
# What each noun goes with, and what is often written in its place.
_VERBS = {
    "力度": ("加大", "加强 提升 提高 增强 扩大 增加"),
    "意识": ("增强", "提高 提升 加大 扩大 增加"),
    "步伐": ("加快", "加强 加大 提高 提升"),
    "水平": ("提高", "加强 加大 增加 扩大"),
    "质量": ("提高", "加强 加大 增加 扩大"),
    "效率": ("提高", "加强 加大 增加 扩大"),
}
_MISUSED = ("加强", "加大", "提高", "提升", "增强", "扩大", "增加")
_OTHER_VERBS = (
    "和", "并", "与", "及", "以", "加快", "保障", "保证", "确保", "促进", "推动", "改进", "改善", "优化", "影响",
)  # fmt: skip
_NOUNS = rf"(?:{'|'.join(_VERBS)})(?=[，,。；;、：和与及并等）)\s]|$)"  # what follows could make another word of one
_BETWEEN = 8  # characters between a verb and its noun


@rule(
    "TYP008",
    "collocation",
    summary=Text("常用的搭配不写错", "verbs and nouns go together as is usual"),
    basis=OWN_READING,
)
def collocation(report: Report, context: Context) -> Results:
    """力度说“加大”，意识说“增强”，水平、质量、效率说“提高”，步伐说“加快”。

    为什么：“加强力度”“提高意识”是公文里常见的搭配不当。语言习惯各人不同，所以只作提示。
    中间另有动作的（“加强培训，提高水平”“加强管理提高质量”）不算。

    反例：加强公开力度；提高服务意识；加大业务水平。
    正例：加大公开力度；增强服务意识；提高业务水平；加强力量。

    怎样改：按提示改换动词。
    """
    for piece in report.paragraphs:
        for match in re.finditer(_NOUNS, piece.text):
            at, noun = match.start(), match[0]
            right, others = _VERBS[noun]
            start, verb = _nearest_verb(piece.text, at)
            if verb in others.split():
                said = f"{right}{piece.text[start + len(verb) : at]}{noun}"
                whole, edit = _span(piece, start, at + len(noun)), _span(piece, start, start + len(verb))
                advice = _CHANGE.fill(right=said)
                message = _COLLOCATION.fill(text=report.source[whole], right=said)
                yield Finding(whole, message, advice, fix=Fix(advice, False, (Edit(edit, verb, right),)))


def _nearest_verb(text: str, at: int) -> tuple[int, str]:
    """Return where the verb nearest before *at* stands, and which it is; "" where another verb or a sign parts them."""
    start = max(0, at - _BETWEEN - 2)
    before = text[start:at]
    place, verb = max((before.rfind(verb), verb) for verb in _MISUSED)
    between = before[place + 2 :]
    parted = any(word in between for word in _OTHER_VERBS) or not (between.isalpha() or not between)
    return (at, "") if place < 0 or parted else (start + place, verb)


_PROPOSAL = Text(
    "“{text}”：人大代表提的是建议、议案，提案是政协委员提的",
    "“{text}”: deputies make 建议 and 议案; 提案 are of the 政协",
)
_PROPOSAL_HELP = Text("核对是人大代表建议还是政协提案", "see which of them it was")
_NO_COMMITTEE = Text("“{text}”：乡镇不设政协，只有政协委员联络机构", "“{text}”: a township has no 政协")
_NO_COMMITTEE_HELP = Text(
    "写明是县（市、区）政协，或者驻本乡镇的政协委员",
    "name the county's 政协, or members who live in the township",
)
_OF_DEPUTIES = r"人大(?:代表)?(?![^，。；、\n]{0,14}(?:政协|委员|建议|议案))[^，。；、和与及\n]{0,10}提案"
_OF_A_TOWNSHIP = r"[镇乡]政协(?<![驻住在全各我本乡].政协)(?!委员(?:联络|活动|工作|之家|履职|小组|会客|议事)|联络|工委|工作|小组|活动)(?:委员)?"


@rule(
    "TYP009",
    "organ-term",
    summary=Text(
        "人大、政协的用语与级别相符",
        "people's congress and consultative conference are spoken of in their own words",
    ),
    basis=OWN_READING,
)
def organ_term(report: Report, context: Context) -> Results:
    """人大代表提的是“建议”“议案”，政协委员提的是“提案”；乡镇不设政协。

    为什么：写成“镇人大提案”“镇政协提案”，不知道办的是哪一种，同上级的统计也对不上。
    各地叫法不一，驻在本乡镇的政协委员也可能简称，所以只作提示。

    反例：办理镇人大提案2件；镇政协委员提交提案4件。
    正例：办理县人大代表建议2件、县政协提案4件；镇政协委员联络室。

    怎样改：核对后写明是哪一级、哪一种。
    """
    for signs, pattern, message, advice in (
        (("人大", "提案"), _OF_DEPUTIES, _PROPOSAL, _PROPOSAL_HELP),
        (("政协",), _OF_A_TOWNSHIP, _NO_COMMITTEE, _NO_COMMITTEE_HELP),
    ):
        if not all(sign in report.prose for sign in signs):
            continue
        for piece in report.paragraphs:
            for match in re.finditer(pattern, piece.text):
                yield Finding(_span(piece, *match.span()), message.fill(text=match[0]), advice)
