"""The dates that a report carries: of its signature, and of its publication under the title."""

from collections.abc import Iterator

from nianbao.api import Piece, Report, Span, dates, written_number
from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

_LABEL = r"(?:发布|公布|公开|发文|成文|生成|落款|编制)(?:日期|时间)"
_FIGURES = r"(?P<year>20\d\d)[-./](?P<month>\d{1,2})[-./](?P<day>\d{1,2})"
_ALONE = rf"[（(]?(?:(?:{_LABEL}|日期|时间)?[:：]?)?{_FIGURES}(?:\d{{1,2}}:\d\d(?::\d\d)?)?[）)]?"
_MONTH = r"[（(]?(?P<year>20\d\d|二[零〇○][一二三四五六七八九零〇○]{2})年(?P<month>1?\d|[一二三四五六七八九十]{1,2})月[）)]?"
_AROUND = rf"[（(]?(?:(?:{_LABEL}|日期|时间)[:：]?|印发|发布|公布)?[）)]?"
_BEFORE = rf"{_LABEL}[:：]"
_AMONG_OTHERS = rf"{_LABEL}[:：]{_FIGURES}"  # 发布日期：2024-01-20 来源：政务公开办 打印
_ORGAN = r"[^\d，。；：、“”《》]{2,30}(?:政府|局|委员会|委|办公室|办事处|厅|中心)(?:[（(][公盖]章[）)])?"
_LAST_LINES = 6  # a page may have its own lines below
_LONGEST = 60


class Dated(NamedTuple):
    """A line with the date of the report; the day is 0 if the line gives only the month.

    *alone*: nothing else is in the line.
    """

    span: Span
    date: tuple[int, int, int]
    alone: bool

    @property
    def written(self) -> str:
        """The date in figures: 2024年1月20日, or 2024年1月."""
        year, month, day = self.date
        return f"{year}年{month}月" + (f"{day}日" if day else "")


def dated_lines(report: Report) -> Iterator[Dated]:
    """Yield the dates in the last lines of the report, the last first, then those in the lines under its title."""
    ends = [piece for section in report.sections[-1:] for piece in section.paragraphs[-_LAST_LINES:]]
    for piece in (*reversed(ends), *report.outline.head, *report.outline.preamble.paragraphs[:_LAST_LINES]):
        line = "".join(piece.text.split())
        dated = _dated(piece, line) if len(line) <= _LONGEST else None
        if dated is not None:
            yield dated


def _dated(piece: Piece, line: str) -> Dated | None:
    day = next(dates(line), None)
    if day is not None and day.year:
        around = line.replace(day.text, "", 1)
        alone = re.fullmatch(_AROUND, around) is not None
        signed = line.endswith(day.text) and re.fullmatch(_ORGAN, around) is not None
        labelled = any(line.startswith(day.text, match.end()) for match in re.finditer(_BEFORE, line))
        known = alone or signed or labelled
        return Dated(piece.span, (day.year, day.month, day.day), alone) if known else None
    match = re.fullmatch(_ALONE, line) or re.fullmatch(_MONTH, line)
    alone = match is not None
    match = match or re.search(_AMONG_OTHERS, line)
    if match is None:
        return None
    figures = match.groupdict("0")
    year, month, day_ = (written_number(figures.get(name, "0")) for name in ("year", "month", "day"))
    return Dated(piece.span, (year, month, day_), alone)
