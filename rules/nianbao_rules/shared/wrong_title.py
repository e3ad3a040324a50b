"""Whether the year in the title is the wrong one."""

from nianbao.api import Report


def title_is_wrong(report: Report, year: int) -> bool:
    """Return whether the statistics periods, or else the text, never have *year*, the year of the title: HDR002 reports it."""
    stated = [period.start.year for period in report.periods if period.is_year]
    if stated:
        return year not in stated
    return all(f"{year}年" not in piece.text for piece in report.paragraphs)
