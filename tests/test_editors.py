"""What docs/editors gives for each editor, read by the editor itself: it shows the finding at the right words.

What the language server does in Neovim and Emacs beyond that is in tests/lsp.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from cli.running import PATIENCE
from needs import program
from nianbao.testing import compliant

EDITORS = Path(__file__).parents[1] / "docs" / "editors"
ALE = Path("/usr/share/vim-ale")  # where Debian's vim-ale has it
BEFORE = "\t𠮷山村👨‍👩‍👧é组，"
WRONG = "截止"
AFTER = "2025年12月31日，村级公开栏全部补上了二维码。"

VIMRC = """\
set nocompatible encoding=utf-8 fileencodings=ucs-bom,utf-8,gb18030
set runtimepath^={ale}
filetype plugin on
let g:ale_linters_explicit = 1
let g:ale_linters = {{'text': ['nianbao'], 'markdown': ['nianbao'], 'html': ['nianbao']}}
autocmd User ALELintPost let g:linted = 1
source {editors}/vim-ale.vim
"""
LISTED = """\
while !exists('g:linted')
  sleep 20m
endwhile
call writefile([json_encode(g:ale_buffer_info[bufnr('')].loclist)], 'listed.json')
qall!
"""


class Item(NamedTuple):
    """A finding as an editor lists it; columns from 1, in its own unit, the last one within."""

    code: str
    line: int
    start: int
    end: int
    severity: str


def _report() -> str:
    """Return a report without a fault but for one word, behind characters of every width."""
    text = compliant("2021", "township", 3).render()
    head, title, rest = text.partition("二、主动公开政府信息情况\n")
    assert title
    return f"{head}{BEFORE}{WRONG}{AFTER}\n{title}{rest}"


def _line(text: str) -> int:
    return text[: text.index(WRONG)].count("\n") + 1


def _environment() -> Mapping[str, str]:
    """Return the variables with which an editor finds the program that is tested here."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "LC_ALL": "C.UTF-8"}


def _run(folder: Path, *words: object, given: str = "") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [str(word) for word in words],
        cwd=folder,
        env=_environment(),
        input=given.encode(),
        capture_output=True,
        check=False,
        timeout=PATIENCE,
    )


# -- Vim with ALE --------------------------------------------------------------------------------------


def _listed(file: Path) -> Sequence[dict[str, Any]]:
    """Return what ALE lists in a Vim that has opened *file*."""
    vim = program("vim")
    if not ALE.is_dir():
        pytest.skip("vim-ale is not installed")
    folder = file.parent
    (folder / "vimrc").write_text(VIMRC.format(ale=ALE, editors=EDITORS), encoding="utf-8")
    (folder / "listed.vim").write_text(LISTED, encoding="utf-8")
    flags = ("-N", "-n", "-i", "NONE", "-u", "vimrc", "-es")
    done = _run(folder, vim, *flags, file.name, "-S", "listed.vim")
    assert done.returncode == 0, done.stdout + done.stderr
    listed: list[dict[str, Any]] = json.loads((folder / "listed.json").read_text(encoding="utf-8"))
    return listed


def _items(file: Path) -> list[Item]:
    return [Item(one["code"], one["lnum"], one["col"], one["end_col"], one["type"]) for one in _listed(file)]


def _in_bytes(text: str) -> Item:
    start = len(BEFORE.encode()) + 1
    return Item("TYP001", _line(text), start, start + len(WRONG.encode()) - 1, "W")


@pytest.mark.parametrize("name", ["年报.txt", "年 报.md"])
def test_ale_marks_the_very_bytes_of_a_word(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_text(_report(), encoding="utf-8", newline="")
    assert _items(file) == [_in_bytes(_report())]


@pytest.mark.parametrize(("encoding", "newline"), [("gb18030", "\n"), ("utf-8-sig", "\n"), ("utf-8", "\r\n")])
def test_ale_counts_what_stands_in_vim_and_not_in_the_file(
    tmp_path: Path, encoding: str, newline: str
) -> None:
    file = tmp_path / "年报.txt"
    file.write_text(_report(), encoding=encoding, newline=newline)
    assert _items(file) == [_in_bytes(_report())]


def test_ale_has_the_remedy_and_the_clause_in_its_detail(tmp_path: Path) -> None:
    file = tmp_path / "年报.txt"
    file.write_text(_report(), encoding="utf-8")
    (one,) = _listed(file)
    assert "截至" in one["text"]
    assert "《中华人民共和国国家通用语言文字法》第九条" in one["detail"]


def test_ale_says_nothing_of_a_text_that_is_no_report(tmp_path: Path) -> None:
    file = tmp_path / "README.md"
    file.write_text("# 说明\n\n本文件夹存放会议记录。\n", encoding="utf-8")
    assert _listed(file) == []


def test_ale_says_nothing_of_what_somebody_has_answered_for(tmp_path: Path) -> None:
    file = tmp_path / "年报.md"
    kept = "<!-- nianbao: ignore TYP001 引自来文，原文如此 -->"
    file.write_text(_report().replace(AFTER, f"{AFTER} {kept}"), encoding="utf-8")
    assert _listed(file) == []


def test_ale_shows_why_nothing_was_checked(tmp_path: Path) -> None:
    file = tmp_path / "年报.txt"
    file.write_text(_report(), encoding="utf-8")
    (tmp_path / "nianbao.yaml").write_text("ignroe: [TYP001]\n", encoding="utf-8")
    (one,) = _listed(file)
    assert (one["lnum"], one["type"]) == (1, "E")
    assert "ignroe" in one["text"]


# -- Neovim ----------------------------------------------------------------------------------------------

SHOWN = """\
local found = function() return #vim.diagnostic.get(0) > 0 end
vim.wait(50000, found, 20)
local shown = vim.tbl_map(function(one)
  local code = one.code or one.user_data.lsp.code
  return { code, one.lnum + 1, one.col + 1, one.end_col, ({ "E", "W", "I" })[one.severity] }
end, vim.diagnostic.get(0))
vim.fn.writefile({ vim.fn.json_encode({ shown, #vim.lsp.get_active_clients() }) }, "shown.json")
vim.cmd("qall!")
"""


def _shown(folder: Path, *files: str) -> tuple[list[Item], int]:
    """Return what Neovim shows of the last of *files*, opened by our configuration alone, and how many servers run."""
    (folder / "shown.lua").write_text(SHOWN, encoding="utf-8")
    flags = ("--headless", "-i", "NONE", "-n", "-u", EDITORS / "neovim.lua")
    last = ("-c", "last") if len(files) > 1 else ()
    done = _run(folder, program("nvim"), *flags, *files, *last, "-S", "shown.lua")
    assert done.returncode == 0, done.stderr
    shown, servers = json.loads((folder / "shown.json").read_text(encoding="utf-8"))
    return [Item(*one) for one in shown], servers


def test_neovim_marks_the_very_bytes_of_a_word(tmp_path: Path) -> None:
    (tmp_path / "年报.txt").write_text(_report(), encoding="utf-8")
    assert _shown(tmp_path, "年报.txt") == ([_in_bytes(_report())], 1)


def test_neovim_has_one_server_for_a_folder_and_those_below_its_settings(tmp_path: Path) -> None:
    (tmp_path / "nianbao.yaml").write_text("level: township\n", encoding="utf-8")
    (tmp_path / "乡镇").mkdir()
    for name in ("甲.txt", "乡镇/乙.md"):
        (tmp_path / name).write_text(_report(), encoding="utf-8")
    assert _shown(tmp_path, "甲.txt", "乡镇/乙.md") == ([_in_bytes(_report())], 1)


def test_neovim_checks_settings_as_well(tmp_path: Path) -> None:
    (tmp_path / "nianbao.yaml").write_text("ignroe: [TYP001]\n", encoding="utf-8")
    shown, _ = _shown(tmp_path, "nianbao.yaml")
    assert [(one.line, one.start, one.severity) for one in shown] == [(1, 1, "E")]


# -- Emacs -----------------------------------------------------------------------------------------------

FOUND = """\
(progn
  (find-file (pop command-line-args-left))
  (run-hooks 'post-command-hook) ; which eglot-ensure waits for, and a batch has none
  (with-timeout (50) (while (not (eglot-current-server)) (accept-process-output nil 0.05)))
  (with-timeout (50) (while (not (flymake-diagnostics)) (flymake-start) (accept-process-output nil 0.05)))
  (dolist (one (flymake-diagnostics))
    (goto-char (flymake-diagnostic-beg one))
    (princ (format "%d:%d:%s\n" (line-number-at-pos) (1+ (- (point) (line-beginning-position)))
                   (buffer-substring (point) (flymake-diagnostic-end one)))))
  (eglot-shutdown (eglot-current-server)))
"""


def test_emacs_marks_the_very_characters_of_a_word(tmp_path: Path) -> None:
    emacs = (program("emacs"), "-q", "--batch", "-f", "package-initialize")
    if _run(tmp_path, *emacs, "--eval", "(require 'eglot)").returncode != 0:
        pytest.skip("eglot is not installed")
    (tmp_path / "年报.txt").write_text(_report(), encoding="utf-8")
    done = _run(tmp_path, *emacs, "-l", EDITORS / "emacs.el", "--eval", FOUND, "年报.txt")
    assert done.stdout.decode() == f"{_line(_report())}:{len(BEFORE) + 1}:{WRONG}\n", done.stderr.decode()


# -- efm-langserver --------------------------------------------------------------------------------------


def _efm() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((EDITORS / "efm-langserver.yaml").read_text(encoding="utf-8"))
    return read


def test_the_command_for_efm_writes_characters_of_the_protocol(tmp_path: Path) -> None:
    program("jq")
    file = tmp_path / "年 报.txt"
    command = _efm()["tools"]["nianbao"]["lint-command"].replace("${INPUT}", str(file))
    done = _run(tmp_path, "sh", "-c", command, given=_report())
    line, column, severity, message = done.stdout.decode().rstrip("\n").split(":", 3)
    units = len(BEFORE.encode("utf-16-le")) // 2
    assert (int(line), int(column), severity) == (_line(_report()), units + 1, "w")
    assert message.startswith("TYP001 ")
    assert done.stderr == b""


def test_efm_shows_every_language_that_a_report_is_written_in() -> None:
    efm = _efm()
    assert sorted(efm["languages"]) == ["html", "markdown", "plaintext", "text"]
    assert all(tools == [efm["tools"]["nianbao"]] for tools in efm["languages"].values())


# -- reviewdog -------------------------------------------------------------------------------------------


def _folder(tmp_path: Path) -> Path:
    folder = tmp_path / "各 乡镇"
    folder.mkdir()
    (folder / "年报.txt").write_text(_report(), encoding="utf-8", newline="")
    return folder


def _reviewed(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return _run(folder.parent, "sh", EDITORS / "reviewdog.sh", folder.name, *arguments)


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program of the name reviewdog, which keeps what it is given in the folder that is returned."""
    program = tmp_path / "bin" / "reviewdog"
    program.parent.mkdir()
    program.write_text('#!/bin/sh\necho "$@" >arguments\nexec cat >given.json\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    return tmp_path


def test_reviewdog_is_given_what_its_format_asks_for(tmp_path: Path, stand_in: Path) -> None:
    folder = _folder(tmp_path)
    done = _reviewed(folder, "-reporter=github-pr-review")
    assert done.returncode == 0, done.stderr
    said = (stand_in / "arguments").read_text(encoding="utf-8")
    assert said == "-f=rdjson -name=nianbao -reporter=github-pr-review\n"
    (one,) = json.loads((stand_in / "given.json").read_text(encoding="utf-8"))["diagnostics"]
    place = one["location"]
    assert place["path"] == f"{folder.name}/年报.txt"
    assert place["range"]["start"] == {"line": _line(_report()), "column": len(BEFORE.encode()) + 1}
    (suggestion,) = one["suggestions"]
    assert suggestion["range"] == place["range"]
    assert suggestion["text"] == "截至"


def test_reviewdog_is_not_told_that_all_is_well_where_nothing_was_checked(
    tmp_path: Path, stand_in: Path
) -> None:
    folder = _folder(tmp_path)
    (folder / "nianbao.yaml").write_text("ignroe: [TYP001]\n", encoding="utf-8")
    done = _reviewed(folder, "-reporter=local")
    assert done.returncode == 2
    assert "ignroe" in done.stderr.decode()
    assert not (stand_in / "given.json").exists()
