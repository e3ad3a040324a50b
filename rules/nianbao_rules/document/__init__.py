"""What could be read and judged at all: whether it is a report, of which year, and with which tables."""

from nianbao.api import Text

PREFIX = "DOC"
TITLE = Text("读取报告", "what could be read and judged")
