"""The changes that `python -m tests.bench.mutants` makes in a module."""

from pathlib import Path

import pytest

pytest.importorskip("cosmic_ray", reason="cosmic-ray is not installed: pip install --group dev")

from bench.mutants import changes, modules, mutants
from bench.mutants import tests_of as runs_of  # pytest would take it for a test


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


def test_a_package_is_all_its_modules() -> None:
    package = modules("nianbao_rules.sums")

    assert {"nianbao_rules.sums", "nianbao_rules.sums.shared", "nianbao_rules.sums.table_shape"} <= set(
        package
    )
    for module in ("nianbao_rules.sums.shared", "nianbao_rules.sums"):
        assert modules(module)[module] == package[module]


def test_what_a_family_shares_has_the_cases_of_the_family() -> None:
    found = {module: runs_of(module, path) for module, path in modules("nianbao_rules.sums").items()}
    (files, cases), codes = found["nianbao_rules.sums.shared"]

    assert [Path(file).name for file in (*files, *cases)] == ["test_sums.py", "test_rules.py"]
    assert set(codes.split("|")) == {f"SUM{number:03}" for number in range(1, 11)}
    assert found["nianbao_rules.sums.table_shape"][1] == "SUM008"
