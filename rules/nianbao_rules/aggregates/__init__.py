"""汇总: the figures of a report against those of the organs below, and a report against those beside it."""

from nianbao.api import Text

PREFIX = "AGG"
TITLE = Text("与下级、同级机关的报告核对", "compared with the reports of the organs below and beside")
