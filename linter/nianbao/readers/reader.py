"""How files become text: a reader for each kind; the first that recognises what a file holds reads it."""

from collections.abc import Callable
from typing import NamedTuple

from nianbao.text.source import Source


class Reader(NamedTuple):
    """One kind of file that can be read.

    *recognises* is asked with the whole content and the file's name, *read* with the same; it returns the
    text with its headings, paragraphs and tables (cells led by tabs, or pipes) and raises UnreadableError
    where the content is of its kind and cannot be read.
    """

    name: str
    suffixes: tuple[str, ...]  # of the files that a folder stands for, in lower case with the dot
    recognises: Callable[[bytes, str], bool]
    read: Callable[[bytes, str], Source]
    origin: str = ""  # the plugin it comes from, set when it is loaded
