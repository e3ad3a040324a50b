"""Changes of a text as an editor makes them."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import accumulate

from nianbao_grammar import patterns as re

from nianbao.lsp import types
from nianbao.lsp.buffer import Buffer
from nianbao.lsp.capabilities import Capabilities
from nianbao.run.fixing import rewritten
from nianbao.text.edit import Edit
from nianbao.text.source import Source, Span
from nianbao.text.splice import OverlapError
from nianbao.writers.writer import RefusedError

_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_MOST = 2_000_000  # comparisons of lines; beyond it the text from the first to the last change is one change


def edited(buffer: Buffer, source: Source, edits: Sequence[Edit]) -> str | None:
    """Return the text of *buffer*, which *source* was read from, with *edits* in it.

    None if one of them cannot be made there: its words are not in the text, or are in its mark-up.
    """
    if any(source[edit.span] != edit.old for edit in edits):
        return None
    try:
        return rewritten(buffer.data, source, edits, "direct").decode("utf-8")
    except (RefusedError, OverlapError):
        return None


def text_edits(buffer: Buffer, new: str) -> list[types.TextEdit]:
    """Return the edits that make *new* of the text of *buffer*, line by line, none if they are the same."""
    old = Source(buffer.data.decode("utf-8"), buffer.path)
    measure = buffer.measure._replace(mark=False)  # the mark is a character of this text
    return [
        types.TextEdit(measure.range(old, span), words)
        for span, words in _changes(_LINES.findall(old.text), _LINES.findall(new))
    ]


def _changes(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Span, str]]:
    """Yield the span in code points of each stretch of the *old* lines that differs, and its new text."""
    head = _alike(old, new)
    tail = min(_alike(old[::-1], new[::-1]), len(old) - head, len(new) - head)
    starts = list(accumulate(map(len, old), initial=0))
    before, after = old[head : len(old) - tail], new[head : len(new) - tail]
    if len(before) * len(after) > _MOST:
        yield _trimmed("".join(before), "".join(after), starts[head])
        return
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            yield _trimmed("".join(before[a:b]), "".join(after[c:d]), starts[head + a])


def _trimmed(old: str, new: str, at: int) -> tuple[Span, str]:
    """Return the span in which *old*, which begins at *at*, differs from *new*, and the new text there."""
    head = _alike(old, new)
    tail = min(_alike(old[::-1], new[::-1]), len(old) - head, len(new) - head)
    return Span(at + head, at + len(old) - tail), new[head : len(new) - tail]


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many members two sequences have in common at their heads."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def workspace_edit(
    capabilities: Capabilities,
    uri: str,
    version: int | None,
    edits: Sequence[types.TextEdit],
    *,
    creates: bool = False,
) -> types.WorkspaceEdit:
    """Return *edits* of the text *uri* as one edit; with *creates* the file is made first.

    *version* is None for a text that is not open.
    """
    if not capabilities.versions:
        return types.WorkspaceEdit(changes={uri: list(edits)})
    changes = types.TextDocumentEdit({"uri": uri, "version": version}, list(edits))
    if creates and capabilities.creates:
        made = types.CreateFile(uri, options=types.CreateFileOptions(ignore_if_exists=True))
        return types.WorkspaceEdit(document_changes=[made, changes])
    return types.WorkspaceEdit(document_changes=[changes])
