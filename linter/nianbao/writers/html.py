"""HTML changed in place: the words between its tags, and nothing else."""

from collections.abc import Iterator, Sequence
from html import escape

from nianbao.text.edit import Edit
from nianbao.text.source import Source
from nianbao.writers.characters import Change, changed
from nianbao.writers.places import changes_for
from nianbao.writers.writer import Mode


def edited(data: bytes, source: Source, edits: Sequence[Edit], mode: Mode) -> bytes:
    """Return the page *data* with *edits* in it; a character that its encoding does not have becomes a reference.

    Words that run over tags are changed and the tags kept: the new words take the place of the first of the old.
    Raises RefusedError for words that are not in the page.
    """
    return changed(data, source, _escaped(source, edits), "xmlcharrefreplace")


def _escaped(source: Source, edits: Sequence[Edit]) -> Iterator[Change]:
    for edit in edits:
        for change in changes_for(source, edit):
            yield change._replace(new=escape(change.new))
