"""What the sentences say, against what the tables say."""

from nianbao.api import Text

PREFIX = "TXT"
TITLE = Text("正文与表格", "sentences against the tables")
