"""What short runs cost in instructions, which a busy machine does not change: `python -m tests.bench.instructions [--write]`.

valgrind counts them in an environment of its own; each figure is in proportion to an empty Python, counted in the
same way. With `--write` they are kept in instructions.yaml for this version of Python, and a test holds them to
that.
"""

import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

import yaml

from tests.bench.processes import Command, surroundings

HERE = Path(__file__).parent
KEPT = HERE / "instructions.yaml"
EXAMPLES = HERE.parents[1] / "docs" / "examples"
WITHIN = HERE / "within.py"
LIBRARIES = ("click", "pathspec", "pluggy", "wcwidth")  # what a check of texts imports or looks for
SLIP = 1.10  # times what is kept
WARM = 5  # reports


def version() -> str:
    """Return the version of Python that figures are kept by: another one counts otherwise."""
    return ".".join(platform.python_version_tuple()[:2])


def libraries() -> dict[str, str]:
    """Return the versions of the libraries that have a part in the figures."""
    return {name: metadata.version(name) for name in LIBRARIES}


def instructions(command: Command) -> int:
    """Return how many instructions *command* takes, its children's left out. Raises RuntimeError where it fails."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder, "log")
        counting = ("valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null")
        ran = subprocess.run(
            [*counting, f"--log-file={log}", *map(str, command)],
            env={**surroundings(Path(folder)), "PYTHONHASHSEED": "0"},
            capture_output=True,
            check=False,
        )
        found = re.search(r"I\s+refs:\s+([\d,]+)", log.read_text(encoding="utf-8"))
    if ran.returncode or found is None:
        raise RuntimeError(f"{command} ended with {ran.returncode}: {ran.stderr.decode()[-1000:]}")
    return int(found[1].replace(",", ""))


def commands(python: Path, folder: Path) -> dict[str, Command]:
    """Return what is counted in the environment of *python*; *folder* gets the reports."""
    nianbao, example = python.with_name("nianbao"), min(EXAMPLES.glob("*.txt"))
    reports = _reports(folder)
    return {
        "pass": (python, "-I", "-S", "-c", "pass"),
        "version": (python, nianbao, "--version"),
        "help": (python, nianbao, "--help"),
        "check": (python, nianbao, "check", example),
        "first": (python, "-I", WITHIN, "check", "1", reports[0]),
        "more": (python, "-I", WITHIN, "check", "1", *reports),
    }


def _reports(folder: Path) -> list[Path]:
    from nianbao.testing import compliant

    paths = [folder / f"{seed}.txt" for seed in range(WARM + 1)]
    for seed, path in enumerate(paths):
        path.write_text(compliant("2021", "county", seed).render(), encoding="utf-8")
    return paths


def figures(counted: Mapping[str, int]) -> dict[str, float]:
    """Return what is kept: millions for an empty Python, all else in proportion to it; `warm` is a report."""
    empty = counted["pass"]
    warm = (counted["more"] - counted["first"]) / WARM
    each = {**{name: counted[name] / empty for name in ("version", "help", "check")}, "warm": warm / empty}
    return {"pass": round(empty / 1e6, 1), **{name: round(times, 2) for name, times in each.items()}}


def can_count() -> bool:
    """Return whether valgrind is there."""
    return shutil.which("valgrind") is not None


def warm(python: Path) -> float:
    """Return the instructions of a report more in a process that has judged one."""
    with tempfile.TemporaryDirectory() as folder:
        wanted = commands(python, Path(folder))
        return (instructions(wanted["more"]) - instructions(wanted["first"])) / WARM


def counted(python: Path) -> dict[str, float]:
    """Count in the environment of *python* and return the figures."""
    with tempfile.TemporaryDirectory() as folder:
        wanted = commands(python, Path(folder))
        for name in ("version", "check"):  # writes what is imported as byte code, where an installer did not
            subprocess.run(
                [*map(str, wanted[name])], env=surroundings(Path(folder)), capture_output=True, check=False
            )
        return figures({name: instructions(command) for name, command in wanted.items()})


def slips(now: Mapping[str, float], kept: Mapping[str, float]) -> Iterator[str]:
    """Yield, in words, each figure that is more than a tenth above what is kept."""
    for name, figure in now.items():
        if name != "pass" and figure > SLIP * kept[name]:
            yield f"{name}: {figure} times an empty Python, kept are {kept[name]}"


def kept() -> dict[str, Any]:
    """Return the figures and libraries that are kept, by version of Python."""
    return yaml.safe_load(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}


_HEAD = """\
# Instructions of short runs, by version of Python: written by `python -m tests.bench.instructions --write`.
# `pass` is an empty Python, in millions; all else is in proportion to it, `warm` a report more in the same process.
"""


def main(write: bool) -> None:
    """Print the figures of this version of Python, or keep them."""
    from offices import opened

    with tempfile.TemporaryDirectory() as home:
        now = counted(Path(opened(Path(home)).python))
    if write:
        all_kept = kept() | {version(): {"figures": now, "libraries": libraries()}}
        KEPT.write_text(_HEAD + yaml.safe_dump(all_kept, sort_keys=False), encoding="utf-8")
    print(yaml.safe_dump(now, sort_keys=False))  # noqa: T201


if __name__ == "__main__":
    sys.path.insert(0, str(HERE.parent))  # where environments are made
    main("--write" in sys.argv[1:])
