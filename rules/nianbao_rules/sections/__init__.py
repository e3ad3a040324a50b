"""The six parts of a report: all there, in order, under their titles, and the aspects that 总体情况 covers."""

from nianbao.api import Text

PREFIX = "SEC"
TITLE = Text("结构", "the six sections")
