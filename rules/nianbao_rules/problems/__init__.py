"""Part five: what went wrong in the year, and what was and will be done about it."""

from nianbao.api import Text

PREFIX = "PRB"
TITLE = Text("问题和改进", "problems and what was done about them")
