"""Structures read from JSON and written as JSON; a field `language_id` is the key `languageId`."""

from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin


class ShapeError(Exception):
    """A value is not of the shape that the protocol gives it."""


def read(shape: Any, value: Any) -> Any:
    """Return *value*, of JSON, as a *shape*: a named tuple, a list of a shape, a dict, a choice or a plain type.

    Keys that a named tuple does not have are left out. Raises ShapeError.
    """
    if shape is object:
        return value
    if isinstance(shape, UnionType):
        return _read_one_of(get_args(shape), value)
    if get_origin(shape) is list and isinstance(value, list):
        (inner,) = get_args(shape)
        return [read(inner, one) for one in value]
    if hasattr(shape, "_fields") and isinstance(value, dict):
        found = {name: read(kind, value[key]) for name, key, kind in _fields(shape) if key in value}
        try:
            return shape(**found)
        except TypeError:  # a field is missing
            raise ShapeError from None
    plain = get_origin(shape) or shape
    if type(value) is plain and plain is not list:
        return value
    raise ShapeError


def _read_one_of(shapes: tuple[Any, ...], value: Any) -> Any:
    for shape in shapes:
        if shape is NoneType and value is None:
            return None
        if shape is not NoneType and value is not None:
            return read(shape, value)
    raise ShapeError


def written(value: Any) -> Any:
    """Return *value* as JSON has it, a field that is None left out of a named tuple."""
    if hasattr(value, "_fields"):
        shape: Any = type(value)
        pairs = zip(_fields(shape), value, strict=True)
        return {key: written(one) for (_, key, _), one in pairs if one is not None}
    if isinstance(value, list):
        return [written(one) for one in value]
    if isinstance(value, dict):
        return {key: written(one) for key, one in value.items()}
    return value


@cache
def _fields(shape: Any) -> tuple[tuple[str, str, Any], ...]:
    """Return name, key and shape of each field of a named tuple."""
    return tuple((name, _key(name), kind) for name, kind in shape.__annotations__.items())


def _key(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(map(str.capitalize, others))
