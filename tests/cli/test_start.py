"""What is imported on the way of `nianbao check`: starting is most of what a small report costs."""

import subprocess
import sys
from pathlib import Path

import pytest
from cli.running import environment
from nianbao.testing import compliant
from rendering.hostile import pdf

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
PDF = ("pdfminer", "pdfplumber", "pypdf", "pypdfium2", "pypdfium2_raw")
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
    assert {name for name in imported("--version") if name.startswith("nianbao")} == {
        "nianbao",
        "nianbao.cli",
    }


def test_help_imports_no_engine() -> None:
    assert imported("--help").isdisjoint({"nianbao.engine.lint", "nianbao.report.report", "click", "json"})


@pytest.mark.parametrize("line", ["check --help", "new --help", "rules", "explain SUM001", "plugins"])
def test_a_plain_line_is_read_without_click(line: str) -> None:
    assert "click" not in imported(*line.split())


def test_json_is_imported_for_json_only(right: Path) -> None:
    assert "json" in imported("check", right, "--format", "json")


def test_nothing_in_the_folder_of_a_report_is_imported(tmp_path: Path) -> None:
    """Not by the program that takes a PDF apart either; whoever sends reports may send modules with them."""
    script, folder = tmp_path / "bin" / "nianbao", tmp_path / "reports"
    for path in (script, folder / "报告.pdf"):
        path.parent.mkdir()
    script.write_text("from nianbao.cli import main\nmain()\n", encoding="utf-8")
    (folder / "报告.pdf").write_bytes(pdf(b"BT ET"))
    (folder / "报告.txt").write_text(compliant().render(), encoding="utf-8")
    names = {name.partition(".")[0] for name in (*HEAVY, "click", "nianbao", "nianbao_rules", "pluggy", *PDF)}
    for name in names:
        (folder / f"{name}.py").write_text(f"open({str(tmp_path / name)!r}, 'w')\n", encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, script, "check", ".", "--format", "json"],
        cwd=folder,
        capture_output=True,
        check=False,
        env=environment(),
    )
    assert b'"documents"' in ran.stdout
    assert not [name for name in names if (tmp_path / name).exists()]
