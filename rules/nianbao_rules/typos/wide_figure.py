"""TYP004 wide-figure."""

from collections.abc import Iterator

from nianbao.api import Context, Edit, Finding, Fix, Piece, Report, Severity, Text, rule
from nianbao_grammar import patterns as re

from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import NUMBERS
from nianbao_rules.typos.shared import CHANGE, span_in

_WIDE_SIGNS = Text(
    "“{text}”是全角的，同一份报告的其他数字是半角的",
    "“{text}” is full-width, while other figures of the report are half-width",
)
_WIDE_LETTERS = Text("字母“{text}”是全角的", "the letters “{text}” are full-width")
_WIDE_HELP = Text("数字、字母用半角", "use half-width figures and letters")
_NARROW = Text("改为半角", "make them half-width")
_ZERO = Text("年份“{text}”里的“{sign}”不是{right}", "“{sign}” in the year “{text}” is not {right}")
_ZERO_HELP = Text(
    "阿拉伯数字写 0，汉字数字写〇（U+3007），不用字母 O 和圆圈代替",
    "write the figure 0, or 〇 (U+3007) among Chinese numerals",
)
_WIDE_RUN = r"[０-９](?:[０-９．，]{0,20}[０-９％])?|[Ａ-ＷＹＺａ-ｗｙｚ][Ａ-Ｚａ-ｚ]{0,20}"
_FALSE_ZERO = (
    r"(?<![A-Za-z\d])[2２][\d○〇OＯ\u041e]{3}(?= ?年)|[一二][一二三四五六七八九零〇○OＯ\u041e0]{3}(?= ?年)"
)
_NO_FIGURE, _NO_NUMERAL = "○〇OＯ\u041e", "○OＯ\u041e0"
_ODD_SIGN = re.compile(r"[０-９Ａ-Ｚａ-ｚ○〇O\u041e]")


@rule(
    "TYP004",
    "wide-figure",
    summary=Text(
        "数字、字母用半角，年份里的零写对",
        "figures and letters are half-width, zeros in years are written right",
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
    prose = report.prose
    if _ODD_SIGN.search(prose) is None and "一0" not in prose and "二0" not in prose:
        return
    pieces = report.paragraphs
    mixed = any(re.search(r"[0-9]", piece.text) for piece in pieces)
    for piece in pieces:
        zeros = [*_false_zeros(piece)]
        yield from zeros
        reported = {edit.span.start for zero in zeros if zero.fix for edit in zero.fix.edits}
        for figures in (True, False) if _ODD_SIGN.search(piece.text) else ():
            found = [m for m in re.finditer(_WIDE_RUN, piece.text) if ("０" <= m[0][0] <= "９") == figures]
            found = [m for m in found if piece.span.start + m.start() not in reported]
            if found and (mixed or not figures):
                edits = tuple(Edit(span_in(piece, *m.span()), m[0], _half_width(m[0])) for m in found)
                message = (_WIDE_SIGNS if figures else _WIDE_LETTERS).fill(text=found[0][0])
                fix = Fix(_NARROW, True, edits)
                yield Finding(span_in(piece, *found[0].span()), message, _WIDE_HELP, fix=fix)


def _half_width(text: str) -> str:
    return "".join(chr(ord(sign) - 0xFEE0) if "！" <= sign <= "～" else sign for sign in text)


def _false_zeros(piece: Piece) -> Iterator[Finding]:
    for match in re.finditer(_FALSE_ZERO, piece.text):
        arabic = match[0][0] in "2２"
        signs = _NO_FIGURE if arabic else _NO_NUMERAL
        wrong = next((sign for sign in match[0] if sign in signs), None)
        if wrong is not None:
            right = "0" if arabic else "〇"
            at = match.start() + match[0].index(wrong)
            edits = tuple(
                Edit(span_in(piece, match.start() + n, match.start() + n + 1), sign, right)
                for n, sign in enumerate(match[0])
                if sign == wrong
            )
            message = _ZERO.fill(text=match[0] + "年", sign=wrong, right=right)
            fix = Fix(CHANGE.fill(right=right), True, edits)
            yield Finding(span_in(piece, at, at + 1), message, _ZERO_HELP, fix=fix)
