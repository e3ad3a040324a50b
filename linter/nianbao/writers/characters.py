"""Characters of a text file replaced by others in the bytes of the file."""

from collections.abc import Iterable
from typing import Literal

from nianbao_grammar.records import NamedTuple

from nianbao.text.language import Text
from nianbao.text.source import Source
from nianbao.text.splice import OverlapError, Splice, spliced
from nianbao.writers.writer import RefusedError

BOM = "\ufeff"

_NOT_THE_FILE = Text(
    "文件和读取时的内容不同，或者编码无法原样写回，没有改；请另存为 UTF-8 编码再检查",
    "the file is not what was read, or its encoding cannot be written back as it was, so nothing was written: save it as UTF-8 and check it again",
)
_NOT_IN_ENCODING = Text(
    "文件的编码（{encoding}）写不下“{sign}”；请另存为 UTF-8 编码再改",
    "the encoding of the file ({encoding}) cannot hold “{sign}”: save it as UTF-8 first",
)
_TWICE = Text(
    "两处修改落在文件的同一个地方，请自行修改",
    "two changes fall on the same place in the file: make them by hand",
)


class Change(NamedTuple):
    """A replacement of the characters from *start* to *end* of the file by *new*; a byte order mark is not counted."""

    start: int
    end: int
    new: str


def changed(
    data: bytes,
    source: Source,
    changes: Iterable[Change],
    errors: Literal["strict", "xmlcharrefreplace"] = "strict",
) -> bytes:
    """Return the file *data*, which *source* was read from, with *changes*; encoding, mark and line ends are kept.

    *errors* decides about a character that the encoding does not have: with `strict`, RefusedError is raised. It is
    also raised if the file has another content than *source*.
    """
    file = source.raw or source
    encoding, mark = source.encoding, BOM if file.bom else ""
    text = _decoded(data, encoding)
    if len(text) != len(mark) + len(file.text) or text.encode(encoding) != data:
        raise RefusedError(_NOT_THE_FILE)
    splices = []
    at = units = 0  # the bytes before the character *at*, counted on from one change to the next
    for start, end, new in sorted(changes):
        first = units + len(text[at : start + len(mark)].encode(encoding))
        old = text[start + len(mark) : end + len(mark)].encode(encoding)
        splices.append(Splice(first, first + len(old), _encoded(_ended(new, file.newline), encoding, errors)))
        at, units = start + len(mark), first
    try:
        return spliced(data, splices)
    except OverlapError:
        raise RefusedError(_TWICE) from None


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeError:
        raise RefusedError(_NOT_THE_FILE) from None


def _encoded(new: str, encoding: str, errors: str) -> bytes:
    try:
        return new.encode(encoding, errors)
    except UnicodeEncodeError as error:
        lacking = new[error.start : error.end]
        raise RefusedError(_NOT_IN_ENCODING.fill(encoding=encoding.upper(), sign=lacking)) from None


def _ended(new: str, newline: str) -> str:
    """Return *new* with the line ends of the file."""
    return new.replace("\r\n", "\n").replace("\n", newline)
