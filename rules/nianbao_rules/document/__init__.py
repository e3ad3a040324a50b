"""The reading of the report: whether it is one, of which year, and with which tables."""

from nianbao.api import Text

PREFIX = "DOC"
TITLE = Text("读取报告", "the reading of the report")
