"""What a page has at its head and foot: its number, and the name of the report again."""

from collections import Counter
from collections.abc import Iterator, Sequence

from nianbao_grammar import patterns as re

from nianbao.text.source import Source, Span

_LINE = re.compile(r"(?m)^[ \t\u3000]*(\S[^\r\n]*)(?:[ \t\u3000]*(?:\r\n|\r|\n))*")
_NUMBER = re.compile(
    r"(?:[-—–－―·]+\s*\d{1,3}\s*[-—–－―·]+|第\s*\d{1,3}\s*页(?:[，,/\s]*共\s*\d{1,3}\s*页)?|[Pp]age\s*\d{1,3}(?:\s*of\s*\d{1,3})?)\s*"
)
_OF_ALL = re.compile(r"\d{1,3}\s*/\s*(\d{1,3})\s*")
_MAY_BE = re.compile(r"\n[ \t\u3000]*(?:[-—–－―·]+[ ]*\d|第[ ]*\d+[ ]*页|[Pp]age|\d{1,3}[ ]*/)")
_END = re.compile(r"(?:(?<=\n\n)|(?<=\n\r\n))[ ]*\d{1,3}[ ]*\r?\n\f|\f")
_NAME = re.compile(r"[^。，；：]*信息公开[^。，；：]*(?:报告|年报)[》*]*$")
_OFTEN = 3  # times that a name is printed if it is the head of each page
_TITLE_LINES = 3
_SIGNS = "#*《》 \t\u3000\r\n"


def without_pages(source: Source) -> Source:
    """Return *source* without the lines that belong to its pages; one that has none is returned itself.

    A line of the title is the head of a page if it comes again beside a number, or again and again. A figure
    alone is the number of a page if it stands between an empty line and the sign that ends one.
    """
    if "\f" in source.text:
        source = source.without([Span(*match.span()) for match in _END.finditer(source.text)])
    return source.without(list(_page_lines(source.text)))


def _page_lines(text: str) -> Iterator[Span]:
    """Yield the lines of *text* that belong to its pages, each with its end and the empty lines below it."""
    if _MAY_BE.search(text.replace("\r", "\n")) is None:  # a sign is looked for faster than one of two
        return
    lines = list(_LINE.finditer(text))
    totals = Counter(of[1] for line in lines if (of := _of_all(line[1])) is not None)
    numbers = [_is_number(line[1], totals) for line in lines]
    heads = _heads(lines, numbers)
    for at, line in enumerate(lines):
        if numbers[at] or heads[at]:
            yield Span(*line.span())


def _heads(lines: Sequence[re.Match[str]], numbers: Sequence[bool]) -> list[bool]:
    """Return for each of *lines* whether it is the head of a page."""
    words = [line[1].strip(_SIGNS) for line in lines]
    names = Counter(name for at, name in enumerate(words) if at < _TITLE_LINES or _is_name(name))
    many = Counter(name for name in words if name in names)
    seen: set[str] = set()
    heads = []
    for at, name in enumerate(words):
        beside = any(numbers[max(at - 1, 0) : at + 2]) and _is_name(name)
        heads.append(name in seen and (many[name] >= _OFTEN or beside))
        if name in names:
            seen.add(name)
    return heads


def _of_all(line: str) -> re.Match[str] | None:
    return _OF_ALL.fullmatch(line) if "/" in line else None


def _is_name(line: str) -> bool:
    return "信息公开" in line and _NAME.match(line) is not None


def _is_number(line: str, totals: Counter[str]) -> bool:
    """Return whether *line* is the number of a page; of all pages, if more lines say how many there are."""
    of = _of_all(line)
    return _NUMBER.fullmatch(line) is not None or (of is not None and totals[of[1]] > 1)
