"""The words by which rules and readers decide are held by tests: forty of them, others each week.

All of them, those too that nothing holds yet: `python -m tests.bench.words`.
"""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DRAWN = 40
# Every word of these is held, and tried in seconds; the rooms that read all of a report take minutes.
HELD = (
    *(
        f"nianbao_rules.{family}"
        for family in ("aggregates", "article20", "document", "fees", "header", "period")
    ),
    *(
        f"nianbao_rules.{family}"
        for family in ("numbers", "privacy", "problems", "sections", "sums", "text", "typos")
    ),
)


@pytest.mark.slow
def test_each_word_of_this_week_is_missed_by_some_test() -> None:
    year, week, _ = date.today().isocalendar()
    command = [sys.executable, "-m", "tests.bench.words", *HELD]
    command += ["--sample", str(DRAWN), "--seed", f"{year}{week:02}"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
