"""TYP002 half-width-sign."""

from collections.abc import Sequence

from nianbao.api import Context, Edit, Finding, Fix, Piece, Related, Report, Severity, Text, rule, same
from nianbao_grammar import patterns as re

from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import PUNCTUATION
from nianbao_rules.shared.headings import item_numeral
from nianbao_rules.typos.shared import parts_written, span_in

_MOST_QUOTED = 20  # so many characters of a piece in brackets are quoted
_BRACKETED = r"[(（][^()（）\n]*[)）]"
_CHINESE = r"[\u4e00-\u9fff]"
_HALF_WIDTH = r"(?<=[\u4e00-\u9fff）”》])[,;:?!](?=[\u4e00-\u9fff（“《])"
_ADDRESS = r"(?:https?://|www\.|@|\])[!-~]*$"
_ADDRESS_REACH = 100
_WIDE = str.maketrans("(),;:?!", "（），；：？！")
_MIXED = Text(
    "编号“{text}”用了半角括号，同一组的其他编号是全角括号",
    "the numeral “{text}” has half-width brackets, others of its series have full-width ones",
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
    for part in parts_written(report):
        yield from _numerals(part.pieces)
        for piece in part.pieces:
            yield from _brackets(piece)
            yield from _signs(piece)


def _numerals(pieces: Sequence[Piece]) -> Results:
    numerals = [(piece, *_numeral(piece)) for piece in pieces]
    found = [(piece, start, numeral) for piece, start, numeral in numerals if numeral]
    edits = [
        Edit(span_in(piece, start, start + len(numeral)), numeral, numeral.translate(_WIDE))
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
    """Return the offset, after Markdown's marks, of the numeral （一） that *piece* begins with, and the numeral."""
    start = len(piece.text) - len(piece.text.lstrip("#* \u3000"))
    return start, item_numeral(piece.text[start : start + 8])


def _full_width(text: str) -> bool:
    return text[0] == "（" and text[-1] == "）"


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
    return text if len(text) <= _MOST_QUOTED else f"{text[: _MOST_QUOTED - 4]}……{text[-2:]}"


def _widened(piece: Piece, places: Sequence[tuple[int, int]], message: Text) -> Finding:
    """Return the finding that the brackets or signs at *places* in *piece* are to be full-width."""
    text = piece.text
    ends = [at for start, end in places for at in sorted({start, end - 1}) if text[at].isascii()]
    edits = tuple(Edit(span_in(piece, at, at + 1), text[at], text[at].translate(_WIDE)) for at in ends)
    related = tuple(Related(span_in(piece, start, end), same(text[start:end])) for start, end in places[1:])
    fix = Fix(_WIDEN, False, edits)
    return Finding(span_in(piece, *places[0]), message, _WIDTH_HELP, related=related, fix=fix)
