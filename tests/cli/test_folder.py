"""A folder on the command line: what is not checked is refused or left out, counted and named."""

import json
import os
from pathlib import Path
from xml.etree import ElementTree

import pytest
from cli.conftest import doubtful, right, run, wrong
from cli.running import Run
from nianbao.testing import compliant

__all__ = ["doubtful", "right", "run", "wrong"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A report without fault, and files that are not checked."""
    home = tmp_path / "各镇"
    home.mkdir()
    (home / "云岭.txt").write_text(compliant("2021", "county", 3).render(), encoding="utf-8")
    for name in ("印章.png", "~$云岭.docx", ".gitignore"):
        (home / name).write_bytes(b"")
    return home


def test_ordinary_files_are_counted_and_change_no_verdict(run: Run, folder: Path) -> None:
    ended = run("check", folder, "--select", "SUM", "--lang", "zh")
    assert ended.code == 0
    assert "另有 3 个没有列为报告：其他文件 1，隐藏的 1，办公软件的临时文件 1" in ended.out.replace(
        "\n  ", ""
    )
    assert "印章.png" not in ended.out
    assert ended.out.startswith("√ 1 个文件")


def test_they_are_named_if_more_is_asked_for(run: Run, folder: Path) -> None:
    ended = run("check", folder, "--select", "SUM", "--lang", "en", "-v")
    words = " ".join(ended.out.split())
    assert "left out as no reports: 3 (other files 1, hidden 1, lock files 1)" in words
    assert "印章.png other files" in words


@pytest.mark.parametrize(
    ("language", "first", "reason"),
    [
        ("zh", "！ 2 个没有读成，没有结论\n", "读不了这种格式（.ceb）"),
        ("en", "！ not read, so without a verdict: 2\n", "files of this kind (.ceb) cannot be read"),
    ],
)
def test_a_likely_report_that_was_not_judged_comes_first_and_is_3(
    run: Run, folder: Path, language: str, first: str, reason: str
) -> None:
    (folder / "青禾.ceb").write_bytes(b"PK")
    os.mkfifo(folder / "石桥.docx")
    ended = run("check", folder, "--select", "SUM", "--lang", language)
    assert ended.code == 3
    assert ended.out.startswith(first)
    assert f"{folder / '青禾.ceb'}: {reason}" in ended.err
    assert str(folder / "石桥.docx") in ended.err


def test_an_error_that_is_found_is_1_all_the_same(run: Run, folder: Path, wrong: Path) -> None:
    (folder / "青禾.ceb").write_bytes(b"PK")
    (folder / "有误.txt").write_bytes(wrong.read_bytes())
    ended = run("check", folder, "--select", "SUM", "--lang", "zh")
    assert ended.code == 1
    assert "！ 1 个没有读成，没有结论\n× 3 个文件" in ended.out


def test_what_is_excluded_is_no_gap(run: Run, folder: Path) -> None:
    (folder / "青禾.ceb").write_bytes(b"PK")
    ended = run("check", folder, "--select", "SUM", "--exclude", "*.ceb", "--lang", "zh")
    assert ended.code == 0
    assert "--exclude 排除的 1" in ended.out


def test_programs_are_given_each_file(run: Run, folder: Path) -> None:
    (folder / "青禾.ceb").write_bytes(b"PK")
    left = [(".gitignore", "hidden"), ("~$云岭.docx", "lock"), ("印章.png", "other")]

    whole = run("check", folder, "-f", "json", "--select", "SUM").json()
    assert [(Path(d["path"]).name, d["error"] is None) for d in whole["documents"]] == [
        ("云岭.txt", True),
        ("青禾.ceb", False),
    ]
    summary = whole["summary"]
    assert [(Path(f["path"]).name, f["reason"]) for f in summary["left_out"]] == left
    assert (summary["files"], summary["unread"], summary["unjudged"], summary["exit_code"]) == (2, 1, 0, 3)
    *_, last = run("check", folder, "-f", "jsonl", "--select", "SUM").lines()
    assert last["left_out"] == summary["left_out"]

    (log,) = json.loads(run("check", folder, "-f", "sarif", "--select", "SUM").stdout)["runs"]
    levels = [n["level"] for n in log["invocations"][0]["toolExecutionNotifications"]]
    assert (levels.count("none"), levels.count("error")) == (3, 1)
    suites = ElementTree.fromstring(run("check", folder, "-f", "junit", "--select", "SUM").stdout)
    assert [suite.find("testcase/skipped") is not None for suite in suites[-3:]] == [True] * 3


def test_the_list_and_the_workbook_name_each_file(run: Run, folder: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="the workbook is read by openpyxl")
    book, page = folder.parent / "表.xlsx", folder.parent / "单.html"
    run("check", folder, "-f", f"xlsx:{book}", "-f", f"html:{page}", "--select", "SUM")
    rows = openpyxl.load_workbook(book)["未报送与未读"].iter_rows(min_row=2, values_only=True)
    assert [(Path(path).name, reason) for *_, reason, path in rows if path] == [
        (".gitignore", "隐藏的"),
        ("~$云岭.docx", "办公软件的临时文件"),
        ("印章.png", "其他文件"),
    ]
    text = page.read_text("utf-8")
    assert "印章.png" in text
    assert "另有 3 个没有列为报告" in text


def test_our_own_results_are_no_reports(run: Run, folder: Path) -> None:
    pytest.importorskip("xlsxwriter", reason="xlsxwriter writes the workbook")
    results = {
        "html": "单.html",
        "xlsx": "表.xlsx",
        "json": "年报.json",
        "full": "结果.txt",
        "markdown": "评论.md",
    }
    command = [word for name, file in results.items() for word in ("-f", f"{name}:{folder / file}")]
    run("check", folder / "云岭.txt", *command, "--select", "SUM")
    for _ in range(2):  # written over by the second
        ended = run("check", folder, "-f", f"html:{folder / '单.html'}", "-f", "json", "--select", "SUM")
        assert ended.code == 0
        left = {Path(f["path"]).name: f["reason"] for f in ended.json()["summary"]["left_out"]}
        assert {left[file] for file in results.values()} == {"result"}


@pytest.mark.parametrize("suffix", ["docx", "html", "txt"])
def test_an_annotated_copy_is_no_second_report(run: Run, folder: Path, suffix: str) -> None:
    draft = compliant("2021", "county", 3, "pipes").render() + "\n截止2024年12月31日，各项工作已经完成。\n"
    report = folder / f"石桥.{suffix}"
    if suffix == "docx":
        docx = pytest.importorskip("docx")
        written = docx.Document()
        for line in draft.split("\n"):
            written.add_paragraph(line)
        written.save(report)
    else:
        body = f"<html><body><pre>{draft}</pre></body></html>" if suffix == "html" else draft
        report.write_text(body, encoding="utf-8")
    copy = folder / f"石桥-批注.{'html' if suffix == 'txt' else suffix}"
    assert run("annotate", report, "-o", copy).code in (0, 1, 3)

    def ended(name: str) -> str:
        whole = run("check", folder, "-f", "json", "--select", "SUM").json()
        left = {Path(f["path"]).name: f["reason"] for f in whole["summary"]["left_out"]}
        errors = {Path(d["path"]).name: d["error"] for d in whole["documents"]}
        return left.get(name) or errors[name] or "judged"

    assert ended(copy.name) == "copy"
    assert ended(report.name) == "judged"
    report.unlink()
    (folder / "青禾.txt").write_bytes((folder / "云岭.txt").read_bytes())
    assert "批注副本" in ended(copy.name)  # it may have been corrected and sent back alone
    named = run("check", copy, "-f", "json", "--select", "SUM").json()
    assert named["documents"][0]["error"] is None


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("copy", None),
        ("Copy (2)", None),
        ("带批注", None),
        ("批注副本", None),
        ("notes", None),
        ("报送稿", None),
        ("云岭已标注版", None),
        ("石桥-annotated", "它的报告不在这个文件夹里"),
        ("石桥（带批注）", "它的报告不在这个文件夹里"),
    ],
)
def test_that_the_report_of_a_copy_is_missing_is_said_only_if_its_name_tells(
    run: Run, folder: Path, name: str, error: str | None
) -> None:
    (folder / "青禾.txt").write_bytes((folder / "云岭.txt").read_bytes())
    copy = folder / f"{name}.html"
    copy.write_text('<p>报告</p><aside class="nianbao-notes"></aside>', encoding="utf-8")
    whole = run("check", folder, "-f", "json", "--select", "SUM").json()
    left = {Path(f["path"]).name: f["reason"] for f in whole["summary"]["left_out"]}
    errors = {Path(d["path"]).name: d["error"] for d in whole["documents"]}
    if error is None:
        assert left[copy.name] == "copy"
        assert whole["summary"]["unread"] == 0
    else:
        assert error in errors[copy.name]


@pytest.mark.parametrize("command", [["extract"], ["baseline", "create"]])
def test_every_command_walks_alike(run: Run, folder: Path, command: list[str]) -> None:
    (folder / "青禾.ceb").write_bytes(b"PK")
    ended = run(*command, folder)
    assert ended.code == 3
    assert f"{folder / '青禾.ceb'}: " in ended.err
