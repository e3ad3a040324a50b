"""The loaded plugins and everything they add."""

import os
from collections.abc import Mapping
from typing import Any, Literal

from nianbao_grammar.records import NamedTuple

from nianbao.engine.rule import Rule
from nianbao.files.settings_error import SettingsError
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


class PluginError(SettingsError):
    """A plugin that may not have added all that it should; *text* says which, why, and what to do."""

    def __init__(self, where: str, cause: Text, hint: Text) -> None:
        self.where = where
        self.cause = cause
        self.hint = hint
        super().__init__(Text(f"{where}：{cause.zh}。{hint.zh}", f"{where}: {cause.en}. {hint.en}"))


class Loaded(NamedTuple):
    """One plugin, or one file of rules, and all that it has added: nothing if it has a *fault*."""

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
        """The help for a fault of it if there is none more exact."""
        if self.kind == "installed":
            return _UNINSTALL.fill(name=self.distribution.partition(" ")[0] or self.name)
        return _CORRECT

    @property
    def where(self) -> str:
        """Its name and file, which the text of a fault begins with."""
        return f"{self.title} {self.origin}" if self.kind == "installed" else self.name

    @property
    def title(self) -> str:
        """The name that a person knows it by."""
        return f"{self.name} ({self.distribution})" if self.distribution else self.name

    def names(self, kind: str) -> tuple[str, ...]:
        """Return the names of its additions of one *kind*: rules, forms, readers, formats or profiles."""
        if kind == "forms":
            return tuple(str(form.get("name")) for form in self.forms)
        if kind == "rules":
            return tuple(rule.code for rule in self.rules)
        return tuple(added.name for added in getattr(self, kind))


class Plugins(NamedTuple):
    """All plugins and all that they have added."""

    loaded: tuple[Loaded, ...]

    @property
    def faults(self) -> tuple[PluginError, ...]:
        """The fault of each that adds nothing because of it."""
        return tuple(each.fault for each in self.loaded if each.fault is not None)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule, by its code."""
        return tuple(sorted((r for each in self.loaded for r in each.rules), key=lambda rule: rule.code))

    @property
    def forms(self) -> tuple[Mapping[str, Any], ...]:
        """Every form as plain data."""
        return tuple(form for each in self.loaded for form in each.forms)

    @property
    def readers(self) -> tuple[Reader, ...]:
        """Every reader, those of nianbao last."""
        ordered = sorted(self.loaded, key=lambda each: each.origin == _builtin())
        return tuple(reader for each in ordered for reader in each.readers)

    @property
    def formats(self) -> tuple[OutputFormat, ...]:
        """Every output format, those of nianbao first."""
        ordered = sorted(self.loaded, key=lambda each: each.origin != _builtin())
        return tuple(output for each in ordered for output in each.formats)

    @property
    def profiles(self) -> tuple[Profile, ...]:
        """Every profile."""
        return tuple(profile for each in self.loaded for profile in each.profiles)


def _builtin() -> str:
    return os.path.join(os.path.dirname(os.path.abspath(__file__)), "builtin.py")
