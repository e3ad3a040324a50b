"""Nothing that comes from outside acts in any format, whatever it is and wherever it comes from."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from nianbao.cli.console import Console
from nianbao.engine.checked import Checked, Summary
from nianbao.engine.finding import (
    Basis,
    Diagnostic,
    Finding,
    Fix,
    Outcome,
    OutcomeState,
    Related,
    Severity,
    Strength,
    Suppression,
)
from nianbao.engine.score import Indicator
from nianbao.engine.verdict import Verdict
from nianbao.files.folder import LeftOut, LeftOutReason
from nianbao.report.report import Report
from nianbao.reporters.display import Display
from nianbao.reporters.formats import FORMATS
from nianbao.testing import official_forms
from nianbao.text.edit import Edit
from nianbao.text.inert import in_json, inert
from nianbao.text.language import same
from nianbao.text.source import Source, Span
from reporters.active import ACTIVE, acting, commands, strings, unpainted

HARMLESS = "无害的字"


def checked(words: str) -> Iterator[Checked]:
    """Yield results with *words* in the report, its name, a message, a reason, a label, a fix, and an error."""
    source = Source(f"前文\n一、{words}。\n后文", f"{words}.txt")
    span = Span(5, 5 + len(words))
    said = same(f"写作“{words}”")
    fix = Fix(said, True, (Edit(span, words, f"{words}甲"),))
    finding = Finding(span, said, same(f"改正{words}"), related=(Related(span, same(words)),), fix=fix)
    basis = (Basis(f"《{words}》", words, Strength.LAW),)
    diagnostics = tuple(
        Diagnostic("QH001", "qinghe", Severity.ERROR, basis, words, number, finding, words, suppressed)
        for number, suppressed in enumerate((None, Suppression("waiver", words, f"{words}.yaml:3")))
    )
    outcomes = tuple(
        Outcome(f"QH00{number}", state, said) for number, state in enumerate(OutcomeState) if number != 1
    )
    report = Report(source, official_forms())
    vars(report)["recognised"] = True  # what is no report has no score
    codes = ("QH001", "QH002", "QH009")
    points = (Indicator(words, Decimal(10), Decimal(1), Decimal(10), codes),)
    yield Checked(f"{words}.txt", Verdict(report, diagnostics, outcomes), points=points)
    yield Checked(f"坏{words}.txt", None, said, points=points)


def output(name: str, words: str) -> bytes:
    """Return what the format *name* says of results with *words*, as it comes out."""
    (form,) = (form for form in FORMATS if form.name == name)
    reporter = form.reporter(Display(colour=not form.machine, verbose=True))
    summary = Summary((), (LeftOut(f"{words}.bak".replace("\ud800", ""), LeftOutReason.OTHER),))
    stream = io.TextIOWrapper(io.BytesIO(), "utf-8")
    console = Console(stream)
    encoding = "utf-8" if form.machine else None
    for one in checked(words):
        summary.add(one)
        console.write(reporter.put(reporter.part(one)), encoding, colour=not form.machine)
    for piece in reporter.end(summary):
        console.write(piece, encoding, colour=not form.machine)
    return stream.buffer.getvalue()  # type: ignore[attr-defined, no-any-return]


# -- how each format is read, and what must not be in it -------------------------------------------------


def people(name: str, data: bytes) -> str:
    text = unpainted(data.decode())
    assert not commands(text)
    return text


def of_json(name: str, data: bytes) -> str:
    """Return the texts, which say what was said."""
    assert not acting(data.decode())
    records = [json.loads(line) for line in (data.decode().splitlines() if name == "jsonl" else [data])]
    texts = "\n".join(strings(records))
    assert not [sign for sign in texts if "\ud800" <= sign <= "\udfff"]
    return inert(texts, "\n")


def without_contents(record: dict[str, Any]) -> dict[str, Any]:
    """Return *record* without the words of a file as such, in which no one looks for links."""
    return {
        key: value
        for key, value in record.items()
        if key not in ("insertedContent", "newlineSequences", "snippet")
    }


def messages(record: Any) -> Iterator[str]:
    """Yield the texts in which a viewer of SARIF looks for links."""
    for value in record.values() if isinstance(record, dict) else record if isinstance(record, list) else ():
        yield from messages(value)
    if isinstance(record, dict):
        yield from (record[key] for key in ("text", "markdown") if key in record)


def of_services(name: str, data: bytes) -> str:
    assert not acting(data.decode())
    record = json.loads(data, object_hook=without_contents)
    if name == "sarif":
        for text in messages(record):
            assert not re.search(r"\](?:\(|: ?\w|\[)", text)
    return "\n".join(strings(record)).replace("]\\", "]")


def of_github(name: str, data: bytes) -> str:
    lines = data.decode().split("\n")
    assert lines.pop() == ""
    assert len(lines) == output(name, HARMLESS).decode().count("\n")
    assert all(re.match("::(?:error|warning|notice) ", line) for line in lines)
    assert not acting(data.decode())
    signs = {"%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%"}
    return re.sub("|".join(signs), lambda match: signs[match[0]], data.decode())


def of_xml(name: str, data: bytes) -> str:
    tree = ElementTree.fromstring(data)
    expected = ElementTree.fromstring(output(name, HARMLESS))
    assert [element.tag for element in tree.iter()] == [element.tag for element in expected.iter()]
    return "\n".join("\n".join((element.text or "", *element.attrib.values())) for element in tree.iter())


class Page(HTMLParser):
    """The tags of a page, the words between them and those in attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.words: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(sorted(name for name, _ in attrs))))
        self.words += [value or "" for _, value in attrs]
        assert not [
            value for name, value in attrs if name in ("href", "src") and not f"{value}".startswith("#")
        ]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def of_html(name: str, data: bytes) -> str:
    page = Page(data.decode())
    assert page.tags == Page(output(name, HARMLESS).decode()).tags
    return "\n".join(page.words)


def of_csv(name: str, data: bytes) -> str:
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert len(rows) == len(list(csv.reader(io.StringIO(output(name, HARMLESS).decode(), newline=""))))
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝"))]
    return "\n".join(cells)


def of_xlsx(name: str, data: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(data))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    return "\n".join(str(cell.value) for cell in cells)


def of_docx(name: str, data: bytes) -> str:
    """Return the words of a Word file, which has no links, no parts beside, and no field but the number of the page."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {part: package.read(part).decode() for part in package.namelist()}
    assert not [part for part in parts.values() if "hyperlink" in part or "TargetMode" in part]
    assert [part for part, text in parts.items() if "w:instr" in text] == ["word/footer1.xml"]
    tree = ElementTree.fromstring(parts["word/document.xml"])
    with zipfile.ZipFile(io.BytesIO(output(name, HARMLESS))) as package:
        expected = ElementTree.fromstring(package.read("word/document.xml"))
    assert [element.tag for element in tree.iter()] == [element.tag for element in expected.iter()]
    document = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def of_markdown(name: str, data: bytes) -> str:
    texts = []
    for token in MarkdownIt("gfm-like", {"linkify": False}).parse(data.decode()):
        for child in token.children or ():
            assert child.type in (
                "text",
                "softbreak",
                "code_inline",
                "html_inline",
                "strong_open",
                "strong_close",
            )
            assert child.type != "html_inline" or child.content in ("<br>", "<!-- -->")
            texts.append("" if child.type == "html_inline" else child.content)
        texts.append("\n")
    return "".join(texts)


READERS: dict[str, Callable[[str, bytes], str]] = {
    **dict.fromkeys(("full", "concise", "grouped"), people),
    **dict.fromkeys(("json", "jsonl"), of_json),
    **dict.fromkeys(("sarif", "gitlab", "rdjson"), of_services),
    **dict.fromkeys(("junit", "checkstyle"), of_xml),
    "github": of_github,
    "html": of_html,
    **dict.fromkeys(("csv", "score"), of_csv),
    "xlsx": of_xlsx,
    "docx": of_docx,
    "markdown": of_markdown,
}


@pytest.mark.parametrize("name", [form.name for form in FORMATS])  # one without a reader fails
@pytest.mark.parametrize("what", ACTIVE)
def test_what_comes_from_outside_does_not_act(name: str, what: str) -> None:
    words, shown = ACTIVE[what]
    seen = READERS[name](name, output(name, words))
    assert not acting(seen, "\n\t")
    if name in ("json", "jsonl"):  # they say what was said, but for halves of pairs
        shown = re.sub(r"\\ud800|\\udc80", "\ufffd", shown)
    bare = "".join(seen.split())
    assert "".join(shown.split()) in bare
    assert f"写作“{''.join(shown.split())}”" in bare or what in ("command", "old command", "script link")


# -- laws ----------------------------------------------------------------------------------------------


@given(st.text(st.characters(codec=None)))
def test_no_text_acts(text: str) -> None:
    shown = inert(text)
    assert not acting(re.sub(r"(?<=\S)[\u200c\u200d](?=\S)", "", shown), "")
    assert inert(shown) == shown


@given(st.text(st.characters(codec=None)))
def test_json_says_what_was_said(text: str) -> None:
    written = in_json(json.dumps([text], ensure_ascii=False))
    assert not acting(re.sub(r"(?<=\S)[\u200c\u200d](?=\S)", "", written), "")
    (read,) = json.loads(written)
    assert read == re.sub("[\ud800-\udfff]", "\ufffd", text)


@pytest.mark.parametrize(
    "text",
    [
        "👩\u200d👩\u200d👧",  # a family
        "❤\ufe0f\u200d🔥",
        "葛\U000e0100城区",  # the form of a character in a name
        "می\u200cخواهم",
        "ᠪᠢ\u180bᠴᠢᠭ",
        "一\u3000二、e\u0301、①½㎡𠮷",
    ],
)
def test_ordinary_signs_stay(text: str) -> None:
    assert inert(text) == text


def test_a_terminal_is_told_nothing_that_acts_by_formats_of_programs_either() -> None:
    class Terminal(io.TextIOWrapper):
        def isatty(self) -> bool:
            return True

    stream = Terminal(io.BytesIO(), "utf-8")
    console = Console(stream)
    console.write("\ufeff甲\x1b[31m\u202e乙\r\n", "utf-8")
    console.write("丙\x9b\n".encode())
    assert stream.buffer.getvalue().decode() == "甲\\x1b[31m\\u202e乙\r\n丙\\x9b\n"  # type: ignore[attr-defined]
