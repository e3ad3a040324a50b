"""An empty workbook to write into."""

from io import BytesIO
from typing import Any

from nianbao.files.own import AUTHOR
from nianbao.reporters.reporter import UnavailableError
from nianbao.text.language import Text

LONGEST_CELL = 32767  # characters
_NO_LIBRARY = Text(
    '写 xlsx 需要 xlsxwriter：pip install "nianbao[xlsx]"',
    'xlsx needs xlsxwriter: pip install "nianbao[xlsx]"',
)


def library() -> Any:
    """Return the module that writes workbooks. Raises UnavailableError if it is not installed."""
    try:
        import xlsxwriter
    except ImportError:
        raise UnavailableError(_NO_LIBRARY) from None
    return xlsxwriter


def workbook(target: str | BytesIO) -> Any:
    """Return a workbook that is written to *target* when it is closed; texts in it are never formulas or links.

    Raises UnavailableError if the library is not installed.
    """
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    book = library().Workbook(target, options)
    book.set_properties({"author": AUTHOR})
    return book
