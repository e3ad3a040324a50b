"""Title and preamble: what they are to say, and whether they agree with the report that follows."""

from nianbao.api import Text

PREFIX = "HDR"
TITLE = Text("标题和导语", "title and preamble")
