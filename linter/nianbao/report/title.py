"""The title of a report: where it is, and the organ it names."""

import re
from collections.abc import Sequence

from nianbao.report.syntax import Outline, Piece
from nianbao.text.source import Source, Span


def joined(text: str) -> str:
    """Return *text* without white space."""
    return "".join(text.split())


_TITLE = re.compile(r"(信息公开|政务公开).{0,12}(报告|年报|年度报)|(工作|年度)报告$|年报$")
TITLE_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d|年\d{1,2}月|[-./]\d)")  # in plain digits
_FULL_TITLE = re.compile(r"政府信息公开工作(20\d\d年?)?年度报告")
_LABEL = re.compile(r"^[#\s]*(标题|题目|名称)[:：]\s*")


def title_of(source: Source, outline: Outline) -> Piece | None:
    """Return the title: the first lines of the head that together read like one, at most three.

    The full name of the report is looked for first: a page may carry the name of its column above it.
    """
    head, below = _without_menu(outline.head), _without_menu(_below_table(outline))
    return _title_in(source, head) or _title_in(source, below, sure=True)


_MOST_LINES = 12  # of the page above a title
_SENTENCE = re.compile("[。；，]")
_MENU = re.compile(r"\S\s*[>＞»|｜]\s*\S|首页|位置[:：]|[【\[](?:打印|关闭|字体)")


def _without_menu(lines: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return *lines* without those of a page's menu, which names the column of the reports."""
    return tuple(line for line in lines if _MENU.search(line.text) is None)


def _below_table(outline: Outline) -> tuple[Piece, ...]:
    """Return the lines of the preamble before its first sentence: a menu or a table with pipes ends the head above them."""
    lines = outline.preamble.paragraphs[:_MOST_LINES]
    first = next((n for n, line in enumerate(lines) if _SENTENCE.search(line.text)), len(lines))
    return lines[:first]


def _title_in(source: Source, head: Sequence[Piece], *, sure: bool = False) -> Piece | None:
    """Return the title in the lines *head*; *sure* asks for one that has the name of the report."""
    for pattern in (_FULL_TITLE, _TITLE):
        for first, piece in enumerate(head):
            column = _TITLE.search(joined(piece.text)) and not re.search(r"\d", piece.text)
            for last in range(first, first + 1 if column else min(first + 3, len(head))):
                text = joined("".join(line.text for line in head[first : last + 1]))
                if pattern.search(text) and len(text) <= 80:
                    # Lines above those that name an organ and the report belong to the page, not to the title.
                    start = next(
                        (n for n in range(last, first, -1) if _names(pattern, head[n : last + 1])), first
                    )
                    return _unlabelled(source, head[start].span.start, head[last].span.end)
    for piece in () if sure else head:
        if "信息公开" in joined(piece.text) and re.search(r"20\d\d", piece.text):
            return _unlabelled(source, piece.span.start, piece.span.end)
    return None


def _names(pattern: re.Pattern[str], lines: Sequence[Piece]) -> bool:
    """Return whether *lines* have the name of a report by *pattern*, and that of its organ."""
    text = joined("".join(line.text for line in lines))
    return pattern.search(text) is not None and bool(organ_in(Piece(text, lines[0].span)))


def _unlabelled(source: Source, start: int, end: int) -> Piece:
    label = _LABEL.match(source.text[start:end]) or re.match(r"^[#\s]*", source.text[start:end])
    start += label.end() if label else 0
    # Each line of a title in Markdown may have its sign; a space keeps every offset.
    words = re.sub(r"(?<=\n)#+", lambda signs: " " * len(signs[0]), source.text[start:end])
    return Piece(words, Span(start, end))


_NOT_UNIT = re.compile(
    r"(20\d\d|二[^年]{3}(?=年))(年度|年)?|政府信息公开.*|政务公开.*|信息公开.*|工作报告|关于"
)


def organ_in(title: Piece | None) -> str:
    """Return the name of the organ in a title: all of it but the year and 政府信息公开工作年度报告."""
    return _NOT_UNIT.sub("", joined(title.text).strip("*#《》")) if title is not None else ""
