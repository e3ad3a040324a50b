"""Part six: the fee for handling requests, 信息处理费."""

from nianbao.api import Text

PREFIX = "FEE"
TITLE = Text("信息处理费", "fees for information")
