"""A text as it is in the editor, saved or not."""

import os
from collections.abc import Sequence

from nianbao_grammar.records import NamedTuple

from nianbao.lsp import types
from nianbao.lsp.positions import BOM, Measure
from nianbao.lsp.uris import path_of
from nianbao.text.source import Source

REPORT_LANGUAGES = ("plaintext", "text", "markdown", "html")


class Buffer(NamedTuple):
    """One version of a text: *source* is the editor's own text, a byte order mark at its head included."""

    uri: str
    path: str
    language: str
    version: int
    source: Source
    unit: str

    @classmethod
    def opened(cls, item: types.TextDocumentItem, unit: str) -> "Buffer":
        """Return the text that an editor has opened."""
        path = path_of(item.uri) or _as_if_here(item.uri)
        return cls(item.uri, path, item.language_id, item.version, Source(item.text, path), unit)

    def changed(self, version: int, changes: Sequence[types.TextDocumentContentChangeEvent]) -> "Buffer":
        """Return the text after *changes*, made in order."""
        source = self.source
        for change in changes:
            text = change.text
            if change.range is not None:
                whole = Measure(self.unit)
                start = whole.offset(source, change.range.start)
                end = max(start, whole.offset(source, change.range.end))
                text = source.text[:start] + text + source.text[end:]
            source = Source(text, self.path)
        return self._replace(version=version, source=source)

    @property
    def measure(self) -> Measure:
        """The measure of positions in sources read from this text."""
        return Measure(self.unit, self.source.text.startswith(BOM))

    @property
    def text(self) -> str:
        """The text without a byte order mark."""
        return self.source.text.removeprefix(BOM)

    @property
    def data(self) -> bytes:
        """The text as a file would have it; half a surrogate pair, which no file can hold, is a question mark."""
        return self.source.text.encode("utf-8", "replace")

    @property
    def name(self) -> str:
        """The name of the file."""
        return os.path.basename(self.path)


def _as_if_here(uri: str) -> str:
    """Return the path that *uri*, a text that is no file yet, would have in the current folder."""
    return os.path.join(os.getcwd(), os.path.basename(uri.partition(":")[2]) or "untitled")
