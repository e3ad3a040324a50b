"""The title of a report: where it is, and the organ it names."""

from collections.abc import Iterator, Sequence

from nianbao_grammar import patterns as re

from nianbao.report.issuer import infer
from nianbao.report.syntax import Outline, Piece
from nianbao.text.source import Source, Span


def joined(text: str) -> str:
    """Return *text* without white space."""
    return "".join(text.split())


_TITLE = re.compile(r"(信息公开|政务公开).{0,12}(报告|年报|年度报)|(工作|年度)报告$|年报$")
TITLE_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d|年\d{1,2}月|[-./]\d)")  # in plain digits
_FULL_TITLE = re.compile(r"政府信息公开工作(20\d\d年?)?年度报告")
_WHOLE_TITLE = re.compile(r"[#*]*[^。，；：]{4,40}政府信息公开工作年度报告[*]*")
_LABEL = re.compile(
    r"(?:^[#*\s]*|(?<=\s)[#*]*)(?:信息)?(?:标\s*题|题\s*目|题\s*名|名\s*称|title)\s*[:：]\s*(?=\S)"
    r"|^[#*\s]*(?:信息)?(?:标题|题名|名称)\s*(?=\S)",
    re.IGNORECASE,
)
_MORE = re.compile(r"(?<!\s)\s+\S{1,6}\s*[:：]")  # what follows in a line of metadata
_SIGNS = re.compile(r"[#*\s]*")
_MOST_LINES = 20  # of the page above a title
_WRAPPED = 4  # lines of one title
_LONGEST = 80
_BETWEEN = re.compile(
    r"[。；，：:]|>|＞|»|首页"
)  # in a line that is no part of a title: metadata, the way through a site
_NAME = re.compile(r"[\u4e00-\u9fff（）()、]{2,30}")
_PLACED = re.compile(r".{2,9}?[省市州盟县区旗镇乡].*[^省市州盟县区旗]$")
_ONLY_YEAR = re.compile(r"[#*（(]*(?:20\d\d|二[〇○零Ｏ0O]..)年度?[）)*]*")


def title_of(source: Source, outline: Outline) -> Piece | None:
    """Return the title: the lines above the first sentence that together read like one, at most four.

    The full name of the report is looked for first: a page may carry the name of its column above it.
    """
    lines = [piece and _bare(source, piece) for piece in _above(source, outline)]
    for pattern in (_FULL_TITLE, _TITLE):
        title = _title_in(source, lines, pattern)
        if title is not None:
            return title
    for piece in outline.head:
        if (
            "信息公开" in joined(piece.text)
            and re.search(r"20\d\d", piece.text)
            and not _BETWEEN.search(piece.text)
        ):
            return _bare(source, piece)
    cells = (cell for grid in outline.preamble.grids for row in grid.rows for cell in row)
    return next((_bare(source, cell) for cell in cells if _FULL_TITLE.search(joined(cell.text))), None)


def _above(source: Source, outline: Outline) -> Iterator[Piece | None]:
    """Yield the lines above the first sentence, labels left out; None for one that is no part of a title.

    Below a sentence, which may be a summary, only a whole title on one line is one.
    """
    told = False
    for piece in (*outline.head, *outline.preamble.paragraphs)[:_MOST_LINES]:
        told = told or "。" in piece.text
        if told:
            yield piece if _WHOLE_TITLE.fullmatch(joined(piece.text)) else None
            continue
        label = _LABEL.search(piece.text)
        start = label.end() if label is not None else 0
        more = _MORE.search(piece.text, start) if label is not None else None
        end = more.start() if more is not None else len(piece.text)
        words = piece.text[start:end]
        at = piece.span.start + start
        yield None if _BETWEEN.search(words) else Piece(words, Span(at, at + len(words)))


def _title_in(source: Source, lines: Sequence[Piece | None], pattern: re.Pattern[str]) -> Piece | None:
    """Return the first title in *lines* that has *pattern*: as few lines as have it, and those of its organ above."""
    for last in range(len(lines)):
        for first in range(last, max(last - _WRAPPED, -1), -1):
            if lines[first] is None:
                break
            text = _together(lines[first : last + 1])
            if pattern.search(text) and len(text) <= _LONGEST:
                return _with_year(source, lines, _from_organ(lines, first, last), last)
    return None


def _from_organ(lines: Sequence[Piece | None], first: int, last: int) -> int:
    """Return the number of the line that names the organ of the title from *first* to *last*, *first* for none.

    A line above names it if that ends as the name of an organ does, or is all that there is above.
    """
    if organ_in(lines[first]):
        return first
    at, named = first, False
    for number in range(first - 1, max(last - _WRAPPED, -1), -1):
        line = _together(lines[number : number + 1])
        if not named and _ONLY_YEAR.fullmatch(line):
            at = number
            continue
        name = _NOT_UNIT.sub("", line)
        known = infer(name).level is not None
        if not _NAME.fullmatch(name) or (named and known):  # a second name is that of the site
            break
        if known or infer(_together(lines[number:at])).level is not None or number == 0:
            at, named = number, True
            if known and (
                _PLACED.match(name) or infer(name).level == "ministry"
            ):  # whole: what is above belongs to the page
                break
        elif named:
            break
    return at


def _together(lines: Sequence[Piece | None]) -> str:
    return joined("".join(line.text for line in lines if line is not None))


def _with_year(source: Source, lines: Sequence[Piece | None], first: int, last: int) -> Piece:
    """Return the lines from *first* to *last* as the title, with a line that has the year alone above or below it."""
    title = [line for line in lines[first : last + 1] if line is not None]
    if not re.search(r"20\d\d|二[〇○零Ｏ0O]", joined("".join(line.text for line in title))):
        above = lines[first - 1] if first else None
        below = lines[last + 1] if last + 1 < len(lines) else None
        if above is not None and _ONLY_YEAR.fullmatch(joined(above.text)):
            title.insert(0, above)
        elif below is not None and _ONLY_YEAR.fullmatch(joined(below.text)):
            title.append(below)
    start, end = title[0].span.start, title[-1].span.end
    # Each line of a title in Markdown may have its signs; spaces keep every offset.
    words = re.sub(r"(?<=\n)[#*]+|\*+(?=\n)", lambda signs: " " * len(signs[0]), source.text[start:end])
    return Piece(words, Span(start, end))


def _bare(source: Source, piece: Piece) -> Piece:
    """Return *piece* without the signs of Markdown before it and behind it."""
    start, end = piece.span
    signs = _SIGNS.match(source.text, start, end)
    start = signs.end() if signs is not None else start
    words = source.text[start:end].rstrip("*")
    return Piece(words, Span(start, start + len(words)))


_NOT_UNIT = re.compile(
    r"(20\d\d|二[^年]{3}(?=年))(年度|年)?|政府信息公开.*|政务公开.*|信息公开.*|工作报告|关于(?:报送)?|[（(][）)]"
)


def organ_in(title: Piece | None) -> str:
    """Return the name of the organ in a title: all of it but the year and 政府信息公开工作年度报告."""
    return _NOT_UNIT.sub("", joined(title.text).strip("*#《》")) if title is not None else ""
