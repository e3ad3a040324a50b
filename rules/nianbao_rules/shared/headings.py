"""Headings as printed, the lines under them, and the numerals that they begin with."""

from collections.abc import Iterator

from nianbao.api import Part, Piece, Report, Section
from nianbao_grammar.records import NamedTuple

NUMERALS = "一二三四五六七八九十"
_TENS = ("", "十", *(f"{ten}十" for ten in NUMERALS[1:9]))
VALUES = {
    ten + one: 10 * tens + ones
    for tens, ten in enumerate(_TENS)
    for ones, one in enumerate(("", *NUMERALS[:9]))
    if ten + one
}
_LONGEST = 5  # characters of a numeral in brackets: （二十一）
_ARTICLE_PARTS = ("项", "款", "条", "类")  # （五）项 cites an article and is no numbering


def heading_of(report: Report, section: Section) -> str:
    """Return the heading of *section* as printed, with its numeral."""
    return report.source[section.heading].strip("#* \u3000。：")


def value_of(numeral: str) -> int | None:
    """Return the number of 一、 or 第一部分, None for a numeral of another level or none."""
    return VALUES.get(numeral.removeprefix("第").removesuffix("部分"))


class SecondNumbering(NamedTuple):
    """Headings of the level of the parts that have a numbering of their own, and the part that they belong to."""

    within: Section
    headings: tuple[Section, ...]


def second_numberings(report: Report) -> Iterator[SecondNumbering]:
    """Yield the headings whose numbering begins again at 一、 behind a part, or ends where that of the parts begins.

    They belong to the part behind which they are, or before which: sub-headings of 总体情况 numbered as the six
    parts are.
    """
    parts = report.parts
    series: list[Section] = []
    before: Section | None = None
    for section in parts:
        value = value_of(section.numeral)
        if not section.key and (series or value == 1) and value is not None:
            series.append(section)
            continue
        within = before or (section if section.key and value == 1 else None)
        if series and within is not None:
            yield SecondNumbering(within, tuple(series))
        series = []
        before = section if section.key else before
    if series and before is not None:
        yield SecondNumbering(before, tuple(series))


def lines(part: Part) -> Iterator[tuple[Piece, bool]]:
    """Yield the paragraphs and headings under *part* in order, each with whether it is a level-two heading."""
    yield from ((paragraph, False) for paragraph in part.paragraphs)
    for inner in part.parts:
        if inner.heading is not None:
            whole = Piece(inner.heading.numeral + inner.heading.title.text, inner.heading.span)
            yield whole, inner.heading.level == 2
        yield from lines(inner)


def item_numeral(text: str) -> str:
    """Return the numeral in brackets that *text* begins with, as printed: （一）; "" for none."""
    if text[:1] not in ("（", "("):
        return ""
    ends = [end for end in (text.find("）", 1, _LONGEST), text.find(")", 1, _LONGEST)) if end > 0]
    numeral = text[: min(ends) + 1] if ends else ""
    known = numeral[1:-1] in VALUES and not text.startswith(_ARTICLE_PARTS, len(numeral))
    return numeral if known else ""
