"""The program as a whole: how it is started, and words that are no command."""

import subprocess
import sys
from pathlib import Path

import pytest
from cli.running import PATIENCE, Run, environment, wrong_total
from nianbao import __version__


def module(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run `python -m nianbao`."""
    command = [sys.executable, "-m", "nianbao", *arguments]
    return subprocess.run(
        command, env=environment(), capture_output=True, check=False, timeout=PATIENCE, cwd="."
    )


def test_the_module_is_the_command(tmp_path: Path) -> None:
    report = tmp_path / "有误.txt"
    report.write_text(wrong_total(), encoding="utf-8")
    assert module("--version").stdout.decode() == f"nianbao {__version__}\n"
    checked = module("check", str(report), "-f", "concise")
    assert checked.returncode == 1
    assert "SUM004" in checked.stdout.decode()


def test_the_module_calls_itself_by_the_name_of_the_command() -> None:
    ended = module("check", "--no-such-option")
    assert ended.returncode == 2
    assert ended.stderr.decode().startswith("用法：nianbao check ")


@pytest.mark.parametrize("name", ["报告.docx", "报告.PDF", "没有写完的 年报.txt"])
def test_a_word_that_ends_like_a_report_is_to_be_checked(name: str, run: Run) -> None:
    """The file need not be there: check says then that it is not."""
    ended = run(name)
    shown = f'"{name}"' if " " in name else name
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == f"错误：没有命令 {name}，是不是 nianbao check {shown}？\n"


@pytest.mark.parametrize("is_folder", [True, False])
def test_a_file_or_a_folder_that_is_there_is_to_be_checked_with_its_options(
    is_folder: bool, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = tmp_path / "乡镇年报"
    there.mkdir() if is_folder else there.touch()
    monkeypatch.chdir(tmp_path)
    ended = run("乡镇年报", "-f", "json", "--lang", "en")
    assert ended.code == 2
    assert ended.err == (
        "Error: no command 乡镇年报; did you mean nianbao check 乡镇年报 -f json --lang en?\n"
    )


@pytest.mark.parametrize(("typed", "meant"), [("chek", "check"), ("explian", "explain"), ("rule", "rules")])
def test_a_typing_error_has_the_nearest_command(typed: str, meant: str, run: Run) -> None:
    ended = run(typed)
    assert ended.code == 2
    assert ended.err.endswith(f"错误：没有命令 {typed}，是不是 {meant}？\n")


def test_another_word_has_no_suggestion(run: Run) -> None:
    ended = run("乡镇")
    assert ended.code == 2
    assert ended.err.endswith("错误：没有命令 乡镇\n")
