"""The loaded plugins and everything they add."""

import os
from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from nianbao.engine.rule import Rule
from nianbao.plugins.profile import Profile
from nianbao.readers.reader import Reader
from nianbao.reporters.reporter import OutputFormat
from nianbao.text.language import Text

_CORRECT = Text(
    "改正这个文件；不用它，从 nianbao.yaml 中删去", "correct this file, or take it out of nianbao.yaml"
)
_UNINSTALL = Text(
    "请插件的作者改正；不用它，可以卸载：pip uninstall {name}",
    "ask its author to correct it, or do without: pip uninstall {name}",
)


class PluginError(Exception):
    """A plugin that cannot be trusted to have added all that it was to add; *text* says which, why, and what to do."""

    def __init__(self, where: str, cause: Text, hint: Text) -> None:
        self.where = where
        self.cause = cause
        self.hint = hint
        self.text = Text(f"{where}：{cause.zh}。{hint.zh}", f"{where}: {cause.en}. {hint.en}")
        super().__init__(self.text.en)


class Loaded(NamedTuple):
    """One plugin, or one file of rules, and what it has added; with a *fault* it has added nothing."""

    name: str  # of the entry point, or the path as written
    kind: Literal["installed", "file", "rules"]
    origin: str  # the file that it was read from
    distribution: str = ""  # name and version of the package that brought it
    prefixes: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    forms: tuple[Mapping[str, Any], ...] = ()
    readers: tuple[Reader, ...] = ()
    formats: tuple[OutputFormat, ...] = ()
    profiles: tuple[Profile, ...] = ()
    fault: PluginError | None = None

    @property
    def remedy(self) -> Text:
        """What can be done about a fault of it, where nothing better is known."""
        if self.kind == "installed":
            return _UNINSTALL.fill(name=self.distribution.partition(" ")[0] or self.name)
        return _CORRECT

    @property
    def where(self) -> str:
        """Its name and file, as a fault begins."""
        return f"{self.title} {self.origin}" if self.kind == "installed" else self.name

    @property
    def title(self) -> str:
        """The name that a person knows it by."""
        return f"{self.name} ({self.distribution})" if self.distribution else self.name

    def names(self, what: str) -> tuple[str, ...]:
        """Return the names of what it adds of kind *what*: rules, forms, readers, formats, profiles."""
        if what == "forms":
            return tuple(str(form.get("name")) for form in self.forms)
        if what == "rules":
            return tuple(rule.code for rule in self.rules)
        return tuple(added.name for added in getattr(self, what))


class Plugins(NamedTuple):
    """What all plugins together have added."""

    loaded: tuple[Loaded, ...]

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule, by its code."""
        return tuple(sorted((r for one in self.loaded for r in one.rules), key=lambda rule: rule.code))

    @property
    def forms(self) -> tuple[Mapping[str, Any], ...]:
        """Every form as plain data."""
        return tuple(form for one in self.loaded for form in one.forms)

    @property
    def readers(self) -> tuple[Reader, ...]:
        """Every reader, those of nianbao last."""
        ordered = sorted(self.loaded, key=lambda one: one.origin == _builtin())
        return tuple(reader for one in ordered for reader in one.readers)

    @property
    def formats(self) -> tuple[OutputFormat, ...]:
        """Every output format, those of nianbao first."""
        ordered = sorted(self.loaded, key=lambda one: one.origin != _builtin())
        return tuple(form for one in ordered for form in one.formats)

    @property
    def profiles(self) -> tuple[Profile, ...]:
        """Every profile."""
        return tuple(profile for one in self.loaded for profile in one.profiles)


def _builtin() -> str:
    return os.path.join(os.path.dirname(os.path.abspath(__file__)), "builtin.py")
