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
_NUMBERED = re.compile(r"\A(\d+)[、,.]")
_NUMERAL = re.compile(
    r"(?:\([一二三四五六七八九十]+\)|[一二三四五六七八九十]+[、.]|\d+\.|第[一二三四五六七八九十]+部分[、:]?)"
)


_LABEL_LENGTH = 80


def fold(text: str) -> str:
    """Return *text* without white space and in one width, one kind of bracket, quote and dash."""
    return _fold_label(text) if len(text) <= _LABEL_LENGTH else _fold(text)


def _fold(text: str) -> str:
    if "<" in text:
        text = _BREAK.sub("", text)
    folded = "".join(unicodedata.normalize("NFKC", text).translate(_ALIKE).split())
    return _NUMBERED.sub(r"\1.", folded, count=1) if folded[:1].isdigit() else folded


# The same few hundred labels come in every report.
_fold_label = lru_cache(maxsize=4096)(_fold)


@lru_cache(maxsize=4096)
def split_numeral(folded: str) -> tuple[str, str]:
    """Return the numeral at the head of a folded label (`一、`, `(一)`, `1.`, or nothing) and the rest."""
    match = _NUMERAL.match(folded)
    return (match[0], folded[match.end() :]) if match else ("", folded)
