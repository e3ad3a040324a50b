"""Where in a file the words stand that an edit of the text made of it is about."""

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
    """Yield what has to change in the raw text of *source* for *edit*, its new words not yet escaped.

    What runs over tags is several changes, the first of which has the new words. Raises RefusedError.
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
    """Return where words go that are inserted at *at*, None where the file has no such place.

    They go behind what stands before them in the line, into an empty cell, or before what follows.
    """
    if at and source.text[at - 1] not in f"\r\n{CELL_MARK}":
        before = source.locate(Span(at - 1, at))
        if before:
            return before[0].until
    here = source.locate(Span(at, at))
    return here[0].at if here else None


def _stretches(source: Source, edit: Edit) -> list[tuple[int, int]]:
    """Return where the characters that *edit* replaces stand, those beside each other as one."""
    start, end = edit.span
    found: list[tuple[int, int]] = []
    for at in range(start, end):
        places = source.locate(Span(at, at + 1))
        if not places:
            raise RefusedError(_ABSENT.fill(words=edit.old))
        first, until = places[0].at, places[0].until
        if source.text[at] == " ":
            until = _end_of_blank(source, at, until)
        if found and found[-1][0] <= first <= found[-1][1]:
            found[-1] = found[-1][0], max(until, found[-1][1])
        else:
            found.append((first, until))
    return found


def _end_of_blank(source: Source, at: int, until: int) -> int:
    """Return where the white space ends that the one blank at *at* stands for, where no tag is in it."""
    following = source.locate(Span(at + 1, at + 2))
    if source.raw is None or not following or following[0].at <= until:
        return until
    between = source.raw.text[until : following[0].at]
    return until if unescape(between).strip() else following[0].at
