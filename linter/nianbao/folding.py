"""The key by which two labels are the same."""

import re
import unicodedata
from functools import lru_cache

# White space and the marks that break or embolden a label; every quote is one quote, every dash one dash.
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»「」『』〝〞'‘’", '"'),
        **dict.fromkeys("—–―−‐‑－", "-"),
        **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad*", ""),
        "﹑": "、",
    }
)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_HAN, _DIGITS = "一二三四五六七八九十", "0123456789"
# What numerals are made of by their first character, and what closes them: the longest first.
_NUMERALS = {"(": (_HAN, (")",)), "第": (_HAN, ("部分、", "部分:", "部分"))}

_LABEL_LENGTH = 80


def fold(text: str) -> str:
    """Return *text* without white space and in one width, one kind of bracket, quote and dash."""
    return _fold_label(text) if len(text) <= _LABEL_LENGTH else _fold(text)


def _fold(text: str) -> str:
    if "<" in text:
        text = _BREAK.sub("", text)
    folded = "".join(unicodedata.normalize("NFKC", text).translate(_ALIKE).split())
    rest = folded.lstrip(_DIGITS)
    if len(rest) < len(folded) and rest[:1] in ("、", ","):
        return f"{folded[: -len(rest)]}.{rest[1:]}"
    return folded


# The same few hundred labels come in every report.
_fold_label = lru_cache(maxsize=4096)(_fold)


@lru_cache(maxsize=4096)
def split_numeral(folded: str) -> tuple[str, str]:
    """Return the numeral at the head of a folded label (`一、`, `(一)`, `1.`, or nothing) and the rest."""
    signs, closings = _NUMERALS.get(folded[:1], ("", ()))
    body = folded[1:] if signs else folded
    if not signs:
        signs, closings = (_HAN, ("、", ".")) if folded[:1] in _HAN else (_DIGITS, (".",))
    rest = body.lstrip(signs)
    closing = next((closing for closing in closings if rest.startswith(closing)), "")
    if not closing or len(rest) == len(body):
        return "", folded
    end = len(folded) - len(rest) + len(closing)
    return folded[:end], folded[end:]
