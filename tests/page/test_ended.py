"""The main thread of the page goes on where a worker was ended, with another one."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from needs import program
from page.engine import PATIENCE

PLAY = Path(__file__).with_name("ended.mjs")
DRAFT = Path(__file__).parents[2] / "docs" / "examples" / "qinghe-2025.txt"


@pytest.fixture(scope="module")
def played(built: Path) -> Any:
    """What the play has come to: two workers are ended, and a third goes on."""
    asked = [program("node"), str(PLAY), str(built.parent), str(DRAFT)]
    done = subprocess.run(asked, capture_output=True, check=False, timeout=PATIENCE)
    assert done.returncode == 0, done.stderr[-2000:].decode()
    return json.loads(done.stdout)


def test_another_worker_is_started_each_time(played: Any) -> None:
    assert played["restarts"] == ["broken", "late"]
    assert played["started"] == 3


def test_a_file_that_ends_a_worker_is_a_report_without_a_verdict(played: Any) -> None:
    assert [entry["name"] for entry in played["opened"]["reports"]] == ["年报.txt", "毒.txt"]
    assert played["lost"]["name"] == "毒.txt"
    assert "内存不够" in played["lost"]["error"]


def test_what_was_corrected_before_is_there_again(played: Any) -> None:
    assert played["before"]["corrections"] == [
        {"span": {"start": 0, "end": 1}, "old": played["words"][0], "new": "某"}
    ]
    assert played["after"] == played["now"] == played["before"]


def test_a_correction_that_takes_too_long_is_not_made(played: Any) -> None:
    assert played["failure"]["kind"] == "late"
    assert "60 秒" in played["failure"]["message"]
    assert played["undone"]["text"] == played["words"]
    assert played["undone"]["corrections"] == []


def test_a_worker_that_cannot_be_loaded_is_told(played: Any) -> None:
    assert played["unready"] == "too old"
