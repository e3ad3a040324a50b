"""The hooks of a plugin and its declaration."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar, overload

from nianbao_grammar.records import NamedTuple

from nianbao.engine.rule import Rule
from nianbao.plugins.entry_points import GROUP
from nianbao.plugins.profile import Profile
from nianbao.readers.reader import Reader
from nianbao.reporters.reporter import OutputFormat

API_VERSION = "1.1"
DECLARATION = "nianbao_plugin"
F = TypeVar("F", bound=Callable[..., Any])
# What pluggy's own marker leaves at a function that is called in no special order.
_PLAIN = {
    "wrapper": False,
    "hookwrapper": False,
    "optionalhook": False,
    "tryfirst": False,
    "trylast": False,
    "specname": None,
}


@overload
def hookimpl(function: F, /) -> F: ...
@overload
def hookimpl(**options: bool | str | None) -> Callable[[F], F]: ...
def hookimpl(function: Any = None, /, **options: bool | str | None) -> Any:
    """Return *function*, marked as the implementation of the hook that it is named for, as pluggy marks it.

    *options* are pluggy's, for instance `tryfirst=True`.
    """
    if function is None:
        return partial(_marked, options={**_PLAIN, **options})
    return _marked(function, _PLAIN)


def _marked(function: F, options: Mapping[str, bool | str | None]) -> F:
    setattr(function, f"{GROUP}_impl", dict(options))
    return function


class Plugin(NamedTuple):
    """The declaration of a plugin, as `nianbao_plugin` in its module.

    *prefixes* are the letters that the codes of its rules begin with; no other plugin may use them. *api* is the
    version of `nianbao.api` that it is written for.
    """

    prefixes: tuple[str, ...] = ()
    api: str = API_VERSION


class Specification:
    """The hooks of a plugin. Each is called once, when rules are loaded, and takes no argument."""

    def nianbao_add_rules(self) -> Sequence[Rule]:
        """Return the rules of this plugin; their codes begin with the prefixes that it declares."""
        raise AssertionError("pluggy never calls a specification")

    def nianbao_add_forms(self) -> Sequence[Mapping[str, Any]]:
        """Return official forms as plain data, as `nianbao.api.read_form` returns it from a file."""
        raise AssertionError("pluggy never calls a specification")

    def nianbao_add_readers(self) -> Sequence[Reader]:
        """Return readers of further kinds of file; they are asked before those of nianbao."""
        raise AssertionError("pluggy never calls a specification")

    def nianbao_add_reporters(self) -> Sequence[OutputFormat]:
        """Return further formats of `nianbao check --format`."""
        raise AssertionError("pluggy never calls a specification")

    def nianbao_add_profiles(self) -> Sequence[Profile]:
        """Return profiles that a `nianbao.yaml` may extend by their names."""
        raise AssertionError("pluggy never calls a specification")


# The type of the values that each hook returns, in the order they are called.
HOOKS: dict[str, type] = {
    "nianbao_add_rules": Rule,
    "nianbao_add_forms": Mapping,
    "nianbao_add_readers": Reader,
    "nianbao_add_reporters": OutputFormat,
    "nianbao_add_profiles": Profile,
}
