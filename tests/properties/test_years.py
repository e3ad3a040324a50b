"""Thirty pairs of years, each report following from the one before: nothing is found in them, and each fault is."""

import re
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from random import Random
from typing import NamedTuple

import pytest
from nianbao.engine.lint import lint
from nianbao.engine.rule import Rule
from nianbao.plugins.loading import load
from nianbao.report.form import Form
from nianbao.report.neighbour import Neighbours
from nianbao.report.packing import neighbour_of
from nianbao.report.report import Report
from nianbao.testing import Draft, compliant, next_year
from nianbao.text.source import Source
from sizes import sized

YEARLY = [rule for rule in load().rules if rule.beside == ("previous",) and rule.enabled]
LEVELS = ("township", "bureau", "county", "city", "province", "ministry")
YEARS = (2021, 2022, 2019, 2023, 2020, 2024)
APPLICANTS = ("natural_person", "business", "research", "welfare", "legal_services", "other")
ITEMS = (
    "permits/permits",
    "permits/services",
    "penalties/penalties",
    "penalties/coercion",
    "charges/charges",
)
IN_TEXT = "三、收到和处理政府信息公开申请情况\n"


class Years(NamedTuple):
    """A report and that of the year before; what is *said* is put in the third part."""

    last: Draft
    this: Draft
    said: str = ""


# None where the pair gives no occasion for the fault; else the codes that it must give.
Fault = Callable[[Years, Random], tuple[Years, tuple[str, ...]] | None]
FAULTS: dict[str, Fault] = {}


def fault(name: str) -> Callable[[Fault], Fault]:
    def enter(function: Fault) -> Fault:
        FAULTS[name] = function
        return function

    return enter


@cache
def pair(number: int) -> Years:
    level, year = LEVELS[number % 6], YEARS[number // 6 % 6]
    last = compliant("2019" if year < 2021 else "2021", level, number, year=year)  # type: ignore[arg-type]
    return Years(last, next_year(last, number))


def codes(years: Years, rules: Sequence[Rule], forms: Sequence[Form]) -> tuple[str, ...]:
    text = years.this.render()
    if years.said:
        assert IN_TEXT in text.replace("## ", "")
        text = text.replace(IN_TEXT, f"{IN_TEXT}{years.said}\n")
    report = Report(Source(text), forms)
    last = neighbour_of(Report(Source(years.last.render()), forms), "last.md")
    report.know(Neighbours(neighbour_of(report, "this.md"), last))
    return tuple(sorted(diagnostic.code for diagnostic in lint(report, rules).diagnostics))


# -- figures --------------------------------------------------------------------------------------------------


def number(draft: Draft, address: str) -> int:
    return int(draft.cells[address])


def add(draft: Draft, address: str, more: int) -> None:
    draft.cells[address] = str(number(draft, address) + more)


def carry_out(draft: Draft, applicant: str, more: int) -> None:
    """Let *more* be carried out of the report, and carried in, so that its sums still hold."""
    for row in ("carried_in", "carried_out"):
        for column in (applicant, "total"):
            add(draft, f"applications/{row}/{column}", more)


def _one_column(applicant: str) -> Fault:
    def change(years: Years, rng: Random) -> tuple[Years, tuple[str, ...]]:
        carry_out(years.last, applicant, rng.randint(1, 9))
        return years, ("YOY001",)

    return change


for each in APPLICANTS:
    FAULTS[f"other applications of {each} carried out"] = _one_column(each)


@fault("the whole row one column further on")
def _shifted(years: Years, rng: Random) -> tuple[Years, tuple[str, ...]] | None:
    cells = years.last.cells
    for row in ("carried_in", "carried_out"):
        values = [cells[f"applications/{row}/{applicant}"] for applicant in APPLICANTS]
        if row == "carried_out" and len(set(values)) == 1:
            return None
        for applicant, value in zip(APPLICANTS, [values[-1], *values[:-1]], strict=True):
            cells[f"applications/{row}/{applicant}"] = value
    for applicant in APPLICANTS:  # what came in makes each column come out
        done = sum(number(years.last, f"applications/{row}/{applicant}") for row in ("total", "carried_out"))
        cells[f"applications/received/{applicant}"] = str(
            done - number(years.last, f"applications/carried_in/{applicant}")
        )
    received = sum(number(years.last, f"applications/received/{applicant}") for applicant in APPLICANTS)
    cells["applications/received/total"] = str(received)
    return years, ("YOY001",)


@fault("two columns at once")
def _two_columns(years: Years, rng: Random) -> tuple[Years, tuple[str, ...]]:
    carry_out(years.last, "natural_person", 2)
    carry_out(years.last, "business", 3)
    return years, ("YOY001",)


@fault("none carried out")
def _none_carried_out(years: Years, rng: Random) -> tuple[Years, tuple[str, ...]] | None:
    if not number(years.last, "applications/carried_out/total"):
        return None
    for applicant in (*APPLICANTS, "total"):
        more = number(years.last, f"applications/carried_out/{applicant}")
        years.last.cells[f"applications/carried_out/{applicant}"] = "0"
        add(years.last, f"applications/total/{applicant}", more)
        add(years.last, f"applications/granted/{applicant}", more)
    return years, ("YOY001",)


def _in_force(row: str, sign: int) -> Fault:
    def change(years: Years, rng: Random) -> tuple[Years, tuple[str, ...]] | None:
        if years.last.form.name != "2021":
            return None
        in_force, issued, repealed = (
            number(years.last, f"regulations/{row}/{column}") for column in ("in_force", "issued", "repealed")
        )
        least = min(in_force, in_force - issued + repealed)  # else its own figures cannot be true
        if least < 1:
            return None
        add(years.last, f"regulations/{row}/in_force", sign * rng.randint(1, least))
        return years, ("YOY002",)

    return change


for each in ("rules", "normative_documents"):
    FAULTS[f"{each}: more in force than there can be"] = _in_force(each, -1)
    FAULTS[f"{each}: fewer in force"] = _in_force(each, 1)


def _items(*rows: str) -> Fault:
    def change(years: Years, rng: Random) -> tuple[Years, tuple[str, ...]] | None:
        if years.last.form.name != "2019" or years.this.form.name != "2019":
            return None
        for row in rows:
            add(years.last, f"{row}/previous", rng.randint(1, 30))
        return years, ("YOY003",)

    return change


for each in ITEMS:
    FAULTS[f"{each}: other items"] = _items(each)
FAULTS["other items in every row"] = _items(*ITEMS)


@fault("tables taken over")
def _tables(years: Years, rng: Random) -> tuple[Years, tuple[str, ...]] | None:
    if years.last.form is not years.this.form:
        return None
    years.last.cells.update(years.this.cells)
    cells, found = years.this.cells, ["YOY007"]
    flows = [
        Decimal(value)
        for address, value in cells.items()
        if address.rpartition("/")[2] not in ("in_force", "public_total", "previous")
    ]
    if max(flows) < 10:
        return None
    if any(
        cells[f"applications/carried_in/{each}"] != cells[f"applications/carried_out/{each}"]
        for each in APPLICANTS
    ):
        found.append("YOY001")
    if years.this.form.name == "2021":
        rows = ("rules", "normative_documents")
        found += [
            "YOY002"
            for row in rows
            if cells[f"regulations/{row}/issued"] != cells[f"regulations/{row}/repealed"]
        ]
    elif any(number(years.this, f"{row}/change") for row in ITEMS):
        found.append("YOY003")
    return years, tuple(sorted(found))


# -- what is said ---------------------------------------------------------------------------------------------


def share(this: int, last: int) -> Decimal:
    return (Decimal(100) * abs(this - last) / last).quantize(Decimal("0.1"), ROUND_HALF_UP)


def received(years: Years) -> tuple[int, int] | None:
    """Return how many applications came in, this year and the year before, if both are some and they differ."""
    this, last = (number(draft, "applications/received/total") for draft in (years.this, years.last))
    return (this, last) if this and last and this != last else None


def growth(years: Years) -> dict[str, object]:
    """Return the words that are right for the growth of the applications of *years*."""
    both = received(years)
    assert both is not None
    this, last = both
    more = this > last
    return {
        "year": years.this.year,
        "before": years.last.year,
        "this": this,
        "last": last,
        "by": abs(this - last),
        "share": share(this, last),
        "more": "增加" if more else "减少",
        "less": "减少" if more else "增加",
    }


RIGHT = (
    "{year}年收到政府信息公开申请{this}件，同比{more}{share}%。",
    "全年收到政府信息公开申请{this}件，较上年{more}{by}件，{more}{share}%。",
    "收到政府信息公开申请{this}件，申请量比去年{more}{by}件。",
    "收到政府信息公开申请{this}件，上年为{last}件。",
    "收到政府信息公开申请{this}件，比{before}年的{last}件{more}{by}件。",
    "{before}年收到政府信息公开申请{last}件，{year}年收到政府信息公开申请{this}件，同比{more}{share}%。",
    "{before}年收到政府信息公开申请{last}件，{year}年有所变化。",
)
WRONG: dict[str, tuple[str, str, dict[str, int]]] = {
    "a rate": ("YOY006", RIGHT[0], {"share": 7}),
    "a rate without a place": (
        "YOY006",
        "收到政府信息公开申请{this}件，与上年相比{more}{share}%。",
        {"share": 11},
    ),
    "a difference": ("YOY006", RIGHT[2], {"by": 1000}),
    "a difference and its rate": ("YOY006", RIGHT[1], {"by": 1000, "share": 300}),
    "a change the other way": ("YOY006", "收到政府信息公开申请{this}件，同比{less}{by}件。", {}),
    "a rate since a named year": (
        "YOY006",
        "收到政府信息公开申请{this}件，比{before}年{more}{share}%。",
        {"share": 9},
    ),
    "the figure of the year before": ("YOY008", RIGHT[3], {"last": 10000}),
    "that of the same time": ("YOY008", "收到政府信息公开申请{this}件，去年同期{last}件。", {"last": 10000}),
    "that of a named year": (
        "YOY008",
        "收到政府信息公开申请{this}件，{before}年为{last}件。",
        {"last": 10000},
    ),
    "that of a named year, with the change": ("YOY008", RIGHT[4], {"last": 10000, "by": 10000}),
    "a sentence on the year before": ("YOY008", RIGHT[6], {"last": 10000}),
}


def _said(code: str, words: str, more: dict[str, int]) -> Fault:
    def change(years: Years, rng: Random) -> tuple[Years, tuple[str, ...]] | None:
        if received(years) is None:
            return None
        values = growth(years)
        wrong = {**values, **{key: Decimal(str(values[key])) + extra for key, extra in more.items()}}
        return years._replace(said=words.format_map(wrong)), (code,)

    return change


for each, (code, words, more) in WRONG.items():
    FAULTS[f"said: {each}"] = _said(code, words, more)


def _cell_said(address: str, words: str) -> Fault:
    """Return the fault that the cell *address* of the year before is quoted with another figure."""

    def change(years: Years, rng: Random) -> tuple[Years, tuple[str, ...]] | None:
        if address not in years.last.cells or years.last.form is not years.this.form:
            return None
        figure = number(years.last, address) + 20000
        received = number(years.last, "applications/received/total")
        said = words.format(before=years.last.year, year=years.this.year, received=received, figure=figure)
        return years._replace(said=said), ("YOY008",)

    return change


for address, words in {
    "applications/received/natural_person": "{before}年收到政府信息公开申请{received}件，其中自然人{figure}件，{year}年有所变化。",
    "applications/total/total": "{before}年办结政府信息公开申请{figure}件，{year}年有所变化。",
    "regulations/normative_documents/issued": "{before}年制发行政规范性文件{figure}件，{year}年有所变化。",
    "permits/permits/decisions": "{before}年作出行政许可决定{figure}件，{year}年有所变化。",
    "penalties/penalties/decisions": "{before}年作出行政处罚决定{figure}件，{year}年有所变化。",
    "review/cases/review_total": "{before}年因政府信息公开被申请行政复议{figure}件，{year}年有所变化。",
}.items():
    FAULTS[f"quoted: {address}"] = _cell_said(address, words)


@fault("denied that there were any")
def _denied(years: Years, rng: Random) -> tuple[Years, tuple[str, ...]] | None:
    if not number(years.last, "applications/received/total"):
        return None
    return years._replace(said=f"{years.last.year}年未收到政府信息公开申请，{years.this.year}年有所变化。"), (
        "YOY008",
    )


# -- what is copied -------------------------------------------------------------------------------------------


def _long_ago(text: str, years: Years, rng: Random) -> str:
    """Return *text* of this year as it might have been a year before: other figures, another year."""
    return re.sub(
        r"\d+",
        lambda figure: str(years.last.year) if figure[0] == str(years.this.year) else str(rng.randint(2, 99)),
        text,
    )


def _copied(*sections: str, paragraphs: Sequence[int] = (0, 1), aspects: Sequence[int] = range(5)) -> Fault:
    """Return the fault that *paragraphs* and *aspects* of *sections* are those of the year before."""

    def change(years: Years, rng: Random) -> tuple[Years, tuple[str, ...]]:
        for key in sections:
            mine, its = years.this.section(key), years.last.section(key)
            for at, text in enumerate(mine.paragraphs):
                if at in paragraphs and at < len(its.paragraphs):
                    its.paragraphs[at] = _long_ago(text, years, rng)
            for at, (heading, text) in enumerate(mine.subsections):
                if at in aspects:
                    its.subsections[at] = (heading, _long_ago(text, years, rng))
        return years, tuple({"overview": "YOY004", "problems": "YOY005"}[key] for key in sections)

    return change


FAULTS["the overview is last year's"] = _copied("overview")
FAULTS["the overview is last year's but for the opening"] = _copied("overview", paragraphs=())
FAULTS["problems and measures are last year's"] = _copied("problems")
FAULTS["the measures are last year's"] = _copied("problems", paragraphs=(1,))
FAULTS["overview and problems are last year's"] = _copied("overview", "problems")


def _copy(number: int) -> Years:
    years = pair(number)
    return Years(years.last.copy(), years.this.copy())


@sized(pairs=(6, 30))
def test_nothing_is_found_in_years_that_follow_from_each_other(
    pairs: int, rules: Sequence[Rule], forms: Sequence[Form]
) -> None:
    found = {number: codes(pair(number), rules, forms) for number in range(pairs)}
    assert not {number: wrong for number, wrong in found.items() if wrong}


@sized(pairs=(6, 30))
def test_nothing_is_found_in_right_words_on_the_year_before(
    pairs: int, rules: Sequence[Rule], forms: Sequence[Form]
) -> None:
    found = {}
    for number in range(pairs):
        years = pair(number)
        for words in RIGHT if received(years) else ():
            found[number, words] = codes(years._replace(said=words.format_map(growth(years))), YEARLY, forms)
    assert not {key: wrong for key, wrong in found.items() if wrong}


@sized(pairs=(6, 30))
@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_is_found_and_nothing_else(name: str, pairs: int, forms: Sequence[Form]) -> None:
    wrong, met = {}, 0
    for number in range(pairs):
        made = FAULTS[name](_copy(number), Random(f"{name}/{number}"))
        if made is None:
            continue
        years, expected = made
        met += 1
        found = codes(years, YEARLY, forms)
        if found != expected:
            wrong[number] = (expected, found)
    assert not wrong
    assert met or pairs < 30, "a fault that no pair gives occasion for shows nothing"


def test_there_are_forty_faults() -> None:
    assert len(FAULTS) >= 40
