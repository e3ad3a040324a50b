"""与上年比较: what the report of the year before says of this one."""

from nianbao.api import Text

PREFIX = "YOY"
TITLE = Text("与本机关上年报告的比较", "the report beside that of the same organ on the year before")
