"""The national rules: a folder a family, a file a rule, loaded through the same entry point as any county's."""

import os
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from types import ModuleType
from typing import Any

from nianbao.api import Plugin, Profile, Rule, Text, hookimpl, official_forms

_MODULES = (".py", ".pyc")  # as sources, or compiled where there are none
# The parts shared by the rules of a family, or by all families: no rule is in it.
_SHARED = "shared"


def _families() -> Iterator[ModuleType]:
    (folder,) = __path__
    for name in os.listdir(folder):
        inits = (os.path.join(folder, name, f"__init__{suffix}") for suffix in _MODULES)
        if name != _SHARED and any(map(os.path.isfile, inits)):
            yield import_module(f"{__name__}.{name}")


def _rules(family: ModuleType) -> Iterator[Rule]:
    """Yield the rule of every file in the folder of *family*: it has the name of its file."""
    (folder,) = family.__path__
    for file in sorted(os.listdir(folder)):
        name, suffix = os.path.splitext(file)
        if suffix in _MODULES and name.isidentifier() and name not in (_SHARED, "__init__"):
            yield getattr(import_module(f"{family.__name__}.{name}"), name)


# The package of every family, by its PREFIX. A new family is a new folder, a new rule a file in it.
FAMILIES = tuple(sorted(_families(), key=lambda family: str(family.PREFIX)))

nianbao_plugin = Plugin(prefixes=tuple(family.PREFIX for family in FAMILIES))


@hookimpl
def nianbao_add_rules() -> Sequence[Rule]:
    """Return the rules of every family."""
    return [rule for family in FAMILIES for rule in _rules(family)]


@hookimpl
def nianbao_add_forms() -> Sequence[Mapping[str, Any]]:
    """Return the official forms."""
    return official_forms()


@hookimpl
def nianbao_add_profiles() -> Sequence[Profile]:
    """Return the two profiles that a county's own can extend."""
    return (
        Profile("national", Text("全国的规则，按各自的依据定程度", "the national rules as they are"), {}),
        Profile(
            "strict",
            Text(
                "再加默认不启用的规则；有警告时退出码也为 1",
                "the rules that are off by default too; warnings fail the run",
            ),
            {"extend-select": ["HDR005", "SEC007", "YOY009"], "fail-on": "warning"},
        ),
    )
