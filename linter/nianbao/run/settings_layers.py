"""The files that settings are read from, as layers; the later wins."""

import os
from collections.abc import Iterable, Iterator

from nianbao_grammar.records import NamedTuple

from nianbao.files.matches import TooManyError, fixed_part, matching
from nianbao.files.shape import Record, check
from nianbao.files.values import entries, members, value, words
from nianbao.files.yaml_file import FaultError, FileError, Item, read_file
from nianbao.run.settings import Compared
from nianbao.run.settings_shape import SETTINGS_FILE
from nianbao.run.trust import Reach, command_for
from nianbao.text.language import Text
from nianbao.text.source import Source

_NOT_SETTINGS = Text(
    "配置应为键值对，这里是{kind}；如 select: [SUM]",
    "settings are a mapping and this is {kind}: such as select: [SUM]",
)
_NO_FILE = Text(
    "没有文件“{path}”；核对路径，它相对于本文件", "there is no file {path}: check it, relative to this file"
)
_OUTSIDE = Text(
    "“{path}”不在配置所在的文件夹里；移进来，或者信任这份配置：{command}",
    "{path} is not in the folder of the settings: move it there, or trust these settings: {command}",
)
_ENDLESS = Text(
    "“{path}”要找遍太多文件；写明在哪个文件夹",
    "{path} looks through too many files: name the folder",
)
_TOO_MANY = Text(
    "一层套一层，超过 {most} 个文件；合并几个", "more than {most} files build upon each other: join some"
)
_MOST_FILES = 64


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


def named_files(path: str, reach: Reach) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the plugin files and the rule files that the settings at *path* name. Raises FileError."""
    files = files_from(path, reach)
    return paths_named(files.values(), "plugins", reach), paths_named(files.values(), "rules", reach)


class Named(NamedTuple):
    """The paths of all files that settings name, themselves last among the *settings*."""

    settings: tuple[str, ...]
    plugins: tuple[str, ...]
    rules: tuple[str, ...]


def all_named(path: str) -> Named:
    """Return all that the settings at *path* name, wherever it is. Raises FileError."""
    reach = Reach(path, everything=True)
    files = files_from(path, reach)
    return Named(tuple(files), *(paths_named(files.values(), key, reach) for key in ("plugins", "rules")))


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


def files_from(path: str, reach: Reach, text: str | None = None) -> dict[str, Layer]:
    """Return the files that the one at *path* extends and then itself, by path, each once and within *reach*."""
    found: dict[str, Layer] = {}

    def read(path: str, above: tuple[str, ...], text: str | None = None) -> None:
        layer = Layer(*read_settings(path, text))
        above = (*above, os.path.normpath(path))
        for name in members(layer.item, "extends"):
            further = relative_to(path, name.written)
            if not is_path(name.written) or further in above or further in found:
                continue  # a circle is reported by SettingsFile
            _require(reach.has(further), layer, name, reach)
            if len(above) + len(found) > _MOST_FILES:
                raise FileError(layer.source, FaultError(name.offset, _TOO_MANY.fill(most=_MOST_FILES)))
            read(further, above)
        found[os.path.normpath(path)] = layer

    read(path, (), text)
    return found


def _require(admitted: bool, layer: Layer, name: Item, reach: Reach) -> None:
    """Raise FileError for *name* in *layer* unless it is *admitted* by *reach*; nothing has been read then."""
    if not admitted:
        reason = _OUTSIDE.fill(path=name.written, command=command_for(reach.settings))
        raise FileError(layer.source, FaultError(name.offset, reason))


def is_path(name: str) -> bool:
    """Return whether *name* in `extends` is a path, not the name of a profile."""
    return "/" in name or os.sep in name or name.endswith((".yaml", ".toml"))


def relative_to(path: str, name: str) -> str:
    """Return *name*, written relative to the file at *path*, as a path."""
    return os.path.normpath(os.path.join(os.path.dirname(path), name))


def paths_named(layers: Iterable[Layer], key: str, reach: Reach) -> tuple[str, ...]:
    """Return the files named under *key*, each once. Raises FileError for one that there is not, or not in *reach*."""
    paths = (
        path
        for layer in layers
        for name in members(layer.item, key)
        for path in _files_meant(layer, name, reach)
    )
    return tuple(dict.fromkeys(paths))


def _files_meant(layer: Layer, name: Item, reach: Reach, *, read_only: bool = False) -> list[str]:
    """Return the file *name* in *layer*, or those that match it as a pattern. Raises FileError if there is none.

    Those that are *read_only*, reports, may be anywhere if the settings are trusted.
    """
    path = relative_to(layer.source.path, name.written)
    start = fixed_part(path)
    let_in = reach.has(path) if start == path else reach.may_search(start)
    _require(let_in or (read_only and reach.reads_all), layer, name, reach)
    try:
        matches = [path] if os.path.isfile(path) else matching(path)
    except TooManyError:
        raise FileError(layer.source, FaultError(name.offset, _ENDLESS.fill(path=name.written))) from None
    if not matches:
        raise FileError(layer.source, FaultError(name.offset, _NO_FILE.fill(path=name.written)))
    for match in matches:
        _require(reach.has(match) or (read_only and reach.reads_all), layer, name, reach)
    return matches


def compared_by(path: str, layers: Iterable[Layer], reach: Reach, begun: str = "") -> Compared:
    """Return what *layers* name to compare reports with, the settings at *path*. Raises FileError as `paths_named`.

    A roster that is *begun*, at this path, is passed over: there need be none yet.
    """
    layers = tuple(layers)
    rosters = [(layer, value(layer.item, "roster")) for layer in layers if "roster" in entries(layer.item)]
    if rosters and begun and _same(begun, relative_to(rosters[-1][0].source.path, rosters[-1][1].written)):
        rosters = []
    roster = _report_meant(*rosters[-1], reach)[0] if rosters else ""

    def named(key: str) -> tuple[str, ...]:
        meant = (
            path
            for layer in layers
            for name in members(layer.item, key)
            for path in _report_meant(layer, name, reach)
        )
        return tuple(dict.fromkeys(meant))

    return Compared(named("previous"), named("members"), roster, path)


def _same(one: str, other: str) -> bool:
    return os.path.normcase(os.path.realpath(one)) == os.path.normcase(os.path.realpath(other))


def _report_meant(layer: Layer, name: Item, reach: Reach) -> list[str]:
    """Return the file or folder *name* in *layer*, or the files that match it. Raises FileError if there is none."""
    path = relative_to(layer.source.path, name.written)
    if not os.path.isdir(path):
        return _files_meant(layer, name, reach, read_only=True)
    _require(reach.reads_all or reach.may_search(path), layer, name, reach)
    return [path]


def overrides(layer: Layer) -> Iterator[Layer]:
    """Yield the overrides of *layer*, each a layer of its own."""
    for item in members(layer.item, "overrides"):
        yield Layer(layer.source, item, paths=words(item, "paths"))
