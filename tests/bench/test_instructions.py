"""Short runs take no more instructions than are kept, a tenth aside."""

from pathlib import Path

import pytest
from needs import left_out, program
from offices import Office

from tests.bench.instructions import WARM, counted, figures, kept, libraries, slips, version

COUNTED = {"pass": 20_000_000, "version": 60_000_000, "help": 80_000_000, "check": 400_000_000}


@pytest.mark.slow
def test_no_run_takes_more_instructions_than_are_kept(office: Office) -> None:
    program("valgrind")
    mine = kept().get(version())
    if mine is None:
        left_out(
            f"no instructions are kept for Python {version()}: python -m tests.bench.instructions --write"
        )
    office.holds()
    now, then = libraries(), mine["libraries"]
    others = [f"{name} is {now[name]}, was {then[name]}" for name in now if now[name] != then[name]]
    assert [*slips(counted(Path(office.python)), mine["figures"])] == [], others


def test_figures_are_in_proportion_to_an_empty_python_and_warm_is_one_report() -> None:
    found = figures({**COUNTED, "first": 500_000_000, "more": 500_000_000 + WARM * 30_000_000})

    assert found == {"pass": 20.0, "version": 3.0, "help": 4.0, "check": 20.0, "warm": 1.5}


def test_a_slip_is_what_is_more_than_a_tenth_above() -> None:
    then = {"pass": 20.0, "check": 10.0, "warm": 1.0}

    assert [*slips({"pass": 40.0, "check": 10.9, "warm": 0.5}, then)] == []
    assert [*slips({"pass": 20.0, "check": 11.1, "warm": 1.0}, then)] == [
        "check: 11.1 times an empty Python, kept are 10.0"
    ]
