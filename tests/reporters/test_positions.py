"""Every format's columns, in the unit that the format demands, are those of the words of the finding.

Each test decodes the columns from the bytes of the file alone, and reads there what the finding is about.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

import openpyxl
import pytest
from cli.running import Run
from nianbao.testing import compliant

# What units differ on: a character beyond the BMP, a picture of three joined by U+200D, a tab, full-width digits.
NOISE = "𠮷👩\u200d👩\u200d👧\t１２，"
LATER = "2024年12月31日，各项工作已经完成。"
WORDS = "截止"  # TYP001: 截至 where a date follows


def lines() -> list[str]:
    return [
        *compliant("2021", "county", 3).render().rstrip("\n").split("\n"),
        f"{NOISE}{WORDS}{LATER}",
        f"{WORDS}{LATER}{NOISE}{NOISE}{WORDS}{LATER}",
    ]


FILES = {
    "LF": "\n".join(lines()).encode(),
    "CRLF": "\r\n".join(lines()).encode(),
    "CR": "\r".join(lines()).encode(),
    "BOM, CRLF": b"\xef\xbb\xbf" + "\r\n".join(lines()).encode(),
    "GB18030": "\n".join(lines()).encode("gb18030"),
    "UTF-16": "\r\n".join(lines()).encode("utf-16"),
}
ENCODINGS = {"GB18030": "gb18030", "UTF-16": "utf-16"}


class File(NamedTuple):
    """A file, and its lines as an editor shows them, without a byte order mark."""

    path: Path
    lines: list[str]

    def points(self, line: int, start: int, end: int | None = None) -> str:
        """Return what is in *line* from column *start*, both from 1 in code points."""
        return self.lines[line - 1][start - 1 : None if end is None else end - 1]

    def octets(self, line: int, start: int, end: int) -> str:
        return self.lines[line - 1].encode()[start - 1 : end - 1].decode()

    def units(self, line: int, start: int, end: int) -> str:
        return self.lines[line].encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


@pytest.fixture(params=FILES)
def file(request: pytest.FixtureRequest, tmp_path: Path) -> File:
    data = FILES[request.param]
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    text = data.decode(ENCODINGS.get(request.param, "utf-8-sig"))
    return File(path, re.split("\r\n|\r|\n", text))


@pytest.fixture
def said(run: Run, file: File) -> Callable[[str], bytes]:
    """What a format says of the file, written into a file beside it."""

    def written(name: str) -> bytes:
        target = file.path.parent / f"said.{name}"
        ended = run("check", file.path, "--select", "TYP001", "-f", f"{name}:{target}")
        assert (ended.code, ended.stderr) == (0, b"")
        return target.read_bytes()

    return written


Said = Callable[[str], bytes]


def test_json_counts_in_every_unit(file: File, said: Said) -> None:
    spans = [finding["span"] for finding in json.loads(said("json"))["findings"]]
    assert len(spans) == 3
    for span in spans:
        start, end = span["start"], span["end"]
        assert file.points(start["line"], start["column"], end["column"]) == WORDS
        assert file.octets(start["line"], start["byte_column"], end["byte_column"]) == WORDS
        first, last = start["utf16"], end["utf16"]
        assert file.units(first["line"], first["character"], last["character"]) == WORDS


def test_sarif_counts_code_points_as_it_declares(file: File, said: Said) -> None:
    (log,) = json.loads(said("sarif"))["runs"]
    assert log["columnKind"] == "unicodeCodePoints"
    regions = [result["locations"][0]["physicalLocation"]["region"] for result in log["results"]]
    assert [file.points(r["startLine"], r["startColumn"], r["endColumn"]) for r in regions] == [WORDS] * 3
    assert [region["snippet"]["text"] for region in regions] == [WORDS] * 3
    for result in log["results"]:
        (fix,) = result["fixes"]
        (artifact,) = fix["artifactChanges"]
        (change,) = artifact["replacements"]
        region = change["deletedRegion"]
        assert file.points(region["startLine"], region["startColumn"], region["endColumn"]) == WORDS
        assert change["insertedContent"]["text"] == "截至"


def test_rdjson_counts_bytes_of_utf8(file: File, said: Said) -> None:
    found = json.loads(said("rdjson"))["diagnostics"]
    ranges = [one["location"]["range"] for one in found]
    ranges += [suggestion["range"] for one in found for suggestion in one["suggestions"]]
    assert len(ranges) == 6
    for one in ranges:
        start, end = one["start"], one["end"]
        assert start["line"] == end["line"]
        assert file.octets(start["line"], start["column"], end["column"]) == WORDS


def test_github_counts_code_points(file: File, said: Said) -> None:
    found = re.findall(r",line=(\d+),endLine=(\d+),col=(\d+),endColumn=(\d+),", said("github").decode())
    assert len(found) == 3
    for line, last, start, end in (map(int, numbers) for numbers in found):
        assert line == last
        assert file.points(line, start, end) == WORDS


def test_gitlab_names_the_lines(file: File, said: Said) -> None:
    found = [one["location"]["lines"] for one in json.loads(said("gitlab"))]
    assert [one["begin"] for one in found] == [len(file.lines) - 1, len(file.lines), len(file.lines)]
    assert all(one["begin"] == one["end"] for one in found)


def _checkstyle(data: bytes) -> Iterator[tuple[int, int]]:
    for one in ElementTree.fromstring(data).iter("error"):
        yield int(one.attrib["line"]), int(one.attrib["column"])


def _junit(data: bytes) -> Iterator[tuple[int, int]]:
    (failure,) = ElementTree.fromstring(data).iter("failure")
    yield from _pairs(re.findall(r"(?m)^(\d+):(\d+) ", failure.text or ""))


def _csv(data: bytes) -> Iterator[tuple[int, int]]:
    yield from _pairs((row["行"], row["列"]) for row in csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def _xlsx(data: bytes) -> Iterator[tuple[int, int]]:
    head, *rows = openpyxl.load_workbook(io.BytesIO(data))["问题"].iter_rows(values_only=True)
    yield from _pairs((row[head.index("行")], row[head.index("列")]) for row in rows)


def _written(pattern: str) -> Callable[[bytes], Iterator[tuple[int, int]]]:
    return lambda data: _pairs(re.findall(pattern, data.decode()))


def _pairs(found: Any) -> Iterator[tuple[int, int]]:
    for line, column in found:
        yield int(line), int(column)


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("full", _written(r"a\.txt:(\d+):(\d+) ")),
        ("concise", _written(r"a\.txt:(\d+):(\d+): ")),
        ("grouped", _written(r"(?m)^  (\d+):(\d+) ")),
        ("checkstyle", _checkstyle),
        ("junit", _junit),
        ("csv", _csv),
        ("xlsx", _xlsx),
        ("html", _written(r"第 (\d+) 行第 (\d+) 列")),
        ("markdown", _written(r"<br>(\d+):(\d+) \|")),
    ],
)
def test_formats_that_name_a_start_count_code_points(
    file: File, said: Said, name: str, read: Callable[[bytes], Iterator[tuple[int, int]]]
) -> None:
    places = list(read(said(name)))
    assert len(places) == 3
    for line, column in places:
        assert file.points(line, column).startswith(WORDS)


def test_in_a_page_of_html_the_places_are_those_of_its_source(run: Run, tmp_path: Path) -> None:
    body = "".join(f"<p>{line.strip()}</p>\n" for line in lines()[:-2] if line.strip())
    page = f"<html><body>\n{body}<p>&#x20BB7;𠮷👩\u200d👧\t１２，<b>截</b><i>止</i>2024年12月31日，完成。</p></body></html>\n"
    path = tmp_path / "a.html"
    path.write_text(page, encoding="utf-8")
    file = File(path, page.split("\n"))
    for name in ("sarif", "rdjson"):
        run("check", path, "--select", "TYP001", "-f", f"{name}:{tmp_path / name}")
    (log,) = json.loads((tmp_path / "sarif").read_bytes())["runs"]
    (result,) = log["results"]
    region = result["locations"][0]["physicalLocation"]["region"]
    raw = file.points(region["startLine"], region["startColumn"], region["endColumn"])
    assert unescape(re.sub("<[^>]*>", "", raw)) == WORDS
    (found,) = json.loads((tmp_path / "rdjson").read_bytes())["diagnostics"]
    start, end = found["location"]["range"]["start"], found["location"]["range"]["end"]
    assert file.octets(start["line"], start["column"], end["column"]) == raw == "截</b><i>止"
    assert "fixes" not in result  # the words are not one piece of the source
    assert "suggestions" not in found


def test_of_a_file_whose_lines_nobody_sees_no_format_names_a_line(run: Run, word: Path) -> None:
    said = {}
    for name in (
        "concise",
        "grouped",
        "sarif",
        "github",
        "gitlab",
        "junit",
        "rdjson",
        "checkstyle",
        "csv",
        "html",
        "markdown",
    ):
        target = word.parent / name
        run("check", word, "--select", "TYP001", "-f", f"{name}:{target}")
        said[name] = target.read_text(encoding="utf-8-sig")
    (result,) = json.loads(said["sarif"])["runs"][0]["results"]
    (location,) = result["locations"]
    assert "region" not in location["physicalLocation"]
    address = location["logicalLocations"][0]["name"]
    assert "其他需要报告的事项" in address
    assert "fixes" not in result
    assert ",line=" not in said["github"]
    assert [one["location"]["lines"] for one in json.loads(said["gitlab"])] == [{"begin": 1, "end": 1}]
    (found,) = json.loads(said["rdjson"])["diagnostics"]
    assert list(found["location"]) == ["path"]
    assert "suggestions" not in found
    (error,) = ElementTree.fromstring(said["checkstyle"]).iter("error")
    assert not {"line", "column"} & set(error.attrib)
    (row,) = csv.DictReader(io.StringIO(said["csv"]))
    assert (row["行"], row["列"], row["位置"]) == ("", "", address)
    for name in ("concise", "grouped", "junit", "markdown", "html"):
        assert not re.search(r"\d:\d|第 \d+ 行", said[name])
    for name in said.keys() - {"sarif", "csv"}:
        assert address.partition("、")[2] in said[name]
