"""The statistics period and other dates: stated, a calendar year, and days that exist."""

from nianbao.api import Text

PREFIX = "PER"
TITLE = Text("统计期限", "the statistics period")
