"""Machine formats, checked against the schemas and validators of those who read them."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.dom import minidom
from xml.etree import ElementTree

import pytest
from cli.running import Run
from cli.test_bad_input import NO_REPORT, NOT_READ, READ
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from junitparser import JUnitXml
from lxml import etree
from needs import program
from nianbao.engine.checked import Checked, Summary
from nianbao.engine.finding import Severity
from nianbao.reporters.checkstyle import Checkstyle
from nianbao.reporters.display import Display
from nianbao.reporters.github import command
from nianbao.reporters.severity_words import GRADES
from nianbao.text.inert import inert
from nianbao.text.language import same
from reporters.conftest import SECRETS
from reporters.programs import node_package, ran

MACHINES = ("sarif", "github", "gitlab", "junit", "rdjson", "checkstyle", "csv")

Said = Callable[..., Path]


@pytest.fixture
def said(run: Run, folder: Path, tmp_path: Path) -> Said:
    """Write what a format says of the folder of all sorts, and return the file."""

    def written(name: str, *options: str) -> Path:
        target = tmp_path / f"said.{name}"
        ended = run("check", folder, "-f", f"{name}:{target}", *options)
        assert ended.code == 1
        return target

    return written


def of_json(run: Run, folder: Path) -> list[dict[str, Any]]:
    """Return the findings in the format that is the measure of the others."""
    return json.loads(run("check", folder, "-f", "json").stdout)["findings"]


# -- SARIF ---------------------------------------------------------------------------------------------


def test_sarif_follows_its_schema(said: Said) -> None:
    schema = json.loads(
        node_package("@microsoft/sarif-multitool-linux", "sarif-2.1.0.json").read_text(encoding="utf-8-sig")
    )
    log = json.loads(said("sarif").read_bytes())
    Draft202012Validator(schema).validate(log)
    assert len(log["runs"][0]["results"]) > 1, "something to be held by the schema"


def test_sarif_pleases_the_validator_of_its_makers(said: Said) -> None:
    multitool = node_package("@microsoft/sarif-multitool-linux", "Sarif.Multitool")
    told = ran(multitool, "validate", said("sarif"))
    complaints = [line for line in told.split("\n") if ": error " in line or ": warning " in line]
    assert [line for line in complaints if "informationUri" not in line] == []  # we have no page on the web


def test_sarif_names_what_a_rule_rests_on(said: Said) -> None:
    (log,) = json.loads(said("sarif").read_bytes())["runs"]
    rules = log["tool"]["driver"]["rules"]
    for result in log["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    total = next(rule for rule in rules if rule["id"] == "SUM004")
    assert total["shortDescription"]["text"]
    for relationship in total["relationships"]:
        target = relationship["target"]
        document = log["taxonomies"][target["toolComponent"]["index"]]
        assert document["name"] == target["toolComponent"]["name"]
        taxon = document["taxa"][target["index"]]
        assert taxon["id"] == target["id"]
        assert taxon["shortDescription"]["text"] == f"{document['name']}{taxon['id']}"
    assert any("附件第四部分" in relationship["target"]["id"] for relationship in total["relationships"])


def test_sarif_tells_cells_suppressions_and_files_that_could_not_be_read(said: Said) -> None:
    (log,) = json.loads(said("sarif").read_bytes())["runs"]
    waived, counting = sorted(
        (r for r in log["results"] if r["ruleId"] == "SUM004"), key=lambda r: not r["suppressions"]
    )
    assert waived["suppressions"][0]["kind"] == "external"
    assert waived["suppressions"][0]["justification"] == "以<复议>决定为准"
    assert counting["suppressions"] == []
    (location,) = counting["locations"]
    assert location["logicalLocations"] == [
        {
            "name": "表四 · 行政复议 · 总计",
            "fullyQualifiedName": "review/cases/review_total",
            "kind": "cell",
        }
    ]
    assert counting["relatedLocations"][0]["logicalLocations"][0]["fullyQualifiedName"].startswith(
        "review/cases/"
    )
    (invocation,) = log["invocations"]
    assert (invocation["exitCode"], invocation["executionSuccessful"]) == (1, False)
    errors = [n for n in invocation["toolExecutionNotifications"] if n["level"] == "error"]
    assert len(errors) == 1
    assert errors[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].endswith("%E5%9D%8F.txt")
    unjudged = [n for n in invocation["toolExecutionNotifications"] if n["level"] == "note"]
    assert {"id": "SUM001"} in [n["associatedRule"] for n in unjudged]


# -- the others ----------------------------------------------------------------------------------------


def test_rdjson_pleases_a_validator(said: Said) -> None:
    validator = node_package("@umbrelladocs/rdformat-validator", "bin/rdformat-validator.js")
    node = program("node")
    told = json.loads(
        ran(node, validator, "--strict", "--no-extra-fields", "--format", "json", said("rdjson"))
    )
    assert (told["validFiles"], told["totalErrors"], told["totalWarnings"]) == (1, 0, 0)


# The documented fields: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "additionalProperties": False,
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": r"^(?!\./)"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}


def test_gitlab_has_the_documented_fields(said: Said) -> None:
    found = json.loads(said("gitlab").read_bytes())
    Draft202012Validator(GITLAB).validate(found)
    assert {"minor", "major", "critical"} <= {one["severity"] for one in found}


def test_no_two_findings_for_gitlab_have_one_fingerprint(run: Run, folder: Path, said: Said) -> None:
    (folder / "同文").mkdir()
    for path in sorted(folder.glob("第*.txt")):  # the same words again under another path
        (folder / "同文" / path.name).write_bytes(path.read_bytes())
    found = json.loads(said("gitlab").read_bytes())
    assert len({one["fingerprint"] for one in found}) == len(found)
    counting = [f for f in of_json(run, folder) if f["suppressed"] is None]
    assert len(found) == len(counting) + 1  # and the file that could not be read


def test_junit_follows_the_schema_of_jenkins(said: Said) -> None:
    schema = etree.XMLSchema(etree.parse(Path(__file__).parent / "jenkins.xsd"))
    written = etree.parse(said("junit"))
    schema.assertValid(written)
    assert written.findall(".//failure"), "something to be held by the schema"


def test_junit_pleases_xmllint(said: Said) -> None:
    ran(program("xmllint"), "--noout", "--schema", Path(__file__).parent / "jenkins.xsd", said("junit"))


def test_junit_tells_how_each_rule_ended(said: Said, run: Run, folder: Path) -> None:
    suites = {Path(suite.name).name: suite for suite in JUnitXml.fromfile(str(said("junit")))}
    outcomes = json.loads(run("check", folder, "-f", "json").stdout)["outcomes"]
    assert set(suites) == {path.name for path in folder.iterdir()}
    settings = [
        case.result[0].type for name in ("nianbao.yaml", "nianbao.waivers.yaml") for case in suites[name]
    ]
    assert settings == ["project", "project"]
    assert (suites["坏.txt"].tests, suites["坏.txt"].errors) == (1, 1)
    for name, suite in suites.items():
        ended = {case.name.split(" ")[0]: case for case in suite}
        for outcome in (one for one in outcomes if Path(one["path"]).name == name):
            case = ended[outcome["code"]]
            if outcome["outcome"] == "passed":
                assert case.is_passed
            elif outcome["outcome"] != "failed":
                assert case.is_skipped
                assert case.result[0].message == outcome["reason"]
    waived, counting = (
        next(case for case in suites[name] if case.name.startswith("SUM004"))
        for name in ("第1镇.txt", "第2镇.txt")
    )
    assert waived.is_skipped
    assert "以<复议>决定为准" in waived.result[0].message
    assert counting.is_failure
    assert "表四 · 行政复议 · 总计" in counting.result[0].text


def test_checkstyle_is_read_by_two_parsers(said: Said, run: Run, folder: Path) -> None:
    data = said("checkstyle").read_bytes()
    one = [error.attrib["message"] for error in ElementTree.fromstring(data).iter("error")]
    other = [
        error.getAttribute("message") for error in minidom.parseString(data).getElementsByTagName("error")
    ]
    counting = [f for f in of_json(run, folder) if f["suppressed"] is None]
    assert one == other
    assert len(one) == len(counting) + 1


def test_a_table_for_a_spreadsheet_has_its_mark_and_a_row_for_each_finding(
    said: Said, run: Run, folder: Path
) -> None:
    data = said("csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf\xe6\x96\x87")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    found = of_json(run, folder)
    assert [row["指纹"] for row in rows if row["指纹"]] == [one["fingerprint"] for one in found]
    assert [row["理由"] for row in rows if row["已说明"]] == ["以<复议>决定为准"]
    assert [Path(row["文件"]).name for row in rows if row["程度"] == "没有结论"] == ["坏.txt"]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝", "＋", "－", "＠"])
def test_no_text_becomes_a_formula(run: Run, sign: str) -> None:
    data = run("check", "-f", "csv", "--", f"{sign}无.txt").stdout.decode("utf-8-sig")
    row = next(csv.DictReader(io.StringIO(data, newline="")))
    assert row["文件"] == f"'{sign}无.txt"


# -- all of them ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*MACHINES, "grouped", "html", "markdown"])
def test_no_format_shows_what_a_finding_hides(said: Said, name: str) -> None:
    written = said(name).read_text(encoding="utf-8")
    assert "PRV001" in written
    assert not [secret for secret in SECRETS if secret in written]


@pytest.mark.parametrize("name", [*MACHINES, "html", "markdown"])
def test_every_format_speaks_both_languages(said: Said, name: str) -> None:
    chinese, english = (
        said(name, "--lang", language).read_text(encoding="utf-8") for language in ("zh", "en")
    )
    assert ("勾稽关系不成立" in chinese, "does not add up" in chinese) == (True, False)
    assert ("勾稽关系不成立" in english, "does not add up" in english) == (False, True)


def test_several_formats_at_once_leave_one_exit_code(run: Run, folder: Path, tmp_path: Path) -> None:
    names = [*MACHINES, "xlsx", "html", "markdown", "grouped"]
    options = [word for name in names for word in ("-f", f"{name}:{tmp_path / name}")]
    assert run("check", folder, *options).code == run("check", folder).code == 1
    assert all((tmp_path / name).stat().st_size for name in names)
    assert run("check", folder / "第0镇.txt", *options).code == 0
    assert run("check", folder / "坏.txt", *options).code == 3


@pytest.mark.parametrize("name", MACHINES)
def test_a_run_without_findings_is_well_formed(run: Run, right: Path, name: str) -> None:
    ended = run("check", right, "-f", name)
    assert ended.code == 0
    if name in ("sarif", "gitlab", "rdjson"):
        json.loads(ended.stdout)
    elif name in ("junit", "checkstyle"):
        ElementTree.fromstring(ended.stdout)
    else:
        assert ended.stdout.decode("utf-8-sig").count("\n") == (name == "csv")


def test_whatever_a_folder_holds_every_format_is_well_formed(process: Run, tmp_path: Path) -> None:
    home = tmp_path / "folder"
    home.mkdir()
    for number, data in enumerate((*READ.values(), *NOT_READ.values(), *NO_REPORT.values())):
        (home / f"{number:02}.txt").write_bytes(data)
    names = (*MACHINES, "xlsx", "html", "markdown", "grouped")
    options = [word for name in names for word in ("-f", f"{name}:{tmp_path / name}")]
    ended = process("check", home, *options, "-j", "2")
    assert ended.code == 1
    assert "Traceback" not in ended.err
    for name in ("sarif", "gitlab", "rdjson"):
        json.loads((tmp_path / name).read_bytes())
    suites = ElementTree.parse(tmp_path / "junit").getroot()
    assert len(suites) == len(READ) + len(NOT_READ) + len(NO_REPORT)
    errors = ElementTree.parse(tmp_path / "checkstyle").getroot().iter("error")
    unread = [error for error in errors if error.attrib["source"] == "nianbao.unreadable"]
    assert len(unread) == len(NOT_READ)
    lines = (tmp_path / "github").read_bytes().decode().split("\n")
    assert all(line.startswith("::") for line in lines[:-1])


def test_each_severity_has_words_of_its_own_in_every_format() -> None:
    assert set(GRADES) == set(Severity)
    for words in zip(*GRADES.values(), strict=True):
        assert len(set(words)) == len(Severity)


# -- laws ----------------------------------------------------------------------------------------------


def _unescaped(text: str, signs: dict[str, str]) -> str:
    """Return *text* as the runner reads it: https://github.com/actions/runner, ActionCommand.cs."""
    for escaped, sign in signs.items():
        text = text.replace(escaped, sign)
    return text


@given(st.text(), st.text())
@example("", "\r\n")
@example("\r\n", "")
def test_what_github_reads_is_what_was_written(title: str, message: str) -> None:
    line = command("error", {"file": "a.txt", "title": title}, message)
    assert line.endswith("\n")
    assert line.count("\n") == 1
    assert "\r" not in line
    head, _, data = line.removeprefix("::").removesuffix("\n").partition("::")
    name, _, properties = head.partition(" ")
    given = dict(one.split("=", 1) for one in properties.split(","))
    assert name == "error"
    in_message = {"%0D": "\r", "%0A": "\n", "%25": "%"}
    in_property = {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%"}
    assert _unescaped(data, in_message) == inert(message, "\n")
    assert _unescaped(given["title"], in_property) == inert(title, "\n")


@given(st.text(st.characters(), max_size=30))
def test_any_text_can_stand_in_xml(text: str) -> None:
    reporter = Checkstyle(Display())
    document = reporter.put(reporter.part(Checked("a.txt", None, same(text))))
    document += "".join(reporter.end(Summary()))
    (error,) = ElementTree.fromstring(document.encode()).iter("error")
    assert error.attrib["message"] == inert(text, "\n\t")


@pytest.mark.parametrize(
    ("name", "said_of"), [("gitlab", '"path": "{}"'), ("github", "file={},"), ("rdjson", '"path": "{}"')]
)
def test_paths_are_those_of_a_change(
    run: Run, wrong: Path, monkeypatch: pytest.MonkeyPatch, name: str, said_of: str
) -> None:
    """`nianbao check .` lists ./报告.txt; services compare a path letter by letter with that of a change."""
    monkeypatch.chdir(wrong.parent)
    for asked in (".", f"./{wrong.name}", wrong):
        out = run("check", asked, "--format", name).out
        assert said_of.format(wrong.name) in out
        assert "./" not in out
