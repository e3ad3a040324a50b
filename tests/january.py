"""A January of an invented county: what its organs hand in, what they send again, and what its office writes by hand."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Literal

from nianbao.report.equations import number
from nianbao.testing import Draft, compliant, compliant_county, next_year
from rendering import DOCUMENTS, content

LAST, HANDED_IN, CORRECTED = "2024年", "2025年", "整改稿"
COUNTY, CITY, OTHER_COUNTY = "青禾县", "全市", "云川县"
GOVERNMENT = f"{COUNTY}人民政府"
WRONG_TOTAL, NOT_CARRIED, WRONG_PERIOD, SILENT = (
    f"{COUNTY}{name}" for name in ("云岭镇人民政府", "财政局", "教育局", "石塔镇人民政府")
)
TWICE, OTHER_YEAR, KEPT = f"{COUNTY}水利局", f"{COUNTY}卫生健康局", f"{COUNTY}云岭街道办事处"
SHORT = 10  # how much less the government's first draft has in a cell than its organs together
UNDERSTATED = "penalties/penalties/decisions"


def last_year() -> list[Draft]:
    """Return the reports on 2024 of the county's government and of the eight organs below."""
    county = compliant_county(8, 4, year=2024)
    return [county.parent, *county.members]


def this_year() -> dict[str, Draft]:
    """Return the reports on 2025 of the organs below, by organ, as they should be."""
    return {draft.organ: next_year(draft, at) for at, draft in enumerate(last_year()[1:])}


def more(draft: Draft, address: str, by: int) -> Draft:
    """Return *draft* with *by* more in the cell *address*."""
    other = draft.copy()
    other.set(address, str(int(other.cells[address]) + by))
    return other


def put(folder: Path, name: str, draft: Draft, slip: tuple[str, str] | None = None) -> None:
    """Write *draft* as a Word file, of which *slip* is what the clerk has written otherwise."""
    text = draft.render()
    if slip is not None:
        assert slip[0] in text
        text = text.replace(*slip)
    blocks = content(draft, text)
    assert blocks is not None
    (folder / f"{name}.docx").write_bytes(DOCUMENTS["docx"](blocks, Random(1)))


def hand_in(folder: Path) -> None:
    """Put into *folder* the reports of last year and those that have come by the end of January."""
    for name in (LAST, HANDED_IN):
        (folder / name).mkdir()
    before = {draft.organ: draft for draft in last_year()}
    for organ, draft in before.items():
        put(folder / LAST, organ, _carried(draft, "out", 1) if organ == KEPT else draft)
    reports = this_year()
    faulty = {
        WRONG_TOTAL: more(reports[WRONG_TOTAL], "applications/total/total", 2),
        NOT_CARRIED: _carried(reports[NOT_CARRIED], "in", 2),
        OTHER_YEAR: before[OTHER_YEAR],
    }
    for organ, draft in {**reports, **faulty}.items():
        if organ not in (SILENT, WRONG_PERIOD):
            put(folder / HANDED_IN, organ, draft)
    put(folder / HANDED_IN, WRONG_PERIOD, reports[WRONG_PERIOD], ("12月31日止", "12月31止"))
    put(folder / HANDED_IN, f"{TWICE}（定稿）", more(reports[TWICE], UNDERSTATED, 1))


def city(folder: Path) -> None:
    """Put into *folder* the reports of three organs of two counties, one of the second with a slip."""
    (folder / CITY / OTHER_COUNTY).mkdir(parents=True)
    (folder / CITY / COUNTY).mkdir()
    wrong = more(this_year()[WRONG_TOTAL], "applications/total/total", 2)
    for organ, draft in list(this_year().items())[:3]:
        put(folder / CITY / COUNTY, organ, draft)
    for organ, draft in {**this_year(), WRONG_TOTAL: wrong}.items():
        if "云岭" in organ:
            put(folder / CITY / OTHER_COUNTY, organ, draft, (COUNTY, OTHER_COUNTY))


def _carried(draft: Draft, way: Literal["in", "out"], by: int) -> Draft:
    """Return *draft* with *by* more carried in or out and as many fewer received or granted: its own sums hold."""
    less = ("received",) if way == "in" else ("granted", "total")
    other = draft
    for column in ("natural_person", "total"):
        other = more(other, f"applications/carried_{way}/{column}", by)
        for row in less:
            other = more(other, f"applications/{row}/{column}", -by)
    return other


def corrections(folder: Path) -> None:
    """The organs that were asked to correct something send it again under names of their own, one still wrong."""
    (folder / CORRECTED).mkdir()
    reports = this_year()
    for organ in (WRONG_TOTAL, OTHER_YEAR, TWICE, SILENT):
        put(folder / CORRECTED, f"{organ}（修改稿）", reports[organ])
    put(folder / CORRECTED, f"{NOT_CARRIED}（修改稿）", _carried(reports[NOT_CARRIED], "in", 1))
    put(folder / CORRECTED, f"{WRONG_PERIOD}（修改稿）", reports[WRONG_PERIOD])


def accepted(folder: Path) -> None:
    """What was sent again takes the place of what was handed in; the last one is right by now."""
    for path in (folder / HANDED_IN).glob("*.docx"):
        if KEPT not in path.name and any(draft in path.name for draft in this_year()):
            path.unlink()
    for organ, draft in this_year().items():
        if organ != KEPT:
            put(folder / HANDED_IN, organ, draft)


def county_writes(folder: Path) -> None:
    """The county's office fills in its own report from the total, and slips in one cell."""
    put(folder / HANDED_IN, GOVERNMENT, more(_county(), UNDERSTATED, -SHORT))


def county_corrects(folder: Path) -> None:
    """The county's office puts the cell right."""
    put(folder / HANDED_IN, GOVERNMENT, _county())


def _county() -> Draft:
    cells: dict[str, Decimal] = {}
    for draft in this_year().values():
        for address, text in draft.cells.items():
            cells[address] = cells.get(address, Decimal(0)) + Decimal(text)
    summed = {address: number(value) for address, value in cells.items()}
    return compliant("2021", "county", 7, year=2025, organ=GOVERNMENT, cells=summed)


# What a person does on the page between two commands, by the name it has there.
BY_HAND: Mapping[str, Callable[[Path], None]] = {
    "corrections": corrections,
    "accepted": accepted,
    "county writes": county_writes,
    "county corrects": county_corrects,
}
