"""表二: the tables on the items of 条例第二十条, and whether their figures are possible."""

from nianbao.api import Text

PREFIX = "ART"
TITLE = Text("表二：第二十条各项", "table two, on article 20")
