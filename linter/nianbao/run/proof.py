"""Fixes made in memory, each proved by reading and judging the file again.

A fix stays only if the file then says what was meant, the finding is gone, no other has come, and no figure has
changed that a person did not agree to change. One that fails is dropped and named with the reason.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from itertools import accumulate

from nianbao_grammar.records import NamedTuple

from nianbao.engine.finding import Diagnostic, Fix
from nianbao.engine.verdict import Verdict
from nianbao.report.report import Report
from nianbao.run.fixing import applied, compatible, edits_of, is_safe, overlap, rewritten
from nianbao.run.linter import Input, Linter, bounded, content_of
from nianbao.text.edit import Edit
from nianbao.text.language import Text
from nianbao.text.source import Span, UnreadableError
from nianbao.writers.writer import Mode, RefusedError
from nianbao.writers.writers import writer_for

MOST = 200  # attempts on one file: the rest takes another run
STALE = Text(
    "规则要改的原文和报告里的不符，请自行修改",
    "the report does not say what the rule means to replace: change it by hand",
)
OTHER_TEXT = Text(
    "改后重新读取，文字和预期的不同，请自行修改",
    "read again after the change, the file does not say what was meant: change it by hand",
)
_STAYS = Text(
    "改后重新检查，问题还在，请自行修改",
    "checked again after the change, the finding is still there: change it by hand",
)
_ANOTHER = Text(
    "改后重新检查，会多出一个问题（{code}：{message}），请自行修改",
    "checked again after the change, there would be another finding ({code}: {message}): change it by hand",
)
_FIGURE = Text(
    "改后重新读取，表格里有别的数跟着变了，请自行修改",
    "read again after the change, another figure of a table has changed: change it by hand",
)
_FAULT = Text(
    "改文件时程序出错（{error}），请自行修改",
    "the program failed to change the file ({error}): change it by hand",
)


class Refusal(NamedTuple):
    """A finding whose fix was not made, and why."""

    diagnostic: Diagnostic
    reason: Text


class Fixed(NamedTuple):
    """A file after fixing: the bytes it *was* with the verdict *before*, its *data* now with the *verdict* on that.

    Each fix is *made* or *refused*.
    """

    was: bytes
    before: Verdict
    data: bytes
    verdict: Verdict
    made: tuple[Diagnostic, ...]
    refused: tuple[Refusal, ...]


def fixed(
    linter: Linter,
    file: Input,
    *,
    unsafe: bool,
    mode: Mode = "tracked",
    codes: Collection[str] | None = None,
) -> Fixed:
    """Return *file* with as many of its findings put right as possible, by *linter*; nothing is written.

    With *codes*, only findings of these rules are put right. Fixes are made until none is left that can be made:
    a second call on the result changes nothing. Raises UnreadableError if *file* cannot be read or all this takes
    too long, RefusedError if there is something to fix in a file of a kind that is never changed.
    """
    with bounded(file):
        return _fixed(linter, file, unsafe, mode, codes)


def _fixed(linter: Linter, file: Input, unsafe: bool, mode: Mode, codes: Collection[str] | None) -> Fixed:
    bench = _Bench(linter, file, mode)
    before = now = bench.step(content_of(file), ())
    made: list[Diagnostic] = []
    refused: dict[Fix | None, Refusal] = {}
    for _ in range(MOST):
        wanted = [d for d in now.verdict.open if codes is None or d.code in codes]
        wanted = [d for d in wanted if d.finding.fix not in refused]
        candidates = compatible(wanted, unsafe=unsafe)
        if not candidates:
            break
        then = bench.most_of(now, candidates)
        if isinstance(then, Refusal):
            refused[then.diagnostic.finding.fix] = then
            continue
        now = then
        made.extend(then.made)
        refused.clear()  # a fix that failed before may succeed now
    return Fixed(before.data, before.verdict, now.data, now.verdict, tuple(made), tuple(refused.values()))


class _Step(NamedTuple):
    """A file as it has become, the verdict on it, and the findings put right on the way from the step before."""

    data: bytes
    verdict: Verdict
    made: tuple[Diagnostic, ...]


class _Bench(NamedTuple):
    """A file being changed in memory, and proved after each change."""

    linter: Linter
    file: Input
    mode: Mode

    def step(self, data: bytes, made: tuple[Diagnostic, ...]) -> _Step:
        """Return *data* read and judged. Raises UnreadableError."""
        checked = self.linter.check(self.file._replace(data=data))
        if checked.verdict is None:
            raise UnreadableError(checked.error or OTHER_TEXT)
        return _Step(data, checked.verdict, made)

    def most_of(self, now: _Step, candidates: Sequence[Diagnostic]) -> _Step | Refusal:
        """Return the file with *candidates* put right, or the first half of them if that fails, and so on.

        If even the first alone fails, it is refused.
        """
        size = len(candidates)
        while True:
            then = self.put_right(now, tuple(candidates[:size]))
            if isinstance(then, _Step):
                return then
            if size == 1:
                return Refusal(candidates[0], then)
            size //= 2

    def put_right(self, now: _Step, made: tuple[Diagnostic, ...]) -> _Step | Text:
        """Return the file with the fixes of *made* in it, or the reason they cannot stay. Raises RefusedError."""
        edits = edits_of(made)
        source = now.verdict.report.source
        writer_for(source)  # of a kind that can be changed at all
        try:
            expected = applied(source.text, edits)
        except ValueError:
            return STALE
        try:
            then = self.step(rewritten(now.data, source, edits, self.mode), made)
        except (RefusedError, UnreadableError) as error:
            return error.reason
        except Exception as error:  # a fault of ours must not cost the other fixes
            return _FAULT.fill(error=f"{type(error).__name__}: {error}")
        if then.verdict.report.source.text != expected:
            return OTHER_TEXT
        return _objection(now.verdict, then.verdict, made) or then


def _objection(before: Verdict, after: Verdict, made: Sequence[Diagnostic]) -> Text | None:
    """Return the objection to the fixes of *made*, None if there is none."""
    agreed = edits_of(d for d in made if not is_safe(d))
    figures = _figures(after.report)
    for address, (figure, span) in _figures(before.report).items():
        changed = figures.get(address, ("", span))[0] != figure
        if changed and not any(overlap(edit.span, span) for edit in agreed):
            return _FIGURE
    move = _Move(edits_of(made))
    known: dict[str, list[Span]] = {}
    for diagnostic in before.open:
        if diagnostic not in made:
            known.setdefault(diagnostic.code, []).append(move.span(diagnostic.finding.span))
    codes = {diagnostic.code for diagnostic in made}
    for diagnostic in after.open:
        old = next((s for s in known.get(diagnostic.code, ()) if _touch(s, diagnostic.finding.span)), None)
        if old is not None:
            known[diagnostic.code].remove(old)
        elif diagnostic.code in codes:
            return _STAYS
        else:
            return _ANOTHER.fill(code=diagnostic.code, message=diagnostic.finding.message)
    return None


def _figures(report: Report) -> dict[str, tuple[str, Span]]:
    """Return the text of each cell of the tables, its value if it is a figure, and its place."""
    cells = [cell for table in report.tables.values() for cell in table.cells]
    return {c.address: (c.text if c.value is None else str(c.value), c.span) for c in cells}


def _touch(one: Span, other: Span) -> bool:
    return one.start <= other.end and other.start <= one.end


class _Move:
    """The shift of the places in a text by edits."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self.starts = [edit.span.start for edit in edits]
        self.ends = [edit.span.end for edit in edits]
        grown = [len(edit.new) - len(edit.old) for edit in edits]
        self.grown = [0, *accumulate(grown)]  # before each edit, and after the last

    def span(self, span: Span) -> Span:
        """Return *span* after the edits, with the whole of each edit that reaches into it."""
        first, last = bisect_right(self.ends, span.start), bisect_left(self.starts, span.end)
        start = min([span.start, *self.starts[first : first + 1]])
        end = max([span.end, *self.ends[last - 1 : last]]) if last else span.end
        return Span(start + self.grown[first], end + self.grown[max(last, first)])
