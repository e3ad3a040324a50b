"""The six parts of a report: all there, in order, under their titles, and what 总体情况 has to speak of."""

from nianbao.api import Text

PREFIX = "SEC"
TITLE = Text("结构", "the six sections")
