"""Numbers as a workbook shows them: a figure without the digits of its binary form, a percentage, a date."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation, localcontext
from functools import lru_cache

from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

GENERAL = "General"
_DAY, _MONTH = 'm"月"d"日"', 'yyyy"年"m"月"'
_NOON = "上午/下午"
# The formats that a workbook names by number only, as they are shown in Chinese.
BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 14: "yyyy/m/d", 15: "d-m-yy", 16: "m-d", 17: "yy-m",
    18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 27: _MONTH, 28: _DAY, 29: _DAY, 30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 34: f'{_NOON}h"时"mm"分"', 35: f'{_NOON}h"时"mm"分"ss"秒"', 36: _MONTH,
    37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00", 41: "#,##0;-#,##0", 42: "#,##0;-#,##0",
    43: "#,##0.00;-#,##0.00", 44: "#,##0.00;-#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss", 50: _MONTH, 51: _DAY, 52: _MONTH, 53: _DAY,
    54: _DAY, 55: f'{_NOON}h"时"mm"分"', 56: f'{_NOON}h"时"mm"分"ss"秒"', 57: _MONTH, 58: _DAY,
}  # fmt: skip
_LONGEST = 255  # characters of a format, the most that a workbook may have
_MOST_PLACES = 30
_WIDTH = 11  # signs of a number without a format
_FIRST_DAYS = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}  # day 0, by the system of 1904
_LAST_DAY = 2_958_465
_PIECE = re.compile(
    r'"(?P<said>[^"]*)"|\\(?P<sign>.)|[_*].|\[(?P<bracket>[^\]]*)\]|(?P<general>General|G/通用格式)'
    rf"|(?P<noon>AM/PM|A/P|{_NOON})|(?P<digits>[0#?][0#?,.]*|\.[0#?]+)|(?P<power>E[+-]0+)|(?P<percent>%)|(?P<date>y+|m+|d+|h+|s+|a{{3,4}})|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_CONDITION = re.compile(r"[<>=]")


class _Piece(NamedTuple):
    kind: str  # said, digits, date, elapsed, noon, percent, power, general
    text: str


def shown(value: str, code: str = GENERAL, *, since_1904: bool = False) -> str:
    """Return the number *value*, as a workbook stores it, as the format *code* shows it; what is no number as it is."""
    number = _number(value)
    if number is None:
        return value
    sections = _sections(code) if len(code) <= _LONGEST else ()
    if not sections or any(section is None for section in sections):
        return _general(number)
    first = len(sections) == 1
    section = sections[1 if number < 0 and not first else 2 if not number and len(sections) > 2 else 0]
    assert section is not None
    kinds = {piece.kind for piece in section}
    if kinds & {"date", "elapsed", "noon"}:
        moment = _moment(number, since_1904=since_1904)
        return _date(section, moment, number) if moment is not None else _general(number)
    if "general" in kinds:
        return (
            "".join(_general(abs(number)) if kind == "general" else text for kind, text in section)
            if not first
            else _general(number)
        )
    return _formatted(number, section, signed=first)


def _number(value: str) -> Decimal | None:
    """Return *value* without what its binary form adds: 0.28499999999999998 is 0.285."""
    if len(value) > _LONGEST:
        return None
    try:
        number = Decimal(repr(float(value)))
    except (ValueError, InvalidOperation):
        return None
    return number if number.is_finite() else None


def _general(number: Decimal) -> str:
    """Return *number* without a format: all its digits before the point, and as many behind it as have room."""
    whole = len(str(int(abs(number))))
    return _places(number, min(max(_WIDTH - 1 - whole, 0), _MOST_PLACES), 0)


def _places(number: Decimal, most: int, least: int) -> str:
    """Return *number* with at most and at least so many digits behind the point."""
    with localcontext(prec=400):
        text = f"{number.quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP):f}"
    if most > least:
        before, _, behind = text.partition(".")
        behind = behind[:least] + behind[least:].rstrip("0")
        text = f"{before}.{behind}" if behind else before
    return text.removeprefix("-") if not Decimal(text) else text


@lru_cache(256)
def _sections(code: str) -> tuple[tuple[_Piece, ...] | None, ...]:
    """Return the pieces of each section of *code*, for positive, negative and zero; None for one that is beyond us."""
    sections: list[tuple[_Piece, ...] | None] = []
    pieces: list[_Piece] = []
    beyond = False
    for match in _PIECE.finditer(code):
        kind, text = match.lastgroup or "", match[0]
        if text == ";":
            sections.append(None if beyond else tuple(pieces))
            pieces, beyond = [], False
        elif kind == "bracket":
            inner = match["bracket"]
            beyond |= _CONDITION.search(inner) is not None
            if inner.startswith("$"):
                pieces.append(_Piece("said", inner[1:].partition("-")[0]))
            elif _ELAPSED.fullmatch(inner):
                pieces.append(_Piece("elapsed", inner[0].lower()))
        elif kind in ("said", "sign", "other"):
            beyond |= text in ("/", "@") and any(piece.kind == "digits" for piece in pieces)  # a fraction
            pieces.append(_Piece("said", match[kind]))
        elif kind:  # without a kind: room for a sign
            pieces.append(_Piece(kind, text))
    sections.append(None if beyond or _is_odd(pieces) else tuple(pieces))
    return tuple(sections[:3])


def _is_odd(pieces: Sequence[_Piece]) -> bool:
    kinds = [piece.kind for piece in pieces]
    return "date" not in kinds and kinds.count("digits") > 1


def _formatted(number: Decimal, section: Sequence[_Piece], *, signed: bool) -> str:
    digits = next((piece.text for piece in section if piece.kind == "digits"), "")
    if not digits:  # words, or nothing at all
        return "".join(piece.text for piece in section if piece.kind == "said")
    power = next((piece.text for piece in section if piece.kind == "power"), "")
    if power:
        mantissa, exponent = _scientific(abs(number), digits, power)
        texts = {"digits": mantissa, "power": exponent}
        minus = "-" if signed and number < 0 else ""
        return minus + "".join(texts.get(kind, text) for kind, text in section)
    number = number.scaleb(2 * sum(piece.kind == "percent" for piece in section))
    before, _, behind = digits.partition(".")
    bare = before.rstrip(",")
    number = number.scaleb(-3 * (len(before) - len(bare)))
    behind = behind.replace(",", "")
    text = _places(abs(number), min(len(behind), _MOST_PLACES), behind.count("0"))
    whole, point, rest = text.partition(".")
    whole = whole.zfill(bare.count("0")) if whole != "0" or "0" in bare else ""
    if "," in bare:
        whole = f"{int(whole or 0):,}".rjust(len(whole), "0") if whole else whole
    minus = "-" if signed and number < 0 and Decimal(text or 0) else ""
    said = "".join(
        f"{whole}{point}{rest}" if kind == "digits" else text
        for kind, text in section
        if kind in ("said", "digits", "percent")
    )
    return minus + said


def _scientific(number: Decimal, digits: str, power: str) -> tuple[str, str]:
    """Return the two parts of *number* as *digits* and *power* show it: 8 by 0.00 and E+00 is 8.00 and E+00.

    The exponent is a multiple of the digits that stand before the point.
    """
    before, _, behind = digits.replace(",", "").partition(".")
    step, most, least = max(len(before), 1), min(len(behind), _MOST_PLACES), behind.count("0")
    exponent = number.adjusted() // step * step if number else 0
    text = _places(number.scaleb(-exponent), most, least)
    if Decimal(text) >= 10**step:  # rounded up: 9.996 is 1.00E+01
        exponent += step
        text = _places(number.scaleb(-exponent), most, least)
    sign = "-" if exponent < 0 else "+" if "+" in power else ""
    return text, f"E{sign}{abs(exponent):0{len(power) - 2}d}"


def _moment(number: Decimal, *, since_1904: bool) -> datetime | None:
    if not 0 <= number <= _LAST_DAY:
        return None
    early = 0 < number < 61 and not since_1904  # the workbook counts a 29th of February 1900
    days = int(number) + early
    seconds = int(((number - int(number)) * 86400).to_integral_value(ROUND_HALF_UP))
    try:
        return _FIRST_DAYS[since_1904] + timedelta(days=days, seconds=seconds)
    except OverflowError:
        return None


def _date(section: Sequence[_Piece], moment: datetime, number: Decimal) -> str:
    pieces = [piece for piece in section if piece.kind != "said"]
    noon = any(piece.kind == "noon" for piece in pieces)
    said = []
    clock = ""  # the last piece of a time
    for index, (kind, text) in enumerate(section):
        letter = text[:1].lower()
        if kind == "date" and letter == "m" and (clock == "h" or _next_letter(section, index) == "s"):
            said.append(f"{moment.minute:0{min(len(text), 2)}d}")
        elif kind == "date":
            said.append(_part(letter, len(text), moment, noon=noon))
        elif kind == "elapsed":
            said.append(str(int(number * {"h": 24, "m": 1440, "s": 86400}[letter])))
        elif kind == "noon":
            words = ("上午", "下午") if text == _NOON else ("AM", "PM")
            said.append(words[moment.hour >= 12])
        else:
            said.append(text)
        if kind in ("date", "elapsed"):
            clock = letter
    return "".join(said)


def _next_letter(section: Sequence[_Piece], index: int) -> str:
    return next(
        (piece.text[:1].lower() for piece in section[index + 1 :] if piece.kind in ("date", "elapsed")), ""
    )


def _part(letter: str, length: int, moment: datetime, *, noon: bool) -> str:
    """Return the year, month, day, hour, second or weekday of *moment* in so many digits."""
    two = min(length, 2)
    if letter == "y":
        return f"{moment.year}" if length > 2 else f"{moment.year % 100:02d}"
    if letter == "m":
        return f"{moment.month:0{two}d}"
    if letter == "a" or (letter == "d" and length > 2):
        return ("星期" if length > 3 else "周") + "一二三四五六日"[moment.weekday()]
    if letter == "d":
        return f"{moment.day:0{two}d}"
    if letter == "h":
        hour = moment.hour % 12 or 12 if noon else moment.hour
        return f"{hour:0{two}d}"
    return f"{moment.second:0{two}d}"
