"""Nothing that comes from outside acts on whoever calls a command, reads an annotated copy or uses an editor."""

import io
import json
import os
import re
from pathlib import Path

import docx as library
import pypdf
import pytest
from annotate.judging import STYLE, Said, verdict_on
from annotate.test_docx import docx
from annotate.test_pdf import drawn
from cli.running import Run
from lsp.editor import capabilities, editing
from lsprotocol import types
from nianbao.annotate.annotators import annotated
from nianbao.readers.docx import read_docx
from nianbao.readers.pdf import read_pdf
from nianbao.testing import compliant
from nianbao.text.source import Source
from readers.docx_files import p
from reporters.active import ACTIVE, acting, commands
from reporters.test_active import Page

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such file names")

# "command" begins a line, so it is a line of its own.
WORDS = "；".join(words for words, _ in ACTIVE.values()) + "\n ::warning::甲\n"
IN_FILE = WORDS.replace("\ud800", "").replace("\udc80", "")
NAME = "报\x1b[1;31m\x9b\u202e\u200b\r\n::warning::告"
RULES = f"""
rules:
  - code: QS102
    name: name-of-the-hall
    kind: replace-phrase
    with: {{phrase: 办事大厅, by: 政务服务大厅}}
    basis: {json.dumps("青石县" + WORDS)}
    message: {json.dumps("改称" + WORDS)}
    help: {json.dumps("改为" + WORDS)}
    why: {json.dumps(WORDS)}
    cases:
      pass: ["一、总体情况\\n在政务服务大厅设公开专区。\\n"]
      fail: [{{name: {json.dumps("坏" + WORDS)}, text: {json.dumps("一、总体情况没有" + WORDS)}}}]
"""
WAIVERS = f"waivers:\n- {{code: SUM004, at: 表四 · 行政复议 · 总计, reason: {json.dumps(WORDS)}}}\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a name, a report, rules and waivers that act in every way, in which the program runs."""
    folder = tmp_path / NAME
    folder.mkdir()
    draft = compliant("2021", "county", 3)
    draft.set("review/cases/review_total", "甲\x9b\u202e\u200b=1+1")
    draft.set("applications/received/natural_person", "<script>[甲](command:x)")
    text = draft.render() + f"在办事大厅办理，截止2024年12月31日{IN_FILE}"
    (folder / f"{NAME}.txt").write_bytes(text.encode())
    (folder / f"坏{NAME}.docx").write_bytes(b"PK\x03\x04")
    (folder / "county.rules.yaml").write_bytes(RULES.encode())
    (folder / "nianbao.waivers.yaml").write_text(WAIVERS, encoding="utf-8")
    (folder / "nianbao.yaml").write_text(
        "rules: [county.rules.yaml]\nextend-select: [TYP]\n", encoding="utf-8"
    )
    monkeypatch.chdir(folder)
    return folder


REPORT = f"{NAME}.txt"


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", ".", "--color", "always", "--verbose", "--statistics"),
        ("check", ".", "-f", "concise", "--color", "always"),
        ("check", ".", "-f", "grouped"),
        ("check", "--diff", "--unsafe-fixes", "."),
        ("check", "--fix", "."),
        ("check", f"没有{NAME}.txt"),
        ("check", REPORT, "-f", f"json:{REPORT}"),
        ("check", REPORT, "--select", NAME),
        ("check", REPORT, "-f", NAME),
        ("check", REPORT, f"--{NAME}"),
        ("check", REPORT, "--encoding", NAME),
        ("show", REPORT),
        ("show", REPORT, "--format", "tables"),
        ("show", REPORT, "--format", "cells"),
        ("show", REPORT, "--format", "text"),
        ("show", REPORT, "--format", "json"),
        ("show", f"坏{NAME}.docx"),
        ("why", "QS102", REPORT),
        ("why", "SUM004", REPORT),
        ("why", "SUM004", f"坏{NAME}.docx"),
        ("explain", "QS102"),
        ("rules",),
        ("rules", "--format", "json"),
        ("plugins",),
        ("plugins", "--format", "json"),
        ("config", "show", REPORT),
        ("config", "check"),
        ("config", "check", f"没有{NAME}.yaml"),
        ("test", "."),
        ("test", ".", "--coverage"),
        ("baseline", "create", "."),
        ("baseline", "show", "."),
        ("waive", "QS102", REPORT, "--reason", WORDS.replace("\ud800", "")),
        ("waive", "QS102", f"坏{NAME}.docx", "--reason", "甲"),
        ("extract", ".", "-f", "json"),
        ("extract", ".", "-f", "csv"),
        ("annotate", REPORT, "-o", f"{NAME}.html"),
        ("annotate", REPORT, "-o", REPORT),
        ("annotate", ".", "-o", f"{NAME}/"),
        ("check", ".", "-f", "html", "-f", "docx", "--per-file", f"{NAME}/"),
        ("new", "rule", NAME),
        (NAME,),
    ],
    ids=lambda arguments: " ".join(arguments).replace(NAME, "NAME")[:60],
)
def test_no_command_says_what_acts(run: Run, home: Path, arguments: tuple[str, ...]) -> None:
    run("baseline", "create", REPORT) if arguments[:2] == ("baseline", "show") else None
    ended = run(*arguments)
    assert ended.code in (0, 1, 2, 3)
    assert "Traceback" not in ended.err
    ours = ("\x1b[0m", "\x1b[1m", "\x1b[2m", "\x1b[4m", "\x1b[1;31m", "\x1b[1;33m", "\x1b[1;36m")
    for said in (ended.out, ended.err):
        said = said.removeprefix("\ufeff").replace("\r\n", "\n")
        for code in ours if "--color" in arguments else ():
            said = said.replace(code, "")
        assert not acting(said, "\n\t")
        assert "csv" in arguments or not commands(said)
    for file in home.glob("nianbao.*"):  # what it writes beside the reports is read by people too
        assert not acting(file.read_text(encoding="utf-8"))


def test_a_copy_shows_what_acts_as_escapes(run: Run, home: Path) -> None:
    assert run("annotate", REPORT, "-o", "副本.html").code == 0
    page = Page((home / "副本.html").read_text(encoding="utf-8"))
    assert {tag for tag, _ in page.tags} <= {
        *(
            "html",
            "head",
            "meta",
            "title",
            "body",
            "div",
            "mark",
            "style",
            "aside",
            "h2",
            "ol",
            "li",
            "p",
            "a",
            "b",
            "span",
            "table",
            "tbody",
            "tr",
            "td",
        )
    }
    assert {name for _, names in page.tags for name in names} <= {
        *("lang", "charset", "http-equiv", "content", "class", "id", "title", "href"),
        *("name", "colspan", "data-number"),
    }
    words = "\n".join(page.words)
    assert not acting(words, "\n\t")
    assert r"\u202e21\u202c件" in words
    assert "<script>alert(1)</script>" in words


def test_comments_in_word_and_notes_in_a_pdf_show_what_acts_as_escapes() -> None:
    page = docx(p("甲乙"))
    copy = annotated(page, verdict_on(read_docx(page, "a.docx"), [Said("乙", WORDS)]), STYLE)
    (comment,) = (one.text for one in library.Document(io.BytesIO(copy)).comments)
    drawing = drawn([(50.0, 200.0, "甲乙")])
    copy = annotated(drawing, verdict_on(read_pdf(drawing, "a.pdf"), [Said("乙", WORDS)]), STYLE)
    (reference, _) = pypdf.PdfReader(io.BytesIO(copy)).pages[0]["/Annots"]  # the note and its window
    for said in (comment, reference.get_object()["/Contents"]):
        assert not acting(said)
        assert all(shown in said for _, shown in ACTIVE.values())


def test_a_copy_of_a_text_from_a_reader_of_a_plugin_has_no_half_of_a_pair() -> None:
    source = Source(f"甲{WORDS}", f"{WORDS}.txt")
    page = Page(annotated(b"", verdict_on(source, [Said("甲", WORDS)]), STYLE).decode())
    assert not acting("\n".join(page.words), "\n\t")


@pytest.mark.asyncio
@pytest.mark.parametrize("markdown", [True, False])
async def test_an_editor_is_told_nothing_that_acts(home: Path, markdown: bool) -> None:
    from markdown_it import MarkdownIt

    async with editing(home, capabilities(markdown=markdown)) as editor:
        text = (home / REPORT).read_bytes().decode()
        uri = editor.open(home / REPORT, text)
        found = await editor.shown(uri)
        assert {"QS102", "TYP002"} <= {one.code for one in found}
        told = [one.message for one in found]
        told += [about.message for one in found for about in one.related_information or ()]
        for one in found:
            told += [action.title for action in await editor.actions(uri, one.range)]
        symbols = await editor.client.text_document_document_symbol_async(
            types.DocumentSymbolParams(types.TextDocumentIdentifier(uri))
        )
        told += [symbol.name for symbol in symbols or ()]
        for words in ("办事大厅", "甲\x9b", "<script>[甲]"):
            hover = await editor.hover(uri, words)
            assert hover
            told.append(hover)
            if markdown:
                reader = MarkdownIt("gfm-like", {"linkify": False})
                tokens = [child for token in reader.parse(hover) for child in token.children or ()]
                kinds = {
                    "text",
                    "text_special",
                    "softbreak",
                    "strong_open",
                    "strong_close",
                    "link_open",
                    "link_close",
                }
                assert {token.type for token in tokens} <= kinds
                links = [str(token.attrs["href"]) for token in tokens if token.type == "link_open"]
                assert all(link.startswith("file:///") for link in links)  # the page on a rule of ours
                assert "://" not in re.sub(r"\(<file://[^>]*>\)", "", hover)  # what becomes a link by itself
                told += [token.content for token in tokens]
        assert not acting("\n".join(told), "\n\t")
        assert any(r"\u202e21\u202c件" in words for words in told)
