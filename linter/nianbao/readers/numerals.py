"""Numbers as a word processor writes them in front of paragraphs (ECMA-376, ST_NumberFormat)."""

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MOST_ROMAN = 3999
_MOST_COUNTED = 99_999_999  # beyond it comes 亿, and no list has so many paragraphs
_MOST_REPEATED = 30  # how often a letter is repeated: after z comes aa, then aaa


def numeral(number: int, form: str) -> str:
    """Return *number* in the *form* that a list names; decimal if the form is unknown or has no such number."""
    write = _FORMS.get(form)
    text = write(number) if write is not None and number >= 0 else None
    return str(number) if text is None else text


def _counted(number: int, digits: str, units: str, myriad: str) -> str | None:
    """Return *number* in words: 一百零三. *units* are those of ten, hundred and thousand."""
    if number > _MOST_COUNTED:
        return None
    high, low = divmod(number, 10_000)
    if not high:
        return _below_myriad(low, digits, units) or digits[0]
    gap = digits[0] if 0 < low < 1000 else ""
    return _below_myriad(high, digits, units) + myriad + gap + _below_myriad(low, digits, units)


def _below_myriad(number: int, digits: str, units: str) -> str:
    text, gap = "", False
    for power, unit in ((1000, units[2]), (100, units[1]), (10, units[0]), (1, "")):
        digit = number // power % 10
        if digit:
            text += (digits[0] if gap and text else "") + digits[digit] + unit
        gap = not digit
    return text


def _thousand(number: int) -> str | None:
    """Return 一, 十, 十一, 二十, 一百零一: ten to nineteen without their 一."""
    counted = _counted(number, "零" + _DIGITS[1:], "十百千", "万")
    return counted[1:] if counted is not None and 10 <= number < 20 else counted


def _counting(number: int) -> str | None:
    return _thousand(number) if 0 < number < 100 else _digits(number)


def _digits(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _roman(number: int) -> str | None:
    if not 0 < number <= _MOST_ROMAN:
        return None
    text = ""
    for worth, sign in _ROMAN:
        times, number = divmod(number, worth)
        text += sign * times
    return text


def _letter(number: int) -> str | None:
    times, index = divmod(number - 1, 26)
    return chr(ord("a") + index) * (times + 1) if number and times < _MOST_REPEATED else None


def _upper(write: Callable[[int], str | None]) -> Callable[[int], str | None]:
    def write_upper(number: int) -> str | None:
        lower = write(number)
        return None if lower is None else lower.upper()

    return write_upper


def _signs(*stretches: tuple[str, int]) -> Callable[[int], str | None]:
    """Return a function that writes 1, 2, 3 as consecutive signs: each stretch is its first sign and their count."""
    signs = [chr(ord(first) + step) for first, count in stretches for step in range(count)]

    def write(number: int) -> str | None:
        return signs[number - 1] if 0 < number <= len(signs) else None

    return write


def _in_turn(signs: str) -> Callable[[int], str | None]:
    return lambda number: signs[number - 1] if 0 < number <= len(signs) else None


def _wide(number: int) -> str:
    return "".join(chr(0xFF10 + int(digit)) for digit in str(number))


_CIRCLED = _signs(("①", 20), ("㉑", 15), ("㊱", 15))

_FORMS: dict[str, Callable[[int], str | None]] = {
    "none": lambda number: "",
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": _wide,
    "decimalFullWidth2": _wide,
    "decimalEnclosedCircle": _CIRCLED,
    "decimalEnclosedCircleChinese": _CIRCLED,
    "decimalEnclosedFullstop": _signs(("⒈", 20)),
    "decimalEnclosedParen": _signs(("⑴", 20)),
    "chineseCounting": _counting,
    "chineseCountingThousand": _thousand,
    "japaneseCounting": _thousand,
    "japaneseDigitalTenThousand": _digits,
    "taiwaneseCounting": _counting,
    "taiwaneseCountingThousand": _thousand,
    "taiwaneseDigital": _digits,
    "ideographDigital": _digits,
    "ideographTraditional": _in_turn("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _in_turn("子丑寅卯辰巳午未申酉戌亥"),
    "ideographEnclosedCircle": _signs(("㊀", 10)),
    "chineseLegalSimplified": lambda number: _counted(number, _LEGAL, "拾佰仟", "万"),
    "ideographLegalTraditional": lambda number: _counted(number, _LEGAL_TRADITIONAL, "拾佰仟", "萬"),
    "lowerRoman": _roman,
    "upperRoman": _upper(_roman),
    "lowerLetter": _letter,
    "upperLetter": _upper(_letter),
}
