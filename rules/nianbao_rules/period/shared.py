"""Words without white space, and days that have lost their month."""

import re
from collections.abc import Iterator

from nianbao.api import Report, Span


def plain(text: str) -> str:
    """Return *text* without white space."""
    return "".join(text.split())


def days_without_month(report: Report) -> Iterator[Span]:
    """Yield the dates of *report* that go from the year to the day: 2023年11日."""
    for piece in report.paragraphs:
        for match in re.finditer(r"(?<![\d〔])20\d\d *年 *\d{1,4} *日", piece.text):
            yield Span(piece.span.start + match.start(), piece.span.start + match.end())
