"""The class `typing.NamedTuple`, made in a fifth of its time; imported in its place.

A run makes some 150 classes of records before it reads a report. For each, `typing` has Python compile a constructor
and looks at every type, which is a tenth of a short run (docs/adr/0002). Here a constructor is that of any record
with as many fields, with other names.
"""

import sys
from collections import namedtuple
from collections.abc import Iterable
from functools import cache
from types import FunctionType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING or sys.version_info >= (3, 14):  # which makes no annotations before they are asked for
    from typing import NamedTuple as NamedTuple
else:

    class _Making(type):
        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:
            if [*map(type, bases)] == [cls] and not hasattr(bases[0], "_fields"):  # of NamedTuple itself
                fields = tuple(body.get("__annotations__", ()))
                defaults = {field: body[field] for field in fields if field in body}
                like = _like(len(fields))
                body |= zip(fields, map(vars(like).get, like._fields), strict=True)
                body |= {
                    "__slots__": (),
                    "__match_args__": fields,
                    "_fields": fields,
                    "_field_defaults": defaults,
                }
                body["__new__"] = new = _renamed(like.__new__, name, fields, tuple(defaults.values()))
                new.__annotations__ = body.get("__annotations__", {})
            return super().__new__(cls, name, bases, body)

    class NamedTuple(tuple, metaclass=_Making):
        """A record, as `typing` has it."""

        __slots__ = ()

        @classmethod
        def _make(cls, values: Iterable[Any]) -> Any:
            made = tuple.__new__(cls, values)
            if len(made) != len(cls._fields):
                raise TypeError(f"Expected {len(cls._fields)} arguments, got {len(made)}")
            return made

        def _replace(self, **changes: Any) -> Any:
            made = tuple.__new__(type(self), map(changes.pop, self._fields, self))
            if changes:
                raise ValueError(f"Got unexpected field names: {list(changes)!r}")
            return made

        def _asdict(self) -> dict[str, Any]:
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self) -> str:
            return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self._asdict().items())})"

        def __getnewargs__(self) -> tuple[Any, ...]:
            return tuple(self)

    @cache
    def _like(count: int) -> Any:
        """Return a record of *count* fields, which lends what it is made of to others."""
        return namedtuple("_Like", [f"f{at}" for at in range(count)])

    def _renamed(
        new: FunctionType, name: str, fields: tuple[str, ...], defaults: tuple[Any, ...]
    ) -> FunctionType:
        code = new.__code__
        code = code.replace(co_varnames=(code.co_varnames[0], *fields), co_qualname=f"{name}.__new__")
        return FunctionType(code, new.__globals__, "__new__", defaults)
