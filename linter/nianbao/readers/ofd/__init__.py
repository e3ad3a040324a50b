"""The reader of OFD (GB/T 33190): the drawings on its pages, laid out again as those of a PDF are.

A zip of XML, read with what Python has, within bounds of its own; nothing in it is run or fetched. Stamps, seals,
watermarks and annotations are no part of a report.
"""

from nianbao.text.source import Source

KIND = "ofd"


def is_ofd(data: bytes) -> bool:
    """Return whether *data*, a zip, is an OFD, also if it is cut off."""
    from nianbao.readers.ofd.package import has_root

    return has_root(data)


def read_ofd(data: bytes, name: str) -> Source:
    """Return the text of the OFD *data*; its origins are pages and boxes on them, in characters of a page.

    Page numbers, lines repeated at the head or foot of several pages, and slanted text are left out. Its remarks say
    whether it is signed, and which reports are attached to it. Raises UnreadableError if it is damaged, encrypted or
    takes too much to read.
    """
    from nianbao.readers.drawn.reading import read_pages
    from nianbao.readers.ofd.document import pages, remarks
    from nianbao.readers.ofd.package import Package

    package = Package(data)
    return read_pages(tuple(pages(package)), name, KIND).copied(remarks=tuple(remarks(package)))
