"""勾稽关系: the identities of tables three and four, and whether their cells can be added up at all."""

from nianbao.api import Text

PREFIX = "SUM"
TITLE = Text("表三、表四和勾稽关系", "tables three and four, and their sums")
