"""A total as a Word file: the official tables as a report has them, and below what they lack."""

from collections.abc import Iterator

from nianbao.files.own import AUTHOR
from nianbao.report.printed import filled, printed_sections, widths
from nianbao.report.total import Total
from nianbao.reporters.total.words import NUMERALS, counted, left_out, remarks, title, written
from nianbao.text.language import Language
from nianbao.writers.docx.new import Block, Line, Table, docx

_LONG = 20  # rows of a table that has a page of its own


def word(total: Total, language: Language) -> bytes:
    """Return *total* as a docx, its remarks in *language*."""
    return docx(_blocks(total, language), author=AUTHOR)


def _blocks(total: Total, language: Language) -> Iterator[Block]:
    yield Line("title", title(total, "\n"))
    sums = {address: written(each) for address, each in total.sums.items()}
    for number, section, slots in printed_sections(total.form):
        yield Line("heading", f"{NUMERALS[number - 1]}、{section.title}", page=len(slots) > _LONG)
        yield Table(filled(slots, sums), widths(slots))
    yield Line("note", counted(total).of(language))
    for words in (*remarks(total), *(left_out(left) for left in total.left if left.harmless)):
        yield Line("note", words.of(language))
