"""The places of findings and fixes in a file whose lines people see."""

from nianbao_grammar.records import NamedTuple

from nianbao.engine.finding import Fix
from nianbao.text.inert import inert
from nianbao.text.language import Text
from nianbao.text.source import Origin, Position, Source, Span

_CELL = Text("工作表“{sheet}”第{row}行{column}列", "sheet {sheet!r}, cell {cell}")


class Extent(NamedTuple):
    """A stretch of a file, its *end* the place after its last character; both are in every unit."""

    start: Position
    end: Position


class Change(NamedTuple):
    """Text to be put in place of a stretch of a file."""

    extent: Extent
    new: str


def extent(source: Source, span: Span) -> Extent | None:
    """Return the place of *span* in the file, None if the file has no visible lines.

    In a page of HTML it ends with the last character itself, not with the tags after it.
    """
    if not source.visible:
        return None
    places = source.locate(span) if source.raw is not None else ()
    if source.raw is None or not places:
        return Extent(source.position(span.start), source.position(span.end))
    first, last = min(place.at for place in places), max(place.until for place in places)
    return Extent(source.raw.position(first), source.raw.position(last))


def in_sheet(source: Source, span: Span) -> Text:
    """Return where *span* begins in a workbook, in words: sheet, row and column; no words in any other file."""
    origin = places[0].origin if (places := source.locate(span)) else Origin()
    if not origin.cell:
        return Text("", "")
    row = origin.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return _CELL.fill(sheet=origin.part, row=row, column=origin.cell.removesuffix(row), cell=origin.cell)


def changes(source: Source, fix: Fix | None) -> tuple[Change, ...]:
    """Return the changes that *fix* makes in the file, none if the file does not read as the fix expects.

    None either if a new text has signs that act or are not seen: a program would show them.
    """
    if fix is None or not source.visible:
        return ()
    made = []
    for edit in fix.edits:
        place = extent(source, edit.span)
        if place is None or _text_at(source, place) != edit.old or inert(edit.new, "\r\n\t") != edit.new:
            return ()
        made.append(Change(place, edit.new))
    return tuple(made)


def _text_at(source: Source, place: Extent) -> str:
    return (source.raw or source)[Span(place.start.offset, place.end.offset)]
