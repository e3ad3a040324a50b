"""Where rules and forms come from: the one place that touches pluggy."""

import importlib
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import pluggy

from nianbao.rule import Rule

GROUP = "nianbao"
hookspec = pluggy.HookspecMarker(GROUP)
hookimpl = pluggy.HookimplMarker(GROUP)


class PluginError(Exception):
    """A plugin that cannot be trusted to have added all it was to add; the message names it."""


class Specification:
    """What a plugin may add. Each hook is called once, when the program starts."""

    @hookspec
    def nianbao_add_rules(self) -> Sequence[Rule]:
        """Return the rules of this plugin, in the order they are listed."""
        raise AssertionError("pluggy never calls a specification")

    @hookspec
    def nianbao_add_forms(self) -> Sequence[Mapping[str, Any]]:
        """Return the official forms of this plugin as plain data."""
        raise AssertionError("pluggy never calls a specification")


class Installed(NamedTuple):
    """An entry point of the group `nianbao`: its name, the module it names, and the distribution's folder."""

    name: str
    module: str
    origin: str


def installed(path: Sequence[str] | None = None) -> Iterator[Installed]:
    """Yield the entry points of the group `nianbao` in the folders of *path*, sys.path by default.

    Read from the `entry_points.txt` that every installer writes. importlib.metadata does the same for
    archives and finders of every kind, at two thirds of our budget for a start (docs/adr/0002).
    """
    seen = set()
    for folder in sys.path if path is None else path:
        try:
            names = sorted(entry.name for entry in os.scandir(folder or "."))
        except OSError:
            continue
        for name in names:
            if not name.endswith((".dist-info", ".egg-info")):
                continue
            for point in _entries(os.path.join(folder, name)):
                if (point.name, point.module) not in seen:
                    seen.add((point.name, point.module))
                    yield point


def _entries(folder: str) -> Iterator[Installed]:
    try:
        with open(os.path.join(folder, "entry_points.txt"), encoding="utf-8") as file:
            lines = file.read().splitlines()
    except OSError:
        return
    section = ""
    for line in map(str.strip, lines):
        if line.startswith("["):
            section = line.strip("[]").strip()
        elif section == GROUP and "=" in line and not line.startswith(("#", ";")):
            name, _, module = line.partition("=")
            yield Installed(name.strip(), module.split("[")[0].strip(), folder)


class Plugins(NamedTuple):
    """What all plugins together have added."""

    rules: tuple[Rule, ...]
    forms: tuple[Mapping[str, Any], ...]


def load() -> Plugins:
    """Import every installed plugin and return what they add, built-in rules and forms among it.

    Raises PluginError for a plugin that does not import, a hook that does not exist and a code used twice.
    """
    manager = pluggy.PluginManager(GROUP)
    manager.add_hookspecs(Specification)
    for point in installed():
        try:
            module = importlib.import_module(point.module)
        except Exception as error:
            raise PluginError(f"{point.name} ({point.origin}): {type(error).__name__}: {error}") from error
        manager.register(module, point.name)
    try:
        manager.check_pending()
    except pluggy.PluginValidationError as error:
        raise PluginError(str(error)) from error
    rules = sorted((r for added in manager.hook.nianbao_add_rules() for r in added), key=lambda r: r.code)
    for one, other in pairwise(rules):
        if one.code == other.code:
            raise PluginError(f"{one.code}: used by {one.name} and by {other.name}")
    forms = tuple(form for added in manager.hook.nianbao_add_forms() for form in added)
    return Plugins(tuple(rules), forms)
