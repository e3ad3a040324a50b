"""The values in a checked file written by hand."""

from nianbao.files.yaml_file import Item, Pair


def entries(item: Item) -> dict[str, Pair]:
    """Return the keys and values of *item*, a mapping."""
    assert isinstance(item.content, dict)
    return item.content


def value(item: Item, key: str) -> Item:
    """Return the value of *key*."""
    return entries(item)[key].value


def text_under(item: Item, key: str, default: str = "") -> str:
    """Return the value of *key* as written in the file, *default* if the key is left out."""
    entry = entries(item).get(key)
    return default if entry is None else entry.value.written


def members(item: Item, key: str) -> tuple[Item, ...]:
    """Return the entries of the list under *key*: none if it is left out, one for a single value."""
    entry = entries(item).get(key)
    if entry is None:
        return ()
    content = entry.value.content
    return content if isinstance(content, tuple) else (entry.value,)


def words(item: Item, key: str) -> tuple[str, ...]:
    """Return the entries of the list under *key* as written in the file."""
    return tuple(member.written for member in members(item, key))
