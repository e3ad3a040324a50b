"""Neovim starts the server, shows what it finds at the right place and applies a fix."""

from pathlib import Path

from lsp.real_clients import CLIENTS, FAULT, report, seen_by
from needs import program


def test_neovim_shows_a_finding_and_applies_its_fix(tmp_path: Path) -> None:
    nvim = program("nvim")
    text = report()
    (tmp_path / "报告.txt").write_text(text, encoding="utf-8")
    seen = seen_by([nvim, "--headless", "--clean", "报告.txt", "-S", str(CLIENTS / "neovim.lua")], tmp_path)
    (found,) = seen["before"]
    line = next(n for n, words in enumerate(text.split("\n")) if FAULT + "止" in words)
    before = text.split("\n")[line].partition(found["words"])[0]
    assert found["code"] == "PER003"
    assert FAULT in found["words"]
    assert (found["lnum"], found["col"]) == (line, len(before.encode()))
    assert "日" in seen["title"]
    assert seen["after"] == []
    assert "\n".join(seen["lines"]) == text.replace(FAULT + "止", FAULT + "日止").rstrip("\n")
