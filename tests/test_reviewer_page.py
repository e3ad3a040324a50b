"""The page for the reviewer, word for word: every command of its January is run, every output is as it is shown.

`python tests/test_reviewer_page.py` writes the outputs again; read every changed line before it is kept.
"""

import re
import shlex
import subprocess
import tempfile
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import january
import openpyxl
import pytest
from cli.running import PATIENCE, command, environment
from january import (
    COUNTY,
    GOVERNMENT,
    HANDED_IN,
    KEPT,
    LAST,
    NOT_CARRIED,
    OTHER_COUNTY,
    OTHER_YEAR,
    SILENT,
    TWICE,
    WRONG_PERIOD,
    WRONG_TOTAL,
)

DOCS = Path(__file__).parent.parent / "docs"
PAGES = {"reviewer.zh-CN.md": "zh", "reviewer.md": "en"}
# What the reader does: write a file or add to it, what is done by hand, run commands, run them and see what they print.
STEP = re.compile(
    r"<!-- (?P<way>file|add to): (?P<file>\S+) -->\n```\w+\n(?P<content>.*?)^```$"
    r"|<!-- by hand: (?P<deed>[\w ]+) -->"
    r"|^```sh\n(?P<unseen>.*?)^```$"
    r"|^```console\n(?P<session>.*?)^```$",
    re.DOTALL | re.MULTILINE,
)
TASK = re.compile(r"^\| [^|]+ \| `nianbao ([^`]+)` \|", re.MULTILINE)


class Ended(NamedTuple):
    """How a command ended, and what it printed on both streams."""

    code: int
    said: str


def text(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def ran(words: str, folder: Path, language: str) -> Ended:
    """Run *words*, as they would be typed behind `nianbao`, in *folder*."""
    done = subprocess.run(
        command(*shlex.split(words)),
        cwd=folder,
        env=environment({"NIANBAO_LANG": language, "COLUMNS": "92", "PYTHONUTF8": "1"}),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        timeout=PATIENCE,
    )
    return Ended(done.returncode, done.stdout.decode("utf-8"))


class Played(NamedTuple):
    """A page with its outputs as they come out now, and how each command ended that it shows without an output."""

    text: str
    ended: dict[str, Ended]


def played(name: str, folder: Path) -> Played:
    """Do in *folder* what the page *name* says, step by step."""
    january.hand_in(folder)
    ended: dict[str, Ended] = {}

    def step(match: re.Match[str]) -> str:
        if match["file"]:
            mode = "w" if match["way"] == "file" else "a"
            with (folder / match["file"]).open(mode, encoding="utf-8") as file:
                file.write(match["content"])
        elif match["deed"]:
            january.BY_HAND[match["deed"]](folder)
        elif match["unseen"]:
            for line in match["unseen"].splitlines():
                ended[line] = ran(line.removeprefix("nianbao "), folder, PAGES[name])
        else:
            lines = re.findall(r"^\$ nianbao (.*)$", match["session"], re.MULTILINE)
            said = (f"$ nianbao {line}\n{ran(line, folder, PAGES[name]).said}" for line in lines)
            return f"```console\n{''.join(said)}```"
        return match[0]

    return Played(STEP.sub(step, text(name)), ended)


@pytest.fixture(scope="module", params=PAGES)
def page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Played]:
    """A page, and what came of it."""
    return request.param, played(request.param, tmp_path_factory.mktemp("january"))


def test_the_page_shows_what_happens(page: tuple[str, Played]) -> None:
    name, now = page
    assert now.text == text(name)


def test_every_command_does_its_work(page: tuple[str, Played]) -> None:
    """None is refused; in the end all have reported and nothing is left to warn of."""
    _, now = page
    waiting = {line for line, each in now.ended.items() if each.code == 3}
    assert {line: each for line, each in now.ended.items() if each.code not in (0, 1, 3)} == {}
    assert all(HANDED_IN in line for line in waiting)
    assert now.ended["nianbao check 2025年 --fail-on warning"].code == 0


def test_the_pages_are_one() -> None:
    """Both languages have the reader do the same in the same order, and name the same commands for the same tasks."""
    steps = [
        [
            (
                match["file"],
                match["deed"],
                match["unseen"],
                re.findall(r"^\$ .*", match["session"] or "", re.M),
            )
            for match in STEP.finditer(text(name))
        ]
        for name in PAGES
    ]
    assert steps[0] == steps[1]
    assert len(steps[0]) > 20
    tasks = [TASK.findall(text(name)) for name in PAGES]
    assert tasks[0] == tasks[1]


# -- what a spreadsheet did --------------------------------------------------------------------------------


OVERVIEW, EACH, COUNTIES, YEARS, SUMS, ROLL = TASK.findall(text("reviewer.md"))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder as it is when the first reports have come in, with the settings of the page."""
    folder = tmp_path_factory.mktemp("desk")
    january.hand_in(folder)
    assert ran(f"roster {LAST} -o {HANDED_IN}/units.csv", folder, "zh").code == 0
    first = next(match for match in STEP.finditer(text("reviewer.zh-CN.md")) if match["file"])
    (folder / first["file"]).write_text(first["content"], encoding="utf-8")
    return folder


def rows(path: Path, sheet: str) -> list[dict[str, Any]]:
    """Return the rows of a *sheet* by their heads."""
    head, *below = openpyxl.load_workbook(path)[sheet].values
    return [dict(zip(head, values, strict=True)) for values in below]


def test_the_overview_has_a_row_for_each_report(desk: Path) -> None:
    ran(OVERVIEW, desk, "zh")
    *lines, _total = rows(desk / "总览.xlsx", "总览")
    names = Counter(path.stem.removesuffix("（定稿）") for path in (desk / HANDED_IN).glob("*.docx"))
    assert Counter(line["机关"] for line in lines) == names
    assert names[TWICE] == 2
    wrong = {line["机关"] for line in lines if line["错误"]}
    assert wrong == {WRONG_TOTAL, NOT_CARRIED, WRONG_PERIOD, OTHER_YEAR, KEPT}


def test_each_organ_has_its_own_notice(desk: Path) -> None:
    ran(EACH, desk, "zh")
    for organ in (WRONG_TOTAL, NOT_CARRIED, WRONG_PERIOD, OTHER_YEAR, KEPT):
        with zipfile.ZipFile(desk / "通知单" / f"{organ}.docx") as package:
            said = re.sub("<[^>]*>", "", package.read("word/document.xml").decode())
        assert organ in said
        assert ("SUM001" in said) == (organ == WRONG_TOTAL)


def test_counties_are_compared_the_one_with_more_errors_first(desk: Path) -> None:
    january.city(desk)
    ran(COUNTIES, desk, "zh")
    found = [(line["地区"], line["报告"], line["错误"] or 0) for line in rows(desk / "全市.xlsx", "按地区")]
    assert found[:2] == [(OTHER_COUNTY, 3, 1), (COUNTY, 3, 0)]


def test_years_that_do_not_follow_are_named(desk: Path) -> None:
    done = ran(YEARS, desk, "zh")
    found = set(re.findall(rf"{HANDED_IN}/(\S+)\.docx.*(YOY\d+)", done.said))
    assert found == {(KEPT, "YOY001"), (NOT_CARRIED, "YOY001")}


def test_who_has_not_reported_is_named(desk: Path) -> None:
    done = ran(ROLL, desk, "zh")
    said = "".join(line.strip() for line in done.said.partition("名册")[2].splitlines())
    assert f"没有报送 2（{GOVERNMENT}、{SILENT}）" in said
    assert f"报送的是别的年度 1（{OTHER_YEAR}（2024））" in said
    assert TWICE in said.partition("两份以上")[2]


def test_a_total_that_is_not_the_sum_is_found(desk: Path) -> None:
    january.accepted(desk)
    january.county_corrects(desk)
    assert "AGG" not in ran(SUMS, desk, "zh").said
    january.county_writes(desk)
    done = ran(SUMS, desk, "zh")
    assert f"{HANDED_IN}/{GOVERNMENT}.docx" in done.said
    assert f"少{january.SHORT}" in done.said


def test_a_total_is_the_sum_of_the_reports(desk: Path) -> None:
    january.accepted(desk)
    (desk / HANDED_IN / f"{GOVERNMENT}.docx").unlink(missing_ok=True)
    done = ran(f"total {HANDED_IN} -o 汇总.md", desk, "zh")
    assert done.code == 0
    received = sum(int(draft.cells["applications/received/total"]) for draft in january.this_year().values())
    assert f"| 表三 · 一、本年新收政府信息公开申请数量 · 总计 | {received} |" in (desk / "汇总.md").read_text(
        "utf-8"
    )


def write() -> None:
    for name in PAGES:
        with tempfile.TemporaryDirectory() as folder:
            page = played(name, Path(folder)).text
        (DOCS / name).write_text(page, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write()
