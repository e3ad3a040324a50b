"""Ways to run the command line, inside this process and as a process of its own, and reports to run it on."""

import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from cli.running import PATIENCE, SWAYING, Ended, Run, command, environment, wrong_total
from click.testing import CliRunner
from nianbao.cli import main
from nianbao.plugins.loading import load
from nianbao.run.linter import linter
from nianbao.testing import compliant


@pytest.fixture
def run() -> Run:
    """Run the program in this process: `run("check", path, stdin=b"", env={})`.

    As in a process of its own, no plugin has been loaded yet: the same path may mean another file by now.
    """

    def run_here(*arguments: object, stdin: bytes = b"", env: Mapping[str, str] | None = None) -> Ended:
        load.cache_clear()
        linter.cache_clear()
        neutral = {**dict.fromkeys(SWAYING), "LANG": "C.UTF-8", **(env or {})}
        with CliRunner().isolation(input=stdin, env=neutral) as streams:
            code = main([str(argument) for argument in arguments])
            stderr = streams[1]
            assert stderr is not None
            return Ended(code, streams[0].getvalue(), stderr.getvalue())

    return run_here


@pytest.fixture
def process() -> Run:
    """Run the program as a process of its own, with real streams."""

    def run_there(*arguments: object, stdin: bytes = b"", env: Mapping[str, str] | None = None) -> Ended:
        done = subprocess.run(
            command(*arguments),
            input=stdin,
            env=environment(env),
            capture_output=True,
            check=False,
            timeout=PATIENCE,
        )
        return Ended(done.returncode, done.stdout, done.stderr)

    return run_there


@pytest.fixture
def right(tmp_path: Path) -> Path:
    """A report that breaks no rule."""
    return _written(tmp_path / "合规.txt", compliant("2021", "county", 3).render())


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    """A report with one error among its sums, SUM004."""
    return _written(tmp_path / "有误.txt", wrong_total())


@pytest.fixture
def doubtful(tmp_path: Path) -> Path:
    """A report with one warning, SUM007: 总计 written as 总结 in table four."""
    draft = compliant("2021", "county", 3)
    draft.rename("review//review_total", "总结")
    return _written(tmp_path / "待查.txt", draft.render())


def _written(path: Path, text: str) -> Path:
    path.write_bytes(text.encode())
    return path
