"""TYP011 unpaired-sign."""

from collections import defaultdict
from collections.abc import Iterable

from nianbao.api import Context, Finding, Piece, Report, Severity, Text, fold, rule
from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import PUNCTUATION
from nianbao_rules.shared.citations import cited
from nianbao_rules.typos.shared import parts_written, span_in

_ALONE = Text("{sign}没有配对的{other}：{text}", "{sign} has no {other}: {text}")
_TWICE = Text("两个{sign}之间没有{other}：{text}", "no {other} between two {sign}: {text}")
_NO_PAIR = Text("{sign}和{other}不是一对：{text}", "{sign} and {other} are no pair: {text}")
_TURNED = Text(
    "{sign}在前，{other}在后，方向反了：{text}", "{sign} before {other}, the wrong way round: {text}"
)
_HELP = Text("补上缺的一个，删去多的一个，或者改正方向", "add, delete, turn or change one of them")
_CLOSED_BY = dict(zip("“‘《〈（〔【「『", "”’》〉）〕】」』", strict=True))
_OPENED_BY = {closing: opening for opening, closing in _CLOSED_BY.items()}
_WIDE = str.maketrans("()", "（）")
_SIGN = re.compile(rf"[{''.join(_CLOSED_BY)}{''.join(_OPENED_BY)}()]")
# 1） and a) are marks of a list.
_MARK = re.compile(
    r"(?:(?<![0-9])[0-9]{1,2}|(?<![A-Za-z])[A-Za-z]|[①-⑳]|(?<![\u4e00-\u9fff])[一二三四五六七八九十])$"
)
_ENDED = tuple("。！？；…）”》.!?;)")
_LONGEST_LABEL = 40
_AROUND = 8  # characters quoted on either side


class _Sign(NamedTuple):
    """A quotation mark or bracket, full-width, and where it is."""

    sign: str
    piece: Piece
    at: int


@rule(
    "TYP011",
    "unpaired-sign",
    summary=Text("引号、书名号、括号成对", "quotation marks and brackets are in pairs"),
    basis=PUNCTUATION,
    severity=Severity.INFO,
)
def unpaired_sign(report: Report, context: Context) -> Results:
    """引号、书名号、括号应当成对，左右不用反，前后是同一种。

    为什么：少了一半，就看不出书名、引语、注释到哪里为止。
    一段开始、后面一段才结束的引文不算，“1）”“a）”这样的编号不算，
    全角半角不一的括号由 TYP002 检查，表格里的不查；报告的末尾没有写完的，不再指出缺了后一半。

    反例：公开《水资源公报等资料；明确专人负责）；开设”政策问答“专栏。
    正例：公开《水资源公报》等资料；（一）主动公开；包括：1）机构信息；2）救助信息。

    怎样改：补上缺的一个，删去多的一个，或者改正方向。
    """
    labels = _labels(report)
    pieces = [
        [piece for piece in part.pieces if not _begins_label(piece, labels)] for part in parts_written(report)
    ]
    last = next((part[-1] for part in reversed(pieces) if part), None)
    cut = last if last is not None and not last.text.rstrip().endswith(_ENDED) else None
    for part in pieces:
        left = iter(_unpaired(part, report.year))
        first = next(left, None)
        while first is not None:
            second = next(left, None)
            message = _together(first, second) if second is not None else None
            if second is not None and message is not None:
                yield _finding(message, first, second)
                second = next(left, None)
            elif first.piece is not cut or first.sign in _OPENED_BY:
                yield _finding(_ALONE, first, first)
            first = second


def _labels(report: Report) -> str:
    """Return the labels of rows and the notes of the tables of the form, each behind a line end."""
    if report.form is None:
        return ""
    notes = [f"\n{fold(table.note)}" for table in report.form.tables if table.note]
    return "".join((report.form.label_lines, *notes))


def _begins_label(piece: Piece, labels: str) -> bool:
    """Return whether *piece* is the first line of one of *labels*, which a copy has broken in two."""
    return "（" in piece.text and len(piece.text) <= _LONGEST_LABEL and f"\n{fold(piece.text)}" in labels


def _unpaired(pieces: Iterable[Piece], year: int | None) -> list[_Sign]:
    """Return the signs of *pieces*, paragraphs one after the other, that belong to no pair, in order."""
    opened: dict[str, list[_Sign]] = defaultdict(list)
    left: list[_Sign] = []
    for piece in pieces:
        cites = "号" in piece.text and "公开" in piece.text
        numbers = cited(piece.text, year) if cites else ()
        inside = {at for number in numbers for at in range(number.start, number.end)}
        begins = len(piece.text) - len(piece.text.lstrip())
        for match in _SIGN.finditer(piece.text):
            found = _Sign(match[0].translate(_WIDE), piece, match.start())
            before = piece.text[max(0, found.at - 3) : found.at]
            if found.at in inside:
                continue  # HDR011 says how the number of a document is written
            if found.sign == "’" and before[-1:].isascii() and before[-1:].isalpha():
                continue  # an apostrophe
            unclosed = opened[_OPENED_BY.get(found.sign, found.sign)]
            if found.sign in _OPENED_BY and unclosed:
                unclosed.pop()
            elif found.sign in _OPENED_BY:
                if found.sign != "）" or not _MARK.search(before):
                    left.append(found)
            else:
                if unclosed and found.at == begins:
                    unclosed.pop()  # each paragraph of a quotation begins with the sign
                unclosed.append(found)
    left += [sign for signs in opened.values() for sign in signs]
    return sorted(left, key=lambda sign: sign.piece.span.start + sign.at)


def _together(first: _Sign, second: _Sign) -> Text | None:
    """Return what is wrong with two unpaired signs of one sentence if it is one thing."""
    if first.piece is not second.piece or re.search("[。；\n]", first.piece.text[first.at : second.at]):
        return None
    if first.sign == second.sign:
        return _TWICE if first.sign in "“”‘’" else None
    if first.sign in _CLOSED_BY:
        return _NO_PAIR if second.sign in _OPENED_BY else None
    return _TURNED if second.sign == _OPENED_BY[first.sign] else None


def _finding(message: Text, first: _Sign, second: _Sign) -> Finding:
    text = first.piece.text
    other = second.sign if message in (_NO_PAIR, _TURNED) else (_CLOSED_BY | _OPENED_BY)[first.sign]
    quoted = text[max(0, first.at - _AROUND) : second.at + 1 + _AROUND].strip()
    values = {"text": quoted, "sign": first.sign, "other": other}
    return Finding(span_in(first.piece, first.at, second.at + 1), message.fill(**values), _HELP)
