"""An OFD on the command line: checked and shown like any report, never changed, annotated on a web page."""

import re
from pathlib import Path
from random import Random

import pytest
from annotate.judging import IDENTITY, faulty
from cli.running import Run
from nianbao.testing import compliant
from rendering import DOCUMENTS, content
from rendering.ofd import document, ofd

SIGNED = {"D/S.xml": '<Signatures><Signature ID="1" BaseLoc="Sign.xml"/></Signatures>'}


@pytest.fixture
def drawn(tmp_path: Path) -> Path:
    """The faulty report as OFD."""
    path = tmp_path / "青禾县.ofd"
    path.write_bytes(ofd(faulty(), Random(1)))
    return path


@pytest.fixture
def signed(tmp_path: Path) -> Path:
    """A page of a few words that is signed."""
    path = tmp_path / "签章.ofd"
    words = '<TextObject Size="5" Boundary="20 30 90 9"><TextCode X="0" Y="5">一、总体情况</TextCode></TextObject>'
    path.write_bytes(document(words, body="<Signatures>D/S.xml</Signatures>", more=SIGNED))
    return path


def test_it_has_the_findings_of_the_word_file_that_it_equals(run: Run, drawn: Path, tmp_path: Path) -> None:
    word = tmp_path / "word" / "青禾县.docx"
    word.parent.mkdir()
    word.write_bytes(DOCUMENTS["docx"](faulty(), Random(1)))
    here, there = (run("check", path, "--format", "json").json() for path in (drawn, word))
    assert [d["format"] for d in here["documents"]] == ["ofd"]
    said = [
        [(f["code"], f["fingerprint"], f["message"], f["span"]["text"]) for f in whole["findings"]]
        for whole in (here, there)
    ]
    assert said[0] == said[1] != []
    origins = [f["span"]["origin"] for f in here["findings"] if f["span"]["origin"]]
    assert all(origin["page"] >= 1 and len(origin["box"]) == 4 for origin in origins)
    assert origins


def test_a_cell_is_shown_with_the_page_that_it_is_on(run: Run, drawn: Path) -> None:
    ended = run("show", drawn, "--format", "cells")
    assert ended.code == 0
    pages = [int(said) for said in re.findall(r"第 (\d+) 页", ended.out)]
    assert len(pages) == len(ended.out.splitlines())
    assert pages == sorted(pages)
    assert len(set(pages)) > 1


def test_it_is_found_in_a_folder(run: Run, drawn: Path) -> None:
    whole = run("check", drawn.parent, "--format", "json").json()
    assert [Path(one["path"]).name for one in whole["documents"]] == [drawn.name]


def test_it_is_never_changed(run: Run, tmp_path: Path) -> None:
    """Though a label in it has one right wording."""
    draft = compliant("2021", "county", 3)
    draft.rename("review//review_total", "总结")
    blocks = content(draft)
    assert blocks is not None
    path = tmp_path / "青禾县.ofd"
    path.write_bytes(ofd(blocks, Random(1)))
    before = path.read_bytes()
    for mode in ("--fix", "--diff"):
        ended = run("check", mode, path)
        assert "OFD 不能改" in ended.err
        assert path.read_bytes() == before
    ended = run("check", path)
    assert "SUM007" in ended.out
    assert "可自动改" not in ended.out


def test_what_is_found_in_it_is_shown_on_a_page(run: Run, drawn: Path, tmp_path: Path) -> None:
    out = tmp_path / "批注.html"
    assert run("annotate", drawn, "-o", out).code == 1
    page = out.read_text(encoding="utf-8")
    assert "<mark" in page
    assert "<table" in page
    assert "SUM004" in page
    assert IDENTITY not in page
    ended = run("annotate", drawn, "-o", tmp_path / "批注.ofd")
    assert ended.code == 2
    assert ".html" in ended.err
    folder = tmp_path / "批注"
    run("annotate", drawn, "-o", f"{folder}/")
    assert [path.name for path in folder.iterdir()] == ["青禾县.html"]


def test_that_it_is_signed_is_said_and_changes_no_verdict(run: Run, signed: Path, drawn: Path) -> None:
    """By what is for people; in JSON it is a report like any other."""
    for ended in (run("show", signed), run("check", signed)):
        assert ended.out.count("带有电子签章") == 1
    assert "it is signed" not in run("check", signed, "--lang", "zh").out
    assert "the OFD is signed" in run("show", signed, "--lang", "en").out
    assert "签章" not in run("check", drawn).out
