"""The queries of docs/data.md, as they are on the page, on reports whose figures are known."""

import importlib
import json
import re
import subprocess
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import Any

import needs
import pytest
from cli.running import PATIENCE, command, environment
from nianbao.report.issuer import Level
from nianbao.testing import Draft, compliant

DOCS = Path(__file__).parent.parent / "docs"
CITY = "临川市人民政府"
COUNTIES = {"青禾县人民政府": 4, "云岭县人民政府": 3}
RECEIVED = "applications/received/total"
AMOUNT = "charges/charges/amount"
YEARS = (2023, 2024)
SILENT = "青禾县第2镇人民政府"  # has not reported on 2024
BLANK = "云岭县第1镇人民政府"  # its total of 2024 is left blank
TENFOLD = "青禾县第3镇人民政府"  # reports far more than others of its level


def towns(county: str, count: int) -> list[str]:
    return [f"{county.removesuffix('人民政府')}第{number}镇人民政府" for number in range(1, count + 1)]


UNITS: list[tuple[str, Level, str]] = [
    (CITY, "city", ""),
    *((county, "county", CITY) for county in COUNTIES),
    *((town, "township", county) for county, count in COUNTIES.items() for town in towns(county, count)),
]


def drafts() -> dict[tuple[str, int], Draft]:
    """Return the report of each unit and year, its figures by its place in the roster."""
    made = {}
    for place, (name, level, _) in enumerate(UNITS):
        for year in YEARS:
            if (name, year) == (SILENT, 2024):
                continue
            draft = compliant("2021", level, 31, year=year)
            received = 10 * (place + 1) + year - 2023
            if (name, year) == (TENFOLD, 2024):
                received *= 100
            draft.set(RECEIVED, "" if (name, year) == (BLANK, 2024) else f"{received:,}")
            draft.set(AMOUNT, f"{place}.1")
            made[name, year] = draft
    return made


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the reports, the roster, and what the commands of the page write."""
    folder = tmp_path_factory.mktemp("province")
    (folder / "reports").mkdir()
    for (name, year), draft in drafts().items():
        text = draft.render().replace(draft.organ, name)
        (folder / "reports" / f"{name}{year}.txt").write_text(text, encoding="utf-8")
    lines = ["name,level,parent", *(",".join(unit) for unit in UNITS)]
    (folder / "units.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    waived = ("waive", "SUM001", f"reports/{CITY}2023.txt", "--reason", "已核对")
    shown = re.findall(r"^nianbao (.*)$", blocks("data.md", "sh")[0], re.M)
    for words in (waived, *(line.split() for line in shown)):
        done = subprocess.run(
            command(*words), cwd=folder, env=environment(), capture_output=True, check=False, timeout=PATIENCE
        )
        assert done.returncode in (0, 1), done.stderr.decode()
    return folder


def blocks(page: str, kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", (DOCS / page).read_text(encoding="utf-8"), re.M | re.S)


def database(folder: Path, page: str) -> Any:
    """Return the database that the first block of *page* fills from *folder*."""
    needs.library("duckdb")
    base = importlib.import_module("duckdb").connect()
    base.execute(f"SET file_search_path = '{folder}'")
    base.execute(blocks(page, "sql")[0])
    return base


@pytest.fixture(scope="module", params=["data.md", "data.zh-CN.md"])
def answers(request: pytest.FixtureRequest, folder: Path) -> list[list[tuple[Any, ...]]]:
    """What each query of the page answers, in its order."""
    base = database(folder, request.param)
    _, *queries = blocks(request.param, "sql")
    return [base.execute(query).fetchall() for query in queries]


def received() -> dict[tuple[str, int], int | None]:
    """The applications of each unit and year, from the drafts; None for a blank."""
    texts = {key: draft.cells[RECEIVED].replace(",", "") for key, draft in drafts().items()}
    return {key: int(text) if text else None for key, text in texts.items()}


def test_no_organ_has_reported_twice(answers: list[list[tuple[Any, ...]]]) -> None:
    assert answers[0] == []


def test_ranking(answers: list[list[tuple[Any, ...]]]) -> None:
    known = {name: value for (name, year), value in received().items() if year == 2024 and value is not None}
    ranked = sorted(known.items(), key=lambda pair: (-pair[1], pair[0]))[:10]
    assert len(set(known.values())) == len(known), "no two are level"
    assert answers[1] == [(place, name, value) for place, (name, value) in enumerate(ranked, 1)]


def test_rules(answers: list[list[tuple[Any, ...]]], folder: Path) -> None:
    """Findings that somebody has answered for are not counted."""
    lines = [
        json.loads(line) for line in (folder / "结果.jsonl").read_text(encoding="utf-8").split("\n") if line
    ]
    found = [line for line in lines if line["type"] == "finding"]
    open_ = [line for line in found if line["suppressed"] is None]
    counts = Counter(line["code"] for line in open_)
    reports = defaultdict(set)
    for line in open_:
        reports[line["code"]].add(line["path"])
    told = {code: (len(reports[code]), counts[code]) for code in counts}
    assert len(open_) < len(found)
    assert {code: (of, findings) for code, _, of, findings in answers[2]} == told
    assert [(-of, -findings, code) for code, _, of, findings in answers[2]] == sorted(
        (-of, -findings, code) for code, _, of, findings in answers[2]
    )
    assert dict(answer[:2] for answer in answers[2])["SUM001"] == "application-balance"


def test_years(answers: list[list[tuple[Any, ...]]]) -> None:
    """Neither the unit that is silent in 2024 nor the one with a blank is in either sum."""
    known = received()
    both = [name for name, _, _ in UNITS if all(known.get((name, year)) is not None for year in YEARS)]
    before, now = (sum(known[name, year] or 0 for name in both) for year in YEARS)
    ((year, organs, last, this, growth),) = answers[3]
    assert (year, organs, last, this) == (2024, len(UNITS) - 2, before, now)
    assert growth == pytest.approx(100 * (now - before) / before, abs=0.05)


def test_sums_by_parent(answers: list[list[tuple[Any, ...]]]) -> None:
    """A member that is missing is named, and the difference is not known then."""
    known = received()
    expected = []
    for parent in sorted({parent for _, _, parent in UNITS if parent}):
        members = [name for name, _, above in UNITS if above == parent]
        figures = {name: known.get((name, 2024)) for name in members}
        missing = sorted(name for name, figure in figures.items() if figure is None)
        total, own = sum(figure or 0 for figure in figures.values()), known[parent, 2024]
        assert own is not None
        expected.append((parent, total, own, None if missing else own - total, "、".join(missing) or None))
    assert answers[4] == expected
    assert {row[-1] for row in expected} == {None, BLANK, SILENT}


def test_outliers(answers: list[list[tuple[Any, ...]]]) -> None:
    cells: dict[tuple[str, str], dict[str, Decimal]] = defaultdict(dict)
    for (name, year), draft in drafts().items():
        if year == 2024:
            for address, text in draft.cells.items():
                if text:
                    cells[draft.level, address][name] = Decimal(text.replace(",", ""))
    far = {
        (name, address): (value, median(values.values()))
        for (_, address), values in cells.items()
        for name, value in values.items()
        if median(values.values()) > 0 and value > 10 * median(values.values())
    }
    assert {(name, address): (value, Decimal(middle)) for name, address, value, middle in answers[5]} == far
    assert {name for name, _ in far} == {TENFOLD}


def test_amounts_add_up_exactly(folder: Path) -> None:
    """0.1 + 1.1 + … is what a clerk gets, not 14.3999…"""
    base = database(folder, "data.md")
    ((total,),) = base.execute(f"SELECT sum(value) FROM cells WHERE cell = '{AMOUNT}'").fetchall()
    assert total == sum(Decimal(draft.cells[AMOUNT]) for draft in drafts().values())
