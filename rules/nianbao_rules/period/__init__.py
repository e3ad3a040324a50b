"""The statistics period: stated, a calendar year, and made of days that the calendar has."""

from nianbao.api import Text

PREFIX = "PER"
TITLE = Text("统计期限", "the period of the figures")
