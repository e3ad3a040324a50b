"""What is imported on the way of `nianbao check`: starting is most of what a small report costs."""

import subprocess
import sys
from pathlib import Path

import pytest
from cli.running import environment

# Each costs as much as checking one to ten reports.
HEAVY = (
    "concurrent.futures",
    "click",
    "email",
    "hashlib",
    "importlib.metadata",
    "importlib.resources",
    "json",
    "jsonschema",
    "lark",
    "multiprocessing",
    "nianbao.testing",
    "pathlib",
    "pluggy",
    "random",
    "shutil",
    "socket",
    "subprocess",
    "tempfile",
    "unittest",
    "wcwidth",
    "yaml",
)
START = """
import os, sys
def ended(code):
    print(",".join(sys.modules), file=sys.stderr, flush=True)
    sys.exit(code)
os._exit = ended
from nianbao.cli import main
main()
"""


def imported(*arguments: object) -> set[str]:
    """Return the modules imported by a process that the program has run in."""
    done = subprocess.run(
        [sys.executable, "-c", START, *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env=environment(),
    )
    return set(done.stderr.strip().split("\n")[-1].split(","))


@pytest.mark.parametrize("form", ["full", "concise"])
def test_checking_imports_nothing_heavy(right: Path, wrong: Path, form: str) -> None:
    modules = imported("check", right, wrong, "--format", form)
    assert "nianbao.engine.lint" in modules
    assert modules.isdisjoint(HEAVY)


def test_the_version_imports_nothing() -> None:
    assert {name for name in imported("--version") if name.startswith("nianbao")} == {"nianbao", "nianbao.cli"}


def test_help_imports_no_engine() -> None:
    assert imported("--help").isdisjoint({"nianbao.engine.lint", "nianbao.report.report", "click", "json"})


@pytest.mark.parametrize("line", ["check --help", "new --help", "rules", "explain SUM001", "plugins"])
def test_a_plain_line_is_read_without_click(line: str) -> None:
    assert "click" not in imported(*line.split())


def test_json_is_imported_for_json_only(right: Path) -> None:
    assert "json" in imported("check", right, "--format", "json")
