"""What the sentences say, against what the tables say.

TXT001 to TXT007 are one comparison, in shared.py; the file of each rule yields what it found under that code.
"""

from nianbao.api import Text

PREFIX = "TXT"
TITLE = Text("正文与表格", "sentences against the tables")
