"""Who of a roster has reported, who has not, and who otherwise than was asked for."""

from collections import Counter
from collections.abc import Sequence

from nianbao.engine.checked import Roll
from nianbao.report.neighbour import Neighbour, Unread
from nianbao.run.pairing import Seen, Units, each_once
from nianbao.run.units import Roster


def roll_of(roster: Roster, seen: Sequence[Seen], year: int | None = None) -> Roll:
    """Return which units of *roster* have a report on *year* among *seen*, by default the year of most of them."""
    units = Units(roster)
    by_unit: dict[str, list[Neighbour]] = {}
    strangers = []
    for report in seen:
        if isinstance(report, Unread):
            continue
        unit = units.unit(report)
        if unit is None:
            strangers.append(report.path)
        else:
            by_unit.setdefault(unit.name, []).append(report)
    if year is None:
        years = Counter(each.year for reports in by_unit.values() for each in reports if each.year)
        year = max(years, key=lambda each: (years[each], each), default=None)
    missing: list[str] = []
    twice: list[tuple[str, tuple[str, ...]]] = []
    other_year: list[tuple[str, str, int | None]] = []
    unfilled: list[tuple[str, str]] = []
    for name in roster.units:
        reports = by_unit.get(name, [])
        of_year = [each for each in reports if each.year == year]
        filled = [each for each in of_year if not each.unfilled]
        if not reports:
            missing.append(name)
        elif not of_year:
            other_year.extend((name, each.path, each.year) for each in reports)
        elif not filled:
            unfilled.extend((name, each.path) for each in of_year)
        elif isinstance(each_once(filled), Unread):
            twice.append((name, tuple(each.path for each in filled)))
    return Roll(
        roster.path,
        year,
        len(roster.units),
        tuple(missing),
        tuple(twice),
        tuple(other_year),
        tuple(unfilled),
        tuple(strangers),
        {unit.name: unit.parent for unit in roster.units.values()},
        {each.path: name for name, reports in by_unit.items() for each in reports},
    )
