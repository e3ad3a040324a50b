"""The reader of workbooks (.xlsx, .xlsm and new .et): each sheet as the paragraphs and tables that it shows.

What is hidden is left out, and said where it is: it may be what a table lacks. Comments and headers are no part of a report.
"""

from nianbao.text.source import Source

KIND = "xlsx"


def read_xlsx(data: bytes, name: str) -> Source:
    """Return the text of the workbook *data*, its tables marked, with the way back to its cells.

    An origin is a cell, by its sheet and its address there, in the characters that it shows. Raises UnreadableError if
    *data* is no workbook, is damaged or protected, or takes too much to read.
    """
    from nianbao.readers.document import Document, render
    from nianbao.readers.docx.package import Package
    from nianbao.readers.xlsx.book import Book
    from nianbao.readers.xlsx.layout import blocks

    return render(Document(blocks(Book(Package(data)))), name, KIND, "utf-8")
