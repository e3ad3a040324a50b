"""The places in a file that an edit of the text made from it changes."""

from collections.abc import Iterator
from html import unescape

from nianbao.text.edit import Edit
from nianbao.text.language import Text
from nianbao.text.marks import CELL_MARK
from nianbao.text.source import Source, Span
from nianbao.writers.characters import Change
from nianbao.writers.writer import RefusedError

_ABSENT = Text(
    "“{words}”有一部分不在文件的文字里（例如自动编号），请自行修改",
    "part of “{words}” is not in the text of the file (a numeral of a list, for instance): change it by hand",
)


def changes_for(source: Source, edit: Edit) -> Iterator[Change]:
    """Yield the changes in the raw text of *source* that make *edit*, its new words not yet escaped.

    An edit that runs over tags is several changes, the first of which has the new words. Raises RefusedError.
    """
    if edit.span.start == edit.span.end:
        at = _gap(source, edit.span.start)
        if at is None:
            raise RefusedError(_ABSENT.fill(words=edit.new))
        yield Change(at, at, edit.new)
        return
    new = edit.new
    for start, end in _stretches(source, edit):
        yield Change(start, end, new)
        new = ""


def _gap(source: Source, at: int) -> int | None:
    """Return the offset in the file for words inserted at *at*, None if it has no such place.

    They go behind the character before them in the line, into an empty cell, or before the next character.
    """
    if at and source.text[at - 1] not in f"\r\n{CELL_MARK}":
        before = source.locate(Span(at - 1, at))
        if before:
            return before[0].until
    here = source.locate(Span(at, at))
    return here[0].at if here else None


def _stretches(source: Source, edit: Edit) -> list[tuple[int, int]]:
    """Return the ranges of the characters that *edit* replaces, adjacent ones as one."""
    start, end = edit.span
    stretches: list[tuple[int, int]] = []
    for at in range(start, end):
        places = source.locate(Span(at, at + 1))
        if not places:
            raise RefusedError(_ABSENT.fill(words=edit.old))
        first, until = places[0].at, places[0].until
        if source.text[at] == " ":
            until = _end_of_blank(source, at, until)
        if stretches and stretches[-1][0] <= first <= stretches[-1][1]:
            stretches[-1] = stretches[-1][0], max(until, stretches[-1][1])
        else:
            stretches.append((first, until))
    return stretches


def _end_of_blank(source: Source, at: int, until: int) -> int:
    """Return the end of the white space that the blank at *at* was read from; *until* if a tag is in it."""
    following = source.locate(Span(at + 1, at + 2))
    if source.raw is None or not following or following[0].at <= until:
        return until
    between = source.raw.text[until : following[0].at]
    return until if unescape(between).strip() else following[0].at
