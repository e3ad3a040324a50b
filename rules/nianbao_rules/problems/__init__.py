"""Part five: the problems of the year, and the measures taken and planned."""

from nianbao.api import Text

PREFIX = "PRB"
TITLE = Text("问题和改进", "problems and improvements")
