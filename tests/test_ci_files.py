"""What runs in CI, ours and that of others: workflow, action, job and hook are what their own schemas ask for, and work."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from needs import library
from nianbao.testing import compliant

ROOT = Path(__file__).parents[1]
HOOKS = ROOT / ".pre-commit-hooks.yaml"
ACTION = ROOT / ".github" / "actions" / "check" / "action.yml"
WORKFLOW = ROOT / ".github" / "workflows" / "ci.yml"
GITLAB = ROOT / "docs" / "ci" / "gitlab-ci.yml"
BIN = Path(sys.executable).parent


def _tool(name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([BIN / name, *arguments], capture_output=True, text=True, check=False)


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("schema", "path"), [("github-actions", ACTION), ("github-workflows", WORKFLOW), ("gitlab-ci", GITLAB)]
)
def test_it_is_what_the_schema_of_the_service_asks_for(schema: str, path: Path) -> None:
    library("check_jsonschema")
    ran = _tool("check-jsonschema", "--builtin-schema", f"vendor.{schema}", str(path))
    assert ran.returncode == 0, ran.stdout


def test_pre_commit_takes_the_manifest() -> None:
    library("pre_commit")
    ran = _tool("pre-commit", "validate-manifest", str(HOOKS))
    assert ran.returncode == 0, ran.stdout


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("报告/青禾县2024年政府信息公开工作年度报告.docx", True),
        ("云岭镇2024年年报.txt", True),
        ("reports/2024-annual-report.md", True),
        ("README.md", False),
        ("年度报告.py", False),
    ],
)
def test_the_hook_takes_reports_by_their_names(name: str, meant: bool) -> None:
    assert bool(re.search(_read(HOOKS)[0]["files"], name)) is meant


@pytest.mark.parametrize("name", ["nianbao.yaml", "青禾/nianbao.waivers.yaml", "county.rules.yaml"])
def test_the_second_hook_takes_the_files_that_rule_over_them(name: str) -> None:
    assert re.search(_read(HOOKS)[1]["files"], name)


# -- the step of the action, as the runner runs it ---------------------------------------------------


def _step(folder: Path, **inputs: str) -> tuple[int, str, Mapping[str, str]]:
    """Run the step that checks with *inputs* in *folder*; return its exit code, its output, and what it sets."""
    action = _read(ACTION)
    (step,) = (step for step in action["runs"]["steps"] if step.get("id") == "check")
    given = {name: spec.get("default", "") for name, spec in action["inputs"].items()} | inputs
    values = {
        name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda match: given[match[1]], value)
        for name, value in step["env"].items()
    }
    output = folder / "output"
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    ran = subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", step["run"]],
        cwd=folder,
        env={**os.environ, **values, "PATH": path, "GITHUB_OUTPUT": str(output)},
        capture_output=True,
        text=True,
        check=False,
    )
    told = (line.partition("=") for line in output.read_text(encoding="utf-8").splitlines())
    return ran.returncode, ran.stdout, {name: value for name, _, value in told}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a report that is right and one whose total is not."""
    draft = compliant("2021", "township", 3)
    (tmp_path / "好 年报.txt").write_text(draft.render(), encoding="utf-8")
    draft.set("applications/received/total", "999")
    (tmp_path / "错 年报.txt").write_text(draft.render(), encoding="utf-8")
    return tmp_path


def test_the_action_annotates_what_is_wrong_and_fails(folder: Path) -> None:
    code, said, told = _step(folder, paths="\n错 年报.txt\n")
    assert (code, told["exit-code"]) == (1, "1")
    assert "::error file=错 年报.txt," in said


def test_the_action_passes_a_report_that_is_right(folder: Path) -> None:
    assert _step(folder, paths="好 年报.txt")[0] == 0


def test_the_action_writes_sarif_where_it_is_asked_to(folder: Path) -> None:
    assert _step(folder, sarif="found.sarif", **{"fail-on": "never"})[0] == 0
    assert '"version": "2.1.0"' in (folder / "found.sarif").read_text(encoding="utf-8")


def test_a_path_is_no_command(folder: Path) -> None:
    """What is in an input never runs."""
    code, _, _ = _step(folder, paths='$(touch fell)"; touch fell; "')
    assert code == 3
    assert not (folder / "fell").exists()
