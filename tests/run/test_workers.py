"""Work shared among processes that are killed, that never end, and whose parent is killed."""

import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from faults import PATIENCE, all_ended, signals_stop
from nianbao.run import workers
from nianbao.run.judged import Lost
from nianbao.run.stopping import Stopped
from nianbao.run.workers import shared
from tasks import deadly, interrupt, square, unsendable

pytestmark = pytest.mark.skipif(os.name == "nt", reason="kills by the signals of POSIX")


def no_bound(_: object) -> float:
    return 0


def short(_: object) -> float:
    return 0.1


@pytest.fixture(autouse=True)
def nobody_left() -> Iterator[None]:
    yield
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize("processes", [1, 2, 7])
def test_all_come_in_order(processes: int) -> None:
    items = range(60)
    assert list(shared(square, items, processes, no_bound)) == [(item, item * item) for item in items]


def test_a_killed_worker_costs_its_item_one_more_try(tmp_path: Path) -> None:
    items = ["a", "b", f"once {tmp_path / 'tried'}", "c", "d"]
    assert list(shared(deadly, items, 2, no_bound)) == [(item, item) for item in items]


def test_an_item_that_kills_each_worker_is_lost_and_no_other_is() -> None:
    items = ["kill", *"abc", "kill", *"defghij", "kill"]
    expected = [(item, Lost.KILLED if item == "kill" else item) for item in items]
    assert list(shared(deadly, items, 2, no_bound)) == expected


def test_what_never_ends_is_ended_and_no_other_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_GRACE", 0.2)
    items = ["a", "hang", "b", "c", "hang", "d"]
    expected = [(item, Lost.LATE if item == "hang" else item) for item in items]
    bound = {"hang": 0.1}
    assert list(shared(deadly, items, 2, lambda item: bound.get(item, 0))) == expected


def test_what_cannot_be_sent_is_lost() -> None:
    assert list(shared(unsendable, range(3), 2, no_bound)) == [(0, 0), (1, Lost.UNSENT), (2, 2)]


def test_where_no_process_can_be_started_the_work_is_done_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuses(_: object) -> None:
        raise BlockingIOError

    for method in ("fork", "spawn"):
        context = multiprocessing.get_context(method)
        monkeypatch.setattr(context.Process, "start", refuses)
    assert list(shared(square, range(3), 2, no_bound)) == [(0, 0), (1, 1), (2, 4)]


def test_no_result_is_made_long_before_it_is_wanted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Those that wait for an earlier one are in memory."""
    monkeypatch.setattr(workers, "_AHEAD", 3)
    items = [f"once {tmp_path / 'tried'}", *map(str, range(40))]
    pool = workers._Pool(deadly, items, 2, no_bound)
    waiting = 0
    try:
        for _ in pool.results():
            waiting = max(waiting, len(pool.done))
    finally:
        pool.end()
    assert waiting <= 3 * 2


def test_a_signal_ends_it_and_what_is_done_is_yielded(tmp_path: Path) -> None:
    """The second item waits for its worker, which has the first; the last is given out when all others are done."""
    items = [(number, str(tmp_path / "begun"), os.getpid()) for number in range(8)]
    results = shared(interrupt, items, 2, no_bound)
    done = []
    with signals_stop(), pytest.raises(Stopped) as stopped:
        done.extend(result for _, result in results)
    assert stopped.value.number == signal.SIGINT
    assert done[:5] == [2, 3, 4, 5, 6]
    assert done == list(range(2, 2 + len(done)))


PARENT = """
import os, re, sys, time
sys.path.insert(0, sys.argv[1])
from nianbao.run.workers import shared

def task(item):
    print(os.getpid(), flush=True)
    re.match("(a*)*b", "a" * 60) if item == "search" else time.sleep(60)

if __name__ == "__main__":
    list(shared(task, sys.argv[2:], 2, lambda item: 0))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
@pytest.mark.parametrize("item", ["search", "sleep"])
def test_no_worker_outlives_its_parent(item: str, number: int, tmp_path: Path) -> None:
    """Not one that is in a search in C code, beside which no other thread of its process runs."""
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    command = [sys.executable, str(script), str(Path(workers.__file__).parents[2]), item, item]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        children = [int(parent.stdout.readline()) for _ in range(2)]
        parent.send_signal(number)
        parent.wait(PATIENCE)
    assert all_ended(children)
