"""The engine of the page, run in Node as it is in the page, says and writes what the command does."""

import io
import json
import re
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Any

import pytest
from labels import CORPUS
from nianbao.reporters.formats import FORMATS
from nianbao.testing import compliant
from page.engine import Engine, command
from rendering import DOCUMENTS, TEXTS, content
from rendering.hostile import HOSTILE

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
DRAFT = EXAMPLES / "qinghe-2025.txt"
# The time of a note, of a change, of a workbook.
_TIME = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def _reports() -> Iterator[Any]:
    for folder in (EXAMPLES, CORPUS, CORPUS / "pages"):
        for path in sorted(folder.glob("*")):
            if path.suffix in (".txt", ".md", ".html", ".htm", ".pdf", ".docx"):
                yield pytest.param(path, id=path.name[:24])


def _put(folder: Path, *paths: Path) -> list[str]:
    return [Path(shutil.copy(path, folder)).name for path in paths]


def _saved(engine: Engine, report: int | None, kind: str) -> bytes:
    data: bytes = engine.call("save", report=report, **{"as": kind})["bytes"]
    return data


def _members(data: bytes) -> Mapping[str, bytes]:
    """Return what is in the archive *data*, or *data* itself, without the times of writing."""
    if not data.startswith(b"PK"):
        return {"": data}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: _TIME.sub(b"", archive.read(name)) for name in archive.namelist()}


def _found(engine: Engine, report: int) -> list[Any]:
    found: list[Any] = engine.call("view", report=report)["findings"]
    return found


@pytest.mark.parametrize("path", list(_reports()))
def test_a_report_is_judged_as_by_the_command(engine: Engine, path: Path, tmp_path: Path) -> None:
    (report,) = engine.open(path)["added"]
    (name,) = _put(tmp_path, path)
    done = command(tmp_path, "check", name, "-f", "json", "--no-cache")
    assert json.loads(_saved(engine, report, "json")) == json.loads(done.stdout)
    records = [finding["record"] for finding in _found(engine, report)]
    assert records == json.loads(done.stdout)["findings"]


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["docx", "html, CMS", "txt, GB18030", "md, tables in HTML"])
def test_generated_reports_are_judged_as_by_the_command(engine: Engine, kind: str, tmp_path: Path) -> None:
    """Twenty-five in each of four formats, every other with a figure that is wrong."""
    writer, suffix = {**DOCUMENTS, **TEXTS}[kind], kind.partition(",")[0]
    for seed in range(25):
        rng = Random(seed)
        draft = compliant("2021", rng.choice(("township", "bureau", "county")), seed)
        if seed % 2:
            draft.set("applications/received/total", "9999")
        blocks = content(draft)
        assert blocks is not None
        (tmp_path / f"{seed}.{suffix}").write_bytes(writer(blocks, rng))
    paths = sorted(tmp_path.iterdir())
    engine.open(*paths)
    done = command(tmp_path, "check", *(path.name for path in paths), "-f", "json", "--no-cache")
    found = json.loads(done.stdout)
    assert len(found["findings"]) >= 12
    assert json.loads(_saved(engine, None, "json")) == found


@pytest.fixture(scope="module")
def draft_as_docx(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Word file with a wrong sum, which has no fix, and a date that is not whole, which has one."""
    draft = compliant("2021", "township", 5)
    draft.set("applications/received/natural_person", "9999")
    path = tmp_path_factory.mktemp("draft") / "草稿.docx"
    text = draft.render()
    assert "12月31日" in text
    blocks = content(draft, text.replace("12月31日", "12月31"))
    assert blocks is not None
    path.write_bytes(DOCUMENTS["docx"](blocks, Random(1)))
    return path


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", ["txt", "docx"])
def test_every_format_is_written_as_by_the_command(
    engine: Engine, kind: str, language: str, draft_as_docx: Path, tmp_path: Path
) -> None:
    path = {"txt": DRAFT, "docx": draft_as_docx}[kind]
    (report,) = engine.open(path)["added"]
    (name,) = _put(tmp_path, path)
    names = [each.name for each in FORMATS if each.name != "score"]
    outputs = [word for each in names for word in ("-f", f"{each}:{tmp_path / each}.out")]
    command(tmp_path, f"--lang={language}", "check", name, *outputs, "--no-cache")
    assert set(names) < set(engine.call("view", report=report)["saves"])
    for each in names:
        saved = engine.call("save", report=report, language=language, **{"as": each})["bytes"]
        assert _members(saved) == _members((tmp_path / f"{each}.out").read_bytes()), each


@pytest.mark.parametrize("kind", ["txt", "docx"])
def test_a_copy_with_notes_is_that_of_the_command(
    engine: Engine, kind: str, draft_as_docx: Path, tmp_path: Path
) -> None:
    path = {"txt": DRAFT, "docx": draft_as_docx}[kind]
    (report,) = engine.open(path)["added"]
    (name,) = _put(tmp_path, path)
    copy = engine.call("save", report=report, **{"as": "comments"})
    command(tmp_path, "annotate", name, "-o", f"{tmp_path / 'copies'}/")
    (made,) = (tmp_path / "copies").glob("[!.]*")
    assert (Path(copy["name"]).stem, Path(copy["name"]).suffix) == (f"{path.stem}-批注", made.suffix)
    assert _members(copy["bytes"]) == _members(made.read_bytes())


@pytest.mark.parametrize("mode", ["tracked", "direct"])
def test_fixes_that_are_taken_are_written_as_by_the_command(
    engine: Engine, mode: str, draft_as_docx: Path, tmp_path: Path
) -> None:
    (report,) = engine.open(draft_as_docx)["added"]
    changed = engine.call("fixAll", report=report)
    (name,) = _put(tmp_path, draft_as_docx)
    command(tmp_path, "check", name, "--fix", f"--fix-mode={mode}")
    written = (tmp_path / name).read_bytes()
    assert written != draft_as_docx.read_bytes()
    saved = engine.call("save", report=report, **{"as": mode})
    assert saved["name"] == {"tracked": "草稿-修订.docx", "direct": "草稿-改好.docx"}[mode]
    assert _members(saved["bytes"]) == _members(written)
    assert not [
        finding for finding in changed["view"]["findings"] if (finding["record"]["fix"] or {}).get("safe")
    ]


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_what_the_command_refuses_is_refused_and_the_page_goes_on(
    engine: Engine, name: str, tmp_path: Path
) -> None:
    path = tmp_path / name.replace("/", "-")
    path.write_bytes(HOSTILE[name]())
    (report,) = engine.open(path)["added"]
    done = command(tmp_path, "check", path.name, "-f", "json", "--no-cache")
    (document,) = json.loads(done.stdout)["documents"]
    assert engine.call("view", report=report)["document"] == document
    engine.call("close", report=report)
    (right,) = engine.open(EXAMPLES / "qinghe-2024.txt")["added"]
    assert _found(engine, right) == []


def test_a_file_that_is_too_large_is_not_even_read(engine: Engine) -> None:
    opened = engine.call("open", [None], names=["扫描.pdf"])
    (entry,) = engine.call("settle")["reports"] if opened["waiting"] else opened["reports"]
    assert entry["standing"] == "unread"
    assert "50 MiB" in entry["error"]


def test_a_word_file_of_long_ago_is_to_be_saved_as_docx(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "旧稿.doc"
    path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(1016)
        + "WordDocument\0".encode("utf-16-le").ljust(64, b"\0")
        + b"\x1a\0"
        + bytes(3000)
    )
    (report,) = engine.open(path)["added"]
    assert "另存为 .docx" in engine.call("view", report=report)["entry"]["error"]


def test_pairs_of_years_are_compared_as_in_one_run(engine: Engine, tmp_path: Path) -> None:
    paths = (EXAMPLES / "qinghe-2024.txt", DRAFT)
    before, now = engine.open(*paths)["added"]
    names = _put(tmp_path, *paths)
    done = command(tmp_path, "check", *names, "-f", "json", "--no-cache")
    assert json.loads(_saved(engine, None, "json")) == json.loads(done.stdout)
    entries = {entry["report"]: entry for entry in engine.open()["reports"]}
    assert entries[now]["compared"] == [before]


def test_settings_that_are_dropped_hold_for_what_is_open(engine: Engine, tmp_path: Path) -> None:
    report, city, rules = EXAMPLES / "linchuan-2020.md", EXAMPLES / "city.yaml", EXAMPLES / "city.rules.yaml"
    engine.open(report)
    opened = engine.open(rules, city)
    assert {file["name"]: file["kind"] for file in opened["settings"]} == {
        "city.rules.yaml": "rules",
        "city.yaml": "settings",
    }
    (name, *_) = _put(tmp_path, report, city, rules)
    done = command(tmp_path, "check", name, "--config", "city.yaml", "-f", "json", "--no-cache")
    assert json.loads(_saved(engine, None, "json")) == json.loads(done.stdout)
    score = command(tmp_path, "check", name, "--config", "city.yaml", "-f", "score", "--no-cache")
    assert _saved(engine, None, "score").decode("utf-8-sig") == score.stdout.decode("utf-8-sig")
