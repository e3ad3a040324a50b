"""The key by which two labels are the same."""

import re
import unicodedata

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
_NUMBERED = re.compile(r"(\d+)[、,.]")
_NUMERAL = re.compile(
    r"(?:\([一二三四五六七八九十]+\)|[一二三四五六七八九十]+[、.]|\d+\.|第[一二三四五六七八九十]+部分[、:]?)"
)


def fold(text: str) -> str:
    """Return *text* without white space and in one width, one kind of bracket, quote and dash."""
    if text.isascii() and not text.strip(" \t0123456789"):
        return text.strip()
    if "<" in text:
        text = _BREAK.sub("", text)
    folded = "".join(unicodedata.normalize("NFKC", text).translate(_ALIKE).split())
    return _NUMBERED.sub(r"\1.", folded, count=1) if folded[:1].isdigit() else folded


def split_numeral(folded: str) -> tuple[str, str]:
    """Return the numeral at the head of a folded label (`一、`, `(一)`, `1.`, or nothing) and the rest."""
    match = _NUMERAL.match(folded)
    return (match[0], folded[match.end() :]) if match else ("", folded)
