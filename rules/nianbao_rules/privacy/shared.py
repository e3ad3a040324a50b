"""Numbers long enough to be a person's, and findings that mask them."""

from functools import lru_cache

from nianbao.api import Finding, Piece, Report, Span, Text
from nianbao_grammar import patterns as re

# Patterns are plain texts, compiled when a report first needs them: most reports have no long number.
_LONG_NUMBER = re.compile(r"[0-9０-９]{4}[ \u00a0-]?[0-9０-９]{4}")
_REACH = 24  # characters before a number that say what kind of number it is
# Not within a web address, the number of a document or a code with letters.
OPEN = r"(?<![A-Za-z\d_./=%#&?+*＊×-])"
SHUT = r"(?![A-Za-z\d_=%#&*＊×]|[./-][A-Za-z\d])"
OTHER_CODE = r"信用代码|机构代码|索引号|文号|编号|统一代码|许可证|项目代码|案号|单号|流水号"
GAP = r"[ \u00a0-]?"


@lru_cache(maxsize=1)  # three rules ask, one after the other
def texts(report: Report) -> tuple[Piece, ...]:
    """Return the paragraphs that have a number long enough to be a person's."""
    if not _LONG_NUMBER.search(report.prose):
        return ()
    return tuple(piece for piece in report.paragraphs if _LONG_NUMBER.search(piece.text))


def words_before(piece: Piece, start: int) -> str:
    """Return the words of *piece* that lead up to *start*."""
    return piece.text[max(0, start - _REACH) : start]


def digits_of(text: str) -> str:
    """Return the digits of *text* in ASCII, and its X."""
    return "".join("X" if sign in "xXｘＸ" else str(int(sign)) for sign in text if sign.isalnum())


def masking(
    piece: Piece, span: tuple[int, int], hidden: tuple[int, int], message: Text, advice: Text
) -> Finding:
    """Return the finding on *span* of *piece* with its part *hidden* masked in every output."""
    start, end = span
    first, last = hidden
    masked = f"{piece.text[start:first]}{'*' * (last - first)}{piece.text[last:end]}"
    at = piece.span.start
    return Finding(
        Span(at + start, at + end),
        message.fill(text=masked),
        advice,
        data={"text": masked},
        hidden=(Span(at + first, at + last),),
    )


_REGIONS = (
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82"
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"


def is_identity_number(digits: str, named: bool = False) -> bool:
    """Return whether *digits* are the number of an identity card; one of 15 digits only if the text has *named* it so."""
    if digits[:2] not in _REGIONS:
        return False
    birth = digits[6:14] if len(digits) == 18 else f"19{digits[6:12]}"
    if not (1900 <= int(birth[:4]) <= 2099 and 1 <= int(birth[4:6]) <= 12 and 1 <= int(birth[6:]) <= 31):
        return False
    if len(digits) == 15:
        return named
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits[:17], strict=True))
    return len(digits) == 18 and _CHECK_DIGITS[total % 11] == digits[17]
