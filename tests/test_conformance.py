"""The conformance suite: it says what the cases say, and its runner tells a program that follows it from one that does not."""

import ast
import io
import json
import re
import subprocess
import sys
import tarfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from conformance.suite import COPIED, archived, chosen, exact, files, values, whole_cases
from nianbao.testing import Case
from nianbao_rules import nianbao_add_rules

CODES = sorted(rule.code for rule in nianbao_add_rules())
# These findings are on a table or a text as a whole, of which no words are the place.
WHOLE = {"DOC007", "SUM009"}
COMMAND = [sys.executable, "-m", "nianbao", "check", "-f", "json", "--no-cache", "--lang", "zh"]
# A program that changes each finding of the command by the line that its second argument is.
OTHER = """\
import json, subprocess, sys
done = subprocess.run([*json.loads(sys.argv[1]), *sys.argv[3:]], stdout=subprocess.PIPE)
whole = json.loads(done.stdout)
for one in whole["findings"]:
    exec(sys.argv[2])
print(json.dumps(whole))
"""

Manifest = dict[str, Any]


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return whole_cases()


@pytest.fixture(scope="module")
def suite(cases: Sequence[Case]) -> Mapping[str, bytes]:
    """The files of the whole suite."""
    return files(cases)


@pytest.fixture(scope="module")
def manifest(suite: Mapping[str, bytes]) -> Manifest:
    return json.loads(suite["manifest.json"])  # type: ignore[no-any-return]


def written(cases: Sequence[Case], folder: Path) -> Path:
    """Write the suite of *cases* as it is unpacked, and return its folder."""
    with tarfile.open(fileobj=io.BytesIO(archived(files(cases)))) as archive:
        archive.extractall(folder, filter="data")
    (unpacked,) = folder.iterdir()
    return unpacked


def held(folder: Path, command: Sequence[str]) -> tuple[int, str]:
    """Return the exit code of the runner in *folder* for *command* and the last line that it prints."""
    done = subprocess.run(
        [sys.executable, "-I", folder / "runner.py", "--", *command, "{files}"],
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout.splitlines()[-1]


# -- the runner ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("whole", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_the_command_passes(whole: bool, cases: Sequence[Case], tmp_path: Path) -> None:
    """By default a report that passes and one that fails for each rule."""
    every = cases if whole else list(chosen(cases))
    folder = written(every, tmp_path)
    left_out = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["left_out"]

    assert held(folder, COMMAND) == (0, f"{len(every) - len(left_out)} cases, 0 rules failed")


@pytest.mark.parametrize("code", ["SUM004", "TYP001", "HDR010", "YOY001", "AGG004"])
def test_a_program_that_ignores_a_rule_fails_it_by_name(
    code: str, cases: Sequence[Case], tmp_path: Path
) -> None:
    """A rule of tables, of words, of settings, on the year before, on other organs: no other rule fails."""
    folder = written([case for case in chosen(cases) if case.rule in (code, "SUM002")], tmp_path)

    assert held(folder, COMMAND) == (0, "4 cases, 0 rules failed")
    assert held(folder, [*COMMAND, "--ignore", code]) == (1, f"4 cases, 1 rules failed {code}")


@pytest.mark.parametrize(
    "change",
    [
        "one['span']['start']['column'] += 1",
        "one['span']['start']['line'] -= 1",
        "one['span']['text'] += '件'",
        "one['message'], one['data'] = one['message'].replace('4', '5'), {}",
        "one['code'] = 'SUM003'",
        "one['severity'] = 'info'",
        "whole['findings'] = [one, one]",
    ],
)
def test_a_program_that_finds_another_place_value_or_number_of_findings_fails(
    change: str, cases: Sequence[Case], tmp_path: Path
) -> None:
    (failing,) = (case for case in chosen(cases) if (case.rule, case.kind) == ("SUM004", "fail"))
    assert failing.expect is not None
    expect = [{**wanted, "severity": "error"} for wanted in failing.expect]
    folder = written([failing._replace(expect=expect)], tmp_path)
    other = [sys.executable, "-c", OTHER, json.dumps(COMMAND)]

    assert held(folder, [*other, "pass"])[0] == 0
    code, last = held(folder, [*other, change])
    assert code == 1
    assert "SUM004" in last.split()


def test_the_runner_imports_nothing_but_what_python_has() -> None:
    tree = ast.parse(COPIED["runner.py"].read_text(encoding="utf-8"))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}

    assert imported
    assert imported <= set(sys.stdlib_module_names)


# -- the manifest ----------------------------------------------------------------------------------------------


def test_the_manifest_follows_its_schema(manifest: Manifest) -> None:
    schema = json.loads(COPIED["manifest.schema.json"].read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(manifest, schema)


def test_every_rule_has_a_report_that_passes_and_one_that_fails_in_a_known_place(manifest: Manifest) -> None:
    by_kind: dict[str, set[str]] = {"pass": set(), "fail": set(), "tempting": set()}
    placed = set()
    for case in manifest["cases"]:
        by_kind[case["kind"]].add(case["rule"])
        own = [found for found in case["expect"] if found["code"] == case["rule"]]
        assert bool(own) == (case["kind"] == "fail")
        if own and all(map(exact, own)):
            placed.add(case["rule"])

    assert [sorted(codes) for codes in by_kind.values()] == [CODES] * 3
    assert sorted(placed) == [code for code in CODES if code not in WHOLE]


def test_the_words_are_where_the_manifest_says(suite: Mapping[str, bytes], manifest: Manifest) -> None:
    """Lines and columns as an editor counts them that knows code points."""
    placed = 0
    for case in manifest["cases"]:
        lines = suite[f"{case['folder']}/report.txt"].decode().split("\n")
        for found in case["expect"]:
            for at in found.get("at", ()):
                rest = "\n".join([lines[at["line"] - 1][at["column"] - 1 :], *lines[at["line"] :]])
                words = re.escape(found["text"]).replace(r"\*", ".")
                assert re.match(words, rest), (case["folder"], found, rest[:40])
                placed += 1
    assert placed > len(CODES)


def test_every_file_that_is_named_is_there(suite: Mapping[str, bytes], manifest: Manifest) -> None:
    for case in manifest["cases"]:
        beside = [*case["settings"].get("previous", ()), *case["settings"].get("members", ())]
        assert {f"{case['folder']}/{name}" for name in (*case["files"], *beside)} <= set(suite)
        told = suite.get(f"{case['folder']}/nianbao.yaml", b"{}")
        assert json.loads(told) == case["settings"]


@pytest.mark.parametrize(
    ("phrase", "named"),
    [
        ("4 ≠ 8，相差4", ["4", "8", "4"]),
        ("42 ÷ 98 ≈ 42.8571%", ["42", "98", "42.8571"]),
        ("应为“建立健全”", ["建立健全"]),
        ("应为“3.危及“三安全一稳定””，共2处", ["3.危及“三安全一稳定”", "2"]),
        ("没有写明数据的统计期限", []),
    ],
)
def test_figures_and_quoted_words_are_values(phrase: str, named: list[str]) -> None:
    assert values(phrase) == named


def test_words_that_a_report_does_not_have_are_no_place(cases: Sequence[Case]) -> None:
    case = next(case for case in cases if case.rule == "TYP001" and case.kind == "fail")
    with pytest.raises(ValueError, match="does not say 没有的话"):
        files([case._replace(expect=[{"code": "TYP001", "at": "没有的话"}])])


def test_a_figure_is_no_part_of_a_longer_one() -> None:
    text = "一、总体情况\n共12件，其中2件，占2.5%。\n"
    case = Case("TYP001", "a figure", "fail", text=text, expect=[{"code": "TYP001", "at": "2"}])
    (told,) = json.loads(files([case])["manifest.json"])["cases"]

    assert told["expect"] == [
        {"code": "TYP001", "text": "2", "at": [{"line": 2, "column": 8}], "values": []},
    ]
