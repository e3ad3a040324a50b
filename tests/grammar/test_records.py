"""A record is what `typing.NamedTuple` makes of the same class."""

import copy
import inspect
import pickle
import re
import typing
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nianbao_grammar import records


def _made(of: Any, fields: dict[str, Any], methods: dict[str, Any]) -> Any:
    """Return the class `Place` with *fields*, those with a value last, and *methods*."""
    body = [f"    {name}: int{'' if value is None else f' = {value}'}" for name, value in fields.items()]
    scope: dict[str, Any] = {"NamedTuple": of, **methods}
    exec("\n".join(("class Place(NamedTuple):", '    """A place."""', *body)), scope)
    return scope["Place"]


FIELDS = st.lists(st.sampled_from("甲乙丙丁abcd"), unique=True, max_size=6)


@st.composite
def classes(draw: st.DrawFn) -> tuple[Any, Any]:
    """The same class of records, made here and by `typing`."""
    names = draw(FIELDS)
    first = draw(st.integers(0, len(names)))
    fields = {name: place if place >= first else None for place, name in enumerate(names)}
    return _made(records.NamedTuple, fields, {}), _made(typing.NamedTuple, fields, {})


def _ended(call: Callable[[], Any]) -> Any:
    """Return the values that *call* returns, and as what they are shown; for an error that it is one."""
    try:
        made = call()
    except (TypeError, ValueError):
        return "refused"
    return tuple(made), repr(made), made._asdict()


@given(
    made=classes(),
    values=st.lists(st.integers(), max_size=7),
    named=st.dictionaries(st.sampled_from("甲乙丙丁abcd"), st.integers(), max_size=3),
)
def test_it_takes_and_shows_values_as_that_of_typing(
    made: tuple[Any, Any], values: list[int], named: dict[str, int]
) -> None:
    calls: tuple[Callable[[Any], Any], ...] = (
        lambda each: each(*values, **named),
        lambda each: each._make(values),
        lambda each: each(*values)._replace(**named),
    )
    ours, theirs = made
    for call in calls:
        assert _ended(lambda call=call: call(ours)) == _ended(lambda call=call: call(theirs))  # type: ignore[misc]
    for name in ("_fields", "_field_defaults", "__match_args__", "__annotations__", "__doc__", "__slots__"):
        assert getattr(ours, name) == getattr(theirs, name)
    assert inspect.signature(ours) == inspect.signature(theirs)


class Place(records.NamedTuple):
    """A place in a text."""

    start: int
    words: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether it has no words."""
        return not self.words


class Named(Place):
    """A class of a class of records."""

    def __str__(self) -> str:
        return f"第{self.start}处"


def test_it_has_methods_and_classes_of_its_own() -> None:
    place = Place(3)
    assert (place.empty, place._replace(words=("甲",)).empty) == (True, False)
    assert (str(Named(4)), Named(4) == Place(4), hash(place)) == ("第4处", True, hash((3, ())))
    match place:
        case Place(start, words):
            assert (start, words) == (3, ())


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, lambda each: pickle.loads(pickle.dumps(each))])
def test_it_can_be_copied(copied: Callable[[Any], Any]) -> None:
    place = Place(3, ("甲",))
    assert (copied(place), type(copied(place))) == (place, Place)


def test_its_fields_cannot_be_set() -> None:
    for name in ("start", "other"):
        with pytest.raises(AttributeError):
            setattr(Place(3), name, 4)


def test_every_record_of_the_program_is_one_of_these() -> None:
    """But for the program that takes a PDF apart, which imports nothing of ours."""
    root = Path(records.__file__).parents[2]
    found = [
        each
        for name in ("nianbao_grammar", "nianbao", "nianbao_rules")
        for each in root.glob(f"*/{name}/**/*.py")
        if re.search(r"(?m)^\s*from typing import .*\bNamedTuple\b", each.read_text())
    ]
    assert {each.name for each in found} <= {"records.py", "extract.py"}
