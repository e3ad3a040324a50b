"""Writers: one for each kind of file that can be changed in place.

A writer takes edits of the text that was read and returns the whole file with nothing else changed.
"""

from collections.abc import Callable, Sequence
from typing import Literal

from nianbao_grammar.records import NamedTuple

from nianbao.text.edit import Edit
from nianbao.text.language import Text
from nianbao.text.source import Source

WRITABLE = frozenset({"", "html", "docx"})  # the kinds of Source that have a writer
Mode = Literal["tracked", "direct"]  # only a docx knows tracked changes


class RefusedError(Exception):
    """A file, or a place in it, that cannot be changed; the *reason* is for a clerk and says what to do."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


class Writer(NamedTuple):
    """One kind of file that can be changed.

    *edited* takes the file, the text that was read from it, edits of that text which do not overlap, and the
    mode; it returns the file with the edits in it. It raises RefusedError if one of them cannot be made.
    """

    edited: Callable[[bytes, Source, Sequence[Edit], Mode], bytes]
