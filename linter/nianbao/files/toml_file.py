"""The table `[tool.nianbao]` of a pyproject.toml, with the place of every value."""

import re
from collections.abc import Mapping, Sequence

from nianbao.files.yaml_file import Entry, FaultError, FileError, Item, item_of
from nianbao.text.language import Text
from nianbao.text.source import Source

_LARGEST = 256 * 1024  # bytes
_TABLE = ("tool", "nianbao")
_NOT_TOML = Text("TOML 语法有误（{problem}）；改正", "not TOML ({problem}): correct it")
_HEADER = re.compile(r"[ \t]*\[\[?[ \t]*([^\]\n]+?)[ \t]*\]\]?")
_KEY = re.compile(r"[ \t]*((?:[\w\-\"'. ]|[^\x00-\x7f])+?)[ \t]*=")


def read_table(path: str) -> tuple[Source, Item] | None:
    """Return the file at *path* and its table for nianbao, None where it has none. Raises FileError."""
    with open(path, "rb") as file:
        data = file.read(_LARGEST)
    if b"nianbao" not in data:
        return None
    import tomllib

    source = Source.decode(data, path)
    try:
        found: object = tomllib.loads(source.text)
    except tomllib.TOMLDecodeError as error:
        raise FileError(source, FaultError(0, _NOT_TOML.fill(problem=error))) from None
    for key in _TABLE:
        found = found.get(key) if isinstance(found, Mapping) else None
    if found is None:
        return None
    return source, _placed(item_of(found), _TABLE, _places(source.text))


def _places(text: str) -> dict[tuple[str, ...], int]:
    """Return the offset of every key at the head of a line, and of every table, by its path.

    tomllib keeps no places. What stands inside an inline table is told at the line of that table.
    """
    found: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    start = 0
    for line in text.splitlines(keepends=True):
        header, key = _HEADER.match(line), _KEY.match(line)
        if header:
            table = _path(header[1])
            found.setdefault(table, start + header.start(1))
        elif key:
            found.setdefault((*table, *_path(key[1])), start + key.start(1))
        start += len(line)
    return found


def _path(words: str) -> tuple[str, ...]:
    return tuple(word.strip().strip("\"'") for word in words.split("."))


def _placed(item: Item, path: Sequence[str], places: Mapping[tuple[str, ...], int]) -> Item:
    """Return *item* and all that it holds at the place of the nearest key that has one."""
    known = next(
        (places[tuple(path[:end])] for end in range(len(path), 0, -1) if tuple(path[:end]) in places), 0
    )
    if isinstance(item.content, dict):
        entries = {}
        for name, entry in item.content.items():
            value = _placed(entry.value, (*path, name), places)
            entries[name] = Entry(entry.key._replace(offset=value.offset), value)
        return item._replace(content=entries, offset=known)
    if isinstance(item.content, tuple):
        members = tuple(_placed(member, path, places) for member in item.content)
        return item._replace(content=members, offset=known)
    return item._replace(offset=known)
