"""Folding: the key by which two labels are the same, and words found in prose by it."""

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate

from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

from nianbao.text.source import Span

# White space and the marks that break or embolden a label; every quote is one quote, every dash one dash.
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»「」『』〝〞'‘’", '"'),
        **dict.fromkeys("—–―−‐", "-"),
        **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad*", ""),
    }
)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")  # of Markdown
_HAN, _DIGITS = "一二三四五六七八九十", "0123456789"
# The characters of a numeral by its first one, and the endings that close it, the longest first.
_NUMERALS = {"(": (_HAN, (")",)), "第": (_HAN, ("部分、", "部分:", "部分"))}

_LABEL_LENGTH = 80


def fold(text: str) -> str:
    """Return *text* without white space and in one width, one kind of bracket, quote and dash."""
    return _fold_label(text) if len(text) <= _LABEL_LENGTH else _fold(text)


def _fold(text: str) -> str:
    if "<" in text:
        text = _BREAK.sub("", text)
    if "\\" in text:
        text = _ESCAPE.sub("", text)
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


# -- words in prose ------------------------------------------------------------------------------------


class Folded(NamedTuple):
    """A text folded character by character; *starts* has the offset in *text* of each raw character."""

    text: str
    starts: tuple[int, ...]  # one more than the raw text has characters: the last is the end

    def span(self, start: int, end: int) -> Span | None:
        """Return the span in the raw text of the folded *text* from *start* to *end*.

        None if it is empty, or begins or ends inside a character: the 2 in ㎡ is no figure of its own.
        """
        first, last = bisect_right(self.starts, start) - 1, bisect_left(self.starts, end)
        whole = start < end <= len(self.text) and self.starts[first] == start and self.starts[last] == end
        return Span(first, last) if whole else None


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    return "".join(unicodedata.normalize("NFKC", character).translate(_ALIKE).split())


def _characters(text: str) -> Iterator[str]:
    """Yield the folded form of each character of *text*, "" for those of a line break."""
    if "<" in text:
        text = _BREAK.sub(lambda tag: " " * len(tag[0]), text)
    return map(_fold_character, text)


# The rules of a county look for many words in the same few dozen paragraphs.
@lru_cache(maxsize=512)
def fold_prose(text: str) -> str:
    """Return *text* folded character by character.

    Unlike `fold`, it keeps a numeral at the head as written, and an accent that is a character of its own.
    """
    return "".join(_characters(text))


def folded(text: str) -> Folded:
    """Return *text* folded as `fold_prose` does, with the offsets of its raw characters."""
    return Folded(fold_prose(text), tuple(accumulate(map(len, _characters(text)), initial=0)))


def occurrences(text: str, words: str) -> Iterator[Span]:
    """Yield the span of every occurrence of *words*, already folded, in *text*; they may overlap."""
    prose = fold_prose(text)
    start = prose.find(words) if words else -1
    whole = folded(text) if start >= 0 else None
    while whole is not None and start >= 0:
        span = whole.span(start, start + len(words))
        if span is not None:
            yield span
        start = prose.find(words, start + 1)
