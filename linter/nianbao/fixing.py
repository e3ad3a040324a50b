"""Findings put right in the file they were found in, each fix proved by reading and checking the file again.

A fix is made whole or not at all. It stays only if the file then says what was meant, the finding is gone, no
other has come, and no figure has changed that a person did not agree to change. What fails is dropped and named.
"""

import os
import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Sequence
from errno import EACCES
from itertools import accumulate
from typing import NamedTuple

from nianbao.diagnostic import Diagnostic, Edit, Fix
from nianbao.engine import Verdict
from nianbao.language import Text
from nianbao.report import Report
from nianbao.run import Input, Linter, content
from nianbao.source import Span, UnreadableError
from nianbao.writers import Mode, RefusedError, writer_for

MOST = 200  # attempts on one file: what is left then takes another run
_LONGEST = 400  # words in which the signs that stay are looked for; what is longer is replaced as a whole
_WORD = re.compile(r"\d+|\D", re.DOTALL)

_STALE = Text(
    "规则要改的原文和报告里的不符，请自行修改",
    "the report does not say what the rule means to replace: change it by hand",
)
_OTHER_TEXT = Text(
    "改后重新读取，文字和预期的不同，请自行修改",
    "read again after the change, the file says something else than was meant: change it by hand",
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
    "the program failed on changing the file ({error}): change it by hand",
)


class Refusal(NamedTuple):
    """A finding whose fix was not made, and why."""

    diagnostic: Diagnostic
    reason: Text


class Fixed(NamedTuple):
    """What became of a file: the bytes it *was*, the verdict *before*, its *data* now, the *verdict* on that, every fix.

    A fix is *made* or *refused*.
    """

    was: bytes
    before: Verdict
    data: bytes
    verdict: Verdict
    made: tuple[Diagnostic, ...]
    refused: tuple[Refusal, ...]


# -- which fixes, and what they change -------------------------------------------------------------------


def chosen(diagnostics: Iterable[Diagnostic], *, unsafe: bool) -> tuple[Edit, ...]:
    """Return the edits that put right as many of *diagnostics* as can be at once, in the order of the text.

    Only safe fixes are taken unless *unsafe*, each whole or not at all. No two edits overlap: where two fixes
    do, that of the more severe finding is taken, then that of the earlier. Edits that agree are one.
    """
    return edits_of(compatible(diagnostics, unsafe=unsafe))


def compatible(diagnostics: Iterable[Diagnostic], *, unsafe: bool) -> tuple[Diagnostic, ...]:
    """Return those of *diagnostics* whose fixes can be made at once, the most severe first."""
    wanted = [d for d in diagnostics if d.fixable and (unsafe or _is_safe(d))]
    wanted.sort(key=lambda d: (-d.severity.rank, d.finding.span, d.code))
    taken: list[Edit] = []
    found = []
    for diagnostic in wanted:
        edits = _edits(diagnostic)
        if edits and not any(_clashes(edit, taken) for edit in edits):
            found.append(diagnostic)
            for edit in edits:
                if edit not in taken[bisect_left(taken, edit) :][:1]:
                    insort(taken, edit)
    return tuple(found)


def edits_of(diagnostics: Iterable[Diagnostic]) -> tuple[Edit, ...]:
    """Return the edits of the fixes of *diagnostics*, each once, in the order of the text."""
    return tuple(sorted({edit for diagnostic in diagnostics for edit in _edits(diagnostic)}))


def _is_safe(diagnostic: Diagnostic) -> bool:
    return diagnostic.finding.fix is not None and diagnostic.finding.fix.safe


def _edits(diagnostic: Diagnostic) -> tuple[Edit, ...]:
    fix = diagnostic.finding.fix
    return fix.edits if fix is not None else ()


def _clashes(edit: Edit, taken: Sequence[Edit]) -> bool:
    """Return whether *edit* is for the same place as another of those *taken*, which are in order."""
    at = bisect_left(taken, edit)
    return any(edit != other and _overlap(edit.span, other.span) for other in taken[max(at - 1, 0) : at + 2])


def _overlap(one: Span, other: Span) -> bool:
    """Return whether two edits fall on one place: an insertion does with all that it touches."""
    if one.start == one.end or other.start == other.end:
        return one.start <= other.end and other.start <= one.end
    return one.start < other.end and other.start < one.end


def applied(text: str, edits: Iterable[Edit]) -> str:
    """Return *text* with *edits*, which do not overlap. Raises ValueError where it reads otherwise than they say."""
    pieces: list[str] = []
    done = 0
    for (start, end), old, new in sorted(edits):
        if text[start:end] != old or start < done:
            raise ValueError(f"the text reads {text[start:end]!r} at {start}, not {old!r}")
        pieces += [text[done:start], new]
        done = end
    return "".join([*pieces, text[done:]])


def narrowed(edit: Edit) -> tuple[Edit, ...]:
    """Return *edit* as edits of only what differs; a figure is never taken apart."""
    old, new = _WORD.findall(edit.old), _WORD.findall(edit.new)
    if len(old) + len(new) > _LONGEST:
        return (edit,)
    from difflib import SequenceMatcher  # 5 ms that a run without a fix need not wait for

    starts = [edit.span.start, *accumulate(map(len, old), initial=edit.span.start)][1:]
    return tuple(
        Edit(Span(starts[a], starts[b]), "".join(old[a:b]), "".join(new[c:d]))
        for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        if tag != "equal"
    )


# -- made in a file, and proved --------------------------------------------------------------------------


def fixed(linter: Linter, given: Input, *, unsafe: bool, mode: Mode = "tracked") -> Fixed:
    """Return *given* with as many of its findings put right as can be, by *linter*; nothing is written.

    Fixes are made until none is left that can be: a second call on what is returned changes nothing. Raises
    UnreadableError for what cannot be read, RefusedError where there is something to fix in a file of a kind
    that is never changed.
    """
    bench = _Bench(linter, given, mode)
    before = now = bench.step(content(given), ())
    made: list[Diagnostic] = []
    refused: dict[Fix | None, Refusal] = {}
    for _ in range(MOST):
        wanted = [d for d in now.verdict.open if d.finding.fix not in refused]
        candidates = compatible(wanted, unsafe=unsafe)
        if not candidates:
            break
        then = bench.most_of(now, candidates)
        if isinstance(then, Refusal):
            refused[then.diagnostic.finding.fix] = then
            continue
        now = then
        made.extend(then.made)
        refused.clear()  # what failed before may be right by now
    return Fixed(before.data, before.verdict, now.data, now.verdict, tuple(made), tuple(refused.values()))


class _Step(NamedTuple):
    """A file as it has become, the verdict on it, and the findings put right on the way from the step before."""

    data: bytes
    verdict: Verdict
    made: tuple[Diagnostic, ...]


class _Bench(NamedTuple):
    """Where a file is changed in memory and proved."""

    linter: Linter
    given: Input
    mode: Mode

    def step(self, data: bytes, made: tuple[Diagnostic, ...]) -> _Step:
        """Return *data* read and judged. Raises UnreadableError."""
        checked = self.linter.check(self.given._replace(data=data))
        if checked.verdict is None:
            raise UnreadableError(checked.error or _OTHER_TEXT)
        return _Step(data, checked.verdict, made)

    def most_of(self, now: _Step, candidates: Sequence[Diagnostic]) -> _Step | Refusal:
        """Return the file with *candidates* put right, or the first half of them where that fails, and so on.

        Where even the first alone fails, it is refused.
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
        """Return the file with the fixes of *made* in it, or why they cannot stay. Raises RefusedError."""
        edits = edits_of(made)
        source = now.verdict.report.source
        writer = writer_for(source)
        try:
            expected = applied(source.text, edits)
        except ValueError:
            return _STALE
        parts = [part for edit in edits for part in narrowed(edit)]
        try:
            then = self.step(writer.edited(now.data, source, parts, self.mode), made)
        except (RefusedError, UnreadableError) as error:
            return error.reason
        except Exception as error:  # a fault of ours must not cost the other fixes
            return _FAULT.fill(error=f"{type(error).__name__}: {error}")
        if then.verdict.report.source.text != expected:
            return _OTHER_TEXT
        return _objection(now.verdict, then.verdict, made) or then


def _objection(before: Verdict, after: Verdict, made: Sequence[Diagnostic]) -> Text | None:
    """Return what speaks against the fixes of *made*, None for nothing."""
    agreed = edits_of(d for d in made if not _is_safe(d))
    figures = _figures(after.report)
    for address, (figure, span) in _figures(before.report).items():
        changed = figures.get(address, ("", span))[0] != figure
        if changed and not any(_overlap(edit.span, span) for edit in agreed):
            return _FIGURE
    move = _Move(edits_of(made))
    known: dict[str, list[Span]] = {}
    for diagnostic in before.open:
        if diagnostic not in made:
            known.setdefault(diagnostic.code, []).append(move.span(diagnostic.finding.span))
    codes = {diagnostic.code for diagnostic in made}
    for diagnostic in after.open:
        was = next((s for s in known.get(diagnostic.code, ()) if _touch(s, diagnostic.finding.span)), None)
        if was is not None:
            known[diagnostic.code].remove(was)
        elif diagnostic.code in codes:
            return _STAYS
        else:
            return _ANOTHER.fill(code=diagnostic.code, message=diagnostic.finding.message)
    return None


def _figures(report: Report) -> dict[str, tuple[str, Span]]:
    """Return what each cell of the tables says, its value where it is a figure, and where it stands."""
    cells = [cell for table in report.tables.values() for cell in table.cells]
    return {c.address: (c.text if c.value is None else str(c.value), c.span) for c in cells}


def _touch(one: Span, other: Span) -> bool:
    return one.start <= other.end and other.start <= one.end


class _Move:
    """Where what stood in a text stands after edits."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self.starts = [edit.span.start for edit in edits]
        self.ends = [edit.span.end for edit in edits]
        grown = [len(edit.new) - len(edit.old) for edit in edits]
        self.grown = [0, *accumulate(grown)]  # before each edit, and after the last

    def span(self, span: Span) -> Span:
        """Return where *span* stands then, with the whole of each edit that reaches into it."""
        first, last = bisect_right(self.ends, span.start), bisect_left(self.starts, span.end)
        start = min([span.start, *self.starts[first : first + 1]])
        end = max([span.end, *self.ends[last - 1 : last]]) if last else span.end
        return Span(start + self.grown[first], end + self.grown[max(last, first)])


# -- written ---------------------------------------------------------------------------------------------


class FileChangedError(Exception):
    """Somebody else has written into the file since it was read."""


def replace(path: str, data: bytes, was: bytes) -> None:
    """Put *data* in the place of the file at *path* at once: whoever reads it sees the old or the new, never half.

    A link stays and what it leads to is replaced; permissions stay. Raises FileChangedError where the file is no
    longer what it *was*, and OSError; the file is then left alone, as is one that may not be written.
    """
    from tempfile import mkstemp

    target = os.path.realpath(path)
    if not os.access(target, os.W_OK):
        raise PermissionError(EACCES, os.strerror(EACCES), path)
    folder, name = os.path.split(target)
    handle, beside = mkstemp(prefix=f".{name}.", suffix=".tmp", dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(beside, os.stat(target).st_mode & 0o7777)
        with open(target, "rb") as file:
            if file.read() != was:
                raise FileChangedError(path)
        os.replace(beside, target)
    except BaseException:
        os.unlink(beside)
        raise
