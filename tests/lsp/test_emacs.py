"""Emacs starts the server through eglot, shows what it finds at the right place and applies a fix."""

import subprocess
from pathlib import Path

import pytest
from cli.running import PATIENCE
from lsp.real_clients import CLIENTS, FAULT, report, seen_by
from needs import program


def test_emacs_shows_a_finding_and_applies_its_fix(tmp_path: Path) -> None:
    emacs = program("emacs")
    asked = [emacs, "-q", "--batch", "-f", "package-initialize", "--eval", "(require 'eglot)"]
    if subprocess.run(asked, capture_output=True, check=False, timeout=PATIENCE).returncode != 0:
        pytest.skip("eglot is not installed")
    text = report()
    (tmp_path / "报告.txt").write_text(text, encoding="utf-8")
    seen = seen_by([emacs, "-q", "--batch", "-l", str(CLIENTS / "emacs.el"), "报告.txt"], tmp_path)
    (found,) = seen["before"]
    line = next(n for n, words in enumerate(text.split("\n"), 1) if FAULT + "止" in words)
    before = text.split("\n")[line - 1].partition(found["words"])[0]
    assert "PER003" in found["message"]
    assert FAULT in found["words"]
    assert (found["line"], found["column"]) == (line, len(before))
    assert "日" in seen["title"]
    assert seen["after"] == []
    assert seen["text"] == text.replace(FAULT + "止", FAULT + "日止")
