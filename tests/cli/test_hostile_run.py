"""A night's run over many files, one of twenty hostile, of which a worker and then the parent is killed."""

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from itertools import cycle
from pathlib import Path

import pytest
from cli.running import environment, validated, wrong_total
from faults import PATIENCE, all_ended, children_of, hostile
from sizes import sized

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")

HOURS = 100 * PATIENCE  # for a large size on a slow machine


def written(folder: Path, files: int) -> list[Path]:
    """Write so many files: of twenty, one kills its worker, once or always, never ends, or is no text."""
    kinds = cycle(("kills", "once", "loops", "garbage"))
    paths = []
    for number in range(files):
        kind = next(kinds) if number % 20 == 7 else "report"
        path = folder / f"{kind}-{number:04}.txt"
        path.write_bytes(b"\x00\xff\xfe\x01" * 99 if kind == "garbage" else wrong_total().encode())
        paths.append(path)
    return paths


@sized(files=(100, 2000))
def test_no_result_is_lost_when_workers_die_and_nothing_is_left_when_the_parent_does(
    files: int, tmp_path: Path
) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    paths = written(reports, files)
    out = tmp_path / "out.json"
    command = hostile("check", *paths, "-j2", "--timeout", 10, "-q", "-f", f"json:{out}", "-f", "jsonl")

    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment(), text=True
    ) as parent:
        assert parent.stdout is not None
        parent.stdout.readline()  # the first result is there
        os.kill(children_of(parent.pid)[0], signal.SIGKILL)
        parent.stdout.read()
        assert parent.wait(HOURS) == 1
    before = out.read_bytes()
    whole = validated("check", json.loads(before))
    assert [document["path"] for document in whole["documents"]] == list(map(str, paths))
    unread = [Path(each["path"]).name.partition("-")[0] for each in whole["documents"] if each["error"]]
    assert Counter(unread) == Counter(
        {kind: len(list(reports.glob(f"{kind}-*.txt"))) for kind in ("kills", "loops", "garbage")}
    )
    assert len(whole["findings"]) == files - len(unread)
    assert whole["summary"]["complete"]

    for path in reports.glob("*.tried"):
        path.unlink()
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment(), text=True
    ) as parent:
        assert parent.stdout is not None
        parent.stdout.readline()
        children = children_of(parent.pid)
        parent.kill()
        assert parent.wait(PATIENCE) == -signal.SIGKILL
    assert children
    assert all_ended(children)
    assert out.read_bytes() == before
