"""The page as a clerk uses it: in Chromium, from a folder, without a network."""

import io
import json
import zipfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest
from needs import left_out, program
from nianbao.testing import Draft, compliant
from nianbao.text.marks import CELL_MARK
from page.engine import command
from rendering import DOCUMENTS, TEXTS, content
from rendering.office import PROGRAM, all_saved
from reporters.programs import node_package, ran

MANY = 50
KINDS = ("docx", "html", "md", "txt", "pdf")
WRONG = "applications/total/natural_person"  # the cell that is put right
COUNTY = "青石县"
SETTINGS = "severity:\n  ART007: info\n"
BROKEN = "断了.docx"
MARKUP = "<img src=x onerror=alert(1)>"  # words of a report that no browser may take for its own

Seen = dict[str, Any]


# -- reports -----------------------------------------------------------------------------------------------


def faulty() -> tuple[Draft, str]:
    """Return a report with three wrong cells, and what the second of them should say."""
    draft = compliant("2021", "township", 4)
    right = draft.cells[WRONG]
    draft.set("permits/permits/decisions", "/")
    draft.set(WRONG, "41")
    draft.set("review/cases/review_total", str(int(draft.cells["review/cases/review_total"]) + 3))
    return draft, right


def files() -> Mapping[str, bytes]:
    """Return that report in each kind of file."""
    draft, _ = faulty()
    blocks = content(draft)
    assert blocks is not None
    written = {
        "docx": DOCUMENTS["docx"](blocks, Random(1)),
        "html": DOCUMENTS["html, clean"](blocks, Random(1)),
        "md": TEXTS["md"](blocks, Random(1)),
        "txt": TEXTS["txt"](blocks, Random(1)) + f"\n{MARKUP}\n".encode(),
    }
    if PROGRAM is None:
        left_out("LibreOffice, which writes the PDF, is not installed")
    return {**written, "pdf": all_saved([written["docx"]], "pdf")[0]}


def checked(room: Path, name: str, *options: str) -> Seen:
    """Return what `nianbao check -f json` says of *name* in *room*, without settings if *options* ask for none."""
    told: Seen = json.loads(command(room, "check", "--lang", "zh", "-f", "json", name, *options).stdout)
    return told


def shown(told: Seen) -> list[Seen]:
    """Return the findings that the command has *told*, as the page shows them."""
    return [{key: one[key] for key in ("severity", "code", "message")} for one in told["findings"]]


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the reports and with what is saved."""
    room = tmp_path_factory.mktemp("page")
    for kind, data in files().items():
        (room / f"松岭乡.{kind}").write_bytes(data)
    (room / BROKEN).write_bytes(files()["docx"][:900])
    (room / "nianbao.yaml").write_text(SETTINGS, encoding="utf-8")
    (room / COUNTY).mkdir()
    for number in range(MANY):
        draft = compliant("2021", "township", number)
        if number % 3 == 0:
            draft.set("applications/total/total", "97")
        blocks = content(draft)
        assert blocks is not None
        (room / COUNTY / f"第{number:02}乡.txt").write_bytes(TEXTS["txt"](blocks, Random(number)))
    return room


@pytest.fixture(scope="module")
def seen(room: Path, built: Path) -> Seen:
    """What the page shows, saves and asks for."""
    plan = {
        "page": built.as_uri(),
        "room": str(room),
        "reports": {kind: str(room / f"松岭乡.{kind}") for kind in KINDS},
        "many": str(room / COUNTY),
        "count": MANY,
        "settings": str(room / "nianbao.yaml"),
        "broken": str(room / BROKEN),
        "wrong": {"code": "SUM001", "right": faulty()[1]},
    }
    planned = room / "plan.json"
    planned.write_text(json.dumps(plan), encoding="utf-8")
    playwright = node_package("playwright-core", "index.js")
    axe = node_package("axe-core", "axe.min.js")
    node, chromium = program("node"), program("chromium", "chromium-browser", "google-chrome")
    told: Seen = json.loads(
        ran(node, Path(__file__).with_name("used.cjs"), playwright, axe, chromium, planned)
    )
    return told


def reports(seen: Seen) -> Sequence[Seen]:
    return list(seen["reports"].values())


# -- one report --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_finds_what_the_command_finds(seen: Seen, room: Path, kind: str) -> None:
    page, told = seen["reports"][kind], checked(room, f"松岭乡.{kind}", "--no-config")
    assert {"ART007", "SUM001"} <= {one["code"] for one in told["findings"]}
    assert page["findings"] == shown(told)
    assert json.loads(Path(page["json"]["path"]).read_text(encoding="utf-8")) == told


@pytest.mark.parametrize("kind", ["txt", "html"])
def test_what_is_pasted_is_a_report(seen: Seen, kind: str) -> None:
    assert seen["pasted"][kind]["findings"] == seen["reports"][kind]["findings"]


def test_settings_come_and_go_with_their_file(seen: Seen, room: Path) -> None:
    page = seen["settings"]
    assert page["findings"] == shown(checked(room, "松岭乡.txt"))
    assert page["without"] == shown(checked(room, "松岭乡.txt", "--no-config"))
    assert page["findings"] != page["without"]
    (said,) = page["said"]
    assert "nianbao.yaml" in said


@pytest.mark.parametrize("kind", KINDS)
def test_a_finding_and_its_place_lead_to_each_other(seen: Seen, kind: str) -> None:
    page = seen["reports"][kind]
    assert page["third"] == {"moved": page["third"]["moved"], "mark": True, "card": True, "open": "true"}
    assert page["third"]["moved"] > 0
    assert page["back"] == {"card": True, "focus": True}


@pytest.mark.parametrize("kind", KINDS)
def test_a_cell_says_its_row_column_and_sums(seen: Seen, kind: str) -> None:
    about = seen["reports"][kind]["about"]
    assert "自然人" in about
    assert "（七）总计" in about
    assert "≠ 41" in about


@pytest.mark.parametrize("kind", KINDS)
def test_a_wrong_cell_is_put_right_and_its_finding_is_gone(seen: Seen, kind: str) -> None:
    page = seen["reports"][kind]
    assert page["quick"] == 1  # what was typed faster than it is judged is there, and once
    assert page["corrected"] == [one for one in page["findings"] if one["code"] != "SUM001"]
    assert len(page["corrected"]) < len(page["findings"])
    assert page["fixed"] == page["corrected"]  # by one click, after it was undone


@pytest.mark.parametrize("kind", KINDS)
def test_the_corrected_text_is_copied(seen: Seen, kind: str) -> None:
    text = seen["reports"][kind]["text"]
    assert "41" not in text
    assert CELL_MARK not in text


def test_word_takes_the_corrections_as_tracked_changes(seen: Seen, room: Path) -> None:
    saved = seen["reports"]["docx"]["tracked"]
    assert saved["name"] == "松岭乡-修订.docx"
    data = Path(saved["path"]).read_bytes()
    main = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    _, right = faulty()
    assert main.count("<w:del ") == 1
    assert ">41</w:delText>" in main
    assert f">{right}</w:t>" in main[main.index("<w:ins ") : main.index("</w:ins>")]
    before = zipfile.ZipFile(room / "松岭乡.docx").read("word/document.xml").decode()
    assert "<w:del " not in before
    opened = all_saved([data], "docx")[0]  # LibreOffice reads it and writes it again
    assert "41" in zipfile.ZipFile(io.BytesIO(opened)).read("word/document.xml").decode()


def test_word_takes_the_findings_as_comments(seen: Seen) -> None:
    page = seen["reports"]["docx"]
    comments = zipfile.ZipFile(page["comments"]["path"]).read("word/comments.xml").decode()
    assert comments.count("<w:comment ") == len(page["corrected"])


def test_what_can_be_saved_depends_on_the_file(seen: Seen) -> None:
    kinds = {kind: set(page["kinds"]) for kind, page in seen["reports"].items()}
    assert [kind for kind in KINDS if "tracked" in kinds[kind]] == ["docx"]
    assert [kind for kind in KINDS if "direct" not in kinds[kind]] == ["pdf"]
    assert all({"html", "xlsx", "json"} <= each for each in kinds.values())


# -- trying -----------------------------------------------------------------------------------------------


def test_what_is_typed_is_compared_with_what_was_there_before_it(seen: Seen) -> None:
    page = seen["trying"]
    gone = sum(one["code"] == "SUM001" for one in page["findings"])
    assert f"少了 {gone} 个问题，多了 0 个" in page["effect"]


def test_what_is_given_up_leaves_nothing_to_undo(seen: Seen) -> None:
    page = seen["trying"]
    assert page["givenUp"] == {"tools": [True, True], "effect": "", "findings": page["findings"]}


def test_tab_goes_from_cell_to_cell_while_they_are_filled_in(seen: Seen) -> None:
    page = seen["trying"]
    column = page["before"][0]
    assert page["tab"] == [column + 1, True, "TD"]
    assert page["back"] == [column, True, "TD"]


def test_a_sum_says_no_more_than_it_knows(seen: Seen) -> None:
    page = seen["trying"]
    assert page["right"]
    assert all("无法核算" in said and "=" not in said and "≠" not in said for said in page["open"])
    for said in page["right"]:
        terms = said.removeprefix("✓成立 ").split("　")[0].split(" = ")
        assert len(terms) == 2 or len(terms) == len(set(terms)), said


def test_a_sentence_is_reached_and_changed_by_keyboard(seen: Seen) -> None:
    page = seen["trying"]
    assert page["stops"] == 1
    assert page["moved"] == 1
    assert page["written"].endswith("等等")


def test_the_browser_asks_before_corrections_are_lost_and_not_when_they_are_saved(seen: Seen) -> None:
    assert seen["trying"]["asked"] == "beforeunload"
    assert [said for said in seen["trying"]["errors"] if "asked" in said] == []


def test_a_narrow_desk_shows_all_of_a_table_and_all_of_a_figure(seen: Seen) -> None:
    page = seen["laidOut"]
    assert page["cut"]
    assert not any(page["cut"])
    assert page["marked"]
    assert page["covered"] == 0
    assert not any(page["heads"])


def test_a_file_that_was_not_read_is_told_of_by_its_reason_alone(seen: Seen, room: Path) -> None:
    page = seen["laidOut"]
    (document,) = checked(room, BROKEN)["documents"]
    assert page["unread"].split("\n\n") == ["没有读成，没有检查", document["error"]]
    assert page["notices"] == 0
    assert "存下来" not in page["tools"]
    assert "撤销" not in page["tools"]


# -- many --------------------------------------------------------------------------------------------------


def test_fifty_reports_at_once_have_a_line_each(seen: Seen, room: Path) -> None:
    rows = {row["name"]: row["counts"] for row in seen["many"]["rows"]}
    told = checked(room, COUNTY)
    found = Counter((one["path"], one["severity"]) for one in told["findings"])
    open_ = Counter(one["path"] for one in told["outcomes"] if one["outcome"] in ("undetermined", "crashed"))
    for name, counts in rows.items():
        assert counts == [*(found[name, severity] for severity in ("error", "warning", "info")), open_[name]]
    assert len(rows) == MANY
    assert seen["many"]["sorted"] == sorted((row[0] for row in rows.values()), reverse=True)
    assert seen["many"]["sorted"][0] > seen["many"]["sorted"][-1]
    assert str(MANY) in seen["many"]["back"]


# -- manners -----------------------------------------------------------------------------------------------


def test_the_page_asks_nothing_of_a_network_and_keeps_nothing(seen: Seen) -> None:
    for page in (*reports(seen), seen["many"], seen["settings"], *seen["pasted"].values()):
        elsewhere = [url for url in page["requests"] if not url.startswith(("blob:", "file:"))]
        assert [url for url in elsewhere if "example.org" not in url] == []
        assert sum(url.startswith("file:") for url in page["requests"]) == 1
        assert page["errors"] == []
    for page in reports(seen):
        assert page["fetched"] == "barred"
        assert page["kept"] == {"storage": 0, "databases": 0, "cookies": ""}


def test_no_word_of_a_report_is_taken_for_a_page(seen: Seen) -> None:
    assert MARKUP in seen["reports"]["txt"]["words"]


def test_the_page_is_usable_without_eyes_and_without_a_mouse(seen: Seen) -> None:
    assert seen["accessible"]
    assert {state: found for state, found in seen["accessible"].items() if found} == {}
