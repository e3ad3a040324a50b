"""`nianbao check --fix`, `--unsafe-fixes` and `--diff` at the command line."""

import os
import shutil
import subprocess
from pathlib import Path
from random import Random

import pytest
from cli.running import Run
from nianbao.testing import compliant
from rendering import html
from rendering.grids import content

TITLE = "五、存在的主要问题及改进情况"


def right_report() -> str:
    return compliant("2021", "county", 3).render()


def wrong_report() -> str:
    """Return the report with a label to be put right, and a title that a person must confirm."""
    draft = compliant("2021", "county", 3)
    draft.rename("review//review_total", "总结")
    text = draft.render()
    assert TITLE in text
    return text.replace(TITLE, "五、存在的问题及改进措施")


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "青禾县.txt"
    path.write_bytes(wrong_report().encode())
    return path


def labelled() -> str:
    """Return the report with the label put right and the title as it was."""
    return wrong_report().replace("总结", "总计")


def test_safe_fixes_are_written_and_the_rest_is_told(run: Run, report: Path) -> None:
    ended = run("check", "--fix", "-f", "concise", report)

    assert report.read_bytes().decode() == labelled()
    assert "SEC004" in ended.out
    assert "SUM007" not in ended.out
    assert "已改正 1 处；改法需要确认 1 处：--fix --unsafe-fixes" in ended.out
    assert ended.code == 0


def test_unsafe_fixes_are_written_where_they_are_asked_for(run: Run, report: Path) -> None:
    ended = run("check", "--fix", "--unsafe-fixes", "-f", "concise", report)

    assert report.read_bytes().decode() == right_report()
    assert "已改正 2 处" in ended.out
    assert "需要确认" not in ended.out


def test_a_second_run_writes_nothing(run: Run, report: Path) -> None:
    run("check", "--fix", "--unsafe-fixes", report)
    before = report.stat()

    ended = run("check", "--fix", "--unsafe-fixes", report)

    assert report.stat().st_mtime_ns == before.st_mtime_ns
    assert report.stat().st_ino == before.st_ino
    assert "已改正" not in ended.out


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", "可自动改 1 处：--fix；改法需要确认 1 处：--fix --unsafe-fixes"),
        ("en", "fixable 1: --fix; fixable once confirmed 1: --fix --unsafe-fixes"),
    ],
)
def test_without_it_the_closing_lines_say_what_could_be_fixed(
    run: Run, report: Path, language: str, words: str
) -> None:
    ended = run("check", report, "--lang", language)

    assert words in ended.out
    assert report.read_bytes().decode() == wrong_report()


def test_quiet_says_nothing_of_it(run: Run, report: Path) -> None:
    assert "--fix" not in run("check", "-q", report).out


# -- a diff ----------------------------------------------------------------------------------------------


def test_a_diff_shows_the_lines_that_would_change_and_writes_nothing(run: Run, report: Path) -> None:
    ended = run("check", "--diff", report)

    assert ended.code == 1
    assert f"--- {report}\n+++ {report}\n" in ended.out
    changed = [line for line in ended.out.splitlines()[2:] if line[:1] in "+-"]
    assert changed == ["-\t总结", "+\t总计"]
    assert report.read_bytes().decode() == wrong_report()
    assert "会改 1 个文件里的 1 处" in ended.err


@pytest.mark.skipif(shutil.which("patch") is None, reason="needs patch")
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_patch_makes_of_the_diff_what_fix_makes(run: Run, report: Path, newline: str) -> None:
    text = wrong_report().replace("\n", newline).rstrip()  # the last line has no end
    report.write_bytes(text.encode())
    diff = run("check", "--diff", "--unsafe-fixes", report).stdout
    run("check", "--fix", "--unsafe-fixes", report)
    fixed = report.read_bytes()

    report.write_bytes(text.encode())
    done = subprocess.run(
        ["patch", "--binary", report], input=diff, capture_output=True, check=False, cwd=report.parent
    )

    assert done.returncode == 0, done.stdout
    assert report.read_bytes() == fixed


def test_where_nothing_would_change_the_code_is_nought(run: Run, right: Path) -> None:
    ended = run("check", "--diff", right)

    assert (ended.code, ended.out) == (0, "")
    assert "没有可改的" in ended.err


def test_a_page_is_shown_by_its_words(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "青禾县.html"
    page.write_bytes(paged())

    ended = run("check", "--diff", page)

    assert ended.code == 1
    changed = [line for line in ended.out.splitlines()[2:] if line[:1] in "+-"]
    assert changed[1] == changed[0].replace("总结", "总计").replace("-", "+", 1)
    assert "|总结|" in changed[0]
    assert "<td>" not in ended.out


def paged() -> bytes:
    """Return the report as a page."""
    draft = compliant("2021", "county", 3)
    draft.rename("review//review_total", "总结")
    blocks = content(draft)
    assert blocks is not None
    return html.clean(blocks, Random(1))


def test_a_private_number_is_not_shown_beside_a_change(run: Run, tmp_path: Path) -> None:
    number = "110101199003078515"
    path = tmp_path / "青禾县.txt"
    text = wrong_report().replace("\t总结", "\t总结", 1)
    at = text.index("五、")
    path.write_bytes(f"{text[:at]}联系人身份证号{number}。\n{text[at:]}".encode())

    ended = run("check", "--diff", "--unsafe-fixes", path)

    assert "身份证号" in ended.out
    assert number not in ended.out


# -- standard input --------------------------------------------------------------------------------------


def test_what_standard_input_becomes_goes_to_standard_output(run: Run) -> None:
    ended = run("check", "--fix", "-", "-f", "concise", stdin=wrong_report().encode("gb18030"))

    assert ended.stdout == labelled().encode("gb18030")
    assert "SEC004" in ended.err
    assert "已改正 1 处" in ended.err


def test_standard_input_that_nothing_is_to_be_done_to_goes_through(run: Run) -> None:
    text = right_report().encode()

    assert run("check", "--fix", "-", stdin=text).stdout == text


def test_standard_input_that_cannot_be_read_goes_through(run: Run) -> None:
    ended = run("check", "--fix", "-", stdin=b"\x00\x01" * 500)

    assert ended.stdout == b"\x00\x01" * 500
    assert ended.code == 3


# -- what stays as it is ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "answer",
    [("waive", "SUM007", "青禾县.txt", "--reason", "原件如此"), ("baseline", "create", "青禾县.txt")],
    ids=["waived", "in the baseline"],
)
def test_what_is_answered_for_is_not_fixed(
    run: Run, report: Path, monkeypatch: pytest.MonkeyPatch, answer: tuple[str, ...]
) -> None:
    monkeypatch.chdir(report.parent)
    assert run(*answer).code == 0

    run("check", "--fix", report.name)

    assert report.read_bytes().decode() == wrong_report()


def test_only_what_was_chosen_is_fixed(run: Run, report: Path) -> None:
    run("check", "--fix", "--unsafe-fixes", "--select", "SEC", report)

    assert report.read_bytes().decode() == wrong_report().replace("五、存在的问题及改进措施", TITLE)


def test_a_pdf_is_never_changed(run: Run, tmp_path: Path) -> None:
    pytest.importorskip("pypdfium2_raw")
    corpus = Path(__file__).parents[3] / "shared" / "corpus"
    reports = sorted(corpus.glob("*.pdf")) if corpus.exists() else []
    if not reports:
        pytest.skip("no published report in PDF at hand")
    for report in reports:
        shutil.copy(report, tmp_path)
        copy = tmp_path / report.name

        ended = run("check", "--fix", "--unsafe-fixes", copy)

        assert copy.read_bytes() == report.read_bytes()
        assert ended.err == "" or "PDF 不能改" in ended.err


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--unsafe-fixes"], "--fix 或 --diff"),
        (["--diff", "-f", "json"], "-f"),
        (["--fix", "--fix-mode", "other"], "tracked、direct"),
    ],
)
def test_options_that_do_not_go_together_are_refused(
    run: Run, report: Path, options: list[str], words: str
) -> None:
    ended = run("check", *options, report)

    assert ended.code == 2
    assert words in ended.err
    assert report.read_bytes().decode() == wrong_report()


def test_a_file_that_cannot_be_written_is_said_to_be_so(
    run: Run, report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: str, data: bytes, was: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("nianbao.files.replace.replace", full)

    ended = run("check", "--fix", report)

    assert ended.code == 2
    assert f"{report}：磁盘空间不够" in ended.err
    assert report.read_bytes().decode() == wrong_report()


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own on Windows")
def test_what_a_link_leads_to_outside_the_folder_is_judged_and_not_fixed(run: Run, tmp_path: Path) -> None:
    folder, outside = tmp_path / "in", tmp_path / "青禾县.txt"
    folder.mkdir()
    outside.write_text(wrong_report(), encoding="utf-8")
    before = outside.read_bytes()
    link = folder / "最新.txt"
    link.symlink_to(outside)
    assert run("check", folder, "--select", "SUM007").code in (0, 1)
    refused = run("check", folder, "--fix", "--unsafe-fixes")
    assert (refused.code, outside.read_bytes()) == (2, before)
    assert "最新.txt 是链接" in refused.err
    assert len(refused.err.splitlines()) == 1
    assert run("check", folder, link, "--fix", "--unsafe-fixes").code != 2
    assert outside.read_bytes() != before
    assert link.is_symlink()


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own on Windows")
def test_what_a_link_leads_to_within_the_folder_is_fixed(run: Run, tmp_path: Path) -> None:
    """By whatever name the folder goes."""
    folder = tmp_path / "in"
    (folder / "旧").mkdir(parents=True)
    report = folder / "旧" / "青禾县.txt"
    report.write_text(wrong_report(), encoding="utf-8")
    before = report.read_bytes()
    (folder / "最新.txt").symlink_to(report)
    (tmp_path / "年报").symlink_to(folder)
    assert run("check", tmp_path / "年报", "--exclude", "旧/", "--fix", "--unsafe-fixes").code != 2
    assert report.read_bytes() != before
