"""Figures in sentences that must agree with one another."""

from nianbao.api import Text

PREFIX = "NUM"
TITLE = Text("正文里的数", "sums within sentences")
