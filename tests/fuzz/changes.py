"""Changes of an input that keep to how it is built: pieces of a text, parts of a zip, values of JSON."""

import io
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from copy import deepcopy
from random import Random
from typing import Any
from xml.etree import ElementTree

Change = Callable[[bytes, Random], bytes]

# What is awkward in any text: ends of lines, signs without width, a half of a pair, numbers at a limit.
AWKWARD = (
    "", " ", "\n", "\r", "\r\n", "\t", "\x00", "\x1f", "\x1b[31m", "\x85", "\xa0", "\xad", "\u200b", "\u200d", "\u2028",
    "\u202e", "\u2066", "\u3000", "\ufeff", "\ufffd", "\uffff", "𠮷", "⼀", "|", "||", "\\", "'", '"', "<", ">", "&", "#",
    "*", "-", "%", "{", "}", "[", "]", "(", ")", "（", "）", "《", "“", "、", "，", "。", "；", "：", "0", "-1", "1.5", "１２",
    "〇", "99999999", "4294967296", "1" * 400, "九千九百九十九万", "一", "/",
)  # fmt: skip
_MOST_CHILDREN = 200  # of an element that is written elsewhere again
_OFTEN = (1, 1, 1, 2, 3, 6)  # changes of one input: most of those of a strict notation are refused


def listed(words: str) -> tuple[str, ...]:
    """Return *words*, which are parted by spaces."""
    return tuple(words.split())


def pieces(pattern: str, words: Sequence[str], encoding: str = "utf-8") -> Change:
    """Return the change of a text that takes what *pattern* matches for its pieces and *words* for others."""
    cut = re.compile(pattern, re.DOTALL)

    def change(data: bytes, rng: Random) -> bytes:
        found = [piece for piece in cut.findall(data.decode(encoding, "replace")) if piece]
        for _ in range(rng.choice(_OFTEN)):
            _change_one(found, words, rng)
        return "".join(found).encode(encoding, "replace")

    return change


def _change_one(found: list[str], words: Sequence[str], rng: Random) -> None:
    """Change the list of pieces *found* in one place."""
    new = rng.choice(rng.choice((words, AWKWARD)))
    if not found:
        found.append(new)
        return
    at, other = rng.randrange(len(found)), rng.randrange(len(found))
    end = min(len(found), at + rng.choice((1, 1, 2, 4, 16)))
    match rng.randrange(8):
        case 0:
            del found[at:end]
        case 1:
            found[other:other] = found[at:end]
        case 2:
            found[at:end] = found[at:end] * rng.choice((2, 3, 20))
        case 3:
            found[at], found[other] = found[other], found[at]
        case 4:
            found.insert(at, new)
        case 5:
            found[at] = new
        case 6:
            inside = rng.randint(0, len(found[at]))
            found[at] = found[at][:inside] + new + found[at][inside + rng.randrange(3) :]
        case _:
            found[at] = re.sub(
                r"\d+", lambda match: str(int(match[0][:9]) + rng.choice((-1, 1, 10, 999))), found[at]
            )


def either(*changes: Change) -> Change:
    """Return the change that is one of *changes*."""
    return lambda data, rng: rng.choice(changes)(data, rng)


def raw(data: bytes, rng: Random) -> bytes:
    """Return *data* with some of its bytes changed, cut off or written twice."""
    changed = bytearray(data)
    for _ in range(rng.choice(_OFTEN)):
        at = rng.randint(0, len(changed))
        match rng.randrange(4):
            case 0:
                changed[at : at + rng.choice((1, 1, 2, 8, 64))] = b""
            case 1:
                changed[at:at] = rng.randbytes(rng.choice((1, 2, 4)))
            case 2:
                changed[at:at] = changed[at : at + rng.choice((2, 16, 256))]
            case _:
                changed[at : at + 1] = bytes([rng.choice((0, 1, 0x20, 0x7F, 0x80, 0xFE, 0xFF))])
    return bytes(changed)


# -- XML ---------------------------------------------------------------------------------------------------


def elements(names: Sequence[str], change: Change) -> Change:
    """Return the change of elements of an XML text that stays one, its texts and attributes changed by *change*.

    *names* are elements to put in, as they are written between < and >, their prefixes those of the text.
    """

    def whole(data: bytes, rng: Random) -> bytes:
        try:
            root = ElementTree.fromstring(data)
        except (ElementTree.ParseError, LookupError, ValueError):
            return change(data, rng)
        spaces = dict(
            re.findall(r'xmlns:(?!ns\d|xml)([A-Za-z]\w*)="([^"<&]+)"', data.decode("utf-8", "replace"))
        )
        for prefix, space in spaces.items():
            ElementTree.register_namespace(prefix, space)
        declared = "".join(f' xmlns:{prefix}="{space}"' for prefix, space in spaces.items())
        for _ in range(rng.choice(_OFTEN)):
            parents = list(root.iter())
            parent = rng.choice(parents)
            # What is in another element of the same name may well be in this one.
            alike = [each for each in parents if each.tag == parent.tag and len(each)]
            other = rng.choice(rng.choice(alike)) if alike and rng.randrange(2) else rng.choice(parents)
            _element_changed(parent, other, rng, change, f"<a{declared}><{rng.choice(names)}/></a>")
        return ElementTree.tostring(root)

    return whole


def _element_changed(
    parent: ElementTree.Element, other: ElementTree.Element, rng: Random, change: Change, new: str
) -> None:
    """Change *parent* or a child of it; *other* is somewhere else in the tree, *new* an element in a text."""
    at = rng.randint(0, len(parent))
    match rng.randrange(8):
        case 0 if len(parent):
            del parent[at % len(parent)]
        case 1 if len(parent):
            parent.insert(at, deepcopy(parent[at % len(parent)]))
        case 2 if len(parent) < _MOST_CHILDREN > len(other):
            parent.insert(at, deepcopy(other))
        case 3 if len(parent):
            parent[at % len(parent)].tag = other.tag
        case 4 if parent.attrib:
            name = rng.choice(list(parent.attrib))
            parent.attrib[name] = _clean(change(parent.attrib[name].encode(), rng))
        case 5 if other.attrib:
            parent.attrib.update(other.attrib)
        case 6 if parent.text:
            parent.text = _clean(change(parent.text.encode(), rng))
        case _:
            with suppress(ElementTree.ParseError):  # a prefix that the text does not have
                parent.insert(at, ElementTree.fromstring(new)[0])


def _clean(data: bytes) -> str:
    """Return *data* as a text without what XML cannot hold, which would end the reading at once."""
    return re.sub("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", data.decode("utf-8", "replace"))


# -- a zip -------------------------------------------------------------------------------------------------

_FIELDS = {b"PK\x03\x04": 30, b"PK\x01\x02": 46, b"PK\x05\x06": 22}  # records, with their lengths
_LARGEST_PART = 2**20


def zipped(change: Change) -> Change:
    """Return the change that makes *change* in a part of a zip, or something of its directory."""

    def whole(data: bytes, rng: Random) -> bytes:
        if rng.randrange(4) == 0:
            return _directory_changed(data, rng)
        parts = _parts(data)
        if not parts:
            return raw(data, rng)
        at = rng.choices(range(len(parts)), [len(content) + 1 for _, content in parts])[0]
        name, content = parts[at] if rng.randrange(3) else rng.choice(parts)
        at = [each for each, _ in parts].index(name)
        match rng.randrange(12):
            case 0:
                del parts[at]
            case 1:
                parts.append((rng.choice(parts)[0], content))
            case _:
                parts[at] = name, change(content, rng)
        return _packed(parts)

    return whole


def _parts(data: bytes) -> list[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return [
                (each.filename, archive.read(each))
                for each in archive.infolist()
                if each.file_size < _LARGEST_PART
            ]
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        RuntimeError,
        ValueError,
        EOFError,
        OSError,
        zlib.error,
        struct.error,
    ):
        return []


def _packed(parts: Sequence[tuple[str, bytes]]) -> bytes:
    import warnings

    file = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # of two parts with one name
        for name, content in parts:
            archive.writestr(
                zipfile.ZipInfo(name or "?"), content, zipfile.ZIP_DEFLATED
            )  # the same every time
    return file.getvalue()


def _directory_changed(data: bytes, rng: Random) -> bytes:
    """Return *data* with one field of one record of its directory changed."""
    records = [
        (match.start(), _FIELDS[match[0]]) for match in re.finditer(b"PK(?:\x03\x04|\x01\x02|\x05\x06)", data)
    ]
    if not records:
        return raw(data, rng)
    start, length = rng.choice(records)
    at = start + 4 + 2 * rng.randrange((length - 4) // 2)
    number = rng.choice((0, 1, 8, 9, 12, 14, 99, 0x7FFF, 0xFFFF, rng.getrandbits(16)))
    return data[:at] + struct.pack("<H", number) + data[at + 2 :]


# -- JSON --------------------------------------------------------------------------------------------------

_VALUES = (
    "null",
    "true",
    "-1",
    "0",
    "1",
    "2147483648",
    "18446744073709551616",
    "1.5",
    '""',
    '"x"',
    "[]",
    "{}",
    "[{}]",
    '{"": null}',
    '"\\ud800"',
    '"公开"',
)


def values(change: Change) -> Change:
    """Return the change of a value somewhere in a JSON text, its texts changed by *change*."""

    def whole(data: bytes, rng: Random) -> bytes:
        try:
            tree = json.loads(data)
        except (ValueError, RecursionError):
            return raw(data, rng)
        for _ in range(rng.choice(_OFTEN)):
            tree = _value_changed(tree, change, rng)
        return json.dumps(tree).encode()

    return whole


def _value_changed(tree: Any, change: Change, rng: Random) -> Any:
    """Return *tree* with one value in it changed, left out or written twice."""
    holders = list(_holders(tree))
    if not holders:
        return [tree]
    holder = rng.choice(holders)
    key = rng.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
    old = holder[key]
    match rng.randrange(6):
        case 0:
            del holder[key]
        case 1 if isinstance(holder, list):
            holder.insert(rng.randint(0, len(holder)), old)
        case 2 if isinstance(holder, list):
            other = rng.randrange(len(holder))
            holder[key], holder[other] = holder[other], holder[key]
        case 3:
            holder[key] = json.loads(rng.choice(_VALUES))
        case _ if isinstance(old, str):
            holder[key] = change(old.encode("utf-8", "replace"), rng).decode("utf-8", "replace")
        case _ if isinstance(old, int):
            holder[key] = old + rng.choice((-1, 1, 7, 10**6))
        case _:
            other_holder = rng.choice(holders)
            holder[key] = json.loads(
                json.dumps(
                    rng.choice(
                        list(other_holder.values()) if isinstance(other_holder, dict) else other_holder
                    )
                )
            )
    return tree


def _holders(tree: Any) -> "list[Any]":
    """Return every list and mapping in *tree* that is not empty."""
    found, open_ = [], [tree]
    while open_:
        each = open_.pop()
        if isinstance(each, dict | list) and each:
            found.append(each)
            open_.extend(each.values() if isinstance(each, dict) else each)
    return found
