"""The API names every type that its own types and functions have in their signatures and fields."""

import collections.abc
import inspect
import sys
from collections.abc import Iterator
from typing import Any, get_args, get_type_hints

import nianbao
import pytest
from nianbao import api, testing
from nianbao.api import Report, Source
from nianbao.testing import compliant, official_forms

MODULES = (nianbao, api, testing)
PUBLIC = {name: getattr(module, name) for module in MODULES for name in module.__all__}
NAMES = [name for name, value in PUBLIC.items() if inspect.isclass(value) or inspect.isfunction(value)]
# Names that some modules import only for their types.
ELSEWHERE = {**vars(collections.abc), **vars(api), **PUBLIC}


def is_named(kind: type) -> bool:
    """Whether a plugin gets at *kind* by the API or by the standard library."""
    return kind in PUBLIC.values() or kind.__module__.partition(".")[0] in sys.stdlib_module_names


def classes(hint: Any) -> Iterator[type]:
    """Every class that *hint* is made of."""
    if get_args(hint):
        for part in get_args(hint):
            yield from classes(part)
    elif isinstance(hint, list):  # the parameters of a Callable
        for part in hint:
            yield from classes(part)
    elif inspect.isclass(hint):
        yield hint


def functions(value: type) -> Iterator[Any]:
    """The public methods and properties of a class, and its constructor."""
    for name, member in vars(value).items():
        function = getattr(member, "fget", None) or getattr(member, "func", None)
        function = function or getattr(member, "__func__", member)
        if inspect.isfunction(function) and (name == "__init__" or not name.startswith("_")):
            yield function


def reached(value: Any, seen: set[int]) -> Iterator[type]:
    """The types of *value* and of all that its public attributes lead to."""
    if id(value) in seen:
        return
    seen.add(id(value))
    yield type(value)
    parts: list[Any] = []
    if isinstance(value, dict):
        parts += [*value.keys(), *value.values()]
    elif isinstance(value, (tuple, list, frozenset)):
        parts += value
    parts += [part for name, part in getattr(value, "__dict__", {}).items() if not name.startswith("_")]
    for part in parts:
        yield from reached(part, seen)


@pytest.mark.parametrize("name", NAMES)
def test_the_api_has_every_type_that_it_takes_and_returns(name: str) -> None:
    """Of fields, parameters and results: a plugin can annotate everything it is handed."""
    value = PUBLIC[name]
    members = [value, *functions(value)] if inspect.isclass(value) else [value]
    hints = [hint for member in members for hint in get_type_hints(member, None, ELSEWHERE).values()]

    assert {kind for hint in hints for kind in classes(hint) if not is_named(kind)} == set()


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_the_api_has_every_type_that_a_report_is_made_of(form: str) -> None:
    """Attributes that are set when a report is read have no annotation on the class."""
    report = Report(Source(compliant(form).render()), official_forms())

    assert {kind for kind in reached(report, set()) if not is_named(kind)} == set()
