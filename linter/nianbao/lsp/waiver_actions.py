"""Waiving a finding from the editor: an entry in the file of waivers, whose reason a person writes."""

import os
from collections.abc import Callable

from nianbao_grammar.records import NamedTuple

from nianbao.engine.finding import Diagnostic
from nianbao.files.lookup import WAIVERS
from nianbao.files.yaml_file import FileError
from nianbao.lsp import types
from nianbao.lsp.buffer import Buffer
from nianbao.lsp.positions import Measure
from nianbao.report.report import Report
from nianbao.suppression.names import home
from nianbao.suppression.waivers import Waiver, Waivers, addition, read_waivers
from nianbao.text.source import Source, Span

_PLACEHOLDER = "…"  # for a reason, while it is tried whether an entry can be added
_REASON = 'reason: "'


class Entry(NamedTuple):
    """An entry to be added to the file of waivers at *path*: *edit*, and the *place* of its reason thereafter.

    The reason is left empty: until a person has written it, the file says that it is missing, and nothing is waived.
    """

    path: str
    edit: types.TextEdit
    place: types.Range
    creates: bool


def waiver_of(report: Report, path: str, diagnostic: Diagnostic, file: str) -> Waiver:
    """Return the waiver of *diagnostic* in *report* at *path*, without a reason."""
    return Waiver(diagnostic.code, diagnostic.address, "").of(report, path, file)


def entry(
    report: Report, path: str, diagnostic: Diagnostic, typed: Callable[[str], Buffer | None], unit: str
) -> Entry | None:
    """Return the entry that waives *diagnostic* in *report* at *path*, None if none can be added.

    *typed* returns a file as it is in the editor, None if it is not open there.
    """
    file = os.path.abspath(home(os.path.dirname(path), WAIVERS))
    waiver = waiver_of(report, path, diagnostic, file)
    buffer = typed(file)
    text = buffer.text if buffer is not None else None
    exists = text is not None or os.path.exists(file)
    try:
        old = read_waivers(file, text) if exists else None
        if old is not None and any(other.subject == waiver.subject for other in old.entries):
            return None
        if not _may_be_added(file, old, waiver):
            return None
    except FileError:
        return None
    words = addition(old, (waiver,))
    before = old.source.text if old is not None else ""
    return _entry(file, before, words, unit, creates=not exists)


def _may_be_added(file: str, old: Waivers | None, waiver: Waiver) -> bool:
    """Return whether the file reads as meant with *waiver* at its end. Raises FileError if it does not read."""
    said = waiver._replace(reason=_PLACEHOLDER)
    text = old.source.text if old is not None else ""
    new = read_waivers(file, text + addition(old, (said,)))
    entries = [*(old.entries if old is not None else ()), said]
    return [entry.unplaced for entry in new.entries] == [entry.unplaced for entry in entries]


def _entry(file: str, before: str, words: str, unit: str, *, creates: bool) -> Entry:
    measure = Measure(unit)
    end = measure.range(Source(before, file), Span(len(before), len(before)))
    at = len(before) + words.rindex(_REASON) + len(_REASON)
    place = measure.range(Source(before + words, file), Span(at, at))
    return Entry(file, types.TextEdit(end, words), place, creates)
