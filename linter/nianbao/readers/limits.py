"""The limits of a file, which keep a hostile one from taking all memory or time.

A report on the official form has a hundredth of each. A file over a limit is refused as a whole, never cut. Those of an archive of reports are in nianbao/files/archive.py.
"""

# -- tables of every kind --------------------------------------------------------------------------------

MOST_SLOTS = 200_000  # of one table, a merged cell counted once for each slot
MOST_TABLES = 500
DEEPEST_TABLE = 8  # tables nested in each other

# -- docx, and what a workbook has in common with it -----------------------------------------------------

DOCX_BYTES = 50 * 2**20  # of the file: with pictures it may be large, the text never is
DOCX_PART_BYTES = 32 * 2**20  # of one part unpacked: a zip bomb is a few KiB that unpack to GiB
DOCX_ALL_BYTES = 200 * 2**20  # of all parts unpacked, those that are never read too
DOCX_PARTS = 2_000  # each costs an entry in memory before it is looked at
DOCX_RATIO = 200  # unpacked to packed; the XML of a report packs to a fifteenth
DOCX_RATIO_FROM = 2**20  # a part smaller than this does no harm, however well it packs
DOCX_TAGS = 400_000  # of one part: 32 MiB of <w:p/> are five million, and each costs time
DOCX_CHARACTERS = 1_000_000  # of the text and its numerals: one run of 30 MiB is a single element
DOCX_NESTED = 256  # elements nested in each other: every open one is kept in memory
DOCX_SPAN = 63  # width of a cell in columns, the most that Word writes
DOCX_SLOTS = 1_000_000  # of all tables together: five hundred tables of the most slots are a hundred million
DOCX_LEVEL_TEXT = 64  # characters of a numeral: it is written again before every paragraph
DOCX_STYLES_ABOVE = 64  # styles that one is based on: they may form a circle

# -- xlsx, new et ----------------------------------------------------------------------------------------

XLSX_SHEETS = 100
XLSX_CELLS = (
    200_000  # of all sheets, those with a border only too, and once more where a merged one covers them
)

# -- other programs --------------------------------------------------------------------------------------

CHILD_BYTES = 1536 * 2**20  # address space: a page that inflates to GiB
CHILD_OUTPUT = 128 * 2**20  # of any file it writes, its answer among them: a disk filled by a loop

# -- drawn pages: PDF and OFD ---------------------------------------------------------------------------

DRAWN_PAGE_RULES = (
    2_000  # of one page, longer than a few points, those in a row joined: each is compared with each
)
DRAWN_PAGE_TABLES = 40  # each is searched for every character of the page
DRAWN_SLOTS = 100_000  # of the tables of all pages: a thousand lines across a thousand make a million

# -- PDF -------------------------------------------------------------------------------------------------

PDF_BYTES = 50 * 2**20  # of the file
PDF_SECONDS = 15  # of the processor: a drawing that draws itself ten times, ten deep
PDF_CLOCK = 60  # seconds by the clock: on a machine with other work, a few of the processor take many
PDF_PAGES = 200  # each takes a twentieth of a second, even an empty one
PDF_PAGE_CONTENT = 4 * 2**20  # of the drawing of one page, unpacked: a flate bomb, a million operators
PDF_CONTENT = 16 * 2**20  # of all pages: a MiB takes about a second
PDF_GLYPHS = 500_000  # of all pages: one drawing may be drawn on each of them
PDF_LINES = 100_000  # of all pages, as drawn: a hatched map

# -- OFD -------------------------------------------------------------------------------------------------

OFD_BYTES = 50 * 2**20  # of the file: with pictures and fonts it may be large, the drawings never are
OFD_PARTS = 5_000  # each costs an entry in memory before it is looked at
OFD_PART_BYTES = 4 * 2**20  # of one part unpacked: a million steps of a path are 12 KB
OFD_ALL_BYTES = 16 * 2**20  # of all parts that are read, one that is read twice counted twice
OFD_TAGS = 600_000  # of all these parts: 16 MiB of <a/> are four million
OFD_NESTED = 64  # elements nested in each other
OFD_PAGES = 200  # of all documents in the file; five hundred may be one part of 2 KB
OFD_OBJECTS = 200_000  # drawn on all pages, each use counted: composites that draw the next twice, 22 deep
OFD_DEEPEST = 32  # composites and blocks within each other
OFD_NUMBERS = 1_000_000  # in the paths and steps of all that is drawn, each use counted
OFD_GLYPHS = 500_000  # of all pages
OFD_LINES = 100_000  # of all pages, as drawn

# -- doc, wps, rtf, xls, old et --------------------------------------------------------------------------

OFFICE_BYTES = 50 * 2**20  # of the file
OFFICE_SECONDS = 60  # of the processor: a conversion that never ends; a report takes one or two
OFFICE_CLOCK = 180  # seconds by the clock
OFFICE_KEPT_CLOCK = 10  # seconds by the clock with one that is kept; a report takes a fifth of one

# -- text and Markdown -----------------------------------------------------------------------------------

TEXT_BYTES = 5 * 2**20  # of the file: two hundred times the longest report
TEXT_CHARACTERS = 2_000_000  # those of one byte each are no report

# -- HTML ------------------------------------------------------------------------------------------------

HTML_BYTES = 20 * 2**20  # of the page: a saved one is a tenth of one MiB, with pictures inside it a few
HTML_BLOCKS = 200_000  # blocks, cells and lines: a page of a report has two thousand
HTML_CHARACTERS = 2_000_000  # of its text: 20 MiB may be one paragraph
HTML_COLSPAN = 1000  # width of a cell in columns, as in the HTML standard

# -- MHT -------------------------------------------------------------------------------------------------

MHT_BYTES = 20 * 2**20  # of the file: pictures are in it, by four thirds of their size
MHT_PARTS = 2_000  # lines between parts: 200,000 take four seconds
MHT_NESTED = 4  # parts in parts: each is gone through once more
MHT_HEAD = 2**16  # bytes of the head of a part, of which each line costs time
MHT_PAGES = 20  # pages in it, frames among them: each may be as large as a page may be

# -- files of every kind ---------------------------------------------------------------------------------

# What is larger than every kind of file may be is not read at all.
MOST_BYTES = max(DOCX_BYTES, PDF_BYTES, OFD_BYTES, OFFICE_BYTES, TEXT_BYTES, HTML_BYTES)
