"""The edits of fixes: which of them can be made at once, and the text with them.

A fix is made whole or not at all.
"""

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from itertools import accumulate

from nianbao_grammar import patterns as re

from nianbao.engine.finding import Diagnostic
from nianbao.text.edit import Edit
from nianbao.text.source import Source, Span
from nianbao.writers.writer import Mode
from nianbao.writers.writers import writer_for

_LONGEST = (
    400  # words and signs, old and new together, of an edit that is narrowed; a longer one is made as a whole
)
_WORD = re.compile(r"\d+|\D", re.DOTALL)


def chosen(diagnostics: Iterable[Diagnostic], *, unsafe: bool) -> tuple[Edit, ...]:
    """Return the edits that put right as many of *diagnostics* as possible at once, in the order of the text.

    Only safe fixes are taken unless *unsafe*, each whole or not at all. No two edits overlap: if two fixes
    do, that of the more severe finding is taken, then that of the earlier. Edits that agree are one.
    """
    return edits_of(compatible(diagnostics, unsafe=unsafe))


def compatible(diagnostics: Iterable[Diagnostic], *, unsafe: bool) -> tuple[Diagnostic, ...]:
    """Return those of *diagnostics* whose fixes can be made at once, the most severe first."""
    wanted = [d for d in diagnostics if d.fixable and (unsafe or is_safe(d))]
    wanted.sort(key=lambda d: (-d.severity.rank, d.finding.span, d.code))
    taken: list[Edit] = []
    fixable = []
    for diagnostic in wanted:
        edits = _edits(diagnostic)
        if edits and not any(_clashes(edit, taken) for edit in edits):
            fixable.append(diagnostic)
            for edit in edits:
                if edit not in taken[bisect_left(taken, edit) :][:1]:
                    insort(taken, edit)
    return tuple(fixable)


def edits_of(diagnostics: Iterable[Diagnostic]) -> tuple[Edit, ...]:
    """Return the edits of the fixes of *diagnostics*, each once, in the order of the text."""
    return tuple(sorted({edit for diagnostic in diagnostics for edit in _edits(diagnostic)}))


def is_safe(diagnostic: Diagnostic) -> bool:
    """Return whether *diagnostic* has a fix with only one right answer."""
    return diagnostic.finding.fix is not None and diagnostic.finding.fix.safe


def _edits(diagnostic: Diagnostic) -> tuple[Edit, ...]:
    fix = diagnostic.finding.fix
    return fix.edits if fix is not None else ()


def _clashes(edit: Edit, taken: Sequence[Edit]) -> bool:
    """Return whether *edit* overlaps with another one of those *taken*, which are in order."""
    at = bisect_left(taken, edit)
    return any(edit != other and overlap(edit.span, other.span) for other in taken[max(at - 1, 0) : at + 2])


def overlap(one: Span, other: Span) -> bool:
    """Return whether the places of two edits overlap; an insertion overlaps with all that it touches."""
    if one.start == one.end or other.start == other.end:
        return one.start <= other.end and other.start <= one.end
    return one.start < other.end and other.start < one.end


def applied(text: str, edits: Iterable[Edit]) -> str:
    """Return *text* with *edits*, which do not overlap. Raises ValueError if it does not read as they say."""
    pieces: list[str] = []
    done = 0
    for (start, end), old, new in sorted(edits):
        if text[start:end] != old or start < done:
            raise ValueError(f"the text reads {text[start:end]!r} at {start}, not {old!r}")
        pieces += [text[done:start], new]
        done = end
    return "".join([*pieces, text[done:]])


def narrowed(edit: Edit) -> tuple[Edit, ...]:
    """Return *edit* as edits of only the parts that differ; a figure is never taken apart."""
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


def rewritten(data: bytes, source: Source, edits: Iterable[Edit], mode: Mode) -> bytes:
    """Return the file *data*, which *source* was read from, with *edits* in it, of only the words that differ.

    Raises RefusedError if one of them cannot be made.
    """
    parts = [part for edit in edits for part in narrowed(edit)]
    return writer_for(source).edited(data, source, parts, mode)
