"""The national rules: a folder a family, a file a rule, loaded through the same entry point as any county's."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

from nianbao.api import Plugin, Profile, Rule, Text, hookimpl, official_forms

_SHARED = "shared"  # what rules are made of, in a family and beside the families; no rule is in it


def _within(package: ModuleType) -> Iterator[ModuleType]:
    """Yield the modules in the folder of *package* in the order of their names, but for the shared one."""
    for found in iter_modules(package.__path__):
        if found.name != _SHARED:
            yield import_module(f"{package.__name__}.{found.name}")


def families() -> tuple[ModuleType, ...]:
    """Return the package of every family, in the order of their prefixes."""
    return tuple(sorted(_within(sys.modules[__name__]), key=lambda family: str(family.PREFIX)))


nianbao_plugin = Plugin(prefixes=tuple(family.PREFIX for family in families()))


@hookimpl
def nianbao_add_rules() -> Sequence[Rule]:
    """Return the rules of every family: a file in its folder is all that it takes."""
    modules = (module for family in families() for module in _within(family))
    return [value for module in modules for value in vars(module).values() if isinstance(value, Rule)]


@hookimpl
def nianbao_add_forms() -> Sequence[Mapping[str, Any]]:
    """Return the official forms."""
    return official_forms()


@hookimpl
def nianbao_add_profiles() -> Sequence[Profile]:
    """Return the two profiles that every county can build upon."""
    return (
        Profile("national", Text("全国的规则，按各自的依据定程度", "the national rules as they are"), {}),
        Profile(
            "strict",
            Text(
                "再加默认不启用的规则；有警告时退出码也为 1",
                "the rules that are off by default too; warnings fail the run",
            ),
            {"extend-select": ["HDR005", "SEC007"], "fail-on": "warning"},
        ),
    )
