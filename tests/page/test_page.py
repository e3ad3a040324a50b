"""Reports that are opened, corrected, saved and closed by the calls of the page."""

import json
import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from annotate.test_pdf import drawn
from nianbao.page.calls import Page
from nianbao.readers.docx import read_docx
from nianbao.testing import compliant, next_year
from rendering import DOCUMENTS, TEXTS, content

WRITERS = {**DOCUMENTS, **TEXTS}
KINDS = ("docx", "html, CMS", "txt", "md", "md, tables in HTML", "txt, GB18030")
EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
CELL = "applications/received/natural_person"


class FailedError(Exception):
    """A call without an answer."""


Call = Callable[..., Any]


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    """Ask a new page: `call("open", [b"…"], names=["a.txt"])`."""
    monkeypatch.chdir(tmp_path)
    page = Page()

    def called(asked: str, files: Any = (), language: Any = "zh", **ask: Any) -> Any:
        said, data = page.call(asked, language, json.dumps(ask), files)
        answer = json.loads(said)
        if "failure" in answer:
            raise FailedError(answer["failure"]["kind"], answer["failure"]["message"])
        return data if asked == "save" else answer["answer"]

    return called


def _draft(kind: str, *, figure: str | None = None) -> tuple[str, bytes]:
    """Return the name and the bytes of a report of this *kind*, with *figure* in one cell."""
    draft = compliant("2021", "township", 5)
    if figure is not None:
        draft.set(CELL, figure)
    blocks = content(draft)
    assert blocks is not None
    return f"年报.{kind.partition(',')[0]}", WRITERS[kind](blocks, Random(1))


def _opened(call: Call, *files: tuple[str, bytes]) -> list[int]:
    names, data = zip(*files, strict=True)
    added: list[int] = call("open", data, names=names)["added"]
    return added


def _cells(view: Any) -> dict[str, Any]:
    cells = (
        cell for block in view["blocks"] if block["kind"] == "table" for row in block["rows"] for cell in row
    )
    return {cell["address"]: cell["span"] for cell in cells if cell["address"]}


def _words(view: Any, span: Any) -> str:
    text: str = view["text"]
    return text[span["start"] : span["end"]]


def _codes(view: Any) -> list[str]:
    return [finding["record"]["code"] for finding in view["findings"]]


@pytest.mark.parametrize("kind", KINDS)
def test_a_wrong_figure_is_put_right_and_taken_back(call: Call, kind: str) -> None:
    (report,) = _opened(call, _draft(kind, figure="9999"))
    before = call("view", report=report)
    assert set(_codes(before)) >= {"SUM001"}
    right = compliant("2021", "township", 5).cells[CELL]
    after = call("edit", report=report, span=_cells(before)[CELL], text=right)["view"]
    assert _codes(after) == []
    assert _words(after, _cells(after)[CELL]) == right
    assert [(each["old"], each["new"]) for each in after["corrections"]] == [("9999", right)]
    data = call("save", report=report, **{"as": "direct"})
    assert _codes(call("view", report=_opened(call, ("改后." + kind.partition(",")[0], data))[0])) == []
    assert call("undo", report=report)["view"]["findings"] == before["findings"]
    assert _codes(call("redo", report=report)["view"]) == []
    assert call("restart", report=report)["view"]["text"] == before["text"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_cell_that_is_empty_is_filled(call: Call, kind: str) -> None:
    (report,) = _opened(call, _draft(kind, figure=""))
    before = call("view", report=report)
    span = _cells(before)[CELL]
    assert _words(before, span) == ""
    right = compliant("2021", "township", 5).cells[CELL]
    after = call("edit", report=report, span=span, text=right)["view"]
    assert _words(after, _cells(after)[CELL]) == right
    assert _codes(after) == []


def test_the_words_of_a_pdf_are_tried_in_its_text_alone(call: Call) -> None:
    lines = (
        "青石县松岭乡2023年政府信息公开工作年度报告",
        "一、总体情况",
        "统计期限自2023年1月1日至2023年12月31，公开信息12条。",
    )
    data = drawn([(100, 700 - 40 * at, line) for at, line in enumerate(lines)])
    (report,) = _opened(call, ("年报.pdf", data))
    before = call("view", report=report)
    assert "Word" in before["unwritable"]
    (finding,) = (each for each in before["findings"] if each["record"]["code"] == "PER003")
    after = call("fix", report=report, finding=finding["record"]["fingerprint"])["view"]
    assert "PER003" not in _codes(after)
    assert {"direct", "tracked"}.isdisjoint(after["saves"])
    assert "12月31日" in call("save", report=report, **{"as": "text"}).decode()
    assert call("undo", report=report)["view"]["findings"] == before["findings"]


def test_a_change_that_cannot_be_made_leaves_the_report_as_it_was(call: Call) -> None:
    (report,) = _opened(call, _draft("docx"))
    before = call("view", report=report)
    first = next(block for block in before["blocks"] if block["kind"] == "paragraph")
    with pytest.raises(FailedError, match="refused"):
        call("edit", report=report, span=first["span"], text="两段\n文字")
    assert call("view", report=report) == before


def test_tracked_changes_are_made_of_all_corrections_together(call: Call) -> None:
    (report,) = _opened(call, _draft("docx", figure="9999"))
    view = call("view", report=report)
    for figure in ("99", "8"):
        view = call("edit", report=report, span=_cells(view)[CELL], text=figure)["view"]
    data = call("save", report=report, **{"as": "tracked"})
    with zipfile.ZipFile(BytesIO(data)) as archive:
        document = archive.read("word/document.xml").decode()
    assert document.count("<w:del ") == document.count("<w:ins ") == 1
    assert read_docx(data, "").text == view["text"]


def test_every_word_of_a_report_is_in_a_block_and_every_cell_of_the_form_in_a_table(call: Call) -> None:
    for kind in KINDS:
        (report,) = _opened(call, _draft(kind))
        view = call("view", report=report)
        shown = [_words(view, block["span"]) for block in view["blocks"]]
        assert "".join("".join(shown).split()) == "".join(view["text"].split())
        assert set(_cells(view)) == set(compliant("2021", "township", 5).cells)
        call("close", report=report)


def test_merged_cells_cover_their_slots_once(call: Call) -> None:
    (report,) = _opened(call, _draft("html, CMS"))
    for block in call("view", report=report)["blocks"]:
        if block["kind"] != "table":
            continue
        slots: set[tuple[int, int]] = set()
        widths = []
        for number, row in enumerate(block["rows"]):
            column = 0
            for cell in row:
                while (number, column) in slots:
                    column += 1
                covered = {
                    (number + down, column + right)
                    for down in range(cell["rows"])
                    for right in range(cell["columns"])
                }
                assert not slots & covered
                slots |= covered
            widths.append(sum(each == number for each, _ in slots))
        assert len(slots) == len(block["rows"]) * max(widths)


def test_a_cell_tells_its_place_and_its_sums_with_the_figures(call: Call) -> None:
    (report,) = _opened(call, _draft("docx", figure="9999"))
    view = call("view", report=report)
    cell = call("cell", report=report, address=CELL)
    assert cell["place"] == "表三 · 一、本年新收政府信息公开申请数量 · 自然人"
    assert (cell["raw"], cell["value"]) == ("9999", "9999")
    sums = {(each["along"], each["holds"]) for each in cell["sums"]}
    assert sums == {("columns", False), ("rows", False)}
    assert all(CELL in (*each["left"], *each["right"]) and "9999" in each["written"] for each in cell["sums"])
    assert call("cell", report=report, address="applications/no/such") is None
    assert {finding["cell"] for finding in view["findings"]} == {CELL}


# Natural persons: 12 + 3 = 14 + 1, 14 = 9 + 5, and no one else applied.
APPLIED = {"received": 12, "carried_in": 3, "granted": 9, "not_held": 5, "total": 14, "carried_out": 1}


@pytest.mark.parametrize(
    ("changes", "row", "said"),
    [
        ({}, "received", ["12 + 3 = 15 = 14 + 1", "两边都是 12"]),
        ({}, "granted", ["9 + 5 = 14", "两边都是 9"]),
        ({"received": ""}, "received", ["有格没有数，无法核算"] * 2),
        ({"received": "11"}, "received", ["11 + 3 = 14 ≠ 15 = 14 + 1", "11 ≠ 12"]),
    ],
)
def test_a_sum_says_no_figure_twice(call: Call, changes: dict[str, str], row: str, said: list[str]) -> None:
    draft = compliant("2021", "township", 5)
    for address in draft.cells:
        if address.startswith("applications/"):
            draft.cells[address] = "0"
    for key, figure in APPLIED.items():
        draft.set(f"applications/{key}/natural_person", str(figure))
        draft.set(f"applications/{key}/total", str(figure))
    for key, words in changes.items():
        draft.set(f"applications/{key}/natural_person", words)
    (report,) = _opened(call, ("年报.txt", draft.render().encode()))
    sums = call("cell", report=report, address=f"applications/{row}/natural_person")["sums"]
    assert sorted(each["written"] for each in sums) == sorted(said)


def test_a_scoring_sheet_is_offered_where_there_is_one(call: Call) -> None:
    (report,) = _opened(call, _draft("txt"))
    assert "score" not in call("view", report=report)["saves"]
    settings = "points:\n  - {name: 表格, worth: 10, rules: [SUM], each: 5}\n".encode()
    assert "score" in call("open", [settings], names=["nianbao.yaml"])["saves"]
    assert "score" in call("view", report=report)["saves"]


def test_what_cannot_be_judged_is_told_with_the_rules(call: Call) -> None:
    text = compliant("2021", "township", 5).render().partition("四、")[0]
    (report,) = _opened(call, ("半份.txt", text.encode()))
    gaps = call("view", report=report)["gaps"]
    assert gaps
    assert all(gap["reason"] and gap["state"] == "无法判断" for gap in gaps)
    assert all(rule["title"] and rule["title"] != rule["code"] for gap in gaps for rule in gap["rules"])


def test_a_report_waits_when_the_one_before_it_is_corrected(call: Call) -> None:
    """With another organ in its title, a report is no longer that of the same organ on the year before."""
    before = compliant("2021", "township", 5)
    now = next_year(before, 1)
    earlier, later = _opened(call, *((f"{each.year}.txt", each.render().encode()) for each in (before, now)))
    opened = call("open", [], names=[])
    assert {entry["standing"] for entry in opened["reports"]} == {"waiting"}
    assert [entry["compared"] for entry in opened["reports"]] == [[], []]
    while opened["waiting"]:
        opened = call("settle")
    entries = {entry["report"]: entry for entry in opened["reports"]}
    assert {entry["standing"] for entry in opened["reports"]} == {"clean"}
    assert entries[later]["compared"] == [earlier]
    view = call("view", report=earlier)
    start = view["text"].index(before.organ)
    span = {"start": start, "end": start + len(before.organ)}
    changed = call("edit", report=earlier, span=span, text="丹水县青石镇人民政府")
    assert {entry["report"]: entry["standing"] == "waiting" for entry in changed["reports"]} == {
        earlier: False,
        later: True,
    }
    assert call("view", report=later)["entry"]["compared"] == []
    call("undo", report=earlier)
    assert call("view", report=later)["entry"] == entries[later]


WRONG = "规则: 1\n".encode()


@pytest.mark.parametrize("name", ["nianbao.yaml", "县/nianbao.yaml", "city.yaml", "city.rules.yaml"])
@pytest.mark.parametrize("earlier", [True, False])
def test_settings_that_are_wrong_are_told_at_once_and_change_nothing(
    call: Call, name: str, *, earlier: bool
) -> None:
    """With reports that are open, and before any is."""
    draft = _draft("txt", figure="9999")
    before = call("view", report=_opened(call, draft)[0]) if earlier else None
    with pytest.raises(FailedError, match=re.escape(f"{name}:1")):
        call("open", [WRONG], names=[name])
    assert call("open", [], names=[])["settings"] == []
    (entry,) = call("open", [draft[1]], names=[draft[0]])["reports"]
    view = call("view", report=entry["report"])
    assert "SUM001" in _codes(view)
    assert before in (None, view)


@pytest.mark.parametrize(
    "name", ["nianbao.yaml", "县/nianbao.yaml", "city.rules.yaml", "nianbao.waivers.yaml"]
)
def test_a_report_is_judged_without_the_wrong_settings_that_come_with_it(call: Call, name: str) -> None:
    draft = _draft("txt", figure="9999")
    opened = call("open", [draft[1], WRONG], names=[f"县/{draft[0]}", name])
    assert opened["settings"] == []
    assert opened["paths"] == [f"县/{draft[0]}", ""]
    (notice,) = opened["notices"]
    assert notice.startswith(f"{name}:1")
    assert "没有用" in notice
    (report,) = opened["added"]
    assert "SUM001" in _codes(call("view", report=report))


def test_settings_stay_as_they_were_if_wrong_ones_of_the_name_come(call: Call) -> None:
    name, data = _draft("txt", figure="9999")
    call("open", [b"ignore: [SUM]\n"], names=["nianbao.yaml"])
    opened = call("open", [WRONG, data], names=["nianbao.yaml", name])
    assert [file["name"] for file in opened["settings"]] == ["nianbao.yaml"]
    (report,) = opened["added"]
    assert "SUM001" not in _codes(call("view", report=report))
    call("dismiss", name="nianbao.yaml")
    assert "SUM001" in _codes(call("view", report=report))


def test_a_file_that_settings_cannot_be_without_stays(call: Call) -> None:
    rules = (EXAMPLES / "city.rules.yaml").read_bytes()
    call("open", [b"rules: [city.rules.yaml]\n", rules], names=["nianbao.yaml", "city.rules.yaml"])
    with pytest.raises(FailedError, match=r"city\.rules\.yaml"):
        call("dismiss", name="city.rules.yaml")
    assert {file["name"] for file in call("open", [], names=[])["settings"]} == {
        "nianbao.yaml",
        "city.rules.yaml",
    }


def test_a_report_that_settings_leave_no_rule_for_is_told_by_name(call: Call) -> None:
    settings = b"overrides:\n  - {paths: x.txt, select: [SUM], ignore: [SUM]}\n"
    call("open", [settings], names=["nianbao.yaml"])
    with pytest.raises(FailedError, match=r"没有打开 x\.txt"):
        call("open", [_draft("txt")[1]], names=["x.txt"])
    assert call("open", [], names=[])["reports"] == []


def test_a_plugin_in_python_is_never_taken(call: Call, tmp_path: Path) -> None:
    opened = call("open", [b"raise SystemExit\n"], names=["county.py"])
    assert opened["reports"] == []
    assert "county.py" in opened["notices"][0]
    assert not (tmp_path / "county.py").exists()


def test_a_name_leads_to_no_other_folder(call: Call, tmp_path: Path) -> None:
    (report,) = _opened(call, ("../../上级/../年报.txt", _draft("txt")[1]))
    assert call("view", report=report)["entry"]["name"] == "上级/年报.txt"
    assert (tmp_path / "上级" / "年报.txt").exists()


def test_two_files_of_one_name_are_two_reports(call: Call) -> None:
    first, second = _draft("txt"), _draft("txt", figure="9999")
    one, two = _opened(call, first, second)
    assert call("view", report=two)["entry"]["name"] == "年报 (2).txt"
    assert call("open", [first[1]], names=[first[0]])["added"] == []
    assert [entry["report"] for entry in call("close", report=one)["reports"]] == [two]


def test_a_folder_is_gone_through_as_by_the_command(call: Call) -> None:
    right = _draft("txt")[1]
    opened = call("open", [right, b"PK", right], names=["县/年报.txt", "县/~$年报.docx", "县/照片.png"])
    assert [entry["name"] for entry in opened["reports"]] == ["县/年报.txt"]
    assert {file["name"] for file in opened["leftOut"]} == {"县/~$年报.docx", "县/照片.png"}


def test_a_table_that_is_pasted_is_read_as_one(call: Call) -> None:
    draft = compliant("2021", "township", 5)
    blocks = content(draft)
    assert blocks is not None
    page = DOCUMENTS["html, clean"](blocks, Random(1)).decode()
    (report,) = call("paste", pasted={"text": "", "html": page})["added"]
    assert len(_cells(call("view", report=report))) == len(draft.cells)
    (report,) = call("paste", pasted={"text": draft.render(), "html": "<p>一段</p>"})["added"]
    assert _codes(call("view", report=report)) == []


def test_another_page_goes_on_where_one_was_ended(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, data = _draft("docx", figure="9999")
    other = ("另一份.txt", _draft("txt")[1])
    report, lost = _opened(call, (name, data), other)
    view = call("view", report=report)
    view = call("edit", report=report, span=_cells(view)[CELL], text="8")["view"]
    view = call("edit", report=report, span=_cells(view)[CELL], text="7")["view"]
    call("undo", report=report)
    folder = tmp_path / "new"
    folder.mkdir()
    monkeypatch.chdir(folder)
    page = Page()
    state = [
        {
            "path": name,
            "report": report,
            "made": 1,
            "steps": [
                [[*_cells(view)[CELL].values(), "9999", "8"]],
                [[_cells(view)[CELL]["start"], _cells(view)[CELL]["start"] + 1, "8", "7"]],
            ],
        }
    ]
    state[0]["steps"][0][0][1] = state[0]["steps"][0][0][0] + 4  # type: ignore[index]
    asked = {
        "names": [name, other[0]],
        "numbers": {name: report, other[0]: lost},
        "state": state,
        "lost": [{"path": other[0], "why": "late"}],
    }
    said, _ = page.call("restore", "zh", json.dumps(asked), [data, other[1]])
    assert [entry["report"] for entry in json.loads(said)["answer"]["reports"]] == [report, lost]
    said, _ = page.call("redo", "zh", json.dumps({"report": report}), ())
    assert json.loads(said)["answer"]["view"]["text"] == view["text"]
    said, _ = page.call("view", "zh", json.dumps({"report": lost}), ())
    assert "60 秒" in json.loads(said)["answer"]["entry"]["error"]
