"""The reader of Word files (.docx): text, tables and numerals as Word shows them.

Tracked changes are read as accepted. Headers, footers, footnotes and comments are no part of a report.
"""

from nianbao.text.source import Source

KIND = "docx"


def read_docx(data: bytes, name: str) -> Source:
    """Return the text of the docx *data*, its tables marked, with the way back to its runs.

    Raises UnreadableError if *data* is no docx, is damaged or protected, or takes too much to read.
    """
    from nianbao.readers.document import Document, render
    from nianbao.readers.docx.body import blocks
    from nianbao.readers.docx.package import Package

    return render(Document(blocks(Package(data))), name, KIND, "utf-8")
