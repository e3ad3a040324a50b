"""Whether the year of the title is the one that is wrong."""

from nianbao.api import Report


def title_is_wrong(report: Report, year: int) -> bool:
    """Return whether every whole year that the report is said to be about is another than *year*: HDR002 says so."""
    stated = [period.start.year for period in report.periods if period.is_year]
    if stated:
        return year not in stated
    return all(f"{year}年" not in piece.text for piece in report.paragraphs)
