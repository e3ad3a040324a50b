"""Changes from one year to the next, and percentages, as they are rounded."""

from decimal import MAX_PREC, ROUND_DOWN, ROUND_HALF_UP, Context, Decimal

from nianbao.api import Comparison, Quantity, number
from nianbao_grammar import patterns as re

_OF_LAST_YEAR = r"去年|上年|上一年|同比"


def percentage(part: Decimal, whole: Decimal) -> Decimal:
    """Return *part* as a percentage of *whole*."""
    return 100 * part / whole


def rounded(value: Decimal, places: int, how: str = ROUND_HALF_UP) -> Decimal:
    """Return *value* rounded to *places* decimal places, halves up unless *how* says otherwise."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=how, context=Context(prec=MAX_PREC))


def agrees(stated: Quantity, part: Decimal, whole: Decimal) -> bool:
    """Return whether *stated* is *part* as a percentage of *whole*, rounded or cut off to its decimal places."""
    exact = percentage(part, whole)
    return any(stated.value == rounded(exact, stated.places, how) for how in (ROUND_HALF_UP, ROUND_DOWN))


def follows(change: Comparison, year: int | None, this: Decimal, last: Decimal) -> bool:
    """Return whether *change* is the change from *last* to *this*; True if it may be about other figures."""
    stated = change.quantity
    if not stated.exact or change.measure == "multiple" or not change.direction:
        return True
    if change.base and not re.search(rf"{_OF_LAST_YEAR}|{(year or 0) - 1}年", change.base):
        return True
    more = (this - last) * change.direction
    if change.measure == "rate":
        return more >= 0 and agrees(stated, more, last)
    return any(stated.value == rounded(more, stated.places, how) for how in (ROUND_HALF_UP, ROUND_DOWN))


def change_between(change: Comparison, this: Decimal, last: Decimal) -> Decimal:
    """Return the change from *last* to *this* in the measure and direction of *change*."""
    more = (this - last) * change.direction
    return percentage(more, last) if change.measure == "rate" else more


def _signed(value: Decimal) -> str:
    """Return *value* written with the minus sign of a sum."""
    return number(value).replace("-", "−")


def written_change(change: Comparison, this: Decimal, last: Decimal) -> str:
    """Return the sum that *change* does not follow from: `60 − 50 = 10 ≠ 15`."""
    stated = change.quantity
    sign = "−" if change.direction < 0 else ""
    if change.measure != "rate":
        unit = "%" if change.measure == "points" else ""
        return f"{number(this)}{unit} − {number(last)}{unit} = {_signed(this - last)}{unit} ≠ {sign}{number(stated.value)}{unit}"
    rate = rounded(percentage(this - last, last), stated.places + 2)
    equal = "=" if rate == percentage(this - last, last) else "≈"
    return f"({number(this)} − {number(last)}) ÷ {number(last)} {equal} {_signed(rate)}% ≠ {sign}{number(stated.value)}%"
