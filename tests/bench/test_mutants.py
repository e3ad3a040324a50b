"""The changes that `python -m tests.bench.mutants` makes in a module."""

from pathlib import Path

import pytest

pytest.importorskip("cosmic_ray", reason="cosmic-ray is not installed: pip install --group dev")

from bench.mutants import changes, mutants


def made(path: Path, text: str, within: str = "") -> list[tuple[int, str]]:
    path.write_text(text, "utf-8")
    return sorted((mutant.line, mutant.after) for mutant in mutants(path, changes(path, within, [])))


def test_a_condition_is_turned_round_and_its_bound_moved(tmp_path: Path) -> None:
    assert made(tmp_path / "m.py", "few = [n for n in some if n < 3]\n") == [
        (1, "few = [n for n in some if n < 2]"),
        (1, "few = [n for n in some if n < 4]"),
        (1, "few = [n for n in some if n <= 3]"),
        (1, "few = [n for n in some if n >= 3]"),
        (1, "few = [n for n in some if not (n < 3)]"),
    ]


def test_a_membership_is_turned_round_and_a_call_left_out(tmp_path: Path) -> None:
    text = "if word not in known:\n    known.add(word)\n"

    assert made(tmp_path / "m.py", text) == [
        (1, "if not word not in known:"),
        (1, "if word in known:"),
        (2, "pass"),
    ]
    assert made(tmp_path / "m.py", text, r"add\(") == [(2, "pass")]
