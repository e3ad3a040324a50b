"""The files that settings are read from, as layers; the later wins."""

import os
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from nianbao.files.shape import Record, check
from nianbao.files.values import members, words
from nianbao.files.yaml_file import FaultError, FileError, Item, read_file
from nianbao.run.settings_shape import SETTINGS_FILE
from nianbao.text.language import Text
from nianbao.text.source import Source

_NOT_SETTINGS = Text(
    "配置应为键值对，这里是{kind}；如 select: [SUM]",
    "settings are a mapping and this is {kind}: such as select: [SUM]",
)
_NO_FILE = Text(
    "没有文件“{path}”；核对路径，它相对于本文件", "there is no file {path}: check it, relative to this file"
)


class Layer(NamedTuple):
    """One mapping of settings and the file it is in; of two layers the later wins."""

    source: Source
    item: Item
    profile: str = ""  # the name of a profile that a plugin adds
    paths: tuple[str, ...] = ()  # of an override: the reports that it is for

    def place(self, item: Item) -> str:
        """Return the place where *item* is written: path:line, or the profile."""
        if self.profile:
            return self.profile
        return f"{self.source.path}:{self.source.position(item.offset).line}"


def named_files(path: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the plugin files and the rule files that the settings at *path* name. Raises FileError."""
    files = list(files_from(path, ()))
    return paths_named(files, "plugins"), paths_named(files, "rules")


def _table(path: str) -> tuple[Source, Item] | None:
    from nianbao.files.toml_file import read_table

    return read_table(path)


def read_settings(path: str, text: str | None = None) -> tuple[Source, Item]:
    """Return the settings in the file at *path*, checked. Raises FileError."""
    table = _table(path) if path.endswith(".toml") else None
    source, item = table or read_file(path, text)
    require_shape(source, item, SETTINGS_FILE)
    return source, item


def require_shape(source: Source, item: Item, shape: Record) -> None:
    """Raise FileError unless *item*, the whole of *source*, has *shape*."""
    try:
        check(shape, item, _NOT_SETTINGS)
    except FaultError as fault:
        raise FileError(source, fault) from None


def files_from(path: str, above: tuple[str, ...], text: str | None = None) -> Iterator[Layer]:
    """Yield the files that the one at *path* extends, in their order, then the one itself."""
    source, item = read_settings(path, text)
    for name in members(item, "extends"):
        further = relative_to(path, name.written)
        if is_path(name.written) and further not in above:  # a circle is reported by SettingsFile
            yield from files_from(further, (*above, path))
    yield Layer(source, item)


def is_path(name: str) -> bool:
    """Return whether *name* in `extends` is a path, not the name of a profile."""
    return "/" in name or os.sep in name or name.endswith((".yaml", ".toml"))


def relative_to(path: str, name: str) -> str:
    """Return *name*, written relative to the file at *path*, as a path."""
    return os.path.normpath(os.path.join(os.path.dirname(path), name))


def paths_named(layers: Sequence[Layer], key: str) -> tuple[str, ...]:
    """Return the files named under *key*, each once."""
    paths = (
        path for layer in layers for name in members(layer.item, key) for path in _files_meant(layer, name)
    )
    return tuple(dict.fromkeys(paths))


def _files_meant(layer: Layer, name: Item) -> list[str]:
    """Return the file *name* in *layer*, or those that match it as a pattern. Raises FileError if there is none."""
    path = relative_to(layer.source.path, name.written)
    if os.path.isfile(path):
        return [path]
    from glob import glob

    matches = sorted(glob(path, recursive=True))
    if not matches:
        raise FileError(layer.source, FaultError(name.offset, _NO_FILE.fill(path=name.written)))
    return matches


def overrides(layer: Layer) -> Iterator[Layer]:
    """Yield the overrides of *layer*, each a layer of its own."""
    for item in members(layer.item, "overrides"):
        yield Layer(layer.source, item, paths=words(item, "paths"))
