"""Title and preamble: whether they are complete, and agree with the rest of the report."""

from nianbao.api import Text

PREFIX = "HDR"
TITLE = Text("标题和导语", "title and preamble")
