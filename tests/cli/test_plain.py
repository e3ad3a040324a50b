"""A command line that is read without click is read as click reads it."""

from typing import Any

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nianbao.cli.by_click import ClickCommand
from nianbao.cli.command import Command
from nianbao.cli.options import Option
from nianbao.cli.plain import plain
from nianbao.cli.program import program
from nianbao.text.language import Language

NAMES = ("check", "annotate", "extract", "waive", "rules", "trust", "show")
PATHS = ("报告.txt", "文件夹", "-", "", "a b.docx", "--", "-x", "--select=SUM", "-qv", "-fjson", "--stat")
VALUES = (
    "1",
    "0",
    "2024",
    "error",
    "ALWAYS",
    "county",
    "SUM，HDR001, ,",
    "json:x.json",
    "-1",
    "gb18030",
    "没有",
)


def made(name: str, language: Language = "zh") -> Command:
    command = program(language).make(name)
    assert isinstance(command, Command)
    return command


def by_click(command: Command, words: list[str]) -> dict[str, Any] | None:
    """Return what click reads in *words*, None if it refuses them or shows something in the place of all else."""
    try:
        return ClickCommand(command).make_context("nianbao", list(words)).params
    except (click.UsageError, click.exceptions.Exit):
        return None


@st.composite
def lines(draw: st.DrawFn) -> tuple[Command, list[str]]:
    """A command and words that may be meant for it: its options with values fit or not, and paths."""
    command = made(draw(st.sampled_from(NAMES)))
    words: list[str] = []
    for _ in range(draw(st.integers(0, 5))):
        options = [param for param in command.params if isinstance(param, Option)]
        option = draw(st.sampled_from([None, *options]))
        if option is None:
            words.append(draw(st.sampled_from(PATHS)))
            continue
        words.append(draw(st.sampled_from(option.names)))
        if option.word and draw(st.integers(0, 9)):
            words.append(draw(st.sampled_from((*VALUES, *option.word.split("|")))))
    return command, words


@given(lines())
def test_it_is_read_as_click_reads_it(line: tuple[Command, list[str]]) -> None:
    command, words = line
    read = plain(command, words)
    if read is not None:
        assert read == by_click(command, words)


@pytest.mark.parametrize(
    "words",
    [
        ["报告.txt"],
        ["甲.txt", "-", "乙"],
        ["-q", "报告.txt", "--format", "json", "-f", "html:页.html"],
        ["--select", "SUM,HDR001", "--select", "TYP", "报告.txt", "--year", "2024", "--level", "county"],
        ["--fix", "--fix-mode", "direct", "--color", "NEVER", "-j", "4", "报告.txt", "--lang", "en"],
    ],
)
def test_what_people_write_is_plain(words: list[str]) -> None:
    read = plain(made("check"), words)
    assert read is not None
    assert read == by_click(made("check"), words)


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--select=SUM", "报告.txt"],
        ["-qv", "报告.txt"],
        ["-fjson", "报告.txt"],
        ["--stat", "报告.txt"],
        ["--year", "报告.txt"],
        ["--year"],
        ["--select", "-q", "报告.txt"],
        ["--", "报告.txt"],
        ["报告.txt", "--help"],
    ],
)
def test_the_rest_is_left_to_click(words: list[str]) -> None:
    assert plain(made("check"), words) is None


def test_windows_has_click_fill_in_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.name", "nt")
    assert plain(made("check"), ["*.docx"]) is None
