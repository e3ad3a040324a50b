"""Words and signs: what is written wrong, and punctuation of the wrong width."""

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

from nianbao_rules.basis import PUNCTUATION, STANDARD_WRITING
from nianbao_rules.confusions import CONFUSIONS
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
_PARTS_LISTED = 4
_LIST_REACH = 200


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
    pieces = list(_pieces(report))
    whole = "\n".join(piece.text for piece, _ in pieces)
    # Looking for each of a hundred words in turn takes less time than compiling one pattern of them all.
    suspects = [entry for entry in CONFUSIONS if entry[0] in whole]
    for piece, headed in pieces:
        text = piece.text
        for wrong, right, reason, longer in suspects:
            for start in _places(text, wrong, longer):
                yield _miswritten(piece, start, wrong, right, reason)
        if "截止" in text:
            for match in re.finditer(_BEFORE_DATE, text):
                yield _miswritten(piece, match.start(), "截止", "截至", "后面有日期")
        if headed and "其它" in text:
            for match in re.finditer(_AS_PRINTED, text):
                yield _miswritten(piece, match.start(), "其它", "其他", "格式用字")


def _miswritten(piece: Piece, start: int, wrong: str, right: str, reason: str) -> Finding:
    span = _span(piece, start, start + len(wrong))
    values = {"wrong": wrong, "right": right, "reason": reason}
    fix = Fix(_CHANGE.fill(**values), False, (Edit(span, wrong, right),))
    return Finding(span, _MISWRITTEN.fill(**values), _MISWRITTEN_HELP.fill(**values), data=values, fix=fix)


def _places(text: str, wrong: str, longer: Sequence[str]) -> Iterator[int]:
    """Yield where *wrong* stands in *text*, but for where one of *longer* words, in which it is right, does."""
    start = text.find(wrong)
    while start >= 0:
        if not any(
            text.startswith(word, start - word.index(wrong)) for word in longer if start >= word.index(wrong)
        ) and not _lists_parts(text, start):
            yield start
        start = text.find(wrong, start + len(wrong))


def _lists_parts(text: str, at: int) -> bool:
    """Return whether the sentence at *at* lists the parts of the report: HDR008 compares those."""
    before = text[max(0, at - _LIST_REACH) : at].rpartition("。")[2]
    sentence = before + text[at : at + _LIST_REACH].partition("。")[0]
    return sentence.count("情况") + sentence.count("事项") >= _PARTS_LISTED


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
