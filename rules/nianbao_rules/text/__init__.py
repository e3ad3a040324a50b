"""Sentences compared with the tables.

TXT001 to TXT007 are one comparison, in shared.py; the file of each rule yields the results under its code.
"""

from nianbao.api import Text

PREFIX = "TXT"
TITLE = Text("正文与表格", "sentences and tables")
