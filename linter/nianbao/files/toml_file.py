"""The table `[tool.nianbao]` of a pyproject.toml, with the position of every value."""

from collections.abc import Mapping, Sequence

from nianbao_grammar import patterns as re

from nianbao.files.regular import HANDWRITTEN_BYTES, contents
from nianbao.files.yaml_file import DEEP, DEEPEST, FaultError, FileError, Item, Pair, item_of, reading
from nianbao.text.language import Text
from nianbao.text.source import Source

_TABLE = ("tool", "nianbao")
_NOT_TOML = Text("TOML 语法有误（{problem}）；改正", "not TOML ({problem}): correct it")
_LONG = Text("有一个数字太长；改短", "a number is too long: make it shorter")
_HEADER = re.compile(r"[ \t]*\[\[?[ \t]*([^\] \t\n][^\]\n]*)\]\]?")
_KEY = re.compile(r"[ \t]*([\w\-\"'.\x80-\U0010ffff][\w\-\"'. \t\x80-\U0010ffff]*)=")


def read_table(path: str) -> tuple[Source, Item] | None:
    """Return the file at *path* and its table for nianbao, None if it has none. Raises FileError."""
    with reading(path):
        data = contents(path, HANDWRITTEN_BYTES)
        if b"nianbao" not in data:
            return None
        source = Source.decode(data, path)
    import tomllib

    try:
        table: object = tomllib.loads(source.text)
        for key in _TABLE:
            table = table.get(key) if isinstance(table, Mapping) else None
        return None if table is None else (source, _placed(item_of(table), _TABLE, _offsets(source.text)))
    except FaultError as fault:
        raise FileError(source, fault) from None
    except tomllib.TOMLDecodeError as error:
        raise FileError(source, FaultError(0, _NOT_TOML.fill(problem=error))) from None
    except ValueError:  # of int, for more digits than Python converts
        raise FileError(source, FaultError(0, _LONG)) from None
    except RecursionError:
        raise FileError(source, FaultError(0, DEEP.fill(most=DEEPEST))) from None


def _offsets(text: str) -> dict[tuple[str, ...], int]:
    """Return the offset of every key at the head of a line, and of every table, by its path.

    tomllib keeps no positions. A value inside an inline table is reported at the line of that table.
    """
    offsets: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    start = 0
    for line in text.splitlines(keepends=True):
        header, key = _HEADER.match(line), _KEY.match(line)
        if header:
            table = _path(header[1])
            offsets.setdefault(table, start + header.start(1))
        elif key:
            offsets.setdefault((*table, *_path(key[1])), start + key.start(1))
        start += len(line)
    return offsets


def _path(dotted: str) -> tuple[str, ...]:
    return tuple(word.strip().strip("\"'") for word in dotted.split("."))


def _placed(item: Item, path: Sequence[str], offsets: Mapping[tuple[str, ...], int], depth: int = 0) -> Item:
    """Return *item* and everything in it with the offset of the nearest key that has one.

    Raises FaultError if it is nested too deep.
    """
    known = next(
        (offsets[tuple(path[:end])] for end in range(len(path), 0, -1) if tuple(path[:end]) in offsets), 0
    )
    if depth > DEEPEST:
        raise FaultError(known, DEEP.fill(most=DEEPEST))
    if isinstance(item.content, dict):
        entries = {}
        for name, entry in item.content.items():
            value = _placed(entry.value, (*path, name), offsets, depth + 1)
            entries[name] = Pair(entry.key._replace(offset=value.offset), value)
        return item._replace(content=entries, offset=known)
    if isinstance(item.content, tuple):
        members = tuple(_placed(member, path, offsets, depth + 1) for member in item.content)
        return item._replace(content=members, offset=known)
    return item._replace(offset=known)
