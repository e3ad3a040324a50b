"""A program beside this one that answers one after the other, and is started again when it has failed."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nianbao.readers import kept_child
from nianbao.readers.child import Bounds
from nianbao.readers.kept_child import answered

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a process is started for each answer there")
ENOUGH = Bounds(20, 60)

# It answers with its number and the data turned round, and does what the data says.
PROGRAM = """
import os, resource, sys
heard, speaks = map(int, sys.argv[1:])
_, most = resource.getrlimit(resource.RLIMIT_CPU)
with open(heard, "rb", buffering=0) as lines:
    while line := lines.readline():
        data = os.pread(0, int(line), 0)
        if data == b"end":
            sys.exit(3)
        if data == b"loop":
            resource.setrlimit(resource.RLIMIT_CPU, (2, most))
            while True:
                pass
        if data == b"sleep":
            __import__("time").sleep(600)
        words = b"x" * 3000 if data == b"long" else b"%d %s" % (os.getpid(), data[::-1])
        os.ftruncate(1, 0)
        os.pwrite(1, words, 0)
        os.write(speaks, b"%d%s\\n" % (len(words), b" last" if data == b"last" else b""))
"""


def program(pipes: tuple[int, int] | None) -> Sequence[str]:
    return (sys.executable, "-I", "-c", PROGRAM, *map(str, pipes or ()))


def ask(data: bytes, bounds: Bounds = ENOUGH) -> tuple[int, bytes]:
    """Return the number of the process that answers, and its answer."""
    number, _, words = answered(program, data, bounds).output.partition(b" ")
    return int(number), words


@settings(max_examples=20, deadline=None)
@given(st.lists(st.binary(max_size=200_000), min_size=2, max_size=4))
def test_one_process_answers_what_it_is_given(given: list[bytes]) -> None:
    """A short one behind a long one too."""
    answers = [ask(data) for data in given]

    assert [words for _, words in answers] == [data[::-1] for data in given]
    assert os.getpid() not in {number for number, _ in answers}


def test_it_is_kept() -> None:
    assert len({ask(bytes([n]))[0] for n in range(20)}) == 1


@pytest.mark.parametrize(
    ("data", "bounds", "code", "late"),
    [
        (b"end", ENOUGH, 3, ""),
        (b"loop", ENOUGH, 152, "processor"),
        (b"sleep", Bounds(20, 1), 1, "clock"),
        (b"long", Bounds(20, 60, output=2000), 0, ""),
    ],
)
def test_one_that_does_not_answer_costs_no_other_its_answer(
    data: bytes, bounds: Bounds, code: int, late: str
) -> None:
    before = ask(b"one", bounds)
    answer = answered(program, data, bounds)

    assert (answer.output, answer.code, answer.late) == (b"", code, late)
    number, words = ask(b"two", bounds)
    assert words == b"owt"
    assert (number == before[0]) is (data == b"long")


def test_one_that_says_so_is_not_asked_again() -> None:
    before, _ = ask(b"one")

    assert ask(b"last") == (before, b"tsal")
    assert ask(b"two")[0] != before


def test_one_is_not_asked_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_child, "_TURNS", 3)
    bounds = Bounds(19, 60)

    numbers = [ask(b"x", bounds)[0] for _ in range(7)]
    assert [len(set(numbers[n : n + 3])) for n in (0, 3, 6)] == [1, 1, 1]
    assert len(set(numbers)) == 3


def test_a_process_that_is_forked_has_its_own(tmp_path: Path) -> None:
    ours, _ = ask(b"one")
    told = tmp_path / "told"
    child = os.fork()
    if not child:
        told.write_text(str(ask(b"one")[0]))
        os._exit(0)
    os.waitpid(child, 0)

    assert int(told.read_text()) != ours
    assert ask(b"one")[0] == ours
