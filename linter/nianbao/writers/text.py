"""Text and Markdown changed in place, tables in HTML included."""

from collections.abc import Iterator, Sequence

from nianbao.text.edit import Edit
from nianbao.text.source import Source
from nianbao.writers.characters import Change, changed
from nianbao.writers.writer import Mode


def edited(data: bytes, source: Source, edits: Sequence[Edit], mode: Mode) -> bytes:
    """Return the text file *data* with *edits* in it, in its own encoding and with its own line ends.

    Raises RefusedError for a character that the encoding does not have.
    """
    if source.raw is None:
        return changed(data, source, (Change(*edit.span, edit.new) for edit in edits))
    return changed(data, source, _between_tables(source, source.raw.text, edits))


def _between_tables(source: Source, page: str, edits: Sequence[Edit]) -> Iterator[Change]:
    """Yield the changes of a Markdown file, escaped if they are in a table written in HTML."""
    from html import escape

    from nianbao.readers.markdown import tables
    from nianbao.writers.places import changes_for

    html_tables = tables(page)
    for edit in edits:
        for change in changes_for(source, edit):
            inside = any(start < change.start and change.end < end for start, end in html_tables)
            yield change._replace(new=escape(change.new)) if inside else change
