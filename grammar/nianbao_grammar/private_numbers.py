"""Numbers of persons: how they are written, and which digits are that of an identity card."""

from collections.abc import Iterator

from nianbao_grammar import patterns as re

# Not within a web address, the number of a document or a code with letters. Behind the first digit, as a digit is
# found ten times as fast as what is before one.
_NOT_BEHIND = r"[A-Za-z\d_./=%#&?+*＊×-]"
OPEN = rf"(?<!{_NOT_BEHIND})"
SHUT = r"(?![A-Za-z\d_=%#&*＊×]|[./-][A-Za-z\d])"
OTHER_CODE = r"信用代码|机构代码|索引号|文号|编号|统一代码|许可证|项目代码|案号|单号|流水号"
GAP = r"[ \u00a0-]?"
REACH = 24  # characters before a number that say what kind of number it is
_EIGHTEEN = re.compile(
    rf"\d(?<!{_NOT_BEHIND}\d)\d{{5}}{GAP}(?:19|20|１９|２０)\d{{2}}{GAP}\d{{4}}{GAP}\d{{3}}[\dXxｘＸ]{SHUT}"
)
_REGIONS = (
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82"
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"


def identity_numbers(text: str) -> Iterator[re.Match[str]]:
    """Yield the numbers of identity cards in *text*: by region, birth and check digit, and by no word another code."""
    for match in _EIGHTEEN.finditer(text):
        before = text[max(0, match.start() - REACH) : match.start()]
        if is_identity_number(digits_of(match[0])) and not re.search(OTHER_CODE, before):
            yield match


def digits_of(text: str) -> str:
    """Return the digits of *text* in ASCII, and its X."""
    return "".join("X" if sign in "xXｘＸ" else str(int(sign)) for sign in text if sign.isalnum())


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
