"""JSON 1.3: positions in every unit, cells, fixes, outcomes, and the schema that all of it follows."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cli.running import Run, validated, wrong_total
from jsonschema import Draft202012Validator, ValidationError
from nianbao.schema import FILE, OUTPUTS, schema_of
from nianbao.testing import compliant


def test_the_whole_of_a_finding(run: Run, wrong: Path) -> None:
    whole = run("check", wrong, "--select", "SUM004", "--format", "json").json()
    document, finding = whole["documents"][0], whole["findings"][0]
    assert document == {
        "path": str(wrong),
        "format": "text",
        "encoding": "utf-8",
        "year": 2024,
        "form": "2021",
        "level": "county",
        "issuer": document["issuer"],
        "tables": [
            {"kind": "regulations", "bound": 6, "expected": 6},
            {"kind": "permits", "bound": 1, "expected": 1},
            {"kind": "penalties", "bound": 2, "expected": 2},
            {"kind": "charges", "bound": 1, "expected": 1},
            {"kind": "applications", "bound": 175, "expected": 175},
            {"kind": "review", "bound": 15, "expected": 15},
        ],
        "error": None,
    }
    assert document["issuer"] in wrong_total().split("\n")[0]
    assert (finding["code"], finding["name"], finding["severity"]) == ("SUM004", "review-total", "error")
    assert finding["cell"] == {
        "table": "review",
        "row": "cases",
        "column": "review_total",
        "label": "表四 · 行政复议 · 总计",
        "raw": "2",
        "value": "2",
    }
    assert finding["address"] == "表四 · 行政复议 · 总计"
    assert finding["span"]["text"] == "2"
    assert "1 ≠ 2" in finding["message"]
    assert finding["data"]["difference"] == "1"
    assert finding["related"][0]["cell"]["column"] == "review_upheld"
    assert finding["basis"][0]["strength"] == "form"
    assert whole["outcomes"] == [{"path": str(wrong), "code": "SUM004", "outcome": "failed", "reason": None}]
    assert whole["summary"] == {
        "files": 1,
        "asked": 1,
        "complete": True,
        "error": 1,
        "warning": 0,
        "info": 0,
        "unread": 0,
        "unjudged": 0,
        "suppressed": {"waiver": 0, "comment": 0, "baseline": 0},
        "roster": None,
        "idle": [],
        "left_out": [],
        "exit_code": 1,
    }


def test_a_fix_is_edits_with_what_stands_there_now(run: Run, doubtful: Path) -> None:
    finding = run("check", doubtful, "--select", "SUM007", "--format", "json").json()["findings"][0]
    assert finding["fix"]["safe"] is True
    assert [(e["old"], e["new"], e["span"]["text"]) for e in finding["fix"]["edits"]] == [
        ("总结", "总计", "总结")
    ]


# What units differ on, in the first cell of a row, before the cell that is reported: a character beyond the
# BMP, a picture of three joined by U+200D, a tab, full-width digits.
NOISE = "𠮷👩\u200d👩\u200d👧\t１２"
CODE_POINTS, BYTES, UTF16 = 9, 4 + 3 * 4 + 2 * 3 + 1 + 2 * 3, 2 + 3 * 2 + 2 + 1 + 2


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_positions_in_every_unit(run: Run, tmp_path: Path, end: str) -> None:
    draft = compliant("2021", "county", 3, "pipes")
    draft.set("applications/repeated/natural_person", "/")
    lines = draft.render().split("\n")
    number = next(index for index, line in enumerate(lines) if "2.重复申请" in line)
    lines[number] = f"| {NOISE}{lines[number][1:]}"
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xef\xbb\xbf" + end.join(lines).encode())
    (finding,) = run("check", path, "--select", "SUM005", "--format", "json").json()["findings"]
    start, stop = finding["span"]["start"], finding["span"]["end"]
    before = lines[number][: lines[number].index("/")].replace(f"| {NOISE}", "")
    chinese = sum(character > "\x7f" for character in before)  # all of three bytes and one UTF-16 unit
    assert finding["span"]["text"] == "/"
    assert start["offset"] == len(end.join(lines[:number])) + len(end) + 2 + CODE_POINTS + len(before)
    assert (start["line"], start["column"]) == (number + 1, 2 + CODE_POINTS + len(before) + 1)
    assert start["byte_column"] == 2 + BYTES + len(before) + 2 * chinese + 1
    assert start["utf16"] == {"line": number, "character": 2 + UTF16 + len(before)}
    assert stop == {
        "offset": start["offset"] + 1,
        "line": start["line"],
        "column": start["column"] + 1,
        "byte_column": start["byte_column"] + 1,
        "utf16": {"line": number, "character": start["utf16"]["character"] + 1},
    }


def test_a_fingerprint_stays_when_lines_move(run: Run, wrong: Path) -> None:
    def found() -> list[tuple[str, int]]:
        findings = run("check", wrong, "--select", "SUM", "--format", "json").json()["findings"]
        return [(f["fingerprint"], f["span"]["start"]["line"]) for f in findings]

    before = found()
    wrong.write_bytes(wrong.read_bytes().replace("\n二、".encode(), "\n另有一段。\n\n二、".encode(), 1))
    after = found()
    assert [line + 2 for _, line in before] == [line for _, line in after]
    assert [name for name, _ in before] == [name for name, _ in after]
    assert before


def test_numbers_are_decimal_strings_as_a_clerk_writes_them(run: Run, tmp_path: Path) -> None:
    draft = compliant("2021", "county", 3)
    draft.set("charges/charges/amount", "1,190.4500")
    draft.set("applications/received/research", "")
    draft.set("applications/received/welfare", "３")
    path = tmp_path / "a.txt"
    path.write_bytes(draft.render().encode())
    tables = run("show", path, "--format", "json").json("show")["tables"]
    cells = {(t["kind"], c["row"], c["column"]): c for t in tables for c in t["cells"]}
    charges = cells["charges", "charges", "amount"]
    assert (charges["raw"], charges["value"], charges["state"]) == ("1,190.4500", "1190.45", "number")
    research = cells["applications", "received", "research"]
    assert (research["raw"], research["value"], research["state"]) == ("", None, "blank")
    assert cells["applications", "received", "welfare"]["value"] == "3"


def test_messages_are_in_the_language_asked_for(run: Run, wrong: Path) -> None:
    said = {}
    for language in ("zh", "en"):
        ended = run("check", wrong, "--select", "SUM004", "--format", "json", "--lang", language)
        finding = ended.json()["findings"][0]
        said[language] = finding.pop("message"), finding.pop("help")
    assert "勾稽关系不成立" in said["zh"][0]
    assert "does not add up" in said["en"][0]
    assert said["zh"][1] != said["en"][1]


def test_markdown_is_said_to_be_markdown(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(compliant("2021", "county", 3, "pipes").render().encode())
    assert run("check", path, "--format", "json").json()["documents"][0]["format"] == "markdown"


def test_a_file_that_cannot_be_read_is_a_document_with_an_error(run: Run, right: Path) -> None:
    whole = run("check", "无.txt", right, "--format", "json").json()
    unread, read = whole["documents"]
    assert unread == {
        "path": "无.txt",
        **dict.fromkeys(("format", "encoding", "year", "form", "level", "issuer")),
        "tables": [],
        "error": "没有这个文件",
    }
    assert read["error"] is None
    assert {o["path"] for o in whole["outcomes"]} == {str(right)}
    assert whole["summary"]["files"] == 2
    english = run("check", "无.txt", "--format", "json", "--lang", "en").json()
    assert english["documents"][0]["error"] == "no such file"


def test_outcomes_say_why_a_rule_could_not_judge(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("今年天气不错，庄稼长得也好。\n".encode())
    (outcome,) = run("check", path, "--select", "SUM001", "--format", "json").json()["outcomes"]
    assert outcome["outcome"] == "undetermined"
    assert outcome["reason"]


def test_lines_hold_the_same_records_as_the_whole(run: Run, right: Path, wrong: Path, doubtful: Path) -> None:
    arguments = ("check", right, wrong, "无.txt", doubtful)
    whole = run(*arguments, "--format", "json").json()
    records = run(*arguments, "--format", "jsonl").lines()
    kinds = {kind: [r for r in records if r["type"] == kind] for kind in ("document", "finding", "outcome")}
    for kind, found in kinds.items():
        assert [{k: v for k, v in record.items() if k != "type"} for record in found] == whole[f"{kind}s"]
    assert len(records) == sum(map(len, kinds.values())) + 1
    head = {name: whole[name] for name in ("schema_version", "tool")}
    assert records[-1] == {"type": "summary", **whole["summary"], **head}


def test_one_record_a_line_whatever_is_in_the_report(run: Run, wrong: Path) -> None:
    text = wrong.read_text(encoding="utf-8").replace("\t2\n", "\t2\u2028\x85\n")
    wrong.write_bytes(text.encode())
    ended = run("check", wrong, "--format", "jsonl")
    assert len(ended.out.splitlines()) == len(ended.lines())


@pytest.mark.parametrize("name", OUTPUTS)
def test_the_schema_is_printed_for_each_output(run: Run, name: str) -> None:
    ended = run("schema", "--of", name)
    printed = json.loads(ended.stdout)
    assert ended.code == 0
    assert printed["$ref"] == f"#/$defs/{name}"
    Draft202012Validator.check_schema(printed)


def test_the_schema_of_check_is_the_one_shipped(run: Run) -> None:
    assert json.loads(run("schema").stdout) == json.loads(Path(FILE).read_text(encoding="utf-8"))


SPOILT: tuple[tuple[str, Callable[[Any], object]], ...] = (
    ("a word at the top", lambda whole: whole.update(extra=1)),
    ("a word in a finding", lambda whole: whole["findings"][0].update(extra=1)),
    ("a word in a position", lambda whole: whole["findings"][0]["span"]["start"]["utf16"].update(extra=1)),
    (
        "a number as a clerk does not write it",
        lambda whole: whole["findings"][0]["cell"].update(value="1.50"),
    ),
    ("a word left out", lambda whole: whole["documents"][0].pop("error")),
    ("an exit code that there is not", lambda whole: whole["summary"].update(exit_code=4)),
)


@pytest.mark.parametrize("spoil", [spoil for _, spoil in SPOILT], ids=[name for name, _ in SPOILT])
def test_the_schema_refuses_what_it_does_not_know(
    run: Run, wrong: Path, spoil: Callable[[Any], object]
) -> None:
    whole = run("check", wrong, "--select", "SUM", "--format", "json").json()
    spoil(whole)
    with pytest.raises(ValidationError):
        validated("check", whole)


def test_every_object_of_the_schema_is_closed() -> None:
    definitions = schema_of("check")["$defs"]
    used = [
        value
        for value in _objects(definitions)
        if "$ref" in value and definitions[value["$ref"].split("/")[-1]].get("type") == "object"
    ]
    assert len(used) > 20
    assert all(value.get("unevaluatedProperties") is False for value in used)


def _objects(value: object) -> list[dict[str, object]]:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    found = [record for item in inner for record in _objects(item)]
    return [value, *found] if isinstance(value, dict) else found
