"""Figures that satisfy every identity of a form and every limit that the law sets to a level."""

from random import Random

from nianbao.report.form import Form
from nianbao.report.issuer import Level

_APPLICANTS = ("natural_person", "business", "research", "welfare", "legal_services", "other")
_RESULTS = ("upheld", "corrected", "other", "pending")
_BLOCKS = ("review", "direct", "after")
_RULE_MAKERS = ("city", "province", "ministry")  # 立法法: who may make 规章
# A usual number of applications, decisions and documents of an organ of the level in a year.
_SCALE: dict[Level, int] = {
    "township": 6,
    "bureau": 24,
    "county": 90,
    "city": 400,
    "province": 900,
    "ministry": 600,
}
_COMMON = ("granted", "partly_granted", "not_held", "third_party", "petition", "administrative_enquiry")


def compliant_figures(form: Form, level: Level, rng: Random, *, idle: bool) -> dict[str, str]:
    """Return the text of every cell of *form* by its address.

    *idle* is an organ without applications and lawsuits in the year: tables three and four are all zeros.
    """
    scale = _SCALE[level]
    figures = {
        f"{table.key}/{row.key}/{column.key}": 0
        for table in form.tables
        for row in table.rows
        for column in table.columns
    }
    if not idle:
        _applications(form, scale, rng, figures)
        _review(scale, rng, figures)
    cells = {address: str(value) for address, value in figures.items()}
    return {**cells, **(_items_2021 if form.name == "2021" else _items_2019)(level, scale, rng)}


def _applications(form: Form, scale: int, rng: Random, figures: dict[str, int]) -> None:
    table = form.table("applications")
    assert table is not None
    inputs = ("received", "carried_in", "total", "carried_out")
    outcomes = [row.key for row in table.rows if row.key not in inputs]
    for applicant in _APPLICANTS:
        share = (
            scale if applicant == "natural_person" else scale // 5 if applicant == "business" else scale // 25
        )
        closed = rng.randint(share // 2, share) if share else 0
        for _ in range(closed):
            pool = _COMMON if rng.random() < 0.8 else outcomes
            figures[f"applications/{rng.choice(pool)}/{applicant}"] += 1
        pending = rng.randint(0, max(1, share // 8)) if share else 0
        carried = min(rng.randint(0, max(1, share // 8)), closed) if share else 0
        values = (closed + pending - carried, carried, closed, pending)
        for row, value in zip(inputs, values, strict=True):
            figures[f"applications/{row}/{applicant}"] = value
    for row in (*inputs, *outcomes):
        total = sum(figures[f"applications/{row}/{applicant}"] for applicant in _APPLICANTS)
        figures[f"applications/{row}/total"] = total


def _review(scale: int, rng: Random, figures: dict[str, int]) -> None:
    for block in _BLOCKS:
        values = [rng.choice((0, 0, rng.randint(0, max(1, scale // 20)))) for _ in _RESULTS]
        for result, value in zip((*_RESULTS, "total"), (*values, sum(values)), strict=True):
            figures[f"review/cases/{block}_{result}"] = value


def _items_2021(level: Level, scale: int, rng: Random) -> dict[str, str]:
    cells = {}
    for row, most in (("rules", 6 if level in _RULE_MAKERS else 0), ("normative_documents", scale // 3)):
        issued = rng.randint(0, most)
        repealed = rng.randint(0, most)
        in_force = rng.randint(issued, issued + 5 * most)
        values = (issued, repealed, in_force)
        for column, value in zip(("issued", "repealed", "in_force"), values, strict=True):
            cells[f"regulations/{row}/{column}"] = str(value)
    for address, most in (
        ("permits/permits", 40 * scale),
        ("penalties/penalties", 20 * scale),
        ("penalties/coercion", scale),
    ):
        cells[f"{address}/decisions"] = str(rng.choice((0, rng.randint(1, most))))
    # At least 10万元 if anything was charged: more than any 信息处理费 that the prose mentions.
    hundredths = rng.choice((0, rng.randint(1000, 1000 + 5000 * scale)))
    cells["charges/charges/amount"] = f"{hundredths / 100:.2f}".rstrip("0").rstrip(".") if hundredths else "0"
    return cells


def _items_2019(level: Level, scale: int, rng: Random) -> dict[str, str]:
    cells = {}
    for row, most in (("rules", 6 if level in _RULE_MAKERS else 0), ("normative_documents", scale // 3)):
        made = rng.randint(0, most)
        published = rng.randint(0, made)
        values = (made, published, rng.randint(published, published + 5 * most))
        for column, value in zip(("made", "published", "public_total"), values, strict=True):
            cells[f"regulations/{row}/{column}"] = str(value)
    for address in ("permits/permits", "permits/services", "penalties/penalties", "penalties/coercion"):
        previous = rng.choice((0, rng.randint(1, 10 * scale)))
        decisions = rng.choice((0, rng.randint(1, 20 * scale))) if previous else 0
        cells[f"{address}/previous"] = str(previous)
        cells[f"{address}/change"] = _change(previous, rng)
        cells[f"{address}/decisions"] = str(decisions)
    previous = rng.randint(0, 20)
    cells["charges/charges/previous"] = str(previous)
    cells["charges/charges/change"] = _change(previous, rng)
    # The form prints no unit for 采购总金额, so the unit of any amount but zero would be unknown.
    cells["procurement/procurement/projects"] = "0"
    cells["procurement/procurement/amount"] = "0"
    return cells


def _change(previous: int, rng: Random) -> str:
    """Return a change that keeps at least half of the *previous* items; its sign as reports write it."""
    change = rng.choice((0, 0, rng.randint(1, 5), -rng.randint(0, previous // 2)))
    return f"+{change}" if change > 0 and rng.random() < 0.5 else str(change)
