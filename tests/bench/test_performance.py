"""What the page of targets says of a figure, and what a process is said to cost."""

import sys
from datetime import UTC, datetime
from math import inf, nan
from pathlib import Path

import pytest

from tests.bench.keystrokes import percentile
from tests.bench.peers import peer
from tests.bench.performance import FULL, Bench, Measure, Sizes, line, machine, measures, met, shown
from tests.bench.processes import least, spent

SPIN = "for _ in range({}): pass"


def measure(most: float | None = None, at_least: float | None = None) -> Measure:
    return Measure("量", "what", "ms", lambda bench: None, most=most, least=at_least)


@pytest.mark.parametrize(
    ("most", "at_least", "figure", "expected"),
    [
        (8, None, 8.0, True),
        (8, None, 8.01, False),
        (None, 12, 12.0, True),
        (None, 12, 11.9, False),
        (None, None, 1.0, None),
        (12, None, inf, False),
    ],
)
def test_a_target_is_met_up_to_its_bound(
    most: float | None, at_least: float | None, figure: float, expected: bool | None
) -> None:
    assert met(measure(most, at_least), figure) is expected


@pytest.mark.parametrize(
    ("figure", "words"),
    [(0.123, "0.12"), (7.996, "8.00"), (12.34, "12.3"), (868.4, "868"), (inf, "> 60")],
)
def test_figures_have_three_digits_that_count(figure: float, words: str) -> None:
    assert shown(figure) == words


@pytest.mark.parametrize(
    ("most", "at_least", "figure", "row"),
    [
        (5, None, 4.2, "| 量 *what* | 4.20 ms | ≤ 5 | 是 yes |"),
        (5, None, 5.2, "| 量 *what* | 5.20 ms | ≤ 5 | **否 no** |"),
        (None, 1.75, 1.8, "| 量 *what* | 1.80 ms | ≥ 1.75 | 是 yes |"),
        (None, None, 20.0, "| 量 *what* | 20.0 ms | – | – |"),
        (5, None, None, "| 量 *what* | – | ≤ 5 | – |"),
        (5, None, nan, "| 量 *what* | 失败 failed | ≤ 5 | **否 no** |"),
    ],
)
def test_a_row_says_what_is_how_much_it_may_be_and_whether_it_is(
    most: float | None, at_least: float | None, figure: float | None, row: str
) -> None:
    assert line(measure(most, at_least), figure) == row


@pytest.mark.parametrize(("load", "busy"), [(0.4, False), (1.0, False), (3.2, True)])
def test_a_busy_machine_is_named(load: float, busy: bool) -> None:
    words = "\n".join(machine(load, datetime(2026, 3, 1, tzinfo=UTC)))

    assert "2026-03-01" in words
    assert f"{load:.2f}" in words
    assert ("busy" in words) is busy


@pytest.mark.parametrize("sizes", [FULL, Sizes(1, 5, 1, 2, 3, 4)])
def test_each_measure_is_named_apart(sizes: Sizes) -> None:
    named = [one.en for one in measures(sizes)]

    assert len(named) == len({*named})


def test_a_program_that_is_not_there_is_not_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("NIANBAO_NODE_MODULES", str(tmp_path))
    bench = Bench(tmp_path / "python", tmp_path, FULL)

    assert peer("zhlint", bench.folders(1)[0]) is None
    assert bench.pdfs() == []


def test_a_program_of_npm_is_found_beside_its_modules(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / ".bin" / "zhlint"
    program.parent.mkdir()
    program.touch(mode=0o755)
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("NIANBAO_NODE_MODULES", str(tmp_path))

    command = peer("zhlint", tmp_path)

    assert command is not None
    assert str(program) in command


@pytest.mark.parametrize(("share", "expected"), [(0.5, 3), (0.95, 5), (0.2, 1), (0.21, 2), (0, 1)])
def test_a_percentile_is_one_of_the_values(share: float, expected: float) -> None:
    assert percentile([5, 1, 4, 2, 3], share) == expected


def test_what_children_cost_is_counted(tmp_path: Path) -> None:
    """Millions of turns of a loop cost more than one, in a child of the process as well."""
    inner = f"import subprocess, sys; subprocess.run([sys.executable, '-c', '{SPIN}'])"
    taken = least(
        {name: (sys.executable, "-I", "-c", inner.format(turns)) for name, turns in (("a", 1), ("b", 10**7))},
        2,
    )

    assert taken["b"] > 1.5 * taken["a"]


def test_memory_is_that_of_the_largest_process() -> None:
    small = spent((sys.executable, "-I", "-c", "pass"))
    inner = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'b = b\"1\" * (400 << 20)'])"
    large = spent((sys.executable, "-I", "-c", inner))

    assert large.peak >= 400
    assert large.peak - small.peak < 500


def test_a_process_gets_its_input_and_one_that_fails_is_no_figure(tmp_path: Path) -> None:
    given = tmp_path / "given"
    given.write_text("1")
    ends = "import sys; sys.exit(int(sys.stdin.read() or 7))"

    spent((sys.executable, "-I", "-c", ends), given=given)
    with pytest.raises(RuntimeError, match="ended with 7"):
        spent((sys.executable, "-I", "-c", ends))
