"""One report in the kinds of files that reports come in, written without any reader of them."""

from collections.abc import Callable, Mapping, Sequence
from random import Random

from rendering import docx, html, mht, ofd, text, xlsx
from rendering.docx import Habits
from rendering.grids import Block, broken, canonical, content

__all__ = ["DOCUMENTS", "DRAWN", "TEXTS", "Block", "broken", "canonical", "content"]

Writer = Callable[[Sequence[Block], Random], bytes]


def _docx(habits: Habits) -> Writer:
    return lambda blocks, rng: docx.docx(blocks, rng, habits)


# Files that have paragraphs and cells of their own: one text must come of all of them.
DOCUMENTS: Mapping[str, Writer] = {
    "docx": _docx(Habits()),
    "docx, counted headings": _docx(Habits(split=True, counted=True)),
    "docx, edited": _docx(Habits(split=True, edited=True)),
    "html, clean": html.clean,
    "html, CMS": html.cms,
    "html, Word": html.word,
    "mht, clean": lambda blocks, rng: mht.saved(html.clean(blocks, rng)),
    "mht, Word": lambda blocks, rng: mht.saved(html.word(blocks, rng)),
    "xlsx": xlsx.ruled,
    "xlsx, a sheet a section": xlsx.sheets,
}

# Files of pages: their paragraphs and cells are seen in where signs and lines are.
DRAWN: Mapping[str, Writer] = {"ofd": ofd.ofd}

# Files of text: what they say of a table is what the notation has left of it.
TEXTS: Mapping[str, Writer] = {
    "txt": lambda blocks, rng: text.tabs(blocks).encode(),
    "txt, GB18030": lambda blocks, rng: text.tabs(blocks).encode("gb18030"),
    "txt, UTF-16, CRLF": lambda blocks, rng: text.tabs(blocks).replace("\n", "\r\n").encode("utf-16"),
    "md": lambda blocks, rng: text.pipes(blocks).encode(),
    "md, tables in HTML": lambda blocks, rng: text.html_inside(blocks).encode(),
}
