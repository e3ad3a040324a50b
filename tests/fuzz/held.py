"""What holds of everything that is read or judged."""

import re
from collections.abc import Callable, Iterator

from nianbao.engine.finding import OutcomeState
from nianbao.engine.verdict import Verdict
from nianbao.report.report import Report
from nianbao.report.table import Cell
from nianbao.report.wrapped import unwrapped
from nianbao.testing import official_forms
from nianbao.text.source import Source, Span, UnreadableError
from placed import placed

from tests.fuzz.target import Refused

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def reading(read: Callable[[bytes, str], Source], data: bytes, name: str) -> object:
    """Hold *read* to make a text with a report of the file *data*, or to refuse it with a reason, and return which."""
    try:
        made = read(data, name)
    except UnreadableError as error:
        return Refused(reason(error.reason.zh))
    return source(made), report(made), made.remarks


def source(read: Source) -> object:
    """Hold *read* to be a text whose segments are in order and inside it, and return it as a value."""
    assert not any(sign in read.text for sign in "\x00\x1b"), "control characters are not handed on"
    end = 0
    for segment in read.segments:
        assert end <= segment.start <= segment.end <= len(read.text), segment
        assert segment.at <= segment.until, segment
        if read.raw is not None:
            assert 0 <= segment.at <= segment.until <= len(read.raw.text), segment
        end = segment.end
    for offset in (0, len(read.text) // 2, len(read.text)):
        place = read.position(offset)
        assert min(place.line, place.column, place.byte_column) >= 1, place
        read.locate(Span(offset, len(read.text)))
    return read.text, read.kind, read.encoding, read.segments


def report(read: Source) -> object:
    """Hold the report of *read* to say of each cell and heading where it stands, and return its cells.

    Marks of headings, comments and ends of lines may lie between the words there.
    """
    bound = Report(unwrapped(read, official_forms()), official_forms())
    text = bound.source.text
    for words, (start, end) in placed(bound):
        assert 0 <= start <= end <= len(text), (words, start, end)
        assert _signs(text[start:end]) == _signs(words), (words, text[start:end])
    return tuple((cell.address, cell.text, cell.span) for cell in _cells(bound))


def _signs(words: str) -> str:
    return "".join(filter(str.isalnum, _COMMENT.sub("", words)))


def _cells(bound: Report) -> Iterator[Cell]:
    for table in bound.tables.values():
        yield from table.cells


def verdict(judged: Verdict) -> object:
    """Hold *judged* to have an outcome of each rule and every place inside the text, and return its findings."""
    for outcome in judged.outcomes:
        assert outcome.state is not OutcomeState.CRASHED, outcome
    most = len(judged.report.source.text)
    for diagnostic in judged.diagnostics:
        finding = diagnostic.finding
        edits = finding.fix.edits if finding.fix is not None else ()
        others = (*(each.span for each in finding.related), *(each.span for each in edits))
        for start, end in (finding.span, *others):
            assert 0 <= start <= end <= most, diagnostic
        assert diagnostic.address, diagnostic
    return tuple(
        (each.code, each.finding.span, each.finding.message, each.fingerprint) for each in judged.diagnostics
    )


def reason(said: str) -> str:
    """Hold a refusal to say why, and return it."""
    assert said.strip()
    return said
