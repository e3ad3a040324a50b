"""Each target for twenty seconds: no input is found that breaks its promise. `python -m tests.fuzz` has more time."""

import platform
import sys
from pathlib import Path
from random import Random
from xml.etree import ElementTree

import pytest
from needs import library

from tests.fuzz.changes import Change, either, elements, pieces, raw, values, zipped
from tests.fuzz.session import fuzz
from tests.fuzz.target import Target
from tests.fuzz.trial import NAMES, attempt, target

SECONDS = 20
_WORDS = pieces(r"\w+|\W", ("公开",))


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_no_input_breaks_what_is_promised(name: str, tmp_path: Path) -> None:
    if (sys.platform, platform.machine()) != ("linux", "x86_64"):
        pytest.skip("atheris is there for Linux on x86-64 only")
    library("atheris")
    session = fuzz(name, SECONDS, tmp_path)
    assert not session.crash, session
    assert session.kept > 1, "nothing new was reached, so nothing was tried"


@pytest.mark.parametrize("name", NAMES)
def test_what_it_begins_with_holds(name: str) -> None:
    tried = target(name)
    for seed in tried.seeds():
        assert len(seed) <= tried.longest
        attempt(tried, seed)


# -- what would be found ---------------------------------------------------------------------------------


def _refuses(data: bytes) -> object:
    raise ValueError(data)


def _never_ends(data: bytes) -> object:
    while True:
        pass


def test_an_error_is_seen() -> None:
    with pytest.raises(ValueError, match="x"):
        attempt(Target(_refuses, tuple, raw), b"x")


def test_what_never_ends_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.fuzz import budget, trial

    monkeypatch.setattr(trial, "MOST", 1)
    with pytest.raises(budget.SpentError):
        attempt(Target(_never_ends, tuple, raw), b"")


def test_another_answer_to_the_same_input_is_seen() -> None:
    answers = iter(range(2))
    with pytest.raises(AssertionError, match="another answer"):
        attempt(Target(lambda data: next(answers), tuple, raw), b"")


# -- changes -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "data"),
    [
        (_WORDS, "一、总体情况\n".encode()),
        (raw, bytes(range(256))),
        (elements(("a", 'b c="d"'), _WORDS), b"<r><a b='1'>x</a><c/></r>"),
        (values(_WORDS), b'[{"a": [1, "x", null]}]'),
        (zipped(_WORDS), b"PK\x03\x04"),
        (either(_WORDS, raw), b"ab"),
    ],
)
def test_a_change_is_one_and_the_same_for_the_same_seed(change: Change, data: bytes) -> None:
    made = [change(data, Random(seed)) for seed in range(50)]
    assert made == [change(data, Random(seed)) for seed in range(50)]
    assert len(set(made)) > 5
    assert change(b"", Random(1)) is not None


def test_xml_that_is_changed_by_its_elements_is_still_xml() -> None:
    change = elements(("a", 'b c="d"'), _WORDS)
    for seed in range(200):
        ElementTree.fromstring(change(b"<r><a b='1'>x</a><c/></r>", Random(seed)))
