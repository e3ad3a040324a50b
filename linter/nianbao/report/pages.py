"""What a page has at its head and foot: its number, and the name of the report again."""

import re
from collections import Counter
from collections.abc import Iterator

from nianbao.text.source import Span

_LINE = re.compile(r"(?m)^[ \t\u3000]*(\S[^\r\n]*)(?:[ \t\u3000]*(?:\r\n|\r|\n))*")
_NUMBER = re.compile(
    r"(?:[-—–－―·]+\s*\d{1,3}\s*[-—–－―·]+|第\s*\d{1,3}\s*页(?:[，,/\s]*共\s*\d{1,3}\s*页)?|[Pp]age\s*\d{1,3}(?:\s*of\s*\d{1,3})?)\s*"
)
_OF_ALL = re.compile(r"\d{1,3}\s*/\s*(\d{1,3})\s*")
_MAY_BE = re.compile(r"[\r\n][ \t\u3000]*(?:[-—–－―·]+[ ]*\d|第[ ]*\d+[ ]*页|[Pp]age|\d{1,3}[ ]*/)")
_NAME = re.compile(r"[^。，；：]*信息公开[^。，；：]*(?:报告|年报)[》*]*$")
_OFTEN = 3  # times that a name is printed if it is the head of each page
_SIGNS = "#*《》 \t\u3000\r\n"


def page_lines(text: str) -> Iterator[Span]:
    """Yield the lines of *text* that belong to its pages, each with its end and the empty lines below it.

    The name of the report is the head of a page if it stands beside a number, or again and again; the first is
    the title.
    """
    if _MAY_BE.search(text) is None:
        return
    lines = list(_LINE.finditer(text))
    totals = Counter(of[1] for line in lines if (of := _OF_ALL.fullmatch(line[1])) is not None)
    numbers = [_is_number(line[1], totals) for line in lines]
    names = Counter(line[1].strip(_SIGNS) for line in lines if _NAME.match(line[1]))
    seen: set[str] = set()
    for at, line in enumerate(lines):
        name = line[1].strip(_SIGNS)
        head = name in seen and (names[name] >= _OFTEN or any(numbers[max(at - 1, 0) : at + 2]))
        if name in names:
            seen.add(name)
        if numbers[at] or head:
            yield Span(*line.span())


def _is_number(line: str, totals: Counter[str]) -> bool:
    """Return whether *line* is the number of a page; of all pages, if more lines say how many there are."""
    of = _OF_ALL.fullmatch(line)
    return _NUMBER.fullmatch(line) is not None or (of is not None and totals[of[1]] > 1)
