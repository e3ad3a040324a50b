"""A folder of files that are made to do harm or are broken, and among them reports in every kind of file."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest
from cli.running import PATIENCE, command, environment, validated
from effort import affordable
from nianbao.testing import compliant
from rendering import DOCUMENTS, TEXTS, content
from rendering.hostile import HOSTILE

MOST = 10_000  # reports that could be checked while all of them are: less than three seconds each
MEMORY = 3 * 2**19  # KiB: 1.5 GiB, for the program and for each process that it starts
BOUNDED = f'ulimit -v {MEMORY} && exec "$@"'
pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="no other system bounds the memory of a child"
)


class Batch(NamedTuple):
    """How the run ended: the codes found in each file and the lines on standard error about it, by its name."""

    code: int
    findings: Mapping[str, list[str]]
    told: Mapping[str, list[str]]


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> Batch:
    pytest.importorskip("pypdf")
    pytest.importorskip("pypdfium2_raw")
    folder = tmp_path_factory.mktemp("batch")
    for name, make in HOSTILE.items():
        (folder / name).write_bytes(make())
    blocks = content(compliant("2021", "county", 3))
    assert blocks is not None
    for number, (kind, write) in enumerate({**TEXTS, **DOCUMENTS}.items()):
        name = f"report-{number:02}.{kind.partition(',')[0]}"
        (folder / name).write_bytes(write(blocks, Random(number)))
    return _checked(folder)


def _checked(folder: Path) -> Batch:
    """Return how a run over *folder* ended, which must be affordable and without more memory than there is."""
    with affordable(MOST):
        done = subprocess.run(
            ("sh", "-c", BOUNDED, "sh", *command("check", folder, "--format", "json")),
            capture_output=True,
            env=environment({}),
            timeout=PATIENCE,
            check=False,
        )
    said = validated("check", json.loads(done.stdout))
    findings: dict[str, list[str]] = {Path(one["path"]).name: [] for one in said["documents"]}
    for finding in said["findings"]:
        findings[Path(finding["path"]).name].append(finding["code"])
    told: dict[str, list[str]] = {}
    for line in done.stderr.decode().splitlines():
        path, _, words = line.partition(": ")
        told.setdefault(Path(path).name, []).append(words)
    return Batch(done.returncode, findings, told)


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_a_hostile_file_costs_one_clear_line(name: str, batch: Batch) -> None:
    """Either a line that says why it was not read, or DOC001 and nothing else, within seconds and 1.5 GiB."""
    lines = batch.told.get(name, [])
    if lines:
        (line,) = lines
        assert "出错" not in line, "the program's own fault"
        assert "；" in line, "what to do about it"
    else:
        assert batch.findings[name] == ["DOC001"]


def test_the_rest_of_the_batch_is_checked(batch: Batch) -> None:
    reports = {name: codes for name, codes in batch.findings.items() if name.startswith("report-")}
    assert len(reports) == len({**TEXTS, **DOCUMENTS})
    assert {name: codes for name, codes in reports.items() if codes} == {}
    assert batch.code == 1, "DOC001 is an error, and what was found weighs more than what was not read"
