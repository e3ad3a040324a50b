"""Readers: one for each kind of file; the first that recognises the content of a file reads it."""

from collections.abc import Callable

from nianbao_grammar.records import NamedTuple

from nianbao.text.source import Source


class Reader(NamedTuple):
    """One kind of file that can be read.

    *recognises* and *read* get the whole content and the name of the file. *read* returns the text with its
    headings, paragraphs and tables (cells led by tabs, or pipes) and raises UnreadableError if the content is
    of its kind and cannot be read.
    """

    name: str
    suffixes: tuple[str, ...]  # of the files to be read in a folder, in lower case with the dot
    recognises: Callable[[bytes, str], bool]
    read: Callable[[bytes, str], Source]
    origin: str = ""  # the plugin it comes from, set when it is loaded
